"""What measuring one thing gives: its number, and the shapes that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

Role = Literal["witness", "excess", "strip", "frontage", "footprint", "allowed", "buffer"]
"""What an evidence shape is: the line of a distance, what breaks the law, what a widening takes, a boundary,
what was measured, the space within which the law wants the building, the strip that an object keeps free."""


@dataclass(frozen=True)
class Found:
    """A measured value in the unit of its measure, with shapes in the city's frame that show how."""

    value: float
    shapes: tuple[tuple[Role, BaseGeometry], ...] = ()
