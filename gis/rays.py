"""Straight looks across the map: what a ray from a boundary meets first. Plain arrays, no overlay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_PARALLEL = 1e-12


@dataclass(frozen=True)
class Segments:
    """Straight pieces `start[i] → end[i]` (n × 2, metres), each of the shape number `owner[i]`."""

    start: Floats
    end: Floats
    owner: Ints

    def __len__(self) -> int:
        return len(self.start)

    @property
    def direction(self) -> Floats:
        """Unit vectors along the pieces."""
        along: Floats = self.end - self.start
        unit: Floats = along / np.maximum(np.hypot(along[:, 0], along[:, 1]), _PARALLEL)[:, None]
        return unit

    def near(self, low: Floats, high: Floats, reach: float) -> Segments:
        """The pieces whose box comes within `reach` of the box from `low` to `high`."""
        chosen: Flags = np.asarray((np.minimum(self.start, self.end) <= high + reach).all(axis=1))
        chosen &= np.asarray((np.maximum(self.start, self.end) >= low - reach).all(axis=1))
        return self.of(chosen)

    def of(self, chosen: Flags) -> Segments:
        """The chosen pieces."""
        return Segments(self.start[chosen], self.end[chosen], self.owner[chosen])

    def joined(self, other: Segments) -> Segments:
        """The pieces of both; the owners keep their numbers."""
        return Segments(
            np.concatenate((self.start, other.start)),
            np.concatenate((self.end, other.end)),
            np.concatenate((self.owner, other.owner)),
        )


def segments_of(shapes: Sequence[BaseGeometry | None]) -> Segments:
    """The straight pieces of lines and of polygon rings; `owner` is the position in `shapes`.

    >>> len(segments_of([shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (5, 0)]), None]))
    5
    >>> len(segments_of([]))
    0
    """
    lines, line_owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    is_area = shapely.get_dimensions(lines) == 2
    rings, ring_owner = shapely.get_rings(lines[is_area], return_index=True)
    chains = np.concatenate([lines[~is_area], rings])
    owners = np.concatenate([line_owner[~is_area], line_owner[is_area][ring_owner]])
    points, chain = shapely.get_coordinates(chains, return_index=True)
    same = chain[1:] == chain[:-1]
    start, end = points[:-1][same], points[1:][same]
    long_enough = (start != end).any(axis=1)
    return Segments(
        start[long_enough], end[long_enough], owners[chain[:-1][same]][long_enough].astype(np.intp)
    )


def crossings(origin: Floats, direction: Floats, segments: Segments) -> Floats:
    """Distances t (rays × segments) at which origin + t·direction crosses each segment, inf where not.

    Negative distances lie behind the origin. A segment parallel to its ray is never crossed.
    """
    ox, oy, nx, ny = (column[:, None] for column in (*origin.T, *direction.T))
    ax, ay = segments.start.T
    dx, dy = (segments.end - segments.start).T
    denominator = nx * dy - ny * dx
    crossing = np.abs(denominator) > _PARALLEL
    safe = np.where(crossing, denominator, 1.0)
    t = ((ax - ox) * dy - (ay - oy) * dx) / safe
    u = ((ax - ox) * ny - (ay - oy) * nx) / safe
    hit: Floats = np.where(crossing & (u >= -1e-9) & (u <= 1 + 1e-9), t, np.inf)
    return hit


def first_crossing(t: Floats, after: float | Floats) -> tuple[Floats, Ints]:
    """For each ray the least distance greater than `after` and its segment; (inf, 0) where there is none."""
    if t.shape[1] == 0:
        return np.full(len(t), np.inf), np.zeros(len(t), dtype=np.intp)
    ahead = np.where(t > (after if np.ndim(after) == 0 else np.asarray(after)[:, None]), t, np.inf)
    index = np.argmin(ahead, axis=1)
    return ahead[np.arange(len(t)), index], index


def nearest_points(origin: Floats, segments: Segments) -> Floats:
    """The nearest point of each segment to each origin: rays × segments × 2."""
    along = segments.end - segments.start
    relative = origin[:, None, :] - segments.start[None, :, :]
    share = (relative * along).sum(axis=2) / np.maximum((along * along).sum(axis=1), _PARALLEL)
    nearest: Floats = segments.start + np.clip(share, 0.0, 1.0)[:, :, None] * along
    return nearest


def covered(points: Floats, rings: Segments) -> Flags:
    """Whether each point lies inside one of the shapes whose whole rings are given.

    Rings crossed on the way east are counted by shape; a vertex on the way counts for one of its segments.

    >>> covered(np.array([[1.0, 1.0], [5.0, 1.0]]), segments_of([shapely.box(0, 0, 2, 2)])).tolist()
    [True, False]
    >>> covered(np.array([[1.0, 1.0]]), segments_of([])).tolist()
    [False]
    """
    low, high = points.min(axis=0), points.max(axis=0)
    level = (np.minimum(rings.start[:, 1], rings.end[:, 1]) <= high[1]) & (
        np.maximum(rings.start[:, 1], rings.end[:, 1]) >= low[1]
    )
    level &= np.maximum(rings.start[:, 0], rings.end[:, 0]) >= low[0]
    if not level.any():
        return np.zeros(len(points), dtype=np.bool_)
    (ax, ay), (bx, by) = rings.start[level].T, rings.end[level].T
    x, y = points[:, 0, None], points[:, 1, None]
    passes = (ay > y) != (by > y)
    share = np.where(passes, y - ay, 0.0) / np.where(passes, by - ay, 1.0)
    east = passes & (ax + share * (bx - ax) > x)
    shape, owner = np.unique(rings.owner[level], return_inverse=True)
    counts = np.zeros((len(shape), len(points)), dtype=np.intp)
    np.add.at(counts, owner, east.T.astype(np.intp))
    inside: Flags = np.asarray((counts % 2 == 1).any(axis=0))
    return inside
