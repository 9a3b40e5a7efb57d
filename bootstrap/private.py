"""The private database while somebody uses it: started for the first user, stopped after the last one."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bootstrap import cluster, postgres
from bootstrap.folders import data_folder
from bootstrap.machine import require_space
from bootstrap.server import server_process
from bootstrap.terminal import Stop

ROOM_FOR_NEW = 500
ROOM_TO_START = 100
REVIVALS = 5
"""Attempts to start a server again that died, for what killed it may kill it once more."""


@contextmanager
def database(*, create: bool) -> Iterator[str]:
    """Address of the private database, served as long as this block lasts.

    `./run` and each `parvaneh` command in a terminal hold a shared lock on `cluster.lock` while they use the
    server; who leaves and can have the lock alone was the last, and stops it. The system frees the lock of a
    process that is killed; its server runs on until the next user takes it over and leaves.
    Without `create` progress goes aside, and `Stop` is raised where `./run` has not made a cluster yet.
    """
    home = data_folder()
    made_by = cluster.version_of(home)
    if made_by is None and not create:
        raise Stop("there is no database yet: start ./run once, or set DATABASE_URL")
    require_room(home, made_by)
    private = cluster.Cluster(home, postgres.ensure(made_by), aside=not create)
    with _lock_file(home / "cluster.lock") as users, _lock_file(home / "cluster.turn") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            if cluster.version_of(home) is None:
                private.create()
            private.start()
            fcntl.flock(turn, fcntl.LOCK_UN)
            yield private.url
        finally:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if _alone(users):
                private.stop()


def revive() -> None:
    """Start the server again where it ended by itself, as one does that is killed for want of memory.

    For who holds `database`. Raises `Stop` where its address is another now: its users know the old one.
    """
    home = data_folder()
    if server_process(home / "cluster") is not None:
        return
    private = cluster.Cluster(home, postgres.ensure(cluster.version_of(home)))
    known = private.url
    for left in reversed(range(REVIVALS)):
        try:
            private.start()
            break
        except Stop:
            if not left:
                raise
            time.sleep(1)
    if private.url != known:
        raise Stop("the private database came back on another port: start ./run again")


def require_room(home: Path, made_by: int | None) -> None:
    """Raises `Stop` where the disk of the data folder has no room for a new cluster or for this one."""
    require_space(home, ROOM_FOR_NEW if made_by is None else ROOM_TO_START, "the database")


def _alone(users: int) -> bool:
    """Whether nobody else uses the server."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lock_file(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
