"""What lies before each stretch of a lot's boundary: a street, another parcel, or nothing that is known.

Every stretch looks straight outward from its middle. In this order:

* street land just outside (approved right of way, or a parcel that is itself street): a street edge;
* another parcel at once (within the tolerance): a neighbour edge;
* across free space, an axis that the look crosses before any parcel: a street edge by the **gap**. The gap up
  to the opposite parcel, measured square to the axis, is the width of the street where no width is given;
* the end of a dead-end axis right ahead: a street edge by the gap, with less confidence and no width;
* else no evidence. Free space is only free where the parcel layer is complete: elsewhere no gap is read.

Confidence, from 0 to 1: 1 right-of-way polygon, street parcel with an axis, touching parcel, or officer;
0.95 axis with a right-of-way width; 0.8 a parcel across a sliver within the tolerance or lying over the
boundary, or a street parcel without an axis ahead; gap 0.9 with an opposite parcel, 0.7 without, 0.5 where
the axis is displaced into a parcel, times the cosine of the look's skew to the axis; 0.5 dead end; 0 none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP, Street
from gis.looks import GAP_REACH, Ahead, Looks, look_ahead, touches
from gis.outline import Sides, cut_places, stretches
from gis.rays import (
    Flags,
    Floats,
    Ints,
    Segments,
    covered,
    crossings,
    first_crossing,
    nearest_points,
    segments_of,
)

Before = Literal["street", "neighbour", "unknown"]
EdgeEvidence = Literal["right_of_way", "axis_width", "gap", "neighbour", "officer", "none"]

DEAD_END_REACH = 15.0
"""Metres from a lot to the end of the axis of a dead-end street."""
ROW_SLACK = 2.0
"""Metres that free ground may lie between a lot and an approved right of way and still be its street."""
STEP = 2.0
"""Metres between two looks across free space."""
SHORTEST = 0.01
"""Metres. No stretch is shorter."""
BLOCK, LOOKS = 64, 400
"""Sides looked at together, and the most looks along their free parts: longer sides get longer steps."""


@dataclass(frozen=True)
class Around:
    """Everything near a lot that its edges can rest on; `lands` are the rights of way by street key."""

    streets: Sequence[Street]
    lands: Mapping[str, BaseGeometry]
    neighbours: Sequence[Polygon | MultiPolygon]
    street_land: Sequence[Polygon | MultiPolygon]
    parcels_complete: bool
    tolerance: float


@dataclass(frozen=True)
class Stretch:
    """A piece of one side, `begin`..`end` metres from the side's start, with what lies before it.

    `correction` is the number of the officer's correction that stands over the evidence.
    """

    side: int
    begin: float
    end: float
    before: Before
    evidence: EdgeEvidence
    street: Street | None
    width: float | None
    confidence: float
    correction: int | None = None

    @property
    def length(self) -> float:
        """Metres."""
        return self.end - self.begin


def look_around(sides: Sides, around: Around, marks: Sequence[BaseGeometry] = ()) -> list[Stretch]:
    """The boundary in stretches, each with what lies before it, in the order of `sides`.

    `marks` are further shapes at whose corners the boundary is to be cut (officers' corrections).
    """
    parcels = segments_of(around.neighbours)
    walls = parcels.joined(sides.segments)
    axes = segments_of([street.axis for street in around.streets])
    borders = segments_of([*around.lands.values(), *around.street_land, *marks])
    looked: list[Stretch] = []
    for first in range(0, len(sides), BLOCK):
        block = sides.part(first, first + BLOCK)
        near_axes, near_walls = block.surroundings(axes, GAP_REACH), block.surroundings(walls, GAP_REACH)
        close = block.surroundings(parcels, 1.0 + around.tolerance)
        marked = close.joined(block.surroundings(borders, 1.0 + around.tolerance))
        looks = _looks(block, around, close, parcels, marked)
        ahead = look_ahead(looks, near_axes, near_walls, around.tolerance)
        _by_right_of_way(looks, around)
        _by_street_parcel(looks, around, near_axes, ahead)
        looks.settle(touches(looks, close, SNAP), "neighbour", "neighbour", 1.0)
        looks.settle(touches(looks, close, around.tolerance), "neighbour", "neighbour", 0.8)
        looks.settle(covered(looks.origin, parcels), "neighbour", "neighbour", 0.8)
        if around.parcels_complete and len(near_axes):
            _by_gap(looks, around, ahead)
            _by_dead_end(looks, around, near_axes, near_walls)
        looked.extend(_stretches(looks, around.streets, first))
    return looked


def _stretches(looks: Looks, streets: Sequence[Street], first: int) -> list[Stretch]:
    """The settled looks as values; `first` is the number of the block's first side."""
    return [
        Stretch(
            side=int(looks.side[i]) + first,
            begin=float(looks.begin[i]),
            end=float(looks.end[i]),
            before=looks.before[i],
            evidence=looks.evidence[i],
            street=streets[looks.street[i]] if looks.street[i] >= 0 else None,
            width=float(looks.width[i]) if np.isfinite(looks.width[i]) else None,
            confidence=float(looks.confidence[i]),
        )
        for i in range(len(looks))
    ]


def _looks(sides: Sides, around: Around, close: Segments, parcels: Segments, marks: Segments) -> Looks:
    """Cut the boundary where its surroundings change, and the free parts of it every STEP metres."""
    cut_side, cut_at = cut_places(sides, marks, max(around.tolerance, SNAP))
    side, begin, end = stretches(sides, cut_side, cut_at, SHORTEST)
    first = Looks(sides, side, begin, end)
    free = ~(touches(first, close, around.tolerance) | covered(first.origin, parcels))
    step = max(STEP, float((end - begin)[free].sum()) / LOOKS)
    for s, a, b in zip(side[free], begin[free], end[free], strict=True):
        places = np.linspace(a, b, int(np.ceil((b - a) / step)) + 1)[1:-1]
        cut_side = np.concatenate((cut_side, np.full(len(places), s, dtype=np.intp)))
        cut_at = np.concatenate((cut_at, places))
    return Looks(sides, *stretches(sides, cut_side, cut_at, SHORTEST))


def _by_right_of_way(looks: Looks, around: Around) -> None:
    """Street edges on approved street land: the wider street first where two meet."""
    outside = looks.outside
    box = shapely.box(*outside.min(axis=0), *outside.max(axis=0))
    wider_first = sorted(
        enumerate(around.streets), key=lambda item: (-(item[1].law_width or 0.0), item[1].key)
    )
    for number, street in wider_first:
        land = around.lands.get(street.key)
        if land is None or not shapely.intersects(land, box):
            continue
        shapely.prepare(land)
        found = shapely.contains_xy(land, outside)
        width: Floats | float = np.nan
        if street.law_width is None and found.any():
            width = first_crossing(crossings(looks.origin, looks.outward, segments_of([land])), 2 * SNAP)[0]
        drawn = street.right_of_way is not None
        evidence, confidence = ("right_of_way", 1.0) if drawn else ("axis_width", 0.95)
        looks.settle(found, "street", evidence, confidence, street=number, width=width)


def _by_street_parcel(looks: Looks, around: Around, axes: Segments, ahead: Ahead) -> None:
    """Street edges on parcels that are street; the street is the one whose axis lies ahead.

    Where none does (beside the head of a dead end) it is the nearest that runs in the parcel, without width.
    """
    outside = looks.outside + looks.outward * around.tolerance
    box = shapely.box(*outside.min(axis=0), *outside.max(axis=0))
    for land in around.street_land:
        if not shapely.intersects(land, box):
            continue
        shapely.prepare(land)
        found = shapely.contains_xy(land, outside)
        seen = found & ahead.sure
        looks.settle(seen, "street", "right_of_way", 1.0, street=ahead.owner, width=ahead.width)
        inside = [n for n in np.unique(axes.owner) if shapely.intersects(land, around.streets[n].axis)]
        own = axes.of(np.isin(axes.owner, inside))
        nearest: Ints | int = -1
        if len(own):
            toward = nearest_points(looks.origin, own) - looks.origin[:, None, :]
            nearest = own.owner[np.argmin((toward**2).sum(axis=2), axis=1)]
        looks.settle(found, "street", "right_of_way", 0.8, street=nearest)


def _by_gap(looks: Looks, around: Around, ahead: Ahead) -> None:
    """Street edges that see an axis across free space."""
    seen = _before_its_land(looks, around, np.isfinite(ahead.axis), ahead.owner)
    open_end = ahead.opposite > GAP_REACH
    confidence = np.where(ahead.sure, np.where(open_end, 0.7, 0.9), 0.5) * ahead.square
    looks.settle(seen, "street", "gap", confidence, street=ahead.owner, width=ahead.width)


def _before_its_land(looks: Looks, around: Around, seen: Flags, owner: Ints) -> Flags:
    """Those `seen` with the approved land of their street, where it is known, no farther than ROW_SLACK."""
    near = seen.copy()
    for number in np.unique(owner[seen]).tolist():
        land = around.lands.get(around.streets[number].key)
        if land is not None:
            own = seen & (owner == number)
            near[own] = shapely.dwithin(shapely.points(looks.origin[own]), land, ROW_SLACK + 1e-6)
    return near


def _by_dead_end(looks: Looks, around: Around, axes: Segments, walls: Segments) -> None:
    """Street edges that have the end of an axis right ahead, nearer than DEAD_END_REACH."""
    rest: Ints = np.flatnonzero(looks.evidence == "none").astype(np.intp)
    if len(rest) == 0:
        return
    origin = looks.origin[rest]
    toward = nearest_points(origin, axes) - origin[:, None, :]
    metres = np.hypot(toward[:, :, 0], toward[:, :, 1])
    nearest = np.argmin(metres, axis=1)
    rows = np.arange(len(rest))
    distance = np.maximum(metres[rows, nearest], SNAP)
    direction = toward[rows, nearest] / distance[:, None]
    square = (direction * looks.outward[rest]).sum(axis=1) >= 0.5
    hidden = first_crossing(crossings(origin, direction, walls), SNAP)[0] < distance
    found = np.zeros(len(looks), dtype=np.bool_)
    found[rest] = square & ~hidden & (distance <= DEAD_END_REACH)
    owner = np.zeros(len(looks), dtype=np.intp)
    owner[rest] = axes.owner[nearest]
    found = _before_its_land(looks, around, found, owner)
    looks.settle(found, "street", "gap", 0.5, street=owner)
