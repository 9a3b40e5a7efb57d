"""Special plans: provisions that take the place of others where an overlay lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.limits import by_share
from gis.missing import Missing
from gis.objects import object_words, overlays_on_lot, part_of_lot
from gis.overlay import areas_of, difference, intersection
from gis.precision import noise
from gis.rule import Part, Rule
from gis.rulebook.provision import Provision, SplitLot
from gis.site import ZoneShare
from gis.words import Words, numbered, percent


def replaced(rules: Sequence[Rule], split: SplitLot | None, facts: Facts) -> list[Rule]:
    """The rules of a site where those of special plans have taken the place of others.

    A plan over the whole lot takes the place of the provisions that it names. One over a part of it is
    weighed as the book weighs lots in several zones; else a person must say which law holds.
    Not knowing whether the plan lies here keeps both open.
    """
    found = list(rules)
    for plan in _in_order({rule.provision.id: rule.provision for rule in rules if rule.provision.replaces}):
        own = [rule for rule in found if rule.provision is plan and rule.applies]
        named = [rule for rule in found if rule.provision.id in plan.replaces and rule.applies]
        if own and named:
            new = _decided(own, named, split, facts)
            kept = {id(rule) for rule in (*own, *named)}
            found = [one for rule in found for one in ([new[id(rule)]] if id(rule) in kept else [rule])]
    return found


def _in_order(plans: dict[str, Provision]) -> list[Provision]:
    """Each plan before those that it takes the place of; the book has no circles."""
    order: list[Provision] = []
    waiting = list(plans.values())
    while waiting:
        named = {name for plan in waiting for name in plan.replaces}
        free = [plan for plan in waiting if plan.id not in named] or waiting
        order += free
        waiting = [plan for plan in waiting if plan not in free]
    return order


def _decided(
    own: Sequence[Rule], named: Sequence[Rule], split: SplitLot | None, facts: Facts
) -> dict[int, Rule]:
    """What becomes of the rules of a plan and of those that it names, by the identity of each."""
    unsure = next((rule.missing for rule in own if rule.missing and rule.missing.kind == "layer"), None)
    overlays = overlays_on_lot(own[0], facts.site)
    if unsure is not None and not overlays:
        return _held(own, named, unsure)
    part = part_of_lot(own[0], facts.site)
    if part is None:
        return _held(own, named, Missing("judgement", "special_plan"))
    name = "، ".join(over.name or object_words(over).en for over in overlays)
    share = float(part.area / facts.site.lot.area_after)
    plan = ZoneShare(name, float(part.area), share, areas_of(part))
    sliver = max(float(split.sliver) if split else 0.0, noise("1"))
    if 1 - share <= noise("1") or 1 - share < sliver or _dominates(share, split):
        return _whole(own, named)
    if share < sliver or _dominates(1 - share, split):
        return _none(own, named, share)
    return _divided(own, named, plan, split, facts)


def _divided(
    own: Sequence[Rule], named: Sequence[Rule], plan: ZoneShare, split: SplitLot | None, facts: Facts
) -> dict[int, Rule]:
    """The same where the plan lies over a part of the lot."""
    if all(rule.provision.relation == "one_of" for rule in (*own, *named)):
        return _each_in_its_part(own, named, plan.geometry, facts)
    if split is None:
        return _held(own, named, Missing("no_law", "split_lot"))
    if split.combine == "strictest":
        return {id(rule): replace(rule, within=None) for rule in own} | {id(rule): rule for rule in named}
    weighed = _weighed((*own, *named), plan, split, facts) if split.combine == "by_area" else None
    return weighed or _held(own, named, Missing("judgement", "special_plan"))


def _dominates(share: float, split: SplitLot | None) -> bool:
    return split is not None and split.combine == "dominant" and share >= float(split.threshold or 1)


def _held(own: Sequence[Rule], named: Sequence[Rule], missing: Missing) -> dict[int, Rule]:
    return {id(rule): replace(rule, missing=rule.missing or missing) for rule in (*own, *named)}


def _whole(own: Sequence[Rule], named: Sequence[Rule]) -> dict[int, Rule]:
    return {id(rule): rule for rule in own} | {
        id(rule): replace(rule, applies=False, why=_instead(own[0])) for rule in named
    }


def _none(own: Sequence[Rule], named: Sequence[Rule], share: float) -> dict[int, Rule]:
    told = percent(share)
    why = Words(
        f"فقط {told.fa} این زمین در این طرح است و ضابطهٔ پهنه برقرار می‌ماند.",
        f"Only {told.en} of this land lies in this plan; the law of the zone stays.",
    )
    return {id(rule): rule for rule in named} | {
        id(rule): replace(rule, applies=False, why=why) for rule in own
    }


def _instead(rule: Rule) -> Words:
    title, article = rule.provision.title, numbered(rule.value.cite.article)
    number = rule.value.cite.instrument.number
    return Words(
        f"این‌جا «{title.fa}» جای این ضابطه را می‌گیرد (بند {article.fa}، {number}).",
        f"Replaced here by “{title.en}” (clause {article.en}, {number}).",
    )


def _each_in_its_part(
    own: Sequence[Rule], named: Sequence[Rule], part: BaseGeometry, facts: Facts
) -> dict[int, Rule]:
    """Uses are permitted place by place: the plan's list under the plan, the zone's beside it."""
    rest = areas_of(difference(facts.site.lot.after, part))

    def within(rule: Rule, area: BaseGeometry) -> Rule:
        return replace(rule, within=area if rule.within is None else intersection(rule.within, area))

    return {id(rule): within(rule, part) for rule in own} | {id(rule): within(rule, rest) for rule in named}


def _weighed(rules: Sequence[Rule], land: ZoneShare, split: SplitLot, facts: Facts) -> dict[int, Rule] | None:
    """The limits of plan and zone weighed by the land that each has; None where they cannot be."""
    if len(rules) != 2 or any(rule.edges or rule.about or rule.missing for rule in rules):
        return None
    plan, zone = rules
    asked = [(r.provision.measure, r.provision.relation, r.value.base, r.value.options) for r in rules]
    alone = len(zone.zones) == len(facts.site.zones)
    if asked[0] != asked[1] or not alone or plan.limit is None or zone.limit is None:
        return None
    rest = areas_of(difference(facts.site.lot.after, land.geometry))
    beside = ZoneShare(zone.zone, float(rest.area), 1 - land.share, rest)
    limit = by_share([(land.share, plan.limit), (beside.share, zone.limit)], plan.provision)
    parts = (Part(land, plan), Part(beside, zone))
    weighed = replace(plan, zones=zone.zones, limit=limit, parts=parts, weighed_by=split.cite, within=None)
    return {id(plan): weighed, id(zone): replace(zone, applies=False, why=_with_plan(plan))}


def _with_plan(rule: Rule) -> Words:
    title = rule.provision.title
    return Words(
        f"این‌جا با «{title.fa}» به نسبت مساحت سنجیده می‌شود.",
        f"Weighted here by area with “{title.en}”.",
    )
