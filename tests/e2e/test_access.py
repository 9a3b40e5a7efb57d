"""Everybody can use the screens: sizes, names, contrast, and a policy without exceptions."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.window import ROOT, OpenScreen, Screen, Served

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PATHS = (
    "/",
    "/?q=خیابان",
    "/parcel/{key}",
    "/parcel/{key}/proposal",
    "/parcel/{key}/survey",
    "/requests",
    "/nowhere",
)


def _paths(served: Served) -> list[str]:
    key = served.get("/api/parcels", q="خیابان", limit=1)["items"][0]["key"]
    return [path.format(key=key) for path in PATHS]


_ACTS = {
    "fa": ("ساختن از فاصلهٔ ضلع‌ها", "ساختن شکل", "سنجش با ضابطه"),
    "en": ("Make from distances to edges", "Make the shape", "Judge by the rules"),
}


def _judge_something(screen: Screen, language: str) -> None:
    for act in _ACTS[language]:
        screen.page.get_by_role("button", name=act).click()
    expect(screen.page.locator(".report")).to_be_visible()


def _faults(screen: Screen, axe: Path) -> list[Any]:
    """What axe finds serious or worse. The debugger brings the script: no policy binds it."""
    screen.page.evaluate(axe.read_text(encoding="utf-8"))
    found = screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]])
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(
    ("phone", "scheme", "language"), [(False, "light", "fa"), (True, "dark", "en")], ids=["desk", "phone"]
)
def test_axe_finds_nothing_serious(
    screen_of: OpenScreen, served: Served, *, phone: bool, scheme: str, language: str
) -> None:
    """No screen has a serious or critical accessibility fault: light desk in Persian, dark phone in
    English."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in web/)")
    screen = screen_of(phone=phone, color_scheme=scheme, language=language)
    screen.log_in("reviewer")
    for path in [*_paths(served), f"/requests/{served.filed()}"]:
        screen.open(path)
        if path.endswith("/proposal"):
            _judge_something(screen, language)
        assert (path, _faults(screen, AXE)) == (path, [])


_SMALL = """[...document.querySelectorAll('button, select, summary, .button, .tabs a, .hit, input')]
    .filter(e => e.checkVisibility() && !e.matches('.seen-by-readers, [type=checkbox]'))
    .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 43.5)"""


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_phone_never_scrolls_sideways_and_targets_fit_a_thumb(
    screen_of: OpenScreen, served: Served, language: str
) -> None:
    """At 390 pixels no screen is wider than the window and the panel not wider than itself; every button,
    field and link that stands alone is at least 44 pixels high."""
    screen = screen_of(phone=True, language=language)
    screen.log_in("reviewer")
    for path in [*_paths(served), f"/requests/{served.filed()}"]:
        screen.open(path)
        assert (path, screen.page.evaluate(_SMALL)) == (path, [])
        wide = screen.page.evaluate(
            "[document.documentElement, document.querySelector('.panel-scroll')]"
            ".map(e => [e.scrollWidth, e.clientWidth])"
        )
        assert (path, [scroll for scroll, own in wide if scroll > own]) == (path, [])


def test_the_policy_is_strict_and_nothing_breaks_it(screen: Screen, served: Served) -> None:
    """No inline script or style is allowed or tried; fonts, icons and map are the service's own."""
    foreign: list[str] = []
    screen.page.on(
        "request",
        lambda r: foreign.append(r.url) if not r.url.startswith((served.address, "blob:")) else None,
    )
    screen.page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation',"
        " e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI))"
    )
    for path in _paths(served):
        answer = screen.page.goto(f"{served.address}{path}")
        assert answer
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'self'" in policy
        screen.settled()
        assert screen.page.evaluate("window.broken") == []
    assert foreign == []


def test_skip_links_lead_to_text_and_map(screen: Screen) -> None:
    """The first Tab offers to skip to the text, the second to the map."""
    screen.open("/")
    screen.page.keyboard.press("Tab")
    expect(screen.page.get_by_role("link", name="رفتن به متن صفحه")).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#panel")).to_be_focused()


def test_without_the_service_the_screen_says_so(screen_of: OpenScreen, served: Served) -> None:
    """When the service cannot be reached the panel says what happened and offers to try again."""
    screen = screen_of()
    screen.page.route("**/api/city", lambda route: route.abort())
    screen.page.goto(f"{served.address}/")
    alert = screen.page.get_by_role("alert")
    expect(alert).to_contain_text("ارتباط با سامانه برقرار نیست")
    screen.page.unroute("**/api/city")
    screen.page.get_by_role("button", name="دوباره امتحان کنید").click()
    expect(screen.page.locator(".sample-banner")).to_be_visible()
    screen.complaints[:] = [said for said in screen.complaints if "Failed to load resource" not in said]


_PAGES_FETCHED = """new Promise(resolve => {
  const look = () => {
    const came = performance.getEntriesByType('resource').filter(e => e.name.includes('Panel'))
    came.length >= 8 ? resolve(true) : setTimeout(look, 100)
  }
  look()
})"""


def test_a_broken_line_takes_no_page_away(screen_of: OpenScreen, served: Served) -> None:
    """Once the first page stands, the others open without the network; what then cannot be asked is said."""
    screen = screen_of()
    screen.open(f"/parcel/{served.parcel('P-000001')['key']}")
    screen.page.evaluate(_PAGES_FETCHED)
    screen.page.context.set_offline(True)
    screen.page.get_by_role("link", name="طرح و داوری").click()
    screen.page.get_by_role("button", name="ساختن از فاصلهٔ ضلع‌ها").click()
    screen.page.get_by_role("button", name="ساختن شکل").click()
    screen.page.get_by_role("button", name="سنجش با ضابطه").click()
    alert = screen.page.get_by_role("alert")
    expect(alert).to_contain_text("ارتباط با سامانه برقرار نیست")
    expect(alert).to_contain_text("چیزی از کار شما از دست نرفته است")
    expect(screen.page.locator(".storeys tbody tr")).to_have_count(1)
    screen.complaints[:] = []
