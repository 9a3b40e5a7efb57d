"""Reading where a provision applies, and what it says of how its measure is taken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gis.measures import Measure
from gis.proposal.element import MAX_CARS, ROOMS
from gis.proposal.storey import STOREY_KINDS, USES
from gis.rulebook.limit import Interval
from gis.rulebook.limit_reading import usable
from gis.rulebook.provision import EDGE_SORTS, ORIENTATIONS, When, Where
from gis.rulebook.table import Table


def read_where(table: Table, measure: Measure | None) -> Where:
    """The keys `edges` and `where` of a provision."""
    of_edges = measure is not None and measure.subject == "edge"
    of_objects = measure is not None and measure.objects
    edges = table.word_list("edges", EDGE_SORTS, needed=of_edges)
    if edges and not of_edges:
        table.fault("edges_not_asked", "edges", f"{_name(measure)} has no edges.", "Remove `edges`.")
    if not table.has("where"):
        if of_objects:
            table.fault(
                "missing_key", "where", f"{_name(measure)} asks about objects.", "Name them in where.overlay."
            )
        return Where(edges=edges)
    where = table.table("where")
    limited = table.data.get("relation") in ("at_most", "at_least")
    own = measure.name if measure and limited else None  # a clause in words may ask about its own measure
    found = Where(
        edges=edges,
        orientation=where.word_list("orientation", ORIENTATIONS, needed=False),
        street_class=where.word_list("street_class", needed=False),
        overlay=where.word_list("overlay", needed=of_objects),
        uses=_of_storeys(where, "uses", USES, measure),
        storey_kinds=_of_storeys(where, "storey_kinds", STOREY_KINDS, measure),
        attributes=tuple(_attributes(where, of_objects=of_objects)),
        when=tuple(_when(where, own)),
        rooms=_rooms(where, "rooms", measure),
        facing=_rooms(where, "facing", measure),
        cars=_cars(where, measure),
        of_class=_of_class(where, measure),
    )
    where.done()
    return found


def _name(measure: Measure | None) -> str:
    return measure.name if measure else "This measure"


def _of_storeys(where: Table, key: str, known: tuple[str, ...], measure: Measure | None) -> tuple[str, ...]:
    """The uses or kinds of storeys that a measure of storeys asks about."""
    found = where.word_list(key, known, needed=False)
    if found and (measure is None or key not in measure.narrowed):
        where.fault(f"{key}_not_asked", key, f"{_name(measure)} asks about no storeys.", f"Remove `{key}`.")
    return found


def _attributes(where: Table, *, of_objects: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not where.has("attributes"):
        return
    if not of_objects:
        reason = "Only a measure of objects of the map asks for their attributes."
        where.fault("attributes_not_asked", "attributes", reason, "Remove `attributes`.")
    named = where.table("attributes")
    for name in named.data:
        values = named.word_list(name)
        for value in values:
            _refuse_bad_interval(named, name, value)
        yield name, values
    named.done()


def _refuse_bad_interval(table: Table, key: str, text: str) -> None:
    """A value that begins like an interval must be one."""
    if text[:1] in {"[", "("} or not text:
        try:
            Interval.parse(text)
        except ValueError as error:
            table.fault("bad_interval", key, f"{error}.", "Correct the interval.")


def _rooms(where: Table, key: str, measure: Measure | None) -> tuple[str, ...]:
    """Sorts of rooms, for measures of what serves a room."""
    rooms = where.word_list(key, ROOMS, needed=False)
    asked = measure is not None and key in measure.narrowed
    if rooms and not asked:
        where.fault(f"{key}_not_asked", key, f"{_name(measure)} has no such rooms.", f"Remove `{key}`.")
    return rooms


def _cars(where: Table, measure: Measure | None) -> tuple[int, ...]:
    """Numbers of cars, for measures of parking spaces."""
    given = where.take("cars", list, "numbers of cars such as [1, 2]", needed=False) or []
    if given and (measure is None or "cars" not in measure.narrowed):
        where.fault("cars_not_asked", "cars", f"{_name(measure)} has no cars.", "Remove `cars`.")
    if not all(isinstance(n, int) and not isinstance(n, bool) and 1 <= n <= MAX_CARS for n in given):
        where.fault(
            "wrong_type", "cars", f"`cars` is {given!r}.", f"Give whole numbers from 1 to {MAX_CARS}."
        )
        return ()
    return tuple(sorted(set(given)))


def _of_class(where: Table, measure: Measure | None) -> str | None:
    """How many of the two streets at a corner are of a class of `street_class`."""
    of_corners = measure is not None and measure.subject == "corner"
    asked = of_corners and where.has("street_class")
    if where.has("of_class") and not asked:
        reason = "Only a measure of corners with `street_class` asks how many of its streets are of it."
        where.fault("of_class_not_asked", "of_class", reason, "Remove `of_class`.")
    return where.word("of_class", ("both", "one", "none"), needed=asked)


def _when(where: Table, own: str | None) -> Iterator[When]:
    for item in where.tables("when", needed=False):
        name = item.word("measure", usable(own))
        interval = read_interval(item)
        item.done()
        if name and interval:
            yield When(name, interval)


def read_interval(table: Table) -> Interval | None:
    """The key `interval`, such as "[2, inf)"."""
    text = table.text("interval")
    if not text:
        return None
    try:
        return Interval.parse(text)
    except ValueError as error:
        table.fault("bad_interval", "interval", f"{error}.", "Correct the interval.")
        return None


def read_options(table: Table, measure: Measure | None) -> dict[str, Decimal | str]:
    """The key `with`: how the measure is taken; each option as the measure declares it."""
    declared = measure.options if measure else {}
    if not declared:
        if table.has("with"):
            table.take("with", object, "", needed=False)
            table.fault("options_not_asked", "with", f"{_name(measure)} has no options.", "Remove `with`.")
        return {}
    if not table.has("with") and not any(option.needed for option in declared.values()):
        return {}
    given = table.table("with")
    found: dict[str, Decimal | str] = {}
    for name, option in declared.items():
        needed = option.needed or given.has(option.needed_with)
        if option.attribute:
            value: Decimal | str | None = given.text(name, needed=needed)
        elif option.words:
            value = given.word(name, option.words, needed=needed)
        else:
            value = given.number(name, needed=needed)
        if isinstance(value, Decimal) and value < 0:
            given.fault("negative", name, f"`{name}` is {value}.", "Give 0 or more.")
        elif isinstance(value, Decimal) and value >= option.below:
            given.fault("too_large", name, f"`{name}` is {value}.", f"Give less than {option.below:g}.")
        elif value is not None:
            found[name] = value
    given.done()
    return found
