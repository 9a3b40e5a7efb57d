"""Coverage and density: square metres over the land that the law relates them to."""

from __future__ import annotations

from dataclasses import replace

from gis.facts import Facts
from gis.finding_text import areas_text, beside_text
from gis.judged import judged, limit_of, value_of, waiting
from gis.missing import AREA_TABLE, Missing
from gis.precision import noise
from gis.report import Basis, Evidence, Finding
from gis.rule import Rule
from gis.unsaid import unsaid


def ratio_finding(rule: Rule, facts: Facts) -> Finding:
    """Coverage or density: square metres over the land that the law relates them to."""
    shape = facts.covered(rule.provision.measure)
    if rule.base is None or not rule.value.base:
        return judged(waiting(rule, Missing("fact", "widening")), facts, None, ())
    coverage = rule.provision.measure == "coverage"
    least, most = (float(shape.area),) * 2 if coverage else facts.floor_area
    limit = rule.limit.strict * rule.base if rule.limit else None
    low, high = (
        judged(rule, facts, area / rule.base, (), Basis(rule.value.base, rule.base, area, limit))
        for area in (least, most)
    )
    finding = high if most - least <= noise("m2") else _of_both(low, high)
    finding = unsaid(finding, facts)
    shown = Evidence("footprint", shape, value_of(finding), limit_of(finding), "1")
    return replace(finding, evidence=(shown,))


def _of_both(declared: Finding, drawn: Finding) -> Finding:
    """The finding of a value that lies between what is declared and what is drawn, both told in its text.

    The verdict is theirs where they agree; its value is then the one that makes it certain: for `complies`
    the value nearer to the limit, for `violates` the one that breaks it less. Where they differ nobody may
    say until the designer proves the declared areas; the value is the drawn one.
    """
    if declared.verdict != drawn.verdict:
        open_ = next((f.missing for f in (drawn, declared) if f.missing), AREA_TABLE)
        text = areas_text(declared, drawn, open_)
        return replace(drawn, verdict="undecided", margin=None, missing=open_, text=text)
    if declared.margin is None or drawn.margin is None:
        return replace(drawn, text=beside_text(drawn, declared, drawn))
    nearer = declared.margin <= drawn.margin
    chosen = declared if nearer == (drawn.verdict == "complies") else drawn
    return replace(chosen, text=beside_text(chosen, declared, drawn))
