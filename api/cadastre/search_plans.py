"""How a question may be meant: as key, renovation code, registration plate, or words of an address."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause

from api.cadastre.search_statements import (
    BY_CODE,
    BY_CODE_PREFIX,
    BY_KEY,
    BY_NODE,
    BY_PLATE,
    BY_PLATE_EITHER_WAY,
    BY_WORDS,
)
from api.cadastre.text import RegistrationPlate, fold, stored
from api.core.errors import BadInput

_CODE = re.compile(r"\d{1,9}(?:[-/._\s]\d{1,9}){0,6}[-/._\s]?")
_PLATE_WORDS = {"فرعی", "اصلی", "ثبتی"}
MOST_WORDS = 12
"""Words of a question that are looked for; those after them are left out."""


@dataclass(frozen=True)
class Plan:
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


def code_plans(question: str) -> list[Plan]:
    """As written first; reversed, as right-to-left display shows a code, where that finds nothing."""
    written = code_numbers(question)
    plans: list[Plan] = []
    for tail, numbers in (("", written), ("_reversed", written[::-1])):
        if not numbers or (tail and numbers == written):
            continue
        if len(numbers) > 1:
            whole = {"codes": ["-".join(map(str, [*numbers, *[0] * (7 - len(numbers))]))]}
            plans.append(Plan(f"code{tail}", BY_CODE, whole))
            plans.append(Plan(f"node{tail}", BY_NODE, whole))
        low = "-".join(map(str, numbers)) + "-"
        plans.append(Plan(f"beginning{tail}", BY_CODE_PREFIX, {"low": low, "high": low[:-1] + "."}))
    return plans


def plans_for(question: str) -> list[Plan]:
    """The ways to look, the surest first; the first that finds anything answers."""
    plain = stored(question)
    plans = [Plan("key", BY_KEY, {"keys": list({plain, plain.upper(), question.strip()})})]
    plans += code_plans(question)
    words = fold(question).split()
    plates = RegistrationPlate.joined(question)
    if not plates and ("/" in plain or plain.isdigit() or (_PLATE_WORDS & set(words))):
        with suppress(BadInput):  # not a plate after all: an address may hold these words too
            plates = (RegistrationPlate.parse(question),)
    if plates:
        query = BY_PLATE if len(plates) == 1 else BY_PLATE_EITHER_WAY
        plans.append(Plan("plate", query, {"main": plates[0].main, "sub": plates[0].sub}))
    if words:
        words = words[:MOST_WORDS]
        whole = " & ".join(f"'{w}'" for w in words)
        plans.append(Plan("words", BY_WORDS, {"query": whole}, tuple(words)))
        begun = [f"'{w}'" for w in words[:-1]] + [f"'{words[-1]}':*"]
        plans.append(Plan("begun", BY_WORDS, {"query": " & ".join(begun)}, tuple(words[:-1])))
    return plans
