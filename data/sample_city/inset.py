"""A block: what is left of a piece between street axes when half of every street is taken off, exactly."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from data.sample_city.quad import Chain, Point, Quad

_PARALLEL = 1e-5  # sine of the angle below which two lines count as one direction
_SHORTEST = 0.05  # metres: an edge of a block is not shorter


class _Side(NamedTuple):
    """A line of the outline: a point on it, its unit direction, and the chain (0–3) it belongs to."""

    x: float
    y: float
    dx: float
    dy: float
    chain: int


Four = tuple[float, float, float, float]
Courses = tuple[tuple[Point, ...], tuple[Point, ...], tuple[Point, ...], tuple[Point, ...]]


def inset(piece: Quad, half_widths: Four, courses: Courses | None = None) -> Quad | None:
    """The piece moved in from its south, east, north and west sides by these metres; None if nothing is left.

    Every edge of the result is parallel to its axis at exactly the half width, corners are mitred. An edge
    that the corners swallow is dropped. `courses`: the axes of the four sides as they run on
    beyond the piece;
    where a street bends near its corner, the block keeps off the street's next stretch too.

    >>> square = Quad(Chain(((0.0, 0.0), (40.0, 0.0))), Chain(((40.0, 0.0), (40.0, 20.0))),
    ...               Chain(((0.0, 20.0), (40.0, 20.0))), Chain(((0.0, 0.0), (0.0, 20.0))))
    >>> inset(square, (3.0, 4.0, 5.0, 6.0)).ring()
    [(6.0, 3.0), (36.0, 3.0), (36.0, 15.0), (6.0, 15.0)]
    >>> inset(square, (12.0, 4.0, 12.0, 4.0)) is None
    True
    """
    chains = (piece.south, piece.east, piece.north, piece.west)
    lines = courses or tuple(chain.points for chain in chains)
    sides = [
        side
        for index, (line, half) in enumerate(zip(lines, half_widths, strict=True))
        for side in _moved(line, index, half)
    ]
    while True:
        corners = [_meet(sides[i - 1], sides[i]) for i in range(len(sides))]
        worst, shortest = -1, _SHORTEST
        for i, side in enumerate(sides):
            (ax, ay), (bx, by) = corners[i], corners[(i + 1) % len(sides)]
            forward = (bx - ax) * side.dx + (by - ay) * side.dy
            if forward < shortest:
                worst, shortest = i, forward
        if worst < 0:
            break
        if sum(side.chain == sides[worst].chain for side in sides) == 1:
            return None
        del sides[worst]
    return _as_quad(sides, corners, chains)


def _moved(line: tuple[Point, ...], index: int, half: float) -> list[_Side]:
    """The pieces of one side in the outline's direction, moved to the inside (left) by `half`."""
    points = line if index < 2 else line[::-1]
    sides = []
    for (ax, ay), (bx, by) in pairwise(points):
        length = math.hypot(bx - ax, by - ay)
        dx, dy = (bx - ax) / length, (by - ay) / length
        sides.append(_Side(ax - dy * half, ay + dx * half, dx, dy, index))
    return sides


def _meet(a: _Side, b: _Side) -> Point:
    turn = a.dx * b.dy - a.dy * b.dx
    if abs(turn) < _PARALLEL:
        return (b.x, b.y)
    t = ((b.x - a.x) * b.dy - (b.y - a.y) * b.dx) / turn
    return (a.x + a.dx * t, a.y + a.dy * t)


def _as_quad(sides: list[_Side], corners: list[Point], chains: tuple[Chain, Chain, Chain, Chain]) -> Quad:
    made = []
    for index, chain in enumerate(chains):
        members = [i for i, side in enumerate(sides) if side.chain == index]
        points = [corners[i] for i in members] + [corners[(members[-1] + 1) % len(sides)]]
        made.append(Chain(tuple(points if index < 2 else points[::-1]), chain.street, chain.start))
    return Quad(*made)
