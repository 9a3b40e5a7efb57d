"""What a rule asks of the corners of a lot, and of the gates on its boundary."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from shapely.geometry.base import BaseGeometry

from gis.corners import Corner
from gis.facts import Facts
from gis.found import Found, Role
from gis.measures.chamfer import base_of, free_leg, hypotenuse, in_chamfer, leg_of, triangle
from gis.measuring.measuring import Measuring
from gis.missing import Missing
from gis.overlay import areas_of, intersection, union_all
from gis.proposal import Gate
from gis.rule import Rule
from gis.words import Words


def _corner(rule: Rule) -> Corner:
    assert rule.about is not None  # noqa: S101 - the rule asks about one corner
    return cast("Corner", rule.about.item)


def _asked_leg(rule: Rule, limit: float) -> float:
    return limit if rule.measure == "chamfer_leg" else leg_of(limit, _corner(rule).angle)


def _chamfer(rule: Rule, facts: Facts) -> Found | Missing | Words:
    corner = _corner(rule)
    leg = free_leg(corner, facts.covered("chamfer"))
    if leg is None:
        return Words("ساختمانی رو به این گوشه نیست.", "No part of the building lies before this corner.")
    value = leg if rule.measure == "chamfer_leg" else base_of(leg, corner.angle)
    shapes: list[tuple[Role, BaseGeometry]] = [("witness", hypotenuse(corner, leg))]
    if rule.limit is not None:
        asked = triangle(corner, _asked_leg(rule, rule.limit.strict))
        shapes.append(("strip", areas_of(intersection(asked, facts.site.lot.after))))
    return Found(value, tuple((role, shape) for role, shape in shapes if not shape.is_empty))


def _built(rule: Rule, facts: Facts, limit: float) -> BaseGeometry:
    asked = triangle(_corner(rule), _asked_leg(rule, limit))
    return areas_of(intersection(facts.covered("chamfer"), asked))


def _of_corner(rule: Rule, facts: Facts) -> Found | Missing | Words:
    found = facts.value(rule.measure, _corner(rule))
    return found if isinstance(found, Missing) else Found(found)


def _gate(rule: Rule) -> Gate:
    assert rule.about is not None  # noqa: S101 - the rule asks about one gate
    return cast("Gate", rule.about.item)


def _gate_width(rule: Rule, _facts: Facts) -> Found | Missing | Words:
    line = _gate(rule).line
    return Found(float(line.length), (("witness", line),))


def _in_chamfers(rule: Rule) -> BaseGeometry:
    line = _gate(rule).line
    return union_all(in_chamfer(line, one.corner, one.base) for one in rule.chamfers)


def _gate_in_chamfer(rule: Rule, _facts: Facts) -> Found | Missing | Words:
    """Metres of a gate that lie in the chamfers which the law asks for, or that stand there already."""
    if not rule.chamfers:
        return Words("این زمین پخ ندارد.", "No chamfer is asked of this lot.")
    parts = _in_chamfers(rule)
    return Found(float(parts.length), (("footprint", _gate(rule).line),))


def _gate_part(rule: Rule, _facts: Facts, _limit: float) -> BaseGeometry:
    return _in_chamfers(rule)


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        "chamfer": Measuring(_chamfer, _built),
        "chamfer_leg": Measuring(_chamfer, _built),
        "corner_angle": Measuring(_of_corner),
        "corner_wider_street": Measuring(_of_corner),
        "corner_narrower_street": Measuring(_of_corner),
        "gate_width": Measuring(_gate_width),
        "gate_in_chamfer": Measuring(_gate_in_chamfer, _gate_part),
    }
)
