"""The law of one site on one day: which provisions apply to which subject, with which limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from shapely.geometry.base import BaseGeometry

from gis.attributes import unmet
from gis.chamfers import chamfers, taken_of
from gis.corners import Chamfer
from gis.facts import Facts
from gis.limits import by_share, resolve
from gis.measures import MEASURES
from gis.measuring.mass import raised
from gis.missing import Missing
from gis.objects import part_of_lot, recorded_limit
from gis.overlay import intersection, union_all
from gis.place import subjects_of
from gis.precision import at_most, noise
from gis.replacing import replaced
from gis.rule import Part, Rule
from gis.rulebook import RuleBook
from gis.rulebook.citation import Citation
from gis.rulebook.limit import AttributeLimit
from gis.rulebook.provision import Of
from gis.rulebook.reach import reach_of
from gis.site import Overlay, Site, ZoneShare
from gis.vocabulary import name_of
from gis.words import Words
from gis.zoning import Zoning, zoning

_IN_CHAMFERS: Final = frozenset({"gate_in_chamfer"})
_ASKS_A_PERSON: Final = frozenset({"inquiry", "discretion"})


@dataclass(frozen=True)
class Gap:
    """Something that must be regulated and is not: `need` by its measure, `zone` None = land in no zone.

    `held`: it may be regulated, but what would tell (the zones here) is not known.
    `over`: an overlay of whose kind, the `need`, no provision speaks; `part` of it lies on the lot, or as a
    whole so many `metres` away.
    """

    need: str
    zone: ZoneShare | None
    area: float
    held: Missing | None = None
    over: Overlay | None = None
    part: BaseGeometry | None = None
    metres: float = 0.0

    @property
    def id(self) -> str:
        """What stands in the place of a provision's id; no kind of overlay is taken for a measure."""
        return f"no_law.overlay.{self.need}" if self.over else f"no_law.{self.need}"

    @property
    def measure(self) -> str:
        """The measure that no law regulates; `overlay` where nobody says which it would be."""
        return "overlay" if self.over else self.need.partition(".")[0]

    @property
    def subject(self) -> tuple[str, str]:
        """What the gap is about: an overlay by its key, a zone by its code, else the lot."""
        if self.over:
            return "overlay", self.over.key
        return ("zone", self.zone.code) if self.zone else ("lot", "")

    @property
    def title(self) -> Words:
        """What is not regulated, an overlay by its own name."""
        return Words(self.over.name, self.over.name) if self.over and self.over.name else name_of(self.need)

    @property
    def missing(self) -> Missing:
        """The law that is not there; where no land is left, a person must say what that means."""
        if self.held is not None:
            return self.held
        if self.over is None and self.area <= noise("m2"):
            return Missing("judgement", "land_after_widening")
        return Missing("no_law", self.need)


@dataclass(frozen=True)
class SiteLaw:
    """All that governs a site on a day."""

    zoning: Zoning
    rules: tuple[Rule, ...]
    gaps: tuple[Gap, ...]


def site_law(book: RuleBook, facts: Facts, on: date) -> SiteLaw:
    """The provisions on building in force on a site, in the book's order.

    Raises LawError on a day without law.
    """
    law = law_of("lot", book.every_zone_needs, book, facts, on)
    return replace(law, gaps=(*law.gaps, *overlay_gaps(law, facts.site)))


def law_of(of: Of, needs: Collection[str], book: RuleBook, facts: Facts, on: date) -> SiteLaw:
    """The provisions that speak of `of`, and what of `needs` a zone does not regulate.

    Land in no zone, and a zone without any such provision, is a gap: on building, or on dividing the land.
    Raises LawError on a day without law.
    """
    book.require(on)
    zones = zoning(facts.site, book, on)
    rules: list[Rule] = []
    covered: set[tuple[str, str, int | None]] = set()
    for provision in book.provisions:
        value = provision.on(on)
        governing = tuple(zone for zone in zones.zones if zone.code in provision.zones)
        if provision.of != of or value is None or not governing:
            continue
        found = list(subjects_of(Rule(provision, value, governing, missing=zones.held), facts))
        if not provision.where.overlay:
            covered |= {
                (z.code, *said)
                for rule in found
                if rule.applies or rule.why  # the law speaks here, there is only nothing to keep it
                for said in _regulated(rule)
                for z in governing
            }
        rules += [_in_overlay(rule, facts) if rule.applies else rule for rule in found]
    cut = chamfers(_limited(rule, facts, ()) for rule in rules if rule.sort == "corner" and rule.applies)
    rules = [_limited(rule, facts, cut) if rule.applies else rule for rule in rules]
    rules = replaced(rules, book.split_lot(on), facts)
    if zones.by_area:
        split = book.split_lot(on)
        rules = _weighted(rules, zones, split.cite if split else None)
    gaps = [
        Gap(need, zone, zone.area)
        for zone in zones.zones
        for need in needs
        if any((zone.code, *asked) not in covered for asked in _asked(need, facts.site))
    ]
    told = {gap.zone.code for gap in gaps if gap.zone} | {zone for zone, *_ in covered}
    whole = "zone" if of == "lot" else of
    gaps += [Gap(whole, zone, zone.area) for zone in zones.zones if zone.code not in told]
    if zones.unzoned:
        gaps.append(Gap(whole, None, zones.unzoned))
    if not zones.zones and not zones.unzoned:
        gaps.append(Gap(whole, None, facts.site.lot.area_after, zones.held))
    return SiteLaw(zones, tuple(rules), tuple(gaps))


