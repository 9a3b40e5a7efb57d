"""Laying one outline on another by a rigid motion: turned and moved, never scaled, never mirrored."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.outline import sides_of
from gis.overlay import shared_area

Floats = npt.NDArray[np.float64]
_SIDES: Final = 24
"""Longest sides of an outline by which a motion is looked for; its residual is taken on all of it."""
_ALIKE: Final = 0.25
"""Share by which sides that lie on each other may differ in length."""
_STEPS: Final = 40
_CLOSE: Final = (math.radians(2.0), 0.5)
"""Motions nearer to each other than this turn and this many metres are one."""
_REFINED: Final = 12
_LOOKED_AT: Final = 120
"""Corners of an outline, evenly along it, by which a motion is sought; what remains is taken on all."""


@dataclass(frozen=True)
class Motion:
    """Turn by `turn` radians, counter-clockwise, about `pivot`, which then lies at `target`.

    >>> quarter = Motion(math.pi / 2, (0.0, 0.0), (100.0, 50.0))
    >>> [round(v, 9) for v in quarter.of(shapely.box(0, 0, 10, 25)).bounds]
    [75.0, 50.0, 100.0, 60.0]
    >>> quarter.of(Polygon()).is_empty
    True
    """

    turn: float
    pivot: tuple[float, float]
    target: tuple[float, float]

    def of(self, shape: BaseGeometry) -> BaseGeometry:
        """The shape moved."""
        moved: BaseGeometry = shapely.transform(shape, self.points)
        return moved

    def points(self, points: Floats) -> Floats:
        """Points (n × 2) moved."""
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        x, y = points[:, 0] - self.pivot[0], points[:, 1] - self.pivot[1]
        return np.column_stack((cos * x - sin * y + self.target[0], sin * x + cos * y + self.target[1]))


@dataclass(frozen=True)
class Fit:
    """A motion and what remains: metres of the farthest corner of either outline from the other outline, and
    the square metres that only one of them has."""

    motion: Motion
    corners: float
    area: float


def fits(outline: Polygon, on: Polygon | MultiPolygon) -> list[Fit]:
    """The motions that lay an outline on another, the best first; each kind of motion once.

    A rectangle of 10 × 25 m lies on its like in two ways, one with a cut corner in one:

    >>> [round(f.corners, 6) for f in fits(shapely.box(0, 0, 10, 25), shapely.box(75, 50, 100, 60))][:2]
    [0.0, 0.0]
    >>> fits(Polygon(), shapely.box(0, 0, 1, 1))
    []
    """
    if outline.is_empty or on.is_empty:
        return []
    candidates = _candidates(outline, on)
    farthest = _farthest(candidates, _some(outline), on.boundary)
    found: list[Fit] = []
    tried: list[Motion] = []
    for n in np.argsort(farthest, kind="stable"):
        if len(tried) >= _REFINED:
            break
        if any(_alike(candidates[n], other) for other in tried):
            continue
        tried.append(candidates[n])
        motion = _refined(candidates[n], outline, on)
        if not any(_alike(motion, other.motion) for other in found):
            found.append(fit_of(motion, outline, on))
    return sorted(found, key=lambda fit: (round(fit.corners, 6), fit.motion.turn))


def fit_of(motion: Motion, outline: Polygon, on: Polygon | MultiPolygon) -> Fit:
    """What remains between an outline and the one on which a motion lays it."""
    moved = motion.of(outline)
    there = shapely.distance(shapely.points(_corners(moved)), on.boundary)
    back = shapely.distance(shapely.points(_corners(on)), moved.boundary)
    only_one = moved.area + on.area - 2 * shared_area(moved, on)
    return Fit(motion, float(max(there.max(), back.max())), max(0.0, float(only_one)))


def _corners(shape: BaseGeometry) -> Floats:
    return np.asarray(shapely.get_coordinates(shape.boundary), dtype=np.float64)


def _some(shape: BaseGeometry) -> Floats:
    """The corners, or as many of them as are looked at."""
    corners = _corners(shape)
    return corners[:: -(-len(corners) // _LOOKED_AT)]


def _candidates(outline: Polygon, on: Polygon | MultiPolygon) -> list[Motion]:
    """Each long side laid on each side of about its length, middle on middle."""
    ours, theirs = sides_of(outline), sides_of(on)
    found = []
    for i in np.argsort(-ours.length, kind="stable")[:_SIDES]:
        for j in np.argsort(-theirs.length, kind="stable")[:_SIDES]:
            if abs(ours.length[i] - theirs.length[j]) > _ALIKE * max(ours.length[i], theirs.length[j]):
                continue
            (x1, y1), (x2, y2) = ours.direction[i], theirs.direction[j]
            turn = math.atan2(x1 * y2 - y1 * x2, x1 * x2 + y1 * y2)
            pivot = (ours.start[i] + ours.end[i]) / 2
            target = (theirs.start[j] + theirs.end[j]) / 2
            found.append(
                Motion(turn, (float(pivot[0]), float(pivot[1])), (float(target[0]), float(target[1])))
            )
    return found


def _farthest(motions: list[Motion], corners: Floats, boundary: BaseGeometry) -> Floats:
    """How far the farthest corner lies from the boundary under each motion."""
    shapely.prepare(boundary)
    return np.array([shapely.distance(shapely.points(m.points(corners)), boundary).max() for m in motions])


def _alike(first: Motion, second: Motion) -> bool:
    turned = abs(math.remainder(first.turn - second.turn, 2 * math.pi))
    pivot = np.array([first.pivot])
    (x1, y1), (x2, y2) = first.points(pivot)[0], second.points(pivot)[0]
    return turned < _CLOSE[0] and math.hypot(x2 - x1, y2 - y1) < _CLOSE[1]


def _refined(motion: Motion, outline: Polygon, on: Polygon | MultiPolygon) -> Motion:
    """The motion moved on until the corners of both outlines lie nearest to the other one (least squares)."""
    ours, theirs, boundary = _some(outline), _some(on), on.boundary
    shapely.prepare(boundary)
    best, least = motion, math.inf
    for _ in range(_STEPS):
        edge = motion.of(outline.boundary)
        placed = motion.points(ours)
        near, back = _nearest(placed, boundary), _nearest(theirs, edge)
        now = float(max(np.hypot(*(near - placed).T).max(), np.hypot(*(back - theirs).T).max()))
        if now >= least - 1e-9:
            break
        best, least = motion, now
        step = _kabsch(np.vstack((placed, back)), np.vstack((near, theirs)))
        target = step.points(np.array([motion.target]))[0]
        motion = Motion(motion.turn + step.turn, motion.pivot, (float(target[0]), float(target[1])))
    return best


def _nearest(points: Floats, boundary: BaseGeometry) -> Floats:
    """The points of a boundary that are nearest to given ones."""
    lines = shapely.shortest_line(boundary, shapely.points(points))
    return np.asarray(shapely.get_coordinates(lines)[::2], dtype=np.float64)


def _kabsch(points: Floats, onto: Floats) -> Motion:
    """The rigid motion that brings points nearest to their partners (Kabsch 1976, in the plane)."""
    middle, target = points.mean(axis=0), onto.mean(axis=0)
    a, b = points - middle, onto - target
    turn = math.atan2(float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()), float((a * b).sum()))
    return Motion(turn, (float(middle[0]), float(middle[1])), (float(target[0]), float(target[1])))
