"""Setback: how far a building stays from one edge of its lot, with the line that shows it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.lot import Lot
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise

_SHARED = 1e-5  # metres, ten steps of the overlay's grid: what lies no farther from a line lies on it


@dataclass(frozen=True)
class Setback:
    """Metres from an edge to the building; negative = metres that it stands out over this edge.

    `witness` is the shortest segment from the edge to the building, or to its farthest point outside.
    """

    value: float
    witness: LineString


def setback(lot: Lot, footprint: BaseGeometry, edge: Edge) -> Setback | None:
    """Shortest distance from an edge of the lot after widening to the building, metres in the frame.

    The distance is to the edge itself and not to its prolongation. Where the shortest way leaves the lot,
    only the lot's own land on the inner side of the edge counts: over a neighbour's notch an edge sees
    nothing, and None says that no part of the building lies before it. A part beyond the edge makes the
    value negative: by how far it goes past the line of the edge, square to it.
    Source: domain 3.6, 3.1 (edges of P2).

    >>> from gis.alignment import Street
    >>> axis = LineString([(-50, -4), (60, -4)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 8.0, None,
    ...     "right_of_way")], neighbours=[])
    >>> found = setback(lot, shapely.box(2, 3, 8, 20), lot.edges[0])
    >>> found.value, found.witness.length
    (3.0, 3.0)
    >>> setback(lot, shapely.box(2, -0.5, 8, 20), lot.edges[0]).value
    -0.5

    Over a corner it goes past each of the two edges by its own:

    >>> setback(lot, shapely.box(-0.2, -0.5, 8, 20), lot.edges[0]).value
    -0.5
    >>> side = next(edge for edge in lot.edges if edge.azimuth == 180.0)
    >>> round(setback(lot, shapely.box(-0.2, -0.5, 8, 20), side).value, 9)
    -0.2
    """
    beyond = outside(lot, footprint, edge)
    if not beyond.is_empty:
        return _past(lot, beyond, edge)
    witness: LineString = shapely.shortest_line(edge.line, footprint)
    if witness.length > noise("m") and difference(witness, lot.after).length > noise("m"):
        part = areas_of(intersection(footprint, _before(lot, edge)))
        if part.area <= noise("m2"):
            return None
        witness = shapely.shortest_line(edge.line, part)
    return Setback(float(witness.length), witness)


def _past(lot: Lot, beyond: BaseGeometry, edge: Edge) -> Setback:
    """How far what lies outside goes past an edge: square to the side of the edge that is nearest to it.

    Only what has this edge for its nearest place of the lot tells; in a notch, where nothing may have, the
    whole way back to the lot does.
    """
    points = shapely.get_coordinates(beyond)
    places = shapely.points(points)
    away = shapely.distance(places, lot.after)
    near = shapely.distance(places, edge.line) <= away + _SHARED
    line = shapely.get_coordinates(edge.line)
    ways = np.diff(line, axis=0)
    long = np.hypot(ways[:, 0], ways[:, 1]) > 0
    starts, ways = line[:-1][long], ways[long]
    sides = shapely.linestrings(np.stack([starts, starts + ways], axis=1))
    nearest = shapely.distance(places[:, None], sides[None, :]).argmin(axis=1)
    ways = ways / np.hypot(ways[:, 0], ways[:, 1])[:, None]
    way, rel = ways[nearest], points - starts[nearest]
    past = np.where(near, way[:, 1] * rel[:, 0] - way[:, 0] * rel[:, 1], -np.inf)
    at = int(past.argmax())
    if past[at] <= noise("m"):
        at = int(away.argmax())
        return Setback(-float(away[at]), shapely.shortest_line(lot.after, places[at]))
    foot = points[at] - past[at] * np.array([way[at, 1], -way[at, 0]])
    return Setback(-float(past[at]), LineString([foot, points[at]]))


def outside(lot: Lot, footprint: BaseGeometry, edge: Edge) -> BaseGeometry:
    """The parts of the building that stand out of the lot over this edge; empty where it does not."""
    rest = areas_of(difference(footprint, lot.after))
    if rest.area <= noise("m2"):
        return shapely.Polygon()
    parts = [
        part
        for part in shapely.get_parts(rest)
        if part.area > noise("m2") / 10 and edge.index in {e.index for e in crossed(part, lot.edges)}
    ]
    return union_all(parts)


def crossed(part: BaseGeometry, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """The edges of a lot on which an outside part lies; lying on none, the one nearest to it."""
    shared = [e for e in edges if part.distance(e.line) <= _SHARED and _along(part, e) > noise("m")]
    if shared or not edges:
        return tuple(shared)
    return (min(edges, key=lambda e: (part.distance(e.line), part.centroid.distance(e.line))),)


def _along(part: BaseGeometry, edge: Edge) -> float:
    return float(intersection(edge.line, part.buffer(_SHARED)).length) - 4 * _SHARED


def encroachment(lot: Lot, footprint: BaseGeometry, edge: Edge, limit: float) -> BaseGeometry:
    """The part of the building nearer than `limit` metres to the edge, and what stands beyond it."""
    strip = areas_of(intersection(edge.line.buffer(max(limit, 0.0), quad_segs=16), lot.after))
    inside = areas_of(intersection(footprint, strip)) if limit > 0 else shapely.Polygon()
    return union_all([inside, outside(lot, footprint, edge)])


def _before(lot: Lot, edge: Edge) -> BaseGeometry:
    """The lot's own land on the inner side of the edge's line, as far as it hangs together with the edge."""
    (x0, y0), (x1, y1) = edge.line.coords[0], edge.line.coords[-1]
    chord = math.hypot(x1 - x0, y1 - y0)
    if chord <= noise("m"):  # an edge that closes on itself, as round a circle, has all the lot before it
        return lot.after
    reach = float(lot.after.length) / chord
    ux, uy = (x1 - x0) * reach, (y1 - y0) * reach
    inner = shapely.Polygon(
        [
            (x0 - ux, y0 - uy),
            (x1 + ux, y1 + uy),
            (x1 + ux - 2 * uy, y1 + uy + 2 * ux),
            (x0 - ux - 2 * uy, y0 - uy + 2 * ux),
        ]
    )
    parts = shapely.get_parts(areas_of(intersection(lot.after, inner)))
    return union_all([part for part in parts if _along(part, edge) > noise("m")])
