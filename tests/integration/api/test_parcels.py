"""A parcel as the screens get it: outline, edges, law, and the day for which all of it stands."""

import httpx
import pytest
import shapely

from gis.precision import noise
from tests.integration.api.town import FRAME, ON, box


def read(client: httpx.Client, key: str, **more: str) -> dict[str, object]:
    """The document of a parcel."""
    answer = client.get(f"/api/parcels/{key}", params={"on": ON} | more)
    assert answer.status_code == 200, answer.text
    document: dict[str, object] = answer.json()
    return document


def test_the_worked_plot_loses_ten_square_metres(visitor: httpx.Client) -> None:
    """10 × 25 m on a street of 6 m that is to be 8 m: 250 m² before, 10 m² lost, 240 m² after; northern,
    24 m deep."""
    parcel = read(visitor, "P-3")
    widening = parcel["widening"]
    assert isinstance(widening, dict)
    assert (widening["before_m2"], widening["loss_m2"], widening["after_m2"]) == (250.0, 10.0, 240.0)
    assert widening["streets"] == [{"key": "S-1", "area_m2": 10.0}]
    strip = FRAME.from_wgs84(shapely.geometry.shape(widening["geometry"]))
    assert abs(strip.area - 10) < 0.01
    assert (parcel["orientation"], parcel["frontage_m"], parcel["depth_m"]) == ("northern", 10.0, 24.0)


def test_edges_say_what_they_are_and_what_that_rests_on(visitor: httpx.Client) -> None:
    """P-3 has its street to the south, a neighbour on each side, and one behind."""
    edges = read(visitor, "P-3")["edges"]
    assert isinstance(edges, list)
    assert [(e["kind"], e["length_m"], e["azimuth_deg"]) for e in edges] == [
        ("street", 10.0, 90.0),
        ("side", 24.0, 0.0),
        ("rear", 10.0, 270.0),
        ("side", 24.0, 180.0),
    ]
    assert edges[0]["street"]["planned_width_m"] == 8
    assert edges[0]["street_width_m"] == 8


def test_corners_are_given_in_the_citys_frame_and_on_the_globe(visitor: httpx.Client) -> None:
    """Four corners; moving their degrees back gives their metres as exactly as the law compares."""
    corners = read(visitor, "P-3")["corners"]
    assert isinstance(corners, list)
    assert [c["n"] for c in corners] == [1, 2, 3, 4]
    for corner in corners:
        back = FRAME.from_wgs84(shapely.Point(corner["lon"], corner["lat"]))
        assert abs(back.x - corner["e"]) < noise("m") / 10
        assert abs(back.y - corner["n_m"]) < noise("m") / 10
    outline = shapely.Polygon([(c["e"], c["n_m"]) for c in corners])
    assert outline.equals(box(20, 0, 30, 25))


def test_a_split_lot_shows_its_shares(visitor: httpx.Client) -> None:
    """P-5 lies half in R121 and half in G111."""
    assert read(visitor, "P-5")["zones"] == [
        {"code": "G111", "name": "فضای سبز", "share": 0.5, "area_m2": 120.0},
        {"code": "R121", "name": "مسکونی", "share": 0.5, "area_m2": 120.0},
    ]


def test_overlays_buildings_nodes_terrain_and_lineage(visitor: httpx.Client) -> None:
    """What else is known: the flood over a fifth of P-4, the building, nodes, ground and origin of P-1."""
    assert read(visitor, "P-4")["overlays"] == [{"key": "O-1", "kind": "flood", "name": "مسیل", "share": 0.2}]
    parcel = read(visitor, "P-1")
    buildings = parcel["buildings"]
    assert isinstance(buildings, list)
    assert [(b["key"], b["storeys"], b["height_m"], b["area_m2"]) for b in buildings] == [
        ("B-1", 2, 6.4, 140.0)
    ]
    nodes = parcel["nodes"]
    assert isinstance(nodes, list)
    assert [node["kind"] for node in nodes] == ["land", "building", "apartment"]
    assert parcel["terrain"] == {"min_m": 901.0, "max_m": 905.0, "mean_m": 903.0}
    assert parcel["lineage"] == [
        {"kind": "subdivision", "old_key": "P-0", "new_key": "P-1", "day": "2024-03-20", "share": 0.5}
    ]
    assert read(visitor, "P-4")["terrain"] is None


def test_the_day_chooses_the_outline(visitor: httpx.Client) -> None:
    """P-2 on its last old day and on its first new one, with both in its history."""
    old, new = read(visitor, "P-2", on="2024-12-31"), read(visitor, "P-2", on="2025-01-01")
    assert (old["area_m2"], old["valid_to"]) == (200, "2025-01-01")
    assert (new["area_m2"], new["valid_to"]) == (250, None)
    assert (
        old["history"]
        == new["history"]
        == [
            {"valid_from": "2024-03-20", "valid_to": "2025-01-01"},
            {"valid_from": "2025-01-01", "valid_to": None},
        ]
    )


def test_the_law_is_said_with_its_clauses(visitor: httpx.Client) -> None:
    """Coverage, storeys and rear setback of P-3, each with limit, sentence in both languages, and
    citation."""
    law = read(visitor, "P-3")["law"]
    assert isinstance(law, dict)
    assert law["refusal"] is None
    limits = {item["provision"]: (item["limit"], item["unit"]) for item in law["items"]}
    assert limits == {
        "coverage.residential": (0.6, "1"),
        "storeys.residential": (3.0, "storeys"),
        "setback.rear": (3.0, "m"),
    }
    for item in law["items"]:
        assert item["text"]["fa"]
        assert item["text"]["en"]
        assert item["cite"]["instrument"]["fa"] == "طرح آزمایشی"
    basis = next(item["basis"] for item in law["items"] if item["provision"] == "coverage.residential")
    assert (basis["base"], basis["base_m2"], basis["limit_m2"]) == ("after", 240.0, 144.0)
    assert law["held"] == []


def test_what_keeps_every_answer_open_is_said_beside_the_law(visitor: httpx.Client) -> None:
    """A flood way without law lies on P-4: no headline may be told there without that condition."""
    (open_,) = read(visitor, "P-4")["law"]["held"]
    assert (open_["missing"]["kind"], open_["missing"]["name"]) == ("no_law", "flood")
    assert open_["provisions"] == ["no_law.overlay.flood"]
    assert open_["text"]["fa"]


@pytest.mark.parametrize(
    ("key", "on", "code"),
    [
        ("P-99", ON, "parcel_unknown"),
        ("P-1", "2024-03-19", "parcel_not_in_force"),
        ("'; --", ON, "parcel_unknown"),
    ],
)
def test_a_parcel_that_is_not_there_is_404(visitor: httpx.Client, key: str, on: str, code: str) -> None:
    """An unknown key, and a known one on a day before it was."""
    answer = visitor.get(f"/api/parcels/{key}", params={"on": on})
    assert (answer.status_code, answer.json()["code"]) == (404, code)


@pytest.mark.parametrize("on", ["yesterday", "2026-02-30", "1e400", "99999-01-01", ""])
def test_a_day_that_is_none_is_refused(visitor: httpx.Client, on: str) -> None:
    """Only days of the calendar are taken."""
    answer = visitor.get("/api/parcels/P-1", params={"on": on})
    assert (answer.status_code, answer.json()["where"]) == (422, "on")
