"""Parcels as rows: keys, codes, plates, addresses, areas. One batch of the town at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from data.sample_city.outlines import Ints, Outlines
from data.sample_city.quad import NO_STREET
from data.sample_city.rows import Lot
from data.sample_city.settlement import Batch
from data.sample_city.streets import PERSIAN_DIGITS, Network
from data.sample_city.vocabulary import UNIT

ORIGIN = (560_000.0, 3_800_000.0)
"""Easting and northing of the town's middle in EPSG:32639."""
_ODD_SIDE = frozenset("SE")  # lots that face south or east stand on the odd side of their street


@dataclass(frozen=True)
class Parcels:
    """A batch of parcels: `first` is the running number of its first, arrays have one entry for each lot."""

    first: int
    lots: list[Lot]
    batch: Batch
    shapes: NDArray[np.object_]
    areas: NDArray[np.float64]
    corners: NDArray[np.float64]
    block_of: Ints
    keys: list[str]
    codes: list[str]
    addresses: list[str]


@dataclass
class Registry:
    """Numbers given so far: parcels, houses on each side of a street, plates of each main number."""

    network: Network
    given: int = 0
    _houses: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def parcels(self, batch: Batch) -> Parcels:
        """The batch with outlines that share their vertices, and every number and address given."""
        shapes = Outlines.of([lot.ring for lot in batch.lots]).noded().polygons(ORIGIN)
        block_of = np.array(batch.block_of)
        first, self.given = self.given, self.given + len(batch.lots)
        corners = np.array([lot.corners for lot in batch.lots]).reshape(-1, 4, 2)
        return Parcels(
            first,
            batch.lots,
            batch,
            shapes,
            shapely.area(shapes),
            corners,
            block_of,
            [f"P-{n:06d}" for n in range(first + 1, self.given + 1)],
            self._codes(batch),
            self._addresses(batch.lots),
        )

    def _codes(self, batch: Batch) -> list[str]:
        """District-region-block-house; houses are numbered within their block."""
        codes = []
        for block in batch.blocks:
            head = f"{block.quarter.district}-{block.quarter.region}-{block.number}"
            codes += [f"{head}-{house}" for house in range(1, block.lots + 1)]
        return codes

    def _addresses(self, lots: list[Lot]) -> list[str]:
        """Street, alley and number: odd numbers on one side, even on the other, rising along the street."""
        names: dict[int, str] = {}
        for street in {lot.front for lot in lots} - {NO_STREET}:
            names[street] = self.network.full_name(street)
        made = [""] * len(lots)
        for k in sorted(range(len(lots)), key=lambda k: (lots[k].front, _along(lots[k]))):
            if lots[k].front != NO_STREET:
                name, odd = names[lots[k].front], lots[k].facing in _ODD_SIDE
                number = 2 * self._houses[name, odd] + (1 if odd else 2)
                self._houses[name, odd] += 1
                made[k] = f"{name}، پلاک {str(number).translate(PERSIAN_DIGITS)}"
        for k, lot in enumerate(lots):
            if lot.front == NO_STREET:  # the lot before it in the row is the one in front of it
                made[k] = made[k - 1].replace("پلاک", "پشت پلاک")
        return made


def _along(lot: Lot) -> float:
    """A number that rises along the street: eastwards or northwards."""
    axis = 0 if lot.facing in "SN" else 1
    return lot.corners[0][axis] + lot.corners[1][axis]


def parcel_table(parcels: Parcels, zones: list[str]) -> pa.Table:
    """The layer `parcels`; `zones`: the zone codes of each lot, joined by a semicolon."""
    blocks = parcels.batch.blocks
    quarters = [block.quarter for block in blocks]
    plates, seen = [], Counter[int]()
    for k in parcels.block_of:
        main = quarters[k].number + 101
        seen[main] += 1
        plates.append(f"{seen[main]} فرعی از {main} اصلی بخش {quarters[k].district} {UNIT}")
    return pa.table(
        {
            "key": parcels.keys,
            "renovation_code": [f"{code}-0-0-0" for code in parcels.codes],
            "registration_plate": plates,
            "address": parcels.addresses,
            "registered_area_m2": np.round(parcels.areas, 2),
            "shape": [lot.shape for lot in parcels.lots],
            "public_use": pa.array([lot.use or None for lot in parcels.lots], pa.string()),
            "zones": zones,
            "fabric": [quarters[k].fabric.name for k in parcels.block_of],
            "geometry": shapely.to_wkb(parcels.shapes),
        }
    )


def address_table(parcels: Parcels) -> pa.Table:
    """The layer `addresses`: a point behind the middle of each front, or somewhere in an odd lot."""
    kept = np.array([lot.front != NO_STREET for lot in parcels.lots])
    front = parcels.corners[:, :2].mean(axis=1)
    points = shapely.points(front + (parcels.corners.mean(axis=1) - front) * 0.12 + np.array(ORIGIN))
    beside = ~shapely.contains(parcels.shapes, points)
    points[beside] = shapely.point_on_surface(parcels.shapes[beside])
    return pa.table(
        {
            "key": [f"A-{key[2:]}" for key, keep in zip(parcels.keys, kept, strict=True) if keep],
            "text": [text for text, keep in zip(parcels.addresses, kept, strict=True) if keep],
            "parcel_key": [key for key, keep in zip(parcels.keys, kept, strict=True) if keep],
            "geometry": shapely.to_wkb(points[kept]),
        }
    )
