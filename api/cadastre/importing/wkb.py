"""Shapes as little-endian WKB, moved into another frame without making them shapes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel
from api.cadastre.importing.pgcopy import Varied

Coordinates = NDArray[np.float64]


def moved(shapes: Varied, move: Callable[[Coordinates], Coordinates], srid: int) -> Varied:
    """The same shapes in the frame `srid`, into which `move` brings points; flat shapes of any type.

    >>> import shapely
    >>> from api.cadastre.importing import pgcopy
    >>> line = pgcopy.shapes(np.array([None, shapely.LineString([(0, 1), (2, 3)])], dtype=object), 32639)
    >>> found = moved(line, lambda points: points + 1, 3857)
    >>> shapely.from_wkb(found.data[found.offsets[1]:].tobytes()).wkt, found.srid, found.valid.tolist()
    ('LINESTRING (1 2, 3 4)', 3857, [False, True])
    """
    begin, end = int(shapes.offsets[0]), int(shapes.offsets[-1])
    data, offsets = shapes.data[begin:end].copy(), shapes.offsets - begin
    places = np.empty(len(data) // 16 + 1, np.int64)
    places = places[: _points(data, offsets, shapes.valid, places)]
    if len(places):
        points = np.empty(16 * len(places), np.uint8)
        _out(points, data, places)
        new = np.ascontiguousarray(move(points.view("<f8").reshape(-1, 2)), dtype="<f8")
        _in(data, new.view(np.uint8).reshape(-1), places)
    return Varied(data, offsets, shapes.valid, srid)


@kernel
def _points(data: Bytes, offsets: Offsets, valid: Mask, places: Offsets) -> int:
    """Where each point stands, and how many there are; parts of a collection follow its head as shapes."""
    found = 0
    for i in range(valid.size):
        at, end = offsets[i], offsets[i + 1]
        while valid[i] and at < end:
            kind = data[at + 1]
            at += 5
            if kind == 1:
                places[found] = at
                found += 1
                at += 16
                continue
            count = _whole(data, at)
            at += 4
            if kind > 3:
                continue
            for _ in range(count if kind == 3 else 1):
                points = count
                if kind == 3:
                    points = _whole(data, at)
                    at += 4
                for _ in range(points):
                    places[found] = at
                    found += 1
                    at += 16
    return found


@kernel
def _whole(data: Bytes, at: int) -> int:
    return int(data[at]) | int(data[at + 1]) << 8 | int(data[at + 2]) << 16 | int(data[at + 3]) << 24


@kernel
def _out(points: Bytes, data: Bytes, places: Offsets) -> None:
    for i in range(places.size):
        for k in range(16):
            points[16 * i + k] = data[places[i] + k]


@kernel
def _in(data: Bytes, points: Bytes, places: Offsets) -> None:
    for i in range(places.size):
        for k in range(16):
            data[places[i] + k] = points[16 * i + k]
