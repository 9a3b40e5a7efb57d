"""For how many of the parcels a layer is complete, and what is said where that is little."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Geometry

from api.cadastre.facts import GRAIN
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.profile import LayerSource

_LITTLE = 0.5
"""Share of the parcels below which the report warns."""
_SHOWN = 3
"""Rows that a warning names."""


def share_inside(area: Geometry, parcels: Shapes) -> float | None:
    """Share of the parcels that lie wholly inside an area, 0 to 1; None where there are no parcels.

    As the facts of a site are read: an edge that misses a parcel's by less than `GRAIN` holds it.

    >>> lots = shapely.box([0, 1, 2], [0, 0, 0], [1, 2, 3], [1, 1, 1])
    >>> share_inside(shapely.box(0, 0, 2, 1), lots) == 2 / 3
    True
    >>> share_inside(shapely.Polygon(), lots), share_inside(shapely.box(0, 0, 2, 1), lots[:0])
    (0.0, None)
    """
    if not len(parcels):
        return None
    if area.area == 0:  # nowhere
        return 0.0
    area = shapely.buffer(area, GRAIN, join_style="mitre")
    west, south, east, north = area.bounds
    boxes = shapely.bounds(parcels)
    inside = (boxes[:, :2] >= (west, south)).all(axis=1) & (boxes[:, 2:] <= (east, north)).all(axis=1)
    if not shapely.equals(area, shapely.box(west, south, east, north)):
        shapely.prepare(area)
        inside[inside] = shapely.covers(area, parcels[inside])
    return float(np.count_nonzero(inside) / len(parcels))


def in_words(share: float | None) -> str:
    """The share for people, never rounded up to all.

    >>> in_words(1.0), in_words(0.99996), in_words(2 / 3), in_words(None)
    ('; all parcels', '; 99.9 % of the parcels', '; 66.6 % of the parcels', '')
    """
    if share is None:
        return ""
    return "; all parcels" if share == 1 else f"; {math.floor(share * 1000) / 10:g} % of the parcels"


def warning(
    name: str, given: Sequence[LayerSource], area: Geometry | None, share: float | None
) -> str | None:
    """What to tell whoever gave this completeness; None where nothing is to be told.

    `name` is the state's layer and day; an area that is not known or declared as nowhere is meant so.
    """
    if area is None or all(one.complete == "none" for one in given):
        return None
    if area.area == 0:
        return (
            f'{name}: complete = "extent" is the box around its shapes, and they lie in one straight line or '
            "point: the box has no area. The layer counts as complete nowhere, and answers that need it stay "
            "undecided; give a polygon."
        )
    if share is not None and share < _LITTLE:
        return (
            f"{name}: complete for {math.floor(share * 1000) / 10:g} % of the parcels only; at the others "
            "answers that need the layer stay undecided. Is the area that was given the right one?"
        )
    return None


def unplaced_warning(name: str, rows: Sequence[str]) -> str | None:
    """What to tell of rejected rows that have no place; None where there are none.

    >>> unplaced_warning("zones 2024-03-20", ["f.gpkg, row 3: It is empty."])  # doctest: +ELLIPSIS
    'zones 2024-03-20: 1 rejected row has no place that is known (f.gpkg, row 3: It is empty.), so it may...'
    >>> unplaced_warning("overlays 2024-03-20", []) is None
    True
    """
    if not rows:
        return None
    count = "1 rejected row has" if len(rows) == 1 else f"{len(rows):,} rejected rows have"
    more = "; …" if len(rows) > _SHOWN else ""
    return (
        f"{name}: {count} no place that is known ({'; '.join(rows[:_SHOWN])}{more}), so it may be missing "
        "anywhere: nobody knows where the layer is complete, and answers that need it stay undecided. Give "
        "the row its shape or take it out of the source, and import again."
    )
