"""From one rule and the measured facts to its findings, each with the shape that shows why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis.facts import NO_PROPOSAL, Facts
from gis.finding_text import areas_text, beside_text, measured_text, of_thing, undecided_text, use_text
from gis.law import Gap
from gis.law_text import law_text
from gis.limits import Resolved
from gis.lot import Lot
from gis.measures import MEASURES, THINGS, bulk
from gis.measures.land import may_move
from gis.measures.setback import encroachment, setback
from gis.measuring import MEASURING, Measuring
from gis.measuring.around import nearest
from gis.missing import AREA_TABLE, Missing
from gis.overlay import areas_of, intersection, shared_area
from gis.precision import at_least, at_most, noise
from gis.report import Basis, Evidence, Finding, Verdict
from gis.rule import Rule
from gis.silence_text import gap_text
from gis.unsaid import unsaid
from gis.vocabulary import USE_WORDS
from gis.words import Words, listed


def findings_of(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """The findings of a rule on a proposal: one, or for uses one for each storey not simply permitted."""
    provision = rule.provision
    if not rule.applies:
        yield _finding(rule, "not_applicable", law_text(rule, facts))
    elif asks := rule.asks:
        yield _asking(rule, facts, rule.missing or asks)
    elif provision.relation == "one_of":
        yield from _uses(rule, facts)
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
        return _finding(rule, "undecided", text, missing=missing)
    shapes = tuple(Evidence(role, shape, found.value, None, "m") for role, shape in found.shapes)
    return _finding(rule, "undecided", text, missing=missing, value=found.value, evidence=shapes)


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


def _finding(rule: Rule, verdict: Verdict, text: Words, **more: Any) -> Finding:
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


def _judged(
    rule: Rule, facts: Facts, value: float | None, evidence: tuple[Evidence, ...], basis: Basis | None = None
) -> Finding:
    """The finding of a measured value; a value without a whole law beside it stays undecided."""
    missing = rule.missing
    if value is None or rule.limit is None or missing is not None:
        missing = missing or Missing("fact", rule.provision.measure)
        limit = rule.limit.strict if rule.limit and rule.limit.open is None else None
        text = undecided_text(rule, missing, value)
        return _finding(
            rule, "undecided", text, value=value, limit=limit, missing=missing, basis=basis, evidence=evidence
        )
    verdict, bound, margin, missing = _compare(rule, value, rule.limit)
    if missing is not None or bound is None:
        missing = missing or Missing("judgement", rule.provision.id)
        text = undecided_text(rule, missing, value)
    else:
        text = measured_text(rule, facts, value, bound, complies=verdict == "complies", basis=basis)
    return _finding(
        rule, verdict, text,
        value=value, limit=bound, margin=margin, missing=missing, basis=basis, evidence=evidence,
    )  # fmt: skip


def _number(rule: Rule, facts: Facts) -> Finding:
    provision = rule.provision
    if MEASURES[provision.measure].related:
        return _ratio(rule, facts)
    if rule.within is not None:
        return _in_part(rule, facts, rule.within)
    found = facts.value(provision.measure)
    if isinstance(found, Missing):
        return _judged(_waiting(rule, found), facts, None, ())
    finding = _judged(rule, facts, found, ())
    return replace(finding, evidence=_evidence(rule, facts, finding))


def _in_part(rule: Rule, facts: Facts, part: BaseGeometry) -> Finding:
    """The finding of a height or a number of storeys that holds in a part of the lot only."""
    if facts.proposal is None:
        return _judged(_waiting(rule, NO_PROPOSAL), facts, None, ())
    counted = facts.counted(rule.provision.measure)
    there = [storey for storey in counted if shared_area(storey.footprint, part) > noise("m2")]
    if not there:
        text = Words("ساختمان در این محدوده نیست.", "No part of the building stands there.")
        return _finding(rule, "not_applicable", text)
    high = rule.provision.measure == "height"
    tops = [(storey, top) for storey, top in bulk.tops(counted) if storey in there]
    value = max((top for _, top in tops), default=0.0) if high else float(bulk.storey_count(there))
    finding = _judged(rule, facts, value, ())
    limit = _limit(finding)
    if finding.verdict != "violates" or limit is None or rule.provision.relation != "at_most":
        return finding
    levels = sorted({storey.level for storey in there})[int(limit) :]
    over = [s for s, top in tops if top > limit] if high else [s for s in there if s.level in levels]
    shape = areas_of(intersection(bulk.covered(over), part))
    return replace(finding, evidence=(Evidence("excess", shape, value, limit, rule.provision.unit),))


def _ratio(rule: Rule, facts: Facts) -> Finding:
    """Coverage or density: square metres over the land that the law relates them to."""
    shape = facts.covered(rule.provision.measure)
    if rule.base is None or not rule.value.base:
        return _judged(_waiting(rule, Missing("fact", "widening")), facts, None, ())
    coverage = rule.provision.measure == "coverage"
    least, most = (float(shape.area),) * 2 if coverage else facts.floor_area
    limit = rule.limit.strict * rule.base if rule.limit else None
    low, high = (
        _judged(rule, facts, area / rule.base, (), Basis(rule.value.base, rule.base, area, limit))
        for area in (least, most)
    )
    finding = high if most - least <= noise("m2") else _of_both(low, high)
    finding = unsaid(finding, facts)
    shown = Evidence("footprint", shape, _value(finding), _limit(finding), "1")
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


def _evidence(rule: Rule, facts: Facts, finding: Finding) -> tuple[Evidence, ...]:
    unit, value, limit = rule.provision.unit, _value(finding), _limit(finding)
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
        return _judged(_waiting(rule, NO_PROPOSAL), facts, None, ())
    if rule.missing is not None and rule.about is None and rule.sort in THINGS:
        return _judged(rule, facts, None, ())
    if rule.sort == "edge" and (unknown := _unknown_edge(rule, facts)):
        return unknown
    found = how.find(rule, facts)
    if isinstance(found, Words):
        return _finding(rule, "not_applicable", of_thing(rule, found))
    if isinstance(found, Missing):
        return _judged(_waiting(rule, found), facts, None, ())
    granted = how.grant(rule, facts, found) if how.grant and rule.limit and not rule.missing else None
    judged = replace(rule, limit=granted.limit) if granted else rule
    finding = _judged(judged, facts, found.value, ())
    if granted and granted.said:
        finding = replace(finding, text=finding.text.then(granted.said))
    if finding.verdict == "complies" and how.unsure and (missing := how.unsure(rule, facts)):
        finding = _judged(replace(rule, missing=missing), facts, found.value, ())
    unit, value, limit = rule.provision.unit, _value(finding), _limit(finding)
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
    return _judged(_waiting(rule, Missing("fact", "edge")), facts, None, unknown)


def _setback(rule: Rule, facts: Facts) -> Finding:
    if unknown := _unknown_edge(rule, facts):
        return unknown
    assert rule.edge is not None  # noqa: S101 - else it is unknown
    mass = facts.mass_before(rule.edge)
    if mass.is_empty:
        text = Words("ساختمانی روی زمین نیست که فاصله بگیرد.", "Nothing above ground must keep a distance.")
        return _finding(rule, "not_applicable", text)
    lot = facts.site.lot
    found = setback(lot, mass, rule.edge)
    if found is None:
        text = Words("ساختمانی در برابر این مرز نیست.", "No part of the building lies before this boundary.")
        return _finding(rule, "not_applicable", text)
    finding = _judged(rule, facts, found.value, ())
    at_least = rule.provision.relation == "at_least"
    open_ = {"complies": _nearer(rule, facts), "violates": _farther(rule, lot)}
    if not at_least:
        open_ = {"complies": open_["violates"], "violates": open_["complies"]}
    if missing := open_.get(finding.verdict):
        finding = _judged(replace(rule, missing=missing), facts, found.value, ())
    limit = _limit(finding)
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


def _uses(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Permitted uses together in one finding; each forbidden or conditional use on a level in its own."""
    storeys = facts.proposal.storeys if facts.proposal else ()
    if rule.within is not None:
        storeys = tuple(s for s in storeys if shared_area(s.footprint, rule.within) > noise("m2"))
    if not storeys:
        text = Words("هیچ طبقه‌ای در این پهنه نیست.", "No storey stands in this zone.")
        yield _finding(rule, "not_applicable", text)
        return
    value = rule.value
    free = sorted({storey.use for storey in storeys if storey.use in value.permitted})
    if rule.missing is not None:
        uses = ", ".join(sorted({storey.use for storey in storeys}))
        text = undecided_text(rule, rule.missing, None)
        yield _finding(rule, "undecided", text, value=uses, limit=value.permitted, missing=rule.missing)
        return
    for level, use in sorted({(s.level, s.use) for s in storeys if s.use not in value.permitted}):
        shape = bulk.covered([s for s in storeys if (s.level, s.use) == (level, use)])
        held = use in value.conditional
        verdict: Verdict = "undecided" if held else "violates"
        yield _finding(
            rule,
            verdict,
            use_text(use, level, verdict, value.body),
            subject=("storey", str(level)),
            value=use,
            limit=value.permitted,
            missing=Missing("commission", use, value.body) if held else None,
            evidence=(Evidence("footprint" if held else "excess", shape),),
        )
    if free:
        names = listed([USE_WORDS[use] for use in free])
        fa = "کاربری‌های" if len(free) > 1 else "کاربری"
        text = Words(f"{fa} {names.fa} در این پهنه مجاز است.", f"In this zone {names.en} use is permitted.")
        yield _finding(rule, "complies", text, value=", ".join(free), limit=value.permitted)


def _waiting(rule: Rule, missing: Missing) -> Rule:
    return rule if rule.missing else replace(rule, missing=missing)


def _value(finding: Finding) -> float | None:
    return finding.value if isinstance(finding.value, int | float) else None


def _limit(finding: Finding) -> float | None:
    return finding.limit if isinstance(finding.limit, int | float) else None
