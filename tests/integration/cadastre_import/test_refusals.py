"""What is refused as a whole, with a message that says what, where, and what to do; nothing is written
then."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shapely

from api.cadastre.importing import ImportRefused
from api.cadastre.importing.books import Book
from api.core.errors import ParvanehError
from tests.integration.cadastre_import.town import CRS, Town, content, square, write

LOTS = {"A": square(0, 0), "B": square(1, 0)}


def refused(town: Town, code: str) -> ParvanehError:
    """The refusal of the town's import; the database is as it was."""
    before = content(town.settings)
    with pytest.raises(ParvanehError) as caught:
        town.run()
    assert caught.value.code == code, caught.value
    assert content(town.settings) == before
    return caught.value


def test_a_rule_book_that_is_not_there(town: Town) -> None:
    """Refused before anything is read or written; the books that there are are named."""
    town.city = {"rulebook": "lost"}
    town.layer("zones", "not_there.gpkg", columns={"key": "id", "code": "c"})
    with pytest.raises(ImportRefused, match="there are: one, two") as caught:
        town.run(books={"two": Book(()), "one": Book(())})
    assert (caught.value.code, caught.value.where) == ("rulebook_unknown", "town.toml: city.rulebook")
    assert town.rows("SELECT count(*) FROM cadastre.city") == [(0,)]


def test_a_city_without_a_book_names_none(town: Town) -> None:
    """Leaving the key out is the way to import a city that has no law yet."""
    assert town.parcels(LOTS).run(books={"one": Book(())}).changed


def test_a_source_without_a_coordinate_system(town: Town) -> None:
    """A file that carries no CRS needs one in the profile."""
    write(town.folder / "lots.fgb", list(LOTS.values()), {"id": list(LOTS)}, crs=None)
    fault = refused(town.layer("parcels", "lots.fgb", columns={"key": "id"}), "crs_missing")
    assert fault.where == "town.toml: layer[0].crs"
    assert "lots.fgb" in fault.detail


def test_the_profile_may_say_the_missing_system(town: Town) -> None:
    """With the CRS in the profile the same file is imported."""
    write(town.folder / "lots.fgb", list(LOTS.values()), {"id": list(LOTS)}, crs=None)
    report = town.layer("parcels", "lots.fgb", columns={"key": "id"}, crs=CRS).run()
    assert report.sources[0].imported == 2


@pytest.mark.parametrize("crs", ["EPSG:32639", "EPSG:2059"])
def test_degrees_that_are_said_to_be_metres(town: Town, crs: str) -> None:
    """Coordinates that can only be degrees are refused in a projected system."""
    lots = [shapely.box(51.6 + i / 1000, 34.3, 51.6005 + i / 1000, 34.3005) for i in range(3)]
    write(town.folder / "lots.fgb", lots, {"id": ["a", "b", "c"]}, crs=crs)
    fault = refused(town.layer("parcels", "lots.fgb", columns={"key": "id"}), "degrees_as_metres")
    assert "51.6" in fault.detail


def test_metres_that_are_said_to_be_degrees(town: Town) -> None:
    """Coordinates that can be no degrees are refused in a geographic system."""
    write(town.folder / "lots.fgb", list(LOTS.values()), {"id": list(LOTS)}, crs="EPSG:4326")
    refused(town.layer("parcels", "lots.fgb", columns={"key": "id"}), "metres_as_degrees")


def test_coordinates_outside_of_their_system(town: Town) -> None:
    """Swapped axes put every lot outside of the zone."""
    lots = [shapely.transform(lot, lambda points: points[:, ::-1]) for lot in LOTS.values()]
    write(town.folder / "lots.fgb", lots, {"id": list(LOTS)})
    refused(town.layer("parcels", "lots.fgb", columns={"key": "id"}), "outside_domain")


