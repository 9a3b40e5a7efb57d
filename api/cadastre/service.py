"""What the cadastre tells of the city as a whole, and of a parcel beyond the facts of its site."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from api.cadastre.facts import GRAIN, LAYERS
from api.cadastre.terrain import Tile
from api.core.errors import Unavailable

_TABLES = {
    "parcels": "parcel",
    "streets": "street",
    "zones": "zone",
    "buildings": "building",
    "districts": "district",
    "overlays": "overlay",
    "addresses": "address",
    "terrain": "terrain_tile",
}


@dataclass(frozen=True)
class City:
    """The city of this database."""

    key: str
    name_fa: str
    name_en: str
    srid: int
    is_sample: bool
    rulebook: str | None
    centre: tuple[float, float] | None
    bounds: tuple[float, float, float, float] | None


_CITY = text("""
    SELECT key, name_fa, name_en, srid, is_sample, rulebook, ST_X(centre) AS lon, ST_Y(centre) AS lat,
           ST_XMin(bounds) AS west, ST_YMin(bounds) AS south, ST_XMax(bounds) AS east, ST_YMax(bounds) AS
           north
    FROM cadastre.city
""")


def city(connection: Connection) -> City:
    """The city; raises `Unavailable` where none has been imported yet."""
    row = connection.execute(_CITY).one_or_none()
    if row is None:
        raise Unavailable("no_city", "No city has been imported into this database.")
    centre = None if row.lon is None else (row.lon, row.lat)
    bounds = None if row.west is None else (row.west, row.south, row.east, row.north)
    return City(row.key, row.name_fa, row.name_en, row.srid, row.is_sample, row.rulebook, centre, bounds)


def in_city(connection: Connection, lon: float, lat: float) -> bool:
    """Whether a point (degrees) lies in the box around the city; False where there is no city yet."""
    bounds = connection.execute(_CITY).one_or_none()
    return (
        bounds is not None
        and bounds.west is not None
        and bool(bounds.west <= lon <= bounds.east and bounds.south <= lat <= bounds.north)
    )


_REGISTER = text("""
    SELECT r.layer, max(r.day) AS day, string_agg(DISTINCT r.source, ', ') AS source,
           CASE WHEN ST_Covers(ST_Buffer(ST_Union(r.complete_area), :grain, 'join=mitre'),
                               coalesce(ST_MakeEnvelope(:west, :south, :east, :north, c.srid),
                                        ST_Transform(c.bounds, c.srid))) THEN 'complete'
                WHEN bool_or(r.complete_area IS NOT NULL) THEN 'incomplete' ELSE 'unknown' END AS status
    FROM cadastre.layer_register r CROSS JOIN cadastre.city c
    WHERE r.valid_from <= :on AND (r.valid_to IS NULL OR r.valid_to > :on)
    GROUP BY r.layer, c.bounds, c.srid
""")
_COUNTS = text(
    " UNION ALL ".join(
        f"SELECT '{layer}' AS layer, count(*) AS n FROM cadastre.{table}"  # noqa: S608 -- constants
        " WHERE valid_from <= :on AND (valid_to IS NULL OR valid_to > :on)"
        for layer, table in _TABLES.items()
    )
)


# ST_3DExtent, for the box of ST_Extent is rounded outward by up to half a metre.
_PARCELS_BOX = text("""
    SELECT ST_XMin(b) AS west, ST_YMin(b) AS south, ST_XMax(b) AS east, ST_YMax(b) AS north FROM (
        SELECT ST_3DExtent(geom) AS b FROM cadastre.parcel
        WHERE valid_from <= :on AND (valid_to IS NULL OR valid_to > :on)
    ) box
""")


_STAMP = text("SELECT coalesce(max(id), 0) || '.' || count(*) FROM cadastre.layer_register")


@dataclass(frozen=True)
class _Extent:
    """Features in force by layer, and the box around the parcels in the city's frame (None: no parcels)."""

    counts: dict[str, int]
    box: dict[str, float | None]


_known: dict[tuple[str, str, date], _Extent] = {}
_MOST_KNOWN = 4


def _extent(connection: Connection, on: date) -> _Extent:
    """How much of the map is in force on a day; millions take their time, so once for each map and day.

    Counted on the caller's own connection: whoever holds one and waits for another can wait for ever.
    """
    stamp = connection.execute(_STAMP).scalar_one()
    asked = (connection.engine.url.render_as_string(), stamp, on)
    known = _known.get(asked)
    if known is None:
        counts = {row.layer: row.n for row in connection.execute(_COUNTS, {"on": on})}
        box = connection.execute(_PARCELS_BOX, {"on": on}).one()
        known = _Extent(counts, dict(box._mapping))
        while len(_known) >= _MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
        _known[asked] = known
    return known


