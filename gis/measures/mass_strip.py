"""The strip past the depth of a building: what of it is free, and what a cut keeps for the neighbours."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.lot import Lot
from gis.measures.mass import Floats, MassAxis, Vector
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise


@dataclass(frozen=True)
class Extension:
    """What may be built past the depth: `metres` more, `cut` degrees off each neighbour's boundary."""

    metres: float
    cut: float


def allowed(lot: Lot, axis: MassAxis, depth: float, strip: BaseGeometry | None) -> BaseGeometry:
    """Where the mass of a lot may stand: `depth` metres over the whole width, and a strip past it.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> axis = MassAxis((0.0, 25.0), (0.0, -1.0), True)
    >>> strip = strip_land(lot, axis, 14.4, Extension(2.0, 45.0), ())
    >>> round(allowed(lot, axis, 14.4, strip).area, 6), round(allowed(lot, axis, 14.4, None).area, 6)
    (160.0, 144.0)
    >>> allowed(lot, axis, -1.0, None).is_empty
    True
    """
    whole = areas_of(intersection(lot.after, _band(lot, axis, -math.inf, depth)))
    return whole if strip is None else union_all([whole, strip])


def strip_land(
    lot: Lot, axis: MassAxis, depth: float, more: Extension, free: Collection[int]
) -> BaseGeometry:
    """The part of the strip past the depth that the cuts leave.

    Past the depth, s metres on, the mass stays s·tan(cut) from a neighbour's boundary, measured along the
    line of the mass end; a boundary with the street, or one in `free`, asks for no cut. On a lot with
    parallel sides the strip has e·W − n·e²/2 m² for a cut of 45° and n such sides (domain 3.4).

    >>> from gis.alignment import Street
    >>> from gis.measures.mass import mass_axis
    >>> axis = shapely.LineString([(-50, -3), (60, -3)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 6.0, 8.0,
    ...     "right_of_way")], neighbours=[shapely.box(0, 25, 10, 50), shapely.box(-9, 0, 0, 25),
    ...     shapely.box(10, 0, 20, 25)])
    >>> found, more = mass_axis(lot, "row"), Extension(2.0, 45.0)
    >>> [round(strip_land(lot, found, 14.4, more, free).area, 6) for free in ((), (1,), (1, 3))]
    [16.0, 18.0, 20.0]
    """
    strip = areas_of(intersection(lot.after, _band(lot, axis, depth, depth + more.metres)))
    pieces = [piece.land(axis) for edge in asking(lot, free) for piece in _pieces(axis, edge, depth, more)]
    cuts = [piece for piece in pieces if piece.area > 0]
    return areas_of(difference(strip, union_all(cuts))) if cuts else strip


def asking(lot: Lot, free: Collection[int] = ()) -> list[Edge]:
    """The boundaries of a lot that ask for a cut: all that are no street, but those in `free`."""
    return [edge for edge in lot.edges if edge.kind != "street" and edge.index not in free]


def trespass(axis: MassAxis, edge: Edge, depth: float, more: Extension, mass: BaseGeometry) -> float:
    """Metres by which a mass stands nearer to one boundary past the depth than the cut lets it; 0 where not.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> axis = MassAxis((0.0, 25.0), (0.0, -1.0), True)
    >>> west = next(edge for edge in lot.edges if edge.line.bounds[2] == 0)
    >>> more = Extension(2.0, 45.0)
    >>> [round(trespass(axis, west, 14.4, more, shapely.box(x, 8.6, 8, 25)), 6) for x in (0, 1.5, 2)]
    [2.0, 0.5, 0.0]
    """
    nearest = 0.0
    for piece in _pieces(axis, edge, depth, more):
        points = shapely.get_coordinates(intersection(mass, piece.land(axis)))
        if len(points):
            nearest = max(nearest, float(piece.missed(axis.across(points), axis.along(points)).max()))
    return nearest


@dataclass(frozen=True)
class _Piece:
    """A straight piece of a boundary in the strip: `ends` as (right, ahead), the lot to `inner` of it."""

    ends: tuple[Vector, Vector]
    inner: float
    depth: float
    steep: float

    def land(self, axis: MassAxis) -> Polygon:
        """The land that the cut takes along it."""
        reach = [self.inner * (t - self.depth) * self.steep for _, t in self.ends]
        (c0, t0), (c1, t1) = self.ends
        corners = ((c0, t0), (c1, t1), (c1 + reach[1], t1), (c0 + reach[0], t0))
        return Polygon([axis.place(c, t) for c, t in corners])

    def missed(self, right: Floats, ahead: Floats) -> Floats:
        """Metres by which points lie nearer to it than the cut asks."""
        (c0, t0), (c1, t1) = self.ends
        away = (right - (c0 + (c1 - c0) * (ahead - t0) / (t1 - t0))) * self.inner
        asked: Floats = (ahead - self.depth) * self.steep - away
        return asked


def _pieces(axis: MassAxis, edge: Edge, depth: float, more: Extension) -> Iterator[_Piece]:
    points = shapely.get_coordinates(edge.line)
    right, ahead = axis.across(points), axis.along(points)
    for n in range(len(points) - 1):
        (c0, c1), (t0, t1) = right[n : n + 2].tolist(), ahead[n : n + 2].tolist()
        low, high = max(min(t0, t1), depth), min(max(t0, t1), depth + more.metres)
        if high - low > noise("m"):
            near, far = ((c0 + (c1 - c0) * (t - t0) / (t1 - t0), t) for t in (low, high))
            inner = -math.copysign(1.0, t1 - t0)  # the lot lies to the left of its edges
            yield _Piece((near, far), inner, depth, math.tan(math.radians(more.cut)))


def stretch(lot: Lot, axis: MassAxis, edge: Edge, low: float, high: float) -> BaseGeometry:
    """The part of a boundary between two depths."""
    return intersection(edge.line, _band(lot, axis, low, high))


def _band(lot: Lot, axis: MassAxis, low: float, high: float) -> BaseGeometry:
    """All land between two depths, as far as the lot can lie."""
    west, south, east, north = lot.before.bounds
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    side = float(np.abs(axis.across(corners)).max()) + 1.0
    near, far = float(axis.along(corners).min()) - 1.0, float(axis.along(corners).max()) + 1.0
    low, high = max(low, near), min(high, far)
    if high <= low:
        return Polygon()
    return Polygon([axis.place(c, t) for c, t in ((-side, low), (side, low), (side, high), (-side, high))])
