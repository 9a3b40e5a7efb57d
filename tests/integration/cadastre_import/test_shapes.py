"""What becomes of each row's shape: imported + repaired + rejected = read, and every reject has its
reason."""

import csv
import json
import struct
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely

from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write

BOWTIE = shapely.Polygon([(EAST, NORTH), (EAST + 10, NORTH + 10), (EAST + 10, NORTH), (EAST, NORTH + 10)])
_BODY = shapely.to_wkb(square(3, 3), byte_order=1)
NAN = _BODY[:29] + struct.pack("<d", float("nan")) + _BODY[37:]  # the second corner's easting


def test_every_kind_of_bad_shape_has_its_reason(town: Town) -> None:
    """Of a layer with all faults at once, the good rows come in and each bad one is kept with its reason."""
    town.parcels(
        {
            "good": square(0, 0),
            "null": None,
            "empty": shapely.Polygon(),
            "nan": NAN,
            "point": shapely.Point(EAST, NORTH),
            "flat": shapely.Polygon([(EAST, NORTH), (EAST + 5, NORTH), (EAST + 10, NORTH)]),
            "far": shapely.box(9e6, 3e7, 9e6 + 10, 3e7 + 10),
            "line only": shapely.GeometryCollection([shapely.LineString([(EAST, NORTH), (EAST, NORTH + 1)])]),
        }
    )
    source = town.run().sources[0]
    assert (source.read, source.imported, source.repaired, source.rejected) == (8, 1, 0, 7)
    kept = dict(town.rows("SELECT key, code FROM cadastre.import_reject"))
    assert kept == {
        "null": "geometry_missing",
        "empty": "geometry_empty",
        "nan": "coordinate_not_finite",
        "point": "wrong_geometry_type",
        "flat": "not_repairable",
        "far": "outside_domain",
        "line only": "wrong_geometry_type",
    }


def test_a_polygon_of_less_than_a_square_millimetre_has_no_area(town: Town) -> None:
    """Below a millionth of a square metre a polygon is noise."""
    town.parcels({"good": square(0, 0), "dust": shapely.box(EAST, NORTH, EAST + 9e-4, NORTH + 1e-3)})
    assert town.run().sources[0].reasons == {"area_zero": 1}


def test_bytes_that_are_no_shape(town: Town) -> None:
    """A geometry whose bytes end in the middle is rejected as unreadable."""
    good = shapely.to_wkb(square(0, 0))
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    geo["columns"]["geometry"]["crs"] = json.loads(pyproj.CRS("EPSG:32639").to_json())  # type: ignore[index]
    table = pa.table({"id": ["a", "b", "c"], "geometry": [good, good[:20], struct.pack("<BI", 1, 99)]})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), town.folder / "lots.parquet")
    source = town.layer("parcels", "lots.parquet", columns={"key": "id"}).run().sources[0]
    assert (source.imported, source.reasons) == (1, {"geometry_unreadable": 2})


def test_an_invalid_polygon_is_repaired_and_told(town: Town) -> None:
    """A bow tie becomes its two triangles of 25 m²; the report says what it was."""
    report = town.parcels({"bow": BOWTIE, "good": square(5, 5)}).run()
    source = report.sources[0]
    assert (source.imported, source.repaired, source.rejected) == (1, 1, 0)
    told = report.states[0].faults["repaired"]["greatest"][0]
    assert told["key_a"] == "bow"
    assert told["area_m2"] == 50
    assert told["reason"].startswith("Self-intersection")
    assert town.rows("SELECT area_m2, ST_IsValid(geom) FROM cadastre.parcel WHERE key = 'bow'") == [
        (50.0, True)
    ]
    assert town.rows("SELECT kind, key_a, ST_Area(geom) FROM cadastre.layer_fault") == [
        ("repaired", "bow", 50.0)
    ]


def test_the_polygons_of_a_collection_are_taken(town: Town) -> None:
    """Of a mixed collection the polygons stay; the row counts as repaired."""
    mixed = shapely.GeometryCollection([square(0, 0), shapely.Point(EAST, NORTH), square(2, 0)])
    source = town.parcels({"mixed": mixed}).run().sources[0]
    assert (source.imported, source.repaired, source.mixed) == (0, 1, 1)
    assert town.rows("SELECT area_m2 FROM cadastre.parcel") == [(200.0,)]


