"""Buildings: the mass in the north of the plot, the yard in the south."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from data.sample_city import lawful
from data.sample_city.footprints import Ground, masses
from data.sample_city.outlines import Floats, Ints
from data.sample_city.parcels import Parcels
from data.sample_city.streets import Network
from data.sample_city.zones import ZoneMap

FLOOR_HEIGHT = 3.2
_VACANT = 0.06
_FULL = 0.97  # ordinary buildings use at most this share of what the law allows
_PUBLIC = {
    "school": ("educational", 2, 0.34),
    "mosque": ("cultural", 1, 0.5),
    "clinic": ("healthcare", 2, 0.45),
}
_UNBUILT = ("land_locked", "triangle", "l_shape")
_HABIT = {"old": 1.6, "bazaar": 1.6, "rows": 2.2, "middle": 3.3, "high": 4.7, "villa": 1.9}
_DIVIDED = {"old": 0.02, "bazaar": 0.0, "rows": 0.3, "middle": 0.6, "high": 0.95, "villa": 0.05}


@dataclass
class Buildings:
    """Buildings of a batch, arrays with one entry each; `lot` counts within the batch.

    `span`: the mass in shares of its lot's front and depth. `divided`: whether its dwellings are
    properties of
    their own. `year`: Jalali. `limits` and `ground` are those of all lots of the batch.
    """

    lot: Ints
    shapes: NDArray[np.object_]
    span: Floats
    storeys: Ints
    height: Floats
    use: NDArray[np.object_]
    year: Ints
    divided: NDArray[np.bool_]
    limits: lawful.Limits
    ground: Ground


def buildings_of(parcels: Parcels, zones: ZoneMap, network: Network, rng: np.random.Generator) -> Buildings:
    """The buildings of a batch, each within the law of the sample rule-book."""
    ground = Ground.of(parcels, network)
    limits = lawful.limits([tuple(z) for z in zones.of_lot], [parcels.areas, ground.after], ground.width)
    public = np.array([lot.use for lot in parcels.lots])
    uses = _uses(parcels, zones, limits, rng)
    shape = np.array([lot.shape for lot in parcels.lots])
    built = (uses != "") & ((rng.random(len(uses)) > _VACANT) | (public != ""))
    built &= ~np.isin(shape, _UNBUILT) & (ground.facing != "") & (limits.storeys > 0)
    built &= (ground.plain | (~ground.widened & (ground.depth > 10))) & ~ground.struck
    built &= (ground.front > lawful.LEAST_FRONTAGE + 0.1) | (shape == "flag")
    built &= (shape != "flag") | (ground.facing == "S")  # else the mass would stand in the way to the street
    span = _open_span(parcels, ground)
    built &= ((span[:, 3] - span[:, 2]) * ground.depth > 4) & ((span[:, 1] - span[:, 0]) * ground.across > 4)
    lots = np.flatnonzero(built)
    share = np.minimum(limits.coverage[lots] * _FULL, rng.uniform(0.44, 0.585, len(lots)))
    for use, (_, _, part) in _PUBLIC.items():
        share[public[lots] == use] = part
    span, shapes = _fitted(parcels, ground, lots, share, span[lots])
    kept = shapely.area(shapes) > 25
    lots, span, shapes = lots[kept], span[kept], shapes[kept]
    by_density = np.floor(limits.density[lots] * _FULL * ground.after[lots] / shapely.area(shapes))
    fabric = [parcels.batch.blocks[k].quarter.fabric.name for k in parcels.block_of[lots]]
    wanted = np.clip(np.round(rng.normal([_HABIT[name] for name in fabric], 0.8)), 1, 6)
    storeys = np.maximum(1, np.minimum(np.minimum(limits.storeys[lots], by_density), wanted)).astype(np.int64)
    for use, (_, floors, _) in _PUBLIC.items():
        storeys[public[lots] == use] = np.minimum(floors, storeys[public[lots] == use])
    divided = rng.random(len(lots)) < np.array([_DIVIDED[name] for name in fabric])
    return Buildings(
        lots,
        shapes,
        span,
        storeys,
        storeys * FLOOR_HEIGHT,
        uses[lots],
        1402 - np.minimum(rng.gamma(1.6, 11.0, len(lots)), 62).astype(np.int64),
        divided & (storeys > 1),
        limits,
        ground,
    )


def _uses(
    parcels: Parcels, zones: ZoneMap, limits: lawful.Limits, rng: np.random.Generator
) -> NDArray[np.object_]:
    """The use of a building on each lot; empty where none may stand. Public land in two zones waits."""
    found = []
    for lot, codes, uses, chance in zip(
        parcels.lots, zones.of_lot, limits.uses, rng.random(len(limits.uses)), strict=True
    ):
        if lot.use:
            found.append(_PUBLIC[lot.use][0] if lot.use in _PUBLIC and len(codes) == 1 else "")
        else:
            found.append(uses[int(chance * len(uses))] if uses else "")
    return np.array(found, dtype=object)


def _open_span(parcels: Parcels, ground: Ground) -> Floats:
    """Left, right, near and far shares between which a mass may stand on each lot, its yard left free."""
    span, facing, yard = ground.open_span(np.arange(len(parcels.lots))), ground.facing, ground.yard
    span[:, 2] = np.where(facing == "S", span[:, 2] + yard * (1 - span[:, 2]), span[:, 2])
    span[:, 3] = np.where(facing == "N", np.minimum(span[:, 3], 1 - yard), span[:, 3])
    return span


def _fitted(
    parcels: Parcels, ground: Ground, lots: Ints, share: Floats, span: Floats
) -> tuple[Floats, NDArray[np.object_]]:
    """Masses over a share of each lot's land: across the plot at its northern end, within `span`."""
    facing = ground.facing[lots]
    low_is_north = parcels.corners[lots, 0, 1] > parcels.corners[lots, 1, 1]
    along = np.isin(facing, ("E", "W")) & (ground.across[lots] > 0.9 * ground.depth[lots])
    # Of left, right, near, far: the end that gives way when the mass is made smaller.
    gives = np.where(along, np.where(low_is_north, 1, 0), np.where(facing == "S", 2, 3))
    rows = np.arange(len(lots))
    fixed = np.array([1, 0, 3, 2])[gives]
    shapes = masses(parcels, ground, lots, span)
    for _ in range(4):
        ratio = shapely.area(shapes) / (share * ground.after[lots])
        large = ratio > 1.0
        if not large.any():
            break
        end, kept = span[rows, gives], span[rows, fixed]
        span[rows, gives] = np.where(large, kept + (end - kept) / (ratio * 1.001), end)
        shapes[large] = masses(parcels, ground, lots[large], span[large])
    return span, shapes


def building_keys(parcels: Parcels, buildings: Buildings) -> list[str]:
    """Keys of the buildings: one for each parcel that is built on."""
    return [f"B-{parcels.keys[k][2:]}" for k in buildings.lot]


def building_table(parcels: Parcels, buildings: Buildings, unlawful: dict[int, str]) -> pa.Table:
    """The layer `buildings`; `unlawful`: what some of them break, by their number in the batch."""
    return pa.table(
        {
            "key": building_keys(parcels, buildings),
            "parcel_key": [parcels.keys[k] for k in buildings.lot],
            "storeys": pa.array(buildings.storeys, pa.int32()),
            "height_m": np.round(buildings.height, 2),
            "use": pa.array(buildings.use, pa.string()),
            "year": pa.array(buildings.year, pa.int32()),
            "unlawful": pa.array([unlawful.get(k) for k in range(len(buildings.lot))], pa.string()),
            "geometry": shapely.to_wkb(buildings.shapes),
        }
    )
