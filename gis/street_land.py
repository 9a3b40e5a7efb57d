"""Parcels that are street: in many cadastres the street has a parcel of its own (Kriegstetten, Cambridge)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.overlay import intersection

COVERED = 0.65
"""Share of a street parcel's length that its axes run through."""
WIDEST = 60.0
"""Metres: the widest street parcel."""
SLIM = 5.0
"""A street parcel is at least this many times longer than wide…"""
NARROW, SHORT = 12.0, 2.0
"""…or no wider than NARROW metres and SHORT times longer than wide (a stub between two crossings)."""


def street_land(
    parcels: Sequence[Polygon | MultiPolygon],
    axes: Sequence[BaseGeometry],
    window: Polygon | None = None,
) -> npt.NDArray[np.bool_]:
    """Which parcels are street: long and narrow, with street axes running through most of their length.

    Length ℓ and mean width w of a parcel are those of the strip with its area A = ℓw and its perimeter
    P = 2(ℓ + w), also for a branching or bent one. A parcel in the file is no proof of a lot: one crossed
    lengthwise by an axis over 65 % of ℓ, at most 60 m wide and five times longer than wide (or at most 12 m
    wide and twice as long) is street. A lot with a private drive through it is too compact for that.

    `window`: judge only what lies inside (where axes were loaded only so far). Reads no attribute: where the
    source names its street parcels, the source is right and this is not needed.

    >>> parcels = [shapely.box(0, 0, 100, 8), shapely.box(0, 8, 30, 38), shapely.box(40, 8, 70, 38)]
    >>> axes = [shapely.LineString([(-50, 4), (150, 4)]), shapely.LineString([(15, 4), (15, 38)])]
    >>> street_land(parcels, axes).tolist()
    [True, False, False]
    >>> street_land([], axes).tolist(), street_land(parcels, []).tolist()
    ([], [False, False, False])
    """
    found = np.zeros(len(parcels), dtype=np.bool_)
    if len(parcels) == 0 or len(axes) == 0:
        return found
    tree = shapely.STRtree(axes)
    parcel_of, axis_of = tree.query(np.asarray(parcels, dtype=object), predicate="intersects")
    for index in np.unique(parcel_of):
        parcel: BaseGeometry = parcels[index]
        if window is not None:
            parcel = intersection(parcel, window)
        length, width = _strip(parcel.area, parcel.length)
        if width == 0.0 or width > WIDEST:
            continue
        if length < SLIM * width and (width > NARROW or length < SHORT * width):
            continue
        inside = sum(intersection(parcel, axes[axis]).length for axis in axis_of[parcel_of == index])
        found[index] = inside >= COVERED * length
    return found


def _strip(area: float, perimeter: float) -> tuple[float, float]:
    """Length and width of the strip with this area and perimeter; a square where none is so compact.

    >>> _strip(800.0, 216.0)
    (100.0, 8.0)
    >>> _strip(0.0, 0.0)
    (0.0, 0.0)
    """
    quarter = perimeter / 4
    length = quarter + math.sqrt(max(quarter * quarter - area, 0.0))
    return length, area / length if length else 0.0
