"""The ground under a lot: a grid of elevations in the city's frame, and how steep it is in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Floats = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Terrain:
    """Elevations in metres by rows from the north, NaN where there are none; square cells of `pixel` metres.

    `west`, `north`: the outer corner of the first cell.
    """

    heights: Floats
    west: float
    north: float
    pixel: float

    @classmethod
    def together(cls, grids: Sequence[Terrain | None]) -> Terrain | None:
        """Grids of one raster as one, NaN where none reaches; None where one is missing or of another.

        >>> west, east = (Terrain(np.full((2, 2), z), x, 4.0, 2.0) for z, x in ((1.0, 0.0), (5.0, 4.0)))
        >>> Terrain.together([west, east]).heights.tolist()
        [[1.0, 1.0, 5.0, 5.0], [1.0, 1.0, 5.0, 5.0]]
        >>> Terrain.together([west, None]) is Terrain.together([]) is None
        True
        """
        known = [grid for grid in grids if grid is not None]
        if not known or len(known) < len(grids):
            return None
        pixel, west, north = known[0].pixel, min(g.west for g in known), max(g.north for g in known)
        places = [((north - g.north) / pixel, (g.west - west) / pixel) for g in known]
        if any(g.pixel != pixel for g in known) or np.abs(np.subtract(places, np.round(places))).max() > 1e-6:
            return None
        at = [(round(row), round(column)) for row, column in places]
        ends = [(r + g.heights.shape[0], c + g.heights.shape[1]) for (r, c), g in zip(at, known, strict=True)]
        heights = np.full(tuple(np.max(ends, axis=0)), np.nan)
        for (row, column), (low, right), grid in zip(at, ends, known, strict=True):
            heights[row:low, column:right] = grid.heights
        return cls(heights, west, north, pixel)

    def slopes(self) -> Floats:
        """Slope of each cell as a ratio (0.15 = 15 %), NaN where one of the nine cells about it is not known.

        Horn's third-order difference: with the eight neighbours a b c / d . f / g h i of a cell, rise to the
        east ((c + 2f + i) − (a + 2d + g)) / 8p and to the south ((g + 2h + i) − (a + 2b + c)) / 8p, where p
        is the side of a cell; the slope is the length of both. Source: B. K. P. Horn, Hill shading and the
        reflectance map, Proceedings of the IEEE 69 (1), 1981. A tilted plane gives its own slope exactly.

        >>> plane = Terrain(np.add.outer([3.0, 0.0, -3.0], [0.0, 4.0, 8.0]), 0.0, 30.0, 10.0)
        >>> float(plane.slopes()[1, 1]), bool(np.isnan(plane.slopes()[0, 0]))
        (0.5, True)
        >>> Terrain(np.zeros((1, 4)), 0.0, 10.0, 10.0).slopes().shape
        (1, 4)
        """
        z, found = self.heights, np.full(self.heights.shape, np.nan)
        if min(z.shape) < 3:
            return found
        east = z[:-2, 2:] + 2 * z[1:-1, 2:] + z[2:, 2:] - z[:-2, :-2] - 2 * z[1:-1, :-2] - z[2:, :-2]
        south = z[2:, :-2] + 2 * z[2:, 1:-1] + z[2:, 2:] - z[:-2, :-2] - 2 * z[:-2, 1:-1] - z[:-2, 2:]
        known = np.isfinite(z[1:-1, 1:-1])
        found[1:-1, 1:-1] = np.where(known, np.hypot(east, south) / (8 * self.pixel), np.nan)
        return found

    def cells_on(self, lot: BaseGeometry) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], ...] | None:
        """Rows and columns of the cells that a shape may touch; None where it reaches beyond the grid.

        >>> grid = Terrain(np.zeros((3, 3)), 0.0, 30.0, 10.0)
        >>> [ids.tolist() for ids in grid.cells_on(shapely.box(12, 12, 28, 14))]
        [[1, 1], [1, 2]]
        >>> grid.cells_on(shapely.box(12, 12, 31, 14)) is None
        True
        """
        west, south, east, north = lot.bounds
        first, last = np.floor((west - self.west) / self.pixel), np.floor((east - self.west) / self.pixel)
        top, low = np.floor((self.north - north) / self.pixel), np.floor((self.north - south) / self.pixel)
        height, width = self.heights.shape
        if first < 0 or top < 0 or last >= width or low >= height:
            return None
        rows, columns = np.meshgrid(
            np.arange(top, low + 1).astype(np.intp), np.arange(first, last + 1).astype(np.intp), indexing="ij"
        )
        return rows.ravel(), columns.ravel()

    def square(
        self,
        rows: np.ndarray[tuple[int], np.dtype[np.intp]],
        columns: np.ndarray[tuple[int], np.dtype[np.intp]],
    ) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        """The ground of these cells, as squares."""
        west, north = self.west + columns * self.pixel, self.north - rows * self.pixel
        squares: np.ndarray[tuple[int], np.dtype[np.object_]] = shapely.box(
            west, north - self.pixel, west + self.pixel, north
        )
        return squares
