"""Lots that are no plain rectangles: through lots, flags, L-shapes, and the few without a street."""

from __future__ import annotations

import numpy as np

from data.sample_city.quad import NO_STREET, Point, area, between
from data.sample_city.rows import LARGEST, SMALLEST, Lot

_POLE = 3.5  # metres: width of a flag lot's way to the street
_JOINED, _FLAG, _CORNER_L, _LANDLOCKED = 0.08, 0.12, 0.3, 0.003


def joined(lower: list[Lot], upper: list[Lot], rng: np.random.Generator) -> tuple[list[Lot], list[Lot]]:
    """Rows back to back in which a few pairs with one rear line became one lot from street to street."""
    behind = {(lot.corners[3], lot.corners[2]): k for k, lot in enumerate(upper)}
    taken: set[int] = set()
    made: list[Lot] = []
    for lot in lower:
        k = behind.get((lot.corners[3], lot.corners[2]))
        if k is None or rng.random() > _JOINED or not _plain(lot) or not _plain(upper[k]):
            made.append(lot)
            continue
        a, b, c, d = lot.corners
        e, f, _, _ = upper[k].corners
        ring = [a, b, c, f, e, d]
        if abs(area(ring)) > LARGEST:
            made.append(lot)
            continue
        taken.add(k)
        made.append(lot._replace(ring=ring, corners=(a, b, f, e), shape="through", rear=upper[k].front))
    return made, [lot for k, lot in enumerate(upper) if k not in taken]


def varied(lot: Lot, rng: np.random.Generator) -> list[Lot]:
    """The lot, or the two lots into which it was once divided."""
    size = abs(area(lot.ring))
    if lot.use or lot.shape == "through" or not _plain(lot) or size < 2.15 * SMALLEST:
        return [lot]
    chance = rng.random()
    front = _distance(lot.corners[0], lot.corners[1])
    if chance < _LANDLOCKED:
        return _land_locked(lot)
    if lot.shape == "corner" and chance < _CORNER_L + _LANDLOCKED and front > 12:
        return _corner_l(lot)
    if lot.shape == "regular" and chance < _FLAG and front > 14.5:
        return _flag(lot)
    return [lot]


def _flag(lot: Lot) -> list[Lot]:
    """A lot behind another, with a way along the left side."""
    a, b, c, d = lot.corners
    u, v = _POLE / _distance(a, b), 0.5
    foot, hinge, right = between(a, b, u), _inner(lot, u, v), between(b, c, v)
    flag = [a, foot, hinge, right, c, d]
    front = [foot, b, right, hinge]
    if min(abs(area(flag)), abs(area(front))) < SMALLEST:
        return [lot]
    return [
        lot._replace(ring=flag, shape="flag"),
        lot._replace(ring=front, corners=(foot, b, right, hinge)),
    ]


def _corner_l(lot: Lot) -> list[Lot]:
    """A small lot on the side street cut out of a corner lot; the rest is an L."""
    a, b, c, d = lot.corners
    u, v = 0.52, 0.48
    if lot.left != NO_STREET and lot.right == NO_STREET:
        side, hinge, rear = between(a, d, v), _inner(lot, u, v), between(d, c, u)
        small, rest = [side, hinge, rear, d], [a, b, c, rear, hinge, side]
        corners, street = (d, side, hinge, rear), lot.left
    elif lot.right != NO_STREET and lot.left == NO_STREET:
        side, hinge, rear = between(b, c, v), _inner(lot, 1 - u, v), between(c, d, u)
        small, rest = [side, c, rear, hinge], [a, b, side, hinge, rear, d]
        corners, street = (side, c, rear, hinge), lot.right
    else:
        return [lot]
    if min(abs(area(small)), abs(area(rest))) < SMALLEST:
        return [lot]
    facing = _beside(lot, left=street == lot.left)
    return [
        lot._replace(ring=rest, shape="l_shape"),
        Lot(small, corners, street, NO_STREET, NO_STREET, facing),
    ]


def _land_locked(lot: Lot) -> list[Lot]:
    """The rear half sold off without a way to the street."""
    if lot.shape != "regular":
        return [lot]
    a, b, c, d = lot.corners
    left, right = between(a, d, 0.5), between(b, c, 0.5)
    halves = [[a, b, right, left], [left, right, c, d]]
    if min(abs(area(half)) for half in halves) < SMALLEST:
        return [lot]
    return [
        lot._replace(ring=halves[0], corners=(a, b, right, left)),
        lot._replace(ring=halves[1], corners=(left, right, c, d), front=NO_STREET, shape="land_locked"),
    ]


def _plain(lot: Lot) -> bool:
    return len(lot.ring) == 4 and lot.shape in ("regular", "corner")


def _inner(lot: Lot, u: float, v: float) -> Point:
    a, b, c, d = lot.corners
    return between(between(a, b, u), between(d, c, u), v)


def _distance(a: Point, b: Point) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def _beside(lot: Lot, left: bool) -> str:
    """The facing of a lot on the side street to the left or right of this one."""
    if lot.facing in "SN":
        return "W" if left else "E"
    return "S" if left else "N"
