"""What is wrong in a profile, one sentence for each fault: which table, which member, what it may be."""

import json
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

Keys = tuple[str | int, ...]

_MAY_BE = {
    "city": "the table [city] with key, name.fa, name.en and srid",
    "city.key": "a short name of a-z, 0-9 and _ that begins with a letter",
    "city.name": "the city's name in both languages: name.fa and name.en",
    "city.name.fa": "the city's name in Persian",
    "city.name.en": "the city's name in English",
    "city.srid": "the EPSG code of the city's metric frame, a whole number such as 32639",
    "city.rulebook": "the name of a rule-book, of a-z, 0-9 and _",
    "layer": "one table or more under [[layer]], in double brackets",
    "layer.*": "a table under [[layer]], in double brackets",
    "layer.*.name": "the name of a layer, such as \"parcels\"",
    "layer.*.day": "a day without quotation marks, such as 2024-03-20",
    "layer.*.complete": '"extent", "unknown", "none", {file = "…", source_layer = "…"} or a polygon'
    " [[x, y], [x, y], [x, y]] in the city's frame",
    "layer.*.complete.file": "a file with the polygons",
    "layer.*.complete.*": "a corner [x, y] in the city's frame",
    "layer.*.columns": "a table: our column = source column",
    "layer.*.columns.*": 'the name of a source column, a template ("{A}-{B}") or a list of these',
    "layer.*.columns.*.*": "the name of a source column or a template",
    "layer.*.units": "a table: our column = its unit",
    "layer.*.nulls": "a table: our column = list of source values",
    "layer.*.nulls.*": 'a list of the source values that mean "not known"',
    "layer.*.nulls.*.*": "text or a number",
    "layer.*.keep": '"all" or a list of source columns',
    "layer.*.options.street_land.column": "the name of a source column",
    "layer.*.options.street_land.values": "a list of the values that say so",
}  # fmt: skip
"""By member: what a person may write there, where the kind of its value alone does not say it."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")  # what TOML takes for a key without quotation marks
_FREE_KEYS = {"columns", "nulls", "units"}
_KINDS = {
    "string_type": "text in quotation marks",
    "string_too_short": "text that is not empty",
    "string_too_long": "text of at most {max_length} characters",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "greater_than": "a number greater than {gt:g}",
    "less_than": "a number less than {lt:g}",
    "less_than_equal": "a number of at most {le:g}",
    "bool_type": "true or false",
    "model_type": "a table",
    "dict_type": "a table",
    "list_type": "a list",
    "too_short": "a list of {min_length} or more",
}


def profile_faults(
    content: dict[str, Any], fault: ValidationError, profile: type[BaseModel]
) -> list[tuple[str, str]]:
    """Each fault of a profile's content: its place (`layer[0].complete`) and one sentence.

    Alternatives of one value are one fault; so are a misspelt member and the one it stands for.
    """
    errors = list(_without_alternatives(content, fault.errors(include_url=False)))
    meant = {
        (*keys[:-1], guess)
        for keys, error in errors
        if error["type"] == "extra_forbidden" and (guess := _guess(content, keys, profile))
    }
    return [
        (place(keys), _sentence(content, keys, error, profile))
        for keys, error in errors
        if not (error["type"] == "missing" and keys in meant)
    ]


def place(keys: Sequence[str | int]) -> str:
    """The place as a refusal names it, counted from 0.

    >>> place(("layer", 0, "columns", "key")), place(("city", "a b")), place(())
    ('layer[0].columns.key', 'city."a b"', '')
    """
    steps = (
        f"[{key}]" if isinstance(key, int) else f".{key}" if _BARE.fullmatch(key) else f".{json.dumps(key)}"
        for key in keys
    )
    return "".join(steps).removeprefix(".")


def _keys(content: Any, error: Any) -> tuple[Keys, int | None]:
    """Where in the document an error is, and after how many keys the first alternative of a value was tried.

    pydantic's places also name the alternatives (`AreaFile`), which are no keys of the document.
    """
    keys: list[str | int] = []
    tried = None
    value = content
    for step in error["loc"]:
        inside = (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and type(step) is int
        )
        if inside:
            value = value[step]
            keys.append(step)
        elif error["type"] == "missing" and step == error["loc"][-1]:
            keys.append(step)
        elif tried is None:
            tried = len(keys)
    return tuple(keys), tried


def _without_alternatives(content: Any, errors: Sequence[Any]) -> Iterator[tuple[Keys, Any]]:
    """Of the alternatives that were tried for one value, what is wrong inside; else one fault for all."""
    placed = [(*_keys(content, error), error) for error in errors]
    inside = {keys[:tried] for keys, tried, _ in placed if tried is not None and len(keys) > tried}
    told = set()
    for keys, tried, error in placed:
        if tried is not None and len(keys) == tried:
            if keys in inside or keys in told:
                continue
            told.add(keys)
        yield keys, error


def _value(content: Any, keys: Keys) -> Any:
    for key in keys:
        content = content[key]
    return content


def _members(keys: Keys, profile: type[BaseModel]) -> list[str]:
    """The members of the table at this place."""
    model: type[BaseModel] | None = profile
    for key in keys:
        if model is not None and isinstance(key, str):
            field = model.model_fields.get(key)
            model = _model_in(field.annotation) if field else None
    return list(model.model_fields) if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def closest(given: str, names: Sequence[str]) -> str | None:
    """The name that was probably meant; None where none is near.

    >>> closest("Colums", ["columns", "crs"]), closest("x", ["columns"]), closest("", [])
    ('columns', None, None)
    """
    return next(iter(get_close_matches(given.lower(), names, 1)), None)


def _guess(content: Any, keys: Keys, profile: type[BaseModel]) -> str | None:
    """The member of this table, not given yet, for which a name that is none may stand."""
    given = _value(content, keys[:-1])
    return closest(str(keys[-1]), [name for name in _members(keys[:-1], profile) if name not in given])


def _table(content: Any, keys: Keys) -> str:
    """The table of the document in which a place is, as a person finds it there.

    >>> _table({"layer": [{}, {"name": "zones"}]}, ("layer", 1, "options"))
    'options of [[layer]] number 2 (zones)'
    >>> _table({}, ("city",)), _table({}, ())
    ('[city]', 'the profile')
    """
    if not keys:
        return "the profile"
    if keys[0] != "layer" or len(keys) == 1:
        title, rest = f"[{keys[0]}]", keys[1:]
    else:
        one, rest = _value(content, keys[:2]), keys[2:]
        said = (one.get("name") or one.get("file")) if isinstance(one, dict) else None
        title = f"[[layer]] number {int(keys[1]) + 1}" + (
            f" ({said})" if isinstance(said, str) and said.isprintable() else ""
        )
    return f"{place(rest)} of {title}" if rest else title


def _owner(keys: Keys) -> tuple[Keys, Keys]:
    """A place as its outermost table and the member inside of it."""
    outer = 2 if keys[0] == "layer" else 1
    depth = outer if len(keys) > outer else 0
    return keys[:depth], keys[depth:]


def _sentence(content: Any, keys: Keys, error: Any, profile: type[BaseModel]) -> str:
    kind = error["type"]
    if kind == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        return f"{_table(content, keys)}: {said}" if keys else said
    if kind == "extra_forbidden":
        guess = _guess(content, keys, profile)
        more = (
            f'did you mean "{guess}"?'
            if guess
            else f"its members are: {', '.join(_members(keys[:-1], profile))}"
        )
        return f"{_shown(keys[-1])} is no member of {_table(content, keys[:-1])}; {more}"
    if kind == "missing":
        expected = _MAY_BE.get(_pattern(keys))
        return f"{_table(content, keys[:-1])} needs the member {keys[-1]}" + (
            f": {expected}" if expected else ""
        )
    table, member = _owner(keys)
    value = _value(content, keys)
    names = re.findall("'([^']*)'", error.get("ctx", {}).get("expected", ""))
    guess = closest(value, names) if isinstance(value, str) else None
    hint = f'; did you mean "{guess}"?' if guess else ""
    expected = _expected(keys, error, names)
    return f"{place(member)} of {_table(content, table)} must be {expected}, not {_shown(value)}{hint}"


def _expected(keys: Keys, error: Any, names: Sequence[str]) -> str:
    """What may stand at this place."""
    told = _MAY_BE.get(_pattern(keys))
    if names and (told is None or error["loc"][-1] == keys[-1]):
        quoted = [f'"{name}"' for name in names]
        return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
    form = _KINDS.get(error["type"])
    return told or (form.format(**error.get("ctx", {})) if form else f"something else ({error['msg']})")


def _pattern(keys: Keys) -> str:
    """The member of a place: indices and names of columns as `*`."""
    free = [
        isinstance(key, int) or before in _FREE_KEYS for before, key in zip(("", *keys), keys, strict=False)
    ]
    return ".".join("*" if any_key else str(key) for any_key, key in zip(free, keys, strict=True))


def _shown(value: Any) -> str:
    """A value as the profile writes it, cut where it is long.

    >>> _shown("feet"), _shown(True), _shown(float("nan")), _shown([1]), _shown([]), _shown({})
    ('"feet"', 'true', 'nan', 'a list', 'an empty list', 'a table')
    """
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list" if value else "an empty list"
    if isinstance(value, str | bool):
        written = json.dumps(value, ensure_ascii=False)
        return written if len(written) <= 60 else f"{written[:57]}…"
    return str(value)
