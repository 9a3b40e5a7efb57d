"""A raster of elevations becomes tiles in the city's frame."""

import zlib
from pathlib import Path

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from rasterio import Affine

from api.core.errors import ParvanehError
from tests.integration.cadastre_import.town import EAST, NORTH, Town, in_force

RASTERIO_MULTIPLIES = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")
"""rasterio multiplies its affine transforms in a way that affine will give up."""

Heights = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def raster(
    path: Path, heights: Heights, *, crs: str | None = "EPSG:32639", pixel: tuple[float, float] = (2.0, 2.0),
    nodata: float | None = -9999.0, bands: int = 1,
) -> Path:  # fmt: skip
    """Write a raster whose upper left corner is at a round place."""
    rows, columns = heights.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=columns, count=bands, dtype="float32", crs=crs,
        transform=Affine(pixel[0], 0, EAST, 0, -pixel[1], NORTH), nodata=nodata,
    ) as out:  # fmt: skip
        for band in range(bands):
            out.write(heights, band + 1)
    return path


def hill(rows: int = 300, columns: int = 520) -> Heights:
    """Heights that tell their own place."""
    return (np.arange(rows)[:, None] * 1000 + np.arange(columns)).astype(np.float32)


def test_tiles_hold_every_pixel(town: Town) -> None:
    """520 × 300 pixels are 3 × 2 tiles; put together again they are the raster, cell by cell, at their
    place."""
    heights = hill()
    raster(town.folder / "t.tif", heights)
    report = town.layer("terrain", "t.tif").run()
    assert (report.sources[0].read, report.sources[0].imported) == (6, 6)
    again = np.full(heights.shape, -1, np.float32)
    query = (
        "SELECT affine, width, height, body, pixel_m, ST_XMin(geom), ST_YMax(geom), nodata "
        "FROM cadastre.terrain_tile"
    )
    for affine, width, height, body, pixel, west, north, nodata in town.rows(query):
        cells = np.frombuffer(zlib.decompress(body), "<f4").reshape(height, width)
        column, row = round((affine[2] - EAST) / 2), round((NORTH - affine[5]) / 2)
        assert (affine[0], affine[1], affine[3], affine[4], pixel, nodata) == (2, 0, 0, -2, 2, None)
        assert (west, north) == (affine[2], affine[5])
        again[row : row + height, column : column + width] = cells
    assert (again == heights).all()
    assert not town.run().changed


def test_cells_without_data_stay_without(town: Town) -> None:
    """No data is NaN in the tile; a tile of nothing else is not stored, and told."""
    heights = hill(256, 512)
    heights[:, 256:] = -9999
    heights[0, 0] = -9999
    raster(town.folder / "t.tif", heights)
    source = town.layer("terrain", "t.tif").run().sources[0]
    assert (source.read, source.imported, source.reasons) == (2, 1, {"tile_empty": 1})
    cells = np.frombuffer(zlib.decompress(town.rows("SELECT body FROM cadastre.terrain_tile")[0][0]), "<f4")
    assert np.isnan(cells[0])
    assert cells[1] == 1


def test_the_profile_may_say_what_no_data_is(town: Town) -> None:
    """A raster that does not declare it, with 0 for nothing, in feet."""
    heights = np.array([[0, 10], [20, 30]], np.float32)
    raster(town.folder / "t.tif", heights, nodata=None)
    town.layer("terrain", "t.tif", options={"nodata": 0}, unit="foot").run()
    cells = np.frombuffer(zlib.decompress(town.rows("SELECT body FROM cadastre.terrain_tile")[0][0]), "<f4")
    assert np.isnan(cells[0])
    assert cells[1:] == pytest.approx([3.048, 6.096, 9.144])


def test_a_newer_terrain_ends_what_changed(town: Town) -> None:
    """One tile changed: it ends, the other stays."""
    heights = hill(256, 512)
    raster(town.folder / "a.tif", heights)
    town.layer("terrain", "a.tif", day="2020-01-01").run()
    heights[0, 0] = 5
    raster(town.folder / "b.tif", heights)
    state = town.again().layer("terrain", "b.tif", day="2024-01-01").run().states[0]
    assert (state.unchanged, state.changed) == (1, 1)
    assert len(in_force(town, "terrain_tile", "2024-01-01")) == 2


