"""Buildings that break the sample law on purpose, each in one way, and the list that says which and by
how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely

from data.sample_city.buildings import Buildings, building_keys
from data.sample_city.footprints import masses
from data.sample_city.lawful import LEAST_FRONTAGE
from data.sample_city.parcels import ORIGIN, Parcels
from data.sample_city.zones import ZoneMap

_EACH, _AT_MOST = 0.004, 40
"""Share of the buildings that break the law in each way, and how many in one batch."""
_MOST = 5  # storeys up to which the law asks for no distance from the sides

COLUMNS = ("key", "parcel_key", "what", "why", "value", "limit", "by_how_much")


@dataclass(frozen=True)
class Breach:
    """One provision broken by one building (its number in the batch): measure, why, measured value, limit."""

    building: int
    what: str
    why: str
    value: float
    limit: float


def breaches_of(
    parcels: Parcels, zones: ZoneMap, buildings: Buildings, rng: np.random.Generator
) -> list[Breach]:
    """Change some ordinary buildings so that each breaks the law in one way; `buildings` is changed.

    Only four-sided northern and southern plots of one housing zone are taken, where nothing else is in doubt.
    """
    flags = [k for k, lot in enumerate(buildings.lot) if parcels.lots[lot].shape == "flag"]
    made = [_narrow(parcels, buildings, k) for k in flags]
    ground, lots = buildings.ground, buildings.lot
    plain = ground.plain[lots] & ~ground.widened[lots] & np.isin(ground.facing[lots], ("N", "S"))
    plain &= np.array([parcels.lots[k].shape == "regular" and not parcels.lots[k].use for k in lots])
    plain &= np.array([list(zones.of_lot[k]) == ["R121"] for k in lots])
    plain &= (parcels.areas[lots] > 110) & (ground.gaps[lots] == 0).all(axis=1)
    plain &= np.abs(parcels.areas[lots, None] - [200, 300]).min(axis=1) > 1
    free = list(rng.permutation(np.flatnonzero(plain)))
    ways: tuple[Callable[[Parcels, Buildings, int], list[Breach]], ...] = (
        _too_wide, _storey_too_many, _yard_built_over, _forbidden_use, _too_dense, _too_high,
    )  # fmt: skip
    count = min(max(2, round(_EACH * len(lots))), _AT_MOST)
    for way in ways:
        done = 0
        while free and done < count:
            found = way(parcels, buildings, int(free.pop()))
            made += found
            done += bool(found)
    return sorted((breach for breach in made if breach), key=lambda breach: breach.building)


def _place(parcels: Parcels, buildings: Buildings, k: int, near: float, far: float) -> None:
    buildings.span[k, 2:] = (near, far)
    at = np.array([buildings.lot[k]])
    buildings.shapes[k] = masses(parcels, buildings.ground, at, buildings.span[k : k + 1])[0]


def _cover(parcels: Parcels, buildings: Buildings, k: int, share: float) -> None:
    """Cover this share of the lot from its northern end."""
    south = buildings.ground.facing[buildings.lot[k]] == "S"
    reach = share
    for _ in range(6):
        _place(parcels, buildings, k, *((1 - reach, 1.0) if south else (0.0, reach)))
        reach *= share / _coverage(parcels, buildings, k)


def _coverage(parcels: Parcels, buildings: Buildings, k: int) -> float:
    return float(buildings.shapes[k].area / parcels.areas[buildings.lot[k]])


def _storeys(buildings: Buildings, k: int, storeys: int) -> None:
    buildings.storeys[k], buildings.height[k] = storeys, storeys * 3.2
    buildings.divided[k] &= storeys > 1


def _depth(parcels: Parcels, buildings: Buildings, k: int) -> float:
    """Mean depth square to the front, as the law measures it on a four-sided lot."""
    a, b, c, d = parcels.corners[buildings.lot[k]]
    way = np.array([b[1] - a[1], a[0] - b[0]]) / np.hypot(*(b - a))
    return abs(float(((c + d) / 2 - (a + b) / 2) @ way))


def _too_wide(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    limit = float(buildings.limits.coverage[buildings.lot[k]])
    _cover(parcels, buildings, k, limit + 0.05)
    _storeys(buildings, k, 1)
    why = "سطح اشغال بیش از حد مجاز؛ بخشی از حیاط زیر بنا رفته است"
    return [Breach(k, "coverage", why, _coverage(parcels, buildings, k), limit)]


def _storey_too_many(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    lot = buildings.lot[k]
    storeys = int(buildings.limits.storeys[lot]) + 1
    if storeys > _MOST:
        return []
    _cover(parcels, buildings, k, min(0.5, 0.94 * float(buildings.limits.density[lot]) / storeys))
    _storeys(buildings, k, storeys)
    why = "یک طبقه بیش از تعداد مجاز ساخته شده است"
    return [Breach(k, "storeys", why, storeys, storeys - 1)]


def _yard_built_over(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    south = buildings.ground.facing[buildings.lot[k]] == "S"
    reach = min(0.5, float(buildings.limits.coverage[buildings.lot[k]]) - 0.04)
    _place(parcels, buildings, k, *((0.06, 0.06 + reach) if south else (0.94 - reach, 0.94)))
    _storeys(buildings, k, 1)
    a, b, c, d = parcels.corners[buildings.lot[k]] + np.array(ORIGIN)
    edge = shapely.LineString([a, b] if south else [d, c])
    limit = 0.4 * _depth(parcels, buildings, k) - 2
    why = "بنا در حیاط جنوبی ساخته شده و فاصلهٔ لازم رعایت نشده است"
    return [Breach(k, "setback", why, float(buildings.shapes[k].distance(edge)), limit)]


def _forbidden_use(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    del parcels
    buildings.use[k], buildings.divided[k] = "workshop", False
    return [Breach(k, "use", "کارگاه در پهنهٔ مسکونی کم‌تراکم مجاز نیست", 1.0, 0.0)]


def _too_dense(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    """A storey too many over the full permitted ground: the density is exceeded too."""
    lot = buildings.lot[k]
    storeys, density = int(buildings.limits.storeys[lot]) + 1, float(buildings.limits.density[lot])
    ground = min(float(buildings.limits.coverage[lot]) - 0.01, 1.2 * density / storeys)
    if storeys > _MOST or storeys * ground < density + 0.1:
        return []
    _cover(parcels, buildings, k, ground)
    _storeys(buildings, k, storeys)
    value = storeys * _coverage(parcels, buildings, k)
    return [
        Breach(k, "density", "زیربنا بیش از تراکم مجاز زمین است", value, density),
        Breach(k, "storeys", "یک طبقه بیش از تعداد مجاز ساخته شده است", storeys, storeys - 1),
    ]


def _too_high(parcels: Parcels, buildings: Buildings, k: int) -> list[Breach]:
    """Two tall storeys; the law lets a lot of up to 200 m² be built 10 m high."""
    if not 110 < parcels.areas[buildings.lot[k]] < 199 or buildings.limits.storeys[buildings.lot[k]] < 2:
        return []
    _cover(parcels, buildings, k, 0.52)
    _storeys(buildings, k, 2)
    buildings.height[k] = 11.2
    return [Breach(k, "height", "ارتفاع بنا از حد مجاز بیشتر است", 11.2, 10.0)]


def _narrow(parcels: Parcels, buildings: Buildings, k: int) -> Breach:
    a, b = parcels.lots[buildings.lot[k]].ring[:2]
    why = "بر زمین کمتر از حداقل است؛ زمین پیش از طرح تفکیک شده است"
    return Breach(k, "frontage", why, float(np.hypot(a[0] - b[0], a[1] - b[1])), LEAST_FRONTAGE)


def unlawful_table(parcels: Parcels, buildings: Buildings, breaches: list[Breach]) -> pa.Table:
    """The list: a row for each provision that a building breaks."""
    keys = building_keys(parcels, buildings)
    rows = [
        (
            keys[b.building],
            parcels.keys[buildings.lot[b.building]],
            b.what,
            b.why,
            round(b.value, 4),
            round(b.limit, 4),
            round(abs(b.value - b.limit), 4),
        )
        for b in breaches
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    kinds = [pa.string()] * 4 + [pa.float64()] * 3
    return pa.table(
        {name: pa.array(values, kind) for name, values, kind in zip(COLUMNS, columns, kinds, strict=True)}
    )
