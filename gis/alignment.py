"""Streets, their approved rights of way, and the land that a widening takes from a lot (domain: اصلاحی)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.errors import StreetError

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

    `known` is False when the loss cannot be told (`reason`: why); then `loss_area` is None and `strips` holds
    only what is already certain. `strips` are (street key, land) pairs that do not overlap: their areas add
    up to the loss.
    """

    known: bool
    loss_area: float | None
    strips: tuple[tuple[str, BaseGeometry], ...] = ()
    reason: str | None = None


def right_of_way(street: Street) -> Polygon | MultiPolygon | None:
    """The approved street land: its polygon where one is drawn, else the axis with half the law width."""
    if street.right_of_way is not None:
        return street.right_of_way
    if street.axis is None or street.law_width is None:
        return None
    return shapely.buffer(
        street.axis, street.law_width / 2, cap_style="flat", join_style="mitre", mitre_limit=2.0
    )


def widening_of(
    polygon: Polygon | MultiPolygon, streets: Sequence[Street], streets_state: LayerStatus
) -> tuple[Polygon | MultiPolygon, Widening]:
    """The lot after widening (P0 − right of way) and what was lost, by street."""
    after = polygon
    strips: list[tuple[str, BaseGeometry]] = []
    for street in sorted(streets, key=lambda s: (-(s.law_width or 0.0), s.key)):
        land = right_of_way(street)
        if land is None:
            continue
        strip = shapely.intersection(after, land)
        if strip.area > 0 and not shapely.buffer(strip, -SNAP / 2).is_empty:
            strips.append((street.key, strip))
            after = shapely.difference(after, land)
    if streets_state != "complete":
        return after, Widening(False, None, tuple(strips), f"layer streets is {streets_state}")
    return after, Widening(True, sum(strip.area for _, strip in strips), tuple(strips))
