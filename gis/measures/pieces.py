"""Pieces of divided land: whether they make up the land, and how much of their boundary is on streets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.lot import Lot
from gis.overlay import areas_of, difference, intersection, union_all


@dataclass(frozen=True)
class Partition:
    """How pieces miss the land that they divide: `gap` is in no piece, `overlap` in more than one, `outside`
    is no land of the lot. Areas in the city's frame, each empty where the pieces fit."""

    gap: BaseGeometry
    overlap: BaseGeometry
    outside: BaseGeometry


def partition_of(land: BaseGeometry, pieces: Sequence[BaseGeometry]) -> Partition:
    """What of the land after widening no piece takes, what two take, and what pieces take beyond it (3.8).

    Nothing is repaired: a hair of difference is a hair of area.

    >>> pieces = [shapely.box(0, 0, 10, 25), shapely.box(9, 0, 19, 26)]
    >>> found = partition_of(shapely.box(0, 0, 20, 25), pieces)
    >>> found.gap.area, found.overlap.area, found.outside.area
    (25.0, 25.0, 10.0)
    >>> partition_of(shapely.box(0, 0, 20, 25), []).gap.area
    500.0
    """
    together = union_all(pieces)
    tree = shapely.STRtree(list(pieces))
    first, second = tree.query(list(pieces), predicate="intersects") if pieces else ((), ())
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b]
    shared = [areas_of(intersection(pieces[a], pieces[b])) for a, b in pairs]
    return Partition(
        areas_of(difference(land, together)),
        areas_of(union_all(shared)),
        areas_of(difference(together, land)),
    )


def street_contact(lot: Lot) -> Found:
    """Metres of the boundary of a lot that lie on streets, after widening; 0 for land behind other land.

    The shapes are those stretches. What of the boundary has no evidence is not counted.

    >>> from gis.alignment import Street
    >>> axis = shapely.LineString([(-50, -3), (60, -3)])
    >>> street = Street("S", "", axis, None, 6.0, None, "right_of_way")
    >>> beside = [shapely.box(-10, 0, 0, 25), shapely.box(10, 0, 20, 25)]
    >>> street_contact(Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[street], neighbours=beside)).value
    10.0
    >>> street_contact(Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=beside)).value
    0.0
    """
    lines = [edge.line for edge in lot.edges if edge.kind == "street"]
    return Found(math.fsum(line.length for line in lines), tuple(("frontage", line) for line in lines))


def largest_parts(shape: BaseGeometry, count: int) -> tuple[BaseGeometry, ...]:
    """The largest connected parts of an area, the largest first.

    >>> two = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 7, 1)])
    >>> [part.area for part in largest_parts(two, 5)], largest_parts(shapely.Polygon(), 5)
    ([2.0, 1.0], ())
    """
    parts = shapely.get_parts(shape)
    parts = parts[~shapely.is_empty(parts)]
    return tuple(parts[np.argsort(-shapely.area(parts), kind="stable")][:count])
