"""Windows that face each other, and windows that look at a neighbour."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, affinity

from gis import Proposal, Storey, assess, law_for
from gis.measures.windows import facing, outlooks, window_distance
from gis.proposal import Elements, Window
from tests.law.little_books import little_book
from tests.law.plots import DAY, plot, site

FACING = """
measure = "facing_distance"
relation = "at_least"
unit = "m"
"""
MAIN = FACING + 'id = "facing.main"\nwhere = {rooms = ["main"], facing = ["main"]}\n---\nlimit = 6'
MINOR = FACING + 'id = "facing.minor"\nwhere = {rooms = ["minor"]}\n---\nlimit = 4'
OVERLOOK = """
measure = "window_distance"
relation = "at_least"
unit = "m"
---
limit = 2
with = {sill = 1.75}
"""
BOOK, NEIGHBOUR = little_book(MAIN, MINOR), little_book(OVERLOOK)


def _wings(gap: float, **more) -> tuple[Storey, ...]:
    """Two wings with a court of this width between them."""
    fields = {"kind": "floor", "use": "residential", "floor_height": 3.2} | more
    west, east = shapely.box(0, 10, 2, 22), shapely.box(2 + gap, 10, 10, 22)
    return tuple(Storey(0, footprint=shape, **fields) for shape in (west, east))


def _across(gap: float, room: str = "main", other: str = "main", **more) -> tuple[Window, Window]:
    west = Window(0, LineString([(2, 12), (2, 13)]), room, unit="1")
    east = Window(0, LineString([(2 + gap, 12), (2 + gap, 13)]), other, unit="2")
    return west, replace(east, **more)


def _findings(storeys, windows, book=BOOK, place=None):
    proposal = Proposal(storeys, elements=Elements(windows=windows))
    return [f for f in assess(place or site(), proposal, book, on=DAY).findings if f.rule]


@pytest.mark.parametrize(
    ("gap", "verdict"), [(6.0, "complies"), (5.99996, "complies"), (5.9999, "violates"), (4.0, "violates")]
)
def test_windows_of_main_rooms_of_two_dwellings_keep_their_distance(gap, verdict) -> None:
    """Exactly six metres comply, a tenth of a millimetre less does not; the line between them is shown."""
    findings = [f for f in _findings(_wings(gap), _across(gap)) if f.provision == "facing.main"]
    assert [f.verdict for f in findings] == [verdict, verdict]
    assert findings[0].value == pytest.approx(gap)
    assert findings[0].subject == ("window", "1")
    assert findings[0].evidence[0].geometry.length == pytest.approx(gap)


@pytest.mark.parametrize(("gap", "verdict"), [(4.0, "complies"), (3.9999, "violates")])
@pytest.mark.parametrize("other", ["main", "minor"])
def test_windows_of_minor_rooms_keep_the_lesser_distance_to_all(gap, verdict, other) -> None:
    """Minor to minor and main to minor: four metres."""
    findings = _findings(_wings(gap), _across(gap, "minor", other))
    asked = [f for f in findings if f.provision == "facing.minor" and f.subject == ("window", "1")]
    assert [f.verdict for f in asked] == [verdict]
    if other == "main":
        (main,) = [f for f in findings if f.provision == "facing.main"]
        assert (main.subject, main.verdict) == (("window", "2"), "not_applicable")


def test_windows_of_one_dwelling_are_not_asked() -> None:
    """A dwelling may look into its own rooms."""
    findings = _findings(_wings(3.0), _across(3.0, unit="1"), little_book(MAIN))
    assert {f.verdict for f in findings} == {"not_applicable"}


def test_a_dwelling_that_nobody_named_waits_for_the_designer_only_where_it_matters() -> None:
    """Too near with the dwelling unsaid is undecided; far enough complies whosesoever it is."""
    book = little_book(MAIN)
    near = _findings(_wings(3.0), _across(3.0, unit=None), book)
    assert {(f.verdict, f.missing.name) for f in near} == {("undecided", "window_unit")}
    assert near[0].missing.who.en == "the designer"
    assert {f.verdict for f in _findings(_wings(6.0), _across(6.0, unit=None), book)} == {"complies"}


def test_a_third_dwelling_too_near_violates_whatever_else_is_unsaid() -> None:
    """One window that surely breaks the law decides, beside another of which nobody knows."""
    west, east = _across(3.0)
    unsaid = replace(east, line=LineString([(5, 14), (5, 15)]), unit=None)
    assert _findings(_wings(3.0), (west, east, unsaid), little_book(MAIN))[0].verdict == "violates"


def test_windows_that_cannot_see_each_other_do_not_face_each_other() -> None:
    """A wing between the two hides one from the other."""
    west, east = _wings(6.0)
    between = replace(west, footprint=shapely.box(4, 8, 6, 20))
    findings = _findings((west, east, between), _across(6.0), little_book(MAIN))
    assert {f.verdict for f in findings} == {"not_applicable"}
    assert "faces it within 12 m" in findings[0].text.en


def test_windows_that_look_the_same_way_or_square_to_each_other_do_not_face() -> None:
    """Only directions opposed by less than 90° face each other, however the building is turned."""
    storeys = [Storey(0, "floor", "residential", shapely.box(x, 0, x + 4, 9), 3.2) for x in (0, 9)]
    corner = Storey(0, "floor", "residential", shapely.box(4, 9, 9, 14), 3.2)
    lines = [[(4, 2), (4, 3)], [(13, 2), (13, 3)], [(5, 9), (6, 9)], [(9, 2), (9, 3)]]
    for angle in (0, 14.25, 45):
        turned = [
            replace(s, footprint=affinity.rotate(s.footprint, angle, origin=(0, 0)))
            for s in (*storeys, corner)
        ]
        windows = [
            Window(0, affinity.rotate(LineString(line), angle, origin=(0, 0)), "main") for line in lines
        ]
        west, away, square, east = outlooks(windows, turned)
        seen = [other.window for other, _ in facing(west, [away, square, east], 50.0)]
        assert seen == [east.window]


def test_a_sight_past_the_edge_of_a_wall_is_a_sight() -> None:
    """Windows moved along their walls still face each other; their distance is the shortest between them."""
    west, east = _across(3.0)
    moved = replace(east, line=LineString([(5, 17), (5, 18)]))
    (finding, _) = _findings(_wings(3.0), (west, moved), little_book(MAIN))
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(5.0))


def test_a_window_in_no_outer_wall_waits_for_the_designer() -> None:
    """A line in the middle of the floor looks nowhere."""
    west, east = _across(3.0)
    lost = replace(east, line=LineString([(7, 12), (7, 13)]))
    findings = _findings(_wings(3.0), (west, lost), little_book(MAIN))
    assert {(f.verdict, f.missing.name) for f in findings} == {("undecided", "window_wall")}


def test_a_window_may_be_drawn_a_little_inside_its_wall() -> None:
    """Nine centimetres in or out: the same wall."""
    for x in (1.91, 2.09):
        west, east = _across(6.0)
        moved = replace(west, line=LineString([(x, 12), (x, 13)]))
        assert _findings(_wings(6.0), (moved, east), little_book(MAIN))[0].value == pytest.approx(8 - x)


def _house(north: float) -> tuple[Storey, ...]:
    return (Storey(0, "floor", "residential", shapely.box(0, 10, 10, north), 3.2),)


def _window(north: float, sill: float | None = 0.9) -> tuple[Window, ...]:
    return (Window(0, LineString([(4, north), (6, north)]), "main", sill),)


@pytest.mark.parametrize(
    ("north", "sill", "verdict"),
    [
        (23.0, 0.9, "complies"),
        (23.0001, 0.9, "violates"),
        (25.0, 0.9, "violates"),
        (25.0, 1.75, "not_applicable"),
        (25.0, 1.7499, "violates"),
        (23.0, None, "complies"),
    ],
)
def test_a_window_keeps_off_the_neighbour_unless_its_sill_is_high(north, sill, verdict) -> None:
    """Two metres to the rear boundary, or a sill of 1.75 m."""
    (finding,) = _findings(_house(north), _window(north, sill), NEIGHBOUR)
    assert finding.verdict == verdict
    if verdict != "not_applicable":
        assert finding.value == pytest.approx(25 - north)
        assert finding.evidence[0].role == "witness"


def test_a_sill_that_nobody_told_waits_only_where_the_window_is_too_near() -> None:
    """The designer owes the sill of a window at 1.5 m."""
    (finding,) = _findings(_house(23.5), _window(23.5, None), NEIGHBOUR)
    assert (finding.verdict, finding.missing.name) == ("undecided", "window_sill")


def test_a_street_is_no_neighbour() -> None:
    """A window on the street line looks at nobody's land."""
    storey = (Storey(0, "floor", "residential", shapely.box(0, 1, 10, 12), 3.2),)
    window = (Window(0, LineString([(4, 1), (6, 1)]), "main"),)
    (finding,) = _findings(storey, window, NEIGHBOUR)
    assert finding.verdict == "not_applicable"
    assert finding.text.en == "Window 1: it looks at no neighbour's boundary."


