"""What a rule asks of the objects of the map around a building, and of the land inside their areas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

import shapely
from shapely.geometry.base import BaseGeometry

from gis.attributes import number_of
from gis.facts import Facts
from gis.found import Found
from gis.measures import around
from gis.measures.land import lot_area
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.objects import not_recorded, unknown_around
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise
from gis.proposal import Proposal, Storey
from gis.rule import Rule
from gis.site import Overlay
from gis.words import Words

_NOTHING: Final = Words(
    "چیزی برای سنجیدن روی زمین نیست.", "Nothing stands on the land that is measured here."
)


def nearest(rule: Rule, facts: Facts) -> Found | None:
    """How far the object of an inquiry lies from the land, for people; None where it asks of none."""
    if rule.about is None or not isinstance(rule.about.item, Overlay):
        return None
    return around.clearance(facts.site.lot.after, rule.about.item.geometry, 0.0, None)


def _object(rule: Rule) -> Overlay:
    assert rule.about is not None  # noqa: S101 - the rule asks about one object
    return cast("Overlay", rule.about.item)


def _built(rule: Rule, facts: Facts) -> BaseGeometry:
    """What stands above ground with its projections, and what lies below where the law says so."""
    proposal = cast("Proposal", facts.proposal)
    return union_all(
        [
            *(storey.footprint for storey in proposal.storeys if _counts(storey, rule)),
            *(projection.footprint for projection in proposal.elements.projections or ()),
        ]
    )


def _counts(storey: Storey, rule: Rule) -> bool:
    return storey.level >= 0 or rule.value.options.get("basements") == "in"


def _half_width(rule: Rule) -> float | Missing:
    """Metres from the axis of an object to its edge, where the law counts from there."""
    options, over = rule.value.options, _object(rule)
    if "half_width" in options:
        return rule.value.option("half_width")
    name = options.get("half_width_attribute")
    if name is None:
        return 0.0
    width = number_of(over.attributes.get(str(name)))
    if width is None or width > rule.value.option("half_width_at_most") + noise("m"):
        return not_recorded(over, str(name), rule)
    return width


def _clearance(rule: Rule, facts: Facts) -> Found | Missing | Words:
    built, width = _built(rule, facts), _half_width(rule)
    if built.is_empty:
        return _NOTHING
    if isinstance(width, Missing):
        return width
    limit = rule.limit.strict if rule.limit else None
    return around.clearance(built, _object(rule).geometry, width, limit)


def _too_near(rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    width = _half_width(rule)
    metres = limit + (0.0 if isinstance(width, Missing) else width)
    return areas_of(intersection(_built(rule, facts), around.buffer(_object(rule).geometry, metres)))


def _area_inside(rule: Rule, facts: Facts) -> Found | Missing | Words:
    built, over = _built(rule, facts), _object(rule)
    if built.is_empty:
        return _NOTHING
    if over.geometry.area <= noise("m2"):
        return not_recorded(over, "outline", rule)
    return around.area_inside(built, over.geometry)


def _inside(rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    return areas_of(intersection(_built(rule, facts), _object(rule).geometry))


def area_of(rule: Rule, facts: Facts) -> BaseGeometry:
    """The areas that the objects of a rule of the land cover together."""
    kinds = rule.provision.where.overlay
    return areas_of(union_all(over.geometry for over in facts.site.overlays if over.kind in kinds))


def share_of(rule: Rule, facts: Facts) -> Found | Missing:
    """The share of the land inside the areas of a rule; what is missing for it.

    Wholly inside is certain whatever else the map may miss; outside only where it is complete.
    """
    area = lot_area(facts.site)
    if isinstance(area, Missing):
        return area
    found = around.share_inside(facts.site.lot.after, area_of(rule, facts))
    if found.value < 1 - noise("1"):
        return unknown_around(facts.site, rule.provision.where.overlay, 0.0) or found
    return found


def _outside(rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    lot, area = facts.site.lot.after, area_of(rule, facts)
    most = rule.provision.relation == "at_most"
    return areas_of(intersection(lot, area) if most else difference(lot, area))


def _slope(rule: Rule, facts: Facts) -> Found | Missing | Words:
    value = facts.value(rule.provision.measure)
    if isinstance(value, Missing):
        return value
    return Found(value, (("footprint", facts.site.lot.after),))


def _too_steep(_rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    found = facts.ground
    return (
        shapely.Polygon() if isinstance(found, Missing) else found.steeper_than(limit, facts.site.lot.after)
    )


def _projections_unsaid(_rule: Rule, facts: Facts) -> Missing | None:
    """Where a proposal does not say whether it has projections, one may reach nearer than what is drawn."""
    proposal = cast("Proposal", facts.proposal)
    return Missing("fact", "projections", DESIGNER) if proposal.elements.projections is None else None


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        "clearance": Measuring(_clearance, _too_near, unsure=_projections_unsaid),
        "area_inside": Measuring(_area_inside, _inside, unsure=_projections_unsaid),
        "share_inside": Measuring(share_of, _outside),
        "slope_mean": Measuring(_slope, _too_steep),
        "slope_p90": Measuring(_slope, _too_steep),
    }
)
