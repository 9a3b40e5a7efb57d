"""Formulas and bands of the law in plain words."""

from __future__ import annotations

import re
from typing import Final

from gis.measures import MEASURES
from gis.rulebook.limit import Expression, Interval
from gis.words import Words, amount, figure

_UNITS: Final = {"m": ("متر", "metres"), "m2": ("متر مربع", "m²"), "storeys": ("طبقه", "storeys")}


def formula_text(expression: Expression, unit: str) -> Words:
    """The arithmetic with the names that people use, and the unit of its result.

    >>> formula_text(Expression.parse("0.4 * depth - 2"), "m").en
    '(0.4 × depth of the lot − 2) metres'
    """

    def fa(found: re.Match[str]) -> str:
        return f"«{MEASURES[found[0]].title.fa}»" if found[0] in MEASURES else figure(float(found[0]), 4).fa

    def en(found: re.Match[str]) -> str:
        return MEASURES[found[0]].title.en if found[0] in MEASURES else found[0]

    text = expression.text.replace("*", "×").replace("/", "÷").replace("-", "−")
    names = r"[a-z_]+|[0-9.]+"
    of_fa, of_en = _UNITS.get(unit, ("", ""))
    words = Words(
        f"({re.sub(names, fa, text)}) {of_fa}".rstrip(), f"({re.sub(names, en, text)}) {of_en}".rstrip()
    )
    if expression.not_less_than:
        low = figure(float(expression.not_less_than))
        words = Words(f"{words.fa} (و نه کمتر از {low.fa})", f"{words.en} (and not less than {low.en})")
    if expression.not_more_than is not None:
        high = figure(float(expression.not_more_than))
        words = Words(f"{words.fa} (و نه بیشتر از {high.fa})", f"{words.en} (and not more than {high.en})")
    return words


def when_text(interval: Interval, measure: str) -> Words:
    """When a band holds, as people say it.

    >>> when_text(Interval.parse("[0, 5]"), "storeys").en
    'For a building of up to 5 storeys'
    >>> when_text(Interval.parse("(200, 300]"), "lot_area").fa
    'اگر مساحت زمین پس از اصلاحی بیش از ۲۰۰ و تا ۳۰۰ متر مربع باشد'
    >>> when_text(Interval.parse("[9, inf)"), "street_width").en
    'If the street width is 9 m or more'
    """
    within = _interval(interval, MEASURES[measure].unit)
    if measure == "storeys":
        fa, en = within.fa.removeprefix("از "), within.en.removeprefix("from ")
        return Words(f"برای ساختمان {fa}", f"For a building of {en}")
    title = MEASURES[measure].title
    return Words(f"اگر {title.fa} {within.fa} باشد", f"If the {title.en} is {within.en}")


def _interval(interval: Interval, unit: str) -> Words:
    """A band in words: "from 100 to 200 m²", "up to 5 storeys", "more than 300 m²"."""
    low = amount(float(interval.low), unit)
    if interval.high is None:
        return Words(
            f"{low.fa} یا بیشتر" if interval.low_inside else f"بیش از {low.fa}",
            f"{low.en} or more" if interval.low_inside else f"more than {low.en}",
        )
    high, bare_low = amount(float(interval.high), unit), figure(float(interval.low))
    if interval.low == interval.high:
        return high
    if interval.low == 0:
        if interval.high_inside:
            return Words(f"تا {high.fa}", f"up to {high.en}")
        return Words(f"کمتر از {high.fa}", f"under {high.en}")
    if interval.low_inside:
        end = Words("", "") if interval.high_inside else Words("کمتر از ", "under ")
        return Words(f"از {bare_low.fa} تا {end.fa}{high.fa}", f"from {bare_low.en} to {end.en}{high.en}")
    end = Words("تا ", "up to ") if interval.high_inside else Words("کمتر از ", "under ")
    return Words(
        f"بیش از {bare_low.fa} و {end.fa}{high.fa}", f"more than {bare_low.en} and {end.en}{high.en}"
    )
