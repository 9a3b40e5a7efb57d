"""What lies around a building: how far it stands from an object of the map, and how much of it inside one."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from gis.found import Found, Role
from gis.overlay import areas_of, intersection
from gis.precision import noise

_SEEN = 40.0
"""Metres around a building in which the strip of an object is shown."""
_ROUND = 32
"""Pieces of a quarter of a circle in shapes that are shown; distances are exact."""


def clearance(built: BaseGeometry, thing: BaseGeometry, half_width: float, limit: float | None) -> Found:
    """Metres from a building to an object of the map, less the object's half width (domain 3.9).

    The least plane distance between both shapes, in the city's frame: 0 where they meet, so that a building
    under a line of half width h has −h. The half width is 0 where the law counts from the axis. Shapes: the
    witness line and, where the limit is known, the strip that the object keeps free.

    >>> line = shapely.LineString([(0, -10), (50, -10)])
    >>> clearance(shapely.box(0, 0, 10, 10), line, 1.5, 8.0).value
    8.5
    >>> clearance(shapely.box(0, -20, 10, 10), line, 1.5, None)
    Found(value=-1.5, shapes=())
    """
    witness = shapely.shortest_line(built, thing)
    shapes: list[tuple[Role, BaseGeometry]] = []
    if witness is not None and witness.length > noise("m"):
        shapes.append(("witness", witness))
    if limit is not None and limit + half_width > noise("m"):
        near = shapely.box(*shapely.bounds(built.buffer(limit + half_width + _SEEN)))
        strip = areas_of(intersection(buffer(thing, limit + half_width), near))
        shapes.append(("buffer", strip))
    return Found(float(shapely.distance(built, thing)) - half_width, tuple(shapes))


def buffer(thing: BaseGeometry, metres: float) -> BaseGeometry:
    """The strip of so many metres around an object, with the object itself.

    >>> round(buffer(shapely.Point(0, 0), 15.0).area, -1), buffer(shapely.Point(0, 0), 0.0).area
    (710.0, 0.0)
    """
    strip: BaseGeometry = shapely.buffer(thing, metres, quad_segs=_ROUND)
    return strip


def area_inside(built: BaseGeometry, thing: BaseGeometry) -> Found:
    """Square metres of a building's projection inside an object of the map, such as the core of a monument.

    0 where they only touch. The shape is the part inside.

    >>> area_inside(shapely.box(0, 0, 10, 10), shapely.box(8, 0, 20, 10)).value
    20.0
    >>> area_inside(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))
    Found(value=0.0, shapes=())
    """
    part = areas_of(intersection(built, thing))
    if part.area <= noise("m2"):
        return Found(0.0)
    return Found(float(part.area), (("footprint", part),))


def share_inside(lot: BaseGeometry, area: BaseGeometry) -> Found:
    """Share of the lot after widening inside an area of the map, such as the urban boundary: 0 to 1.

    The shape is the part of the lot inside.

    >>> share_inside(shapely.box(0, 0, 10, 20), shapely.box(-50, 5, 50, 90)).value
    0.75
    >>> share_inside(shapely.box(0, 0, 10, 20), shapely.Polygon()).value
    0.0
    """
    inside = areas_of(intersection(lot, area))
    return Found(float(inside.area / lot.area), (("footprint", inside),) if not inside.is_empty else ())
