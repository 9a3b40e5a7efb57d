"""A citizen finds a parcel and reads what may be built there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import create_engine, text

from api.core.settings import driver_url
from tests.e2e.window import OpenScreen, Screen, Served


@pytest.mark.parametrize("letters", ["یک", "يك"])
def test_search_takes_persian_and_arabic_letters(screen: Screen, served: Served, letters: str) -> None:
    """An address typed with ی and ک, or with ي and ك, finds the same parcel."""
    parcel = served.first(lambda p: p["address"] and "ی" in p["address"])
    typed = parcel["address"].translate(str.maketrans("یک", letters))
    screen.open("/")
    screen.page.get_by_label("جست‌وجوی ملک").fill(typed)
    hit = screen.page.locator(f".hit[href^='/parcel/{parcel['key']}']")
    expect(hit).to_be_visible()
    hit.click()
    expect(screen.page.locator("#parcel-title")).to_contain_text(re.compile(r"[۰-۹]|پلاک|خیابان"))
    expect(screen.page).to_have_url(re.compile(f"/parcel/{parcel['key']}"))


def test_search_by_renovation_code(screen: Screen, served: Served) -> None:
    """A renovation code in Persian digits finds its one parcel."""
    parcel = served.first(lambda p: p["renovation_code"] is not None)
    code = parcel["renovation_code"].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    screen.open("/")
    screen.page.get_by_label("جست‌وجوی ملک").fill(code)
    expect(screen.page.locator(f".hit[href^='/parcel/{parcel['key']}']")).to_be_visible()


def test_a_tracking_code_in_the_search_leads_to_the_case(screen: Screen, served: Served) -> None:
    """Sixteen digits, of either script, are a tracking code: the case is offered."""
    code = served.filed()
    persian = code.replace("-", " ").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    screen.log_in("citizen")
    screen.open("/")
    screen.page.get_by_label("جست‌وجوی ملک").fill(persian)
    screen.page.get_by_role("link", name="دیدن پروندهٔ").click()
    expect(screen.page.get_by_role("heading", level=1)).to_contain_text(code)


def test_a_question_sent_whole_opens_its_one_parcel(screen: Screen, served: Served) -> None:
    """A code of one parcel opens it on Enter, and Back leads to the list; typing alone only finds it."""
    parcel = served.first(lambda p: p["renovation_code"] is not None)
    code = parcel["renovation_code"].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    screen.open("/")
    field = screen.page.get_by_label("جست‌وجوی ملک")
    field.fill(code)
    hit = screen.page.locator(f".hit[href^='/parcel/{parcel['key']}']")
    expect(hit).to_be_visible()
    field.press("Enter")
    expect(screen.page).to_have_url(re.compile(f"/parcel/{parcel['key']}"))
    screen.page.go_back()
    expect(hit).to_be_visible()


def test_a_better_spelling_is_the_answer_and_no_distraction(screen: Screen, served: Served) -> None:
    """What a misspelt address was read as is told above what it found, in Persian digits, not offered."""
    parcel = served.first(lambda p: p["address"] and "پلاک 2" in p["address"])
    typed = parcel["address"].replace("خیابان", "خیابن").replace("،", "")
    found = served.get("/api/parcels", q=typed)
    assert found["items"]
    assert found["suggestions"]
    screen.open(f"/?q={typed}")
    expect(screen.page.locator(".hit").first).to_be_visible()
    said = found["suggestions"][0].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    expect(screen.page.get_by_text(f"نتیجه برای «{said}»")).to_be_visible()
    expect(screen.page.get_by_role("button", name=said, exact=True)).to_have_count(0)


def test_nothing_found_says_what_to_do(screen: Screen) -> None:
    """A search without a result says so, and how to go on."""
    screen.open("/?q=زمهریرستان")
    expect(screen.page.get_by_role("heading", name="ملکی با «زمهریرستان» پیدا نشد.")).to_be_visible()


def test_a_click_on_the_map_opens_the_parcel(screen: Screen, served: Served) -> None:
    """A click on a parcel opens its panel."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    lon, lat = item["centroid"]
    screen.open(f"/?at={lat},{lon},18")
    screen.page.mouse.click(*screen.pixel(lon, lat))
    expect(screen.page).to_have_url(re.compile(f"/parcel/{item['key']}"))
    expect(screen.page.get_by_role("heading", name="چه می‌توان ساخت")).to_be_visible()


