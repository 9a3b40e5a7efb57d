"""A plan and its comparisons as the service and the terminal give them: numbers at declared precision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis.drawing import telling
from gis.drawing.comparison import Comparison, compare
from gis.drawing.plan import Plan
from gis.precision import DECIMALS, rounded


def plan_document(plan: Plan, with_parcel: Sequence[Comparison] = ()) -> dict[str, Any]:
    """What the drawing holds, and how it compares with itself and its parcel.

    Coordinates are metres of the drawing's own plane, not of the city's frame.
    """
    comparisons = (*with_parcel, *compare(plan))
    return {
        "mapping": {"id": plan.mapping.id, "title": plan.mapping.title.to_dict()},
        "unit": {
            "name": plan.unit.name,
            "metres": plan.unit.metres,
            "said": plan.unit.said,
            "agreeing": list(plan.unit.agreeing),
            "silent": list(plan.unit.silent),
        },
        "plot": None
        if plan.plot is None
        else {"area_m2": rounded(plan.plot.area, "m2"), "geometry": drawn(plan.plot.polygon)},
        "shapes": [
            {
                "role": shape.role,
                "layer": shape.layer,
                "block": shape.block,
                "level": shape.level,
                "existing": shape.existing,
                "area_m2": rounded(shape.area, "m2"),
                "geometry": drawn(shape.polygon),
            }
            for shape in plan.shapes
        ],
        "heights": [
            {
                "role": height.role,
                "layer": height.layer,
                "block": height.block,
                "level": height.level,
                "metres": rounded(height.metres, "m"),
            }
            for height in plan.heights
        ],
        "declared": [
            {
                "fact": said.fact,
                "value": said.value,
                "unit": said.unit,
                "layer": said.layer,
                "block": said.block,
                "level": said.level,
                "text": said.text,
            }
            for said in plan.declared
        ],
        "comparisons": [_comparison(found) for found in comparisons],
        "differences": sum(found.verdict == "differs" for found in comparisons),
        "left_out": [
            {
                "code": left.code,
                "layer": left.layer,
                "count": left.count,
                "value": rounded(left.value, "m"),
                "text": telling.left_out(left.code, left.layer, left.count).to_dict(),
            }
            for left in plan.left_out
        ],
        "unknown_layers": [{"layer": layer, "entities": count} for layer, count in plan.unknown_layers],
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "fact": found.fact,
        "verdict": found.verdict,
        "declared": rounded(found.declared, found.unit),
        "measured": rounded(found.measured, found.unit),
        "unit": found.unit,
        "tolerance": rounded(found.tolerance, found.unit),
        "cite": found.cite,
        "layers": list(found.layers),
        "block": found.block,
        "level": found.level,
        "text": found.text.to_dict(),
        "geometry": None if found.shape is None else drawn(found.shape),
    }


def drawn(shape: BaseGeometry) -> dict[str, Any]:
    """A shape as GeoJSON writes it, in metres of the drawing at the tenth of a millimetre."""

    def at_precision(points: Any) -> Any:
        return points.round(DECIMALS["m"])

    geometry: dict[str, Any] = shapely.geometry.mapping(shapely.transform(shape, at_precision))
    return geometry
