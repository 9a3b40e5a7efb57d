"""Streets, their approved rights of way, and the land that a widening takes from a lot (domain: اصلاحی)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.errors import StreetError
from gis.overlay import areas_of, difference, intersection, union_all

WidthKind = Literal["right_of_way", "carriageway"]
LayerStatus = Literal["complete", "incomplete", "unknown", "not_loaded"]

SNAP = 0.05
"""Metres. Surveyed lines closer than this are one line (rounding noise of a cadastre in centimetres)."""


@dataclass(frozen=True)
class Street:
    """A street as the city knows it: axis, approved right of way, widths in metres.

    `right_of_way` is the approved polygon (after widening). A width counts for the right of way only when
    `width_kind` says so: a carriageway is narrower than its street and proves nothing about the lots.

    >>> axis = LineString([(0, -3), (10, -3)])
    >>> Street("S-1", "Nilufar", axis, None, 6.0, 8.0, "right_of_way").law_width
    8.0
    >>> Street("S-2", "", axis, None, 5.5, None, "carriageway").law_width is None
    True
    """

    key: str
    name: str
    axis: LineString | MultiLineString | None
    right_of_way: Polygon | MultiPolygon | None
    existing_width: float | None
    planned_width: float | None
    width_kind: WidthKind | None
    street_class: str | None = None

    def __post_init__(self) -> None:
        for column in ("existing_width", "planned_width"):
            width = getattr(self, column)
            if width is not None and not (math.isfinite(width) and width > 0):
                raise StreetError(
                    "street.width",
                    self.key,
                    "A street width is a positive number of metres; leave an unknown width empty.",
                    column=column,
                    width=width,
                )

    @property
    def law_width(self) -> float | None:
        """Metres between lots: the greater of existing and planned (domain 3.7); None unless right of way."""
        if self.width_kind != "right_of_way":
            return None
        return max((w for w in (self.existing_width, self.planned_width) if w is not None), default=None)


@dataclass(frozen=True)
class Widening:
    """What the approved streets take from a lot.

    `known` is False when the loss cannot be told; then `loss_area` is None, `strips` holds only what is
    already certain, and `reason` is `streets_incomplete | streets_unknown | streets_not_loaded` (the layer)
    or `street_width` (a street before the lot has no right-of-way width; a carriageway's proves nothing).
    `strips` are (street key, land) pairs that do not overlap: their areas add up to the loss.
    """

    known: bool
    loss_area: float | None
    strips: tuple[tuple[str, BaseGeometry], ...] = ()
    reason: str | None = None


def rights_of_way(streets: Sequence[Street]) -> dict[str, BaseGeometry]:
    """The approved street land by street key: the drawn polygon wins, else the axis with half the law width.

    An axis is widened with flat ends, so that a dead end takes no land beyond its last point; where two or
    more streets end in one point (a bend between two rows of the file, a crossing) the wedge between them is
    filled by a disc as wide as the second widest of them, which never reaches beyond their own land at a
    crossing. A street with neither polygon nor right-of-way width has no entry.

    >>> bend = [
    ...     Street("A", "", LineString([(0, 0), (20, 0)]), None, 8.0, None, "right_of_way"),
    ...     Street("B", "", LineString([(20, 0), (20, 20)]), None, 8.0, None, "right_of_way"),
    ...     Street("C", "", LineString([(20, 20), (40, 20)]), None, 5.5, None, "carriageway"),
    ... ]
    >>> land = rights_of_way(bend)
    >>> sorted(land)
    ['A', 'B']
    >>> union_all(land.values()).contains(shapely.Point(22, -2))  # the outer corner of the bend
    True
    >>> rights_of_way([])
    {}
    """
    lands: dict[str, BaseGeometry] = {}
    ends: dict[tuple[int, int], list[tuple[float, str, shapely.Point]]] = defaultdict(list)
    for street in streets:
        if street.right_of_way is not None:
            lands[street.key] = street.right_of_way
        elif street.axis is not None and (width := street.law_width) is not None:
            axis = street.axis if isinstance(street.axis, LineString) else shapely.line_merge(street.axis)
            lands[street.key] = shapely.buffer(
                axis, width / 2, cap_style="flat", join_style="mitre", mitre_limit=2.0
            )
            for line in shapely.get_parts(axis):
                for point in (shapely.get_point(line, 0), shapely.get_point(line, -1)):
                    ends[round(point.x / SNAP), round(point.y / SNAP)].append((width, street.key, point))
    for meeting in ends.values():
        if len(meeting) > 1:
            width, key, point = sorted(meeting, key=lambda end: (-end[0], end[1]))[1]
            lands[key] = union_all([lands[key], shapely.buffer(point, width / 2, quad_segs=16)])
    return lands


def widening_of(
    polygon: Polygon | MultiPolygon,
    streets: Sequence[Street],
    lands: Mapping[str, BaseGeometry],
    streets_state: LayerStatus,
) -> tuple[Polygon | MultiPolygon, Widening]:
    """The lot after widening, P0 − right of way, and what each street takes of it (the wider street first).

    Only land of the lot counts: the part of a street that lies outside is no loss. A strip thinner than SNAP
    is the noise of two surveys and no loss; a remainder so thin is not kept as a piece of the lot.

    >>> street = Street("S", "", LineString([(-9, -3), (19, -3)]), None, 6.0, 8.0, "right_of_way")
    >>> lands = rights_of_way([street])
    >>> after, widening = widening_of(shapely.box(0, 0, 10, 25), [street], lands, "complete")
    >>> after.area, widening.loss_area, [(key, strip.area) for key, strip in widening.strips]
    (240.0, 10.0, [('S', 10.0)])
    >>> widening_of(shapely.box(0, 0, 10, 25), [], {}, "unknown")[1]
    Widening(known=False, loss_area=None, strips=(), reason='streets_unknown')
    """
    remaining: BaseGeometry = polygon
    strips: list[tuple[str, BaseGeometry]] = []
    for street in sorted(streets, key=lambda s: (-(s.law_width or 0.0), s.key)):
        land = lands.get(street.key)
        if land is None or not shapely.intersects(remaining, land):
            continue
        strip = areas_of(intersection(remaining, land))
        if not _thick(strip).is_empty:
            strips.append((street.key, strip))
            remaining = _thick(areas_of(difference(remaining, land)))
    after = remaining if isinstance(remaining, Polygon | MultiPolygon) else Polygon()
    if streets_state != "complete":
        return after, Widening(False, None, tuple(strips), f"streets_{streets_state}")
    return after, Widening(True, math.fsum(strip.area for _, strip in strips), tuple(strips))


def _thick(land: BaseGeometry) -> BaseGeometry:
    """The parts of land that are thicker than SNAP."""
    parts = shapely.get_parts(land)
    inner = shapely.buffer(parts, -SNAP / 2, quad_segs=1, join_style="mitre")
    return _together(parts[~shapely.is_empty(inner)])


def _together(parts: npt.NDArray[np.object_]) -> BaseGeometry:
    return Polygon() if len(parts) == 0 else parts[0] if len(parts) == 1 else MultiPolygon(list(parts))