def test_a_tapped_parcel_comes_clear_of_the_sheet(screen_of: OpenScreen, served: Served) -> None:
    """On a phone the panel rises over the lower half of the map; a parcel tapped there moves up into view, at
    the same zoom and the same side, and one tapped in the upper half stays where it is."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    parcel = served.parcel(item["key"])
    lon, lat = item["centroid"]
    screen = screen_of(phone=True)
    for aside, hidden in ((0.0009, True), (-0.0008, False)):
        screen.open(f"/?at={lat + aside:.6f},{lon:.6f},18")
        before = screen.pixel(lon, lat)
        screen.page.touchscreen.tap(*before)
        expect(screen.page.locator("#parcel-title")).to_be_visible()
        screen.settled()
        sheet = screen.page.locator("#panel").bounding_box()
        chart = screen.page.locator(".map-canvas").bounding_box()
        assert sheet
        assert chart
        for corner in parcel["corners"]:
            x, y = screen.pixel(corner["lon"], corner["lat"])
            assert chart["y"] < y < sheet["y"]
            assert 0 < x < chart["width"]
        after = screen.pixel(lon, lat)
        assert abs(after[0] - before[0]) < 2
        assert (after[1] < before[1] - 20) is hidden


def test_a_click_outside_the_town_offers_the_nearest(screen: Screen, served: Served) -> None:
    """Where nothing is recorded the map says so instead of staying silent."""
    west, south, _, _ = served.get("/api/city")["bounds"]
    screen.open(f"/?at={south - 0.002},{west - 0.002},17")
    screen.page.mouse.click(*screen.pixel(west - 0.002, south - 0.002))
    expect(screen.page.get_by_text("در این نقطه ملکی ثبت نشده است.")).to_be_visible()


def test_the_keyboard_alone_opens_a_parcel(screen: Screen, served: Served) -> None:
    """The skip link leads to the map, a cross marks its centre, and Enter opens the parcel there."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    lon, lat = item["centroid"]
    screen.open(f"/?at={lat},{lon},19")
    cross = screen.page.locator(".crosshair")
    expect(cross).to_be_hidden()
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.press("Tab")
    expect(screen.page.locator(".map-canvas")).to_be_focused()
    expect(cross).to_be_visible()
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_url(re.compile(f"/parcel/{item['key']}"))


def test_where_i_am(screen_of: OpenScreen, served: Served) -> None:
    """«اینجا که هستم» opens the parcel under the person's feet."""
    item = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]
    lon, lat = item["centroid"]
    place = {"longitude": lon, "latitude": lat, "accuracy": 4}
    screen = screen_of(geolocation=place, permissions=["geolocation"])
    screen.open("/")
    screen.page.get_by_role("button", name="اینجا که هستم").click()
    expect(screen.page).to_have_url(re.compile(f"/parcel/{item['key']}"))


def test_a_refused_position_is_said_honestly(screen_of: OpenScreen) -> None:
    """Without permission the screen says that the browser refused, and what else one can do."""
    screen = screen_of(permissions=[])
    screen.open("/")
    screen.page.get_by_role("button", name="اینجا که هستم").click()
    expect(screen.page.get_by_text("مرورگر اجازهٔ دیدن جای شما را نداد")).to_be_visible()


def test_the_panel_speaks_in_the_order_of_the_question(screen: Screen, served: Served) -> None:
    """What may be built, what limits it, what is unknown, what to ask for; each sentence with its clause."""
    parcel = served.first(lambda p: any(i["verdict"] is None and i["cite"] for i in p["law"]["items"]))
    screen.open(f"/parcel/{parcel['key']}")
    titles = screen.page.locator("#panel h2").all_inner_texts()
    wanted = [
        "چه می‌توان ساخت",
        "چه چیز محدود می‌کند",
        "چه چیز را نمی‌دانیم و چه کسی می‌داند",
        "چه می‌توانید درخواست کنید",
    ]
    assert [title for title in titles if title in wanted] == wanted
    said = next(i for i in parcel["law"]["items"] if i["verdict"] is None and i["cite"])
    expect(screen.page.locator(".sentences").first).to_contain_text(said["text"]["fa"])
    screen.page.locator(".clause summary").first.click()
    expect(screen.page.locator(".clause[open]")).to_contain_text(said["cite"]["ref"])


