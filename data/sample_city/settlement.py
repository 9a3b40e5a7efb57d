"""How the town grows: quarter after quarter from the middle outwards, until it has as many parcels as
asked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from data.sample_city import quarters as fabrics
from data.sample_city.blocks import Builder
from data.sample_city.inset import inset
from data.sample_city.quad import NO_STREET, Quad
from data.sample_city.quarters import Fabric, Layout, Piece
from data.sample_city.rows import Lot
from data.sample_city.streets import Network
from data.sample_city.town import CELL, Plan
from data.sample_city.undersized import with_undersized

FEWEST = 50
_GROSS = 420.0  # m² of town for one parcel, streets and parks included, with room to spare
_WIDENED = {"local": 0.10, "collector": 0.15, "arterial": 0.12}
_CELLS_OF_A_REGION, _CELLS_OF_A_DISTRICT = 2, 10
_PUBLIC = (("school", 0.045), ("mosque", 0.05), ("clinic", 0.025), ("park", 0.03))


@dataclass(frozen=True)
class Quarter:
    """A quarter to be settled, with the district and region it belongs to (numbers from 1)."""

    number: int
    quad: Quad
    fabric: Fabric
    cell: tuple[int, int]
    district: int
    region: int
    rng: np.random.Generator


@dataclass
class Block:
    """A settled block: its number within its region, the piece between the axes about it, its zone."""

    quarter: Quarter
    number: int
    face: Quad
    zone: str
    lots: int


@dataclass
class Batch:
    """Some whole quarters: their blocks and lots, `block_of` the block of each lot within the batch."""

    blocks: list[Block] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    block_of: list[int] = field(default_factory=list)


class Settlement:
    """The town of about `parcels` parcels for a seed. Streets are in `network` once all batches were
    taken."""

    def __init__(self, parcels: int, seed: int) -> None:
        if parcels < FEWEST:
            message = f"a town has {FEWEST} parcels or more, not {parcels}"
            raise ValueError(message)
        self.parcels, self.seed = parcels, seed
        self.radius = math.sqrt(parcels * _GROSS / math.pi)
        self.network = Network(seed, _WIDENED)
        self._plan = Plan(seed, math.ceil(1.45 * self.radius / CELL) + 2, self.network)
        self._regions: dict[tuple[int, int, int], int] = {}
        self._districts: dict[tuple[int, int], int] = {}

    def batches(self, size: int) -> Iterator[Batch]:
        """Batches of about `size` lots, in the order in which the town grew; in all exactly `parcels`
        lots."""
        batch, left = Batch(), self.parcels
        numbers: Counter[tuple[int, int]] = Counter()
        for quarter in self._quarters():
            for side in (quarter.quad.south, quarter.quad.east, quarter.quad.north, quarter.quad.west):
                self.network.use(side)
            for face, zone, lots in self._settle(quarter):
                numbers[quarter.district, quarter.region] += 1
                number = numbers[quarter.district, quarter.region]
                kept = lots[:left]
                left -= len(kept)
                if kept:
                    batch.block_of += [len(batch.blocks)] * len(kept)
                    batch.blocks.append(Block(quarter, number, face, zone, len(kept)))
                    batch.lots += kept
            if left == 0 or len(batch.lots) >= size:
                yield batch
                batch = Batch()
            if left == 0:
                return
        message = f"the plan ended with {left} parcels to place"
        raise RuntimeError(message)

    def _quarters(self) -> Iterator[Quarter]:
        found = []
        for cell in self._plan.cells():
            if self._plan.rank(self._plan.middle_of(*cell)) > 1.5 * self.radius + CELL:
                break
            rng = np.random.default_rng([self.seed, 2, cell[0] + 1000, cell[1] + 1000])
            fabric = fabrics.fabric_of(cell, rng)
            quads = Layout(fabric, self.network, rng).quarters(self._plan.cell(*cell))
            for quad, own in zip(quads, rng.spawn(len(quads)), strict=True):
                found.append((self._plan.rank(quad.middle), cell, quad, fabric, own))
        found.sort(key=lambda entry: entry[0])
        bazaar = next(entry[2] for entry in found if entry[1] == (-1, -1))
        for number, (_, cell, quad, fabric, rng) in enumerate(found):
            fabric = fabrics.BAZAAR if quad is bazaar else fabric  # noqa: PLW2901 - the old centre trades
            yield Quarter(number, quad, fabric, cell, *self._region(cell), rng)

    def _region(self, cell: tuple[int, int]) -> tuple[int, int]:
        """District and region of a cell, numbered in the order in which they were settled."""
        i, j = cell
        big = (i // _CELLS_OF_A_DISTRICT, j // _CELLS_OF_A_DISTRICT) if self.parcels > 50_000 else (i >= 0, 0)
        district = self._districts.setdefault(big, len(self._districts) + 1)
        small = (district, i // _CELLS_OF_A_REGION, j // _CELLS_OF_A_REGION)
        if small not in self._regions:
            self._regions[small] = 1 + sum(d == district for d, _, _ in self._regions)
        return district, self._regions[small]

    def _settle(self, quarter: Quarter) -> Iterator[tuple[Quad, str, list[Lot]]]:
        """The blocks of a quarter: face, zone, lots."""
        width, course, rng = self.network.width, self.network.course, quarter.rng
        pieces = Layout(quarter.fabric, self.network, rng).pieces(quarter.quad)
        for piece in pieces:
            for side in (piece.quad.south, piece.quad.east, piece.quad.north, piece.quad.west):
                self.network.use(side)
        square = self._square(quarter, pieces)
        for piece in pieces:
            face = piece.quad
            south, east, north, west = face.south, face.east, face.north, face.west
            quad = inset(
                face,
                (
                    width(south.street) / 2,
                    width(east.street) / 2,
                    width(north.street) / 2,
                    width(west.street) / 2,
                ),
                (course(south), course(east), course(north), course(west)),
            )
            if quad is None:
                continue
            use = "square" if piece is square else _public(piece, rng)
            lots = Builder(quarter.fabric, self.network, rng).block(quad, face, piece.deep, use)
            if quarter.fabric is fabrics.OLD:
                lots = with_undersized(lots)
            for lot in lots:
                if lot.front != NO_STREET:
                    self.network.lay_out(lot.front)
            yield face, self._zone(quarter, piece, lots), lots

    def _square(self, quarter: Quarter, pieces: list[Piece]) -> Piece | None:
        """The square of the town lies at the crossing of the two main streets, in the planned cell."""
        if quarter.cell != (0, 0) or quarter.quad.south.points[0] != self._plan.cell(0, 0).south.points[0]:
            return None
        return min(pieces, key=lambda piece: math.hypot(*piece.quad.middle))

    def _zone(self, quarter: Quarter, piece: Piece, lots: list[Lot]) -> str:
        """Green land is G; blocks on wide streets are often mixed or activity; else the fabric's own zone."""
        if all(lot.use in ("park", "square") for lot in lots):
            return "G111"
        if any(lot.use == "mosque" for lot in lots):
            return "M111"
        if any(lot.use == "school" for lot in lots):
            return quarter.fabric.zone.replace("S111", "R121")
        sides = (piece.quad.south, piece.quad.east, piece.quad.north, piece.quad.west)
        widest = max(self.network.width(side.street) for side in sides)
        chance = quarter.rng.random()
        if widest >= 24 and chance < 0.3:
            return "S111" if chance < 0.1 else "M111"
        return quarter.fabric.zone


def _public(piece: Piece, rng: np.random.Generator) -> str:
    chance = rng.random()
    for use, share in _PUBLIC:
        if chance < share:
            return use if not (use != "park" and piece.deep) else ""
        chance -= share
    return ""
