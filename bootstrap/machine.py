"""The machine underneath: disk, ports, packages of the system, display."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap.folders import LOGS
from bootstrap.terminal import StepFailed, Stop, last_line, say, step

_NO_NETWORK = re.compile(
    r"Temporary failure (in name resolution|resolving)|dns error|Could not resolve|ENOTFOUND|EAI_AGAIN"
    r"|Network is unreachable|ENETUNREACH|Name or service not known|Failed to establish a new connection"
    r"|ECONNREFUSED|Connection refused|Could not connect|client error \(Connect\)|tcp connect error"
)
_NO_SPACE = re.compile(r"No space left on device|ENOSPC|os error 28|Disk quota exceeded")


def is_root() -> bool:
    """Whether packages of the system may be installed."""
    return os.geteuid() == 0


def free_megabytes(folder: Path) -> int:
    """Space left for this user on the disk of `folder`, or of its nearest parent that exists."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free // 2**20


def require_space(folder: Path, megabytes: int, purpose: str) -> None:
    """Raises `Stop` where less than this is left on the disk of `folder`."""
    free = free_megabytes(folder)
    if free < megabytes:
        raise Stop(f"the disk of {folder} is nearly full: {free} MB free, {purpose} needs {megabytes} MB")


def explain(failure: StepFailed, folders: Sequence[Path]) -> Stop:
    """The failure of a step in one line: disk full, no network, our own command's word, or as it was.

    >>> explain(StepFailed("sample city", 1, "reading …\\nparvaneh: layer[4]: no such file"), [])
    Stop('sample city: layer[4]: no such file')

    >>> explain(StepFailed("web", 1, "npm ERR! code ENOTFOUND"), [])
    Stop('web: no network; the first start needs the registries (PyPI, npm, Debian)')
    """
    full = [folder for folder in folders if free_megabytes(folder) < 20]
    if full or _NO_SPACE.search(failure.output):
        where = full[0] if full else min(folders, key=free_megabytes, default=Path.cwd())
        return Stop(f"{_name(failure)}: the disk of {where} is full ({free_megabytes(where)} MB free)")
    if _NO_NETWORK.search(failure.output):
        return Stop(f"{_name(failure)}: no network; the first start needs the registries (PyPI, npm, Debian)")
    own = last_line(failure.output)
    return (
        Stop(f"{_name(failure)}: {own.removeprefix('parvaneh: ')}")
        if own.startswith("parvaneh: ")
        else failure
    )


def _name(failure: StepFailed) -> str:
    return str(failure).split(": the command failed", maxsplit=1)[0]


def port_is_free(port: int) -> bool:
    """Whether a server can listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def has_display() -> bool:
    """Whether a browser could be shown to the person who started this."""
    if sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command_line(packages: Sequence[str]) -> str:
    """What an administrator of a Debian types to install these packages.

    >>> command_line(["python3-venv"])
    'apt-get install --no-install-recommends python3-venv'
    """
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def install(packages: Sequence[str], purpose: str, otherwise: str = "") -> None:
    """Install packages of Debian, or raise `Stop` with the one line that says who must do what.

    Installs only as root on a system with apt. `otherwise` names another way out, where there is one.
    """
    if shutil.which("apt-get") is None:
        raise Stop(f"missing: {purpose}; there is no apt here, install it by the system's means{otherwise}")
    if not is_root():
        raise Stop(f"missing: {purpose}. Once, as root: {command_line(packages)}{otherwise}")
    options = ["-y", "-o", "DPkg::Lock::Timeout=120", "--no-install-recommends"]
    name, command = f"installing {purpose}", ["apt-get", *options, "install", *packages]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    heard = ""
    try:
        if _all_known(packages):
            try:
                step(name, command, env=env, log=LOGS / "apt.log", quiet_failure=True)
                return
            except StepFailed as first:
                if "dpkg --configure -a" in first.output:  # somebody stopped an installation half way
                    step("finishing an interrupted installation", ["dpkg", "--configure", "-a"], env=env)
                else:
                    say("  the package lists may be older than the mirror: asking for new ones")
        heard = step("package lists of Debian", ["apt-get", "update"], env=env)
        step(name, command, env=env, log=LOGS / "apt.log")
    except StepFailed as failure:  # apt-get update ends with 0 even where it reached nobody
        failure.output = heard + failure.output
        raise explain(failure, [Path("/var/lib"), Path("/usr")]) from failure


def _all_known(packages: Sequence[str]) -> bool:
    """Whether apt's lists know an installable version of each package."""
    command = ["apt-cache", "policy", *packages]
    known = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    offered = re.compile(r"^(\S+):\n.*\n  Candidate: \d", re.MULTILINE)
    return set(packages) <= set(offered.findall(known))
