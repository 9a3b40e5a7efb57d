"""The cadastre's tables: the city, its layers with days in force, the register, the import's own record.

Geometry is stored in the city's one metric frame (its SRID stands in `cadastre.city`, the columns
carry none), and once more in EPSG:3857 for tiles. A feature is in force on a day when
`valid_from <= day < valid_to`.
"""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from api.core.database import Base

_SCHEMA = {"schema": "cadastre"}


def _geometry(srid: int = -1) -> Geometry:
    """Geometry of any type; SRID -1 leaves the column open, since it is the city's."""
    return Geometry("GEOMETRY" if srid > 0 else None, srid=srid, spatial_index=False)


class City(Base):
    """The one city of this database and the profile it was last imported with."""

    __tablename__ = "city"
    __table_args__ = _SCHEMA

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    name_fa: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    srid: Mapped[int] = mapped_column(Integer)
    is_sample: Mapped[bool]
    rulebook: Mapped[str | None] = mapped_column(Text)
    centre: Mapped[WKBElement | None] = mapped_column(_geometry(4326))
    bounds: Mapped[WKBElement | None] = mapped_column(_geometry(4326))
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ImportRun(Base):
    """One import that was committed; an import that failed leaves no row."""

    __tablename__ = "import_run"
    __table_args__ = _SCHEMA

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    city_key: Mapped[str] = mapped_column(ForeignKey("cadastre.city.key"))
    profile_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB)
    started_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=True))
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    engine_version: Mapped[str] = mapped_column(Text)


class Dated:
    """What every row of a layer has: its days in force and the imports that began and ended it.

    A row that ends on its first day was in force on none: a correction of the same day took its place.
    """

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, sort_order=-9)
    valid_from: Mapped[date] = mapped_column(Date, sort_order=-7)
    valid_to: Mapped[date | None] = mapped_column(Date, sort_order=-6)
    import_id: Mapped[int] = mapped_column(ForeignKey("cadastre.import_run.id"), sort_order=-5)
    ended_import_id: Mapped[int | None] = mapped_column(ForeignKey("cadastre.import_run.id"), sort_order=-4)
    digest: Mapped[bytes] = mapped_column(LargeBinary, sort_order=-3)
    """Hash of the row's content in the city's frame (16 bytes): equal digest, unchanged feature."""


def _dated(table: str, key: str, *more: SchemaItem) -> tuple[Any, ...]:
    """What every dated table has: one row of a key in force, history by key, no empty interval."""
    return (
        Index(f"{table}_{key}_in_force_idx", key, unique=True, postgresql_where=text("valid_to IS NULL")),
        Index(None, key, "valid_from"),
        CheckConstraint("valid_to >= valid_from", name="days"),
        *more,
        _SCHEMA,
    )


class Feature(Dated):
    """A dated thing on the map, by its stable key."""

    key: Mapped[str] = mapped_column(Text, sort_order=-8)
    geom: Mapped[WKBElement | None] = mapped_column(_geometry(), sort_order=7)
    tile_geom: Mapped[WKBElement | None] = mapped_column(_geometry(3857), sort_order=8)
    attributes: Mapped[dict[str, Any] | None] = mapped_column(JSONB, sort_order=9)
    """Columns of the source that the profile keeps and no column here names."""


def _feature(table: str, *more: SchemaItem) -> tuple[Any, ...]:
    return _dated(
        table,
        "key",
        Index(None, "geom", postgresql_using="gist"),
        Index(None, "tile_geom", postgresql_using="gist"),
        *more,
    )


class Parcel(Feature, Base):
    """Land with one boundary; the subject of the spatial law."""

    __tablename__ = "parcel"
    __table_args__ = _feature(
        "parcel",
        Index(None, "search", postgresql_using="gin"),
        Index(None, "renovation_code", postgresql_ops={"renovation_code": "text_pattern_ops"}),
        Index(None, "registration_plate"),
        Index(None, "plate_main", "plate_sub"),
    )

    area_m2: Mapped[float] = mapped_column(Double)
    registered_area_m2: Mapped[float | None] = mapped_column(Double)
    renovation_code: Mapped[str | None] = mapped_column(Text)
    registration_plate: Mapped[str | None] = mapped_column(Text)
    plate_main: Mapped[int | None] = mapped_column(Integer)
    plate_sub: Mapped[int | None] = mapped_column(Integer)
    address: Mapped[str | None] = mapped_column(Text)
    search: Mapped[str] = mapped_column(TSVECTOR)
    """Words of the folded address, without their places: those that a search may give."""


class Street(Feature, Base):
    """A street by its axis (`geom`), its right of way as approved (`row_geom`), or both."""

    __tablename__ = "street"
    __table_args__ = _feature(
        "street",
        Index(None, "row_geom", postgresql_using="gist"),
        CheckConstraint("width_kind IN ('right_of_way', 'carriageway')", name="width_kind"),
    )

    name: Mapped[str | None] = mapped_column(Text)
    row_geom: Mapped[WKBElement | None] = mapped_column(_geometry())
    existing_width_m: Mapped[float | None] = mapped_column(Double)
    planned_width_m: Mapped[float | None] = mapped_column(Double)
    width_kind: Mapped[str | None] = mapped_column(Text)
    street_class: Mapped[str | None] = mapped_column(Text)


class Zone(Feature, Base):
    """A zone of the detailed plan."""

    __tablename__ = "zone"
    __table_args__ = _feature("zone", Index(None, "code"))

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)


class District(Feature, Base):
    """A district municipality (منطقه)."""

    __tablename__ = "district"
    __table_args__ = _feature("district")

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)


class Overlay(Feature, Base):
    """What lies over the zones: flood, easement, heritage and other kinds, of any geometry."""

    __tablename__ = "overlay"
    __table_args__ = _feature("overlay")

    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)


