"""What a rule asks of a projection over the street."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.found import Found
from gis.measures.projections import over_street, projection_depth
from gis.measuring.measuring import Measuring
from gis.missing import Missing
from gis.overlay import areas_of, difference
from gis.proposal import Projection
from gis.rule import Rule
from gis.words import Words


def _item(rule: Rule) -> Projection:
    assert rule.about is not None  # noqa: S101 - the rule asks about one projection
    return cast("Projection", rule.about.item)


def _depth(rule: Rule, facts: Facts) -> Found | Missing | Words:
    found = projection_depth(facts.site.lot, _item(rule).footprint)
    return found if found.shapes else Words("روی زمین خود می‌ماند.", "It stays over the own land.")


def _too_far(rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    lot = facts.site.lot
    return areas_of(difference(over_street(lot, _item(rule).footprint), lot.after.buffer(limit)))


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {"projection_depth": Measuring(_depth, _too_far)}
)
