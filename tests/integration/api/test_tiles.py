"""Vector tiles: what is drawn where, how long it is kept, and for whom."""

import gzip
import math
import time
from typing import Any

import httpx
import mapbox_vector_tile
import pytest
import shapely
from sqlalchemy import Engine, text

from tests.integration.api.conftest import Person
from tests.integration.api.town import EAST, FRAME, NORTH, box, proposal, storey


def tile_at(zoom: int, east: float = 5, north: float = 5) -> str:
    """z/x/y of the tile over a place of the town."""
    point = FRAME.to_wgs84(shapely.Point(EAST + east, NORTH + north))
    x = int((point.x + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(point.y))) / math.pi) / 2 * 2**zoom)
    return f"{zoom}/{x}/{y}"


def read(client: httpx.Client, layer: str, zoom: int) -> dict[str, Any]:
    """The decoded layer of the tile over the town."""
    answer = client.get(f"/tiles/{layer}/{tile_at(zoom)}.mvt")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    decoded = mapbox_vector_tile.decode(answer.content)
    assert list(decoded) == [layer]
    layer_found: dict[str, Any] = decoded[layer]
    return layer_found


def properties(client: httpx.Client, layer: str, zoom: int = 17) -> list[dict[str, Any]]:
    """The properties of the features in the tile over the town."""
    return [feature["properties"] for feature in read(client, layer, zoom)["features"]]


def test_parcels_are_drawn_as_in_force_today(visitor: httpx.Client) -> None:
    """Nineteen parcels, P-2 once and with its present area."""
    drawn = {p["key"]: p["area"] for p in properties(visitor, "parcels", 16)}
    assert len(drawn) == 19
    assert drawn["P-2"] == 250


EXPECTED = [
    ("streets", {"key": "S-1", "name": "نیلوفر", "width": 8}),
    ("zones", {"key": "Z-1", "code": "R121"}),
    ("buildings", {"key": "B-1", "storeys": 2, "use": "residential"}),
    ("districts", {"code": "1", "name": "منطقهٔ یک"}),
    ("overlays", {"key": "O-1", "kind": "flood", "name": "مسیل"}),
    ("addresses", {"text": "خیابان نیلوفر، پلاک 1"}),
]


@pytest.mark.parametrize(("layer", "expected"), EXPECTED, ids=[layer for layer, _ in EXPECTED])
def test_each_layer_carries_its_properties(
    visitor: httpx.Client, layer: str, expected: dict[str, Any]
) -> None:
    """Exactly the properties that the screens need."""
    assert expected in properties(visitor, layer)


@pytest.mark.parametrize(
    ("layer", "zoom"), [("parcels", 14), ("buildings", 14), ("addresses", 17), ("zones", 11), ("cases", 11)]
)
def test_below_its_first_zoom_a_layer_is_empty(visitor: httpx.Client, layer: str, zoom: int) -> None:
    """One zoom below the first the answer is 204 without a body."""
    answer = visitor.get(f"/tiles/{layer}/{tile_at(zoom - 1)}.mvt")
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_empty_tile_is_204(visitor: httpx.Client) -> None:
    """Where nothing is drawn there is no body, and it may be kept like any tile."""
    answer = visitor.get("/tiles/parcels/16/0/0.mvt")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["etag"]


def test_a_held_tile_is_answered_304(visitor: httpx.Client) -> None:
    """The tag of a tile answers without a body, alone, in a list, and not for another tag."""
    path = f"/tiles/parcels/{tile_at(16)}.mvt"
    tag = visitor.get(path).headers["etag"]
    for held, status in ((tag, 304), (f'"x", {tag}', 304), ('"x"', 200)):
        answer = visitor.get(path, headers={"If-None-Match": held})
        assert answer.status_code == status
        assert answer.headers["etag"] == tag
    assert visitor.get(path).headers["cache-control"] == "public, max-age=60"


def test_a_tile_is_gzipped_for_those_who_read_it(address: str) -> None:
    """With gzip accepted the body is gzipped, else plain; both decode to the same."""
    path = f"/tiles/parcels/{tile_at(16)}.mvt"
    with httpx.Client(base_url=address) as client:
        squeezed = client.send(
            client.build_request("GET", path, headers={"Accept-Encoding": "gzip"}), stream=True
        )
        raw = b"".join(squeezed.iter_raw())
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content


