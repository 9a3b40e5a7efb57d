"""The chamfer at a corner of two streets: where it is, how large, what may not stand in it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon
from shapely.affinity import rotate

from gis import BookRefused, Site, Street, assess, law_for
from gis.corners import corners_of
from gis.measures.chamfer import area_of, base_of, free_leg, leg_of, triangle
from gis.proposal import Elements, Gate
from tests.law.little_books import little_book
from tests.law.plots import DAY, house, plot, site

AT = "with = {flat = 160, cut = 6}"
SUM = f"""
measure = "chamfer"
relation = "at_least"
unit = "m"
---
expression = "(corner_wider_street + corner_narrower_street) / 10"
rounded_to = 0.1
{AT}
"""
ALL = shapely.box(0, 0, 10, 25)


def _street(key: str, axis: list[tuple[float, float]], width: float | None = 8.0, **more) -> Street:
    kind = more.pop("width_kind", "right_of_way")
    return Street(key, key, LineString(axis), None, width, None, kind, **more)


def _south(width: float = 8.0, **more) -> Street:
    return _street("Nilufar", [(-60, -width / 2), (80, -width / 2)], width, **more)


def _east(width: float = 8.0, x: float = 10.0, **more) -> Street:
    return _street("Sarv", [(x + width / 2, -60), (x + width / 2, 80)], width, **more)


BESIDE = (shapely.box(-10, 0, 0, 25), shapely.box(0, 25, 10, 50))


def _corner_site(outline: Polygon = ALL, south: float = 8.0, east: float = 8.0, **more) -> Site:
    """A plot of 10 × 25 m between a street in its south and one in its east."""
    return site(plot(outline, streets=[_south(south), _east(east)], neighbours=BESIDE, **more))


def _cut(leg: float, other: float | None = None) -> Polygon:
    """The plot without a triangle at its corner of two streets."""
    return Polygon([(0, 0), (10 - leg, 0), (10, leg if other is None else other), (10, 25), (0, 25)])


def _finding(book: str, footprint: Polygon, at: Site | None = None):
    (finding,) = assess(at or _corner_site(), house(1, footprint), little_book(book), on=DAY).findings
    return finding


@pytest.mark.parametrize(
    ("angle", "leg", "area"), [(90, 1.414, 1.000), (60, 2.000, 1.732), (120, 1.155, 0.577)]
)
def test_leg_and_area_follow_from_base_and_angle(angle: float, leg: float, area: float) -> None:
    """The vectors of domain 3.7 for a base of 2 m."""
    assert round(leg_of(2.0, angle), 3) == leg
    assert round(area_of(2.0, angle), 3) == area
    assert base_of(leg_of(2.0, angle), angle) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("first", "second", "base"),
    [(6, 6, 1.2), (8, 8, 1.6), (8, 12, 2.0), (12, 12, 2.4), (12, 20, 3.2), (20, 24, 4.4), (24, 20, 4.4)],
)
def test_the_base_is_a_tenth_of_both_widths(first: float, second: float, base: float) -> None:
    """The table of domain 3.7, variant (a)."""
    (item,) = law_for(_corner_site(south=first, east=second), little_book(SUM), on=DAY)
    assert item.limit == pytest.approx(base)
    assert item.about.subject == ("corner", "1")


def test_the_book_says_whether_the_base_is_rounded() -> None:
    """Streets of 8.3 and 8.2 m ask for 1.65 m; rounded to a tenth, a half goes up: 1.70 m."""
    at = _corner_site(south=8.3, east=8.2)
    (rounded,) = law_for(at, little_book(SUM), on=DAY)
    (plain,) = law_for(at, little_book(SUM.replace("rounded_to = 0.1\n", "")), on=DAY)
    assert (rounded.limit, plain.limit) == (pytest.approx(1.7), pytest.approx(1.65))


@pytest.mark.parametrize(("short", "verdict"), [(0.0, "complies"), (0.0002, "violates")])
def test_the_building_may_stand_exactly_on_the_chamfer(short: float, verdict: str) -> None:
    """Streets of 8 and 8 m: a base of 1.60 m, that is legs of 1.1314 m at the right angle."""
    finding = _finding(SUM, _cut(1.6 / math.sqrt(2) - short))
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(1.6 - short * math.sqrt(2), abs=1e-5)
    assert finding.text.en.startswith(
        "The corner of “Nilufar” and “Sarv”: the free base of the chamfer is 1."
    )


def test_what_stands_in_the_chamfer_is_shown_with_the_triangle_that_stays_free() -> None:
    """A building on the whole lot: nothing is free, and the triangle of 0.64 m² is built over."""
    finding = _finding(SUM, ALL)
    shown = {item.role: item.geometry for item in finding.evidence}
    assert (finding.verdict, finding.value) == ("violates", 0.0)
    assert shown["strip"].area == pytest.approx(0.64, abs=1e-5)
    assert shown["excess"].area == pytest.approx(0.64, abs=1e-5)


@pytest.mark.parametrize("turn", [0, 33, 71, 118, 200, 341])
@pytest.mark.parametrize("angle", [60, 90, 120])
def test_acute_right_and_obtuse_corners_at_any_turn(angle: float, turn: float) -> None:
    """A building along a chamfer of 2 m base has exactly that base, whatever the angle and the turn."""
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))

    def far(length: float) -> tuple[float, float]:
        return 10 - length * cosine, length * sine

    outline = Polygon([(-10, 0), (10, 0), far(20), (-10, 20 * sine)])
    leg = leg_of(2.0, angle)
    chamfered = Polygon([(-10, 0), (10 - leg, 0), far(leg), far(20), (-10, 20 * sine)])
    out = (4 * sine, 4 * cosine)
    axis = [(x + out[0], y + out[1]) for x, y in (far(-60), far(80))]
    streets = [_south(), _street("Sarv", axis)]
    beside = [
        Polygon([(-30, 0), (-10, 0), (-10, 20 * sine), (-30, 20 * sine)]),
        Polygon([(-10, 20 * sine), far(20), far(40), (-10, 40 * sine)]),
    ]

    def turned(shape):
        return rotate(shape, turn, origin=(3, 7))

    lot = plot(
        turned(outline),
        streets=[replace(one, axis=turned(one.axis)) for one in streets],
        neighbours=[turned(one) for one in beside],
    )
    (corner,) = corners_of(lot, 6.0)
    assert corner.angle == pytest.approx(angle, abs=1e-4)
    found = free_leg(corner, turned(chamfered))
    assert base_of(found, corner.angle) == pytest.approx(2.0, abs=1e-4)
    assert triangle(corner, found).area == pytest.approx(area_of(2.0, angle), abs=1e-3)


@given(leg=st.floats(0.1, 4.0), other=st.floats(0.1, 4.0))
def test_the_largest_free_triangle_touches_the_building(leg: float, other: float) -> None:
    """Of a building whose corner is cut unevenly the shorter cut decides."""
    (corner,) = corners_of(_corner_site().lot, 6.0)
    assert free_leg(corner, _cut(leg, other)) == pytest.approx(min(leg, other), abs=1e-5)


@pytest.mark.parametrize("leg", [0.7, 1.5, 4.0])
def test_a_corner_that_the_cadastre_has_cut_counts_as_its_chamfer(leg: float) -> None:
    """The lot ends at its own cut: built to the full it has the base of the cut."""
    at = _corner_site(_cut(leg))
    (corner,) = corners_of(at.lot, 6.0)
    assert corner.vertex == pytest.approx((10, 0), abs=1e-6)
    finding = _finding(SUM, _cut(leg), at)
    assert finding.value == pytest.approx(leg * math.sqrt(2), abs=1e-4)
    assert finding.verdict == ("complies" if leg * math.sqrt(2) >= 1.6 else "violates")


def test_a_rounded_corner_has_its_vertex_where_the_street_lines_would_meet() -> None:
    """A corner rounded with r = 3 m in chords: the free triangle touches the middle of the arc."""
    arc = [(7 + 3 * math.sin(math.radians(a)), 3 - 3 * math.cos(math.radians(a))) for a in range(0, 91, 10)]
    outline = Polygon([(0, 0), *arc, (10, 25), (0, 25)])
    at = _corner_site(outline)
    (corner,) = corners_of(at.lot, 6.0)
    assert corner.vertex == pytest.approx((10, 0), abs=1e-6)
    assert corner.angle == pytest.approx(90, abs=1e-6)
    # the chord whose line x − y = const lies nearest to the corner: half its sagitta apart from 2r − r·√2
    assert free_leg(corner, outline) == pytest.approx(6 - 3 * math.sqrt(2), abs=0.02)


def test_a_lot_on_three_streets_has_two_corners() -> None:
    """West, south and east: the front in the south is no cut, however short."""
    outline = shapely.box(0, 0, 5, 25)
    streets = [_south(), _east(x=5), _street("Kaj", [(-4, -60), (-4, 80)])]
    lot = plot(outline, streets=streets, neighbours=[shapely.box(0, 25, 5, 50)])
    found = corners_of(lot, 6.0)
    assert sorted(round(c.vertex[0]) for c in found) == [0, 5]
    assert [round(c.angle) for c in found] == [90, 90]


def test_a_through_lot_between_two_streets_has_no_corner() -> None:
    """South and north are streets, the sides are neighbours: nothing meets."""
    north = _street("Kaj", [(-60, 29), (80, 29)])
    beside = (shapely.box(-10, 0, 0, 25), shapely.box(10, 0, 20, 25))
    at = site(plot(streets=[_south(), north], neighbours=beside))
    (item,) = law_for(at, little_book(SUM), on=DAY)
    assert (item.verdict, item.text.en) == (
        "not_applicable",
        "This lot lies at no corner of two streets; it has no chamfer.",
    )


def test_a_lot_around_the_junction_has_no_corner_where_its_outline_turns_outward() -> None:
    """The street land cuts a square out of the lot: the inner corner is no corner to be cut."""
    outline = Polygon([(0, 0), (10, 0), (10, -10), (20, -10), (20, 20), (0, 20)])
    streets = [_street("S", [(-60, -4), (6, -4)]), _street("E", [(6, -60), (6, -4)])]
    found = corners_of(plot(outline, streets=streets, neighbours=[]), 6.0)
    assert [corner for corner in found if corner.sure] == []


@pytest.mark.parametrize(("angle", "asked"), [(150, True), (159.9, True), (160, False), (170, False)])
def test_a_flat_corner_has_no_chamfer(angle: float, asked: bool) -> None:
    """From 160° on the book asks for none."""
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    end = (20 - 20 * cosine, 20 * sine)
    outline = Polygon([(0, 0), (20, 0), end, (0, 40)])
    away = (4 * sine, 4 * cosine)
    axis = [(20 + away[0], away[1]), (20 - 80 * cosine + away[0], 80 * sine + away[1])]
    streets = [_street("S", [(-60, -4), (20, -4)]), _street("E", axis)]
    beside = [Polygon([(-30, 0), (0, 0), (0, 40), (-30, 40)]), Polygon([(0, 40), end, (40, 60), (0, 60)])]
    (item,) = law_for(site(plot(outline, streets=streets, neighbours=beside)), little_book(SUM), on=DAY)
    assert (item.verdict != "not_applicable") is asked


def test_where_a_width_is_not_known_nobody_says_how_large() -> None:
    """A carriageway proves no width: the chamfer is undecided for the surveyor."""
    streets = [_south(), _east(width_kind="carriageway")]
    at = site(plot(ALL, streets=streets, neighbours=BESIDE))
    finding = _finding(SUM, ALL, at)
    assert (finding.verdict, finding.missing.name) == ("undecided", "widening")


@pytest.mark.parametrize("state", ["incomplete", "unknown", "not_loaded"])
def test_where_streets_are_not_known_no_corner_is_taken_for_none(state: str) -> None:
    """A lot with no known corner waits for the map of streets."""
    lot = plot(streets=[_south()], neighbours=BESIDE[:1], streets_state=state)
    at = site(lot, incomplete=["streets"])
    finding = _finding(SUM, ALL, at)
    assert (finding.verdict, finding.missing.name) == ("undecided", "streets")


def test_a_boundary_of_unknown_kind_may_make_a_corner() -> None:
    """South is street, and nobody knows what lies in the east."""
    lot = plot(streets=[_south()], neighbours=BESIDE, parcels_state="incomplete")
    finding = _finding(SUM, ALL, site(lot, incomplete=["parcels"]))
    assert (finding.verdict, finding.missing.name) == ("undecided", "edge")


LEGS = f"""
id = "legs"
measure = "chamfer_leg"
relation = "at_least"
unit = "m"
---
limit = 1.2
{AT}
"""
FROM_12 = f"""
id = "from_12"
measure = "chamfer"
relation = "at_least"
unit = "m"
where.when = [{{measure = "corner_wider_street", interval = "[12, inf)"}}]
---
expression = "2 * corner_narrower_street / 10"
{AT}
"""


def test_variant_b_least_legs_and_a_tenth_of_the_narrower_street_twice() -> None:
    """8 / 8: legs of 1.20 m; 8 / 12: also a base of 1.60 m; 14 / 20: of 2.80 m."""
    book = little_book(LEGS, FROM_12)

    def asked(south: float, east: float):
        items = law_for(_corner_site(south=south, east=east), book, on=DAY)
        return [item.limit for item in items if item.verdict is None]

    assert asked(8, 8) == [1.2]
    assert asked(8, 12) == [1.2, 1.6]
    assert asked(14, 20) == [1.2, pytest.approx(2.8)]
    assert _finding(LEGS, _cut(1.2)).verdict == "complies"
    assert _finding(LEGS, _cut(1.1999)).verdict == "violates"


def _classed(id_: str, of: str, limit: str) -> str:
    return f"""
