"""Parcels that overlap: pairs from an index, most parted by a straight line, the rest intersected."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from api.cadastre.importing.faults import Fault
from api.cadastre.importing.kernel import Mask, Offsets, kernel
from api.cadastre.importing.outlines import Shapes

Numbers = NDArray[np.float64]

_BLOCK = 50_000
_GRID = 1e-7
"""Metres of the grid on which common areas are worked out (why a grid: `gis.overlay`). It is finer than
there, for pairs count from a square millimetre; so fine a grid wants coordinates from a near origin."""
_LARGE = 20_000
"""Corner pairs above which the exact intersection is cheaper than looking for a parting line."""


def overlaps(
    shapes: Shapes, keys: pa.Array, tree: STRtree, least_m2: float, tell: Callable[[int, int], None]
) -> list[Fault]:
    """Every pair of shapes whose common area is more than `least_m2`, with that area.

    Two shapes that a straight line along one of their edges parts, up to a depth at which the common area
    cannot reach `least_m2`, are not intersected: so it is with almost all neighbours.
    """
    found: list[Fault] = []
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    starts = np.searchsorted(rows, np.arange(len(shapes) + 1))
    boxes = shapely.bounds(shapes)
    for first in range(0, len(shapes), _BLOCK):
        block = np.arange(first, min(first + _BLOCK, len(shapes)))
        a, b = tree.query(shapes[block])
        a = block[a]
        a, b = a[a < b], b[a < b]
        if len(a):
            near = ~_parted(coordinates, starts, boxes, a, b, least_m2)
            found += _intersected(shapes, keys, a[near], b[near], least_m2)
        tell(int(block[-1]) + 1, len(shapes))
    return sorted(found, key=lambda fault: -(fault.area_m2 or 0))


def _intersected(
    shapes: Shapes, keys: pa.Array, a: NDArray[np.int64], b: NDArray[np.int64], least_m2: float
) -> list[Fault]:
    if not len(a):
        return []
    origin = np.floor(shapely.total_bounds(shapes[a])[:2])
    first, second = (shapely.transform(shapes[of], lambda points: points - origin) for of in (a, b))
    common = shapely.intersection(first, second, grid_size=_GRID)
    areas = shapely.area(common)
    found = np.flatnonzero(areas > least_m2)
    common = shapely.transform(common[found], lambda points: points + origin)
    return [
        Fault("overlap", keys[int(a[i])].as_py(), keys[int(b[i])].as_py(), float(areas[i]), {}, shape)
        for i, shape in zip(found, common, strict=True)
    ]


@kernel
def _parted(  # noqa: PLR0917
    coordinates: Numbers, starts: Offsets, boxes: Numbers, a: Offsets, b: Offsets, least: float
) -> Mask:
    """Whether a line along an edge of one of each pair parts them but for less than `least` area."""
    parted = np.zeros(a.size, np.bool_)
    for i in range(a.size):
        p, q = a[i], b[i]
        if (starts[p + 1] - starts[p]) * (starts[q + 1] - starts[q]) > _LARGE:
            continue
        width = min(boxes[p, 2], boxes[q, 2]) - max(boxes[p, 0], boxes[q, 0])
        height = min(boxes[p, 3], boxes[q, 3]) - max(boxes[p, 1], boxes[q, 1])
        reach = np.sqrt(max(width, 0.0) ** 2 + max(height, 0.0) ** 2)
        depth = least / (2 * reach) if reach > 0 else np.inf
        parted[i] = _edge_parts(coordinates, starts[p], starts[p + 1], starts[q], starts[q + 1], depth) or (
            _edge_parts(coordinates, starts[q], starts[q + 1], starts[p], starts[p + 1], depth)
        )
    return parted


@kernel
def _edge_parts(  # noqa: PLR0917
    coordinates: Numbers, p0: int, p1: int, q0: int, q1: int, depth: float
) -> bool:
    """Whether all of p lies on one side of one of its edges and all of q on the other, but for `depth`."""
    for edge in range(p0, p1 - 1):
        x, y = coordinates[edge]
        dx, dy = coordinates[edge + 1, 0] - x, coordinates[edge + 1, 1] - y
        length = np.sqrt(dx * dx + dy * dy)
        if length == 0:
            continue
        limit = depth * length
        low = high = 0.0
        for k in range(p0, p1):
            side = dx * (coordinates[k, 1] - y) - dy * (coordinates[k, 0] - x)
            low, high = min(low, side), max(high, side)
            if low < -limit and high > limit:
                break
        left, right = low >= -limit, high <= limit
        for k in range(q0, q1):
            if not (left or right):
                break
            side = dx * (coordinates[k, 1] - y) - dy * (coordinates[k, 0] - x)
            left, right = left and side <= limit, right and side >= -limit
        if left or right:
            return True
    return False
