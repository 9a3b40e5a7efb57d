"""The importable layers: their tables, the columns a profile may name, the shapes they take."""

import math
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Table

from api.cadastre import tables

LayerName = Literal[
    "districts", "zones", "parcels", "streets", "buildings", "overlays", "addresses", "nodes", "terrain"
]  # fmt: skip
Shape = Literal["polygon", "street", "any", "point", "none", "raster"]
Kind = Literal["text", "whole", "length", "area", "renovation_code", "plate", "floor", "number"]


@dataclass(frozen=True)
class Column:
    """A column of ours that a source column may fill.

    `kind` says how it is read: `length` and `area` are converted from the layer's unit to metres and must be
    positive, `whole` is a whole number from 0, `floor` may be negative. Above `most` (metres, square metres)
    a value is bad. A bad value of a required column rejects the row; of another it is left out and reported.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    stored: bool = True
    most: float = math.inf


@dataclass(frozen=True)
class Layer:
    """One importable layer. Layers of one day are imported in the order of `LAYERS`."""

    name: LayerName
    table: Table
    shape: Shape
    columns: tuple[Column, ...]
    key: str = "key"
    searched: str | None = None

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where the layer has none."""
        return {column.name: column for column in self.columns}[name]


def _table(of: type) -> Table:
    table = of.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)  # noqa: S101 - a mapped class always has one
    return table


_MOST_AREA, _MOST_HEIGHT, _MOST_WIDTH = 1e12, 10_000.0, 1_000.0
"""Square metres and metres beyond which a value is a slip of the pen or of its unit."""
_KEY = Column("key", required=True)
_CODED = (_KEY, Column("code", required=True), Column("name"))

LAYERS: dict[str, Layer] = {
    layer.name: layer
    for layer in (
        Layer("districts", _table(tables.District), "polygon", _CODED),
        Layer("zones", _table(tables.Zone), "polygon", _CODED),
        Layer(
            "parcels", _table(tables.Parcel), "polygon",
            (
                _KEY,
                Column("registered_area_m2", "area", most=_MOST_AREA),
                Column("renovation_code", "renovation_code"),
                Column("registration_plate", "plate"),
                Column("address"),
                Column("parent_key", stored=False),
            ),
            searched="address",
        ),
        Layer(
            "streets", _table(tables.Street), "street",
            (
                _KEY,
                Column("name"),
                Column("existing_width_m", "length", most=_MOST_WIDTH),
                Column("planned_width_m", "length", most=_MOST_WIDTH),
                Column("street_class"),
            ),
        ),
        Layer(
            "buildings", _table(tables.Building), "polygon",
            (
                _KEY,
                Column("storeys", "whole"),
                Column("height_m", "length", most=_MOST_HEIGHT),
                Column("use"),
                Column("year", "whole"),
                Column("parcel_key"),
            ),
        ),
        Layer(
            "overlays", _table(tables.Overlay), "any",
            (_KEY, Column("kind", required=True), Column("name")),
        ),
        Layer(
            "addresses", _table(tables.Address), "point",
            (
                _KEY,
                Column("text", required=True),
                Column("parcel_key"),
                Column("x", "number", stored=False),
                Column("y", "number", stored=False),
            ),
            searched="text",
        ),
        Layer(
            "nodes", _table(tables.Node), "none",
            (
                Column("code", "renovation_code", required=True),
                Column("parent_code", "renovation_code"),
                Column("kind", required=True),
                Column("parcel_key", required=True),
                Column("building_key"),
                Column("use"),
                Column("floor", "floor"),
                Column("area_m2", "area", most=_MOST_AREA),
            ),
            key="code",
        ),
        Layer("terrain", _table(tables.TerrainTile), "raster", ()),
    )
}  # fmt: skip
"""All layers, in the order in which those of one day are imported."""

METRES = {"metre": 1.0, "foot": 0.3048, "us-survey-foot": 1200 / 3937}
"""Metres in each unit that a profile may name; areas are in its square."""
