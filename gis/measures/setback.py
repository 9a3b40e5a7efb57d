"""Setback: how far a building stays from one edge of its lot, with the line that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.lot import Lot
from gis.precision import noise

_SHARED = 1e-6  # metres: shorter common lines of an outside part and an edge are a point


@dataclass(frozen=True)
class Setback:
    """Metres from an edge to the building; negative = metres that it stands out over this edge.

    `witness` is the shortest segment from the edge to the building, or to its farthest point outside.
    """

    value: float
    witness: LineString


def setback(lot: Lot, footprint: BaseGeometry, edge: Edge) -> Setback:
    """Shortest distance from an edge of the lot after widening to the building, metres in the city's frame.

    The distance is to the edge itself and not to its prolongation, and it is measured on the lot's own land:
    across a notch of a neighbour's land an edge sees nothing (see `_within`). A part of the building beyond
    the edge makes the value negative. Source: domain 3.6, 3.1 (edges of P2).

    >>> from gis.alignment import Street
    >>> axis = LineString([(-50, -4), (60, -4)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 8.0, None,
    ...     "right_of_way")], neighbours=[])
    >>> found = setback(lot, shapely.box(2, 3, 8, 20), lot.edges[0])
    >>> found.value, found.witness.length
    (3.0, 3.0)
    >>> setback(lot, shapely.box(2, -0.5, 8, 20), lot.edges[0]).value
    -0.5
    """
    beyond = outside(lot, footprint, edge)
    if not beyond.is_empty:
        points = shapely.points(shapely.get_coordinates(beyond))
        distances = shapely.distance(points, lot.after)
        farthest = int(distances.argmax())
        return Setback(-float(distances[farthest]), shapely.shortest_line(edge.line, points[farthest]))
    witness: LineString = shapely.shortest_line(edge.line, footprint)
    if witness.length <= noise("m") or witness.difference(lot.after).length <= noise("m"):
        return Setback(float(witness.length), witness)
    return _within(lot, footprint, edge)


def outside(lot: Lot, footprint: BaseGeometry, edge: Edge) -> BaseGeometry:
    """The parts of the building that stand out of the lot over this edge; empty where it does not."""
    rest = footprint.difference(lot.after)
    if rest.area <= noise("m2"):
        return shapely.Polygon()
    parts = [
        part
        for part in shapely.get_parts(rest)
        if part.area > noise("m2") / 10 and _crosses(part, edge, lot.edges)
    ]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _crosses(part: BaseGeometry, edge: Edge, edges: tuple[Edge, ...]) -> bool:
    """Whether an outside part lies on this edge, or, lying on none, is nearest to it."""
    shared = [e.index for e in edges if part.distance(e.line) <= _SHARED and _along(part, e) > noise("m")]
    if shared:
        return edge.index in shared
    nearest = min(edges, key=lambda e: (part.distance(e.line), part.centroid.distance(e.line)))
    return nearest.index == edge.index


def _along(part: BaseGeometry, edge: Edge) -> float:
    return float(part.buffer(_SHARED).intersection(edge.line).length) - 4 * _SHARED


def encroachment(lot: Lot, footprint: BaseGeometry, edge: Edge, limit: float) -> BaseGeometry:
    """The part of the building nearer than `limit` metres to the edge, and what stands beyond it."""
    strip = edge.line.buffer(max(limit, 0.0), quad_segs=16).intersection(lot.after)
    inside = footprint.intersection(strip) if limit > 0 else shapely.Polygon()
    return shapely.union_all([inside, outside(lot, footprint, edge)])


def _within(lot: Lot, footprint: BaseGeometry, edge: Edge) -> Setback:
    """The setback where the straight line leaves the lot: the least width at which the strip along the edge,
    as far as it hangs together with the edge on the lot's own land, reaches the building."""
    low, high = 0.0, float(lot.after.length)
    reached = footprint.intersection(lot.after)
    while high - low > noise("m") / 2:
        middle = (low + high) / 2
        if _reach(lot, edge, middle).distance(footprint) <= _SHARED:
            high, reached = middle, footprint.intersection(_reach(lot, edge, middle).buffer(_SHARED))
        else:
            low = middle
    witness: LineString = shapely.shortest_line(edge.line, reached if not reached.is_empty else footprint)
    return Setback(high, witness)


def _reach(lot: Lot, edge: Edge, width: float) -> BaseGeometry:
    strip = edge.line.buffer(width, quad_segs=16).intersection(lot.after)
    own = [part for part in shapely.get_parts(strip) if part.distance(edge.line) <= _SHARED]
    return shapely.union_all(own)
