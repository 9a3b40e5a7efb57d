"""The service as a whole: health, a database that is away or empty, headers, the built screens."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from starlette.routing import Mount

from api import web
from api.core.settings import Settings
from api.main import STATUS, create_app
from api.refusals import status_of
from tests.integration.api.conftest import Person, served


def test_health_names_city_engine_and_book(visitor: httpx.Client) -> None:
    """A working service says what it serves."""
    health = visitor.get("/api/health").json()
    assert (health["status"], health["database"], health["city"]) == ("ok", "ok", "little")
    assert len(health["book_sha256"]) == 64


def test_the_city_says_what_its_layers_are_worth(visitor: httpx.Client) -> None:
    """Eight layers with status, source, day and count; zones, overlay kinds, book and today's day in
    Tehran."""
    city = visitor.get("/api/city").json()
    layers = {layer["layer"]: layer for layer in city["layers"]}
    assert layers["parcels"] == {
        "layer": "parcels",
        "status": "incomplete",
        "source": "little/parcels.gpkg",
        "day": "2024-03-20",
        "count": 19,
    }
    assert [zone["code"] for zone in city["zones"]] == ["G111", "R121"]
    assert city["overlay_kinds"] == city["overlay_kinds_without_law"] == ["flood"]
    assert city["book"]["id"] == "little"
    assert (city["srid"], city["srid_name"]) == (32639, "WGS 84 / UTM zone 39N")


def test_a_database_that_is_away_is_503_and_the_service_lives(fresh_town: Settings) -> None:
    """The service starts without its database, says 503 with what is wrong, and keeps answering."""
    away = fresh_town.model_copy(update={"database_url": "postgresql+psycopg2://nobody@127.0.0.1:9/none"})
    with served(create_app(away)) as url, httpx.Client(base_url=url) as client:
        for path in ("/api/health", "/api/parcels?q=x", "/tiles/parcels/16/0/0.mvt", "/api/requests"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (503, "database_away"), path
            assert answer.headers["retry-after"] == "5"


def test_a_database_that_dies_and_comes_back(fresh_town: Settings) -> None:
    """Killed connections cost at most one request; the next one finds the database again."""
    with served(create_app(fresh_town)) as url, httpx.Client(base_url=url) as client:
        assert client.get("/api/health").status_code == 200
        owner = create_engine(fresh_town.database_url)
        with owner.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        owner.dispose()
        assert client.get("/api/health").status_code in {200, 503}
        assert client.get("/api/health").status_code == 200


def test_a_database_without_our_schema_says_migrate(bare_database: str) -> None:
    """An empty database is a 503 that says what to do."""
    settings = Settings.of(bare_database).model_copy(update={"service_role": ""})
    with served(create_app(settings)) as url, httpx.Client(base_url=url) as client:
        answer = client.get("/api/health")
        assert (answer.status_code, answer.json()["code"]) == (503, "database_not_migrated")


def test_a_database_without_a_city_is_healthy_and_says_so_elsewhere(fresh_settings: Settings) -> None:
    """Before the first import health is ok without a city; what needs one is 503."""
    with served(create_app(fresh_settings)) as url, httpx.Client(base_url=url) as client:
        assert client.get("/api/health").json()["city"] is None
        answer = client.get("/api/city")
        assert (answer.status_code, answer.json()["code"]) == (503, "no_city")
        assert client.get("/api/parcels?q=x").json()["items"] == []


def test_a_slow_statement_is_503_not_a_hang(fresh_town: Settings) -> None:
    """A statement that waits longer than the time limit is ended with a problem document."""
    slow = fresh_town.model_copy(update={"statement_timeout_ms": 300})
    owner = create_engine(fresh_town.database_url)
    with served(create_app(slow)) as url, httpx.Client(base_url=url) as client, owner.connect() as connection:
        assert client.get("/api/health").status_code == 200
        connection.execute(text("LOCK TABLE cadastre.parcel IN ACCESS EXCLUSIVE MODE"))
        began = time.monotonic()
        answer = client.get("/api/parcels/P-1")
        assert (answer.status_code, answer.json()["code"]) == (503, "database_slow")
        assert time.monotonic() - began < 20
        connection.rollback()
        assert client.get("/api/parcels/P-1").status_code == 200
    owner.dispose()


@pytest.mark.parametrize(
    "path", ["/api/health", "/api/nothing", "/api/requests", "/tiles/parcels/16/0/0.mvt"]
)
def test_every_answer_is_dressed(visitor: httpx.Client, path: str) -> None:
    """Correlation id and security headers stand on answers and refusals alike; no inline script is
    allowed."""
    headers = visitor.get(path).headers
    assert len(headers["x-correlation-id"]) == 16
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_refusal_carries_its_correlation_id(visitor: httpx.Client) -> None:
    """The id in the body is the one in the header, and another request has another."""
    first, second = visitor.get("/api/parcels/none"), visitor.get("/api/parcels/none")
    assert first.json()["correlation_id"] == first.headers["x-correlation-id"]
    assert first.json()["correlation_id"] != second.json()["correlation_id"]


def test_unknown_paths_and_methods_are_problems_too(visitor: httpx.Client) -> None:
    """404 for a path that is none, 405 with the methods that are."""
    unknown = visitor.get("/api/nothing")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "path_unknown")
    method = visitor.put("/api/session", json={})
    assert (method.status_code, method.json()["code"]) == (405, "method_unknown")
    assert method.headers["content-type"] == "application/problem+json"


PATHS = ["/api/city", "/api/parcels/P-3", "/api/parcels", "/api/requests", "/tiles/parcels/14/1/1.mvt"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_parameter_is_refused_with_those_that_are_known(visitor: httpx.Client, path: str) -> None:
    """A name that a route does not know is not passed over: 422 with that name and the route's own."""
    answer = visitor.get(path, params={"utm_source": "post"})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["where"]) == (422, "parameter_unknown", "utm_source")
    operation = visitor.get("/openapi.json").json()["paths"]
    known = {"/api/city": [], "/api/parcels/P-3": ["on"], "/tiles/parcels/14/1/1.mvt": []}.get(path)
    if known is None:
        known = sorted(p["name"] for p in operation[path]["get"]["parameters"] if p["in"] == "query")
        assert known
    assert problem["args"]["known"] == known


