"""Front, sides and rear: what the edges of a lot are to each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import shapely
from shapely import MultiPolygon, Polygon

from gis.alignment import Street
from gis.edges import Edge, same_street

Orientation = Literal["northern", "southern", "eastern", "western"]

FACING = math.cos(math.radians(45.0)) + 1e-6
"""An edge faces a direction when it is less than 45° off (an edge at 45° faces neither)."""
FRONT = 1.0
"""Metres. A shorter street edge makes no corner or through lot."""


@dataclass(frozen=True)
class Frontage:
    """How a lot lies to its streets; None and False where no street front is known."""

    edges: tuple[Edge, ...]
    main_street: Street | None = None
    frontage: float | None = None
    depth: float | None = None
    orientation: Orientation | None = None
    corner: bool = False
    through: bool = False


def facing(edge: Edge, direction: tuple[float, float]) -> bool:
    """Whether the edge looks in the direction, less than 45° off."""
    return edge.outward[0] * direction[0] + edge.outward[1] * direction[1] > FACING


def main_edge_of(edges: Sequence[Edge]) -> Edge | None:
    """The longest edge on the main street: the widest by law (0.1 m), then the longer front, then the key."""
    fronts: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.kind == "street":
            owner = next(
                (k for k, group in fronts.items() if same_street(group[0].street, edge.street)), None
            )
            key = owner if owner is not None else (edge.street.key if edge.street else "")
            fronts.setdefault(key, []).append(edge)

    def rank(key: str) -> tuple[float, float, str]:
        widths = [edge.street_width or 0.0 for edge in fronts[key]]
        return -round(max(widths), 1), -round(math.fsum(edge.length for edge in fronts[key]), 3), key

    if not fronts:
        return None
    best = fronts[min(fronts, key=rank)]
    return min(best, key=lambda edge: (-round(edge.length, 3), edge.line.coords[0]))


def lie_of(edges: Sequence[Edge], rings: Sequence[int], after: Polygon | MultiPolygon) -> Frontage:
    """Tell front, sides and rear apart. `edges` run ring by ring in order, `rings` is the ring of each.

    * main front: the edges of the main street that look the same way as its longest edge;
    * rear: a neighbour edge that looks away from the main front (less than 45° off its opposite). A through
      lot has none: of its edges that look away at least 1 m, and at least half, is street (a back wall that a
      dead end merely touches stays a rear). A triangle may have none;
    * side: every other neighbour edge. Without a known front neither can be told: `unknown`;
    * corner: from the main front along street edges one comes to a street edge (of at least 1 m) that looks
      another way, but not back;
    * frontage: metres of the main front;
    * depth: mean distance, square to the main front, from it to what looks away from it (the rear, or the
      other street of a through lot), by length; where nothing looks away (a triangle), area / width, the
      width measured along the front;
    * orientation: grid azimuth θ from the centroid to the middle of the longest front edge. 135°..225°
      northern (the street lies south of the plot), 315°..45° southern, between them by the same reading:
      street to the west → eastern, street to the east → western.
    """
    main = main_edge_of(edges)
    if main is None:
        return Frontage(tuple(replace(edge, index=i) for i, edge in enumerate(edges)))
    outward = main.outward
    away = (-outward[0], -outward[1])
    fronts = fronts_of(edges, main)
    through = _through([edge for edge in edges if facing(edge, away)])
    placed = [_placed(edge, away, through) for edge in edges]
    start = next(i for i, edge in enumerate(edges) if edge is main)
    first = [i for i, ring in enumerate(rings) if ring == rings[start]]
    turned = [*range(start, first[-1] + 1), *range(first[0], start)]
    rest = [i for i in range(len(edges)) if i not in set(first)]
    ordered = tuple(replace(placed[i], index=n) for n, i in enumerate(turned + rest))
    return Frontage(
        edges=ordered,
        main_street=main.street,
        frontage=math.fsum(edge.length for edge in fronts),
        depth=_depth(ordered, fronts, outward, after),
        orientation=_orientation(main, after),
        corner=_corner(ordered[: len(turned)], outward, away),
        through=through,
    )


def fronts_of(edges: Sequence[Edge], main: Edge) -> list[Edge]:
    """The main front: the edges of the main street that look the same way as its longest edge."""
    fronts = [
        edge
        for edge in edges
        if edge.kind == "street" and same_street(edge.street, main.street) and facing(edge, main.outward)
    ]
    return fronts or [main]


def _through(back: Sequence[Edge]) -> bool:
    street = math.fsum(edge.length for edge in back if edge.kind == "street")
    return street >= max(FRONT, math.fsum(edge.length for edge in back) / 2)


def _placed(edge: Edge, away: tuple[float, float], through: bool) -> Edge:
    """A neighbour edge as side or rear, less confident the nearer its direction is to 45°."""
    if edge.kind != "unknown" or edge.evidence != "neighbour":
        return edge
    rear = facing(edge, away) and not through
    cosine = max(-1.0, min(1.0, edge.outward[0] * away[0] + edge.outward[1] * away[1]))
    clear = min(1.0, abs(math.degrees(math.acos(cosine)) - 45.0) / 15.0)
    return replace(
        edge,
        kind="rear" if rear else "side",
        confidence=edge.confidence * (1.0 if through else 0.5 + clear / 2),
    )


def _corner(ring: Sequence[Edge], outward: tuple[float, float], away: tuple[float, float]) -> bool:
    """`ring` starts at the main edge: walk both ways as long as the edges are street."""
    for walk in (ring[1:], ring[:0:-1]):
        for edge in walk:
            if edge.kind != "street":
                break
            if edge.length >= FRONT and not facing(edge, outward) and not facing(edge, away):
                return True
    return False


def mean_ahead(group: Sequence[Edge], way: tuple[float, float]) -> float:
    """How far edges lie in a direction on average, by length, in metres from the frame's origin."""
    total = weight = 0.0
    for edge in group:
        for (x0, y0), (x1, y1) in pairwise(edge.line.coords):
            length = math.hypot(x1 - x0, y1 - y0)
            total += length * ((x0 + x1) / 2 * way[0] + (y0 + y1) / 2 * way[1])
            weight += length
    return total / weight


def _depth(
    edges: Sequence[Edge],
    fronts: Sequence[Edge],
    outward: tuple[float, float],
    after: Polygon | MultiPolygon,
) -> float:
    away = (-outward[0], -outward[1])
    back = [edge for edge in edges if edge.kind == "rear" or (edge.kind == "street" and facing(edge, away))]
    if back:
        return mean_ahead(back, away) - mean_ahead(fronts, away)
    points = shapely.get_coordinates(after)
    across = points[:, 0] * -outward[1] + points[:, 1] * outward[0]
    return float(after.area / (across.max() - across.min()))


def _orientation(main: Edge, after: Polygon | MultiPolygon) -> Orientation:
    middle = main.line.interpolate(0.5, normalized=True)
    centre = after.centroid
    theta = round(math.degrees(math.atan2(middle.x - centre.x, middle.y - centre.y)) % 360, 9)
    if 135 <= theta <= 225:
        return "northern"
    if theta >= 315 or theta <= 45:
        return "southern"
    return "eastern" if theta > 180 else "western"
