"""What the source says of an object of the map, and whether it is what a provision asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from gis.rulebook.limit import Interval

Wanted = Sequence[tuple[str, Sequence[str]]]
"""Names of attributes, each with the values of which the object must have one: texts, or intervals."""


def attribute_text(value: object) -> str:
    """A value of a source as text: numbers without a needless fraction.

    >>> [attribute_text(value) for value in (63, 63.0, 0.4, " motorway ", True, ["a"])]
    ['63', '63', '0.4', 'motorway', 'true', '["a"]']
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def number_of(text: str | None) -> float | None:
    """The number that an attribute says, None where it says none, or one below 0.

    >>> number_of("63"), number_of("63 kV"), number_of("-1"), number_of("nan"), number_of(None)
    (63.0, None, None, None, None)
    """
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() and number >= 0 else None


def unmet(attributes: Mapping[str, str], wanted: Wanted) -> bool | str:
    """Whether an object is not one that is asked for; the attribute's name where it does not tell.

    >>> row = [("voltage_kv", ["(1, 20]", "33"]), ("state", ["built"])]
    >>> unmet({"voltage_kv": "20", "state": "built"}, row), unmet({"voltage_kv": "63"}, row)
    (False, True)
    >>> unmet({"voltage_kv": "33"}, row), unmet({"voltage_kv": "high", "state": "built"}, row)
    ('state', 'voltage_kv')
    """
    unknown: str | None = None
    for name, values in wanted:
        is_one = _is_one(attributes.get(name), values)
        if is_one is False:
            return True
        if is_one is None:
            unknown = unknown or name
    return unknown or False


def _is_one(text: str | None, values: Sequence[str]) -> bool | None:
    """Whether an attribute has one of the values; None where it is not recorded or cannot be read."""
    if not (text or "").strip():
        return None
    number = number_of(text)
    unread = False
    for value in values:
        if value[0] in "[(":
            unread = unread or number is None
            if number is not None and Interval.parse(value).contains(number):
                return True
        elif text == value or (number is not None and number == number_of(value)):
            return True
    return None if unread else False


def apart(first: Wanted, second: Wanted) -> bool:
    """Whether no object can be one that both ask for.

    >>> low, twenty = [("kv", ["(1, 20]"])], [("kv", ["20"])]
    >>> apart(low, [("kv", ["(20, 33]", "63"])]), apart(twenty, low), apart(twenty, [("state", ["built"])])
    (True, False, False)
    >>> apart([("kv", ["20"])], [])
    False
    """
    other = dict(second)
    return any(
        name in other and not any(_share(a, b) for a in values for b in other[name]) for name, values in first
    )


def _share(first: str, second: str) -> bool:
    spans = [Interval.parse(text) if text[0] in "[(" else text for text in (first, second)]
    low, high = sorted(spans, key=lambda span: isinstance(span, Interval))
    if isinstance(low, Interval) and isinstance(high, Interval):
        below, above = sorted((low, high), key=lambda span: (span.low, not span.low_inside))
        if below.high is None or below.high > above.low:
            return True
        return below.high == above.low and below.high_inside and above.low_inside
    return bool(_is_one(str(low), [second if isinstance(spans[0], str) else first]))
