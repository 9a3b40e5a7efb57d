"""What is drawn in or on a building beside its storeys: projections, light wells, windows, cars, gates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

from shapely import LineString
from shapely.geometry import MultiPolygon, Polygon

Room = Literal["main", "minor"]
ROOMS: Final[tuple[str, ...]] = get_args(Room)
"""Main rooms: bed, living, dining, hall. Minor rooms: kitchen, storage (domain 3.8)."""
Serves = Literal["main", "minor", "none"]
SERVES: Final[tuple[str, ...]] = get_args(Serves)
"""What an open space gives light to; `none`: a shaft, or a yard that no room needs for its light."""
MAX_CARS: Final = 3


@dataclass(frozen=True)
class Projection:
    """A balcony, console or bay that stands out over the street or the own yard (پیش‌آمدگی).

    `underside`: metres from the pavement to its lowest part, None = not said. `closed`: a room stands on it.
    """

    level: int
    footprint: Polygon | MultiPolygon
    underside: float | None = None
    closed: bool = False


@dataclass(frozen=True)
class LightWell:
    """An open space within the building (نورگیر), from its lowest `level` up to the sky."""

    level: int
    footprint: Polygon | MultiPolygon
    serves: Serves


@dataclass(frozen=True)
class Window:
    """A window by the line of its wall.

    `sill`: metres from the floor, `unit`: the dwelling; None = not said.
    """

    level: int
    line: LineString
    room: Room
    sill: float | None = None
    unit: str | None = None


@dataclass(frozen=True)
class ParkingSpace:
    """A place for `cars` cars that stand behind each other or side by side."""

    level: int
    footprint: Polygon | MultiPolygon
    cars: int = 1


@dataclass(frozen=True)
class Gate:
    """An opening for cars on the boundary of the lot."""

    line: LineString


@dataclass(frozen=True)
class Elements:
    """All elements of a proposal by kind. None = not said whether there are any; () = there are none.

    >>> Elements(windows=()).windows, Elements().windows
    ((), None)
    """

    projections: tuple[Projection, ...] | None = None
    light_wells: tuple[LightWell, ...] | None = None
    windows: tuple[Window, ...] | None = None
    parking_spaces: tuple[ParkingSpace, ...] | None = None
    gates: tuple[Gate, ...] | None = None

    @classmethod
    def of(cls, drawn: Iterable[str], made: Iterable[tuple[str, object]]) -> Elements:
        """What was made, each with its word, and the kinds in `drawn`, of which there are no others.

        >>> Elements.of(["windows"], []).windows, Elements.of([], []).windows
        ((), None)
        """
        found: dict[str, list[object]] = {kind: [] for kind in drawn}
        for word, element in made:
            found.setdefault(f"{word}s", []).append(element)
        return cls(**{kind: tuple(items) for kind, items in found.items()})  # type: ignore[arg-type]


ELEMENTS: Final[tuple[str, ...]] = tuple(field.name for field in fields(Elements))
"""The kinds as a proposal lists those that it draws completely."""
