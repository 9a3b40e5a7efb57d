"""A throw-away PostgreSQL cluster for one test run: own folder, own socket, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from api.core.settings import driver_url

# Nothing here has to survive a power cut.
_CONFIGURATION = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


def binaries() -> Path | None:
    """Folder of initdb and postgres on the path or of Debian's newest server, None where there is none."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    debian = sorted(
        (p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()),
        key=lambda p: -int(p.parent.name),
    )
    whole = (p for p in [*on_path, *debian] if (p / "initdb").exists() and (p / "postgres").exists())
    return next(whole, None)


def _unprivileged() -> dict[str, Any]:
    """Arguments of `subprocess` for a plain user: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("root may not run PostgreSQL and there is neither a user postgres nor a user nobody")


@contextmanager
def throw_away_cluster() -> Iterator[URL]:
    """Address of the maintenance database of a new cluster, behind a socket that only we can reach."""
    programs = binaries()
    if programs is None:
        raise RuntimeError(
            "no PostgreSQL server found: install postgresql-15-postgis-3 (Debian) or set PATH to initdb"
        )
    folder = Path(tempfile.mkdtemp(prefix="parvaneh-test-", dir="/tmp"))  # a socket path has 107 bytes
    identity = _unprivileged()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data, log = folder / "data", folder / "server.log"
    server: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd="/", **identity,
        )  # fmt: skip
        options = [part for name, value in _CONFIGURATION.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *options],
                stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                cwd="/", start_new_session=True, **identity,
            )  # fmt: skip
        url = make_url(f"postgresql+psycopg2://postgres@/postgres?host={quote(str(folder))}")
        _wait(url, server, log)
        yield url
    finally:
        if server is not None:
            server.send_signal(3)  # SIGQUIT: at once, nothing is kept
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: URL, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    probe = create_engine(url, poolclass=NullPool)
    while True:
        try:
            with probe.connect():
                return
        except OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the test cluster did not start:\n{log.read_text()}") from None
            time.sleep(0.1)


@contextmanager
def server_for_tests() -> Iterator[URL]:
    """The server that PARVANEH_TEST_DATABASE_URL names (its user may create databases), or our own."""
    given = os.environ.get("PARVANEH_TEST_DATABASE_URL")
    if given:
        yield make_url(driver_url(given))
    else:
        with throw_away_cluster() as url:
            yield url


@contextmanager
def database(server: URL, template: str | None = None) -> Iterator[URL]:
    """A new database on this server, a copy of `template` where given; dropped at the end."""
    name = f"parvaneh_test_{uuid.uuid4().hex[:12]}"
    maintenance = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        with maintenance.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}"))
        try:
            yield server.set(database=name)
        finally:
            with maintenance.connect() as connection:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    finally:
        maintenance.dispose()


def address(url: URL) -> str:
    """The database's address as a setting carries it."""
    return url.render_as_string(hide_password=False)
