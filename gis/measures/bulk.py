"""Measures of the building: coverage, floor area, height and number of storeys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

import shapely
from shapely.geometry.base import BaseGeometry

from gis.overlay import shared_area, union_all
from gis.precision import noise
from gis.proposal import Storey


def covered(storeys: Sequence[Storey]) -> BaseGeometry:
    """The vertical projection of storeys on the ground: coverage = area(covered) / base (domain 3.3).

    >>> from shapely.geometry import box
    >>> ground, upper = (Storey(n, "floor", "office", box(0, n, 10, 12 + n), 3.2) for n in (0, 1))
    >>> covered([ground, upper]).area, covered([]).area
    (130.0, 0.0)
    """
    return union_all(storey.footprint for storey in storeys)


def floor_area(storeys: Sequence[Storey]) -> tuple[float, float]:
    """Least and greatest countable floor area of storeys, m²: density = floor_area / base (domain 3.3).

    The greatest is the sum of the footprints as drawn. The least is the sum of what the applicant declares
    as countable (shafts and stairs left out); until an area table proves it, it is only a claim.

    >>> from shapely.geometry import box
    >>> ground = Storey(0, "floor", "office", box(0, 0, 10, 12), 3.2)
    >>> upper = Storey(1, "floor", "office", box(0, 0, 10, 12), 3.2, countable_area=105.5)
    >>> floor_area([ground, upper]), floor_area([ground]), floor_area([])
    ((225.5, 240.0), (120.0, 120.0), (0.0, 0.0))
    """
    drawn = math.fsum(storey.drawn_area for storey in storeys)
    declared = math.fsum(storey.declared_area for storey in storeys)
    return min(declared, drawn), drawn


def height(storeys: Sequence[Storey]) -> float:
    """Metres from the ground datum of the access street to the highest limit of the building (domain 3.5).

    A mass stands on the highest mass of the level below that lies under it; a mass with nothing under it, as
    a bridge, hangs at the height of that whole level. Basements do not count.

    >>> from shapely.geometry import box
    >>> hall = Storey(0, "floor", "commercial", box(0, 0, 10, 10), 6.0)
    >>> annex = Storey(0, "floor", "office", box(10, 0, 20, 10), 3.0)
    >>> office = Storey(1, "floor", "office", box(10, 0, 20, 10), 3.2)
    >>> height([hall, annex, office]), height([hall, annex]), height([])
    (6.2, 6.0, 0.0)
    """
    return max((top for _, top in tops(storeys)), default=0.0)


def tops(storeys: Sequence[Storey]) -> list[tuple[Storey, float]]:
    """Each mass above ground with the height of its top over the ground datum, metres, level by level.

    >>> from shapely.geometry import box
    >>> hall = Storey(0, "floor", "commercial", box(0, 0, 10, 10), 6.0)
    >>> annex = Storey(0, "floor", "office", box(10, 0, 20, 10), 3.0)
    >>> office = Storey(1, "floor", "office", box(10, 0, 20, 10), 3.2)
    >>> [top for _, top in tops([office, hall, annex])], tops([])
    ([6.0, 3.0, 6.2], [])
    """
    found: list[tuple[Storey, float]] = []
    below: list[float] = []
    tree = shapely.STRtree([])
    above = sorted((s for s in storeys if s.level >= 0), key=lambda s: s.level)
    for _, level in groupby(above, key=lambda s: s.level):
        masses = list(level)
        below = [mass.floor_height + _foot(mass, tree, below) for mass in masses]
        tree = shapely.STRtree([mass.footprint for mass in masses])
        found += zip(masses, below, strict=True)
    return found


def _foot(mass: Storey, below: shapely.STRtree, tops: Sequence[float]) -> float:
    """Where a mass begins: on the highest mass under it, else at the height of the whole level below."""
    near = below.query(mass.footprint, predicate="intersects").tolist()
    under = [tops[n] for n in near if shared_area(mass.footprint, below.geometries[n]) > noise("m2")]
    return max(under or tops, default=0.0)


def storey_count(storeys: Sequence[Storey]) -> int:
    """Number of levels with at least one of these storeys (domain 3.5: what counts stands in the rule-book).

    >>> from shapely.geometry import box
    >>> wings = [Storey(0, "floor", "office", box(x, 0, x + 5, 5), 3.2) for x in (0, 10)]
    >>> storey_count(wings), storey_count([])
    (1, 0)
    """
    return len({storey.level for storey in storeys})


def unit_count(storeys: Sequence[Storey]) -> int:
    """Dwellings and other units on these storeys together (domain 3.3).

    >>> from shapely.geometry import box
    >>> floors = [Storey(n, "floor", "residential", box(0, 0, 5, 5), 3.2, units=2) for n in (0, 1)]
    >>> unit_count(floors), unit_count([])
    (4, 0)
    """
    return sum(storey.units for storey in storeys)


def open_space_per_unit(land: float, ground: float, units: int) -> float:
    """Open land for each unit, m²: (land − ground) / units (domain 3.3).

    `land`: m² after widening, `ground`: m² of it under the building's projection. Raises ZeroDivisionError
    without units: there is nobody to have open land.

    >>> open_space_per_unit(240.0, 144.0, 4), open_space_per_unit(240.0, 240.0, 4)
    (24.0, 0.0)
    """
    return max(land - ground, 0.0) / units
