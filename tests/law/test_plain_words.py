"""What a citizen reads of the sample book: lines, sizes and shares as they lie on the ground."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import shapely

from gis import assess, law_for
from gis.law_item import held
from gis.limit_text import outside_text
from gis.lot import Lot
from gis.measures.land import strip_depth
from gis.missing import NO_STREET
from gis.rulebook.limit import Bands, Interval
from tests.law.plots import DAY, NEIGHBOURS, house, plot, sample_book, site, street

BOOK = sample_book()


def said(lot: Lot, provision: str, zones: dict | None = None):
    """The first sentence of a provision on a lot."""
    items = law_for(site(lot, zones), BOOK, on=DAY)
    return next(item.text for item in items if item.to_dict()["provision"] == provision)


def test_a_line_that_a_widening_moved_is_told_from_todays_wall() -> None:
    """The street takes 1 m: the yard of 7.6 m begins behind it, and the sentence says so."""
    text = said(plot(), "setback.northern_yard")
    assert "از بر اصلاحی «Nilufar» (۱ متر عقب‌تر از مرز امروز) دست‌کم ۷٫۶ متر" in text.fa
    assert "from the corrected street line of “Nilufar” (1 m behind today's boundary)" in text.en


def test_building_up_to_the_line_means_the_corrected_line() -> None:
    """A southern plot may build to its street: not to the wall that stands there today."""
    lot = plot(shapely.box(0, -31, 10, -6), neighbours=[shapely.box(-10, -31, 0, -6)])
    assert said(lot, "setback.street").fa == (
        "می‌توانید تا بر اصلاحی «Nilufar» (۱ متر عقب‌تر از مرز امروز) بسازید."
    )


def test_a_line_that_nothing_moved_is_todays_line() -> None:
    """A street that stays as wide as it is takes nothing."""
    lot = plot(shapely.box(0, -31, 10, -6), streets=[street(6.0, None)], neighbours=NEIGHBOURS)
    assert said(lot, "setback.street").en == "You may build up to the street line of “Nilufar”."


def test_the_line_of_a_street_without_a_name_is_told_by_its_kind() -> None:
    """Moved by 1 m it is the corrected line, and where it stands the line of the street."""
    moved = plot(streets=[replace(street(), name="")])
    assert "از بر اصلاحی (۱ متر عقب‌تر از مرز امروز) دست‌کم" in said(moved, "setback.northern_yard").fa
    assert "from the corrected street line (1 m behind" in said(moved, "setback.northern_yard").en
    as_it_is = plot(streets=[replace(street(6.0, None), name="")])
    assert "از بر گذر دست‌کم" in said(as_it_is, "setback.northern_yard").fa


def test_the_depth_of_a_wedge_is_its_deepest() -> None:
    """The wall leans: 1 m is lost at one end of the front and 1.5 m at the other."""
    lot = plot(shapely.Polygon([(0, 0), (10, -0.5), (10, 25), (0, 25)]))
    assert round(strip_depth(lot, lot.edges[0]), 6) == 1.5


def test_at_a_corner_each_line_is_moved_by_its_own_street() -> None:
    """South 1 m, west 2 m; the corner that both take is no deeper for either."""
    west = shapely.LineString([(-3, -50), (-3, 60)])
    both = [street(), type(street())("S-2", "Laleh", west, None, 6.0, 10.0, "right_of_way", "local")]
    lot = plot(streets=both, neighbours=NEIGHBOURS[1:])
    depths = {edge.street.name: round(strip_depth(lot, edge), 6) for edge in lot.edges if edge.street}
    assert depths == {"Nilufar": 1.0, "Laleh": 2.0}


def test_a_lot_too_small_for_the_table_is_told_its_size_and_where_the_law_begins() -> None:
    """8 × 11 m less 1 m of street are 80 m²; the table begins at 100."""
    text = said(plot(shapely.box(0, 0, 8, 11), neighbours=()), "storeys.r121")
    assert "این زمین پس از تعریض ۸۰ متر مربع است؛ ضابطه برای کمتر از ۱۰۰ متر مربع حدی ندارد." in text.fa


def test_a_size_between_two_bands_is_told_with_both_ends() -> None:
    """A value that rounds to the end of a band keeps the digit that sets it apart."""
    bands = Bands(
        "depth",
        ((Interval.parse("[0, 5]"), Decimal(1)), (Interval.parse("[8, 9)"), Decimal(2))),
    )
    assert outside_text(bands, 6.0).en == (
        "The depth of the lot is 6 m; the provision sets no limit for more than 5 m and less than 8 m."
    )
    assert "is 7.999 m" in outside_text(bands, 7.999).en
    assert outside_text(bands, 9.0).fa == "عمق زمین ۹ متر است؛ ضابطه برای ۹ متر یا بیشتر حدی ندارد."


def test_land_behind_other_land_is_told_so_once_and_first() -> None:
    """Neighbours on all four sides: not eight facts are missing, but a street."""
    around = [*NEIGHBOURS, shapely.box(0, -20, 10, 0)]
    here = site(plot(streets=[], neighbours=around))
    items = law_for(here, BOOK, on=DAY)
    (first,) = held(items, here)
    assert first.missing == NO_STREET
    assert first.text.en == "This land touches no street; all its boundaries are with neighbours."
    assert not [item for item in items if item.missing and item.missing.name in {"frontage", "edge"}]
    report = assess(here, house(), BOOK, on=DAY)
    assert {f.missing for f in report.findings if f.measure in {"setback", "frontage"}} == {NO_STREET}


def test_land_with_an_unknown_boundary_may_yet_touch_a_street() -> None:
    """Only where every neighbour is known, and the streets too, nobody need look for one."""
    open_side = site(plot(streets=[], neighbours=NEIGHBOURS))
    unread = site(
        plot(streets=[], neighbours=[*NEIGHBOURS, shapely.box(0, -20, 10, 0)]), incomplete=["streets"]
    )
    for here in (open_side, unread):
        assert NO_STREET not in {item.missing for item in law_for(here, BOOK, on=DAY)}


def test_a_split_lot_is_told_what_each_zone_gives_to_its_limit() -> None:
    """130 m² of 240 in R121 with 60 %, 110 m² in G111 with 10 %: 37.08 %, by clause 1-2."""
    here = site(plot(), {"R121": shapely.box(0, 0, 10, 14), "G111": shapely.box(0, 14, 10, 25)})
    report = assess(here, house(), BOOK, on=DAY)
    (found,) = (f for f in report.findings if f.provision == "coverage.r121")
    assert found.title.en == "coverage (R121 + G111)"
    assert "more than the 37% (89 m²) allowed." in found.text.en
    assert "Weighted by area: R121 60% on 54.2% of the lot, G111 10% on 45.8% of the lot (clause 1-2)." in (
        found.text.en
    )
    (item,) = (i for i in law_for(here, BOOK, on=DAY) if i.to_dict()["provision"] == "coverage.r121")
    assert "به نسبت مساحت پهنه‌ها: R121 ۶۰٪ روی ۵۴٫۲٪ زمین، G111 ۱۰٪ روی ۴۵٫۸٪ زمین (بند ۱-۲)." in item.text.fa


def test_a_lot_in_one_zone_has_nothing_to_weigh() -> None:
    """No word of weights where one zone's limit holds."""
    assert "Weighted" not in said(plot(), "coverage.r121").en


