"""Vector tiles of the map's layers as in force today: made by the store, kept there gzipped, named by a
digest."""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import Engine, TextClause, text

from api.core.errors import NotFound
from api.people.access import Actor

MAX_ZOOM = 22
EXTENT = 4096
_BUFFER = 64
_WORLD_M = 40075016.68557849
_KEPT_TO = 18
"""Deepest zoom whose tiles are kept. There are 256 of zoom 22 below one of 18, soon drawn and hardly asked
twice: keeping them would let anybody fill the disk."""
_GENERALISED_BELOW = 15
"""From this zoom on shapes are drawn as they are; below it the large ones lose what is finer than a grid
step."""


@dataclass(frozen=True)
class TileAddress:
    """Place of a tile in the square pyramid of web maps."""

    z: int
    x: int
    y: int

    def checked(self) -> "TileAddress":
        """The address itself; raises `NotFound` for a column or row that the zoom does not have.

        >>> TileAddress(1, 1, 1).checked()
        TileAddress(z=1, x=1, y=1)
        >>> TileAddress(1, 2, 0).checked()
        Traceback (most recent call last):
        ...
        api.core.errors.NotFound: x: Zoom 1 has columns and rows 0 to 1.
        """
        for name, value in (("x", self.x), ("y", self.y)):
            if not 0 <= value < 2**self.z:
                raise NotFound(
                    "tile_outside",
                    f"Zoom {self.z} has columns and rows 0 to {2**self.z - 1}.",
                    where=name,
                    zoom=self.z,
                )
        return self

    @property
    def grid_step(self) -> float:
        """Web-Mercator metres of one step of the tile's grid."""
        return _WORLD_M / (1 << self.z) / EXTENT


@dataclass(frozen=True)
class Tile:
    """A tile as it is sent: gzipped body (empty where nothing is drawn), its tag, whether all may keep it.

    `keep` is still to be done once the tile has been sent: putting it into the store.
    """

    body: bytes
    etag: str
    public: bool
    keep: Callable[[], None] | None = None


class TileLayer(Protocol):
    """A layer of tiles; rooms above the cadastre bring their own, bound where the service is composed."""

    name: str
    min_zoom: int

    def tile(self, engine: Engine, address: TileAddress, on: date, actor: Actor) -> Tile:
        """The tile as it is now."""
        ...


def mvt(
    layer: str, table: str, columns: str, condition: str, *,
    column: str = "f.tile_geom", drawn: str = "", beside: str = "",
) -> str:  # fmt: skip
    """The query that draws one tile of a table whose geometry `column` is stored in EPSG:3857.

    `drawn` is the expression that is drawn where it is not the column itself, `beside` what it is taken from.
    """
    return f"""
        SELECT ST_AsMVT(rows, '{layer}', {EXTENT}, 'geom') FROM (
            SELECT ST_AsMVTGeom(
                       {drawn or column}, ST_TileEnvelope(:z, :x, :y), {EXTENT}, {_BUFFER}, true
                   ) AS geom, {columns}
            FROM {table} f {beside}
            WHERE {column} && ST_TileEnvelope(:z, :x, :y, margin => {_BUFFER / EXTENT}) AND {condition}
        ) rows
    """  # noqa: S608 -- callers give constants


def packed(body: bytes) -> bytes:
    """The tile gzipped, the same bytes for the same tile; an empty tile stays empty.

    >>> packed(b"")
    b''
    >>> zlib.decompress(packed(b"abc"), 31)
    b'abc'
    """
    if not body:
        return b""
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 31)
    return squeeze.compress(body) + squeeze.flush()


def digest(body: bytes) -> str:
    """Sixteen hexadecimal digits that change with the body."""
    return hashlib.sha256(body).hexdigest()[:16]


_IN_FORCE = "f.valid_from <= :on AND (f.valid_to IS NULL OR f.valid_to > :on)"


