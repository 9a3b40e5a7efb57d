"""Distance from what lies around a lot: lines, roads, wells, and what nobody knows of them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point
from shapely.affinity import rotate

from gis import Overlay, assess, law_for
from gis.proposal import Elements, Projection
from gis.rulebook import BookRefused
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site

POWER = """
measure = "clearance"
relation = "at_least"
unit = "m"
where.overlay = ["power"]
where.attributes = {{voltage_kv = ["(33, 63]"]}}
---
limit = 8
with = {{counted = "{counted}"{more}}}
agency = {{fa = "شرکت برق", en = "the power company"}}
"""
AXIS = little_book(POWER.format(counted="from_axis", more=""))
EDGE = little_book(
    POWER.format(counted="from_edge", more=', half_width_attribute = "half_width_m", half_width_at_most = 10')
)


def _line(north: float, **attributes: str) -> Overlay:
    """A line from west to east, so many metres north of the lot's south-western corner."""
    said = {"voltage_kv": "63", "half_width_m": "1.5"} | attributes
    drawn = LineString([(-80, north), (90, north)])
    return Overlay("L-1", "power", "خط نمونه", drawn, MappingProxyType(said))


def _site(*overlays: Overlay, known: float | None = 100.0, **more):
    reach = MappingProxyType({"*": known})
    return replace(site(overlays=overlays, **more), overlay_reach=reach)


def _house(**more):
    """The house stands from y = 10.6 to y = 25, and has no projections."""
    return replace(house(**more), elements=Elements(projections=()))


def _findings(book, *overlays: Overlay, known: float | None = 100.0, proposal=None):
    """What is said beside that the little book has no other law for the zone."""
    found = assess(_site(*overlays, known=known), proposal or _house(), book, on=DAY).findings
    return [finding for finding in found if finding.provision != "no_law.zone"]


@pytest.mark.parametrize(
    ("north", "verdict"),
    [(33.0, "complies"), (32.99996, "complies"), (32.9999, "violates"), (20.0, "violates")],
)
def test_a_building_keeps_exactly_the_distance_from_the_axis_that_the_law_asks(north, verdict) -> None:
    """Eight metres from the house, which ends at y = 25; a tenth of a millimetre less breaks it."""
    (finding,) = _findings(AXIS, _line(north))
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(max(north - 25, 0))
    assert finding.subject == ("overlay", "L-1")


@pytest.mark.parametrize(("north", "verdict"), [(34.5, "complies"), (34.4999, "violates")])
def test_from_the_edge_half_the_width_of_the_line_is_taken_off(north, verdict) -> None:
    """A line whose conductors hang 1.5 m from its axis needs 9.5 m to the axis."""
    (finding,) = _findings(EDGE, _line(north))
    assert (finding.verdict, finding.value) == (verdict, pytest.approx(north - 26.5))


def test_what_is_too_near_is_shown_with_the_strip_and_the_distance() -> None:
    """Witness line, the strip of the line, and the part of the building in it."""
    (finding,) = _findings(AXIS, _line(29.0))
    shapes = {item.role: item.geometry for item in finding.evidence}
    assert list(shapes) == ["witness", "buffer", "excess"]
    assert shapes["witness"].length == pytest.approx(4)
    assert shapes["excess"].bounds == pytest.approx((0, 21, 10, 25), abs=1e-6)
    assert shapes["buffer"].area > 0


def test_under_the_line_nothing_stands() -> None:
    """A building under the line is 0 m from its axis, and 1.5 m beyond its edge."""
    (axis,), (edge,) = _findings(AXIS, _line(15.0)), _findings(EDGE, _line(15.0))
    assert (axis.verdict, axis.value) == ("violates", 0.0)
    assert (edge.verdict, edge.value) == ("violates", -1.5)


