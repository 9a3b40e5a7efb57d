"""Reading a limit: a number, an expression, or bands of which each begins where the one before ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from gis.measures import MEASURES
from gis.rulebook.limit import AttributeLimit, Bands, Expression, Interval, Limit
from gis.rulebook.table import Table

ORDERED: Final = tuple(name for name, measure in MEASURES.items() if measure.ordered)
"""Measures that may stand in bands, conditions and expressions."""


def usable(own: str | None) -> tuple[str, ...]:
    """The measures that may tell a limit of the measure `own`: those of a corner only at a corner.

    >>> "corner_angle" in usable("chamfer"), "corner_angle" in usable("height"), "height" in usable("height")
    (True, False, False)
    """
    at_corner = own is not None and MEASURES[own].subject == "corner"
    return tuple(
        name for name in ORDERED if name != own and (at_corner or MEASURES[name].subject != "corner")
    )


def read_limit(table: Table, own: str | None) -> Limit | None:
    """Exactly one of `limit`, `expression`, `bands` with `by`; `own` is the measure that is limited."""
    given = [key for key in ("limit", "expression", "bands") if table.has(key)]
    if len(given) != 1:
        what = "no limit" if not given else f"several limits ({', '.join(given)})"
        table.fault(
            "no_limit", "", f"The value has {what}.", "Give one of limit, expression, bands or repealed."
        )
        for key in ("limit", "expression", "bands", "by", "not_less_than", "not_more_than", "rounded_to"):
            table.take(key, object, "", needed=False)
        return None
    return _bands(table, own) if given == ["bands"] else _plain(table, own)


def read_attribute_limit(table: Table) -> AttributeLimit | None:
    """The key `limit_attribute`: the limit is what the source says of the object itself."""
    name, most = table.text("limit_attribute"), table.number("not_more_than", needed=False)
    if table.has("limit") or table.has("expression") or table.has("bands"):
        table.fault("no_limit", "limit_attribute", "The value has several limits.", "Keep one of them.")
        return None
    return AttributeLimit(name, most) if name else None


def _plain(table: Table, own: str | None) -> Decimal | Expression | None:
    if not table.has("expression"):
        number = table.number("limit")
        if number is not None and number < 0:
            table.fault("negative", "limit", f"A limit of {number}.", "Give 0 or more.")
            return None
        return number
    text = table.text("expression")
    low = table.number("not_less_than", needed=False)
    high = table.number("not_more_than", needed=False)
    step = table.number("rounded_to", needed=False)
    if step is not None and step <= 0:
        table.fault("negative", "rounded_to", f"`rounded_to` is {step}.", "Give a step above 0, such as 0.1.")
        step = None
    if text is None:
        return None
    try:
        expression = Expression.parse(text, low, high, step)
    except ValueError as error:
        table.fault("bad_expression", "expression", f"{error}.", "Use + - * / ( ) numbers and measures.")
        return None
    known = usable(own)
    if unknown := sorted(expression.names - set(known)):
        reason = f"{', '.join(unknown)}: no measure that an expression here may use."
        table.fault("unknown_measure", "expression", reason, f"Known are {', '.join(known)}.")
    if low is not None and high is not None and low > high:
        table.fault("bad_expression", "not_more_than", f"{high} is below {low}.", "Correct the bounds.")
    return expression


def _bands(table: Table, own: str | None) -> Bands | None:
    by = table.word("by", usable(own))
    rows: list[tuple[Interval, Decimal | Expression]] = []
    for item in table.tables("bands"):
        interval, limit = read_interval(item), None
        if item.has("bands") or item.has("limit") == item.has("expression"):
            item.fault("no_limit", "", "A band has one limit.", "Give limit or expression.")
        else:
            limit = _plain(item, own)
        item.done()
        if interval is None or limit is None:
            continue
        if rows and not follows(item, rows[-1][0], interval):
            continue
        rows.append((interval, limit))
    return Bands(by, tuple(rows)) if by and rows else None


def read_interval(item: Table) -> Interval | None:
    """The key `interval` of a band."""
    text = item.text("interval")
    try:
        return None if text is None else Interval.parse(text)
    except ValueError as error:
        item.fault("bad_interval", "interval", f"{error}.", "Correct the interval.")
        return None


def follows(item: Table, last: Interval, interval: Interval) -> bool:
    """Whether a band begins exactly where the band before it ends."""
    if last.high is not None and interval.low == last.high and interval.low_inside != last.high_inside:
        return True
    gap = last.high is not None and (
        interval.low > last.high
        or (interval.low == last.high and not interval.low_inside and not last.high_inside)
    )
    if gap:
        reason, remedy = (
            f"Between {last} and {interval} there is a hole.",
            "Close the hole; one end is inside.",
        )
    else:
        reason, remedy = f"{interval} overlaps {last} or stands before it.", "Give bands in order, apart."
    item.fault("band_gap" if gap else "band_overlap", "interval", reason, remedy)
    return False
