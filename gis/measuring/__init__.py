"""From a rule and the facts to its measured value: each measure that is about a place, with its shapes.

The geometry itself is pure and stands in `gis.measures`; here stand which facts it is given, and what is said
where it cannot be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gis.measuring import around, bulk, corners, light_wells, mass, parking, pieces, projections, windows
from gis.measuring.measuring import Measuring

__all__ = ["MEASURING", "Measuring"]

MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {
        **around.MEASURING,
        **projections.MEASURING,
        **light_wells.MEASURING,
        **windows.MEASURING,
        **bulk.MEASURING,
        **mass.MEASURING,
        **pieces.MEASURING,
        **corners.MEASURING,
        **parking.MEASURING,
    }
)
"""How each of these measures is taken."""
