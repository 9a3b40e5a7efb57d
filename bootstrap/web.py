"""The built web: made from `web/` by npm and vite, and made again only when one of its sources changed."""

import hashlib
from pathlib import Path

from bootstrap.folders import LOGS, PROJECT
from bootstrap.machine import explain
from bootstrap.terminal import StepFailed, step
from bootstrap.tools import node_environment

WEB = PROJECT / "web"
WORDS = PROJECT / "data" / "words"
_NOT_SOURCES = {"node_modules", "dist", ".vite", "__pycache__"}


def fingerprint(*folders: Path) -> str:
    """Digest of the names and contents of all sources below these folders (64 hexadecimal digits).

    A folder that is missing counts as empty; `node_modules` and `dist` are no sources.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not _NOT_SOURCES.intersection(inside.parts):
                body = path.read_bytes()
                digest.update(f"{folder.name}/{inside.as_posix()}\0{len(body)}\0".encode())
                digest.update(body)
    return digest.hexdigest()


def is_up_to_date(web: Path = WEB, words: Path = WORDS) -> bool:
    """Whether `dist` was built from exactly these sources."""
    stamp = web / "dist" / ".built-from"
    return (
        (web / "dist" / "index.html").exists()
        and stamp.exists()
        and stamp.read_text() == fingerprint(web, words)
    )  # fmt: skip


def ensure_built() -> None:
    """Build the web unless it is up to date; needs Node and npm only then."""
    if is_up_to_date():
        return
    env = prepare_packages()
    try:
        sources = fingerprint(WEB, WORDS)
        vite: list[str | Path] = [WEB / "node_modules" / ".bin" / "vite", "build"]
        step("web: build", vite, cwd=WEB, env=env, log=LOGS / "web-build.log")
    except StepFailed as failure:
        raise explain(failure, [PROJECT]) from failure
    (WEB / "dist" / ".built-from").write_text(sources)


def prepare_packages() -> dict[str, str]:
    """Install the locked packages of the web where they changed; returns the environment for npm."""
    env = node_environment()
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = WEB / "node_modules" / ".installed-from"
    if stamp.exists() and stamp.read_text() == lock:
        return env
    npm = ["npm", "ci", "--no-audit", "--no-fund", "--fetch-retries=2", "--fetch-retry-mintimeout=1000"]
    try:
        step("web: packages", npm, cwd=WEB, env=env, log=LOGS / "web-packages.log")
    except StepFailed as failure:
        raise explain(failure, [PROJECT, Path.home()]) from failure
    stamp.write_text(lock)
    return env