def test_what_the_land_has_enough_of_is_a_fact_and_no_demand() -> None:
    """A front of 10 m where 6 m are asked; one of 5 m is still told what it must have."""
    text = said(plot(), "frontage")
    assert text.fa == "طول بر زمین ۱۰ متر است و کافی است؛ ضابطه دست‌کم ۶ متر می‌خواهد."
    assert text.en == "The frontage is 10 m, enough; the rule asks for at least 6 m."
    narrow = plot(shapely.box(0, 0, 5, 25), neighbours=())
    assert said(narrow, "frontage").en == "The frontage must be at least 6 m."


def test_the_permitted_uses_are_on_the_wire_where_they_are_in_force() -> None:
    """A screen can say beside its headline that a park has no homes; a list that is open is not sent."""
    green = site(plot(), {"G111": None})
    (uses,) = (i.to_dict() for i in law_for(green, BOOK, on=DAY) if i.to_dict()["provision"] == "use.g111")
    assert uses["limit"] == ["green", "sport", "parking", "storage", "services"]
    unread = site(plot(), {"G111": None}, incomplete=["zones"])
    (held_back,) = (
        i.to_dict() for i in law_for(unread, BOOK, on=DAY) if i.to_dict()["provision"] == "use.g111"
    )
    assert held_back["limit"] is None
