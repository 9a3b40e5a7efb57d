"""Zones of the detailed plan, districts, and what lies over them: flood way, monument, lines of supply."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.sample_city import vocabulary
from data.sample_city.outlines import GRID
from data.sample_city.parcels import ORIGIN, Parcels
from data.sample_city.quad import Quad
from data.sample_city.settlement import Batch, Block, Quarter
from data.sample_city.streets import PERSIAN_DIGITS, Network

ZONE_NAMES = {
    "R121": "مسکونی با تراکم کم",
    "R122": "مسکونی با تراکم متوسط",
    "R131": "مسکونی با تراکم زیاد",
    "S111": "تجاری و خدماتی",
    "M111": "مختلط تجاری و مسکونی",
    "G111": "فضای سبز و باز",
}
_GRID = 1e-3  # metres: zone lines run in the middle of streets, where a millimetre is nothing
_SPLITS = 0.25
"""Share of the quarters on an arterial along which a strip of another zone is drawn without regard to
lots."""
RIVER_STRIP = 8.0
"""Metres of the lots along the river boulevard that the plan keeps green."""


@dataclass(frozen=True)
class ZoneMap:
    """Zones of a batch: `codes` and `shapes`, and of each lot the codes with their shares of its area."""

    codes: list[str]
    shapes: list[BaseGeometry]
    of_lot: list[dict[str, float]]


def polygon(quad: Quad) -> BaseGeometry:
    """A piece as a polygon in the city's frame."""
    return shapely.Polygon(np.array(quad.ring()) + np.array(ORIGIN))


def zones_of(parcels: Parcels, network: Network) -> ZoneMap:
    """The zones of a batch: blocks of one code in one quarter together, and strips that split lots."""
    codes: list[str] = []
    shapes: list[BaseGeometry] = []
    of_lot = [{parcels.batch.blocks[k].zone: 1.0} for k in parcels.block_of]
    by_quarter: dict[int, list[Block]] = defaultdict(list)
    for block in parcels.batch.blocks:
        by_quarter[block.quarter.number].append(block)
    strips: list[tuple[str, BaseGeometry, int]] = []
    for blocks in by_quarter.values():
        quarter = blocks[0].quarter
        faces: dict[str, list[BaseGeometry]] = defaultdict(list)
        for block in blocks:
            faces[block.zone].append(polygon(block.face))
        own = _strips(quarter, network, list(faces))
        for code, members in faces.items():
            shape = shapely.union_all(members, grid_size=_GRID)
            for _, strip in own:
                shape = _areal(shapely.difference(shape, strip, grid_size=_GRID))
            if not shape.is_empty:
                codes.append(code)
                shapes.append(shape)
        whole = shapely.union_all([m for members in faces.values() for m in members], grid_size=_GRID)
        for code, strip in own:
            shape = _areal(shapely.intersection(whole, strip, grid_size=_GRID))
            strips.append((code, strip, quarter.number))
            if not shape.is_empty:
                codes.append(code)
                shapes.append(shape)
    _share_out(parcels, strips, of_lot)
    return ZoneMap(codes, shapes, of_lot)


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, without the lines along which others touched it."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _strips(quarter: Quarter, network: Network, codes: list[str]) -> list[tuple[str, BaseGeometry]]:
    """Strips along a side of the quarter: green by the river, activity or mixed on an arterial."""
    rng = quarter.rng
    made: list[tuple[str, BaseGeometry]] = []
    for side in (quarter.quad.south, quarter.quad.east, quarter.quad.north, quarter.quad.west):
        street = network.streets[side.street]
        line = shapely.LineString(np.array(side.points) + np.array(ORIGIN))
        if street.river:
            code, depth = "G111", RIVER_STRIP
        elif (
            street.existing >= 24 and not made and rng.random() < _SPLITS and quarter.fabric.name != "bazaar"
        ):
            code, depth = ("M111", "S111")[rng.integers(2)], rng.uniform(9.0, 14.0)
        else:
            continue
        if code != "G111" and code in codes:
            continue
        strip = shapely.buffer(line, street.existing / 2 + depth, cap_style="flat", join_style="mitre")
        for _, other in made:
            strip = shapely.difference(strip, other, grid_size=_GRID)
        made.append((code, strip))
    return made


def _share_out(
    parcels: Parcels, strips: list[tuple[str, BaseGeometry, int]], of_lot: list[dict[str, float]]
) -> None:
    if not strips:
        return
    tree = shapely.STRtree(parcels.shapes)
    quarter_of = np.array([block.quarter.number for block in parcels.batch.blocks])[parcels.block_of]
    for code, strip, quarter in strips:
        near = tree.query(strip, predicate="intersects")
        near = near[quarter_of[near] == quarter]
        parts = shapely.intersection(parcels.shapes[near], strip, grid_size=GRID)
        shares = shapely.area(parts) / parcels.areas[near]
        for k, share in zip(near, shares, strict=True):
            rest = {c: s * (1 - share) for c, s in of_lot[k].items() if c != code}
            if share > 1e-6:
                total = share + of_lot[k].get(code, 0.0) * (1 - share)
                of_lot[k] = {c: s for c, s in {**rest, code: float(total)}.items() if s > 1e-6}


def zone_table(zones: ZoneMap, first: int) -> pa.Table:
    """The layer `zones`; `first`: how many zones came before."""
    return pa.table(
        {
            "key": [f"Z-{first + n:05d}" for n in range(1, len(zones.codes) + 1)],
            "code": zones.codes,
            "name": [ZONE_NAMES[code] for code in zones.codes],
            "geometry": shapely.to_wkb(np.array(zones.shapes, dtype=object)),
        }
    )


class Districts:
    """Regions of the districts, gathered quarter by quarter."""

    def __init__(self) -> None:
        self._faces: dict[tuple[int, int], dict[int, BaseGeometry]] = defaultdict(dict)

    def add(self, batch: Batch) -> None:
        """The quarters of a batch."""
        for block in batch.blocks:
            quarter = block.quarter
            faces = self._faces[quarter.district, quarter.region]
            if quarter.number not in faces:
                faces[quarter.number] = polygon(quarter.quad)

    def shapes(self) -> dict[tuple[int, int], BaseGeometry]:
        """Outline of each region by district and region number."""
        return {
            numbers: shapely.union_all(list(faces.values()), grid_size=_GRID)
            for numbers, faces in sorted(self._faces.items())
        }


def district_table(shapes: dict[tuple[int, int], BaseGeometry]) -> pa.Table:
    """The layer `districts`: one row for each region (ناحیه) of a district (منطقه)."""
    words = vocabulary.NEIGHBOURHOODS
    rows = list(shapes)
    names = [
        f"{words[n % len(words)]} (منطقهٔ {d}، ناحیهٔ {r})".translate(PERSIAN_DIGITS)
        for n, (d, r) in enumerate(rows)
    ]
    return pa.table(
        {
            "key": [f"D-{d}-{r}" for d, r in rows],
            "code": [f"{d}-{r}" for d, r in rows],
            "name": names,
            "district": [d for d, _ in rows],
            "region": [r for _, r in rows],
            "geometry": shapely.to_wkb(np.array(list(shapes.values()), dtype=object)),
        }
    )
