"""From TOML to provisions: everything that cannot be law is refused with place, reason and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from gis.measures import MEASURES, Measure
from gis.proposal import USES
from gis.rulebook.citation import Citation, Instrument
from gis.rulebook.limit import Bands, Expression, Interval, Limit
from gis.rulebook.provision import (
    BASES,
    EDGE_SORTS,
    ORIENTATIONS,
    RELATIONS,
    Condition,
    Provision,
    Value,
    Where,
)
from gis.rulebook.table import Table

_ORDERED: Final = tuple(name for name, measure in MEASURES.items() if measure.ordered)
_NUMERIC: Final = ("at_most", "at_least")


def read_instruments(top: Table) -> dict[str, Instrument]:
    """The instruments of citations.toml by id."""
    instruments = {}
    for id_ in top.data:
        table = top.table(id_)
        title, authority = table.words("title"), table.words("authority")
        number, published = table.text("number"), table.day("published")
        source, note = table.text("source", needed=False), table.text("note", needed=False)
        table.done()
        if title and authority and number and published:
            instruments[id_] = Instrument(id_, title, number, authority, published, source, note)
    return instruments


def read_cite(table: Table, instruments: Mapping[str, Instrument], since: date | None) -> Citation | None:
    """The key `cite` = "instrument#article"; no effect before the instrument was published."""
    text = table.text("cite")
    if text is None:
        return None
    id_, mark, article = text.partition("#")
    if not mark or not article.strip():
        table.fault("bad_cite", "cite", f'"{text}" names no article.', 'Write "instrument#article".')
        return None
    instrument = instruments.get(id_)
    if instrument is None:
        table.fault(
            "unknown_instrument",
            "cite",
            f'There is no instrument "{id_}" in citations.toml.',
            f"Known are {', '.join(sorted(instruments)) or 'none'}; add it or correct the name.",
        )
        return None
    if since is not None and since < instrument.published:
        table.fault(
            "before_publication",
            "from",
            f"In force from {since}, but {id_} was published on {instrument.published}.",
            "No law has effect before its publication; correct the day or the citation.",
        )
    return Citation(instrument, article.strip())


def read_provision(table: Table, instruments: Mapping[str, Instrument]) -> Provision | None:
    """One [[provision]] with its values in order of days."""
    id_ = table.text("id")
    if id_ and not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", id_):
        table.fault("bad_id", "id", f'"{id_}" is no id.', "Use small letters, digits, dots and dashes.")
    title = table.words("title")
    name = table.word("measure", tuple(MEASURES))
    relation = table.word("relation", RELATIONS)
    unit = table.text("unit")
    zones = table.word_list("zones")
    measure = MEASURES.get(name or "")
    where = _where(table, measure)
    if measure and unit and unit != measure.unit:
        table.fault(
            "wrong_unit",
            "unit",
            f'The unit of {measure.name} is "{measure.unit}", not "{unit}".',
            f'Write unit = "{measure.unit}" and convert the limits.',
        )
    if (
        measure
        and relation
        and (relation == "one_of") != (measure.unit == "use")
        and relation in {*_NUMERIC, "one_of"}
    ):
        table.fault(
            "wrong_relation",
            "relation",
            f"`{relation}` cannot be asked of {measure.name}.",
            "Use at_most or at_least for numbers, one_of for uses.",
        )
        relation = None
    values: list[Value] = []
    for item in table.tables("value"):
        value = _value(item, measure, relation, instruments)
        if value and values and value.since <= values[-1].since:
            item.fault(
                "days_out_of_order",
                "from",
                f"{value.since} does not come after {values[-1].since}.",
                "Give the values in order of days, each day once.",
            )
        if value:
            values.append(value)
    table.done()
    if not (id_ and title and measure and relation and unit and zones and values):
        return None
    return Provision(id_, title, measure.name, cast("Any", relation), unit, zones, where, tuple(values))


def _where(table: Table, measure: Measure | None) -> Where:
    of_edges = measure is not None and measure.subject == "edge"
    edges = table.word_list("edges", EDGE_SORTS, needed=of_edges)
    if edges and not of_edges:
        table.fault("edges_not_asked", "edges", "Only a setback has edges.", "Remove `edges`.")
    if not table.has("where"):
        return Where(edges=edges)
    where = table.table("where")
    found = Where(
        edges=edges,
        orientation=where.word_list("orientation", ORIENTATIONS, needed=False),
        street_class=where.word_list("street_class", needed=False),
        overlay=where.word_list("overlay", needed=False),
    )
    where.done()
    return found


def _value(
    table: Table, measure: Measure | None, relation: str | None, instruments: Mapping[str, Instrument]
) -> Value | None:
    since = table.day("from")
    cite = read_cite(table, instruments, since)
    parts: dict[str, Any] = {"repealed": table.flag("repealed")}
    if parts["repealed"]:
        pass
    elif relation in _NUMERIC:
        parts |= _numeric(table, measure, instruments, since)
    elif relation == "one_of":
        parts["permitted"] = table.word_list("permitted", USES)
        parts["conditional"] = table.word_list("conditional", USES, needed=False)
        parts["body"] = table.words("body", needed=bool(parts["conditional"]))
        for use in set(parts["permitted"]) & set(parts["conditional"]):
            table.fault("repeated", "conditional", f'"{use}" is also permitted.', "Name it in one list.")
    elif relation == "discretion":
        parts["text"] = table.words("text")
    elif relation == "inquiry":
        parts["body"] = table.words("agency")
        parts["text"] = table.words("text", needed=False)
    if relation is not None:
        table.done()
    return Value(since, cite, **parts) if since and cite else None


def _numeric(
    table: Table, measure: Measure | None, instruments: Mapping[str, Instrument], since: date | None
) -> dict[str, Any]:
    parts: dict[str, Any] = {"limit": read_limit(table, measure.name if measure else None)}
    base = table.word("base", BASES, needed=bool(measure and measure.related))
    if base and measure and not measure.related and (measure.name, base) != ("setback", "before"):
        table.fault("base_not_asked", "base", f"{measure.name} has no such base.", "Remove `base`.")
    parts["base"] = base
    tolerance = table.number("tolerance", needed=False)
    if tolerance is not None and tolerance < 0:
        table.fault("negative", "tolerance", f"A tolerance of {tolerance}.", "Give 0 or more.")
    if tolerance and measure and measure.subject != "lot":
        table.fault(
            "design_forgiven",
            "tolerance",
            f"A tolerance on {measure.name}: what is proposed is forgiven nothing.",
            "Remove it; a tolerance forgives the survey of the land, such as lot_area or frontage.",
        )
    parts["tolerance"] = tolerance or Decimal(0)
    conditions = []
    for item in table.tables("less_one_for_each_unmet", needed=False):
        name = item.word("measure", tuple(n for n in _ORDERED if not measure or n != measure.name))
        relation = item.word("relation", _NUMERIC)
        limit, cite = read_limit(item, name), read_cite(item, instruments, since)
        item.done()
        if name and relation and limit is not None and cite:
            conditions.append(Condition(name, cast("Any", relation), limit, cite))
    if conditions and measure and measure.unit != "storeys":
        table.fault(
            "cannot_lose_one",
            "less_one_for_each_unmet",
            f"One cannot be taken off a limit in {measure.unit}.",
            "Use it with storeys.",
        )
    parts["less_one"] = tuple(conditions)
    return parts


def read_limit(table: Table, own: str | None) -> Limit | None:
    """Exactly one of `limit`, `expression`, `bands` with `by`; `own` is the measure that is limited."""
    given = [key for key in ("limit", "expression", "bands") if table.has(key)]
    if len(given) != 1:
        what = "no limit" if not given else f"several limits ({', '.join(given)})"
        table.fault(
            "no_limit", "", f"The value has {what}.", "Give one of limit, expression, bands or repealed."
        )
        for key in ("limit", "expression", "bands", "by", "not_less_than", "not_more_than"):
            table.take(key, object, "", needed=False)
        return None
    return _bands(table, own) if given == ["bands"] else _plain(table, own)


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
    if text is None:
        return None
    try:
        expression = Expression.parse(text, low, high)
    except ValueError as error:
        table.fault("bad_expression", "expression", f"{error}.", "Use + - * / ( ) numbers and measures.")
        return None
    known = [name for name in _ORDERED if name != own]
    if unknown := sorted(expression.names - set(known)):
        reason = f"{', '.join(unknown)}: no measure that an expression here may use."
        table.fault("unknown_measure", "expression", reason, f"Known are {', '.join(known)}.")
    if low is not None and high is not None and low > high:
        table.fault("bad_expression", "not_more_than", f"{high} is below {low}.", "Correct the bounds.")
    return expression


def _bands(table: Table, own: str | None) -> Bands | None:
    by = table.word("by", tuple(name for name in _ORDERED if name != own))
    rows: list[tuple[Interval, Decimal | Expression]] = []
    for item in table.tables("bands"):
        text, limit = item.text("interval"), None
        if item.has("bands") or item.has("limit") == item.has("expression"):
            item.fault("no_limit", "", "A band has one limit.", "Give limit or expression.")
        else:
            limit = _plain(item, own)
        item.done()
        if text is None or limit is None:
            continue
        try:
            interval = Interval.parse(text)
        except ValueError as error:
            item.fault("bad_interval", "interval", f"{error}.", "Correct the interval.")
            continue
        if rows and not _follows(item, rows[-1][0], interval):
            continue
        rows.append((interval, limit))
    return Bands(by, tuple(rows)) if by and rows else None


def _follows(item: Table, last: Interval, interval: Interval) -> bool:
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
