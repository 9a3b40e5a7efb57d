"""How steep the land is: tilted planes, the cells under a lot, and what a raster cannot tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate

from gis import LayerState, assess, law_for
from gis.measures.slope import ground, slope_mean, slope_p90
from gis.missing import Missing
from gis.terrain import Terrain
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site

STEEP = """
id = "steep"
measure = "slope_mean"
relation = "at_most"
unit = "1"
---
limit = 0.25
"""
REPORT = """
id = "report"
measure = "slope_mean"
relation = "inquiry"
unit = "1"
where.when = [{measure = "slope_p90", interval = "(0.15, inf)"}]
---
agency = {fa = "آزمایشگاه خاک", en = "the soil laboratory"}
"""
BOOK = little_book(STEEP, REPORT)


def _plane(east: float, north: float, pixel: float = 2.0) -> Terrain:
    """Land that rises so much to the east and to the north, 100 m around the lot."""
    steps = np.arange(-60.0, 140.0, pixel) + pixel / 2
    return Terrain(1200 + north * -steps[:, None] + east * steps[None, :], -60.0, 60.0, pixel)


def _site(terrain: Terrain | None, status: str = "complete", **more):
    here = site(**more)
    layers = {**here.layers, "terrain": LayerState("terrain", status)}
    return replace(here, terrain=terrain, layers=layers)


@pytest.mark.parametrize(
    ("slope", "asks", "steep"),
    [
        (0.0, "not_applicable", "complies"),
        (0.15, "not_applicable", "complies"),
        (0.150002, "undecided", "complies"),
        (0.25, "undecided", "complies"),
        (0.250002, "undecided", "violates"),
    ],
)
def test_the_bounds_of_the_law_are_exact_on_a_tilted_plane(slope, asks, steep) -> None:
    """Up to 15 % nothing is asked, then a report, beyond 25 % there is no building (domain 3.9)."""
    found = {f.provision: f for f in assess(_site(_plane(slope, 0.0)), house(), BOOK, on=DAY).findings}
    assert (found["steep"].verdict, found["report"].verdict) == (steep, asks)
    assert found["steep"].value == pytest.approx(slope, abs=1e-6)


@given(
    azimuth=st.floats(0, 360),
    slope=st.floats(0, 1.5),
    pixel=st.sampled_from([0.5, 2.0, 10.0]),
    turn=st.floats(0, 90),
)
def test_a_plane_has_its_own_slope_wherever_it_falls(azimuth, slope, pixel, turn) -> None:
    """Mean and 90th percentile of a plane are its slope, for lots turned at will and cells of any size."""
    east, north = slope * np.sin(np.radians(azimuth)), slope * np.cos(np.radians(azimuth))
    lot = plot(rotate(shapely.box(0, 0, 10, 25), turn), streets=[], neighbours=[])
    here = _site(_plane(float(east), float(north), pixel), lot=lot)
    assert slope_mean(ground(here)) == pytest.approx(slope, abs=1e-9)
    assert slope_p90(ground(here)) == pytest.approx(slope, abs=1e-9)


def _terrace() -> Terrain:
    """Level ground that breaks off at x = 7: a cliff of 8 m along the east of the lot."""
    flat = _plane(0.0, 0.0, 1.0)
    steps = np.arange(-60.0, 140.0, 1.0) + 0.5
    return replace(flat, heights=flat.heights + np.where(steps > 7, 8.0, 0.0)[None, :])


def test_a_steep_tenth_shows_in_the_percentile_and_less_in_the_mean() -> None:
    """Two of ten columns of cells lie at the cliff: the percentile is their slope, a fifth of it the mean."""
    here = _site(_terrace())
    assert slope_p90(ground(here)) == pytest.approx(4.0)
    assert slope_mean(ground(here)) == pytest.approx(0.8)


def test_the_steep_part_is_shown() -> None:
    """The cells beyond the limit, within the lot after widening."""
    found = {f.provision: f for f in assess(_site(_terrace()), house(), BOOK, on=DAY).findings}
    excess = found["steep"].evidence[-1]
    assert excess.role == "excess"
    assert excess.geometry.bounds == pytest.approx((6, 1, 8, 25))


@pytest.mark.parametrize(
    ("terrain", "status", "kind", "name"),
    [
        (None, "unknown", "layer", "terrain"),
        (None, "complete", "fact", "ground"),
        (_plane(0.1, 0.0, 40.0), "complete", "fact", "coarse_ground"),
        (replace(_plane(0.1, 0.0), north=20.0), "complete", "fact", "ground"),
    ],
)
def test_what_the_raster_cannot_tell_is_undecided(terrain, status, kind, name) -> None:
    """Not loaded, a hole, cells larger than the lot, a raster that ends on the lot."""
    found = {f.provision: f for f in assess(_site(terrain, status), house(), BOOK, on=DAY).findings}
    for provision in ("steep", "report"):
        assert found[provision].verdict == "undecided"
        assert (found[provision].missing.kind, found[provision].missing.name) == (kind, name)


def test_a_hole_in_the_ground_keeps_the_slope_open_even_beside_the_lot() -> None:
    """A cell without elevation two metres outside of the lot takes the slope of the cells beside it."""
    whole = _plane(0.1, 0.0)
    for x, known in ((-1.0, False), (-9.0, True)):
        heights = whole.heights.copy()
        heights[int((60 - 10) / 2), int((x + 60) / 2)] = np.nan
        found = slope_mean(ground(_site(replace(whole, heights=heights))))
        assert isinstance(found, Missing) is not known


def test_the_law_tells_the_slope_to_who_has_drawn_nothing() -> None:
    """In both languages, with what follows from it."""
    (steep, report) = law_for(_site(_plane(0.2, 0.0)), BOOK, on=DAY)
    assert steep.verdict == "complies"
    assert steep.text.en == "The mean slope of the land is 20%, and up to 25% is allowed."
    assert steep.text.fa == "شیب میانگین زمین ۲۰٪ است؛ ضابطه تا ۲۵٪ را می‌پذیرد."
    assert (report.verdict, report.missing.who.en) == ("undecided", "the soil laboratory")
