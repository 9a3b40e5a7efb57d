"""Holes between parcels: what is enclosed by their boundaries and belongs to none of them."""

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from shapely import GeometryType, STRtree

from api.cadastre.importing.faults import Fault
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.profile import Checks
from gis.overlay import union_all

_GRID = 1e-4
"""Metres within which two corners are one when edges are matched."""


def gaps(shapes: Shapes, keys: pa.Array, tree: STRtree, checks: Checks) -> list[Fault]:
    """Enclosed holes smaller than `gap_m2` or narrower than `gap_width_m`.

    An edge that two parcels share cancels; what is left are the outlines of blocks and of holes (and edges
    that meet others in a T). Noded and closed to faces, those that lie in no parcel are holes. The width of a
    face is twice its area by its perimeter, the width of a long strip.
    """
    lines = _near_others(unshared_edges(shapes), checks)
    if not len(lines):
        return []
    faces = shapely.get_parts(shapely.polygonize([union_all(lines)]))
    areas, lengths = shapely.area(faces), shapely.length(faces)
    with np.errstate(invalid="ignore", divide="ignore"):
        widths = 2 * areas / lengths
    small = (areas > checks.overlap_m2) & ((areas < checks.gap_m2) | (widths < checks.gap_width_m))
    faces, areas, widths = faces[small], areas[small], widths[small]
    covered = np.zeros(len(faces), dtype=bool)
    covered[tree.query(shapely.point_on_surface(faces), predicate="intersects")[0]] = True
    found = []
    for face, area, width in zip(faces[~covered], areas[~covered], widths[~covered], strict=True):
        around = [keys[int(i)].as_py() for i in tree.query(face, predicate="dwithin", distance=_GRID)[:2]]
        kind = "sliver" if width < checks.gap_width_m else "gap"
        around += [None] * (2 - len(around))
        found.append(
            Fault(kind, around[0], around[1], float(area), {"width_m": round(float(width), 4)}, face)
        )
    return sorted(found, key=lambda fault: -(fault.area_m2 or 0))


def _near_others(lines: Shapes, checks: Checks) -> Shapes:
    """The edges that may bound a hole which counts: those with another edge near their middle.

    Above an edge of length l of a convex hole of area a the hole is nowhere deeper than 2·a/l; a longer strip
    counts while it is narrower than `gap_width_m`. Short edges always stay.
    """
    if not len(lines):
        return lines
    lengths = shapely.length(lines)
    reach = np.maximum(2 * checks.gap_m2 / lengths, 2 * checks.gap_width_m)
    stays = lengths < 2 * checks.gap_width_m
    long = np.flatnonzero(~stays)
    middles = shapely.line_interpolate_point(lines[long], 0.5, normalized=True)
    which, other = STRtree(lines).query(middles, predicate="dwithin", distance=reach[long])
    stays[long[which[long[which] != other]]] = True
    near: Shapes = lines[stays]
    return near


def unshared_edges(shapes: Shapes) -> Shapes:
    """The edges of boundaries that no other boundary runs along, as lines.

    >>> squares = shapely.box([0, 1], [0, 0], [1, 2], [1, 1])
    >>> len(unshared_edges(squares)), len(unshared_edges(shapely.multipolygons([squares[:1], squares[1:]])))
    (6, 6)
    >>> len(unshared_edges(squares[:1] - shapely.box(0.2, 0.2, 0.8, 0.8))), len(unshared_edges(squares[:0]))
    (8, 0)
    """
    # A polygon of one ring stands for its ring: a ring of its own would be one more object a parcel.
    one = (shapely.get_type_id(shapes) == GeometryType.POLYGON) & (
        shapely.get_num_interior_rings(shapes) == 0
    )
    rings = np.concatenate([shapes[one], shapely.get_rings(shapely.get_parts(shapes[~one]))])
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    start, end = points[:-1][same], points[1:][same]
    codes = _edge_codes(start, end)
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    last = np.ones(len(ordered), dtype=bool)
    last[:-1] = first[1:]
    single = order[first & last]
    pairs = np.stack([start[single], end[single]], axis=1)
    alive = (pairs[:, 0] != pairs[:, 1]).any(axis=1)
    lines: Shapes = shapely.linestrings(pairs[alive])
    return lines


def _edge_codes(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.uint64]:
    """A number for each edge that is the same in both directions."""
    a, b = _corner_codes(start), _corner_codes(end)
    low, high = np.minimum(a, b), np.maximum(a, b)
    codes: NDArray[np.uint64] = low * np.uint64(0x9E3779B97F4A7C15) + (high ^ (high >> np.uint64(29)))
    return codes


def _corner_codes(points: NDArray[np.float64]) -> NDArray[np.uint64]:
    grid = np.rint(points / _GRID).astype(np.int64).astype(np.uint64)
    mixed = grid[:, 0] * np.uint64(0xBF58476D1CE4E5B9) ^ (grid[:, 1] * np.uint64(0x94D049BB133111EB))
    codes: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(31))
    return codes
