"""Kernels that write the cells of PostgreSQL's binary COPY into their rows: a length, then the bytes.

`out` holds the rows of a chunk; `at` is the place in each row where its next cell begins, and is moved on.
A length of -1 is null. Numbers stand with their high byte first.
"""

import numpy as np

from api.cadastre.importing import siphash
from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel


@kernel
def put_int(out: Bytes, place: int, value: int, width: int) -> None:
    """Write a whole number of `width` bytes."""
    for k in range(width):
        out[place + k] = (value >> (8 * (width - 1 - k))) & 0xFF


@kernel
def put_bytes(out: Bytes, place: int, data: Bytes, start: int, end: int) -> None:
    """Write a cell that holds `data[start:end]`."""
    put_int(out, place, end - start, 4)
    for k in range(end - start):
        out[place + 4 + k] = data[start + k]


@kernel
def count_of_fields(out: Bytes, at: Offsets, fields: int) -> None:
    """Begin each row with the number of its fields."""
    for i in range(at.size):
        put_int(out, at[i], fields, 2)
        at[i] += 2


@kernel
def constant(out: Bytes, at: Offsets, value: Bytes, null: bool) -> None:
    """The same cell in every row."""
    for i in range(at.size):
        if null:
            put_int(out, at[i], -1, 4)
            at[i] += 4
        else:
            put_bytes(out, at[i], value, 0, value.size)
            at[i] += 4 + value.size


@kernel
def fixed(out: Bytes, at: Offsets, values: Bytes, valid: Mask) -> None:
    """Values of one width, as they are to stand."""
    width = values.shape[1]
    for i in range(at.size):
        if not valid[i]:
            put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        put_int(out, at[i], width, 4)
        for k in range(width):
            out[at[i] + 4 + k] = values[i, k]
        at[i] += 4 + width


@kernel
def varied(out: Bytes, at: Offsets, data: Bytes, offsets: Offsets, valid: Mask) -> None:
    """Values of many widths: value i is `data[offsets[i]:offsets[i + 1]]`."""
    for i in range(at.size):
        if not valid[i]:
            put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        put_bytes(out, at[i], data, offsets[i], offsets[i + 1])
        at[i] += 4 + offsets[i + 1] - offsets[i]


@kernel
def shape(  # noqa: PLR0917
    out: Bytes, at: Offsets, data: Bytes, offsets: Offsets, valid: Mask, srid: int
) -> None:
    """Little-endian WKB as EWKB: the flag of an SRID in the type, then the SRID, then the rest."""
    for i in range(at.size):
        if not valid[i]:
            put_int(out, at[i], -1, 4)
            at[i] += 4
            continue
        start, end = offsets[i], offsets[i + 1]
        put_int(out, at[i], end - start + 4, 4)
        place = at[i] + 4
        for k in range(5):
            out[place + k] = data[start + k]
        out[place + 4] |= 0x20
        for k in range(4):
            out[place + 5 + k] = (srid >> (8 * k)) & 0xFF
        for k in range(start + 5, end):
            out[place + 4 + k - start] = data[k]
        at[i] = place + 4 + end - start


@kernel
def digest(out: Bytes, at: Offsets, starts: Offsets) -> None:
    """The SipHash of the cells that stand in the row before this one."""
    for i in range(at.size):
        both = siphash.words(out, starts[i] + 2, at[i], np.uint64(0), np.uint64(0))
        put_int(out, at[i], 16, 4)
        for k in range(8):
            out[at[i] + 4 + k] = (both[0] >> np.uint64(8 * k)) & np.uint64(0xFF)
            out[at[i] + 12 + k] = (both[1] >> np.uint64(8 * k)) & np.uint64(0xFF)
        at[i] += 20


@kernel
def gather(out: Bytes, places: Offsets, data: Bytes, starts: Offsets) -> None:
    """Value i, which begins at `starts[i]` of the data, to `out[places[i]:places[i + 1]]`."""
    for i in range(starts.size):
        for k in range(places[i + 1] - places[i]):
            out[places[i] + k] = data[starts[i] + k]
