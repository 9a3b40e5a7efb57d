"""A plan: what a sheet shows once its layers and its unit are known, in metres. What is left out is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import shapely
from shapely import Polygon

from gis.drawing.curves import CHORD_ERROR, area_of, chords
from gis.drawing.declared import Declared, declared_in, number_in
from gis.drawing.guard import refuse
from gis.drawing.mapping import AREAS, HEIGHTS, Mapping, Place, Role
from gis.drawing.sheet import Dimension, Outline, Sheet
from gis.drawing.units import Unit, Witness, area_witness, unit_of
from gis.overlay import shared_area
from gis.precision import noise

MAX_SHAPES: Final = 500
MAX_POINTS: Final = 5_000
"""Outlines on layers of the plan, and their points once arcs are chords."""
_SLOT: Final = (2.0, 4.0)
"""Metres of the shorter side of a parking space, from the narrowest stall to the widest bay for a wheelchair
(domain 3.6: 2.5 m; ISO 21542: 3.9 m)."""


@dataclass(frozen=True)
class Shape:
    """An outline of the plan in metres of the drawing's own coordinates."""

    role: Role
    layer: str
    block: int | None
    level: int | None
    existing: bool
    polygon: Polygon

    @property
    def area(self) -> float:
        """m²."""
        return float(self.polygon.area)


@dataclass(frozen=True)
class Height:
    """A height in metres: what is drawn, and what is written over it.

    `written` None: nothing, or "" where a text is written that is no number.
    """

    role: Role
    layer: str
    block: int | None
    level: int | None
    metres: float
    written: float | Literal[""] | None


@dataclass(frozen=True)
class LeftOut:
    """Something on a layer of the plan that is not taken, and why (`code`).

    `value` in metres or square metres where the reason has a size.
    """

    code: str
    layer: str
    count: int = 1
    value: float | None = None


@dataclass(frozen=True)
class Plan:
    """Shapes, heights and declared facts of a drawing; what was left out, and layers that nobody knows."""

    mapping: Mapping
    unit: Unit
    shapes: tuple[Shape, ...]
    heights: tuple[Height, ...]
    declared: tuple[Declared, ...]
    left_out: tuple[LeftOut, ...]
    unknown_layers: tuple[tuple[str, int], ...]

    def of(self, role: Role, block: int | None = None, level: int | None = None) -> list[Shape]:
        """The shapes of a role, of one block and level where these are given."""
        return [
            shape
            for shape in self.shapes
            if shape.role == role
            and (block is None or shape.block == block)
            and (level is None or shape.level == level)
        ]

    @cached_property
    def plot(self) -> Shape | None:
        """The outline of the plot; None where none or more than one is drawn."""
        plots = self.of("plot")
        return plots[0] if len(plots) == 1 else None

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """The numbers of the blocks that have an outline."""
        return tuple(sorted({s.block for s in self.shapes if s.block is not None}))

    def fact(self, name: str) -> list[Declared]:
        """The texts that declare a fact."""
        return [declared for declared in self.declared if declared.fact == name]


def read_plan(
    sheet: Sheet, mapping: Mapping, *, unit: str | None = None, parcel_area: float | None = None
) -> Plan:
    """The plan of a sheet under a mapping.

    `unit`: what its sender says of the drawing's unit, in place of what it declares. `parcel_area`: m² by the
    cadastre, where the parcel is known. Raises DrawingError where no layer of the mapping holds anything, and
    for the units (see `gis.drawing.units`).
    """
    places = {layer: mapping.place(layer) for layer in _layers(sheet)}
    known = {layer: place for layer, place in places.items() if place is not None}
    if not any(place.role in AREAS for place in known.values()):
        refuse(
            "no_layer_known",
            "",
            f"No layer of the drawing is one of «{mapping.id}»; name its layers so, or send the mapping.",
            layers=sorted(places)[:50],
        )
    declared = declared_in(sheet.labels, mapping, known)
    scale = unit_of(sheet.unit, unit, _witnesses(sheet, known, declared, parcel_area))
    shapes, left_out = _shapes(sheet.outlines, known, scale.metres)
    return Plan(
        mapping,
        scale,
        tuple(shapes),
        _heights(sheet, known, scale.metres),
        declared,
        (*left_out, *_others(sheet, known)),
        tuple(sorted((layer, n) for layer, n in _layers(sheet).items() if places[layer] is None)),
    )


def _layers(sheet: Sheet) -> dict[str, int]:
    """Entities by layer."""
    counts: dict[str, int] = {}
    for layer in (item.layer for items in (sheet.outlines, sheet.labels, sheet.dimensions) for item in items):
        counts[layer] = counts.get(layer, 0) + 1
    for (layer, _), count in sheet.others.items():
        counts[layer] = counts.get(layer, 0) + count
    return counts


