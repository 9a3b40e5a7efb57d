"""Light wells: how large and how wide, open to the sky, for main and minor rooms."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, affinity

from gis import assess, law_for
from gis.measures.inscribed import STEP, inscribed
from gis.measures.open_spaces import open_spaces
from gis.overlay import difference
from gis.proposal import Elements, LightWell, Projection, Window
from tests.law.little_books import little_book
from tests.law.plots import DAY, MASS, house, site

AREA = """
id = "area.main"
measure = "light_well_area"
relation = "at_least"
unit = "m2"
where.rooms = ["main"]
---
by = "lot_area"
bands = [{interval = "[0, 240)", expression = "0.06 * lot_area"}, {interval = "[240, inf)", limit = 12}]
"""
MINOR = AREA.replace("area.main", "area.minor").replace('["main"]', '["minor"]').replace("12}", "6}")
SIDE = """
measure = "light_well_side"
relation = "at_least"
unit = "m"
---
limit = 3
"""
BOOK, SIDES = little_book(AREA, MINOR), little_book(SIDE)
METRES = st.integers(0, 6000).map(lambda millimetres: millimetres / 1000)
WELL = shapely.box(3, 15, 6, 19)
AROUND = difference(MASS, WELL)


def _proposal(*wells: LightWell, **more):
    return replace(house(footprint=AROUND), elements=Elements(light_wells=wells, **more))


def _findings(*wells: LightWell, book=BOOK, **more):
    return [f for f in assess(site(), _proposal(*wells, **more), book, on=DAY).findings if f.rule]


def _well(shape=WELL, serves="main", level=0) -> LightWell:
    return LightWell(level, shape, serves)


@pytest.mark.parametrize(
    ("east", "verdict"), [(6.0, "complies"), (5.9998, "violates"), (5.99999, "complies"), (6.5, "complies")]
)
def test_a_light_well_of_main_rooms_is_as_large_as_the_law_asks(east, verdict) -> None:
    """Twelve square metres are enough; a hundredth of a millimetre less is noise, a fifth of one is not."""
    shape = shapely.box(3, 15, east, 19)
    proposal = replace(
        house(footprint=difference(MASS, shape)), elements=Elements(light_wells=(_well(shape),))
    )
    finding = assess(site(), proposal, BOOK, on=DAY).findings[0]
    assert (finding.provision, finding.verdict) == ("area.main", verdict)
    assert finding.value == pytest.approx((east - 3) * 4)
    assert finding.subject == ("light_well", "1")


def test_a_light_well_is_asked_by_the_law_of_the_rooms_that_it_serves() -> None:
    """A well of minor rooms keeps the smaller area, and one that serves none is asked nothing."""
    small = shapely.box(3, 15, 5, 18)
    assert [f.verdict for f in _findings(_well(small, "minor"))] == ["not_applicable", "complies"]
    main, minor = _findings(_well(small, "main"))
    assert (main.verdict, minor.verdict) == ("violates", "not_applicable")
    assert minor.text.en == "The proposal has no such light well."
    assert {f.verdict for f in _findings(_well(small, "none"))} == {"not_applicable"}


def test_a_main_room_that_looks_into_a_minor_well_makes_it_a_main_one() -> None:
    """What the drawing shows counts beside what its label says."""
    small = shapely.box(3, 15, 5, 18)
    window = Window(1, LineString([(3, 16), (3, 17)]), "main")
    findings = _findings(_well(small, "minor"), windows=(window,))
    assert [f.verdict for f in findings] == ["violates", "complies"]
    away = replace(window, line=LineString([(0, 16), (0, 17)]))
    assert next(f.verdict for f in _findings(_well(small, "minor"), windows=(away,))) == "not_applicable"


def test_only_what_is_open_to_the_sky_counts() -> None:
    """A storey or a balcony over part of the well leaves the rest, and the covered part is shown."""
    upper = replace(house(footprint=AROUND).storeys[1], footprint=MASS)
    proposal = _proposal(_well())
    covered = replace(proposal, storeys=(proposal.storeys[0], upper))
    finding = assess(site(), covered, BOOK, on=DAY).findings[0]
    assert (finding.verdict, finding.value) == ("violates", 0.0)
    assert finding.evidence[-1].geometry.area == pytest.approx(12.0)
    balcony = Projection(1, shapely.box(3, 18, 6, 19))
    (finding, _) = _findings(_well(), projections=(balcony,))
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(9.0))
    assert finding.evidence[-1].geometry.bounds == pytest.approx((3, 18, 6, 19), abs=1e-6)


def test_a_well_over_a_lower_storey_is_open() -> None:
    """A well that begins on the first floor is not covered by the ground floor under it."""
    proposal = _proposal(_well(level=1))
    below = replace(proposal.storeys[0], footprint=MASS)
    report = assess(site(), replace(proposal, storeys=(below, proposal.storeys[1])), BOOK, on=DAY)
    assert report.findings[0].verdict == "complies"


def test_two_halves_of_a_well_are_no_whole_one() -> None:
    """A balcony across the middle leaves two pieces, of which the larger counts."""
    (finding, _) = _findings(_well(), projections=(Projection(0, shapely.box(3, 16.5, 6, 17)),))
    assert finding.value == pytest.approx(6.0)


def test_land_of_the_neighbour_is_no_light_well() -> None:
    """A well drawn over the boundary counts to the boundary."""
    shape = shapely.box(8, 15, 13, 21)
    proposal = replace(
        house(footprint=difference(MASS, shape)), elements=Elements(light_wells=(_well(shape),))
    )
    finding = assess(site(), proposal, BOOK, on=DAY).findings[0]
    assert finding.value == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("side", "verdict"), [(3.0, "complies"), (2.99999, "complies"), (2.9999, "violates"), (2.0, "violates")]
)
@pytest.mark.parametrize("angle", [0.0, 14.25, 45.0, 77.7])
def test_the_least_side_of_a_rectangular_well_is_its_shorter_one(side, verdict, angle) -> None:
    """However the well lies on the lot, exactly the side asked for complies."""
    shape = affinity.rotate(shapely.box(3, 15, 3 + side, 19), angle, origin="centroid")
    proposal = replace(
        house(footprint=difference(MASS, shape)), elements=Elements(light_wells=(_well(shape),))
    )
    (finding,) = [f for f in assess(site(), proposal, SIDES, on=DAY).findings if f.rule]
    assert finding.verdict == verdict
    assert side - STEP - 1e-5 <= finding.value <= side + 1e-5


@pytest.mark.parametrize("angle", [0.0, 14.25, 61.0])
def test_a_well_in_the_form_of_an_l_is_as_wide_as_its_wider_leg(angle) -> None:
    """Legs of 3 and 2 m: the square of 3 m fits, none larger."""
    shape = Polygon([(0, 0), (6, 0), (6, 2), (3, 2), (3, 7), (0, 7)])
    found = inscribed(affinity.rotate(shape, angle, origin=(500_000, 4_000_000)))
    assert 3 - STEP <= found.side <= 3 + 1e-6


def test_a_round_well_is_as_wide_as_the_square_in_it() -> None:
    """In a circle of 4 m across the square has a side of 2.83 m: less than 3."""
    side = inscribed(shapely.Point(0, 0).buffer(2, 16)).side
    assert side == pytest.approx(4 / math.sqrt(2), abs=0.01)
    assert side <= 4 / math.sqrt(2)


@settings(max_examples=40, deadline=None)
@given(
    points=st.lists(st.tuples(METRES, METRES), min_size=3, max_size=7),
    angle=st.integers(0, 360),
)
def test_a_square_that_is_told_lies_in_the_well(points, angle) -> None:
    """Whatever the outline, the square of the told side is there: never more than there is."""
    shape = affinity.rotate(shapely.MultiPoint(points).buffer(0.7, 1), angle)
    for piece in shapely.get_parts(shape):
        if shapely.get_num_coordinates(piece) > 72:
            continue
        found = inscribed(piece)
        square = Polygon(found.outline)
        assert math.sqrt(square.area) == pytest.approx(found.side, abs=1e-6)
        assert difference(square, piece).area < 1e-4


def test_an_outline_too_fine_to_measure_is_not_guessed() -> None:
    """Hundreds of vertices wait for the designer, who draws the well anew."""
    (finding,) = _findings(_well(shapely.Point(5, 17).buffer(1.9, 64)), book=SIDES)
    assert (finding.verdict, finding.missing.name) == ("undecided", "light_well_outline")


def test_light_wells_that_nobody_spoke_of_are_not_taken_for_none() -> None:
    """A proposal that says nothing of light wells is undecided; the designer owes the word."""
    finding = assess(site(), house(), SIDES, on=DAY).findings[0]
    assert (finding.verdict, finding.missing.name) == ("undecided", "light_wells")
    assert finding.missing.who.en == "the designer"
    none = replace(house(), elements=Elements(light_wells=()))
    assert assess(site(), none, SIDES, on=DAY).findings[0].verdict == "not_applicable"


def _spaces(shape, elements=None):
    proposal = replace(house(footprint=shape), elements=elements or Elements(light_wells=()))
    report = assess(site(), proposal, BOOK, on=DAY)
    return next((f for f in report.findings if f.provision == "open_spaces"), None)


NOTCH = shapely.box(0, 15, 2, 18)
SLOT = shapely.box(4, 10.6, 6, 16)


@pytest.mark.parametrize(
    ("space", "area"),
    [(WELL, 12.0), (NOTCH, 6.0), (SLOT, 10.8), (shapely.box(8, 22, 10, 25), 6.0)],
    ids=["a court", "a notch at the neighbour's", "a slot from the yard", "a corner"],
)
@pytest.mark.parametrize("angle", [0.0, 14.25])
def test_an_open_space_that_is_not_drawn_as_a_well_is_told(space, area, angle) -> None:
    """What is open within the building is asked for, shown, and no longer asked once it is drawn."""
    shape = difference(MASS, space)
    finding = _spaces(shape)
    assert (finding.verdict, finding.missing.name) == ("undecided", "light_well_serves")
    assert [item.geometry.area for item in finding.evidence] == [pytest.approx(area)]
    assert _spaces(shape, Elements(light_wells=(_well(space, "none"),))) is None
    land, axis = shapely.box(0, 1, 10, 25), LineString([(0, 1), (10, 1)])
    turned = [affinity.rotate(one, angle, origin=(500, 900)) for one in (shape, land, axis)]
    (found,) = open_spaces(turned[:1], turned[1], turned[2:], [])
    assert found.area == pytest.approx(area)


@pytest.mark.parametrize(
    "shape",
    [
        MASS,
        difference(MASS, shapely.box(0, 10.6, 4, 18)),
        difference(MASS, shapely.box(3, 10.6, 7, 13)),
        difference(MASS, shapely.box(3, 15, 3.15, 20)),
    ],
    ids=["a plain house", "an L", "a shallow recess", "a gap of 15 cm"],
)
def test_a_yard_and_a_shallow_recess_are_no_open_space_within_the_building(shape) -> None:
    """What is open to the yard or the street is not asked for."""
    assert _spaces(shape) is None


def test_open_spaces_are_told_only_where_law_on_light_wells_is_in_force() -> None:
    """A book that says nothing of light wells asks for none."""
    height = 'measure = "height"\nrelation = "at_most"\nunit = "m"\n---\nlimit = 20'
    report = assess(site(), house(footprint=AROUND), little_book(height), on=DAY)
    assert [f.provision for f in report.findings] == ["height"]


def test_the_law_of_light_wells_is_told_to_who_has_drawn_nothing() -> None:
    """Whose rooms, how much: both languages."""
    area, minor = law_for(site(), BOOK, on=DAY)
    assert (area.limit, area.verdict) == (12.0, None)
    assert area.text.en == "A light well of main rooms must have an open area of at least 12 m²."
    assert minor.text.fa == "نورگیر اتاق‌های فرعی باید دست‌کم ۶ متر مربع مساحت باز داشته باشد."
