"""A text in Persian and English, and figures as each language writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gis.precision import COUNTED, DECIMALS

_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PERSIAN: Final = _DIGITS | str.maketrans(".,-", "٫٬−")


@dataclass(frozen=True)
class Words:
    """One sentence, title or name in both languages."""

    fa: str
    en: str

    def to_dict(self) -> dict[str, str]:
        return {"fa": self.fa, "en": self.en}

    def then(self, *others: Words) -> Words:
        """This sentence and others after it.

        >>> Words("یک.", "One.").then(Words("دو.", "Two."), Words("سه.", "Three."))
        Words(fa='یک. دو. سه.', en='One. Two. Three.')
        >>> Words("یک.", "One.").then().en
        'One.'
        """
        said = (self, *others)
        return Words(" ".join(words.fa for words in said), " ".join(words.en for words in said))

    def aside(self, other: Words) -> Words:
        """These words, and others in brackets after them.

        >>> percent(0.6).aside(amount(144, "m2")).en
        '60% (144 m²)'
        """
        return Words(f"{self.fa} ({other.fa})", f"{self.en} ({other.en})")

    def opening(self) -> Words:
        """The words where a sentence begins: English with a capital.

        >>> Words("اداری", "office").opening(), Words("", "").opening().en
        (Words(fa='اداری', en='Office'), '')
        """
        return Words(self.fa, self.en[:1].upper() + self.en[1:])


def numbered(label: str) -> Words:
    """The label of a clause, its digits as each language writes them and its signs as they stand.

    >>> numbered("4-1.a"), numbered("")
    (Words(fa='۴-۱.a', en='4-1.a'), Words(fa='', en=''))
    """
    return Words(label.translate(_DIGITS), label)


def figure(value: float, decimals: int = 2) -> Words:
    """A number with at most `decimals` places, no trailing zeros, thousands apart.

    >>> figure(1234.50), figure(-0.001)
    (Words(fa='۱٬۲۳۴٫۵', en='1,234.5'), Words(fa='۰', en='0'))
    """
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    return Words(text.translate(_PERSIAN), text.replace("-", "−"))


def percent(ratio: float, decimals: int = 1) -> Words:
    """A ratio as a percentage.

    >>> percent(0.6), percent(1.8)
    (Words(fa='۶۰٪', en='60%'), Words(fa='۱۸۰٪', en='180%'))
    """
    number = figure(ratio * 100, decimals)
    return Words(f"{number.fa}٪", f"{number.en}%")


UNITS: Final = {
    "m": ("متر", "m"),
    "m2": ("متر مربع", "m²"),
    "deg": ("درجه", "degrees"),
    "storeys": ("طبقه", "storeys"),
    "spaces": ("جای پارک", "parking spaces"),
    "units": ("واحد", "units"),
    "parcels": ("قطعه", "parcels"),
}


def amount(value: float, unit: str, decimals: int = 2) -> Words:
    """A measured value with its unit as people read it.

    >>> amount(3, "m"), amount(0.6, "1"), amount(2, "storeys")
    (Words(fa='۳ متر', en='3 m'), Words(fa='۶۰٪', en='60%'), Words(fa='۲ طبقه', en='2 storeys'))
    >>> amount(240, "m2").fa
    '۲۴۰ متر مربع'
    """
    if unit == "1":
        return percent(nearest(value, unit, decimals + 1), max(decimals - 1, 0))
    decimals = 0 if unit in COUNTED else decimals
    number = figure(nearest(value, unit, decimals), decimals)
    fa, en = UNITS[unit]
    if number.en == "1" and en.endswith("s"):
        en = en.removesuffix("s")
    return Words(f"{number.fa} {fa}", f"{number.en} {en}")


_PLACES: Final = {"m": 2, "m2": 2, "1": 3, "deg": 1} | dict.fromkeys(COUNTED, 0)
"""Decimals of a limit as it is told: the centimetre, a tenth of a per cent."""


def told_limit(limit: float, unit: str, relation: str) -> float:
    """A limit as it is told everywhere: rounded so that whoever keeps to it keeps to the law.

    >>> told_limit(2.3513, "m", "at_least"), told_limit(0.6618, "1", "at_most")
    (2.36, 0.661)
    >>> told_limit(2.35, "m", "at_least"), told_limit(0.0, "m", "at_least")
    (2.35, 0.0)
    """
    whole, less = _declared(limit, unit), 10 ** (DECIMALS[unit] - _PLACES[unit])
    steps = -(-whole // less) if relation == "at_least" else whole // less
    return float(steps) / float(10 ** _PLACES[unit])


def told_value(value: float, limit: float, unit: str, relation: str) -> float:
    """A measured value as it is told beside its limit, on the side of the told limit where the law sees it.

    The nearest number of the told decimals. One that keeps the limit never looks beyond it; one that does
    not is told with as many more digits as show it.

    >>> told_value(5.187, 5.189, "m", "at_most"), told_value(2.999, 3.0, "m", "at_least")
    (5.18, 2.999)
    >>> told_value(0.61304, 0.6, "1", "at_most"), told_value(3.0, 3.0, "storeys", "at_most")
    (0.613, 3.0)
    """
    side = -1 if relation == "at_least" else 1
    edge = told_limit(limit, unit, relation)
    keeps = side * (_declared(value, unit) - _declared(limit, unit)) <= 0
    for decimals in range(_PLACES[unit], DECIMALS[unit] + 1):
        near = nearest(value, unit, decimals)
        if (side * (near - edge) <= 0) == keeps:
            return near
        if keeps:
            return edge
    return near


def told_margin(value: float, limit: float, unit: str, relation: str) -> float:
    """How far the told value is within the told limit, negative beyond it: the difference of what is read.

    >>> told_margin(64.8, 59.964, "m2", "at_most"), told_margin(0.0, 5.185, "m", "at_least")
    (-4.84, -5.19)
    """
    side = -1 if relation == "at_least" else 1
    apart = told_limit(limit, unit, relation) - told_value(value, limit, unit, relation)
    return nearest(side * apart, unit, DECIMALS[unit])


def nearest(value: float, unit: str, decimals: int) -> float:
    """A value at its declared precision, then at `decimals` places; a half goes away from zero.

    >>> nearest(5.125, "m", 2), nearest(-0.001, "m", 2)
    (5.13, 0.0)
    """
    less = 10 ** max(DECIMALS[unit] - decimals, 0)
    whole = _declared(value, unit)
    steps = (2 * abs(whole) + less) // (2 * less) * (1 if whole > 0 else -1)
    return float(steps * less) / float(10 ** DECIMALS[unit]) + 0.0


def _declared(value: float, unit: str) -> int:
    """The value in whole steps of its declared precision, as it is serialised."""
    return round(value * float(10 ** DECIMALS[unit]))


def limit_amount(limit: float, unit: str, relation: str) -> Words:
    """A limit as it is told, with its unit.

    >>> limit_amount(106.357, "m2", "at_most").en, limit_amount(0.6618, "1", "at_most").en
    ('106.35 m²', '66.1%')
    """
    return amount(told_limit(limit, unit, relation), unit)


def bare(value: float, unit: str, decimals: int = 2) -> Words:
    """An amount inside a sentence that has named the thing already: "the number of storeys is 3".

    >>> bare(3, "storeys").en, bare(3, "m").en
    ('3', '3 m')
    """
    return figure(value, 0) if unit in COUNTED else amount(value, unit, decimals)


def beside(
    value: float,
    limit: float,
    unit: str,
    relation: str,
    say: Callable[[float, str, int], Words] = bare,
) -> tuple[Words, Words]:
    """A measured value and its limit as they are told beside each other.

    >>> [words.en for words in beside(2.999, 3.0, "m", "at_least")]
    ['2.999 m', '3 m']
    >>> [words.en for words in beside(3.00001, 3.0, "m", "at_most")]
    ['3 m', '3 m']
    """
    finest = DECIMALS[unit] - (1 if unit == "1" else 0)
    found, asked = told_value(value, limit, unit, relation), told_limit(limit, unit, relation)
    return say(found, unit, finest), say(asked, unit, finest)


def listed(items: list[Words]) -> Words:
    """Names one after the other, each language with its own commas.

    >>> listed([Words("مسکونی", "residential"), Words("اداری", "office")])
    Words(fa='مسکونی و اداری', en='residential and office')
    """
    return Words(_joined([i.fa for i in items], "، ", " و "), _joined([i.en for i in items], ", ", " and "))


def either(items: list[Words]) -> Words:
    """Names of which one is meant.

    >>> either([Words("پارکینگ", "parking"), Words("انباری", "storage")])
    Words(fa='پارکینگ یا انباری', en='parking or storage')
    """
    return Words(_joined([i.fa for i in items], "، ", " یا "), _joined([i.en for i in items], ", ", " or "))


def _joined(names: list[str], comma: str, last: str) -> str:
    return last.join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
