"""What a rule asks about, where that is neither the lot nor one of its edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gis.edges import Edge
from gis.missing import Missing
from gis.words import Words

SubjectKind = Literal[
    "lot", "edge", "storey", "zone", "overlay", "corner", "projection", "light_well", "window",
    "parking_space", "gate", "piece", "new_street",
]  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """`ref` tells it from others of its kind (a number in the document, a key of the map); `words` as people
    call it; `item` the thing itself."""

    kind: SubjectKind
    ref: str
    words: Words
    item: object


@dataclass(frozen=True)
class Asked:
    """A thing that a rule asks about, the `edge` before which it is, and what keeps open whether it does."""

    subject: Subject
    edge: Edge | None = None
    held: Missing | None = None


Things = tuple[Asked, ...]
