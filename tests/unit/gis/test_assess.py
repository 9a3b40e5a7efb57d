"""The four verdicts: what complies, what violates, what nobody may answer, and what is not asked here."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis import (
    BookRefused,
    Finding,
    LawError,
    LayerState,
    Overlay,
    Proposal,
    ProposalError,
    RuleBook,
    Storey,
    assess,
    law_for,
)
from gis.assess import overall
from gis.words import Words
from tests.law.plots import CITATIONS, DAY, MASS, NEIGHBOURS, UNITS, house, plot, site, street

HEAD = """
[book]
id = "test"
title = {{fa = "آزمون", en = "Test"}}
checked_on = 2026-01-15
every_zone_needs = [{needs}]
{more}
"""


def provision(measure: str, value: str, *, zones: str = '"R121"', more: str = "", id_: str = "") -> str:
    relation = "one_of" if measure == "use" else "at_most"
    if "relation" in more:
        relation = ""
    said = f'relation = "{relation}"' if relation else ""
    return f"""
[[provision]]
id = "{id_ or measure}"
title = {{fa = "{measure}", en = "{measure}"}}
measure = "{measure}"
unit = "{UNITS.get(measure, "m")}"
zones = [{zones}]
{said}
{more}
  [[provision.value]]
  from = 2020-02-01
  cite = "X#1"
  {value}
