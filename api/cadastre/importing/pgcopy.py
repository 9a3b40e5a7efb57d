"""Rows for PostgreSQL's binary COPY, written column by column without a Python object per value.

A column is of one width (numbers, days: big-endian bytes), of many (text, bytes, shapes: one buffer with
offsets), one value for all rows, or worked out when its rows are written. Rows are encoded chunk by chunk.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from api.cadastre.importing import cells
from api.cadastre.importing.kernel import Bytes, Mask, Offsets

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

Places = NDArray[np.int64]

_EPOCH = date(2000, 1, 1)


@dataclass(frozen=True)
class Fixed:
    """A column whose values have one width: `cells` is (n, width) big-endian."""

    cells: Bytes
    valid: Mask


@dataclass(frozen=True)
class Varied:
    """A column of bytes: value i is `data[offsets[i]:offsets[i + 1]]`; with an `srid` they are WKB in it."""

    data: Bytes
    offsets: Offsets
    valid: Mask
    srid: int = 0


@dataclass(frozen=True)
class Constant:
    """One value for all rows, as its bytes; None for null."""

    value: bytes | None


@dataclass(frozen=True)
class Digest:
    """Sixteen bytes that are made of all the columns before it: equal content, equal digest."""


Made = Fixed | Varied | Constant | Digest
"""A column whose values are there."""


@dataclass(frozen=True)
class Later:
    """A column of which the values of some rows are worked out when these are written."""

    make: Callable[[Places], Made]


@dataclass(frozen=True)
class Follows:
    """A column that is worked out from what another one holds for the same rows."""

    leader: Made | Later
    make: Callable[[Any], Made]


Field = Made | Later | Follows


def number(values: NDArray[Any] | pa.Array, kind: str) -> Fixed:
    """A column of `int4`, `int8` or `float8`; Arrow nulls are null."""
    valid = np.ones(len(values), dtype=bool)
    if isinstance(values, pa.Array):
        valid = pc.is_valid(values).to_numpy(zero_copy_only=False)
        values = pc.fill_null(values, 0).to_numpy(zero_copy_only=False)
    stored = np.dtype({"int4": ">i4", "int8": ">i8", "float8": ">f8"}[kind])
    big_endian = np.ascontiguousarray(values, dtype=stored)
    return Fixed(big_endian.view(np.uint8).reshape(len(values), stored.itemsize), valid)


def day(value: date) -> Constant:
    """A day as COPY carries it: days since 2000-01-01.

    >>> day(date(2000, 1, 2)).value
    b'\\x00\\x00\\x00\\x01'
    """
    return Constant((value - _EPOCH).days.to_bytes(4, "big", signed=True))


def text(values: pa.Array) -> Varied:
    """A column of text or bytes."""
    if pa.types.is_large_string(values.type) or pa.types.is_large_binary(values.type):
        width: Any = np.int64
    else:
        width = np.int32
    _, offsets, data = values.buffers()
    places = np.frombuffer(offsets, dtype=width, count=len(values) + 1 + values.offset)[values.offset :]
    body = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, np.uint8)
    valid = pc.is_valid(values).to_numpy(zero_copy_only=False)
    return Varied(body, places.astype(np.int64), valid)


def json(values: pa.Array) -> Varied:
    """A column of JSON text for `jsonb`, whose binary form is the version 1 and the text."""
    return text(pc.binary_join_element_wise("\x01", values, "", null_handling="emit_null"))


def shapes(values: NDArray[np.object_], srid: int) -> Varied:
    """A column of shapes in the frame `srid`."""
    wkb = pa.array(shapely.to_wkb(values, byte_order=1, output_dimension=2), pa.large_binary())
    plain = text(wkb)
    return Varied(plain.data, plain.offsets, plain.valid, srid)


def chunks(fields: Sequence[Field], rows: Places, size: int = 5_000) -> Iterator[tuple[int, Bytes, Offsets]]:
    """The encoded rows by chunks: how many came before, bytes, where each row begins and the last ends."""
    for first in range(0, len(rows), size):
        places = rows[first : first + size]
        made: dict[int, Made] = {}
        part = [_of(field, places, made) for field in fields]
        yield first, *_encoded(part, len(places))


def _of(field: Field, rows: Places, made: dict[int, Made]) -> Made:
    """The column for some rows; one that several follow is worked out once."""
    known = made.get(id(field))
    if known is None:
        if isinstance(field, Later):
            known = field.make(rows)
        elif isinstance(field, Follows):
            known = field.make(_of(field.leader, rows, made))
        else:
            known = _taken(field, rows)
        made[id(field)] = known
    return known


def _taken(of: Made, rows: Places) -> Made:
    if isinstance(of, Varied):
        return taken(of, rows)
    if isinstance(of, Fixed):
        return Fixed(of.cells[rows], of.valid[rows])
    return of


def taken(of: Varied, rows: Places) -> Varied:
    """Some values of a column; those that stand together are not copied."""
    if len(rows) and (np.diff(rows) == 1).all():
        first, last = int(rows[0]), int(rows[-1]) + 1
        return Varied(of.data, of.offsets[first : last + 1], of.valid[first:last], of.srid)
    starts = of.offsets[:-1][rows]
    places = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(of.offsets[1:][rows] - starts, out=places[1:])
    data = np.empty(places[-1], np.uint8)
    cells.gather(data, places, of.data, starts)
    return Varied(data, places, of.valid[rows], of.srid)


def _encoded(fields: Sequence[Made], count: int) -> tuple[Bytes, Offsets]:
    lengths = np.full(count, 2, np.int64)
    for field in fields:
        lengths += 4 + _length(field)
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    out = np.empty(starts[-1], np.uint8)
    at = starts[:-1].copy()
    cells.count_of_fields(out, at, len(fields))
    for field in fields:
        _write(field, out, at, starts)
    return out, starts


def _length(field: Made) -> Offsets | int:
    """Bytes of each value."""
    if isinstance(field, Digest):
        return 16
    if isinstance(field, Constant):
        return len(field.value or b"")
    if isinstance(field, Fixed):
        lengths: Offsets = field.valid * np.int64(field.cells.shape[1])
        return lengths
    sizes = np.diff(field.offsets) + (4 if field.srid else 0)
    return np.where(field.valid, sizes, 0)


def _write(field: Made, out: Bytes, at: Offsets, starts: Offsets) -> None:
    if isinstance(field, Digest):
        cells.digest(out, at, starts)
    elif isinstance(field, Constant):
        value = np.frombuffer(field.value or b"", np.uint8)
        cells.constant(out, at, value, field.value is None)
    elif isinstance(field, Fixed):
        cells.fixed(out, at, field.cells, field.valid)
    elif field.srid:
        cells.shape(out, at, field.data, field.offsets, field.valid, field.srid)
    else:
        cells.varied(out, at, field.data, field.offsets, field.valid)
