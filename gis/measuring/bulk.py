"""What a rule asks of the building and its storeys: light over a neighbour, open land, clear heights."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.facts import Facts
from gis.found import Found
from gis.measures import bulk
from gis.measures.land import lot_area, may_move
from gis.measures.light_plane import Mass, above, light_plane
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.overlay import areas_of, difference, intersection
from gis.proposal import Storey
from gis.rule import Rule
from gis.words import Words


def _plane(rule: Rule, facts: Facts) -> Found | Missing | Words:
    masses = _masses(facts)
    if not masses:
        return Words("ساختمانی روی زمین نیست.", "Nothing stands above ground.")
    if missing := may_move(facts.site, _edge(rule)):
        return missing
    return light_plane(_edge(rule), masses, rule.value.option("angle"))


def _over_plane(rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    return above(_edge(rule), _masses(facts), rule.value.option("angle"), limit)


def _masses(facts: Facts) -> list[Mass]:
    return [(storey.footprint, top) for storey, top in bulk.tops(facts.counted("height"))]


def _edge(rule: Rule) -> Edge:
    assert rule.edge is not None  # noqa: S101 - a boundary of unknown kind is answered before it is measured
    return rule.edge


def _open_space(_rule: Rule, facts: Facts) -> Found | Missing | Words:
    units = facts.value("units")
    land = lot_area(facts.site)
    if isinstance(units, Missing) or isinstance(land, Missing):
        return units if isinstance(units, Missing) else cast("Missing", land)
    if not units:
        return Words("طرح واحدی ندارد.", "The proposal has no unit.")
    after = facts.site.lot.after
    ground = areas_of(intersection(facts.covered("coverage"), after))
    value = bulk.open_space_per_unit(land, float(ground.area), int(units))
    return Found(value, (("footprint", areas_of(difference(after, ground))),))


def _clear_height(rule: Rule, _facts: Facts) -> Found | Missing | Words:
    assert rule.about is not None  # noqa: S101 - the rule asks about one storey
    storey = cast("Storey", rule.about.item)
    if storey.clear_height is None:
        return Missing("fact", "clear_height", DESIGNER)
    return Found(storey.clear_height, (("footprint", storey.footprint),))


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        "light_plane": Measuring(_plane, _over_plane),
        "open_space_per_unit": Measuring(_open_space),
        "clear_height": Measuring(_clear_height),
    }
)
