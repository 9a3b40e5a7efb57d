"""The one comparison of a measured value with its limit, and the finding that comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gis.facts import Facts
from gis.finding_text import measured_text, undecided_text
from gis.limits import Resolved
from gis.missing import Missing
from gis.precision import at_least, at_most
from gis.report import Basis, Evidence, Finding, Verdict
from gis.rule import Rule
from gis.words import Words


def finding_of(rule: Rule, verdict: Verdict, text: Words, **more: Any) -> Finding:
    """A finding of a rule, about what the rule is about."""
    fields: dict[str, Any] = {
        "subject": rule.subject,
        "zone": rule.zone,
        "relation": rule.provision.relation,
        "unit": rule.provision.unit,
        **more,
    }
    return Finding(rule.id, rule.title, rule.measure, verdict, text, rule, **fields)


def _compare(
    rule: Rule, value: float, limit: Resolved
) -> tuple[Verdict, float | None, float | None, Missing | None]:
    """Verdict, the limit that decides, the margin, and what is missing where an open condition decides."""
    unit, given = rule.provision.unit, rule.tolerance
    if rule.provision.relation == "at_most":
        if at_most(value - given, limit.strict, unit):
            return "complies", limit.strict, limit.strict - value, None
        if not at_most(value - given, limit.mild, unit):
            return "violates", limit.mild, limit.mild - value, None
    else:
        if at_least(value + given, limit.mild, unit):
            return "complies", limit.mild, value - limit.mild, None
        if not at_least(value + given, limit.strict, unit):
            return "violates", limit.strict, value - limit.strict, None
    return "undecided", None, None, limit.open


def judged(
    rule: Rule, facts: Facts, value: float | None, evidence: tuple[Evidence, ...], basis: Basis | None = None
) -> Finding:
    """The finding of a measured value; a value without a whole law beside it stays undecided."""
    missing = rule.missing
    if value is None or rule.limit is None or missing is not None:
        missing = missing or Missing("fact", rule.provision.measure)
        limit = rule.limit.strict if rule.limit and rule.limit.open is None else None
        text = undecided_text(rule, missing, value)
        return finding_of(
            rule, "undecided", text, value=value, limit=limit, missing=missing, basis=basis, evidence=evidence
        )
    verdict, bound, margin, missing = _compare(rule, value, rule.limit)
    if missing is not None or bound is None:
        missing = missing or Missing("judgement", rule.provision.id)
        text = undecided_text(rule, missing, value)
    else:
        text = measured_text(rule, facts, value, bound, complies=verdict == "complies", basis=basis)
    return finding_of(
        rule, verdict, text,
        value=value, limit=bound, margin=margin, missing=missing, basis=basis, evidence=evidence,
    )  # fmt: skip


def waiting(rule: Rule, missing: Missing) -> Rule:
    """The rule with what it waits for, unless it waits for something already."""
    return rule if rule.missing else replace(rule, missing=missing)


def value_of(finding: Finding) -> float | None:
    """The measured number of a finding; None where it has none, or words."""
    return finding.value if isinstance(finding.value, int | float) else None


def limit_of(finding: Finding) -> float | None:
    """The number that limits a finding; None where there is none, or a list of uses."""
    return finding.limit if isinstance(finding.limit, int | float) else None