"""


def book(*provisions: str, needs: str = '"coverage"', more: str = "") -> RuleBook:
    return RuleBook.parse(HEAD.format(needs=needs, more=more) + "".join(provisions), CITATIONS)


COVERAGE = provision("coverage", 'base = "after"\n  limit = 0.6')
AT_LEAST = 'relation = "at_least"'


def findings(law: RuleBook, here: Any = None, proposal: Proposal | None = None) -> list[Finding]:
    return list(assess(here or site(), proposal or house(), law, on=DAY).findings)


def only(law: RuleBook, here: Any = None, proposal: Proposal | None = None) -> Finding:
    (found,) = findings(law, here, proposal)
    return found


def why(found: Finding) -> tuple[str, str, str]:
    assert found.missing is not None
    return found.verdict, found.missing.kind, found.missing.name


def test_exactly_at_the_limit_complies_and_a_step_beyond_violates() -> None:
    """60 % of 240 m² is 144 m²; the declared precision of a ratio is 1e-6, here 0.24 of a thousandth m²."""
    law = book(COVERAGE)
    assert only(law).verdict == "complies"
    assert only(law).margin == pytest.approx(0, abs=1e-9)
    wider = house(footprint=shapely.box(0, 10.6 - 0.0001, 10, 25))
    assert only(law, proposal=wider).verdict == "violates"


@settings(deadline=None)  # the machine may be busy; what holds does not depend on it
@given(depth=st.floats(0.5, 14.4))
def test_whatever_is_smaller_than_the_limit_complies(depth: float) -> None:
    """A smaller footprint never breaks coverage, a shorter one never breaks a setback."""
    law = book(COVERAGE, provision("setback", "limit = 9.6", more=f'{AT_LEAST}\nedges = ["street"]'))
    report = assess(site(), house(footprint=shapely.box(0, 25 - depth, 10, 25)), law, on=DAY)
    assert report.verdict == "complies"


def test_law_forgives_no_design() -> None:
    """A book that would forgive a proposal its measure is refused; a proposal 1 cm too near violates."""
    more = f'{AT_LEAST}\nedges = ["street"]'
    with pytest.raises(BookRefused, match="design_forgiven"):
        book(provision("setback", "limit = 9.61\n  tolerance = 0.05", more=more), needs='"setback.street"')
    found = only(book(provision("setback", "limit = 9.61", more=more), needs='"setback.street"'))
    assert (found.verdict, found.value) == ("violates", 9.6)
    assert found.to_dict(site().frame)["tolerance"] == 0.0


@pytest.mark.parametrize(
    ("limit", "tolerance", "verdict"),
    [(240, 0, "complies"), (241, 0, "violates"), (241, 1, "complies"), (241.001, 1, "violates")],
)
def test_the_survey_of_the_land_is_forgiven_what_the_book_says(
    limit: float, tolerance: float, verdict: str
) -> None:
    """The lot has 240 m²: with a tolerance of 1 m² a minimum of 241 m² is just kept, and that is said."""
    text = f"limit = {limit}\n  tolerance = {tolerance}"
    law = book(provision("lot_area", text, more=AT_LEAST), needs='"lot_area"')
    found = only(law)
    assert (found.verdict, found.value) == (verdict, 240.0)
    assert found.to_dict(site().frame)["tolerance"] == tolerance
    forgiven = verdict == "complies" and tolerance > 0
    assert ("tolerance of the survey, 1 m²" in found.text.en) == forgiven
    assert ("رواداری نقشه‌برداری (۱ متر مربع)" in found.text.fa) == forgiven
    (item,) = law_for(site(), law, on=DAY)
    assert item.verdict == verdict


def test_a_limit_of_a_maximum_is_forgiven_upward() -> None:
    """A frontage of at most 9.9 m and a tolerance of 10 cm: a lot of 10 m keeps it."""
    for tolerance, verdict in ((0.1, "complies"), (0.09, "violates")):
        law = book(provision("frontage", f"limit = 9.9\n  tolerance = {tolerance}"), needs="")
        assert only(law).verdict == verdict


def test_the_label_of_an_evidence_says_whether_its_limit_is_the_least_or_the_most() -> None:
    """1.32 m of at least 3, and 71 % of at most 60: a screen must tell them apart."""
    more = f'{AT_LEAST}\nedges = ["street"]'
    for law, relation in (
        (book(provision("setback", "limit = 10", more=more), needs=""), "at_least"),
        (book(COVERAGE), "at_most"),
    ):
        labels = [e["label"] for e in only(law).to_dict(site().frame)["evidence"]]
        assert {label["relation"] for label in labels} == {relation}


@pytest.mark.parametrize(
    ("out", "said"),
    [(0.4188, "reaches 0.42 m beyond the rear"), (0.004, "reaches 0.004 m beyond the rear")],
)
def test_what_stands_out_is_told_to_the_centimetre(out: float, said: str) -> None:
    """The exact value stays in the data; what is less than half a centimetre is not told as nothing."""
    law = book(provision("setback", "limit = 0", more=f'{AT_LEAST}\nedges = ["rear"]'), needs="")
    found = only(law, proposal=house(footprint=shapely.box(0, 15, 10, 25 + out)))
    assert said in found.text.en
    assert found.value == pytest.approx(-out, abs=1e-6)


def test_a_violated_setback_shows_its_witness_and_the_part_within_the_strip() -> None:
    """A yard of 10 m from y = 1: the mass begins at 10.6, so 0.4 m × 10 m lie in the strip."""
    law = book(
        provision("setback", "limit = 10", more=f'{AT_LEAST}\nedges = ["street"]'), needs='"setback.street"'
    )
    found = only(law)
    witness, excess = found.evidence
    assert (witness.role, witness.geometry.length, witness.limit) == ("witness", pytest.approx(9.6), 10.0)
    assert (excess.role, excess.geometry.area) == ("excess", pytest.approx(4.0))
    assert found.subject == ("edge", "0")
    assert "۹٫۶ متر است، ولی دست‌کم ۱۰ متر لازم است" in found.text.fa


def test_an_edge_of_unknown_kind_is_undecided() -> None:
    """Nothing is known west of the lot: each law of edges waits for that edge, with the edge as evidence."""
    more = f'{AT_LEAST}\nedges = ["side"]'
    law = book(provision("setback", "limit = 0", more=more), needs='"setback.side"')
    here = site(plot(neighbours=NEIGHBOURS[1:]))
    verdicts = sorted(f.verdict for f in findings(law, here))
    assert verdicts == ["complies", "undecided"]
    (open_,) = (f for f in findings(law, here) if f.verdict == "undecided")
    assert why(open_) == ("undecided", "fact", "edge")
    assert [e.geometry.length for e in open_.evidence] == [24.0]


def test_a_lot_with_no_known_edge_never_complies() -> None:
    """Parcels and streets unread: the setbacks wait for the layer."""
    more = f'{AT_LEAST}\nedges = ["rear"]'
    law = book(provision("setback", "limit = 0", more=more), needs="")
    here = site(plot(streets=[], neighbours=[], streets_state="unknown", parcels_state="unknown"),
                incomplete=["streets", "parcels"])  # fmt: skip
    assert why(only(law, here)) == ("undecided", "layer", "streets")


def test_coverage_after_an_unknown_widening_is_undecided() -> None:
    """The base is not known, so neither is the ratio; the law by deed still answers."""
    here = site(plot(streets_state="incomplete"), incomplete=["streets"])
    assert why(only(book(COVERAGE), here)) == ("undecided", "layer", "streets")
    by_deed, land = findings(book(provision("coverage", 'base = "before"\n  limit = 0.6')), here)
    assert by_deed.verdict == "complies"
    assert (land.provision, why(land)) == ("within_lot", ("undecided", "layer", "streets"))


def test_while_a_widening_is_not_known_nobody_says_that_a_building_stands_on_its_own_land() -> None:
    """A street of unknown width: a law without setbacks never complies; one by deed says that nothing is
    taken."""
    here = site(plot(streets=[street(6.0, None, width_kind="carriageway")]))
    assert not here.lot.widening.known
    law = provision("height", "limit = 20")
    report = assess(here, house(), book(law, needs=""), on=DAY)
    assert report.verdict == "undecided"
    assert [f.provision for f in report.findings] == ["height", "within_lot"]
    assert why(report.findings[1]) == ("undecided", "fact", "widening")
    line = provision("setback", 'base = "before"\n  limit = 0', more=f'{AT_LEAST}\nedges = ["street"]')
    assert assess(here, house(), book(law, line, needs=""), on=DAY).verdict == "complies"


def test_an_unknown_side_makes_the_front_unsure() -> None:
    """Nothing is known east of the lot. Where both layers are complete no street can be there; where the
    parcels are not and an axis of no width runs there, it may be the wider street: then the frontage is not
    certain, and the western side may be the rear."""
    axis = shapely.LineString([(14, -60), (14, 60)])
    beside = dataclasses.replace(street(6.0, None, width_kind="carriageway"), key="S-2", name="E", axis=axis)
    rear = provision("setback", "limit = 0", more=f'{AT_LEAST}\nedges = ["rear"]', id_="rear")
    law = book(provision("frontage", "limit = 10", more=AT_LEAST), rear, needs="")
    around = [NEIGHBOURS[0], NEIGHBOURS[2]]

    def verdicts(here: Any) -> dict[tuple[str, str], str]:
        found = findings(law, here)
        return {(f.provision, "+".join(e.kind for e in f.rule.edges)): f.verdict for f in found if f.rule}

    known = verdicts(site(plot(streets=[street()], neighbours=around)))
    assert known == {
        ("frontage", ""): "complies",
        ("rear", "rear"): "complies",
        ("rear", "unknown"): "undecided",
    }
    lot = plot(streets=[street(), beside], neighbours=around, parcels_state="unknown")
    unsure = verdicts(site(lot, incomplete=["parcels"]))
    assert unsure == dict.fromkeys([*known, ("rear", "side")], "undecided")


def test_a_front_far_enough_is_undecided_while_a_widening_may_come_nearer() -> None:
    """Streets not wholly known: too near is certain, far enough is not."""
    near = street(8.0, None, width_kind="carriageway")
    lot = plot(streets=[near], streets_state="incomplete")
    here = site(lot, incomplete=["streets"])
    assert any(edge.kind == "street" for edge in lot.edges)
    more = f'{AT_LEAST}\nedges = ["street"]'
    far, close = (provision("setback", f"limit = {limit}", more=more) for limit in (5, 20))
    assert {f.verdict for f in findings(book(far, needs=""), here)} == {"undecided"}
    assert "violates" in {f.verdict for f in findings(book(close, needs=""), here)}


def test_zones_not_completely_known_hold_every_answer() -> None:
    """What is measured is shown, and nobody is told that it is allowed or forbidden."""
    found = only(book(COVERAGE), site(incomplete=["zones"]), house(footprint=shapely.box(0, 5, 10, 25)))
    assert why(found) == ("undecided", "layer", "zones")
    assert found.value == pytest.approx(200 / 240)
    assert (
        assess(site(zones={}, incomplete=["zones"]), house(), book(COVERAGE), on=DAY).verdict == "undecided"
    )


def test_a_lot_in_no_zone_has_no_law() -> None:
    """The zones are complete here and there is none: undecided for want of law, with no other finding."""
    found = only(book(COVERAGE), site(zones={}))
    assert why(found) == ("undecided", "no_law", "zone")


def test_a_part_of_the_lot_in_no_zone_has_no_law() -> None:
    """The rear 5 m lie outside every zone: what governs the rest does not speak for them."""
    here = site(zones={"R121": shapely.box(0, 0, 10, 20)})
    assert [f.verdict for f in findings(book(COVERAGE), here)] == ["complies", "undecided"]


def test_a_zone_without_law_is_undecided_and_so_is_a_need_without_law() -> None:
    """No default, no neighbour's law, no code prefix."""
    assert why(only(book(COVERAGE), site(zones={"R1": None}))) == ("undecided", "no_law", "coverage")
    both = findings(book(COVERAGE, needs='"coverage", "height"'))
    assert [f.verdict for f in both] == ["complies", "undecided"]
    assert why(only(book(COVERAGE, needs=""), site(zones={"R1": None}))) == ("undecided", "no_law", "zone")
    assert why(both[1]) == ("undecided", "no_law", "height")


