"""The mass of a building in the depth of its lot: at which end it stands, how far it reaches and may reach.

Domain 3.4 (60 % + 2 m): the mass stands at the northern end of the lot, at the rear of a northern plot and on
the street line of a southern one, and reaches from that end so far into the depth; a further strip is free
where the mass keeps clear of the neighbours by a cut.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.found import Found
from gis.frontage import fronts_of, mean_ahead
from gis.lot import Lot
from gis.missing import Missing
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise

Vector = tuple[float, float]
Floats = npt.NDArray[np.float64]
_SAME_WAY: Final = 1e-6
"""Degrees by which a direction computed from coordinates may miss due east."""
_ROW: Final = Missing("judgement", "mass_end")


@dataclass(frozen=True)
class MassAxis:
    """From the mass end of a lot towards its yard: `foot` lies on the line of the mass end, square to `yard`.

    `rear`: the mass end is the rear of the lot; else it is the street line.
    """

    foot: Vector
    yard: Vector
    rear: bool

    def along(self, points: Floats) -> Floats:
        """Metres of points beyond the line of the mass end, towards the yard."""
        away: Floats = (points - np.array(self.foot)) @ np.array(self.yard)
        return away

    def across(self, points: Floats) -> Floats:
        """Metres of points to the right of who looks from the mass end to the yard."""
        right = np.array([self.yard[1], -self.yard[0]])
        aside: Floats = (points - np.array(self.foot)) @ right
        return aside

    def place(self, right: float, ahead: float) -> Vector:
        """The point so many metres to the right and so many ahead."""
        (x, y), (ux, uy) = self.foot, self.yard
        return x + ahead * ux + right * uy, y + ahead * uy - right * ux


def mass_axis(lot: Lot, east_west: str, row_within: float = 0.0) -> MassAxis | Missing:
    """How the mass is measured on a lot; missing where no front, or no law of this lot's orientation, tells.

    The axis is square to the longest edge on the main street. The line of the mass end is square to it
    through the mean place of the main front, or `depth` behind that (L of domain 3.4, the mean depth). A lot
    with its street to the north is southern: its mass stands on the street line. `row_within`: degrees by
    which the depth of a lot with `east_west` = north may run off east and west and still be left to the row.

    >>> from gis.alignment import Street
    >>> axis = LineString([(-50, -3), (60, -3)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 6.0, 8.0,
    ...     "right_of_way")], neighbours=[shapely.box(0, 25, 10, 50)])
    >>> found = mass_axis(lot, "row")
    >>> found.yard[1], found.place(0, 0)[1], found.rear
    (-1.0, 25.0, True)
    >>> mass_axis(Lot.build("P-2", shapely.box(0, 0, 9, 9), streets=[], neighbours=[]), "row").name
    'depth'
    """
    if lot.depth is None or lot.orientation is None:
        return Missing("fact", "depth")
    main = lot.edges[0]
    out = main.outward
    if lot.orientation in {"northern", "southern"}:
        rear = lot.orientation == "northern"
    elif east_west == "row" or (east_west == "north" and _runs_east(out, row_within)):
        return _ROW
    else:
        rear = east_west == "rear" or (east_west == "north" and out[1] < 0)
    front = mean_ahead(fronts_of(lot.edges, main), out)
    # the line of the mass end crosses the axis through the middle of the main edge
    middle = main.line.interpolate(0.5, normalized=True)
    inwards = (middle.x * out[0] + middle.y * out[1]) - front + (lot.depth if rear else 0.0)
    foot = (middle.x - inwards * out[0], middle.y - inwards * out[1])
    return MassAxis(foot, out if rear else (-out[0], -out[1]), rear)


def _runs_east(way: Vector, within: float) -> bool:
    """Whether a direction runs so nearly east and west that neither end lies to the north."""
    return math.degrees(math.asin(min(1.0, abs(way[1])))) <= within + _SAME_WAY


def mass_depth(axis: MassAxis, mass: BaseGeometry) -> Found:
    """Metres from the line of the mass end to the point of the building that lies farthest towards the yard.

    t = (p − foot) · yard, greatest over the building's projection above ground. Domain 3.4. 0 for nothing.
    The witness runs along the axis from the line of the mass end to that point.

    >>> axis = MassAxis((0.0, 25.0), (0.0, -1.0), True)
    >>> mass_depth(axis, shapely.box(0, 10.6, 10, 25)).value, mass_depth(axis, Polygon()).value
    (14.4, 0.0)
    """
    points = shapely.get_coordinates(mass)
    if not len(points):
        return Found(0.0)
    metres = axis.along(points)
    far = int(metres.argmax())
    right, ahead = float(axis.across(points)[far]), float(metres[far])
    return Found(ahead, (("witness", LineString([axis.place(right, 0.0), axis.place(right, ahead)])),))


@dataclass(frozen=True)
class Extension:
    """What may be built past the depth: `metres` more, `cut` degrees off each neighbour's boundary."""

    metres: float
    cut: float


def allowed(
    lot: Lot, axis: MassAxis, depth: float, more: Extension | None, free: Collection[int]
) -> BaseGeometry:
    """Where the mass of a lot may stand: `depth` metres over the whole width, and the strip past it.

    Past the depth, s metres on, the mass stays s·tan(cut) from a neighbour's boundary, measured along the
    line of the mass end; a boundary with the street, or one in `free`, asks for no cut. On a lot with
    parallel sides the strip has e·W − n·e²/2 m² for a cut of 45° and n such sides (domain 3.4).

    >>> from gis.alignment import Street
    >>> axis = LineString([(-50, -3), (60, -3)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 6.0, 8.0,
    ...     "right_of_way")], neighbours=[shapely.box(0, 25, 10, 50), shapely.box(-9, 0, 0, 25),
    ...     shapely.box(10, 0, 20, 25)])
    >>> found, more = mass_axis(lot, "row"), Extension(2.0, 45.0)
    >>> [round(allowed(lot, found, 14.4, more, free).area, 6) for free in ((), (1,), (1, 3))]
    [160.0, 162.0, 164.0]
    >>> round(allowed(lot, found, 14.4, None, ()).area, 6), allowed(lot, found, -1.0, None, ()).is_empty
    (144.0, True)
    """
    whole = areas_of(intersection(lot.after, _band(lot, axis, -math.inf, depth)))
    if more is None:
        return whole
    strip = areas_of(intersection(lot.after, _band(lot, axis, depth, depth + more.metres)))
    cuts = [corner(axis, edge, depth, more) for edge in asking(lot, free)]
    return union_all([whole, areas_of(difference(strip, union_all(cuts)))])


def asking(lot: Lot, free: Collection[int] = ()) -> list[Edge]:
    """The boundaries of a lot that ask for a cut: all that are no street, but those in `free`."""
    return [edge for edge in lot.edges if edge.kind != "street" and edge.index not in free]


def corner(axis: MassAxis, edge: Edge, depth: float, more: Extension) -> BaseGeometry:
    """What the cut along one boundary takes from the strip past the depth.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> axis = MassAxis((0.0, 25.0), (0.0, -1.0), True)
    >>> sorted(round(corner(axis, edge, 14.4, Extension(2.0, 45.0)).area, 6) for edge in lot.edges)
    [0.0, 0.0, 2.0, 2.0]
    """
    return union_all(piece.land(axis) for piece in _pieces(axis, edge, depth, more))


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
