"""Reading cases.toml: a lot, its surroundings and a building drawn in metres, and each day's answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from shapely import LineString, Point, Polygon

from gis.alignment import Street, WidthKind
from gis.errors import GisError
from gis.frame import Frame
from gis.lot import Lot
from gis.overlay import shared_area
from gis.precision import noise
from gis.proposal import (
    ELEMENTS,
    EXISTING,
    STOREY_KINDS,
    USES,
    Elements,
    Existing,
    Proposal,
    Storey,
    StoreyKind,
    Use,
)
from gis.proposal.element_reading import KINDS, LINES, element_of
from gis.rulebook import BookFault
from gis.rulebook.reach import FARTHEST, OVERHANG
from gis.rulebook.table import Table, read_toml
from gis.site import Building, LayerState, Overlay, Site, ZoneShare
from gis.subdivision import Piece, Subdivision
from gis.terrain import Terrain
from gis.worked_cases import LAYERS, NUMBERS, VERDICTS, Expected, WorkedCase


def read_cases(text: str, frame: Frame, faults: list[BookFault]) -> tuple[WorkedCase, ...]:
    """The cases of cases.toml; what cannot be read is added to `faults`."""
    top = read_toml(text, "cases.toml", faults)
    cases = [case for item in top.tables("case") if (case := _case(item, frame, faults))]
    top.done()
    return tuple(cases)


def _case(table: Table, frame: Frame, faults: list[BookFault]) -> WorkedCase | None:
    before = len(faults)
    name, signed = table.text("name"), table.text("signed")
    outline = _shape(table, "lot")
    neighbours = [shape for item in table.tables("neighbour", needed=False) if (shape := _ring(item))]
    incomplete = table.word_list("incomplete", LAYERS, needed=False)
    streets = [_street(item) for item in table.tables("street", needed=False)]
    zones = [_zone(item) for item in table.tables("zone", needed=False)]
    buildings = [shape for item in table.tables("building", needed=False) if (shape := _ring(item))]
    overlays = [_overlay(item) for item in table.tables("overlay", needed=False)]
    pieces = [_piece(item) for item in table.tables("piece", needed=False)]
    storeys = [storey for item in table.tables("storey", needed=not pieces) for storey in _storeys(item)]
    elements = _elements(table)
    consents = table.take("neighbour_consents", list, "numbers of edges", needed=False) or []
    reach = float(_known_around(table))
    terrain = _terrain(table, outline) if outline else None
    spaces = table.number("parking_spaces", needed=False)
    ceded, existing = table.flag("strip_ceded"), table.word("existing", EXISTING, needed=False)
    expected = [_expected(table)]
    for item in table.tables("then", needed=False):
        expected.append(_expected(item))
        item.done()
    table.done()
    if len(faults) > before or not (name and signed and outline):
        return None
    layers = {n: LayerState(n, "unknown" if n in incomplete else "complete") for n in LAYERS}
    try:
        lot = Lot.build(
            name, outline, streets=[s for s in streets if s], neighbours=neighbours,
            streets_state=layers["streets"].status, parcels_state=layers["parcels"].status,
        )  # fmt: skip
        said = cast("Existing | None", existing)
        proposal = Subdivision(tuple(filter(None, pieces)), said) if pieces else Proposal(
            tuple(storeys), ceded, None if spaces is None else int(spaces), existing=said, elements=elements,
            neighbour_consents=tuple(consents),
        )  # fmt: skip
    except GisError as error:
        table.fault("bad_case", "", f"{error}", "Correct the drawing.")
        return None
    shares = (ZoneShare.of(code, shape, lot) for code, shape in filter(None, zones))
    over = tuple(overlay for overlay in overlays if overlay)
    stands = tuple(Building(f"{n}", shape) for n, shape in enumerate(buildings))
    known = "overlays" not in incomplete
    site = Site(
        lot, frame, tuple(filter(None, shares)), over, MappingProxyType(layers), buildings=stands,
        beside=tuple(
            replace(b, own=False) for b in stands if shared_area(b.geometry, outline) <= noise("m2")
        ),
        beside_known=not {"parcels", "buildings"} & set(incomplete),
        overlay_reach=MappingProxyType({"*": reach if known else None}), terrain=terrain,
    )  # fmt: skip
    return WorkedCase(name, signed, table.where(), site, proposal, tuple(e for e in expected if e))


def _piece(table: Table) -> Piece | None:
    """A piece of a lot that is to be divided; `street`: it becomes public way."""
    name, street, shape = table.text("name"), table.flag("street"), _shape(table, "ring")
    table.done()
    return Piece(name, shape, street) if name and shape else None


def _shape(table: Table, key: str, *, needed: bool = True) -> Polygon | None:
    ring = _points(table, key, 3, needed=needed)
    if ring is None:
        return None
    shape = Polygon(ring)
    if not shape.is_valid or shape.area <= 0:
        table.fault("bad_ring", key, f"`{key}` crosses itself or has no area.", "Draw it anew.")
        return None
    return shape


def _points(table: Table, key: str, least: int, *, needed: bool = True) -> list[tuple[float, float]] | None:
    """At least so many [x, y] in metres."""
    given = table.take(key, list, "points [x, y] in metres", needed=needed)
    if given is None:
        return None
    numbers = all(
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(v, int | Decimal) and not isinstance(v, bool) and -1e8 < v < 1e8 for v in point)
        for point in given
    )
    if not numbers or len(given) < least:
        table.fault("bad_points", key, f"`{key}` is no list of [x, y].", f"Give at least {least} points.")
        return None
    return [(float(x), float(y)) for x, y in given]


def _ring(table: Table) -> Polygon | None:
    shape = _shape(table, "ring")
    table.done()
    return shape


def _street(table: Table) -> Street | None:
    name = table.text("name")
    axis = _points(table, "axis", 2)
    existing, planned = table.number("existing_width"), table.number("planned_width", needed=False)
    kind = table.word("width_kind", ("right_of_way", "carriageway"), needed=False) or "right_of_way"
    street_class = table.text("street_class", needed=False)
    table.done()
    if not (name and axis and existing):
        return None
    wide = float(planned) if planned is not None else None
    width_kind = cast("WidthKind", kind)
    try:
        return Street(name, name, LineString(axis), None, float(existing), wide, width_kind, street_class)
    except GisError as error:
        table.fault("bad_case", "", f"{error}", "Correct the street.")
        return None


def _zone(table: Table) -> tuple[str, Polygon | None] | None:
    code, shape = table.text("code"), _shape(table, "ring", needed=False)
    table.done()
    return (code, shape) if code else None


def _overlay(table: Table) -> Overlay | None:
    kind, name = table.text("kind"), table.text("name", needed=False)
    ring, line = _shape(table, "ring", needed=False), _points(table, "line", 2, needed=False)
    point = _points(table, "point", 1, needed=False)
    if sum(shape is not None for shape in (ring, line, point)) != 1:
        table.fault("bad_case", "", "An overlay is drawn in one way.", "Give ring, line or point.")
    attributes = table.table("attributes") if table.has("attributes") else None
    said = {key: attributes.text(key) or "" for key in attributes.data} if attributes else {}
    table.done()
    shape = ring or (LineString(line) if line else Point(point[0]) if point else None)
    if not kind or shape is None:
        return None
    return Overlay(name or kind, kind, name or "", shape, MappingProxyType(said))


def _known_around(table: Table) -> Decimal | float:
    """Metres around the lot in which the drawing shows every overlay; as far as any book asks, if unsaid."""
    known = table.number("overlays_known_m", needed=False)
    return FARTHEST + OVERHANG if known is None else known


def _terrain(table: Table, lot: Polygon) -> Terrain | None:
    """The ground, a tilted plane: its rise to the east and to the north, the side of a cell; else level."""
    if not table.has("terrain"):
        return _plane(lot, 0.0, 0.0, 2.0)
    plane = table.table("terrain")
    given = [plane.take(key, (int, Decimal), "a number") for key in ("rise_east", "rise_north", "pixel")]
    plane.done()
    if None in given or given[2] <= 0:
        return None
    return _plane(lot, *(float(number) for number in given))


def _plane(lot: Polygon, east: float, north: float, pixel: float) -> Terrain:
    west, south, right, top = lot.buffer(3 * pixel).bounds
    x = np.arange(west, right + pixel, pixel) + pixel / 2
    y = np.arange(top, south - pixel, -pixel) - pixel / 2
    return Terrain(north * y[:, None] + east * x[None, :], west, top, pixel)


def _storeys(table: Table) -> Iterator[Storey]:
    """One mass on each of its `levels`."""
    levels = table.take("levels", list, "levels such as [0, 1]") or []
    if not all(isinstance(level, int) and abs(level) < 200 for level in levels):
        table.fault("bad_levels", "levels", f"{levels} are no levels.", "Give whole numbers.")
        levels = []
    kind, use = table.word("kind", STOREY_KINDS), table.word("use", USES)
    height, shape = table.number("floor_height"), _shape(table, "ring")
    units, countable = table.number("units", needed=False), table.number("countable_area", needed=False)
    clear = table.number("clear_height", needed=False)
    areas = tuple(float(area) for area in _areas(table)) if table.has("unit_areas") else None
    table.done()
    if not (kind and use and height and shape):
        return
    area = None if countable is None else float(countable)
    for level in levels:
        try:
            yield Storey(
                level, cast("StoreyKind", kind), cast("Use", use), shape, float(height), int(units or 0),
                area, None if clear is None else float(clear), areas,
            )  # fmt: skip
        except GisError as error:
            table.fault("bad_case", error.where, error.detail, "Correct the storey.")


def _areas(table: Table) -> list[Decimal]:
    given = table.take("unit_areas", list, "the area of each unit in m²", needed=False) or []
    if not all(isinstance(area, int | Decimal) and not isinstance(area, bool) for area in given):
        table.fault("wrong_type", "unit_areas", f"{given!r} are no areas.", "Give numbers.")
        return []
    return [Decimal(area) for area in given]


def _elements(table: Table) -> Elements:
    """What is drawn beside the storeys, by the same words as in a proposal's document."""
    drawn = table.word_list("drawn", ELEMENTS, needed=False)
    made = [element for item in table.tables("element", needed=False) if (element := _element(item))]
    return Elements.of(drawn, made)


