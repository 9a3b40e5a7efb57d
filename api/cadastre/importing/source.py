"""Reading a source file whole: any vector format of GDAL, GeoParquet, CSV. Every way it can fail has its
refusal."""

import difflib
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from api.cadastre.importing import pgcopy, shapefile
from api.cadastre.importing.pgcopy import Varied
from api.cadastre.importing.refusals import ImportRefused

GEOMETRY = "__geometry__"
"""Name under which a source's shapes stand in its table, as WKB."""


@dataclass(frozen=True)
class Source:
    """A source as it was read: `table` with one row per feature; `crs` as the file carries it, None where
    it has none;
    `notes` what the reader remarked."""

    file: str
    table: pa.Table
    crs: str | None
    notes: tuple[str, ...]

    @property
    def shaped(self) -> bool:
        """Whether the source has geometry at all."""
        return GEOMETRY in self.table.column_names

    @property
    def fields(self) -> list[str]:
        """Names of its columns."""
        return [name for name in self.table.column_names if name != GEOMETRY]

    def require(self, column: str, where: str) -> None:
        """Refuse a column that the source does not have, naming those that it has."""
        if column in self.fields:
            return
        near = difflib.get_close_matches(column, self.fields, 1, 0.6)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ImportRefused(
            "column_unknown",
            f"{self.file} has no column {column!r}.{hint} It has: {', '.join(self.fields) or '(none)'}.",
            where=where,
            column=column,
        )


def read_source(path: Path, source_layer: str | None, encoding: str | None, where: str) -> Source:
    """Read all rows of one layer of a file."""
    if not path.is_file() and not (path.is_dir() and path.suffix.lower() == ".gdb"):
        raise ImportRefused(
            "file_missing", f"There is no file {path}.", where=f"{where}.file", file=str(path)
        )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if path.suffix.lower() in {".parquet", ".geoparquet"}:
            source = _parquet(path, where)
        else:
            source = _vector(path, source_layer, encoding, where)
    notes = tuple(dict.fromkeys(str(warning.message) for warning in caught))
    if source.table.num_rows == 0:
        raise ImportRefused(
            "layer_empty",
            f"{path.name} has no rows; an empty layer is not taken for a layer in which there is nothing.",
            where=where,
            file=path.name,
        )
    _require_text(source, where)
    return Source(source.file, source.table, source.crs, notes)


def _require_text(source: Source, where: str) -> None:
    """Refuse text that is not UTF-8: it was written in another encoding than the file says."""
    for name in source.fields:
        column = source.table.column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            try:
                column.validate(full=True)
            except pa.ArrowInvalid as fault:
                raise ImportRefused(
                    "text_encoding",
                    f"The text of column {name!r} of {source.file} is not UTF-8; "
                    'name its encoding (encoding = "CP1256").',
                    where=f"{where}.encoding",
                    column=name,
                ) from fault


def _broken(path: Path, fault: Exception, where: str) -> ImportRefused:
    reason = " ".join(str(fault).split())[:300]
    return ImportRefused(
        "file_corrupt", f"{path.name} cannot be read: {reason}.", where=f"{where}.file", file=path.name
    )


def _vector(path: Path, source_layer: str | None, encoding: str | None, where: str) -> Source:
    try:
        layer = _layer_of(path, source_layer, where)
        info = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
        if path.suffix.lower() == ".shp":
            shapefile.require_whole(path)
        if encoding is None:
            meta, table = pyogrio.raw.read_arrow(path, layer=layer)
        else:
            meta, table = _decoded(path, layer, encoding)
    except (DataSourceError, DataLayerError, pa.ArrowException, ValueError, RuntimeError, OSError) as fault:
        if isinstance(fault, ImportRefused):
            raise
        raise _broken(path, fault, where) from fault
    if table.num_rows != info["features"]:
        raise ImportRefused(
            "file_corrupt",
            f"{path.name} says that it has {info['features']} rows, but {table.num_rows} can be read.",
            where=f"{where}.file",
            file=path.name,
        )
    shapes = meta["geometry_name"] or "wkb_geometry"
    if info["geometry_type"] is not None and shapes in table.column_names:
        table = _renamed(table, shapes)
    return Source(path.name, table, meta["crs"], ())


def _decoded(path: Path, layer: str, encoding: str) -> tuple[dict[str, Any], pa.Table]:
    """A layer whose text is in another encoding, which the reader's Arrow stream does not convert."""
    meta, _, shapes, fields = pyogrio.raw.read(path, layer=layer, encoding=encoding)
    columns = {str(name): pa.array(values) for name, values in zip(meta["fields"], fields, strict=True)}
    if shapes is not None:
        columns["wkb_geometry"] = pa.array(shapes, pa.binary())
    return {**meta, "geometry_name": "wkb_geometry"}, pa.table(columns)


def _layer_of(path: Path, source_layer: str | None, where: str) -> str:
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    if source_layer is None and len(names) == 1:
        return names[0]
    if source_layer is None or source_layer not in names:
        said = "several layers; say which" if source_layer is None else f"no layer {source_layer!r}"
        raise ImportRefused(
            "source_layer_unknown",
            f"{path.name} has {said}. It has: {', '.join(names) or '(none)'}.",
            where=f"{where}.source_layer",
            file=path.name,
        )
    return source_layer


def _parquet(path: Path, where: str) -> Source:
    """GeoParquet by its own metadata; a plain Parquet file is a table without shapes."""
    try:
        table = pq.read_table(path)
        geo: dict[str, Any] = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise _broken(path, fault, where) from fault
    shapes = geo.get("primary_column")
    if shapes is None:
        return Source(path.name, table, None, ())
    column = geo.get("columns", {}).get(shapes, {})
    if column.get("encoding") != "WKB" or shapes not in table.column_names:
        raise _broken(path, ValueError(f"its geometry column {shapes!r} is not encoded as WKB"), where)
    # The format's rule: no crs means longitude and latitude on WGS 84, null means that nobody knows.
    crs = json.dumps(column["crs"]) if column.get("crs") else None if "crs" in column else "OGC:CRS84"
    return Source(path.name, _renamed(table, shapes), crs, ())


def _renamed(table: pa.Table, shapes: str) -> pa.Table:
    return table.rename_columns([GEOMETRY if name == shapes else name for name in table.column_names])


def wkb_of(source: Source) -> Varied:
    """The shapes of a source as bytes, null where a row has none."""
    column = source.table.column(GEOMETRY).combine_chunks()
    storage = column.storage if isinstance(column, pa.ExtensionArray) else column
    return pgcopy.text(storage)
