"""Limits and books: exact numbers, ends of bands, arithmetic and nothing more, law without a proposal."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis import BookRefused, Frame, Overlay, RuleBook, Site, assess, law_for
from gis.case_reading import read_cases
from gis.law_item import held
from gis.rulebook.limit import Bands, Expression, Interval
from gis.rulebook_check import check_texts
from gis.silence_text import missing_text
from tests.law.plots import DAY, NEIGHBOURS, house, plot, sample_book, sample_texts, site, street

BOOK = sample_book()
PLAN, CITATIONS, CASES = sample_texts()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("[100, 200]", (100.0, 150.0, 200.0), (99.999, 200.001)),
        ("(200, 300]", (200.001, 300.0), (200.0, 300.001)),
        ("(300, inf)", (300.001, 1e12), (300.0,)),
        ("[0, 0]", (0.0,), (0.001,)),
        ("[0.1, 0.3)", (0.1,), (0.3,)),
    ],
)
def test_the_ends_of_an_interval(text: str, inside: tuple[float, ...], outside: tuple[float, ...]) -> None:
    """A square bracket holds its end, a round one does not."""
    interval = Interval.parse(text)
    assert [interval.contains(value) for value in inside] == [True] * len(inside)
    assert [interval.contains(value) for value in outside] == [False] * len(outside)
    assert str(interval) == text


def test_decimals_are_read_as_they_are_written() -> None:
    """0.1 + 0.2 of a float would be 0.30000000000000004; the book's 0.3 is 0.3."""
    bands = next(p for p in BOOK.provisions if p.id == "coverage.r121").values[0].limit
    assert isinstance(bands, Bands)
    assert [str(limit) for _, limit in bands.rows] == ["0.6", "0.6", "0.5"]


@settings(deadline=None)
@given(area=st.floats(0.001, 1e6))
def test_every_area_of_the_sample_bands_has_one_law_or_none_below_a_hundred(area: float) -> None:
    """Bands without holes: whatever the lot, exactly one band from 100 m² on, none below."""
    area = round(area, 3)
    bands = next(p for p in BOOK.provisions if p.id == "coverage.r121").values[0].limit
    assert isinstance(bands, Bands)
    assert sum(interval.contains(area) for interval, _ in bands.rows) == (1 if area >= 100 else 0)


def test_a_lot_at_a_band_edge_is_judged_by_its_declared_precision() -> None:
    """200 m² and a hundred-millionth: a lot of 200 m² to every reader, so the band that ends with 200."""
    outline = shapely.box(0, 0, 10, 20.000000001)
    lot = plot(outline, streets=[street(8.0, None)], neighbours=())
    assert 200 < lot.area_after < 200.0001
    (density,) = (i for i in law_for(site(lot), BOOK, on=DAY) if i.to_dict()["provision"] == "density.r121")
    assert density.limit == 1.2


@given(text=st.text(max_size=60))
def test_an_expression_is_arithmetic_or_refused(text: str) -> None:
    """No text makes the reader of formulas do anything else."""
    with contextlib.suppress(ValueError):
        expression = Expression.parse(text)
        expression.evaluate(dict.fromkeys(expression.names, 1.0))


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "depth.__class__", "[1, 2]", "depth if depth else 1", "depth > 1", "'a' * 9",
     "2 ** 9",
     "depth // 2", "lambda: 1", "depth; depth", "True", "1j", "f'{depth}'", "not depth", "depth @ depth", ""],
)  # fmt: skip
def test_no_other_language(text: str) -> None:
    """Calls, attributes, comparisons, powers, texts and lists are refused when the book is read."""
    with pytest.raises(ValueError, match="is not arithmetic"):
        Expression.parse(text)


def test_a_formula_without_a_result_gives_none() -> None:
    """Division by zero and overflow are no numbers of law."""
    assert Expression.parse("1 / depth").evaluate({"depth": 0.0}) is None
    assert Expression.parse("depth * 1e308").evaluate({"depth": 10.0}) is None


def test_the_bounds_of_a_formula_hold_exactly() -> None:
    """max(h/5, 7.5) and min(h/7, 10) without a call."""
    low = Expression.parse("height / 5", low=Decimal("7.5"))
    high = Expression.parse("height / 7", high=Decimal(10))
    assert [low.evaluate({"height": h}) for h in (37.0, 37.5, 40.0)] == [7.5, 7.5, 8.0]
    assert [high.evaluate({"height": h}) for h in (63.0, 70.0, 77.0)] == [9.0, 10.0, 10.0]