def test_space_is_flattened(town: Town) -> None:
    """3-D input is counted, stored in two dimensions, and not called repaired."""
    source = town.parcels({"A": shapely.force_3d(square(0, 0), 1650.5)}).run().sources[0]
    assert (source.imported, source.repaired, source.flattened) == (1, 0, 1)
    assert town.rows("SELECT ST_NDims(geom), ST_SRID(geom) FROM cadastre.parcel") == [(2, 32639)]


def test_a_roof_with_walls_becomes_its_footprint(town: Town) -> None:
    """A building as faces in space: roof and floor are one footprint, the walls fall away."""
    foot = square(0, 0)
    roof = shapely.force_3d(foot, 5)
    corners = list(foot.exterior.coords)
    walls = [shapely.Polygon([(*a, 0.0), (*a, 5.0), (*b, 5.0), (*b, 0.0)]) for a, b in pairwise(corners)]
    solid = shapely.MultiPolygon([shapely.force_3d(foot, 0), roof, *walls])
    write(town.folder / "houses.gpkg", [solid], {"id": ["H"]})
    source = town.layer("buildings", "houses.gpkg", columns={"key": "id"}).run().sources[0]
    assert (source.repaired, source.flattened) == (1, 1)
    assert town.rows(
        "SELECT ST_Equals(geom, ST_GeomFromText(:f, 32639)) FROM cadastre.building", f=foot.wkt
    ) == [(True,)]


def test_duplicate_keys(town: Town) -> None:
    """Of rows with one key the first is taken, the others are rejected with the row that was before."""
    lots = [square(0, 0), square(1, 0), square(2, 0)]
    write(town.folder / "lots.gpkg", lots, {"id": ["A", "B", "A"]})
    town.layer("parcels", "lots.gpkg", columns={"key": "id"}).run()
    assert town.rows("SELECT source_row, key, reason FROM cadastre.import_reject") == [
        (3, "A", "A row before it has the same key. Key 'A', row 1.")
    ]
    assert town.rows("SELECT ST_XMin(geom) FROM cadastre.parcel WHERE key = 'A'") == [(EAST,)]


def test_duplicate_keys_may_be_merged(town: Town) -> None:
    """With `duplicates = "merge"` the shapes of one key become one feature; every row is accounted for."""
    write(town.folder / "lots.gpkg", [square(0, 0), square(1, 0), square(5, 5)], {"id": ["A", "A", "A"]})
    source = town.layer("parcels", "lots.gpkg", columns={"key": "id"}, duplicates="merge").run().sources[0]
    assert (source.imported, source.merged, source.rejected) == (3, 2, 0)
    assert town.rows("SELECT key, area_m2 FROM cadastre.parcel") == [("A", 300.0)]


def test_pieces_of_one_street_may_be_merged(town: Town) -> None:
    """Pieces of an axis, and of a right of way, under one key: one street with both, multi-part."""
    pieces = [shapely.LineString([(EAST + 10 * i, NORTH), (EAST + 10 * i + 10, NORTH)]) for i in range(3)]
    areas = [square(i, 0) for i in range(2)]
    write(town.folder / "s.gpkg", [*pieces, *areas], {"id": ["S"] * 5})
    source = town.layer("streets", "s.gpkg", columns={"key": "id"}, duplicates="merge").run().sources[0]
    assert (source.read, source.imported, source.merged) == (5, 5, 4)
    found = town.rows("SELECT GeometryType(geom), ST_Length(geom), ST_Area(row_geom) FROM cadastre.street")
    assert found == [("MULTILINESTRING", 30.0, 200.0)]


def test_values_of_any_type_are_kept(town: Town) -> None:
    """Days, numbers and truth values among the kept columns become JSON."""
    table = pa.table(
        {
            "id": ["A"], "day": [date(2024, 3, 20)], "sum": [Decimal("12.50")], "yes": [True],
            "nan": [float("nan")], "geometry": [shapely.to_wkb(square(0, 0))],
        }
    )  # fmt: skip
    crs = json.loads(pyproj.CRS("EPSG:32639").to_json())
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "crs": crs}}}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), town.folder / "lots.parquet")
    town.layer("parcels", "lots.parquet", columns={"key": "id"}, keep="all").run()
    found = town.rows("SELECT attributes FROM cadastre.parcel")[0][0]
    assert found == {"id": "A", "day": "2024-03-20", "sum": "12.50", "yes": True, "nan": None}


