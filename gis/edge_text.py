"""The edges of a lot as people call them; the line after a widening as one that lies behind today's wall."""

from __future__ import annotations

from typing import Final

from gis.edges import Edge
from gis.lot import Lot
from gis.measures.land import strip_depth
from gis.precision import noise
from gis.rule import Rule
from gis.vocabulary import EDGE_WORDS
from gis.words import Words, limit_amount, listed

_LINE: Final = Words("بر", "the street line")
_CORRECTED: Final = Words("بر اصلاحی", "the corrected street line")
"""The street line of a lot that a widening has moved."""


def edge_words(rule: Rule) -> Words:
    """The edge of a rule by its kind, a street by its name."""
    edge = rule.edge
    if edge is None:
        sorts = [EDGE_WORDS[sort] for sort in rule.provision.where.edges]
        return listed(sorts) if sorts else Words("مرز", "the boundary")
    return street_line(edge)


def street_line(edge: Edge) -> Words:
    """An edge by its kind, a street line with the name of its street."""
    return _on_street(_LINE, edge) or EDGE_WORDS[edge.kind]


def line_words(rule: Rule, lot: Lot) -> Words:
    """The edge of a rule for who sees only today's wall: how far behind it a widening has moved the line."""
    edge = rule.edge
    if edge is None or edge.kind != "street" or (behind := strip_depth(lot, edge)) <= noise("m"):
        return edge_words(rule)
    line, metres = _on_street(_CORRECTED, edge) or _CORRECTED, limit_amount(behind, "m", "at_least")
    least = Words("", "") if lot.widening.known else Words("دست‌کم ", "at least ")
    return Words(
        f"{line.fa} ({least.fa}{metres.fa} عقب‌تر از مرز امروز)",
        f"{line.en} ({least.en}{metres.en} behind today's boundary)",
    )


def _on_street(line: Words, edge: Edge) -> Words | None:
    """A street line with the name of its street; None where it has none."""
    if edge.kind != "street" or edge.street is None or not edge.street.name:
        return None
    return Words(f"{line.fa} «{edge.street.name}»", f"{line.en} of “{edge.street.name}”")
