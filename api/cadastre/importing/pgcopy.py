"""Rows for PostgreSQL's binary COPY, written column by column without a Python object per value.

A column is either of one width (numbers, days: big-endian bytes) or of many (text, bytes, shapes: one buffer
with offsets). Kernels write each column into its place of every row of a chunk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numba import njit
from numpy.typing import NDArray

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]
Mask = NDArray[np.bool_]

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


Field = Fixed | Varied | Constant


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


def take(of: Field, rows: NDArray[np.int64]) -> Field:
    """The same column for some rows only."""
    if isinstance(of, Constant):
        return of
    if isinstance(of, Fixed):
        return Fixed(of.cells[rows], of.valid[rows])
    ends = of.offsets[1:][rows]
    starts = of.offsets[:-1][rows]
    places = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(ends - starts, out=places[1:])
    data = np.empty(places[-1], np.uint8)
    _gather(data, places, of.data, starts)
    return Varied(data, places, of.valid[rows], of.srid)


def chunks(fields: Sequence[Field], rows: int, size: int = 5_000) -> Iterator[tuple[int, Bytes, Offsets]]:
    """The encoded rows by chunks: first row, bytes, where each row of the chunk begins and the last ends."""
    for first in range(0, rows, size):
        count = min(size, rows - first)
        lengths = np.full(count, 2, np.int64)
        for field in fields:
            _lengths(field, lengths, first, count)
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        out = np.empty(starts[-1], np.uint8)
        at = starts[:-1].copy()
        _write_count(out, at, len(fields))
        for field in fields:
            _write(field, out, at, first)
        yield first, out, starts


def _lengths(field: Field, lengths: Offsets, first: int, count: int) -> None:
    if isinstance(field, Constant):
        lengths += 4 + (len(field.value) if field.value is not None else 0)
    elif isinstance(field, Fixed):
        lengths += 4 + field.valid[first : first + count] * field.cells.shape[1]
    else:
        sizes = np.diff(field.offsets[first : first + count + 1]) + (4 if field.srid else 0)
        lengths += 4 + np.where(field.valid[first : first + count], sizes, 0)


def _write(field: Field, out: Bytes, at: Offsets, first: int) -> None:
    if isinstance(field, Constant):
        value = field.value
        cells = np.frombuffer(value or b"", np.uint8)
        _write_constant(out, at, cells, -1 if value is None else len(cells))
    elif isinstance(field, Fixed):
        _write_fixed(out, at, field.cells, field.valid, first)
    elif field.srid:
        _write_shape(out, at, field.data, field.offsets, field.valid, first, field.srid)
    else:
        _write_varied(out, at, field.data, field.offsets, field.valid, first)


@njit(cache=True, nogil=True)
def _put_int(out, place, value, width):  # type: ignore[no-untyped-def]
    for k in range(width):
        out[place + k] = (value >> (8 * (width - 1 - k))) & 0xFF


@njit(cache=True, nogil=True)
def _write_count(out, at, fields):  # type: ignore[no-untyped-def]
    for i in range(at.size):
        _put_int(out, at[i], fields, 2)
        at[i] += 2


@njit(cache=True, nogil=True)
def _write_constant(out, at, cells, length):  # type: ignore[no-untyped-def]
    for i in range(at.size):
        _put_int(out, at[i], length, 4)
        for k in range(cells.size):
            out[at[i] + 4 + k] = cells[k]
        at[i] += 4 + cells.size


@njit(cache=True, nogil=True)
def _write_fixed(out, at, cells, valid, first):  # type: ignore[no-untyped-def]
    width = cells.shape[1]
    for i in range(at.size):
        if not valid[first + i]:
            _put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        _put_int(out, at[i], width, 4)
        for k in range(width):
            out[at[i] + 4 + k] = cells[first + i, k]
        at[i] += 4 + width


@njit(cache=True, nogil=True)
def _write_varied(out, at, data, offsets, valid, first):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    for i in range(at.size):
        if not valid[first + i]:
            _put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        start, end = offsets[first + i], offsets[first + i + 1]
        _put_int(out, at[i], end - start, 4)
        place = at[i] + 4
        for k in range(start, end):
            out[place + k - start] = data[k]
        at[i] = place + end - start


@njit(cache=True, nogil=True)
def _write_shape(out, at, data, offsets, valid, first, srid):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Little-endian WKB as EWKB: the flag of an SRID in the type, then the SRID, then the rest."""
    for i in range(at.size):
        if not valid[first + i]:
            _put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        start, end = offsets[first + i], offsets[first + i + 1]
        _put_int(out, at[i], end - start + 4, 4)
        place = at[i] + 4
        for k in range(5):
            out[place + k] = data[start + k]
        out[place + 4] |= 0x20
        for k in range(4):
            out[place + 5 + k] = (srid >> (8 * k)) & 0xFF
        for k in range(start + 5, end):
            out[place + 4 + k - start] = data[k]
        at[i] = place + 4 + end - start


@njit(cache=True, nogil=True)
def _gather(out, places, data, starts):  # type: ignore[no-untyped-def]
    for i in range(starts.size):
        for k in range(places[i + 1] - places[i]):
            out[places[i] + k] = data[starts[i] + k]
