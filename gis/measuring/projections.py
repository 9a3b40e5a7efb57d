"""What a rule asks of projections over the street."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from shapely.geometry.base import BaseGeometry

from gis.facts import Facts
from gis.found import Found
from gis.measures.projections import (
    clear_of_ends,
    ends,
    over_street,
    projection_depth,
    projection_share,
    too_far,
)
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.overlay import union_all
from gis.precision import at_least
from gis.proposal import Projection
from gis.rule import Rule
from gis.words import Words


def _items(rule: Rule) -> tuple[Projection, ...]:
    assert rule.about is not None  # noqa: S101 - the rule asks about projections
    item = rule.about.item
    return cast("tuple[Projection, ...]", item if isinstance(item, tuple) else (item,))


def _over(rule: Rule, facts: Facts) -> BaseGeometry:
    """The parts over the street; what one projection has over a neighbour's land only is not among them."""
    return union_all(
        over.part
        for item in _items(rule)
        for over in facts.overhangs(item)
        if any(edge.kind in {"street", "unknown"} for edge in over.edges)
    )


def _depth(rule: Rule, facts: Facts) -> Found | Missing | Words:
    edge = rule.edge if rule.missing is None else None
    found = projection_depth(facts.site.lot, _over(rule, facts), edge)
    return found if rule.missing is None else _shown(found, rule, facts)


def _shown(found: Found, rule: Rule, facts: Facts) -> Found:
    """Where it is not clear whose land is below, all that stands out is shown."""
    (item,) = _items(rule)
    return Found(found.value, (*found.shapes, ("footprint", over_street(facts.site.lot, item.footprint))))


def _too_far(rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    return too_far(facts.site.lot, _over(rule, facts), rule.edge, limit)


def _clearance(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """Metres from the pavement to the underside, as the designer says (domain 3.6)."""
    (item,) = _items(rule)
    if item.underside is None:
        return Missing("fact", "underside", DESIGNER)
    return Found(item.underside, (("footprint", _over(rule, facts)),))


def _share(rule: Rule, facts: Facts) -> Found | Missing | Words:
    if rule.edge is None:
        return Missing("fact", "edge")
    return projection_share(rule.edge, [_over(rule, facts)])


def _side(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """Metres to the nearer end of the frontage where a neighbour's begins; a corner of streets is none."""
    if rule.edge is None:
        return Missing("fact", "edge")
    over = _over(rule, facts)
    metres = zip(ends(facts.site.lot, rule.edge), clear_of_ends(rule.edge, over), strict=True)
    known: list[float] = []
    unknown: list[float] = []
    for end, distance in metres:
        if end is not None and end.kind != "street":
            (unknown if end.kind == "unknown" else known).append(distance)
    if not known and not unknown:
        return Words(
            "این بر به همسایه نمی‌رسد؛ در هر دو سر آن گذر است.",
            "No neighbour is beside this frontage; it ends at streets.",
        )
    value = min(known + unknown)
    if unknown and value < min(known, default=value + 1) and not _kept(rule, value):
        return Missing("fact", "edge")
    return Found(value, (("footprint", over),))


def _kept(rule: Rule, value: float) -> bool:
    return rule.limit is not None and at_least(value, rule.limit.strict, "m")


def _closed(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """Square metres of closed space over the public way (domain 3.6)."""
    over = _over(rule, facts)
    return Found(float(over.area), (("footprint", over),))


def _all(rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    return _over(rule, facts)


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        "projection_depth": Measuring(_depth, _too_far),
        "projection_clearance": Measuring(_clearance, _all),
        "projection_share": Measuring(_share, _all),
        "projection_side": Measuring(_side, _all),
        "closed_projection": Measuring(_closed, _all),
    }
)
