"""The private cluster on a real PostgreSQL: made, crashed, killed, taken over, and never lost."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from bootstrap import postgres, private
from bootstrap.cluster import PORTS, Cluster, version_of
from bootstrap.server import server_process
from bootstrap.terminal import Stop

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pattern() -> Iterator[Path]:
    """A data folder with a cluster that holds one table; the tests work on copies of it."""
    home = Path(tempfile.mkdtemp(prefix="parvaneh-cluster-", dir="/tmp"))
    home.chmod(0o755)
    cluster = Cluster(home, postgres.ensure())
    cluster.create()
    cluster.start()
    execute(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()
    yield home
    shutil.rmtree(home)


@pytest.fixture
def cluster(pattern: Path) -> Iterator[Cluster]:
    """A stopped cluster of its own for each test."""
    home = Path(tempfile.mkdtemp(prefix="parvaneh-cluster-", dir="/tmp"))
    home.chmod(0o755)
    subprocess.run(["cp", "-a", f"{pattern}/.", home], check=True)
    cluster = Cluster(home, postgres.ensure())
    yield cluster
    cluster.stop()
    shutil.rmtree(home)


def execute(cluster: Cluster, statement: str) -> None:
    """Run one statement as the owner, in a transaction of its own."""
    connection = psycopg2.connect(cluster.url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def answer(url: str) -> int:
    """What the table of the pattern holds."""
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT answer FROM kept")
            row = cursor.fetchone()
    finally:
        connection.close()
    assert row
    return int(row[0])


def test_it_serves_its_owner_by_password_and_nobody_without(cluster: Cluster) -> None:
    """The owner is no superuser, has PostGIS, and a connection without the password is refused."""
    cluster.start()
    execute(cluster, "SELECT postgis_version()")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        execute(cluster, "COPY (SELECT 1) TO PROGRAM 'true'")
    user, _, rest = cluster.url.removeprefix("postgresql://").partition(":")
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgresql://{user}@{rest.partition('@')[2]}", passfile="/dev/null")


def test_its_secrets_are_for_this_user_alone(cluster: Cluster) -> None:
    """Passwords and the server's log cannot be read by others."""
    cluster.start()
    for path in (cluster.home / "database.json", cluster.log, cluster.folder):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_crashed_server_comes_back_with_all_that_was_committed(cluster: Cluster) -> None:
    """SIGKILL to the server leaves its pid file behind; the next start recovers and has lost nothing."""
    cluster.start()
    execute(cluster, "UPDATE kept SET answer = 43")
    process = server_process(cluster.folder)
    assert process
    os.kill(process, signal.SIGKILL)
    assert (cluster.folder / "postmaster.pid").exists()
    cluster.start()
    assert answer(cluster.url) == 43


def test_a_pid_file_whose_number_another_program_has_now_does_not_stop_the_start(cluster: Cluster) -> None:
    """After a restart of the machine the old number may belong to anybody."""
    stranger = subprocess.Popen(["sleep", "60"], cwd="/")
    try:
        lines = [str(stranger.pid), str(cluster.folder), "1", "15432", "", "127.0.0.1", "", "ready"]
        (cluster.folder / "postmaster.pid").write_text("\n".join(lines))
        assert server_process(cluster.folder) is None
        cluster.start()
        assert answer(cluster.url) == 42
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_port_that_somebody_took_is_left_to_them(cluster: Cluster) -> None:
    """The cluster moves to another port, remembers it, and serves the same data."""
    before = int(cluster.url.rpartition(":")[2].partition("/")[0])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", before))
        other.listen()
        cluster.start()
        after = int(cluster.url.rpartition(":")[2].partition("/")[0])
        assert after != before
        assert after in PORTS
        assert answer(cluster.url) == 42


def test_a_server_that_already_runs_is_taken_over(cluster: Cluster) -> None:
    """A second start finds the first server ready and changes nothing."""
    cluster.start()
    first = server_process(cluster.folder)
    cluster.start()
    assert server_process(cluster.folder) == first
    assert answer(cluster.url) == 42


