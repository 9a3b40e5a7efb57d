"""A little town for the tests of the service, every figure of it small enough to check by hand.

One street from west to east, 6 m wide and to be 8 m: its axis lies 3 m south of seven lots of 10 × 25 m (W-1,
P-1 … P-6, west to east) and 3 m north of six others (Q-1 … Q-6). R-1 … R-6 lie behind the first row. Zone
R121
reaches from the west to the middle of P-5, zone G111 from there on; for G111 the little book has no law. The
layers are complete from the western edge of P-1 to the eastern edge of P-5: W-1 and P-6 lie outside. P-2
had an
older, smaller shape until 2025-01-01.
"""

import struct
import zlib
from datetime import date
from typing import Any

import shapely
from sqlalchemy import Connection, text

from api.cadastre.text import RegistrationPlate, fold
from gis import Frame

EAST, NORTH = 560000.0, 3800000.0
FRAME = Frame.of(32639)
DAY = date(2024, 3, 20)
CHANGE = date(2025, 1, 1)
ON = "2026-11-21"


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """A rectangle by its distances from the town's origin, the south-western corner of P-1."""
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def _insert(connection: Connection, table: str, geometry: Any, **values: Any) -> None:
    """A row in force from `DAY`, drawn in both frames."""
    values = {"valid_from": DAY, "import_id": 1, "digest": b"0" * 16} | values
    names = [*values, "geom", "tile_geom"]
    slots = [f":{name}" for name in values]
    slots += ["ST_GeomFromWKB(:geom, 32639)", "ST_GeomFromWKB(:tile_geom, 3857)"]
    connection.execute(
        text(f"INSERT INTO cadastre.{table} ({', '.join(names)}) VALUES ({', '.join(slots)})"),  # noqa: S608
        values
        | {
            "geom": shapely.to_wkb(geometry) if geometry else None,
            "tile_geom": shapely.to_wkb(FRAME.to_web_mercator(geometry)) if geometry else None,
        },
    )


def add_parcel(
    connection: Connection, key: str, outline: shapely.Polygon, number: int, **values: Any
) -> None:
    """A lot of the town in force from `DAY`, with code, plate and address by its number."""
    plate = RegistrationPlate(main=45, sub=100 + number)
    address = f"خیابان نیلوفر، کوچهٔ شقایق، پلاک {number}"
    row = {
        "area_m2": outline.area,
        "renovation_code": f"1-2-14-{number}-0-0-0",
        "registration_plate": str(plate),
        "plate_main": plate.main,
        "plate_sub": plate.sub,
        "address": address,
        "search": fold(address),
    }
    _insert(connection, "parcel", outline, key=key, **(row | values))


def add_building(connection: Connection, key: str, outline: shapely.Polygon, parcel: str | None) -> None:
    """A house of one storey in force from `DAY`, counted to a parcel or to none."""
    _insert(
        connection, "building", outline, key=key, storeys=1, height_m=3.2, use="residential", year=1990,
        parcel_key=parcel,
    )  # fmt: skip


