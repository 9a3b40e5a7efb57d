"""What a rule asks of the parking of a building."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, cast

import shapely
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP
from gis.facts import Facts
from gis.found import Found, Role
from gis.measures.parking import Counted, counted_spaces, ends_of, floor_for_cars, space_width
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.overlay import union_all
from gis.precision import at_least
from gis.proposal import ParkingSpace
from gis.rule import Rule
from gis.words import Words, figure


def _counted(facts: Facts) -> Counted | None:
    """The drawn spaces; None where the proposal neither draws nor denies them."""
    proposal = facts.proposal
    if proposal is None or proposal.elements.parking_spaces is None:
        return None
    spaces, land = proposal.elements.parking_spaces, facts.site.lot.after
    return facts.once("parking", lambda: counted_spaces(spaces, proposal.storeys, land))


def _parking(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """The cars for which spaces are drawn, else the number that the proposal declares.

    Where both are there and differ, only what both break is broken; else the designer must say which holds.
    """
    declared = facts.proposal.parking_spaces if facts.proposal else None
    counted = _counted(facts)
    if counted is None:
        return Missing("fact", "parking_spaces", DESIGNER) if declared is None else Found(float(declared))
    shapes: tuple[tuple[Role, BaseGeometry], ...] = tuple(
        ("footprint", space.footprint) for space in counted.good
    )
    if declared is None or declared == counted.cars:
        return Found(float(counted.cars), shapes)
    most = float(max(declared, counted.cars))
    if (
        rule.provision.relation == "at_least"
        and rule.limit
        and not at_least(most, rule.limit.strict, "spaces")
    ):
        return Found(most, shapes)
    said, drawn = figure(declared, 0), figure(counted.cars, 0)
    words = Words(
        f"طرح {said.fa} جای پارک اعلام می‌کند و {drawn.fa} جای پارک در آن کشیده شده است؛ "
        "طراح ساختمان باید یکی را اصلاح کند.",
        f"The proposal declares {said.en} parking spaces and draws {drawn.en}; "
        "the designer must correct one of the two.",
    )
    return Missing("fact", "parking_count", DESIGNER, words)


def _no_spaces(_rule: Rule, facts: Facts, _limit: float) -> BaseGeometry:
    """The drawn spaces in which no car can stand: off the land, on another floor or on another space."""
    counted = _counted(facts)
    return union_all(space.footprint for space in counted.bad) if counted else union_all([])


def _item(rule: Rule) -> ParkingSpace:
    assert rule.about is not None  # noqa: S101 - the rule asks about one parking space
    return cast("ParkingSpace", rule.about.item)


def _size(option: str) -> Callable[[Rule, Facts], Found | Missing | Words]:
    """How much a space has one way, while it has the other way what the law says in `with`."""

    def find(rule: Rule, _facts: Facts) -> Found | Missing | Words:
        try:
            return space_width(_item(rule).footprint, rule.value.option(option))
        except ValueError:
            return Missing("fact", "parking_space_outline", DESIGNER)

    return find


def _manoeuvre(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """The floor before a space; where a street ends it, somebody must say whether cars may back out."""
    assert facts.proposal is not None  # noqa: S101 - a parking space is drawn in a proposal
    space, lot = _item(rule), facts.site.lot
    drawn = facts.proposal.elements.parking_spaces or ()
    others = [one.footprint for one in drawn if one is not space and one.level == space.level]
    ends = ends_of(space, floor_for_cars(space.level, facts.proposal.storeys, lot.after), others)
    best = ends[0]
    found = Found(best.free, (("witness", best.line),) if best.free > 0 else ())
    if rule.limit is None or at_least(found.value, rule.limit.strict, "m") or space.level != 0:
        return found
    fronts = [edge.line for edge in lot.edges if edge.kind not in {"side", "rear"}]
    if any(
        shapely.dwithin(shapely.Point(end.line.coords[-1]), line, SNAP) for end in ends for line in fronts
    ):
        return Missing("judgement", "manoeuvre_street")
    return found


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        "parking": Measuring(_parking, _no_spaces),
        "parking_space_width": Measuring(_size("length")),
        "parking_space_length": Measuring(_size("width")),
        "parking_manoeuvre": Measuring(_manoeuvre),
    }
)