def test_the_widening_loss_is_told_in_square_metres(screen: Screen, served: Served) -> None:
    """A parcel that loses land to its street says how much goes and how much remains."""
    parcel = served.first(lambda p: (p["widening"]["loss_m2"] or 0) > 1 and len(p["zones"]) == 1)
    screen.open(f"/parcel/{parcel['key']}")
    expect(screen.page.locator("#panel")).to_contain_text("تعریض گذر:")
    land = screen.page.locator(".headline .of-land")
    coverage = next(i for i in parcel["law"]["items"] if i["measure"] == "coverage" and i["limit"])
    assert coverage["basis"]["base"] == "after"
    expect(land).to_contain_text("از زمینی است که پس از تعریض گذر می‌ماند")
    expect(land).to_contain_text("متر مربع")
    expect(screen.page.locator("path.evidence-strip")).to_have_count(1)


def test_the_sample_city_says_that_it_is_one(screen: Screen) -> None:
    """SAMPLE stands over every screen of the sample city."""
    for path in ("/", "/parcel/P-000001", "/parcel/P-000001/survey", "/requests"):
        screen.open(path)
        expect(screen.page.locator(".sample-banner")).to_contain_text("SAMPLE")


def test_an_unknown_parcel_is_refused_in_words(screen: Screen) -> None:
    """A key that is no parcel's says so, in the language of the screen."""
    screen.open("/parcel/NOBODY-1")
    expect(screen.page.get_by_role("alert")).to_contain_text("ملکی با این شناسه در این شهر نیست.")
    screen.complaints[:] = [text for text in screen.complaints if "404" not in text]


@contextmanager
def _subdivided(served: Served, key: str, into: tuple[str, str], day: date) -> Iterator[None]:
    """A parcel that ended on a day, as the import leaves it, for as long as the test needs it."""
    city = create_engine(driver_url(served.database))
    told = {"key": key, "day": day, "a": into[0], "b": into[1]}
    with city.begin() as connection:
        connection.execute(text("UPDATE cadastre.parcel SET valid_to = :day WHERE key = :key"), told)
        connection.execute(
            text(
                "INSERT INTO cadastre.lineage (layer, old_key, new_key, kind, day, import_id)"
                " SELECT 'parcels', :key, part, 'subdivision', :day, import_id"
                " FROM cadastre.parcel, unnest(ARRAY[:a, :b]) AS part WHERE key = :key"
            ),
            told,
        )
    try:
        yield
    finally:
        with city.begin() as connection:
            connection.execute(text("DELETE FROM cadastre.lineage WHERE old_key = :key"), told)
            connection.execute(text("UPDATE cadastre.parcel SET valid_to = NULL WHERE key = :key"), told)
        city.dispose()


def test_a_parcel_that_ended_shows_its_days_and_what_came_of_it(screen: Screen, served: Served) -> None:
    """Its page tells from when until when it was there and links to its parts; its last day can still be
    looked at, where nothing can be asked for any more."""
    with _subdivided(served, "P-000400", ("P-000001", "P-000002"), date(2026, 1, 21)):
        screen.open("/parcel/P-000400")
        panel = screen.page.locator("#panel")
        expect(panel).to_contain_text("از ۱ فروردین ۱۴۰۳ تا ۱ بهمن ۱۴۰۴ روی نقشه بود")
        expect(panel).to_contain_text("تفکیک")
        expect(panel.locator("a[href='/parcel/P-000002']")).to_be_visible()
        screen.page.get_by_role("link", name="دیدن این ملک چنان که در روز آخر بود").click()
        expect(screen.page.locator("#parcel-title")).to_be_visible()
        expect(screen.page.get_by_role("heading", name="چه می‌توانید درخواست کنید")).to_have_count(0)
        panel.locator("a[href='/parcel/P-000001']").click()
        expect(screen.page.locator("#parcel-title")).to_be_visible()
        expect(screen.page.get_by_role("heading", name="چه می‌توانید درخواست کنید")).to_be_visible()
    screen.complaints[:] = [said for said in screen.complaints if "404" not in said]


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ((2, True, False), "دو بر"),
        ((2, False, True), "دو سر بر گذر"),
        ((4, True, True), "چهار بر"),
        ((2, False, False), "آن بر گذری دیگر"),
    ],
)
def test_a_plot_says_how_many_streets_it_lies_on(
    screen: Screen, served: Served, lie: tuple[int, bool, bool], said: str
) -> None:
    """At a corner, from street to street, on four, or merely touched by a second: each in its own words."""

    def fits(parcel: Any) -> bool:
        keys = {edge["street"]["key"] for edge in parcel["edges"] if edge["street"] and edge["length_m"] >= 1}
        return (len(keys), parcel["corner_lot"], parcel["through_lot"]) == lie

    screen.open(f"/parcel/{served.first(fits)['key']}")
    kind = screen.page.locator("dl.facts dt", has_text="نوع پلاک").locator("+ dd")
    expect(kind).to_contain_text(re.compile(f"{said}$"))


