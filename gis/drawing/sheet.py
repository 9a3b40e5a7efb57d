"""A sheet: what a drawing holds, in its own units and under its own layer names, before anybody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Corner = tuple[float, float, float]
"""x, y, and the bulge of the side that begins here: the tangent of a quarter of its arc, 0 where straight."""


@dataclass(frozen=True)
class Outline:
    """A polyline. `closed`: its last corner is joined to its first."""

    layer: str
    corners: tuple[Corner, ...]
    closed: bool
    handle: str = ""


@dataclass(frozen=True)
class Label:
    """A text and the point at which it stands."""

    layer: str
    text: str
    at: tuple[float, float]


@dataclass(frozen=True)
class Dimension:
    """A dimension: what it measures in the drawing, and the text written over it ("" = none).

    `factor`: by what the drawing program multiplies a measured length before it writes it.
    """

    layer: str
    measured: float
    text: str = ""
    factor: float = 1.0


@dataclass(frozen=True)
class Sheet:
    """The outlines, labels and dimensions of a drawing, and how many entities it has that are none of them.

    `unit`: the code of $INSUNITS, None where it is not declared. `others`: (layer, type of entity) → number.
    """

    unit: int | None
    outlines: tuple[Outline, ...] = ()
    labels: tuple[Label, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    others: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))

    def to_dict(self) -> dict[str, Any]:
        """The sheet as JSON carries it.

        >>> sheet = Sheet(6, (Outline("PLOT", ((0, 0, 0), (9, 0, 0), (9, 9, 0)), True),))
        >>> Sheet.from_dict(sheet.to_dict()) == sheet, Sheet.from_dict(Sheet(None).to_dict()) == Sheet(None)
        (True, True)
        """
        return {
            "unit": self.unit,
            "outlines": [[o.layer, [list(c) for c in o.corners], o.closed, o.handle] for o in self.outlines],
            "labels": [[label.layer, label.text, list(label.at)] for label in self.labels],
            "dimensions": [[d.layer, d.measured, d.text, d.factor] for d in self.dimensions],
            "others": [[layer, kind, count] for (layer, kind), count in sorted(self.others.items())],
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Sheet:
        """The sheet of such a document."""
        return cls(
            given["unit"],
            tuple(
                Outline(layer, tuple((x, y, bulge) for x, y, bulge in corners), closed, handle)
                for layer, corners, closed, handle in given["outlines"]
            ),
            tuple(Label(layer, text, (x, y)) for layer, text, (x, y) in given["labels"]),
            tuple(Dimension(*dimension) for dimension in given["dimensions"]),
            MappingProxyType({(layer, kind): count for layer, kind, count in given["others"]}),
        )
