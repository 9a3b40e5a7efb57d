"""What a rule asks of a light well."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.found import Found
from gis.measures.light_wells import light_well_area, light_well_side, lost_part, open_part
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.proposal import LightWell
from gis.rule import Rule
from gis.words import Words


def _item(rule: Rule) -> LightWell:
    assert rule.about is not None  # noqa: S101 - the rule asks about one light well
    return cast("LightWell", rule.about.item)


def _above(rule: Rule, facts: Facts) -> list[BaseGeometry]:
    """The storeys and projections at the level of the well or higher: what may cover it."""
    assert facts.proposal is not None  # noqa: S101 - a light well is drawn in a proposal
    level = _item(rule).level
    storeys = [storey.footprint for storey in facts.proposal.storeys if storey.level >= level]
    over = [out.footprint for out in facts.proposal.elements.projections or () if out.level >= level]
    return [*storeys, *over]


def _open(rule: Rule, facts: Facts) -> Polygon:
    return open_part(_item(rule).footprint, facts.site.lot.after, _above(rule, facts))


def _lost(rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    return lost_part(_item(rule).footprint, facts.site.lot.after, _above(rule, facts))


def _area(rule: Rule, facts: Facts) -> Found | Missing | Words:
    return light_well_area(_open(rule, facts))


def _side(rule: Rule, facts: Facts) -> Found | Missing | Words:
    try:
        return light_well_side(_open(rule, facts))
    except ValueError:
        return Missing("fact", "light_well_outline", DESIGNER)


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {"light_well_area": Measuring(_area, _lost), "light_well_side": Measuring(_side, _lost)}
)
