"""What lies before each stretch of a lot's boundary: a street, another parcel, or nothing that is known.

Every stretch looks straight outward from its middle. In this order:

* street land just outside (approved right of way, or a parcel that is itself street): a street edge;
* another parcel at once (within the tolerance): a neighbour edge;
* across free space, an axis that the look crosses before any parcel: a street edge by the **gap**. The gap up
  to the opposite parcel, measured square to the axis, is the width of the street where no width is given;
* the end of a dead-end axis right ahead: a street edge by the gap, with less confidence and no width;
* else no evidence. Free space is only free where the parcel layer is complete: elsewhere no gap is read.

Confidence, from 0 to 1: 1 right-of-way polygon, street parcel with an axis, touching parcel, or officer;
0.95 axis with a right-of-way width; 0.8 a parcel across a sliver within the tolerance, or a street parcel
without an axis; gap 0.9 with an opposite parcel, 0.7 without, times the cosine of the look's skew to the
axis; 0.5 dead end; 0 no evidence.
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

EdgeEvidence = Literal["right_of_way", "axis_width", "gap", "neighbour", "officer", "none"]

AXIS_REACH = 40.0
"""Metres from a lot to an axis across free space: the half of an 80 m arterial."""
GAP_REACH = 100.0
"""Metres: the widest street whose gap is measured."""
DEAD_END_REACH = 15.0
"""Metres from a lot to the end of the axis of a dead-end street."""
ROW_SLACK = 2.0
"""Metres that free ground may lie between a lot and an approved right of way and still be its street."""
STEP = 2.0
"""Metres between two looks across free space."""
SHORTEST = 0.01
"""Metres. No stretch is shorter."""
LOOKS = 400
"""The most looks along the free boundary of one lot: a large lot is looked at in longer steps."""


@dataclass(frozen=True)
class Around:
    """Everything near a lot that its edges can rest on."""

    streets: Sequence[Street]
    lands: Mapping[str, BaseGeometry]
    neighbours: Sequence[Polygon | MultiPolygon]
    street_land: Sequence[Polygon | MultiPolygon]
    parcels_complete: bool
    tolerance: float


@dataclass(frozen=True)
class Stretch:
    """A piece of one side, `begin`..`end` metres from the side's start, with what lies before it."""

    side: int
    begin: float
    end: float
    before: Literal["street", "neighbour", "unknown"]
    evidence: EdgeEvidence
    street: Street | None
    width: float | None
    confidence: float
    correction: int | None = None

    @property
    def length(self) -> float:
        """Metres."""
        return self.end - self.begin


class _Looks:
    """One look per stretch: the arrays that are filled step by step, each stretch by its first evidence."""

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
        """Write the evidence of the stretches `where` that have none yet."""
        where = where & (self.evidence == "none")
        self.before[where] = before
        self.evidence[where] = evidence
        for column, value in ((self.confidence, confidence), (self.street, street), (self.width, width)):
            column[where] = value if np.ndim(value) == 0 else np.asarray(value)[where]


