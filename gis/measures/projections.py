"""Projections: how far balconies and consoles stand out over the street."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.lot import Lot
from gis.overlay import areas_of, difference
from gis.precision import noise


def over_street(lot: Lot, footprint: BaseGeometry) -> BaseGeometry:
    """The part of a projection beyond the lot after widening.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> over_street(lot, shapely.box(2, -1.2, 6, 1)).area, over_street(lot, shapely.box(2, 1, 6, 3)).is_empty
    (4.8, True)
    """
    return areas_of(difference(footprint, lot.after))


def projection_depth(lot: Lot, footprint: BaseGeometry) -> Found:
    """Metres by which a projection stands out of the lot after widening, at its farthest point.

    The distance from the lot of the farthest vertex of P = B_floor − P2 (domain 3.6); 0 where it stays over
    the own land. The witness is the segment from the lot to that point.

    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> [projection_depth(lot, shape).value for shape in (shapely.box(2, -1.2, 6, 1), shapely.Polygon())]
    [1.2, 0.0]
    """
    beyond = over_street(lot, footprint)
    if beyond.area <= noise("m2"):
        return Found(0.0)
    points = shapely.points(shapely.get_coordinates(beyond))
    metres = shapely.distance(points, lot.after)
    farthest = points[int(np.argmax(metres))]
    witness: LineString = shapely.shortest_line(lot.after, farthest)
    return Found(float(witness.length), (("witness", witness),))