def test_an_empty_key(town: Town) -> None:
    """A row without a key, or with a blank one, is rejected."""
    write(town.folder / "lots.gpkg", [square(0, 0), square(1, 0), square(2, 0)], {"id": ["A", None, "  "]})
    assert town.layer("parcels", "lots.gpkg", columns={"key": "id"}).run().sources[0].reasons == {
        "key_missing": 2
    }


def test_axis_and_right_of_way_of_one_street(town: Town) -> None:
    """A line and a polygon with one key are the axis and the right of way of one street."""
    axis = shapely.LineString([(EAST, NORTH), (EAST + 100, NORTH)])
    write(town.folder / "axes.gpkg", [axis], {"id": ["S"], "w": [12.0]})
    write(town.folder / "areas.gpkg", [axis.buffer(6, cap_style="flat")], {"id": ["S"]})
    columns = {"key": "id", "existing_width_m": "w"}
    town.layer("streets", "axes.gpkg", columns=columns, options={"width_kind": "right_of_way"})
    report = town.layer("streets", "areas.gpkg", columns={"key": "id"}).run()
    assert [source.imported for source in report.sources] == [1, 1]
    found = town.rows(
        "SELECT key, existing_width_m, width_kind, GeometryType(geom), ST_Area(row_geom) FROM cadastre.street"
    )
    assert found == [("S", 12.0, "right_of_way", "MULTILINESTRING", 1200.0)]


def test_feet_become_metres(town: Town) -> None:
    """Lengths and areas of the columns are converted from their unit; the shapes are already in metres."""
    write(town.folder / "lots.gpkg", [square(0, 0)], {"id": ["A"], "sqft": [1000.0]})
    write(town.folder / "houses.gpkg", [square(0, 0)], {"id": ["H"], "h": [10.0]})
    columns = {"key": "id", "registered_area_m2": "sqft"}
    town.layer("parcels", "lots.gpkg", columns=columns, unit="foot")
    town.layer(
        "buildings",
        "houses.gpkg",
        columns={"key": "id", "height_m": "h"},
        units={"height_m": "us-survey-foot"},
    )
    town.run()
    assert town.rows("SELECT registered_area_m2 FROM cadastre.parcel")[0][0] == pytest.approx(
        92.90304, abs=1e-9
    )
    assert town.rows("SELECT height_m FROM cadastre.building")[0][0] == pytest.approx(3.048006096, abs=1e-9)


def test_a_bad_value_is_left_out_and_told(town: Town) -> None:
    """A width of -3, a width of «wide» and a year of 1390.5 are missing facts, not reasons to lose the
    feature."""
    houses = [square(i, 0) for i in range(4)]
    columns = {
        "id": ["a", "b", "c", "d"],
        "h": ["-3", "high", "۱۲٫۵", ""],
        "y": ["1390", "1390.5", "", "۱۳۹۹"],
    }
    write(town.folder / "houses.gpkg", houses, columns)
    report = town.layer("buildings", "houses.gpkg", columns={"key": "id", "height_m": "h", "year": "y"}).run()
    assert report.sources[0].imported == 4
    found = town.rows("SELECT key, height_m, year FROM cadastre.building ORDER BY key")
    assert found == [("a", None, 1390), ("b", None, None), ("c", 12.5, None), ("d", None, 1399)]
    told = {
        (f["key_a"], f["column"]): f["given"] for f in report.states[0].faults["value_refused"]["greatest"]
    }
    assert told == {("a", "height_m"): "-3", ("b", "height_m"): "high", ("b", "year"): "1390.5"}


