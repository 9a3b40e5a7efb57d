"""Projections over the street: how far, and what is asked where nobody has drawn any."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import LineString

from gis import BookRefused, Site, Street, assess, law_for
from gis.proposal import Elements, Projection
from tests.law.little_books import little_book
from tests.law.plots import DAY, MASS, NEIGHBOURS, house, plot, site, street

DEPTH = """
measure = "projection_depth"
relation = "at_most"
unit = "m"
---
by = "street_width"
bands = [
  {interval = "[0, 12)", limit = 0},
  {interval = "[12, 20]", limit = 0.8},
  {interval = "(20, inf)", limit = 1.2},
]
"""
BOOK = little_book(DEPTH.replace("limit = 0}", "limit = 0.5}"))


def _report(*south: float, book=BOOK):
    balconies = tuple(Projection(1, shapely.box(2, edge, 6, 12)) for edge in south)
    return assess(site(), replace(house(), elements=Elements(projections=balconies)), book, on=DAY)


@pytest.mark.parametrize(
    ("south", "verdict"), [(0.5, "complies"), (0.49995, "complies"), (0.4999, "violates"), (0.0, "violates")]
)
def test_a_balcony_may_stand_out_over_the_street_exactly_as_far_as_the_law_says(south, verdict) -> None:
    """The lot begins at y = 1 after widening: half a metre beyond it is allowed on a street of 8 m."""
    (finding,) = _report(south).findings
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(1 - south)
    assert finding.subject == ("projection", "1")
    assert [item.role for item in finding.evidence] == ["witness", "excess"][: 1 + (verdict == "violates")]


def test_what_is_too_far_out_is_shown() -> None:
    """The part of the balcony beyond the limit is the evidence of the violation."""
    (finding,) = _report(0.0).findings
    excess = finding.evidence[-1].geometry
    assert excess.bounds == pytest.approx((2, 0, 6, 0.5), abs=1e-6)


def test_each_balcony_is_a_finding_of_its_own() -> None:
    """Two balconies, one too far out: one complies and one violates."""
    assert [f.verdict for f in _report(0.6, 0.2).findings] == ["complies", "violates"]


def test_a_balcony_over_the_own_land_is_not_asked() -> None:
    """What stays behind the street line keeps nothing to keep."""
    (finding,) = _report(5.0).findings
    assert finding.verdict == "not_applicable"


def test_projections_that_nobody_spoke_of_are_not_taken_for_none() -> None:
    """A proposal that does not say whether it has projections is undecided, one that has none is free."""
    unsaid = assess(site(), house(), BOOK, on=DAY)
    (finding,) = unsaid.findings
    assert (finding.verdict, finding.missing.name) == ("undecided", "projections")
    none = assess(site(), replace(house(), elements=Elements(projections=())), BOOK, on=DAY)
    assert none.findings[0].verdict == "not_applicable"
    assert none.findings[0].text.en == "The proposal has no projection."


def test_the_law_is_told_to_who_has_drawn_nothing() -> None:
    """Without a proposal the provision says its limit on this street."""
    (item,) = law_for(site(), BOOK, on=DAY)
    assert item.verdict is None
    assert item.limit == 0.5


CLEAR = 'measure = "projection_clearance"\nrelation = "at_least"\nunit = "m"\n---\nlimit = 3.5'
SHARE = 'measure = "projection_share"\nrelation = "at_most"\nunit = "1"\n---\nexpression = "2 / 3"'
SIDE = 'measure = "projection_side"\nrelation = "at_least"\nunit = "m"\n---\nlimit = 1'
CLOSED = 'measure = "closed_projection"\nrelation = "at_most"\nunit = "m2"\n---\nlimit = 0'
EAST = Street("E", "Sarv", LineString([(18, -60), (18, 60)]), None, 16.0, None, "right_of_way", "collector")
WEST_AND_NORTH = (shapely.box(-10, 0, 0, 25), shapely.box(0, 25, 10, 50))


def _of(book: str, *projections: Projection, at: Site | None = None):
    """The findings of one provision on these projections."""
    proposal = replace(house(), elements=Elements(projections=projections))
    return assess(at or site(), proposal, little_book(book), on=DAY).findings


def _corner() -> Site:
    """The plot between the street of 8 m in the south and one of 16 m in the east, beyond x = 10."""
    return site(plot(streets=[street(), EAST], neighbours=WEST_AND_NORTH))


@pytest.mark.parametrize(
    ("box", "limit", "verdict"),
    [
        ((2, -0.2, 6, 12), 0.0, "violates"),
        ((8, 12, 10.8, 16), 0.8, "complies"),
        ((8, 12, 10.8001, 16), 0.8, "violates"),
    ],
)
def test_a_balcony_keeps_to_the_width_of_the_street_before_which_it_stands(box, limit, verdict) -> None:
    """On one corner lot nothing may stand over the street of 8 m, and 0.80 m over that of 16 m."""
    (finding,) = _of(DEPTH, Projection(1, shapely.box(*box)), at=_corner())
    assert (finding.verdict, finding.limit) == (verdict, limit)


@pytest.mark.parametrize("turn", [0, 17, 45, 133, 290])
def test_turning_the_plot_changes_nothing(turn: int) -> None:
    """Depth and share of a balcony are the same whichever way the street runs."""

    def turned(shape):
        return shapely.affinity.rotate(shape, turn, origin=(3, 7))

    lot = plot(
        turned(shapely.box(0, 0, 10, 25)),
        streets=[replace(street(), axis=turned(street().axis))],
        neighbours=[turned(one) for one in NEIGHBOURS],
    )
    balcony = Projection(1, turned(shapely.box(2, 0.3, 6, 12)))
    proposal = replace(house(footprint=turned(MASS)), elements=Elements(projections=(balcony,)))
    depth, share, side = assess(site(lot), proposal, little_book(DEPTH, SHARE, SIDE), on=DAY).findings
    assert depth.value == pytest.approx(0.7, abs=1e-5)
    assert share.value == pytest.approx(0.4, abs=1e-6)
    assert side.value == pytest.approx(2.0, abs=1e-5)


def test_a_balcony_over_a_corner_is_a_matter_of_judgement() -> None:
    """Two street lines and two widths: no rule says which; the whole of it is shown."""
    (finding,) = _of(DEPTH, Projection(1, shapely.box(8, 0.5, 10.5, 3)), at=_corner())
    assert (finding.verdict, finding.missing.kind) == ("undecided", "judgement")
    assert "corner" in finding.text.en
    shown = next(item.geometry for item in finding.evidence if item.role == "footprint")
    assert shown.area == pytest.approx(2.5 * 2.5 - 2 * 2)


def test_a_balcony_over_the_neighbour_is_never_lawful() -> None:
    """With a setback law it breaks it; without, a person must say by what right it hangs there."""
    over = Projection(1, shapely.box(-0.5, 14, 2, 18))
    side = 'measure = "setback"\nrelation = "at_least"\nunit = "m"\nedges = ["side"]\n---\nlimit = 0'
    findings = _of(side, over)
    worst = next(f for f in findings if f.verdict == "violates")
    assert worst.value == pytest.approx(-0.5)
    assert worst.evidence[-1].geometry.bounds == pytest.approx((-0.5, 14, 0, 18))
    *_, last = _of(DEPTH, over)
    assert (last.provision, last.verdict, last.value) == ("within_lot", "undecided", pytest.approx(2.0))
    assert last.evidence[0].geometry.area == pytest.approx(2.0)


def test_a_balcony_over_street_and_neighbour_in_one_piece_waits_for_a_person() -> None:
    """Past the end of the frontage it hangs before the neighbour, with a corner of it over his land."""
    findings = _of(DEPTH, Projection(1, shapely.box(-0.5, 0.6, 3, 12)))
    assert [(f.provision, f.verdict) for f in findings] == [
        ("projection_depth", "undecided"),
        ("within_lot", "undecided"),
    ]


def test_a_balcony_over_a_boundary_of_unknown_kind_waits_for_the_surveyor() -> None:
    """Where nobody knows what lies before a boundary, nobody knows what may stand out over it."""
    open_east = site(plot(neighbours=(NEIGHBOURS[0], NEIGHBOURS[2]), parcels_state="incomplete"))
    (finding, *_) = _of(DEPTH, Projection(1, shapely.box(8, 14, 10.5, 18)), at=open_east)
    assert (finding.verdict, finding.missing.name) == ("undecided", "edge")


def test_before_a_street_whose_width_is_not_on_record_the_line_is_not_known() -> None:
    """A carriageway proves no line: how far a balcony stands out waits for the widening."""
    at = site(plot(streets=[street(planned=None, width_kind="carriageway")]))
    for book in (DEPTH, CLOSED):
        (finding, *_) = _of(book, Projection(1, shapely.box(2, -0.2, 6, 12), closed=True), at=at)
        assert (finding.verdict, finding.missing.name) == ("undecided", "widening")


@pytest.mark.parametrize(
    ("underside", "verdict"), [(3.5, "complies"), (3.4999, "violates"), (None, "undecided")]
)
def test_the_underside_stays_above_the_pavement(underside, verdict) -> None:
    """3.50 m is enough; a height that nobody gave is the designer's to say."""
    (finding,) = _of(CLEAR, Projection(1, shapely.box(2, 0.5, 6, 12), underside))
    assert finding.verdict == verdict
    assert (finding.missing.name if finding.missing else None) == (None if underside else "underside")