def test_a_repealed_law_is_no_law() -> None:
    """From the day of repeal the answer is undecided again; the day before it still held."""
    text = COVERAGE + '\n  [[provision.value]]\n  from = 2024-04-02\n  repealed = true\n  cite = "X#2"\n'
    law = book(text)
    assert assess(site(), house(), law, on=DAY).verdict == "complies"
    (found,) = assess(site(), house(), law, on=date(2024, 4, 2)).findings
    assert why(found) == ("undecided", "no_law", "coverage")


def test_a_book_speaks_until_its_last_day() -> None:
    """A book that is formalised until a day is silent after it, and says so."""
    law = book(COVERAGE, more="formalised_until = 2024-04-01")
    assert assess(site(), house(), law, on=DAY).verdict == "complies"
    with pytest.raises(LawError, match="until 2024-04-01"):
        assess(site(), house(), law, on=date(2024, 4, 2))


def test_a_value_in_no_band_has_no_law() -> None:
    """Bands begin above this lot: 240 m² lie in none of them."""
    banded = provision(
        "coverage", 'base = "after"\n  by = "lot_area"\n  bands = [{interval = "(240, inf)", limit = 1}]'
    )
    assert why(only(book(banded))) == ("undecided", "no_law", "lot_area")
    closed = banded.replace("(240", "[240")
    assert only(book(closed)).verdict == "complies"


CONDITION = '{{measure = "street_width", relation = "at_least", limit = {}, cite = "X#3"}}'
STOREYS = provision("storeys", f"limit = 3\n  less_one_for_each_unmet = [{CONDITION.format(12)}]")


def test_an_unknown_condition_decides_only_where_it_matters() -> None:
    """Street width unknown: two storeys stand in any case, four in none, three wait for the width."""
    here = site(plot(streets_state="incomplete"), incomplete=["streets"])
    law = book(STOREYS, needs='"storeys"')
    two, three, four = (findings(law, here, house(n))[0] for n in (2, 3, 4))
    assert two.verdict == "complies"
    assert why(three) == ("undecided", "layer", "streets")
    assert (four.verdict, four.limit) == ("violates", 3.0)


def test_a_limit_never_falls_below_zero() -> None:
    """Four unmet conditions take three storeys, not four."""
    many = ", ".join([CONDITION.format(12)] * 4)
    law = book(provision("storeys", f"limit = 3\n  less_one_for_each_unmet = [{many}]"), needs='"storeys"')
    assert only(law, proposal=house(1)).limit == 0.0


SPLIT = """
[[split_lot]]
from = 2020-02-01
cite = "X#9"
sliver = {sliver}
combine = "{combine}"
"""
HALVES = {"R121": shapely.box(0, 13, 10, 25), "M111": shapely.box(0, 0, 10, 13)}
MIXED = provision("coverage", 'base = "after"\n  limit = 0.4', zones='"M111"', id_="coverage.m")


def split_book(combine: str, sliver: str = "0.05", more: str = "") -> RuleBook:
    return book(SPLIT.format(combine=combine, sliver=sliver) + more, COVERAGE, MIXED)


def test_strictest_lets_each_zones_law_hold_for_the_whole_lot() -> None:
    """60 % complies with R121 and violates M111: the report violates."""
    report = assess(site(zones=HALVES), house(), split_book("strictest"), on=DAY)
    assert {f.zone: f.verdict for f in report.findings} == {"R121": "complies", "M111": "violates"}
    assert report.verdict == "violates"


def test_by_area_weighs_the_limits() -> None:
    """Half at 60 %, half at 40 %: 50 %, with both clauses in the finding."""
    found = only(split_book("by_area"), site(zones=HALVES), house(footprint=shapely.box(0, 13, 10, 25)))
    assert (found.verdict, found.limit, found.value) == ("complies", 0.5, 0.5)
    parts = found.to_dict(site().frame)["parts"]
    assert sorted((p["zone"], p["share"], p["limit"]) for p in parts) == [
        ("M111", 0.5, 0.4),
        ("R121", 0.5, 0.6),
    ]
    assert only(split_book("by_area"), site(zones=HALVES)).verdict == "violates"


