"""The edges of a lot as people call them; the line after a widening as one that lies behind today's wall."""

from __future__ import annotations

from gis.lot import Lot
from gis.measures.land import strip_depth
from gis.precision import noise
from gis.rule import Rule
from gis.vocabulary import EDGE_WORDS
from gis.words import Words, limit_amount, listed


def edge_words(rule: Rule) -> Words:
    """The edge of a rule by its kind, a street by its name."""
    edge = rule.edge
    if edge is None:
        sorts = [EDGE_WORDS[sort] for sort in rule.provision.where.edges]
        return listed(sorts) if sorts else Words("مرز", "the boundary")
    if edge.kind == "street" and edge.street is not None and edge.street.name:
        return Words(f"بر «{edge.street.name}»", f"the street line of “{edge.street.name}”")
    return EDGE_WORDS[edge.kind]


def line_words(rule: Rule, lot: Lot) -> Words:
    """The edge of a rule for who sees only today's wall: how far behind it a widening has moved the line."""
    words, edge = edge_words(rule), rule.edge
    behind = strip_depth(lot, edge) if edge is not None and edge.kind == "street" else 0.0
    if behind <= noise("m"):
        return words
    metres = limit_amount(behind, "m", "at_least")
    fa = words.fa.removeprefix("بر ")
    fa = "بر اصلاحی" if edge is None or fa == "گذر" else f"بر اصلاحی {fa}"
    least = ("", "") if lot.widening.known else ("دست‌کم ", "at least ")
    return Words(
        f"{fa} ({least[0]}{metres.fa} عقب‌تر از مرز امروز)",
        f"{words.en.replace('street line', 'corrected street line')} "
        f"({least[1]}{metres.en} behind today's boundary)",
    )