id = "{id_}"
measure = "chamfer"
relation = "at_least"
unit = "m"
where.street_class = ["pedestrian"]
where.of_class = "{of}"
---
{limit}
{AT}
"""


@pytest.mark.parametrize(
    ("south", "east", "limit"),
    [
        ("pedestrian", "pedestrian", 1.0),
        ("pedestrian", "local", 1.5),
        ("local", "pedestrian", 1.5),
        ("local", "local", 1.6),
    ],
)
def test_variant_c_lanes_for_people_on_foot(south: str, east: str, limit: float) -> None:
    """Both lanes for people on foot: 1.00 m; one of them: 1.50 m; none: by the widths."""
    by_width = 'expression = "(corner_wider_street + corner_narrower_street) / 10"'
    book = little_book(
        _classed("both", "both", "limit = 1"),
        _classed("one", "one", "limit = 1.5"),
        _classed("none", "none", by_width),
    )
    streets = [_south(street_class=south), _east(street_class=east)]
    items = law_for(site(plot(ALL, streets=streets, neighbours=BESIDE)), book, on=DAY)
    assert [item.limit for item in items if item.verdict is None] == [pytest.approx(limit)]


def test_where_the_class_of_a_street_is_not_known_only_what_cannot_be_is_left_out() -> None:
    """One lane is local: both for people on foot cannot be; one or none waits for the class of the other."""
    book = little_book(*(_classed(of, of, "limit = 1") for of in ("both", "one", "none")))
    streets = [_south(street_class="local"), _east()]
    items = law_for(site(plot(ALL, streets=streets, neighbours=BESIDE)), book, on=DAY)
    assert [(item.verdict, item.missing.name if item.missing else None) for item in items] == [
        ("not_applicable", None),
        ("undecided", "street_class"),
        ("undecided", "street_class"),
    ]


@pytest.mark.parametrize(("south", "east", "limit"), [(8, 8, 1.5), (8, 14, 2.0), (14, 20, 3.0)])
def test_variant_d_a_table_of_the_city(south: float, east: float, limit: float) -> None:
    """By the narrower street in rows and the wider in columns."""

    def row(id_: str, interval: str, bands: str) -> str:
        return f"""
