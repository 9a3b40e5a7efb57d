"""Cambridge's book as law: it may be published, its nulls stay without law, and it ends with 2022."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pyogrio
import pytest
import shapely

from gis import Finding, LawError, RuleBook, assess
from gis.rulebook_check import check_rulebook
from tests.law.plots import house, plot, site, street
from tests.realdata.cambridge_book import CITATIONS, ZoneRules, metres, plan, zone_rules

GEODATA = Path(os.environ.get("PARVANEH_GEODATA") or Path(__file__).parents[3] / "shared" / "geodata")
DAY = date(2021, 6, 1)

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def scene() -> Path:
    path = GEODATA / "cambridge_kendall_ci.gpkg"
    if not path.exists():
        pytest.skip("cambridge_kendall_ci.gpkg is not beside the project (PARVANEH_GEODATA)")
    return path


@pytest.fixture(scope="module")
def rules(scene: Path) -> list[ZoneRules]:
    return zone_rules(scene)


@pytest.fixture(scope="module")
def book(rules: list[ZoneRules]) -> RuleBook:
    return RuleBook.parse(plan(rules), CITATIONS)


def judged(
    book: RuleBook, zone: str, storeys: int = 2, footprint: shapely.Polygon | None = None
) -> list[Finding]:
    lot = plot(shapely.box(0, 0, 20, 30), streets=[street(8.0, None)], neighbours=around())
    built = house(storeys, footprint or shapely.box(6, 6, 14, 20))
    return list(assess(site(lot, zones={zone: None}), built, book, on=DAY).findings)


def around() -> list[shapely.Polygon]:
    return [shapely.box(-20, 0, 0, 30), shapely.box(20, 0, 40, 30), shapely.box(0, 30, 20, 60)]


def test_the_book_may_be_published(rules: list[ZoneRules], book: RuleBook) -> None:
    """65 zones, no error; what the table leaves open is told in notes."""
    assert len(rules) == 65
    faults = check_rulebook(book, zones_on_map=[zone.code for zone in rules])
    assert [str(fault) for fault in faults if fault.severity == "error"] == []
    assert {fault.code for fault in faults} == {"no_cases", "need_without_law"}


def test_the_zones_of_the_map_are_known_to_the_book(
    scene: Path, rules: list[ZoneRules], book: RuleBook
) -> None:
    """Every zone code of the parcels in 2021 has its law or is named as having none."""
    _, _, _, (codes,) = pyogrio.raw.read(
        scene, layer="parcels", columns=["zone_code_2021"], read_geometry=False
    )
    on_map = {code for code in codes if code}
    assert on_map <= {*book.zones, *book.zones_without_law}
    assert len(on_map) > 20


def test_every_number_of_the_table_is_a_law_and_nothing_else_is(
    rules: list[ZoneRules], book: RuleBook
) -> None:
    """As many provisions of each measure as the table has numbers; feet became metres exactly."""
    for measure, column in (("density", "far_max"), ("height", "height_max_ft"), ("setback", "setback_ft")):
        laws = {p.zones[0] for p in book.provisions if p.measure == measure}
        assert laws == {zone.code for zone in rules if getattr(zone, column) is not None}
    heights = {p.zones[0]: p.values[0].limit for p in book.provisions if p.measure == "height"}
    assert heights["C-1"] == metres(35) == 35 * metres(1)
    assert all(p.values[0].cite.instrument.id == "zone-rules" for p in book.provisions)


def test_a_null_stays_without_law(book: RuleBook) -> None:
    """BA has a floor area ratio and no height: the one is judged, the other undecided for want of law."""
    found = {f.provision: f for f in judged(book, "BA")}
    assert found["density.ba"].verdict == "complies"
    assert found["no_law.height"].verdict == "undecided"
    assert found["no_law.height"].missing is not None
    assert found["no_law.height"].missing.kind == "no_law"


def test_a_zone_of_which_the_table_says_nothing_is_undecided(book: RuleBook) -> None:
    """MXD stands in the table without a single number."""
    assert "MXD" in book.zones_without_law
    assert {f.verdict for f in judged(book, "MXD")} == {"undecided"}


def test_a_setback_by_height_is_computed(book: RuleBook) -> None:
    """C-1: max(h/5, 7.5 ft). A house of 6.4 m: h/5 = 1.28 m, so 2.286 m hold; of 16 m: 3.2 m."""
    low = [f for f in judged(book, "C-1") if f.measure == "setback"]
    assert {f.limit for f in low} == {2.286}
    assert {f.verdict for f in low} == {"complies"}
    high = [f for f in judged(book, "C-1", 5) if f.measure == "setback"]
    assert {f.limit for f in high} == {3.2}
    exact = judged(book, "C-1", 2, shapely.box(2.286, 2.286, 10, 20))
    assert {f.verdict for f in exact if f.measure == "setback"} == {"complies"}
    near = judged(book, "C-1", 2, shapely.box(2.2859, 2.286, 10, 20))
    assert "violates" in {f.verdict for f in near if f.measure == "setback"}


def test_what_no_measure_judges_is_undecided_with_its_text(book: RuleBook) -> None:
    """30 % of open space in C-1: a clause for a person, not silence."""
    (found,) = (f for f in judged(book, "C-1") if f.provision == "open_space.c-1")
    assert found.verdict == "undecided"
    assert found.text.en == "At least 30% of the lot stays open space."


def test_the_book_ends_with_2022(book: RuleBook) -> None:
    """The table is valid to the last day of 2022: no law of 2023 is inferred from it, nor of 2018."""
    lot = plot(shapely.box(0, 0, 20, 30), streets=[street(8.0, None)], neighbours=around())
    here = site(lot, zones={"C-1": None})
    built = house(2, shapely.box(6, 6, 14, 20))
    assert assess(here, built, book, on=date(2022, 12, 31)).findings
    for day in (date(2018, 12, 31), date(2023, 1, 1)):
        with pytest.raises(LawError, match="formalised"):
            assess(here, built, book, on=day)


def test_the_notes_say_what_stays_open(book: RuleBook) -> None:
    """For each zone and need without a number one note."""
    notes = [f for f in check_rulebook(book) if f.code == "need_without_law"]
    assert any("Zone BA has no law on height" in note.reason for note in notes)
    assert not any("Zone C-1 " in note.reason for note in notes)
