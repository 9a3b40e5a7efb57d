"""Finding a parcel: one question that may be a key, a renovation code, a registration plate, or an
address."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, TextClause

from api.cadastre.search_statements import (
    BY_CODE,
    BY_CODE_PREFIX,
    BY_FREQUENT_WORDS,
    BY_KEY,
    BY_NODE,
    BY_PLATE,
    BY_WORDS,
    NEAR,
    SHARES,
    SHOWN,
    SPELLINGS,
)
from api.cadastre.text import RegistrationPlate, fold, stored
from api.core.errors import BadInput
from api.core.paging import cursor, read_cursor

NEAR_REACH = 200.0
"""Metres within which a parcel still counts as near a point."""
_FAR = 0.1
"""Degrees from the city's bounds beyond which a point has nothing near."""
_POINT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,،;\s]\s*(-?\d{1,3}\.\d+)")
_CODE = re.compile(r"\d{1,9}(?:[-/._\s]\d{1,9}){0,6}[-/._\s]?")
_PLATE_WORDS = {"فرعی", "اصلی", "ثبتی"}
_MOST_WORDS = 12
_WINDOW = 20_000
"""Rows that a search for frequent words looks through before it asks the index for all that match."""
_COMMON = 0.1
"""Share of the city's parcels from which on a word is common."""
_PLENTY = 3
"""Pages that the rows looked through are expected to fill where words count as frequent."""


@dataclass(frozen=True)
class Found:
    """A page of parcels, where the list goes on, and better spellings where nothing was found as written."""

    items: list[dict[str, Any]]
    next: str | None
    suggestions: list[str]


def _item(
    row: Row[Any], matched_by: str, distance: float | None = None, contains: bool = False
) -> dict[str, Any]:
    return {
        "key": row.key,
        "matched_by": matched_by,
        "renovation_code": row.renovation_code,
        "registration_plate": row.registration_plate,
        "address": row.address,
        "area_m2": round(row.area_m2, 3),
        "district": row.district,
        "centroid": [round(row.lon, 7), round(row.lat, 7)],
        "bbox": [round(value, 7) for value in row.bbox],
        "distance_m": distance,
        "contains": contains,
    }


def near(connection: Connection, lon: float, lat: float, on: date, limit: int) -> Found:
    """Parcels at a point: those that hold it, then the nearest within `NEAR_REACH` metres."""
    values = {"lon": lon, "lat": lat, "on": on, "reach": NEAR_REACH, "far": _FAR, "limit": limit}
    rows = connection.execute(NEAR, values).all()
    return Found([_item(row, "point", round(row.distance, 3), row.contains) for row in rows], None, [])


@dataclass(frozen=True)
class _Plan:
    """One way to look, under the name by which what it finds was matched and a cursor goes on with it."""

    name: str
    query: TextClause
    values: dict[str, Any]
    words: tuple[str, ...] = ()
    """Whole words that every row found carries."""


def code_numbers(text_: str) -> list[int]:
    """The whole numbers of a renovation code or of its beginning, as written; empty for what is no code.

    >>> code_numbers("۱-۲/3-04"), code_numbers("14")
    ([1, 2, 3, 4], [14])
    >>> code_numbers("خیابان ۴"), code_numbers("1-2-3-4-5-6-7-8")
    ([], [])
    """
    plain = stored(text_)
    return [int(part) for part in re.findall(r"\d+", plain)] if _CODE.fullmatch(plain) else []


def _code_plans(question: str) -> list[_Plan]:
    """As written first; reversed, as right-to-left display shows a code, where that finds nothing."""
    written = code_numbers(question)
    plans: list[_Plan] = []
    for tail, numbers in (("", written), ("_reversed", written[::-1])):
        if not numbers or (tail and numbers == written):
            continue
        if len(numbers) > 1:
            whole = {"codes": ["-".join(map(str, [*numbers, *[0] * (7 - len(numbers))]))]}
            plans.append(_Plan(f"code{tail}", BY_CODE, whole))
            plans.append(_Plan(f"node{tail}", BY_NODE, whole))
        low = "-".join(map(str, numbers)) + "-"
        plans.append(_Plan(f"beginning{tail}", BY_CODE_PREFIX, {"low": low, "high": low[:-1] + "."}))
    return plans


def _plans(question: str) -> list[_Plan]:
    """The ways to look, the surest first; the first that finds anything answers."""
    plain = stored(question)
    plans = [_Plan("key", BY_KEY, {"keys": list({plain, plain.upper(), question.strip()})})]
    plans += _code_plans(question)
    words = fold(question).split()
    if "/" in plain or plain.isdigit() or (_PLATE_WORDS & set(words)):
        try:
            plate = RegistrationPlate.parse(question)
        except BadInput:
            pass  # not a plate after all: an address may hold these words too
        else:
            plans.append(_Plan("plate", BY_PLATE, {"main": plate.main, "sub": plate.sub}))
    if words:
        words = words[:_MOST_WORDS]
        whole = " & ".join(f"'{w}'" for w in words)
        plans.append(_Plan("words", BY_WORDS, {"query": whole}, tuple(words)))
        begun = [f"'{w}'" for w in words[:-1]] + [f"'{words[-1]}':*"]
        plans.append(_Plan("begun", BY_WORDS, {"query": " & ".join(begun)}, tuple(words[:-1])))
    return plans


