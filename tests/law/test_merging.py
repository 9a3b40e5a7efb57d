"""Parcels merged into one lot: one law for all of it, and what the law gives for merging."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from gis import BookRefused, Lot, Overlay, assess, law_for, merge
from gis.errors import GeometryError
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, site, street

box = shapely.box
SHAPES = {"P-1": box(0, 0, 10, 25), "P-2": box(10, 0, 18, 25), "P-3": box(18, 0, 30, 25)}
BEHIND = box(-10, 25, 40, 50)


def parcel(key: str, shape=None, **more):
    """One of three parcels in a row north of a street that takes a metre of each."""
    shape = shape or SHAPES[key]
    beside = [other for name, other in SHAPES.items() if name != key]
    lot = Lot.build(
        key, shape, streets=[street()], neighbours=[*beside, BEHIND, box(-10, 0, 0, 25), box(30, 0, 40, 25)]
    )
    return site(lot, **more)


DENSITY = """
measure = "density"
relation = "at_most"
unit = "1"
---
limit = 1.8
base = "after"
bonus = [{measure = "merged_parcels", interval = "[2, inf)", add = 0.2, cite = "SAMPLE-1#9"}]
"""
BOOK = little_book(DENSITY, 'measure = "frontage"\nrelation = "at_least"\nunit = "m"\n---\nlimit = 18')


def test_two_parcels_become_one_lot_with_one_front() -> None:
    """10 and 8 m wide: 450 m² by deed, 432 after widening, a front of 18 m and no boundary between them."""
    both = merge([parcel("P-1"), parcel("P-2")])
    assert (both.lot.key, both.merged) == ("P-1+P-2", ("P-1", "P-2"))
    assert (both.lot.area_before, both.lot.area_after) == (450.0, 432.0)
    assert both.lot.frontage == pytest.approx(18.0)
    assert [edge.kind for edge in both.lot.edges] == ["street", "side", "rear", "side"]
    assert [(zone.code, zone.share) for zone in both.zones] == [("R121", pytest.approx(1.0))]


def test_the_law_of_the_merged_lot_is_asked_as_of_any_other() -> None:
    """Neither parcel has a front of 18 m; together they have."""
    alone, both = parcel("P-1"), merge([parcel("P-2"), parcel("P-1")])
    said = {here.lot.key: law_for(here, BOOK, on=DAY)[1].verdict for here in (alone, both)}
    assert said == {"P-1": "violates", "P-2+P-1": "complies"}


def test_merging_is_rewarded_where_the_law_says_so() -> None:
    """180 % for a parcel by itself and 200 % for two merged; the sentence tells the bonus and why."""
    alone, both = (
        law_for(here, BOOK, on=DAY)[0] for here in (parcel("P-1"), merge([parcel("P-1"), parcel("P-2")]))
    )
    assert (alone.limit, both.limit) == (1.8, 2.0)
    assert "bonus" not in alone.text.en
    assert "20% of this limit is a bonus, because the number of merged parcels is 2 parcels." in both.text.en
    assert "۲۰٪ از این حد پاداش است" in both.text.fa


def test_the_bonus_counts_when_a_building_is_judged() -> None:
    """Two storeys over all of 432 m² are exactly 200 %: within the limit of the merged lot."""
    both = merge([parcel("P-1"), parcel("P-2")])
    full = replace(house(2, both.lot.after), existing="demolish")
    finding = next(f for f in assess(both, full, BOOK, on=DAY).findings if f.measure == "density")
    assert (finding.verdict, finding.value, finding.limit) == ("complies", 2.0, 2.0)
    assert "bonus" in finding.text.en


def test_three_in_a_row_may_be_given_in_any_order() -> None:
    """The two ends touch only through the middle one."""
    three = merge([parcel("P-1"), parcel("P-3"), parcel("P-2")])
    assert three.lot.area_before == 750.0
    assert three.lot.frontage == pytest.approx(30.0)


@pytest.mark.parametrize(
    "other", [box(18, 0, 26, 25), box(10, 25, 20, 50), box(10.2, 0, 18, 25)], ids=["apart", "corner", "gap"]
)
def test_parcels_that_do_not_touch_are_refused(other) -> None:
    """Apart, touching in one point only, or missing each other by more than outlines may."""
    with pytest.raises(GeometryError) as refused:
        merge([parcel("P-1"), parcel("P-9", other)])
    assert (refused.value.code, refused.value.where) == ("merge.apart", "P-1+P-9")


def test_outlines_that_miss_each_other_by_the_survey_are_one_line() -> None:
    """4 cm between two surveys are land of the merged lot, and no boundary runs through it."""
    both = merge([parcel("P-1"), parcel("P-9", box(10.04, 0, 18, 25))])
    assert both.lot.area_before == pytest.approx(450.0)
    assert len(both.lot.edges) == 4


def test_one_parcel_is_no_merging() -> None:
    """Nor is the same one twice."""
    for sites in ([], [parcel("P-1")], [parcel("P-1"), parcel("P-1")]):
        with pytest.raises(GeometryError) as refused:
            merge(sites)
        assert refused.value.code == "merge.count"


def test_what_is_not_known_of_one_is_not_known_of_all() -> None:
    """A layer is as well known as where it is known least; overlays and zones are those of both."""
    flood = Overlay("F-1", "flood", "مسیل", box(-5, 20, 12, 30))
    both = merge(
        [
            parcel("P-1", overlays=[flood], incomplete=["buildings"]),
            parcel("P-2", overlays=[flood], zones={"R121": box(10, 0, 14, 25), "G111": box(14, 0, 18, 25)}),
        ]
    )
    assert both.layer("buildings").status == "unknown"
    assert both.layer("streets").status == "complete"
    assert [over.key for over in both.overlays] == ["F-1"]
    assert {zone.code: round(zone.area, 6) for zone in both.zones} == {"G111": 96.0, "R121": 336.0}


def test_more_of_a_least_is_no_bonus() -> None:
    """A bonus raises what is allowed; on what is required it would be a burden, and the book is refused."""
    with pytest.raises(BookRefused, match="no bonus"):
        little_book(DENSITY.replace("at_most", "at_least"))
