"""Where a provision applies on a lot: its edges, its overlays, how the lot lies, and what keeps that open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gis.corners import Corner
from gis.edges import Edge, same_street
from gis.facts import NO_PROPOSAL, Facts
from gis.measures import MEASURES, THINGS
from gis.measures.land import landlocked, unsure_front
from gis.measuring.around import share_of
from gis.missing import NO_STREET, Missing
from gis.objects import thing_words, unseen
from gis.precision import noise
from gis.rule import Rule
from gis.site import Site
from gis.things import DRAWN, things_of
from gis.words import Words


def subjects_of(rule: Rule, facts: Facts) -> Iterator[Rule]:
    """The rule on each of its subjects; one rule with `applies` False where there is none."""
    for asked in _subjects(rule, facts):
        yield _when(asked, facts) if asked.applies else asked


def _subjects(rule: Rule, facts: Facts) -> Iterator[Rule]:
    site, subject = facts.site, rule.sort
    applies, missing = _place(rule, site)
    if not applies:
        yield replace(rule, applies=False)
        return
    rule = replace(rule, missing=rule.missing or missing)
    if subject != "edge":
        if rule.measure == "share_inside" and rule.asks:
            rule = _if_outside(rule, facts)
        things = rule.applies and subject in THINGS and rule.provision.unit != "use"
        for asked in _on_things(rule, facts) if things else [rule]:
            yield _classed(asked, site) if asked.applies else asked
        return
    found = [asked for edge in site.lot.edges for asked in _on_edge(rule, edge, site)]
    unknown = tuple(edge for edge in site.lot.edges if edge.kind == "unknown")
    if unknown:
        no_street = NO_STREET if landlocked(site) else None
        missing = rule.missing or no_street or site.unread("streets", "parcels") or Missing("fact", "edge")
        found.append(replace(rule, edges=unknown, missing=missing))
    yield from found or [replace(rule, applies=False)]


def _if_outside(rule: Rule, facts: Facts) -> Rule:
    """What is to be asked of land outside of an area: nothing where the whole of it lies inside."""
    found = share_of(rule, facts)
    if isinstance(found, Missing):
        return replace(rule, missing=rule.missing or found)
    if found.value < 1 - noise("1"):
        return rule
    thing = thing_words(rule)
    why = Words(f"همهٔ این زمین در {thing.fa} است.", f"All of this land lies inside {thing.en}.")
    return replace(rule, applies=False, why=why)


def _on_things(rule: Rule, facts: Facts) -> Iterator[Rule]:
    """The rule on each thing of its kind; on none where nobody has drawn or said anything yet."""
    found = things_of(rule, facts)
    if found == NO_PROPOSAL:
        yield from _undrawn(rule, facts.site)
    elif isinstance(found, Missing):
        yield replace(rule, missing=rule.missing or found)
    elif isinstance(found, Words):
        yield replace(rule, applies=False, why=found)
    elif rule.provision.relation == "discretion" and rule.sort in DRAWN:
        held = [asked.held for asked in found]
        yield replace(rule, missing=rule.missing or (held[0] if all(held) else None))
    else:
        for asked in found:
            edges = (asked.edge,) if asked.edge else rule.edges
            yield replace(rule, about=asked.subject, edges=edges, missing=rule.missing or asked.held)
        if rule.sort == "overlay" and (missing := unseen(rule, facts)):
            yield replace(rule, missing=rule.missing or missing)


def _undrawn(rule: Rule, site: Site) -> Iterator[Rule]:
    """The rule for who has drawn nothing yet: of what may stand out over streets, on each street line."""
    out = rule.sort == "projection"
    lines = [edge for edge in site.lot.edges if edge.kind == "street"] if out else []
    yield from (replace(rule, edges=(edge,)) for edge in lines) if lines else [rule]


def _classed(rule: Rule, site: Site) -> Rule:
    """The rule where the street before its thing, or else the main street, is of a class that it asks for."""
    if isinstance(rule.place, Corner):
        applies, missing = _of_both_classes(rule, rule.place)
    else:
        edge = rule.edge if rule.edge and rule.edge.kind == "street" else None
        applies, missing = _of_street_class(rule, site, edge)
    return replace(rule, applies=applies, missing=rule.missing or missing)


def _when(rule: Rule, facts: Facts) -> Rule:
    """The rule where the measured values in which it applies are those of this place and proposal."""
    for condition in rule.provision.where.when:
        value = facts.value(condition.measure, rule.place)
        if isinstance(value, Missing):
            rule = replace(rule, missing=rule.missing or value)
        elif not condition.interval.contains(value):
            return replace(rule, applies=False)
    return rule


def _on_edge(rule: Rule, edge: Edge, site: Site) -> Iterator[Rule]:
    """The rule on one edge of known kind, or that may be of the kind that the rule asks for."""
    if edge.kind == "street":
        matched, missing = _of_sort(edge, rule.provision.where.edges, site)
        if matched:
            applies, no_class = _of_street_class(rule, site, edge)
            if applies:
                yield replace(rule, edges=(edge,), missing=rule.missing or missing or no_class)
    elif edge.kind != "unknown":
        may_be, missing = _kinds(edge, site)
        asked = rule.provision.where.kinds
        if may_be & asked:
            held = None if may_be <= asked else missing
            yield replace(rule, edges=(edge,), missing=rule.missing or held)


def _kinds(edge: Edge, site: Site) -> tuple[set[str], Missing | None]:
    """The kinds that a neighbour's edge may be of, and what would tell.

    Side and rear follow from the main front; where streets are not completely known, a neighbour's parcel may
    be street itself.
    """
    missing = unsure_front(site)
    if missing is None or edge.evidence == "officer":
        return {edge.kind}, None
    more = {"street"} if site.unread("streets") else set()
    return {"side", "rear"} | more, missing


def _place(rule: Rule, site: Site) -> tuple[bool, Missing | None]:
    where = rule.provision.where
    of_objects = MEASURES[rule.measure].objects
    if where.overlay and not of_objects and not any(o.kind in where.overlay for o, _ in site.overlaid):
        missing = site.unread("overlays")
        return missing is not None, missing
    if where.orientation:
        if missing := unsure_front(site):
            return True, missing
        if site.lot.orientation is None:
            return True, Missing("fact", "orientation")
        return site.lot.orientation in where.orientation, None
    return True, None


def _of_street_class(rule: Rule, site: Site, edge: Edge | None = None) -> tuple[bool, Missing | None]:
    """Whether the street before the edge, or else the lot's main street, is of a class that is asked for."""
    asked = rule.provision.where.street_class
    if not asked:
        return True, None
    if edge is None and (missing := unsure_front(site)):
        return True, missing
    street = edge.street if edge else site.lot.main_street
    if street is None or street.street_class is None:
        return True, Missing("fact", "street_class")
    return street.street_class in asked, None


