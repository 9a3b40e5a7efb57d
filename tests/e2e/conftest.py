"""A service of its own with the sample city, and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy import URL

from api.cadastre.importing import run_import
from api.core.database import engine
from api.core.settings import Settings
from api.people.accounts import open_account
from data.sample_city.writing import write
from tests import cluster
from tests.e2e.window import PASSWORD, ROOT, OpenScreen, Screen, Served

ROLES = ("citizen", "surveyor", "reviewer")
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def _chromium() -> str | None:
    named = os.environ.get("PARVANEH_CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def service(database: str, **settings: str) -> Iterator[str]:
    """Address of a service on a database, in a process of its own, stopped at the end.

    `settings`: further variables of its environment.
    """
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.main:create_app", "--port", str(port)]
    environment = {**os.environ, **settings, "DATABASE_URL": database}
    process = subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            assert process.poll() is None, "the service ended before it served"
            try:
                httpx.get(f"{address}/api/health", timeout=5).raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            raise AssertionError("the service did not answer within 30 s")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; without one these tests are skipped by this name.

    With PARVANEH_REQUIRE_BROWSER=1, as in continuous integration, they fail instead.
    """
    found = _chromium()
    absent = pytest.fail if os.environ.get("PARVANEH_REQUIRE_BROWSER") == "1" else pytest.skip
    if found is None:
        absent("no Chromium on this machine (set PARVANEH_CHROMIUM to its program)")
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        absent("the screens are not built (npm ci && npm run build in web/)")
    return found


@pytest.fixture(scope="session")
def served(
    chromium: str, database_server: URL, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The service on a sample city of 400 parcels."""
    with cluster.database(database_server, database_template) as url:
        settings = Settings.of(cluster.address(url))
        run_import(write(tmp_path_factory.mktemp("city"), parcels=400).profile, settings)
        owner = engine(settings, "owner")
        with owner.begin() as connection:
            for role in ROLES:
                open_account(connection, role, f"{role} of the sample", PASSWORD, (role,))
        owner.dispose()
        with service(cluster.address(url)) as address:
            yield Served(address, cluster.address(url))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for the run."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def screen_of(served: Served, browser: Browser) -> Iterator[OpenScreen]:
    """Opens windows; at the end of the test none of them may have had anything to complain about."""
    contexts: list[tuple[BrowserContext, Screen]] = []

    def make(*, phone: bool = False, language: str = "fa", **options: Any) -> Screen:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            has_touch=phone,
            is_mobile=phone,
            reduced_motion="reduce",
            **options,
        )
        key = "parvaneh.language"
        context.add_init_script(
            f"localStorage.getItem('{key}') ?? localStorage.setItem('{key}', '{language}')"
        )
        screen = Screen(context.new_page(), served)
        screen.page.on("pageerror", lambda fault: screen.complaints.append(f"exception: {fault}"))
        screen.page.on(
            "console",
            lambda said: (
                screen.complaints.append(f"{said.type}: {said.text}")
                if said.type in {"error", "warning"}
                else None
            ),
        )
        contexts.append((context, screen))
        return screen

    yield make
    complaints = [text for _, screen in contexts for text in screen.complaints]
    for context, _ in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def screen(screen_of: OpenScreen) -> Screen:
    """A window on a desk, in Persian."""
    return screen_of()
