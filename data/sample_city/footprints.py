"""Footprints of buildings: a mass within the four principal corners of a lot, in shares of its front and
depth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.sample_city.lawful import street_setback
from data.sample_city.outlines import GRID, Floats, Ints
from data.sample_city.parcels import ORIGIN, Parcels
from data.sample_city.streets import Network

_CLEAR, _CLEAR_OF_BENDS = 0.15, 1.3  # metres kept besides from a line not to be passed, straight or bent
_PLAIN = frozenset(("regular", "corner", "undersized"))


@dataclass(frozen=True)
class Ground:
    """Measures of each lot of a batch, in metres and m².

    front    what planned streets leave of it
    across, depth   the least width square to the left side, the least depth square to the front
    yard     share of the depth that the law keeps free at the southern end, with half a metre to spare
    gaps     lots × 4: what planned streets and setbacks keep free at the front, left, right and rear
    widened  whether a planned street takes a part of the lot
    struck   whether a planned street on which the lot does not front takes a tip of it
    after    area that planned streets leave, never more than the true figure
    width    of the main street, planned where that is wider
    facing   where the front lies, as the law reads it: N, E, S, W; "" too near to between two to say
    plain    four-sided with straight sides
    """

    corners: Floats
    front: Floats
    across: Floats
    depth: Floats
    yard: Floats
    gaps: Floats
    widened: NDArray[np.bool_]
    struck: NDArray[np.bool_]
    after: Floats
    width: Floats
    facing: NDArray[np.str_]
    plain: NDArray[np.bool_]

    @classmethod
    def of(cls, parcels: Parcels, network: Network) -> Ground:
        """The ground of a batch."""
        a, b, c, d = (parcels.corners[:, k] for k in range(4))
        lengths = np.column_stack([np.hypot(*(q - p).T) for p, q in ((a, b), (d, a), (b, c), (c, d))])
        loss = np.array([(s.planned - s.existing) / 2 for s in network.streets] + [0.0])
        width = np.array([max(s.planned, s.existing) for s in network.streets] + [0.0])
        streets = np.array([(lot.front, lot.left, lot.right, lot.rear) for lot in parcels.lots]).reshape(
            -1, 4
        )
        facing = _facing(parcels)
        setback = street_setback(width[streets])
        setback[facing == "S", 0] = 0.0  # the yard of a northern plot is its distance from the street
        gaps = loss[streets] + setback
        depth = np.minimum(_off(d, a, b), _off(c, a, b))
        mean = (lengths[:, 1] + lengths[:, 2]) / 2
        corners = np.array([len(lot.ring) for lot in parcels.lots])
        shapes = np.array([lot.shape for lot in parcels.lots])
        plain = (corners == 4) & np.isin(shapes, list(_PLAIN))
        gaps[gaps > 0] += np.where(plain, _CLEAR, _CLEAR_OF_BENDS).repeat(4).reshape(-1, 4)[gaps > 0]
        return cls(
            parcels.corners,
            lengths[:, 0] - loss[streets[:, 1:3]].sum(axis=1),
            np.minimum(_off(b, a, d), _off(c, a, d)),
            depth,
            np.maximum(0.4, (0.4 * mean - 1.5) / np.maximum(depth, 1)),
            gaps,
            loss[streets].any(axis=1),
            _struck(parcels, network, streets),
            parcels.areas - (loss[streets] * lengths).sum(axis=1),
            width[streets[:, 0]],
            facing,
            plain,
        )

    def open_span(self, lots: Ints) -> Floats:
        """Shares left, right, near and far between which a mass may stand; the yard comes off it."""
        gaps, across, depth = self.gaps[lots], self.across[lots], self.depth[lots]
        # Square to the right side and to the rear the lot may be narrower: the same metres are a
        # larger share.
        a, b, c, d = (self.corners[lots, k] for k in range(4))
        back, right = np.minimum(_off(a, c, d), _off(b, c, d)), np.minimum(_off(a, b, c), _off(d, b, c))
        return np.column_stack(
            [gaps[:, 1] / across, 1 - gaps[:, 2] / right, gaps[:, 0] / depth, 1 - gaps[:, 3] / back]
        )


def _struck(parcels: Parcels, network: Network, streets: Ints) -> NDArray[np.bool_]:
    """Lots of which a widened street takes land though it is none of the lot's own `streets` (lots × 4)."""
    struck = np.zeros(len(streets), bool)
    tree = shapely.STRtree(parcels.shapes)
    for number, street in enumerate(network.streets):
        if street.planned > street.existing and street.stretches:
            line = shapely.LineString(np.array(street.axis) + np.array(ORIGIN))
            land = shapely.buffer(line, street.planned / 2, cap_style="flat", join_style="mitre")
            near = tree.query(land, predicate="intersects")
            near = near[(streets[near] != number).all(axis=1)]
            struck[near] |= (
                shapely.area(shapely.intersection(parcels.shapes[near], land, grid_size=GRID)) > 1e-3
            )
    return struck


def _off(point: Floats, a: Floats, b: Floats) -> Floats:
    """Metres of points from the lines through a and b, never quite 0."""
    way = b - a
    length = np.maximum(np.hypot(*way.T), 1e-9)
    off: Floats = np.abs((point - a)[:, 0] * way[:, 1] - (point - a)[:, 1] * way[:, 0]) / length
    return np.maximum(off, 1e-3)


def _facing(parcels: Parcels) -> NDArray[np.str_]:
    """From the lot's middle to the middle of its front (domain 3.4), with 3° of doubt between two sides."""
    middle = shapely.centroid(parcels.shapes)
    to_front = parcels.corners[:, :2].mean(axis=1) + np.array(ORIGIN)
    to_front -= np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
    azimuth = np.degrees(np.arctan2(to_front[:, 0], to_front[:, 1])) % 360
    side = np.floor((azimuth + 45) % 360 / 90).astype(int)
    doubtful = np.abs((azimuth + 45) % 90 - 45) > 42
    return np.where(doubtful, "", np.array(["N", "E", "S", "W"])[side])


def masses(parcels: Parcels, ground: Ground, lots: Ints, span: Floats) -> NDArray[np.object_]:
    """Masses on the given lots. `span` (lots × 4): left, right in shares of the front, near, far of
    the depth.

    A mass on a lot that is not plain is cut to the lot.
    """
    a, b, c, d = (ground.corners[lots, k] for k in range(4))

    def at(u: Floats, v: Floats) -> Floats:
        u, v = u[:, None], v[:, None]
        point: Floats = (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * d + u * c)
        return point

    left, right, near, far = span.T
    ring = np.stack([at(left, near), at(right, near), at(right, far), at(left, far)], axis=1)
    after = np.roll(ring, -1, axis=1)
    signed = (ring[..., 0] * after[..., 1] - after[..., 0] * ring[..., 1]).sum(axis=1)
    ring[signed < 0] = ring[signed < 0][:, ::-1]
    made: NDArray[np.object_] = shapely.polygons(ring + np.array(ORIGIN))
    odd = np.flatnonzero(~ground.plain[lots])
    if len(odd):
        made[odd] = _largest(shapely.intersection(made[odd], parcels.shapes[lots[odd]], grid_size=GRID))
    return made


def _largest(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The largest polygon of each shape."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    order = np.lexsort((shapely.area(parts), owner))
    last = np.flatnonzero(np.diff(owner[order], append=-1))
    result = shapes.copy()
    result[owner[order][last]] = parts[order][last]
    return result