def stored(town: Town) -> list[tuple[float, float, float]]:
    """Easting, northing and elevation of every cell with data."""
    found = []
    for affine, width, height, body in town.rows(
        "SELECT affine, width, height, body FROM cadastre.terrain_tile"
    ):
        cells = np.frombuffer(zlib.decompress(body), "<f4").reshape(height, width)
        for row, column in zip(*np.nonzero(~np.isnan(cells)), strict=True):
            place = (affine[2] + affine[0] * (column + 0.5), affine[5] + affine[4] * (row + 0.5))
            found.append((*place, float(cells[row, column])))
    return found


def plane(east: Heights, north: Heights) -> Heights:
    """An elevation that tells its own place: 1 cm a metre eastward, 2 cm a metre northward."""
    return ((east - EAST) * 0.01 + (north - NORTH) * 0.02 + 1000).astype(np.float32)


@pytest.mark.parametrize(
    ("crs", "corner", "pixel"),
    [
        ("EPSG:4326", (51.65, 34.34), (2.2e-5, 1.8e-5)),
        ("EPSG:32638", (1_111_000.0, 3_823_000.0), (2.0, 2.0)),
        ("EPSG:2059", (EAST, NORTH), (2.0, 2.0)),
    ],
)
@pytest.mark.parametrize("declared", [False, True])
@RASTERIO_MULTIPLIES
def test_a_raster_in_another_system_is_warped(
    town: Town, crs: str, corner: tuple[float, float], pixel: tuple[float, float], declared: bool
) -> None:
    """Degrees, the neighbouring zone, ED50(ED77), named by the file or by the profile: each cell holds the
    height of its own place in the frame, to a fraction of a pixel. A hole stays a hole, the pixels stay about
    as large, and the report says what was done."""
    grid = Affine(pixel[0], 0, corner[0], 0, -pixel[1], corner[1])
    columns, rows = np.meshgrid(np.arange(300) + 0.5, np.arange(280) + 0.5)
    x, y = grid.c + pixel[0] * columns, grid.f - pixel[1] * rows
    heights = plane(*Transformer.from_crs(crs, "EPSG:32639", always_xy=True).transform(x, y))
    heights[100:140, 100:140] = -9999
    with rasterio.open(
        town.folder / "t.tif", "w", driver="GTiff", height=280, width=300, count=1, dtype="float32",
        crs=None if declared else crs, transform=grid, nodata=-9999,
    ) as out:  # fmt: skip
        out.write(heights, 1)
    report = town.layer("terrain", "t.tif", **({"crs": crs} if declared else {})).run()
    cells = np.array(stored(town))
    assert len(cells) == pytest.approx(300 * 280 - 1600, rel=0.05)
    edge = np.array([cells[:, :2].min(axis=0) + 40, cells[:, :2].max(axis=0) - 40])
    inner = cells[((cells[:, :2] > edge[0]) & (cells[:, :2] < edge[1])).all(axis=1)]
    hole = np.abs(inner[:, 2] - plane(inner[:, 0], inner[:, 1])) > 0.0075
    assert hole.sum() < 4 * 44 * 2  # cells at the rim of the hole lean on one side only
    source = report.sources[0]
    assert "warped from" in report.notes[0]
    assert "bilinear" in report.notes[0]
    assert "UTM" in str(source.transformation)
    assert source.accuracy_m is not None
    step = town.rows("SELECT DISTINCT pixel_m FROM cadastre.terrain_tile")
    assert step == [(pytest.approx(2, rel=0.05),)]
    assert not town.run().changed


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("crs_missing", {"crs": None}),
        ("datum_unknown", {"crs": 'LOCAL_CS["site",UNIT["metre",1]]'}),
        ("terrain_grid", {"pixel": (2.0, 3.0)}),
        ("terrain_bands", {"bands": 3}),
    ],
)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_rasters_that_are_refused(town: Town, code: str, how: dict[str, object]) -> None:
    """No CRS, one on no datum, pixels that are not square, several bands."""
    raster(town.folder / "t.tif", hill(10, 10), **how)  # type: ignore[arg-type]
    with pytest.raises(ParvanehError) as caught:
        town.layer("terrain", "t.tif").run()
    assert caught.value.code == code


def test_a_raster_that_is_cut(town: Town) -> None:
    """Half a file is refused."""
    path = raster(town.folder / "t.tif", hill())
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(ParvanehError) as caught:
        town.layer("terrain", "t.tif").run()
    assert caught.value.code == "file_corrupt"
