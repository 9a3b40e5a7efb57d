"""A drawing on its parcel: the drawn plot laid on the cadastre's, and what differs between the two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.drawing import telling
from gis.drawing.comparison import Comparison, made
from gis.drawing.fitting import Fit, fits
from gis.drawing.guard import refuse
from gis.drawing.plan import Plan
from gis.frame import Frame
from gis.lot import Lot
from gis.overlay import areas_of, difference, union_all
from gis.precision import at_most, rounded
from gis.report import geometry_to_dict
from gis.words import Words

REACH: Final = 1.0
"""Metres by which the farthest corner may miss for the drawing to be laid there at all. No law: what is
missed is told, and compared with the tolerance."""
_RIVAL: Final = 0.3
"""Metres by which another way of laying may be worse and still be as likely, beside twice the best one."""
_SAMPLES: Final = 40

Standing = Literal["placed", "ambiguous", "fits_nowhere", "no_plot"]


@dataclass(frozen=True)
class Placement:
    """Where a drawing lies on a parcel.

    `fit` is the way taken, where it is `placed`. `ways`: all that are as likely by the boundary alone.
    `by`: what chose among them: `boundary` (one way only), `front_yard` or `road` before the parcel's street,
    or `said` by its sender.
    """

    standing: Standing
    fit: Fit | None
    ways: tuple[Fit, ...]
    by: str | None
    text: Words


def place(plan: Plan, lot: Lot, way: int | None = None) -> Placement:
    """Lay the drawn plot on a parcel before widening.

    A rectangle fits in two ways and a square in four: then the drawn front yards, else the drawn roads, must
    lie at the parcel's street in one way alone. Where they do not, its sender says which of the `ways`
    (numbered from 0) is right. Raises DrawingError for one that there is not.
    """
    if plan.plot is None:
        return _told("no_plot", None, (), None)
    found = fits(plan.plot.polygon, lot.before)
    if not found or found[0].corners > REACH:
        return _told("fits_nowhere", None, tuple(found[:1]), None)
    ways = tuple(fit for fit in found if fit.corners <= 2 * found[0].corners + _RIVAL)
    if way is not None:
        if not 0 <= way < len(ways):
            refuse("way", "way", f"The boundary fits in {len(ways)} ways, numbered from 0.", ways=len(ways))
        return _told("placed", ways[way], ways, "said")
    if len(ways) == 1:
        return _told("placed", ways[0], ways, "boundary")
    for role, by in (("yard_front", "front_yard"), ("road", "road")):
        hints = [shape for shape in plan.shapes if shape.role == role and (shape.level or 0) >= 0]
        hint = union_all(shape.polygon for shape in hints)
        if hint.is_empty:
            continue
        shares = [_share_at_street(way.motion.of(hint), lot, way.corners) for way in ways]
        first, second = sorted(shares, reverse=True)[:2]
        if first > 0.5 and first > 2 * second:
            return _told("placed", ways[shares.index(first)], ways, by)
    return _told("ambiguous", None, ways, None)


def _share_at_street(hint: BaseGeometry, lot: Lot, missed: float) -> float:
    """The share of the street edges along which a front yard or a road is as near as it comes to the lot."""
    streets = [edge.line for edge in lot.edges if edge.kind == "street"]
    if not streets:
        return 0.0
    reach = float(shapely.distance(lot.after, hint)) + missed + _RIVAL
    along = [(n + 0.5) / _SAMPLES for n in range(_SAMPLES)]
    points = shapely.line_interpolate_point(np.array(streets)[:, None], along, normalized=True)
    beside = (shapely.distance(points, hint) <= reach).mean(axis=1)
    return float(np.average(beside, weights=shapely.length(streets)))


def _told(standing: Standing, fit: Fit | None, ways: tuple[Fit, ...], by: str | None) -> Placement:
    best = fit or (ways[0] if ways else None)
    missed = None if best is None else best.corners
    return Placement(standing, fit, ways, by, telling.placed(standing, by, len(ways), missed))


def compare_with_parcel(plan: Plan, lot: Lot, placement: Placement) -> tuple[Comparison, ...]:
    """The drawn plot beside the parcel of the cadastre: its area, and where it is placed its outline."""
    if plan.plot is None:
        return ()
    layers = (plan.plot.layer,)
    area = made(plan, "parcel_area", (lot.area_before, plan.plot.area), "m2", layers)
    if placement.fit is None:
        return (area,)
    moved = placement.fit.motion.of(plan.plot.polygon)
    apart = areas_of(union_all((difference(moved, lot.before), difference(lot.before, moved))))
    tolerance = plan.mapping.tolerances["length"]
    agrees = at_most(placement.fit.corners, tolerance.value, "m")
    text = telling.outline_apart(placement.fit.corners, placement.fit.area, tolerance.value, agrees=agrees)
    outline = Comparison(
        "parcel_outline",
        "agrees" if agrees else "differs",
        0.0,
        placement.fit.corners,
        "m",
        tolerance.value,
        tolerance.cite,
        layers,
        text,
        shape=None if agrees else apart,
    )
    return (area, outline)


def placement_document(placement: Placement, plan: Plan, frame: Frame) -> dict[str, Any]:
    """The placement as the service gives it, with the drawn plot as it lies on the parcel (EPSG:4326)."""
    moved = placement.fit and plan.plot and placement.fit.motion.of(plan.plot.polygon)
    return {
        "geometry": geometry_to_dict(moved, frame) if moved else None,
        "standing": placement.standing,
        "by": placement.by,
        "residual_m": None if placement.fit is None else rounded(placement.fit.corners, "m"),
        "residual_m2": None if placement.fit is None else rounded(placement.fit.area, "m2"),
        "ways": [
            {
                "turned_deg": rounded(math.degrees(way.motion.turn) % 360, "deg"),
                "residual_m": rounded(way.corners, "m"),
                "residual_m2": rounded(way.area, "m2"),
            }
            for way in placement.ways
        ],
        "text": placement.text.to_dict(),
    }
