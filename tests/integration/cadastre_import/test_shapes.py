"""What becomes of each row's shape: imported + repaired + rejected = read, and every reject has its
reason."""

import csv
import gzip
import json
import math
import struct
import warnings
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import pytest
import shapely
from sqlalchemy import create_engine

from api.cadastre.tiles import CADASTRE_LAYERS, TileAddress
from api.people.access import Actor
from gis.overlay import on_lot
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


FAR, LINE, POINT = (
    square(50, 50), shapely.LineString([(EAST, NORTH + 5), (EAST + 10, NORTH + 5)]),
    shapely.Point(EAST + 5, NORTH + 7),
)  # fmt: skip


def _stored(town: Town, *shapes: shapely.Geometry | bytes, name: str = "overlays") -> dict[str, Any]:
    """What a layer holds after an import of these shapes, by their numbers."""
    write(town.folder / "o.gpkg", shapes, {"id": [str(n) for n in range(len(shapes))]})
    more = {"options": {"kind": "gas"}} if name == "overlays" else {}
    town.layer(name, "o.gpkg", columns={"key": "id"}, **more).run()
    found = town.rows(f"SELECT key, ST_AsBinary(geom) FROM cadastre.{name[:-1]}")  # noqa: S608
    return {key: None if body is None else shapely.from_wkb(bytes(body)) for key, body in found}


@pytest.mark.parametrize("nested", [False, True])
def test_every_part_of_an_overlay_stays(town: Town, nested: bool) -> None:
    """A box far away, a line and a point in one collection are an overlay at all three places."""
    parts = [FAR, shapely.GeometryCollection([LINE, POINT])] if nested else [FAR, LINE, POINT]
    kept = _stored(town, shapely.GeometryCollection(parts))["0"]
    assert (kept.geom_type, kept.area, kept.length) == ("GeometryCollection", 100, 50)
    assert all(kept.intersects(part) for part in (FAR, LINE, POINT))
    lot = square(0, 0)
    shared = on_lot(kept, lot)
    assert (shared.area, shared.length, shared.distance(POINT)) == (0, 10, 0)
    assert town.rows(
        "SELECT count(*) FROM cadastre.overlay WHERE ST_Intersects(geom, ST_GeomFromText(:g, 32639)) "
        "AND tile_geom && ST_Transform(ST_GeomFromText(:g, 32639), 3857)",
        g=lot.wkt,
    ) == [(1,)]


def test_every_part_of_an_overlay_is_drawn(town: Town) -> None:
    """A tile has the area, the line and the point of a collection; a plain overlay is drawn once."""
    _stored(town, shapely.GeometryCollection([square(2, 0), LINE, POINT]), square(0, 2))
    [(lon, lat)] = town.rows(
        "SELECT ST_X(p), ST_Y(p) FROM ST_Transform(ST_GeomFromText(:p, 32639), 4326) p", p=POINT.wkt
    )
    layer = next(layer for layer in CADASTRE_LAYERS if layer.name == "overlays")
    opened = create_engine(town.settings.database_url)
    for zoom in (12, 17):
        x = int((lon + 180) / 360 * 2**zoom)
        y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
        drawn = layer.tile(opened, TileAddress(zoom, x, y), date(2024, 4, 1), Actor(None, frozenset()))
        (town.folder / "tile.pbf").write_bytes(gzip.decompress(drawn.body))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bodies = pyogrio.raw.read(town.folder / "tile.pbf")[2]
        dimensions = shapely.get_dimensions(shapely.from_wkb(bodies))
        assert sorted(dimensions) == [0, 1, 2, 2]
    opened.dispose()


def test_an_overlay_of_points_alone(town: Town) -> None:
    """A collection of two points is an overlay of two points."""
    kept = _stored(town, shapely.GeometryCollection([POINT, shapely.Point(EAST, NORTH)]))
    assert kept["0"].equals(shapely.MultiPoint([POINT, (EAST, NORTH)]))


