"""A block and its lots: two rows back to back, heads towards wide streets, dead ends, public land."""

from __future__ import annotations

import math

import numpy as np

from data.sample_city import shapes
from data.sample_city.quad import NO_STREET, Chain, Point, Quad, area
from data.sample_city.quarters import DEAD_END_WIDTH, Fabric
from data.sample_city.rows import LARGEST, Lot, Row, fronted, lots_of
from data.sample_city.streets import Network

_TRIES = 4  # more lots to try in a row whose lots are too large
_TOO_SMALL = 260.0  # m²: a block under this is a green corner


class Builder:
    """Cuts blocks into lots. One builder for one quarter: it owns the quarter's chance."""

    def __init__(self, fabric: Fabric, network: Network, rng: np.random.Generator) -> None:
        self.fabric, self.network, self.rng = fabric, network, rng

    def block(self, quad: Quad, face: Quad, deep: bool, public: str) -> list[Lot]:
        """The lots of one block. `face`: the piece between the axes about it; `public`: a use to be
        placed."""
        return [fronted(lot, self.network.law_width) for lot in self._lots(quad, face, deep, public)]

    def _lots(self, quad: Quad, face: Quad, deep: bool, public: str) -> list[Lot]:
        size = area(quad.ring())
        if public in ("park", "square") or size < _TOO_SMALL:
            return [self._whole(quad, public or "park")]
        if deep:
            return self._about_dead_end(quad, face) if self._long(quad, 2.7) else self._sideways(quad)
        depth = (quad.west.length + quad.east.length) / 2
        if depth < 1.35 * self.fabric.depth:
            return self._row(Row.of(quad, "S"), self._weights(Row.of(quad, "S")), shape="through")
        placed: list[Lot] = []
        if public:
            quad, placed = self._public(quad, public)
        quad, heads = self._heads(quad)
        return placed + heads + self._two_rows(quad)

    def _two_rows(self, quad: Quad) -> list[Lot]:
        if not self._long(quad, 1.7) and (quad.west.street, quad.east.street) != (NO_STREET, NO_STREET):
            return self._narrow(quad)
        spread = 0.02 + 0.03 * self.fabric.disorder
        middle = float(np.clip(self.rng.normal(0.5, spread), 0.42, 0.58))
        south, north = quad.cut_along(middle, float(np.clip(middle + self.rng.normal(0, spread), 0.42, 0.58)))
        weights = self._weights(Row.of(south, "S"))
        lower = self._row(Row.of(south, "S"), weights)
        behind = _rear_corners(lower)
        other = weights if self.rng.random() < 0.5 else self._weights(Row.of(north, "N"))
        upper = self._row(Row.of(north, "N"), other, behind)
        lower, upper = shapes.joined(lower, upper, self.rng)
        return [part for lot in lower + upper for part in shapes.varied(lot, self.rng)]

    def _long(self, quad: Quad, depths: float) -> bool:
        return (quad.south.length + quad.north.length) / 2 > depths * self.fabric.depth

    def _sideways(self, quad: Quad) -> list[Lot]:
        """A deep block too short for a dead end: two rows that face the lanes at its ends."""
        if not self._long(quad, 1.45):
            return self._narrow(quad)
        west, east = quad.cut_across(0.5, 0.5)
        first = self._row(Row.of(west, "W"), self._weights(Row.of(west, "W")))
        behind = _rear_corners(first)
        second = self._row(Row.of(east, "E"), self._weights(Row.of(east, "E")), behind)
        return [part for lot in first + second for part in shapes.varied(lot, self.rng)]

    def _narrow(self, quad: Quad) -> list[Lot]:
        """A block too short for two rows: lots across it, from street to street where they fit."""
        wide_east = self.network.width(quad.east.street) > self.network.width(quad.west.street)
        row = Row.of(quad, "E" if wide_east else "W")
        both = NO_STREET not in (quad.east.street, quad.west.street)
        return self._row(row, self._weights(row), shape="through" if both else "regular")

    def _heads(self, quad: Quad) -> tuple[Quad, list[Lot]]:
        """The block without its heads, and the lots of its heads: those that face a wide street at its
        end."""
        lots: list[Lot] = []
        for facing in "WE":
            street = (quad.west if facing == "W" else quad.east).street
            if street == NO_STREET:
                continue
            width = self.network.width(street)
            length = (quad.south.length + quad.north.length) / 2
            chance = 0.9 if width >= 24 else 0.55 if width >= 16 else 0.06
            depth = self.fabric.depth * self.rng.uniform(0.85, 1.05)
            if self.rng.random() > chance or not self._long(quad, 2.6):
                continue
            share = depth / length
            if facing == "W":
                head, quad = self._square_cut(quad, share, facing)
            else:
                quad, head = self._square_cut(quad, 1 - share, facing)
            row = Row.of(head, facing)
            lots += self._row(row, self._weights(row))
        return quad, lots

    def _square_cut(self, quad: Quad, share: float, facing: str) -> tuple[Quad, Quad]:
        """A cut parallel to the wide street, as far from it at both ends."""
        side = share if facing == "W" else 1 - share
        length = (quad.south.length + quad.north.length) / 2
        low, high = side * length / quad.south.length, side * length / quad.north.length
        return quad.cut_across(*((low, high) if facing == "W" else (1 - low, 1 - high)))

    def _about_dead_end(self, quad: Quad, face: Quad) -> list[Lot]:
        """Four rows about an alley that ends before the far side, closed by lots that face the far street."""
        if self.rng.random() < 0.5:
            mirror = _mirrored(quad), _mirrored(face)
            return [_unmirrored(lot) for lot in self._about_dead_end_west(*mirror, flip=-1.0)]
        return self._about_dead_end_west(quad, face, flip=1.0)

    def _about_dead_end_west(self, quad: Quad, face: Quad, flip: float) -> list[Lot]:
        start, finish = quad.west.at(0.5), quad.east.at(0.5)
        size = math.dist(start, finish)
        way = ((finish[0] - start[0]) / size, (finish[1] - start[1]) / size)
        mouth = _crossing(face.west, start, way)
        far = self._far_lots(quad, start, way)
        if far is None:
            rest, end, lots = quad, _crossing(face.east, start, way), []
        else:
            rest, closing, end = far
            row = Row.of(closing, "E")
            lots = self._row(row, self._weights(row))
        axis = tuple((flip * x, y) for x, y in (mouth, end))
        ends = (face.west.street, face.east.street if far is None else NO_STREET)
        # A chain runs eastwards: in the mirror the alley's axis would run the other way.
        if far is None and flip < 0:
            axis = axis[::-1]
        kind = "local" if far is None else "dead_end"
        alley = self.network.add(axis, DEAD_END_WIDTH, kind, ends, fixed=True)
        before = math.dist(mouth, start)
        half = (-way[1] * DEAD_END_WIDTH / 2, way[0] * DEAD_END_WIDTH / 2)
        south, above = _line_cut(rest, (start[0] - half[0], start[1] - half[1]), way, alley, before)
        _, north = _line_cut(above, (start[0] + half[0], start[1] + half[1]), way, alley, before)
        return lots + self._two_rows(south) + self._two_rows(north)

    def _far_lots(self, quad: Quad, start: Point, way: Point) -> tuple[Quad, Quad, Point] | None:
        """The block without the lots that close the alley, those lots' piece, and the alley's end.

        The alley ends square to its axis. None where the block is too oblique for that.
        """

        def reach_of(p: Point) -> float:
            return (p[0] - start[0]) * way[0] + (p[1] - start[1]) * way[1]

        least, most = sorted(reach_of(chain.points[-1]) for chain in (quad.south, quad.north))
        reach = least - self.fabric.depth * self.rng.uniform(0.8, 1.0)
        nearest = max(reach_of(quad.south.points[0]), reach_of(quad.north.points[0]))
        if reach < nearest + 1.2 * self.fabric.depth or most - reach > 2.4 * self.fabric.depth:
            return None
        end = (start[0] + way[0] * reach, start[1] + way[1] * reach)
        across = (-way[1], way[0])
        shares = (_share(quad.south, end, across), _share(quad.north, end, across))
        return (*quad.cut_across(*shares, straight=True), end)

    def _public(self, quad: Quad, use: str) -> tuple[Quad, list[Lot]]:
        """Public land at one end of the block: the full depth for a school, the quieter half for others."""
        wanted = {"school": 2300.0, "mosque": 620.0, "clinic": 560.0}[use] * self.rng.uniform(0.85, 1.25)
        depth, length = (quad.west.length + quad.east.length) / 2, (quad.south.length + quad.north.length) / 2
        full = use == "school"
        share = wanted / (depth if full else depth / 2) / length
        if share > 0.6:
            return quad, []
        west, rest = quad.cut_across(share, share)
        if full:
            return rest, [self._whole(west, use)]
        south, north = west.cut_along(0.5, 0.5)
        row = Row.of(north, "N")
        return rest, [self._whole(south, use), *self._row(row, self._weights(row))]

    def _whole(self, quad: Quad, use: str) -> Lot:
        sides = {"S": quad.south, "N": quad.north, "E": quad.east, "W": quad.west}
        facing = max(sides, key=lambda s: self.network.width(sides[s].street))
        row = Row.of(quad, facing)
        corners = (row.front.points[0], row.front.points[-1], row.rear.points[-1], row.rear.points[0])
        return Lot(
            quad.ring(),
            corners,
            row.front.street,
            row.left.street,
            row.right.street,
            facing,
            "corner",
            use,
            row.rear.street,
        )

    def _row(
        self, row: Row, weights: list[float], behind: list[Point] | None = None, shape: str = ""
    ) -> list[Lot]:
        slant = 1.0 * max(0.0, self.fabric.disorder - 0.3)
        lots = lots_of(row, weights, slant, self.rng, behind or ())
        more = 0
        while max(abs(area(lot.ring)) for lot in lots) > LARGEST and more < _TRIES:
            more += 1
            lots = lots_of(row, [1.0] * (len(weights) + more), 0.0, self.rng, behind or ())
        return [lot._replace(shape=shape) for lot in lots] if shape else lots

    def _weights(self, row: Row) -> list[float]:
        """Relative fronts of a row's lots: alike within a planned row, uneven in the old town, a few
        double."""
        size = row.length * row.depth
        count = max(1, round(row.length / (self.fabric.front * self.rng.uniform(0.92, 1.1))))
        count = max(min(count, int(size / 112)), math.ceil(size / 600), 1)
        weights = 1 + np.clip(self.rng.normal(0, 0.05 + 0.16 * self.fabric.disorder, count), -0.35, 0.5)
        weights[self.rng.random(count) < 0.05] *= 1.75
        top = 0.9 * LARGEST * weights.sum() / size
        return [float(w) for w in np.minimum(weights, max(top, float(weights.mean())))]


