"""The plan of the town: arterials that bend, a ring, the cells between them, and which quarter comes first.

Arterials are the lines of a logical net (cells of about `CELL` metres) laid on the ground by a smooth map:
uneven spacing, a ring drawn round about the middle, gentle waves. So the town is no rigid grid, yet each of
its cells has four sides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from data.sample_city.quad import Chain, Point, Quad
from data.sample_city.streets import Network

CELL = 330.0
RINGS = (1, 4, 9, 16, 25, 36, 49, 64)
RIVER_LINE = 2
"""The north-south line along which the seasonal river runs in the middle of its boulevard."""
_STEPS = 6  # straight pieces of an arterial between two crossings
_SHORT = 1.5  # metres by which the ring's sides stop before their crossing
_MOST = 120  # lines on either side of the middle that the net can have


@dataclass
class Plan:
    """The net of arterials, built as quarters are asked for. `reach`: cells from the middle to the edge."""

    seed: int
    reach: int
    network: Network
    _lines: dict[tuple[str, int], list[Point]] = field(default_factory=dict)
    _bands: dict[tuple[str, int, int], tuple[int, list[float], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = np.random.default_rng([self.seed, 1])
        count = 2 * _MOST + 1
        self._shift = rng.uniform(-0.1, 0.1, (2, count))
        self._shift[:, _MOST] = 0.0
        self._turn = rng.uniform(-0.16, 0.16)
        wavelength = np.array([[2.6, 3.7, 5.9, 9.5], [2.9, 4.1, 6.3, 11.0]])
        self._waves = 2 * math.pi / (wavelength * rng.uniform(0.9, 1.1, (2, 4)))
        self._angle = rng.uniform(0, 2 * math.pi, (2, 4))
        self._phase = rng.uniform(0, 2 * math.pi, (2, 4))
        self._lobes = rng.uniform(0, 2 * math.pi, 3)
        self._side_widths = rng.integers(0, 2, (2, count))

    def place(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Metres east and north of the middle for logical positions `a` (east) and `b` (north)."""
        grid = np.arange(-_MOST, _MOST + 1)
        east = a + np.interp(a, grid, self._shift[0])
        north = b + np.interp(b, grid, self._shift[1])
        square, circle = np.maximum(np.abs(a), np.abs(b)), np.hypot(a, b)
        round_share = 0.62 * np.exp(-np.clip(square - 1, 0, None) / 0.9) * np.clip(square, 0, 1)
        pull = 1 - round_share * (1 - np.divide(square, circle, out=np.ones_like(circle), where=circle > 0))
        east, north = east * pull, north * pull
        amplitude = np.array([0.05, 0.07, 0.10, 0.14])
        calm = 1 - np.exp(-circle / 0.8)
        waves = []
        for number, angle, phase in zip(self._waves, self._angle, self._phase, strict=True):
            at = np.multiply.outer(a, number * np.cos(angle)) + np.multiply.outer(b, number * np.sin(angle))
            waves.append((amplitude * np.sin(at + phase)).sum(axis=-1))
        east, north = east + calm * waves[0], north + calm * waves[1]
        c, s = math.cos(self._turn), math.sin(self._turn)
        return CELL * np.stack([1.06 * (c * east - s * north), s * east + c * north], axis=-1)

    def cell(self, i: int, j: int) -> Quad:
        """The cell between the lines `i`, `i + 1` and `j`, `j + 1`, bounded by their axes."""
        return Quad(
            self._side("h", j, i), self._side("v", i + 1, j), self._side("h", j + 1, i), self._side("v", i, j)
        )

    def cells(self) -> list[tuple[int, int]]:
        """All cells, the nearest to the middle first."""
        span = range(-self.reach, self.reach)
        return sorted(
            ((i, j) for i in span for j in span),
            key=lambda c: (self.rank(self.middle_of(*c)), c),
        )

    def middle_of(self, i: int, j: int) -> Point:
        """About the middle of a cell."""
        x, y = self.place(np.array([i + 0.5]), np.array([j + 0.5]))[0]
        return (float(x), float(y))

    def rank(self, at: Point) -> float:
        """When a place was built on, as metres from the middle: the town has grown in lobes."""
        x, y = at
        angle = math.atan2(y, x)
        lobes = (0.05 * math.sin(2 * angle + self._lobes[0]), 0.05 * math.sin(3 * angle + self._lobes[1]),
                 0.04 * math.sin(5 * angle + self._lobes[2]))  # fmt: skip
        return math.hypot(0.9 * x, 1.08 * y) * (1 + sum(lobes))

    def _side(self, way: str, line: int, cell: int) -> Chain:
        """The side of a cell on a line, from its crossing `cell` to the next."""
        street, along, first = self._band(way, line, cell)
        low = (cell + self.reach + 1) * _STEPS
        points = self._line(way, line)[low : low + _STEPS + 1]
        return Chain(tuple(points), street, along[low - first])

    def _line(self, way: str, line: int) -> list[Point]:
        if (way, line) not in self._lines:
            ends = self.reach + 1
            along = np.linspace(-ends, ends, 2 * ends * _STEPS + 1)
            fixed = np.full_like(along, line)
            placed = self.place(along, fixed) if way == "h" else self.place(fixed, along)
            self._lines[way, line] = [(float(x), float(y)) for x, y in placed]
        return self._lines[way, line]

    def _band(self, way: str, line: int, cell: int) -> tuple[int, list[float], int]:
        """The street that runs along this line at this cell, its metres by point, and its first point."""
        ring_bounds = sorted({sign * ring for ring in RINGS for sign in (-1, 1)})
        low = max((b for b in ring_bounds if b <= cell), default=-self.reach - 1)
        high = min((b for b in ring_bounds if b > cell), default=self.reach + 1)
        on_ring = abs(line) in RINGS and -abs(line) <= cell < abs(line)
        if on_ring:
            low, high = -abs(line), abs(line)
        low, high = max(low, -self.reach - 1), min(high, self.reach + 1)
        key = (way, line, low)
        if key not in self._bands:
            first, last = (low + self.reach + 1) * _STEPS, (high + self.reach + 1) * _STEPS
            axis = tuple(self._line(way, line)[first : last + 1])
            river = way == "v" and line == RIVER_LINE
            kind = "boulevard" if on_ring or river else "arterial"
            name = "بلوار ساحلی" if river else None
            street = self.network.add(
                axis, self._width(way, line, on_ring or river), kind, name=name, river=river
            )
            if on_ring:
                # Sides of the ring that ended in one point would together claim land beyond their crossing,
                # and a square end reaches over a corner where the sides are not at right angles.
                self.network.streets[street].short = _SHORT
            self._bands[key] = (street, Chain(axis).cumulative(), first)
        return self._bands[key]

    def _width(self, way: str, line: int, widest: bool) -> float:
        if widest:
            return 45.0
        if line == 0:
            return 30.0
        return (24.0, 30.0)[self._side_widths[int(way == "h"), line + _MOST]] if line % 2 == 0 else 24.0
