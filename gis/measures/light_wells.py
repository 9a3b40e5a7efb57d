"""Light wells: how much of one is open to the sky, and how wide it is."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.measures.inscribed import inscribed
from gis.measures.windows import WALL
from gis.overlay import areas_of, difference, intersection, union_all
from gis.proposal import LightWell, Window


def open_part(well: BaseGeometry, land: BaseGeometry, above: Sequence[BaseGeometry]) -> Polygon:
    """The part of a light well over its own land that nothing covers: its largest piece.

    above   what is built at the level of the well or higher

    >>> well, land = shapely.box(4, 10, 6, 16), shapely.box(0, 0, 10, 25)
    >>> open_part(well, land, [shapely.box(0, 0, 10, 10), shapely.box(0, 14, 10, 25)]).area
    8.0
    >>> open_part(well, land, [land]).is_empty
    True
    """
    free = areas_of(difference(areas_of(intersection(well, land)), union_all(above)))
    pieces: list[Polygon] = shapely.get_parts(free).tolist()
    return max(pieces, key=lambda piece: float(piece.area), default=Polygon())


def lost_part(well: BaseGeometry, land: BaseGeometry, above: Sequence[BaseGeometry]) -> BaseGeometry:
    """What of a light well is covered, lies on other land or apart from its largest piece.

    >>> lost_part(shapely.box(0, 0, 2, 6), shapely.box(0, 0, 9, 9), [shapely.box(0, 4, 2, 6)]).area
    4.0
    """
    return areas_of(difference(well, open_part(well, land, above)))


def windows_on(well: LightWell, windows: Sequence[Window]) -> tuple[Window, ...]:
    """The windows at the level of a light well or higher whose middle lies on its outline or in it.

    >>> from shapely import LineString
    >>> well = LightWell(0, shapely.box(4, 10, 6, 16), "minor")
    >>> lines = [LineString([(4, 11), (4, 12)]), LineString([(0, 11), (0, 12)])]
    >>> [window.room for window in windows_on(well, [Window(1, line, "main") for line in lines])]
    ['main']
    """
    above = [window for window in windows if window.level >= well.level]
    middles = shapely.line_interpolate_point([window.line for window in above], 0.5, normalized=True)
    near = shapely.dwithin(middles, well.footprint, WALL)
    return tuple(window for window, on in zip(above, near, strict=True) if on)


def light_well_area(free: Polygon) -> Found:
    """Square metres of a light well that are open to the sky (domain 3.8), of its one largest piece.

    >>> light_well_area(shapely.box(4, 10, 6, 16)).value, light_well_area(Polygon()).value
    (12.0, 0.0)
    """
    return Found(float(free.area), () if free.is_empty else (("footprint", free),))


def light_well_side(free: Polygon) -> Found:
    """Metres of the least side of a light well (domain 3.8): that of the largest square which lies in its
    open part, parallel to a wall (gis.measures.inscribed). The witness is the outline of the square.

    Raises ValueError for an outline that is too fine to be measured.

    >>> light_well_side(shapely.box(4, 10, 6, 16)).value, light_well_side(Polygon()).value
    (2.0, 0.0)
    """
    found = inscribed(free)
    return Found(found.side, (("witness", found.outline),) if found.outline is not None else ())