def test_the_projections_of_a_level_share_the_frontage() -> None:
    """3.3 + 3.3 m of one level on 10 m are under two thirds, one decimetre more is not; levels are apart."""
    first, second, above = (
        Projection(level, shapely.box(x, 0.5, x + 3.3, 12)) for level, x in ((1, 1), (1, 5), (2, 1))
    )
    assert [f.verdict for f in _of(SHARE, first, second, above)] == ["complies", "complies"]
    wider = replace(second, footprint=shapely.box(5, 0.5, 8.4, 12))
    one, two = _of(SHARE, first, wider, above)
    assert (one.verdict, one.value) == ("violates", pytest.approx(0.67))
    assert (two.verdict, two.value) == ("complies", pytest.approx(0.33))
    assert one.subject == ("projection", "1+2")


@pytest.mark.parametrize(("left", "verdict"), [(1.0, "complies"), (0.9999, "violates"), (-0.2, "violates")])
def test_a_projection_keeps_a_metre_from_the_neighbours_front(left, verdict) -> None:
    """Measured along the frontage, also of what hangs over the street before the neighbour."""
    inside = shapely.box(max(left, 0), 0.9, 5, 12)
    shape = shapely.union(inside, shapely.box(left, 0.5, 5, 0.9999))
    (finding, *_) = _of(SIDE, Projection(1, shape))
    assert finding.verdict == verdict
    assert finding.value == pytest.approx(left)


