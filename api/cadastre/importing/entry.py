"""One source of a profile, read and checked: its rows in our columns and frame, and its rejects."""

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import CRS

from api.cadastre.importing import frames, pgcopy
from api.cadastre.importing.columns import Read, read_columns
from api.cadastre.importing.curves import STEP_DEGREES
from api.cadastre.importing.layers import LAYERS, Layer
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.pgcopy import Varied
from api.cadastre.importing.profile import LayerSource, LoadedProfile
from api.cadastre.importing.refusals import ImportRefused, Rejects
from api.cadastre.importing.shaping import Shaped, shape_up
from api.cadastre.importing.source import Source, read_source, wkb_of


@dataclass
class Entry:
    """A source as it stands after reading: every row is in `rejects` or can be taken.

    `place` names it as a refusal does; `shaped` is None for a table without shapes.
    """

    index: int
    place: str
    given: LayerSource
    source: Source
    read: Read
    rejects: Rejects
    shaped: Shaped | None
    crs: str | None = None
    operation: str | None = None
    accuracy_m: float | None = None
    merged: int = 0
    repaired: int = 0
    imported: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def layer(self) -> Layer:
        """The layer that it is a source of."""
        return LAYERS[self.given.name]

    @property
    def rows(self) -> int:
        """Rows read."""
        return int(self.source.table.num_rows)


def inspect(loaded: LoadedProfile, index: int) -> None:
    """Refuse what can be refused before anything is read: a file that is not there."""
    given = loaded.profile.layer[index]
    path = loaded.beside(given.file)
    if not path.exists():
        raise ImportRefused(
            "file_missing", f"There is no file {path}.", where=loaded.where(index, "file"), file=str(path)
        )


def read_entry(loaded: LoadedProfile, index: int, frame: CRS) -> Entry:
    """Read one source of the profile and bring it into the city's frame."""
    given = loaded.profile.layer[index]
    place = loaded.where(index)
    source = read_source(loaded.beside(given.file), given.source_layer, given.encoding, place)
    _refuse_unknown_kept(source, given, place)
    rejects = Rejects()
    read = read_columns(source, given, rejects, place)
    entry = Entry(index, place, given, source, read, rejects, None)
    if entry.layer.shape != "none":
        _shape(entry, frame)
    if len(rejects.reasons) == entry.rows:
        counts = ", ".join(f"{code} {n}" for code, n in rejects.counts().items())
        raise ImportRefused(
            "nothing_left",
            f"All {entry.rows} rows of {source.file} are rejected ({counts}); "
            "the layer is not replaced by nothing.",
            where=place,
            reasons=rejects.counts(),
        )
    return entry


def _refuse_unknown_kept(source: Source, given: LayerSource, place: str) -> None:
    if given.keep != "all":
        for column in given.keep:
            source.require(column, f"{place}.keep")
    if given.options.street_land is not None:
        source.require(given.options.street_land.column, f"{place}.options.street_land.column")


def _shape(entry: Entry, frame: CRS) -> None:
    """The shapes of the source, from its geometry or its columns x and y; a table of addresses has none."""
    given, source, layer = entry.given, entry.source, entry.layer
    if "x" in given.columns:
        wkb = _points(entry)
    elif source.shaped:
        wkb = wkb_of(source)
    elif layer.shape == "point":
        return
    else:
        raise ImportRefused(
            "no_geometry",
            f"{source.file} is a table without shapes; the layer {layer.name} needs them.",
            where=entry.place,
            file=source.file,
        )
    crs = frames.source_crs(given.crs, source.crs, f"{entry.place}.crs", source.file)
    move = frames.move(crs, frame, f"{entry.place}.crs")
    entry.crs, entry.operation, entry.accuracy_m = crs.name, move.operation, move.accuracy_m
    entry.shaped = shape_up(wkb, crs, move, layer.shape, entry.rejects, where=entry.place, file=source.file)
    if entry.shaped.curved:
        note = f"curves drawn as chords, one for each {STEP_DEGREES:g}° of an arc: {entry.shaped.curved:,}"
        entry.source = replace(source, notes=(*source.notes, note))


def _points(entry: Entry) -> Varied:
    """Points from the columns x and y, as bytes, None where one of them is empty."""
    x, y = (
        np.asarray(pc.fill_null(entry.read.values[name], np.nan).to_numpy(zero_copy_only=False))
        for name in ("x", "y")
    )
    there = np.isfinite(x) & np.isfinite(y)
    points: Shapes = np.full(len(x), None, dtype=object)
    points[there] = shapely.points(x[there], y[there])
    return pgcopy.shapes(points, 0)


def kept_rows(entry: Entry) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The rows that are not rejected, in the order of the source."""
    kept = np.ones(entry.rows, dtype=bool)
    if entry.rejects.reasons:
        kept[np.fromiter(entry.rejects.reasons, dtype=np.int64)] = False
    return np.flatnonzero(kept).astype(np.int64)


def nulls(kind: str, count: int) -> pa.Array:
    """A column of ours that a source does not fill."""
    types = {"length": pa.float64(), "area": pa.float64(), "number": pa.float64(),
             "whole": pa.int32(), "floor": pa.int32()}  # fmt: skip
    return pa.nulls(count, types.get(kind, pa.string()))