def _kept_or_drawn(drawing: str) -> TextClause:
    """One round: the tile that is kept, or else the tile drawn now.

    The stamp of a layer grows with every import of it and on every day on which a version comes into
    force: a tile
    kept under another stamp is no longer looked at, whoever wrote it and when.
    """
    return text(f"""
        SELECT v.stamp, c.etag, CASE WHEN c.etag IS NULL THEN ({drawing}) ELSE c.body END AS body FROM (
            SELECT coalesce(max(r.id), 0) || '.' || count(*) AS stamp
            FROM cadastre.layer_register r WHERE r.layer = :layer AND r.valid_from <= :on
        ) v LEFT JOIN cadastre.tile_cache c
          ON c.layer = :layer AND c.z = :z AND c.x = :x AND c.y = :y AND starts_with(c.etag, v.stamp || '-')
    """)  # noqa: S608 -- the drawing is made of constants


_KEEP = text("""
    INSERT INTO cadastre.tile_cache (layer, z, x, y, etag, body) VALUES (:layer, :z, :x, :y, :etag, :body)
    ON CONFLICT (layer, z, x, y) DO UPDATE SET etag = excluded.etag, body = excluded.body, made_at = now()
""")


_PARTS = """CROSS JOIN LATERAL (
    SELECT f.tile_geom AS shape WHERE GeometryType(f.tile_geom) <> 'GEOMETRYCOLLECTION'
    UNION ALL SELECT ST_CollectionExtract(f.tile_geom, kind) FROM generate_series(1, 3) kind
    WHERE GeometryType(f.tile_geom) = 'GEOMETRYCOLLECTION'
) part"""
"""The points, lines and areas of a collection, each drawn by itself: a tile takes but the areas of one."""


class CadastreLayer:
    """A layer of the cadastre: the same for everybody, kept in the store until the map changes."""

    def __init__(
        self, name: str, table: str, columns: str, min_zoom: int, *,
        generalised: str | None = None, mixed: bool = False,
    ) -> None:  # fmt: skip
        self.name = name
        self.min_zoom = min_zoom
        source = f"cadastre.{table}"
        shape, beside = ("part.shape", _PARTS) if mixed else ("f.tile_geom", "")
        self._exact = _kept_or_drawn(mvt(name, source, columns, _IN_FORCE, drawn=shape, beside=beside))
        self._general = None
        if generalised:
            drawing = mvt(
                name, source, columns, f"{_IN_FORCE} AND {generalised}",
                drawn=f"ST_Simplify({shape}, :step, true)", beside=beside,
            )  # fmt: skip
            self._general = _kept_or_drawn(drawing)

    def tile(self, engine: Engine, address: TileAddress, on: date, actor: Actor) -> Tile:  # noqa: ARG002
        """The tile from the store where it is kept, else drawn now and to be kept."""
        place: dict[str, object] = {
            "layer": self.name,
            "z": address.z,
            "x": address.x,
            "y": address.y,
            "on": on,
        }
        statement, values = self._exact, place
        if self._general is not None and address.z < _GENERALISED_BELOW:
            statement, values = self._general, place | {"step": address.grid_step}
        with engine.connect() as connection:
            row = connection.execute(statement, values).one()
        if row.etag is not None:
            return Tile(bytes(row.body), row.etag, True)
        body = packed(bytes(row.body))
        etag = f"{row.stamp}-{digest(body)}"

        def keep() -> None:
            with engine.begin() as connection:
                connection.execute(_KEEP, {**place, "etag": etag, "body": body})

        return Tile(body, etag, True, keep if body and address.z <= _KEPT_TO else None)


def _street_width() -> str:
    return "greatest(f.existing_width_m, f.planned_width_m)"


CADASTRE_LAYERS: tuple[CadastreLayer, ...] = (
    CadastreLayer("parcels", "parcel", "f.key, round(f.area_m2 * 10) / 10 AS area", 14),
    CadastreLayer(
        "streets",
        "street",
        f"f.key, f.name, {_street_width()} AS width",
        11,
        generalised=f"(:z >= 13 OR {_street_width()} IS NULL OR {_street_width()} >= 12)",
    ),
    CadastreLayer("zones", "zone", "f.key, f.code", 11, generalised="true"),
    CadastreLayer("buildings", "building", "f.key, f.storeys, f.use", 14),
    CadastreLayer("districts", "district", "f.code, f.name", 11, generalised="true"),
    CadastreLayer("overlays", "overlay", "f.key, f.kind, f.name", 11, generalised="true", mixed=True),
    CadastreLayer("addresses", "address", "f.text", 17),
)
"""The layers of the map with the zoom from which each is drawn. Lots and buildings have few vertices and
are never
generalised: simplifying them costs more than it saves."""
