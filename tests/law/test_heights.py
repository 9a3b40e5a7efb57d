"""Heights: the plane of light, the section of the street, clear heights, detached buildings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from gis import BookRefused, Lot, Proposal, ProposalError, Storey, assess, law_for
from gis.measures.light_plane import above, light_plane
from gis.proposal import Elements
from gis.rulebook_check import check_texts
from tests.law.little_books import little_book
from tests.law.plots import DAY, FRAME, house, plot, sample_book, sample_texts, site, street

PLANE = """
measure = "light_plane"
relation = "at_most"
unit = "m"
edges = ["rear"]
---
limit = 3.5
with = {angle = 45}
"""
SECTION = """
measure = "height"
relation = "at_most"
unit = "m"
---
expression = "1.5 * (street_width + front_setback)"
"""
CLEAR = """
measure = "clear_height"
relation = "at_least"
unit = "m"
where.uses = ["residential"]
---
limit = 2.9
"""
DETACHED = """
measure = "setback"
relation = "at_least"
unit = "m"
edges = ["side"]
where.when = [{measure = "storeys", interval = "(6, inf)"}]
---
expression = "height / 6"
not_less_than = 3
"""


def _only(proposal, text, where=None):
    (finding,) = (f for f in _of_law(proposal, text, where) if f.rule is not None)
    return finding


def _of_law(proposal, text, where=None):
    """The findings of the one provision, without the gap that a zone is said to be where it is none."""
    report = assess(where or site(), proposal, little_book(text), on=DAY)
    return [finding for finding in report.findings if finding.rule is not None]


def _tower(top: float, *, from_rear: float = 3.0) -> Proposal:
    """A wing of 3.5 m on the rear line, and before it a mass that ends `from_rear` metres from the rear."""
    low = Storey(0, "floor", "residential", shapely.box(0, 25 - from_rear, 10, 25), 3.5)
    high = Storey(0, "floor", "residential", shapely.box(0, 12, 10, 25 - from_rear), top)
    return Proposal((low, high))


@pytest.mark.parametrize(("top", "verdict"), [(6.5, "complies"), (6.50004, "complies"), (6.5001, "violates")])
def test_a_building_may_touch_the_plane_of_light_and_not_stand_through_it(top, verdict) -> None:
    """Three metres from the rear 3.5 + 3·tan 45° = 6.5 m are free; a tenth of a millimetre more is not."""
    found = _only(_tower(top), PLANE)
    assert (found.verdict, found.limit, found.subject) == (verdict, 3.5, ("edge", "2"))
    assert found.value == pytest.approx(top - 3)
    assert [e.role for e in found.evidence] == ["witness", "excess"][: 1 + (verdict == "violates")]


def test_what_stands_above_the_plane_is_shown_mass_by_mass() -> None:
    """The tall mass breaks it up to where the plane passes over its roof; the low one does not."""
    found = _only(_tower(9.0), PLANE)
    (excess,) = (e.geometry for e in found.evidence if e.role == "excess")
    assert excess.bounds == pytest.approx((0, 25 - 5.5, 10, 22))
    (witness,) = (e.geometry for e in found.evidence if e.role == "witness")
    assert witness.length == pytest.approx(3)


def test_each_mass_has_its_own_top() -> None:
    """A tower on the far side of the lot does not make the low wing on the boundary high."""
    wing = Storey(0, "floor", "residential", shapely.box(0, 20, 10, 25), 3.2)
    tower = [Storey(n, "floor", "residential", shapely.box(0, 2, 10, 8), 3.2) for n in range(6)]
    found = _only(Proposal((wing, *tower)), PLANE)
    assert (found.verdict, found.value) == ("complies", pytest.approx(3.2))


def test_under_a_building_that_keeps_far_the_plane_begins_below_the_ground() -> None:
    """A value below zero says by how much the plane from the ground clears the roof."""
    found = _only(house(2, shapely.box(0, 2, 10, 10)), PLANE)
    assert (found.verdict, found.value) == ("complies", pytest.approx(6.4 - 15))


def test_the_plane_of_light_asks_for_its_angle_and_for_known_edges() -> None:
    """Without an angle it is no law; a boundary that may be no rear is undecided; a basement asks nothing."""
    with pytest.raises(BookRefused, match="with"):
        little_book(PLANE.replace("with = {angle = 45}", ""))
    unsure = assess(site(incomplete=["streets"]), house(), little_book(PLANE), on=DAY)
    assert {finding.verdict for finding in unsure.findings} == {"undecided"}
    cellar = Proposal((Storey(-1, "basement", "parking", shapely.box(0, 2, 10, 25), 3.0),))
    assert _only(cellar, PLANE).verdict == "not_applicable"


@settings(max_examples=60, deadline=None)
@given(top=st.floats(3, 40), away=st.floats(0, 15), angle=st.floats(5, 80), turn=st.floats(0, 360))
def test_the_plane_is_top_less_distance_times_tangent_however_the_lot_is_turned(
    top, away, angle, turn
) -> None:
    """The analytic answer; and lowered by what is too high, exactly nothing stands above it."""
    import math

    def moved(shape):
        return affinity.translate(affinity.rotate(shape, turn, origin=(0, 0)), 5e5, 4e6)

    lot = Lot.build("P", moved(shapely.box(0, 0, 12, 25)), streets=[], neighbours=[])
    line = moved(shapely.LineString([(0, 25), (12, 25)]))
    edge = min(lot.edges, key=lambda e: e.line.hausdorff_distance(line))
    mass = (moved(shapely.box(0, 0, 12, 25 - away)), top)
    expected = top - away * math.tan(math.radians(angle))
    found = light_plane(edge, [mass], angle).value
    assert found == pytest.approx(expected, abs=1e-6)
    assert above(edge, [mass], angle, found + 1e-6).area < 1e-3


def test_the_height_follows_the_section_of_the_street() -> None:
    """1.5 × (8 m of street + 9.6 m before the house) = 26.4 m (domain 3.5)."""
    found = _only(house(2), SECTION)
    assert (found.verdict, found.limit) == ("complies", pytest.approx(26.4))
    low = _only(house(2), SECTION.replace("1.5 *", "0.36 *"))
    assert (low.verdict, low.limit) == ("violates", pytest.approx(6.336))


def test_height_exactly_at_the_section_complies() -> None:
    """A house on the street line of an 8 m street may be 12 m high and not 0.1 mm higher."""
    for storey, verdict in ((3.0, "complies"), (3.0001, "violates")):
        built = house(4, shapely.box(0, 1, 10, 12), floor_height=storey)
        assert _only(built, SECTION).verdict == verdict


def test_the_section_stays_open_where_the_street_is_not_known() -> None:
    """Neither an unread street nor one without a width gives a height; the answer says what is missing."""
    assert _only(house(), SECTION, site(incomplete=["streets"])).missing.name == "streets"
    bare = site(plot(streets=[street(6.0, None, width_kind="carriageway")]))
    found = _only(house(), SECTION, bare)
    assert found.verdict == "undecided"
    assert found.missing.name in {"widening", "street_width"}


def test_the_section_is_told_as_a_formula_to_who_has_drawn_nothing() -> None:
    """Nobody knows yet how far the house will stand from the street."""
    (item,) = law_for(site(), little_book(SECTION), on=DAY)
    assert item.limit is None
    assert "1.5 × (street width + front setback)" in item.text.en


@pytest.mark.parametrize(("clear", "verdict"), [(2.9, "complies"), (2.8999, "violates"), (None, "undecided")])
def test_the_clear_height_is_what_the_proposal_says_it_is(clear, verdict) -> None:
    """It does not follow from the floor height: not said, it is undecided and the designer owes it."""
    found = _only(house(1, clear_height=clear), CLEAR)
    assert (found.verdict, found.subject) == (verdict, ("storey", "0"))
    if clear is None:
        assert (found.missing.name, found.missing.who.en) == ("clear_height", "the designer")


def test_the_clear_height_is_asked_of_the_storeys_of_its_use() -> None:
    """A car park is not asked for the height of a home; where there is no home the law does not apply."""
    cars = Storey(0, "pilotis", "parking", shapely.box(0, 10, 10, 25), 2.4)
    home = Storey(1, "floor", "residential", shapely.box(0, 10, 10, 25), 3.2, clear_height=2.9)
    assert _only(Proposal((cars, home)), CLEAR).subject == ("storey", "1")
    assert _only(Proposal((cars,)), CLEAR).verdict == "not_applicable"


def test_two_masses_of_one_level_are_two_subjects() -> None:
    """Each is told apart by its number."""
    wings = [Storey(0, "floor", "residential", shapely.box(x, 12, x + 4, 25), 3.2, clear_height=h) for x, h in
             ((0, 2.9), (6, 2.5))]  # fmt: skip
    found = assess(site(), Proposal(tuple(wings)), little_book(CLEAR), on=DAY).findings
    assert [(f.subject[1], f.verdict) for f in found] == [("0.1", "complies"), ("0.2", "violates")]
    assert found[1].text.en.startswith("Mass 2 of the ground floor: the clear height is 2.5 m")
    assert found[1].text.fa.startswith("بخش ۲ طبقهٔ همکف: ارتفاع مفید ۲٫۵ متر است")


def test_a_clear_height_above_the_floor_height_is_refused() -> None:
    """Nobody stands higher under the ceiling than from floor to floor; the pointer names the property."""
    document = {
        "type": "FeatureCollection",
        "srid": 32639,
        "features": [
            {
                "type": "Feature",
                "geometry": shapely.geometry.mapping(shapely.box(0, 0, 10, 12)),
                "properties": {
                    "level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2,
                    "clear_height_m": 3.3,
                },
            }
        ],
    }  # fmt: skip
    with pytest.raises(ProposalError) as refused:
        Proposal.from_geojson(document, FRAME)
    assert (refused.value.code, refused.value.where) == (
        "proposal.clear_height",
        "/features/0/properties/clear_height_m",
    )


def test_storeys_are_named_only_by_a_measure_of_storeys() -> None:
    """`where.uses` of a height of the whole building is refused: nobody would apply it."""
    with pytest.raises(BookRefused, match="asks about no storeys"):
        little_book(SECTION.replace("---", 'where.uses = ["residential"]\n---'))


@pytest.mark.parametrize(
    ("storeys", "aside", "verdicts"),
    [
        (6, 0.0, ["not_applicable"]),
        (7, 3.7332, ["violates"]),
        (7, 3.7334, ["complies"]),
    ],
)
def test_a_building_of_more_than_six_storeys_stands_apart_by_a_sixth_of_its_height(
    storeys, aside, verdicts
) -> None:
    """Seven storeys are 22.4 m high: 3.7333… m from each side; six may stand on the line (domain 3.6)."""
    built = house(storeys, shapely.box(aside, 10.6, 10 - aside, 25))
    assert sorted({f.verdict for f in _of_law(built, DETACHED)}) == verdicts


def test_a_low_detached_building_keeps_the_least_distance() -> None:
    """Seven low storeys of 2.5 m are 17.5 m high; a sixth is less than the 3 m that are asked at least."""
    built = house(7, shapely.box(3, 10.6, 7, 25), floor_height=2.5)
    assert {(f.verdict, f.limit) for f in _of_law(built, DETACHED)} == {("complies", 3.0)}


def test_the_section_of_the_street_leaves_the_heights_of_two_zones_weighed() -> None:
    """Half R121 (13.5 m), half R122 (20.5 m): 17 m by area; the section holds in both."""
    halves = {"R121": shapely.box(0, 0, 5, 25), "R122": shapely.box(5, 0, 10, 25)}
    built = replace(house(), elements=Elements(projections=()))
    report = assess(site(zones=halves), built, sample_book(), on=date(2026, 10, 1))
    heights = {f.provision: f for f in report.findings if f.measure == "height" and f.limit is not None}
    section = heights.pop("height.street_section")
    assert section.limit == pytest.approx(26.4)
    ((_, weighed),) = heights.items()
    assert weighed.limit == pytest.approx(17)
    assert len(weighed.rule.parts) == 2


def test_two_laws_of_height_stand_together_only_where_the_book_says_so() -> None:
    """Without `beside` the section of the street is a second law for one thing."""
    plan, citations, cases = sample_texts()
    assert not check_texts(plan, citations, cases)
    alone = plan.replace("beside = true\n", "")
    faults = [f for f in check_texts(alone, citations, cases) if f.code == "two_laws"]
    assert any("height.street_section" in fault.where for fault in faults)
    assert all("beside = true" in fault.remedy for fault in faults)


def test_a_law_of_high_buildings_is_told_under_its_condition() -> None:
    """Who has drawn nothing reads for which buildings the distance is asked, not that it is asked of all."""
    (east, _) = (
        i for i in law_for(site(), little_book(DETACHED), on=DAY) if i.to_dict()["measure"] == "setback"
    )
    assert east.text.en.startswith(
        "For a building of more than 6 storeys: keep at least (building height ÷ 6)"
    )
    assert east.text.fa.startswith("برای ساختمان بیش از ۶ طبقه: از مرز کناری")