class Building(Feature, Base):
    """A building as it stands."""

    __tablename__ = "building"
    __table_args__ = _feature("building", Index(None, "parcel_key"))

    storeys: Mapped[int | None] = mapped_column(Integer)
    height_m: Mapped[float | None] = mapped_column(Double)
    use: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None] = mapped_column(Integer)
    parcel_key: Mapped[str | None] = mapped_column(Text)


class Address(Feature, Base):
    """A written address, with or without its point."""

    __tablename__ = "address"
    __table_args__ = _feature(
        "address", Index(None, "parcel_key"), Index(None, "search", postgresql_using="gin")
    )

    text: Mapped[str] = mapped_column(Text)
    parcel_key: Mapped[str | None] = mapped_column(Text)
    search: Mapped[str] = mapped_column(TSVECTOR)
    """Words of the folded text, without their places: those that a search may give."""


class TerrainTile(Feature, Base):
    """A square of the terrain raster; `geom` is its bounds."""

    __tablename__ = "terrain_tile"
    __table_args__ = _feature("terrain_tile")

    pixel_m: Mapped[float] = mapped_column(Double)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    affine: Mapped[list[float]] = mapped_column(ARRAY(Double))
    """Six numbers a…f: a pixel's corner is at easting a·col + b·row + c, northing d·col + e·row + f."""
    nodata: Mapped[float | None] = mapped_column(Double)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    """Elevations in metres, little-endian float32 by rows from the north, zlib."""


class Node(Dated, Base):
    """A node of property (land, building, apartment, trade unit) by its code, which is never reused."""

    __tablename__ = "node"
    __table_args__ = _dated(
        "node",
        "code",
        Index(None, "parcel_key"),
        Index(None, "parent_code"),
        CheckConstraint("kind IN ('land', 'building', 'apartment', 'trade_unit')", name="kind"),
    )

    code: Mapped[str] = mapped_column(Text)
    district: Mapped[int] = mapped_column(Integer)
    region: Mapped[int] = mapped_column(Integer)
    block: Mapped[int] = mapped_column(Integer)
    house: Mapped[int] = mapped_column(Integer)
    building: Mapped[int] = mapped_column(Integer)
    apartment: Mapped[int] = mapped_column(Integer)
    shop: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(Text)
    """Code of the node above, which keeps its code while its own rows change."""
    parcel_key: Mapped[str] = mapped_column(Text)
    building_key: Mapped[str | None] = mapped_column(Text)
    use: Mapped[str | None] = mapped_column(Text)
    floor: Mapped[int | None] = mapped_column(Integer)
    area_m2: Mapped[float | None] = mapped_column(Double)


class Lineage(Base):
    """What became of a key: the old one, a new one, and the share of the old area that the new one holds."""

    __tablename__ = "lineage"
    __table_args__ = (
        Index(None, "layer", "old_key"),
        Index(None, "layer", "new_key"),
        CheckConstraint("kind IN ('subdivision', 'merge', 'change')", name="kind"),
        _SCHEMA,
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    layer: Mapped[str] = mapped_column(Text)
    old_key: Mapped[str] = mapped_column(Text)
    new_key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(Date)
    share: Mapped[float | None] = mapped_column(Double)
    import_id: Mapped[int] = mapped_column(ForeignKey("cadastre.import_run.id"))


class LayerRegister(Base):
    """What a version of a layer is: its source, its day, and where it is complete (null: unknown)."""

    __tablename__ = "layer_register"
    __table_args__ = (Index(None, "layer", "valid_from"), _SCHEMA)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    layer: Mapped[str] = mapped_column(Text)
    import_id: Mapped[int] = mapped_column(ForeignKey("cadastre.import_run.id"))
    source: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(Date)
    complete_area: Mapped[WKBElement | None] = mapped_column(_geometry())
    declared: Mapped[dict[str, Any]] = mapped_column(JSONB)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class ImportReject(Base):
    """A row of a source file that was not taken in, and why."""

    __tablename__ = "import_reject"
    __table_args__ = (Index(None, "import_id", "layer"), _SCHEMA)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("cadastre.import_run.id"))
    layer: Mapped[str] = mapped_column(Text)
    source_row: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    attributes: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    geom: Mapped[WKBElement | None] = mapped_column(_geometry())


class LayerFault(Base):
    """A fault of the layer itself: an overlap, a gap, a repaired shape, a parcel with no street."""

    __tablename__ = "layer_fault"
    __table_args__ = (Index(None, "import_id", "layer", "kind"), _SCHEMA)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("cadastre.import_run.id"))
    layer: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    key_a: Mapped[str | None] = mapped_column(Text)
    key_b: Mapped[str | None] = mapped_column(Text)
    area_m2: Mapped[float | None] = mapped_column(Double)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    geom: Mapped[WKBElement | None] = mapped_column(_geometry())


class TileCache(Base):
    """Vector tiles as they are sent (gzip); emptied when the map changes."""

    __tablename__ = "tile_cache"
    __table_args__ = _SCHEMA

    layer: Mapped[str] = mapped_column(Text, primary_key=True)
    z: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    x: Mapped[int] = mapped_column(Integer, primary_key=True)
    y: Mapped[int] = mapped_column(Integer, primary_key=True)
    etag: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True), server_default=text("now()"))


class Token(Base):
    """A word of the folded addresses and how many rows carry it; misspelt words are looked up here only."""

    __tablename__ = "token"
    __table_args__ = (
        Index(None, "token", postgresql_using="gin", postgresql_ops={"token": "gin_trgm_ops"}),
        _SCHEMA,
    )

    token: Mapped[str] = mapped_column(Text, primary_key=True)
    n: Mapped[int] = mapped_column(Integer)
