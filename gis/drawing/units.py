"""The unit of a drawing: what it declares, and what of its own content agrees or disagrees with that.

A drawing is never rescaled in silence. Where what it declares and what it is drawn in disagree it is refused,
both are named, and who sent it says which is true.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from gis.drawing.guard import refuse

METRES: Final = {"m": 1.0, "dm": 0.1, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "in": 0.0254}
"""Metres of the units in which buildings are drawn."""
_NAMED: Final = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m", 14: "dm"}
"""Codes of $INSUNITS (DXF reference, header variables)."""
_NEAR: Final = 1.2
"""A witness speaks for a unit where it is off by less than this factor: declared and drawn plot areas of
known drawings differ by up to 36 %, a factor of 1.17 in length; the nearest two units differ by 2.54."""


@dataclass(frozen=True)
class Witness:
    """Something whose size in metres is known or bounded: `low` to `high` metres for `drawn` units.

    >>> Witness("plot_area", 12.0, 144.0, 144.0).says("in")
    False
    >>> Witness("plot_area", 12.0, 12.0, 12.0).says("m")
    True
    """

    name: str
    drawn: float
    low: float
    high: float

    def says(self, unit: str) -> bool:
        """Whether the thing has its size if it is drawn in this unit."""
        metres = self.drawn * METRES[unit]
        return self.low / _NEAR < metres < self.high * _NEAR


def area_witness(name: str, drawn: float, square_metres: float) -> Witness:
    """The side of a square of the area drawn (square units) and of the area known (m²)."""
    side = math.sqrt(square_metres)
    return Witness(name, math.sqrt(drawn), side, side)


@dataclass(frozen=True)
class Unit:
    """The unit in which a drawing is read.

    `said`: by who sent it, in place of what the file declares. `agreeing`: the witnesses that agree with it;
    without one it rests on its declaration alone. `silent`: those that fit no unit and so decide nothing.
    """

    name: str
    said: bool
    agreeing: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def metres(self) -> float:
        """Metres of one drawing unit."""
        return METRES[self.name]


def unit_of(code: int | None, said: str | None, witnesses: Sequence[Witness]) -> Unit:
    """The unit of a drawing, from its $INSUNITS and what else is known of it.

    Raises DrawingError where no unit is declared or said, where it is none in which buildings are drawn, and
    where a witness speaks for another one.

    Declared in feet (2), drawn in inches: a plot of 60 × 60 ft that has 720 × 720 units.

    >>> plot = area_witness("plot_area", 720.0 * 720.0, 334.45)
    >>> unit_of(1, None, [plot]).agreeing
    ('plot_area',)
    >>> unit_of(2, None, [plot])
    Traceback (most recent call last):
    gis.errors.DrawingError: The drawing declares ft and is drawn in in, ... (drawing.units_disagree at ...)
    >>> unit_of(None, None, [])
    Traceback (most recent call last):
    gis.errors.DrawingError: The drawing does not declare its unit; ... (drawing.unit_missing at $INSUNITS)
    """
    name = said or _NAMED.get(code or 0)
    fits = {witness.name: [unit for unit in METRES if witness.says(unit)] for witness in witnesses}
    if name is None or name not in METRES:
        _refuse_unknown(code, said, fits)
    for witness, units in fits.items():
        if units and name not in units:
            declares = "is said to be in" if said else "declares"
            refuse(
                "units_disagree",
                "$INSUNITS",
                f"The drawing {declares} {name} and is drawn in {' or '.join(units)}, by its {witness}; "
                "set its unit right, or say which one is true.",
                declared=name,
                drawn=units,
                witness=witness,
            )
    return Unit(
        name,
        said is not None,
        tuple(witness for witness, units in fits.items() if units),
        tuple(witness for witness, units in fits.items() if not units),
    )


def _refuse_unknown(code: int | None, said: str | None, fits: dict[str, list[str]]) -> NoReturn:
    if said is not None or code is not None:
        refuse(
            "unit_unknown",
            "$INSUNITS" if said is None else "unit",
            f"Buildings are drawn in {', '.join(METRES)}, not in {said or f'the unit with the code {code}'}.",
            given=said or code,
            allowed=list(METRES),
        )
    likely = [unit for unit in METRES if fits and all(unit in units for units in fits.values())]
    refuse(
        "unit_missing",
        "$INSUNITS",
        "The drawing does not declare its unit; say it"
        + (f" (by its {', '.join(fits)} it is {' or '.join(likely)})." if likely else "."),
        likely=likely,
    )
