"""Inquiries to whoever owns an object near the lot, and limits that the object's own file records."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
import shapely
from shapely import LineString

from gis import Overlay, assess, law_for
from gis.proposal import Elements
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, site

GAS = """
measure = "clearance"
relation = "inquiry"
unit = "m"
where.overlay = ["gas_transmission"]
---
within = 250
agency = {fa = "شرکت گاز", en = "the gas company"}
"""
OWN = """
id = "own"
measure = "clearance"
relation = "at_least"
unit = "m"
where.overlay = ["gas_transmission"]
---
limit_attribute = "clearance_m"
not_more_than = 250
with = {counted = "from_axis"}
agency = {fa = "شرکت گاز", en = "the gas company"}
"""
BOOK, RECORDED = little_book(GAS), little_book(OWN)


def _main(north: float, **said: str) -> Overlay:
    drawn = LineString([(-900, north), (900, north)])
    return Overlay("G-1", "gas_transmission", "", drawn, MappingProxyType(said))


def _findings(book, *overlays: Overlay, known: float | None = 400.0):
    here = replace(site(overlays=overlays), overlay_reach={"*": known})
    proposal = replace(house(), elements=Elements(projections=()))
    return [f for f in assess(here, proposal, book, on=DAY).findings if f.provision != "no_law.zone"]


@pytest.mark.parametrize(
    ("north", "verdict"), [(275.0, "undecided"), (275.01, "not_applicable"), (10.0, "undecided")]
)
def test_whoever_is_within_the_distance_is_asked(north, verdict) -> None:
    """The lot ends at y = 25: 250 m north of it the gas company is asked, a centimetre on it is not."""
    (finding,) = _findings(BOOK, _main(north))
    assert finding.verdict == verdict
    if verdict == "undecided":
        assert (finding.missing.kind, finding.missing.who.en) == ("inquiry", "the gas company")
        assert finding.value == pytest.approx(max(north - 25, 0))
        assert [item.role for item in finding.evidence] == (["witness"] if north > 25 else [])


def test_nobody_is_asked_only_where_the_map_is_complete_so_far() -> None:
    """Without a main on the map: known to 250 m it does not apply, known to 249 m it waits for the layer."""
    assert [f.verdict for f in _findings(BOOK, known=250.0)] == ["not_applicable"]
    (short,) = _findings(BOOK, known=249.0)
    assert (short.verdict, short.missing.kind) == ("undecided", "layer")
    (none,) = _findings(BOOK, known=None)
    assert (none.verdict, none.missing.kind) == ("undecided", "layer")


def test_the_inquiry_says_what_lies_where() -> None:
    """The object and its distance, in both languages, with a proposal and without."""
    (finding,) = _findings(BOOK, _main(145.0))
    assert finding.text.en.startswith("The gas transmission line lies 120 m from this land.")
    assert finding.text.fa.startswith("فاصلهٔ خط انتقال گاز از این زمین ۱۲۰ متر است.")
    here = replace(site(overlays=[_main(10.0)]), overlay_reach={"*": 400.0})
    item = law_for(here, BOOK, on=DAY)[0]
    assert item.text.en.startswith("The gas transmission line reaches this land.")
    assert item.missing.kind == "inquiry"


def test_the_distance_that_a_line_records_itself_governs_and_else_its_owner_is_asked() -> None:
    """A main with 30 m on record needs 30 m; one without, or with more than the law knows, is asked about."""
    for north, said, verdict in (
        (55.0, {"clearance_m": "30"}, "complies"),
        (54.99, {"clearance_m": "30"}, "violates"),
        (54.99, {}, "undecided"),
        (54.99, {"clearance_m": "300"}, "undecided"),
    ):
        (finding,) = _findings(RECORDED, _main(north, **said))
        assert finding.verdict == verdict, (north, said)
        if verdict == "undecided":
            assert (finding.missing.kind, finding.missing.who.en) == ("inquiry", "the gas company")


HEIGHT = """
measure = "height"
relation = "at_most"
unit = "m"
where.overlay = ["heritage"]
---
limit_attribute = "max_height_m"
agency = {fa = "ادارهٔ میراث فرهنگی", en = "the heritage office"}
"""
CORE = """
measure = "area_inside"
relation = "at_most"
unit = "m2"
where.overlay = ["heritage_core"]
---
limit = 0
"""


def _harim(box: shapely.Polygon, **said: str) -> Overlay:
    return Overlay("H-1", "heritage", "", box, MappingProxyType(said))


@pytest.mark.parametrize(
    ("said", "verdict"), [("6.4", "complies"), ("6.3999", "violates"), ("", "undecided")]
)
def test_the_height_beside_a_monument_is_what_its_file_says(said, verdict) -> None:
    """Two storeys of 3.2 m; a monument without a height on file is asked about at its office."""
    (finding,) = _findings(little_book(HEIGHT), _harim(shapely.box(-50, -50, 50, 50), max_height_m=said))
    assert (finding.verdict, finding.value) == (verdict, 6.4)
    if verdict == "undecided":
        assert (finding.missing.kind, finding.missing.who.en) == ("inquiry", "the heritage office")


def test_it_holds_where_the_building_stands_in_the_buffer() -> None:
    """Over the yard alone it asks nothing of the house; over the northern metre it asks of its height."""
    book = little_book(HEIGHT)
    (yard,) = _findings(book, _harim(shapely.box(-50, -50, 50, 10), max_height_m="3"))
    assert yard.verdict == "not_applicable"
    (north,) = _findings(book, _harim(shapely.box(-50, 24, 50, 90), max_height_m="3"))
    assert (north.verdict, north.value, north.limit) == ("violates", 6.4, 3.0)
    assert north.evidence[0].geometry.bounds == pytest.approx((0, 24, 10, 25))


def test_of_two_monuments_the_lower_height_holds() -> None:
    """And one without a record keeps the whole open."""
    everywhere = shapely.box(-50, -50, 50, 50)
    high, low = (_harim(everywhere, max_height_m=said) for said in ("9", "6"))
    book = little_book(HEIGHT)
    assert [(f.verdict, f.limit) for f in _findings(book, high, replace(low, key="H-2"))] == [("violates", 6)]
    assert [f.verdict for f in _findings(book, high, replace(_harim(everywhere), key="H-2"))] == ["undecided"]


def test_nothing_stands_in_the_core_of_a_monument() -> None:
    """The house ends at y = 25: a core beyond it asks nothing, one over its last metre is 10 m² too much."""
    book = little_book(CORE)
    (over,) = _findings(book, Overlay("C", "heritage_core", "", shapely.box(-5, 24, 15, 40)))
    assert (over.verdict, over.value) == ("violates", pytest.approx(10))
    assert [item.role for item in over.evidence] == ["footprint", "excess"]
    (beside,) = _findings(book, Overlay("C", "heritage_core", "", shapely.box(-5, 25, 15, 40)))
    assert beside.verdict == "not_applicable"
    (line,) = _findings(book, Overlay("C", "heritage_core", "", LineString([(-5, 24), (15, 24)])))
    assert (line.verdict, line.missing.name) == ("undecided", "outline")
    here = replace(site(overlays=[Overlay("C", "heritage_core", "", shapely.box(0, 0, 9, 9))]))
    assert law_for(here, book, on=DAY)[0].text.en == "Build nothing inside the core of the monument."
