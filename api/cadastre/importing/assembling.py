"""Several sources of one layer and day put together into one state: one row per key."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from api.cadastre.importing.attributes import documents, mapped, plain
from api.cadastre.importing.columns import Values
from api.cadastre.importing.entry import Entry, kept_rows, nulls
from api.cadastre.importing.layers import Layer
from api.cadastre.importing.outlines import Outlines, Shapes, together
from gis.overlay import union_all

Rows = NDArray[np.int64]

STREET_LAND = "@street_land"
"""Attribute of a parcel that its source names as street; no source column is called so."""


@dataclass
class State:
    """A layer as it is from a day on.

    `values` are our columns with one row per key; `outlines` the geometry of each;
    `rights_of_way` the polygons of streets; `attributes` JSON text of the kept source columns.
    """

    layer: Layer
    day: date
    entries: Sequence[Entry]
    values: Values
    outlines: Outlines
    rights_of_way: Shapes
    attributes: pa.Array

    @property
    def shapes(self) -> Shapes:
        """The geometry of each row, None where there is none."""
        return self.outlines.shapes

    @property
    def keys(self) -> pa.Array:
        """The key of each row."""
        return self.values[self.layer.key]

    @property
    def full(self) -> bool:
        """Whether keys that are absent end."""
        return all(entry.given.mode == "full" for entry in self.entries)


def assemble(entries: Sequence[Entry]) -> State:
    """One state from all sources of a layer and day; duplicate keys are rejected, merged, or joined."""
    layer = entries[0].layer
    for entry in entries:
        _geometry_keys(entry)
        _addresses_without_points(entry)
    rows = [kept_rows(entry) for entry in entries]
    values = {
        column.name: pa.concat_arrays(
            [
                e.read.values[column.name].take(r).cast(nulls(column.kind, 0).type)
                if column.name in e.read.values
                else nulls(column.kind, len(r))
                for e, r in zip(entries, rows, strict=True)
            ]
        )
        for column in layer.columns
    }
    outlines = together([_outlines(e, r) for e, r in zip(entries, rows, strict=True)])
    attributes = pa.concat_arrays([_attributes(e, r) for e, r in zip(entries, rows, strict=True)])
    origin = np.concatenate([np.full(len(r), i) for i, r in enumerate(rows)])
    state = State(
        layer, entries[0].given.day, entries, values, outlines, np.full(len(outlines), None), attributes
    )
    if layer.shape == "street":
        _split_rights_of_way(state)
    first = _one_row_per_key(state, origin, np.concatenate(rows))
    if len(first) < len(outlines):
        taken = pa.array(first)
        state.values = {name: column.take(taken) for name, column in values.items()}
        state.outlines, state.rights_of_way = state.outlines.take(first), state.rights_of_way[first]
        state.attributes = attributes.take(taken)
    _count(entries)
    return state


def _geometry_keys(entry: Entry) -> None:
    """Keys from the shapes themselves, for a source without an identifier."""
    if entry.given.columns.get(entry.layer.key) != "@geometry":
        return
    assert entry.shaped is not None  # noqa: S101 - the profile allows it for layers with shapes only
    normal = shapely.to_wkb(shapely.normalize(entry.shaped.shapes), byte_order=1)
    keys = [None if w is None else hashlib.blake2b(w, digest_size=8).hexdigest() for w in normal]
    entry.read.values["key"] = pa.array(keys, pa.string())


def _addresses_without_points(entry: Entry) -> None:
    """An address without its point is an address still."""
    if entry.layer.shape == "point" and entry.shaped is not None:
        for row in [r for r, (code, _) in entry.rejects.reasons.items() if code == "geometry_missing"]:
            del entry.rejects.reasons[row]


def _outlines(entry: Entry, rows: Rows) -> Outlines:
    if entry.shaped is None:
        return Outlines.of(np.full(len(rows), None, dtype=object))
    return entry.shaped.outlines if len(rows) == entry.rows else entry.shaped.outlines.take(rows)


def _made(state: State) -> None:
    """Make the state's shapes, which are going to be changed in their places."""
    state.outlines = Outlines.of(state.shapes.copy())


