"""Sessions: logging in and out, the cookie, and what slows guessing down."""

import httpx
import pytest
from sqlalchemy import Engine, text

from api.people import service
from tests.integration.api.conftest import PASSWORD, Person, log_in


def attempt(client: httpx.Client, username: str, password: str) -> httpx.Response:
    """One attempt to log in."""
    return client.post("/api/session", json={"username": username, "password": password})


@pytest.fixture(autouse=True)
def no_attempts(owner: Engine) -> None:
    """Each test begins with no attempts on record."""
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM people.log_in_attempt"))


def test_nobody_is_a_valid_answer(visitor: httpx.Client) -> None:
    """Without a session person and token are null."""
    assert visitor.get("/api/session").json() == {"person": None, "csrf": None}


def test_a_session_says_who_and_carries_a_token(address: str) -> None:
    """After logging in the session names the person, the roles and a token; logging out ends it."""
    with httpx.Client(base_url=address) as client:
        log_in(client, "reviewer")
        session = client.get("/api/session").json()
        assert session["person"]["roles"] == ["reviewer"]
        assert session["csrf"] == client.headers["X-CSRF-Token"]
        cookie = client.cookies["parvaneh_session"]
        assert client.delete("/api/session").status_code == 204
        assert client.get("/api/session").json()["person"] is None
    with httpx.Client(base_url=address, cookies={"parvaneh_session": cookie}) as thief:
        assert thief.get("/api/session").json()["person"] is None


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(address: str) -> None:
    """The cookie is HttpOnly, SameSite=Lax, for the whole site, and ends by itself."""
    with httpx.Client(base_url=address) as client:
        header = attempt(client, "citizen", PASSWORD).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"):
        assert part in header


def test_the_store_never_holds_the_token_or_password(owner: Engine, address: str) -> None:
    """Only digests are stored."""
    with httpx.Client(base_url=address) as client:
        log_in(client, "citizen")
        token = client.cookies["parvaneh_session"]
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT l::text FROM people.log_in l")).scalars().all()
        hashes = connection.execute(text("SELECT password_hash FROM people.person")).scalars().all()
    assert rows
    assert not any(token in row for row in rows)
    assert all(stored.startswith("$argon2id$") for stored in hashes)


def test_wrong_password_and_unknown_person_are_told_apart_by_nothing(address: str) -> None:
    """Both answers are the same but for the correlation id."""
    with httpx.Client(base_url=address) as client:
        answers = [attempt(client, name, "wrong") for name in ("citizen", "nobody-of-this-name")]
    assert [answer.status_code for answer in answers] == [401, 401]
    bodies = [answer.json() | {"correlation_id": ""} for answer in answers]
    assert bodies[0] == bodies[1]


def test_the_sixth_attempt_after_five_failures_must_wait(address: str) -> None:
    """Five failures are answered, the sixth is throttled even with the right password; others go on."""
    with httpx.Client(base_url=address) as client:
        for _ in range(service.PER_PERSON_AND_ADDRESS):
            assert attempt(client, "citizen", "wrong").status_code == 401
        answer = attempt(client, "citizen", PASSWORD)
        assert (answer.status_code, answer.json()["code"]) == (429, "log_in_throttled")
        assert int(answer.headers["retry-after"]) == 15 * 60
        assert attempt(client, "CITIZEN ", PASSWORD).status_code == 429  # the same person, otherwise written
        assert attempt(client, "reviewer", PASSWORD).status_code == 200


def test_failures_are_forgotten_after_the_window(owner: Engine, address: str) -> None:
    """Attempts older than fifteen minutes no longer count."""
    with httpx.Client(base_url=address) as client:
        for _ in range(service.PER_PERSON_AND_ADDRESS):
            attempt(client, "citizen", "wrong")
        with owner.begin() as connection:
            connection.execute(text("UPDATE people.log_in_attempt SET at = at - interval '15 minutes'"))
        assert attempt(client, "citizen", PASSWORD).status_code == 200


def test_an_unknown_name_is_throttled_too(address: str) -> None:
    """Throttling does not tell whether a person exists."""
    with httpx.Client(base_url=address) as client:
        answers = [attempt(client, "nobody", "x").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_closed_account_and_an_ended_session_are_nobody(owner: Engine, address: str) -> None:
    """Closing an account or passing the term ends what was open."""
    with httpx.Client(base_url=address) as client:
        log_in(client, "surveyor")
        with owner.begin() as connection:
            connection.execute(text("UPDATE people.person SET active = false WHERE username = 'surveyor'"))
        assert client.get("/api/session").json()["person"] is None
        assert attempt(client, "surveyor", PASSWORD).status_code == 401
        with owner.begin() as connection:
            connection.execute(text("UPDATE people.person SET active = true"))
        log_in(client, "surveyor")
        with owner.begin() as connection:
            connection.execute(text("UPDATE people.log_in SET expires_at = now()"))
        assert client.get("/api/session").json()["person"] is None


def test_logging_in_again_ends_the_session_before(address: str) -> None:
    """A new log-in of the same browser gives a new token and the old one is dead."""
    with httpx.Client(base_url=address) as client:
        log_in(client, "citizen")
        old = client.cookies["parvaneh_session"]
        log_in(client, "citizen")
        assert client.cookies["parvaneh_session"] != old
    with httpx.Client(base_url=address, cookies={"parvaneh_session": old}) as late:
        assert late.get("/api/session").json()["person"] is None


def test_a_garbled_cookie_is_nobody(address: str) -> None:
    """A cookie that no session has is ignored."""
    with httpx.Client(base_url=address, cookies={"parvaneh_session": "x" * 3000}) as client:
        assert client.get("/api/session").json()["person"] is None


def test_the_service_may_not_write_persons_or_roles(as_person: Person, app: object) -> None:
    """The role of the service has no right to make itself a person or a role."""
    database: Engine = app.state.engine  # type: ignore[attr-defined]
    for statement in (
        "INSERT INTO people.person (username, name, password_hash) VALUES ('x', 'x', 'x')",
        "INSERT INTO people.person_role SELECT id, 'administrator' FROM people.person",
        "UPDATE people.person SET password_hash = 'x'",
        "INSERT INTO people.role_permission VALUES ('anyone', 'request.read_all')",
    ):
        with pytest.raises(Exception, match="permission denied"), database.begin() as connection:
            connection.execute(text(statement))
