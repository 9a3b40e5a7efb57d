"""Subdivision: pieces that must make up the land, and each piece a lot of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Polygon

from gis import Piece, ProposalError, Subdivision, assess_subdivision, law_for
from gis.rulebook.limit import Interval
from gis.rulebook.provision import When, Where
from tests.law.divided_land import BOOK, book, box, divided, land, of, verdicts
from tests.law.little_books import little_book
from tests.law.plots import DAY, plot, site

TWO = {"A": box(0, 0, 10, 25), "B": box(10, 0, 20, 25)}


# ------------------------------------------------------------------ the pieces together


def test_two_lawful_halves_comply() -> None:
    """20 × 25 m cut in two of 250 m², 10 m wide and 2.5 times as deep."""
    report = divided(land(20, 25), TWO)
    assert report.verdict == "complies"
    assert verdicts(report) == {"A": "complies", "B": "complies"}
    assert of(report, "lot_area", "A").value == 250.0
    assert of(report, "depth_to_frontage", "B").value == 2.5
    assert of(report, "street_width", "B").value == 8.0


@pytest.mark.parametrize(
    ("east", "verdict", "value"),
    [(20, "complies", 0.0), (19.96, "complies", 1.0), (19.9599, "violates", 1.002), (19, "violates", 25.0)],
)
def test_land_in_no_piece_is_forgiven_up_to_the_tolerance_of_the_survey(east, verdict, value) -> None:
    """4 cm over 25 m are the 1 m² that the book forgives; a tenth of a millimetre more is a gap."""
    report = divided(land(20, 25), {"A": TWO["A"], "B": box(10, 0, east, 25)})
    finding = of(report, "pieces_gap")
    assert (finding.verdict, round(finding.value, 3)) == (verdict, value)
    assert finding.subject == ("lot", "")
    shown = [item.geometry.area for item in finding.evidence if item.role == "excess"]
    assert shown == ([pytest.approx(value, abs=1e-3)] if verdict == "violates" else [])


def test_land_in_two_pieces_is_shown_where_it_is() -> None:
    """A metre taken by both is 25 m² of overlap between x = 10 and 11, and no gap."""
    report = divided(land(20, 25), {"A": box(0, 0, 11, 25), "B": TWO["B"]})
    finding = of(report, "pieces_overlap")
    assert (finding.verdict, finding.value) == ("violates", 25.0)
    assert finding.evidence[-1].geometry.bounds == pytest.approx((10, 0, 11, 25), abs=1e-6)
    assert finding.text.en == "25 m² of the land lie in two pieces at once."
    assert of(report, "pieces_gap").verdict == "complies"


def test_pieces_may_not_take_the_neighbours_land() -> None:
    """A metre beyond the eastern line is 25 m² outside."""
    report = divided(land(20, 25), {"A": TWO["A"], "B": box(10, 0, 21, 25)})
    assert (of(report, "pieces_outside").verdict, of(report, "pieces_outside").value) == ("violates", 25.0)
    assert report.verdict == "violates"


def test_pieces_divide_what_the_widening_leaves() -> None:
    """The street takes a metre of the worked plot: pieces drawn to the line by deed lie 10 m² outside."""
    by_deed = {"A": box(0, 0, 5, 25), "B": box(5, 0, 10, 25)}
    left = {"A": box(0, 1, 5, 25), "B": box(5, 1, 10, 25)}
    assert of(divided(site(), by_deed), "pieces_outside").value == pytest.approx(10.0)
    assert of(divided(site(), left), "pieces_outside").value == 0.0
    assert of(divided(site(), left), "lot_area", "A").value == 120.0


def test_a_book_silent_on_gaps_leaves_the_whole_undecided() -> None:
    """Without law on what pieces may miss nobody can say that they make up the land."""
    report = divided(land(20, 25), TWO, book(without=["pieces_gap"]))
    finding = of(report, "no_law.pieces_gap", "R121")
    assert (finding.verdict, finding.missing.kind) == ("undecided", "no_law")
    assert report.verdict == "undecided"


def test_pieces_on_other_land_are_refused() -> None:
    """Pieces drawn somewhere else are a mistake of coordinates, and no violation."""
    far = {"A": box(500, 0, 510, 25), "B": box(510, 0, 520, 25)}
    with pytest.raises(ProposalError, match="P-1") as refused:
        divided(land(20, 25), far)
    assert refused.value.code == "proposal.off_parcel"


# ------------------------------------------------------------------ each piece


@pytest.mark.parametrize(
    ("cut", "verdict"), [(8.0, "complies"), (8.00001, "complies"), (7.9999, "violates"), (7.0, "violates")]
)
def test_a_piece_has_exactly_the_least_area(cut: float, verdict: str) -> None:
    """8 × 25 m are the 200 m² that the law asks for; a tenth of a millimetre less is not."""
    pieces = {"A": box(0, 0, cut, 25), "B": box(cut, 0, 20, 25)}
    report = divided(land(20, 25), pieces, book(without=["frontage", "depth_to_frontage"]))
    assert of(report, "lot_area", "A").verdict == verdict
    assert of(report, "lot_area", "B").verdict == "complies"


def test_the_piece_that_remains_is_judged_too() -> None:
    """A good lot cut off a small one leaves what no longer is a lot: the division violates by the rest."""
    report = divided(land(20, 25), {"A": box(0, 0, 14, 25), "rest": box(14, 0, 20, 25)})
    assert verdicts(report) == {"A": "complies", "rest": "violates"}
    assert of(report, "frontage", "rest").value == 6.0
    text = of(report, "frontage", "rest").text
    assert text.en == "Piece “rest”: the frontage is 6 m, less than the 10 m required."
    assert text.fa.startswith("قطعهٔ «rest»: طول بر ۶ متر است")


def test_a_piece_is_at_most_three_times_as_deep_as_wide() -> None:
    """30 m behind 10 m of street is exactly three; 10 cm more is beyond."""
    for depth, verdict in ((30.0, "complies"), (30.1, "violates")):
        pieces = {"A": box(0, 0, 10, depth), "B": box(10, 0, 20, depth)}
        assert of(divided(land(20, depth), pieces), "depth_to_frontage", "A").verdict == verdict


def test_a_piece_behind_the_others_touches_no_street() -> None:
    """Three rows behind one street: the middle and the last are landlocked, and told so with 0 m."""
    rows = {"front": box(0, 0, 30, 10), "middle": box(0, 10, 30, 20), "back": box(0, 20, 30, 30)}
    report = divided(land(30, 30), rows)
    assert verdicts(report) == {"front": "complies", "middle": "violates", "back": "violates"}
    contact = of(report, "street_contact", "middle")
    assert (contact.verdict, contact.value, contact.limit) == ("violates", 0.0, 3.0)
    assert of(report, "frontage", "middle").missing.name == "no_street"


def test_a_flag_lot_is_reached_by_its_pole() -> None:
    """A pole of 3 m touches the street and gives 3 m of frontage: enough to enter, too little to front."""
    flag = Polygon([(17, 0), (20, 0), (20, 40), (0, 40), (0, 20), (17, 20)])
    report = divided(land(20, 40), {"A": box(0, 0, 17, 20), "flag": flag})
    assert of(report, "street_contact", "flag").verdict == "complies"
    assert (of(report, "frontage", "flag").verdict, of(report, "frontage", "flag").value) == ("violates", 3.0)
    assert of(report, "lot_area", "flag").value == 460.0


def test_an_l_shaped_lot_is_divided_at_its_elbow() -> None:
    """An L along the street: its two arms are lots of their own, with the areas of the drawing."""
    outline = Polygon([(0, 0), (30, 0), (30, 12), (15, 12), (15, 30), (0, 30)])
    here = land(30, 30)
    beside = [*here.lot.around.neighbours, box(15, 12, 30, 30)]
    streets = here.lot.around.streets
    lot = type(here.lot).build("P-1", outline, streets=streets, neighbours=beside)
    report = divided(site(lot), {"A": box(0, 0, 15, 30), "B": box(15, 0, 30, 12)})
    assert [of(report, "lot_area", name).value for name in "AB"] == [450.0, 180.0]
    assert verdicts(report) == {"A": "complies", "B": "violates"}


@pytest.mark.parametrize("angle", [14.25, 45.0, 133.7, 270.0])
def test_a_turned_lot_is_judged_alike(angle: float) -> None:
    """No provision of a division knows the north."""
    pieces = {"A": box(0, 0, 8, 25), "B": box(8, 0, 20, 25)}
    straight = divided(land(20, 25), pieces)
    turned_ = divided(land(20, 25, angle=angle), pieces, angle=angle)
    assert [(f.provision, f.subject, f.verdict) for f in straight.findings] == [
        (f.provision, f.subject, f.verdict) for f in turned_.findings
    ]
    for one, other in zip(straight.findings, turned_.findings, strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-3)


def test_a_piece_in_two_zones_keeps_the_law_of_its_own_zones() -> None:
    """The western half is R121, the eastern G111, of which the book does not speak: only B is without law."""
    here = land(20, 25, zones={"R121": box(0, 0, 10, 25), "G111": box(10, 0, 20, 25)})
    report = divided(here, TWO)
    silent = of(report, "no_law.piece", "B")
    assert (silent.missing.kind, silent.zone) == ("no_law", "G111")
    pieces = {piece.name: piece for piece in report.pieces}
    assert [zone.code for zone in pieces["A"].zoning.zones] == ["R121"]
    assert report.verdict == "undecided"


def test_what_every_piece_needs_and_no_law_says_is_undecided() -> None:
    """The book names frontage as needed and does not regulate it: each piece waits."""
    needs = replace(book(without=["frontage"]), every_piece_needs=("frontage",))
    report = divided(land(20, 25), TWO, needs)
    assert of(report, "no_law.frontage", "A").missing.kind == "no_law"
    assert report.verdict == "undecided"


@pytest.mark.parametrize("layer", ["streets", "zones", "overlays"])
def test_a_layer_that_is_not_known_leaves_the_division_undecided(layer: str) -> None:
    """What was never surveyed is no empty answer."""
    report = divided(land(20, 25, incomplete=[layer]), TWO)
    assert report.verdict == "undecided"
    assert any(f.missing and f.missing.name == layer for f in report.findings)


def test_a_piece_on_an_open_side_may_yet_touch_a_street() -> None:
    """Nobody knows what lies north of the land: the piece there is undecided, that at the street is not."""
    here = land(30, 30)
    beside = here.lot.around.neighbours[:2]
    lot = type(here.lot).build("P-1", here.lot.before, streets=here.lot.around.streets, neighbours=beside)
    report = divided(site(lot), {"front": box(0, 0, 30, 10), "back": box(0, 10, 30, 30)})
    assert of(report, "street_contact", "back").verdict == "undecided"
    assert of(report, "street_contact", "front").verdict == "complies"


def test_what_stands_on_the_land_is_asked_about() -> None:
    """A subdivision that does not say what becomes of the buildings is undecided where they are not known."""
    drawn = Subdivision(tuple(Piece(name, shape) for name, shape in TWO.items()))
    unread = land(20, 25, incomplete=["buildings"])
    assert assess_subdivision(unread, drawn, BOOK, on=DAY).verdict == "undecided"
    assert assess_subdivision(land(20, 25), drawn, BOOK, on=DAY).verdict == "complies"


# ------------------------------------------------------------------ the law in words


DEED = """
measure = "lot_area"
relation = "discretion"
unit = "m2"
where.when = [{measure = "lot_area", interval = "[0, 240)"}]
---
text = {fa = "زمین کوچک فقط با سند شش‌دانگ.", en = "Small land needs a full deed."}
"""


@pytest.mark.parametrize(("depth", "verdict"), [(25.0, "not_applicable"), (24.9999, "undecided")])
def test_small_land_waits_for_its_deed(depth: float, verdict: str) -> None:
    """Lengeh: a lot under 240 m² is built on only if it was divided with a full deed, which a person sees."""
    lot = plot(box(0, 0, 10, depth))
    item = law_for(site(lot), little_book(DEED), on=DAY)[0]
    assert item.verdict == verdict
    assert (item.missing.kind if item.missing else None) == ("judgement" if verdict == "undecided" else None)


def test_large_land_is_divided_only_after_the_municipality_has_spoken() -> None:
    """Article 101: from 1,000 m² on a clause for judgement; smaller land goes without it."""
    words = '{fa = "تفکیک با نظر شهرداری است.", en = "The municipality speaks first."}'
    row = ("lot_area", "discretion", "m2", "subdivision", f"text = {words}")
    law = book(row, without=["lot_area"])
    asked = [p for p in law.provisions if p.of == "subdivision" and p.measure == "lot_area"]
    large = replace(
        asked[0], where=Where(when=(When("lot_area", Interval.parse("[1000, inf)")),)), id="art.101"
    )
    law = replace(law, provisions=(*(p for p in law.provisions if p not in asked), large))
    halves = {"A": box(0, 0, 20, 50), "B": box(20, 0, 40, 50)}
    assert of(divided(land(40, 50), halves, law), "art.101").missing.kind == "judgement"
    assert of(divided(land(20, 25), TWO, law), "art.101").verdict == "not_applicable"


def test_law_on_pieces_is_no_law_on_building() -> None:
    """Who asks what may be built on the lot is not told what its pieces must have."""
    (item,) = law_for(land(20, 25), BOOK, on=DAY)
    assert item.to_dict()["provision"] == "no_law.zone"
