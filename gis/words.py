"""A text in Persian and English, and figures as each language writes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from gis.precision import noise

_PERSIAN: Final = str.maketrans("0123456789.,-", "۰۱۲۳۴۵۶۷۸۹٫٬−")


@dataclass(frozen=True)
class Words:
    """One sentence, title or name in both languages."""

    fa: str
    en: str

    def to_dict(self) -> dict[str, str]:
        return {"fa": self.fa, "en": self.en}


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


def amount(value: float, unit: str, decimals: int = 2) -> Words:
    """A measured value with its unit as people read it.

    >>> amount(3, "m"), amount(0.6, "1"), amount(2, "storeys")
    (Words(fa='۳ متر', en='3 m'), Words(fa='۶۰٪', en='60%'), Words(fa='۲ طبقه', en='2 storeys'))
    >>> amount(240, "m2").fa
    '۲۴۰ متر مربع'
    """
    if unit == "1":
        return percent(value, max(decimals - 1, 0))
    number = figure(value, 0 if unit == "storeys" else decimals)
    fa, en = {"m": ("متر", "m"), "m2": ("متر مربع", "m²"), "storeys": ("طبقه", "storeys")}[unit]
    if unit == "storeys" and number.en == "1":
        en = "storey"
    return Words(f"{number.fa} {fa}", f"{number.en} {en}")


_STEP: Final = {"m": 0.01, "m2": 0.01, "1": 0.001, "storeys": 1.0}


def limit_amount(value: float, unit: str, relation: Literal["at_most", "at_least"]) -> Words:
    """A limit as people read it, to the centimetre, rounded so that whoever keeps to it keeps to the law.

    >>> limit_amount(2.3513, "m", "at_least").en, limit_amount(106.357, "m2", "at_most").en
    ('2.36 m', '106.35 m²')
    >>> limit_amount(2.35, "m", "at_least").en, limit_amount(0.6618, "1", "at_most").en
    ('2.35 m', '66.1%')
    """
    step = _STEP[unit]
    whole = math.ceil(value / step - 1e-6) if relation == "at_least" else math.floor(value / step + 1e-6)
    return amount(whole * step, unit)


def bare(value: float, unit: str, decimals: int = 2) -> Words:
    """An amount inside a sentence that has named the thing already: "the number of storeys is 3".

    >>> bare(3, "storeys").en, bare(3, "m").en
    ('3', '3 m')
    """
    return figure(value, 0) if unit == "storeys" else amount(value, unit, decimals)


def apart(
    value: float, limit: float, unit: str, say: Callable[[float, str, int], Words] = bare
) -> tuple[Words, Words]:
    """Both numbers with as few digits as show that they differ, when they do.

    >>> [w.en for w in apart(2.999, 3.0, "m")], [w.en for w in apart(3.00001, 3.0, "m")]
    (['2.999 m', '3 m'], ['3 m', '3 m'])
    """
    for decimals in range(2, 7):
        pair = say(value, unit, decimals), say(limit, unit, decimals)
        if pair[0] != pair[1] or abs(value - limit) <= noise(unit):
            return pair
    return pair


def listed(items: list[Words]) -> Words:
    """Names one after the other, each language with its own commas.

    >>> listed([Words("مسکونی", "residential"), Words("اداری", "office")])
    Words(fa='مسکونی و اداری', en='residential and office')
    """
    return Words(_joined([i.fa for i in items], "، ", " و "), _joined([i.en for i in items], ", ", " and "))


def _joined(names: list[str], comma: str, last: str) -> str:
    return last.join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