def look_around(sides: Sides, around: Around, marks: Sequence[BaseGeometry] = ()) -> list[Stretch]:
    """The boundary in stretches, each with what lies before it, in the order of `sides`.

    `marks` are further shapes at whose corners the boundary is to be cut (officers' corrections).
    """
    if len(sides) == 0:
        return []
    parcels = _near(segments_of(around.neighbours), sides, GAP_REACH)
    overlapping = segments_of([n for n in around.neighbours if _meets(n, sides)])
    axes = _near(segments_of([street.axis for street in around.streets]), sides, GAP_REACH)
    edges_of_land = segments_of([*around.lands.values(), *around.street_land, *marks])
    touching = _joined(parcels, _near(edges_of_land, sides, 1.0 + around.tolerance))
    cut_side, cut_at = cut_places(sides, touching, max(around.tolerance, SNAP))
    side, begin, end = stretches(sides, cut_side, cut_at, SHORTEST)
    looks = _Looks(sides, side, begin, end)
    free = ~(_touches(looks, parcels, around.tolerance) | covered(looks.origin, looks.outward, overlapping))
    step = max(STEP, float((end - begin)[free].sum()) / LOOKS)
    more = [
        (s, place)
        for s, a, b in zip(side[free], begin[free], end[free], strict=True)
        for place in np.linspace(a, b, int(np.ceil((b - a) / step)) + 1)[1:-1]
    ]
    if more:
        cut_side = np.concatenate((cut_side, np.array([s for s, _ in more], dtype=np.intp)))
        cut_at = np.concatenate((cut_at, np.array([place for _, place in more])))
        side, begin, end = stretches(sides, cut_side, cut_at, SHORTEST)
    looks = _Looks(sides, side, begin, end)
    blocked = _opposite(looks, parcels, sides, around.tolerance)
    axis_at, axis_index, axis_skew = _axis_ahead(looks, axes, blocked)
    _street_land(looks, around, axes, (axis_at, axis_index, axis_skew), blocked)
    looks.settle(_touches(looks, parcels, SNAP), "neighbour", "neighbour", 1.0)
    looks.settle(_touches(looks, parcels, around.tolerance), "neighbour", "neighbour", 0.8)
    looks.settle(covered(looks.origin, looks.outward, overlapping), "neighbour", "neighbour", 0.8)
    if around.parcels_complete:
        _gap(looks, around, axes, (axis_at, axis_index, axis_skew), blocked)
        _dead_end(looks, axes, _joined(parcels, Segments(sides.start, sides.end, sides.ring)))
    return [
        Stretch(
            int(looks.side[i]),
            float(looks.begin[i]),
            float(looks.end[i]),
            looks.before[i],
            looks.evidence[i],
            around.streets[looks.street[i]] if looks.street[i] >= 0 else None,
            float(looks.width[i]) if np.isfinite(looks.width[i]) else None,
            float(looks.confidence[i]),
        )
        for i in range(len(side))
    ]


def _meets(parcel: BaseGeometry, sides: Sides) -> bool:
    """The boxes of the parcel and of the lot meet."""
    low_x, low_y, high_x, high_y = parcel.bounds
    low, high = sides.start.min(axis=0), sides.start.max(axis=0)
    return bool(low_x <= high[0] and low_y <= high[1] and high_x >= low[0] and high_y >= low[1])


def _near(segments: Segments, sides: Sides, reach: float) -> Segments:
    """The segments whose box comes within `reach` of the box of the lot."""
    low, high = sides.start.min(axis=0) - reach, sides.start.max(axis=0) + reach
    near = (np.minimum(segments.start, segments.end) <= high).all(axis=1)
    near &= (np.maximum(segments.start, segments.end) >= low).all(axis=1)
    return Segments(segments.start[near], segments.end[near], segments.owner[near])


def _joined(first: Segments, second: Segments) -> Segments:
    return Segments(
        np.concatenate((first.start, second.start)),
        np.concatenate((first.end, second.end)),
        np.concatenate((first.owner, second.owner)),
    )


def _touches(looks: _Looks, parcels: Segments, tolerance: float) -> Flags:
    """Another parcel begins within the tolerance before or behind the middle of the stretch."""
    t = crossings(looks.origin, looks.outward, parcels)
    touched: Flags = np.asarray((np.abs(t) <= tolerance).any(axis=1))
    return touched


def _opposite(looks: _Looks, parcels: Segments, sides: Sides, tolerance: float) -> Floats:
    """Metres straight ahead to the next parcel, or to the lot itself across a notch; inf where none."""
    own = Segments(sides.start, sides.end, sides.ring)
    t = crossings(looks.origin, looks.outward, _joined(parcels, own))
    return first_crossing(t, max(tolerance, SNAP))[0]


def _axis_ahead(looks: _Looks, axes: Segments, blocked: Floats) -> tuple[Floats, Ints, Floats]:
    """The first axis ahead that no parcel hides: metres, its segment, cosine of the skew; inf where none."""
    at, index = first_crossing(crossings(looks.origin, looks.outward, axes), 0.0)
    at = np.where((at <= AXIS_REACH) & (at < blocked), at, np.inf)
    if len(axes) == 0:
        return at, index, np.ones(len(at))
    along = axes.direction[index]
    skew = np.abs(looks.outward[:, 0] * along[:, 1] - looks.outward[:, 1] * along[:, 0])
    return at, index, skew


