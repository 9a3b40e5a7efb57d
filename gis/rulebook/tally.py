"""A limit that is counted together: so many for each unit by its size, and for each stretch of floor area."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, cast, get_args

from gis.proposal import USES
from gis.rulebook.limit import Interval
from gis.rulebook.limit_reading import follows, read_interval
from gis.rulebook.table import Table

Rounding = Literal["total", "each"]
ROUNDINGS: Final[tuple[str, ...]] = get_args(Rounding)


@dataclass(frozen=True)
class PerUnit:
    """So many for each unit of these uses, by the unit's area in m²; a unit in no band has no law."""

    uses: tuple[str, ...]
    rows: tuple[tuple[Interval, Decimal], ...]

    def row(self, area: float) -> Decimal | None:
        """The number for a unit of this area.

        >>> law = PerUnit(("residential",), ((Interval.parse("[0, 150]"), Decimal(1)),))
        >>> law.row(150.0), law.row(150.001)
        (Decimal('1'), None)
        """
        return next((number for interval, number in self.rows if interval.contains(area)), None)

    @property
    def whatever(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most for a unit of unknown area; None where such a unit may have no law."""
        first, last = self.rows[0][0], self.rows[-1][0]
        if first.low > 0 or last.high is not None:
            return None
        return min(number for _, number in self.rows), max(number for _, number in self.rows)


@dataclass(frozen=True)
class PerArea:
    """`number` for each `square_metres` of floor area of these uses together."""

    uses: tuple[str, ...]
    number: Decimal
    square_metres: Decimal


@dataclass(frozen=True)
class Tally:
    """All rows together. `rounding`: `total` rounds the sum once, `each` rounds every unit and every use.

    A use that no row names has no law, but for those that only serve a building.
    """

    per_unit: tuple[PerUnit, ...]
    per_area: tuple[PerArea, ...]
    rounding: Rounding

    @property
    def uses(self) -> frozenset[str]:
        """Every use that it speaks of."""
        of_units = {use for unit in self.per_unit for use in unit.uses}
        return frozenset(of_units | {use for area in self.per_area for use in area.uses})


def read_tally(table: Table) -> Tally | None:
    """The keys `per_unit`, `per_area` and `rounding` of a value."""
    units = [row for item in table.tables("per_unit", needed=False) if (row := _per_unit(item))]
    areas = [area for item in table.tables("per_area", needed=False) if (area := _per_area(item))]
    rounding = table.word("rounding", ROUNDINGS)
    named = [use for unit in units for use in unit.uses] + [use for area in areas for use in area.uses]
    for use in sorted({use for use in named if named.count(use) > 1}):
        table.fault("repeated", "per_unit", f'"{use}" stands in two rows.', "Name each use in one row.")
    if not (units or areas) or rounding is None:
        return None
    return Tally(tuple(units), tuple(areas), cast("Rounding", rounding))


def _per_unit(item: Table) -> PerUnit | None:
    uses = item.word_list("uses", USES)
    rows: list[tuple[Interval, Decimal]] = []
    for band in item.tables("bands"):
        interval, number = read_interval(band), _number(band, "limit")
        band.done()
        if interval and number is not None and (not rows or follows(band, rows[-1][0], interval)):
            rows.append((interval, number))
    item.done()
    return PerUnit(uses, tuple(rows)) if uses and rows else None


def _per_area(item: Table) -> PerArea | None:
    uses, number = item.word_list("uses", USES), _number(item, "number")
    metres = item.number("for_each_m2")
    item.done()
    if metres is not None and metres <= 0:
        item.fault("negative", "for_each_m2", f"For each {metres} m².", "Give more than 0.")
        return None
    return PerArea(uses, number, metres) if uses and number is not None and metres is not None else None


def _number(table: Table, key: str) -> Decimal | None:
    number = table.number(key)
    if number is not None and number < 0:
        table.fault("negative", key, f"`{key}` is {number}.", "Give 0 or more.")
        return None
    return number
