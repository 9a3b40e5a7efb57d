"""Reading what a provision says of the objects of the map: how far, how wide, by whose record."""

from __future__ import annotations

from collections.abc import Mapping

from gis.measures import Measure
from gis.rulebook.limit import AttributeLimit, Limit
from gis.rulebook.limit_reading import read_attribute_limit, read_limit
from gis.rulebook.provision import Value, Where
from gis.rulebook.reach import FARTHEST, reach_of
from gis.rulebook.table import Table
from gis.words import Words


def read_keeper(
    table: Table, measure: Measure | None, where: Where, options: Mapping[str, object]
) -> Words | None:
    """Who keeps what the map tells of the objects asked about; needed where the law asks for it."""
    recorded = bool(where.attributes or table.has("limit_attribute") or "half_width_attribute" in options)
    if recorded or (measure and measure.objects):
        return table.words("agency", needed=recorded)
    return None


def limit_of(table: Table, measure: Measure | None, where: Where) -> Limit | AttributeLimit | None:
    """The limit of a value: in the book, or recorded with the object itself."""
    if not table.has("limit_attribute"):
        return read_limit(table, measure.name if measure else None)
    if not where.overlay:
        reason = "It takes its limit from an object of the map, and asks about none."
        table.fault("no_objects", "limit_attribute", reason, "Name the objects in where.overlay.")
    return read_attribute_limit(table)


def read_replaces(table: Table, where: Where) -> tuple[str, ...]:
    """The provisions whose place it takes, which only the law of an overlay may do."""
    names = table.word_list("replaces", needed=False)
    if names and not where.overlay:
        table.fault(
            "replaces_everywhere",
            "replaces",
            "It takes the place of other provisions wherever they hold.",
            "Name the special plan in where.overlay, or repeal the others.",
        )
    return names


def refuse_far(table: Table, measure: Measure | None, value: Value) -> None:
    """The distance in which an object may matter is bounded, and the law says how wide an object is."""
    if measure is None or not measure.objects:
        return
    counted, asked = value.options.get("counted"), ("half_width", "half_width_attribute")
    given = [name for name in (*asked, "half_width_at_most") if name in value.options]
    if counted == "from_axis" and given:
        reason = f"`{given[0]}` has no use where the distance is counted from the axis."
        table.fault("width_not_asked", "with", reason, "Remove it.")
    elif counted == "from_edge" and given not in ([asked[0]], [asked[1], "half_width_at_most"]):
        table.fault(
            "half_width_unsaid",
            "with",
            "The distance is counted from the edge, and the law does not say how far that is from the axis.",
            "Give half_width, or half_width_attribute with half_width_at_most.",
        )
    reach = reach_of(value)
    if reach is None:
        table.fault(
            "unbounded_reach",
            "",
            "Nothing bounds how far an object may lie.",
            "Give not_more_than in metres.",
        )
    elif reach > FARTHEST:
        reason, remedy = f"It asks about objects {reach:g} m away.", f"Ask within {FARTHEST:g} m."
        table.fault("too_far", "", reason, remedy)
