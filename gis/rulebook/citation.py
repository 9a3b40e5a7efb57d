"""Where a number of law comes from: an instrument, its article, its day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gis.words import Words


@dataclass(frozen=True)
class Instrument:
    """A law, plan or decision of a body. `note` and `source` say where its numbers were read."""

    id: str
    title: Words
    number: str
    authority: Words
    published: date
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Citation:
    """An article of an instrument."""

    instrument: Instrument
    article: str

    @property
    def ref(self) -> str:
        """The citation as the rule-book writes it: instrument#article."""
        return f"{self.instrument.id}#{self.article}"