def _witnesses(
    sheet: Sheet, known: dict[str, Place], declared: Sequence[Declared], parcel_area: float | None
) -> list[Witness]:
    """What of the drawing has a size that is known otherwise, for its unit."""
    of = {role: [o for o in sheet.outlines if _role(o.layer, known) == role] for role in ("plot", "parking")}
    plots = [area_of(outline.corners) for outline in of["plot"] if outline.closed]
    found = []
    if len(plots) == 1 and plots[0] > 0:
        said = [d.value for d in declared if d.fact == "plot_area"]
        found += [area_witness("declared plot area", plots[0], area) for area in said]
        if parcel_area is not None:
            found.append(area_witness("parcel in the cadastre", plots[0], parcel_area))
    slots = [_least_side(outline) for outline in of["parking"] if outline.closed]
    if slots:
        found.append(Witness("parking spaces", sorted(slots)[len(slots) // 2], *_SLOT))
    return found


def _role(layer: str, known: dict[str, Place]) -> Role | None:
    place = known.get(layer)
    return None if place is None else place.role


def _least_side(outline: Outline) -> float:
    """The shorter side of the smallest turned rectangle around an outline, drawing units."""
    box = shapely.minimum_rotated_rectangle(shapely.MultiPoint([(x, y) for x, y, _ in outline.corners]))
    if box.geom_type != "Polygon":
        return 0.0
    a, b, c = shapely.points(shapely.get_coordinates(box)[:3])
    return float(min(a.distance(b), b.distance(c)))


def _shapes(
    outlines: Iterable[Outline], known: dict[str, Place], metres: float
) -> tuple[list[Shape], list[LeftOut]]:
    shapes: list[Shape] = []
    left_out: list[LeftOut] = []
    points = 0
    for outline in outlines:
        place = known.get(outline.layer)
        if place is None or place.role not in AREAS:
            continue
        found = _polygon(outline, metres)
        if isinstance(found, LeftOut):
            left_out.append(found)
            continue
        shape = Shape(place.role, outline.layer, place.block, place.level, place.existing, found)
        if any(same(shape, other) for other in shapes):
            left_out.append(LeftOut("drawn_twice", outline.layer, value=shape.area))
        else:
            shapes.append(shape)
            points += shapely.get_num_coordinates(found)
        if len(shapes) > MAX_SHAPES or points > MAX_POINTS:
            refuse(
                "too_many_shapes",
                f"layer {outline.layer}",
                f"The layers of the plan hold more than {MAX_SHAPES:,} outlines or {MAX_POINTS:,} points.",
                limit=MAX_SHAPES,
            )
    return shapes, left_out


def same(first: Shape, second: Shape) -> bool:
    """Whether two shapes of one layer are one drawn twice."""
    if first.layer != second.layer or abs(first.area - second.area) > noise("m2"):
        return False
    return shared_area(first.polygon, second.polygon) >= first.area - 2 * noise("m2")


def _polygon(outline: Outline, metres: float) -> Polygon | LeftOut:
    """The outline as land; what is open, too small or crosses itself is left out and told, never repaired."""
    corners = [(x * metres, y * metres, bulge) for x, y, bulge in outline.corners]
    points = chords(corners, outline.closed, CHORD_ERROR)
    if len(points) < 3:
        return LeftOut("no_area", outline.layer)
    gap = shapely.Point(points[0]).distance(shapely.Point(points[-1]))
    if not outline.closed and gap > CHORD_ERROR:
        return LeftOut("open", outline.layer, value=gap)
    polygon = Polygon(points)
    if not polygon.is_valid:
        return LeftOut("crosses_itself", outline.layer)
    if polygon.area <= noise("m2"):
        return LeftOut("no_area", outline.layer)
    return polygon


def _heights(sheet: Sheet, known: dict[str, Place], metres: float) -> tuple[Height, ...]:
    found = []
    for dimension in sheet.dimensions:
        place = known.get(dimension.layer)
        if place is not None and place.role in HEIGHTS and dimension.measured > 0:
            written = _written(dimension, metres)
            measured = dimension.measured * metres
            found.append(Height(place.role, dimension.layer, place.block, place.level, measured, written))
    return tuple(found)


def _written(dimension: Dimension, metres: float) -> float | Literal[""] | None:
    """The metres that a text over a dimension says; the drawing program would write them times its factor."""
    if dimension.text in {"", "<>"}:
        return None
    number = number_in(dimension.text)
    return "" if number is None else number / dimension.factor * metres


def _others(sheet: Sheet, known: dict[str, Place]) -> list[LeftOut]:
    """What stands on a layer for areas and is no closed outline, a line or an arc."""
    return [
        LeftOut(f"no_outline:{kind}", layer, count)
        for (layer, kind), count in sorted(sheet.others.items())
        if _role(layer, known) in AREAS
    ]