def _element(table: Table) -> tuple[str, object] | None:
    kind = table.word("element", KINDS)
    shape: Any = None
    if kind in LINES:
        points = _points(table, "line", 2)
        shape = LineString(points) if points else None
    elif kind:
        shape = _shape(table, "ring")
    own = set(table.data) - {"element", "line", "ring"}
    properties = {key: table.take(key, object, "", needed=False) for key in sorted(own)}
    table.done()
    if not kind or shape is None:
        return None
    plain = {key: float(v) if isinstance(v, Decimal) else v for key, v in properties.items()}
    try:
        return kind, element_of(kind, shape, plain, "")
    except GisError as error:
        table.fault("bad_case", error.where.strip("/"), error.detail, "Correct the element.")
        return None


def _expected(table: Table) -> Expected | None:
    day, expect = table.day("on"), table.table("expect")
    verdict, refused = expect.word("verdict", VERDICTS, needed=False), expect.text("refused", needed=False)
    if (verdict is None) == (refused is None):
        expect.fault("bad_case", "", "A case expects one answer.", "Give verdict or refused.")
    findings = []
    for item in expect.tables("findings", needed=False):
        wanted: dict[str, Any] = {
            "provision": item.text("provision"),
            "verdict": item.word("verdict", VERDICTS),
        }
        wanted |= {key: item.text(key) for key in ("piece", "reason", "missing") if item.has(key)}
        wanted |= {key: item.number(key) for key in NUMBERS if item.has(key)}
        item.done()
        findings.append(wanted)
    expect.done()
    return Expected(day, table.where(), verdict, refused, tuple(findings)) if day else None