id = "{id_}"
measure = "chamfer"
relation = "at_least"
unit = "m"
where.when = [{{measure = "corner_narrower_street", interval = "{interval}"}}]
---
by = "corner_wider_street"
bands = [{bands}]
{AT}
"""

    book = little_book(
        row("narrow", "[0, 12)", '{interval = "[0, 12)", limit = 1.5}, {interval = "[12, inf)", limit = 2}'),
        row("wide", "[12, inf)", '{interval = "[12, inf)", limit = 3}'),
    )
    items = law_for(_corner_site(south=south, east=east), book, on=DAY)
    assert [item.limit for item in items if item.verdict is None] == [limit]


def test_multipliers_by_the_angle_are_bands_of_the_book() -> None:
    """At the right angle the factor is 1; the rows of acute and obtuse corners are law too."""
    book = SUM.replace(
        'expression = "(corner_wider_street + corner_narrower_street) / 10"\nrounded_to = 0.1',
        """by = "corner_angle"
bands = [
  {interval = "[0, 60)", expression = "1.25 * (corner_wider_street + corner_narrower_street) / 10"},
  {interval = "[60, 120]", expression = "(corner_wider_street + corner_narrower_street) / 10"},
  {interval = "(120, 180]", expression = "0.8 * (corner_wider_street + corner_narrower_street) / 10"},
]""",
    )
    (item,) = law_for(_corner_site(), little_book(book), on=DAY)
    assert item.limit == pytest.approx(1.6)


COVERAGE = 'measure = "coverage"\nrelation = "at_most"\nunit = "1"\n---\nlimit = 0.6\nbase = "net"'


def test_net_land_is_what_widening_and_chamfers_leave() -> None:
    """250 m² less the triangle of 0.64 m²: 60 % of 249.36 m²."""
    book = little_book(SUM, COVERAGE)
    finding = assess(_corner_site(), house(1, shapely.box(0, 10.6, 10, 25)), book, on=DAY).findings[-1]
    assert finding.basis.base_area == pytest.approx(249.36, abs=1e-5)
    assert finding.basis.limit_area == pytest.approx(149.616, abs=1e-5)


def test_net_land_takes_no_more_than_the_cadastre_has_left() -> None:
    """Where the corner is cut already beyond what the law asks, nothing more is taken."""
    at = _corner_site(_cut(1.5))
    finding = assess(at, house(1, shapely.box(0, 10, 10, 25)), little_book(SUM, COVERAGE), on=DAY).findings[
        -1
    ]
    assert finding.basis.base_area == pytest.approx(250 - 1.5 * 1.5 / 2, abs=1e-5)


def test_net_land_is_not_known_while_a_chamfer_is_not() -> None:
    """The chamfer waits for the class of a street, and coverage waits with it."""
    book = little_book(_classed("one", "one", "limit = 1"), COVERAGE)
    report = assess(_corner_site(), house(1, shapely.box(0, 15, 10, 25)), book, on=DAY)
    assert [(f.verdict, f.missing.name) for f in report.findings] == [("undecided", "street_class")] * 2


GATE = 'measure = "gate_width"\nrelation = "at_least"\nunit = "m"\n---\nlimit = 3'
NO_GATE = 'measure = "gate_in_chamfer"\nrelation = "at_most"\nunit = "m"\n---\nlimit = 0'


def _gates(book, *lines: LineString, at: Site | None = None):
    gates = Elements(gates=tuple(Gate(line) for line in lines))
    proposal = replace(house(1, shapely.box(0, 10, 9, 25)), elements=gates)
    findings = assess(at or _corner_site(), proposal, book, on=DAY).findings
    return [f for f in findings if f.measure.startswith("gate")]


@pytest.mark.parametrize(("east", "verdict"), [(5.0, "complies"), (4.9999, "violates")])
def test_a_gate_is_three_metres_wide(east: float, verdict: str) -> None:
    """Exactly 3 m is enough."""
    (finding,) = _gates(little_book(GATE), LineString([(2, 0), (east, 0)]))
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("line", "metres"),
    [
        ([(5.8686, 0), (8.8686, 0)], 0.0),
        ([(6, 0), (9, 0)], 0.1314),
        ([(10, 0.5), (10, 3.5)], 0.6314),
        ([(8.8686, 0), (10, 1.1314)], 1.6),
        ([(8.86, 0.01), (9.99, 1.14)], 1.58),
    ],
)
def test_no_gate_opens_in_a_chamfer(line: list[tuple[float, float]], metres: float) -> None:
    """The chamfer takes 1.1314 m of each street line; a gate may begin where it ends."""
    (finding,) = _gates(little_book(SUM, NO_GATE), LineString(line))
    assert finding.value == pytest.approx(metres, abs=0.02 if metres == 1.58 else 1e-4)
    assert finding.verdict == ("violates" if metres else "complies")


def test_no_gate_opens_in_a_cut_that_stands_already() -> None:
    """A cut of 3 m legs is longer than the law asks; it is a chamfer all the same."""
    (finding,) = _gates(
        little_book(SUM, NO_GATE), LineString([(7, 0), (9.5, 2.5)]), at=_corner_site(_cut(3.0))
    )
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(2.5 * math.sqrt(2), abs=1e-4))


def test_gates_that_nobody_spoke_of_are_not_taken_for_none() -> None:
    """Not drawn and not denied: the designer owes the word."""
    (finding,) = assess(_corner_site(), house(), little_book(GATE), on=DAY).findings
    assert (finding.verdict, finding.missing.name) == ("undecided", "gates")


HEIGHT = 'measure = "height"\nrelation = "at_most"\nunit = "m"\n'


@pytest.mark.parametrize(
    ("book", "words"),
    [
        (HEIGHT + '---\nexpression = "corner_angle"', "corner_angle: no measure"),
        (HEIGHT + '---\nby = "corner_wider_street"\nbands = [{interval = "[0, inf)", limit = 1}]', "corner_"),
        (SUM.replace("0.1", "0"), "Give a step above 0"),
        (SUM.replace(AT, "with = {flat = 160}"), "`cut` is missing"),
        (
            _classed("one", "one", "limit = 1").replace('where.of_class = "one"\n', ""),
            "`of_class` is missing",
        ),
        (HEIGHT + 'where.of_class = "one"\n---\nlimit = 9', "Remove `of_class`"),
    ],
)
def test_what_a_book_says_wrongly_of_corners_is_refused(book: str, words: str) -> None:
    """Each with its place, its reason and what to do."""
    with pytest.raises(BookRefused, match=words):
        little_book(book)
