"""A limit that is counted together, in plain words."""

from __future__ import annotations

from gis.limit_text import interval_text
from gis.rulebook.tally import PerArea, PerUnit, Tally
from gis.vocabulary import USE_WORDS
from gis.words import Words, amount, figure, listed


def tally_text(tally: Tally) -> Words:
    """What each unit and each use needs, and how the sum is rounded.

    >>> from decimal import Decimal
    >>> from gis.rulebook.limit import Interval
    >>> rows = ((Interval.parse("[0, 150)"), Decimal(1)), (Interval.parse("[150, inf)"), Decimal("1.5")))
    >>> office = PerArea(("office",), Decimal(1), Decimal(50))
    >>> text = tally_text(Tally((PerUnit(("residential",), rows),), (office,), "total")).en
    >>> print(*text.split(". "), sep="\\n")
    Parking spaces for each residential unit: 1 (under 150 m²), 1.5 (150 m² or more)
    For each 50 m² of office floor: 1
    The sum is rounded up to a whole number.
    """
    rounded = {
        "total": Words("مجموع به عدد کامل بالاتر گرد می‌شود.", "The sum is rounded up to a whole number."),
        "each": Words(
            "عدد هر واحد و هر کاربری جداگانه به بالا گرد می‌شود.",
            "The number of each unit and of each use is rounded up.",
        ),
    }[tally.rounding]
    said = [*(_of_units(row) for row in tally.per_unit), *(_of_areas(row) for row in tally.per_area)]
    first = Words(f"جای پارک {said[0].fa}", f"Parking spaces {said[0].en[:1].lower()}{said[0].en[1:]}")
    return first.then(*said[1:], rounded)


def _uses(uses: tuple[str, ...]) -> Words:
    return listed([USE_WORDS[use] for use in uses])


def _of_units(row: PerUnit) -> Words:
    uses = _uses(row.uses)
    if len(row.rows) == 1 and row.whatever is not None:
        number = figure(float(row.rows[0][1]))
        return Words(f"برای هر واحد {uses.fa}: {number.fa}.", f"For each {uses.en} unit: {number.en}.")
    parts = []
    for interval, count in row.rows:
        told, within = figure(float(count)), interval_text(interval, "m2")
        parts.append(Words(f"{told.fa} ({within.fa})", f"{told.en} ({within.en})"))
    fa, en = "، ".join(part.fa for part in parts), ", ".join(part.en for part in parts)
    return Words(f"برای هر واحد {uses.fa}: {fa}.", f"For each {uses.en} unit: {en}.")


def _of_areas(row: PerArea) -> Words:
    uses, number = _uses(row.uses), figure(float(row.number))
    if row.number == 0:
        return Words(f"برای کاربری {uses.fa}: لازم نیست.", f"For {uses.en} use: none.")
    metres = amount(float(row.square_metres), "m2")
    return Words(
        f"برای هر {metres.fa} زیربنای {uses.fa}: {number.fa}.",
        f"For each {metres.en} of {uses.en} floor: {number.en}.",
    )