def test_dominant_takes_the_law_of_the_zone_that_reaches_the_threshold() -> None:
    """Exactly at the threshold dominates; below it nobody does and a person must judge."""
    most = {"R121": shapely.box(0, 5.8, 10, 25), "M111": shapely.box(0, 0, 10, 5.8)}
    assert only(split_book("dominant", more="threshold = 0.8"), site(zones=most)).verdict == "complies"
    for found in findings(split_book("dominant", more="threshold = 0.81"), site(zones=most)):
        assert why(found) == ("undecided", "judgement", "split_lot")


def test_a_sliver_is_left_out_and_its_threshold_belongs_to_the_lot() -> None:
    """Exactly 5 % is no sliver any more."""
    for line, zones in ((2.2, {"R121", "M111"}), (2.19, {"R121"})):
        halves = {"R121": shapely.box(0, line, 10, 25), "M111": shapely.box(0, 0, 10, line)}
        report = assess(site(zones=halves), house(), split_book("strictest"), on=DAY)
        assert {f.zone for f in report.findings} == zones
        assert {z["code"]: z["governs"] for z in report.to_dict()["zones"]} == {
            "R121": True,
            "M111": "M111" in zones,
        }


def test_slivers_are_left_out_together_and_not_one_by_one() -> None:
    """Two foreign zones of 3 % each: the book leaves out 5 % of a lot, so the second one governs too."""
    third = 1 + 0.03 * 24
    parts = {
        "R121": shapely.box(0, third + 0.8, 10, 25),
        "M111": shapely.box(0, 1, 10, third),
        "S111": shapely.box(0, third, 10, third + 0.8),
    }
    zones = assess(site(zones=parts), house(), split_book("strictest"), on=DAY).to_dict()["zones"]
    assert {z["code"] for z in zones if z["governs"]} == {"R121", "S111"}


def test_land_in_no_zone_is_no_sliver_of_one() -> None:
    """The book leaves out small zones; 4.8 % of a lot without any zone is land without law."""
    here = site(zones={"R121": shapely.box(0, 1 + 0.048 * 24, 10, 25)})
    report = assess(here, house(), split_book("by_area"), on=DAY)
    assert "no_law.zone" in {finding.provision for finding in report.findings}
    assert report.verdict == "undecided"


def test_two_drawings_of_one_line_split_no_lot() -> None:
    """Zone lines 4 cm off the lot's line are noise of two surveys; 6 cm are a strip in another zone."""
    for strip, verdict in ((0.04, "complies"), (0.06, "undecided")):
        parts = {"R121": shapely.box(0, 1 + strip, 10, 25), "M111": shapely.box(0, 0, 10, 1 + strip)}
        assert assess(site(zones=parts), house(), book(COVERAGE, MIXED), on=DAY).verdict == verdict


def test_land_in_no_zone_thinner_than_a_survey_is_noise() -> None:
    """10 m × 4 cm without a zone are no question; a strip of 50 cm is."""
    for strip, verdict in ((0.04, "complies"), (0.5, "undecided")):
        here = site(zones={"R121": shapely.box(0, 1 + strip, 10, 25)})
        assert assess(here, house(), book(COVERAGE), on=DAY).verdict == verdict


def test_a_split_lot_without_law_on_split_lots_is_undecided() -> None:
    """No way of combining is invented."""
    for found in findings(book(COVERAGE, MIXED), site(zones=HALVES)):
        assert why(found) == ("undecided", "no_law", "split_lot")


USE = provision(
    "use", 'permitted = ["residential"]\n  conditional = ["office"]\n  body = {fa = "کمیسیون", en = "Art5"}'
)


def test_uses_are_judged_storey_by_storey() -> None:
    """Homes are permitted, an office waits for its commission, a workshop is forbidden."""
    uses = ("residential", "office", "workshop")
    storeys = tuple(Storey(n, "floor", use, MASS, 3.0) for n, use in enumerate(uses))  # type: ignore[arg-type]
    found = {f.value: f for f in findings(book(USE, needs='"use"'), proposal=Proposal(storeys))}
    assert {use: f.verdict for use, f in found.items()} == {
        "residential": "complies", "office": "undecided", "workshop": "violates",
    }  # fmt: skip
    assert why(found["office"]) == ("undecided", "commission", "office")
    assert found["office"].missing is not None
    assert found["office"].missing.who == Words("کمیسیون", "Art5")
    assert found["workshop"].subject == ("storey", "2")
    assert found["workshop"].evidence[0].geometry.equals(MASS)


def test_by_area_a_use_is_asked_in_its_own_zones_part() -> None:
    """A shop in the mixed half and a home in the residential half: each where it is permitted."""
    law = book(
        SPLIT.format(combine="by_area", sliver="0.05"),
        USE,
        provision("use", 'permitted = ["commercial"]', zones='"M111"', id_="use.m"),
        needs='"use"',
    )
    home = Storey(0, "floor", "residential", shapely.box(0, 14, 10, 20), 3.0)
    shop = Storey(0, "floor", "commercial", shapely.box(0, 2, 10, 12), 3.0)
    assert [f.verdict for f in findings(law, site(zones=HALVES), Proposal((home, shop)))] == ["complies"] * 2
    turned = site(zones={"R121": HALVES["M111"], "M111": HALVES["R121"]})
    assert "violates" in [f.verdict for f in findings(law, turned, Proposal((home, shop)))]


INQUIRY = provision(
    "height",
    'agency = {fa = "میراث", en = "Heritage"}',
    more='relation = "inquiry"\nwhere.overlay = ["heritage"]',
)


def test_an_overlay_asks_its_agency_where_it_touches_the_lot() -> None:
    """Touching: undecided for the agency; none and complete: not applicable; none and unread: the layer."""
    law = book(INQUIRY, COVERAGE)

    def asked(here: Any) -> Finding:
        return next(f for f in findings(law, here) if f.measure == "height")

    touching = Overlay("O", "heritage", "", shapely.box(-5, 20, 1, 40))
    assert why(asked(site(overlays=[touching]))) == ("undecided", "inquiry", "height")
    assert asked(site()).verdict == "not_applicable"
    assert why(asked(site(incomplete=["overlays"]))) == ("undecided", "layer", "overlays")
    other = Overlay("O", "flood", "", shapely.box(-5, 20, 1, 40))
    assert asked(site(overlays=[other])).verdict == "not_applicable"


