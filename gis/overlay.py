"""Overlay of land on the micrometre: what two shapes share, and what one leaves of another.

The floating-point overlay of GEOS (3.14 as well) sometimes returns a wholly wrong area, without an error,
where two shapes share an edge that is not exactly the same in both, as a lot and its street do (JTS issue
1000, GEOS issue 1344). On a fixed grid it does not. A micrometre along the outline of a lot is far below the
5 cm² at which areas are compared.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.precision import noise

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]

GRID = 1e-6
"""Metres of the grid on which overlays are computed."""


def intersection(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """What both shapes share.

    A lot turned by 14.25° and the right of way along its front share a line and no land; the floating-point
    overlay says that they share the whole lot:

    >>> lot = shapely.Polygon([(0, 0), (5.815296887960886, 1.4772684606639503),
    ...     (1.7412237901395726, 15.918749596392676), (-4.074073097821314, 14.441481135728726)])
    >>> street = shapely.Polygon([(116.30593775921771, 29.545369213279006),
    ...     (118.76805186032429, 19.853207733344195), (-75.0751777383719, -29.389074288787484),
    ...     (-77.53729183947848, -19.696912808852673)])
    >>> intersection(lot, street).area
    0.0
    >>> intersection(lot, shapely.Polygon()).is_empty
    True
    """
    shared: BaseGeometry = shapely.intersection(first, second, grid_size=GRID)
    return shared


def difference(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """What the second shape leaves of the first.

    >>> difference(shapely.box(0, 0, 10, 25), shapely.box(-9, -7, 19, 1)).area
    240.0
    >>> difference(shapely.box(0, 0, 10, 25), shapely.Polygon()).area
    250.0
    """
    left: BaseGeometry = shapely.difference(first, second, grid_size=GRID)
    return left


def union_all(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """All shapes together.

    >>> union_all([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]).area
    2.0
    >>> union_all([]).is_empty
    True
    """
    together: BaseGeometry = shapely.union_all(list(shapes), grid_size=GRID)
    return together


def areas_of(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """The areas of an overlay, without the lines and points where shapes only touch.

    >>> mixed = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.LineString([(1, 0), (5, 0)])])
    >>> areas_of(mixed).area, areas_of(shapely.Point(3, 3)).is_empty
    (1.0, True)
    >>> areas_of(shapely.Polygon()).is_empty
    True
    """
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    parts = shapely.get_parts(shape)
    parts = parts[shapely.area(parts) > 0]
    if len(parts) < 2:
        return areas_of(parts[0]) if len(parts) else Polygon()
    together = union_all(parts)
    return together if isinstance(together, Polygon | MultiPolygon) else areas_of(together)


def shared_area(first: BaseGeometry, second: BaseGeometry) -> float:
    """Square metres that both shapes share.

    >>> shared_area(shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3))
    1.0
    >>> shared_area(shapely.box(0, 0, 2, 2), shapely.box(2, 0, 3, 3))
    0.0
    """
    return float(intersection(first, second).area)


def is_thin(shape: BaseGeometry, width: float) -> bool:
    """Whether a shape is nowhere as wide as `width` metres; an empty one is.

    >>> [is_thin(shapely.box(0, 0, east, 25), 0.05) for east in (0.0499, 0.0501, 10)]
    [True, False, False]
    >>> is_thin(shapely.Polygon(), 0.05)
    True
    """
    wide = shape.area > width * shape.length  # more than a band of that width along its outline can hold
    return not wide and bool(shape.buffer(-width / 2).is_empty)


def areas_shared(shape: BaseGeometry, pieces: Shapes) -> Floats:
    """Square metres of each of many pieces that a shape has.

    >>> areas_shared(shapely.box(0, 0, 3, 2), shapely.box([0, 2, 9], 0, [2, 4, 11], 2)).tolist()
    [4.0, 2.0, 0.0]
    >>> areas_shared(shapely.box(0, 0, 3, 2), np.empty(0, dtype=object)).tolist()
    []
    """
    shapely.prepare(shape)
    whole = shapely.covers(shape, pieces)
    found: Floats = shapely.area(pieces)
    found[~whole] = shapely.area(shapely.intersection(pieces[~whole], shape, grid_size=GRID))
    return found


def on_lot(shape: BaseGeometry, lot: BaseGeometry) -> BaseGeometry:
    """The part of a shape of any type on a lot; empty where an area only touches it or shares but noise.

    >>> lot = shapely.box(0, 0, 10, 25)
    >>> on_lot(shapely.box(-5, 20, 1, 40), lot).area, on_lot(shapely.box(10, 0, 20, 25), lot).is_empty
    (5.0, True)
    >>> on_lot(shapely.LineString([(-5, 5), (5, 5)]), lot).length, on_lot(shapely.Point(3, 3), lot).geom_type
    (5.0, 'Point')
    >>> on_lot(shapely.Polygon(), lot).is_empty
    True
    """
    found = []
    for piece in shapely.get_parts(shape):
        if piece.geom_type == "GeometryCollection":
            found.append(on_lot(piece, lot))
            continue
        shared, dimension = intersection(piece, lot), int(shapely.get_dimensions(piece))
        if (not shared.is_empty, shared.length > noise("m"), shared.area > noise("m2"))[dimension]:
            parts = shapely.get_parts(shared)
            found += list(parts[shapely.get_dimensions(parts) == dimension])
    return found[0] if len(found) == 1 else union_all(found)
