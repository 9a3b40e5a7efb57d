"""From one rule and the measured facts to its findings, each with the shape that shows why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from gis.facts import NO_PROPOSAL, Facts
from gis.finding_text import of_thing
from gis.judge_ratio import ratio_finding
from gis.judge_uses import use_findings
from gis.judged import finding_of, judged, limit_of, value_of, waiting
from gis.law import Gap
from gis.law_text import law_text
from gis.lot import Lot
from gis.measures import MEASURES, THINGS, bulk
from gis.measures.land import may_move
from gis.measures.setback import encroachment, setback
from gis.measuring import MEASURING, Measuring
from gis.measuring.around import nearest
from gis.missing import Missing
from gis.overlay import areas_of, intersection, shared_area
from gis.precision import noise
from gis.report import Evidence, Finding
from gis.rule import Rule
from gis.silence_text import gap_text
from gis.unsaid import unsaid
from gis.words import Words


def findings_of(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """The findings of a rule on a proposal: one, or for uses one for each storey not simply permitted."""
    provision = rule.provision
    if not rule.applies:
        yield finding_of(rule, "not_applicable", law_text(rule, facts))
    elif asks := rule.asks:
        yield _asking(rule, facts, rule.missing or asks)
    elif provision.relation == "one_of":
        yield from use_findings(rule, facts)
    elif provision.measure == "setback":
        yield _setback(rule, facts)
    elif provision.measure in MEASURING:
        yield _measured(rule, facts, MEASURING[provision.measure])
    else:
        yield _number(rule, facts)


def _asking(rule: Rule, facts: Facts, missing: Missing) -> Finding:
    """What waits for an agency or a person, with the object of the map that makes it wait."""
    found, text = nearest(rule, facts), law_text(rule, facts)
    if found is None:
        return finding_of(rule, "undecided", text, missing=missing)
    shapes = tuple(Evidence(role, shape, found.value, None, "m") for role, shape in found.shapes)
    return finding_of(rule, "undecided", text, missing=missing, value=found.value, evidence=shapes)


def gap_finding(gap: Gap) -> Finding:
    """Where the law is silent the answer is undecided, never yes."""
    code = gap.zone.code if gap.zone else None
    shape = (Evidence("frontage", gap.zone.geometry),) if gap.zone and gap.need == "zone" else ()
    if gap.part is not None:
        shape = (Evidence("frontage", gap.part),)
    return Finding(
        provision=gap.id,
        title=gap.title,
        measure=gap.measure,
        verdict="undecided",
        text=gap_text(gap),
        subject=gap.subject,
        zone=code,
        missing=gap.missing,
        evidence=shape,
    )


def _number(rule: Rule, facts: Facts) -> Finding:
    provision = rule.provision
    if MEASURES[provision.measure].related:
        return ratio_finding(rule, facts)
    if rule.within is not None:
        return _in_part(rule, facts, rule.within)
    found = facts.value(provision.measure)
    if isinstance(found, Missing):
        return judged(waiting(rule, found), facts, None, ())
    finding = judged(rule, facts, found, ())
    return replace(finding, evidence=_evidence(rule, facts, finding))


def _in_part(rule: Rule, facts: Facts, part: BaseGeometry) -> Finding:
    """The finding of a height or a number of storeys that holds in a part of the lot only."""
    if facts.proposal is None:
        return judged(waiting(rule, NO_PROPOSAL), facts, None, ())
    counted = facts.counted(rule.provision.measure)
    there = [storey for storey in counted if shared_area(storey.footprint, part) > noise("m2")]
    if not there:
        text = Words("ساختمان در این محدوده نیست.", "No part of the building stands there.")
        return finding_of(rule, "not_applicable", text)
    high = rule.provision.measure == "height"
    tops = [(storey, top) for storey, top in bulk.tops(counted) if storey in there]
    value = max((top for _, top in tops), default=0.0) if high else float(bulk.storey_count(there))
    finding = judged(rule, facts, value, ())
    limit = limit_of(finding)
    if finding.verdict != "violates" or limit is None or rule.provision.relation != "at_most":
        return finding
    levels = sorted({storey.level for storey in there})[int(limit) :]
    over = [s for s, top in tops if top > limit] if high else [s for s in there if s.level in levels]
    shape = areas_of(intersection(bulk.covered(over), part))
    return replace(finding, evidence=(Evidence("excess", shape, value, limit, rule.provision.unit),))


def _evidence(rule: Rule, facts: Facts, finding: Finding) -> tuple[Evidence, ...]:
    unit, value, limit = rule.provision.unit, value_of(finding), limit_of(finding)
    if rule.provision.measure == "frontage":
        lines = [edge.line for edge in facts.site.lot.edges if edge.kind == "street"]
        return tuple(Evidence("frontage", line, value, limit, unit) for line in lines)
    if finding.verdict != "violates" or limit is None or rule.provision.relation != "at_most":
        return ()
    if rule.provision.measure == "storeys":
        levels = sorted({storey.level for storey in facts.counted("storeys")})[int(limit) :]
        over = [storey for storey in facts.counted("storeys") if storey.level in levels]
    elif rule.provision.measure == "height":
        counted = facts.counted("height")
        top = max(storey.level for storey in counted)
        over = [storey for storey in counted if storey.level == top]
    else:
        return ()
    return (Evidence("excess", bulk.covered(over), value, limit, unit),)


def _measured(rule: Rule, facts: Facts, how: Measuring) -> Finding:
    """The finding of a measure that has a place, with the shapes that show it."""
    if facts.proposal is None and rule.sort != "lot":
        return judged(waiting(rule, NO_PROPOSAL), facts, None, ())
    if rule.missing is not None and rule.about is None and rule.sort in THINGS:
        return judged(rule, facts, None, ())
    if rule.sort == "edge" and (unknown := _unknown_edge(rule, facts)):
        return unknown
    found = how.find(rule, facts)
    if isinstance(found, Words):
        return finding_of(rule, "not_applicable", of_thing(rule, found))
    if isinstance(found, Missing):
        return judged(waiting(rule, found), facts, None, ())
    granted = how.grant(rule, facts, found) if how.grant and rule.limit and not rule.missing else None
    eased = replace(rule, limit=granted.limit) if granted else rule
    finding = judged(eased, facts, found.value, ())
    if granted and granted.said:
        finding = replace(finding, text=finding.text.then(granted.said))
    if finding.verdict == "complies" and how.unsure and (missing := how.unsure(rule, facts)):
        finding = judged(replace(rule, missing=missing), facts, found.value, ())
    unit, value, limit = rule.provision.unit, value_of(finding), limit_of(finding)
    drawn = (*found.shapes, *(granted.shapes if granted else ()))
    shapes = [Evidence(role, shape, value, limit, unit) for role, shape in drawn]
    if finding.verdict == "violates" and limit is not None and how.excess is not None:
        part = how.excess(rule, facts, limit)
        if not part.is_empty:
            shapes.append(Evidence("excess", part, value, limit, unit))
    finding = replace(finding, evidence=tuple(shapes))
    return unsaid(finding, facts, how.counts) if how.counts else finding


def _unknown_edge(rule: Rule, facts: Facts) -> Finding | None:
    """The finding of boundaries of which nobody knows whether they are of the kind that is asked about."""
    if rule.edge is not None and rule.edge.kind != "unknown":
        return None
    unknown = tuple(Evidence("frontage", edge.line) for edge in rule.edges)
    return judged(waiting(rule, Missing("fact", "edge")), facts, None, unknown)


def _setback(rule: Rule, facts: Facts) -> Finding:
    if unknown := _unknown_edge(rule, facts):
        return unknown
    assert rule.edge is not None  # noqa: S101 - else it is unknown
    mass = facts.mass_before(rule.edge)
    if mass.is_empty:
        text = Words("ساختمانی روی زمین نیست که فاصله بگیرد.", "Nothing above ground must keep a distance.")
        return finding_of(rule, "not_applicable", text)
    lot = facts.site.lot
    found = setback(lot, mass, rule.edge)
    if found is None:
        text = Words("ساختمانی در برابر این مرز نیست.", "No part of the building lies before this boundary.")
        return finding_of(rule, "not_applicable", text)
    finding = judged(rule, facts, found.value, ())
    at_least = rule.provision.relation == "at_least"
    open_ = {"complies": _nearer(rule, facts), "violates": _farther(rule, lot)}
    if not at_least:
        open_ = {"complies": open_["violates"], "violates": open_["complies"]}
    if missing := open_.get(finding.verdict):
        finding = judged(replace(rule, missing=missing), facts, found.value, ())
    limit = limit_of(finding)
    shapes = [Evidence("witness", found.witness, found.value, limit, "m")]
    if finding.verdict == "violates" and limit is not None and rule.provision.relation == "at_least":
        part = areas_of(encroachment(lot, mass, rule.edge, limit))
        if not part.is_empty:
            shapes.append(Evidence("excess", part, found.value, limit, "m"))
    return unsaid(replace(finding, evidence=tuple(shapes)), facts)


def _nearer(rule: Rule, facts: Facts) -> Missing | None:
    """What must be known where a widening may still move the edge inwards: then the building is nearer."""
    if rule.edge is None or rule.value.base == "before":
        return None
    return may_move(facts.site, rule.edge)


def _farther(rule: Rule, lot: Lot) -> Missing | None:
    """What must be known where the law counts from the line by deed and a widening has moved the line."""
    edge = rule.edge
    moved = edge is not None and edge.kind == "street" and bool(lot.widening.strips)
    return Missing("fact", "widening") if moved and rule.value.base == "before" else None
