"""Permissions: every route declares one, and what each role may reach."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text

from api.people.access import declared, require_declared
from api.people.permissions import Permission
from tests.integration.api.conftest import Person
from tests.integration.api.town import ON, proposal


def test_every_route_declares_a_permission(app: FastAPI) -> None:
    """Walking all routes, only the built screens (files, no data) declare none."""
    open_routes = {name for name, needs in declared(app.routes).items() if needs is None}
    assert open_routes <= {" Mount"}
    assert len(declared(app.routes)) > 12


def test_a_route_without_permission_stops_the_service() -> None:
    """An application with one undeclared route does not start, and the route is named."""
    app = FastAPI(openapi_url=None)

    @app.get("/api/forgotten")
    def forgotten() -> None:
        """A route of nobody."""

    with pytest.raises(RuntimeError, match="GET /api/forgotten"):
        require_declared(app)


def test_every_declared_permission_is_given_to_some_role(app: FastAPI, owner: Engine) -> None:
    """No route asks for a permission that no role gives, and no role gives an unknown one."""
    with owner.connect() as connection:
        given = set(connection.execute(text("SELECT permission FROM people.role_permission")).scalars())
    asked = {needs.permission.value for needs in declared(app.routes).values() if needs}
    assert asked <= given
    assert given <= {permission.value for permission in Permission}


REACHED = [
    ("/api/health", 200, 200),
    ("/api/city", 200, 200),
    ("/api/parcels/P-1", 200, 200),
    ("/openapi.json", 200, 200),
    ("/api/requests", 401, 200),
    ("/api/requests/1000-0000-0000-0002", 401, 404),
]


@pytest.mark.parametrize(("path", "nobody", "somebody"), REACHED)
def test_what_nobody_and_a_citizen_reach(
    visitor: httpx.Client, as_person: Person, path: str, nobody: int, somebody: int
) -> None:
    """The map is everybody's; requests need a person."""
    assert visitor.get(path).status_code == nobody
    assert as_person("citizen").get(path).status_code == somebody


def test_filing_without_a_session_is_refused_with_what_to_do(visitor: httpx.Client) -> None:
    """401 and the code of logging in, as a problem document."""
    answer = visitor.post(
        "/api/requests",
        json={
            "service": "building_permit",
            "channel": "CITIZEN_WEB",
            "parcel": "P-1",
            "proposal": proposal(),
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "log_in_needed")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", [None, "", "wrong", "۱۲"])
def test_an_act_without_the_sessions_token_is_refused(
    address: str, as_person: Person, token: str | None
) -> None:
    """Every act inside a session needs its CSRF token, even a public one that stores nothing."""
    cookie = as_person("citizen").cookies["parvaneh_session"]
    headers = [] if token is None else [(b"X-CSRF-Token", token.encode())]
    with httpx.Client(base_url=address, cookies={"parvaneh_session": cookie}) as forged:
        answer = forged.post(
            "/api/assessments", json={"parcel": "P-1", "on": ON, "proposal": proposal()}, headers=headers
        )
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_missing")


def test_reading_needs_no_token(address: str, as_person: Person) -> None:
    """A GET inside a session works without the token."""
    cookie = as_person("citizen").cookies["parvaneh_session"]
    with httpx.Client(base_url=address, cookies={"parvaneh_session": cookie}) as reader:
        assert reader.get("/api/requests").status_code == 200


def test_a_role_taken_away_takes_its_permissions_at_once(owner: Engine, as_person: Person) -> None:
    """Roles are data: without the role the next request of the same session is refused."""
    planner = as_person("planner")
    assert planner.get("/api/requests").status_code == 200
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM people.person_role WHERE role = 'planner'"))
    try:
        answer = planner.get("/api/requests")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    finally:
        with owner.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO people.person_role SELECT id, 'planner' FROM people.person"
                    " WHERE username = 'planner'"
                )
            )
