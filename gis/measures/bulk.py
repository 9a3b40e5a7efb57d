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
    tops: list[float] = []
    tree = shapely.STRtree([])
    highest = 0.0
    above = sorted((s for s in storeys if s.level >= 0), key=lambda s: s.level)
    for _, level in groupby(above, key=lambda s: s.level):
        masses = list(level)
        tops = [mass.floor_height + _foot(mass, tree, tops) for mass in masses]
        tree = shapely.STRtree([mass.footprint for mass in masses])
        highest = max(highest, *tops)
    return highest


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
