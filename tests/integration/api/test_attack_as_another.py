"""In somebody else's name: forged sessions, borrowed tokens, other people's requests, the service's role."""

import hashlib
from typing import Any

import httpx
from sqlalchemy import Engine, text

from tests.integration.api.conftest import PASSWORD, Person
from tests.integration.api.town import box, proposal, storey

FILING = {
    "service": "building_permit",
    "channel": "CITIZEN_WEB",
    "parcel": "P-3",
    "proposal": proposal(storey(box(20, 1, 30, 13))),
}


def test_a_cookie_cannot_be_made(address: str, as_person: Person) -> None:
    """Neither a piece of a token, nor its digest as the store holds it, nor another case is a session."""
    token = as_person("reviewer").cookies["parvaneh_session"]
    for forged in (
        token[:-1], token + "A", token.swapcase(), hashlib.sha256(token.encode()).hexdigest(),
        "%00", "' OR true --", "x" * 4000,
    ):  # fmt: skip
        cookie = {"Cookie": f"parvaneh_session={forged}"}
        answer = httpx.get(f"{address}/api/session", headers=cookie)
        assert answer.json()["person"] is None, forged
        assert httpx.get(f"{address}/api/requests", headers=cookie).status_code == 401


def test_a_session_given_beforehand_is_not_taken_over(address: str) -> None:
    """Who plants a cookie in somebody's browser does not share the session that then begins."""
    planted = "planted-by-somebody-else-0123456789abcdefghi"
    with httpx.Client(base_url=address, cookies={"parvaneh_session": planted}) as client:
        answer = client.post("/api/session", json={"username": "surveyor", "password": PASSWORD})
        assert answer.status_code == 200
        assert planted not in answer.headers["set-cookie"]
    cookie = {"Cookie": f"parvaneh_session={planted}"}
    assert httpx.get(f"{address}/api/session", headers=cookie).json()["person"] is None


def test_the_token_of_another_session_moves_nothing(as_person: Person) -> None:
    """Missing, wrong, and a colleague's valid token: 403 each, and nothing is filed."""
    citizen, other = as_person("citizen"), as_person("neighbour")
    before = len(citizen.get("/api/requests").json()["items"])
    for given in ("", "wrong", other.headers["X-CSRF-Token"], "é"):
        headers = [(b"X-CSRF-Token", given.encode())]
        answer = citizen.post("/api/requests", json=FILING, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_missing"), given
    assert len(citizen.get("/api/requests").json()["items"]) == before


def test_a_request_of_somebody_else_is_not_there(as_person: Person) -> None:
    """Detail and moves answer a stranger exactly as for a code that was never given; the list hides it."""
    code = as_person("citizen").post("/api/requests", json=FILING).json()["tracking_code"]
    stranger = as_person("neighbour")
    never = "1000-0000-0000-0002"

    def seen(asked: str) -> list[tuple[int, dict[str, Any]]]:
        answers = [
            stranger.get(f"/api/requests/{asked}"),
            stranger.post(f"/api/requests/{asked}/moves", json={"move": "close", "reason": "mine now"}),
            stranger.post(f"/api/requests/{asked}/moves", json={"move": "no such move"}),
        ]
        return [(a.status_code, a.json() | {"correlation_id": ""}) for a in answers]

    assert seen(code) == seen(never)
    assert {status for status, _ in seen(code)} == {404}
    assert code not in stranger.get("/api/requests", params={"limit": 100}).text
    assert as_person("reviewer").get(f"/api/requests/{code}").json()["state"] == "judged"


def test_the_database_grants_the_service_this_and_no_more(owner: Engine) -> None:
    """Beside reading: sessions and attempts, tiles that are kept, and adding to what is only added to."""
    asked = text("""
        SELECT n.nspname || '.' || c.relname, p.privilege FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES'])
            AS p (privilege)
        WHERE n.nspname IN ('cadastre', 'people', 'cases', 'planning', 'public') AND c.relkind IN ('r', 'v')
          AND has_table_privilege('parvaneh_service', c.oid, p.privilege)
    """)
    columns = text("""
        SELECT DISTINCT table_schema || '.' || table_name || '.' || column_name
        FROM information_schema.column_privileges
        WHERE grantee = 'parvaneh_service' AND privilege_type = 'UPDATE'
          AND table_schema || '.' || table_name <> 'cadastre.tile_cache'
    """)
    with owner.connect() as connection:
        granted = {f"{privilege} {table}" for table, privilege in connection.execute(asked)}
        updated = set(connection.execute(columns).scalars())
        creates = connection.execute(
            text("SELECT has_schema_privilege('parvaneh_service', nspname, 'CREATE') FROM pg_namespace")
        ).scalars()
        assert not any(creates)
    assert granted == {
        *(f"{act} cadastre.tile_cache" for act in ("INSERT", "UPDATE", "DELETE")),
        *(f"{act} people.log_in" for act in ("INSERT", "DELETE")),
        "INSERT people.log_in_attempt", "INSERT planning.book", "INSERT planning.assessment",
        "INSERT cases.procedure", "INSERT cases.request", "INSERT cases.event",
    }  # fmt: skip
    assert updated == {"people.log_in_attempt.succeeded"}