@settings(deadline=None, max_examples=60)
@given(
    cut=st.integers(0, len(PLAN) - 1),
    length=st.integers(0, 40),
    put=st.sampled_from(["", '"', "]", "= 3", "\n[x]\n", "limit = -1\n", "nan", "0x", "{", "\x00"]),
)
def test_a_damaged_book_is_refused_or_read(cut: int, length: int, put: str) -> None:
    """Any damage to the text ends in faults with a place, never in a defect."""
    damaged = PLAN[:cut] + put + PLAN[cut + length :]
    with contextlib.suppress(BookRefused):
        RuleBook.parse(damaged, CITATIONS)


@settings(deadline=None, max_examples=40)
@given(
    cut=st.integers(0, len(CASES) - 1),
    length=st.integers(0, 60),
    put=st.sampled_from(["", '"', "[]", "-1", "{}"]),
)
def test_damaged_cases_are_refused_or_read(cut: int, length: int, put: str) -> None:
    """A planner's slip in cases.toml is told, not thrown."""
    faults = []
    read_cases(CASES[:cut] + put + CASES[cut + length :], Frame.of(32639), faults)
    assert all(fault.where.startswith("cases.toml") for fault in faults)


def test_the_law_of_a_site_without_a_proposal_is_json() -> None:
    """Every item has its clause and both languages; limits that wait for a proposal are null."""
    items = [item.to_dict() for item in law_for(site(), BOOK, on=DAY)]
    json.dumps(items, allow_nan=False)
    for item in items:
        assert item["text"]["fa"]
        assert item["text"]["en"]
        assert item["cite"]["ref"].startswith("SAMPLE-1403-1#")
        of_land = item["measure"] in {"lot_area", "frontage", "depth", "street_width"}
        assert item["verdict"] in ({"complies", "not_applicable"} if of_land else {None, "not_applicable"})
        assert (item["value"] is not None) == (of_land and item["verdict"] == "complies")
    assert {i["limit"] for i in items if i["provision"] == "setback.side"} == {None}


def test_what_is_undecided_is_in_the_law_of_a_site_with_its_reason() -> None:
    """Unread zones hold every item; a lot of 99 m² has no law; an unknown edge waits for its fact."""
    held = law_for(site(incomplete=["zones"]), BOOK, on=DAY)
    assert {(i.verdict, i.missing.name) for i in held if i.missing} == {("undecided", "zones")}
    small = plot(shapely.box(0, 0, 9, 11), streets=[street(8.0, None)], neighbours=NEIGHBOURS)
    reasons = {
        i.missing.kind
        for i in law_for(site(small), BOOK, on=DAY)
        if i.missing and i.missing.name == "lot_area"
    }
    assert reasons == {"no_law"}
    bare = plot(neighbours=())
    assert ("fact", "edge") in {
        (i.missing.kind, i.missing.name) for i in law_for(site(bare), BOOK, on=DAY) if i.missing
    }


def test_the_law_of_a_site_agrees_with_the_judgement_on_it() -> None:
    """A number that is shown before is the number that is judged by after."""
    items = [item.to_dict() for item in law_for(site(), BOOK, on=DAY)]
    findings = assess(site(), house(), BOOK, on=DAY).to_dict()["findings"]
    for member in ("limit", "value"):
        shown = {(i["provision"], str(i["subject"])): i[member] for i in items if i[member] is not None}
        judged = {(f["provision"], str(f["subject"])): f[member] for f in findings}
        assert shown
        assert shown.items() <= judged.items()
    of_land = {i["provision"]: i["verdict"] for i in items if i["value"] is not None}
    assert of_land.items() <= {f["provision"]: f["verdict"] for f in findings}.items()


def test_land_that_is_too_narrow_is_said_before_anybody_draws() -> None:
    """R121 asks for 6 m of frontage: a lot 5.9 m wide has too little, one of 6 m has enough."""
    for width, verdict in ((5.9, "violates"), (6.0, "complies")):
        lot = plot(
            shapely.box(0, 0, width, 25),
            neighbours=(shapely.box(-10, 0, 0, 25), shapely.box(width, 0, 20, 25)),
        )
        (item,) = (
            i.to_dict() for i in law_for(site(lot), BOOK, on=DAY) if i.to_dict()["measure"] == "frontage"
        )
        assert (item["verdict"], item["value"], item["limit"]) == (verdict, width, 6.0)


