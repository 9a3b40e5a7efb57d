"""Quarters of a cell, their fabric, and the pieces between street axes into which they fall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample_city.quad import Quad
from data.sample_city.streets import Network

DEAD_END_WIDTH = 6.0
_WIDER = 1.25  # a lane is not wider than so many times the street it ends in, which it may meet aslant
_SNAP = 7.0  # metres: a street meets another at its bend rather than this near to it


@dataclass(frozen=True)
class Fabric:
    """How a neighbourhood is built: lots `depth` × `front` metres, streets, disorder, the zone of its
    land."""

    name: str
    depth: float
    front: float
    alleys: tuple[float, ...]
    lanes: tuple[float, ...]
    collectors: tuple[float, ...]
    block_length: float
    disorder: float
    dead_ends: float
    zone: str
    sway: float = 0.0


OLD = Fabric("old", 14.5, 9.5, (6, 6, 8), (6, 8), (12, 16), 62, 1.0, 0.45, "R121", 2.2)
BAZAAR = Fabric("bazaar", 13.0, 9.0, (6,), (6,), (12,), 55, 0.9, 0.3, "S111", 2.0)
ROWS = Fabric("rows", 20.5, 10.2, (8, 8, 10), (10, 12), (16, 20), 118, 0.25, 0.22, "R121")
MIDDLE = Fabric("middle", 23.0, 11.8, (10, 12), (10, 12, 16), (16, 20), 125, 0.2, 0.12, "R122")
HIGH = Fabric("high", 26.0, 15.5, (12, 16), (12, 16), (20,), 140, 0.15, 0.0, "R131")
VILLA = Fabric("villa", 27.0, 19.0, (10, 12), (10, 12), (16,), 150, 0.25, 0.08, "R121")


@dataclass(frozen=True)
class Piece:
    """A piece between street axes that becomes one block; `deep`: four rows of lots about a dead end."""

    quad: Quad
    deep: bool


def fabric_of(cell: tuple[int, int], rng: np.random.Generator) -> Fabric:
    """The fabric of a cell: old inside the first ring, and rarely an old village further out."""
    from_middle = max(abs(cell[0] + 0.5), abs(cell[1] + 0.5))
    if from_middle < 1:
        return MIDDLE if cell == (0, 0) else OLD
    if from_middle < 2:
        return (ROWS, ROWS, MIDDLE, HIGH)[rng.integers(4)]
    if from_middle > 4 and rng.random() < 0.04:
        return OLD
    return (ROWS, ROWS, MIDDLE, MIDDLE, HIGH, VILLA)[rng.integers(6)]


@dataclass(frozen=True)
class Layout:
    """Lays streets into cells and quarters of one fabric. Each cut is a new street of the network."""

    fabric: Fabric
    network: Network
    rng: np.random.Generator

    def quarters(self, cell: Quad) -> list[Quad]:
        """A cell cut by one or two collectors."""
        pattern = self.rng.integers(3) if self.fabric.name != "old" else 2
        if pattern < 2:
            width = self._one_of(self.fabric.collectors)
            return self._slices(cell, [self._about_half(0.06)], [width], "collector", along=pattern == 1)
        halves = self._slices(
            cell, [self._about_half(0.07)], [self._one_of(self.fabric.collectors)], "collector"
        )
        low, high = self._about_half(0.05)
        width = self._one_of(self.fabric.collectors)
        shift = (0.0, 0.0, 0.16)[self.rng.integers(3)]
        made = []
        for half, move in zip(halves, (-shift, shift), strict=True):
            made += self._slices(half, [(low + move, high + move)], [width], "collector", along=True)
        return made

    def pieces(self, quarter: Quad) -> list[Piece]:
        """The pieces of a quarter: alleys run along it, lanes across; a few are deep, with a dead end."""
        spread = 0.05 + 0.05 * self.fabric.disorder
        lean = self.rng.normal(0, spread) if self.rng.random() < 0.8 else (-0.5, 0.5)[self.rng.integers(2)]
        pieces: list[Piece] = []
        if self.rng.random() < 0.35:
            for column in self._columns(quarter, lean, self._column_shares(quarter)):
                pieces += [Piece(quad, deep) for quad, deep in self._strips(column)]
            return pieces
        shares = None
        for strip, deep in self._strips(quarter):
            if shares is None or self.rng.random() < 0.45:
                shares = self._column_shares(strip)
            pieces += [Piece(quad, deep) for quad in self._columns(strip, lean, shares)]
        return pieces

    def _strips(self, quad: Quad) -> list[tuple[Quad, bool]]:
        """Strips of two rows of lots, or of four, one above another, with an alley between."""
        fabric, rng = self.fabric, self.rng
        alley = self._one_of(fabric.alleys)
        edges = (self.network.width(quad.south.street) / 2, self.network.width(quad.north.street) / 2)
        height = (quad.west.length + quad.east.length) / 2
        net = height - sum(edges)
        count = max(1, round((net + alley) / (2 * fabric.depth + alley)))
        deep: list[bool] = []
        while len(deep) + sum(deep) < count:
            deep.append(count - len(deep) - sum(deep) > 1 and bool(rng.random() < fabric.dead_ends))
        depth = (net - alley * (len(deep) - 1) - DEAD_END_WIDTH * sum(deep)) / (2 * count)
        heights = [2 * depth * (1 + d) + DEAD_END_WIDTH * d for d in deep]
        cuts, at = [], edges[0]
        for h in heights[:-1]:
            cuts.append((at + h + alley / 2) / height)
            at += h + alley
        tilt = rng.normal(0, 0.02 * fabric.disorder, len(cuts))
        shares = [(c + t, c - t) for c, t in zip(cuts, tilt, strict=True)]
        strips = self._slices(quad, shares, [alley] * len(cuts), "local", along=True)
        return list(zip(strips, deep, strict=True))

    def _column_shares(self, strip: Quad) -> list[float]:
        length = (strip.south.length + strip.north.length) / 2
        ends = (self.network.width(strip.west.street) + self.network.width(strip.east.street)) / 2
        count = max(1, round((length - ends) / (self.fabric.block_length * self.rng.uniform(0.85, 1.2))))
        spread = (0.06 + 0.05 * self.fabric.disorder) / count
        shares = np.arange(1, count) / count + self.rng.normal(0, spread, count - 1)
        return [float(s) for s in shares]

    def _columns(self, quad: Quad, lean: float, shares: list[float]) -> list[Quad]:
        """Pieces side by side with a lane between; `lean`: the lanes' slope against the quarter's sides."""
        length = (quad.south.length + quad.north.length) / 2
        bound = 0.3 / (len(shares) + 1)
        tilt = min(max(lean * (quad.west.length + quad.east.length) / 4 / length, -bound), bound)
        widths = [self._one_of(self.fabric.lanes) for _ in shares]
        return self._slices(quad, [(s - tilt, s + tilt) for s in shares], widths, "local")

    def _slices(
        self,
        quad: Quad,
        shares: list[tuple[float, float]],
        widths: list[float],
        kind: str,
        *,
        along: bool = False,
    ) -> list[Quad]:
        """The piece cut across (or along) at rising shares of the two sides, each cut a new street."""
        made, rest, done = [], quad, (0.0, 0.0)
        sways = self.rng.normal(0, self.fabric.sway if along else self.fabric.sway / 2, len(shares)).tolist()
        for share, width, sway in zip(shares, widths, sways, strict=True):
            low = (share[0] - done[0]) / (1 - done[0])
            high = (share[1] - done[1]) / (1 - done[1])
            cut = rest.cut_along if along else rest.cut_across
            trial, _ = cut(low, high, snap=_SNAP, sway=sway)
            axis = trial.north.points if along else trial.east.points
            ends = (rest.west.street, rest.east.street) if along else (rest.south.street, rest.north.street)
            bound = min(self.network.width(end) for end in ends)
            street = self.network.add(axis, width if width <= _WIDER * bound else bound, kind, ends)
            part, rest = cut(low, high, street, snap=_SNAP, sway=sway)
            made.append(part)
            done = share
        return [*made, rest]

    def _one_of(self, widths: tuple[float, ...]) -> float:
        return float(widths[self.rng.integers(len(widths))])

    def _about_half(self, spread: float) -> tuple[float, float]:
        low, high = self.rng.uniform(0.5 - spread, 0.5 + spread, 2)
        return (float(low), float(high))
