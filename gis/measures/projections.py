"""Projections: how far balconies and consoles stand out over the street, how long, how near to the neighbour.

P = B_floor − P2 of domain 3.6: the part of a projection beyond the lot after widening, in the city's frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.found import Found, Role
from gis.lot import Lot
from gis.measures.setback import crossed
from gis.overlay import areas_of, difference, union_all
from gis.precision import noise

_SAME = 1e-3  # metres: edges are built of the same corners, computed side by side


@dataclass(frozen=True)
class Overhang:
    """What of a projection lies beyond one edge of its lot, or beyond several edges in one piece."""

    edges: tuple[Edge, ...]
    part: BaseGeometry


def over_street(lot: Lot, footprint: BaseGeometry) -> BaseGeometry:
    """The part of a projection beyond the lot after widening.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> over_street(lot, shapely.box(2, -1.2, 6, 1)).area, over_street(lot, shapely.box(2, 1, 6, 3)).is_empty
    (4.8, True)
    """
    return areas_of(difference(footprint, lot.after))


def overhangs(lot: Lot, footprint: BaseGeometry) -> tuple[Overhang, ...]:
    """The parts of a projection beyond its lot, each with the edges over which it stands out.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> [len(over.edges) for over in overhangs(lot, shapely.box(2, -1, 6, 1))]
    [1]
    >>> [len(over.edges) for over in overhangs(lot, shapely.box(-1, -1, 6, 1))]  # over a corner
    [2]
    >>> overhangs(lot, shapely.box(2, 1, 6, 3))
    ()
    """
    beyond = over_street(lot, footprint)
    if beyond.area <= noise("m2"):
        return ()
    found: dict[tuple[int, ...], list[BaseGeometry]] = {}
    of = {edge.index: edge for edge in lot.edges}
    for part in shapely.get_parts(beyond):
        if part.area > noise("m2") / 10:
            found.setdefault(tuple(edge.index for edge in crossed(part, lot.edges)), []).append(part)
    return tuple(
        Overhang(tuple(of[n] for n in indices), union_all(parts)) for indices, parts in found.items()
    )


def projection_depth(lot: Lot, footprint: BaseGeometry, edge: Edge | None = None) -> Found:
    """Metres by which a projection stands out of the lot after widening, at its farthest point.

    The distance of the farthest vertex of P from the edge before which it stands (domain 3.6), or from the
    lot where that is not one edge; 0 where it stays over the own land. The witness is the segment to it.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> [projection_depth(lot, shape).value for shape in (shapely.box(2, -1.2, 6, 1), shapely.Polygon())]
    [1.2, 0.0]
    """
    beyond = over_street(lot, footprint)
    if beyond.area <= noise("m2"):
        return Found(0.0)
    start = lot.after if edge is None else edge.line
    points = shapely.points(shapely.get_coordinates(beyond))
    farthest = points[int(np.argmax(shapely.distance(points, start)))]
    witness: LineString = shapely.shortest_line(start, farthest)
    return Found(float(witness.length), (("witness", witness),))


def too_far(lot: Lot, footprint: BaseGeometry, edge: Edge | None, limit: float) -> BaseGeometry:
    """The part of a projection that stands out farther than `limit` metres.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> too_far(lot, shapely.box(2, -1.2, 6, 1), None, 0.8).bounds
    (2.0, -1.2, 6.0, -0.8)
    """
    start = lot.after if edge is None else edge.line
    beyond = over_street(lot, footprint)
    return areas_of(difference(beyond, start.buffer(limit, quad_segs=64))) if limit > 0 else beyond


def stretch(edge: Edge, part: BaseGeometry) -> tuple[float, float]:
    """From where to where along an edge a part before it reaches, metres from the edge's first point.

    Square to a straight edge, also beyond its ends (negative, or more than its length); along a curved one.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> south = next(edge for edge in lot.edges if edge.azimuth == 90.0)
    >>> [float(metres) for metres in stretch(south, shapely.box(2, -1, 6, 0))]
    [2.0, 6.0]
    >>> [float(metres) for metres in stretch(south, shapely.box(8, -1, 11, 0))]
    [8.0, 11.0]
    """
    points = shapely.get_coordinates(part)
    line = shapely.get_coordinates(edge.line)
    if len(line) == 2:
        along = (points - line[0]) @ ((line[1] - line[0]) / edge.length)
    else:
        along = shapely.line_locate_point(edge.line, shapely.points(points))
    return float(along.min()), float(along.max())


def projection_share(edge: Edge, parts: Sequence[BaseGeometry]) -> Found:
    """Part of the length of a frontage before which projections stand: Σ length / length (domain 3.6).

    Pieces that lie before one stretch of the frontage count once. The frontage is the edge after widening.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> south = next(edge for edge in lot.edges if edge.azimuth == 90.0)
    >>> boxes = [shapely.box(1, -1, 4, 0), shapely.box(3, -1, 5, 0), shapely.box(8, -1, 10, 0)]
    >>> round(projection_share(south, boxes).value, 9), projection_share(south, []).value
    (0.6, 0.0)
    """
    pieces = [stretch(edge, piece) for part in parts for piece in shapely.get_parts(part)]
    runs: list[list[float]] = []
    for low, high in sorted(pieces):
        if runs and low <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], high)
        else:
            runs.append([low, high])
    metres = math.fsum(high - low for low, high in runs)
    shown: list[tuple[Role, BaseGeometry]] = [("witness", _along(edge, *run)) for run in runs]
    return Found(metres / edge.length, (*shown, ("frontage", edge.line)))


def _along(edge: Edge, low: float, high: float) -> LineString:
    """The stretch of an edge, prolonged where it is straight and the stretch goes past its ends."""
    line = shapely.get_coordinates(edge.line)
    if len(line) == 2:
        way = (line[1] - line[0]) / edge.length
        return LineString([line[0] + way * low, line[0] + way * high])
    return LineString(shapely.ops.substring(edge.line, low, high))


def ends(lot: Lot, edge: Edge) -> tuple[Edge | None, Edge | None]:
    """The edges that begin or end where an edge begins and ends; None where the outline has no such one.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> [round(end.azimuth) for end in ends(lot, lot.edges[0])]
    [180, 0]
    """

    def at(place: int) -> Edge | None:
        here = edge.line.coords[place]
        met = [e for e in lot.edges if e is not edge and math.dist(e.line.coords[-1 - place], here) <= _SAME]
        return met[0] if met else None

    return at(0), at(-1)


def clear_of_ends(edge: Edge, part: BaseGeometry) -> tuple[float, float]:
    """Metres along a frontage between each of its ends and a part before it; negative past the end.

    At an end the neighbour's frontage begins: the distance is square to it (domain 3.6, ≥ 1 m).

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> south = next(edge for edge in lot.edges if edge.azimuth == 90.0)
    >>> clear_of_ends(south, shapely.box(2, -1, 6, 0)), clear_of_ends(south, shapely.box(9, -1, 11, 0))
    ((2.0, 4.0), (9.0, -1.0))
    """
    low, high = stretch(edge, part)
    return low, edge.length - high


def depth_from(wall: BaseGeometry, footprint: BaseGeometry) -> float:
    """Metres by which a projection stands out from the wall of its building, at its farthest point.

    >>> depth_from(shapely.box(0, 0, 10, 10), shapely.box(2, -1.5, 6, 1))
    1.5
    >>> depth_from(shapely.box(0, 0, 10, 10), shapely.box(2, 1, 6, 3)), depth_from(shapely.Polygon(),
    ...     shapely.box(0, 0, 1, 1))
    (0.0, inf)
    """
    out = areas_of(difference(footprint, wall))
    if out.area <= noise("m2"):
        return 0.0
    if wall.is_empty:
        return math.inf
    return float(shapely.distance(shapely.points(shapely.get_coordinates(out)), wall).max())
