"""A window of the product in a real browser, and the service behind it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PASSWORD = "a moth, a lamp, a summer"

_CALM = """
new Promise(resolve => {
  let calm = 0
  const look = () => {
    const map = document.querySelector('#map[data-at]')
    calm = map && !document.querySelector('[aria-busy=true]') ? calm + 1 : 0
    if (calm < 3) requestAnimationFrame(look)
    else resolve(true)
  }
  look()
})
"""


def whole_plot(parcel: Any, storeys: int = 1) -> dict[str, Any]:
    """A proposal in the city's own frame that covers the whole plot on each storey, and says nothing else."""
    ring = [[c["e"], c["n_m"]] for c in [*parcel["corners"], parcel["corners"][0]]]
    floor = {"kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
    return {
        "type": "FeatureCollection",
        "srid": parcel["frame"]["srid"],
        "features": [
            {
                "type": "Feature",
                "properties": floor | {"level": level},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for level in range(storeys)
        ],
    }


@dataclass(frozen=True)
class Served:
    """The running service: its address, its database, and answers of its API to compare screens with."""

    address: str
    database: str
    parcels: dict[str, Any] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    filed_on: set[str] = field(default_factory=set)

    def get(self, path: str, **query: str | float) -> Any:
        answer = httpx.get(f"{self.address}{path}", params=query, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def parcel(self, key: str) -> Any:
        """The parcel's document; these tests change no map, so it is asked for once."""
        if key not in self.parcels:
            self.parcels[key] = self.get(f"/api/parcels/{key}")
        return self.parcels[key]

    def file(self, parcel: Any, document: Any) -> str:
        """File a request as the citizen; its tracking code."""
        with httpx.Client(base_url=self.address, timeout=30) as citizen:
            csrf = citizen.post("/api/session", json={"username": "citizen", "password": PASSWORD}).json()[
                "csrf"
            ]
            asked = {"service": "building_permit", "channel": "CITIZEN_WEB", "proposal": document}
            answer = citizen.post(
                "/api/requests", json=asked | {"parcel": parcel["key"]}, headers={"X-CSRF-Token": csrf}
            )
        assert answer.status_code == 201, answer.text
        self.filed_on.add(parcel["key"])
        return str(answer.json()["tracking_code"])

    def filed(self) -> str:
        """The tracking code of a request for some parcel, filed once."""
        if not self.codes:
            parcel = self.first(lambda p: p["law"]["items"])
            self.codes.append(self.file(parcel, whole_plot(parcel)))
        return self.codes[0]

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
        """Until the map stands and neither panel nor map has been busy for three frames."""
        self.page.wait_for_function(_CALM)

    def log_in(self, role: str) -> None:
        answer = self.page.request.post(
            f"{self.served.address}/api/session", data={"username": role, "password": PASSWORD}
        )
        assert answer.ok, answer.text()

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies in the window, from the view that the map tells."""
        at = self.page.locator("#map").get_attribute("data-at")
        assert at, "the map has no view yet"
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
