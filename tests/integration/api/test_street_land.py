"""Parcels that are street, and boundaries that two surveys drew: what the source says reaches the law."""

from datetime import date
from typing import Any

import httpx
import pytest
import shapely
from sqlalchemy import Engine, text

from api.cadastre.facts import SiteFacts, facts_at
from api.planning.site import site_of
from tests.integration.api.town import ON, add_parcel, box, proposal, storey

STRIP = box(-90, -6, 190, 0)  # the street of the town as a parcel of its own, its axis along the middle
SQUARE = box(10, 60, 20, 70)  # nothing of its shape says street; its source does


@pytest.fixture(scope="module", autouse=True)
def street_parcels(owner: Engine) -> None:
    """Two street parcels, and beside the named one a lot whose outline misses it by 80 cm."""
    with owner.begin() as connection:
        add_parcel(connection, "STREET", STRIP, 90)
        add_parcel(connection, "NAMED", SQUARE, 91, attributes='{"@street_land": true}')
        add_parcel(connection, "LOT", box(10, 70, 20, 90), 92)
        add_parcel(connection, "EAST", box(20.8, 70, 30, 90), 93)
        add_parcel(connection, "WEST", box(0, 70, 10, 90), 94)
        connection.execute(text("ANALYZE cadastre.parcel"))


def assessed(client: httpx.Client, parcel: str, outline: shapely.Polygon) -> dict[str, Any]:
    """The report on one storey over this outline."""
    body = {"parcel": parcel, "on": ON, "proposal": proposal(storey(outline))}
    answer = client.post("/api/assessments", json=body)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.parametrize(
    ("key", "outline"), [("STREET", box(10, -5, 20, -1)), ("NAMED", box(12, 62, 18, 66))]
)
def test_nothing_is_offered_on_a_street(visitor: httpx.Client, key: str, outline: shapely.Polygon) -> None:
    """A street parcel says that it is one, lists no law to build by, and is never consented to."""
    parcel = visitor.get(f"/api/parcels/{key}", params={"on": ON}).json()
    assert parcel["street_land"] is True
    assert parcel["law"]["items"] == []
    assert parcel["law"]["refusal"]["code"] == "parcel_is_street"
    report = assessed(visitor, key, outline)
    assert report["verdict"] == "undecided"
    asked = [f for f in report["findings"] if f["verdict"] != "not_applicable"]
    assert asked
    # the street runs on to where overlays and buildings are not complete, which is said beside the provisions
    beside = {"no_law.overlays", "existing_buildings"}
    provisions = [f for f in asked if f["measure"] != "setback" and f["provision"] not in beside]
    assert {f["missing"]["name"] for f in provisions} == {"street_land"}
    assert {f["verdict"] for f in asked} == {"undecided"}


def test_a_lot_is_no_street(visitor: httpx.Client) -> None:
    """The lots along the street parcel keep their law and their front."""
    parcel = visitor.get("/api/parcels/P-3", params={"on": ON}).json()
    assert parcel["street_land"] is False
    assert parcel["law"]["items"]
    assert parcel["law"]["refusal"] is None
    assert [edge["kind"] for edge in parcel["edges"]] == ["street", "side", "rear", "side"]


def facts_of_lot(owner: Engine) -> SiteFacts:
    with owner.connect() as connection:
        return facts_at(connection, "LOT", date.fromisoformat(ON))


def edges_of(facts: SiteFacts) -> dict[float, tuple[str, str]]:
    """Kind and evidence of each edge, by the way it runs."""
    return {edge.azimuth: (edge.kind, edge.evidence) for edge in site_of(facts).lot.edges}


def test_land_named_as_street_fronts_the_lot_beside_it(owner: Engine) -> None:
    """The lot north of the named street parcel has its front there, though no axis runs through it."""
    assert edges_of(facts_of_lot(owner))[90.0][0] == "street"


def test_the_tolerance_of_the_profile_closes_a_seam_and_stays_in_the_facts(owner: Engine) -> None:
    """An outline 80 cm off is no neighbour at 5 cm; with the declared 1.2 m it is one, also when replayed."""
    before = edges_of(facts_of_lot(owner))
    assert before[180.0][1] == "neighbour"
    assert before[0.0][1] != "neighbour"
    with owner.begin() as connection:
        connection.execute(
            text(
                "UPDATE cadastre.layer_register SET declared = '{\"boundary_tolerance_m\": 1.2}'"
                " WHERE layer = 'parcels'"
            )
        )
    facts = facts_of_lot(owner)
    assert edges_of(facts)[0.0][1] == "neighbour"
    assert edges_of(SiteFacts.from_json(facts.to_json())) == edges_of(facts)