def layers(connection: Connection, on: date) -> list[dict[str, Any]]:
    """What the register says of each layer over the whole city, and how many features are in force.

    A layer is complete where it is so for the whole box around the parcels.
    """
    extent = _extent(connection, on)
    values = {"on": on, "grain": GRAIN, **extent.box}
    registered = {row.layer: row for row in connection.execute(_REGISTER, values)}
    found = []
    for layer in LAYERS:
        row = registered.get(layer)
        found.append(
            {
                "layer": layer,
                "status": row.status if row else "not_loaded",
                "source": row.source if row else None,
                "day": row.day.isoformat() if row else None,
                "count": extent.counts[layer],
            }
        )
    return found


def zone_codes(connection: Connection, on: date) -> list[dict[str, Any]]:
    """The codes of the zones on the map, each with a name where the plan gives one."""
    rows = connection.execute(
        text("""
            SELECT code, max(name) AS name FROM cadastre.zone
            WHERE valid_from <= :on AND (valid_to IS NULL OR valid_to > :on) GROUP BY code ORDER BY code
        """),
        {"on": on},
    )
    return [{"code": row.code, "name": row.name} for row in rows]


def overlay_kinds(connection: Connection, on: date) -> list[str]:
    """The kinds of overlays on the map."""
    return list(
        connection.execute(
            text("""
                SELECT DISTINCT kind FROM cadastre.overlay
                WHERE valid_from <= :on AND (valid_to IS NULL OR valid_to > :on) ORDER BY kind
            """),
            {"on": on},
        ).scalars()
    )


@dataclass(frozen=True)
class ParcelRecord:
    """What is known of a parcel beside its site: district, nodes, history, lineage, the ground under it."""

    district: str | None
    nodes: list[dict[str, Any]]
    history: list[dict[str, Any]]
    lineage: list[dict[str, Any]]
    terrain: list[Tile]


_DISTRICT = text("""
    SELECT d.code FROM cadastre.parcel p JOIN cadastre.district d
      ON d.geom && p.geom AND ST_Intersects(d.geom, ST_PointOnSurface(p.geom))
    WHERE p.key = :key AND p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)
      AND d.valid_from <= :on AND (d.valid_to IS NULL OR d.valid_to > :on)
    ORDER BY d.code LIMIT 1
""")
_NODES = text("""
    SELECT code, kind, use, floor, area_m2 FROM cadastre.node
    WHERE parcel_key = :key AND valid_from <= :on AND (valid_to IS NULL OR valid_to > :on)
    ORDER BY district, region, block, house, building, apartment, shop
""")
_HISTORY = text("SELECT valid_from, valid_to FROM cadastre.parcel WHERE key = :key ORDER BY valid_from")
_LINEAGE = text("""
    SELECT kind, old_key, new_key, day, share FROM cadastre.lineage
    WHERE layer = 'parcels' AND (old_key = :key OR new_key = :key) ORDER BY day, old_key, new_key
""")
_TERRAIN = text("""
    SELECT t.affine, t.width, t.height, t.nodata, t.body
    FROM cadastre.parcel p JOIN cadastre.terrain_tile t ON t.geom && p.geom
    WHERE p.key = :key AND p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)
      AND t.valid_from <= :on AND (t.valid_to IS NULL OR t.valid_to > :on)
    ORDER BY t.key
""")


def record(connection: Connection, key: str, on: date) -> ParcelRecord:
    """The record of a parcel as of a day."""
    place = {"key": key, "on": on}
    history = connection.execute(_HISTORY, {"key": key})
    lineage = connection.execute(_LINEAGE, {"key": key})
    return ParcelRecord(
        connection.execute(_DISTRICT, place).scalar_one_or_none(),
        [dict(row._mapping) for row in connection.execute(_NODES, place)],
        [
            {
                "valid_from": row.valid_from.isoformat(),
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in history
        ],
        [
            {
                "kind": row.kind,
                "old_key": row.old_key,
                "new_key": row.new_key,
                "day": row.day.isoformat(),
                "share": row.share,
            }
            for row in lineage
        ],
        [
            Tile(tuple(row.affine), row.width, row.height, row.nodata, bytes(row.body))
            for row in connection.execute(_TERRAIN, place)
        ],
    )