@pytest.mark.parametrize("query", ["=", "q=1&=&zzz=1", "on=2026-11-21&="])
def test_a_parameter_without_a_name_is_a_parameter_that_nobody_knows(
    visitor: httpx.Client, query: str
) -> None:
    """An empty name neither passes nor lets others pass."""
    answer = visitor.get(f"/api/city?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter_unknown")


def test_a_misspelt_parameter_of_an_act_is_refused_before_it_acts(as_person: Person) -> None:
    """A request that is filed with a parameter the route has not stays unfiled."""
    citizen = as_person("citizen")
    before = citizen.get("/api/requests").json()
    answer = citizen.post("/api/requests", params={"dry_run": "1"}, json={})
    assert answer.json()["code"] == "parameter_unknown"
    assert citizen.get("/api/requests").json() == before


def test_a_defect_is_a_problem_with_an_id_and_without_its_inside(town: Settings) -> None:
    """A fault of our own is a 500 that tells nothing of the code behind it."""
    app = create_app(town)

    @app.get("/api/defect")
    def defect() -> None:
        raise KeyError("inner secret")

    # The route stands behind the mounted screens, if there are any.
    app.router.routes.sort(key=lambda route: isinstance(route, Mount))
    with served(app) as url, httpx.Client(base_url=url) as client:
        answer = client.get("/api/defect")
    assert (answer.status_code, answer.json()["code"]) == (500, "defect")
    assert "secret" not in answer.text
    assert answer.json()["correlation_id"]