def test_what_collapses_of_an_overlay_stays_as_a_line(town: Town) -> None:
    """A part without width beside a whole one, and a polygon on one line, still lie where they lie."""
    flat = shapely.Polygon([(EAST, NORTH + 5), (EAST + 10, NORTH + 5), (EAST + 5, NORTH + 5)])
    kept = _stored(town, shapely.MultiPolygon([FAR, flat]), flat, shapely.GeometryCollection([flat, BOWTIE]))
    assert [kept[key].intersection(square(0, 0)).length > 0 for key in "012"] == [True] * 3
    assert [kept[key].area for key in "012"] == [100, 0, 50]
    assert shapely.is_valid(list(kept.values())).all()


def test_axis_and_right_of_way_in_one_collection(town: Town) -> None:
    """The lines of a street's collection are its axis, the polygons its right of way."""
    axis = _stored(town, shapely.GeometryCollection([square(0, 0), LINE, POINT]), name="streets")["0"]
    assert axis.equals(shapely.MultiLineString([LINE]))
    assert town.rows("SELECT ST_Area(row_geom) FROM cadastre.street") == [(100.0,)]


def _parts(kind: int, *bodies: bytes) -> bytes:
    return struct.pack("<BII", 1, kind, len(bodies)) + b"".join(bodies)


def _through(*places: tuple[float, ...], kind: int = 8) -> bytes:
    """A circular string, or with `kind` 2 a line, through these places from the town's corner."""
    moved = [(EAST + x, NORTH + y, *z) for x, y, *z in places]
    return _parts(kind, *(struct.pack(f"<{len(place)}d", *place) for place in moved))


CIRCLE = ((10, 0), (0, 10), (-10, 0), (0, -10), (10, 0))
CURVED = {
    "disc": _parts(10, _through(*CIRCLE)),
    "in space": _parts(1010, _through(*((*place, 5.0) for place in CIRCLE), kind=1008)),
    "surface": _parts(12, _parts(10, _through(*CIRCLE))),
    "compound": _parts(
        10, _parts(9, _through((10, 0), (0, 10), (-10, 0)), _through((-10, 0), (0, -10), (10, 0)))
    ),
}


@pytest.mark.parametrize("parquet", [False, True])
def test_arcs_become_chords(town: Town, parquet: bool) -> None:
    """A circle of 10 m keeps its area to 0.02 m² in every curved type, and it is told."""
    shapes = {**CURVED, "plain": shapely.to_wkb(square(9, 9))}
    if parquet:
        geo = {"encoding": "WKB", "crs": json.loads(pyproj.CRS("EPSG:32639").to_json())}
        told = json.dumps({"primary_column": "shape", "columns": {"shape": geo}})
        table = pa.table({"id": list(shapes), "shape": list(shapes.values())})
        pq.write_table(table.replace_schema_metadata({"geo": told}), town.folder / "l.parquet")
        source = town.layer("parcels", "l.parquet", columns={"key": "id"}).run().sources[0]
    else:
        source = town.parcels(shapes).run().sources[0]
    assert (source.imported, source.rejected) == (5, 0)
    assert "curves drawn as chords, one for each 0.5° of an arc: 4" in source.notes
    areas = dict(town.rows("SELECT key, area_m2 FROM cadastre.parcel"))
    assert areas.pop("plain") == 100
    assert areas == dict.fromkeys(CURVED, pytest.approx(100 * math.pi, abs=0.02))


def test_two_lots_share_an_arc(town: Town) -> None:
    """An arc drawn one way by a lot and the other way by its neighbour leaves no gap and no overlap."""
    arc = ((0, 0), (3.7, 9.1), (11, 10))
    left = _parts(9, _through(*arc), _through((11, 10), (11, 20), (-5, 20), (-5, 0), (0, 0), kind=2))
    right = _parts(9, _through(*arc[::-1]), _through((0, 0), (0, -5), (16, -5), (16, 10), (11, 10), kind=2))
    report = town.parcels({"left": _parts(10, left), "right": _parts(10, right)}).run()
    assert not {"overlap", "gap", "sliver"} & report.states[0].faults.keys()
    assert sum(row[0] for row in town.rows("SELECT area_m2 FROM cadastre.parcel")) == pytest.approx(450)


def test_curved_overlays(town: Town) -> None:
    """Circular strings, compound curves and multi-curves are lines of an overlay."""
    half = _through((10, 0), (0, 10), (-10, 0))
    compound = _parts(9, half, _through((-10, 0), (-20, 0), kind=2))
    kept = _stored(town, half, compound, _parts(11, half))
    expected = (10 * math.pi, 10 * math.pi + 10, 10 * math.pi)
    assert [kept[key].length for key in "012"] == pytest.approx(expected, abs=1e-3)