def test_a_parcel_that_is_street_is_offered_no_proposal(screen: Screen, served: Served) -> None:
    """A street is no kind of plot, has no front, and nothing is judged on it; the page says so."""
    city = create_engine(driver_url(served.database))
    mark = text(
        "UPDATE cadastre.parcel SET attributes = attributes || '{\"@street_land\": true}'"
        " WHERE key = 'P-000399'"
    )
    clear = text("UPDATE cadastre.parcel SET attributes = attributes - '@street_land' WHERE key = 'P-000399'")
    with city.begin() as connection:
        assert connection.execute(mark).rowcount == 1
    try:
        screen.open("/parcel/P-000399")
        panel = screen.page.locator("#panel")
        expect(panel).to_contain_text("برای آن طرح ساختمان سنجیده نمی‌شود")
        for absent in ("نوع پلاک", "بر و عمق", "طبق ضابطه‌های روز", "شروع طرح", "طرح و داوری"):
            expect(panel).not_to_contain_text(absent)
        screen.open("/parcel/P-000399/proposal")
        expect(panel).to_contain_text("برای آن طرح ساختمان سنجیده نمی‌شود")
        expect(screen.page.get_by_role("button", name="کشیدن محیط ساختمان")).to_have_count(0)
    finally:
        with city.begin() as connection:
            connection.execute(clear)
        city.dispose()


def test_a_day_before_a_parcel_was_there_leads_to_today(screen: Screen) -> None:
    """Asked for on a day before its first, a parcel says from when it is on the map and links to today."""
    screen.open("/parcel/P-000001?on=2020-01-01")
    panel = screen.page.locator("#panel")
    expect(panel).to_contain_text("در ۱۱ دی ۱۳۹۸ هنوز روی نقشه نبود؛ از ۱ فروردین ۱۴۰۳ روی نقشه است")
    screen.page.get_by_role("link", name="دیدن این ملک چنان که امروز است").click()
    expect(screen.page.locator("#parcel-title")).to_be_visible()
    screen.complaints[:] = [said for said in screen.complaints if "404" not in said]


def test_a_plot_under_the_least_size_is_told_so_first(screen: Screen, served: Served) -> None:
    """Where the land is smaller than the plan asks, no number of storeys is promised above that.

    No plot of the small sample is too small, so the answer about its frontage is turned round.
    """
    parcel = served.first(lambda p: any(i["measure"] == "frontage" for i in p["law"]["items"]))

    def asks_more(route: Route) -> None:
        answer = route.fetch()
        document = answer.json()
        for item in document["law"]["items"]:
            if item["measure"] == "frontage":
                item["limit"] = item["value"] + 0.01
                item["verdict"] = "violates"
        route.fulfill(response=answer, json=document)

    said = screen.page.get_by_role("region", name="چه می‌توان ساخت")
    screen.open(f"/parcel/{parcel['key']}")
    expect(said.locator(".headline")).to_have_count(1)
    screen.page.route(f"**/api/parcels/{parcel['key']}*", asks_more)
    screen.open(f"/parcel/{parcel['key']}")
    expect(said.locator(".note.warn")).to_contain_text("مثلاً با تجمیع با زمین همسایه")
    expect(said.locator(".headline")).to_have_count(0)