def _attributes(entry: Entry, rows: Rows) -> pa.Array:
    """JSON text of the kept columns, without those that are empty, and whether the row is street land."""
    given = entry.given
    taken = pa.array(rows)
    kept = {
        name: entry.source.table.column(name).combine_chunks().take(taken)
        for name in (entry.source.fields if given.keep == "all" else given.keep)
    }
    said = given.options.street_land
    if said is not None:
        named = entry.source.table.column(said.column).combine_chunks().take(taken)
        street = mapped(named, lambda one: "street" if plain(one) in said.values else None)
        kept[STREET_LAND] = pc.if_else(pc.is_valid(street), True, pa.scalar(None, pa.bool_()))
    return documents(kept, len(rows))


def _split_rights_of_way(state: State) -> None:
    """Polygons of a streets layer are rights of way, lines are axes (kept as multi-part)."""
    _made(state)
    kinds = shapely.get_type_id(state.shapes)
    areas = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    state.rights_of_way[areas] = state.shapes[areas]
    state.shapes[areas] = None
    for both in np.flatnonzero(kinds == shapely.GeometryType.GEOMETRYCOLLECTION):
        area, axis = shapely.get_parts(state.shapes[both])
        state.rights_of_way[both], state.shapes[both] = (
            area,
            shapely.multilinestrings(shapely.get_parts(axis)),
        )
    single = kinds == shapely.GeometryType.LINESTRING
    if single.any():
        state.shapes[single] = shapely.multilinestrings(state.shapes[single], indices=np.arange(single.sum()))


def _one_row_per_key(state: State, origin: Rows, rows: Rows) -> Rows:
    """Places of the rows that stay: the first of each key."""
    coded = pc.dictionary_encode(state.keys)
    if len(coded.dictionary) == len(state.keys):
        return np.arange(len(state.keys))
    _made(state)
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    owner = first[inverse]
    for place in np.flatnonzero(owner != np.arange(len(codes))):
        entry, head = state.entries[origin[place]], int(owner[place])
        merging = entry.given.duplicates == "merge"
        if _joined(state, head, int(place)) or (merging and _merged(state, head, int(place))):
            entry.merged += 1
        else:
            other = state.entries[origin[head]]
            same = "" if other is entry else f" of {other.source.file}"
            key = state.keys[int(place)].as_py()
            entry.rejects.add(
                int(rows[place]), "duplicate_key", f"Key {key!r}, row {int(rows[head]) + 1}{same}."
            )
    return np.sort(first).astype(np.int64)


def _merged(state: State, head: int, place: int) -> bool:
    """Make this row's shape a part of the first row's of its key; False where it has none."""
    found = False
    for shapes in (state.shapes, state.rights_of_way):
        if shapes[place] is None:
            continue
        both = [one for one in (shapes[head], shapes[place]) if one is not None]
        parts = shapely.get_parts(both)
        lines = (shapely.get_dimensions(parts) == 1).all()
        shapes[head] = shapely.multilinestrings(parts) if lines else union_all(both)
        found = True
    return found


def _joined(state: State, head: int, place: int) -> bool:
    """Whether this row and the first of its key are axis and right of way of one street, then joined."""
    axis, area = state.shapes, state.rights_of_way
    if axis[head] is not None and area[head] is None and axis[place] is None and area[place] is not None:
        area[head] = area[place]
        return True
    if axis[head] is None and area[head] is not None and axis[place] is not None and area[place] is None:
        axis[head] = axis[place]
        return True
    return False


def _count(entries: Sequence[Entry]) -> None:
    for entry in entries:
        kept = entry.rows - len(entry.rejects.reasons)
        touched = entry.shaped.repaired_rows if entry.shaped else set()
        entry.repaired = len(touched - set(entry.rejects.reasons))
        entry.imported = kept - entry.repaired
