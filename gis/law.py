"""The law of one site on one day: which provisions apply to which subject, with which limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from gis.alignment import Street
from gis.edges import Edge
from gis.facts import Facts
from gis.limits import Resolved, by_share, resolve
from gis.measures import MEASURES
from gis.missing import Missing
from gis.precision import noise
from gis.rulebook import RuleBook
from gis.rulebook.provision import Provision, Value
from gis.site import Site, ZoneShare
from gis.zoning import Zoning, zoning


@dataclass(frozen=True)
class Part:
    """What one zone of a split lot adds to a limit weighted by area."""

    zone: ZoneShare
    rule: Rule


@dataclass(frozen=True)
class Rule:
    """A provision in force on one subject of a site: an edge, several edges of unknown kind, or the lot.

    applies   False: its conditions of place are not met here
    limit     None where the relation has none, or where it is missing
    missing   what keeps the answer undecided whatever is measured
    base      m² of land to which a ratio relates
    parts     the zones' own rules, where a split lot weighs them by area
    within    the part of the lot where the rule holds, None = all of it
    """

    provision: Provision
    value: Value
    zones: tuple[ZoneShare, ...]
    edges: tuple[Edge, ...] = ()
    applies: bool = True
    limit: Resolved | None = None
    missing: Missing | None = None
    base: float | None = None
    parts: tuple[Part, ...] = ()
    within: BaseGeometry | None = None

    @property
    def zone(self) -> str:
        """Codes of the zones through which the provision governs."""
        return "+".join(zone.code for zone in self.zones)

    @property
    def asks(self) -> Missing | None:
        """The judgement or the agency's answer that the provision itself waits for."""
        match self.provision.relation:
            case "discretion":
                return Missing("judgement", self.provision.id)
            case "inquiry":
                return Missing("inquiry", self.provision.id, self.value.body)
        return None

    @property
    def edge(self) -> Edge | None:
        """The one edge of the question, where it is one."""
        return self.edges[0] if len(self.edges) == 1 else None


@dataclass(frozen=True)
class Gap:
    """Something that must be regulated and is not: `need` by its measure, `zone` None = land in no zone.

    `held`: it may be regulated, but what would tell (the zones here) is not known.
    """

    need: str
    zone: ZoneShare | None
    area: float
    held: Missing | None = None

    @property
    def missing(self) -> Missing:
        """The law that is not there; where no land is left, a person must say what that means."""
        if self.held is not None:
            return self.held
        if self.area <= noise("m2"):
            return Missing("judgement", "land_after_widening")
        return Missing("no_law", self.need)


@dataclass(frozen=True)
class SiteLaw:
    """All that governs a site on a day."""

    zoning: Zoning
    rules: tuple[Rule, ...]
    gaps: tuple[Gap, ...]


def site_law(book: RuleBook, facts: Facts, on: date) -> SiteLaw:
    """The provisions in force on a site, in the book's order. Raises LawError on a day without law."""
    book.require(on)
    zones = zoning(facts.site, book, on)
    rules: list[Rule] = []
    covered: set[tuple[str, str, int | None]] = set()
    for provision in book.provisions:
        value = provision.on(on)
        governing = tuple(zone for zone in zones.zones if zone.code in provision.zones)
        if value is None or not governing:
            continue
        found = list(_subjects(Rule(provision, value, governing, missing=zones.held), facts.site))
        if not provision.where.overlay:
            covered |= {
                (z.code, *said)
                for rule in found
                if rule.applies
                for said in _regulated(rule)
                for z in governing
            }
        rules += [_limited(rule, facts) if rule.applies else rule for rule in found]
    if zones.by_area:
        rules = _weighted(rules, zones)
    gaps = [
        Gap(need, zone, zone.area)
        for zone in zones.zones
        for need in book.every_zone_needs
        if any((zone.code, *asked) not in covered for asked in _asked(need, facts.site))
    ]
    told = {gap.zone.code for gap in gaps if gap.zone} | {zone for zone, *_ in covered}
    gaps += [Gap("zone", zone, zone.area) for zone in zones.zones if zone.code not in told]
    if zones.unzoned:
        gaps.append(Gap("zone", None, zones.unzoned))
    if not zones.zones and not zones.unzoned:
        gaps.append(Gap("zone", None, facts.site.lot.area_after, zones.held))
    return SiteLaw(zones, tuple(rules), tuple(gaps))


def _asked(need: str, site: Site) -> Iterator[tuple[str, int | None]]:
    """What must be regulated here: the measure, or each edge that is of the kind or may be.

    No rear edge asks for a rear setback.
    """
    measure, _, kind = need.partition(".")
    if measure != "setback":
        yield measure, None
        return
    yield from ((measure, edge.index) for edge in site.lot.edges if edge.kind in {kind, "unknown"})


def _regulated(rule: Rule) -> Iterator[tuple[str, int | None]]:
    """What a rule that applies regulates, as `_asked` tells it."""
    measure = rule.provision.measure
    if measure != "setback":
        yield measure, None
    yield from ((measure, edge.index) for edge in rule.edges)


