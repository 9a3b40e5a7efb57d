"""How many the law asks for a proposal where it counts them together: by its units and its floor areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from gis.limit_text import unit_outside_text
from gis.missing import AREA_TABLE, DESIGNER, Missing
from gis.precision import rounded
from gis.proposal import SERVING_USES, Storey
from gis.rulebook.tally import PerArea, PerUnit, Tally
from gis.vocabulary import USE_WORDS
from gis.words import Words

UNIT_AREAS: Final = Missing("fact", "unit_areas", DESIGNER)

Bounds = tuple[Decimal, Decimal]
"""The least and the most that the law may ask, while something is not known."""


def required(tally: Tally, storeys: Sequence[Storey]) -> tuple[Decimal, Decimal, Missing | None] | Missing:
    """The least and the most that the law may ask before the sum is rounded, and what would tell.

    Units whose areas nobody has said may be of any size; floor areas that are declared smaller than they are
    drawn may be either. A use of which the law says nothing has no law.

    >>> from shapely.geometry import box
    >>> from gis.rulebook.limit import Interval
    >>> rows = ((Interval.parse("[0, 150)"), Decimal(1)), (Interval.parse("[150, inf)"), Decimal("1.5")))
    >>> law = Tally((PerUnit(("residential",), rows),), (), "total")
    >>> floor = Storey(0, "floor", "residential", box(0, 0, 10, 32), 3.2, units=2, unit_areas=(120.0, 160.0))
    >>> required(law, [floor])
    (Decimal('2.5'), Decimal('2.5'), None)
    >>> required(law, [Storey(0, "floor", "residential", box(0, 0, 10, 32), 3.2, units=2)])[:2]
    (Decimal('2'), Decimal('3.0'))
    >>> required(law, [])
    (Decimal('0'), Decimal('0'), None)
    """
    named = tally.uses
    for storey in storeys:
        if storey.use not in named | SERVING_USES:
            return _no_law(storey.use)
    least, most, open_ = Decimal(0), Decimal(0), None
    for unit in tally.per_unit:
        for found in _of_units(unit, storeys):
            if isinstance(found, Missing):
                return found
            low, high = (_up(number, tally) for number in found)
            least, most = least + low, most + high
            open_ = open_ or (UNIT_AREAS if low != high else None)
    for area in tally.per_area:
        low, high = (_up(number, tally) for number in _of_areas(area, storeys))
        least, most = least + low, most + high
        open_ = open_ or (AREA_TABLE if low != high else None)
    return least, most, open_


def _up(number: Decimal, tally: Tally) -> Decimal:
    return number if tally.rounding == "total" else number.to_integral_value("ROUND_CEILING")


def _of_units(row: PerUnit, storeys: Sequence[Storey]) -> Iterator[Bounds | Missing]:
    for storey in storeys:
        if storey.use not in row.uses:
            continue
        if storey.unit_areas is None:
            yield from [row.whatever or UNIT_AREAS] * storey.units
            continue
        for area in storey.unit_areas:
            metres = rounded(area, "m2") or 0.0
            number = row.row(metres)
            yield (
                Missing("no_law", "parking", said=unit_outside_text(metres))
                if number is None
                else (number, number)
            )


def _of_areas(row: PerArea, storeys: Sequence[Storey]) -> Bounds:
    """For the floor areas of one row, as they are declared and as they are drawn."""
    of_row = [storey for storey in storeys if storey.use in row.uses]
    drawn = sum((_exact(storey.drawn_area) for storey in of_row), Decimal(0))
    declared = sum((_exact(min(storey.declared_area, storey.drawn_area)) for storey in of_row), Decimal(0))
    return declared * row.number / row.square_metres, drawn * row.number / row.square_metres


def _exact(area: float) -> Decimal:
    """An area at its declared precision."""
    return Decimal(repr(rounded(area, "m2")))


def _no_law(use: str) -> Missing:
    name = USE_WORDS[use]
    said = Words(
        f"ضابطه نمی‌گوید کاربری {name.fa} چند جای پارک می‌خواهد.",
        f"The provision does not say how many parking spaces {name.en} use needs.",
    )
    return Missing("no_law", "parking", said=said)