def spellings(connection: Connection, words: Sequence[str]) -> list[list[str]]:
    """For each word what it may have been meant to be, from the city's vocabulary; a known word stands alone.

    Numbers are never corrected. Empty where a word resembles nothing.
    """
    found: dict[int, list[str]] = {}
    unknown = [word for word in words if not word.isdigit()]
    if unknown:
        for row in connection.execute(SPELLINGS, {"words": list(words)}):
            found.setdefault(row.place - 1, []).append(row.token)
    return [found.get(at) or [word] for at, word in enumerate(words)]


def _corrected(connection: Connection, question: str, on: date, limit: int) -> Found:
    words = fold(question).split()[:_MOST_WORDS]
    choices = spellings(connection, words)
    if all(choice == [word] for choice, word in zip(choices, words, strict=True)):
        return Found([], None, [])
    query = " & ".join("(" + " | ".join(f"'{w}'" for w in choice) + ")" for choice in choices)
    known = tuple(choice[0] for choice in choices if len(choice) == 1)
    found = _run(connection, _Plan("spelling", BY_WORDS, {"query": query}, known), 0, on, limit)
    best = " ".join(choice[0] for choice in choices)
    others = [
        " ".join([*(c[0] for c in choices[:at]), choice[1], *(c[0] for c in choices[at + 1 :])])
        for at, choice in enumerate(choices)
        if len(choice) > 1
    ]
    return Found(found.items, None, [best, *others][:3])


def _by_words(connection: Connection, plan: _Plan, values: dict[str, Any]) -> Sequence[int]:
    """The parcels that carry a plan's words, by whichever way is the shorter one.

    Shares are multiplied as if words came independently: words that go together only find more. Where that
    promises a few pages within `_WINDOW` rows, they are walked; else the index is asked for telling words.
    """
    rows = connection.execute(SHARES, {"words": list(plan.words)}).all()
    shares = {row.word: row.share for row in rows if row.word is not None}
    first = rows[0].first
    if first is not None and math.prod(shares.values()) * _WINDOW >= _PLENTY * values["limit"]:
        start = max(values["after"], first - 1)
        window = {"after": start, "last": start + _WINDOW}
        ids = connection.execute(BY_FREQUENT_WORDS, values | window).scalars().all()
        if len(ids) == values["limit"]:
            return ids
    telling = [word for word in plan.words if shares[word] <= _COMMON]
    asked = {"telling": " & ".join(f"'{word}'" for word in telling) or values["query"]}
    return connection.execute(plan.query, values | asked).scalars().all()


def _run(connection: Connection, plan: _Plan, after: int, on: date, limit: int) -> Found:
    values = {**plan.values, "after": after, "on": on, "limit": limit + 1}
    if plan.query is BY_WORDS:
        ids = _by_words(connection, plan, values)
    else:
        ids = connection.execute(plan.query, values).scalars().all()
    if not ids:
        return Found([], None, [])
    rows = connection.execute(SHOWN, {"ids": list(ids[:limit]), "on": on})
    more = cursor([plan.name, ids[limit - 1]]) if len(ids) > limit else None
    return Found([_item(row, plan.name) for row in rows], more, [])


def _first(connection: Connection, plans: Sequence[_Plan], on: date, limit: int, after: str | None) -> Found:
    """What the first plan finds that finds anything; after a cursor the plan that it belongs to goes on."""
    if after is not None:
        name, last = read_cursor(after, [str, int])
        plan = next((plan for plan in plans if plan.name == name), None)
        if plan is None:
            raise BadInput("cursor_invalid", "This cursor belongs to another question.", where="cursor")
        return _run(connection, plan, last, on, limit)
    for plan in plans:
        found = _run(connection, plan, 0, on, limit)
        if found.items:
            return found
    return Found([], None, [])


def find(connection: Connection, question: str, on: date, limit: int, after: str | None = None) -> Found:
    """Parcels that answer a question in force on a day, page by page.

    The question is tried as coordinates (in either order), parcel key, renovation code or its beginning or
    node code (as written, then reversed), registration plate (sub/main), and words of the address; the first
    reading that finds anything answers, and each parcel says which that was. Only where none does, words
    unknown to the city are corrected from its vocabulary, and the corrected spellings are said.
    """
    point = _POINT.fullmatch(stored(question))
    if point and after is None:
        first, second = float(point[1]), float(point[2])
        at = near(connection, first, second, on, limit)
        return at if at.items else near(connection, second, first, on, limit)
    plans = _plans(question)
    found = _first(connection, plans, on, limit, after)
    return found if found.items or after is not None else _corrected(connection, question, on, limit)


def by_code(connection: Connection, code: str, on: date, limit: int, after: str | None = None) -> Found:
    """Parcels of a renovation code or of its beginning; raises `BadInput` for what is no code."""
    plans = _code_plans(code)
    if not plans:
        raise BadInput(
            "renovation_code_invalid",
            "A renovation code is one to seven whole numbers joined by hyphens.",
            where="code",
            given=code[:100],
        )
    return _first(connection, plans, on, limit, after)
