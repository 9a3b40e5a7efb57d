"""A storey of a proposal: one footprint at one level, with its height, use and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from shapely.geometry import MultiPolygon, Polygon

from gis.precision import noise
from gis.proposal.values import refuse

StoreyKind = Literal["floor", "basement", "pilotis", "stair_head"]
Use = Literal[
    "residential", "commercial", "office", "educational", "healthcare", "cultural", "religious", "sport",
    "hospitality", "industrial", "workshop", "parking", "storage", "services", "green",
]  # fmt: skip

STOREY_KINDS: Final[tuple[str, ...]] = get_args(StoreyKind)
USES: Final[tuple[str, ...]] = get_args(Use)
SERVING_USES: Final = frozenset({"parking", "storage", "services", "green"})
"""Uses that serve a building and are no unit of their own; laws leave them out of counts."""

MIN_FLOOR_HEIGHT: Final = 1.8
"""Metres. Nobody stands or drives upright below it (least clear height of domain 3.5, an entrance for cars);
what each use needs beyond it is law."""
MAX_FLOOR_HEIGHT: Final = 100.0

_USES_OF_KIND: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"pilotis": SERVING_USES, "stair_head": frozenset({"services", "storage"})}
)


@dataclass(frozen=True)
class Storey:
    """One mass of a building at one level, in the city's metric frame.

    level           0 = ground, negative = below ground; several masses may share a level
    kind            floor, basement (below ground), pilotis (the ground floor on columns: parking, storage,
                    services, green), stair_head (on the roof: services, storage)
    use             one word of `USES`; `services` is stairwell and plant rooms
    footprint       the vertical projection of the mass
    floor_height    floor to floor, metres, from 1.8 to 100
    units           dwellings or other units on this mass; none where a serving use is all there is
    countable_area  what the applicant declares as countable floor area (m²), at most the footprint;
                    None = the whole footprint. What the law leaves out of the count stands in the rule-book.
    clear_height    from the finished floor to the lowest point overhead, metres, at most the floor height;
                    None = not said. It does not follow from the floor height.
    unit_areas      area of each unit, m², as many as `units`; None = not said. A unit on two storeys counts
                    on one of them with all of its area.

    A label that contradicts its storey would take it out of a count, so it is refused: ProposalError with
    the property as `where`.

    >>> from shapely.geometry import box
    >>> Storey(0, "pilotis", "residential", box(0, 0, 10, 12), 3.2)
    Traceback (most recent call last):
    gis.errors.ProposalError: A pilotis used for residential is a floor; ... (proposal.use_of_kind at use)
    """

    level: int
    kind: StoreyKind
    use: Use
    footprint: Polygon | MultiPolygon
    floor_height: float
    units: int = 0
    countable_area: float | None = None
    clear_height: float | None = None
    unit_areas: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        self._refuse_wrong_level()
        uses = _USES_OF_KIND.get(self.kind)
        if uses is not None and self.use not in uses:
            refuse(
                "use_of_kind",
                "use",
                f"A {self.kind} used for {self.use} is a floor; "
                f'write kind "floor", or one of the uses {", ".join(sorted(uses))}.',
                kind=self.kind,
                use=self.use,
            )
        if self.units > 0 and self.use in SERVING_USES:
            refuse(
                "units_of_use",
                "units",
                f"{self.units} units on a storey used for {self.use}; give 0, or the use of the units.",
                units=self.units,
                use=self.use,
            )
        if not MIN_FLOOR_HEIGHT <= self.floor_height <= MAX_FLOOR_HEIGHT:
            refuse(
                "floor_height",
                "floor_height_m",
                f"A floor height of {self.floor_height:g} m; it must be at least {MIN_FLOOR_HEIGHT:g} m, "
                f"in which a person stands upright, and at most {MAX_FLOOR_HEIGHT:g} m.",
                value=self.floor_height,
            )
        if self.countable_area is not None and not 0 <= self.countable_area <= self.drawn_area + noise("m2"):
            refuse(
                "countable_area",
                "countable_area_m2",
                f"{self.countable_area:g} m² countable on a footprint of {self.drawn_area:.3f} m²; "
                "give a figure from 0 to the footprint.",
                value=self.countable_area,
                footprint=round(self.drawn_area, 3),
            )

        if self.clear_height is not None and not 0 < self.clear_height <= self.floor_height + noise("m"):
            refuse(
                "clear_height",
                "clear_height_m",
                f"A clear height of {self.clear_height:g} m in a storey of {self.floor_height:g} m; "
                "give one above 0 and not above the floor height.",
                value=self.clear_height,
                floor_height=self.floor_height,
            )
        if self.unit_areas is not None and (
            len(self.unit_areas) != self.units or not all(area > noise("m2") for area in self.unit_areas)
        ):
            refuse(
                "unit_areas",
                "unit_areas_m2",
                f"{len(self.unit_areas)} areas for {self.units} units; give one above 0 for each unit.",
                areas=len(self.unit_areas),
                units=self.units,
            )

    def _refuse_wrong_level(self) -> None:
        if (self.kind == "basement") != (self.level < 0):
            refuse(
                "kind_at_level",
                "kind",
                f"A {self.kind} at level {self.level}: below ground (level < 0) is a basement, "
                "and nothing else is.",
                kind=self.kind,
                level=self.level,
            )
        if self.kind == "pilotis" and self.level > 0:
            refuse(
                "pilotis_above_ground",
                "kind",
                f'A pilotis at level {self.level}: it is the ground floor; write kind "floor".',
                level=self.level,
            )

    @property
    def drawn_area(self) -> float:
        """Area of the footprint, m²."""
        return float(self.footprint.area)

    @property
    def declared_area(self) -> float:
        """Countable floor area as the applicant declares it, m²; the footprint where nothing is declared.

        >>> from shapely.geometry import box
        >>> Storey(0, "floor", "residential", box(0, 0, 10, 12), 3.2).declared_area
        120.0
        >>> Storey(0, "floor", "residential", box(0, 0, 10, 12), 3.2, countable_area=105.5).declared_area
        105.5
        """
        return self.drawn_area if self.countable_area is None else self.countable_area
