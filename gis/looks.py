"""Looks: from the middle of every stretch of a lot's boundary straight outward, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gis.alignment import SNAP
from gis.outline import Sides
from gis.rays import Flags, Floats, Ints, Segments, crossings, first_crossing

AXIS_REACH = 40.0
"""Metres from a lot to an axis across free space: the half of an 80 m arterial."""
AXIS_ERROR = 3.0
"""Metres by which the axis of a base map may miss its street (2.5 m is what such maps declare)."""
GAP_REACH = 100.0
"""Metres: the widest street whose gap is measured."""
ASKEW = 0.707
"""Cosine of the skew (45°) beyond which a look across a street measures no width."""


class Looks:
    """One look per stretch, and the evidence that it settles on: the first that is found stays."""

    def __init__(self, sides: Sides, side: Ints, begin: Floats, end: Floats) -> None:
        self.side, self.begin, self.end = side, begin, end
        self.outward = sides.outward[side]
        self.origin = sides.start[side] + sides.direction[side] * ((begin + end) / 2)[:, None]
        count = len(side)
        self.before = np.full(count, "unknown", dtype=object)
        self.evidence = np.full(count, "none", dtype=object)
        self.street = np.full(count, -1, dtype=np.intp)
        self.width = np.full(count, np.nan)
        self.confidence = np.zeros(count)

    def __len__(self) -> int:
        return len(self.side)

    @property
    def outside(self) -> Floats:
        """Points just outside the boundary, past the noise of two surveys."""
        points: Floats = self.origin + self.outward * (SNAP + 0.01)
        return points

    def settle(
        self,
        where: Flags,
        before: str,
        evidence: str,
        confidence: float | Floats,
        *,
        street: Ints | int = -1,
        width: Floats | float = np.nan,
    ) -> None:
        """Write the evidence of those stretches `where` it is found that have none yet."""
        where = where & (self.evidence == "none")
        self.before[where] = before
        self.evidence[where] = evidence
        self.confidence[where] = np.broadcast_to(confidence, len(self))[where]
        self.street[where] = np.broadcast_to(street, len(self))[where]
        self.width[where] = np.broadcast_to(width, len(self))[where]


@dataclass(frozen=True)
class Ahead:
    """What each look meets: the next parcel and the first axis that none hides, metres (inf: nothing).

    `axis` is the distance to the axis, `owner` the number of its street, `square` the cosine of the look's
    skew to it (1: straight across), `opposite` the distance to the next parcel, or to the lot itself across a
    notch. `sure` is False where the axis lies up to AXIS_ERROR behind the boundary or in the parcel opposite.
    """

    axis: Floats
    owner: Ints
    square: Floats
    opposite: Floats
    sure: Flags

    @property
    def width(self) -> Floats:
        """Metres between the parcels on both sides, square to the axis.

        NaN where one side is open, or the look more than 45° askew (a junction, the head of a dead end).
        """
        closed = (self.opposite <= GAP_REACH) & (self.square >= ASKEW)
        metres: Floats = np.where(closed, np.where(closed, self.opposite, 0.0) * self.square, np.nan)
        return metres


def look_ahead(looks: Looks, axes: Segments, walls: Segments, tolerance: float) -> Ahead:
    """Look from every stretch to the nearest wall (parcels and the lot itself) and the axes before it."""
    opposite = first_crossing(crossings(looks.origin, looks.outward, walls), max(tolerance, SNAP))[0]
    count = len(looks)
    if len(axes) == 0:
        nothing = np.full(count, np.inf)
        return Ahead(
            nothing, np.zeros(count, dtype=np.intp), np.ones(count), opposite, np.zeros(count, dtype=np.bool_)
        )
    t = crossings(looks.origin, looks.outward, axes)
    at, index = first_crossing(t, 0.0)
    sure = (at <= AXIS_REACH) & (at < opposite)
    # a displaced axis counts only beside room for a street
    displaced, displaced_index = first_crossing(t, -AXIS_ERROR)
    near = (opposite >= AXIS_ERROR) & (displaced <= AXIS_REACH) & (displaced < opposite + AXIS_ERROR)
    at = np.where(sure, at, np.where(near, displaced, np.inf))
    index = np.where(sure, index, displaced_index)
    along = axes.direction[index]
    square = np.abs(looks.outward[:, 0] * along[:, 1] - looks.outward[:, 1] * along[:, 0])
    at[~sure & (square < ASKEW)] = np.inf
    return Ahead(at, axes.owner[index], square, opposite, sure)


def touches(looks: Looks, parcels: Segments, tolerance: float) -> Flags:
    """Another parcel begins within the tolerance before or behind the middle of the stretch."""
    t = crossings(looks.origin, looks.outward, parcels)
    touched: Flags = np.asarray((np.abs(t) <= tolerance).any(axis=1))
    return touched