def test_a_ratio_tells_the_land_it_relates_to() -> None:
    """60 % of the 240 m² after widening; 180 % of the 250 by deed if the strip is ceded, else of the 240."""
    basis = {i.to_dict()["provision"]: i.to_dict()["basis"] for i in law_for(site(), BOOK, on=DAY)}
    assert basis["coverage.r121"] == {
        "base": "after", "base_m2": 240.0, "limit_m2": 144.0, "ceded_base_m2": None, "ceded_limit_m2": None,
    }  # fmt: skip
    assert basis["density.r121"] == {
        "base": "before_if_strip_ceded",
        "base_m2": 240.0, "limit_m2": 432.0, "ceded_base_m2": 250.0, "ceded_limit_m2": 450.0,
    }  # fmt: skip
    assert basis["storeys.r121"] is None


def _held(here: Site) -> set[tuple[str, str]]:
    return {(h.missing.kind, h.missing.name) for h in held(law_for(here, BOOK, on=DAY), here)}


def test_what_keeps_every_answer_open_is_named() -> None:
    """Nothing where all is known; else the agency of an overlay, the unread layer, the widening."""
    assert _held(site()) == set()
    flood = Overlay("O-1", "flood", "", shapely.box(-5, 20, 5, 30))
    assert _held(site(overlays=[flood])) == {("inquiry", "use.flood")}
    assert _held(site(overlays=[Overlay("O-2", "airport", "", flood.geometry)])) == {("no_law", "airport")}
    assert _held(site(incomplete=["overlays"])) == {("layer", "overlays")}
    assert ("layer", "streets") in _held(site(plot(streets_state="unknown"), incomplete=["streets"]))


@pytest.mark.parametrize(
    "here",
    [
        site(incomplete=["zones"]),
        site(incomplete=["overlays"]),
        site(plot(streets_state="unknown"), incomplete=["streets"]),
        site(plot(parcels_state="unknown", neighbours=()), incomplete=["parcels"]),
        site(plot(neighbours=())),
        site(plot(streets=[street(width_kind="carriageway")])),
        site(plot(shapely.box(0, 0, 9, 10), neighbours=NEIGHBOURS)),
        site(zones={"R121": shapely.box(0, 0, 10, 16), "R131": shapely.box(0, 12, 10, 25)}),
    ],
)
def test_whatever_is_open_says_why_in_both_languages(here: Site) -> None:
    """No law item and no finding is undecided without the sentence of what is missing."""
    items = [i for i in law_for(here, BOOK, on=DAY) if i.verdict == "undecided"]
    built = house(1, shapely.box(0, 3, 9, 8))
    findings = [f for f in assess(here, built, BOOK, on=DAY).findings if f.verdict == "undecided"]
    assert items
    assert findings
    for open_ in (*items, *findings):
        assert open_.missing is not None
        why = missing_text(open_.missing)
        assert why.fa in open_.text.fa
        assert why.en in open_.text.en


def test_what_only_the_proposal_decides_holds_nothing() -> None:
    """The side setback of R131 hangs on the height: a limit that waits for a drawing is no open question."""
    here = site(zones={"R131": None})
    waiting = [i for i in law_for(here, BOOK, on=DAY) if i.limit is None and i.verdict is None]
    assert waiting
    assert held(law_for(here, BOOK, on=DAY), here) == ()


def test_under_what_is_held_no_proposal_complies() -> None:
    """Whatever is named as held keeps a lawful house undecided."""
    flood = Overlay("O-1", "flood", "", shapely.box(-5, 20, 5, 30))
    for here in (
        site(overlays=[flood]),
        site(incomplete=["overlays"]),
        site(incomplete=["zones"]),
        site(plot(streets_state="unknown"), incomplete=["streets"]),
    ):
        assert held(law_for(here, BOOK, on=DAY), here)
        assert assess(here, house(), BOOK, on=DAY).verdict == "undecided"


def test_a_sample_book_with_the_name_of_a_real_authority_is_refused() -> None:
    """Nobody may take the sample for law."""
    with pytest.raises(BookRefused, match="does not say SAMPLE"):
        RuleBook.parse(PLAN, CITATIONS.replace("SAMPLE city council", "City Council"))


def test_a_book_checked_before_its_newest_instrument_is_told_so() -> None:
    """Freshness is a note: the book may be published, and the planner knows."""
    faults = check_texts(PLAN.replace("checked_on = 2026-11-21", "checked_on = 2025-01-01"), CITATIONS, CASES)
    assert [(f.code, f.severity) for f in faults] == [("not_checked", "note")]
    assert BOOK.checked_on == date(2026, 11, 21)
