"""The source columns that a profile keeps, as one JSON text a row."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.cadastre.text import stored


def documents(columns: dict[str, pa.Array], rows: int) -> pa.Array:
    """JSON text of each row's values, without those that are empty; null where no column is kept.

    >>> columns = {"n": pa.array(["كوچه", None]), "storeys": pa.array([2, None])}
    >>> documents(columns, 2).to_pylist()
    ['{"n": "کوچه", "storeys": 2}', '{}']
    >>> documents({}, 1).to_pylist()
    [None]
    """
    if not columns:
        return pa.nulls(rows, pa.string())
    named = [
        pc.fill_null(
            pc.binary_join_element_wise(
                f", {_json(name)}: ", mapped(values, _json), "", null_handling="emit_null"
            ),
            "",
        )
        for name, values in columns.items()
    ]
    listed = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*named, ""), len(", "))
    return pc.binary_join_element_wise("{", listed, "}", "")


def mapped(values: pa.Array, change: Callable[[Any], str | None]) -> pa.Array:
    """Text made of each value; one that comes often is worked out once. Null stays null.

    >>> mapped(pa.array([1, None, 1]), lambda value: "+" * value).to_pylist()
    ['+', None, '+']
    """
    if pa.types.is_nested(values.type) or pa.types.is_null(values.type):
        return pa.array([None if v is None else change(v) for v in values.to_pylist()], pa.string())
    coded = values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)
    texts = [None if value is None else change(value) for value in coded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(coded.indices)


def plain(value: Any) -> Any:
    """A value as JSON takes it: text as it is stored, bytes as their digits, a day as it is written.

    >>> plain("  كوچه "), plain(b"\\x01"), plain(float("nan")), plain(3)
    ('کوچه', '01', None, 3)
    """
    if isinstance(value, str):
        return stored(value)
    if isinstance(value, float) and not np.isfinite(value):
        return None
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, default=str)
