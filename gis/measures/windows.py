"""Windows: on which side of their wall they look out, which of them face each other, what they look at.

All in the plan, in metres. A window looks out of the building at its own level; what the building is there
hides what lies behind, taken back by WALL so that a window drawn a little inside its wall looks out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise
from gis.proposal import Storey, Window
from gis.rays import Floats, segments_of

WALL: Final = 0.1
"""Metres by which the line of a window may be drawn beside the face of its wall."""
_JAMB: Final = 1e-3
"""Metres at either end of a window that look at nothing: a boundary square to the wall is not before it."""
_OPPOSED: Final = 1e-6
"""Two windows whose walls are square to each other do not face each other."""


@dataclass(frozen=True)
class Outlook:
    """A window by its two ends and the unit vector out of its wall, the building at its level behind it."""

    window: Window
    start: Floats
    end: Floats
    outward: Floats
    body: BaseGeometry

    @property
    def points(self) -> Floats:
        """The two ends and the middle."""
        return np.array([self.start, (self.start + self.end) / 2, self.end])


def outlooks(windows: Sequence[Window], storeys: Sequence[Storey]) -> tuple[Outlook | None, ...]:
    """How each window looks out; None for one that lies on no outer wall of its level.

    It lies on one where WALL before its middle there is no building, and WALL behind it there is.

    >>> storey = Storey(0, "floor", "residential", shapely.box(0, 10, 10, 25), 3.2)
    >>> lines = [LineString([(4, 10), (6, 10)]), LineString([(4, 20), (6, 20)])]
    >>> looks = outlooks([Window(0, line, "main") for line in lines], [storey])
    >>> looks[0].outward.tolist(), looks[1]
    ([0.0, -1.0], None)
    >>> outlooks([], [])
    ()
    """
    levels = sorted({window.level for window in windows})
    masses = {level: union_all(s.footprint for s in storeys if s.level == level) for level in levels}
    bodies = {level: mass.buffer(-WALL, join_style="mitre") for level, mass in masses.items()}
    return tuple(_outlook(window, masses[window.level], bodies) for window in windows)


def _outlook(window: Window, mass: BaseGeometry, bodies: Mapping[int, BaseGeometry]) -> Outlook | None:
    points = shapely.get_coordinates(window.line)
    along = points[-1] - points[0]
    length = float(np.hypot(*along))
    if length <= 2 * _JAMB:
        return None
    outward = np.array([along[1], -along[0]]) / length
    middle = shapely.get_coordinates(shapely.line_interpolate_point(window.line, 0.5, normalized=True))[0]
    before, behind = shapely.intersects(
        shapely.points([middle + WALL * outward, middle - WALL * outward]), mass
    )
    if before == behind:
        return None
    return Outlook(window, points[0], points[-1], outward if behind else -outward, bodies[window.level])


def faces(first: Outlook, second: Outlook) -> bool:
    """Whether two windows of one level face each other (domain 3.8).

    Their directions outwards are opposed by less than 90°, and of the lines between their ends and middles
    and the shortest one between them at least one leaves both walls outwards and meets no building.
    """
    if first.window.level != second.window.level or first.outward @ second.outward >= -_OPPOSED:
        return False
    shortest = shapely.get_coordinates(shapely.shortest_line(first.window.line, second.window.line))
    lines = np.array([*product(first.points, second.points), tuple(shortest)])
    sight = lines[:, 1] - lines[:, 0]
    lines = lines[(sight @ first.outward > 0) & (sight @ second.outward < 0)]
    return any(_is_free(LineString(line), first.body) for line in lines)


def _is_free(line: LineString, body: BaseGeometry) -> bool:
    return not shapely.intersects(line, body) or intersection(line, body).length <= noise("m")


def facing(look: Outlook, others: Sequence[Outlook], reach: float) -> Iterator[tuple[Outlook, Found]]:
    """The windows that face a window within `reach` metres, the nearest first, each with its distance.

    facing_distance = the least distance between the lines of the two windows; the witness is that line.

    >>> wings = [Storey(0, "floor", "residential", shapely.box(x, 0, x + 4, 9), 3.2) for x in (0, 9)]
    >>> lines = [LineString([(x, 2), (x, 3)]) for x in (4, 9)]
    >>> left, right = outlooks([Window(0, line, "main") for line in lines], wings)
    >>> [found.value for _, found in facing(left, [right], 20.0)], list(facing(left, [right], 4.0))
    ([5.0], [])
    """
    metres = shapely.distance(look.window.line, [other.window.line for other in others])
    for n in np.argsort(metres, kind="stable").tolist():
        if metres[n] > reach:
            return
        if faces(look, others[n]):
            line = shapely.shortest_line(look.window.line, others[n].window.line)
            yield others[n], Found(float(metres[n]), (("witness", line),))


def window_distance(look: Outlook, boundary: Sequence[LineString], reach: float) -> Found | None:
    """Metres from a window to the nearest of some boundaries straight before it (domain 3.4: overlooking).

    Straight before it: square to its wall, from any of its points, where the building itself does not hide
    the boundary. A boundary beside the window is not before it. None where none lies there within `reach`.
    The witness runs from the window to the boundary.

    >>> storey = Storey(0, "floor", "residential", shapely.box(0, 10, 10, 23.5), 3.2)
    >>> (look,) = outlooks([Window(0, LineString([(4, 23.5), (6, 23.5)]), "main")], [storey])
    >>> rear, side = LineString([(10, 25), (0, 25)]), LineString([(0, 25), (0, 0)])
    >>> window_distance(look, [rear], 50.0).value, window_distance(look, [side], 50.0)
    (1.5, None)
    """
    if not boundary:
        return None
    along = (look.end - look.start) / np.hypot(*(look.end - look.start))
    start, end, back, far = (
        look.start + _JAMB * along,
        look.end - _JAMB * along,
        -WALL * look.outward,
        reach * look.outward,
    )
    strip = Polygon([start + back, end + back, end + far, start + far])
    hidden = _shadow(areas_of(intersection(look.body, strip)), far)
    nearest: tuple[float, Floats] | None = None
    for line in boundary:
        seen = shapely.get_coordinates(difference(intersection(line, strip), hidden))
        for point in seen:
            ahead = max(float((point - look.start) @ look.outward), 0.0)
            if nearest is None or ahead < nearest[0]:
                nearest = ahead, point
    if nearest is None:
        return None
    metres, point = nearest
    return Found(metres, (("witness", LineString([point - metres * look.outward, point])),))


def _shadow(shape: BaseGeometry, far: Floats) -> BaseGeometry:
    """A shape and all that lies behind it in one direction."""
    if shape.is_empty:
        return shape
    walls = segments_of([shape])
    swept = np.stack([walls.start, walls.end, walls.start + far, walls.end + far], axis=1)
    return union_all([shape, *shapely.convex_hull(shapely.multipoints(swept))])
