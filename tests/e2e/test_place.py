"""The address holds what is on the screen: links can be sent, Back works, the language stays."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.window import PASSWORD, OpenScreen, Screen, Served


def test_a_sent_link_restores_parcel_view_and_layers(screen_of: OpenScreen, served: Served) -> None:
    """Another person's window shows the same parcel, the same place and the same layers."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    lon, lat = item["centroid"]
    sender = screen_of()
    sender.open(f"/parcel/{item['key']}?at={lat:.6f},{lon:.6f},17")
    sender.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
    sender.page.get_by_role("checkbox", name=re.compile("پهنه‌ها")).check()
    sender.page.wait_for_url(re.compile("layers=.*zones"))
    title = sender.page.locator("#parcel-title").inner_text()
    link = sender.page.url

    other = screen_of(phone=True)
    other.page.goto(link)
    other.settled()
    expect(other.page.locator("#parcel-title")).to_have_text(title)
    x, y = other.pixel(lon, lat)
    box = other.page.locator(".map-canvas").bounding_box()
    assert box
    assert abs(x - box["x"] - box["width"] / 2) < 2
    assert abs(y - box["y"] - box["height"] / 2) < 2
    assert other.page.url.replace("%2C", ",").split("at=")[1].split("&")[0].endswith(",17")
    other.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
    expect(other.page.get_by_role("checkbox", name=re.compile("پهنه‌ها"))).to_be_checked()


