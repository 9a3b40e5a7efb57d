"""Folded text as `tsvector`, as COPY carries it: the words that a search may give, each once, in order."""

import numpy as np
import pyarrow as pa

from api.cadastre.importing import pgcopy
from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel
from api.cadastre.importing.pgcopy import Varied

MOST = 256
"""Words of one text that can be searched; those after them are left out."""
LONGEST = 2046
"""Bytes of the longest word that PostgreSQL takes; a longer one is left out."""


def lexemes(folded: pa.Array) -> Varied:
    """The words of each text, without their places in it; no words where there is no text.

    >>> found = lexemes(pa.array(["b a b", None]))
    >>> [found.data[a:b].tobytes() for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)]
    [b'\\x00\\x00\\x00\\x02a\\x00\\x00\\x00b\\x00\\x00\\x00', b'\\x00\\x00\\x00\\x00']
    """
    text = pgcopy.text(folded)
    lengths = np.where(text.valid, np.diff(text.offsets), 0)
    room = int((lengths + 5 + 2 * np.minimum(MOST, lengths // 2 + 1)).sum())
    out, ends = np.empty(max(room, 1), np.uint8), np.zeros(len(folded) + 1, np.int64)
    _vectors(text.data, text.offsets, text.valid, out, ends)
    return Varied(out, ends, np.ones(len(folded), dtype=bool))


@kernel
def _vectors(data: Bytes, offsets: Offsets, valid: Mask, out: Bytes, ends: Offsets) -> None:
    begins, stops = np.empty(MOST, np.int64), np.empty(MOST, np.int64)
    at = 0
    for i in range(valid.size):
        count = _words(data, offsets[i], offsets[i + 1], begins, stops) if valid[i] else 0
        for k in range(4):
            out[at + k] = (count >> (24 - 8 * k)) & 0xFF
        at += 4
        for word in range(count):
            for k in range(begins[word], stops[word]):
                out[at] = data[k]
                at += 1
            # The word's end, and that it has no places.
            for _ in range(3):
                out[at] = 0
                at += 1
        ends[i + 1] = at


@kernel
def _words(data: Bytes, start: int, end: int, begins: Offsets, stops: Offsets) -> int:
    """Sorted and each once: where the words between single spaces begin and end; how many they are."""
    count, begin = 0, start
    while begin < end and count < begins.size:
        stop = begin
        while stop < end and data[stop] != 0x20:
            stop += 1
        low, high, there = 0, count, stop == begin or stop - begin > LONGEST
        while low < high and not there:
            middle = (low + high) // 2
            order = _compared(data, begin, stop, begins[middle], stops[middle])
            there = order == 0
            if order < 0:
                high = middle
            else:
                low = middle + 1
        if not there:
            for k in range(count, low, -1):
                begins[k], stops[k] = begins[k - 1], stops[k - 1]
            begins[low], stops[low] = begin, stop
            count += 1
        begin = stop + 1
    return count


@kernel
def _compared(data: Bytes, a: int, a_end: int, b: int, b_end: int) -> int:
    """Below, at or above 0 as the bytes of the first stand before, at or after those of the second."""
    for k in range(min(a_end - a, b_end - b)):
        if data[a + k] != data[b + k]:
            return -1 if data[a + k] < data[b + k] else 1
    return (a_end - a) - (b_end - b)
