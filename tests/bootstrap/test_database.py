"""A database of somebody else's (`DATABASE_URL`), and the log-ins of the sample city, on a real server."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from api.core.database import engine
from api.core.errors import Conflict, NotLoggedIn
from api.core.settings import Settings
from api.people.service import log_in
from api.readiness import readiness
from api.sample_logins import make_sample_logins, read_passwords
from tests.cluster import address


def execute(url: str, *statements: str) -> None:
    """Run statements one by one, each in effect at once."""
    opened = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with opened.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    opened.dispose()


@pytest.fixture
def stranger(database_server: URL, bare_database: str) -> Iterator[str]:
    """The bare database as a user without any right sees it."""
    execute(address(database_server), "CREATE ROLE stranger LOGIN PASSWORD 'x'")
    yield address(make_url(bare_database).set(username="stranger", password="x"))
    execute(bare_database, "DROP OWNED BY stranger")
    execute(address(database_server), "DROP ROLE stranger")


def problem(url: str) -> Any:
    """What an operator is told of this database."""
    return readiness(url)["problem"]


def test_an_empty_database_of_an_administrator_is_ready(bare_database: str) -> None:
    """Nothing to complain of, the service's role can be made; no schema, no city and nobody is there yet."""
    assert readiness(bare_database) == {
        "problem": None,
        "service_role": True,
        "migrated": False,
        "city": None,
        "usernames": [],
    }


def test_a_migrated_database_is_known_as_such_and_one_of_a_newer_version_is_refused(
    fresh_database: str,
) -> None:
    """The schema of this version needs no migration; of a schema from the future nothing is touched."""
    assert readiness(fresh_database)["migrated"] is True
    execute(fresh_database, "UPDATE alembic_version SET version_num = '9999_future'")
    assert problem(fresh_database) == (
        "a newer version of Parvaneh made its schema (9999_future); start that version, or a newer one"
    )


def test_each_right_that_is_missing_is_named_with_the_line_that_grants_it(
    stranger: str, bare_database: str
) -> None:
    """First the right to make schemas, then the extension; with both the database is ready, without roles."""
    name = make_url(bare_database).database
    assert problem(stranger) == (
        f'stranger may not make schemas in it: GRANT CREATE ON DATABASE "{name}" TO "stranger"'
    )
    execute(bare_database, f'GRANT CREATE ON DATABASE "{name}" TO "stranger"')
    assert problem(stranger) == "postgis is not enabled in it; once, as a superuser: CREATE EXTENSION postgis"
    execute(bare_database, "CREATE EXTENSION postgis")
    state = readiness(stranger)
    assert state["problem"] is None


def test_a_database_of_another_encoding_is_refused(database_server: URL) -> None:
    """Persian needs UTF-8."""
    name = "parvaneh_latin"
    server = address(database_server)
    execute(
        server,
        f"DROP DATABASE IF EXISTS {name}",
        f"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    try:
        found = problem(address(database_server.set(database=name)))
    finally:
        execute(server, f"DROP DATABASE {name}")
    assert found == "its encoding is LATIN1; make one WITH ENCODING 'UTF8' TEMPLATE template0"


def test_a_database_that_can_only_be_read_is_refused(bare_database: str) -> None:
    """A replica serves no start."""
    execute(
        bare_database,
        f'ALTER DATABASE "{make_url(bare_database).database}" SET default_transaction_read_only = on',
    )
    assert problem(bare_database) == "it can only be read (a replica?); name the primary server"


def test_a_server_that_does_not_answer_is_told_in_one_line_without_the_password() -> None:
    """Host and port are named; the password never."""
    said = problem("postgresql://someone:sesame@127.0.0.1:1/city")
    assert said.startswith("cannot connect to it: ")
    assert "127.0.0.1" in said
    assert "\n" not in said
    assert "sesame" not in said


def city(settings: Settings, *, sample: bool) -> None:
    """Write a city without any layer."""
    owner = engine(settings, "owner")
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO cadastre.city"
                " (key, name_fa, name_en, srid, is_sample, rulebook, centre, bounds, profile)"
                " VALUES ('c', 'شهر', 'City', 32639, :sample, 'sample_city',"
                " ST_SetSRID(ST_Point(52, 34), 4326), ST_MakeEnvelope(51, 33, 52, 34, 4326), '{}')"
            ),
            {"sample": sample},
        )
    owner.dispose()


def test_the_sample_people_can_log_in_and_a_second_start_changes_nothing(fresh_settings: Settings) -> None:
    """One person a role, named after it; another password in the file replaces the old one."""
    city(fresh_settings, sample=True)
    passwords = read_passwords("citizen password-one\nplanner password-two\n")
    owner = engine(fresh_settings, "owner")
    with owner.begin() as connection:
        assert make_sample_logins(connection, passwords) == ["citizen", "planner"]
    with owner.begin() as connection:
        assert make_sample_logins(connection, passwords) == []
        assert make_sample_logins(connection, {"planner": "password-three"}) == ["planner"]
    _, person = log_in(owner, "planner", "password-three", "127.0.0.1")
    assert person.roles == ("planner",)
    with pytest.raises(NotLoggedIn):
        log_in(owner, "planner", "password-two", "127.0.0.1")
    owner.dispose()
    state = readiness(fresh_settings.database_url)
    assert state["city"] == {"key": "c", "sample": True}
    assert sorted(state["usernames"]) == ["citizen", "planner"]


def test_a_real_city_gets_no_sample_people(fresh_settings: Settings) -> None:
    """Passwords that are printed at every start have no place beside real people."""
    city(fresh_settings, sample=False)
    owner = engine(fresh_settings, "owner")
    with owner.begin() as connection, pytest.raises(Conflict, match="for the sample city alone"):
        make_sample_logins(connection, {"citizen": "x"})
    owner.dispose()
