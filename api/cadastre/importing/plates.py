"""Registration plates of a whole column: which stand in their written form, and their numbers."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.cadastre.importing import cells, pgcopy, words
from api.cadastre.importing.kernel import Bytes, Mask, Offsets, kernel
from api.cadastre.text import NOT_UNITS

_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_REST = f"^(?: قطعه {_NUMBER})?(?: ناحیه {_NUMBER})?(?: بخش {_NUMBER})?(?: (?P<unit>[^0-9]+))?$"
_NOT_UNIT = f"(?:^| )(?:{'|'.join(sorted(NOT_UNITS))})(?: |$)"
_SUB, _MAIN = (np.frombuffer(word.encode(), np.uint8) for word in (" فرعی از ", " اصلی"))


def canonical(plates: pa.Array) -> pa.Array:
    """Which plates stand in their written form; a registry unit of more than its bare name does not.

    >>> canonical(pa.array(["1 فرعی از 45 اصلی بخش 5 اصفهان", "45 اصلی", "123/45", None])).to_pylist()
    [True, True, False, False]
    """
    _, _, ends = _heads(plates)
    there = ends >= 0
    coded = pc.dictionary_encode(_rests(plates, ends))
    unit = pc.struct_field(pc.extract_regex(coded.dictionary, _REST), "unit")
    bare = pc.and_(pc.equal(words.fold_all(unit), unit), pc.invert(pc.match_substring_regex(unit, _NOT_UNIT)))
    ready = pc.and_(pc.is_valid(unit), pc.or_(pc.equal(unit, ""), pc.fill_null(bare, False)))
    return pc.and_(pc.fill_null(ready, False).take(coded.indices), pa.array(there))


def numbers(plates: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Main and sub number of plates in their written form, null where there is none.

    >>> [part.to_pylist() for part in numbers(pa.array(["1 فرعی از 45 اصلی", "45 اصلی", None]))]
    [[45, 45, None], [1, None, None]]
    """
    main, sub, _ = _heads(plates)
    return pa.array(main, pa.int32(), mask=main < 0), pa.array(sub, pa.int32(), mask=sub < 0)


def _heads(plates: pa.Array) -> tuple[Offsets, Offsets, Offsets]:
    """Main number, sub number, and where the main number's word ends; -1 where that is not there."""
    text = pgcopy.text(plates)
    main, sub, ends = (np.full(len(plates), -1, np.int64) for _ in range(3))
    _parse(text.data, text.offsets, text.valid, (_SUB, _MAIN), (main, sub, ends))
    return main, sub, ends


def _rests(plates: pa.Array, ends: Offsets) -> pa.Array:
    """What follows the main number's word; nothing where there is none."""
    text = pgcopy.text(plates)
    starts = np.where(ends >= 0, ends, text.offsets[1:])
    places = np.zeros(len(plates) + 1, np.int64)
    np.cumsum(text.offsets[1:] - starts, out=places[1:])
    data = np.empty(max(int(places[-1]), 1), np.uint8)
    cells.gather(data, places, text.data, starts)
    return pa.LargeStringArray.from_buffers(len(plates), pa.py_buffer(places), pa.py_buffer(data)).cast(
        pa.string()
    )


@kernel
def _parse(
    data: Bytes, offsets: Offsets, valid: Mask,
    words_: tuple[Bytes, Bytes], found: tuple[Offsets, Offsets, Offsets],
) -> None:  # fmt: skip
    for i in range(valid.size):
        end = offsets[i + 1]
        first, at = _number(data, offsets[i], end) if valid[i] else (-1, 0)
        second = -1
        if first >= 0 and _follows(data, at, end, words_[0]):
            second, at = _number(data, at + words_[0].size, end)
            if second < 0:
                continue
        if first >= 0 and _follows(data, at, end, words_[1]):
            found[0][i] = first if second < 0 else second
            found[1][i] = -1 if second < 0 else first
            found[2][i] = at + words_[1].size


@kernel
def _number(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """A whole number of at most nine digits without leading zeros, and where it ends; -1 where none is."""
    value, begin = 0, at
    while at < end and at - begin <= 9 and 0x30 <= data[at] <= 0x39:
        value = 10 * value + (int(data[at]) - 0x30)
        at += 1
    length = at - begin
    if length == 0 or length > 9 or (length > 1 and data[begin] == 0x30):
        return -1, at
    return value, at


@kernel
def _follows(data: Bytes, at: int, end: int, word: Bytes) -> bool:
    if end - at < word.size:
        return False
    for k in range(word.size):  # noqa: SIM110
        if data[at + k] != word[k]:
            return False
    return True