def test_the_boundary_beside_a_window_is_not_before_it() -> None:
    """A window to the yard half a metre from the side boundary looks along it, also where the lot leans."""
    storey = (Storey(0, "floor", "residential", shapely.box(0, 12, 10, 25), 3.2),)
    window = (Window(0, LineString([(0.5, 12), (2, 12)]), "main"),)
    (finding,) = _findings(storey, window, NEIGHBOUR)
    assert finding.verdict == "not_applicable"


def test_the_building_hides_what_lies_behind_it() -> None:
    """A window into the own court does not look through the other wing at the neighbour."""
    (finding,) = _findings(_wings(3.0), _across(3.0)[:1], NEIGHBOUR)
    assert finding.verdict == "not_applicable"


def test_where_streets_are_not_known_the_boundary_may_be_a_street() -> None:
    """A near boundary is undecided there, a far one complies all the same."""
    place = site(plot(streets_state="unknown"), incomplete=["streets"])
    (near,) = _findings(_house(24.0), _window(24.0), NEIGHBOUR, place)
    assert (near.verdict, near.missing.name) == ("undecided", "streets")
    (far,) = _findings(_house(20.0), _window(20.0), NEIGHBOUR, place)
    assert far.verdict == "complies"


@given(angle=st.integers(0, 359), lean=st.integers(-60, 60), metres=st.integers(1, 100))
def test_the_distance_straight_ahead_is_that_of_geometry(angle, lean, metres) -> None:
    """A boundary that leans by some degrees is as near as at the end of the window where it comes nearest."""
    ahead = metres / 10
    storey = Storey(0, "floor", "residential", shapely.box(-5, -8, 5, 0), 3.2)
    slope = math.tan(math.radians(lean))
    shape = affinity.rotate(storey.footprint, angle, origin=(0, 0))
    window = affinity.rotate(LineString([(-1, 0), (1, 0)]), angle, origin=(0, 0))
    boundary = LineString([(-90, ahead - 90 * slope), (90, ahead + 90 * slope)])
    (look,) = outlooks([Window(0, window, "main")], [replace(storey, footprint=shape)])
    found = window_distance(look, [affinity.rotate(boundary, angle, origin=(0, 0))], 500.0)
    assert found.value == pytest.approx(max(ahead - 0.999 * abs(slope), 0.0), abs=2e-5)


def test_windows_that_nobody_spoke_of_are_not_taken_for_none() -> None:
    """The designer owes the word."""
    report = assess(site(), Proposal(_house(23.0)), NEIGHBOUR, on=DAY)
    assert (report.findings[0].verdict, report.findings[0].missing.name) == ("undecided", "windows")


def test_the_law_of_windows_is_told_to_who_has_drawn_nothing() -> None:
    """Both provisions in both languages."""
    (main, minor), (overlook,) = (law_for(site(), book, on=DAY) for book in (BOOK, NEIGHBOUR))
    assert main.text.en == (
        "A window of main rooms must be at least 6 m from a window of main rooms of another dwelling "
        "that faces it."
    )
    assert minor.text.fa == (
        "پنجرهٔ اتاق‌های فرعی باید از پنجرهٔ واحد دیگر که روبه‌روی آن است دست‌کم ۴ متر فاصله داشته باشد."
    )
    assert overlook.text.fa == (
        "هر پنجره باید از مرز همسایه‌ای که روبه‌روی آن است دست‌کم ۲ متر فاصله داشته باشد، "
        "مگر لبهٔ زیرینش ۱٫۷۵ متر یا بیشتر از کف بالاتر باشد."
    )