def test_a_curve_that_cannot_be_drawn_has_its_reason(town: Town) -> None:
    """Curves that are none, or inside a collection, are rejected row by row; the good one comes in."""
    collection = _parts(7, CURVED["disc"], shapely.to_wkb(POINT))
    bad = {"deep": collection, "deeper": _parts(7, collection), "even": _parts(10, _through(*CIRCLE[:4]))}
    told = {"primary_column": "g", "columns": {"g": {"encoding": "WKB"}}}
    told["columns"]["g"]["crs"] = json.loads(pyproj.CRS("EPSG:32639").to_json())  # type: ignore[index]
    shapes = {**bad, "cut": CURVED["disc"][:40], "disc": CURVED["disc"]}
    table = pa.table({"id": list(shapes), "g": list(shapes.values())})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), town.folder / "l.parquet")
    source = town.layer("parcels", "l.parquet", columns={"key": "id"}).run().sources[0]
    assert (source.imported, source.reasons) == (1, {"geometry_unreadable": 4})
    reasons = dict(town.rows("SELECT key, reason FROM cadastre.import_reject"))
    assert reasons["deeper"].endswith("It is a collection with a curve in it.")


def test_a_complete_area_may_be_curved(town: Town) -> None:
    """The file of a complete area is drawn in the same way."""
    write(town.folder / "edge.gpkg", [CURVED["disc"]], {"id": ["E"]})
    town.parcels({"A": square(0, 0)}, complete={"file": "edge.gpkg"}).run()
    found = town.rows("SELECT ST_Area(complete_area) FROM cadastre.layer_register WHERE layer = 'parcels'")
    assert found[0][0] == pytest.approx(100 * math.pi, abs=0.02)


def test_values_beyond_everything_are_left_out(town: Town) -> None:
    """An area over 10¹² m² and a height over 10 km are missing facts, told with the reason; at the limit they
    stand."""
    write(town.folder / "l.gpkg", [square(0, 0), square(1, 0)], {"id": ["a", "b"], "m": [1e300, 1e12]})
    write(town.folder / "h.gpkg", [square(0, 0), square(1, 0)], {"id": ["a", "b"], "m": [10_000.1, 1e4]})
    write(town.folder / "s.gpkg", [LINE, LINE], {"id": ["a", "b"], "m": [1_000.1, 1e3]})
    given = {
        "parcels": ("parcel", "registered_area_m2", "1,000,000,000,000 square metres"),
        "buildings": ("building", "height_m", "10,000 metres"),
        "streets": ("street", "existing_width_m", "1,000 metres"),
    }
    for (name, (_, column, _)), file in zip(given.items(), "lhs", strict=True):
        options = {"options": {"width_kind": "carriageway"}} if name == "streets" else {}
        town.layer(name, f"{file}.gpkg", columns={"key": "id", column: "m"}, **options)
    states = {state.layer: state for state in town.run().states}
    for name, (table, column, most) in given.items():
        told = states[name].faults["value_refused"]["greatest"]
        assert [(f["key_a"], f["reason"]) for f in told] == [("a", f"not a number over 0 and up to {most}")]
        assert dict(town.rows(f"SELECT key, {column} IS NULL FROM cadastre.{table}")) == {  # noqa: S608
            "a": True,
            "b": False,
        }


@pytest.mark.parametrize("unseen", ["\u200c", "\u200f", "\u00ad", "\u2060", "\u061c", " \u200c ", "\ufeff"])
def test_unseen_characters_around_a_key(town: Town, unseen: str) -> None:
    """Two keys that look alike are one; ZWNJ inside of a key stays, and nothing but ZWNJ is no key."""
    inside = "می\u200cخواهم"
    lots = [square(n, 0) for n in range(4)]
    write(town.folder / "l.gpkg", lots, {"id": [f"{unseen}A{unseen}", "A", inside, unseen]})
    source = town.layer("parcels", "l.gpkg", columns={"key": "id"}).run().sources[0]
    assert source.reasons == {"duplicate_key": 1, "key_missing": 1}
    assert {row[0] for row in town.rows("SELECT key FROM cadastre.parcel")} == {"A", inside}
