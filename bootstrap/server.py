"""Processes of a PostgreSQL server: their account, how its programs are called, and whether one serves."""

import os
import pwd
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bootstrap.machine import free_megabytes, is_root
from bootstrap.terminal import Stop

Tick = Callable[[str], None]


class ProgramFailed(Stop):
    """One of the server's programs failed; the message is what it said, in one line."""

    def __init__(self, program: str, said: str, home: Path) -> None:
        full = "No space left on device" in said or free_megabytes(home) < 20
        super().__init__(disk_full(home) if full else f"{program} failed: {' '.join(said.split())[-400:]}")


def disk_full(home: Path) -> str:
    """The message for a disk on which the database has no room."""
    return f"the disk of {home} is full ({free_megabytes(home)} MB free): the database needs room"


def call(command: list[str | Path], folder: Path, tick: Tick, *, given: str = "", password: str = "") -> None:
    """Run one of the server's programs in the cluster's folder as the server's account.

    `given` is what it reads from its standard input: secrets never stand in its arguments.
    Raises `ProgramFailed`.
    """
    account = server_account()
    identity: dict[str, Any] = {}
    if account:
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder), "PGPASSWORD": password}
    process = subprocess.Popen(
        command, cwd=folder, env=env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **identity,
    )  # fmt: skip
    pending: str | None = given
    try:
        while True:
            try:
                said = process.communicate(pending, timeout=0.12)[0]
                break
            except subprocess.TimeoutExpired:
                pending = None
                tick(Path(command[0]).name)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.returncode != 0:
        raise ProgramFailed(Path(command[0]).name, said, folder.parent)


def server_process(folder: Path) -> int | None:
    """Number of the process that serves this cluster folder, None where none does.

    A number in the pid file counts only where that process works in this very folder, as a server does.
    """
    lines = pid_file(folder)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    if not Path("/proc/self").exists():
        return pid if _is_alive(pid) else None
    try:
        return pid if Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve() else None
    except OSError:
        return None


def pid_file(folder: Path) -> list[str]:
    """Lines of the server's pid file (process, folder, start, port, …, state), empty where there is none."""
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def server_account() -> pwd.struct_passwd | None:
    """The account that runs the server: ourselves (None), or for root `postgres`, else `parvaneh`."""
    if not is_root():
        return None
    for name in ("postgres", "parvaneh"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    command = [
        "useradd",
        "--system",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        "parvaneh",
    ]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise Stop("the database may not run as root: make an account (useradd --system parvaneh)") from error
    return pwd.getpwnam("parvaneh")


def give_to_server(path: Path) -> None:
    """Make the server's account the owner of this file or folder."""
    account = server_account()
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def require_reachable(folder: Path) -> None:
    """Raises `Stop` where the server's account may not pass through a parent of its folder."""
    closed = [p for p in folder.parents if not p.stat().st_mode & 0o001]
    if server_account() and closed:
        raise Stop(
            f"the database's account cannot enter {closed[-1]}: set PARVANEH_DATA to a folder elsewhere"
        )