def test_at_a_corner_no_neighbour_is_beside_the_frontage() -> None:
    """On the corner lot the east end of the south front is street: only the west end counts."""
    (finding,) = _of(SIDE, Projection(1, shapely.box(5, 0.5, 9.9, 12)), at=_corner())
    assert (finding.verdict, finding.value) == ("complies", pytest.approx(5.0))


def test_no_closed_space_stands_over_the_street() -> None:
    """A closed bay of 4 m × 0.5 m breaks the law with its 2 m²; an open balcony beside it is not asked."""
    (finding,) = _of(
        CLOSED,
        Projection(1, shapely.box(2, 0.5, 6, 12), closed=True),
        Projection(2, shapely.box(2, 0.5, 6, 12)),
    )
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(2.0))
    (none,) = _of(CLOSED, Projection(2, shapely.box(2, 0.5, 6, 12)))
    assert none.verdict == "not_applicable"


def test_a_storey_over_the_street_is_answered_by_the_setback_and_not_by_the_law_of_projections() -> None:
    """A storey drawn 0.4 m over the line breaks the setback though a balcony might stand there."""
    line = 'measure = "setback"\nrelation = "at_least"\nunit = "m"\nedges = ["street"]\n---\nlimit = 0'
    proposal = replace(house(footprint=shapely.box(0, 0.6, 10, 15)), elements=Elements(projections=()))
    report = assess(site(), proposal, little_book(line, DEPTH.replace("limit = 0}", "limit = 0.5}")), on=DAY)
    assert [f.verdict for f in report.findings] == ["violates", "not_applicable"]
    assert report.findings[0].value == pytest.approx(-0.4)