def make_town(connection: Connection) -> None:
    """Write the town into a migrated database without a city."""
    bounds = FRAME.to_wgs84(box(-100, -100, 200, 100).envelope)
    connection.execute(
        text("""
            INSERT INTO cadastre.city (key, name_fa, name_en, srid, is_sample, rulebook, centre, bounds,
            profile)
            VALUES ('little', 'شهر کوچک', 'Little Town', 32639, true, 'little',
                    ST_Centroid(ST_GeomFromWKB(:bounds, 4326)), ST_GeomFromWKB(:bounds, 4326), '{}')
        """),
        {"bounds": shapely.to_wkb(shapely.box(*bounds.bounds))},
    )
    connection.execute(
        text("""
            INSERT INTO cadastre.import_run (city_key, profile_sha256, profile, started_at, finished_at,
            engine_version)
            VALUES ('little', '\\x00', '{}', now(), now(), '0.1.0')
        """)
    )
    complete = box(0, -100, 50, 100)
    for layer in (
        "parcels",
        "streets",
        "zones",
        "buildings",
        "districts",
        "overlays",
        "addresses",
        "terrain",
    ):
        connection.execute(
            text("""
                INSERT INTO cadastre.layer_register
                    (layer, import_id, source, day, complete_area, declared, valid_from)
                VALUES (:layer, 1, :source, :day, ST_GeomFromWKB(:area, 32639), '{}', :day)
            """),
            {
                "layer": layer,
                "source": f"little/{layer}.gpkg",
                "day": DAY,
                "area": shapely.to_wkb(complete),
            },
        )
    add_parcel(connection, "W-1", box(-10, 0, 0, 25), 50)
    for n in range(1, 7):
        west = 10.0 * (n - 1)
        add_parcel(connection, f"Q-{n}", box(west, -31, west + 10, -6), 20 + n)
        add_parcel(connection, f"R-{n}", box(west, 25, west + 10, 50), 30 + n)
        if n == 2:
            add_parcel(connection, "P-2", box(west, 0, west + 10, 20), n, valid_to=CHANGE)
            add_parcel(connection, "P-2", box(west, 0, west + 10, 25), n, valid_from=CHANGE)
        else:
            add_parcel(connection, f"P-{n}", box(west, 0, west + 10, 25), n)
    axis = shapely.LineString([(EAST - 100, NORTH - 3), (EAST + 200, NORTH - 3)])
    _insert(
        connection, "street", axis, key="S-1", name="نیلوفر", existing_width_m=6.0, planned_width_m=8.0,
        width_kind="right_of_way", street_class="local",
    )  # fmt: skip
    _insert(connection, "zone", box(-100, -100, 45, 100), key="Z-1", code="R121", name="مسکونی")
    _insert(connection, "zone", box(45, -100, 200, 100), key="Z-2", code="G111", name="فضای سبز")
    _insert(connection, "district", box(-100, -100, 200, 100), key="D-1", code="1", name="منطقهٔ یک")
    _insert(connection, "overlay", box(30, 20, 40, 30), key="O-1", kind="flood", name="مسیل")
    _insert(
        connection, "building", box(0, 10, 10, 24), key="B-1", storeys=2, height_m=6.4, use="residential",
        year=2010, parcel_key="P-1",
    )  # fmt: skip
    _insert(
        connection, "address", shapely.Point(EAST + 5, NORTH + 1), key="A-1", text="خیابان نیلوفر، پلاک 1",
        search=fold("خیابان نیلوفر، پلاک 1"), parcel_key="P-1",
    )  # fmt: skip
    _node(connection, "1-2-14-1-0-0-0", "land", None)
    _node(connection, "1-2-14-1-1-0-0", "building", "1-2-14-1-0-0-0")
    _node(connection, "1-2-14-1-1-2-0", "apartment", "1-2-14-1-1-0-0")
    _insert(
        connection, "terrain_tile", box(0, 0, 20, 20), key="T-1", pixel_m=10.0, width=2, height=2,
        affine=[10.0, 0.0, EAST, 0.0, -10.0, NORTH + 20], nodata=-9.0,
        body=zlib.compress(struct.pack("<4f", 905.0, 906.0, 901.0, 902.0)),
    )  # fmt: skip
    connection.execute(
        text("""
            INSERT INTO cadastre.lineage (layer, old_key, new_key, kind, day, share, import_id)
            VALUES ('parcels', 'P-0', 'P-1', 'subdivision', :day, 0.5, 1)
        """),
        {"day": DAY},
    )
    connection.execute(
        text("""
            INSERT INTO cadastre.token (token, n)
            SELECT word, ndoc FROM ts_stat('SELECT search FROM cadastre.parcel WHERE valid_to IS NULL')
        """)
    )


def _node(connection: Connection, code: str, kind: str, parent: str | None) -> None:
    numbers = [int(part) for part in code.split("-")]
    levels = ("district", "region", "block", "house", "building", "apartment", "shop")
    connection.execute(
        text(f"""
            INSERT INTO cadastre.node (valid_from, import_id, digest, code, {", ".join(levels)}, kind,
                                       parent_code, parcel_key, area_m2)
            VALUES (:day, 1, '\\x00', :code, {", ".join(f":{level}" for level in levels)}, :kind,
                    :parent, 'P-1', 80)
        """),  # noqa: S608
        {"day": DAY, "code": code, "kind": kind, "parent": parent} | dict(zip(levels, numbers, strict=True)),
    )


def storey(outline: shapely.Polygon, **properties: Any) -> dict[str, Any]:
    """One storey of a proposal in the city's frame."""
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(outline),
        "properties": {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
        | properties,
    }


def proposal(*storeys: dict[str, Any], srid: int = 32639) -> dict[str, Any]:
    """A proposal of these storeys; one lawful storey on P-1 where none is given."""
    return {
        "type": "FeatureCollection",
        "srid": srid,
        "proposal": {"strip_ceded": False, "parking_spaces": 1},
        "features": list(storeys) or [storey(box(0, 1, 10, 13))],
    }
