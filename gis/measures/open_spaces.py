"""Open spaces within a building: courts, shafts and deep notches, drawn as light wells or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP
from gis.measures.windows import WALL
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import noise


def open_spaces(
    levels: Sequence[BaseGeometry],
    land: BaseGeometry,
    streets: Sequence[LineString],
    drawn: Sequence[BaseGeometry],
) -> tuple[Polygon, ...]:
    """The open spaces within a building that none of the drawn light wells covers, over all its levels.

    levels   what is built on each level
    streets  the lines of the lot's street edges
    drawn    the light wells

    On each level such a space is a piece of free land that touches no street and of whose outline at least
    half is walls of the building (a court, a shaft, a notch closed by the neighbour's boundary); or a notch
    in the outline that is at least as deep as its mouth is wide. What is nowhere wider than 20 cm is none.

    >>> land = shapely.box(0, 0, 10, 25)
    >>> hole = difference(shapely.box(0, 10, 10, 25), shapely.box(4, 15, 6, 18))
    >>> [space.area for space in open_spaces([hole, hole], land, [], [])]
    [6.0]
    >>> open_spaces([hole], land, [], [shapely.box(4, 15, 6, 18)]), open_spaces([], land, [], [])
    ((), ())
    """
    spaces: list[BaseGeometry] = []
    for built in {level.wkb: level for level in levels}.values():
        closed = list(_closed(built, land, streets))
        spaces += [*closed, *_notches(built, closed)]
    left = areas_of(difference(areas_of(union_all(spaces)), union_all(drawn)))
    return tuple(piece for piece in shapely.get_parts(left).tolist() if not _is_thin(piece))


def _closed(built: BaseGeometry, land: BaseGeometry, streets: Sequence[LineString]) -> Iterator[BaseGeometry]:
    """Free land of which at least half of the outline is the building's own walls, apart from streets."""
    line_of_land = land.boundary.buffer(SNAP)
    for piece in shapely.get_parts(areas_of(difference(land, built))).tolist():
        outline = piece.boundary
        if _to_street(outline, streets) or _is_thin(piece):
            continue
        walls = outline.length - intersection(outline, line_of_land).length
        if walls >= outline.length / 2 - 4 * SNAP:
            yield piece


def _to_street(outline: BaseGeometry, streets: Sequence[LineString]) -> bool:
    """Whether a piece of land has part of a street line."""
    near = (line for line in streets if shapely.dwithin(outline, line, SNAP))
    return any(intersection(outline, line.buffer(SNAP)).length > 2 * SNAP for line in near)


def _notches(built: BaseGeometry, closed: Sequence[BaseGeometry]) -> Iterator[BaseGeometry]:
    """Recesses in the outline of a mass that are at least as deep as their mouth is wide."""
    for mass in shapely.get_parts(built).tolist():
        hull = mass.convex_hull
        if hull.area - Polygon(mass.exterior).area <= noise("m2"):
            continue
        around = hull.boundary.buffer(SNAP / 2)
        for notch in shapely.get_parts(_wide(areas_of(difference(hull, Polygon(mass.exterior))))).tolist():
            if notch.is_empty or any(shapely.intersects(notch, one.buffer(-SNAP)) for one in closed):
                continue
            mouth = intersection(notch.boundary, around)
            depth = float(shapely.distance(shapely.points(shapely.get_coordinates(notch)), mouth).max())
            if depth >= mouth.length - 2 * SNAP:
                yield notch


def _wide(shape: BaseGeometry) -> BaseGeometry:
    """A shape without the strips in which it is nowhere wide."""
    core = shape.buffer(-WALL, join_style="mitre")
    return areas_of(intersection(shape, core.buffer(WALL, join_style="mitre")))


def _is_thin(piece: BaseGeometry) -> bool:
    return bool(piece.buffer(-WALL, join_style="mitre").is_empty)
