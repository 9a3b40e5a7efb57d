"""Any vector format comes in, and says the same."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import CRS

from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write

LOTS = {f"L{i}": square(i % 5, i // 5) for i in range(12)}


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "shp", "geojson", "gml", "sqlite", "kml"])
def test_a_format_of_gdal(town: Town, suffix: str) -> None:
    """The same lots in this format give the same keys and areas (KML and GeoJSON are in degrees)."""
    degrees = suffix in {"geojson", "kml"}
    lots = list(LOTS.values())
    if degrees:
        from pyproj import Transformer

        to = Transformer.from_crs(32639, 4326, always_xy=True)
        lots = [shapely.transform(lot, to.transform, interleaved=False) for lot in lots]
    name = "Name" if suffix == "kml" else "id"
    write(
        town.folder / f"lots.{suffix}", lots, {name: list(LOTS)}, kind="Polygon",
        crs="EPSG:4326" if degrees else "EPSG:32639", driver="LIBKML" if suffix == "kml" else None,
    )  # fmt: skip
    source = town.layer("parcels", f"lots.{suffix}", columns={"key": name}).run().sources[0]
    assert (source.read, source.imported) == (12, 12)
    found = dict(town.rows("SELECT key, area_m2 FROM cadastre.parcel"))
    assert found.keys() == LOTS.keys()
    assert all(area == pytest.approx(100, abs=0.05 if degrees else 1e-6) for area in found.values())


@pytest.mark.parametrize(
    ("crs", "code"),
    [(json.loads(CRS(32639).to_json()), None), (None, "crs_missing")],
)
def test_geoparquet(town: Town, crs: object, code: str | None) -> None:
    """GeoParquet is read by its own metadata; a null CRS there means that nobody knows it."""
    table = pa.table({"id": list(LOTS), "shape": [shapely.to_wkb(lot) for lot in LOTS.values()]})
    geo = {"primary_column": "shape", "columns": {"shape": {"encoding": "WKB", "crs": crs}}}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), town.folder / "lots.parquet")
    town.layer("parcels", "lots.parquet", columns={"key": "id"})
    if code is None:
        assert town.run().sources[0].imported == 12
    else:
        with pytest.raises(Exception, match="no coordinate reference system"):
            town.run()


def test_addresses_from_a_table(town: Town) -> None:
    """A CSV without shapes gives addresses without a point."""
    (town.folder / "a.csv").write_text("id,street,no\n1,خیابان آزادی,۱۲\n2,خیابان آزادی,\n", encoding="utf-8")
    columns = {"key": "id", "text": ["{street} پلاک {no}", "street"]}
    assert town.layer("addresses", "a.csv", columns=columns).run().sources[0].imported == 2
    assert town.rows("SELECT text, tsvector_to_array(search), geom FROM cadastre.address ORDER BY key") == [
        ("خیابان آزادی پلاک 12", ["12", "آزادی", "خیابان", "پلاک"], None),
        ("خیابان آزادی", ["آزادی", "خیابان"], None),
    ]


def test_addresses_with_x_and_y(town: Town) -> None:
    """Columns of x and y make points in the CRS of the profile; a row without them is an address still."""
    (town.folder / "a.csv").write_text(f"id,t,x,y\n1,a,{EAST},{NORTH}\n2,b,,\n", encoding="utf-8")
    columns = {"key": "id", "text": "t", "x": "x", "y": "y"}
    report = town.layer("addresses", "a.csv", columns=columns, crs="EPSG:32639").run()
    assert report.sources[0].imported == 2
    assert town.rows("SELECT ST_X(geom), ST_Y(geom) FROM cadastre.address ORDER BY key") == [
        (EAST, NORTH),
        (None, None),
    ]


def test_addresses_with_x_and_y_need_a_crs(town: Town) -> None:
    """Numbers in a table do not say what they are."""
    (town.folder / "a.csv").write_text(f"id,t,x,y\n1,a,{EAST},{NORTH}\n", encoding="utf-8")
    town.layer("addresses", "a.csv", columns={"key": "id", "text": "t", "x": "x", "y": "y"})
    with pytest.raises(Exception, match="no coordinate reference system"):
        town.run()
