"""Source columns read as ours: text as stored, lengths and areas in metres, codes and plates canonical."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from api.cadastre.importing import plates, words
from api.cadastre.importing.layers import LAYERS, Column
from api.cadastre.importing.profile import LayerSource
from api.cadastre.importing.refusals import Rejects
from api.cadastre.importing.source import Source
from api.cadastre.text import RegistrationPlate, RenovationCode, stored
from api.core.errors import BadInput

Values = dict[str, pa.Array]
Null = str | int | float

_WHOLE_LIMIT = 2**31 - 1


@dataclass
class Read:
    """The columns of one source, by our names; `refused` are values of optional columns that were left out:
    row, column, the value as it was given, and what it is not."""

    values: Values
    refused: list[tuple[int, str, str, str]] = field(default_factory=list)


def read_columns(source: Source, given: LayerSource, rejects: Rejects, where: str) -> Read:
    """All columns of the layer that the profile fills; rows whose required column is bad go to `rejects`."""
    layer = LAYERS[given.name]
    read = Read({})
    for column in layer.columns:
        mapped = given.columns.get(column.name)
        if mapped is None or mapped == "@geometry":
            continue
        raw = _raw(source, mapped, given.nulls.get(column.name, []), f"{where}.columns.{column.name}")
        values, bad = _convert(raw, column, given.metres(column.name))
        _judge(read, rejects, column=column, key=layer.key, raw=raw, values=values, bad=bad)
        read.values[column.name] = values
    if given.options.kind:
        read.values["kind"] = pa.repeat(pa.scalar(given.options.kind), source.table.num_rows)
    return read


def _judge(
    read: Read, rejects: Rejects, *, column: Column, key: str, raw: pa.Array, values: pa.Array, bad: pa.Array
) -> None:
    """Reject rows of a required column that is empty or bad; report bad values of the others."""
    for row in np.flatnonzero(bad):
        shown = str(raw[int(row)].as_py())[:200]
        if column.required:
            code = "code_invalid" if column.kind == "renovation_code" else "value_invalid"
            rejects.add(int(row), code, f"{column.name}: {shown!r}.")
        else:
            read.refused.append((int(row), column.name, shown, _wanted(column)))
    if column.required:
        empty = pc.is_null(values).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(empty):
            if column.name == key:
                rejects.add(int(row), "key_missing")
            else:
                rejects.add(int(row), "value_missing", f"{column.name}.")


def _wanted(column: Column) -> str:
    """What a bad value of the column is not.

    >>> _wanted(Column("height_m", "length", most=10_000.0)), _wanted(Column("year", "whole"))
    ('not a number over 0 and up to 10,000 metres', 'not a whole number from 0')
    """
    said = {
        "length": f"a number over 0 and up to {column.most:,.0f} metres",
        "area": f"a number over 0 and up to {column.most:,.0f} square metres",
        "whole": "a whole number from 0",
        "floor": "a whole number",
        "number": "a number",
        "renovation_code": "one to seven whole numbers",
        "plate": "a registration plate",
    }
    return f"not {said[column.kind]}"


def _raw(source: Source, mapped: str | list[str], nulls: Sequence[Null], where: str) -> pa.Array:
    """One source column, a template of several as text, or the first of several that is known."""
    if isinstance(mapped, list):
        choices = [_blank_is_null(_as_text(_raw(source, one, nulls, where))) for one in mapped]
        return pc.coalesce(*choices)
    if "{" in mapped:
        return _nulls(_template(source, mapped, where), nulls)
    source.require(mapped, where)
    return _nulls(source.table.column(mapped).combine_chunks(), nulls)


def _template(source: Source, template: str, where: str) -> pa.Array:
    """`"{A}-{B}"` filled row by row; null where any of its columns is empty."""
    parts: list[pa.Array | str] = []
    rest = template
    while rest:
        literal, _, rest = rest.partition("{")
        if literal:
            parts.append(literal)
        name, _, rest = rest.partition("}") if rest else ("", "", "")
        if name:
            source.require(name, where)
            parts.append(_blank_is_null(_as_text(source.table.column(name).combine_chunks())))
    return pc.binary_join_element_wise(*parts, "", null_handling="emit_null")


def _blank_is_null(text: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(text), ""), pa.scalar(None, pa.string()), text)


def _as_text(values: pa.Array) -> pa.Array:
    """Any column as text; whole floats without their point, as an identifier is written."""
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_large_string(kind):
        return values.cast(pa.string())
    if pa.types.is_dictionary(kind):
        return _as_text(values.dictionary_decode())
    if pa.types.is_floating(kind):
        whole = values.to_numpy(zero_copy_only=False)
        whole = whole[~np.isnan(whole)]
        if (np.abs(whole) < 2**53).all() and (whole == np.floor(whole)).all():
            return pc.cast(pc.cast(values, pa.int64()), pa.string())
    if pa.types.is_binary(kind):
        return pa.array([None if v is None else v.hex() for v in values.to_pylist()], pa.string())
    return pc.cast(values, pa.string())


def _nulls(raw: pa.Array, nulls: Sequence[Null]) -> pa.Array:
    """The column without the values that mean "not known"."""
    for value in nulls:
        if isinstance(value, str):
            text = _as_text(raw)
            raw = pc.if_else(pc.equal(text, value), pa.scalar(None, text.type), text)
        elif pa.types.is_string(raw.type):
            numbers, _ = _numbers(raw)
            unknown = pa.array(numbers == value)
            raw = pc.if_else(unknown, pa.scalar(None, raw.type), raw)
        else:
            raw = pc.if_else(pc.equal(raw, pa.scalar(value)), pa.scalar(None, raw.type), raw)
    return raw


def _convert(raw: pa.Array, column: Column, metres: float) -> tuple[pa.Array, NDArray[np.bool_]]:
    """The column as its kind is stored, and which of its values cannot be read so."""
    if column.kind == "text":
        return _trimmed(words.stored_all(_as_text(raw))), np.zeros(len(raw), dtype=bool)
    if column.kind == "renovation_code":
        text = words.stored_all(_as_text(raw))
        return _parsed(text, lambda one: str(RenovationCode.parse(one)), _canonical_codes(text))
    if column.kind == "plate":
        text = words.stored_all(_as_text(raw))
        return _parsed(text, lambda one: str(RegistrationPlate.parse(one)), plates.canonical(text))
    numbers, bad = _numbers(raw)
    there = ~np.isnan(numbers)
    if column.kind in {"length", "area"}:
        numbers = numbers * (metres if column.kind == "length" else metres**2)
        bad |= there & ~((numbers > 0) & np.isfinite(numbers) & (numbers <= column.most))
    elif column.kind == "number":
        bad |= there & ~np.isfinite(numbers)
    else:
        least = 0 if column.kind == "whole" else -_WHOLE_LIMIT
        whole = np.isfinite(numbers) & (numbers == np.floor(numbers)) & (np.abs(numbers) <= _WHOLE_LIMIT)
        bad |= there & ~(whole & (numbers >= least))
    numbers = np.where(bad, np.nan, numbers)
    mask = np.isnan(numbers)
    if column.kind in {"whole", "floor"}:
        return pa.array(np.where(mask, 0, numbers).astype(np.int32), mask=mask), bad
    return pa.array(numbers, mask=mask), bad


_SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
_UNSEEN = " \u034f\u115f\u1160\u3164\uffa0" + "".join(
    char
    for char in map(chr, range(0x10000))
    if unicodedata.category(char) in {"Cc", "Cf"} and char not in _SEEN
)
"""Characters that nobody sees at the end of a text; between letters some of them, as ZWNJ, mean something.
Of the format characters those that are drawn, as the Arabic number sign, are not among them."""


def _trimmed(text: pa.Array) -> pa.Array:
    """Text without what is unseen at its ends, null where nothing is left."""
    bare = pc.utf8_trim(text, characters=_UNSEEN)
    return pc.if_else(pc.equal(bare, ""), pa.scalar(None, bare.type), bare)


_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_CANONICAL_CODE = f"^{_NUMBER}(?:-{_NUMBER}){{6}}$"


def _canonical_codes(text: pa.Array) -> pa.Array:
    return pc.match_substring_regex(text, _CANONICAL_CODE)


def _parsed(
    text: pa.Array, parse: Callable[[str], str], canonical: pa.Array
) -> tuple[pa.Array, NDArray[np.bool_]]:
    """Identifiers in their canonical form; those that are so already are not parsed again."""
    there = pc.is_valid(text).to_numpy(zero_copy_only=False)
    ready = pc.fill_null(canonical, False).to_numpy(zero_copy_only=False)
    odd = np.flatnonzero(there & ~ready)
    bad = np.zeros(len(text), dtype=bool)
    if not len(odd):
        return text, bad
    values: list[Any] = text.to_pylist()
    for row in odd:
        try:
            values[row] = parse(values[row])
        except BadInput:
            values[row] = None
            bad[row] = True
    return pa.array(values, pa.string()), bad


def _numbers(raw: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The column as floats, NaN where it is empty, and which of its texts are no numbers."""
    kind = raw.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        numbers = pc.cast(raw, pa.float64()).to_numpy(zero_copy_only=False)
        return np.array(numbers, dtype=np.float64), np.zeros(len(raw), dtype=bool)
    coded = pc.dictionary_encode(_as_text(raw))
    distinct = [_number(value) for value in coded.dictionary.to_pylist()]
    table = np.array([np.nan if isinstance(v, str) or v is None else v for v in distinct] + [np.nan])
    wrong = np.array([isinstance(v, str) for v in distinct] + [False])
    places = pc.fill_null(coded.indices, len(distinct)).to_numpy(zero_copy_only=False)
    return table[places], wrong[places]


def _number(text: str | None) -> float | str | None:
    """A number as people write it: Persian digits, «٫» and «٬»; None where empty, the text where it is none.

    >>> _number("۱٬۲۵۰٫۵"), _number(" "), _number("abc")
    (1250.5, None, 'abc')
    """
    plain = stored(text or "").replace("٫", ".").replace("٬", "")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError:
        return plain