def _rear_corners(lots: list[Lot]) -> list[Point]:
    """The corners on the rear line between the lots of a row; a triangle may have turned its front aside."""
    return [lot.corners[2] for lot in lots[:-1] if lot.shape != "triangle"]


def _line_cut(quad: Quad, through: Point, way: Point, street: int, reach: float) -> tuple[Quad, Quad]:
    """Cut along a straight line from the west side to the east side; the new side lies on `street`."""
    left, right = _share(quad.west, through, way), _share(quad.east, through, way)
    south, north = quad.cut_along(left, right, street, straight=True)
    line = Chain(south.north.points, street, reach)
    return Quad(south.south, south.east, line, south.west), Quad(line, north.east, north.north, north.west)


def _share(chain: Chain, through: Point, way: Point) -> float:
    """Share of the chain's length at which it crosses a line."""
    along = chain.cumulative()
    off = [(p[0] - through[0]) * way[1] - (p[1] - through[1]) * way[0] for p in chain.points]
    for k in range(len(off) - 1):
        if off[k] * off[k + 1] <= 0 and off[k] != off[k + 1]:
            return (along[k] + (along[k + 1] - along[k]) * off[k] / (off[k] - off[k + 1])) / along[-1]
    message = "the line does not cross this side of the block"
    raise ValueError(message)


def _crossing(chain: Chain, through: Point, way: Point) -> Point:
    return chain.at(_share(chain, through, way))


def _mirrored(quad: Quad) -> Quad:
    """The piece seen in a mirror: west becomes east."""

    def turn(chain: Chain, backwards: bool) -> Chain:
        points = tuple((-x, y) for x, y in chain.points)
        return Chain(points[::-1] if backwards else points, chain.street, chain.start)

    return Quad(
        turn(quad.south, True), turn(quad.west, False), turn(quad.north, True), turn(quad.east, False)
    )


def _unmirrored(lot: Lot) -> Lot:
    """The lot seen in the mirror again; the left of a front that runs east and west becomes its right."""
    a, b, c, d = ((-x, y) for x, y in lot.corners)
    ring = [(-x, y) for x, y in lot.ring]
    if lot.facing in "EW":
        return lot._replace(ring=ring, corners=(a, b, c, d), facing={"E": "W", "W": "E"}[lot.facing])
    return lot._replace(ring=ring, corners=(b, a, d, c), left=lot.right, right=lot.left)
