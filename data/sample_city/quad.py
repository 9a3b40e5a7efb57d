"""Four-sided pieces of the plane: a cell between arterials, a quarter, a block, a row of lots.

Every piece has four chains, south and north running eastwards, west and east running northwards. A chain is a
polyline that lies on at most one street. Pieces are made by cutting a piece from one side to the opposite
one; both parts then hold the very same points, so that neighbours never gap or overlap. Coordinates
are metres
from the city's middle, y to the north.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

Point = tuple[float, float]
NO_STREET = -1
_STRAIGHT = 0.25  # metres: a bend smaller than this is drawn straight


def between(a: Point, b: Point, t: float) -> Point:
    """The point at share `t` of the way from `a` to `b`.

    >>> between((0.0, 0.0), (10.0, 4.0), 0.5)
    (5.0, 2.0)
    """
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


@dataclass(frozen=True, slots=True)
class Chain:
    """A side of a piece. `street`: the street it lies on; `start`: metres along that street's axis."""

    points: tuple[Point, ...]
    street: int = NO_STREET
    start: float = 0.0

    def cumulative(self) -> list[float]:
        """Metres from the first point to each point.

        >>> Chain(((0.0, 0.0), (3.0, 4.0), (3.0, 10.0))).cumulative()
        [0.0, 5.0, 11.0]
        """
        steps = (math.dist(a, b) for a, b in pairwise(self.points))
        return list(accumulate(steps, initial=0.0))

    @property
    def length(self) -> float:
        """Length in metres."""
        return self.cumulative()[-1]

    def at(self, fraction: float) -> Point:
        """The point at a share of the length.

        >>> Chain(((0.0, 0.0), (10.0, 0.0))).at(0.25)
        (2.5, 0.0)
        """
        along = self.cumulative()
        k = min(max(bisect_right(along, fraction * along[-1]) - 1, 0), len(self.points) - 2)
        return between(
            self.points[k],
            self.points[k + 1],
            (fraction * along[-1] - along[k]) / (along[k + 1] - along[k]),
        )

    def split(self, fraction: float, snap: float = 0.0) -> tuple[Chain, Chain]:
        """Both parts of the chain; a bend nearer than `snap` metres to the cut becomes the cut.

        >>> [part.length for part in Chain(((0.0, 0.0), (10.0, 0.0))).split(0.4)]
        [4.0, 6.0]
        """
        along = self.cumulative()
        cut = fraction * along[-1]
        inner = range(1, len(self.points) - 1)
        nearest = min(inner, key=lambda k: abs(along[k] - cut), default=0)
        if nearest and abs(along[nearest] - cut) <= snap:
            head, tail, cut = self.points[: nearest + 1], self.points[nearest:], along[nearest]
        else:
            k = min(max(bisect_right(along, cut) - 1, 0), len(self.points) - 2)
            middle = self.at(fraction)
            head, tail = (*self.points[: k + 1], middle), (middle, *self.points[k + 1 :])
        return Chain(head, self.street, self.start), Chain(tail, self.street, self.start + cut)

    def bend(self, t: float) -> Point:
        """How far the chain lies beside its own chord at share `t` of its length."""
        on, chord = self.at(t), between(self.points[0], self.points[-1], t)
        return (on[0] - chord[0], on[1] - chord[1])


@dataclass(frozen=True, slots=True)
class Quad:
    """A four-sided piece; chains meet in shared corners."""

    south: Chain
    east: Chain
    north: Chain
    west: Chain

    def turned(self) -> Quad:
        """The same piece with x and y exchanged, so that a cut across becomes a cut along."""

        def turn(chain: Chain) -> Chain:
            return replace(chain, points=tuple((y, x) for x, y in chain.points))

        return Quad(turn(self.west), turn(self.north), turn(self.east), turn(self.south))

    def cut_across(
        self,
        low: float,
        high: float,
        street: int = NO_STREET,
        *,
        snap: float = 0.0,
        straight: bool = False,
        sway: float = 0.0,
    ) -> tuple[Quad, Quad]:
        """West and east parts, cut from share `low` of the south side to share `high` of the north side.

        The cut bends as the sides beside it bend, unless it is to be `straight`. `sway`: metres by which
        its middle lies aside of the straight way, as in an old town.

        >>> square = Quad(Chain(((0.0, 0.0), (4.0, 0.0))), Chain(((4.0, 0.0), (4.0, 2.0))),
        ...               Chain(((0.0, 2.0), (4.0, 2.0))), Chain(((0.0, 0.0), (0.0, 2.0))))
        >>> west, east = square.cut_across(0.25, 0.25)
        >>> west.east.points == east.west.points == ((1.0, 0.0), (1.0, 2.0))
        True
        """
        south_west, south_east = self.south.split(low, snap)
        north_west, north_east = self.north.split(high, snap)
        foot, head = south_east.points[0], north_east.points[0]
        steps = max(len(self.west.points), len(self.east.points)) - 1
        share = (low + high) / 2
        middle: list[Point] = []
        for t in (k / steps for k in range(1, steps)):
            (wx, wy), (ex, ey) = self.west.bend(t), self.east.bend(t)
            x, y = between(foot, head, t)
            middle.append((x + wx + (ex - wx) * share, y + wy + (ey - wy) * share))
        if sway:
            (x, y), reach = between(foot, head, 0.5), math.dist(foot, head)
            middle = [(x + sway * (head[1] - foot[1]) / reach, y - sway * (head[0] - foot[0]) / reach)]
        if straight or all(_offside(p, foot, head) < _STRAIGHT for p in middle):
            middle = []
        cut = Chain((foot, *middle, head), street)
        return (
            Quad(south_west, cut, north_west, self.west),
            Quad(south_east, self.east, north_east, cut),
        )

    def cut_along(
        self,
        left: float,
        right: float,
        street: int = NO_STREET,
        *,
        snap: float = 0.0,
        straight: bool = False,
        sway: float = 0.0,
    ) -> tuple[Quad, Quad]:
        """South and north parts, cut from share `left` of the west side to share `right` of the east side."""
        south, north = self.turned().cut_across(left, right, street, snap=snap, straight=straight, sway=-sway)
        return south.turned(), north.turned()

    def ring(self) -> list[Point]:
        """The outline, counter-clockwise, the first point not repeated."""
        return [
            *self.south.points[:-1],
            *self.east.points[:-1],
            *self.north.points[:0:-1],
            *self.west.points[:0:-1],
        ]

    @property
    def middle(self) -> Point:
        """Mean of the four corners."""
        corners = (self.south.points[0], self.south.points[-1], self.north.points[0], self.north.points[-1])
        return (sum(c[0] for c in corners) / 4, sum(c[1] for c in corners) / 4)


def area(ring: list[Point]) -> float:
    """Signed area of a ring in m²; counter-clockwise is positive.

    >>> area([(0.0, 0.0), (2.0, 0.0), (2.0, 3.0), (0.0, 3.0)])
    6.0
    >>> area([])
    0.0
    """
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]])) / 2


def _offside(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    return abs((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / math.hypot(dx, dy)