@pytest.mark.parametrize(
    "crs",
    [
        "+proj=utm +zone=39 +ellps=intl +units=m +type=crs",
        'LOCAL_CS["site grid",UNIT["metre",1]]',
    ],
)
def test_an_unknown_datum(town: Town, crs: str) -> None:
    """A system that does not say its datum may be 200 m off."""
    write(town.folder / "lots.gpkg", list(LOTS.values()), {"id": list(LOTS)}, crs=None)
    fault = refused(town.layer("parcels", "lots.gpkg", columns={"key": "id"}, crs=crs), "datum_unknown")
    assert "datum" in fault.detail


def test_a_profile_and_a_file_that_disagree(town: Town) -> None:
    """The profile says zone 40, the file zone 39."""
    write(town.folder / "lots.gpkg", list(LOTS.values()), {"id": list(LOTS)})
    fault = refused(
        town.layer("parcels", "lots.gpkg", columns={"key": "id"}, crs="EPSG:32640"), "crs_disagrees"
    )
    assert "zone 40N" in fault.detail
    assert "zone 39N" in fault.detail


def test_a_column_that_is_not_there(town: Town) -> None:
    """The message names the columns that there are, and the one that was perhaps meant."""
    write(town.folder / "lots.gpkg", list(LOTS.values()), {"parcel_no": list(LOTS), "owner": ["x", "y"]})
    fault = refused(town.layer("parcels", "lots.gpkg", columns={"key": "parcel_nr"}), "column_unknown")
    assert fault.where == "town.toml: layer[0].columns.key"
    assert "'parcel_no'" in fault.detail
    assert "owner" in fault.detail


def test_a_template_with_an_unknown_column(town: Town) -> None:
    """A column inside of a template is looked for as well."""
    write(town.folder / "lots.gpkg", list(LOTS.values()), {"id": list(LOTS)})
    refused(town.layer("parcels", "lots.gpkg", columns={"key": "{id}-{sheet}"}), "column_unknown")


def test_an_empty_layer(town: Town) -> None:
    """A layer of no rows is not taken for a layer in which there is nothing."""
    write(town.folder / "lots.gpkg", [], {"id": []}, kind="Polygon")
    refused(town.layer("parcels", "lots.gpkg", columns={"key": "id"}), "layer_empty")


def test_a_file_that_is_not_there(town: Town) -> None:
    """The message names the whole path."""
    fault = refused(town.layer("parcels", "nowhere.gpkg", columns={"key": "id"}), "file_missing")
    assert str(town.folder / "nowhere.gpkg") in fault.detail


def test_a_layer_that_is_not_in_the_file(town: Town) -> None:
    """The message names the layers that there are."""
    write(town.folder / "all.gpkg", list(LOTS.values()), {"id": list(LOTS)}, layer="lots")
    write(town.folder / "all.gpkg", list(LOTS.values()), {"id": list(LOTS)}, layer="blocks", append=True)
    source = {"columns": {"key": "id"}}
    fault = refused(town.layer("parcels", "all.gpkg", source_layer="lot", **source), "source_layer_unknown")
    assert "lots, blocks" in fault.detail
    refused(town.again().layer("parcels", "all.gpkg", **source), "source_layer_unknown")


def _cut(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[: len(body) // 2])


def _overwrite(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[4096:] = b"\xa5" * (len(body) - 4096)
    path.write_bytes(body)


def _noise(path: Path) -> None:
    path.write_bytes(b"this is no map" * 50)


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("broken", [_cut, _overwrite, _noise, _nothing])
@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "parquet", "shp"])
def test_a_corrupt_file(town: Town, suffix: str, broken: Callable[[Path], None]) -> None:
    """A file that is cut, overwritten, noise or empty is refused, never half imported."""
    path = town.folder / f"lots.{suffix}"
    lots = {f"L{i}": square(i % 40, i // 40) for i in range(1600)}
    source = town.folder / "whole.fgb" if suffix == "parquet" else path
    write(source, list(lots.values()), {"id": list(lots)}, kind="Polygon")
    if suffix == "parquet":
        _parquet(path, lots)
    broken(path)
    before = content(town.settings)
    with pytest.raises(ImportRefused) as caught:
        town.layer("parcels", path.name, columns={"key": "id"}, crs=CRS).run()
    assert caught.value.code in {"file_corrupt", "source_layer_unknown", "layer_empty"}, caught.value
    assert path.name in caught.value.detail
    assert content(town.settings) == before


def _parquet(path: Path, lots: dict[str, shapely.Geometry]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"id": list(lots), "geometry": [shapely.to_wkb(lot) for lot in lots.values()]})
    crs = json.loads(__import__("pyproj").CRS(CRS).to_json())
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "crs": crs}},
    }
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)


