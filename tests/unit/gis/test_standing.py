"""What stands on the lot already: told, never taken for gone, and never counted as if it were not there."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import shapely
from shapely import Polygon, box

from gis import Building, Finding, Overlay, Proposal, ProposalError, RuleBook, Site, assess
from gis.standing import standing
from tests.law.plots import DAY, FRAME, house, site
from tests.unit.gis.test_assess import book, provision

COVERAGE = provision("coverage", 'base = "after"\n  limit = 0.6')
LEAST = provision(
    "coverage", 'base = "after"\n  limit = 0.7', more='relation = "at_least"', id_="least"
)  # the house covers 0.6
OLD = box(0, 3, 10, 12)


def here(*shapes: Polygon, own: bool = True, status: str | None = "complete") -> Site:
    """The plot of domain 3.11 (P0 = y from 0 to 25) with buildings, and what is known of such."""
    place = site()
    layers = {name: state for name, state in place.layers.items() if name != "buildings"}
    if status is not None:
        layers["buildings"] = dataclasses.replace(place.layers["zones"], layer="buildings", status=status)
    buildings = tuple(Building(f"B-{n}", shape, own) for n, shape in enumerate(shapes))
    return dataclasses.replace(place, buildings=buildings, layers=layers)


def judged(place: Site, existing: Any = None, law: RuleBook | None = None) -> tuple[str, dict[str, Finding]]:
    building = dataclasses.replace(house(1), existing=existing)
    report = assess(place, building, law or book(COVERAGE), on=DAY)
    return report.verdict, {finding.provision: finding for finding in report.findings}


def test_an_empty_lot_says_nothing_of_buildings() -> None:
    """The layer is complete here and shows none: that is an answer."""
    verdict, found = judged(here())
    assert (verdict, "existing_buildings" in found) == ("complies", False)


def test_a_building_of_which_nothing_is_said_keeps_the_answer_open() -> None:
    """It is told with its footprint and its 90 m²; the applicant must say what becomes of it."""
    verdict, found = judged(here(OLD))
    finding = found["existing_buildings"]
    assert (verdict, finding.verdict) == ("undecided", "undecided")
    assert finding.missing is not None
    assert (finding.missing.kind, finding.missing.who.en) == ("fact", "the applicant")
    assert [(e.role, e.geometry.area) for e in finding.evidence] == [("footprint", 90.0)]
    assert "90 m²" in finding.text.en
    assert "۹۰ متر مربع" in finding.text.fa


def test_what_is_to_be_demolished_holds_nothing_but_is_told() -> None:
    """The report says what it takes for granted and who must see it done."""
    verdict, found = judged(here(OLD), "demolish")
    finding = found["existing_buildings"]
    assert (verdict, finding.verdict, finding.missing) == ("complies", "not_applicable", None)
    assert "confirm the demolition" in finding.text.en
    assert finding.evidence


def test_what_is_kept_never_complies() -> None:
    """The kept house covers land too: what the proposal alone keeps to, nobody may call kept."""
    verdict, found = judged(here(OLD), "keep")
    assert verdict == "undecided"
    for name in ("existing_buildings", "coverage"):
        missing = found[name].missing
        assert missing is not None
        assert (found[name].verdict, missing.kind) == ("undecided", "judgement")
        assert missing.name == "kept_buildings"
    assert found["coverage"].value == pytest.approx(0.6)


def test_a_limit_that_the_proposal_alone_breaks_is_broken() -> None:
    """What stays can only add to it."""
    law = book(provision("coverage", 'base = "after"\n  limit = 0.5'))
    for existing in (None, "demolish", "keep"):
        assert judged(here(OLD), existing, law)[0] == "violates"


@pytest.mark.parametrize(
    ("existing", "verdict"), [(None, "undecided"), ("keep", "undecided"), ("demolish", "violates")]
)
def test_a_minimum_that_the_proposal_alone_misses_may_be_met_by_what_stays(
    existing: Any, verdict: str
) -> None:
    """At least 70 % are asked for and 60 % proposed: with what stands it may be enough."""
    assert judged(here(OLD), existing, book(LEAST))[1]["least"].verdict == verdict


@pytest.mark.parametrize("status", ["incomplete", "unknown", None])
def test_buildings_not_all_known_hold_a_proposal_that_says_nothing(status: str | None) -> None:
    """One may stand there unseen; once all that stands is to be demolished, the map has nothing to add."""
    verdict, found = judged(here(status=status))
    missing = found["existing_buildings"].missing
    assert missing is not None
    assert (verdict, missing.kind, missing.name) == ("undecided", "layer", "buildings")
    assert judged(here(status=status), "demolish")[0] == "complies"


def test_a_building_that_is_seen_is_told_on_any_map() -> None:
    """The map may lack others; what it shows is there."""
    assert judged(here(OLD, status="unknown"))[1]["existing_buildings"].evidence


@pytest.mark.parametrize(
    ("shape", "own", "stands"),
    [
        (box(10, 0, 20, 10), False, False),  # the neighbour's, flush
        (box(9.96, 0, 20, 10), False, False),  # within what two surveys differ by
        (box(9.9, 0, 20, 10), False, True),  # ten centimetres over the line
        (box(9.96, 0, 20, 10), True, True),  # said to be this lot's own
        (box(10, 0, 20, 10), True, False),  # said to be, and not on it
        (box(2, 0, 8, 0.5), True, True),  # in the strip of the widening
    ],
)
def test_a_building_stands_where_it_takes_land(shape: Polygon, own: bool, stands: bool) -> None:
    """Touching the line is not standing on the lot; the lot is the whole one by deed."""
    assert bool(standing(here(shape, own=own), own=own)) is stands
    assert not standing(here(shape, own=own), own=not own)


def test_a_neighbours_building_on_the_lot_is_nobodys_to_demolish() -> None:
    """Half a metre of it covers 5 m² here: whatever the applicant says, a person must judge by what right."""
    for existing in (None, "demolish"):
        verdict, found = judged(here(box(9.5, 0, 20, 10), own=False), existing)
        finding = found["encroaching_buildings"]
        assert (verdict, finding.verdict) == ("undecided", "undecided")
        assert finding.missing is not None
        assert (finding.missing.kind, finding.missing.name) == ("judgement", "encroaching_buildings")
        assert [e.geometry.area for e in finding.evidence] == [5.0]
        assert "existing_buildings" not in found


def test_outlines_that_may_miss_each_other_make_no_encroachment() -> None:
    """In a cadastre quantised to 1.2 m, half a metre over the line says nothing."""
    place = dataclasses.replace(here(box(9.5, 0, 20, 10), own=False), boundary_tolerance=1.2)
    assert judged(place)[0] == "complies"


def test_several_buildings_are_told_together() -> None:
    """Two of 90 and 20 m²."""
    finding = judged(here(OLD, box(0, 14, 10, 16)), "demolish")[1]["existing_buildings"]
    assert finding.text.en.startswith("The 2 existing buildings (110 m² together)")
    assert len(finding.evidence) == 2


def test_the_document_says_demolish_keep_or_nothing() -> None:
    """Any other word is refused with its place; null and nothing mean that it is not said."""
    ring = [[0, 0], [10, 0], [10, 12], [0, 12], [0, 0]]
    floor = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": floor}
    document = {"type": "FeatureCollection", "srid": 32639, "features": [feature]}
    for facts, said in (({}, None), ({"existing": None}, None), ({"existing": "keep"}, "keep")):
        assert Proposal.from_geojson(document | {"proposal": facts}, FRAME).existing == said
    with pytest.raises(ProposalError) as refused:
        Proposal.from_geojson(document | {"proposal": {"existing": "gone"}}, FRAME)
    assert (refused.value.code, refused.value.where) == ("proposal.unknown_word", "/proposal/existing")


def test_an_overlay_does_not_hide_what_stands() -> None:
    """Each open question has its own finding."""
    place = dataclasses.replace(here(OLD), overlays=(Overlay("O", "gas", "", shapely.box(0, 0, 5, 5)),))
    assert {"existing_buildings", "no_law.overlay.gas"} <= judged(place)[1].keys()
