"""The edges of a lot: which are street, side, rear, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely import LineString

from gis.alignment import Street

EdgeKind = Literal["street", "side", "rear", "unknown"]
EdgeEvidence = Literal["right_of_way", "axis_width", "gap", "neighbour", "officer", "none"]


@dataclass(frozen=True)
class Edge:
    """One edge of a lot after widening, the interior on its left.

    `line` keeps the vertices of a curved edge. `street` may be None on a street edge whose street land is
    known but not its name. `measured_width`: metres across the street to the opposite parcels, where no width
    is given. `confidence` in [0, 1]. `length` in metres; `azimuth` in degrees clockwise from grid north,
    [0, 360), of the direction from the first to the last point.
    """

    index: int
    line: LineString
    kind: EdgeKind
    evidence: EdgeEvidence
    street: Street | None
    measured_width: float | None
    confidence: float
    length: float
    azimuth: float

    @property
    def street_width(self) -> float | None:
        """Metres of right of way before this edge: by law, else measured between parcels, else None."""
        law = self.street.law_width if self.street else None
        return law if law is not None else self.measured_width


@dataclass(frozen=True)
class EdgeCorrection:
    """An officer's word on an edge, with its reason: the edge of that `index`, or the boundary along `line`.

    `street` (a key of the streets given) names the street of an edge corrected to `street`.
    """

    kind: EdgeKind
    reason: str
    index: int | None = None
    line: LineString | None = None
    street: str | None = None
