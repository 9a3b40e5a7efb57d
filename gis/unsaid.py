"""What a proposal has not said, where the law counts it."""

from __future__ import annotations

from dataclasses import replace

from gis.facts import Facts
from gis.report import Finding
from gis.silence_text import missing_text


def unsaid(finding: Finding, facts: Facts, counts: str = "") -> Finding:
    """What is kept stays open while nobody has said whether there are projections that count with it.

    `counts`: the measure with which they count, where that is not the finding's own.
    """
    missing = facts.projections_unsaid(counts or finding.measure)
    more = finding.relation == ("at_least" if finding.measure == "setback" else "at_most")
    if missing is None or finding.verdict != ("complies" if more else "violates"):
        return finding
    text = finding.text.then(missing_text(missing))
    return replace(finding, verdict="undecided", margin=None, missing=missing, text=text)
