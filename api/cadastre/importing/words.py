"""Persian text by whole columns: what `api.cadastre.text` says for one, for a million at once."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from api.cadastre import text

_PLAIN = r"^[!-~]+(?: [!-~]+)*$"
"""Visible ASCII with single spaces: `text.stored` leaves it as it is."""


def stored_all(values: pa.Array) -> pa.Array:
    """`text.stored` of each value; null for empty text.

    >>> stored_all(pa.array([" كوچه ", "", None, "A-1"])).to_pylist()
    ['کوچه', None, None, 'A-1']
    """
    plain = pc.match_substring_regex(values, _PLAIN)
    if pc.all(plain, min_count=0, skip_nulls=True).as_py():
        return values
    return _each(values, text.stored)


def fold_all(values: pa.Array) -> pa.Array:
    """`text.fold` of each value; null for empty text."""
    return _each(values, text.fold)


def _each(values: pa.Array, change: Callable[[str], str]) -> pa.Array:
    coded = pc.dictionary_encode(values)
    changed = pa.array(
        [(change(v) or None) if v else None for v in coded.dictionary.to_pylist()], pa.string()
    )
    return changed.take(coded.indices)
