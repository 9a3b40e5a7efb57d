"""The tree of property: land, building, apartment or shop, each with a code of its own that says its
place."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

from data.sample_city.buildings import Buildings, building_keys
from data.sample_city.parcels import Parcels

_DWELLING = 105.0  # m² of a floor for one apartment
_SHOP = 32.0  # m² of a ground floor for one shop


def node_table(parcels: Parcels, buildings: Buildings) -> pa.Table:
    """The layer `nodes` of a batch. Apartments are numbered within their building from below, shops too."""
    codes = np.array(parcels.codes, dtype=object)
    keys = np.array(parcels.keys, dtype=object)
    lot = buildings.lot
    own = np.array(building_keys(parcels, buildings), dtype=object)
    area = shapely.area(buildings.shapes)
    use = buildings.use
    shops = _shops(buildings, area)
    floors = buildings.storeys - (shops > 0)
    per_floor = np.clip(np.round(area / _DWELLING).astype(int), 1, 4)
    flats = np.where(buildings.divided & (use == "residential"), floors * per_floor, 0)
    at = np.repeat(np.arange(len(lot)), flats)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(flats) - flats, flats)
    shop_at = np.repeat(np.arange(len(lot)), shops)
    shop_nth = np.arange(len(shop_at)) - np.repeat(np.cumsum(shops) - shops, shops)
    land = _rows("land", [f"{c}-0-0-0" for c in codes], keys, parcels.areas)
    built = _rows(
        "building",
        [f"{c}-1-0-0" for c in codes[lot]],
        keys[lot],
        area * buildings.storeys,
        parent_code=[f"{c}-0-0-0" for c in codes[lot]],
        building_key=own,
        use=use,
    )
    apartments = _rows(
        "apartment",
        [f"{c}-1-{n + 1}-0" for c, n in zip(codes[lot[at]], nth, strict=True)],
        keys[lot[at]],
        0.86 * area[at] / per_floor[at],
        parent_code=[f"{c}-1-0-0" for c in codes[lot[at]]],
        building_key=own[at],
        use=["residential"] * len(at),
        floor=(shops[at] > 0) + nth // per_floor[at],
    )
    trade = _rows(
        "trade_unit",
        [f"{c}-1-0-{n + 1}" for c, n in zip(codes[lot[shop_at]], shop_nth, strict=True)],
        keys[lot[shop_at]],
        0.9 * area[shop_at] / shops[shop_at],
        parent_code=[f"{c}-1-0-0" for c in codes[lot[shop_at]]],
        building_key=own[shop_at],
        use=["commercial"] * len(shop_at),
        floor=[0] * len(shop_at),
    )
    return pa.concat_tables([land, built, apartments, trade])


def _shops(buildings: Buildings, area: np.ndarray) -> np.ndarray:
    """Shops on the ground floor: in commercial buildings."""
    trades = buildings.use == "commercial"
    return np.where(trades, np.clip(np.round(area / _SHOP / 2).astype(int), 1, 6), 0)


def _rows(kind: str, codes: list[str], parcels: np.ndarray, area: np.ndarray, **more: object) -> pa.Table:
    """Rows of one kind; columns that are not given are empty."""

    def column(name: str, kind_of: pa.DataType) -> pa.Array:
        return pa.array(more[name], kind_of) if name in more else pa.nulls(len(codes), kind_of)

    return pa.table(
        {
            "code": pa.array(codes, pa.string()),
            "parent_code": column("parent_code", pa.string()),
            "kind": pa.array([kind] * len(codes), pa.string()),
            "parcel_key": pa.array(parcels, pa.string()),
            "building_key": column("building_key", pa.string()),
            "use": column("use", pa.string()),
            "floor": column("floor", pa.int32()),
            "area_m2": pa.array(np.round(area, 2), pa.float64()),
        }
    )
