"""Sentences on where a building stands in its lot, what it may take past its depth, the plane of light."""

from __future__ import annotations

from collections.abc import Sequence

from gis.edges import Edge
from gis.measures.mass import MassAxis
from gis.rule import Rule
from gis.vocabulary import EDGE_WORDS
from gis.words import Words, figure, limit_amount, listed


def plane_words(rule: Rule, edge: Words) -> Words:
    """What is measured of a plane of light at one boundary."""
    angle = figure(rule.value.option("angle"))
    return Words(
        f"ارتفاع برخورد صفحهٔ نور {angle.fa} درجهٔ روی ساختمان با {edge.fa}",
        f"height at which the {angle.en}° plane of light over the building meets {edge.en}",
    )


def end_text(axis: MassAxis) -> Words:
    """At which end of its lot a building stands."""
    if axis.rear:
        return Words(
            "ساختمان در انتهای زمین می‌ایستد و حیاط رو به گذر است.",
            "The building stands at the rear of the lot, its yard at the street.",
        )
    return Words(
        "ساختمان روی بر گذر می‌ایستد و حیاط پشت آن است.",
        "The building stands on the street line, its yard behind it.",
    )


def offer_text(rule: Rule) -> Words | None:
    """What the law adds to the depth, and for what; None where it adds nothing."""
    if "extension" not in rule.value.options:
        return None
    more = limit_amount(rule.value.option("extension"), "m", "at_most")
    cut = figure(rule.value.option("cut"))
    return Words(
        f"{more.fa} بیشتر هم می‌شود، اگر گوشه‌های رو به همسایه با زاویهٔ {cut.fa} درجه پخ شود، "
        "یا همسایه رضایت محضری بدهد، یا خود تا همان عمق ساخته باشد.",
        f"{more.en} more are allowed where the corners towards the neighbours are cut at {cut.en}°, "
        "or the neighbour consents before a notary, or has built to that depth already.",
    )


def granted_text(rule: Rule) -> Words:
    """Why a mass past its depth is lawful."""
    more = limit_amount(rule.value.option("extension"), "m", "at_most")
    return Words(
        f"{more.fa} از این اندازه برای آن است که ساختمان حق همسایه‌ها را رعایت می‌کند.",
        f"{more.en} of that are allowed because the building keeps clear of the neighbours.",
    )


def refused_text(rule: Rule, edges: Sequence[Edge]) -> Words:
    """At which boundaries a mass past its depth keeps too close, and what the law would add to its depth."""
    names = {EDGE_WORDS[edge.kind] for edge in edges}
    where = listed(sorted(names, key=lambda words: words.en))
    held = Words(
        f"گوشهٔ ساختمان در {where.fa} پخ نشده است.",
        f"Its corner at {where.en} is not cut.",
    )
    offer = offer_text(rule)
    return held.then(offer) if offer else held


def raised_text(area: float) -> Words:
    """How much of a limit of coverage is the strip past the depth."""
    metres = limit_amount(area, "m2", "at_most")
    return Words(
        f"{metres.fa} از این مقدار برای پیش‌روی مجاز در حیاط است.",
        f"{metres.en} of that are for the strip that the building may take of its yard.",
    )
