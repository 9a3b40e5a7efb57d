"""Footprints of buildings: a mass within the four principal corners of a lot, given in shares of front
and depth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.sample_city.outlines import Floats
from data.sample_city.parcels import ORIGIN, Parcels
from data.sample_city.streets import Network

_CLEAR = 0.08  # metres kept from a line at which a planned street ends
_PLAIN = frozenset(("regular", "corner"))


@dataclass(frozen=True)
class Ground:
    """Measures of each lot of a batch in metres: `front`, `depth`; `gaps` (lots × 4) that planned
    streets take
    at the front, left, right and rear; `after`: m² that they leave, never more than the true figure;
    `plain`: whether the lot is four-sided with straight sides."""

    corners: Floats
    front: Floats
    depth: Floats
    gaps: Floats
    after: Floats
    plain: NDArray[np.bool_]

    @classmethod
    def of(cls, parcels: Parcels, network: Network) -> Ground:
        """The ground of a batch."""
        a, b, c, d = (parcels.corners[:, k] for k in range(4))
        lengths = np.hypot(*np.stack([b - a, d - a, c - b, c - d], axis=0).transpose(2, 0, 1))
        loss = np.array([(s.planned - s.existing) / 2 for s in network.streets] + [0.0])
        streets = np.array([(lot.front, lot.left, lot.right) for lot in parcels.lots]).reshape(-1, 3)
        gaps = np.column_stack([loss[streets], np.zeros(len(streets))])
        taken = (gaps[:, :3] * lengths[:3].T).sum(axis=1)
        shapes = [lot.shape for lot in parcels.lots]
        corners = np.array([len(lot.ring) for lot in parcels.lots])
        gaps[gaps > 0] += _CLEAR
        through = np.array([shape == "through" for shape in shapes])
        gaps[through, 0] += 2.5
        gaps[through, 3] += 4.0
        return cls(
            parcels.corners,
            (lengths[0] + lengths[3]) / 2,
            (lengths[1] + lengths[2]) / 2,
            gaps,
            parcels.areas - taken,
            (corners == 4) & np.array([shape in _PLAIN for shape in shapes]),
        )  # fmt: skip


def masses(parcels: Parcels, ground: Ground, lots: NDArray[np.int64], span: Floats) -> NDArray[np.object_]:
    """Masses on the given lots. `span` (lots × 4): left, right in shares of the front, near, far of
    the depth.

    A mass on a lot that is not plain is cut to the lot.
    """
    a, b, c, d = (ground.corners[lots, k] for k in range(4))

    def at(u: Floats, v: Floats) -> Floats:
        u, v = u[:, None], v[:, None]
        return (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * d + u * c)

    left, right, near, far = span.T
    ring = np.stack([at(left, near), at(right, near), at(right, far), at(left, far)], axis=1)
    after = np.roll(ring, -1, axis=1)
    signed = (ring[..., 0] * after[..., 1] - after[..., 0] * ring[..., 1]).sum(axis=1)
    ring[signed < 0] = ring[signed < 0][:, ::-1]
    made = shapely.polygons(ring + np.array(ORIGIN))
    odd = ~ground.plain[lots]
    made[odd] = _largest(shapely.intersection(made[odd], parcels.shapes[lots[odd]]))
    return made


def _largest(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The largest polygon of each shape."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    order = np.lexsort((shapely.area(parts), owner))
    last = np.flatnonzero(np.diff(owner[order], append=-1))
    result = shapes.copy()
    result[owner[order][last]] = parts[order][last]
    return result
