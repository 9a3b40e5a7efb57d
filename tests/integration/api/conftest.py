"""The service on a real database with the little town and a person for each role."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from fastapi import FastAPI
from sqlalchemy import URL, Engine

from api.core.database import engine
from api.core.settings import Settings
from api.main import create_app
from api.people import passwords
from api.people.accounts import open_account
from tests import cluster
from tests.integration.api.town import make_town

ROLES = ("citizen", "surveyor", "reviewer", "planner", "administrator")
PASSWORD = "گل سرخ و پروانه"

Person = Callable[[str], httpx.Client]


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Argon2id with its cheapest parameters: logging in is done hundreds of times here, and the work that a
    password costs is asked elsewhere (`tests/unit/people`)."""
    quick = PasswordHasher.from_parameters(CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Iterator[None]:
    """Quick passwords for the tests of a module."""
    with quick_passwords():
        yield


@pytest.fixture(scope="session")
def town_template(database_server: URL, database_template: str) -> Iterator[str]:
    """Name of a database with the town and its people, to copy from."""
    with cluster.database(database_server, database_template) as url:
        owner = engine(Settings.of(cluster.address(url)), "owner")
        with quick_passwords(), owner.begin() as connection:
            make_town(connection)
            for role in ROLES:
                open_account(connection, role, f"{role} of the town", PASSWORD, (role,))
            open_account(connection, "neighbour", "another citizen", PASSWORD, ("citizen",))
        owner.dispose()
        assert url.database
        yield url.database


def _settings(url: URL) -> Settings:
    return Settings.of(cluster.address(url)).model_copy(
        update={"rulebooks": str(Path(__file__).parent / "rulebooks"), "threads": 4}
    )


@pytest.fixture(scope="module")
def town(database_server: URL, town_template: str) -> Iterator[Settings]:
    """Settings of a service on the town, one for the tests of a module."""
    with cluster.database(database_server, town_template) as url:
        yield _settings(url)


@pytest.fixture
def fresh_town(database_server: URL, town_template: str) -> Iterator[Settings]:
    """Settings of a service on the town, one for each test."""
    with cluster.database(database_server, town_template) as url:
        yield _settings(url)


@pytest.fixture(scope="module")
def owner(town: Settings) -> Iterator[Engine]:
    """The owner's engine on the module's town."""
    opened = engine(town, "owner")
    yield opened
    opened.dispose()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind a real socket; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # a client that pauses between two tests must not meet a connection that is closed at that moment
        settings = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_keep_alive=600)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@pytest.fixture(scope="module")
def app(town: Settings) -> FastAPI:
    """The service on the module's town."""
    return create_app(town)


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """Where the service on the module's town answers."""
    with served(app) as url:
        yield url


@pytest.fixture(scope="module")
def visitor(address: str) -> Iterator[httpx.Client]:
    """Somebody who is not logged in."""
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


def log_in(client: httpx.Client, username: str, password: str = PASSWORD) -> httpx.Client:
    """The client with a session of this person, its token in every request."""
    answer = client.post("/api/session", json={"username": username, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


@pytest.fixture(scope="module")
def as_person(address: str) -> Iterator[Person]:
    """A client for a person by username."""
    with ExitStack() as opened:
        made: dict[str, httpx.Client] = {}

        def client(username: str) -> httpx.Client:
            if username not in made:
                made[username] = log_in(
                    opened.enter_context(httpx.Client(base_url=address, timeout=30)), username
                )
            return made[username]

        yield client
