"""The ground of a parcel: elevations from the terrain tiles under it."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Tile:
    """A square of the terrain raster: affine a…f, elevations in metres by rows from the north."""

    affine: tuple[float, ...]
    width: int
    height: int
    nodata: float | None
    body: bytes


@dataclass(frozen=True)
class Ground:
    """Elevations on a parcel in metres."""

    lowest: float
    highest: float
    mean: float


def ground_of(parcel: BaseGeometry, tiles: Iterable[Tile]) -> Ground | None:
    """Lowest, highest and mean elevation of the pixels whose centre is on the parcel.

    A parcel between the centres takes the pixel under its inner point. None where no pixel is known.

    >>> body = zlib.compress(np.array([[5, 6], [7, -9]], "<f4").tobytes())
    >>> tile = Tile((10.0, 0.0, 0.0, 0.0, -10.0, 20.0), 2, 2, -9.0, body)
    >>> ground_of(shapely.box(0, 0, 20, 20), [tile])
    Ground(lowest=5.0, highest=7.0, mean=6.0)
    >>> ground_of(shapely.box(1, 1, 3, 3), [tile])
    Ground(lowest=7.0, highest=7.0, mean=7.0)
    >>> ground_of(shapely.box(0, 0, 20, 20), []) is None
    True
    """
    found: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
    inner = shapely.point_on_surface(parcel)
    fallback: list[float] = []
    for tile in tiles:
        a, b, c, d, e, f = tile.affine
        heights = np.frombuffer(zlib.decompress(tile.body), "<f4").reshape(tile.height, tile.width)
        columns, rows = np.meshgrid(np.arange(tile.width) + 0.5, np.arange(tile.height) + 0.5)
        x, y = a * columns + b * rows + c, d * columns + e * rows + f
        known = (
            np.isfinite(heights) if tile.nodata is None else np.isfinite(heights) & (heights != tile.nodata)
        )
        west, south, east, north = parcel.bounds
        near = known & (x >= west) & (x <= east) & (y >= south) & (y <= north)
        if near.any():
            on = shapely.contains_xy(parcel, x[near], y[near])
            found.append(heights[near][on])
        determinant = a * e - b * d
        column = int(np.floor((e * (inner.x - c) - b * (inner.y - f)) / determinant))
        row = int(np.floor((a * (inner.y - f) - d * (inner.x - c)) / determinant))
        if 0 <= column < tile.width and 0 <= row < tile.height and known[row, column]:
            fallback.append(float(heights[row, column]))
    values = np.concatenate(found) if found else np.empty(0, "f4")
    if not values.size:
        values = np.array(fallback, "f4")
    if not values.size:
        return None
    return Ground(float(values.min()), float(values.max()), float(values.mean(dtype="f8")))