def _street_land(
    looks: _Looks, around: Around, axes: Segments, ahead: tuple[Floats, Ints, Floats], blocked: Floats
) -> None:
    """Settle the stretches with street land just outside: the approved right of way, then street parcels."""
    outside = looks.origin + looks.outward * (max(around.tolerance, SNAP) + SHORTEST)
    box = shapely.box(*outside.min(axis=0), *outside.max(axis=0))
    axis_at, axis_index, skew = ahead
    for number, street in sorted(
        enumerate(around.streets), key=lambda item: (-(item[1].law_width or 0.0), item[1].key)
    ):
        land = around.lands.get(street.key)
        if land is None or not shapely.intersects(land, box):
            continue
        shapely.prepare(land)
        drawn = street.right_of_way is not None
        across = first_crossing(crossings(looks.origin, looks.outward, segments_of([land])), 2 * SNAP)[0]
        looks.settle(
            shapely.contains_xy(land, outside),
            "street",
            "right_of_way" if drawn else "axis_width",
            1.0 if drawn else 0.95,
            street=number,
            width=np.where(np.isfinite(across) & (street.law_width is None), across, np.nan),
        )
    for land in around.street_land:
        if shapely.intersects(land, box):
            shapely.prepare(land)
            found = shapely.contains_xy(land, outside)
            seen = np.isfinite(axis_at)
            owner = axes.owner[axis_index] if len(axes) else np.zeros(len(seen), dtype=np.intp)
            width = np.where(blocked <= GAP_REACH, blocked * skew, np.nan)
            looks.settle(found & seen, "street", "right_of_way", 1.0, street=owner, width=width)
            looks.settle(found, "street", "right_of_way", 0.8)


def _gap(
    looks: _Looks, around: Around, axes: Segments, ahead: tuple[Floats, Ints, Floats], blocked: Floats
) -> None:
    """Settle the stretches that see an axis across free space."""
    if len(axes) == 0:
        return
    axis_at, axis_index, skew = ahead
    owner = axes.owner[axis_index]
    half = np.array(
        [
            np.inf if (width := street.law_width) is None else width / 2 + ROW_SLACK
            for street in around.streets
        ]
    )
    seen = np.isfinite(axis_at)
    seen[seen] = axis_at[seen] * skew[seen] <= half[owner[seen]]
    opposite = blocked <= GAP_REACH
    unknown_width = np.isinf(half)[owner]
    looks.settle(
        seen,
        "street",
        "gap",
        np.where(opposite, 0.9, 0.7) * skew,
        street=owner,
        width=np.where(opposite & unknown_width, blocked * skew, np.nan),
    )


def _dead_end(looks: _Looks, axes: Segments, walls: Segments) -> None:
    """Settle the stretches that have the end of an axis right ahead, nearer than DEAD_END_REACH."""
    open_looks = np.flatnonzero(looks.evidence == "none")
    if len(axes) == 0 or len(open_looks) == 0:
        return
    origin, outward = looks.origin[open_looks], looks.outward[open_looks]
    toward = nearest_points(origin, axes) - origin[:, None, :]
    metres = np.hypot(toward[:, :, 0], toward[:, :, 1])
    nearest = np.argmin(metres, axis=1)
    rows = np.arange(len(open_looks))
    distance = np.maximum(metres[rows, nearest], SNAP)
    direction = toward[rows, nearest] / distance[:, None]
    square = (direction * outward).sum(axis=1) >= 0.5
    hidden = first_crossing(crossings(origin, direction, walls), SNAP)[0] < distance
    found = np.zeros(len(looks.side), dtype=np.bool_)
    found[open_looks] = square & ~hidden & (distance <= DEAD_END_REACH)
    owner = np.zeros(len(looks.side), dtype=np.intp)
    owner[open_looks] = axes.owner[nearest]
    looks.settle(found, "street", "gap", 0.5, street=owner)