GAS = Overlay("O-9", "gas", "حریم خط تغذیهٔ گاز", shapely.box(-5, 20, 4, 40))


def test_an_overlay_of_a_kind_that_no_law_names_is_undecided() -> None:
    """The part on the lot is shown, and neither a report nor what may be built here passes it over."""
    law = book(INQUIRY, COVERAGE)
    (found,) = (f for f in findings(law, site(overlays=[GAS])) if f.verdict == "undecided")
    assert why(found) == ("undecided", "no_law", "gas")
    assert (found.provision, found.subject) == ("no_law.overlay.gas", ("overlay", "O-9"))
    assert [e.geometry.area for e in found.evidence] == [pytest.approx(20.0)]
    assert found.text.fa.startswith("بخشی از این زمین در «حریم خط تغذیهٔ گاز» است و ضابطه‌ای برای آن ثبت نشده")
    (item,) = (i for i in law_for(site(overlays=[GAS]), law, on=DAY) if i.verdict == "undecided")
    wire = item.to_dict()
    assert (wire["subject"], wire["text"]) == ({"kind": "overlay", "ref": "O-9"}, found.text.to_dict())


@pytest.mark.parametrize(
    ("shape", "verdict"),
    [
        (shapely.box(10, 0, 12, 25), "complies"),
        (shapely.box(9.99, 0, 12, 25), "undecided"),
        (shapely.LineString([(-5, 12), (5, 12)]), "undecided"),
        (shapely.Point(5, 12), "undecided"),
        (shapely.LineString([(20, 0), (20, 9)]), "complies"),
    ],
)
def test_an_overlay_counts_where_it_lies_on_the_lot(shape: Any, verdict: str) -> None:
    """An area that only touches the boundary lies on the next lot; a line or a point has no area at all."""
    here = site(overlays=[Overlay("O-9", "gas", "", shape)])
    assert assess(here, house(), book(COVERAGE), on=DAY).verdict == verdict


@pytest.mark.parametrize("status", ["incomplete", "unknown", "not_loaded"])
def test_overlays_not_all_known_hold_a_book_that_names_none(status: Any) -> None:
    """What no law names may lie here unseen, and would need a person; a layer that was never loaded has not
    said that there is nothing."""
    here = site()
    layers = {**here.layers, "overlays": LayerState("overlays", status)}
    if status == "not_loaded":
        del layers["overlays"]
    here = dataclasses.replace(here, layers=layers)
    open_ = [f for f in findings(book(COVERAGE), here) if f.verdict == "undecided"]
    assert [why(f) for f in open_] == [("undecided", "layer", "overlays")]
    assert assess(here, house(), book(COVERAGE), on=DAY).verdict == "undecided"
    assert assess(here, house(9), book(COVERAGE, STOREYS), on=DAY).verdict == "violates"
    assert [i.missing.name for i in law_for(here, book(COVERAGE), on=DAY) if i.missing] == ["overlays"]


def test_overlays_known_to_be_none_hold_nothing() -> None:
    """A layer that is complete here and empty is an answer."""
    assert assess(site(), house(), book(COVERAGE), on=DAY).verdict == "complies"


def test_law_of_overlays_that_is_repealed_names_no_kind() -> None:
    """An overlay is as unregulated after its law has ended as before anybody wrote it."""
    ended = INQUIRY + '\n  [[provision.value]]\n  from = 2021-01-01\n  repealed = true\n  cite = "X#2"\n'
    monument = Overlay("O-1", "heritage", "", shapely.box(-5, 20, 1, 40))
    open_ = [f for f in findings(book(ended, COVERAGE), site(overlays=[monument])) if f.missing]
    assert [why(f) for f in open_] == [("undecided", "no_law", "heritage")]


@pytest.mark.parametrize("unknown", ["zones", "overlays"])
def test_what_an_overlay_clause_tells_is_not_told_where_nobody_knows_the_place(unknown: str) -> None:
    """Nobody reads that the land lies beside a monument while the zone or the overlays are not known."""
    said = INQUIRY + '\n  text = {fa = "این زمین کنار بنای تاریخی است.", en = "It lies beside a monument."}\n'
    monument = Overlay("O-1", "heritage", "", shapely.box(-5, 20, 1, 40))
    here = site(overlays=[monument] if unknown == "zones" else [], incomplete=[unknown])
    (found,) = (f for f in findings(book(said), here) if f.provision == "height")
    (item,) = (i for i in law_for(here, book(said), on=DAY) if i.to_dict()["provision"] == "height")
    for text in (found.text, item.text):
        assert text.en == f"height: The map of {unknown} is not complete here."
        assert "بنای تاریخی" not in text.fa


def test_a_boundary_of_unknown_kind_is_no_permission() -> None:
    """No sentence says that one may build up to a line of which nobody knows what it is."""
    law = book(provision("setback", "limit = 0", more=f'{AT_LEAST}\nedges = ["side"]'), needs="")
    here = site(plot(neighbours=NEIGHBOURS[1:]))
    (item,) = (i for i in law_for(here, law, on=DAY) if i.verdict == "undecided")
    assert item.text.en.startswith("setback: This fact is missing:")
    assert "You may" not in item.text.en


def test_a_limit_where_the_zone_is_not_known_is_told_as_a_condition() -> None:
    """The map comes first, and what would hold only after an if."""
    (item,) = (i for i in law_for(site(incomplete=["zones"]), book(COVERAGE), on=DAY))
    assert item.text.en.startswith("The map of zones is not complete here. If this provision holds here: ")


