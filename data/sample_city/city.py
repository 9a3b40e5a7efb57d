"""The sample city as layers: tables of rows with WKB geometry, batch by batch, or all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.sample_city.buildings import building_table, buildings_of
from data.sample_city.nodes import node_table
from data.sample_city.overlays import overlay_table, overlays
from data.sample_city.parcels import ORIGIN, Registry, address_table, parcel_table
from data.sample_city.rows import Lot
from data.sample_city.settlement import Settlement
from data.sample_city.streets import street_table
from data.sample_city.terrain import PIXEL, Terrain
from data.sample_city.unlawful import breaches_of, unlawful_table
from data.sample_city.zones import Districts, district_table, zone_table, zones_of

BATCH = 40_000
"""Lots that are in memory at a time."""
_AROUND = 300.0  # metres around the town in which overlays were surveyed: as far as the law asks about them
_MARGIN = 60.0  # metres around the outermost streets within which the layers are complete


@dataclass(frozen=True)
class Layers:
    """The whole town: a table for each layer, the terrain, and the polygons for which layers are complete.

    `town`: box in which everything but the overlays was surveyed; `overlays_surveyed`: the same and some
    hundred metres around it, without its north-eastern corner.
    """

    tables: dict[str, pa.Table]
    terrain: Terrain
    town: BaseGeometry
    overlays_surveyed: BaseGeometry


class City:
    """Makes the town of one size and seed once: first all batches, then what needs the whole of it."""

    def __init__(self, parcels: int, seed: int, batch: int = BATCH) -> None:
        self.settlement = Settlement(parcels, seed)
        self.seed = seed
        self._batch = batch
        self._districts = Districts()
        self._zones = 0
        self._monument: BaseGeometry | None = None

    def batches(self) -> Iterator[dict[str, pa.Table]]:
        """Parcels, buildings, nodes, addresses and zones, some tens of thousands of lots at a time."""
        network = self.settlement.network
        registry = Registry(network)
        for number, batch in enumerate(self.settlement.batches(self._batch)):
            parcels = registry.parcels(batch)
            self._districts.add(batch)
            if self._monument is None:
                self._monument = parcels.shapes[_monument(parcels.lots)]
            zones = zones_of(parcels, network)
            rng = np.random.default_rng([self.seed, 11, number])
            buildings = buildings_of(parcels, zones, network, rng)
            breaches = breaches_of(parcels, zones, buildings, rng)
            broken: dict[int, str] = {}
            for breach in breaches:
                broken[breach.building] = ";".join(filter(None, (broken.get(breach.building), breach.what)))
            yield {
                "parcels": parcel_table(parcels, [";".join(sorted(z)) for z in zones.of_lot]),
                "buildings": building_table(parcels, buildings, broken),
                "unlawful": unlawful_table(parcels, buildings, breaches),
                "nodes": node_table(parcels, buildings),
                "addresses": address_table(parcels),
                "zones": zone_table(zones, self._zones),
            }
            self._zones += len(zones.codes)

    def rest(self) -> Layers:
        """Streets, districts, overlays and terrain of the town whose batches were all taken."""
        if self._monument is None:
            message = "take all batches first"
            raise RuntimeError(message)
        shapes = self._districts.shapes()
        bounds = shapely.total_bounds(np.array(list(shapes.values()), dtype=object))
        west, south = np.floor((bounds[:2] - _MARGIN) / PIXEL) * PIXEL
        east, north = np.ceil((bounds[2:] + _MARGIN) / PIXEL) * PIXEL
        box = (float(west), float(south), float(east), float(north))
        found = overlays(self.settlement.network, self._monument, ORIGIN, self.settlement.radius, self.seed)
        tables = {
            "streets": street_table(self.settlement.network, ORIGIN),
            "districts": district_table(shapes),
            "overlays": overlay_table(found),
        }
        return Layers(
            tables, Terrain(self.seed, box), shapely.box(*box), _surveyed(box, list(shapes.values()))
        )


def generate(parcels: int = 5000, seed: int = 1) -> Layers:
    """The whole town in memory.

    >>> layers = generate(parcels=200, seed=3)
    >>> layers.tables["parcels"].num_rows, layers.tables["parcels"]["key"][0].as_py()
    (200, 'P-000001')
    >>> generate(parcels=0)
    Traceback (most recent call last):
    ...
    ValueError: a town has 50 parcels or more, not 0
    """
    city = City(parcels, seed)
    batches = list(city.batches())
    rest = city.rest()
    tables = {name: pa.concat_tables([batch[name] for batch in batches]) for name in batches[0]}
    return Layers({**tables, **rest.tables}, rest.terrain, rest.town, rest.overlays_surveyed)


def _monument(lots: list[Lot]) -> int:
    """The old mosque: the mosque nearest to the middle of the town, else the lot nearest to it."""
    far = [
        abs(lot.corners[0][0]) + abs(lot.corners[0][1]) + (0 if lot.use == "mosque" else 1e6) for lot in lots
    ]
    return int(np.argmin(far))


def _surveyed(box: tuple[float, float, float, float], regions: list[BaseGeometry]) -> BaseGeometry:
    """The box and `_AROUND` metres more, without the corner in the north-east that the overlays' survey did
    not reach."""
    west, south, east, north = box[0] - _AROUND, box[1] - _AROUND, box[2] + _AROUND, box[3] + _AROUND
    points = shapely.get_coordinates(np.array(regions, dtype=object))
    diagonal = points.sum(axis=1)
    reach = float(np.quantile(diagonal, 0.5) + 0.72 * (diagonal.max() - np.quantile(diagonal, 0.5)))
    beyond = shapely.Polygon([(east, reach - east), (east, north), (reach - north, north)])
    return shapely.difference(shapely.box(west, south, east, north), beyond)
