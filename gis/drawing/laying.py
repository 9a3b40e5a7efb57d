"""Floors that are drawn beside the plot, laid on the outline of the building that they are the floor of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely import Polygon

from gis.drawing.fitting import Fit, Motion, fit_of, fits
from gis.drawing.guard import refuse
from gis.drawing.plan import Plan, Shape
from gis.precision import at_most, rounded

MAX_FLOORS: Final = 60
MAX_OUTLINES: Final = 8
"""Floors of a drawing, and outlines of about the size of one of them: each pair is tried."""
_EXACT: Final = 1e-6
"""Metres within which an outline lies on another as it was copied; none lies better."""
_STAY: Final = Motion(0.0, (0.0, 0.0), (0.0, 0.0))


@dataclass(frozen=True)
class Laid:
    """A floor and where it lies on the plot.

    `footprint` None: it cannot be laid, and `why` says so: `many_floors` on its layer, `no_footprint` to lay
    it on, or `fits_none` of them within the tolerance of lengths. `on`: the layer on which it lies. `fit`
    also where it is too far off; None where no outline has about its area.
    """

    block: int
    level: int
    footprint: Polygon | None
    why: str | None = None
    on: str | None = None
    fit: Fit | None = None
    clear_height: float | None = None
    existing: bool = False


def lay(plan: Plan) -> tuple[Laid, ...]:
    """Every floor of the plan, block by block and from below.

    Basements are laid on outlines below the ground, other floors on those above it and on the covered area.
    Where an outline lies on itself in several ways (a rectangle) the footprint is the same in each.
    """
    found = []
    for block in plan.blocks:
        for level in sorted({s.level for s in plan.of("built_area", block) if s.level is not None}):
            floors = plan.of("built_area", block, level)
            below = level < 0
            feet = [f for f in plan.of("footprint", block) if ((f.level or 0) < 0) == below]
            feet += [] if below else plan.of("covered", block)
            found.append(_laid(plan, block, level, floors, feet))
            if len(found) > MAX_FLOORS:
                refuse(
                    "too_many_floors",
                    f"layer {floors[0].layer}",
                    f"The drawing has more than {MAX_FLOORS} floors; send each building alone.",
                    limit=MAX_FLOORS,
                )
    return tuple(found)


def _laid(plan: Plan, block: int, level: int, floors: Sequence[Shape], feet: Sequence[Shape]) -> Laid:
    rooms = [h for h in plan.heights if h.role == "room_height" and (h.block, h.level) == (block, level)]
    clear = min((room.metres for room in rooms), default=None)
    if len(floors) > 1 or not feet:
        return Laid(block, level, None, "many_floors" if len(floors) > 1 else "no_footprint")
    floor = floors[0]
    tolerance = plan.mapping.tolerances["length"].value
    best: tuple[float, Fit, Shape] | None = None
    alike = [foot for foot in feet if _alike(floor.polygon, foot.polygon, tolerance)]
    if len(alike) > MAX_OUTLINES:
        refuse(
            "too_many_outlines",
            f"layer {alike[-1].layer}",
            f"A floor could lie on more than {MAX_OUTLINES} outlines; draw each outline once.",
            limit=MAX_OUTLINES,
        )
    for foot in alike:
        if best is not None and best[0] < _EXACT:
            break
        for fit in (fit_of(_STAY, floor.polygon, foot.polygon), *fits(floor.polygon, foot.polygon)):
            if best is None or fit.corners < best[0] - 1e-6:
                best = (fit.corners, fit, foot)
    if best is None or not at_most(best[0], tolerance, "m"):
        nearest = None if best is None else best[1]
        on = None if best is None else best[2].layer
        return Laid(block, level, None, "fits_none", on, nearest, clear, floor.existing)
    moved = best[1].motion.of(floor.polygon)
    footprint = moved if isinstance(moved, Polygon) else None
    return Laid(block, level, footprint, None, best[2].layer, best[1], clear, floor.existing)


def _alike(first: Polygon, second: Polygon, tolerance: float) -> bool:
    """Whether areas allow that one outline lies within the tolerance of another: land between two outlines
    that are nowhere farther apart is at most a band of that width along them."""
    band = tolerance * max(first.length, second.length) + math.pi * tolerance**2
    return bool(abs(first.area - second.area) <= 2 * band)


def laid_document(laid: Sequence[Laid]) -> list[dict[str, Any]]:
    """The floors as the service gives them."""
    return [
        {
            "block": floor.block,
            "level": floor.level,
            "laid": floor.footprint is not None,
            "why": floor.why,
            "on": floor.on,
            "residual_m": None if floor.fit is None else rounded(floor.fit.corners, "m"),
            "residual_m2": None if floor.fit is None else rounded(floor.fit.area, "m2"),
            "turned_deg": None
            if floor.fit is None or floor.footprint is None
            else rounded(math.degrees(floor.fit.motion.turn) % 360, "deg"),
            "clear_height_m": rounded(floor.clear_height, "m"),
            "existing": floor.existing,
        }
        for floor in laid
    ]


_ASKED: Final = ("use", "units", "floor_height_m")
"""What a proposal must say of a storey and no layer of a drawing does."""


def draft(plan: Plan, laid: Sequence[Laid], motion: Motion | None, srid: int | None) -> dict[str, Any] | None:
    """A proposal to be completed, as `Proposal.from_geojson` reads it; None while a floor is not laid.

    `motion` brings the plot onto the parcel, in the frame `srid`. The members `use`, `units` and
    `floor_height_m` are null: a drawing says the outline of a storey, and who files it says these.
    """
    if not laid or motion is None or any(floor.footprint is None for floor in laid):
        return None
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(motion.of(floor.footprint)),
            "properties": {
                "level": floor.level,
                "kind": "basement" if floor.level < 0 else "floor",
                "clear_height_m": rounded(floor.clear_height, "m"),
                **dict.fromkeys(_ASKED),
            },
        }
        for floor in laid
        if floor.footprint is not None
    ]
    slots = len(plan.of("parking"))
    return {
        "type": "FeatureCollection",
        "srid": srid,
        "proposal": {"parking_spaces": slots or None},
        "features": features,
    }
