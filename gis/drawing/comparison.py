"""What a drawing declares beside what it measures, each difference with both numbers and the shape."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from gis.drawing import telling
from gis.drawing.plan import Plan
from gis.drawing.telling import At
from gis.overlay import areas_of, difference, shared_area, union_all
from gis.precision import at_most
from gis.words import Words

Verdict = Literal["agrees", "differs", "undecided"]


@dataclass(frozen=True)
class Comparison:
    """One fact, declared and measured.

    `tolerance` in the unit of the values; `cite` says where it stands. `shape`: what is too much, in metres
    of the drawing. An undecided one says in its text what is missing.
    """

    fact: str
    verdict: Verdict
    declared: float | None
    measured: float | None
    unit: str
    tolerance: float
    cite: str
    layers: tuple[str, ...]
    text: Words
    block: int | None = None
    level: int | None = None
    shape: BaseGeometry | None = None


def compare(plan: Plan) -> tuple[Comparison, ...]:
    """Everything that the drawing says twice, compared with the tolerances of its mapping.

    The plot (area; average depth × width), what is written over a dimension, the covered area with the
    footprints, each floor with the outlines on the plot, deductions with their floor, the height with the
    rooms in it and with the yards, the spaces with their number, and every outline with the plot.
    """
    return (
        *_plot(plan),
        *_written(plan),
        *_covered(plan),
        *_floors(plan),
        *_deductions(plan),
        *_heights(plan),
        *_parking(plan),
        *_on_the_plot(plan),
    )


def made(
    plan: Plan,
    fact: str,
    values: tuple[float, float],
    unit: str,
    layers: tuple[str, ...],
    *,
    at: At = (None, None),
    shape: BaseGeometry | None = None,
    least: bool = False,
) -> Comparison:
    """The comparison of two values, declared and measured; `least`: the measured one may be smaller."""
    declared, measured = values
    share = plan.mapping.tolerances["area" if unit == "m2" else "length"]
    tolerance = {"m2": share.value * max(declared, measured), "m": share.value}.get(unit, 0.0)
    apart = measured - declared if least else abs(declared - measured)
    verdict: Verdict = "agrees" if at_most(apart, tolerance, unit) else "differs"
    text = telling.compared(fact, verdict, values, unit, tolerance=tolerance, at=at)
    wrong = shape if verdict == "differs" else None
    return Comparison(
        fact, verdict, declared, measured, unit, tolerance, share.cite, layers, text, *at, wrong
    )


def _open(
    plan: Plan, fact: str, why: str, unit: str, layers: tuple[str, ...], *, at: At = (None, None)
) -> Comparison:
    """A comparison that cannot be made, and why."""
    share = plan.mapping.tolerances["area" if unit == "m2" else "length"]
    text = telling.undecided(fact, why, at)
    return Comparison(fact, "undecided", None, None, unit, 0.0, share.cite, layers, text, *at)


def _plot(plan: Plan) -> Iterator[Comparison]:
    areas = plan.fact("plot_area")
    if plan.plot is None:
        drawn = plan.of("plot")
        layers = tuple(shape.layer for shape in drawn)
        yield _open(plan, "plot_area", "no_plot" if not drawn else "many_plots", "m2", layers)
        return
    if not areas:
        yield _open(plan, "plot_area", "plot_area_not_declared", "m2", (plan.plot.layer,))
    for said in areas:
        layers = (said.layer, plan.plot.layer)
        yield made(plan, "plot_area", (said.value, plan.plot.area), "m2", layers, shape=plan.plot.polygon)
    for deep, wide in zip(plan.fact("plot_depth"), plan.fact("plot_width"), strict=False):
        layers = (deep.layer, plan.plot.layer)
        values = (deep.value * wide.value, plan.plot.area)
        yield made(plan, "plot_sides", values, "m2", layers, shape=plan.plot.polygon)


def _written(plan: Plan) -> Iterator[Comparison]:
    for height in plan.heights:
        at = (height.block, height.level)
        if height.written == "":
            yield _open(plan, "written", "written_no_number", "m", (height.layer,), at=at)
        elif height.written is not None:
            yield made(plan, "written", (height.written, height.metres), "m", (height.layer,), at=at)


def _covered(plan: Plan) -> Iterator[Comparison]:
    """The covered area of each block beside all its footprints above the ground together."""
    for shape in plan.of("covered"):
        feet = [foot for foot in plan.of("footprint", shape.block) if (foot.level or 0) >= 0]
        if not feet:
            yield _open(plan, "covered_area", "no_footprint", "m2", (shape.layer,), at=(shape.block, None))
            continue
        together = union_all(foot.polygon for foot in feet)
        layers = (shape.layer, *sorted({foot.layer for foot in feet}))
        apart = areas_of(
            union_all((difference(shape.polygon, together), difference(together, shape.polygon)))
        )
        in_place = shared_area(shape.polygon, together) > 0
        yield made(
            plan,
            "covered_area",
            (shape.area, float(together.area)),
            "m2",
            layers,
            at=(shape.block, None),
            shape=apart if in_place else shape.polygon,
        )


def _floors(plan: Plan) -> Iterator[Comparison]:
    """Each floor beside the outline on the plot that is nearest to it in area: it may be smaller, as a stair
    head is, and not larger."""
    for block in plan.blocks:
        for level in sorted({s.level for s in plan.of("built_area", block) if s.level is not None}):
            floors = plan.of("built_area", block, level)
            below = level < 0
            feet = [f for f in plan.of("footprint", block) if ((f.level or 0) < 0) == below]
            layers = (floors[0].layer, *sorted({foot.layer for foot in feet}))
            at = (block, level)
            if len(floors) > 1:
                yield _open(plan, "built_area", "many_floors", "m2", layers, at=at)
            elif not feet:
                yield _open(plan, "built_area", "no_footprint", "m2", layers, at=at)
            else:
                floor = floors[0]
                near = min(feet, key=lambda foot: abs(foot.area - floor.area))
                yield made(
                    plan,
                    "built_area",
                    (near.area, floor.area),
                    "m2",
                    (floor.layer, near.layer),
                    at=at,
                    shape=floor.polygon,
                    least=True,
                )


def _deductions(plan: Plan) -> Iterator[Comparison]:
    """What is not to be counted of a floor lies within that floor."""
    for part in plan.of("deduction"):
        floors = plan.of("built_area", part.block, part.level)
        at = (part.block, part.level)
        if not floors:
            yield _open(plan, "deduction", "no_floor", "m2", (part.layer,), at=at)
            continue
        outside = areas_of(difference(part.polygon, union_all(floor.polygon for floor in floors)))
        layers = (part.layer, floors[0].layer)
        inside = part.area - float(outside.area)
        yield made(plan, "deduction", (inside, part.area), "m2", layers, at=at, shape=outside)


def _heights(plan: Plan) -> Iterator[Comparison]:
    for block in plan.blocks:
        heights = [height for height in plan.heights if height.block == block]
        drawn = [h for h in heights if h.role == "building_height"]
        rooms = [h for h in heights if h.role == "room_height" and (h.level or 0) >= 0]
        yards = [d for d in plan.fact("yard_height") if d.block == block]
        if len(drawn) != 1:
            if drawn or rooms or yards:
                why, layers = "many_heights" if drawn else "no_height", tuple(h.layer for h in drawn)
                yield _open(plan, "height", why, "m", layers, at=(block, None))
            continue
        height = drawn[0]
        levels = {room.level for room in rooms}
        if rooms:
            clear = math.fsum(max(r.metres for r in rooms if r.level == level) for level in levels)
            layers = (height.layer, *sorted({room.layer for room in rooms}))
            yield made(plan, "rooms", (height.metres, clear), "m", layers, at=(block, None), least=True)
        top = max((yard.level or 0 for yard in yards), default=0)
        for yard in (yard for yard in yards if (yard.level or 0) == top):
            values, layers = (yard.value, height.metres), (yard.layer, height.layer)
            yield made(plan, "yard_height", values, "m", layers, at=(block, top))


def _parking(plan: Plan) -> Iterator[Comparison]:
    drawn = plan.of("parking")
    for said in plan.fact("parking"):
        layers = (said.layer, *sorted({shape.layer for shape in drawn}))
        yield made(plan, "parking", (said.value, float(len(drawn))), "spaces", layers)


def _on_the_plot(plan: Plan) -> Iterator[Comparison]:
    """What stands on the plot is drawn within it."""
    if plan.plot is None:
        return
    plot = plan.plot.polygon
    for shape in (*plan.of("footprint"), *plan.of("covered")):
        outside = areas_of(difference(shape.polygon, plot))
        inside = shape.area - float(outside.area)
        layers = (shape.layer, plan.plot.layer)
        at = (shape.block, shape.level)
        yield made(plan, "on_plot", (inside, shape.area), "m2", layers, at=at, shape=outside)