def test_the_table_of_refusals_knows_every_class(app: FastAPI) -> None:
    """Every class of refusal that the code defines has a status of its own or of its parent, none is a
    500."""
    from api.core.errors import ParvanehError
    from gis import GisError

    def below(kind: type[Exception]) -> set[type[Exception]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    for kind in below(ParvanehError) - {ParvanehError} | below(GisError):
        assert status_of(STATUS, kind.__new__(kind)) != 500, kind


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of built screens."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Parvaneh</title>")
    (tmp_path / "assets" / "app-1a2b3c.js").write_text("export const a = 1;\n" * 100)
    (tmp_path / "robots.txt").write_text("User-agent: *\n")
    monkeypatch.setattr(web, "WEB_FOLDERS", (tmp_path,))
    return tmp_path


SCREENS: list[tuple[str, int, str]] = [
    ("/", 200, "<!doctype"),
    ("/parcel/P-1", 200, "<!doctype"),
    ("/requests", 200, "<!doctype"),
    ("/parcel/35238.0012-7", 200, "<!doctype"),
    ("/parcel/AB.12/survey", 200, "<!doctype"),
    ("/requests/1000.0000", 200, "<!doctype"),
    ("/parcel.png", 404, "path_unknown"),
    ("/parcel/../../conftest.py", 404, "path_unknown"),
    ("/robots.txt", 200, "User-agent"),
    ("/assets/app-1a2b3c.js", 200, "export"),
    ("/assets/app-old.js", 404, "path_unknown"),
    ("/missing.png", 404, "path_unknown"),
    ("/api/nothing", 404, "path_unknown"),
    ("/tiles/nothing", 404, "path_unknown"),
    ("/../conftest.py", 404, "path_unknown"),
    ("/%2e%2e/conftest.py", 404, "path_unknown"),
    ("/a%00b.txt", 404, "path_unknown"),
]


def test_the_built_screens_are_served_with_their_fallback(built: Path, town: Settings) -> None:
    """Files as they are, the page for every screen's path, a problem for what is neither; nothing above
    the folder."""
    with served(create_app(town)) as url, httpx.Client(base_url=url) as client:
        for path, status, begins in SCREENS:
            answer = client.get(path)
            assert answer.status_code == status, path
            assert begins in answer.text, path
        page, script = client.get("/"), client.get("/assets/app-1a2b3c.js")
    assert page.headers["cache-control"] == "no-cache"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"


def test_the_address_of_a_page_may_carry_more(built: Path, town: Settings) -> None:
    """What mail and news hang on to a link does not break the page that it leads to."""
    with served(create_app(town)) as address, httpx.Client(base_url=address) as client:
        for path in ("/", "/parcel/P-3"):
            assert client.get(path, params={"utm_source": "post"}).status_code == 200


def test_the_description_names_every_operation_and_refusal(visitor: httpx.Client) -> None:
    """Each operation has a name, a permission, an example for its body, and documents 503 as a problem."""
    description: dict[str, Any] = visitor.get("/openapi.json").json()
    names = []
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            names.append(operation["operationId"])
            assert operation["x-permission"], path
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (path, method, status)
            assert "503" in operation["responses"], path
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if content["schema"].get("format") == "binary":
                    continue  # a file has no model
                model = content["schema"]["$ref"].rsplit("/", 1)[-1]
                assert description["components"]["schemas"][model]["example"], model
    assert len(names) == len(set(names))
    assert {"searchParcels", "readParcel", "assess", "fileRequest", "readTile", "logIn"} <= set(names)


def test_the_examples_of_the_description_are_accepted(as_person: Person) -> None:
    """The worked example of each body is of the right form: none is refused as unreadable."""
    citizen = as_person("citizen")
    schemas = citizen.get("/openapi.json").json()["components"]["schemas"]
    for path, model in (
        ("/api/assessments", "AssessmentIn"),
        ("/api/subdivisions/assess", "SubdivisionAssessmentIn"),
        ("/api/requests", "RequestIn"),
    ):
        answer = citizen.post(path, json=schemas[model]["example"])
        assert (answer.status_code, answer.json()["code"]) == (404, "parcel_unknown")
    assert citizen.post("/api/session", json=schemas["Credentials"]["example"]).status_code == 401
    moved = citizen.post("/api/requests/1000-0000-0000-0002/moves", json=schemas["MoveIn"]["example"])
    assert (moved.status_code, moved.json()["code"]) == (404, "request_unknown")
