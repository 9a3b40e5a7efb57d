"""Worked cases: the tests that a planner signs, beside the book and in its language.

A case draws a lot, its streets and neighbours and a building in metres, names the day, and says what must
come out. `then` continues it in time: the same drawing under the law of another day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from gis.assess import assess
from gis.errors import GisError
from gis.precision import noise
from gis.proposal import Proposal
from gis.report import Finding, Report
from gis.rulebook import BookFault, RuleBook
from gis.site import Site
from gis.subdivision import Subdivision, assess_subdivision

LAYERS: Final = ("parcels", "streets", "zones", "buildings", "districts", "overlays", "addresses", "terrain")
VERDICTS: Final = ("complies", "violates", "undecided", "not_applicable")
_WORST: Final = {"violates": 0, "undecided": 1, "complies": 2, "not_applicable": 3}
NUMBERS: Final = ("value", "limit", "base_m2", "value_m2", "limit_m2")


@dataclass(frozen=True)
class Expected:
    """What must come out on a day: the overall verdict or a refusal, and single findings."""

    on: date
    where: str
    verdict: str | None
    refused: str | None
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class WorkedCase:
    """A drawing with its days and answers, signed by who stands for it."""

    name: str
    signed: str
    where: str
    site: Site
    proposal: Proposal | Subdivision
    expected: tuple[Expected, ...]

    def run(self, book: RuleBook) -> Iterator[BookFault]:
        """The differences between the book's answers and the signed ones."""
        for expected in self.expected:
            try:
                report = self._judged(book, expected.on)
            except GisError as error:
                if error.code != expected.refused:
                    yield self._fault(expected, f"it is refused: {error}")
                continue
            if expected.refused:
                yield self._fault(expected, f"{expected.refused} was to refuse it, but it is judged")
            elif report.verdict != expected.verdict:
                yield self._fault(expected, f"the verdict is {report.verdict}, not {expected.verdict}")
            for finding in expected.findings:
                for difference in _differences(report, finding):
                    yield self._fault(expected, difference)

    def _judged(self, book: RuleBook, on: date) -> Report:
        if isinstance(self.proposal, Subdivision):
            return assess_subdivision(self.site, self.proposal, book, on=on)
        return assess(self.site, self.proposal, book, on=on)

    def _fault(self, expected: Expected, what: str) -> BookFault:
        reason = f'Case "{self.name}" on {expected.on}: {what}.'
        return BookFault(
            "case_fails", expected.where, reason, "Correct the book, or the case with its signer."
        )


def _differences(report: Report, expected: dict[str, Any]) -> Iterator[str]:
    piece = expected.get("piece")
    found = [
        finding
        for finding in report.findings
        if finding.provision == expected["provision"]
        and (not piece or (finding.subject or "")[-1:] == (piece,))
    ]
    if not found:
        yield f"there is no finding of {expected['provision']}"
        return
    worst = min(found, key=lambda finding: _WORST[finding.verdict])
    said = _said(worst)
    for key, value in expected.items():
        if key in {"provision", "piece"}:
            continue
        same = (
            said[key] is not None and abs(float(said[key]) - float(value)) <= noise("m2")
            if isinstance(value, int | Decimal)
            else said[key] == value
        )
        if not same:
            yield f"{key} of {expected['provision']} is {said[key]}, not {value}"


def _said(finding: Finding) -> dict[str, Any]:
    basis, missing = finding.basis, finding.missing
    return {
        "verdict": finding.verdict,
        "reason": missing.kind if missing else None,
        "missing": missing.name if missing else None,
        "value": finding.value,
        "limit": finding.limit,
        "base_m2": basis.base_area if basis else None,
        "value_m2": basis.value_area if basis else None,
        "limit_m2": basis.limit_area if basis else None,
    }
