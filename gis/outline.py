"""The boundary of a lot as straight sides, and where along a side something may change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from gis.rays import Floats, Ints, Segments, crossings

COLLINEAR = 0.001
"""Metres. A vertex that lies no farther from the line of its neighbours is no corner."""


@dataclass(frozen=True)
class Sides:
    """The straight sides of all rings in order, interior on the left: `start → end`, each with its ring."""

    start: Floats
    end: Floats
    ring: Ints

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def length(self) -> Floats:
        """Metres of each side."""
        along = self.end - self.start
        metres: Floats = np.hypot(along[:, 0], along[:, 1])
        return metres

    @cached_property
    def direction(self) -> Floats:
        """Unit vectors along the sides."""
        unit: Floats = (self.end - self.start) / self.length[:, None]
        return unit

    def part(self, first: int, last: int) -> Sides:
        """The sides from `first` up to `last`."""
        return Sides(self.start[first:last], self.end[first:last], self.ring[first:last])

    def surroundings(self, segments: Segments, reach: float) -> Segments:
        """The segments whose box comes within `reach` of the box of the sides."""
        points = np.concatenate((self.start, self.end))
        return segments.near(points.min(axis=0), points.max(axis=0), reach)

    @property
    def segments(self) -> Segments:
        """The sides as segments owned by their rings."""
        return Segments(self.start, self.end, self.ring)

    @cached_property
    def outward(self) -> Floats:
        """Unit normals that look out of the lot (to the right of the direction)."""
        direction = self.direction
        return np.column_stack((direction[:, 1], -direction[:, 0]))


def sides_of(polygon: Polygon | MultiPolygon) -> Sides:
    """The sides of a lot, shells counter-clockwise and holes clockwise, without collinear vertices.

    The order does not depend on how the file wrote the rings: parts from large to small, each shell before
    its holes, every ring from its lowest-leftmost corner.

    >>> square = Polygon([(5, 0), (0, 0), (0, 10), (10, 10), (10, 0)])  # clockwise, one collinear vertex
    >>> sides_of(square).start.tolist()
    [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]
    >>> len(sides_of(Polygon()))
    0
    """
    parts = sorted(
        (part for part in shapely.get_parts(polygon) if not part.is_empty),
        key=lambda part: (-round(part.area, 3), part.bounds),
    )
    starts, ends, rings = [np.empty((0, 2))], [np.empty((0, 2))], [np.empty(0, dtype=np.intp)]
    count = 0
    for part in parts:
        shells = shapely.get_rings(shapely.orient_polygons(part))
        for ring in [shells[0], *sorted(shells[1:], key=lambda hole: hole.bounds)]:
            corners = _corners(shapely.get_coordinates(ring)[:-1])
            if len(corners) < 3:
                continue
            starts.append(corners)
            ends.append(np.roll(corners, -1, axis=0))
            rings.append(np.full(len(corners), count, dtype=np.intp))
            count += 1
    return Sides(np.concatenate(starts), np.concatenate(ends), np.concatenate(rings))


def _corners(points: Floats) -> Floats:
    """The ring's true corners, from the lowest of the leftmost on.

    The first pass starts at the corner farthest from the middle, which no straight side can pass through.
    """
    points = points[(points != np.roll(points, 1, axis=0)).any(axis=1)]
    if len(points) < 3:
        return points
    far = int(np.argmax(((points - points.mean(axis=0)) ** 2).sum(axis=1)))
    closed = np.roll(points, -far, axis=0)
    kept = shapely.get_coordinates(
        shapely.simplify(shapely.LineString(np.vstack((closed, closed[:1]))), COLLINEAR)
    )
    corners = kept[:-1]
    first = int(np.lexsort((corners[:, 1], corners[:, 0]))[0])
    rolled: Floats = np.roll(corners, -first, axis=0)
    return rolled


def cut_places(sides: Sides, marks: Segments, reach: float) -> tuple[Ints, Floats]:
    """Where along each side its surroundings may change: (side, metres from its start), unordered.

    That is beside every end of a mark within `reach` of the side, and at every mark that crosses it.
    """
    if len(marks) == 0 or len(sides) == 0:
        return np.empty(0, dtype=np.intp), np.empty(0)
    points = np.unique(np.concatenate((marks.start, marks.end)), axis=0)
    relative = points[None, :, :] - sides.start[:, None, :]
    direction = sides.direction[:, None, :]
    along = (relative * direction).sum(axis=2)
    across = relative[:, :, 0] * direction[:, :, 1] - relative[:, :, 1] * direction[:, :, 0]
    beside = (np.abs(across) <= reach) & (along > 0) & (along < sides.length[:, None])
    met = crossings(sides.start, sides.direction, marks)
    crossed = (met > 0) & (met < sides.length[:, None])
    return (
        np.concatenate((np.nonzero(beside)[0], np.nonzero(crossed)[0])).astype(np.intp),
        np.concatenate((along[beside], met[crossed])),
    )


def stretches(sides: Sides, cut_side: Ints, cut_at: Floats, shortest: float) -> tuple[Ints, Floats, Floats]:
    """The sides cut at the given places: (side, from, to) in order along the boundary, none below `shortest`.

    >>> square = sides_of(shapely.box(0, 0, 10, 10))
    >>> side, begin, end = stretches(square, np.array([0, 0]), np.array([4.0, 4.001]), 0.01)
    >>> [(int(s), float(a), float(b)) for s, a, b in zip(side, begin, end)][:3]
    [(0, 0.0, 4.0), (0, 4.0, 10.0), (1, 0.0, 10.0)]
    """
    side: list[int] = []
    begin: list[float] = []
    end: list[float] = []
    for index, length in enumerate(sides.length):
        at = 0.0
        for place in np.sort(cut_at[cut_side == index]).tolist():
            if place - at >= shortest and length - place >= shortest:
                side.append(index)
                begin.append(at)
                end.append(place)
                at = place
        side.append(index)
        begin.append(at)
        end.append(float(length))
    return np.array(side, dtype=np.intp), np.array(begin), np.array(end)
