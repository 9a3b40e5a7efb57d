"""Formulas and bands of the law in plain words."""

from __future__ import annotations

import re
from typing import Final

from gis.measures import MEASURES
from gis.rulebook.limit import Bands, Expression, Interval
from gis.words import UNITS, Words, amount, beside, figure, listed

_UNITS: Final = {
    "m": ("متر", "metres"),
    "m2": ("متر مربع", "m²"),
    "deg": ("درجه", "degrees"),
    **{unit: UNITS[unit] for unit in ("storeys", "spaces", "units", "parcels")},
}


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
    if expression.rounded_to is not None:
        step = figure(float(expression.rounded_to))
        words = Words(f"{words.fa} (گرد شده به {step.fa})", f"{words.en} (rounded to {step.en})")
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
    within = interval_text(interval, MEASURES[measure].unit)
    if measure == "storeys":
        fa, en = within.fa.removeprefix("از "), within.en.removeprefix("from ")
        return Words(f"برای ساختمان {fa}", f"For a building of {en}")
    title = MEASURES[measure].title
    return Words(f"اگر {title.fa} {within.fa} باشد", f"If the {title.en} is {within.en}")


def under(when: Words, said: Words) -> Words:
    """A sentence that holds under a condition.

    >>> under(Words("برای ساختمان بیش از ۵ طبقه", "For a building of more than 5 storeys"),
    ...     Words("تا ۳ متر.", "Keep 3 m.")).en
    'For a building of more than 5 storeys: keep 3 m.'
    """
    return Words(f"{when.fa}: {said.fa}", f"{when.en}: {said.en[:1].lower()}{said.en[1:]}")


def outside_text(bands: Bands, value: float) -> Words:
    """A measured value that lies in no band: what it is, and from where on the law speaks.

    >>> from decimal import Decimal
    >>> law = Bands("lot_area", ((Interval.parse("[100, 200]"), Decimal(2)),))
    >>> outside_text(law, 78.394).en
    'This land has 78.39 m² after widening; the provision sets no limit for less than 100 m².'
    >>> outside_text(law, 200.001).en
    'This land has 200.001 m² after widening; the provision sets no limit for more than 200 m².'
    """
    unit, title = MEASURES[bands.by].unit, MEASURES[bands.by].title
    below = [row for row, _ in bands.rows if row.high is not None and value >= float(row.high)]
    above = [row for row, _ in bands.rows if value <= float(row.low)]
    most = max(below, key=lambda row: (row.high or 0, row.high_inside), default=None)
    least = min(above, key=lambda row: (row.low, not row.low_inside), default=None)
    told: list[Words] = []
    parts: list[Words] = []
    if most is not None and most.high is not None:
        near, end = beside(value, float(most.high), unit, "at_most", amount)
        told.append(near)
        fa, en = ("بیش از {0}", "more than {0}") if most.high_inside else ("{0} یا بیشتر", "{0} or more")
        parts.append(Words(fa.format(end.fa), en.format(end.en)))
    if least is not None:
        near, end = beside(value, float(least.low), unit, "at_least", amount)
        told.append(near)
        fa, en = ("کمتر از {0}", "less than {0}") if least.low_inside else ("تا {0}", "up to {0}")
        parts.append(Words(fa.format(end.fa), en.format(end.en)))
    where = listed(parts)
    found = max(told, key=lambda words: len(words.en))  # with the digits that set it apart from either end
    if bands.by == "lot_area":
        fa, en = f"این زمین پس از تعریض {found.fa}", f"This land has {found.en} after widening"
    else:
        fa, en = f"{title.fa} {found.fa}", f"The {title.en} is {found.en}"
    return Words(
        f"{fa} است؛ ضابطه برای {where.fa} حدی ندارد.", f"{en}; the provision sets no limit for {where.en}."
    )


def unit_outside_text(area: float) -> Words:
    """A unit whose area lies in no band of the law.

    >>> unit_outside_text(12.5).en
    'One unit has 12.5 m²; the provision says nothing of units of that size.'
    """
    metres = amount(area, "m2")
    return Words(
        f"یک واحد {metres.fa} است؛ ضابطه برای واحدی به این اندازه چیزی نمی‌گوید.",
        f"One unit has {metres.en}; the provision says nothing of units of that size.",
    )


def interval_text(interval: Interval, unit: str) -> Words:
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