def test_back_leads_to_the_page_before(screen: Screen, served: Served) -> None:
    """Back from a parcel leads to the results, however the map was moved meanwhile."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    screen.open("/?q=خیابان")
    screen.page.locator(f".hit[href^='/parcel/{item['key']}']").click()
    expect(screen.page.locator("#parcel-title")).to_be_visible()
    screen.page.get_by_role("button", name="کوچک‌تر").click()
    screen.page.wait_for_url(re.compile(r"at=[^&]*(,|%2C)(?!19)\d+"))
    screen.page.go_back()
    expect(screen.page).to_have_url(re.compile("/\\?.*q="))
    expect(screen.page.locator(".hit").first).to_be_visible()


def test_the_language_switches_and_stays(screen: Screen) -> None:
    """English turns the page from left to right; after a reload it is still English; dates follow."""
    screen.open("/parcel/P-000001")
    html = screen.page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(screen.page.locator("#panel")).to_contain_text(re.compile("طبق ضابطه‌های روز .*[۰-۹]{4}"))
    screen.page.get_by_role("button", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    expect(html).to_have_attribute("dir", "ltr")
    screen.page.reload()
    screen.settled()
    expect(screen.page.get_by_role("heading", name="What may be built")).to_be_visible()
    expect(screen.page.locator("#panel")).to_contain_text(re.compile(r"in force on \d+ \w+ 20\d\d"))


@pytest.mark.parametrize("phone", [False, True])
def test_the_language_switch_is_seen_at_once(screen_of: OpenScreen, served: Served, *, phone: bool) -> None:
    """On desk and phone the other language is offered in its own words at first sight, without a menu."""
    screen = screen_of(phone=phone)
    screen.open("/")
    switch = screen.page.get_by_role("button", name="English")
    expect(switch).to_be_in_viewport()
    switch.click()
    expect(screen.page.get_by_role("button", name="فارسی")).to_be_in_viewport()


@pytest.mark.parametrize("phone", [False, True])
def test_the_city_is_wholly_in_view_and_a_linked_plot_is_near(
    screen_of: OpenScreen, served: Served, *, phone: bool
) -> None:
    """At first all of the city is seen; a plain link brings its plot near, and shows what lies over it."""
    screen = screen_of(phone=phone)
    screen.open("/")
    west, south, east, north = served.get("/api/city")["bounds"]
    seen = screen.page.locator(".map-canvas").bounding_box()
    sheet = screen.page.locator("#panel").bounding_box()
    assert seen
    assert sheet
    floor = sheet["y"] if phone else seen["y"] + seen["height"]
    for lon, lat in ((west, north), (east, south)):
        x, y = screen.pixel(lon, lat)
        assert seen["x"] <= x <= seen["x"] + seen["width"]
        assert seen["y"] <= y <= floor
    parcel = served.first(lambda p: p["overlays"] and p["area_m2"] < 300)
    screen.open(f"/parcel/{parcel['key']}")
    spots = [screen.pixel(corner["lon"], corner["lat"]) for corner in parcel["corners"]]
    assert max(x for x, _ in spots) - min(x for x, _ in spots) > 80
    expect(screen.page).to_have_url(re.compile("layers=[^&]*overlays"))


def test_a_layer_switched_off_stays_off(screen: Screen, served: Served) -> None:
    """What lies over a plot is shown unasked, until the person switches it off: no plot brings it back."""
    first = served.first(lambda p: p["overlays"])
    second = served.first(lambda p: p["overlays"] and p["key"] != first["key"])
    screen.open(f"/parcel/{first['key']}")
    screen.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
    switch = screen.page.get_by_role("checkbox", name=re.compile("حریم‌ها"))
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(screen.page).not_to_have_url(re.compile("layers"))
    for again in (screen.page.reload, lambda: screen.open(f"/parcel/{second['key']}")):
        again()
        screen.settled()
        expect(screen.page.locator("#parcel-title")).to_be_visible()
        screen.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
        expect(switch).not_to_be_checked()


def test_a_linked_plot_is_near_on_a_large_screen_too(screen: Screen, served: Served) -> None:
    """All of the sample city fits a large screen; a link still brings its plot near, with its streets."""
    screen.page.set_viewport_size({"width": 2560, "height": 1440})
    parcel = served.first(lambda p: p["area_m2"] < 300)
    screen.open("/")
    screen.open(f"/parcel/{parcel['key']}")
    spots = [screen.pixel(corner["lon"], corner["lat"]) for corner in parcel["corners"]]
    across = max(max(axis) - min(axis) for axis in zip(*spots, strict=True))
    assert 1440 / 8 <= across <= 1440 * 0.63


@pytest.mark.parametrize(("role", "path"), [("reviewer", "/requests"), ("citizen", "/")])
def test_logging_in_leads_staff_to_their_work(screen_of: OpenScreen, role: str, path: str) -> None:
    """On a phone the reviewer lands on the list of cases; a citizen stays at the map and the search."""
    screen = screen_of(phone=True)
    screen.open("/")
    screen.page.get_by_role("button", name="فهرست").tap()
    screen.page.get_by_role("button", name="ورود").tap()
    screen.page.get_by_label("نام کاربری").fill(role)
    screen.page.get_by_label("گذرواژه").fill(PASSWORD)
    screen.page.get_by_role("dialog").get_by_role("button", name="ورود").tap()
    expect(screen.page.get_by_role("dialog")).to_be_hidden()
    expect(screen.page).to_have_url(re.compile(f"{path}(\\?|$)"))
    expect(screen.page.locator("#panel h1")).to_be_in_viewport()


def test_on_a_desk_ones_requests_are_seen_without_the_menu(screen_of: OpenScreen) -> None:
    """Logged in, the citizen finds «my requests» above every page; a guest does not."""
    screen = screen_of()
    screen.open("/")
    link = screen.page.get_by_role("link", name="درخواست‌های من")
    expect(link).to_have_count(0)
    screen.log_in("citizen")
    screen.open("/")
    expect(link).to_be_in_viewport(ratio=1)
    expect(screen.page.locator(".city-name")).to_be_in_viewport(ratio=1)
    link.click()
    expect(screen.page).to_have_url(re.compile("/requests"))


def test_the_menu_closes_on_escape_and_on_a_tap_outside(screen_of: OpenScreen) -> None:
    """Escape closes the menu wherever the focus is, a tap outside too; the focus returns to its button."""
    screen = screen_of(phone=True)
    screen.open("/")
    opener = screen.page.get_by_role("button", name="فهرست")
    menu = screen.page.get_by_role("navigation", name="فهرست")
    for leave in (
        lambda: screen.page.keyboard.press("Escape"),
        lambda: screen.page.touchscreen.tap(200, 800),
    ):
        opener.tap()
        expect(menu).to_be_visible()
        leave()
        expect(menu).to_be_hidden()
        expect(opener).to_be_focused()
    opener.tap()
    screen.page.locator(".search-input").tap(position={"x": 250, "y": 20})
    expect(menu).to_be_hidden()
    expect(screen.page.get_by_label("جست‌وجوی ملک")).to_be_focused()


def test_the_panel_stands_where_the_line_begins(screen_of: OpenScreen) -> None:
    """The panel is on the right in Persian and on the left in English."""
    for language, right in (("fa", True), ("en", False)):
        screen = screen_of(language=language)
        screen.open("/")
        box = screen.page.locator("#panel").bounding_box()
        assert box
        assert (box["x"] > 400) is right
