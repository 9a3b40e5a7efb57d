"""A terrain raster cut into tiles of the city's frame."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import rasterio
import rasterio.windows
import shapely
from pyproj import CRS, Transformer
from rasterio import Affine
from rasterio.errors import RasterioError
from rasterio.warp import Resampling, calculate_default_transform, reproject
from rasterio.windows import Window

from api.cadastre.importing import frames, pgcopy
from api.cadastre.importing.layers import METRES
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.pgcopy import Field, Fixed
from api.cadastre.importing.profile import LayerSource
from api.cadastre.importing.refusals import ImportRefused, Rejects
from api.cadastre.importing.rows import Rows, on_the_web

SIDE = 256
"""Pixels of a side of a tile."""
_MARGIN = 4
"""Pixels around a window that a bilinear warp may lean on."""


Cells = np.ndarray[tuple[int, int], np.dtype[np.float32]]
_Tile = tuple[str, tuple[float, float], Cells]
"""A tile's key, its north-western corner, its elevations."""


@dataclass(frozen=True)
class Terrain:
    """A raster's tiles as rows of their table; tiles without any data are rejected.

    `operation` and `accuracy_m` (metres, None: unknown) say how it came into the city's frame.
    """

    file: str
    crs: str
    operation: str
    accuracy_m: float | None
    notes: tuple[str, ...]
    tiles: int
    rows: Rows
    shapes: Shapes
    rejects: Rejects


@dataclass(frozen=True)
class _Grid:
    """Cells of elevation in the city's frame, read window by window; NaN where there is no data."""

    transform: Affine
    width: int
    height: int
    read: Callable[[Window], Cells]


def read_terrain(path: Path, given: LayerSource, frame: CRS, srid: int, *, place: str) -> Terrain:
    """Cut a raster of elevations into tiles, in metres, with the cells that have no data kept as such.

    A raster in another system is warped into the city's frame, bilinear, with pixels about as large as its
    own.
    """
    name = path.name
    try:
        with rasterio.open(path) as raster:
            carried = raster.crs.to_wkt() if raster.crs else None
            crs = frames.source_crs(given.crs, carried, f"{place}.crs", name)
            there = crs.equals(frame, ignore_axis_order=True)
            there = there or crs.to_epsg(min_confidence=70) == frame.to_epsg()
            _check(raster, place, name, square=there)
            nodata = given.options.nodata if given.options.nodata is not None else raster.nodata
            notes: tuple[str, ...] = ()
            if there:
                move, grid = frames.move(frame, frame, place), _as_it_is(raster, nodata)
            else:
                move = frames.move(crs, frame, f"{place}.crs")
                grid = _warped(raster, nodata, crs, frame, move)
                notes = (f"warped from {crs.name}, bilinear, to pixels of {grid.transform.a:.4g} m",)
            tiles, found, rejects = _tiles(grid, METRES[given.unit])
    except RasterioError as fault:
        reason = " ".join(str(fault).split())[:300]
        raise ImportRefused(
            "file_corrupt", f"{name} cannot be read as a raster: {reason}.", where=f"{place}.file", file=name
        ) from fault
    if not found:
        raise ImportRefused("layer_empty", f"{name} has no cell with data.", where=given.name, file=name)
    rows, shapes = _rows(found, grid.transform.a, srid, frames.to_web(frame))
    return Terrain(name, crs.name, move.operation, move.accuracy_m, notes, tiles, rows, shapes, rejects)


def _check(raster: rasterio.DatasetReader, place: str, name: str, *, square: bool) -> None:
    a, b, _, d, e, _ = raster.transform[:6]
    if b != 0 or d != 0 or a <= 0 or e >= 0 or (square and abs(a + e) > 1e-3 * a):
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


def _as_it_is(raster: rasterio.DatasetReader, nodata: float | None) -> _Grid:
    def read(window: Window) -> Cells:
        cells: Cells = raster.read(1, window=window).astype(np.float32)
        empty = ~np.isfinite(cells) | (cells == np.float32(nodata) if nodata is not None else False)
        cells[empty] = np.nan
        return cells

    return _Grid(raster.transform, raster.width, raster.height, read)


