"""The surveyor's view: corners, lengths and azimuths in the city's frame, copied and downloaded."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.window import OpenScreen, Served

EVIDENCE = {
    "right_of_way": "از حریم مصوب گذر",
    "axis_width": "از محور و عرض گذر",
    "gap": "از فاصلهٔ میان ملک‌ها",
    "neighbour": "از ملک همسایه",
    "none": "بدون مدرک",
}


def test_the_corner_table_is_copied_as_the_service_gives_it(screen_of: OpenScreen, served: Served) -> None:
    """The copied text has a line for each corner, with easting and northing as exact as the law compares."""
    parcel = served.first(lambda p: len(p["corners"]) >= 4)
    screen = screen_of(permissions=["clipboard-read", "clipboard-write"])
    screen.open(f"/parcel/{parcel['key']}/survey")
    screen.page.get_by_role("button", name="رونوشت جدول").click()
    expect(screen.page.get_by_text("رونوشت برداشته شد")).to_be_visible()
    lines = screen.page.evaluate("navigator.clipboard.readText()").strip().split("\n")
    assert lines[0].split("\t") == ["n", "E", "N", "edge_m", "azimuth_deg"]
    for line, corner in zip(lines[1:], parcel["corners"], strict=True):
        number, easting, northing, _, azimuth = line.split("\t")
        assert int(number) == corner["n"]
        assert abs(float(easting) - corner["e"]) <= 0.000006
        assert abs(float(northing) - corner["n_m"]) <= 0.000006
        assert 0 <= float(azimuth) < 360


def test_the_table_is_a_file_too(screen_of: OpenScreen, served: Served) -> None:
    """The CSV names the parcel and holds the same corners."""
    parcel = served.first(lambda p: len(p["corners"]) >= 4)
    screen = screen_of()
    screen.open(f"/parcel/{parcel['key']}/survey")
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="گرفتن CSV").click()
    assert download.value.suggested_filename == f"{parcel['key']}-corners.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert len(text.strip().split("\n")) == len(parcel["corners"]) + 1


def test_the_cursor_tells_its_place_in_the_city_frame(screen_of: OpenScreen, served: Served) -> None:
    """Over a corner the readout is the corner's easting and northing, to within a pixel of the map."""
    parcel = served.first(lambda p: len(p["corners"]) == 4)
    screen = screen_of()
    screen.open(f"/parcel/{parcel['key']}/survey")
    corner = parcel["corners"][0]
    screen.page.mouse.move(*screen.pixel(corner["lon"], corner["lat"]))
    shown = screen.page.locator(".cursor bdi").inner_text().replace("E", "").split("N")
    assert abs(float(shown[0]) - corner["e"]) < 0.5
    assert abs(float(shown[1]) - corner["n_m"]) < 0.5


@pytest.mark.parametrize("phone", [False, True])
def test_each_table_says_which_line_it_measures(
    screen_of: OpenScreen, served: Served, *, phone: bool
) -> None:
    """Where widening takes land, the corners are told as the boundary on record and the edges as the line
    after widening, with the area that remains; on the map each table's numbers stand at their own line."""
    parcel = served.first(lambda p: (p["widening"]["loss_m2"] or 0) > 1)
    screen = screen_of(phone=phone)
    screen.open(f"/parcel/{parcel['key']}/survey")
    corners = screen.page.get_by_role("region", name="گوشه‌ها: مرز ثبتی زمین").first
    expect(corners.locator("table.corners .corner-mark")).to_have_count(len(parcel["corners"]))
    edges = screen.page.get_by_role("region", name="ضلع‌ها: مرز پس از تعریض گذر")
    expect(edges.locator("caption")).to_contain_text("زمینی که پس از تعریض می‌ماند")
    expect(edges.locator(".edge-mark")).to_have_count(len(parcel["edges"]))
    expect(edges.locator(".evidence")).to_contain_text([EVIDENCE[e["evidence"]] for e in parcel["edges"]])
    chart = screen.page.locator(".map-canvas")
    expect(chart.locator(".corner-mark")).to_have_count(len(parcel["corners"]))
    expect(chart.locator("path.survey-edge")).to_have_count(len(parcel["edges"]))
    screen.page.get_by_role("link", name="ملک", exact=True).click()
    expect(chart.locator(".corner-mark, .edge-mark, path.survey-edge")).to_have_count(0)