def test_a_tile_is_kept_until_the_layer_changes(visitor: httpx.Client, owner: Engine) -> None:
    """A second asking reads the kept tile; after a new version of the layer the tile is drawn again."""
    path = f"/tiles/zones/{tile_at(15)}.mvt"
    tag = visitor.get(path).headers["etag"]
    kept = None
    deadline = time.monotonic() + 10  # it is kept after it was sent
    while kept is None and time.monotonic() < deadline:
        with owner.connect() as connection:
            kept = connection.execute(
                text("SELECT etag FROM cadastre.tile_cache WHERE layer = 'zones' AND z = 15")
            ).scalar_one_or_none()
    assert kept == tag.strip('"')
    with owner.begin() as connection:
        connection.execute(text("UPDATE cadastre.zone SET code = 'R122' WHERE key = 'Z-1'"))
    assert visitor.get(path).headers["etag"] == tag
    with owner.begin() as connection:
        connection.execute(
            text("""
                INSERT INTO cadastre.layer_register (layer, import_id, source, day, declared, valid_from)
                SELECT layer, import_id, 'again', day, declared, valid_from FROM cadastre.layer_register
                WHERE layer = 'zones' LIMIT 1
            """)
        )
    assert visitor.get(path).headers["etag"] != tag
    assert "R122" in {p["code"] for p in properties(visitor, "zones", 15)}
    with owner.begin() as connection:
        connection.execute(text("UPDATE cadastre.zone SET code = 'R121' WHERE key = 'Z-1'"))


OUTSIDE = [
    ("/tiles/parcels/1/2/0.mvt", 404, "tile_outside"),
    ("/tiles/parcels/0/0/1.mvt", 404, "tile_outside"),
    ("/tiles/parcels/23/0/0.mvt", 422, "input_invalid"),
    ("/tiles/parcels/-1/0/0.mvt", 422, "input_invalid"),
    ("/tiles/parcels/16/-1/0.mvt", 422, "input_invalid"),
    (f"/tiles/parcels/16/{10**30}/0.mvt", 422, "input_invalid"),
    ("/tiles/parcels/16/a/0.mvt", 422, "input_invalid"),
    ("/tiles/secrets/16/0/0.mvt", 404, "layer_unknown"),
    ("/tiles/parcels%00/16/0/0.mvt", 422, "text_unreadable"),
    ("/tiles/parcels/16/0/0.png", 404, "path_unknown"),
]


@pytest.mark.parametrize(("path", "status", "code"), OUTSIDE)
def test_a_tile_that_cannot_be_is_refused(visitor: httpx.Client, path: str, status: int, code: str) -> None:
    """Bounds of zoom, column and row, and unknown layers."""
    answer = visitor.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_shape_keeps_its_place_and_size(visitor: httpx.Client) -> None:
    """P-3 in the z17 tile, moved back from grid steps, covers its 250 m² (scaled by the latitude) within 2
    %."""
    feature = next(f for f in read(visitor, "parcels", 17)["features"] if f["properties"]["key"] == "P-3")
    step = 40075016.68557849 / 2**17 / 4096
    area = shapely.geometry.shape(feature["geometry"]).area * step**2
    drawn = FRAME.to_web_mercator(box(20, 0, 30, 25)).area
    assert abs(area - drawn) / drawn < 0.02


def test_cases_show_place_and_state_and_the_rest_only_to_staff(
    visitor: httpx.Client, as_person: Person
) -> None:
    """Everybody sees where requests stand and in which state. Verdict, tracking code and parcel are for those
    who may read all, not for a visitor, nor for a citizen, be it the applicant."""
    asked = {
        "service": "building_permit",
        "channel": "CITIZEN_WEB",
        "parcel": "P-3",
        "proposal": proposal(storey(box(20, 1, 30, 13))),
    }
    code = as_person("citizen").post("/api/requests", json=asked).json()["tracking_code"]
    for reader in (visitor, as_person("citizen"), as_person("surveyor")):
        assert properties(reader, "cases") == [{"state": "judged"}]
    for reader in (as_person("reviewer"), as_person("planner"), as_person("administrator")):
        assert properties(reader, "cases") == [
            {"state": "judged", "verdict": "complies", "key": code, "parcel": "P-3"}
        ]
    answer = visitor.get(f"/tiles/cases/{tile_at(17)}.mvt")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in answer.headers["vary"]
