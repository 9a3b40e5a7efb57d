"""What the texts of a drawing declare: lines such as «PLOT_AREA_M2=320»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Final

from gis.drawing.mapping import FACTS, Mapping, Place
from gis.drawing.sheet import Label

_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.")
_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?")
_MOST: Final = 10_000


@dataclass(frozen=True)
class Declared:
    """A fact that a text declares, with the block and level of its layer. `unit` as in `FACTS`."""

    fact: str
    value: float
    unit: str
    layer: str
    text: str
    block: int | None = None
    level: int | None = None


def number_in(text: str) -> float | None:
    """The number that a text is, in either language's digits; None where it is none.

    >>> number_in(" 15.20 "), number_in("۳۲۰٫۵"), number_in("NA"), number_in("")
    (15.2, 320.5, None, None)
    """
    folded = text.translate(_DIGITS).strip()
    return float(folded) if _NUMBER.fullmatch(folded) else None


def declared_in(labels: Iterable[Label], mapping: Mapping, known: Map[str, Place]) -> tuple[Declared, ...]:
    """The facts that the labels on known layers declare; a key without a number declares nothing."""
    found: list[Declared] = []
    for label in labels:
        place = known.get(label.layer)
        if place is None:
            continue
        for line in label.text.splitlines():
            key, equals, said = line.strip(" '\"\t").partition("=")
            fact = mapping.declared.get(key.strip().casefold())
            value = number_in(said) if equals and fact else None
            if fact is not None and value is not None and value > 0 and len(found) < _MOST:
                text = line.strip()[:200]
                found.append(Declared(fact, value, FACTS[fact], label.layer, text, place.block, place.level))
    return tuple(found)
