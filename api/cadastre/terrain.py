"""The ground of a parcel: elevations from the terrain tiles under it."""

import base64
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Heights = np.ndarray[tuple[int, int], np.dtype[np.float64]]
_SAME_GRID = 1e-6
"""Part of a cell by which two tiles of one raster may miss its grid, by arithmetic."""


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


MOST_CELLS = 4_000_000
"""Cells of a grid under one parcel beyond which none is made."""


@dataclass(frozen=True)
class Grid:
    """Elevations in metres by rows from the north, NaN where none is known; the corner of the first cell."""

    heights: Heights
    west: float
    north: float
    pixel: float

    def to_json(self) -> dict[str, Any]:
        """The grid as a document."""
        body = zlib.compress(self.heights.astype("<f4").tobytes())
        return {
            "west": self.west,
            "north": self.north,
            "pixel_m": self.pixel,
            "width": self.heights.shape[1],
            "height": self.heights.shape[0],
            "body": base64.b64encode(body).decode(),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Grid":
        """The grid that `to_json` wrote.

        >>> grid = Grid(np.array([[1.5, np.nan]]), 10.0, 20.0, 2.0)
        >>> Grid.from_json(grid.to_json()).heights.tolist()
        [[1.5, nan]]
        """
        cells = np.frombuffer(zlib.decompress(base64.b64decode(document["body"])), "<f4")
        heights = cells.reshape(document["height"], document["width"]).astype(np.float64)
        return cls(heights, document["west"], document["north"], document["pixel_m"])


def grid_around(bounds: tuple[float, float, float, float], tiles: Sequence[Tile]) -> Grid | None:
    """The cells of one raster in a box and two more on each side, NaN where a tile has none.

    None without tiles, for tiles of several rasters or turned ones, and for a box of too many cells.

    >>> body = zlib.compress(np.arange(16, dtype="<f4").tobytes())
    >>> tile = Tile((10.0, 0.0, 0.0, 0.0, -10.0, 40.0), 4, 4, None, body)
    >>> grid = grid_around((21.0, 21.0, 22.0, 29.0), [tile])
    >>> grid.west, grid.north, grid.heights[2].tolist()
    (0.0, 50.0, [4.0, 5.0, 6.0, 7.0, nan])
    >>> grid_around((0.0, 0.0, 9.0, 9.0), []) is None
    True
    """
    if not tiles:
        return None
    pixel, _, first_west, _, down, first_north = tiles[0].affine
    west, south, east, north = bounds
    left, right = np.floor((west - first_west) / pixel) - 2, np.floor((east - first_west) / pixel) + 3
    top, low = np.floor((first_north - north) / pixel) - 2, np.floor((first_north - south) / pixel) + 3
    height, width = int(low - top), int(right - left)
    if down != -pixel or height * width > MOST_CELLS:
        return None
    heights = np.full((height, width), np.nan)
    for tile in tiles:
        a, b, c, d, e, f = tile.affine
        column, row = (c - first_west) / pixel - left, (first_north - f) / pixel - top
        apart = abs(column - round(column)) > _SAME_GRID or abs(row - round(row)) > _SAME_GRID
        if (a, b, d, e) != (pixel, 0.0, 0.0, -pixel) or apart:
            return None
        _paste(heights, tile, round(row), round(column))
    return Grid(heights, float(first_west + left * pixel), float(first_north - top * pixel), float(pixel))


def _paste(heights: Heights, tile: Tile, row: int, column: int) -> None:
    """The cells of a tile into the grid; `row`, `column`: where its first cell falls."""
    cells = np.frombuffer(zlib.decompress(tile.body), "<f4").reshape(tile.height, tile.width).astype(float)
    if tile.nodata is not None:
        cells[cells == tile.nodata] = np.nan
    top, left = max(row, 0), max(column, 0)
    low, right = min(row + tile.height, heights.shape[0]), min(column + tile.width, heights.shape[1])
    if top < low and left < right:
        heights[top:low, left:right] = cells[top - row : low - row, left - column : right - column]
