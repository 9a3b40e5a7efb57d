"""The chamfer at a corner of two streets: how much of it stays free of building (domain 3.7).

The triangle at a corner vertex V with interior angle θ is isosceles: from base c its leg is
c / (2·sin(θ/2)) and its area c² / (4·tan(θ/2)).
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP
from gis.corners import Corner
from gis.missing import Missing
from gis.overlay import areas_of, intersection, union_all
from gis.precision import noise
from gis.site import Site


def leg_of(base: float, angle: float) -> float:
    """Metres of each leg of a chamfer from its base and the interior angle in degrees.

    >>> [round(leg_of(2.0, angle), 3) for angle in (90, 60, 120)]
    [1.414, 2.0, 1.155]
    """
    return base / (2.0 * math.sin(math.radians(angle) / 2.0))


def base_of(leg: float, angle: float) -> float:
    """Metres of the base of a chamfer from its legs and the interior angle in degrees.

    >>> round(base_of(1.2, 90), 3)
    1.697
    """
    return 2.0 * leg * math.sin(math.radians(angle) / 2.0)


def area_of(base: float, angle: float) -> float:
    """Square metres that a chamfer takes, from its base and the interior angle in degrees.

    >>> [round(area_of(2.0, angle), 3) for angle in (90, 60, 120)]
    [1.0, 1.732, 0.577]
    """
    return base**2 / (4.0 * math.tan(math.radians(angle) / 2.0))


def triangle(corner: Corner, leg: float, other: float | None = None) -> Polygon:
    """The triangle at a corner with these legs, metres; both alike where only one is given."""
    vertex = np.array(corner.vertex)
    first = vertex + np.array(corner.back) * leg
    second = vertex + np.array(corner.ahead) * (leg if other is None else other)
    return Polygon([vertex, first, second])


def free_leg(corner: Corner, building: BaseGeometry) -> float | None:
    """Metres of the legs of the largest isosceles triangle at a corner that stays free of building.

    None where no part of the building lies between the two street lines.

    >>> import shapely
    >>> from gis.alignment import Street
    >>> from gis.corners import corners_of
    >>> from gis.lot import Lot
    >>> south, east = (Street(key, key, shapely.LineString(axis), None, 8.0, None, "right_of_way")
    ...     for key, axis in (("S", [(-50, -4), (60, -4)]), ("E", [(14, -50), (14, 60)])))
    >>> beside = [shapely.box(-10, 0, 0, 25), shapely.box(0, 25, 10, 50)]
    >>> lot = Lot.build("P", shapely.box(0, 0, 10, 25), streets=[south, east], neighbours=beside)
    >>> (corner,) = corners_of(lot, 0.0)
    >>> free_leg(corner, shapely.box(0, 1, 9, 20)), free_leg(corner, shapely.box(0, 0, 10, 20))
    (2.0, 0.0)
    >>> free_leg(corner, Polygon()) is None
    True
    """
    if building.is_empty:
        return None
    farthest = np.hypot(*(shapely.get_coordinates(building) - np.array(corner.vertex)).T).max()
    reach = 1.0 + 1.01 * float(farthest) / math.cos(math.radians(corner.angle) / 2.0)
    parts = shapely.get_parts(areas_of(intersection(building, triangle(corner, reach))))
    parts = parts[shapely.area(parts) > noise("m2") / 10]
    if len(parts) == 0:
        return None
    legs = np.linalg.solve(
        np.column_stack((corner.back, corner.ahead)),
        (shapely.get_coordinates(parts) - np.array(corner.vertex)).T,
    )
    return max(float(legs.sum(axis=0).min()), 0.0)


def hypotenuse(corner: Corner, leg: float) -> LineString:
    """The base of the triangle with these legs: the line across the corner."""
    _, first, second, _ = triangle(corner, max(leg, SNAP)).exterior.coords
    return LineString([first, second])


def in_chamfer(line: LineString, corner: Corner, base: float) -> BaseGeometry:
    """The part of a line on the boundary that lies in the chamfer with this base, or in an existing cut.

    Lines drawn up to the snap of 5 cm inside the base lie on it; what only begins at its end does not.
    """
    leg = leg_of(base, corner.angle)
    legs = max(leg, corner.legs[0]), max(leg, corner.legs[1])
    whole = triangle(corner, *legs)
    _, first, second, _ = (np.array(point) for point in whole.exterior.coords)
    along = (second - first) / np.hypot(*(second - first))
    inward = np.array([-along[1], along[0]]) * SNAP
    if inward @ (first - np.array(corner.vertex)) < 0:
        inward = -inward
    strip = Polygon([first, second, second + inward, first + inward])
    return intersection(line, union_all([whole, strip]))


def narrower_street(site: Site, corner: Corner) -> float | Missing:
    """Metres of right of way of the narrower of the two streets at a corner (domain 3.7)."""
    found = _widths(site, corner)
    return found if isinstance(found, Missing) else min(found)


def wider_street(site: Site, corner: Corner) -> float | Missing:
    """Metres of right of way of the wider of the two streets at a corner (domain 3.7)."""
    found = _widths(site, corner)
    return found if isinstance(found, Missing) else max(found)


def _widths(site: Site, corner: Corner) -> list[float] | Missing:
    if missing := site.unread("streets"):
        return missing
    widths = [edge.street_width for edge in corner.edges]
    known = [width for width in widths if width is not None]
    return known if len(known) == len(widths) else Missing("fact", "street_width")