def _warped(
    raster: rasterio.DatasetReader, nodata: float | None, crs: CRS, frame: CRS, move: frames.Move
) -> _Grid:
    """The raster in the city's frame, warped window by window so that memory does not grow with the city."""
    source, target = crs.to_wkt(), frame.to_wkt()
    transform, width, height = calculate_default_transform(
        source, target, raster.width, raster.height, *raster.bounds
    )
    operation = frames.pipeline(crs, frame)

    def read(window: Window) -> Cells:
        cells: Cells = np.full((window.height, window.width), np.nan, np.float32)
        west, south, east, north = rasterio.windows.bounds(window, transform)
        beneath = _around(raster, frames.back(move, (west, south, east, north)))
        if beneath is not None:
            reproject(
                raster.read(1, window=beneath), cells, src_crs=source, src_nodata=nodata,
                src_transform=raster.window_transform(beneath), dst_crs=target, dst_nodata=np.nan,
                dst_transform=transform @ Affine.translation(window.col_off, window.row_off),
                resampling=Resampling.bilinear, COORDINATE_OPERATION=operation,
            )  # fmt: skip
            cells[~np.isfinite(cells)] = np.nan
        return cells

    return _Grid(transform, width, height, read)


def _around(raster: rasterio.DatasetReader, box: frames.Box) -> Window | None:
    """The pixels of a box in the raster's own system and a few more around it; None where it has none."""
    a, _, west, _, e, north = raster.transform[:6]
    columns = [int(np.floor((box[0] - west) / a)) - _MARGIN, int(np.ceil((box[2] - west) / a)) + _MARGIN]
    rows = [int(np.floor((box[3] - north) / e)) - _MARGIN, int(np.ceil((box[1] - north) / e)) + _MARGIN]
    left, right = np.clip(columns, 0, raster.width).tolist()
    top, bottom = np.clip(rows, 0, raster.height).tolist()
    return Window(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _tiles(grid: _Grid, metres: float) -> tuple[int, list[_Tile], Rejects]:
    """How many tiles the grid has, those with data in metres, and the others as rejects."""
    pixel = grid.transform.a
    rejects = Rejects()
    found: list[_Tile] = []
    places = [(r, c) for r in range(0, grid.height, SIDE) for c in range(0, grid.width, SIDE)]
    for number, (row, column) in enumerate(places):
        cells = grid.read(Window(column, row, min(SIDE, grid.width - column), min(SIDE, grid.height - row)))
        if np.isnan(cells).all():
            rejects.add(number, "tile_empty")
            continue
        corner = (grid.transform.c + pixel * column, grid.transform.f - pixel * row)
        found.append((f"E{corner[0]:.0f}N{corner[1]:.0f}", corner, (cells * metres).astype("<f4")))
    return len(places), found, rejects


def _rows(found: Sequence[_Tile], pixel: float, srid: int, web: Transformer) -> tuple[Rows, Shapes]:
    keys = pa.array([key for key, _, _ in found], pa.string())
    corners = np.array([corner for _, corner, _ in found])
    sizes = np.array([cells.shape for _, _, cells in found])
    west, north = corners[:, 0], corners[:, 1]
    shapes: Shapes = shapely.box(west, north - pixel * sizes[:, 0], west + pixel * sizes[:, 1], north)
    step, none = np.full(len(found), pixel), np.zeros(len(found))
    bodies = [zlib.compress(cells.tobytes(), 6) for _, _, cells in found]
    outlines = pgcopy.shapes(shapes, srid)
    content: dict[str, Field] = {
        "key": pgcopy.text(keys),
        "pixel_m": pgcopy.number(step, "float8"),
        "width": pgcopy.number(sizes[:, 1], "int4"),
        "height": pgcopy.number(sizes[:, 0], "int4"),
        "affine": _float_arrays(np.column_stack([step, none, west, none, -step, north])),
        "nodata": pgcopy.number(pa.nulls(len(found), pa.float64()), "float8"),
        "body": pgcopy.text(pa.array(bodies, pa.binary())),
        "geom": outlines,
    }
    return Rows(keys, content, {"tile_geom": on_the_web(outlines, web)}), shapes


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
