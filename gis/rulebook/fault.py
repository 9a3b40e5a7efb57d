"""A fault of a rule-book: where it stands, why it cannot be law, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gis.errors import RuleBookError


@dataclass(frozen=True)
class BookFault:
    """`error` keeps a book from being published; a `note` tells the planner what the book leaves open."""

    code: str
    where: str
    reason: str
    remedy: str
    severity: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        return f"{self.where}: {self.reason} {self.remedy} [{self.code}]"


class BookRefused(RuleBookError):
    """A rule-book with faults, all of them in `faults`.

    >>> fault = BookFault("unknown_zone", "plan.toml:3 provision[0].zones", "There is no R9.", "Correct it.")
    >>> print(BookRefused((fault,)))
    plan.toml:3 provision[0].zones: There is no R9. Correct it. [unknown_zone] (rulebook.unknown_zone at ...)
    """

    def __init__(self, faults: tuple[BookFault, ...]) -> None:
        first = faults[0]
        more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
        super().__init__(f"rulebook.{first.code}", first.where, f"{first}{more}", count=len(faults))
        self.faults = faults
