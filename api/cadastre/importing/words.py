"""Persian text by whole columns: what `api.cadastre.text` says for one, for a million at once.

Letters of the scripts that a cadastre here is written in go through a table, code point by code point, in one
pass over the column's bytes. A value with anything else in it (a combining mark that would join its letter, a
letter that folds to two, another script) is left to `api.cadastre.text` itself.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.cadastre import text
from api.cadastre.importing import pgcopy
from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel

_KNOWN = (range(0x20, 0x100), range(0x9, 0xE), range(0x600, 0x700), range(0x200B, 0x2010), (0xFEFF,))
_HEH, _HAMZA = 0x647, 0x654
_SIZE = 0x10000
# Madda and hamza below change places, and with them the letter that each of them joins.
_REORDERED = frozenset({0x653, 0x655})
_DROP, _OTHER, _SPACE = 0, -1, 0x20


def _table(change: Callable[[str], str]) -> NDArray[np.int32]:
    """What each code point becomes: another one, a space, nothing (0), or `-1` where a table cannot say."""
    found = np.full(_SIZE, _OTHER, np.int32)
    for code in (code for part in _KNOWN for code in part if code not in _REORDERED):
        # Between two letters a space stays visible: so a dropped mark is told from a separator.
        inside = change(f"x{chr(code)}x")[1:-1]
        if len(inside) > 1 or len(inside.encode()) > len(chr(code).encode()):
            continue
        found[code] = ord(inside) if inside else _DROP
    return found


_STORED = _table(text.stored)
_FOLDED = _table(text.fold)
# Marks that stay in stored text may have to change places with each other.
_STORED[0x64B:0x660] = _OTHER
_STORED[[*range(0x610, 0x61B), 0x670, *range(0x6D6, 0x6EE)]] = _OTHER
# Letters that hamza joins to another one than its own carrier.
_FOLDED[[0x6C1, 0x6D2, 0x6D5]] = _OTHER


def stored_all(values: pa.Array) -> pa.Array:
    """`text.stored` of each value; null for empty text.

    >>> stored_all(pa.array([" كوچه ", "", None, "A-1"])).to_pylist()
    ['کوچه', None, None, 'A-1']
    """
    return _through(values, _STORED, text.stored)


def fold_all(values: pa.Array) -> pa.Array:
    """`text.fold` of each value; null for empty text.

    >>> fold_all(pa.array(["كوچه‌ی ۷، A", " ", None])).to_pylist()
    ['کوچه ی 7 a', None, None]
    """
    return _through(values, _FOLDED, text.fold)


def _through(values: pa.Array, table: NDArray[np.int32], change: Callable[[str], str]) -> pa.Array:
    """Every value through the table; those with code points that it does not know through `change`."""
    column = pgcopy.text(values)
    out = np.empty(max(int(column.offsets[-1] - column.offsets[0]), 1), np.uint8)
    ends = np.zeros(len(values) + 1, np.int64)
    other = np.zeros(len(values), np.bool_)
    _pass(column.data, column.offsets, column.valid, table, out, ends, other)
    empty = ends[1:] == ends[:-1]
    buffers = [pa.py_buffer(np.packbits(~empty, bitorder="little")), pa.py_buffer(ends), pa.py_buffer(out)]
    changed = pa.LargeStringArray.from_buffers(len(values), buffers[1], buffers[2], buffers[0]).cast(
        pa.string()
    )
    rows = np.flatnonzero(other)
    if not len(rows):
        return changed
    whole = changed.to_pylist()
    for row in rows:
        whole[row] = change(values[int(row)].as_py()) or None
    return pa.array(whole, pa.string())


@kernel
def _pass(  # noqa: PLR0917
    data: Bytes,
    offsets: Offsets,
    valid: Mask,
    table: NDArray[np.int32],
    out: Bytes,
    ends: Offsets,
    other: Mask,
) -> None:
    """Write each value's code points as the table says, runs of spaces as one, none at either end."""
    at = 0
    for i in range(valid.size):
        begin, k, end = at, offsets[i], offsets[i + 1]
        gap, before = False, 0
        while valid[i] and k < end:
            lead = data[k]
            if lead < 0x80:
                code, k = int(lead), k + 1
            elif lead < 0xE0:
                code, k = (int(lead & 0x1F) << 6) | int(data[k + 1] & 0x3F), k + 2
            elif lead < 0xF0:
                code = (int(lead & 0x0F) << 12) | (int(data[k + 1] & 0x3F) << 6) | int(data[k + 2] & 0x3F)
                k += 3
            else:
                code, k = 0, end
                other[i] = True
            new = table[code] if not other[i] else -1
            if new == -1 and code == _HAMZA and before == _HEH:
                new = code  # «هٔ»: a mark on a letter that it never joins
            before = code
            if new == -1:
                other[i] = True
                break
            if new == 0:
                continue
            if new == 0x20:
                gap = at > begin
                continue
            if gap:
                out[at] = 0x20
                at += 1
                gap = False
            at = _put(out, at, new)
        if other[i]:
            at = begin
        ends[i + 1] = at


@kernel
def _put(out: Bytes, at: int, code: int) -> int:
    """Write a code point as UTF-8; the place after it."""
    if code < 0x80:
        out[at] = code
        return at + 1
    if code < 0x800:
        out[at] = 0xC0 | (code >> 6)
        out[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    out[at] = 0xE0 | (code >> 12)
    out[at + 1] = 0x80 | ((code >> 6) & 0x3F)
    out[at + 2] = 0x80 | (code & 0x3F)
    return at + 3
