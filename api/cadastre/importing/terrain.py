"""A terrain raster cut into tiles of the city's frame."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import rasterio
import shapely
from pyproj import CRS, Transformer
from rasterio.errors import RasterioError
from rasterio.windows import Window

from api.cadastre.importing import frames, pgcopy
from api.cadastre.importing.layers import METRES
from api.cadastre.importing.pgcopy import Field, Fixed
from api.cadastre.importing.profile import LayerSource
from api.cadastre.importing.refusals import ImportRefused, Rejects
from api.cadastre.importing.rows import Rows, on_the_web
from api.cadastre.importing.shaping import Shapes

SIDE = 256
"""Pixels of a side of a tile."""


_Tile = tuple[str, tuple[float, float], np.ndarray[tuple[int, int], np.dtype[np.float32]]]
"""A tile's key, its north-western corner, its elevations."""


@dataclass(frozen=True)
class Terrain:
    """A raster's tiles as rows of their table; tiles without any data are rejected."""

    file: str
    crs: str
    tiles: int
    rows: Rows
    shapes: Shapes
    rejects: Rejects


def read_terrain(path: Path, given: LayerSource, frame: CRS, srid: int, *, place: str) -> Terrain:
    """Cut a raster of elevations into tiles, in metres, with the cells that have no data kept as such."""
    name = path.name
    try:
        with rasterio.open(path) as raster:
            crs = _check(raster, given, frame, place, name)
            return _tiles(raster, given, srid, frames.to_web(frame), crs)
    except RasterioError as fault:
        reason = " ".join(str(fault).split())[:300]
        raise ImportRefused(
            "file_corrupt", f"{name} cannot be read as a raster: {reason}.", where=f"{place}.file", file=name
        ) from fault


def _check(raster: rasterio.DatasetReader, given: LayerSource, frame: CRS, place: str, name: str) -> str:
    crs = frames.source_crs(given.crs, raster.crs.to_wkt() if raster.crs else None, f"{place}.crs", name)
    if not crs.equals(frame, ignore_axis_order=True) and crs.to_epsg(min_confidence=70) != frame.to_epsg():
        raise ImportRefused(
            "terrain_frame",
            f"{name} is in {crs.name}, the city in {frame.name}; warp it first "
            f"(gdalwarp -t_srs EPSG:{frame.to_epsg()} -r bilinear).",
            where=f"{place}.crs",
            file=name,
        )
    a, b, _, d, e, _ = raster.transform[:6]
    if b != 0 or d != 0 or a <= 0 or e >= 0 or abs(a + e) > 1e-3 * a:
        raise ImportRefused(
            "terrain_grid",
            f"{name} is not a north-up raster of square pixels; warp it first.",
            where=place,
            file=name,
        )
    if raster.count != 1:
        raise ImportRefused(
            "terrain_bands", f"{name} has {raster.count} bands; elevations are one.", where=place, file=name
        )
    return crs.name


def _tiles(
    raster: rasterio.DatasetReader, given: LayerSource, srid: int, web: Transformer, crs: str
) -> Terrain:  # fmt: skip
    name = Path(raster.name).name
    nodata = given.options.nodata if given.options.nodata is not None else raster.nodata
    pixel = raster.transform.a
    rejects = Rejects()
    found: list[_Tile] = []
    places = [(r, c) for r in range(0, raster.height, SIDE) for c in range(0, raster.width, SIDE)]
    for number, (row, column) in enumerate(places):
        window = Window(column, row, min(SIDE, raster.width - column), min(SIDE, raster.height - row))
        cells = raster.read(1, window=window).astype(np.float32)
        empty = ~np.isfinite(cells) | (cells == np.float32(nodata) if nodata is not None else False)
        if empty.all():
            rejects.add(number, "tile_empty")
            continue
        metres = np.where(empty, np.nan, cells * METRES[given.unit]).astype("<f4")
        corner = (raster.transform.c + pixel * column, raster.transform.f - pixel * row)
        found.append((f"E{corner[0]:.0f}N{corner[1]:.0f}", corner, metres))
    if not found:
        raise ImportRefused("layer_empty", f"{name} has no cell with data.", where=given.name, file=name)
    return Terrain(name, crs, len(places), *_rows(found, pixel, srid, web), rejects)


def _rows(found: Sequence[_Tile], pixel: float, srid: int, web: Transformer) -> tuple[Rows, Shapes]:
    keys = pa.array([key for key, _, _ in found], pa.string())
    corners = np.array([corner for _, corner, _ in found])
    sizes = np.array([cells.shape for _, _, cells in found])
    west, north = corners[:, 0], corners[:, 1]
    shapes: Shapes = shapely.box(west, north - pixel * sizes[:, 0], west + pixel * sizes[:, 1], north)
    step, none = np.full(len(found), pixel), np.zeros(len(found))
    bodies = [zlib.compress(cells.tobytes(), 6) for _, _, cells in found]
    content: dict[str, Field] = {
        "key": pgcopy.text(keys),
        "pixel_m": pgcopy.number(step, "float8"),
        "width": pgcopy.number(sizes[:, 1], "int4"),
        "height": pgcopy.number(sizes[:, 0], "int4"),
        "affine": _float_arrays(np.column_stack([step, none, west, none, -step, north])),
        "nodata": pgcopy.number(pa.nulls(len(found), pa.float64()), "float8"),
        "body": pgcopy.text(pa.array(bodies, pa.binary())),
        "geom": pgcopy.shapes(shapes, srid),
    }
    return Rows(keys, content, {"tile_geom": pgcopy.shapes(on_the_web(shapes, web), 3857)}), shapes


def _float_arrays(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Fixed:
    """`float8[]` as COPY carries it: dimensions, null flag, type, length, lower bound, then the elements."""
    head = np.array([1, 0, 701, values.shape[1], 1], dtype=">i4").view(np.uint8)
    cells = np.zeros((len(values), len(head) + values.shape[1] * 12), np.uint8)
    cells[:, : len(head)] = head
    for i in range(values.shape[1]):
        at = len(head) + 12 * i
        cells[:, at : at + 4] = np.array([8], dtype=">i4").view(np.uint8)
        cells[:, at + 4 : at + 12] = (
            np.ascontiguousarray(values[:, i], dtype=">f8").view(np.uint8).reshape(-1, 8)
        )
    return Fixed(cells, np.ones(len(values), dtype=bool))