def test_a_zone_with_law_of_overlays_alone_has_no_law() -> None:
    """Away from the monument nobody has said what may stand there."""
    verdicts = {f.provision: f.verdict for f in findings(book(INQUIRY, needs=""))}
    assert verdicts == {"height": "not_applicable", "no_law.zone": "undecided"}


def test_a_clause_that_asks_for_judgement_is_undecided_with_its_text() -> None:
    """Discretion is never computed."""
    text = 'text = {fa = "نما با بافت هماهنگ باشد.", en = "The façade keeps with its street."}'
    law = book(provision("height", text, more='relation = "discretion"'), needs="")
    assert why(only(law)) == ("undecided", "judgement", "height")
    assert only(law).text.en == "The façade keeps with its street."


def test_main_and_other_street_are_told_apart() -> None:
    """A corner lot: law of the main street on one edge, of the other street on the other."""
    second = street(8.0, None)
    east = type(second)(
        "S-2", "East", shapely.LineString([(13, -60), (13, 60)]), None, 6.0, None, "right_of_way"
    )
    lot = plot(streets=[street(8.0, None), east], neighbours=[NEIGHBOURS[0], NEIGHBOURS[2]])
    streets = [edge for edge in lot.edges if edge.kind == "street"]
    assert len(streets) == 2
    law = book(
        provision("setback", "limit = 1", more=f'{AT_LEAST}\nedges = ["main_street"]', id_="main"),
        provision("setback", "limit = 2", more=f'{AT_LEAST}\nedges = ["other_street"]', id_="other"),
        needs="",
    )
    found = {f.provision: f.subject for f in findings(law, site(lot), house(1, shapely.box(1, 10, 5, 20)))}
    main = next(e for e in streets if e.street == lot.main_street)
    other = next(e for e in streets if e.street != lot.main_street)
    assert found == {"main": ("edge", str(main.index)), "other": ("edge", str(other.index))}


def test_a_class_of_street_that_nobody_recorded_is_a_missing_fact() -> None:
    """Law of arterials on a street without a class is undecided, on a local street not applicable."""
    more = f'{AT_LEAST}\nedges = ["street"]\nwhere.street_class = ["arterial"]'
    law = book(provision("setback", "limit = 3", more=more), needs="")
    unclassed = site(plot(streets=[street(street_class=None)]))
    assert why(only(law, unclassed)) == ("undecided", "fact", "street_class")
    assert [f.verdict for f in findings(law, site())] == ["not_applicable", "undecided"]
    assert only(law, site(plot(streets=[street(street_class="arterial")]))).verdict == "complies"


def test_a_building_off_the_parcel_is_refused() -> None:
    """Nothing of it lies on the lot: a wrong parcel or a wrong coordinate system, no question of law."""
    for away in (shapely.box(100, 0, 110, 10), shapely.box(10, 0, 20, 25)):
        with pytest.raises(ProposalError) as error:
            assess(site(), house(footprint=away), book(COVERAGE), on=DAY)
        assert error.value.code == "proposal.off_parcel"


def test_a_building_partly_off_the_parcel_violates_the_setback_there() -> None:
    """2 m over the rear: −2 m at the rear edge, and 20 m² outside as evidence."""
    more = f'{AT_LEAST}\nedges = ["rear"]'
    law = book(provision("setback", "limit = 0", more=more), needs="")
    found = only(law, proposal=house(footprint=shapely.box(0, 15, 10, 27)))
    assert (found.verdict, found.value, found.margin) == ("violates", -2.0, -2.0)
    assert found.evidence[1].geometry.area == pytest.approx(20.0)
    assert "بیرون زده است" in found.text.fa


def test_a_part_off_the_parcel_that_no_setback_speaks_of_still_keeps_a_report_from_complying() -> None:
    """A book of coverage alone: somebody must say by what right the building stands there."""
    report = assess(site(), house(footprint=shapely.box(0, 16, 10, 26)), book(COVERAGE), on=DAY)
    assert [f.verdict for f in report.findings] == ["complies", "undecided"]
    assert report.findings[1].provision == "within_lot"
    assert report.verdict == "undecided"


def test_only_a_basement_keeps_no_setback_where_the_law_leaves_it_out() -> None:
    """The count of the setback excludes basements: there is nothing that must keep away."""
    counting = '[[counting]]\nfrom = 2020-02-01\ncite = "X#8"\noutside = {setback = [{kind = "basement"}]}\n'
    more = f'{AT_LEAST}\nedges = ["street"]'
    law = book(counting, provision("setback", "limit = 3", more=more), needs="")
    cellar = Proposal((Storey(-1, "basement", "parking", shapely.box(0, 1, 10, 25), 3.0),))
    assert only(law, proposal=cellar).verdict == "not_applicable"
    strict = book(provision("setback", "limit = 3", more=more), needs="")
    assert only(strict, proposal=cellar).verdict == "violates"


def test_what_the_law_does_not_leave_out_counts() -> None:
    """Without law on counting, pilotis and cellar are storeys and floor area."""
    law = book(
        provision("storeys", "limit = 1"), provision("density", 'base = "before"\n  limit = 1'), needs=""
    )
    car_park = Storey(0, "pilotis", "parking", MASS, 2.4)
    cellar = Storey(-1, "basement", "storage", MASS, 2.4)
    storeys, density = findings(law, proposal=Proposal((cellar, car_park)))
    assert (storeys.value, storeys.verdict) == (2.0, "violates")
    assert density.basis is not None
    assert density.basis.value_area == 288.0


def test_the_overall_verdict() -> None:
    """A violation outweighs all, an open question outweighs compliance, nothing at all is undecided."""

    def finding(verdict: Any) -> Finding:
        return Finding("p", Words("", ""), "use", verdict, Words("", ""))

    table = {
        ("complies",): "complies",
        ("complies", "not_applicable"): "complies",
        ("complies", "undecided"): "undecided",
        ("complies", "undecided", "violates"): "violates",
        ("not_applicable",): "undecided",
        (): "undecided",
    }
    assert {v: overall([finding(x) for x in v]) for v in table} == table


