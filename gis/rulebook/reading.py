"""From TOML to provisions: everything that cannot be law is refused with place, reason and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from gis.measures import MEASURES, Measure
from gis.proposal import USES
from gis.rulebook.citation import Citation, Instrument
from gis.rulebook.limit_reading import read_limit, usable
from gis.rulebook.object_reading import limit_of, read_keeper, read_replaces, refuse_far
from gis.rulebook.place_reading import read_interval, read_options, read_where
from gis.rulebook.provision import BASES, OFS, RELATIONS, Bonus, Condition, Of, Provision, Value, Where
from gis.rulebook.table import Table
from gis.rulebook.tally import read_tally

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
    where, beside = read_where(table, measure), table.flag("beside")
    of = _of(table, measure)
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
    if measure and measure.only and relation in _NUMERIC and relation != measure.only:
        reason = f"`{relation}` cannot be asked of {measure.name}: what lies far off would break it."
        table.fault("wrong_relation", "relation", reason, f"Use {measure.only}.")
        relation = None
    replaces = read_replaces(table, where)
    values: list[Value] = []
    for item in table.tables("value"):
        value = _value(item, measure, relation, instruments, where)
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
    return Provision(
        id_,
        title,
        measure.name,
        cast("Any", relation),
        unit,
        zones,
        where,
        tuple(values),
        beside,
        of,
        replaces,
    )


def _of(table: Table, measure: Measure | None) -> Of:
    """The key `of`: whether it speaks of a lot to build on, or of what a division makes of it."""
    of = cast("Of | None", table.word("of", OFS, needed=False)) or "lot"
    if measure and of not in measure.of:
        table.fault(
            "of_not_asked",
            "of",
            f'{measure.name} cannot be asked of "{of}".',
            f"It is asked of {', '.join(measure.of)}.",
        )
    return of


def _value(
    table: Table,
    measure: Measure | None,
    relation: str | None,
    instruments: Mapping[str, Instrument],
    where: Where,
) -> Value | None:
    since = table.day("from")
    cite = read_cite(table, instruments, since)
    parts: dict[str, Any] = {"repealed": table.flag("repealed")}
    if parts["repealed"]:
        pass
    elif relation in _NUMERIC:
        parts |= _numeric(table, measure, instruments, since, where)
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
        if measure and measure.subject == "overlay":
            parts["within"] = table.number("within")
    if relation == "at_least" and parts.get("bonuses"):
        table.fault("no_bonus", "bonus", "More of a least is no bonus.", "Use `bonus` with at_most.")
    if relation in _NUMERIC and not parts["repealed"]:
        parts |= _measured_how(table, measure, where, parts["base"])
    if relation is not None:
        table.done()
    if since is None or cite is None:
        return None
    value = Value(since, cite, **parts)
    refuse_far(table, measure, value)
    return value


def _measured_how(table: Table, measure: Measure | None, where: Where, base: str | None) -> dict[str, Any]:
    """How the measure is taken, and who keeps what it needs of the map."""
    options = read_options(table, measure)
    if "extension" in options and base == "before_if_strip_ceded":
        table.fault(
            "base_not_asked",
            "base",
            "The strip past the depth lies in one land, before or after the widening.",
            "Write after or before.",
        )
    return {"options": options, "body": read_keeper(table, measure, where, options)}


def _numeric(
    table: Table,
    measure: Measure | None,
    instruments: Mapping[str, Instrument],
    since: date | None,
    where: Where,
) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if measure and measure.unit == "spaces" and (table.has("per_unit") or table.has("per_area")):
        parts["tally"] = read_tally(table)
    else:
        parts["limit"] = limit_of(table, measure, where)
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
        name = item.word("measure", usable(measure.name if measure else None))
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
    parts["bonuses"] = tuple(_bonuses(table, measure, instruments, since))
    return parts


def _bonuses(
    table: Table, measure: Measure | None, instruments: Mapping[str, Instrument], since: date | None
) -> Iterator[Bonus]:
    """`bonus`: what the limit gains where a measured value lies in an interval."""
    for item in table.tables("bonus", needed=False):
        name = item.word("measure", usable(measure.name if measure else None))
        interval, add = read_interval(item), item.number("add")
        cite = read_cite(item, instruments, since)
        item.done()
        if add is not None and add <= 0:
            item.fault("negative", "add", f"`add` is {add}.", "Give more than 0.")
        elif name and interval and add is not None and cite:
            yield Bonus(name, interval, add, cite)