def test_a_cluster_of_another_version_is_refused_with_the_line_that_goes_on(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is left as it is; the message names the packages to install."""
    (cluster.folder / "PG_VERSION").write_text("14\n")
    monkeypatch.setenv("PARVANEH_DATA", str(cluster.home))
    assert version_of(cluster.home) == 14
    with (
        pytest.raises(Stop, match=r"made by PostgreSQL 14, which is not installed.*postgresql-14-postgis-3"),
        private.database(create=True),
    ):
        pass
    (cluster.folder / "PG_VERSION").write_text("15\n")


def test_lost_passwords_are_told_and_nothing_is_made_anew(cluster: Cluster) -> None:
    """Without its passwords the cluster cannot be used; it is never replaced by an empty one."""
    (cluster.home / "database.json").unlink()
    with pytest.raises(Stop, match=r"database\.json cannot be read: put the file back, or set PARVANEH_DATA"):
        cluster.start()
    assert (cluster.folder / "PG_VERSION").exists()


def test_who_leaves_last_stops_the_server(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command in a second terminal does not take the server from under the first, nor leave it behind."""
    monkeypatch.setenv("PARVANEH_DATA", str(cluster.home))
    with private.database(create=False) as outer:
        with private.database(create=False) as inner:
            assert answer(inner) == 42
        assert answer(outer) == 42
    assert server_process(cluster.folder) is None


def test_a_command_in_the_terminal_finds_the_private_database(cluster: Cluster) -> None:
    """Without DATABASE_URL it starts the server, prints its answer alone, and leaves nothing behind."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "migrate"],
        cwd=PROJECT, env={**env, "PARVANEH_DATA": str(cluster.home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "the database is at this version\n"), done.stderr
    assert server_process(cluster.folder) is None


def test_the_server_of_a_killed_user_is_taken_over_and_stopped_in_the_end(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL to ./run leaves the server; the next user serves on with it and stops it when leaving."""
    monkeypatch.setenv("PARVANEH_DATA", str(cluster.home))
    hold = (
        "from bootstrap import private; import sys, time\n"
        "with private.database(create=False): print('serves', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", hold], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert user.stdout
    with user.stdout:
        assert any(line == "serves\n" for line in user.stdout)
        user.kill()
        user.wait()
    left = server_process(cluster.folder)
    assert left
    with private.database(create=False) as url:
        assert server_process(cluster.folder) == left
        assert answer(url) == 42
    assert server_process(cluster.folder) is None


def test_a_server_that_dies_while_it_is_used_is_started_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed for want of memory, and again while it starts, it is back at its address with all its data."""
    monkeypatch.setenv("PARVANEH_DATA", str(cluster.home))
    with private.database(create=False) as url:
        serving = server_process(cluster.folder)
        assert serving
        private.revive()
        assert server_process(cluster.folder) == serving
        os.kill(serving, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while server_process(cluster.folder) == serving:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        reviver = threading.Thread(target=private.revive)
        reviver.start()
        again = None
        while again is None:
            assert time.monotonic() < deadline
            again = server_process(cluster.folder)
        os.kill(again, signal.SIGKILL)
        reviver.join()
        private.revive()
        assert answer(url) == 42
    assert server_process(cluster.folder) is None


def test_a_cluster_whose_making_was_killed_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-made cluster never counts as one: the next start begins again and succeeds."""
    home = Path(tempfile.mkdtemp(prefix="parvaneh-cluster-", dir="/tmp"))
    home.chmod(0o755)
    monkeypatch.setenv("PARVANEH_DATA", str(home))
    make = "from bootstrap import private\nwith private.database(create=True): pass"
    maker = subprocess.Popen([sys.executable, "-c", make], cwd=PROJECT, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not list(home.glob("cluster.making-*/postmaster.pid")):
        assert time.monotonic() < deadline
        assert maker.poll() is None
        time.sleep(0.01)
    maker.kill()
    maker.wait()
    try:
        assert version_of(home) is None
        with private.database(create=True) as url:
            connection = psycopg2.connect(url)
            connection.close()
        assert version_of(home) == postgres.ensure().major
        assert not list(home.glob("cluster.making-*"))
    finally:
        shutil.rmtree(home)


def test_before_the_first_run_there_is_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command in a terminal does not make a cluster by itself; it says what to start."""
    monkeypatch.setenv("PARVANEH_DATA", str(tmp_path))
    with (
        pytest.raises(Stop, match=r"there is no database yet: start \./run once, or set DATABASE_URL"),
        private.database(create=False),
    ):
        pass
