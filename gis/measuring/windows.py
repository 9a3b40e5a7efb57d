"""What a rule asks of a window: the window that faces it, the neighbour's boundary that it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shapely import LineString

from gis.edges import Edge
from gis.facts import Facts
from gis.found import Found
from gis.measures.windows import Outlook, facing, outlooks, window_distance
from gis.measuring.measuring import Measuring
from gis.missing import DESIGNER, Missing
from gis.precision import at_least
from gis.proposal import Window
from gis.rule import Rule
from gis.words import Words, amount

_REACH: Final = 2.0
"""Windows that face each other are looked for up to so many times the distance that the law asks for."""
_FAR: Final = 20.0
"""Metres, where the law's own distance is not known."""
_NO_WALL: Final = Missing("fact", "window_wall", DESIGNER)
_NO_UNIT: Final = Missing("fact", "window_unit", DESIGNER)
_NO_SILL: Final = Missing("fact", "window_sill", DESIGNER)


def _windows(facts: Facts) -> tuple[Window, ...]:
    return (facts.proposal.elements.windows if facts.proposal else None) or ()


def _outlooks(facts: Facts) -> tuple[Outlook | None, ...]:
    storeys = facts.proposal.storeys if facts.proposal else ()
    return facts.once("outlooks", lambda: outlooks(_windows(facts), storeys))


def _number(rule: Rule) -> int:
    """The place of the window asked about among the windows drawn."""
    assert rule.about is not None  # noqa: S101 - the rule asks about one window
    return int(rule.about.ref) - 1


def _keeps(found: Found, limit: float | None) -> bool:
    return limit is None or at_least(found.value, limit, "m")


def _facing(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """The nearest window of another dwelling that faces it.

    A window whose dwelling or wall is not known counts as one of another dwelling where it is far enough;
    where it is nearer, somebody must say.
    """
    n, looks = _number(rule), _outlooks(facts)
    window, look = _windows(facts)[n], looks[n]
    if look is None:
        return _NO_WALL
    limit = rule.limit.mild if rule.limit else None
    reach = limit * _REACH if limit else _FAR
    rooms = rule.provision.where.facing
    others = [
        m
        for m, other in enumerate(_windows(facts))
        if m != n
        and other.level == window.level
        and (not rooms or other.room in rooms)
        and (None in {other.unit, window.unit} or other.unit != window.unit)
    ]
    nearest: Found | None = None
    held: Missing | None = None
    for other, found in facing(look, [seen for m in others if (seen := looks[m]) is not None], reach):
        if None in {other.window.unit, window.unit} and not _keeps(found, limit):
            held = held or _NO_UNIT
        elif nearest is None or found.value < nearest.value:
            nearest = found
    if nearest is not None and not _keeps(nearest, limit):
        return nearest
    lost = [_windows(facts)[m].line for m in others if looks[m] is None]
    if held is None and any(not _keeps(Found(float(window.line.distance(line))), limit) for line in lost):
        held = _NO_WALL
    if held is not None or nearest is not None:
        return held or nearest or _NO_WALL
    far = amount(reach, "m")
    return Words(
        f"تا {far.fa} هیچ پنجره‌ای از واحد دیگر روبه‌روی آن نیست.",
        f"No window of another dwelling faces it within {far.en}.",
    )


def _distance(rule: Rule, facts: Facts) -> Found | Missing | Words:
    """The neighbour's boundary straight before the window; a high sill may look at nobody."""
    n = _number(rule)
    window, look = _windows(facts)[n], _outlooks(facts)[n]
    least = rule.value.options.get("sill")
    if least is not None and window.sill is not None and at_least(window.sill, float(least), "m"):
        sill = amount(float(least), "m")
        return Words(
            f"لبهٔ زیرین آن {sill.fa} یا بیشتر از کف بالاتر است.",
            f"Its sill is {sill.en} or more above the floor.",
        )
    if look is None:
        return _NO_WALL
    sure, unsure, missing = _boundary(facts)
    west, south, east, north = facts.site.lot.after.bounds
    reach = 2 * (east - west + north - south)
    limit = rule.limit.mild if rule.limit else None
    found, may_be = window_distance(look, sure, reach), window_distance(look, unsure, reach)
    if may_be is not None and (found is None or may_be.value < found.value):
        if _keeps(may_be, limit):
            found = may_be
        elif found is None or _keeps(found, limit):
            return missing
    if found is None:
        return Words("روبه‌روی آن مرز همسایه نیست.", "It looks at no neighbour's boundary.")
    if least is not None and window.sill is None and not _keeps(found, limit):
        return _NO_SILL
    return found


def _boundary(facts: Facts) -> tuple[list[LineString], list[LineString], Missing]:
    """The boundary with neighbours, what else may be such a boundary, and what would tell.

    Where streets are not completely known, a neighbour's parcel may be street itself.
    """
    site = facts.site
    streets = site.unread("streets")

    def is_sure(edge: Edge) -> bool:
        return edge.kind in {"side", "rear"} and (streets is None or edge.evidence == "officer")

    sure = [edge.line for edge in site.lot.edges if is_sure(edge)]
    unsure = [edge.line for edge in site.lot.edges if edge.kind != "street" and not is_sure(edge)]
    return sure, unsure, streets or site.unread("parcels") or Missing("fact", "edge")


MEASURING: Final[Mapping[str, Measuring]] = MappingProxyType(
    {"facing_distance": Measuring(_facing), "window_distance": Measuring(_distance)}
)
