"""A window of the product in a real browser, and the service behind it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import httpx
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PASSWORD = "a moth, a lamp, a summer"


@dataclass(frozen=True)
class Served:
    """The running service: its address, and answers of its API to compare screens with."""

    address: str
    parcels: dict[str, Any] = field(default_factory=dict)

    def get(self, path: str, **query: str | float) -> Any:
        answer = httpx.get(f"{self.address}{path}", params=query, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def parcel(self, key: str) -> Any:
        """The parcel's document; these tests change no map, so it is asked for once."""
        if key not in self.parcels:
            self.parcels[key] = self.get(f"/api/parcels/{key}")
        return self.parcels[key]

    def first(self, fits: Callable[[Any], bool], q: str = "خیابان") -> Any:
        """The first parcel in the search for `q` whose document fits."""
        cursor: str | None = None
        while True:
            page = self.get("/api/parcels", q=q, limit=100, **({"cursor": cursor} if cursor else {}))
            for item in page["items"]:
                found = self.parcel(item["key"])
                if fits(found):
                    return found
            cursor = page["next"]
            assert cursor, "no parcel of the sample city fits"


@dataclass
class Screen:
    """A page of the product in a window of its own, and everything the browser complained about."""

    page: Page
    served: Served
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.served.address}{path}")
        self.settled()

    def settled(self) -> None:
        """Until the map stands and nothing is on its way."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("new URLSearchParams(location.search).get('at') !== null")

    def log_in(self, role: str) -> None:
        answer = self.page.request.post(
            f"{self.served.address}/api/session", data={"username": role, "password": PASSWORD}
        )
        assert answer.ok, answer.text()

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies in the window, from the view that the address tells."""
        self.page.wait_for_timeout(600)  # the address follows the map after a rest
        at = parse_qs(urlparse(self.page.url).query)["at"][0]
        south, west, zoom = (float(part) for part in at.split(","))
        box = self.page.locator(".map-canvas").bounding_box()
        assert box
        world = 256 * 2**zoom

        def column(degrees: float) -> float:
            return (degrees + 180) / 360 * world

        def row(degrees: float) -> float:
            return (1 - math.asinh(math.tan(math.radians(degrees))) / math.pi) / 2 * world

        return (
            box["x"] + box["width"] / 2 + column(lon) - column(west),
            box["y"] + box["height"] / 2 + row(lat) - row(south),
        )


OpenScreen = Callable[..., Screen]
