"""Every overlay of the spatial law is computed on the micrometre grid, and agrees with exact arithmetic."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

import api.planning
import gis
from gis import Finding, Lot, Proposal, RuleBook, Storey, Street, assess
from gis.case_reading import read_cases
from gis.measures import bulk
from gis.overlay import areas_of, intersection
from gis.precision import noise
from tests.law.plots import CITATIONS, DAY, FRAME, sample_book, sample_texts, site

ROOMS = (Path(gis.__file__).parent, Path(api.planning.__file__).parent)
MODULES = sorted(path for room in ROOMS for path in room.rglob("*.py") if path.name != "overlay.py")
OVERLAYS = frozenset(
    {
        "intersection",
        "difference",
        "union",
        "symmetric_difference",
        "unary_union",
        "union_all",
        "clip_by_rect",
    }
    | {"intersection_all", "symmetric_difference_all", "coverage_union", "coverage_union_all", "node"}
)
PREDICATES = frozenset(
    {"touches", "overlaps", "crosses", "covers", "covered_by", "within", "relate", "disjoint"}
)
"""Their answers stand for an area that is or is not shared; `shapely.intersects` only asks before one."""


def overlays_beside_the_grid(source: str) -> list[str]:
    """Where a module overlays shapes otherwise than through gis.overlay, as `line: what`.

    >>> overlays_beside_the_grid("a.intersection(b)")
    ['1: .intersection()']
    >>> overlays_beside_the_grid("from gis.overlay import union_all\\nunion_all([a, b])")
    []
    """
    return [f"{line}: {what}" for line, what in sorted(_beside(ast.parse(source)))]


def _beside(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in OVERLAYS | PREDICATES:
                yield node.lineno, f".{name}()"
            case ast.Call(func=ast.Attribute(value=value, attr="intersects")) if not (
                isinstance(value, ast.Name) and value.id == "shapely"
            ):
                yield node.lineno, ".intersects()"
            case ast.ImportFrom() if (node.module or "").startswith("shapely"):
                taken = {alias.name for alias in node.names} & (OVERLAYS | PREDICATES)
                if taken or "ops" in (node.module or ""):
                    yield node.lineno, f"from {node.module} import {', '.join(sorted(taken))}"


@pytest.mark.parametrize(
    "line",
    [
        "shape.difference(lot)",
        "shapely.union_all(parts)",
        "lot.touches(zone)",
        "overlay.geometry.intersects(lot)",
        "from shapely import union_all",
        "from shapely.ops import unary_union",
    ],
)
def test_the_walk_finds_each_overlay_beside_the_grid(line: str) -> None:
    """The walk below finds each of these lines; without this it could pass by seeing nothing."""
    assert overlays_beside_the_grid(line)


def test_no_module_overlays_shapes_beside_the_grid() -> None:
    """gis and planning name no overlay of shapely, but in gis/overlay.py."""
    assert {"judge.py", "setback.py", "site.py"} <= {path.name for path in MODULES}
    found = {
        f"{path.parent.name}/{path.name}:{fault}"
        for path in MODULES
        for fault in overlays_beside_the_grid(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_no_overlay_in_floating_point_is_computed_for_any_worked_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever way an overlay is written (an operator too): judging all the sample book's cases reaches none
    of the floating-point overlays of GEOS."""
    reached = 0

    def trap(*_: object, **__: object) -> NoReturn:
        raise AssertionError("an overlay beside the grid")

    in_floating_point = ("intersection", "difference", "union", "symmetric_difference", "unary_union")
    for name in dir(shapely.lib):
        if name.removesuffix("_scalar") in in_floating_point:
            monkeypatch.setattr(shapely.lib, name, trap)
    with pytest.raises(AssertionError, match="beside the grid"):
        _ = box(0, 0, 1, 1) & box(0, 0, 2, 2)
    faults: list[gis.BookFault] = []
    for case in read_cases(sample_texts()[2], FRAME, faults):
        assert not list(case.run(sample_book()))
        reached += 1
    assert reached > 20
    assert not faults


RULES = """
[book]
id = "test"
title = {fa = "آزمون", en = "Test"}
checked_on = 2026-01-15
every_zone_needs = []

[[provision]]
id = "coverage"
title = {fa = "سطح اشغال", en = "Coverage"}
measure = "coverage"
relation = "at_most"
unit = "1"
zones = ["R121"]
value = [{from = 2020-02-01, cite = "X#1", limit = 0.6, base = "after"}]

[[provision]]
id = "setback"
title = {fa = "عقب‌نشینی", en = "Setback"}
measure = "setback"
relation = "at_least"
unit = "m"
zones = ["R121"]
edges = ["street", "side", "rear"]
value = [{from = 2020-02-01, cite = "X#2", limit = 3}]
"""
BOOK = RuleBook.parse(RULES, CITATIONS)
LIMIT = 3


def centimetres(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low, high).map(lambda n: Fraction(n, 100))