def overlay_gaps(law: SiteLaw, site: Site) -> Iterator[Gap]:
    """Overlays on the land that these provisions do not name, and those that may lie there unseen.

    A city that has none declares so in its profile.
    """
    named = {kind for rule in law.rules for kind in rule.provision.where.overlay}
    yield from _unnamed(site, named, law.zoning.held)
    yield from _unlisted(site, law.rules)
    unseen = site.unread("overlays")
    if unseen and not any(rule.missing == unseen for rule in law.rules):
        yield Gap("overlays", None, 0.0, unseen)


def _unnamed(site: Site, named: Collection[str], held: Missing | None) -> Iterator[Gap]:
    """Each overlay on the lot of whose kind no provision in force here speaks."""
    for over, part in site.overlaid:
        if over.kind not in named:
            yield Gap(over.kind, None, float(part.area), held, over, part)


def _unlisted(site: Site, rules: Collection[Rule]) -> Iterator[Gap]:
    """Each object near the lot of a kind that the law goes through by attributes, and that no row names.

    A line of 45 kV between the rows of 33 and 63 has a distance to keep, and nobody says which.
    """
    tables = [rule for rule in rules if MEASURES[rule.provision.measure].subject == "overlay"]
    for over in site.overlays:
        rows = [rule for rule in tables if over.kind in rule.provision.where.overlay]
        if not rows or not all(unmet(over.attributes, r.provision.where.attributes) is True for r in rows):
            continue
        metres = float(over.geometry.distance(site.lot.before))
        if at_most(metres, max(reach_of(rule.value) or 0.0 for rule in rows), "m"):
            yield Gap(over.kind, None, 0.0, None, over, over.geometry, metres)


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


def _in_overlay(rule: Rule, facts: Facts) -> Rule:
    """The rule of an overlay in the part of the lot under it, where what it asks can be told part by part."""
    provision = rule.provision
    held = rule.missing is not None or not provision.where.overlay or provision.relation in _ASKS_A_PERSON
    if held or provision.measure not in {"height", "storeys", "use"}:
        return rule
    return replace(rule, within=part_of_lot(rule, facts.site))


def _limited(rule: Rule, facts: Facts, cut: tuple[Chamfer, ...] | Missing) -> Rule:
    """The rule with its limit and base in numbers, or with what is missing for them.

    `cut`: the chamfers that the law takes of the lot.
    """
    if rule.measure in _IN_CHAMFERS:
        held = cut if isinstance(cut, Missing) else None
        rule = replace(rule, missing=rule.missing or held, chamfers=() if isinstance(cut, Missing) else cut)
    value, missing = rule.value, rule.missing
    if rule.provision.relation not in {"at_most", "at_least"}:
        return rule
    if isinstance(value.limit, AttributeLimit):
        return recorded_limit(rule, value.limit, facts) if missing is None else rule
    resolved = resolve(rule.provision, value, facts, rule.place)
    if isinstance(resolved, Missing):
        return replace(rule, missing=missing or resolved)
    related = MEASURES[rule.provision.measure].related
    base: float | Missing | None = facts.base(value.base) if value.base and related else None
    if value.base == "net" and isinstance(base, float):
        base = cut if isinstance(cut, Missing) else base - taken_of(facts.site, cut)
    if isinstance(base, Missing):
        return replace(rule, limit=resolved, missing=missing or base)
    if base:
        resolved = raised(rule, resolved, base, facts)
    return replace(rule, limit=resolved, base=base, missing=missing)


def _weighted(rules: list[Rule], zones: Zoning, by: Citation | None) -> list[Rule]:
    """Rules of several zones on one thing become one rule, its limit weighted by the zones' shares.

    A list of uses cannot be weighted: it holds in its own zones' part of the lot.
    """
    groups: dict[object, list[Rule]] = defaultdict(list)
    for place, rule in enumerate(rules):
        p = rule.provision
        # law that holds in every zone of the lot has no other to be weighed with
        own = len(rule.zones) < len(zones.zones)
        numeric = own and rule.applies and p.relation in {"at_most", "at_least"}
        options = tuple(sorted(rule.value.options.items()))
        edges = tuple(edge.index for edge in rule.edges)
        about = (rule.about.kind, rule.about.ref) if rule.about else None
        same = (p.measure, p.relation, rule.value.base, p.where, options, edges, about)
        groups[same if numeric else place].append(rule)
    result = []
    for group in groups.values():
        codes = sorted(zone.code for rule in group for zone in rule.zones)
        if len(group) == 1 or codes != sorted(zone.code for zone in zones.zones):
            result += [_in_own_zones(rule, zones) for rule in group]
            continue
        parts = tuple(Part(zone, rule) for rule in group for zone in rule.zones)
        missing = next((rule.missing for rule in group if rule.missing), None)
        limits = [(part.zone.share, part.rule.limit) for part in parts if part.rule.limit]
        limit = by_share(limits, group[0].provision) if len(limits) == len(parts) else None
        first = max(group, key=lambda rule: max(zone.share for zone in rule.zones))
        result.append(
            replace(first, zones=zones.zones, limit=limit, missing=missing, parts=parts, weighed_by=by)
        )
    return result


def _in_own_zones(rule: Rule, zones: Zoning) -> Rule:
    if rule.provision.relation != "one_of" or len(rule.zones) == len(zones.zones):
        return rule
    part = union_all(zone.geometry for zone in rule.zones)
    return replace(rule, within=part if rule.within is None else intersection(part, rule.within))
