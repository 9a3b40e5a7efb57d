"""Sides of a polyline that are arcs: their exact area, and the chords that stand for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from gis.drawing.sheet import Corner

Point = tuple[float, float]
CHORD_ERROR: Final = 0.001
"""Metres by which a chord may miss its arc."""
_MOST_CHORDS: Final = 512
"""Chords of one arc: a circle of 26 m radius keeps the error; a larger one misses it by a little more."""


def area_of(corners: Sequence[Corner]) -> float:
    """Area in square drawing units of a closed polyline whose sides may be arcs: shoelace and segments.

    A square of side 2, and a circle of radius 1 drawn as two half circles (bulge 1):

    >>> area_of([(0, 0, 0), (2, 0, 0), (2, 2, 0), (0, 2, 0)])
    4.0
    >>> round(area_of([(-1, 0, 1), (1, 0, 1)]), 9)
    3.141592654
    >>> area_of([])
    0.0
    """
    if not corners:
        return 0.0
    x0, y0, _ = corners[0]
    twice = []
    for (x1, y1, bulge), (x2, y2, _) in zip(corners, (*corners[1:], corners[0]), strict=True):
        twice.append((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
        if bulge:
            angle = 4 * math.atan(bulge)
            radius = math.hypot(x2 - x1, y2 - y1) * (1 + bulge * bulge) / (4 * abs(bulge))
            twice.append(radius * radius * (angle - math.sin(angle)))
    return abs(math.fsum(twice)) / 2


def chords(corners: Sequence[Corner], closed: bool, error: float) -> list[tuple[float, float]]:
    """The points of a polyline whose arcs are replaced by chords that miss them by at most `error` units.

    >>> chords([(0, 0, 0), (2, 0, 0), (2, 2, 0)], closed=True, error=0.001)
    [(0, 0), (2, 0), (2, 2)]
    >>> len(chords([(-1, 0, 1), (1, 0, 1)], closed=True, error=0.001))
    72
    >>> chords([], closed=True, error=0.001)
    []
    """
    points: list[tuple[float, float]] = []
    nexts = (*corners[1:], corners[0]) if corners else ()
    for at, ((x1, y1, bulge), (x2, y2, _)) in enumerate(zip(corners, nexts, strict=True)):
        points.append((x1, y1))
        if bulge and (closed or at < len(corners) - 1):
            points += _arc((x1, y1), (x2, y2), bulge, error)
    return points


def _arc(start_at: Point, end_at: Point, bulge: float, error: float) -> list[Point]:
    """The points within an arc, without its ends."""
    (x1, y1), (x2, y2) = start_at, end_at
    angle, length = 4 * math.atan(bulge), math.hypot(x2 - x1, y2 - y1)
    radius = length * (1 + bulge * bulge) / (4 * abs(bulge))
    if not 0 < radius < math.inf:
        return []
    step = 2 * math.acos(max(-1.0, 1 - min(error, radius) / radius)) or math.inf
    number = min(_MOST_CHORDS, max(2, math.ceil(abs(angle) / step)))
    # The centre lies on the middle line of the chord, left of it for an arc to the left below a half circle.
    away = (1 - bulge * bulge) / (4 * bulge)
    cx, cy = (x1 + x2) / 2 - away * (y2 - y1), (y1 + y2) / 2 + away * (x2 - x1)
    start = math.atan2(y1 - cy, x1 - cx)
    turned = (start + angle * n / number for n in range(1, number))
    return [(cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in turned]
