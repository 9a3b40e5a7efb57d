"""A reviewer draws or uploads a proposal, judges it, looks at the evidence, files and closes."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.window import PASSWORD, OpenScreen, Screen, Served, whole_plot


def _plain(parcel: Any) -> bool:
    """Four corners, nothing lost to the street, law for it, and large enough to draw on."""
    return (
        len(parcel["corners"]) == 4
        and parcel["widening"]["loss_m2"] == 0
        and parcel["area_m2"] > 150
        and any(item["measure"] == "coverage" and item["verdict"] is None for item in parcel["law"]["items"])
    )


def _whole_plot(screen: Screen, parcel: Any) -> None:
    """Draw the whole plot as the footprint: a click near each corner takes the corner."""
    screen.page.get_by_role("button", name="کشیدن محیط ساختمان").click()
    for corner in parcel["corners"]:
        x, y = screen.pixel(corner["lon"], corner["lat"])
        screen.page.mouse.click(x + 3, y - 2)
    screen.page.get_by_role("button", name="پایان شکل").click()


def test_a_drawn_footprint_is_judged_and_its_evidence_drawn(screen: Screen, served: Served) -> None:
    """The whole plot covered breaks the coverage; the row shows figures and clause, the map the evidence."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    expect(screen.page.locator(".storeys tbody tr")).to_have_count(1)
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    report = screen.page.locator(".report")
    expect(report).to_contain_text("مغایر ضابطه")
    rows = screen.page.locator("tr.finding")
    first = rows.first
    expect(first).to_contain_text("سطح اشغال")
    expect(first).to_contain_text("۱۰۰٪")
    first.get_by_role("button").click()
    expect(screen.page.locator(".evidence-label")).to_contain_text(re.compile("۱۰۰٪، حداکثر [۰-۹٫]+٪"))
    assert screen.page.locator("path[class*='evidence-'], path.witness").count() > 0


def test_a_finger_takes_a_corner_from_further_away(screen_of: OpenScreen, served: Served) -> None:
    """On a phone a tap twenty pixels beside a corner takes the corner: the drawn shape is the plot itself."""
    parcel = served.first(_plain)
    screen = screen_of(phone=True)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="کشیدن محیط ساختمان").tap()
    for corner in parcel["corners"]:
        x, y = screen.pixel(corner["lon"], corner["lat"])
        screen.page.touchscreen.tap(x + 16, y - 12)
    screen.page.get_by_role("button", name="پایان شکل").tap()
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="گرفتن GeoJSON طرح").tap()
    drawn = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    ring = drawn["features"][0]["geometry"]["coordinates"][0]
    for (lon, lat), corner in zip(ring, parcel["corners"], strict=False):
        assert abs(lon - corner["lon"]) < 1e-8
        assert abs(lat - corner["lat"]) < 1e-8


def test_a_phone_keeps_the_drawing_buttons_in_view(screen_of: OpenScreen, served: Served) -> None:
    """While one draws on a phone, instruction and buttons stand alone below the map."""
    parcel = served.first(_plain)
    screen = screen_of(phone=True)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="کشیدن محیط ساختمان").tap()
    for name in ("پایان شکل", "برگرداندن گوشهٔ آخر", "رها کردن"):
        expect(screen.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(screen.page.get_by_text("گوشهٔ نخست را بزنید")).to_be_in_viewport(ratio=1)
    expect(screen.page.get_by_role("heading", name="طرح پیشنهادی")).to_be_hidden()
    screen.page.get_by_role("button", name="رها کردن").tap()
    expect(screen.page.get_by_role("heading", name="طرح پیشنهادی")).to_be_visible()


def test_a_deleted_storey_can_be_put_back(screen: Screen, served: Served) -> None:
    """Deleting the only storey is told with its name and undone by one press; where the street takes nothing,
    nothing is asked of a strip."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    rows = screen.page.locator(".storeys tbody tr")
    expect(rows).to_have_count(1)
    expect(screen.page.get_by_label("ضابطهٔ روز")).to_be_visible()
    expect(screen.page.get_by_role("checkbox", name="نوار تعریض")).to_have_count(0)
    screen.page.get_by_role("button", name="حذف طبقه").click()
    expect(rows).to_have_count(0)
    note = screen.page.get_by_role("status").filter(has_text="همکف (تراز ۰) حذف شد")
    note.get_by_role("button", name="برگرداندن طبقه").click()
    expect(rows).to_have_count(1)
    expect(note).to_have_count(0)


def test_rows_are_walked_by_j_and_k(screen: Screen, served: Served) -> None:
    """j chooses the next finding and k the one before, each with its own evidence."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    expect(screen.page.locator(".report")).to_be_visible()
    screen.page.get_by_role("button", name=re.compile("مورد دیگر")).click()
    rows = screen.page.locator("tr.finding:visible")
    for key, chosen in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        screen.page.keyboard.press(key)
        expect(rows.nth(chosen)).to_have_attribute("aria-selected", "true")
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator("tr.finding[aria-selected='true']")).to_have_count(0)