def test_a_report_is_json_at_declared_precision() -> None:
    """Lengths at 1e-4 m, areas at 1e-3 m², degrees at 1e-9; no NaN, no infinity."""
    ugly = house(footprint=shapely.box(0, 10.6 + 1e-7, 10 - 1e-7, 25))
    wire = assess(site(), ugly, book(COVERAGE), on=DAY).to_dict()
    json.dumps(wire, allow_nan=False)
    (found,) = wire["findings"]
    assert found["basis"]["value_m2"] == 144.0
    longitudes = shapely.get_coordinates(shapely.geometry.shape(found["evidence"][0]["geometry"]))[:, 0]
    assert all(round(x, 9) == x for x in longitudes)


def test_the_engine_names_the_version_of_the_project() -> None:
    """A stored report says which code judged; it must be the code's own version."""
    from importlib.metadata import version

    assert assess(site(), house(), book(COVERAGE), on=DAY).engine == version("parvaneh")


def density(limit: float, relation: str = "at_most") -> RuleBook:
    return book(
        provision("density", f'base = "before"\n  limit = {limit}', more=f'relation = "{relation}"'), needs=""
    )


def declaring(area: float | None) -> Proposal:
    """Two storeys of 144 m²: 288 of 250 m² are 115.2 %; the upper one declares `area` countable."""
    ground, upper = house(2).storeys
    return Proposal((ground, dataclasses.replace(upper, countable_area=area)))


@pytest.mark.parametrize(
    ("limit", "verdict", "value"),
    [
        (1.1521, "complies", 1.152),  # even the whole footprints keep the limit
        (1.152, "complies", 1.152),  # exactly at it
        (1.15199, "undecided", 1.152),
        (0.976, "undecided", 1.152),  # the declared 144 + 100 m² are exactly the limit
        (0.97599, "violates", 0.976),  # even what is declared is too much
    ],
)
def test_density_is_judged_by_the_declared_and_by_the_drawn_areas(
    limit: float, verdict: str, value: float
) -> None:
    """244 m² declared of 288 m² drawn: one verdict where both agree, the designer's area table where not."""
    found = only(density(limit), proposal=declaring(100.0))
    assert (found.verdict, found.value) == (verdict, pytest.approx(value))
    for said in ("97.6% (244 m²)", "115.2% (288 m²)"):
        assert said in found.text.en
    if verdict == "undecided":
        assert why(found) == ("undecided", "fact", "countable_area")
        assert found.missing is not None
        assert found.missing.to_dict()["who"] == {
            "fa": "طراح ساختمان، با جدول مساحت‌ها",
            "en": "the designer, by an area table",
        }
        assert "۹۷٫۶٪ (۲۴۴ متر مربع)" in found.text.fa
        assert "۱۱۵٫۲٪ (۲۸۸ متر مربع)" in found.text.fa


def test_no_density_can_be_declared_away() -> None:
    """An area of 0 on every storey never makes a building comply that its footprints do not."""
    nothing = Proposal(tuple(dataclasses.replace(s, countable_area=0.0) for s in house(2).storeys))
    assert why(only(density(1.0), proposal=nothing)) == ("undecided", "fact", "countable_area")
    assert only(density(1.152), proposal=nothing).verdict == "complies"


@pytest.mark.parametrize(
    ("limit", "verdict", "value"),
    [
        (0.976, "complies", 0.976),
        (0.97601, "undecided", 1.152),
        (1.152, "undecided", 1.152),
        (1.15201, "violates", 1.152),
    ],
)
def test_a_least_density_is_not_reached_by_areas_that_nobody_declares(
    limit: float, verdict: str, value: float
) -> None:
    """Where the law asks for much, the declared area is the one that must reach it."""
    found = only(density(limit, "at_least"), proposal=declaring(100.0))
    assert (found.verdict, found.value) == (verdict, pytest.approx(value))


def test_a_declared_area_equal_to_the_footprint_declares_nothing() -> None:
    """144 of 144 m²: one value, an ordinary sentence."""
    found = only(density(1.152), proposal=declaring(144.0))
    assert found.text == only(density(1.152), proposal=declaring(None)).text
    assert "declared" not in found.text.en


COUNTING = """
[[counting]]
from = 2020-02-01
cite = "X#8"
outside.storeys = [
  {kind = "pilotis", uses = ["parking"]},
  {kind = "stair_head", uses = ["services"], largest_share = 0.25},
]
"""


@pytest.mark.parametrize(("widths", "storeys"), [((2.5,), 1), ((2.501,), 2), ((2.5, 0.01), 2), ((10,), 2)])
def test_a_stair_head_as_large_as_a_storey_is_one(widths: tuple[float, ...], storeys: int) -> None:
    """A quarter of 10 m × 14.4 m is left out; more of it counts, in one piece or in several."""
    law = book(COUNTING, provision("storeys", "limit = 1"), needs="")
    starts = (0.0, 5.0)
    heads = tuple(
        Storey(1, "stair_head", "services", shapely.box(x, 10.6, x + w, 25), 2.4)
        for x, w in zip(starts, widths, strict=False)
    )
    found = only(law, proposal=Proposal((*house(1).storeys, *heads)))
    assert found.value == storeys
    assert ("stair head" in found.text.en) == (storeys == 2)
    assert ("سرپله" in found.text.fa) == (storeys == 2)


def test_a_stair_head_over_nothing_counts() -> None:
    """On the ground it is a building like any other."""
    law = book(COUNTING, provision("storeys", "limit = 1"), needs="")
    alone = Proposal((Storey(0, "stair_head", "services", MASS, 2.4),))
    assert only(law, proposal=alone).value == 1


def test_a_pilotis_is_left_out_only_for_the_uses_that_the_law_names() -> None:
    """Cars under the house are no storey, stores there are one by this law."""
    law = book(COUNTING, provision("storeys", "limit = 1"), needs="")
    for use, count in (("parking", 1), ("storage", 2)):
        under = Storey(0, "pilotis", use, MASS, 2.4)  # type: ignore[arg-type]
        over = Storey(1, "floor", "residential", MASS, 3.2)
        assert only(law, proposal=Proposal((under, over))).value == count


