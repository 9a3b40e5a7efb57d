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
_VACANT = 0.07
_FULL = 0.975  # ordinary buildings use this share of what the law allows at most
_PUBLIC = {
    "school": ("educational", 2, 0.34),
    "mosque": ("religious", 1, 0.5),
    "clinic": ("healthcare", 2, 0.45),
}
_DIVIDED = {"old": 0.02, "bazaar": 0.0, "rows": 0.3, "middle": 0.6, "high": 0.95, "villa": 0.05}


@dataclass(frozen=True)
class Buildings:
    """Buildings of a batch, arrays with one entry each; `lot` counts within the batch.

    `divided`: whether its dwellings are properties of their own. `year`: Jalali.
    """

    lot: Ints
    shapes: NDArray[np.object_]
    storeys: Ints
    use: list[str]
    year: Ints
    divided: NDArray[np.bool_]


def buildings_of(parcels: Parcels, zones: ZoneMap, network: Network, rng: np.random.Generator) -> Buildings:
    """The buildings of a batch, each within the law of the sample rule-book."""
    ground = Ground.of(parcels, network)
    allowed = {codes: lawful.strictest(codes) for codes in {tuple(z) for z in zones.of_lot}}
    rules = [allowed[tuple(z)] for z in zones.of_lot]
    public = np.array([lot.use for lot in parcels.lots])
    uses = _uses(parcels, rules, rng)
    built = (uses != "") & (rng.random(len(uses)) > _VACANT) | np.isin(public, list(_PUBLIC))
    built &= np.array([lot.shape != "land_locked" for lot in parcels.lots]) & (ground.depth > 6)
    lots = np.flatnonzero(built)
    coverage = np.array([r.coverage for r in rules])[lots]
    density = np.array([r.density for r in rules])[lots]
    most = np.array([r.storeys for r in rules])[lots]
    share = np.minimum(coverage * _FULL, rng.uniform(0.46, 0.62, len(lots)))
    for use, (_, _, part) in _PUBLIC.items():
        share[public[lots] == use] = part
    shapes = _fitted(parcels, ground, lots, share)
    share = shapely.area(shapes) / ground.after[lots]
    by_density = np.floor(density * _FULL / share + 1e-9).astype(int)
    storeys = np.maximum(1, np.minimum(np.minimum(most, by_density), _wanted(parcels, lots, rng)))
    for use, (_, floors, _) in _PUBLIC.items():
        storeys[public[lots] == use] = np.minimum(floors, storeys[public[lots] == use])
    fabric = [parcels.batch.blocks[k].quarter.fabric.name for k in parcels.block_of[lots]]
    chance = np.array([_DIVIDED[name] for name in fabric])
    year = 1402 - np.minimum(rng.gamma(1.6, 11.0, len(lots)), 62).astype(int)
    return Buildings(
        lots,
        shapes,
        storeys,
        [str(use) for use in uses[lots]],
        year,
        (rng.random(len(lots)) < chance) & (storeys > 1),
    )


def _uses(parcels: Parcels, rules: list[lawful.Allowance], rng: np.random.Generator) -> NDArray[np.str_]:
    """The use of a building on each lot; empty where none may stand."""
    pick = rng.random(len(rules))
    found = []
    for lot, rule, chance in zip(parcels.lots, rules, pick, strict=True):
        if lot.use:
            found.append(_PUBLIC[lot.use][0] if lot.use in _PUBLIC else "")
        else:
            found.append(rule.uses[int(chance * len(rule.uses))] if rule.uses else "")
    return np.array(found)


def _wanted(parcels: Parcels, lots: Ints, rng: np.random.Generator) -> Ints:
    """Storeys that owners built: few in the old town, up to what is allowed in the new quarters."""
    mean = {"old": 1.6, "bazaar": 1.6, "rows": 2.2, "middle": 3.2, "high": 4.6, "villa": 1.9}
    fabric = [parcels.batch.blocks[k].quarter.fabric.name for k in parcels.block_of[lots]]
    wanted = rng.normal([mean[name] for name in fabric], 0.8)
    return np.clip(np.round(wanted), 1, 6).astype(np.int64)


def _fitted(parcels: Parcels, ground: Ground, lots: Ints, share: Floats) -> NDArray[np.object_]:
    """Masses over a share of each lot's land, over its full width, at the northern end of the plot."""
    span = _span(parcels, ground, lots, share)
    shapes = masses(parcels, ground, lots, span)
    for _ in range(3):
        ratio = shapely.area(shapes) / (share * ground.after[lots])
        if (ratio <= 1.0 + 1e-9).all():
            break
        over = ratio > 1.0
        span[over] = _shrunk(parcels, lots[over], span[over], ratio[over])
        shapes[over] = masses(parcels, ground, lots[over], span[over])
    return shapes


def _span(parcels: Parcels, ground: Ground, lots: Ints, share: Floats) -> Floats:
    front, depth, gaps = ground.front[lots], ground.depth[lots], ground.gaps[lots]
    near, far = gaps[:, 0] / depth, 1 - gaps[:, 3] / depth
    left, right = gaps[:, 1] / front, 1 - gaps[:, 2] / front
    at_rear = np.array([parcels.lots[k].facing == "S" for k in lots])
    reach = share * (far - near)
    return np.column_stack(
        [left, right, np.where(at_rear, far - reach, near), np.where(at_rear, far, near + reach)]
    )


def _shrunk(parcels: Parcels, lots: Ints, span: Floats, ratio: Floats) -> Floats:
    """Spans whose depth is divided by `ratio`, their northern end kept."""
    at_rear = np.array([parcels.lots[k].facing == "S" for k in lots])
    reach = (span[:, 3] - span[:, 2]) / (ratio * 1.002)
    span = span.copy()
    span[:, 2] = np.where(at_rear, span[:, 3] - reach, span[:, 2])
    span[:, 3] = np.where(at_rear, span[:, 3], span[:, 2] + reach)
    return span


def building_keys(parcels: Parcels, buildings: Buildings) -> list[str]:
    """Keys of the buildings: one for each parcel that is built on."""
    return [f"B-{parcels.keys[k][2:]}" for k in buildings.lot]


def building_table(parcels: Parcels, buildings: Buildings) -> pa.Table:
    """The layer `buildings`."""
    return pa.table(
        {
            "key": building_keys(parcels, buildings),
            "parcel_key": [parcels.keys[k] for k in buildings.lot],
            "storeys": pa.array(buildings.storeys, pa.int32()),
            "height_m": np.round(buildings.storeys * FLOOR_HEIGHT, 2),
            "use": buildings.use,
            "year": pa.array(buildings.year, pa.int32()),
            "geometry": shapely.to_wkb(buildings.shapes),
        }
    )
