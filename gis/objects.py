"""The objects of the map around a lot: which of them a rule asks about, and what nobody knows of them."""

from __future__ import annotations

from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from gis.attributes import number_of, unmet
from gis.facts import Facts
from gis.limits import Resolved
from gis.missing import Missing
from gis.overlay import on_lot, union_all
from gis.precision import at_least, at_most, noise
from gis.rule import Rule
from gis.rulebook.limit import AttributeLimit
from gis.rulebook.reach import OVERHANG, reach_of
from gis.site import Overlay, Site
from gis.subject import Asked, Subject, Things
from gis.vocabulary import kind_words, name_of
from gis.words import Words, amount, listed


def objects_of(rule: Rule, facts: Facts) -> Things | Missing | Words:
    """The objects of the kinds of a rule so near that it may matter; in words, that there are none.

    Where it shows none, and is not known to be complete as far as the rule asks, that is missing.
    """
    site, where, metres = facts.site, rule.provision.where, _asked_within(rule, facts)
    found = []
    for over in site.overlays:
        if over.kind not in where.overlay or not _is_near(over, site, metres):
            continue
        unsaid = unmet(over.attributes, where.attributes)
        if unsaid is not True:
            held = not_recorded(over, unsaid, rule) if unsaid else None
            found.append(Asked(Subject("overlay", over.key, object_words(over), over), held=held))
    return tuple(found) or unseen(rule, facts) or _none(rule, metres)


def unseen(rule: Rule, facts: Facts) -> Missing | None:
    """What must be known before nobody can say that more objects lie so near that a rule may matter."""
    return unknown_around(facts.site, rule.provision.where.overlay, _asked_within(rule, facts))


def _asked_within(rule: Rule, facts: Facts) -> float:
    """Metres around the lot in which an object may matter to a rule on these facts."""
    return (reach_of(rule.value) or 0.0) + (0.0 if rule.asks else _overhang(facts))


def _overhang(facts: Facts) -> float:
    """Metres by which what is proposed stands out of the lot by deed, or may where nobody says how far."""
    if facts.proposal is None:
        return 0.0
    projections = facts.proposal.elements.projections
    shapes = [facts.proposal.footprint, *(projection.footprint for projection in projections or ())]
    points = shapely.points(shapely.get_coordinates(shapes))
    metres = float(shapely.distance(points, facts.site.lot.before).max())
    unsaid = OVERHANG if projections is None else 0.0
    return max(metres if metres > noise("m") else 0.0, unsaid)


def _is_near(over: Overlay, site: Site, metres: float) -> bool:
    if metres <= 0:
        return not on_lot(over.geometry, site.lot.before).is_empty
    return at_most(float(shapely.distance(over.geometry, site.lot.before)), metres, "m")


def unknown_around(site: Site, kinds: tuple[str, ...], metres: float) -> Missing | None:
    """What must be known before nobody can say that an object of these kinds lies unseen so near."""
    for kind in kinds:
        known = site.known_around(kind)
        if known is None:
            return Missing("layer", "overlays")
        if not at_least(known, metres, "m"):
            far = amount(metres, "m")
            said = Words(
                f"نقشهٔ حریم‌ها و محدودیت‌ها تا فاصلهٔ {far.fa} از این زمین کامل نیست.",
                f"The map of overlays is not complete within {far.en} of this land.",
            )
            return Missing("layer", "overlays", said=said)
    return None


def not_recorded(over: Overlay, attribute: str, rule: Rule) -> Missing:
    """An attribute that the map does not tell of an object, and who keeps it."""
    thing, name = object_words(over), name_of(attribute)
    return Missing(
        "fact",
        attribute,
        rule.value.body,
        Words(
            f"این داده برای {thing.fa} ثبت نشده است: {name.fa}.",
            f"This is not recorded for {thing.en}: {name.en}.",
        ),
    )


def object_words(over: Overlay) -> Words:
    """An object of the map as people call it: what it is, and its name."""
    kind = kind_words(over.kind)
    if not over.name:
        return kind
    return Words(f"{kind.fa} «{over.name}»", f"{kind.en} “{over.name}”")


def thing_words(rule: Rule) -> Words:
    """What a rule of objects asks about: the one object, or its kinds; its axis where that is meant."""
    kinds = [kind_words(kind) for kind in rule.provision.where.overlay]
    thing = rule.about.words if rule.about else listed(kinds)
    if rule.value.options.get("counted") != "from_axis":
        return thing
    return Words(f"محور {thing.fa}", f"the axis of {thing.en}")


def _none(rule: Rule, metres: float) -> Words:
    sort = listed([kind_words(kind) for kind in rule.provision.where.overlay])
    if metres <= 0:
        return Words(f"روی این زمین نیست: {sort.fa}.", f"Not on this land: {sort.en}.")
    far = amount(metres, "m")
    return Words(
        f"تا فاصلهٔ {far.fa} از این زمین نیست: {sort.fa}.", f"Not within {far.en} of this land: {sort.en}."
    )


def part_of_lot(rule: Rule, site: Site) -> BaseGeometry | None:
    """The part of the lot under the overlays of a rule of them, None where they are drawn without an area."""
    parts = [on_lot(over.geometry, site.lot.after) for over in overlays_on_lot(rule, site)]
    if not parts or any(part.area <= noise("m2") for part in parts):
        return None
    return union_all(parts)


def overlays_on_lot(rule: Rule, site: Site) -> list[Overlay]:
    """The overlays of a rule's kinds on the lot; one that only touches its line is not on it."""
    kinds = rule.provision.where.overlay
    return [
        over
        for over in site.overlays
        if over.kind in kinds and not on_lot(over.geometry, site.lot.after).is_empty
    ]


def recorded_limit(rule: Rule, law: AttributeLimit, facts: Facts) -> Rule:
    """The rule with the limit that its objects themselves record; not recorded, their keeper is asked.

    Of several objects under one building the strictest holds.
    """
    if rule.about is not None and isinstance(rule.about.item, Overlay):
        objects = [rule.about.item]
    else:
        objects = _under(facts, overlays_on_lot(rule, facts.site))
    asked = Missing("inquiry", rule.provision.id, rule.value.body)
    numbers = [number_of(over.attributes.get(law.name)) for over in objects]
    limits = [number for number in numbers if number is not None]
    too_much = law.not_more_than is not None and any(number > law.not_more_than for number in limits)
    if not objects or len(limits) < len(numbers) or too_much:
        return replace(rule, missing=rule.missing or asked)
    limit = min(limits) if rule.provision.relation == "at_most" else max(limits)
    return replace(rule, limit=Resolved(limit, limit))


def _under(facts: Facts, objects: list[Overlay]) -> list[Overlay]:
    """Those that the proposed building stands on; all where there is no proposal, or it stands on none."""
    if facts.proposal is None:
        return objects
    ground = facts.proposal.footprint
    return [over for over in objects if not on_lot(over.geometry, ground).is_empty] or objects
