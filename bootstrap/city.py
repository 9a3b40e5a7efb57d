"""The database before the service starts: examined, brought to this version, with a city and its log-ins."""

import json
import secrets
import subprocess
from pathlib import Path
from typing import Any

from bootstrap.cluster import write_private
from bootstrap.folders import PARVANEH, PROJECT, PYTHON, data_folder
from bootstrap.machine import explain
from bootstrap.terminal import StepFailed, Stop, say, show_tail, step
from bootstrap.usage import DEFAULT_PARCELS

SAMPLE_ROLES = ("citizen", "surveyor", "reviewer", "planner", "administrator")


def make_ready(env: dict[str, str], parcels: int | None, logins: Path) -> str:
    """Bring the database to this version and load the sample city where it has none; returns the log-ins."""
    state = _readiness(env)
    if not state["service_role"]:
        env["PARVANEH_SERVICE_ROLE"] = ""
    if not state["migrated"]:
        _step(env, "migrations", [PARVANEH, "migrate"])
    if state["city"] is None:
        count = parcels or DEFAULT_PARCELS
        _step(env, f"sample city of {count:,} parcels", [PARVANEH, "sample", "--parcels", str(count)])
    elif parcels is not None:
        say(f"  --parcels counts on the first start only: the city {state['city']['key']} is already there")
    if state["city"] and not state["city"]["sample"]:
        return ""  # a real city has real people
    return _sample_logins(env, logins, known=set(state["usernames"]))


def _sample_logins(env: dict[str, str], path: Path, known: set[str]) -> str:
    """The sample log-ins of this installation as lines to print; random, made at the first start."""
    if not path.exists():
        write_private(path, "".join(f"{role} {secrets.token_urlsafe(9)}\n" for role in SAMPLE_ROLES))
        known = set()
    if not known.issuperset(SAMPLE_ROLES):
        _step(env, "sample log-ins", [PYTHON, "-m", "api.sample_logins", str(path)])
    pairs = [line.split() for line in path.read_text().splitlines()]
    return "\n".join(f"  {role:<14} {password}" for role, password in pairs)


def _readiness(env: dict[str, str]) -> dict[str, Any]:
    """What the database is and has; raises `Stop` with its one problem."""
    command = [PYTHON, "-m", "api.readiness"]
    asked = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        show_tail(asked.stderr)
        raise Stop("the database could not be examined, see above")
    state: dict[str, Any] = json.loads(asked.stdout)
    if state["problem"]:
        raise Stop(f"the database: {state['problem']}")
    return state


def _step(env: dict[str, str], name: str, command: list[str]) -> None:
    try:
        step(name, command, cwd=PROJECT, env=env)
    except StepFailed as failure:
        raise explain(failure, [PROJECT, data_folder()]) from failure
