"""Plots for the tests of the law: drawn in metres, small enough to check by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon

from gis import Frame, LayerState, Lot, Overlay, Proposal, RuleBook, Site, Storey, Street, ZoneShare
from gis.terrain import Terrain

FRAME = Frame.of(32639)
DAY = date(2024, 4, 1)
LAYERS = ("parcels", "streets", "zones", "buildings", "overlays", "terrain")
CITATIONS = """
[X]
title = {fa = "آزمون", en = "Test"}
number = "X"
authority = {fa = "مرجع", en = "Authority"}
published = 2020-01-01
"""
"""The one instrument of a book that a test writes for itself."""
UNITS = {"coverage": "1", "density": "1", "storeys": "storeys", "use": "use", "lot_area": "m2"}
"""The unit of a measure in such a book; metres where it is not named here."""
NEIGHBOURS = (shapely.box(-10, 0, 0, 25), shapely.box(10, 0, 20, 25), shapely.box(0, 25, 10, 50))


def sample_texts() -> tuple[str, str, str]:
    """plan, citations and cases of the sample city's book."""
    folder = resources.files("data") / "rulebooks" / "sample_city"
    plan, citations, cases = (folder / f"{name}.toml" for name in ("plan", "citations", "cases"))
    return plan.read_text("utf-8"), citations.read_text("utf-8"), cases.read_text("utf-8")


def sample_book() -> RuleBook:
    plan, citations, _ = sample_texts()
    return RuleBook.parse(plan, citations)


def street(existing: float = 6.0, planned: float | None = 8.0, **more: Any) -> Street:
    """An east-west street whose middle lies half its existing width south of y = 0."""
    fields: dict[str, Any] = {"width_kind": "right_of_way", "street_class": "local"} | more
    axis = LineString([(-50, -existing / 2), (60, -existing / 2)])
    return Street("S-1", "Nilufar", axis, None, existing, planned, **fields)


def plot(
    outline: Polygon | None = None,
    *,
    streets: Sequence[Street] | None = None,
    neighbours: Sequence[Polygon] = NEIGHBOURS,
    **more: Any,
) -> Lot:
    """The plot of domain 3.11: 10 × 25 m north of a street of 6 m that is to be 8 m wide."""
    streets = [street()] if streets is None else streets
    return Lot.build(
        "P-1", outline or shapely.box(0, 0, 10, 25), streets=streets, neighbours=neighbours, **more
    )


def site(
    lot: Lot | None = None,
    zones: Mapping[str, Polygon | None] | None = None,
    *,
    overlays: Sequence[Overlay] = (),
    incomplete: Sequence[str] = (),
) -> Site:
    """A site wholly in R121 with every layer complete, but for what is said."""
    lot = lot or plot()
    drawn = ({"R121": None} if zones is None else zones).items()
    shares = (ZoneShare.of(code, shape, lot) for code, shape in drawn)
    layers = {n: LayerState(n, "unknown" if n in incomplete else "complete") for n in LAYERS}
    known = {"*": None if "overlays" in incomplete else 1000.0}
    return Site(
        lot, FRAME, tuple(filter(None, shares)), tuple(overlays), layers, overlay_reach=known,
        terrain=_level(lot),
    )  # fmt: skip


def _level(lot: Lot) -> Terrain:
    """Level ground under the lot and about it."""
    west, south, east, north = lot.before.buffer(10).bounds
    return Terrain(np.zeros((int(north - south) + 2, int(east - west) + 2)), west, north, 1.0)


MASS = shapely.box(0, 10.6, 10, 25)
"""14.4 m deep at the north of the plot: 144 m², 60 % of 240."""


def house(storeys: int = 2, footprint: Polygon = MASS, *, ceded: bool = False, **more: Any) -> Proposal:
    """A house of equal storeys."""
    fields: dict[str, Any] = {"kind": "floor", "use": "residential", "floor_height": 3.2} | more
    return Proposal(tuple(Storey(level, footprint=footprint, **fields) for level in range(storeys)), ceded)
