"""The declared precision of every unit, and the one comparison with a limit that follows from it.

A report is serialised at this precision. Two numbers that it prints alike are alike: a difference below half
a step is noise of floating point and of coordinates on the wire, never ground for a violation. This is not a
survey tolerance, which is law and stands in the rule-book.
"""

from __future__ import annotations

import math
from typing import Final

Unit = str

COUNTED: Final = frozenset({"storeys", "spaces", "units", "parcels", "use"})
"""Units of what is counted: whole numbers."""
_MEASURED: Final = {"m": 1e-4, "m2": 1e-3, "1": 1e-6, "deg": 1e-2}
PRECISION: Final[dict[Unit, float]] = _MEASURED | dict.fromkeys(COUNTED, 1.0)

_ARITHMETIC: Final = 1e-9
"""Noise of the arithmetic behind a limit on what is counted, as of 0.1 × 30 storeys."""
DECIMALS: Final[dict[Unit, int]] = {"m": 4, "m2": 3, "1": 6, "deg": 2} | dict.fromkeys(COUNTED, 0)
"""Decimals of a serialised number."""

_SAME: Final = 1e-4
"""Part of a step by which the arithmetic of floating point may miss a whole number of steps."""


def noise(unit: Unit) -> float:
    """Half a step of the unit's declared precision: 0.05 mm for metres, 5 cm² for areas, 5e-7 for ratios.

    What is counted is exact: no part of a storey is noise.

    >>> noise("m"), noise("storeys")
    (5e-05, 1e-09)
    """
    return _ARITHMETIC if unit in COUNTED else PRECISION[unit] / 2


def at_most(value: float, limit: float, unit: Unit) -> bool:
    """Whether `value` does not exceed `limit`; exactly at the limit is within it.

    >>> at_most(0.1 + 0.2, 0.3, "1"), at_most(0.300001, 0.3, "1")
    (True, False)
    """
    return value - limit <= noise(unit)


def at_least(value: float, limit: float, unit: Unit) -> bool:
    """Whether `value` does not fall below `limit`; exactly at the limit is enough.

    >>> at_least(2.99999, 3.0, "m"), at_least(2.9999, 3.0, "m")
    (True, False)
    """
    return limit - value <= noise(unit)


def keeps(value: float, limit: float, unit: Unit, relation: str) -> bool:
    """Whether `value` keeps a limit that is `at_least` or `at_most`.

    >>> keeps(3.0, 3.0, "m", "at_least"), keeps(2.9, 3.0, "m", "at_least"), keeps(2.9, 3.0, "m", "at_most")
    (True, False, True)
    """
    return at_least(value, limit, unit) if relation == "at_least" else at_most(value, limit, unit)


def rounded(value: float | None, unit: Unit) -> float | None:
    """`value` at the declared precision of `unit`, without a negative zero; None stays None.

    >>> rounded(-0.00001, "m"), rounded(0.71000000001, "1"), rounded(None, "m")
    (0.0, 0.71, None)
    """
    return None if value is None else float(round(value, DECIMALS[unit])) + 0.0


def safe(limit: float | None, unit: Unit, relation: str | None) -> float | None:
    """A limit that follows from another one at its declared precision, never more generous than it is.

    `relation` None rounds to the nearest.

    >>> safe(105.9599, "m2", "at_most"), safe(0.6 * 200, "m2", "at_most"), safe(60.0001, "m2", "at_least")
    (105.959, 120.0, 60.001)
    """
    if limit is None or relation not in {"at_most", "at_least"}:
        return rounded(limit, unit)
    steps = limit * 10 ** DECIMALS[unit]
    whole = math.floor(steps + _SAME) if relation == "at_most" else math.ceil(steps - _SAME)
    return rounded(whole / 10 ** DECIMALS[unit], unit)
