"""What many do at once, and what breaks meanwhile: races, a full pool, no database, a killed service."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from sqlalchemy import Engine, text

from api.cases.events import verify
from api.core.settings import Settings
from api.main import create_app
from tests.integration.api.conftest import PASSWORD, Person, log_in, served
from tests.integration.api.test_tiles import tile_at
from tests.integration.api.town import ON, box, proposal, storey

FILING = {
    "service": "building_permit",
    "channel": "CITIZEN_WEB",
    "parcel": "P-3",
    "proposal": proposal(storey(box(20, 1, 30, 13))),
}


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What this many threads get that begin together."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_of_eight_who_move_at_once_one_wins(as_person: Person, owner: Engine) -> None:
    """One 200 and seven 409, one event more, and the chain is whole."""
    code = as_person("citizen").post("/api/requests", json=FILING).json()["tracking_code"]
    reviewer = as_person("reviewer")
    body = {"move": "close", "reason": "Done."}
    answers = at_once(8, lambda _: reviewer.post(f"/api/requests/{code}/moves", json=body).status_code)
    assert sorted(answers) == [200] + [409] * 7
    assert len(reviewer.get(f"/api/requests/{code}").json()["events"]) == 3
    with owner.connect() as connection:
        assert verify(connection)[1] == []


def test_eight_who_file_at_once_all_file(as_person: Person, owner: Engine) -> None:
    """Each gets a code of its own, and every chain is whole."""
    clients = [as_person(name) for name in ("citizen", "neighbour")]
    answers = at_once(8, lambda n: clients[n % 2].post("/api/requests", json=FILING))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["tracking_code"] for answer in answers}) == 8
    with owner.connect() as connection:
        assert verify(connection)[1] == []


def test_who_logs_in_twice_at_once_has_two_sessions(address: str) -> None:
    """Two windows of one person: both tokens are good, each with a token of its own."""

    def begin(_: int) -> dict[str, str]:
        with httpx.Client(base_url=address, timeout=30) as client:
            log_in(client, "planner")
            return dict(client.cookies)

    first, second = at_once(2, begin)
    assert first != second
    for cookies in (first, second):
        header = {"Cookie": f"parvaneh_session={cookies['parvaneh_session']}"}
        assert httpx.get(f"{address}/api/session", headers=header).json()["person"]["roles"] == ["planner"]


def test_fifty_assessments_at_once_are_all_answered(address: str) -> None:
    """More than threads and connections: each is judged, or told to try again; none hangs."""
    body = {"parcel": "P-3", "on": ON, "proposal": FILING["proposal"]}
    with httpx.Client(base_url=address, timeout=30, limits=httpx.Limits(max_connections=50)) as client:
        answers = at_once(50, lambda _: client.post("/api/assessments", json=body).status_code)
    assert set(answers) <= {200, 503}
    assert answers.count(200) >= 25


def test_one_connection_is_enough_for_every_route(town: Settings) -> None:
    """Nobody who holds a connection waits for a second one: with a pool of one nothing stands still."""
    with (
        served(create_app(town.model_copy(update={"threads": 1}))) as url,
        httpx.Client(base_url=url, timeout=20) as client,
    ):
        log_in(client, "administrator")
        for path in ("/api/city", "/api/parcels?q=P-3", "/api/parcels/P-3", "/api/requests", "/api/health",
                     f"/tiles/parcels/{tile_at(16)}.mvt", f"/tiles/cases/{tile_at(16)}.mvt"):  # fmt: skip
            assert client.get(path).status_code == 200, path
        assert client.post("/api/requests", json=FILING).status_code == 201


# ------------------------------------------------------------------ what breaks under it


def test_a_database_that_goes_away_under_load_is_back_without_a_restart(fresh_town: Settings) -> None:
    """While it refuses everybody the answers are 503; as soon as it is back they are 200 again."""
    maintenance = Settings.of(re.sub(r"/parvaneh_test_\w+", "/postgres", fresh_town.database_url))
    name = fresh_town.database_url.rpartition("/")[2].partition("?")[0]
    from api.core.database import engine

    lever = engine(maintenance, "owner").execution_options(isolation_level="AUTOCOMMIT")
    stop = threading.Event()
    answers: list[int] = []

    with served(create_app(fresh_town)) as url, httpx.Client(base_url=url, timeout=30) as client:

        def load() -> None:
            while not stop.is_set():
                answers.append(client.get("/api/parcels/P-3").status_code)

        threads = [threading.Thread(target=load) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            with lever.connect() as connection:
                connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
                connection.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                    {"name": name},
                )
                assert _comes(lambda: client.get("/api/health").status_code == 503)
                connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
            assert _comes(lambda: client.get("/api/health").status_code == 200)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            lever.dispose()
        assert client.get("/api/parcels/P-3").status_code == 200
    assert set(answers) <= {200, 503}


def _comes(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within some seconds."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def serving(settings: Settings, log: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """`parvaneh serve` as a process of its own, its log in a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {"DATABASE_URL": settings.database_url, "PARVANEH_RULEBOOKS": settings.rulebooks}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
            env=os.environ | known, stdout=out, stderr=out, cwd=Path(__file__).parents[3],
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"

    def up() -> bool:
        try:
            return httpx.get(f"{url}/api/health", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    try:
        deadline = time.monotonic() + 60
        while not up():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield process, url
    finally:
        process.kill()
        process.wait()


def test_killed_in_the_middle_nothing_is_half_and_nothing_secret_is_logged(
    town: Settings, owner: Engine, tmp_path: Path
) -> None:
    """SIGKILL while four file: every request in the store has its whole chain and report, and the log holds
    neither password nor token nor a line of the attacker's making."""
    log = tmp_path / "serve.log"
    filed: list[str] = []
    with serving(town, log) as (process, url), httpx.Client(base_url=url, timeout=20) as client:
        log_in(client, "citizen")
        secrets = [PASSWORD, client.cookies["parvaneh_session"], client.headers["X-CSRF-Token"]]
        _write_into_the_log(client, owner)

        def file() -> None:
            try:
                while True:
                    filed.append(client.post("/api/requests", json=FILING).json()["tracking_code"])
            except httpx.TransportError:
                return

        with ThreadPoolExecutor(4) as threads:
            running = [threads.submit(file) for _ in range(4)]
            assert _comes(lambda: len(filed) >= 4)
            process.send_signal(signal.SIGKILL)
            for one in running:
                one.result()
    with owner.connect() as connection:
        checked, broken = verify(connection)
        stored = set(connection.execute(text("SELECT tracking_code FROM cases.request")).scalars())
        halves = connection.execute(
            text("SELECT count(*) FROM cases.request"
                 " WHERE state NOT IN ('judged', 'closed') OR assessment_id IS NULL")
        ).scalar_one()  # fmt: skip
    assert (broken, halves) == ([], 0)
    assert checked == len(stored)
    assert set(filed) <= stored
    written = log.read_text()
    assert "book_missing" in written
    assert not re.search(r"^\S* ?ERROR root", written, re.MULTILINE)
    assert "\x1b[2J" not in written
    assert not any(secret in written for secret in secrets)
    assert "Traceback" not in written


def _write_into_the_log(client: httpx.Client, owner: Engine) -> None:
    """Everything that might bring a stranger's text there, and a fault of the city that is logged."""
    forged = quote("x\n2026-11-21 ERROR root logged in\x1b[2J")
    for path in ("/api/parcels/", "/api/parcels?q=", "/", "/tiles/parcels/"):
        assert client.get(path + forged).status_code < 500
    renamed = text("UPDATE cadastre.city SET rulebook = :name")
    with owner.begin() as connection:
        connection.execute(renamed, {"name": "x\n2026 ERROR root logged in"})
    try:
        body = {"parcel": "P-3", "on": ON, "proposal": FILING["proposal"]}
        assert client.post("/api/assessments", json=body).status_code == 503
    finally:
        with owner.begin() as connection:
            connection.execute(renamed, {"name": "little"})
