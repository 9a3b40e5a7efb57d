"""What both commands need first: programs of the system, dependencies, the built web."""

import os
import sys

from bootstrap import cluster, machine, postgres, private, tools, web
from bootstrap.folders import PROJECT, TOOLS, data_folder, require_writable_project
from bootstrap.machine import require_space

ROOM_FOR_PROJECT = 1500
"""Megabytes that dependencies, Node and web packages take with their caches at a first start."""

ROOM_TO_BUILD = 100


def prepare(*, dev: bool, own_database: bool) -> None:
    """Make everything ready but the database; the cheap questions first, so that a refusal comes at once."""
    require_writable_project()
    complete = (PROJECT / ".venv" / "bin" / "parvaneh").exists() and web.is_up_to_date()
    require_space(PROJECT, ROOM_TO_BUILD if complete else ROOM_FOR_PROJECT, "the project")
    made_by = None
    if own_database and not dev:
        home = data_folder()
        made_by = cluster.version_of(home)
        private.require_room(home, made_by)
    _install_missing(postgres.lacking(made_by) if own_database else ())
    tools.sync(dev=dev)
    web.ensure_built()


def _install_missing(server: tuple[str, ...]) -> None:
    """Install the packages of the system that are missing, all at once, or tell all of them in one line."""
    packages, purposes = list(server), [postgres.PURPOSE] if server else []
    if not tools.can_make_environments() and not (TOOLS / "bin" / "python").exists():
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
        purposes.append("Python's venv")
    if packages:
        with postgres.without_main_cluster():
            machine.install(packages, " and ".join(purposes), postgres.OTHERWISE if server else "")


def without_database(env: dict[str, str]) -> dict[str, str]:
    """This environment without the address of anybody's database: tests make their own."""
    return {name: value for name, value in env.items() if name != "DATABASE_URL"}


def path_with(folder: str, env: dict[str, str]) -> dict[str, str]:
    """This environment with a folder at the front of PATH."""
    return {**env, "PATH": f"{folder}{os.pathsep}{env.get('PATH', os.defpath)}"}
