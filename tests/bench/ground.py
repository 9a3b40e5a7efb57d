"""What the benchmarks stand on: a throw-away cluster, the sample city in it, and the service before it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import URL

from api.cadastre.importing import on_terminal, run_import
from api.core.database import migrate
from api.core.settings import Settings
from tests import cluster


@dataclass(frozen=True)
class Ground:
    """A server, the address of the sample city's database in it (empty where none was asked for), and the
    folder of the city's files."""

    server: URL
    database: str
    files: Path


@contextmanager
def database(ground_server: URL) -> Iterator[str]:
    """Address of a migrated database without a city."""
    with cluster.database(ground_server) as url:
        migrate(cluster.address(url))
        yield cluster.address(url)


@contextmanager
def ground(parcels: int, seed: int, files: Path, imported: str | None, *, city: bool) -> Iterator[Ground]:
    """The sample city of this size, its files kept in `files` (made there where they are missing).

    `imported` is the address of a database that holds the city already; it is imported only if `city`.
    """
    from data.sample_city import write  # the generator takes seconds to load

    profile = files / "sample_city.toml"
    if not profile.exists():
        print(f"making the files of {parcels:,} parcels in {files}", file=sys.stderr, flush=True)
        write(files, parcels, seed)
    with cluster.server_for_tests() as server:
        if imported or not city:
            yield Ground(server, imported or "", files)
            return
        with database(server) as address, on_terminal() as tell:
            run_import(profile, Settings.of(address), progress=tell)
            yield Ground(server, address, files)


@contextmanager
def service(address: str) -> Iterator[httpx.Client]:
    """The service as it is run, on a free port of this machine, and a client that keeps its connection."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            _wait(client, server)
            yield client
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(client: httpx.Client, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the service ended before it answered")
        try:
            if client.get("/api/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the service did not answer within a minute")