def test_zero_may_mean_not_known(town: Town) -> None:
    """Values listed in `nulls` are empty; any other zero width is refused."""
    lines = [shapely.LineString([(EAST, NORTH + i), (EAST + 9, NORTH + i)]) for i in range(2)]
    write(town.folder / "s.gpkg", lines, {"id": ["a", "b"], "e": [0.0, 8.0], "p": [0.0, 10.0]})
    columns = {"key": "id", "existing_width_m": "e", "planned_width_m": "p"}
    report = town.layer("streets", "s.gpkg", columns=columns, nulls={"existing_width_m": [0]}).run()
    assert town.rows("SELECT existing_width_m, planned_width_m FROM cadastre.street ORDER BY key") == [
        (None, None),
        (8.0, 10.0),
    ]
    assert report.states[0].faults["value_refused"]["count"] == 1


def test_kept_columns_and_identifiers(town: Town) -> None:
    """Renovation code and plate become canonical, the address is folded for search, other columns are
    kept."""
    columns = {
        "id": ["A"], "code": ["۱-۲-۳-۴"], "plate": ["۱۲۳ فرعي از ۴۵ اصلي بخش ۵"],
        "addr": ["خيابان  شهيد مطهّري، كوچه‌ی ۷"], "owner": ["كريمي"], "n": [3],
    }  # fmt: skip
    write(town.folder / "lots.gpkg", [square(0, 0)], columns)
    ours = {"key": "id", "renovation_code": "code", "registration_plate": "plate", "address": "addr"}
    town.layer("parcels", "lots.gpkg", columns=ours, keep=["owner", "n"]).run()
    found = town.rows(
        "SELECT renovation_code, registration_plate, plate_main, plate_sub, address, "
        "tsvector_to_array(search), attributes FROM cadastre.parcel"
    )
    assert found == [
        (
            "1-2-3-4-0-0-0", "123 فرعی از 45 اصلی بخش 5", 45, 123, "خیابان شهید مطهّری، کوچه‌ی 7",
            ["7", "خیابان", "شهید", "مطهری", "کوچه", "ی"], {"owner": "کریمی", "n": 3},
        )
    ]  # fmt: skip
    assert ("مطهری", 1) in town.rows("SELECT token, n FROM cadastre.token")


def test_the_report_and_the_rejects_are_files(town: Town, tmp_path: Path) -> None:
    """The report is JSON with the reconciliation; the rejected rows are beside it with their reasons."""
    path = tmp_path / "out" / "report.json"
    town.parcels({"A": square(0, 0), "B": None}).run(report_path=path)
    said = json.loads(path.read_text())
    assert (said["accounted"], said["sources"][0]["read"], said["checks"]["overlap_m2"]) == (True, 2, 1e-6)
    with path.with_name("report.json.rejects.csv").open(encoding="utf-8") as rows:
        assert [(row["row"], row["key"], row["code"]) for row in csv.DictReader(rows)] == [
            ("2", "B", "geometry_missing")
        ]


def test_shapes_are_moved_into_the_frame(town: Town) -> None:
    """A source in degrees lands in the city's frame to the millimetre, and in 3857 for the tiles."""
    write(
        town.folder / "lots.gpkg",
        [shapely.box(51.65, 34.33, 51.6501, 34.3301)],
        {"id": ["A"]},
        crs="EPSG:4326",
    )
    source = town.layer("parcels", "lots.gpkg", columns={"key": "id"}).run().sources[0]
    assert source.transformation
    found = town.rows(
        "SELECT ST_SRID(tile_geom), "
        "ST_HausdorffDistance(geom, ST_Transform(ST_MakeEnvelope(51.65, 34.33, 51.6501, "
        "34.3301, 4326), 32639)), "
        "ST_HausdorffDistance(tile_geom, ST_Transform(geom, 3857)) FROM cadastre.parcel"
    )
    assert found[0][0] == 3857
    assert max(found[0][1:]) < 1e-3


def test_another_datum_is_moved_by_a_named_operation(town: Town) -> None:
    """From ED50(ED77) the lot moves by some 200 m, and the report says by which operation and how exactly."""
    write(town.folder / "lots.gpkg", [square(0, 0)], {"id": ["A"]}, crs="EPSG:2059")
    source = town.layer("parcels", "lots.gpkg", columns={"key": "id"}).run().sources[0]
    assert source.transformation
    assert "ED50" in source.transformation
    moved = town.rows(
        "SELECT ST_Distance(geom, ST_GeomFromText(:g, 32639)) FROM cadastre.parcel", g=square(0, 0).wkt
    )
    assert 100 < moved[0][0] < 300
