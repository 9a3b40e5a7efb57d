"""The streets that a division makes: how wide at their narrowest, and how long where they are dead ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely
from shapely import LineString

from gis.alignment import SNAP
from gis.lot import Lot
from gis.outline import Sides, sides_of
from gis.overlay import intersection, union_all
from gis.rays import Floats

_PARALLEL = math.cos(math.radians(10.0))
"""Two opposite sides of a street are a pair when they run less than 10° apart."""
_ROUND = 1e-4
"""Metres within which the inscribed circle is found."""


@dataclass(frozen=True)
class Strip:
    """A street drawn as a strip: its two sides from end to end, and whether it ends before other land.

    `width`: metres between the two sides where they are nearest: what can pass. `length`: metres along the
    middle from the mouth to the end.
    """

    width: float
    length: float
    dead_end: bool
    narrowest: LineString
    middle: LineString


@dataclass(frozen=True)
class NewStreet:
    """A street that a division makes; `strip` None where its shape has no two sides that one could name."""

    lot: Lot
    strip: Strip | None

    @property
    def widest(self) -> float:
        """Metres across the largest circle inside: nowhere is it wider, by its own outline."""
        circle = shapely.maximum_inscribed_circle(self.lot.after, tolerance=_ROUND)
        return float(2 * (circle.length + _ROUND)) if not circle.is_empty else 0.0

    @property
    def reach(self) -> float:
        """Metres from its mouths to its farthest corner as the crow flies: it is at least so long."""
        mouths = [edge.line for edge in self.lot.edges if edge.kind == "street"]
        corners = shapely.points(shapely.get_coordinates(self.lot.after))
        return float(shapely.distance(corners, union_all(mouths)).max()) if mouths else 0.0


def new_street_of(lot: Lot) -> NewStreet:
    """A new street as a lot of its own, whose street edges are its mouths on other streets."""
    return NewStreet(lot, strip_of(lot))


def strip_of(lot: Lot) -> Strip | None:
    """The two sides of a new street between its mouth and its end, or between its two mouths (domain 3.7).

    Named where one can: a single ring without holes, one mouth and an odd number of other sides, or two
    mouths with equally many sides between them, the sides opposite each other less than 10° apart (the pair
    at a mouth may splay towards it). None for a turning circle, a hammerhead, a street that forks.

    >>> from gis.alignment import Street
    >>> axis = shapely.LineString([(-50, -3), (60, -3)])
    >>> street = Street("S", "", axis, None, 6.0, None, "right_of_way")
    >>> around = [shapely.box(-9, 0, 0, 70), shapely.box(8, 0, 20, 70), shapely.box(0, 60, 8, 70)]
    >>> strip = strip_of(Lot.build("A", shapely.box(0, 0, 8, 60), streets=[street], neighbours=around))
    >>> strip.width, strip.length, strip.dead_end
    (8.0, 60.0, True)
    >>> strip_of(Lot.build("A", shapely.box(0, 0, 8, 60), streets=[], neighbours=[])) is None
    True
    """
    sides = sides_of(lot.after)
    if not len(sides) or sides.ring.max() > 0:
        return None
    order = _from_mouth(sides, lot)
    if order is None:
        return None
    mouth, runs = order
    if len(runs) == 2:
        rest = runs[1]
        if len(rest) % 2 == 0:
            return None
        half = len(rest) // 2
        left, right, dead_end = rest[:half], rest[half + 1 :], True
    elif len(runs) == 4 and len(runs[1]) == len(runs[3]):
        left, right, dead_end = runs[1], runs[3], False
    else:
        return None
    if not left or not _opposite(sides, mouth, left, right[::-1], dead_end=dead_end):
        return None
    return _strip(sides, left, right, dead_end=dead_end)


def _from_mouth(sides: Sides, lot: Lot) -> tuple[list[int], list[list[int]]] | None:
    """The sides in runs, mouth and other by turns, a mouth first; None where a side is partly a mouth."""
    mouths = [edge.line for edge in lot.edges if edge.kind == "street"]
    if not mouths or any(edge.kind == "unknown" for edge in lot.edges if edge.evidence == "none"):
        return None
    land = union_all(mouths).buffer(SNAP)
    lines = shapely.linestrings(np.stack((sides.start, sides.end), axis=1))
    shares = np.array([intersection(line, land).length for line in lines]) / sides.length
    is_mouth = shares > 0.5
    if np.any((shares > SNAP) & (shares < 1 - SNAP) & (sides.length > 4 * SNAP)) or is_mouth.all():
        return None
    n = len(sides)
    first = next(i for i in range(n) if is_mouth[i] and not is_mouth[i - 1])
    turned = [(first + i) % n for i in range(n)]
    runs = [list(group) for _, group in groupby(turned, key=lambda i: bool(is_mouth[i]))]
    return runs[0], runs


def _opposite(sides: Sides, mouth: list[int], left: list[int], right: list[int], *, dead_end: bool) -> bool:
    """Whether the sides of the left run each have their pair in the right one, from the mouth on."""
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        apart = float(sides.direction[a] @ -sides.direction[b])
        inner = float(np.hypot(*(sides.end[a] - sides.start[b])))
        splay = n in ({0} if dead_end else {0, len(left) - 1}) and len(left) > 1
        wide = inner < sides.length[mouth].sum() or not dead_end
        if apart < _PARALLEL and not (splay and wide and apart > 0):
            return False
    return True


def _strip(sides: Sides, left: list[int], right: list[int], *, dead_end: bool) -> Strip:
    one = np.vstack((sides.start[left[:1]], sides.end[left]))
    other = np.vstack((sides.end[right[-1:]], sides.start[right[::-1]]))
    narrowest: LineString = shapely.shortest_line(LineString(one), LineString(other))
    middle = LineString(_middle(one, other))
    return Strip(float(narrowest.length), float(middle.length), dead_end, narrowest, middle)


def _middle(one: Floats, other: Floats) -> Floats:
    between: Floats = (one + other) / 2
    return between
