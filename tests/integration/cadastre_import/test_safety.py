"""An import that dies leaves the city that was there before, whole and served."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import psycopg2
import pytest
from sqlalchemy import create_engine, text

from api.cadastre.importing import ImportConflict
from api.cadastre.importing import run as running
from api.core.errors import Unavailable
from tests.integration.cadastre_import.town import Town, content, in_force, square

BIG = {f"P{i}": square(i % 100, i // 100) for i in range(8_000)}
SMALL = {f"P{i}": square(i % 10, i // 10) for i in range(100)}

# The same service function in a process of its own, told where it is by lines on its output.
_PROCESS = """
import sys
from pathlib import Path
from api.cadastre.importing import run_import
from api.core.settings import Settings

def tell(step, done, total):
    print(step, flush=True)

run_import(Path(sys.argv[1]), Settings.of(sys.argv[2]), progress=tell)
print("ended", flush=True)
"""


def killed_at(town: Town, step: str, patience: float = 0.0) -> bool:
    """Import in another process and kill it when it tells this step; False where it ended before."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROCESS, str(town.profile), town.settings.database_url],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if step in line:
            time.sleep(patience)
            process.send_signal(signal.SIGKILL)
            break
    process.stdout.close()
    return process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("step", "patience"),
    [
        ("read", 0.0),
        ("check", 0.05),
        ("write", 0.0),
        ("write", 0.1),
        ("words", 0.0),
    ],
)
def test_a_killed_import_changes_nothing(town: Town, step: str, patience: float) -> None:
    """Killed by SIGKILL while it reads, checks, writes or finishes: the old city is there, to the last
    row."""
    town.parcels(SMALL, day="2024-03-20", complete="extent").run()
    before = content(town.settings)
    after = town.again().parcels(BIG, day="2025-03-21")
    assert killed_at(after, step, patience)
    assert content(town.settings) == before
    assert in_force(town, "parcel", "2025-03-21") == sorted(SMALL)


def test_a_killed_first_import_leaves_no_city(town: Town) -> None:
    """Killed while the indexes of the very first city are away: the database is as migrated, indexes
    and all."""
    indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'cadastre' ORDER BY 1"
    before = town.rows(indexes)
    assert killed_at(town.parcels(BIG), "write")
    assert town.rows(indexes) == before
    assert town.rows("SELECT count(*) FROM cadastre.city") == [(0,)]
    assert town.run().changed
    assert town.rows(indexes) == before


def test_the_old_city_is_served_while_the_new_one_comes_in(town: Town) -> None:
    """A reader sees the old map at every step of the import, without waiting for it."""
    town.parcels(SMALL, day="2024-03-20").run()
    reader = create_engine(town.settings.database_url, connect_args={"options": "-c lock_timeout=500"})
    seen = []

    def tell(_step: str, _done: int, _all: int) -> None:
        with reader.connect() as connection:
            seen.append(
                connection.scalar(text("SELECT count(*) FROM cadastre.parcel WHERE valid_to IS NULL"))
            )

    town.again().parcels({**BIG}, day="2025-03-21").run(progress=tell)
    reader.dispose()
    assert len(seen) > 5
    assert set(seen) == {len(SMALL)}


def test_two_imports_never_interleave(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one import runs another waits a while and is then refused; it has not touched anything."""
    monkeypatch.setattr(running, "_WAIT", "300ms")
    town.parcels(SMALL, day="2024-03-20").run()
    inside, go_on = Event(), Event()

    def hold(step: str, _done: int, _all: int) -> None:
        if "write" in step:
            inside.set()
            go_on.wait(30)

    first = town.again().parcels(BIG, day="2025-03-21")
    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(first.run, progress=hold)
        assert inside.wait(30)
        other = Town(town.folder / "other", town.settings)
        other.folder.mkdir()
        with pytest.raises(ImportConflict) as caught:
            other.parcels({"Q": square(0, 0)}, day="2026-03-21").run()
        go_on.set()
        assert task.result().states[0].in_force == len(BIG)
    assert caught.value.code == "import_running"


def test_a_lost_connection_is_told(town: Town) -> None:
    """The server ends the connection in the middle: a clear refusal, nothing half written."""
    town.parcels(SMALL, day="2024-03-20").run()
    before = content(town.settings)

    def cut(step: str, _done: int, _all: int) -> None:
        if "compare" in step:
            with create_engine(town.settings.database_url).connect() as connection:
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE application_name = 'parvaneh owner' AND datname = current_database()"
                    )
                )

    with pytest.raises(Unavailable) as caught:
        town.again().parcels(BIG, day="2025-03-21").run(progress=cut)
    assert caught.value.code == "database_lost"
    assert "Nothing was changed" in caught.value.detail
    assert content(town.settings) == before


def test_a_server_that_is_not_there(town: Town) -> None:
    """No server under the address: told at once."""
    town.settings = town.settings.of("postgresql://postgres@127.0.0.1:1/none")
    with pytest.raises(Unavailable) as caught:
        town.parcels(SMALL).run()
    assert caught.value.code == "database_lost"


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mount"), reason="needs root: a small disk is mounted"
)
def test_a_full_disk_is_told(town: Town, tmp_path: Path) -> None:
    """The disk of the database is full in the middle of the load: a clear refusal, nothing half written."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0777", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    name = f"small_{town.rows('SELECT current_database()')[0][0]}"
    with psycopg2.connect(town.settings.database_url.replace("+psycopg2", "")) as connection:
        owner = _server_user(connection)
    (disk / "space").mkdir()
    shutil.chown(disk / "space", owner)
    try:
        _outside_transaction(town, f"CREATE TABLESPACE {name} LOCATION '{disk / 'space'}'")
        _outside_transaction(town, f"ALTER TABLE cadastre.parcel SET TABLESPACE {name}")
        town.parcels(SMALL, day="2024-03-20").run()
        before = content(town.settings)
        with pytest.raises(Unavailable) as caught:
            town.again().parcels(BIG, day="2025-03-21").run()
        assert caught.value.code == "disk_full"
        assert content(town.settings) == before
    finally:
        _outside_transaction(town, "ALTER TABLE cadastre.parcel SET TABLESPACE pg_default")
        _outside_transaction(town, f"DROP TABLESPACE IF EXISTS {name}")
        subprocess.run(["umount", disk], check=True)


def _server_user(connection: "psycopg2.extensions.connection") -> str:
    """The operating system's user of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        row = cursor.fetchone()
    assert row is not None
    return Path(row[0]).owner()


def _outside_transaction(town: Town, statement: str) -> None:
    opened = create_engine(town.settings.database_url, isolation_level="AUTOCOMMIT")
    with opened.connect() as connection:
        connection.execute(text(statement))
    opened.dispose()


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(town: Town) -> None:
    """The place of the report is tried first."""
    (town.folder / "file").write_text("")
    with pytest.raises(Unavailable) as caught:
        town.parcels(SMALL).run(report_path=town.folder / "file" / "report.json")
    assert caught.value.code == "report_unwritable"
    assert town.rows("SELECT count(*) FROM cadastre.city") == [(0,)]
