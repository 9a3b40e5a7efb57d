"""Which projections stand out over the street, and before which edge each does."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

from gis.edge_text import street_line
from gis.edges import Edge
from gis.facts import Facts
from gis.lot import Lot
from gis.measures.projections import Overhang
from gis.missing import Missing
from gis.proposal import Projection
from gis.rule import Rule
from gis.subject import Asked, Subject, Things
from gis.vocabulary import level_words
from gis.words import Words

_BY_EDGE: Final = frozenset({"projection_depth", "projection_share", "projection_side"})
"""Measures that ask which edge a projection stands before."""
_OVER_CORNER: Final = Missing(
    "judgement",
    "projection_place",
    said=Words(
        "این پیش‌آمدگی روی گوشه است و از بیش از یک بر گذر بیرون می‌زند؛ نیازمند نظر کارشناس شهرسازی است.",
        "This projection stands over a corner, beyond more than one street line; "
        "it needs the judgement of the planning reviewer.",
    ),
)
_OVER_NEIGHBOUR: Final = Missing(
    "judgement",
    "projection_place",
    said=Words(
        "این پیش‌آمدگی یک‌تکه از بر گذر و از مرز همسایه بیرون می‌زند؛ نیازمند نظر کارشناس شهرسازی است.",
        "This projection stands in one piece over the street and over a neighbour's boundary; "
        "it needs the judgement of the planning reviewer.",
    ),
)
_NO_EDGE: Final = Missing("fact", "edge")


def standing_out(rule: Rule, facts: Facts, drawn: Things) -> Things | Missing | Words:
    """The drawn projections that stand out over a street, each before its edge; why there are none.

    What stands out over a neighbour's boundary alone is no projection over the street: the setbacks, or the
    question whether the building keeps to its own land, tell of it. Of a boundary of unknown kind nobody
    knows whether it is street. All projections of one level before one edge are one thing for their share.
    """
    measure = rule.provision.measure
    placed = [found for thing in drawn if (found := _placed(thing, facts, by_edge=measure in _BY_EDGE))]
    if not placed:
        return Words("هیچ پیش‌آمدگی از بر زمین بیرون نمی‌زند.", "No projection stands out over the street.")
    if measure == "projection_share":
        return _by_level(placed)
    if measure == "closed_projection":
        closed = tuple(asked for asked in placed if _item(asked).closed)
        return closed or Words(
            "هیچ پیش‌آمدگی بسته‌ای از بر زمین بیرون نمی‌زند.",
            "No closed projection stands out over the street.",
        )
    return tuple(placed)


def _item(asked: Asked) -> Projection:
    return cast("Projection", asked.subject.item)


def _placed(thing: Asked, facts: Facts, *, by_edge: bool) -> Asked | None:
    """A projection with its edge, or with what keeps that open; None where it is over no street."""
    lot, found = facts.site.lot, facts.overhangs(_item(thing))
    over = [one for one in found if any(edge.kind in {"street", "unknown"} for edge in one.edges)]
    if not over:
        return None
    streets = sorted(
        {edge.index: edge for one in over for edge in one.edges if edge.kind == "street"}.values(),
        key=lambda edge: (edge.street_width or 0.0, edge.index),
    )
    held = (_held(over, streets) if by_edge or not streets else None) or _unwidened(lot, streets)
    return replace(thing, edge=streets[0] if streets else None, held=held)


def _unwidened(lot: Lot, streets: list[Edge]) -> Missing | None:
    """What must be known where a widening may still move the street line inwards, and so more stands out."""
    laws = [edge.street and (edge.street.right_of_way or edge.street.law_width) for edge in streets]
    return None if lot.widening.known or all(laws) else Missing("fact", "widening")


def _held(over: list[Overhang], streets: list[Edge]) -> Missing | None:
    kinds = {edge.kind for one in over for edge in one.edges}
    if "unknown" in kinds:
        return _NO_EDGE
    if len(streets) > 1:
        return _OVER_CORNER
    return None if kinds == {"street"} else _OVER_NEIGHBOUR


def _by_level(placed: list[Asked]) -> Things:
    """Projections of one level before one edge together, held by what holds any of them."""
    groups: dict[tuple[int, int], list[Asked]] = {}
    for asked in placed:
        index = asked.edge.index if asked.edge else -1
        groups.setdefault((_item(asked).level, index), []).append(asked)
    return tuple(_group(level, group) for (level, _), group in sorted(groups.items()))


def _group(level: int, group: list[Asked]) -> Asked:
    edge, place = group[0].edge, level_words(level)
    line = street_line(edge) if edge else Words("بر گذر", "the street line")
    words = Words(
        f"پیش‌آمدگی‌های {place.fa} روی {line.fa}",
        f"the projections {place.en} over {line.en}",
    )
    items = tuple(asked.subject.item for asked in group)
    ref = "+".join(asked.subject.ref for asked in group)
    held = next((asked.held for asked in group if asked.held), None)
    return Asked(Subject("projection", ref, words, items), edge, held)
