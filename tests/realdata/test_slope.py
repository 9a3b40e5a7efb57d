"""The slope of real ground: Rennes' terrain of 2 m under its parcels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from gis import Frame, LayerState, Lot, Site
from gis.measures.slope import Ground, ground, slope_mean, slope_p90
from gis.missing import Missing
from gis.terrain import Terrain

TERRAIN, PARCELS = "fr_simplu_demo02_dtm_2m.tif", "fr_simplu_demo02_rennes.gpkg"


def _terrain(file: Path) -> Terrain:
    with rasterio.open(file) as raster:
        heights = raster.read(1).astype(float)
        heights[heights <= 0] = np.nan  # the file writes 0 where it has no ground
        return Terrain(heights, raster.transform.c, raster.transform.f, raster.transform.a)


def test_the_slope_of_each_parcel_is_that_of_a_plane_through_its_ground(geodata: Path) -> None:
    """On ground that is nearly a plane Horn's slopes agree with a plane fitted to the elevations under it."""
    terrain = _terrain(geodata / TERRAIN)
    _, table = pyogrio.read_arrow(geodata / PARCELS, layer="parcels")
    geometry = table["geom"] if "geom" in table.column_names else table[table.column_names[-1]]
    known, planes = 0, 0
    for wkb in geometry.to_pylist()[::8]:
        outline = shapely.from_wkb(wkb)
        lot = Lot.build("P", outline, streets=[], neighbours=[])
        layers = {name: LayerState(name, "complete") for name in ("terrain", "streets", "parcels")}
        lot = replace(lot, widening=replace(lot.widening, known=True))
        found = ground(Site(lot, Frame.of(2154), layers=layers, terrain=terrain))
        if isinstance(found, Missing):
            continue
        known += 1
        mean, steep = slope_mean(found), slope_p90(found)
        assert 0 <= mean <= steep + found.slopes.std() * 3
        planes += _agrees(found, terrain, outline, float(mean))
    assert known > 20
    assert planes > 3


def _agrees(found: Ground, terrain: Terrain, outline: shapely.Geometry, mean: float) -> bool:
    """Whether the ground is nearly a plane; then the mean must be that plane's slope."""
    points = shapely.centroid(found.cells)
    x, y = shapely.get_x(points), shapely.get_y(points)
    rows = np.floor((terrain.north - y) / terrain.pixel).astype(int)
    columns = np.floor((x - terrain.west) / terrain.pixel).astype(int)
    matrix = np.column_stack([x - x.mean(), y - y.mean(), np.ones(len(x))])
    z = terrain.heights[rows, columns]
    plane, *_ = np.linalg.lstsq(matrix, z, rcond=None)
    if len(z) < 12 or found.slopes.std() > 0.005:
        return False
    assert mean == pytest.approx(np.hypot(plane[0], plane[1]), abs=0.01)
    return True