def test_who_has_drawn_nothing_is_told_the_limit_of_each_street() -> None:
    """On a corner lot the law of projections is told for each street line."""
    items = law_for(_corner(), little_book(DEPTH), on=DAY)
    behind = "(1 m behind today's boundary)"
    assert sorted((item.limit, item.text.en) for item in items) == [
        (0.0, f"No projection may reach beyond the corrected street line of “Nilufar” {behind}."),
        (0.8, "A projection may reach up to 0.8 m beyond the street line of “Sarv”."),
    ]


COUNTING = """
[[counting]]
from = 2024-03-20
cite = "SAMPLE-1#2"
outside.coverage = [{kind = "projection", deepest = 1.2}]
outside.setback = [{kind = "projection", deepest = 1.2}]
"""
COVERAGE = 'measure = "coverage"\nrelation = "at_most"\nunit = "1"\n---\nlimit = 0.6\nbase = "after"'
YARD = 'measure = "setback"\nrelation = "at_least"\nunit = "m"\nedges = ["street"]\n---\nlimit = 8.4'


def _yard(book: str, depth: float, counting: str = COUNTING):
    """The findings on a balcony that stands so deep over the own yard, before the mass of 60 %."""
    balcony = Projection(1, shapely.box(2, 10.6 - depth, 6, 12))
    proposal = replace(house(), elements=Elements(projections=(balcony,)))
    return assess(site(), proposal, little_book(book, more=counting), on=DAY).findings


@pytest.mark.parametrize(
    ("depth", "verdict", "area"), [(1.2, "complies", 144.0), (1.2001, "violates", 148.8004)]
)
def test_a_deep_balcony_over_the_own_yard_counts_in_coverage(depth, verdict, area) -> None:
    """Up to 1.20 m it does not count; deeper, all of it does."""
    (finding,) = _yard(COVERAGE, depth)
    assert finding.verdict == verdict
    assert finding.basis.value_area == pytest.approx(area, abs=1e-6)


@pytest.mark.parametrize(("depth", "verdict"), [(1.2, "complies"), (1.21, "violates")])
def test_a_deep_balcony_over_the_own_yard_keeps_the_setback(depth, verdict) -> None:
    """The mass keeps 9.60 m where 8.40 are asked; a balcony that the book does not forgive may break it."""
    (finding,) = _yard(YARD, depth)
    assert finding.verdict == verdict


def test_where_the_book_says_nothing_of_projections_each_that_is_drawn_counts() -> None:
    """Silence forgives nothing: a balcony of 0.5 m counts in coverage and keeps the setback."""
    (finding,) = _yard(COVERAGE, 0.5, "")
    assert (finding.verdict, finding.basis.value_area) == ("violates", pytest.approx(146.0))
    (finding,) = _yard(YARD.replace("8.4", "9.2"), 0.5, "")
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(9.1))


def test_projections_that_count_and_of_which_nothing_is_said_leave_coverage_open() -> None:
    """60 % kept by the storeys alone is no answer while a deep balcony may stand over the yard."""
    report = assess(site(), house(), little_book(COVERAGE, YARD, more=COUNTING), on=DAY)
    assert [(f.verdict, f.missing.name) for f in report.findings] == [("undecided", "projections")] * 2


def test_a_closed_bay_is_floor_area_like_any_room() -> None:
    """Two storeys of 144 m² and a closed bay of 4 × 1 m beside them: 292 m² over 240."""
    density = 'measure = "density"\nrelation = "at_most"\nunit = "1"\n---\nlimit = 1.2\nbase = "after"'
    bay = Projection(1, shapely.box(2, 9.6, 6, 12), closed=True)
    proposal = replace(house(), elements=Elements(projections=(bay,)))
    (finding,) = assess(site(), proposal, little_book(density), on=DAY).findings
    assert (finding.verdict, finding.basis.value_area) == ("violates", pytest.approx(292.0))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("outside.coverage", "outside.density", "counts no projections"),
        ("deepest = 1.2", "largest_share = 0.2", "`deepest` is missing"),
        ("deepest = 1.2", "deepest = -1", "Give 0 or more"),
    ],
)
def test_what_a_book_says_wrongly_of_projections_that_count_is_refused(old, new, words) -> None:
    """Only coverage and setbacks count projections, and only by their depth."""
    with pytest.raises(BookRefused, match=words):
        little_book(COVERAGE, more=COUNTING.replace(old, new, 1))