def test_a_question_to_an_agency_stands_before_every_promise(screen: Screen, served: Served) -> None:
    """On land that an agency must be asked about, that is the first sentence, and the number of storeys hangs
    on it; on land without open questions the promise stands alone."""

    def asks(parcel: Any) -> bool:
        return any((i["missing"] or {}).get("kind") == "inquiry" for i in parcel["law"]["items"])

    def open_(parcel: Any) -> bool:
        return any(i["verdict"] == "undecided" for i in parcel["law"]["items"])

    asked = served.first(asks)
    screen.open(f"/parcel/{asked['key']}")
    said = screen.page.get_by_role("region", name="چه می‌توان ساخت")
    expect(said.locator("h2 + .conditions")).to_contain_text("پیش از هر چیز:")
    item = next(i for i in asked["law"]["items"] if (i["missing"] or {}).get("kind") == "inquiry")
    expect(said.locator(".conditions li").first).to_contain_text(item["missing"]["who"]["fa"])
    expect(said.locator(".headline")).to_contain_text("اگر آن پاسخ مانعی نگذارد")

    clear = served.first(lambda p: p["law"]["items"] and not open_(p))
    screen.open(f"/parcel/{clear['key']}")
    expect(said.locator(".headline")).to_be_visible()
    expect(said.locator(".conditions")).to_have_count(0)
    expect(said.locator(".headline")).not_to_contain_text("اگر")


def test_a_split_plot_names_all_its_zones_with_their_shares(screen: Screen, served: Served) -> None:
    """The facts of a plot in two zones name both, the larger one first, each with its share."""
    parcel = served.first(lambda p: len(p["zones"]) > 1)
    zones = sorted(parcel["zones"], key=lambda z: -z["share"])
    screen.open(f"/parcel/{parcel['key']}")
    row = screen.page.locator("#panel dl.facts").first.locator("dt:text-is('پهنه') + dd > div")
    expect(row).to_have_count(len(zones))
    for n, zone in enumerate(zones):
        expect(row.nth(n)).to_contain_text(zone["code"])
        expect(row.nth(n)).to_contain_text("٪")


def test_a_gap_in_a_layer_is_told_once(screen: Screen, served: Served) -> None:
    """Several rules that wait for one incomplete layer make one entry, with who can answer."""

    def gap(parcel: Any) -> bool:
        open_rules = [i for i in parcel["law"]["items"] if (i["missing"] or {}).get("kind") == "layer"]
        return len(open_rules) > 1

    west, south, east, north = served.get("/api/city")["bounds"]
    middle = (south + north) / 2
    rim = [(east, north), (east, middle), (west, south), (west, middle)]
    near = (
        served.parcel(item["key"])
        for lon, lat in rim
        for item in served.get("/api/parcels", near=f"{lon},{lat}", limit=30)["items"]
    )
    parcel = next(filter(gap, near))
    screen.open(f"/parcel/{parcel['key']}")
    unknown = screen.page.get_by_role("region", name="چه چیز را نمی‌دانیم و چه کسی می‌داند")
    expect(unknown.get_by_text("کامل نیست")).to_have_count(1)
    expect(unknown).to_contain_text("مرجع پاسخ:")


def test_one_question_for_several_rules_is_told_once(screen: Screen, served: Served) -> None:
    """Where one missing fact keeps several rules open, it is told once, with the rules that wait for it."""

    def waiting(parcel: Any) -> list[Any]:
        rules = [i for i in parcel["law"]["items"] if (i["missing"] or {}).get("name") == "edge"]
        return rules if len(rules) > 1 else []

    parcel = served.first(waiting, q="خیابان کسایی پلاک 9")
    rules = waiting(parcel)
    shared = rules[0]["text"]["fa"].removeprefix(f"{rules[0]['title']['fa']}: ")
    assert all(rule["text"]["fa"].endswith(shared) for rule in rules)
    screen.open(f"/parcel/{parcel['key']}")
    unknown = screen.page.get_by_role("region", name="چه چیز را نمی‌دانیم و چه کسی می‌داند")
    expect(unknown.get_by_text(shared)).to_have_count(1)
    for rule in rules:
        expect(unknown).to_contain_text(rule["title"]["fa"])


