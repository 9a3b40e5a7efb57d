"""What stands on a lot reaches its report from the cadastre: by its parcel, by its place, or over a line."""

from datetime import date
from typing import Any

import httpx
import pytest
import shapely
from sqlalchemy import Engine

from api.cadastre.facts import facts_at
from api.planning.site import site_of
from gis import Site
from tests.integration.api.town import ON, add_building, box, proposal, storey


@pytest.fixture(scope="module", autouse=True)
def standing(owner: Engine) -> None:
    """A house of a parcel that is no more, one without a parcel, one of P-3 that reaches a metre onto R-3."""
    with owner.begin() as connection:
        for key, shape, parcel in (
            ("B-2", box(11, 5, 19, 12), "P-0"),
            ("B-3", box(21, 30, 29, 40), None),
            ("B-4", box(20, 14, 30, 26), "P-3"),
            ("B-5", box(1, 26, 9, 40), "R-1"),
            ("B-6", box(42, 5, 48, 12), "P-5"),
        ):
            add_building(connection, key, shape, parcel)


def asked(
    client: httpx.Client, parcel: str, outline: shapely.Polygon, existing: str | None
) -> dict[str, Any]:
    """The report on one storey, with what is said of the buildings that stand."""
    document = proposal(storey(outline))
    document["proposal"]["existing"] = existing
    answer = client.post("/api/assessments", json={"parcel": parcel, "on": ON, "proposal": document})
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


def stands(report: dict[str, Any]) -> dict[str, tuple[str, list[float]]]:
    """Verdict and areas of the findings about buildings."""
    return {
        f["provision"]: (f["verdict"], [e["label"]["value"] for e in f["evidence"]])
        for f in report["findings"]
        if f["provision"].endswith("_buildings")
    }


def test_a_house_of_a_parcel_that_is_no_more_stands_where_it_stands(visitor: httpx.Client) -> None:
    """Its parcel was divided: it belongs to the lot that it stands on now, and is listed there."""
    found = stands(asked(visitor, "P-2", box(10, 1, 20, 13), None))
    assert found == {"existing_buildings": ("undecided", [56.0])}
    listed = visitor.get("/api/parcels/P-2", params={"on": ON}).json()["buildings"]
    assert [building["key"] for building in listed] == ["B-2"]


def test_a_neighbours_house_over_the_line_is_judged_by_a_person(visitor: httpx.Client) -> None:
    """10 m² of P-3's house lie on R-3: R-3's own may be demolished, that may not, and is not listed there."""
    found = stands(asked(visitor, "R-3", box(20, 32, 30, 44), "demolish"))
    assert found == {
        "existing_buildings": ("not_applicable", [80.0]),
        "encroaching_buildings": ("undecided", [10.0]),
    }
    listed = visitor.get("/api/parcels/R-3", params={"on": ON}).json()["buildings"]
    assert [building["key"] for building in listed] == ["B-3"]


def test_a_house_that_only_stands_near_says_nothing(visitor: httpx.Client) -> None:
    """P-4 lies beside P-3's house, which touches their common line."""
    assert stands(asked(visitor, "P-4", box(30, 1, 40, 13), None)) == {}


def site_at(owner: Engine, parcel: str) -> Site:
    """The site of a parcel, read from the database."""
    with owner.connect() as connection:
        return site_of(facts_at(connection, parcel, date.fromisoformat(ON)))


def test_neighbours_houses_are_facts_of_a_site_as_far_as_three_metres(owner: Engine) -> None:
    """P-4 knows P-3's house on their line and P-5's two metres away; P-3 knows its own as its own."""
    near = site_at(owner, "P-4")
    assert [(building.key, building.own) for building in near.beside] == [("B-4", False), ("B-6", False)]
    assert near.buildings == near.beside[:1]
    own = site_at(owner, "P-3")
    assert [(building.key, building.own) for building in own.buildings] == [("B-4", True)]
    assert "B-4" not in {building.key for building in own.beside}
    assert site_at(owner, "P-1").beside_known is False
    assert near.beside_known


def test_beyond_the_edge_of_the_map_no_house_is_no_answer(owner: Engine) -> None:
    """P-5 ends where the maps of parcels and buildings end: its eastern neighbour may have built anything."""
    assert site_at(owner, "P-5").beside_known is False
