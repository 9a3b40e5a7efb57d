"""The largest square or rectangle that lies within an open space, parallel to one of its walls."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon

from gis.overlay import difference, union_all
from gis.rays import Floats, segments_of

STEP: Final = 2e-5
"""Metres by which a side may be told too small, never too large; less than half of the declared 0.1 mm."""
MAX_VERTICES: Final = 72
"""An outline of more is no drawing of an open space that this measures in good time."""
_WALLS: Final = 8
"""The longest walls, whose directions are tried; a direction and what is square to it are one."""
_CORNERS: Final = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
_SAME: Final = 1e-7
"""Radians within which two walls are parallel or square to each other."""


@dataclass(frozen=True)
class Inscribed:
    """The `side` found, metres, and the outline of the rectangle that lies there; None where none fits."""

    side: float
    outline: LineString | None


def inscribed(shape: Polygon | MultiPolygon, length: float | None = None) -> Inscribed:
    """The widest rectangle of a given length in a shape, or its largest square (domain 3.8).

    side = the greatest s for which a square of side s (with `length`: a rectangle s × length) lies within the
    shape with a side parallel to one of its eight longest walls. For a rectangular space that is its shorter
    side, however it lies; in an L it is the width of the wider leg; what is nowhere wide enough has a small
    one however long it is. The rectangle is there: the side is never too large, and too small by less than
    STEP. Raises ValueError for an outline of more than MAX_VERTICES.

    >>> inscribed(shapely.box(0, 0, 2, 6)).side, inscribed(shapely.Polygon()).side
    (2.0, 0.0)
    >>> inscribed(shapely.box(0, 0, 7, 5), 5.0).side, inscribed(shapely.box(0, 0, 7, 5), 8.0).side
    (7.0, 0.0)
    """
    best = Inscribed(0.0, None)
    for part in shapely.get_parts(shape):
        if shapely.get_num_coordinates(part) > MAX_VERTICES:
            raise ValueError(f"more than {MAX_VERTICES} vertices")
        for angle in _directions(part):
            best = _along(part, angle, length, best)
    return best


def _directions(part: Polygon) -> list[float]:
    """Angles of the longest walls, in [0, 90°)."""
    walls = segments_of([part])
    along = walls.end - walls.start
    metres = np.hypot(along[:, 0], along[:, 1])
    right = math.pi / 2
    found: list[float] = []
    for angle in (np.arctan2(along[:, 1], along[:, 0])[np.argsort(-metres, kind="stable")] % right).tolist():
        if all(min(abs(angle - one), right - abs(angle - one)) > _SAME for one in found):
            found.append(angle)
        if len(found) == _WALLS:
            break
    return found


def _along(part: Polygon, angle: float, length: float | None, best: Inscribed) -> Inscribed:
    """The best of what is known and of what lies in one direction."""
    centre = shapely.get_coordinates(shapely.centroid(part))[0]
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turned = shapely.transform(part, lambda points: (points - centre) @ turn)
    west, south, east, north = turned.bounds
    sizes = (east - west, north - south)
    for across in (0,) if length is None else (0, 1):
        if length is not None and sizes[1 - across] < length - STEP:
            continue
        most = min(sizes) if length is None else sizes[across]
        found = _widest(turned, most, length, across, best.side)
        if found is not None:
            side, middle = found
            half = np.array([side, side if length is None else length]) / 2
            corners = middle + (half if across == 0 else half[::-1]) * _CORNERS
            best = Inscribed(side, LineString(corners @ turn.T + centre))
    return best


def _widest(
    turned: Polygon, most: float, length: float | None, across: int, least: float
) -> tuple[float, Floats] | None:
    """The side and the middle of the widest rectangle across one axis, where it beats `least` by a STEP."""
    west, south, east, north = turned.bounds
    if turned.area >= (east - west) * (north - south) - STEP * STEP:  # a rectangle holds what its sides hold
        centre = np.array([(west + east) / 2, (south + north) / 2])
        return (most, centre) if most > least + STEP else None
    walls = segments_of([turned])

    def place(side: float) -> Floats | None:
        half = np.array([side, side if length is None else length - STEP]) / 2
        return _middle(turned, walls.start, walls.end, half if across == 0 else half[::-1])

    low, high = least + STEP, most
    middle = place(low) if high > low else None
    if middle is None:
        return None
    if (widest := place(high - STEP)) is not None:
        return high - STEP, widest
    while high - low > STEP:
        side = (low + high) / 2
        found = place(side)
        if found is None:
            high = side
        else:
            low, middle = side, found
    return low, middle


def _middle(turned: Polygon, start: Floats, end: Floats, half: Floats) -> Floats | None:
    """A point around which the rectangle of these half sides meets no wall; None where there is none.

    The middles that a wall forbids are its sum with the rectangle (Minkowski): a convex hexagon.
    """
    corners = half * _CORNERS[:4]
    points = np.concatenate([start[:, None, :] + corners, end[:, None, :] + corners], axis=1)
    free = difference(turned, union_all(shapely.convex_hull(shapely.multipoints(points))))
    if free.area <= 0:
        return None
    middle: Floats = shapely.get_coordinates(shapely.point_on_surface(free))[0]
    return middle
