"""The corners of a lot where two streets meet after widening, cut or rounded by the cadastre or not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gis.edges import Edge, same_street
from gis.lot import Lot
from gis.rays import Floats

_SAME = 1e-3  # metres: edges are built of the same corners, computed side by side
_SHARP, _SLIGHT = 30.0, 15.0  # degrees: one such turn, and no other as large, is a corner between curves
_STRAIGHT = 1.0  # degrees: a smaller turn is the noise of a survey
_CUT_TURN = 150.0  # degrees: where a boundary turns farther, what lies between is a front and no cut


@dataclass(frozen=True)
class Corner:
    """A corner of a lot between two street edges, `before` and `after` in the order of the outline.

    `vertex` is where the two street lines meet: off the lot where the corner is cut or rounded already.
    `back` and `ahead` are unit vectors from it along the two lines, `angle` the interior angle θ between
    them in degrees, `legs` the metres that an existing cut takes of each. `sure` is False where one of the
    edges may be no street.
    """

    index: int
    before: Edge
    after: Edge
    vertex: tuple[float, float]
    back: tuple[float, float]
    ahead: tuple[float, float]
    angle: float
    legs: tuple[float, float] = (0.0, 0.0)
    sure: bool = True

    @property
    def edges(self) -> tuple[Edge, Edge]:
        """Both street edges."""
        return self.before, self.after


@dataclass(frozen=True)
class Chamfer:
    """A chamfer that the law asks for: its corner, and its base in metres."""

    corner: Corner
    base: float


Place = Edge | Corner
"""Where on the boundary a rule asks."""


def corners_of(lot: Lot, cut: float) -> tuple[Corner, ...]:
    """The convex corners of a lot at which an edge on one street follows an edge on another (domain 3.7).

    A boundary between the two of at most `cut` metres, that belongs to no third street, is a corner which
    the cadastre has cut or rounded already: its vertex is where the street lines would meet. Two edges of one
    street are no corner of two streets. An edge of unknown kind may be a street: its corners are not sure.

    >>> import shapely
    >>> from gis.alignment import Street
    >>> south, east = (Street(key, key, shapely.LineString(axis), None, 8.0, None, "right_of_way")
    ...     for key, axis in (("S", [(-50, -4), (60, -4)]), ("E", [(14, -50), (14, 60)])))
    >>> def found(outline, cut):
    ...     beside = [shapely.box(-10, 0, 0, 25), shapely.box(0, 25, 10, 50)]
    ...     lot = Lot.build("P", outline, streets=[south, east], neighbours=beside)
    ...     return [(corner.vertex, round(corner.angle, 6)) for corner in corners_of(lot, cut)]
    >>> found(shapely.box(0, 0, 10, 25), 6.0)
    [((10.0, 0.0), 90.0)]
    >>> cut = shapely.Polygon([(0, 0), (8, 0), (10, 2), (10, 25), (0, 25)])
    >>> found(cut, 6.0), len(found(cut, 0.0))
    ([((10.0, 0.0), 90.0)], 0)
    >>> corners_of(Lot.build("P", shapely.box(0, 0, 10, 25), streets=[], neighbours=[]), 6.0)
    ()
    """
    follows = _following(lot.edges)
    candidates = [one for edge in lot.edges if _may_be_street(edge) for one in _from(edge, follows, cut)]
    candidates.sort(key=lambda one: -sum(edge.length for edge in one[1]))
    found: list[tuple[Edge, Sequence[Edge], Edge]] = []
    inside: set[int] = set()
    for before, between, after in candidates:
        own = {edge.index for edge in between}
        arms = {before.index, after.index}
        taken = any(own & {b.index, a.index} or arms & {e.index for e in c} for b, c, a in found)
        if not taken and not own & inside:
            found.append((before, between, after))
            inside |= own
    found.sort(key=lambda one: one[0].index)
    made = (corner for one in found if (corner := _corner(*one, cut)))
    return tuple(replace(corner, index=n) for n, corner in enumerate(made))


def _may_be_street(edge: Edge) -> bool:
    return edge.kind in {"street", "unknown"}


def _following(edges: Sequence[Edge]) -> dict[int, Edge]:
    """The edge that begins where each edge ends, by index; none after one that closes on itself."""
    if not edges:
        return {}
    starts = np.array([edge.line.coords[0] for edge in edges])
    found = {}
    for edge in edges:
        metres = np.hypot(*(starts - np.array(edge.line.coords[-1])).T)
        at = int(metres.argmin())
        if metres[at] <= _SAME and edges[at] is not edge:
            found[edge.index] = edges[at]
    return found


def _from(
    before: Edge, follows: dict[int, Edge], cut: float
) -> Iterator[tuple[Edge, tuple[Edge, ...], Edge]]:
    """Each way from a street edge to one of another street, over at most `cut` metres of boundary between."""
    between: tuple[Edge, ...] = ()
    after = follows.get(before.index)
    while after is not None and after is not before and _may_be_street(after):
        two = "unknown" in {before.kind, after.kind} or not same_street(before.street, after.street)
        one_is = "street" in {before.kind, after.kind}
        own = all(_of_these(edge, before, after) for edge in between)
        if two and one_is and own:
            yield before, between, after
        between = (*between, after)
        if sum(edge.length for edge in between) > cut:
            return
        after = follows.get(after.index)


def _of_these(edge: Edge, before: Edge, after: Edge) -> bool:
    """Whether an edge between two others has no street of its own."""
    return edge.street is None or any(same_street(edge.street, one.street) for one in (before, after))


def _corner(before: Edge, between: Sequence[Edge], after: Edge, cut: float) -> Corner | None:
    """The corner between two edges; None where the boundary does not turn inwards around it."""
    points = np.concatenate([np.array(edge.line.coords) for edge in (before, *between, after)])
    apart = np.hypot(*np.diff(points, axis=0).T) > _SAME
    points = points[np.concatenate(([True], apart))]
    first = len(before.line.coords) - 1
    last = len(points) - len(after.line.coords)
    left = cut - math.fsum(edge.length for edge in between)
    i, left = _back_to_arm(points[: first + 1], left)
    j = len(points) - 1 - _back_to_arm(points[last:][::-1], left)[0]
    found = _between(before, after, points, i, j)
    if found is None and (i, j) != (first, last):
        found = _between(before, after, points, first, last)
    return found


def _back_to_arm(points: Floats, left: float) -> tuple[int, float]:
    """Where the straight part of an edge ends, the short chords of a rounding left out, and what is left."""
    metres = np.hypot(*np.diff(points, axis=0).T)
    at = len(metres)
    while at > 1 and metres[at - 1] <= left and metres[at - 1] < metres.max():
        left -= float(metres[at - 1])
        at -= 1
    return at, left


def _between(before: Edge, after: Edge, points: Floats, i: int, j: int) -> Corner | None:
    """The corner of the line that ends at point `i` and the line that begins at point `j`."""
    ways = np.diff(points[i - 1 : j + 2], axis=0)
    ways = ways / np.hypot(ways[:, 0], ways[:, 1])[:, None]
    cross = ways[:-1, 0] * ways[1:, 1] - ways[:-1, 1] * ways[1:, 0]
    turns = np.degrees(np.arctan2(cross, (ways[:-1] * ways[1:]).sum(axis=1)))
    total = float(turns.sum())
    if turns.min() < -_STRAIGHT or not _STRAIGHT < total < 180.0 or (j > i and total >= _CUT_TURN):
        return None
    sharp = int(turns.argmax())
    if turns[sharp] >= _SHARP and np.delete(turns, sharp).max(initial=0.0) < _SLIGHT:
        vertex, into, away = points[i + sharp], ways[sharp], ways[sharp + 1]
        legs = (0.0, 0.0)
    else:
        into, away = ways[0], ways[-1]
        apart = points[j] - points[i]
        turned = into[0] * away[1] - into[1] * away[0]
        reach = float(apart[0] * away[1] - apart[1] * away[0]) / float(turned)
        vertex = points[i] + into * reach
        legs = (reach, float(np.hypot(*(points[j] - vertex))))
    turn = math.degrees(math.atan2(into[0] * away[1] - into[1] * away[0], float(into @ away)))
    x, y = (float(n) for n in vertex)
    back, ahead = (-float(into[0]), -float(into[1])), (float(away[0]), float(away[1]))
    sure = before.kind == after.kind == "street"
    return Corner(0, before, after, (x, y), back, ahead, 180.0 - turn, legs, sure)