def test_law_of_other_plots_is_no_law_here() -> None:
    """The book has a street setback for southern plots alone; of this northern one nobody has spoken."""
    more = f'{AT_LEAST}\nedges = ["street"]\nwhere.orientation = ["southern"]'
    law = book(COVERAGE, provision("setback", "limit = 3", more=more), needs='"setback.street"')
    found = {f.provision: f for f in findings(law)}
    assert found["setback"].verdict == "not_applicable"
    assert why(found["no_law.setback.street"]) == ("undecided", "no_law", "setback.street")


def test_each_street_edge_needs_law() -> None:
    """A corner lot in a book that speaks of the main street alone."""
    east = street(8.0, None)
    east = dataclasses.replace(east, key="S-2", name="East", axis=shapely.LineString([(13, -60), (13, 60)]))
    corner = plot(streets=[street(8.0, None), east], neighbours=[NEIGHBOURS[0], NEIGHBOURS[2]])
    more = f'{AT_LEAST}\nedges = ["main_street"]'
    law = book(provision("setback", "limit = 0", more=more), needs='"setback.street"')
    assert "no_law.setback.street" in {f.provision for f in findings(law, site(corner))}
    assert "no_law.setback.street" not in {f.provision for f in findings(law)}


def test_an_edge_of_unknown_kind_may_need_any_law() -> None:
    """A book without side setbacks does not speak for a boundary that may be a side."""
    law = book(COVERAGE, needs='"coverage", "setback.side"')
    unknown = plot(streets=[], neighbours=[])
    assert {edge.kind for edge in unknown.edges} == {"unknown"}
    verdicts = {f.provision: f.verdict for f in findings(law, site(unknown))}
    assert verdicts["no_law.setback.side"] == "undecided"


def test_two_zones_drawn_over_each_other_need_a_person() -> None:
    """The whole lot lies in both: neither share nor letter order decides which one governs."""
    both = {"R121": None, "M111": None}
    for combine in ("strictest", "by_area"):
        for found in findings(split_book(combine), site(zones=both)):
            assert why(found) == ("undecided", "judgement", "overlapping_zones")


def test_overlapping_zones_do_not_hide_land_in_no_zone() -> None:
    """Two zones on the same northern half add up to the lot and leave its southern half without law."""
    half = {"R121": HALVES["R121"], "M111": HALVES["R121"]}
    assert "no_law.zone" in {f.provision for f in findings(split_book("strictest"), site(zones=half))}


def test_unread_zones_are_named_where_nothing_else_is() -> None:
    """No zone and no complete layer: the report and the law of the place say which map is missing."""
    here = site(zones={}, incomplete=["zones"])
    assert why(only(book(COVERAGE), here)) == ("undecided", "layer", "zones")
    (item,) = law_for(here, book(COVERAGE), on=DAY)
    assert (item.verdict, item.text.en) == ("undecided", "The map of zones is not complete here.")


def test_a_least_height_of_nothing_violates_without_a_shape() -> None:
    """The law counts no basement: a cellar alone is 0 m high, and nothing of it is too much."""
    law = book(
        provision("height", "limit = 3", more=AT_LEAST),
        provision("storeys", "limit = 3", more=AT_LEAST),
        needs="",
    )
    cellar = Proposal((Storey(-1, "basement", "storage", MASS, 3.0),))
    height, storeys = findings(law, proposal=cellar)
    assert (height.value, height.verdict, height.evidence) == (0.0, "violates", ())
    assert (storeys.value, storeys.verdict, storeys.evidence) == (1.0, "violates", ())


def test_a_front_that_must_be_near_is_certain_only_on_the_other_side() -> None:
    """A widening may still bring the line nearer: near enough stays so, too far may yet be near enough."""
    lot = plot(streets=[street(8.0, None, width_kind="carriageway")], streets_state="incomplete")
    here = site(lot, incomplete=["streets"])
    more = 'relation = "at_most"\nedges = ["street"]'
    (front,) = (edge for edge in lot.edges if edge.kind == "street")
    for limit, verdict in ((12, "complies"), (5, "undecided")):
        law = book(provision("setback", f"limit = {limit}", more=more), needs="")
        found = {f.subject: f for f in findings(law, here)}
        assert found["edge", str(front.index)].verdict == verdict


def test_a_line_by_deed_is_farther_than_the_line_that_a_widening_moved() -> None:
    """9.6 m to the corrected line are 10.6 m by deed: enough is certain, too little is not."""
    more = f'{AT_LEAST}\nedges = ["street"]'
    for limit, verdict in ((9.6, "complies"), (9.7, "undecided")):
        law = book(provision("setback", f'base = "before"\n  limit = {limit}', more=more), needs="")
        assert only(law).verdict == verdict


@pytest.mark.parametrize(
    ("relation", "expression", "limit"),
    [
        ("at_most", "street_width / 3.1", 2.0),  # 8 m: 2.58 storeys allow two
        ("at_most", "street_width / 4", 2.0),
        ("at_most", "0.1 * depth + 0.6", 3.0),  # exactly three, but for the arithmetic
        ("at_least", "street_width / 3.1", 3.0),
    ],
)
def test_a_computed_number_of_storeys_is_whole(relation: str, expression: str, limit: float) -> None:
    """No part of a storey is rounded into one, neither in the verdict nor in what a citizen reads."""
    value = f'expression = "{expression}"'
    law = book(provision("storeys", value, more=f'relation = "{relation}"'), needs="")
    (item,) = law_for(site(), law, on=DAY)
    assert item.limit == limit
    for storeys in (2, 3):
        found = only(law, proposal=house(storeys))
        within = storeys <= limit if relation == "at_most" else storeys >= limit
        assert (found.verdict, found.limit) == ("complies" if within else "violates", limit)
