"""A city whose profile names no rule-book: its map is served, its law is told to be absent, no more."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import URL

from api.cadastre.importing import run_import
from api.core.settings import Settings
from data.sample_city.writing import write
from tests import cluster
from tests.e2e.conftest import service
from tests.e2e.window import OpenScreen, Served, whole_plot


@pytest.fixture(scope="module")
def lawless(
    chromium: str, database_server: URL, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A small town without rule-book, zones and overlays."""
    profile = write(tmp_path_factory.mktemp("lawless"), parcels=50).profile
    head, *layers = profile.read_text("utf-8").replace('rulebook = "sample_city"\n', "").split("[[layer]]\n")
    kept = [layer for layer in layers if not layer.startswith(('name = "zones"', 'name = "overlays"'))]
    assert len(layers) - len(kept) == 2
    profile.write_text("[[layer]]\n".join([head, *kept]), "utf-8")
    with cluster.database(database_server, database_template) as url:
        run_import(profile, Settings.of(cluster.address(url)))
        with service(cluster.address(url)) as address:
            yield Served(address, cluster.address(url))


@pytest.mark.parametrize(
    ("language", "no_law", "unknown"),
    [
        ("fa", "ضوابط این شهر هنوز بارگذاری نشده است؛ پس نامشخص است", "معلوم نیست حریم"),
        ("en", "No law is loaded for this city, so what may be built here is undecided.", "It is not known"),
    ],
)
def test_a_city_without_law_says_so_and_promises_nothing(
    screen_of: OpenScreen, lawless: Served, language: str, no_law: str, unknown: str
) -> None:
    """The plot's card tells plainly that no law is loaded; there is no headline, no sentence, no proposal;
    what was never surveyed is not told as free."""
    screen = replace(screen_of(phone=language == "fa", language=language), served=lawless)
    key = lawless.get("/api/parcels", q="خیابان", limit=1)["items"][0]["key"]
    screen.open(f"/parcel/{key}")
    panel = screen.page.locator("#panel")
    expect(panel.locator(".may .note")).to_contain_text(no_law)
    expect(panel.locator(".headline, .sentences li, .button.strong")).to_have_count(0)
    expect(panel.locator("section[aria-labelledby=limits]")).to_contain_text(unknown)
    for region in panel.locator("section").all():
        assert len(region.inner_text().splitlines()) > 1, "a head with nothing under it"
    screen.open(f"/parcel/{key}/proposal")
    expect(panel.locator("canvas, form, .button.strong")).to_have_count(0)


def test_a_city_without_law_judges_no_proposal(lawless: Served) -> None:
    """A proposal is refused by name, never passed."""
    key = lawless.get("/api/parcels", q="خیابان", limit=1)["items"][0]["key"]
    asked = {"parcel": key, "on": "2026-11-21", "proposal": whole_plot(lawless.parcel(key))}
    answer = httpx.post(f"{lawless.address}/api/assessments", json=asked, timeout=30)
    assert answer.status_code == 409
    assert answer.json()["code"] == "book_unnamed"