def _of_both_classes(rule: Rule, corner: Corner) -> tuple[bool, Missing | None]:
    """Whether both streets at a corner, one or none are of a class that is asked for."""
    where = rule.provision.where
    if not where.street_class:
        return True, None
    classes = [edge.street.street_class if edge.street else None for edge in corner.edges]
    sure, open_ = sum(one in where.street_class for one in classes), classes.count(None)
    asked = {"both": 2, "one": 1, "none": 0}[where.of_class or "both"]
    return sure <= asked <= sure + open_, Missing("fact", "street_class") if open_ else None


def _of_sort(edge: Edge, sorts: tuple[str, ...], site: Site) -> tuple[bool, Missing | None]:
    """Whether a street edge is of one of the sorts; main and other need the whole picture of streets."""
    if "street" in sorts or {"main_street", "other_street"} <= set(sorts):
        return True, None
    asked = {"main_street", "other_street"} & set(sorts)
    if not asked:
        return False, None
    if missing := unsure_front(site):
        return True, missing
    main = site.lot.main_street
    if sum(e.kind == "street" for e in site.lot.edges) == 1:
        return "main_street" in asked, None
    if main is None or edge.street is None:
        return True, Missing("fact", "main_street")
    return ("main_street" if same_street(edge.street, main) else "other_street") in asked, None
