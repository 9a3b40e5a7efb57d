"""Reading single values of an applicant's document, each refusal with a JSON pointer and what to do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from gis.errors import ProposalError


def refuse(code: str, where: str, detail: str, **values: object) -> NoReturn:
    raise ProposalError(f"proposal.{code}", where, detail, **values)


def is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def no_unknown(given: Mapping[Any, Any], known: set[str], where: str) -> None:
    for name in given:
        if name not in known:
            refuse(
                "unknown_property",
                f"{where}/{str(name)[:80]}",
                f"Unknown `{str(name)[:80]}`; known are {', '.join(sorted(known))}.",
                known=sorted(known),
            )


def number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse("not_a_number", where, "A number is expected here.")
    if not -1e300 < value < 1e300:  # also refuses NaN, infinities and integers beyond the range of a float
        refuse("not_finite", where, "The number is not finite or beyond every measure.")
    return float(value)


def whole(value: object, where: str, low: int, high: int) -> int:
    """A whole number from low to high; 2.0 is whole."""
    found = number(value, where)
    if found != math.floor(found) or not low <= found <= high:
        refuse("not_in_range", where, f"A whole number from {low} to {high} is expected.", value=found)
    return int(found)


def word(value: object, words: Sequence[str], where: str) -> str:
    if value not in words:
        refuse("unknown_word", where, f"Not one of: {', '.join(words)}.", allowed=list(words))
    return str(value)