def _subjects(rule: Rule, site: Site) -> Iterator[Rule]:
    """The rule on each of its subjects; one rule with `applies` False where there is none."""
    applies, missing = _place(rule, site)
    if not applies:
        yield replace(rule, applies=False)
        return
    rule = replace(rule, missing=rule.missing or missing)
    if MEASURES[rule.provision.measure].subject != "edge":
        applies, missing = _of_street_class(rule, site.lot.main_street)
        yield replace(rule, applies=applies, missing=rule.missing or missing)
        return
    found = False
    unknown = tuple(edge for edge in site.lot.edges if edge.kind == "unknown")
    for edge in site.lot.edges:
        matched, missing = _of_sort(edge, rule.provision.where.edges, site)
        if matched:
            applies, no_class = _of_street_class(rule, edge.street)
            if applies:
                found = True
                yield replace(rule, edges=(edge,), missing=rule.missing or missing or no_class)
    if unknown:
        found = True
        yield replace(rule, edges=unknown, missing=rule.missing or _unread(site) or Missing("fact", "edge"))
    if not found:
        yield replace(rule, applies=False)


def _place(rule: Rule, site: Site) -> tuple[bool, Missing | None]:
    where = rule.provision.where
    if where.overlay:
        kinds = [o.kind for o in site.overlays if o.geometry.intersects(site.lot.after)]
        if not set(kinds).intersection(where.overlay):
            complete = site.layer("overlays").status == "complete"
            return not complete, None if complete else Missing("layer", "overlays")
    if where.orientation:
        if site.layer("streets").status != "complete":
            return True, Missing("layer", "streets")
        if site.lot.orientation is None:
            return True, Missing("fact", "orientation")
        return site.lot.orientation in where.orientation, None
    return True, None


def _of_street_class(rule: Rule, street: Street | None) -> tuple[bool, Missing | None]:
    asked = rule.provision.where.street_class
    if not asked:
        return True, None
    if street is None or street.street_class is None:
        return True, Missing("fact", "street_class")
    return street.street_class in asked, None


def _of_sort(edge: Edge, sorts: tuple[str, ...], site: Site) -> tuple[bool, Missing | None]:
    """Whether the edge is of one of the sorts; main and other streets need the whole picture of streets."""
    if edge.kind in sorts:
        return True, None
    asked = {"main_street", "other_street"}.intersection(sorts)
    if edge.kind != "street" or not asked:
        return False, None
    if site.layer("streets").status != "complete":
        return True, Missing("layer", "streets")
    if len(asked) == 2 or ("main_street" in asked and sum(e.kind == "street" for e in site.lot.edges) == 1):
        return True, None
    if site.lot.main_street is None or edge.street is None:
        return True, Missing("fact", "main_street")
    return ("main_street" if edge.street == site.lot.main_street else "other_street") in asked, None


def _unread(site: Site) -> Missing | None:
    unread = (name for name in ("streets", "parcels") if site.layer(name).status != "complete")
    return next((Missing("layer", name) for name in unread), None)


def _limited(rule: Rule, facts: Facts) -> Rule:
    """The rule with its limit and base in numbers, or with what is missing for them."""
    value, missing = rule.value, rule.missing
    if rule.provision.relation not in {"at_most", "at_least"}:
        return rule
    resolved = resolve(value, facts, rule.edge)
    if isinstance(resolved, Missing):
        return replace(rule, missing=missing or resolved)
    related = MEASURES[rule.provision.measure].related
    base: float | Missing | None = facts.base(value.base) if value.base and related else None
    if isinstance(base, Missing):
        return replace(rule, limit=resolved, missing=missing or base)
    return replace(rule, limit=resolved, base=base, missing=missing)


def _weighted(rules: list[Rule], zones: Zoning) -> list[Rule]:
    """Rules of several zones on one thing become one rule, its limit weighted by the zones' shares.

    A list of uses cannot be weighted: it holds in its own zones' part of the lot.
    """
    groups: dict[object, list[Rule]] = defaultdict(list)
    for place, rule in enumerate(rules):
        p = rule.provision
        numeric = rule.applies and p.relation in {"at_most", "at_least"}
        edges = tuple(edge.index for edge in rule.edges)
        groups[(p.measure, p.relation, rule.value.base, p.where, edges) if numeric else place].append(rule)
    result = []
    for group in groups.values():
        codes = sorted(zone.code for rule in group for zone in rule.zones)
        if len(group) == 1 or codes != sorted(zone.code for zone in zones.zones):
            result += [_in_own_zones(rule, zones) for rule in group]
            continue
        parts = tuple(Part(zone, rule) for rule in group for zone in rule.zones)
        missing = next((rule.missing for rule in group if rule.missing), None)
        limits = [(part.zone.share, part.rule.limit) for part in parts if part.rule.limit]
        limit = by_share(limits, group[0].provision.unit) if len(limits) == len(parts) else None
        first = max(group, key=lambda rule: max(zone.share for zone in rule.zones))
        result.append(replace(first, zones=zones.zones, limit=limit, missing=missing, parts=parts))
    return result


def _in_own_zones(rule: Rule, zones: Zoning) -> Rule:
    if rule.provision.relation != "one_of" or len(rule.zones) == len(zones.zones):
        return rule
    return replace(rule, within=shapely.union_all([zone.geometry for zone in rule.zones]))