@given(turn=st.floats(0, 360), metres=st.floats(0.5, 60))
def test_the_distance_is_the_same_however_lot_and_line_lie(turn, metres) -> None:
    """Turned about any point, a house 10 m wide is as far from its line as before."""
    line = Overlay(
        "L", "power", "", LineString([(-80, 25 + metres), (90, 25 + metres)]), {"voltage_kv": "63"}
    )
    turned = replace(line, geometry=rotate(line.geometry, turn, origin=(3, 4)))
    lot = plot(rotate(shapely.box(0, 0, 10, 25), turn, origin=(3, 4)), streets=[], neighbours=[])
    here = replace(site(lot, overlays=[turned]), overlay_reach={"*": 100.0})
    proposal = _house(footprint=rotate(shapely.box(0, 10.6, 10, 25), turn, origin=(3, 4)))
    findings = [f for f in assess(here, proposal, AXIS, on=DAY).findings if f.subject == ("overlay", "L")]
    if metres <= 8:
        assert [f.value for f in findings] == [pytest.approx(metres, abs=1e-6)]


def test_a_balcony_counts_and_one_that_nobody_spoke_of_keeps_it_open() -> None:
    """The balcony hangs 1 m nearer; a proposal that says nothing of projections may have one."""
    balcony = Projection(1, shapely.box(2, 25, 6, 26))
    near = replace(house(), elements=Elements(projections=(balcony,)))
    (finding, _) = _findings(AXIS, _line(33.5), proposal=near)  # and that it stands over the next lot
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(7.5))
    (unsaid,) = _findings(AXIS, _line(33.5), proposal=house())
    assert (unsaid.verdict, unsaid.missing.name) == ("undecided", "projections")
    assert unsaid.missing.who.en == "the designer"
    (sure,) = _findings(AXIS, _line(30.0), proposal=house())
    assert sure.verdict == "violates"
    (far,) = _findings(AXIS, _line(25 + 8 + 5.1), proposal=house())
    assert far.verdict == "not_applicable"


def test_basements_count_only_where_the_law_says_so() -> None:
    """A basement that reaches farther than the house is near a cable, not near a line overhead."""
    text = POWER.format(counted="from_axis", more="{}")
    out, with_ = (little_book(text.replace("{}", more)) for more in ("", ', basements = "in"'))
    ground, cellar = _house(footprint=shapely.box(0, 12, 10, 20)), shapely.box(0, 12, 10, 24)
    storeys = (replace(ground.storeys[0], level=-1, kind="basement", footprint=cellar), *ground.storeys)
    proposal = replace(ground, storeys=storeys)
    assert [f.value for f in _findings(out, _line(30.0), proposal=proposal)] == [pytest.approx(10)]
    assert [f.value for f in _findings(with_, _line(30.0), proposal=proposal)] == [pytest.approx(6)]


def test_a_line_of_another_row_is_not_this_rows_matter_but_one_that_no_row_names_is_a_gap() -> None:
    """A line of 132 kV beside a book with a row up to 63: nobody says how far, and the report says so."""
    row, gap = _findings(AXIS, _line(30.0, voltage_kv="132"))
    assert row.verdict == "not_applicable"
    assert (gap.provision, gap.verdict, gap.missing.kind) == ("no_law.overlay.power", "undecided", "no_law")
    assert "5 m from this land" in gap.text.en


def test_a_line_of_unknown_voltage_is_undecided_and_its_keeper_is_named() -> None:
    """Not recorded, or not a number: the power company must say."""
    for said in ("", "high"):
        (finding,) = _findings(AXIS, _line(30.0, voltage_kv=said))
        assert (finding.verdict, finding.missing.kind, finding.missing.name) == (
            "undecided", "fact", "voltage_kv",
        )  # fmt: skip
        assert finding.missing.who.en == "the power company"


def test_a_half_width_that_is_not_recorded_or_wider_than_the_law_takes_it_is_undecided() -> None:
    """The edge of the line is not known then."""
    for said in ("", "10.5", "-1"):
        (finding,) = _findings(EDGE, _line(34.0, half_width_m=said))
        assert (finding.verdict, finding.missing.name) == ("undecided", "half_width_m")


def test_no_line_so_near_is_an_answer_only_where_the_map_is_complete_so_far() -> None:
    """Eight metres around the lot: known to 8 m it does not apply, known to 7.9 m it waits for the layer."""
    far = _line(60.0)
    (known,) = _findings(AXIS, far, known=8.0)
    assert known.value is None
    assert known.verdict == "not_applicable"
    assert known.text.en == "Not within 8 m of this land: the power line."
    (short,) = _findings(AXIS, far, known=7.9)
    assert (short.verdict, short.missing.kind, short.missing.name) == ("undecided", "layer", "overlays")
    assert "within 8 m" in short.text.en
    report = assess(_site(far, known=None, incomplete=["overlays"]), _house(), AXIS, on=DAY)
    assert {(f.verdict, f.missing.name) for f in report.findings[:-1]} == {("undecided", "overlays")}


