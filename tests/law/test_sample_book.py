"""The sample city's book: every zone of its map, every signed case, one law on every boundary day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from gis import BookFault, LawError, assess, law_for
from gis.case_reading import read_cases
from gis.rulebook_check import check_texts
from gis.worked_cases import WorkedCase
from tests.law.plots import FRAME, house, sample_book, sample_texts, site

ZONES = ("R121", "R122", "R131", "S111", "M111", "G111")
BOOK = sample_book()
CASES = read_cases(sample_texts()[2], FRAME, [])


def test_the_book_may_be_published() -> None:
    """No fault and no note: zones of the map, calendar, density, freshness, cases."""
    overlays = ("easement", "flood", "gas", "heritage")
    assert check_texts(*sample_texts(), zones_on_map=ZONES, overlays_on_map=overlays) == ()


def test_a_kind_of_overlay_without_law_is_told() -> None:
    """A kind on the map that no provision names is no bar to publication, but the planner reads of it."""
    (note,) = check_texts(*sample_texts(), overlays_on_map=["flood", "pipeline"])
    assert (note.code, note.severity) == ("overlay_without_law", "note")
    assert '"pipeline"' in note.reason


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_signed_case(case: WorkedCase) -> None:
    """What the planner signed comes out, on each of its days."""
    assert list(case.run(BOOK)) == []


def test_a_case_of_a_lot_that_its_street_takes_wholly_is_read_and_judged() -> None:
    """1 m deep behind a street of 6 m that is to be 20 m wide: no land in any zone, and a signed answer."""
    text = """
    [[case]]
    name = "taken"
    signed = "SAMPLE"
    on = 2024-04-01
    lot = [[0, 0], [10, 0], [10, 1], [0, 1]]
    street = [{name = "S", axis = [[-50, -3], [60, -3]], existing_width = 6, planned_width = 20}]
    zone = [{code = "R121"}]
    storey = [{levels = [0], kind = "floor", use = "residential", floor_height = 3, ring = RING}]
    [case.expect]
    verdict = "undecided"
    [[case.expect.findings]]
    provision = "no_law.zone"
    verdict = "undecided"
    reason = "judgement"
    missing = "land_after_widening"
    """.replace("RING", "[[0, 0], [10, 0], [10, 1], [0, 1]]")
    faults: list[BookFault] = []
    (case,) = read_cases(text, FRAME, faults)
    assert case.site.zones == ()
    assert [*faults, *case.run(BOOK)] == []


def test_there_are_enough_cases_and_all_are_signed_sample() -> None:
    """At least eight, each signed, none by a planner who does not exist."""
    assert len(CASES) >= 8
    assert {case.signed for case in CASES} == {"SAMPLE"}


def test_a_wrong_number_in_the_book_makes_its_cases_fail() -> None:
    """The cases hold the numbers: a coverage of 0.59 is told with the case and the finding."""
    plan, citations, cases = sample_texts()
    faults = check_texts(
        plan.replace('"(200, 300]", limit = 0.6}', '"(200, 300]", limit = 0.59}'), citations, cases
    )
    assert any(f.code == "case_fails" and "coverage.r121" in f.reason for f in faults)


def test_every_instrument_says_that_it_is_fictional() -> None:
    """SAMPLE in number and authority, with a note of where the numbers were read."""
    for provision in BOOK.provisions:
        for value in provision.values:
            instrument = value.cite.instrument
            assert "SAMPLE" in instrument.number
            assert "SAMPLE" in instrument.authority.en
            assert "domain.md" in (instrument.note or "")


def test_every_boundary_day_has_exactly_one_law() -> None:
    """On each day of change and the day before it a provision has one value, in force from the right day, or
    none yet."""
    boundaries = {v.since for p in BOOK.provisions for v in p.values}
    assert boundaries == {date(2024, 3, 20), date(2025, 3, 21), date(2026, 9, 23)}
    for day in sorted(boundaries | {d - timedelta(1) for d in boundaries if d > BOOK.first_day}):
        for provision in BOOK.provisions:
            in_force = [v for v in provision.values if v.since <= day]
            assert provision.on(day) is (in_force[-1] if in_force else None)


def test_the_day_before_the_first_law_is_refused_with_that_day() -> None:
    """No law is applied to a day that has none; the refusal says from when there is some."""
    with pytest.raises(LawError, match="2024-03-20") as error:
        assess(site(), house(), BOOK, on=date(2024, 3, 19))
    assert error.value.code == "law.not_formalised"
    assert error.value.values["first_day"] == "2024-03-20"
    with pytest.raises(LawError):
        law_for(site(), BOOK, on=date(2024, 3, 19))


def test_two_days_give_two_laws() -> None:
    """The amendment of 1404 permits offices in the mixed zone."""
    offices = house(1, use="office")
    mixed = site(zones={"M111": None})
    verdicts = []
    for day in (date(2025, 3, 20), date(2025, 3, 21)):
        report = assess(mixed, offices, BOOK, on=day)
        verdicts += [f.verdict for f in report.findings if f.provision == "use.m111"]
    assert verdicts == ["undecided", "complies"]


def test_persian_texts_are_clean() -> None:
    """Persian ی and ک, half-spaces and no Arabic letters or digits."""
    plan, citations, _ = sample_texts()
    days = (date(2026, 1, 1), date(2026, 10, 1))
    sentences = [item.text.fa for day in days for item in law_for(site(), BOOK, on=day)]
    for text in (plan, citations, *sentences):
        assert not re.search("[يكىة٠-٩]", text), text
        assert not re.search(r"می [آ-ی]|[آ-ی] ها[ی ]", text), text
    assert not any(re.search("[0-9]", s.replace("R121", "")) for s in sentences)
