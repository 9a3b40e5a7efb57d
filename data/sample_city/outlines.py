"""Outlines of lots as arrays: one direction, and every corner of a neighbour a vertex of both (no
hanging node)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.sample_city.quad import Point

GRID = 1e-6
"""Metres. Overlays are made on this grid: without it GEOS now and then gives a whole lot for a touch."""
_ON_LINE = 1e-6  # metres: a corner this near to a neighbour's edge lies on it
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Outlines:
    """Rings laid end to end, not closed: `xy` (points × 2, metres), `offsets` (rings + 1)."""

    xy: Floats
    offsets: Ints

    @classmethod
    def of(cls, rings: list[list[Point]]) -> Outlines:
        """The rings, all counter-clockwise."""
        counts = np.fromiter((len(ring) for ring in rings), np.int64, len(rings))
        offsets = np.concatenate([[0], np.cumsum(counts)])
        xy = np.array([p for ring in rings for p in ring], float).reshape(-1, 2)
        made = cls(xy, offsets)
        owner = np.repeat(np.arange(len(rings)), counts)
        place = np.arange(len(xy)) - offsets[owner]
        backwards = made.areas()[owner] < 0
        order = np.where(backwards, offsets[owner] + counts[owner] - 1 - place, np.arange(len(xy)))
        return cls(xy[order], offsets)

    def following(self) -> Ints:
        """Index of the next point of the same ring, for each point."""
        after = np.arange(1, len(self.xy) + 1)
        after[self.offsets[1:] - 1] = self.offsets[:-1]
        return after

    def areas(self) -> Floats:
        """Signed areas in m².

        >>> Outlines(np.array([[0., 0.], [2., 0.], [0., 2.]]), np.array([0, 3])).areas()
        array([2.])
        >>> Outlines(np.empty((0, 2)), np.array([0])).areas()
        array([], dtype=float64)
        """
        if not len(self.xy):
            return np.empty(0)
        after = self.xy[self.following()]
        cross = self.xy[:, 0] * after[:, 1] - after[:, 0] * self.xy[:, 1]
        return np.add.reduceat(cross, self.offsets[:-1]) / 2

    def noded(self) -> Outlines:
        """The same rings with each other ring's corners that lie on their edges added as vertices."""
        after = self.xy[self.following()]
        flat = self.xy.view(complex).ravel()
        corners = np.unique(flat)
        edges = shapely.linestrings(np.stack([self.xy, after], axis=1))
        points = shapely.points(corners.real, corners.imag)
        at, edge = shapely.STRtree(edges).query(points, predicate="dwithin", distance=_ON_LINE)
        new = (corners[at] != flat[edge]) & (corners[at] != after.copy().view(complex).ravel()[edge])
        at, edge = at[new], edge[new]
        if not len(at):
            return self
        way = after[edge] - self.xy[edge]
        xy = np.stack([corners[at].real, corners[at].imag], axis=1)
        share = ((xy - self.xy[edge]) * way).sum(axis=1) / (way * way).sum(axis=1)
        order = np.lexsort((share, edge))
        edge, xy = edge[order], xy[order]
        owner = np.searchsorted(self.offsets, edge, side="right") - 1
        extra = np.bincount(owner, minlength=len(self.offsets) - 1)
        return Outlines(
            np.insert(self.xy, edge + 1, xy, axis=0),
            self.offsets + np.concatenate([[0], np.cumsum(extra)]),
        )

    def polygons(self, origin: tuple[float, float]) -> NDArray[np.object_]:
        """Shapely polygons, moved by `origin` into the city's frame."""
        counts = np.diff(self.offsets)
        first = np.repeat(self.offsets[:-1], counts + 1)
        place = np.arange(len(first)) - np.repeat(self.offsets[:-1] + np.arange(len(counts)), counts + 1)
        closed = first + np.where(place == np.repeat(counts, counts + 1), 0, place)
        rings = np.repeat(np.arange(len(counts)), counts + 1)
        closed_rings = shapely.linearrings(self.xy[closed] + np.array(origin), indices=rings)
        made: NDArray[np.object_] = shapely.polygons(closed_rings)
        return made
