"""What the chamfers that the law in force asks for take of a lot (domain 3.7, P2 = P1 − C)."""

from __future__ import annotations

from collections.abc import Iterable

from gis.corners import Chamfer, Corner
from gis.measures.chamfer import base_of, leg_of, triangle
from gis.missing import Missing
from gis.overlay import intersection, union_all
from gis.rule import Rule
from gis.site import Site

_MEASURES = frozenset({"chamfer", "chamfer_leg"})


def chamfers(rules: Iterable[Rule]) -> tuple[Chamfer, ...] | Missing:
    """The chamfers of the rules that ask for one, the longest base at each corner; what keeps that open."""
    longest: dict[tuple[float, float], Chamfer] = {}
    for rule in rules:
        if rule.measure not in _MEASURES or not rule.applies or rule.provision.relation != "at_least":
            continue
        corner = rule.place
        if rule.missing is not None or not isinstance(corner, Corner) or rule.limit is None:
            return rule.missing or Missing("fact", "corner")
        limit = rule.limit.strict
        base = base_of(limit, corner.angle) if rule.measure == "chamfer_leg" else limit
        if corner.vertex not in longest or longest[corner.vertex].base < base:
            longest[corner.vertex] = Chamfer(corner, base)
    return tuple(longest.values())


def taken_of(site: Site, found: Iterable[Chamfer]) -> float:
    """Square metres of the lot after widening that lie in these chamfers."""
    shapes = [triangle(one.corner, leg_of(one.base, one.corner.angle)) for one in found]
    return float(intersection(union_all(shapes), site.lot.after).area) if shapes else 0.0
