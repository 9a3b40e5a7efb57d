"""A row of lots between a street front and a rear line, as the land registry cuts it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from data.sample_city.quad import NO_STREET, Chain, Point, Quad, area

SMALLEST, LARGEST = 100.5, 795.0
"""Square metres within which a building lot stays."""
_NEAR = 0.8  # metres: a cut this near to a bend or to the cut of the lots behind goes through it
_OBLIQUE, _EDGE = 5.0, 1.5  # metres: an end so much aslant; a cut keeps so far from the ends
_TRIANGLE = 3.0  # metres: a first cut this near to an oblique corner goes to the corner


class Lot(NamedTuple):
    """A lot: its outline, its four principal corners (front left and right, rear right and left), its
    streets.

    `facing`: side of the lot on which the front lies. `use`: empty for an ordinary lot.
    """

    ring: list[Point]
    corners: tuple[Point, Point, Point, Point]
    front: int
    left: int
    right: int
    facing: str
    shape: str = "regular"
    use: str = ""
    rear: int = NO_STREET


@dataclass(frozen=True)
class Row:
    """Where a row lies: `front` and `rear` run the same way, `left` and `right` from the front to the
    rear."""

    front: Chain
    rear: Chain
    left: Chain
    right: Chain
    facing: str

    @classmethod
    def of(cls, quad: Quad, facing: str) -> Row:
        """A piece one lot deep, seen from the side on which its front lies.

        >>> side = Chain(((0.0, 0.0), (0.0, 2.0)))
        >>> Row.of(Quad(side, side, side, side), "N").left.points
        ((0.0, 2.0), (0.0, 0.0))
        """
        if facing == "S":
            return cls(quad.south, quad.north, quad.west, quad.east, facing)
        if facing == "N":
            return cls(quad.north, quad.south, _back(quad.west), _back(quad.east), facing)
        if facing == "W":
            return cls(quad.west, quad.east, quad.south, quad.north, facing)
        return cls(quad.east, quad.west, _back(quad.south), _back(quad.north), facing)

    @property
    def length(self) -> float:
        """Mean of front and rear in metres."""
        return (self.front.length + self.rear.length) / 2

    @property
    def depth(self) -> float:
        """Mean depth in metres."""
        return (self.left.length + self.right.length) / 2


def lots_of(
    row: Row, weights: Sequence[float], slant: float, rng: np.random.Generator, anchors: Sequence[Point] = ()
) -> list[Lot]:
    """The lots of a row, their fronts in proportion to `weights`, cut square to the rear line.

    `anchors`: corners that the lots behind already have on the rear line; a cut near one meets it.
    `slant`: metres by which a cut may lean. Lots under the smallest area are joined to their neighbours.
    """
    front, rear = np.array(row.front.points), np.array(row.rear.points)
    way = rear[-1] - rear[0]
    way /= np.hypot(*way)
    u_front, u_rear = front @ way, rear @ way
    low, high = (u_front[0] + u_rear[0]) / 2, (u_front[-1] + u_rear[-1]) / 2
    share = np.cumsum(weights)[:-1] / np.sum(weights)
    cuts = _settled(low + (high - low) * share, u_front, u_rear, row)
    lean = (
        np.clip(rng.normal(0, slant, len(cuts)), -2.5 * slant, 2.5 * slant) if slant else np.zeros(len(cuts))
    )
    marks = np.concatenate([u_rear, np.array(anchors) @ way]) if len(anchors) else u_rear
    places = np.concatenate([rear, np.array(anchors)]) if len(anchors) else rear
    heads = _points(cuts, u_front, front, u_front, front)
    feet = _points(cuts + lean, u_rear, rear, marks, places)
    sides = [(row.front.points[0], row.rear.points[0]), *zip(heads, feet, strict=True),
             (row.front.points[-1], row.rear.points[-1])]  # fmt: skip
    while True:
        rings = _rings(row, sides, way, u_front, u_rear)
        sizes = [abs(area(ring)) for ring in rings]
        small = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[small] >= SMALLEST or len(sizes) == 1:
            break
        left_is_better = small > 0 and (small == len(sizes) - 1 or sizes[small - 1] < sizes[small + 1])
        del sides[small if left_is_better else small + 1]
    last = len(rings) - 1
    lots = []
    for i, (ring, (a, b)) in enumerate(zip(rings, pairwise(sides), strict=True)):
        lot = Lot(
            ring,
            (a[0], b[0], b[1], a[1]),
            row.front.street,
            row.left.street if i == 0 else NO_STREET,
            row.right.street if i == last else NO_STREET,
            row.facing,
            "corner" if i in (0, last) else "regular",
            rear=row.rear.street,
        )
        lots.append(_triangle(lot) if a[0] == b[0] or a[1] == b[1] else lot)
    return lots


def _triangle(lot: Lot) -> Lot:
    """A lot that comes to a point in front or behind; without a front it fronts on the street beside it."""
    a, b, c, d = lot.corners
    if a != b:
        return lot._replace(shape="triangle")
    if lot.left != NO_STREET:
        facing = "W" if lot.facing in "SN" else "S"
        return lot._replace(
            corners=(d, a, a, c), front=lot.left, left=NO_STREET, facing=facing, shape="triangle"
        )
    facing = "E" if lot.facing in "SN" else "N"
    return lot._replace(
        corners=(b, c, d, b), front=lot.right, right=NO_STREET, facing=facing, shape="triangle"
    )


def fronted(lot: Lot, widths: Callable[[int], float]) -> Lot:
    """The lot with its front where the law sees it: on its widest street, of equal ones on the longer side.

    `widths`: metres of a street by its number.
    """
    a, b, c, d = lot.corners
    around = ((lot.front, a, b), (lot.left, d, a), (lot.right, b, c), (lot.rear, c, d))
    ranks = [
        (round(widths(street), 1), round(math.dist(p, q), 3)) if street != NO_STREET else (0.0, 0.0)
        for street, p, q in around
    ]
    best = max(range(4), key=ranks.__getitem__)
    if best == 0 or ranks[best] <= ranks[0]:
        return lot
    turned = "EWNS"["WESN".index(lot.facing)]
    if best == 3:
        return lot._replace(
            corners=(c, d, a, b),
            front=lot.rear,
            left=lot.right,
            right=lot.left,
            rear=lot.front,
            facing=turned,
        )
    if best == 1:
        return lot._replace(
            corners=(d, a, b, c), front=lot.left, left=lot.rear, right=lot.front, rear=lot.right,
            facing="W" if lot.facing in "SN" else "S",
        )  # fmt: skip
    return lot._replace(
        corners=(b, c, d, a), front=lot.right, left=lot.front, right=lot.rear, rear=lot.left,
        facing="E" if lot.facing in "SN" else "N",
    )  # fmt: skip


def _settled(cuts: np.ndarray, u_front: np.ndarray, u_rear: np.ndarray, row: Row) -> np.ndarray:
    """Cuts that fall on both lines; one near an oblique end goes to its corner, if a street is left it."""
    low, high = max(u_front[0], u_rear[0]), min(u_front[-1], u_rear[-1])
    corners = []
    if abs(u_front[0] - u_rear[0]) > _OBLIQUE and (low == u_rear[0] or row.left.street != NO_STREET):
        corners.append(low)
    if abs(u_front[-1] - u_rear[-1]) > _OBLIQUE and (high == u_rear[-1] or row.right.street != NO_STREET):
        corners.append(high)
    for corner in corners:
        cuts = np.where(np.abs(cuts - corner) < _TRIANGLE, corner, cuts)
    inside = (cuts > low + _EDGE) & (cuts < high - _EDGE)
    return np.unique(cuts[inside | np.isin(cuts, corners)])


def _points(
    cuts: np.ndarray, u_line: np.ndarray, line: np.ndarray, marks: np.ndarray, places: np.ndarray
) -> list[Point]:
    """The points of the line at the cuts, or the marks within their reach."""
    if not len(cuts):
        return []
    off = np.abs(marks[None, :] - cuts[:, None])
    near = off.argmin(axis=1)
    met = off[np.arange(len(cuts)), near] < _NEAR
    x = np.where(met, places[near, 0], np.interp(cuts, u_line, line[:, 0]))
    y = np.where(met, places[near, 1], np.interp(cuts, u_line, line[:, 1]))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _rings(
    row: Row,
    sides: list[tuple[Point, Point]],
    way: np.ndarray,
    u_front: np.ndarray,
    u_rear: np.ndarray,
) -> list[list[Point]]:
    """Outlines between consecutive side lines, with the bends of front, rear and both ends."""
    rings = []
    for i, (a, b) in enumerate(pairwise(sides)):
        ring = [a[0], *_bends(row.front, u_front, a[0], b[0], way), b[0]]
        if i == len(sides) - 2:
            ring += row.right.points[1:-1]
        ring += [b[1], *_bends(row.rear, u_rear, a[1], b[1], way)[::-1], a[1]]
        if i == 0:
            ring += row.left.points[-2:0:-1]
        rings.append([p for k, p in enumerate(ring) if p != ring[k - 1]])
    return rings


def _bends(chain: Chain, u: np.ndarray, a: Point, b: Point, way: np.ndarray) -> list[Point]:
    if len(chain.points) == 2:
        return []
    low, high = a[0] * way[0] + a[1] * way[1], b[0] * way[0] + b[1] * way[1]
    inner = range(1, len(chain.points) - 1)
    return [chain.points[k] for k in inner if low + 1e-6 < u[k] < high - 1e-6]


def _back(chain: Chain) -> Chain:
    return Chain(chain.points[::-1], chain.street, chain.start)
