"""An officer's word on an edge, recorded with its reason, over what the map shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from shapely import LineString

from gis.alignment import Street
from gis.errors import EdgeCorrectionError
from gis.evidence import Before, Stretch
from gis.outline import Sides

_BEFORE: dict[str, Before] = {
    "street": "street",
    "side": "neighbour",
    "rear": "neighbour",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class EdgeCorrection:
    """The edge with this `index` in the uncorrected lot, or the boundary along `line`, is of this `kind`.

    `line` runs along the boundary after widening (within the snap of 5 cm) and need not end at corners: it is
    the safer name, for an index moves when the map around the lot changes. `street` (the key of one of the
    lot's streets) names the street of an edge corrected to `street`. Later corrections win.
    """

    kind: Literal["street", "side", "rear", "unknown"]
    reason: str
    index: int | None = None
    line: LineString | None = None
    street: str | None = None


def corrected(
    sides: Sides,
    looked: Sequence[Stretch],
    corrections: Sequence[EdgeCorrection],
    streets: Sequence[Street],
    reach: float,
) -> list[Stretch]:
    """The stretches with the officer's corrections (each by `line`) over the evidence.

    Raises EdgeCorrectionError for a correction that meets no boundary, has no reason or names an unknown
    street.
    """
    known = {street.key: street for street in streets}
    result = list(looked)
    middles = shapely.points(
        [sides.start[s.side] + sides.direction[s.side] * (s.begin + s.end) / 2 for s in looked]
        if looked
        else np.empty((0, 2))
    )
    for number, correction in enumerate(corrections):
        where = f"/edge_corrections/{number}"
        if not correction.reason.strip():
            raise EdgeCorrectionError("correction.reason", where, "A correction needs its reason.")
        if correction.street is not None and correction.street not in known:
            raise EdgeCorrectionError(
                "correction.street",
                where,
                f"There is no street {correction.street!r} at this lot.",
                street=correction.street,
            )
        if correction.line is None or correction.line.is_empty:
            raise EdgeCorrectionError("correction.place", where, "A correction names an edge or a line.")
        met = np.flatnonzero(shapely.distance(middles, correction.line) <= reach)
        if len(met) == 0:
            raise EdgeCorrectionError(
                "correction.place", where, "The corrected line lies nowhere on the lot's boundary."
            )
        for i in met.tolist():
            stretch = result[i]
            street = known[correction.street] if correction.street is not None else stretch.street
            result[i] = replace(
                stretch,
                before=_BEFORE[correction.kind],
                evidence="officer",
                street=street if correction.kind == "street" else None,
                width=stretch.width if correction.kind == "street" else None,
                confidence=1.0,
                correction=number,
            )
    return result
