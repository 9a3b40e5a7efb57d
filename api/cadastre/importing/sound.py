"""Polygons that are valid beyond doubt, told from their bytes; the doubtful ones are left to GEOS."""

import numpy as np
from numpy.typing import NDArray

from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel

Numbers = NDArray[np.float64]

_MOST = 200
"""Corners above which comparing every pair of edges is no longer cheaper than GEOS."""
_DOUBT = 4e-16
"""Share of its terms up to which the sign of a 2 × 2 determinant of differences may be wrong (Shewchuk 1997:
(3 + 16 ε) ε with ε = 2⁻⁵³, rounded up)."""


def plain(data: Bytes, offsets: Offsets, valid: Mask) -> tuple[Mask, Numbers]:
    """Which values are flat polygons of one closed ring with finite coordinates, and the box of each."""
    found = np.zeros(len(valid), np.bool_)
    boxes = np.full((len(valid), 4), np.nan)
    _plain(data, offsets, valid, found, boxes)
    return found, boxes


def sound(data: Bytes, offsets: Offsets, among: Mask, least_area: float) -> tuple[Mask, Numbers]:
    """Which of the plain ones surely have no edge that meets another but its neighbours at their common
    corner, and surely more than this area; and the area of each, as GEOS works it out."""
    found = np.zeros(len(among), np.bool_)
    areas = np.zeros(len(among))
    _sound(data, offsets, among, least_area, (found, areas))
    return found, areas


@kernel
def _plain(data: Bytes, offsets: Offsets, valid: Mask, found: Mask, boxes: Numbers) -> None:
    room = np.empty(16 * _MOST, np.uint8)
    ring = room.view(np.float64).reshape(_MOST, 2)
    for i in range(valid.size):
        start, length = offsets[i], offsets[i + 1] - offsets[i]
        if not valid[i] or length < 77 or length > 13 + 16 * _MOST or (length - 13) % 16 != 0:
            continue
        count = (length - 13) // 16
        if not _head(data, start, count):
            continue
        _corners(data, start, count, room)
        west = south = np.inf
        east = north = -np.inf
        finite = True
        for k in range(count):
            x, y = ring[k]
            finite = finite and np.isfinite(x) and np.isfinite(y)
            west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
        closed = ring[0, 0] == ring[count - 1, 0] and ring[0, 1] == ring[count - 1, 1]
        if finite and closed:
            found[i] = True
            boxes[i, 0], boxes[i, 1], boxes[i, 2], boxes[i, 3] = west, south, east, north


@kernel
def _head(data: Bytes, start: int, count: int) -> bool:
    """Whether the bytes begin as those of a little-endian flat polygon of one ring with this many corners."""
    said = 0
    for k in range(4):
        said |= int(data[start + 9 + k]) << (8 * k)
    head = data[start] == 1 and data[start + 1] == 3 and data[start + 5] == 1 and said == count
    for k in (2, 3, 4, 6, 7, 8):
        head = head and data[start + k] == 0
    return head


@kernel
def _corners(data: Bytes, start: int, count: int, room: Bytes) -> None:
    """The corners of a ring, to a place where they can be read as numbers."""
    for k in range(16 * count):
        room[k] = data[start + 13 + k]


@kernel
def _sound(
    data: Bytes, offsets: Offsets, among: Mask, least_area: float, found: tuple[Mask, Numbers]
) -> None:
    room = np.empty(16 * _MOST, np.uint8)
    ring = room.view(np.float64).reshape(_MOST, 2)
    for i in range(among.size):
        if not among[i]:
            continue
        count = (offsets[i + 1] - offsets[i] - 13) // 16
        _corners(data, offsets[i], count, room)
        doubled = 0.0
        for k in range(1, count - 1):
            doubled += (ring[k, 0] - ring[0, 0]) * (ring[k - 1, 1] - ring[k + 1, 1])
        found[1][i] = abs(doubled) / 2
        found[0][i] = abs(doubled) > 4 * least_area and _simple(ring, count)


@kernel
def _simple(ring: Numbers, count: int) -> bool:
    """Whether no two edges of a closed ring surely meet but neighbours in their corner."""
    edges = count - 1
    for i in range(edges):
        if not _goes_on(ring[(i - 1) % edges], ring[i], ring[i + 1]):
            return False
        for j in range(i + 2, edges):
            if (i > 0 or j < edges - 1) and not _apart(ring[i], ring[i + 1], ring[j], ring[j + 1]):
                return False
    return True


@kernel
def _goes_on(a: Numbers, b: Numbers, c: Numbers) -> bool:
    """Whether the edge b–c surely does not run back along a–b."""
    if _side(a, b, c) != 0:
        return True
    along, across = (b[0] - a[0]) * (c[0] - b[0]), (b[1] - a[1]) * (c[1] - b[1])
    forward: bool = along + across > _DOUBT * (abs(along) + abs(across))
    return forward


@kernel
def _apart(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> bool:
    """Whether the edges a–b and c–d surely have no point in common."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return True
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return True
    return _side(a, b, c) * _side(a, b, d) > 0 or _side(c, d, a) * _side(c, d, b) > 0


@kernel
def _side(a: Numbers, b: Numbers, c: Numbers) -> int:
    """1 where c is surely to the left of a–b, -1 where to the right, 0 where that is in doubt."""
    left, right = (b[0] - a[0]) * (c[1] - a[1]), (b[1] - a[1]) * (c[0] - a[0])
    if abs(left - right) <= _DOUBT * (abs(left) + abs(right)):
        return 0
    return 1 if left > right else -1
