"""A storey of a proposal: one footprint at one level, with its height, use and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from shapely.geometry import MultiPolygon, Polygon

StoreyKind = Literal["floor", "basement", "pilotis", "stair_head"]
Use = Literal[
    "residential", "commercial", "office", "educational", "healthcare", "cultural", "religious", "sport",
    "hospitality", "industrial", "workshop", "parking", "storage", "services", "green",
]  # fmt: skip

STOREY_KINDS: Final[tuple[str, ...]] = get_args(StoreyKind)
USES: Final[tuple[str, ...]] = get_args(Use)


@dataclass(frozen=True)
class Storey:
    """One mass of a building at one level, in the city's metric frame.

    level           0 = ground, negative = below ground; several masses may share a level
    kind            floor, basement (below ground), pilotis (open or parking ground), stair_head (on the roof)
    use             one word of `USES`; `services` is stairwell and plant rooms
    footprint       the vertical projection of the mass
    floor_height    floor to floor, metres, > 0
    units           dwellings or other units on this mass
    countable_area  what the applicant declares as countable floor area (m²), at most the footprint;
                    None = the whole footprint. What the law leaves out of the count stands in the rule-book.
    """

    level: int
    kind: StoreyKind
    use: Use
    footprint: Polygon | MultiPolygon
    floor_height: float
    units: int = 0
    countable_area: float | None = None

    @property
    def area(self) -> float:
        """Floor area that may count, m²: as declared, else the footprint.

        >>> from shapely.geometry import box
        >>> Storey(0, "floor", "residential", box(0, 0, 10, 12), 3.2).area
        120.0
        >>> Storey(0, "floor", "residential", box(0, 0, 10, 12), 3.2, countable_area=105.5).area
        105.5
        """
        return float(self.footprint.area) if self.countable_area is None else self.countable_area
