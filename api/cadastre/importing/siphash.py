"""SipHash-2-4 with 128 bits (Aumasson and Bernstein 2012), for the digests of rows."""

import numpy as np

from api.cadastre.importing.kernel import Bytes, kernel

_Word = np.uint64
_State = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


def digest(data: bytes, key: bytes = bytes(16)) -> bytes:
    """The sixteen bytes of SipHash-2-4-128 of some bytes under a key of sixteen.

    >>> digest(b"", bytes(range(16))).hex()
    'a3817f04ba25a8e66df67214c7550293'
    >>> digest(b"\\0", bytes(range(16))).hex()
    'da87c1d86b99af44347659119b22fc45'
    """
    first, second = np.frombuffer(key, "<u8")
    body = np.frombuffer(data, np.uint8)
    return np.array(words(body, 0, len(body), first, second), "<u8").tobytes()


@kernel
def words(
    data: Bytes, begin: int, end: int, first: np.uint64, second: np.uint64
) -> tuple[np.uint64, np.uint64]:
    """Both words of the digest of `data[begin:end]` under a key of two words."""
    v0 = first ^ _Word(0x736F6D6570736575)
    v1 = second ^ _Word(0x646F72616E646F6D) ^ _Word(0xEE)
    v2 = first ^ _Word(0x6C7967656E657261)
    v3 = second ^ _Word(0x7465646279746573)
    length = end - begin
    whole = begin + length // 8 * 8
    for place in range(begin, whole, 8):
        block = _Word(0)
        for k in range(8):
            block |= _Word(data[place + k]) << _Word(8 * k)
        v0, v1, v2, v3 = _taken_in(v0, v1, v2, v3, block)
    block = _Word(length & 0xFF) << _Word(56)
    for k in range(end - whole):
        block |= _Word(data[whole + k]) << _Word(8 * k)
    v0, v1, v2, v3 = _taken_in(v0, v1, v2, v3, block)
    v2 ^= _Word(0xEE)
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    low = v0 ^ v1 ^ v2 ^ v3
    v1 ^= _Word(0xDD)
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return low, v0 ^ v1 ^ v2 ^ v3


@kernel
def _taken_in(v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64, block: np.uint64) -> _State:
    v0, v1, v2, v3 = _round(v0, v1, v2, v3 ^ block)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return v0 ^ block, v1, v2, v3


@kernel
def _round(v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64) -> _State:
    v0 += v1
    v2 += v3
    v1 = _turned(v1, _Word(13)) ^ v0
    v3 = _turned(v3, _Word(16)) ^ v2
    v0 = _turned(v0, _Word(32))
    v2 += v1
    v0 += v3
    v1 = _turned(v1, _Word(17)) ^ v2
    v3 = _turned(v3, _Word(21)) ^ v0
    v2 = _turned(v2, _Word(32))
    return v0, v1, v2, v3


@kernel
def _turned(value: np.uint64, by: np.uint64) -> np.uint64:
    return (value << by) | (value >> (_Word(64) - by))
