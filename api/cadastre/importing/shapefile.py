"""Whether a Shapefile is whole: the reader takes a cut one for rows without geometry and says nothing."""

from pathlib import Path

import numpy as np

_HEAD = 100
_MAGIC = 9994


def require_whole(path: Path) -> None:
    """Raise ValueError where the file's own lengths and record heads do not fit what is there.

    The main file and the index state their length; the index states place and length of each record,
    whose head
    repeats its number and length (ESRI Shapefile Technical Description, 1998).
    """
    body = np.frombuffer(path.read_bytes(), np.uint8)
    index = np.frombuffer(_index_of(path).read_bytes(), np.uint8)
    for name, part in ((path.name, body), (_index_of(path).name, index)):
        if len(part) < _HEAD or _int(part, 0) != _MAGIC:
            raise ValueError(f"{name} does not begin as a Shapefile does")
        if 2 * _int(part, 24) != len(part):
            raise ValueError(f"{name} says that it has {2 * _int(part, 24)} bytes, it has {len(part)}")
    places = index[_HEAD:].view(">i4").reshape(-1, 2).astype(np.int64) * 2
    starts, lengths = places[:, 0], places[:, 1]
    if (starts < _HEAD).any() or (lengths < 0).any() or (starts + 8 + lengths > len(body)).any():
        raise ValueError(f"the index of {path.name} points outside of it")
    heads = body[starts[:, None] + np.arange(8)].copy().view(">i4").reshape(-1, 2)
    wrong = (heads[:, 0] != np.arange(1, len(starts) + 1)) | (2 * heads[:, 1].astype(np.int64) != lengths)
    if wrong.any():
        raise ValueError(f"record {int(np.argmax(wrong)) + 1} of {path.name} is not where the index says")


def _index_of(path: Path) -> Path:
    found = [path.with_suffix(suffix) for suffix in (".shx", ".SHX") if path.with_suffix(suffix).exists()]
    if not found:
        raise ValueError(f"{path.name} comes without its index (.shx)")
    return found[0]


def _int(part: np.ndarray[tuple[int], np.dtype[np.uint8]], at: int) -> int:
    return int.from_bytes(part[at : at + 4].tobytes(), "big", signed=True)
