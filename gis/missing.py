"""What stands between a provision and an answer. Never an empty list, never a default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from gis.words import Words

Reason = Literal["fact", "layer", "inquiry", "commission", "judgement", "no_law"]

_WHO: Final[dict[str, Words]] = {
    "fact": Words("واحد نقشه‌برداری شهرداری", "the municipality's surveyors"),
    "layer": Words("واحد اطلاعات مکانی شهرداری", "the municipality's geodata office"),
    "judgement": Words("کارشناس شهرسازی", "the planning reviewer"),
    "no_law": Words("معاونت شهرسازی و معماری", "the urban planning deputy"),
}


@dataclass(frozen=True)
class Missing:
    """A fact, layer, answer or law that is not there: `name` says which, `who` can give it.

    `said`: its own sentence, where the name alone would not tell a person why.

    >>> Missing("fact", "street_width").to_dict()["who"]["en"]
    "the municipality's surveyors"
    """

    kind: Reason
    name: str
    body: Words | None = None
    said: Words | None = None

    @property
    def who(self) -> Words:
        """Who can give the answer: the body named by the law, else the office that keeps such facts."""
        return self.body or _WHO.get(self.kind, _WHO["judgement"])

    def to_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "name": self.name, "who": self.who.to_dict()}


DESIGNER: Final = Words("طراح ساختمان", "the designer")
"""Who can say what a proposal draws and does not say."""

AREA_TABLE: Final = Missing(
    "fact",
    "countable_area",
    Words("طراح ساختمان، با جدول مساحت‌ها", "the designer, by an area table"),
)
"""What proves a declared countable floor area."""

NO_STREET: Final = Missing(
    "judgement",
    "no_street",
    said=Words(
        "این زمین به هیچ گذری نمی‌رسد؛ همهٔ مرزهایش با زمین همسایه است.",
        "This land touches no street; all its boundaries are with neighbours.",
    ),
)
"""What must be said of a lot that lies behind others before front, sides and rear mean anything."""