def test_a_file_that_says_more_rows_than_it_has(town: Town) -> None:
    """A GeoPackage whose own count is not that of its rows lost some, or never had them."""
    path = write(town.folder / "lots.gpkg", list(LOTS.values()), {"id": list(LOTS)}, layer="lots")
    with sqlite3.connect(path) as store:
        triggers = [r[0] for r in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            store.execute(f'DROP TRIGGER "{name}"')
        store.execute("DELETE FROM lots WHERE id = 'B'")
    fault = refused(town.layer("parcels", "lots.gpkg", columns={"key": "id"}), "file_corrupt")
    assert "2 rows, but 1" in fault.detail


def test_text_in_another_encoding(town: Town) -> None:
    """Text that is not UTF-8 is refused until the profile names its encoding."""
    (town.folder / "addresses.csv").write_bytes("id,address\n1,خيابان آزادي\n".encode("cp1256"))
    source = {"columns": {"key": "id", "text": "address"}}
    fault = refused(town.layer("addresses", "addresses.csv", **source), "text_encoding")
    assert "encoding" in fault.where
    report = town.again().layer("addresses", "addresses.csv", encoding="CP1256", **source).run()
    assert report.sources[0].imported == 1
    assert town.rows("SELECT text, search @@ 'خیابان & آزادی' FROM cadastre.address") == [
        ("خیابان آزادی", True)
    ]


def test_a_layer_of_which_nothing_is_left(town: Town) -> None:
    """When every row is rejected the layer is not replaced by nothing."""
    town.parcels(LOTS).run()
    again = town.again().parcels({"A": shapely.Point(560_000, 3_800_000)}, day="2025-01-01")
    fault = refused(again, "nothing_left")
    assert "wrong_geometry_type 1" in fault.detail


def test_parcels_from_a_table_without_shapes(town: Town) -> None:
    """A table has no parcels in it."""
    (town.folder / "lots.csv").write_text("id,area\nA,100\n")
    refused(town.layer("parcels", "lots.csv", columns={"key": "id"}), "no_geometry")


@pytest.mark.parametrize("srid", [4326, 3857 + 100_000, 2264])
def test_a_city_frame_that_is_not_metric(town: Town, srid: int) -> None:
    """Degrees, an unknown code and US survey feet are no frame to measure a city in."""
    town.city = {"srid": srid}
    before = content(town.settings)
    with pytest.raises(ImportRefused) as caught:
        town.parcels(LOTS).run()
    assert caught.value.code in {"frame_not_metric", "crs_unreadable"}
    assert caught.value.where == "town.toml: city.srid"
    assert content(town.settings) == before


def test_another_city_in_the_same_database(town: Town) -> None:
    """A database holds one city."""
    town.parcels(LOTS).run()
    town.city = {"key": "other"}
    refused(town, "another_city")


def test_a_day_before_what_is_in_force(town: Town) -> None:
    """History is written forward: an older state that differs is refused with the newest day."""
    town.parcels(LOTS, day="2024-03-20").run()
    fault = refused(town.again().parcels({"A": square(0, 0)}, day="2023-01-01"), "day_earlier")
    assert "2024-03-20" in fault.detail
    assert fault.values["newest"] == date(2024, 3, 20).isoformat()
