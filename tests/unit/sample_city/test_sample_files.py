"""The sample city as files: read back, they are the town; a small batch makes no difference."""

from __future__ import annotations

import csv
from pathlib import Path

import pyogrio
import pytest
import rasterio

from api.cadastre.importing.profile import load_profile
from data.sample_city import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town of 1,500 in three batches."""
    place = tmp_path_factory.mktemp("sample_city")
    write(place, parcels=1500, seed=1, batch=600)
    return place


def test_the_profile_is_one_that_the_import_reads(folder: Path) -> None:
    """Each layer's file and source layer exist, and the columns that it names."""
    profile = load_profile(folder / "sample_city.toml").profile
    assert profile.city.sample
    assert {layer.name for layer in profile.layer} == {
        "districts", "zones", "parcels", "streets", "buildings", "overlays", "addresses", "nodes", "terrain",
    }  # fmt: skip
    for layer in profile.layer:
        if layer.name != "terrain":
            info = pyogrio.read_info(folder / layer.file, layer=layer.source_layer)
            wanted = {*layer.columns.values(), *layer.keep}
            assert wanted <= set(info["fields"]), layer.name
            assert info["features"] > 0


def test_rows_are_reported_as_they_were_written(tmp_path: Path) -> None:
    """The count of each layer, and progress up to the last parcel."""
    steps: list[tuple[str, int, int]] = []
    written = write(tmp_path, parcels=300, seed=2, progress=lambda *step: steps.append(step))
    assert written.rows["parcels"] == 300
    for name, count in written.rows.items():
        assert pyogrio.read_info(tmp_path / "sample_city.gpkg", layer=name)["features"] == count
    assert ("parcels", 300, 300) in steps


def test_writing_again_replaces_what_was_there(tmp_path: Path) -> None:
    """No row of the first town is left, and no working file."""
    write(tmp_path, parcels=400, seed=1)
    write(tmp_path, parcels=250, seed=1)
    assert pyogrio.read_info(tmp_path / "sample_city.gpkg", layer="parcels")["features"] == 250
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "sample_city.gpkg", "sample_city.toml", "terrain.tif", "undersized.csv", "unlawful.csv",
    ]  # fmt: skip


def test_the_list_of_undersized_lots_names_those_under_the_least_size(folder: Path) -> None:
    """Every lot under 100 m² is in it, with its area, zone and address, and no other."""
    with (folder / "undersized.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["key"]: float(row["registered_area_m2"]) for row in csv.DictReader(file)}
    table = pyogrio.read_arrow(folder / "sample_city.gpkg", layer="parcels")[1]
    areas = dict(zip(table["key"].to_pylist(), table["registered_area_m2"].to_pylist(), strict=True))
    assert listed == {key: area for key, area in areas.items() if area < 100}


def test_the_list_of_what_is_unlawful_names_buildings_of_the_town(folder: Path) -> None:
    """What, why and by how much, for each building whose column says so."""
    with (folder / "unlawful.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    _, table = pyogrio.read_arrow(folder / "sample_city.gpkg", layer="buildings", read_geometry=False)
    marked = {row["key"] for row in table.to_pylist() if row["unlawful"]}
    assert {row["key"] for row in rows} == marked
    assert {"coverage", "storeys", "setback", "use", "density", "height"} <= {row["what"] for row in rows}
    assert all(float(row["by_how_much"]) > 0 and row["why"] for row in rows)


def test_the_terrain_lies_under_the_town(folder: Path) -> None:
    """In the city's frame, without a hole."""
    with rasterio.open(folder / "terrain.tif") as raster:
        assert raster.crs.to_epsg() == 32639
        assert raster.res == (10.0, 10.0)
        heights = raster.read(1)
    assert heights.min() > 1000
