"""The service on four real cities: whatever their data lack, an answer, and never consent by silence.

None of the scenes has every layer that the law asks for: their streets are not declared complete, two have no
complete zoning and Kriegstetten has none at all. So nobody may be told "complies" here, by whatever book.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import shapely
from sqlalchemy import Engine, text

from api.core.settings import Settings
from api.main import create_app
from tests.integration.api.conftest import served
from tests.realdata.conftest import Scene

pytestmark = pytest.mark.realdata

ON = "2026-11-21"
CITIES = ("kriegstetten", "cambridge", "gennes", "rennes")
PARCELS = 50
Answers = list[dict[str, Any]]


@contextmanager
def service(owner: Engine) -> Iterator[httpx.Client]:
    """The service on the city of this database, with the books that travel with it."""
    settings = Settings.of(owner.url.render_as_string(hide_password=False))
    with served(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def some_parcels(owner: Engine) -> list[tuple[str, shapely.Polygon, int]]:
    """Keys, outlines and frame of parcels in force, by lot and always the same."""
    with owner.connect() as connection:
        rows = connection.execute(
            text("""
                SELECT p.key, ST_AsBinary(p.geom) AS wkb, c.srid FROM cadastre.parcel p, cadastre.city c
                WHERE p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)
                ORDER BY md5(p.key) LIMIT :n
            """),
            {"on": ON, "n": PARCELS},
        ).all()
    return [(row.key, shapely.from_wkb(bytes(row.wkb)), row.srid) for row in rows]


def house(outline: shapely.Polygon, srid: int) -> dict[str, Any]:
    """A little house of one storey in the middle of a parcel, in the city's frame."""
    inner = shapely.point_on_surface(outline)
    room = max(0.2, min(3.0, inner.distance(outline.boundary) / 2))
    return {
        "type": "FeatureCollection",
        "srid": srid,
        "proposal": {"strip_ceded": False, "parking_spaces": 1},
        "features": [
            {
                "type": "Feature",
                "geometry": shapely.geometry.mapping(
                    shapely.box(inner.x - room, inner.y - room, inner.x + room, inner.y + room)
                ),
                "properties": {
                    "level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.0,
                },
            }
        ],
    }  # fmt: skip


def asked(owner: Engine) -> tuple[Answers, list[httpx.Response]]:
    """What the service says of some parcels, and of a little house on each."""
    found, judged = [], []
    with service(owner) as client:
        for key, outline, srid in some_parcels(owner):
            parcel = client.get(f"/api/parcels/{key}", params={"on": ON})
            assert parcel.status_code == 200, (key, parcel.text)
            found.append(parcel.json())
            body = {"parcel": key, "on": ON, "proposal": house(outline, srid)}
            judged.append(client.post("/api/assessments", json=body))
    return found, judged


@contextmanager
def changed(owner: Engine, do: str, undo: str) -> Iterator[None]:
    """The city with something else in it, as it was again afterwards."""
    with owner.begin() as connection:
        connection.execute(text(do))
    try:
        yield
    finally:
        with owner.begin() as connection:
            connection.execute(text(undo))


@pytest.mark.parametrize("city", CITIES)
def test_without_a_book_nothing_is_offered_and_nothing_judged(
    scene: Callable[[str], Scene], city: str
) -> None:
    """Each parcel is described; its law is refused in words, and so is every judgement (409)."""
    _, owner, _ = scene(city)
    found, judged = asked(owner)
    for parcel in found:
        assert parcel["law"]["items"] == []
        assert parcel["law"]["refusal"]["code"] in {"book_unnamed", "parcel_is_street"}
        assert parcel["edges"]
    assert {answer.status_code for answer in judged} == {409}
    assert {answer.json()["code"] for answer in judged} == {"book_unnamed"}


@pytest.mark.parametrize("city", CITIES)
def test_no_silence_becomes_consent(scene: Callable[[str], Scene], city: str) -> None:
    """Even where every zone is said to be one of the sample book's, no little house complies as a whole, and
    what is undecided names what is missing."""
    _, owner, _ = scene(city)
    with changed(
        owner,
        "ALTER TABLE cadastre.zone ADD kept text; UPDATE cadastre.zone SET kept = code, code = 'R121';"
        " UPDATE cadastre.city SET rulebook = 'sample_city'",
        "UPDATE cadastre.zone SET code = kept; ALTER TABLE cadastre.zone DROP kept;"
        " UPDATE cadastre.city SET rulebook = NULL",
    ):
        found, judged = asked(owner)
    for parcel, answer in zip(found, judged, strict=True):
        assert answer.status_code == 200, (parcel["key"], answer.text)
        report = answer.json()
        states = {layer["layer"]: layer["status"] for layer in parcel["layers"]}
        assert states["streets"] != "complete"
        assert report["verdict"] in {"undecided", "violates"}, (parcel["key"], report)
        waiting = [f["missing"] for f in report["findings"] if f["verdict"] == "undecided"]
        assert waiting
        assert all(missing["name"] and missing["who"]["fa"] for missing in waiting)
        if states["zones"] != "complete":
            assert {f["verdict"] for f in report["findings"]} <= {"undecided", "not_applicable"}
        if parcel["street_land"]:
            assert parcel["law"]["items"] == []
            assert report["verdict"] == "undecided"


def test_named_street_parcels_of_cambridge_are_streets(scene: Callable[[str], Scene]) -> None:
    """The one parcel that the three rows with ML 'ROAD' make is said to be street; the grain of the survey is
    registered."""
    _, owner, _ = scene("cambridge")
    with owner.connect() as connection:
        keys = connection.execute(
            text("SELECT key FROM cadastre.parcel WHERE attributes ->> 'ML' = 'ROAD' ORDER BY key")
        ).scalars()
        named = list(keys)
        grain = connection.execute(
            text("SELECT declared ->> 'boundary_tolerance_m' FROM cadastre.layer_register"
                 " WHERE layer = 'parcels'")
        ).scalar_one()  # fmt: skip
    assert (named, grain) == (["F_760578_2961645"], "1.2")
    with service(owner) as client:
        for key in named:
            parcel = client.get(f"/api/parcels/{key}", params={"on": ON}).json()
            assert parcel["street_land"] is True
            assert parcel["law"]["refusal"]["code"] == "parcel_is_street"


@pytest.mark.parametrize("city", ["gennes", "rennes"])
def test_no_street_of_the_map_has_a_width_of_nothing(scene: Callable[[str], Scene], city: str) -> None:
    """LARGEUR = 0 means "not known" in the source; it is null in the city."""
    _, owner, _ = scene(city)
    with owner.connect() as connection:
        widths = connection.execute(
            text("SELECT count(existing_width_m), min(existing_width_m) FROM cadastre.street")
        ).one()
    assert widths[0] > 0
    assert widths[1] > 0
