"""The mass of a building in the depth of its lot: at which end it stands, how far it reaches and may reach.

Domain 3.4 (60 % + 2 m): the mass stands at the northern end of the lot, at the rear of a northern plot and on
the street line of a southern one, and reaches from that end so far into the depth; a further strip is free
where the mass keeps clear of the neighbours by a cut.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.frontage import fronts_of, mean_ahead
from gis.lot import Lot
from gis.missing import Missing

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
    >>> mass_depth(axis, shapely.box(0, 10.6, 10, 25)).value, mass_depth(axis, shapely.Polygon()).value
    (14.4, 0.0)
    """
    points = shapely.get_coordinates(mass)
    if not len(points):
        return Found(0.0)
    metres = axis.along(points)
    far = int(metres.argmax())
    right, ahead = float(axis.across(points)[far]), float(metres[far])
    return Found(ahead, (("witness", LineString([axis.place(right, 0.0), axis.place(right, ahead)])),))
