"""The plane of light over a neighbour: how high it meets the boundary when it touches the building."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from gis.edges import Edge
from gis.found import Found
from gis.overlay import areas_of, intersection, union_all

Mass = tuple[BaseGeometry, float]
"""The footprint of a mass and the height of its top over the ground datum, metres."""


def light_plane(edge: Edge, masses: Sequence[Mass], angle: float) -> Found:
    """Metres over the boundary at which the lowest plane of light over the whole building rises from it.

    h0 = max over the masses of top − d·tan(angle), d the horizontal distance of the mass from the edge
    (domain 3.4: height at d ≤ h0 + d·tan 45°). Negative where the plane from the ground clears the building.
    The witness is the shortest segment from the edge to the mass that the plane touches. Raises ValueError
    for no mass at all.

    >>> from gis.lot import Lot
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> north = next(edge for edge in lot.edges if edge.line.bounds[1] == 25)
    >>> low, high = (shapely.box(0, 5, 10, 23), 3.5), (shapely.box(0, 5, 10, 15), 12.0)
    >>> [round(light_plane(north, masses, 45.0).value, 6) for masses in ([low], [low, high])]
    [1.5, 2.0]
    """
    rise = math.tan(math.radians(angle))
    if not masses:
        raise ValueError("no mass stands above ground")
    heights = [top - float(edge.line.distance(shape)) * rise for shape, top in masses]
    highest = max(range(len(masses)), key=heights.__getitem__)
    witness = shapely.shortest_line(edge.line, masses[highest][0])
    return Found(heights[highest], (("witness", witness),))


def above(edge: Edge, masses: Sequence[Mass], angle: float, limit: float) -> BaseGeometry:
    """The parts of the masses, seen from above, that stand higher than the plane from `limit` metres.

    >>> from gis.lot import Lot
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[], neighbours=[])
    >>> north = next(edge for edge in lot.edges if edge.line.bounds[1] == 25)
    >>> above(north, [(shapely.box(0, 5, 10, 15), 12.0)], 45.0, 0.0).bounds
    (0.0, 13.0, 10.0, 15.0)
    >>> above(north, [(shapely.box(0, 5, 10, 15), 10.0)], 45.0, 0.0).is_empty
    True
    """
    rise = math.tan(math.radians(angle))
    parts = []
    for shape, top in masses:
        if top > limit:
            part = shape if rise == 0 else intersection(shape, edge.line.buffer((top - limit) / rise, 32))
            parts.append(areas_of(part))
    return union_all(parts)
