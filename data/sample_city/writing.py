"""The sample city as files: one GeoPackage, a terrain raster, and the profile with which it is imported."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from data.sample_city.city import BATCH, City, Layers
from data.sample_city.unlawful import COLUMNS as UNLAWFUL

PROFILE = "sample_city.toml"
_UNDERSIZED = ("key", "registered_area_m2", "zones", "address")
_PACKAGE = "sample_city.gpkg"
_SHAPES = {
    "parcels": "Polygon",
    "buildings": "Polygon",
    "zones": "MultiPolygon",
    "districts": "MultiPolygon",
    "streets": "MultiLineString",
    "overlays": "Unknown",
    "addresses": "Point",
    "nodes": None,
}
Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Written:
    """What was written: the profile's path, and the number of rows of each layer."""

    profile: Path
    rows: dict[str, int]


def write(
    folder: Path,
    parcels: int = 5000,
    seed: int = 1,
    *,
    progress: Progress | None = None,
    batch: int = BATCH,
) -> Written:
    """Make the town and write it into `folder`, which is made if it is not there.

    Batches go to temporary files beside the result and from there into the GeoPackage, so that memory stays
    bounded whatever the size. Files that are there already are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    city = City(parcels, seed, batch)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as place:
        spool = Path(place)
        rows: dict[str, int] = {}
        unlawful, undersized = _spool_batches(city, spool, rows, parcels, progress)
        layers = city.rest()
        for name, table in layers.tables.items():
            rows[name] = table.num_rows
            with pa.OSFile(str(spool / name), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        _package(spool, folder / _PACKAGE, rows, progress)
    layers.terrain.write(folder / "terrain.tif")
    _write_list(folder / "unlawful.csv", UNLAWFUL, unlawful)
    _write_list(folder / "undersized.csv", _UNDERSIZED, undersized)
    profile = folder / PROFILE
    profile.write_text(_profile(layers), encoding="utf-8")
    return Written(profile, rows)


def _spool_batches(
    city: City, spool: Path, rows: dict[str, int], parcels: int, progress: Progress | None
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Write batches as they are made; what stands against the law and the undersized lots are returned."""
    unlawful: list[dict[str, object]] = []
    undersized: list[dict[str, object]] = []
    with ExitStack() as stack:
        writers: dict[str, pa.ipc.RecordBatchFileWriter] = {}
        for tables in city.batches():
            for name, table in tables.items():
                if name == "unlawful":
                    unlawful += table.to_pylist()
                    continue
                if name == "parcels":
                    small = table.filter(pc.equal(table["shape"], "undersized"))
                    undersized += small.select(_UNDERSIZED).to_pylist()
                if name not in writers:
                    sink = stack.enter_context(pa.OSFile(str(spool / name), "wb"))
                    writers[name] = stack.enter_context(pa.ipc.new_file(sink, table.schema))
                    rows[name] = 0
                writers[name].write_table(table)
                rows[name] += table.num_rows
            if progress:
                progress("parcels", rows["parcels"], parcels)
    return unlawful, undersized


def _package(spool: Path, path: Path, rows: dict[str, int], progress: Progress | None) -> None:
    """All layers into one GeoPackage, a batch in memory at a time."""
    path.unlink(missing_ok=True)
    for step, (name, shape) in enumerate(_SHAPES.items()):
        if progress:
            progress(name, step, len(_SHAPES))
        with pa.memory_map(str(spool / name)) as source:
            reader = pa.ipc.open_file(source)
            batches = (_typed(reader.get_batch(k), shape) for k in range(reader.num_record_batches))
            stream = pa.RecordBatchReader.from_batches(reader.schema, batches)
            pyogrio.write_arrow(
                stream,
                path,
                layer=name,
                driver="GPKG",
                geometry_name="geometry" if shape else None,
                geometry_type=shape,
                crs="EPSG:32639" if shape else None,
                append=path.exists(),
                layer_options={"SPATIAL_INDEX": "YES" if rows[name] <= 100_000 else "NO"},
            )


def _typed(batch: pa.RecordBatch, shape: str | None) -> pa.RecordBatch:
    """The batch with every shape of the layer's one type, single ones as collections of one."""
    if shape is None or not shape.startswith("Multi"):
        return batch
    shapes = shapely.from_wkb(batch.column("geometry").to_numpy(zero_copy_only=False))
    single = shapely.get_type_id(shapes) < 4
    if single.any():
        kind = shapely.multilinestrings if shape == "MultiLineString" else shapely.multipolygons
        shapes[single] = [kind([one]) for one in shapes[single]]
    at = batch.schema.get_field_index("geometry")
    return batch.set_column(at, "geometry", pa.array(shapely.to_wkb(shapes), pa.binary()))


def _write_list(path: Path, columns: Sequence[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _profile(layers: Layers) -> str:
    """The profile's text with the polygons within which layers are complete."""
    text = files("data.cities").joinpath(PROFILE).read_text(encoding="utf-8")
    text = text.replace('"$town"', _corners(layers.town))
    return text.replace('"$overlays_surveyed"', _corners(layers.overlays_surveyed))


def _corners(area: BaseGeometry) -> str:
    points = shapely.get_coordinates(area)[:-1]
    return "[" + ", ".join(f"[{x:.1f}, {y:.1f}]" for x, y in points) + "]"
