"""What is drawn beside storeys: said, drawn, judged, refused and carried by files."""

import json
import math
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import service
from tests.e2e.window import OpenScreen, Screen, Served, whole_plot

_PROVISION = """
[[provision]]
id = "test.{measure}"
title = {{fa = "{fa}", en = "{en}"}}
measure = "{measure}"
relation = "{relation}"
unit = "m"
zones = ["R121", "R122", "R131"]
  [[provision.value]]
  from = 2024-03-20
  cite = "SAMPLE-1403-1#99"
  limit = {limit}
"""
_LAW = (
    ("projection_depth", "at_most", 1.2, "آزمون بیرون‌زدگی", "Test of projections"),
    ("projection_clearance", "at_least", 3.5, "آزمون ارتفاع آزاد", "Test of clearances"),
    ("window_distance", "at_least", 2, "آزمون پنجره", "Test of windows"),
)


@pytest.fixture(scope="module")
def ruled(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same city under its own book and three provisions more, whatever that book asks of such things."""
    books = tmp_path_factory.mktemp("books")
    shutil.copytree(str(files("data") / "rulebooks" / "sample_city"), books / "sample_city")
    with (books / "sample_city" / "plan.toml").open("a", encoding="utf-8") as plan:
        for measure, relation, limit, fa, en in _LAW:
            plan.write(_PROVISION.format(measure=measure, relation=relation, limit=limit, fa=fa, en=en))
    with service(served.database, PARVANEH_RULEBOOKS=str(books)) as address:
        yield Served(address, served.database)


@pytest.fixture
def opened(screen_of: OpenScreen, ruled: Served) -> Screen:
    """A window on a desk, in Persian, under that law."""
    return replace(screen_of(), served=ruled)


def _on_a_street(parcel: Any) -> bool:
    """Four corners, one of its edges on a street that takes nothing of it, under the law of dwellings."""
    return (
        len(parcel["corners"]) == 4
        and parcel["widening"]["loss_m2"] == 0
        and parcel["area_m2"] > 150
        and [edge["kind"] for edge in parcel["edges"]].count("street") == 1
        and parcel["zones"][0]["code"].startswith("R1")
    )


def _over_the_street(parcel: Any, metres: float) -> list[tuple[float, float]]:
    """Corners of a balcony along the middle of the street edge, so far out, in longitude and latitude."""
    (edge,) = (edge for edge in parcel["edges"] if edge["kind"] == "street")
    (x1, y1), (x2, y2) = edge["geometry"]["coordinates"][0], edge["geometry"]["coordinates"][-1]
    north = 111_320.0
    east = north * math.cos(math.radians(y1))
    dx, dy = (x2 - x1) * east, (y2 - y1) * north
    length = math.hypot(dx, dy)
    out = (dy / length, -dx / length)
    lon, lat = (sum(c[key] for c in parcel["corners"]) / 4 for key in ("lon", "lat"))
    if ((lon - x1) * east) * out[0] + ((lat - y1) * north) * out[1] > 0:
        out = (-out[0], -out[1])

    def place(along: float, far: float) -> tuple[float, float]:
        return x1 + (x2 - x1) * along + out[0] * far / east, y1 + (y2 - y1) * along + out[1] * far / north

    return [place(0.3, 0), place(0.7, 0), place(0.7, metres), place(0.3, metres)]


def _open_with_a_storey(screen: Screen, parcel: Any, file: Path, document: Any = None) -> None:
    """The proposal page of a parcel with a document uploaded and judged."""
    file.write_text(json.dumps(document or whole_plot(parcel)), encoding="utf-8")
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="دادن فایل GeoJSON").click()
    screen.page.locator("input[type=file]").set_input_files(file)
    expect(screen.page.locator(".report")).to_be_visible()


def _details(screen: Screen) -> None:
    screen.page.locator("summary", has_text="جزئیات نقشه").click()


def _judge(screen: Screen) -> dict[str, Any]:
    """Judge what is on the screen; the document that was sent."""
    with screen.page.expect_request("**/api/assessments") as asked:
        screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    expect(screen.page.get_by_text("طرح پس از این سنجش تغییر کرده است")).to_have_count(0)
    sent: dict[str, Any] = json.loads(asked.value.post_data or "")["proposal"]
    return sent


def test_a_balcony_too_far_over_the_street_shows_the_part_that_breaks_the_law(
    opened: Screen, tmp_path: Path
) -> None:
    """Drawn on the map by four corners, a balcony of 1.6 m over a street that allows 1.2 m violates; its row
    names it, and the part beyond the limit is on the map."""
    parcel = opened.served.first(_on_a_street)
    _open_with_a_storey(opened, parcel, tmp_path / "box.geojson")
    page = opened.page
    _details(opened)
    page.get_by_role("button", name="کشیدن پیش‌آمدگی روی نقشه").click()
    opened.settled()
    for place in _over_the_street(parcel, 1.6):
        page.mouse.click(*opened.pixel(*place))
    page.get_by_role("button", name="پایان شکل").click()
    expect(page.locator("path.draft-element")).to_have_count(1)
    sent = _judge(opened)
    assert [f["properties"].get("element") for f in sent["features"]] == [None, "projection"]
    row = page.locator("tr.finding", has_text="آزمون بیرون‌زدگی")
    expect(row).to_contain_text("پیش‌آمدگی ۱")
    expect(row).to_contain_text("مغایر ضابطه")
    row.get_by_role("button").click()
    expect(page.locator("path.evidence-excess")).to_have_count(1)
    expect(page.locator(".evidence-label")).to_contain_text("حداکثر ۱٫۲ متر")


def test_what_is_not_said_is_undecided_and_what_is_denied_does_not_apply(
    opened: Screen, tmp_path: Path
) -> None:
    """Nothing said of projections, their rules are one row that waits for it and leads to where it is said;
    «there are none» said, they do not apply; taken back, they wait again."""
    parcel = opened.served.first(_on_a_street)
    _open_with_a_storey(opened, parcel, tmp_path / "box.geojson")
    page = opened.page
    waiting = page.locator("tr.finding.group", has_text="گفته نشده: پیش‌آمدگی‌ها")
    expect(waiting).to_contain_text("نامشخص")
    waiting.get_by_role("button").click()
    page.get_by_role("button", name="گفتن در جزئیات نقشه").first.click()
    none = page.get_by_role("button", name="پیش‌آمدگی‌ها: این طرح ندارد")
    expect(none).to_be_focused()
    none.click()
    expect(none).to_have_attribute("aria-pressed", "true")
    assert _judge(opened)["proposal"]["drawn"] == ["projections"]
    expect(waiting).to_have_count(0)
    page.get_by_role("button", name=re.compile("مورد دیگر")).click()
    row = page.locator("tr.finding", has_text="آزمون بیرون‌زدگی")
    expect(row).to_contain_text("مشمول نیست")
    none.click()
    assert _judge(opened)["proposal"]["drawn"] == []
    expect(waiting).to_be_visible()


def test_a_file_with_elements_comes_back_as_it_went(opened: Screen, tmp_path: Path) -> None:
    """Windows, a gate, facts that no field asks for and what is denied survive upload, reload and download;
    a row of five windows opens, the worst first."""
    parcel = opened.served.first(_on_a_street)
    ring = [[c["lon"], c["lat"]] for c in parcel["corners"]]
    (x1, y1), (x2, y2) = ring[0], ring[1]

    def along(n: float) -> list[list[float]]:
        return [[x1 + (x2 - x1) * (n + more) / 10, y1 + (y2 - y1) * (n + more) / 10] for more in (0.2, 0.8)]

    document = whole_plot(parcel)
    windows = [
        {"element": "window", "level": 0, "room": "main", "sill_m": 0.9, "unit": f"W{n}"} for n in range(5)
    ]
    features = [(properties, along(n)) for n, properties in enumerate(windows)]
    features.append(({"element": "gate"}, along(8)))
    document["srid"] = 4326
    document["proposal"] = {
        "strip_ceded": False,
        "parking_spaces": None,
        "existing": None,
        "drawn": ["light_wells"],
        "neighbour_consents": [1],
    }
    document["features"][0]["geometry"]["coordinates"] = [[*ring, ring[0]]]
    document["features"][0]["properties"] |= {"clear_height_m": 2.7, "unit_areas_m2": [90.5]}
    document["features"] += [
        {"type": "Feature", "properties": p, "geometry": {"type": "LineString", "coordinates": line}}
        for p, line in features
    ]
    _open_with_a_storey(opened, parcel, tmp_path / "plan.geojson", document)
    page = opened.page
    group = page.locator("tr.finding.group", has_text="آزمون پنجره")
    if not group.is_visible():
        page.get_by_role("button", name=re.compile("مورد دیگر")).click()
    expect(group).to_contain_text("۵ پنجره")
    group.get_by_role("button").click()
    expect(page.locator("tr.finding.within:visible")).to_have_count(5)
    page.reload()
    opened.settled()
    with page.expect_download() as download:
        page.get_by_role("button", name="گرفتن GeoJSON طرح").click()
    back = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert back["proposal"] == document["proposal"]
    assert [f["geometry"] for f in back["features"]] == [f["geometry"] for f in document["features"]]
    for given, found in zip(document["features"], back["features"], strict=True):
        assert given["properties"].items() <= found["properties"].items()
    _details(opened)
    section = page.get_by_role("region", name="پنجره‌ها")
    section.get_by_role("button", name=re.compile("^پنجرهٔ ۲")).click()
    section.get_by_role("button", name="حذف پنجرهٔ ۲").click()
    expect(page.locator("path.draft-element")).to_have_count(5)
    page.get_by_role("status").filter(has_text="پنجرهٔ ۲ حذف شد").get_by_role("button").click()
    expect(page.locator("path.draft-element")).to_have_count(6)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_refusal_names_the_thing_in_the_own_drawing(
    screen_of: OpenScreen, ruled: Served, tmp_path: Path, language: str
) -> None:
    """A sill of two kilometres is refused as that of the window it is of, which stands out on the map; the
    button leads to its field."""
    parcel = ruled.first(_on_a_street)
    key = f"parvaneh.draft.{parcel['key']}"
    ring = [[c["lon"], c["lat"]] for c in parcel["corners"]]
    storey = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
    window = {"element": "window", "level": 0, "room": "main", "polygons": []}
    draft = {
        "masses": [storey | {"id": "a", "countable_area_m2": None, "polygons": [[ring]]}],
        "elements": [
            window | {"id": "b", "sill_m": 0.9, "line": ring[:2]},
            window | {"id": "c", "sill_m": 2_000, "line": ring[1:3]},
        ],
        "parking_spaces": 1,
    }
    screen = replace(screen_of(language=language), served=ruled)
    screen.page.add_init_script(f"localStorage.setItem({key!r}, {json.dumps(json.dumps(draft))})")
    screen.open(f"/parcel/{parcel['key']}/proposal")
    judge, named, look = {
        "fa": ("سنجش با ضابطه", "در طرح شما: پنجرهٔ ۲، لبهٔ زیرین از کف (متر)", "دیدن آن در طرح"),
        "en": (
            "Judge by the rules",
            "In your drawing: window 2, Sill above the floor (m)",
            "See it in the drawing",
        ),
    }[language]
    screen.page.get_by_role("button", name=judge).click()
    alert = screen.page.get_by_role("alert")
    expect(alert).to_contain_text(named)
    expect(screen.page.locator("path.draft-element.is-refused")).to_have_count(1)
    alert.get_by_role("button", name=look).click()
    expect(screen.page.locator(".details li.active [data-field=sill_m]")).to_be_focused()
    screen.complaints[:] = [said for said in screen.complaints if "422" not in said]
