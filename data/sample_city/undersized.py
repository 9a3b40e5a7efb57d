"""Lots too small to be built on by today's law: along old lanes, from before there was a least size."""

from __future__ import annotations

import math

from data.sample_city.quad import Point, area, between
from data.sample_city.rows import LARGEST, Lot

SIZE = 92.0
"""Square metres of such a lot; the law of the sample book begins at 100."""
_FRONT = 6.6  # metres of front that it keeps: the least frontage is not what is wrong with it
_STRAIGHT = 1e-7  # metres


def with_undersized(lots: list[Lot]) -> list[Lot]:
    """The lots of a block with one made undersized, its other land added to the neighbour; or as they are.

    Only the line between two plain lots that face east or west is moved: their number, their order and every
    other lot stay.
    """
    for k in range(len(lots) - 1):
        first, second = lots[k], lots[k + 1]
        if not _neighbours(first, second):
            continue
        a, b, c, d = first.corners
        _, right, behind, _ = second.corners
        share = SIZE / abs(area(first.ring))
        front, rear = between(a, b, share), between(d, c, share)
        small, rest = [a, front, rear, d], [front, right, behind, rear]
        if (
            share < 1
            and math.dist(a, front) >= _FRONT
            and abs(area(small)) < 99
            and abs(area(rest)) < LARGEST
            and _on(b, front, right)
            and _on(c, rear, behind)
        ):
            made = first._replace(ring=small, corners=(a, front, rear, d), shape="undersized")
            other = second._replace(ring=rest, corners=(front, right, behind, rear))
            return [*lots[:k], made, other, *lots[k + 2 :]]
    return lots


def _neighbours(first: Lot, second: Lot) -> bool:
    """Whether two plain lots of one row have a side in common, the second to the right of the first."""
    return (
        all(lot.shape == "regular" and len(lot.ring) == 4 and not lot.use for lot in (first, second))
        and first.facing in "EW"
        and (first.front, first.facing) == (second.front, second.facing)
        and first.corners[1:3] == (second.corners[0], second.corners[3])
    )


def _on(point: Point, a: Point, b: Point) -> bool:
    """Whether a point lies on the straight line between two others."""
    off = (point[0] - a[0]) * (b[1] - a[1]) - (point[1] - a[1]) * (b[0] - a[0])
    return abs(off) <= _STRAIGHT * math.dist(a, b)
