"""The private cluster: a PostgreSQL of the project's own, on loopback, behind passwords, unprivileged."""

import json
import os
import re
import secrets
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bootstrap.machine import free_megabytes, port_is_free
from bootstrap.postgres import EXTENSIONS, Binaries
from bootstrap.server import (
    ProgramFailed,
    Tick,
    call,
    disk_full,
    give_to_server,
    pid_file,
    require_reachable,
    server_process,
)
from bootstrap.terminal import Progress, Stop, show_tail

PORTS = range(15432, 15532)
"""Below the ports that the system hands to outgoing connections, so that ours stays ours."""

PATIENCE = 600
"""Seconds for a server to become ready: after a crash it first replays what it had written."""

LEFTOVERS = 60
"""Seconds for the programs of a killed attempt to end, once the folder where they write is being removed."""

_OWNER = _DATABASE = "parvaneh"
_SUPERUSER = "postgres"


@dataclass(frozen=True)
class Cluster:
    """The cluster in the data folder `home`: `cluster/` is the server's, `database.json` its secrets."""

    home: Path
    programs: Binaries
    aside: bool = False
    """Whether progress goes aside (`Progress`)."""

    @property
    def folder(self) -> Path:
        """The server's own folder; it is there only when the cluster was made completely."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """What the server said since its last start."""
        return self.home / "server.log"

    @property
    def url(self) -> str:
        """Address of the database for its owner, who is no superuser."""
        known = self._known()
        return f"postgresql://{_OWNER}:{known['owner_password']}@127.0.0.1:{known['port']}/{_DATABASE}"

    def create(self) -> None:
        """Make the cluster with its owner, database and extensions: whole or not at all, even when killed."""
        progress = Progress("database: new private cluster", aside=self.aside)
        for left in self.home.glob("cluster.making-*"):
            self._clear_away(left, progress)
        # a new name each time: programs of an attempt that was killed may still write into its folder
        making = Path(tempfile.mkdtemp(prefix="cluster.making-", dir=self.home))
        require_reachable(making)
        give_to_server(making)
        try:
            self._fill(making, progress.tick)
            self._stop(making, progress.tick)
            making.rename(self.folder)
        except BaseException:
            progress.failed()
            self._stop(making, progress.tick)
            shutil.rmtree(making, ignore_errors=True)
            raise
        progress.done()

    def _clear_away(self, left: Path, progress: Progress) -> None:
        """Remove what an attempt that was killed left; its programs may outlive it and still write there."""
        given_up = progress.seconds + LEFTOVERS
        while left.exists():
            if progress.seconds > given_up:
                raise Stop(f"{left} cannot be removed: remove this half-made cluster, then start again")
            self._stop(left, progress.tick)
            shutil.rmtree(left, ignore_errors=True)
            progress.tick("removing a half-made cluster")
            time.sleep(0.05)

    def _fill(self, making: Path, tick: Tick) -> None:
        known = {"port": _free_port(), "superuser_password": _password(), "owner_password": _password()}
        self._remember(known)
        initdb: list[str | Path] = [self.programs.folder / "initdb", "-D", making, "-U", _SUPERUSER]
        initdb += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "-k"]
        password = self.home / "initdb.password"  # initdb reads it from a file alone, as the server's account
        write_private(password, f"{known['superuser_password']}\n")
        try:
            give_to_server(password)
            call([*initdb, f"--pwfile={password}"], making, tick)
        finally:
            password.unlink()
        with (making / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'parvaneh.conf'\n")
        self._start(making, tick)
        owner = f"CREATE ROLE {_OWNER} LOGIN CREATEROLE PASSWORD '{known['owner_password']}';"
        self._sql(making, "postgres", f"{owner} CREATE DATABASE {_DATABASE} OWNER {_OWNER};", tick)
        extensions = "".join(f"CREATE EXTENSION {name};" for name in EXTENSIONS)
        self._sql(making, _DATABASE, extensions, tick)

    def start(self) -> None:
        """Start the server, after a crash too; takes over one that already runs."""
        progress = Progress("database", aside=self.aside)
        while server_process(self.folder) is not None:
            if self._answers():
                progress.done("took over the server that already ran")
                return
            if progress.seconds > PATIENCE:
                raise Stop(f"the private database does not become ready; its log is {self.log}")
            progress.tick("waiting for the server that already runs")
            time.sleep(0.2)
        self._start(self.folder, progress.tick)
        progress.done()

    def stop(self) -> None:
        """Stop the server in order; nothing to do where it does not run."""
        self._stop(self.folder, lambda _detail: None)

    def _answers(self) -> bool:
        """Whether the server that runs accepts connections now; its port is learnt from it."""
        lines = pid_file(self.folder)
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        port = int(lines[3])
        asked: list[str | Path] = [
            self.programs.folder / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
        ]
        try:
            call(asked, self.folder, lambda _detail: None)
        except ProgramFailed:
            return False
        known = self._known()
        if known["port"] != port:
            self._remember({**known, "port": port})
        return True

    def _start(self, folder: Path, tick: Tick) -> None:
        """Start the server on its remembered port, or on another one where that is taken."""
        if server_process(folder) is None:
            # PostgreSQL clears the pid file of a process that is gone, but takes any living process of that
            # number for itself, whatever program it is.
            (folder / "postmaster.pid").unlink(missing_ok=True)
        command: list[str | Path] = [self.programs.folder / "pg_ctl", "start", "-w", "-t", str(PATIENCE)]
        for attempt in range(20):
            known = self._known()
            if not port_is_free(known["port"]):
                known = {**known, "port": _free_port()}
                self._remember(known)
            for path, text in ((folder / "parvaneh.conf", _configuration(known["port"])), (self.log, "")):
                path.write_text(text)
                path.chmod(0o600)
                give_to_server(path)
            try:
                call([*command, "-D", folder, "-l", self.log], folder, tick)
                return
            except ProgramFailed as failure:
                said = self.log.read_text(encoding="utf-8", errors="replace")
                passing = re.search(r"shared memory block|could not bind|Address already in use", said)
                if passing is None or attempt == 19:
                    raise self._cannot_start(said or str(failure)) from failure
                tick("the server before it is still ending")
                time.sleep(0.5)

    def _cannot_start(self, said: str) -> Stop:
        """Why the server does not start, in one line."""
        if "No space left on device" in said or free_megabytes(self.home) < 20:
            return Stop(disk_full(self.home))
        show_tail(said)
        return Stop(f"the private database does not start; its log is {self.log}")

    def _stop(self, folder: Path, tick: Tick) -> None:
        if server_process(folder) is not None:
            command: list[str | Path] = [self.programs.folder / "pg_ctl", "stop", "-w", "-m", "fast"]
            call([*command, "-t", str(PATIENCE), "-D", folder], folder, tick)

    def _sql(self, folder: Path, database: str, statements: str, tick: Tick) -> None:
        known = self._known()
        where: list[str | Path] = [
            "-h",
            "127.0.0.1",
            "-p",
            str(known["port"]),
            "-U",
            _SUPERUSER,
            "-d",
            database,
        ]
        psql: list[str | Path] = [self.programs.folder / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        call([*psql, *where], folder, tick, given=statements, password=known["superuser_password"])

    def _known(self) -> dict[str, Any]:
        path = self.home / "database.json"
        try:
            known: dict[str, Any] = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            way_on = "put the file back, or set PARVANEH_DATA to a new folder to begin anew"
            raise Stop(f"the passwords of the private database in {path} cannot be read: {way_on}") from error
        return known

    def _remember(self, known: dict[str, Any]) -> None:
        write_private(self.home / "database.json", json.dumps(known))


def version_of(home: Path) -> int | None:
    """Major version of PostgreSQL that made the cluster in this data folder, None where there is none."""
    try:
        return int((home / "cluster" / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise Stop(f"the data folder {home} belongs to another user: set PARVANEH_DATA to another") from error


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read, replacing the old one at once or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def _free_port() -> int:
    port = next((port for port in PORTS if port_is_free(port)), None)
    if port is None:
        raise Stop(f"no free port for the database between {PORTS.start} and {PORTS.stop - 1}")
    return port


def _password() -> str:
    return secrets.token_urlsafe(24)


def _configuration(port: int) -> str:
    """Settings for a machine of this size; written anew at every start."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "port": port,
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": "''",
        "shared_buffers": f"{max(64, min(memory // 8, 1024))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "maintenance_work_mem": f"{max(32, min(memory // 16, 512))}MB",
        "max_wal_size": "2GB",
        # No server follows this one: a first import needs no second copy of its rows in the log.
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "random_page_cost": 1.1,
        "jit": "off",  # compiling costs more than our short queries take
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
    }
    return "".join(f"{name} = {value}\n" for name, value in settings.items())
