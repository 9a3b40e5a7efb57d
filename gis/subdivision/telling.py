"""Plain sentences of a subdivision: of which piece they are, and how pieces miss the land."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gis.precision import at_most, noise
from gis.report import Finding
from gis.subdivision.pieces import Piece
from gis.words import Words, amount

_MISSED: Final = {
    "pieces_gap": (
        Words("{0} از زمین در هیچ قطعه‌ای نیست.", "{0} of the land lie in no piece."),
        Words("همهٔ زمین میان قطعه‌ها بخش شده است.", "All of the land lies in some piece."),
    ),
    "pieces_overlap": (
        Words("{0} از زمین هم‌زمان در دو قطعه است.", "{0} of the land lie in two pieces at once."),
        Words("هیچ جای زمین در دو قطعه نیست.", "No part of the land lies in two pieces."),
    ),
    "pieces_outside": (
        Words(
            "{0} از قطعه‌ها بیرون از زمینِ پس از اصلاحی است.",
            "{0} of the pieces lie outside the land left after the widening.",
        ),
        Words("قطعه‌ها از زمین بیرون نمی‌زنند.", "The pieces do not reach beyond the land."),
    ),
}


def piece_words(piece: Piece) -> Words:
    """A piece as people call it, by the name that its owner gave it."""
    if piece.street:
        return Words(f"گذر «{piece.name}»", f"street “{piece.name}”")
    return Words(f"قطعهٔ «{piece.name}»", f"piece “{piece.name}”")


def about_piece(text: Words, piece: Piece) -> Words:
    """A sentence with the piece before it, where it does not name the piece itself."""
    name = piece_words(piece)
    if name.fa in text.fa:
        return text
    return Words(f"{name.fa}: {text.fa}", f"{name.en[:1].upper()}{name.en[1:]}: {text.en}")


def partition_text(finding: Finding) -> Finding:
    """How the pieces miss the land, or that they do not; what is undecided keeps its own sentence."""
    if not isinstance(finding.value, float) or finding.verdict not in {"complies", "violates"}:
        return finding
    missed, fits = _MISSED[finding.measure]
    if finding.value <= noise("m2"):
        return replace(finding, text=fits)
    metres = amount(finding.value, "m2")
    text = Words(missed.fa.format(metres.fa), missed.en.format(metres.en))
    limit = finding.limit if isinstance(finding.limit, float) else 0.0
    if finding.verdict == "complies" and not at_most(finding.value, limit, "m2") and finding.rule:
        given = amount(finding.rule.tolerance, "m2")
        text = text.then(
            Words(
                f"رواداری نقشه‌برداری ({given.fa}) آن را می‌پذیرد.",
                f"The tolerance of the survey, {given.en}, allows it.",
            )
        )
    return replace(finding, text=text)
