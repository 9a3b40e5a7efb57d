"""Areas in the city's frame are areas on the ground, or the import says so."""

import pytest
import shapely

from api.cadastre.importing import ImportRefused
from tests.integration.cadastre_import.town import Town, content, square, write

SWISS = shapely.box(2_611_000, 1_224_000, 2_611_100, 1_224_100)


def test_a_frame_of_another_part_of_the_earth_is_refused(town: Town) -> None:
    """A Swiss lot in Iran's UTM 39: 28 % too large; the refusal says where it lies and what fits."""
    write(town.folder / "swiss.gpkg", [SWISS], {"id": ["A"]}, crs="EPSG:2056")
    before = content(town.settings)
    with pytest.raises(ImportRefused) as refused:
        town.layer("parcels", "swiss.gpkg", columns={"key": "id"}).run()
    said = str(refused.value)
    assert refused.value.code == "frame_does_not_fit"
    assert "EPSG:32639 (WGS 84 / UTM zone 39N)" in said
    assert "47.17° N, 7.58° E, where it makes areas 27.9 % too large" in said
    assert "EPSG:2056 (CH1903+ / LV95), EPSG:32632 (WGS 84 / UTM zone 32N)" in said
    assert "city.srid" in said
    assert content(town.settings) == before


def test_web_mercator_is_no_frame_of_a_city(town: Town) -> None:
    """EPSG:3857 is in metres by name: at 34° north its areas are 47 % too large."""
    town.city = {"srid": 3857}
    with pytest.raises(ImportRefused, match=r"areas 46\.7 % too large"):
        town.parcels({"A": square(0, 0)}).run()


def test_the_neighbour_zone_is_taken_and_told(town: Town) -> None:
    """UTM 38 ends at 48° E: a town at 51.7° is measured in it, 0.8 % too large, and warned of both."""
    town.city = {"srid": 32638}
    report = town.parcels({"A": square(0, 0)}).run()
    told = " ".join(report.warnings)
    assert "makes areas here 0.8 % too large" in told
    assert "outside of the area of use of the city's frame WGS 84 / UTM zone 38N" in told
    assert "EPSG:32639 (WGS 84 / UTM zone 39N)" in told


def _registered(town: Town, area: float) -> list[str]:
    """The warnings of a town of one lot of 100 m² with this registered area."""
    write(town.folder / "lots.gpkg", [square(0, 0)], {"id": ["A"], "area": [area]})
    columns = {"key": "id", "registered_area_m2": "area"}
    report = town.layer("parcels", "lots.gpkg", columns=columns).run()
    assert report.states[0].faults == {}
    return report.warnings


def test_a_frame_and_areas_that_fit_are_no_warning(town: Town) -> None:
    """A town in its own zone, with areas within half a per cent of the registered ones, is told nothing."""
    assert _registered(town, 100.4) == []


def test_areas_that_are_off_in_the_median_are_warned_of(town: Town) -> None:
    """0.9 % is no fault of a lot, but all lots so are a wrong frame, unit or column."""
    (told,) = _registered(town, 100.9)
    assert "registered areas of 1 parcels outlines are 0.9 % too small in the median" in told


def test_areas_that_differ_are_told(town: Town) -> None:
    """More than 1 m² and 1 % apart is told: 10,000 m² may be 99 off, 50 m² may be 0.9; none is no fault."""
    shapes = [square(i * 20, 0, 10, 10) for i in range(3)]
    shapes += [square(i * 20, 30, 1, 0.5) for i in range(3)]
    areas = [10_000.0, 9_902.0, 9_890.0, 49.1, 48.9, None]
    write(town.folder / "lots.gpkg", shapes, {"id": list("ABCDEF"), "area": areas})
    columns = {"key": "id", "registered_area_m2": "area"}
    told = town.layer("parcels", "lots.gpkg", columns=columns).run().states[0].faults["area_differs"]
    assert told["count"] == 2
    assert told["greatest"] == [
        {"key_a": "C", "registered_m2": 9890.0, "measured_m2": 10000.0, "area_m2": 110.0},
        {"key_a": "E", "registered_m2": 48.9, "measured_m2": 50.0, "area_m2": 1.1},
    ]