def test_a_clause_of_another_instrument_names_it(screen: Screen, served: Served) -> None:
    """The instrument of most clauses is named above them, another one beside its clause, unopened; and
    where there is but one, none stands beside any."""

    def instruments(parcel: Any) -> set[str]:
        sure = (i for i in parcel["law"]["items"] if i["verdict"] != "undecided" and i["cite"])
        return {i["cite"]["instrument"]["fa"] for i in sure}

    several = served.first(lambda p: len(instruments(p)) > 1)
    screen.open(f"/parcel/{several['key']}")
    said = screen.page.get_by_role("region", name="چه می‌توان ساخت")
    named = said.get_by_text("بندها از")
    expect(named).to_contain_text("مگر آن‌جا که سند دیگری کنار بند آمده باشد")
    (main,) = (name for name in instruments(several) if name in named.inner_text())
    expect(said.locator("summary", has_text=main)).to_have_count(0)
    for other in instruments(several) - {main}:
        expect(said.locator("summary", has_text=other)).not_to_have_count(0)

    def of_one(route: Route) -> None:
        answer = route.fetch()
        document = answer.json()
        items = document["law"]["items"]
        document["law"]["items"] = [
            i for i in items if not i["cite"] or i["cite"]["instrument"]["fa"] == main
        ]
        route.fulfill(response=answer, json=document)

    screen.page.route(f"**/api/parcels/{several['key']}*", of_one)
    screen.open(f"/parcel/{several['key']}")
    expect(named).to_contain_text(main)
    expect(named).not_to_contain_text("مگر")
    expect(said.locator("summary", has_text="SAMPLE")).to_have_count(0)


def test_land_outside_the_surveyed_limits_is_not_called_free(screen: Screen, served: Served) -> None:
    """«No protected strip is recorded» is said only of land that lies wholly where they were surveyed."""

    def surveyed(parcel: Any) -> bool:
        return any((e["layer"], e["status"]) == ("overlays", "complete") for e in parcel["layers"])

    limits = screen.page.get_by_role("region", name="چه چیز محدود می‌کند")
    free = served.first(lambda p: surveyed(p) and not p["overlays"])
    screen.open(f"/parcel/{free['key']}")
    expect(limits).to_contain_text("روی این زمین ثبت نشده است")
    unknown = served.first(lambda p: not surveyed(p), q="خیابان شهریار، کوچهٔ 5")
    screen.open(f"/parcel/{unknown['key']}")
    expect(limits).to_contain_text("معلوم نیست")
    expect(limits).not_to_contain_text("روی این زمین ثبت نشده است")


def test_land_without_homes_names_its_uses_beside_the_headline(screen: Screen, served: Served) -> None:
    """«You may build two storeys» on park land is half the truth; a code in a sentence keeps its digits.

    The list of uses of a dwelling's land is turned into that of a park.
    """
    parcel = served.first(
        lambda p: (
            any(i["measure"] == "use" and i["limit"] for i in p["law"]["items"]) and not p["law"]["held"]
        )
    )

    def park(route: Route) -> None:
        answer = route.fetch()
        document = answer.json()
        for item in document["law"]["items"]:
            if item["measure"] == "use" and item["limit"]:
                item["limit"] = ["green", "sport"]
            if item["measure"] == "coverage" and item["verdict"] is None:
                item["text"]["fa"] = "به نسبت مساحت پهنه‌ها: R121 60٪."
        route.fulfill(response=answer, json=document)

    headline = screen.page.locator(".headline")
    screen.open(f"/parcel/{parcel['key']}")
    expect(headline).not_to_contain_text("کاربری‌های مجاز")
    screen.page.route(f"**/api/parcels/{parcel['key']}*", park)
    screen.open(f"/parcel/{parcel['key']}")
    expect(headline).to_contain_text("کاربری‌های مجاز: فضای سبز، ورزشی؛ مسکونی در میان آن‌ها نیست.")
    expect(screen.page.locator(".sentences").first).to_contain_text("R121 ۶۰٪")