def test_beside_a_line_that_is_known_others_may_lie_unseen() -> None:
    """Where the map ends near the lot, the line that it shows is judged and the rest stays open."""
    seen, unseen = _findings(AXIS, _line(30.0), known=3.0)
    assert seen.verdict == "violates"
    assert (unseen.verdict, unseen.missing.name) == ("undecided", "overlays")


def test_a_building_that_stands_out_of_its_lot_asks_so_much_farther() -> None:
    """Drawn 3 m over its line, it is measured to a line 10 m from the lot."""
    beyond = _house(footprint=shapely.box(0, 10.6, 10, 28))
    findings = _findings(AXIS, _line(35.0), proposal=beyond)
    assert ("violates", pytest.approx(7)) in [(f.verdict, f.value) for f in findings]


def test_a_well_is_a_circle() -> None:
    """Fifteen metres around a point."""
    book = little_book("""
measure = "clearance"
relation = "at_least"
unit = "m"
where.overlay = ["well"]
---
limit = 15
with = {counted = "from_edge", half_width = 0}
""")
    for metres, verdict in ((15.0, "complies"), (14.9999, "violates")):
        well = Overlay("W-1", "well", "", Point(10 + metres, 20))
        (finding,) = _findings(book, well)
        assert (finding.verdict, finding.value) == (verdict, pytest.approx(metres))


def test_the_law_is_told_to_who_has_drawn_nothing() -> None:
    """Which line, and how far to keep from it, in both languages."""
    (item, _) = law_for(_site(_line(30.0)), EDGE, on=DAY)
    assert (item.verdict, item.limit) == (None, 8.0)
    assert item.text.en == "Keep at least 8 m from the power line “خط نمونه”."
    assert item.text.fa == "از خط برق «خط نمونه» دست‌کم ۸ متر فاصله بگیرید."
    (none, _) = law_for(_site(), EDGE, on=DAY)
    assert none.verdict == "not_applicable"


def test_the_finding_tells_how_far_in_both_languages() -> None:
    """The axis where the law counts from it."""
    (finding,) = _findings(AXIS, _line(30.0))
    assert finding.text.en == (
        "The distance of the building from the axis of the power line “خط نمونه” is 5 m, "
        "less than the 8 m required."
    )
    assert finding.text.fa == ("فاصلهٔ ساختمان از محور خط برق «خط نمونه» ۵ متر است، ولی دست‌کم ۸ متر لازم است.")


def _refused(text: str) -> set[str]:
    with pytest.raises(BookRefused) as refused:
        little_book(text)
    return {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('counted = "from_axis"', 'counted = "from_axis", half_width = 2', "width_not_asked"),
        ('counted = "from_axis"', 'counted = "from_edge"', "half_width_unsaid"),
        ('counted = "from_axis"', 'counted = "from_edge", half_width_attribute = "w"', "half_width_unsaid"),
        ("limit = 8", 'expression = "height / 2"', "unbounded_reach"),
        ("limit = 8", "limit = 1001", "too_far"),
        ("at_least", "at_most", "wrong_relation"),
        ('"(33, 63]"', '"(63, 33]"', "bad_interval"),
        ('agency = {fa = "شرکت برق", en = "the power company"}', "", "missing_key"),
        ('where.overlay = ["power"]', "", "missing_key"),
    ],
)
def test_a_book_that_cannot_say_how_far_it_asks_is_refused(before, after, code) -> None:
    """Each fault by its code."""
    text = POWER.format(counted="from_axis", more="")
    assert before in text
    assert code in _refused(text.replace(before, after))


def test_the_book_says_how_far_around_a_lot_it_asks() -> None:
    """The distance, the widest half of a line, and what a building may stand out over its lot."""
    assert EDGE.reaches(DAY) == {"power": 23.0}
    assert AXIS.reaches(DAY) == {"power": 13.0}