@st.composite
def flush(draw: st.DrawFn) -> dict[str, Fraction]:
    """A lot with its widening, and a building that stands on at least one of its lines, or out over it."""
    width, depth = draw(centimetres(600, 3000)), draw(centimetres(1500, 5000))
    loss = draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(3, 2)]))
    out = draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 2)]))
    x0 = draw(st.one_of(st.just(Fraction(0)), centimetres(0, 250)))
    x1 = draw(st.one_of(st.just(width), centimetres(300, 590)))
    y0 = loss - out
    y1 = draw(st.one_of(st.just(depth), centimetres(500, 1490)))
    return {"width": width, "depth": depth, "loss": loss, "out": out, "x0": x0, "x1": x1, "y0": y0, "y1": y1}


def stand(drawn: dict[str, Fraction], how: list[float]) -> tuple[Lot, Polygon]:
    """The lot of a drawing in its row and the building on it, carried and turned."""
    width, depth, loss = (float(drawn[name]) for name in ("width", "depth", "loss"))

    def carried(shape: BaseGeometry) -> BaseGeometry:
        return affinity.affine_transform(shape, how)

    axis = carried(LineString([(-70, -4), (100, -4)]))
    street = Street("S", "S", axis, None, 8.0, 8.0 + 2 * loss, "right_of_way")
    beside = [box(-20, 0, 0, depth), box(width, 0, width + 9, depth), box(-8, depth, width + 8, depth + 30)]
    lot = Lot.build(
        "P", carried(box(0, 0, width, depth)), streets=[street], neighbours=[carried(b) for b in beside]
    )
    return lot, carried(box(*(float(drawn[name]) for name in ("x0", "y0", "x1", "y1"))))


@settings(max_examples=240, deadline=None)
@given(
    drawn=flush(), turn=st.floats(0, 360), east=st.integers(166_000, 834_000), north=st.integers(0, 9_000_000)
)
def test_flush_buildings_measure_as_exact_arithmetic_says(
    drawn: dict[str, Fraction], turn: float, east: int, north: int
) -> None:
    """On lots turned and carried anywhere in the frame, with walls flush on their lines, the loss, coverage,
    setbacks and the offending parts are what fractions give, at the declared precision."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    lot, footprint = stand(drawn, [cos, -sin, sin, cos, east, north])
    width, depth, loss, out = (drawn[name] for name in ("width", "depth", "loss", "out"))
    x0, x1, y1 = drawn["x0"], drawn["x1"], drawn["y1"]
    assert lot.area_after == pytest.approx(float(width * (depth - loss)), abs=noise("m2"))
    storey = Storey(0, "floor", "residential", footprint, 3.0, 1)
    report = assess(site(lot), Proposal((storey,)), BOOK, on=DAY)
    (coverage,) = (f for f in report.findings if f.measure == "coverage")
    base = width * (depth - loss)
    assert coverage.value == pytest.approx(float((x1 - x0) * (y1 - loss + out) / base), abs=noise("1"))
    # what lies before each line of the lot: metres to the wall, metres of wall along it
    walls = {"street": (-out, x1 - x0), "rear": (depth - y1, x1 - x0)}
    sides = sorted(((x0, y1 - loss), (width - x1, y1 - loss)))
    told = {
        kind: [f for f in report.findings if _kind(lot, f) == kind] for kind in ("street", "side", "rear")
    }
    for kind, (metres, wall) in walls.items():
        _as_exact(told[kind][0], metres, wall, y1 - loss + out)
    for found, (metres, wall) in zip(sorted(told["side"], key=lambda f: f.value or 0), sides, strict=True):
        # a part out over the street line stands beside the side line and is no encroachment on it
        _as_exact(found, metres, wall, x1 - x0)


def _kind(lot: Lot, finding: Finding) -> str | None:
    if finding.measure != "setback" or finding.subject is None:
        return None
    return lot.edges[int(finding.subject[1])].kind


def _as_exact(finding: Finding, metres: Fraction, wall: Fraction, behind: Fraction) -> None:
    """The setback in metres, and the area nearer than LIMIT: as long as the wall, as deep as is missing."""
    assert finding.value == pytest.approx(float(metres), abs=noise("m"))
    assert finding.verdict == ("complies" if metres >= LIMIT else "violates")
    area = sum(item.geometry.area for item in finding.evidence if item.role == "excess")
    exact = wall * min(max(LIMIT - metres, Fraction(0)), behind)
    assert area == pytest.approx(float(exact), abs=noise("m2"))


def test_a_mass_beside_another_does_not_stand_on_it() -> None:
    """A tower that shares a turned wall with a hall does not begin on the hall's roof: no land is shared."""
    hall = affinity.rotate(box(0, 0, 10, 10), 14.25, origin=(0, 0))
    tower = affinity.rotate(box(10, 0, 20, 10), 14.25, origin=(0, 0))
    storeys = [
        Storey(0, "floor", "commercial", hall, 9.0),
        Storey(0, "floor", "office", tower, 3.0),
        Storey(1, "floor", "office", tower, 3.0),
    ]
    assert bulk.height(storeys) == 9.0


def test_the_areas_of_an_overlay_hold_no_line() -> None:
    """A lot and a street that only touch share no land, whatever lines an overlay returns."""
    touching = intersection(box(0, 0, 10, 10), box(10, 5, 20, 15))
    assert touching.length == 5.0
    assert areas_of(touching).is_empty
