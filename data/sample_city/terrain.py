"""The ground: a plain that falls gently away from the mountains, a river bed, one hill."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from data.sample_city.parcels import ORIGIN

PIXEL = 10.0
NODATA = -9999.0
_BASE = 1_240.0  # metres above the sea in the town's middle
_ROWS = 512  # rows of pixels made and written at a time


@dataclass(frozen=True)
class Terrain:
    """Elevations over a box (west, south, east, north) of the city's frame, in pixels of `PIXEL` metres."""

    seed: int
    box: tuple[float, float, float, float]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of pixels."""
        west, south, east, north = self.box
        return math.ceil((north - south) / PIXEL), math.ceil((east - west) / PIXEL)

    def rows(self, first: int, count: int) -> NDArray[np.float32]:
        """Elevations of some rows, from the north, at the middles of the pixels."""
        west, _, _, north = self.box
        x = west + (np.arange(self.shape[1]) + 0.5) * PIXEL - ORIGIN[0]
        y = north - (np.arange(first, first + count)[:, None] + 0.5) * PIXEL - ORIGIN[1]
        rng = np.random.default_rng([self.seed, 21])
        fall = rng.uniform(-0.4, 0.4)
        slope = 0.012 * (y * math.cos(fall) - x * math.sin(fall))
        swell = sum(
            height * np.sin((x * math.cos(turn) + y * math.sin(turn)) * 2 * math.pi / length + turn)
            for height, length, turn in zip(
                (0.8, 1.6, 3.0), (420, 900, 2300), rng.uniform(0, 6.3, 3), strict=True
            )
        )
        hill_x, hill_y = -520.0 + rng.uniform(-80, 80), 430.0 + rng.uniform(-80, 80)
        hill = 46.0 * np.exp(-((x - hill_x) ** 2 + (y - hill_y) ** 2) / (2 * 170.0**2))
        heights: NDArray[np.float32] = np.round(_BASE + slope + swell + hill, 2).astype(np.float32)
        return heights

    def write(self, path: Path) -> None:
        """A GeoTIFF, some rows at a time."""
        height, width = self.shape
        with rasterio.open(
            path, "w", driver="GTiff", height=height, width=width, count=1, dtype="float32",
            crs="EPSG:32639", transform=rasterio.Affine(PIXEL, 0.0, self.box[0], 0.0, -PIXEL, self.box[3]),
            nodata=NODATA, compress="deflate", predictor=3, tiled=True, BIGTIFF="IF_SAFER",
        ) as file:  # fmt: skip
            for first in range(0, height, _ROWS):
                count = min(_ROWS, height - first)
                window = rasterio.windows.Window(0, first, width, count)
                file.write(self.rows(first, count), 1, window=window)
