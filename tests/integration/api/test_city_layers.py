"""What the city as a whole tells of its layers, after imports as a city makes them."""

from pathlib import Path

import httpx
import pytest

from api.core.settings import Settings
from api.main import create_app
from tests.integration.api.conftest import served
from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write


def statuses(settings: Settings) -> dict[str, str]:
    """The status of each layer over the whole city."""
    with served(create_app(settings)) as url, httpx.Client(base_url=url) as client:
        return {one["layer"]: one["status"] for one in client.get("/api/city").json()["layers"]}


@pytest.fixture
def town(tmp_path: Path, fresh_settings: Settings) -> Town:
    """Two parcels far apart, and a zone over one of them."""
    made = Town(tmp_path, fresh_settings)
    write(tmp_path / "z.gpkg", [square(0, 0)], {"id": ["Z"], "code": ["R1"]})
    made.parcels({"A": square(0, 0), "B": square(90, 40)}, complete="extent")
    return made.layer("zones", "z.gpkg", columns={"key": "id", "code": "code"}, complete="extent")


def test_what_is_complete_for_all_parcels_is_complete_for_the_city(town: Town) -> None:
    """The box around the parcels is enough, as is the declaration that there is nothing within it; the city's
    box on the globe is a little larger and asks for nothing. A zone's own box holds one parcel of two."""
    town.layers.append({"name": "overlays", "none": True, "day": "2024-03-20", "complete": "extent"})
    town.run()
    found = statuses(town.settings)
    assert {name: found[name] for name in ("parcels", "overlays", "zones", "streets")} == {
        "parcels": "complete", "overlays": "complete", "zones": "incomplete", "streets": "not_loaded",
    }  # fmt: skip


@pytest.mark.parametrize(("short", "status"), [(0.0, "complete"), (0.001, "incomplete")])
def test_a_millimetre_less_than_the_parcels_is_not_all(town: Town, short: float, status: str) -> None:
    """A polygon that ends with the last parcel is complete, one that ends before it is not."""
    east, north = EAST + 910 - short, NORTH + 410
    corners = [[EAST, NORTH], [east, NORTH], [east, north], [EAST, north]]
    town.layers[1]["complete"] = corners
    town.run()
    assert statuses(town.settings)["zones"] == status


def test_a_city_without_parcels_tells_its_layers_still(town: Town) -> None:
    """Then the box of the whole map on the globe is asked for, which is a little larger than the zone."""
    town.layers.pop(0)
    town.run()
    assert statuses(town.settings)["zones"] == "incomplete"
    assert statuses(town.settings)["parcels"] == "not_loaded"
