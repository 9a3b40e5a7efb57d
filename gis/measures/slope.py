"""How steep the land is: mean and 90th percentile over the cells of the terrain under a lot (domain 3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from shapely.geometry.base import BaseGeometry

from gis.measures.land import lot_area
from gis.missing import Missing
from gis.overlay import Floats, Shapes, areas_of, areas_shared, intersection, union_all
from gis.precision import noise
from gis.site import Site
from gis.words import Words

_TOPOGRAPHER: Final = Words(
    "مهندس نقشه‌بردار، با نقشهٔ توپوگرافی زمین", "a surveyor, by a topographic map of the land"
)
UNKNOWN_GROUND: Final = Missing("fact", "ground", _TOPOGRAPHER)
"""The terrain has holes under the lot, or beside it where a slope would need its neighbours."""
COARSE_GROUND: Final = Missing("fact", "coarse_ground", _TOPOGRAPHER)
"""The lot is smaller than one cell: what the raster tells is the slope of the surroundings."""


@dataclass(frozen=True)
class Ground:
    """The cells of the terrain under a lot, with the square metres that it has of each and their slopes."""

    cells: Shapes
    areas: Floats
    slopes: Floats

    def steeper_than(self, limit: float, lot: BaseGeometry) -> BaseGeometry:
        """The part of the lot in cells steeper than a ratio."""
        return areas_of(intersection(lot, union_all(self.cells[self.slopes > limit + noise("1")])))


def ground(site: Site) -> Ground | Missing:
    """The slopes under the lot after widening, each cell with the square metres that the lot has of it.

    Missing while the terrain or the lot is not known, where a cell or a neighbour of it has no elevation, and
    where the lot is smaller than one cell.
    """
    if missing := site.unread("terrain"):
        return missing
    area = lot_area(site)
    if isinstance(area, Missing):
        return area
    terrain, lot = site.terrain, site.lot.after
    cells = terrain.cells_on(lot) if terrain else None
    if terrain is None or cells is None:
        return UNKNOWN_GROUND
    if area < terrain.pixel**2 - noise("m2"):
        return COARSE_GROUND
    squares = terrain.square(*cells)
    areas = areas_shared(lot, squares)
    on = areas > noise("m2")
    slopes = terrain.slopes()[cells][on]
    if not np.isfinite(slopes).all():
        return UNKNOWN_GROUND
    return Ground(squares[on], areas[on], slopes)


def slope_mean(found: Ground | Missing) -> float | Missing:
    """Mean slope of the land as a ratio (0.15 = 15 %): Horn's slope of each cell under the lot after
    widening, weighted by the square metres that the lot has of the cell. Source: domain 3.9.

    A plane that rises 15 m in 100 gives 0.15, wherever on it the lot lies. See `ground` for what is missing.
    """
    if isinstance(found, Missing):
        return found
    return float(np.average(found.slopes, weights=found.areas))


def slope_p90(found: Ground | Missing) -> float | Missing:
    """90th percentile of the slope as a ratio: the least slope that 90 % of the land does not exceed, with
    the same cells and weights as the mean. Source: domain 3.9.

    One cell of three may be the steep one: the percentile is then its slope.
    """
    if isinstance(found, Missing):
        return found
    order = np.argsort(found.slopes)
    share = np.cumsum(found.areas[order]) / found.areas.sum()
    return float(found.slopes[order][int(np.searchsorted(share, 0.9 - 1e-9))])
