"""Parking: how many spaces the law asks for, how many there are, and how large they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import affinity

from gis import BookRefused, Proposal, Storey, assess, law_for
from gis.errors import ProposalError
from gis.measures.parking import ends_of, space_width
from gis.proposal import Elements, ParkingSpace
from tests.law.little_books import little_book
from tests.law.plots import DAY, FRAME, site

COUNT = """
measure = "parking"
relation = "at_least"
unit = "spaces"
"""


def _homes(*bands: tuple[str, float]) -> str:
    """The rows of a table for homes: the interval and the number of each band."""
    rows = ", ".join(f'{{interval = "{interval}", limit = {number}}}' for interval, number in bands)
    return f'per_unit = [{{uses = ["residential"], bands = [{rows}]}}]\n'


TOTAL = 'rounding = "total"\n'
OFFICE = '{uses = ["office"], number = 1, for_each_m2 = 50}'
SHOPS = f'per_area = [{{uses = ["commercial"], number = 1, for_each_m2 = 25}}, {OFFICE}]\n'
TEHRAN = f"{COUNT}---\n{_homes(('[0, 150)', 1), ('[150, 200]', 1.5), ('(200, inf)', 2))}{SHOPS}{TOTAL}"
APARTMENTS = f"""{COUNT}id = "parking.apartments"
where.when = [{{measure = "units", interval = "[2, inf)"}}]
---
{_homes(("[0, 150)", 1), ("[150, 300]", 2), ("(300, inf)", 3))}{TOTAL}"""
VILLA = f"""{COUNT}id = "parking.villa"
where.when = [{{measure = "units", interval = "[0, 1]"}}]
---
{_homes(("[0, 200]", 1), ("(200, 400]", 1), ("(400, inf)", 3))}{TOTAL}"""
BOOK, YAZD = little_book(TEHRAN), little_book(APARTMENTS, VILLA)
GROUND = shapely.box(0, 1, 10, 25)


def _floor(level: int, *areas: float, use: str = "residential", **more) -> Storey:
    kind = "pilotis" if use == "parking" and level == 0 else "basement" if level < 0 else "floor"
    said = {"units": len(areas), "unit_areas": areas} if areas else {}
    return Storey(level, kind, use, GROUND, 3.2, **said | more)


def _finding(*storeys: Storey, book=BOOK, spaces: int | None = None, drawn=None):
    proposal = Proposal(tuple(storeys), parking_spaces=spaces, elements=Elements(parking_spaces=drawn))
    found = [f for f in assess(site(), proposal, book, on=DAY).findings if f.rule]
    return next((f for f in found if f.verdict != "not_applicable"), found[0])


@pytest.mark.parametrize(
    ("areas", "asked"),
    [
        ((149.999,), 1),
        ((150.0,), 2),
        ((200.0,), 2),
        ((200.001,), 2),
        ((160.0, 160.0), 3),
        ((100.0, 160.0), 3),
        ((100.0, 160.0, 210.0), 5),
    ],
)
def test_the_spaces_asked_for_follow_the_size_of_each_unit(areas, asked) -> None:
    """One below 150 m², one and a half to 200, two above; the sum is rounded up once."""
    storeys = [_floor(level, area) for level, area in enumerate(areas)]
    assert _finding(*storeys, spaces=asked).verdict == "complies"
    short = _finding(*storeys, spaces=asked - 1)
    assert (short.verdict, short.limit, short.value) == ("violates", asked, asked - 1)


@pytest.mark.parametrize(
    ("areas", "asked"),
    [
        ((200.0,), 1),
        ((239.0,), 1),
        ((120.0, 149.9), 2),
        ((120.0, 150.0), 3),
        ((150.0, 150.0, 300.0), 6),
        ((150.0, 150.0, 300.001), 7),
    ],
)
def test_the_table_of_yazd_as_it_is_printed(areas, asked) -> None:
    """Villas one up to 400 m² (as printed; probably two above 200), apartments by three bands."""
    storeys = [_floor(level, area) for level, area in enumerate(areas)]
    finding = _finding(*storeys, book=YAZD, spaces=asked)
    assert (finding.verdict, finding.limit) == ("complies", asked)
    assert _finding(*storeys, book=YAZD, spaces=asked - 1).verdict == "violates"


def test_a_villa_of_more_than_four_hundred_needs_three() -> None:
    """Two storeys of 240 m² that are one dwelling of 401 m²."""
    storeys = (_floor(0, 401.0), _floor(1))
    assert _finding(*storeys, book=YAZD, spaces=3).limit == 3


def test_shops_and_offices_need_spaces_by_their_floor() -> None:
    """240 m² of shops one for each 25 m², 240 m² of offices one for each 50: 9.6 + 4.8 + 1."""
    storeys = (_floor(0, use="commercial"), _floor(1, use="office"), _floor(2, 120.0))
    assert _finding(*storeys, spaces=16).limit == 16
    each = little_book(TEHRAN.replace('"total"', '"each"'))
    assert _finding(*storeys, spaces=16, book=each).limit == 16
    assert _finding(_floor(0, 160.0), _floor(1, 160.0), book=each, spaces=4).limit == 4


def test_a_use_of_which_the_table_says_nothing_has_no_law() -> None:
    """A school is not taken for something that needs no cars; stairs and stores need none."""
    finding = _finding(_floor(0, use="educational"), _floor(1, 120.0), spaces=9)
    assert (finding.verdict, finding.missing.kind, finding.missing.name) == ("undecided", "no_law", "parking")
    assert "educational" in finding.text.en
    assert _finding(_floor(0, use="storage"), _floor(1, 120.0), spaces=1).verdict == "complies"


def test_a_unit_of_a_size_that_the_table_does_not_name_has_no_law() -> None:
    """A band table that ends leaves what lies beyond without law."""
    ends = little_book(f"{COUNT}---\n{_homes(('[50, 150]', 1))}{TOTAL}")
    assert _finding(_floor(0, 40.0), book=ends, spaces=9).missing.kind == "no_law"
    assert _finding(_floor(0, units=1), book=ends, spaces=9).missing.name == "unit_areas"


def test_areas_of_units_that_nobody_said_matter_only_between_the_least_and_the_most() -> None:
    """Two units need two to four spaces: one is too few, four are enough, three wait for the designer."""
    storey = _floor(0, units=2)
    assert _finding(storey, spaces=1).verdict == "violates"
    assert _finding(storey, spaces=4).verdict == "complies"
    finding = _finding(storey, spaces=3)
    assert (finding.verdict, finding.missing.name) == ("undecided", "unit_areas")
    assert finding.missing.who.en == "the designer"


def test_a_floor_declared_smaller_than_drawn_waits_for_the_area_table_where_that_decides() -> None:
    """240 m² of shops drawn, 200 declared: ten or eight spaces."""
    shop = _floor(0, use="commercial", countable_area=200.0)
    assert _finding(shop, spaces=7).verdict == "violates"
    assert _finding(shop, spaces=10).verdict == "complies"
    assert _finding(shop, spaces=8).missing.name == "countable_area"


def _spaces(count: int, level: int = -1, **more) -> tuple[ParkingSpace, ...]:
    return tuple(ParkingSpace(level, shapely.box(2.5 * n, 2, 2.5 * n + 2.5, 7), **more) for n in range(count))


CELLAR = _floor(-1, use="parking")


def test_what_is_drawn_counts() -> None:
    """Four spaces in the basement, or two for two cars each."""
    homes = [_floor(level, 120.0) for level in range(4)]
    assert _finding(CELLAR, *homes, drawn=_spaces(4)).value == 4
    assert _finding(CELLAR, *homes, drawn=_spaces(2, cars=2)).verdict == "complies"
    assert _finding(CELLAR, *homes, drawn=_spaces(3)).verdict == "violates"


@pytest.mark.parametrize(
    "space",
    [
        ParkingSpace(-1, shapely.box(8, 10, 10.5, 15)),
        ParkingSpace(-1, shapely.box(1, 2, 3.5, 7)),
        ParkingSpace(0, shapely.box(5, 10, 7.5, 15)),
        ParkingSpace(-2, shapely.box(5, 10, 7.5, 15)),
    ],
    ids=["beyond the lot", "on another space", "in a home", "under the building"],
)
def test_a_space_in_which_no_car_can_stand_does_not_count(space) -> None:
    """It is shown where that makes the parking too little."""
    finding = _finding(CELLAR, _floor(0, 120.0), _floor(1, 120.0), drawn=(*_spaces(1), space))
    assert (finding.verdict, finding.value) == ("violates", 1)
    assert finding.evidence[-1].role == "excess"
    assert finding.evidence[-1].geometry.equals(space.footprint)


def test_cars_may_stand_in_the_open_yard() -> None:
    """On the ground the land beside the building is floor for cars too."""
    home = Storey(0, "floor", "residential", shapely.box(0, 10, 10, 25), 3.2, 1, unit_areas=(120.0,))
    assert _finding(home, drawn=_spaces(1, level=0)).verdict == "complies"


def test_said_and_drawn_that_differ_are_no_answer_unless_both_are_too_few() -> None:
    """Declared four and drawn three: whichever is more generous is not taken."""
    homes = [_floor(level, 120.0) for level in range(3)]
    finding = _finding(CELLAR, *homes, drawn=_spaces(3), spaces=4)
    assert (finding.verdict, finding.missing.name) == ("undecided", "parking_count")
    assert "declares 4 parking spaces and draws 3" in finding.text.en
    few = _finding(CELLAR, *homes, drawn=_spaces(1), spaces=2)
    assert (few.verdict, few.value) == ("violates", 2)
    assert _finding(CELLAR, *homes, drawn=_spaces(3), spaces=3).verdict == "complies"


def test_parking_that_nobody_spoke_of_is_not_taken_for_none() -> None:
    """The designer owes the word."""
    finding = _finding(_floor(0, 120.0))
    assert (finding.verdict, finding.missing.name) == ("undecided", "parking_spaces")
    assert _finding(_floor(0, 120.0), drawn=()).verdict == "violates"


def test_areas_that_contradict_the_units_are_refused() -> None:
    """One area for each unit, above nothing, and together no more than the floors."""
    for areas, units in (((120.0,), 2), ((120.0, 0.0), 2), ((), 1)):
        with pytest.raises(ProposalError, match=r"proposal\.unit_areas"):
            Storey(0, "floor", "residential", GROUND, 3.2, units, unit_areas=areas)
    with pytest.raises(ProposalError, match=r"proposal\.unit_areas"):
        Proposal((_floor(0, 240.001),))
    assert Proposal((_floor(0, 240.0),)).storeys[0].unit_areas == (240.0,)


def test_the_document_of_a_proposal_says_the_areas_of_its_units() -> None:
    """`unit_areas_m2` is a list of numbers."""
    ring = [[0, 1], [10, 1], [10, 25], [0, 25], [0, 1]]
    properties = {"level": 0, "kind": "floor", "use": "residential", "units": 2, "floor_height_m": 3.2}

    def read(areas):
        feature = {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": properties | {"unit_areas_m2": areas},
        }
        document = {"type": "FeatureCollection", "srid": 32639, "features": [feature]}
        return Proposal.from_geojson(document, FRAME).storeys[0].unit_areas

    assert read([100, 120.5]) == (100.0, 120.5)
    assert read(None) is None
    for wrong, where in (("100", ""), ([100], ""), ([100, "x"], "/1")):
        with pytest.raises(ProposalError) as refused:
            read(wrong)
        assert refused.value.where == f"/features/0/properties/unit_areas_m2{where}"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (_homes(("[0, inf)", 1)), "missing_key"),
        (f"per_area = [{OFFICE.replace('50', '0')}]\n{TOTAL}", "negative"),
        (f"per_area = [{OFFICE.replace('1', '-1')}]\n{TOTAL}", "negative"),
        (_homes(("[0, 9)", 1), ("(9, inf)", 1)) + TOTAL, "band_gap"),
        (f"per_area = [{OFFICE}, {OFFICE}]\n{TOTAL}", "repeated"),
        (f"limit = 2\nper_area = [{OFFICE}]\n{TOTAL}", "unknown_key"),
    ],
)  # fmt: skip
def test_a_table_of_parking_that_is_no_law_is_refused(value, code) -> None:
    """Each fault with its code."""
    with pytest.raises(BookRefused) as refused:
        little_book(f"{COUNT}---\n{value}")
    assert code in {fault.code for fault in refused.value.faults}


WIDTH = """
measure = "parking_space_width"
relation = "at_least"
unit = "m"
where.cars = [1]
---
limit = 2.5
with = {length = 5.0}
"""
PAIR = (
    WIDTH.replace("[1]", "[2]")
    .replace("limit = 2.5", "limit = 4.5")
    .replace("measure", 'id = "pair"\nmeasure', 1)
)
LENGTH = """
measure = "parking_space_length"
relation = "at_least"
unit = "m"
---
limit = 5
with = {width = 2.5}
"""
MANOEUVRE = """
measure = "parking_manoeuvre"
relation = "at_least"
unit = "m"
---
limit = 5
"""


def _space(shape, book, *others, cars: int = 1, level: int = -1):
    spaces = (ParkingSpace(level, shape, cars), *(ParkingSpace(level, other) for other in others))
    proposal = Proposal((CELLAR, _floor(0, 120.0)), elements=Elements(parking_spaces=spaces))
    return [f for f in assess(site(), proposal, book, on=DAY).findings if f.rule]


@pytest.mark.parametrize(
    ("wide", "long", "verdict"),
    [
        (2.5, 5.0, "complies"),
        (2.49999, 5.0, "complies"),
        (2.4999, 5.0, "violates"),
        (2.5, 4.9999, "violates"),
        (5.0, 2.5, "complies"),
        (2.2, 6.0, "violates"),
    ],
)
@pytest.mark.parametrize("angle", [0, 14.25])
def test_a_space_is_as_wide_as_the_law_asks_over_its_length(wide, long, verdict, angle) -> None:
    """Exactly 2.5 × 5 m complies, however the space lies; a tenth of a millimetre less does not."""
    shape = affinity.rotate(shapely.box(3, 10, 3 + wide, 10 + long), angle, origin="centroid")
    (finding,) = _space(shape, little_book(WIDTH))
    assert finding.verdict == verdict
    assert finding.subject == ("parking_space", "1")


def test_a_column_in_a_space_makes_it_narrower() -> None:
    """A corner of 0.3 × 0.3 m is cut off: 2.2 m over the whole length."""
    cut = shapely.box(3, 10, 5.5, 15).difference(shapely.box(3, 10, 3.3, 10.3))
    assert space_width(cut, 5.0).value == pytest.approx(2.2, abs=3e-5)
    (finding,) = _space(cut, little_book(LENGTH))
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(4.7, abs=3e-5))


def test_a_space_for_two_cars_has_its_own_width() -> None:
    """4.5 m for two; the law of one car does not ask it."""
    single, pair = _space(shapely.box(3, 10, 7.5, 15), little_book(WIDTH, PAIR), cars=2)
    assert (single.verdict, pair.verdict) == ("not_applicable", "complies")
    assert _space(shapely.box(3, 10, 7.4, 15), little_book(PAIR), cars=2)[0].verdict == "violates"


@pytest.mark.parametrize(("north", "verdict"), [(20.0, "complies"), (20.0001, "violates")])
def test_before_a_space_the_floor_is_free(north, verdict) -> None:
    """Five metres to the wall behind it; the wall at the other end does not matter."""
    finding, _ = _space(
        shapely.box(3, north - 5, 5.5, north), little_book(MANOEUVRE), shapely.box(3, 1, 5.5, 14)
    )
    assert finding.verdict == verdict
    assert finding.evidence[0].geometry.length == pytest.approx(25 - north)


def test_another_space_is_in_the_way() -> None:
    """Four metres to the space before it, the wall at its back; spaces beside it are not before it."""
    beside = shapely.box(5.5, 20, 8, 25)
    (first, *_) = _space(
        shapely.box(3, 20, 5.5, 25), little_book(MANOEUVRE), beside, shapely.box(3, 11, 5.5, 16)
    )
    assert (first.verdict, first.value) == ("violates", pytest.approx(4.0))
    assert ends_of(ParkingSpace(0, shapely.box(3, 20, 5.5, 25)), GROUND, [beside])[0].free == 15.0


def test_a_space_from_which_cars_back_out_on_the_street_needs_judgement() -> None:
    """Nobody can tell from the drawing whether they may."""
    home = Storey(0, "floor", "residential", shapely.box(0, 10, 10, 25), 3.2, 1)
    spaces = (ParkingSpace(0, shapely.box(3, 4, 5.5, 9)),)
    proposal = Proposal((home,), elements=Elements(parking_spaces=spaces))
    (finding,) = [f for f in assess(site(), proposal, little_book(MANOEUVRE), on=DAY).findings if f.rule]
    assert (finding.verdict, finding.missing.name) == ("undecided", "manoeuvre_street")


def test_the_law_of_parking_is_told_to_who_has_drawn_nothing() -> None:
    """The whole table in both languages."""
    (item,) = law_for(site(), BOOK, on=DAY)
    assert item.text.en == (
        "Parking spaces for each residential unit: 1 (under 150 m²), 1.5 (from 150 to 200 m²), "
        "2 (more than 200 m²). For each 25 m² of commercial floor: 1. For each 50 m² of office floor: 1. "
        "The sum is rounded up to a whole number."
    )
    assert item.text.fa.startswith(
        "جای پارک برای هر واحد مسکونی: ۱ (کمتر از ۱۵۰ متر مربع)، ۱٫۵ (از ۱۵۰ تا ۲۰۰"
    )
    (width, pair) = law_for(site(), little_book(WIDTH, PAIR), on=DAY)
    assert width.text.en == "A parking space for 1 car must be at least 2.5 m wide over a length of 5 m."
    assert pair.text.fa == "جای پارک ۲ خودرو باید در سراسر ۵ متر طول دست‌کم ۴٫۵ متر پهنا داشته باشد."


def test_how_many_units_there_are_may_narrow_the_law() -> None:
    """Without a proposal both tables of Yazd are told, each for its own buildings."""
    assert [item.verdict for item in law_for(site(), YAZD, on=DAY)] == [None, None]
    storeys = (_floor(0, 200.0), replace(_floor(1), units=0))
    assert _finding(*storeys, book=YAZD, spaces=1).provision == "parking.villa"