def test_distances_to_edges_make_a_footprint(screen: Screen, served: Served) -> None:
    """A shape made with three metres from every edge has the area that the edges leave."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="ساختن از فاصلهٔ ضلع‌ها").click()
    fields = screen.page.locator("form.note input")
    assert fields.count() == len(parcel["edges"])
    for n in range(fields.count()):
        fields.nth(n).fill("۳")
    screen.page.get_by_role("button", name="ساختن شکل").click()
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="گرفتن GeoJSON طرح").click()
    drawn = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert len(drawn["features"][0]["geometry"]["coordinates"][0]) == 5
    screen.page.locator("summary", has_text="جزئیات نقشه").click()
    screen.page.get_by_role("button", name="پیش‌آمدگی‌ها: این طرح ندارد").click()
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    screen.page.get_by_role("button", name=re.compile("مورد دیگر")).click()
    side = screen.page.locator("tr.finding", has_text=re.compile("مرز|بر گذر|حیاط")).filter(has_text="۳ متر")
    expect(side.first).to_be_visible()
    expect(side.first.locator(".margin")).to_contain_text("متر")


def test_what_becomes_of_the_standing_building_is_asked(screen: Screen, served: Served) -> None:
    """Where a building stands the form asks whether it goes or stays; not said, the report leaves it open and
    draws its footprint; said, the answer is sent, and kept with the draft."""
    parcel = served.first(lambda p: _plain(p) and p["buildings"])
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    question = screen.page.get_by_role("group", name="ساختمانی که روی این زمین هست چه می‌شود؟")
    expect(question.get_by_label("هنوز نمی‌گویم")).to_be_checked()
    judge = screen.page.get_by_role("button", name="سنجش با ضابطه")
    judge.click()
    row = screen.page.locator("tr.finding", has_text="ساختمان موجود")
    expect(row).to_contain_text("نامشخص")
    row.get_by_role("button").click()
    expect(screen.page.locator("path.evidence-footprint")).to_have_count(len(parcel["buildings"]))
    question.get_by_label("تخریب می‌شود").check()
    with screen.page.expect_request("**/api/assessments") as asked:
        judge.click()
    assert json.loads(asked.value.post_data or "")["proposal"]["proposal"]["existing"] == "demolish"
    expect(row.filter(has_text="نامشخص")).to_have_count(0)
    screen.page.reload()
    screen.settled()
    expect(question.get_by_label("تخریب می‌شود")).to_be_checked()


def test_a_bad_file_is_shown_with_its_line(screen: Screen, served: Served, tmp_path: Path) -> None:
    """Broken JSON, a missing member and the service's own refusal each name the line of the person's file."""
    parcel = served.first(_plain)
    ring = [[c["lon"], c["lat"]] for c in [*parcel["corners"], parcel["corners"][0]]]
    storey = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
    good = {
        "type": "FeatureCollection",
        "srid": 4326,
        "features": [
            {"type": "Feature", "properties": storey, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }
    text = json.dumps(good, indent=1)
    flat = text.splitlines()
    cases = {
        "broken.geojson": (text.replace('"srid": 4326,', '"srid": 4326', 1), None, "JSON درستی نیست"),
        "no_level.geojson": (text.replace('"level": 0,', "", 1), '"properties"', "گفته نشده است"),
        "bad_use.geojson": (text.replace("residential", "castle"), '"use"', "باید یکی از این‌ها باشد"),
        "high.geojson": (text.replace("3.2", "-3.2"), '"floor_height_m"', "ارتفاع طبقه"),
    }
    for name, (body, marked, said) in cases.items():
        path = tmp_path / name
        path.write_text(body, encoding="utf-8")
        screen.open(f"/parcel/{parcel['key']}/proposal")
        screen.page.get_by_role("button", name="دادن فایل GeoJSON").click()
        screen.page.locator("input[type=file]").set_input_files(path)
        alert = screen.page.get_by_role("alert")
        expect(alert).to_contain_text("این فایل پذیرفته نشد")
        expect(alert).to_contain_text(said)
        shown = alert.locator(".here").inner_text()
        if marked is None:
            assert shown.startswith("4"), "the parser stops on the line after the missing comma"
        else:
            assert marked in shown
        assert len(flat) > 10
    screen.complaints[:] = [said for said in screen.complaints if "422" not in said]


def test_a_day_before_the_law_is_no_fault_of_the_file(screen: Screen, served: Served, tmp_path: Path) -> None:
    """Judged for a day before the first law, an uploaded proposal is not blamed: the screen says in its own
    language from which day there is law."""
    parcel = served.first(_plain)
    path = tmp_path / "proposal.geojson"
    path.write_text(json.dumps(whole_plot(parcel)), encoding="utf-8")
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="دادن فایل GeoJSON").click()
    screen.page.locator("input[type=file]").set_input_files(path)
    expect(screen.page.locator(".report")).to_be_visible()
    screen.page.get_by_label("ضابطهٔ روز").fill("۱۴۰۲/۱۰/۱۱")
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    alert = screen.page.get_by_role("alert")
    expect(alert).to_contain_text("برای آن روز ضابطه‌ای ثبت نشده است")
    expect(alert).to_contain_text("از ۱ فروردین ۱۴۰۳ ثبت شده است و ۱۱ دی ۱۴۰۲ پیش از آن است")
    expect(alert).not_to_contain_text("این فایل پذیرفته نشد")
    screen.complaints[:] = [said for said in screen.complaints if "422" not in said]


def test_a_good_file_is_judged_at_once(screen: Screen, served: Served, tmp_path: Path) -> None:
    """An uploaded proposal in the city's own frame is drawn and judged without a further click."""
    parcel = served.first(_plain)
    ring = [[c["e"], c["n_m"]] for c in [*parcel["corners"], parcel["corners"][0]]]
    storey = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
    document = {
        "type": "FeatureCollection",
        "srid": parcel["frame"]["srid"],
        "proposal": {"strip_ceded": True, "parking_spaces": 2},
        "features": [
            {"type": "Feature", "properties": storey, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }
    path = tmp_path / "proposal.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    screen.open(f"/parcel/{parcel['key']}/proposal")
    screen.page.get_by_role("button", name="دادن فایل GeoJSON").click()
    screen.page.locator("input[type=file]").set_input_files(path)
    expect(screen.page.locator(".report")).to_contain_text("مغایر ضابطه")
    expect(screen.page.get_by_role("checkbox", name="نوار تعریض")).to_be_checked()


def test_a_request_is_filed_followed_and_closed(screen: Screen, served: Served) -> None:
    """The citizen's way to a tracking code, and the reviewer's to a closed case, in one window."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    screen.page.locator(".report + div").get_by_role("button", name="ورود").click()
    screen.page.get_by_label("نام کاربری").fill("citizen")
    screen.page.get_by_label("گذرواژه").fill("not this one")
    submit = screen.page.locator("dialog").get_by_role("button", name="ورود", exact=True)
    submit.click()
    expect(screen.page.locator("dialog")).to_contain_text("نام کاربری یا گذرواژه درست نیست")
    screen.complaints[:] = [said for said in screen.complaints if "401" not in said]
    screen.page.get_by_label("گذرواژه").fill("a moth, a lamp, a summer")
    submit.click()
    screen.page.get_by_role("button", name="ثبت درخواست پروانه").click()
    screen.page.get_by_role("button", name="ثبت شود").click()
    code = screen.page.locator(".note.good .code").first.inner_text().strip()
    assert re.fullmatch(r"[\d-]{16,}", code)

    screen.log_in("reviewer")
    screen.open("/requests")
    row = screen.page.locator(".hit", has_text=code)
    expect(row).to_contain_text("مغایر ضابطه")
    row.click()
    expect(screen.page.locator(".report")).to_contain_text("سطح اشغال")
    close = screen.page.get_by_role("button", name="بستن پرونده")
    expect(close).to_be_disabled()
    screen.page.get_by_label("دلیل (در پرونده می‌ماند)").fill("به متقاضی گفته شد که طرح را کوچک‌تر کند.")
    close.click()
    expect(screen.page.locator(".events")).to_contain_text("به متقاضی گفته شد")
    expect(screen.page.locator(".facts").first).to_contain_text("بسته شده")


def test_filing_asks_once_and_files_once(screen: Screen, served: Served) -> None:
    """Before anything is sent the screen says what, for which property and how it was judged; Escape and Back
    leave the question without a request, and an impatient double click files one."""
    parcel = served.first(_plain)
    screen.log_in("citizen")
    screen.open(f"/parcel/{parcel['key']}")
    screen.page.get_by_role("link", name="طرح و داوری").click()
    screen.settled()
    _whole_plot(screen, parcel)
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    ask = screen.page.get_by_role("button", name="ثبت درخواست پروانه")
    question = screen.page.get_by_role("dialog", name="این درخواست ثبت شود؟")
    filed: list[str] = []
    screen.page.on("request", lambda r: filed.append(r.url) if r.method == "POST" else None)
    ask.dblclick()
    expect(question).to_contain_text(parcel["key"])
    expect(question).to_contain_text("مغایر ضابطه")
    expect(question).to_contain_text("کد رهگیری")
    screen.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(ask).to_be_focused()
    ask.click()
    screen.page.go_back()
    expect(question).to_have_count(0)
    expect(screen.page).to_have_url(re.compile(f"/parcel/{parcel['key']}/proposal"))
    assert filed == []
    ask.click()
    question.get_by_role("button", name="ثبت شود").evaluate("b => { b.click(); b.click() }")
    expect(screen.page.locator(".note.good p.code")).to_be_visible()
    assert [url for url in filed if url.endswith("/api/requests")] == filed
    assert len(filed) == 1


def test_a_refused_file_takes_no_earlier_proposal_away(
    screen: Screen, served: Served, tmp_path: Path
) -> None:
    """What was drawn before is there again, on the screen and after a reload, when a file is refused."""
    parcel = served.first(_plain)
    screen.open(f"/parcel/{parcel['key']}/proposal")
    _whole_plot(screen, parcel)
    use = screen.page.locator(".storeys tbody select").nth(1)
    use.select_option("office")
    refused = whole_plot(parcel, storeys=3)
    refused["features"][0]["properties"]["floor_height_m"] = -3.2
    path = tmp_path / "refused.geojson"
    path.write_text(json.dumps(refused), encoding="utf-8")
    screen.page.get_by_role("button", name="دادن فایل GeoJSON").click()
    screen.page.locator("input[type=file]").set_input_files(path)
    expect(screen.page.get_by_role("alert")).to_contain_text("این فایل پذیرفته نشد")
    expect(screen.page.get_by_text("طرح پیشین شما سر جای خود است.")).to_be_visible()
    for _ in range(2):
        expect(screen.page.locator(".storeys tbody tr")).to_have_count(1)
        expect(use).to_have_value("office")
        screen.page.reload()
        screen.settled()
    screen.complaints[:] = [said for said in screen.complaints if "422" not in said]


def test_the_case_shows_the_filed_storeys(screen: Screen, served: Served) -> None:
    """A case lists the storeys that were filed, in the city's own frame too, and draws them on the map."""
    parcel = served.first(_plain)
    code = served.file(parcel, whole_plot(parcel, storeys=2))
    screen.log_in("reviewer")
    screen.open(f"/requests/{code}")
    section = screen.page.get_by_role("region", name="طرح ثبت‌شده")
    expect(section.locator("tbody tr")).to_have_count(2)
    expect(section).to_contain_text("جای پارک: گفته نشده")
    expect(screen.page.locator("path.draft-shape")).to_have_count(2)
    section.get_by_role("button").first.click()
    expect(section.locator("tr.chosen")).to_have_count(1)


def test_n_and_p_lead_through_the_list(screen: Screen, served: Served) -> None:
    """From a case of the list, n opens the next one and p the one before, without the list between; the
    keys are named beside the links."""
    parcel = served.first(_plain)
    first, second = (served.file(parcel, whole_plot(parcel)) for _ in range(2))
    screen.log_in("reviewer")
    screen.open("/requests")
    screen.page.locator(".hit", has_text=second).click()
    for key, code in (("n", first), ("p", second)):
        expect(screen.page.locator("#panel .report")).to_be_visible()
        screen.page.keyboard.press(key)
        expect(screen.page.get_by_role("heading", level=1)).to_contain_text(code)
    expect(screen.page.locator("kbd", has_text="n")).to_be_visible()
    expect(screen.page.locator(".report .for-keys")).to_be_visible()


def test_a_phone_is_told_of_no_keys(screen_of: OpenScreen, served: Served) -> None:
    """The case page names no keys where there are none."""
    parcel = served.first(_plain)
    for _ in range(2):
        served.file(parcel, whole_plot(parcel))
    screen = screen_of(phone=True)
    screen.log_in("reviewer")
    screen.open("/requests")
    screen.page.locator(".hit").nth(1).click()
    expect(screen.page.get_by_role("link", name="پروندهٔ قبل")).to_be_visible()
    hints = screen.page.locator(".for-keys")
    assert hints.count() > 1
    for hint in hints.all():
        expect(hint).to_be_hidden()


@pytest.mark.parametrize("role", [None, "reviewer"])
def test_a_case_mark_tells_its_state_and_its_verdict_to_the_staff_alone(
    screen: Screen, served: Served, role: str | None
) -> None:
    """Everybody reads from mark and legend at which step a case is; the verdict is told to the staff only."""
    code = served.filed()
    with httpx.Client(base_url=served.address) as staff:
        staff.post("/api/session", json={"username": "reviewer", "password": PASSWORD})
        case = staff.get(f"/api/requests/{code}").json()
    if role:
        screen.log_in(role)
    lon, lat = case["location"]
    screen.open(f"/?at={lat},{lon},21&layers=cases")
    screen.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
    legend = screen.page.locator(".layer-box")
    for state in ("ثبت شده", "ضوابط کنترل شده", "بسته شده"):
        expect(legend.locator(".legend")).to_contain_text(state)
    expect(legend).not_to_contain_text("مغایر ضابطه")
    expect(legend.locator("li", has_text="ضوابط کنترل شده")).to_contain_text("پرونده در این نما")
    legend.get_by_role("button", name="بستن").click()
    screen.page.mouse.move(*screen.pixel(lon, lat))
    tip = screen.page.locator(".tip")
    expect(tip).to_contain_text("ضوابط کنترل شده")
    if role:
        expect(tip).to_contain_text(code)
        expect(tip.locator(".verdict")).to_have_count(1)
    else:
        expect(tip.locator(".verdict")).to_have_count(0)


def test_requests_that_touch_are_told_with_their_number(screen: Screen, served: Served) -> None:
    """Far away several requests on one plot are one mark, which a click brings nearer; near, each is opened
    by itself; the legend counts what is in view."""
    others = {served.first(_plain)["key"], *served.filed_on}
    parcel = served.first(lambda p: _plain(p) and p["key"] not in others)
    codes = {served.file(parcel, whole_plot(parcel)) for _ in range(2)}
    screen.log_in("reviewer")
    lon, lat = screen.page.request.get(f"{served.address}/api/requests/{next(iter(codes))}").json()[
        "location"
    ]

    def look(zoom: int) -> tuple[float, float]:
        screen.open(f"/?at={lat},{lon},{zoom}&layers=cases")
        screen.page.get_by_role("button", name="لایه‌ها و راهنمای نقشه").click()
        expect(screen.page.locator(".layer-box")).to_contain_text("پرونده در این نما")
        return screen.pixel(lon, lat)

    screen.page.mouse.click(*look(15))
    expect(screen.page.locator("#map")).not_to_have_attribute("data-at", re.compile(",15$"))
    assert "/parcel/" not in screen.page.url
    opened = set()
    for aside in (-11, 11):
        x, y = look(21)
        screen.page.mouse.click(x + aside, y)
        screen.page.wait_for_url(re.compile("/requests/"))
        opened.add(screen.page.url.split("/requests/")[1].split("?")[0])
    assert opened == codes
