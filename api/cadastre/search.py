"""Finding a parcel: one question that may be a key, a renovation code, a registration plate, or an
address."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from api.cadastre.search_plans import MOST_WORDS, Plan, code_plans, plans_for
from api.cadastre.search_statements import (
    BY_FREQUENT_WORDS,
    BY_PLATE_EITHER_WAY,
    BY_WORDS,
    NEAR,
    SHARES,
    SHOWN,
    SPELLINGS,
)
from api.cadastre.text import fold, stored
from api.core.errors import BadInput
from api.core.paging import cursor, read_cursor

NEAR_REACH = 200.0
"""Metres within which a parcel still counts as near a point."""
_FAR = 0.1
"""Degrees from the city's bounds beyond which a point has nothing near."""
_POINT = re.compile(r"(-?\d{1,3}\.\d+)\s*[,،;\s]\s*(-?\d{1,3}\.\d+)")
_WINDOW = 20_000
"""Rows that a search for frequent words looks through before it asks the index for all that match."""
_COMMON = 0.1
"""Share of the city's parcels from which on a word is common."""
_PLENTY = 3
"""Pages that the rows looked through are expected to fill where words count as frequent."""
_RANKED = 2_000
"""Rows up to which all that answer are read to put the shortest address first, however frequent the words."""


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
    words = fold(question).split()[:MOST_WORDS]
    choices = spellings(connection, words)
    if all(choice == [word] for choice, word in zip(choices, words, strict=True)):
        return Found([], None, [])
    query = " & ".join("(" + " | ".join(f"'{w}'" for w in choice) + ")" for choice in choices)
    known = tuple(choice[0] for choice in choices if len(choice) == 1)
    found = _run(connection, Plan("spelling", BY_WORDS, {"query": query}, known), on, limit)
    best = " ".join(choice[0] for choice in choices)
    others = [
        " ".join([*(c[0] for c in choices[:at]), choice[1], *(c[0] for c in choices[at + 1 :])])
        for at, choice in enumerate(choices)
        if len(choice) > 1
    ]
    return Found(found.items, None, [best, *others][:3])


def _by_words(connection: Connection, plan: Plan, values: dict[str, Any]) -> Sequence[Row[Any]]:
    """The parcels that carry a plan's words, by whichever way is the shorter one.

    Shares are multiplied as if words came independently: words that go together only find more. Where that
    promises more than `_RANKED` rows in the city and a few pages within `_WINDOW`, these are walked, and the
    list goes on by id; else the index is asked for telling words, and of all that it finds the addresses with
    the fewest other words come first.
    """
    rows = connection.execute(SHARES, {"words": list(plan.words)}).all()
    shares = {row.word: row.share for row in rows if row.word is not None}
    first, share = rows[0].first, math.prod(shares.values())
    plenty = share * rows[0].parcels > _RANKED and share * _WINDOW >= _PLENTY * values["limit"]
    if first is not None and plenty and values["place"] == 0:
        start = max(values["after"], first - 1)
        window = {"after": start, "last": start + _WINDOW}
        hits = connection.execute(BY_FREQUENT_WORDS, values | window).all()
        if len(hits) == values["limit"]:
            return hits
    telling = [word for word in plan.words if shares[word] <= _COMMON]
    asked = {"telling": " & ".join(f"'{word}'" for word in telling) or values["query"]}
    walked = values["after"] > 0 and values["place"] == 0
    return connection.execute(plan.query, values | asked | {"ranked": not walked}).all()


def _beside(asked: Sequence[str], hit: Row[Any], shown: Row[Any]) -> int:
    """Words of the parcel's address; of several addresses those of the one that answers most shortly."""
    several = [set(fold(one).split()) for one in shown.addresses or ()]
    if len(several) < 2:
        return int(hit.words)
    return min((len(words) for words in several if words.issuperset(asked)), default=int(hit.words))


def _matched_by(plan: Plan, hit: Row[Any]) -> str:
    return f"{plan.name}_reversed" if plan.query is BY_PLATE_EITHER_WAY and hit.place else plan.name


def _run(connection: Connection, plan: Plan, on: date, limit: int, since: tuple[int, int] = (0, 0)) -> Found:
    values = {**plan.values, "place": since[0], "after": since[1], "on": on, "limit": limit + 1}
    if plan.query is BY_WORDS:
        hits = _by_words(connection, plan, values)
    else:
        hits = connection.execute(plan.query, values).all()
    if not hits:
        return Found([], None, [])
    more = cursor([plan.name, hits[limit - 1].place, hits[limit - 1].id]) if len(hits) > limit else None
    rows = {row.id: row for row in connection.execute(SHOWN, {"ids": [h.id for h in hits[:limit]], "on": on})}
    page = hits[:limit]
    if plan.words:
        page = sorted(page, key=lambda hit: (_beside(plan.words, hit, rows[hit.id]), hit.id))
    return Found([_item(rows[hit.id], _matched_by(plan, hit)) for hit in page], more, [])


def _first(connection: Connection, plans: Sequence[Plan], on: date, limit: int, after: str | None) -> Found:
    """What the first plan finds that finds anything; after a cursor the plan that it belongs to goes on."""
    if after is not None:
        name, place, last = read_cursor(after, [str, int, int])
        plan = next((plan for plan in plans if plan.name == name), None)
        if plan is None:
            raise BadInput("cursor_invalid", "This cursor belongs to another question.", where="cursor")
        return _run(connection, plan, on, limit, (place, last))
    for plan in plans:
        found = _run(connection, plan, on, limit)
        if found.items:
            return found
    return Found([], None, [])


def find(connection: Connection, question: str, on: date, limit: int, after: str | None = None) -> Found:
    """Parcels that answer a question in force on a day, page by page.

    The question is tried as coordinates (in either order), parcel key, renovation code or its beginning or
    node code (as written, then reversed), registration plate (sub/main, or both orders where the question
    does not say which is which), and words of the address; the first reading that finds anything answers,
    and each parcel says which that was. Of addresses that hold all the words asked, those with the fewest
    others come first: an address of just these words stands at the head. (Words so frequent that a walk from
    row to row fills the page are ordered so within each page.) Only where nothing is found, words unknown to
    the city are corrected from its vocabulary, and the corrected spellings are said.
    """
    point = _POINT.fullmatch(stored(question))
    if point and after is None:
        first, second = float(point[1]), float(point[2])
        at = near(connection, first, second, on, limit)
        return at if at.items else near(connection, second, first, on, limit)
    plans = plans_for(question)
    found = _first(connection, plans, on, limit, after)
    return found if found.items or after is not None else _corrected(connection, question, on, limit)


def by_code(connection: Connection, code: str, on: date, limit: int, after: str | None = None) -> Found:
    """Parcels of a renovation code or of its beginning; raises `BadInput` for what is no code."""
    plans = code_plans(code)
    if not plans:
        raise BadInput(
            "renovation_code_invalid",
            "A renovation code is one to seven whole numbers joined by hyphens.",
            where="code",
            given=code[:100],
        )
    return _first(connection, plans, on, limit, after)
