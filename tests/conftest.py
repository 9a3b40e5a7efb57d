"""What every suite may ask for: databases with our schema, copied from a template."""

from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import URL, Engine

from api.core.database import engine, migrate
from api.core.settings import Settings
from tests import cluster

# A first example may compile a kernel, and other work may share the machine: time is no verdict here.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def database_server() -> Iterator[URL]:
    """The PostgreSQL server of this run."""
    with cluster.server_for_tests() as url:
        yield url


@pytest.fixture(scope="session")
def database_template(database_server: URL) -> Iterator[str]:
    """Name of a database with the newest schema and no city, to copy from; nobody connects to it."""
    with cluster.database(database_server) as url:
        migrate(cluster.address(url))
        assert url.database
        yield url.database


@pytest.fixture
def bare_database(database_server: URL) -> Iterator[str]:
    """Address of a database with nothing in it."""
    with cluster.database(database_server) as url:
        yield cluster.address(url)


@pytest.fixture(scope="module")
def module_database(database_server: URL, database_template: str) -> Iterator[str]:
    """Address of a migrated database without a city, one for the tests of a module."""
    with cluster.database(database_server, database_template) as url:
        yield cluster.address(url)


@pytest.fixture
def fresh_database(database_server: URL, database_template: str) -> Iterator[str]:
    """Address of a migrated database without a city, one for each test."""
    with cluster.database(database_server, database_template) as url:
        yield cluster.address(url)


@pytest.fixture
def fresh_settings(fresh_database: str) -> Settings:
    """Settings of a service on `fresh_database`."""
    return Settings.of(fresh_database)


@pytest.fixture
def fresh_engine(fresh_settings: Settings) -> Iterator[Engine]:
    """The owner's engine on `fresh_database`."""
    opened = engine(fresh_settings, "owner")
    yield opened
    opened.dispose()
