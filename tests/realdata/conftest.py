"""The real scenes beside the project: named by PARVANEH_GEODATA, or in `../shared/geodata`; skipped by
name."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

from api.cadastre.importing import ImportReport, run_import
from api.core.database import engine
from api.core.settings import Settings
from tests import cluster

PROJECT = Path(__file__).resolve().parents[2]
Scene = tuple[ImportReport, Engine, Path]


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The folder of the real scenes."""
    folder = Path(os.environ.get("PARVANEH_GEODATA") or PROJECT.parent / "shared" / "geodata").resolve()
    if not folder.is_dir():
        pytest.skip(f"the real scenes are not here: {folder} (set PARVANEH_GEODATA)")
    return folder


@pytest.fixture(scope="session")
def scene(
    geodata: Path, database_server: URL, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Scene]]:
    """Import a scene once in a run: its report, the owner's engine on its database, the profile."""
    imported: dict[str, Scene] = {}
    with ExitStack() as stack:

        def of(name: str) -> Scene:
            if name not in imported:
                folder = tmp_path_factory.mktemp(name)
                for file in geodata.iterdir():
                    if file.is_file():
                        (folder / file.name).symlink_to(file)
                profile = Path(
                    shutil.copy(PROJECT / "tests" / "realdata" / "profiles" / f"{name}.toml", folder)
                )
                url = stack.enter_context(cluster.database(database_server, database_template))
                settings = Settings.of(cluster.address(url))
                report = run_import(profile, settings, report_path=folder / "report.json")
                owner = engine(settings, "owner")
                stack.callback(owner.dispose)
                imported[name] = (report, owner, profile)
            return imported[name]

        yield of
