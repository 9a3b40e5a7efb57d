"""Parking: in which of the drawn spaces cars can stand, how large they are, and how a car gets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.found import Found
from gis.measures.inscribed import inscribed
from gis.overlay import areas_of, difference, shared_area, union_all
from gis.precision import noise
from gis.proposal import ParkingSpace, Storey
from gis.rays import Floats

FAR: Final = 15.0
"""Metres up to which the free floor before a space is measured; more is told as this."""
_CORNER: Final = 1e-3
"""Metres at either corner of a space that a car does not need: what touches the corner is beside it."""


@dataclass(frozen=True)
class Counted:
    """The spaces in which cars can stand, and those in which they cannot, in the order of the drawing."""

    good: tuple[ParkingSpace, ...]
    bad: tuple[ParkingSpace, ...]

    @property
    def cars(self) -> int:
        """parking = Σ cars of the good spaces (domain 3.8)."""
        return sum(space.cars for space in self.good)


def floor_for_cars(level: int, storeys: Sequence[Storey], land: BaseGeometry) -> BaseGeometry:
    """Where cars may stand on a level: its masses for parking, and on the ground the open land too.

    >>> home = Storey(0, "floor", "residential", shapely.box(0, 0, 10, 10), 3.2)
    >>> land = shapely.box(0, 0, 10, 25)
    >>> floor_for_cars(0, [home], land).area, floor_for_cars(-1, [home], land).area
    (150.0, 0.0)
    """
    here = [storey for storey in storeys if storey.level == level]
    free = (
        areas_of(difference(land, union_all(s.footprint for s in here))) if level == 0 else shapely.Polygon()
    )
    return areas_of(union_all([free, *(s.footprint for s in here if s.use == "parking")]))


def counted_spaces(spaces: Sequence[ParkingSpace], storeys: Sequence[Storey], land: BaseGeometry) -> Counted:
    """The spaces that lie wholly where cars may stand, on the own land, and on none before them.

    >>> cars = Storey(0, "pilotis", "parking", shapely.box(0, 0, 10, 10), 2.4)
    >>> spaces = [ParkingSpace(0, shapely.box(x, 0, x + 2.5, 5)) for x in (0, 2, 8)]
    >>> found = counted_spaces(spaces, [cars], shapely.box(0, 0, 10, 25))
    >>> found.cars, len(found.bad), counted_spaces([], [cars], cars.footprint).cars
    (1, 2, 0)
    """
    floors = {level: floor_for_cars(level, storeys, land) for level in {space.level for space in spaces}}
    good: list[ParkingSpace] = []
    bad: list[ParkingSpace] = []
    for space in spaces:
        on_own = shared_area(space.footprint, land)
        stands = shared_area(space.footprint, floors[space.level])
        lost = space.footprint.area - min(on_own, stands) > noise("m2")
        beside = (other for other in good if other.level == space.level)
        lost = lost or any(shared_area(space.footprint, other.footprint) > noise("m2") for other in beside)
        (bad if lost else good).append(space)
    return Counted(tuple(good), tuple(bad))


def space_width(space: BaseGeometry, length: float) -> Found:
    """Metres of width of a space over a given length: the widest rectangle w × length in it (domain 3.8).

    The rectangle lies parallel to a side of the space, either way round (gis.measures.inscribed); 0 where the
    length itself does not fit. The same function gives the length that a space has over a given width.

    >>> space_width(shapely.box(0, 0, 2.5, 5), 5.0).value, space_width(shapely.box(0, 0, 2.5, 4.8), 5.0).value
    (2.5, 0.0)
    """
    found = inscribed(areas_of(space), length)
    return Found(found.side, (("witness", found.outline),) if found.outline is not None else ())


@dataclass(frozen=True)
class End:
    """One end of a space: the metres of `free` floor before it, and the line to the point that ends them."""

    free: float
    line: LineString


def ends_of(space: ParkingSpace, floor: BaseGeometry, others: Sequence[BaseGeometry]) -> tuple[End, ...]:
    """The floor free of walls and other spaces before each end of a space, up to FAR; the better end first.

    Measured square to the end over its whole width (domain 3.8). The ends are the two shorter sides of the
    least rectangle around the space; of a space for three cars, which may be wider than long, all four.

    >>> space = ParkingSpace(0, shapely.box(0, 0, 2.5, 5))
    >>> [end.free for end in ends_of(space, shapely.box(0, 0, 10, 9.5), [])]
    [4.5, 0.0]
    >>> ends_of(space, shapely.box(0, 0, 10, 25), [shapely.box(0, 11, 2.5, 16)])[0].free
    6.0
    """
    clear = areas_of(difference(floor, union_all(others)))
    ring = shapely.get_coordinates(shapely.minimum_rotated_rectangle(space.footprint))
    if shapely.Polygon(ring).exterior.is_ccw:
        ring = ring[::-1]
    sides = [(ring[n], ring[n + 1]) for n in range(4)]
    sides.sort(key=lambda side: float(np.hypot(*(side[1] - side[0]))))
    ends = (_end(*side, clear) for side in sides[: 2 if space.cars < 3 else 4])
    return tuple(sorted(ends, key=lambda end: -end.free))


def _end(start: Floats, end: Floats, clear: BaseGeometry) -> End:
    """The free depth before one side of a ring that runs clockwise: outwards is on its left."""
    along = (end - start) / np.hypot(*(end - start))
    outward = np.array([-along[1], along[0]])
    first, last = start + _CORNER * along, end - _CORNER * along
    strip = Polygon([first, last, last + FAR * outward, first + FAR * outward])
    points = shapely.get_coordinates(areas_of(difference(strip, clear)))
    if len(points) == 0:
        points = np.array([(start + end) / 2 + FAR * outward])
    metres = (points - start) @ outward
    nearest = points[int(np.argmin(metres))]
    free = max(float(metres.min()), 0.0)
    return End(free, LineString([nearest - free * outward, nearest]))
