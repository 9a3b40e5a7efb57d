"""The server's programs: where PostgreSQL with PostGIS is installed, and how it comes onto a Debian."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bootstrap.machine import command_line, is_root
from bootstrap.terminal import Stop

OLDEST = 14
PACKAGES = ("postgresql-15", "postgresql-15-postgis-3")
PURPOSE = "PostgreSQL with PostGIS"
OTHERWISE = "; or set DATABASE_URL to a server that has PostGIS"
EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")
_PROGRAMS = ("initdb", "pg_ctl", "pg_isready", "postgres", "psql")
_NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/parvaneh.conf")


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL that has PostGIS."""

    folder: Path
    major: int


def find(major: int | None = None, places: Iterable[Path] | None = None) -> Binaries | None:
    """The newest PostgreSQL with our extensions on this machine, or the one of this major version.

    Looks where Debian, Red Hat and Homebrew put it, on PATH, and where `pg_config` points.
    """
    found = [b for place in (places or _places()) if (b := _examine(place)) and b.major >= OLDEST]
    wanted = [b for b in found if major is None or b.major == major]
    return max(wanted, key=lambda b: b.major, default=None)


def ensure(major: int | None = None) -> Binaries:
    """The programs that are installed; `major` is the version that made the cluster that is already there.

    Raises `Stop` with one line that says what to install.
    """
    packages = lacking(major)
    if packages:
        raise Stop(f"missing: {PURPOSE}. Once, as root: {command_line(packages)}{OTHERWISE}")
    found = find(major)
    if found is None:
        raise Stop("PostgreSQL was here a moment ago and is not any more: somebody removes it now")
    return found


def lacking(major: int | None = None) -> tuple[str, ...]:
    """Packages of Debian to install before `ensure` finds what it needs; none where all is there.

    Raises `Stop` where only another version is installed than the one that made the cluster.
    """
    if find(major):
        return ()
    if major is None:
        return PACKAGES
    packages = tuple(name.replace("-15", f"-{major}") for name in PACKAGES)
    if find() is not None:
        raise Stop(
            f"the private database was made by PostgreSQL {major}, which is not installed. Once, as root: "
            f"{command_line(packages)} (or set PARVANEH_DATA to a new folder to begin anew)"
        )
    return packages


@contextmanager
def without_main_cluster() -> Iterator[None]:
    """While packages are installed: tell Debian not to make and start a cluster that nobody asked for."""
    if not is_root() or not Path("/etc/debian_version").exists():
        yield
        return
    _NO_MAIN_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    _NO_MAIN_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        _NO_MAIN_CLUSTER.unlink(missing_ok=True)


def _places() -> list[Path]:
    """Folders where the programs may lie."""
    patterns = (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "usr/local/pgsql/bin",
        "opt/homebrew/opt/postgres*/bin",
    )
    places = [path for pattern in patterns for path in Path("/").glob(pattern)]
    on_path = shutil.which("postgres")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    told = _ask("pg_config", "--bindir")
    if told:
        places.append(Path(told))
    return list(dict.fromkeys(places))


def _examine(place: Path) -> Binaries | None:
    """The PostgreSQL of this folder, None unless all programs and extensions are there."""
    if not all(os.access(place / name, os.X_OK) for name in _PROGRAMS):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", _ask(place / "postgres", "--version"))
    if not version:
        return None
    major = int(version[1])
    shares = [Path("/usr/share/postgresql") / str(major)] if place == _debian(major) else _shares(place)
    complete = any(all((s / "extension" / f"{name}.control").exists() for name in EXTENSIONS) for s in shares)
    return Binaries(place, major) if complete else None


def _debian(major: int) -> Path:
    return Path(f"/usr/lib/postgresql/{major}/bin")


def _shares(place: Path) -> list[Path]:
    """Folders that may hold the extensions of the programs in `place`."""
    told = _ask(place / "pg_config", "--sharedir")
    around = [place.parent / "share", place.parent / "share" / "postgresql"]
    return [Path(told), *around] if told else around


def _ask(*command: str | Path) -> str:
    """What a program answers, empty where it is missing or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
