"""From the bytes of a DXF file to its sheet: surveyed first, with blocks drawn where they stand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final, NoReturn

from ezdxf.document import Drawing
from ezdxf.entities.dimension import Dimension as DrawnDimension
from ezdxf.entities.dxfentity import DXFEntity
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.insert import Insert
from ezdxf.entities.lwpolyline import LWPolyline
from ezdxf.entities.mtext import MText
from ezdxf.entities.polyline import Polyline
from ezdxf.entities.text import Text
from ezdxf.lldxf.const import DXFError

from gis.drawing.guard import MAX_DEPTH, MAX_ENTITIES, refuse, survey
from gis.drawing.sheet import Corner, Dimension, Label, Outline, Sheet

MAX_CORNERS: Final = 200_000
MAX_TEXT: Final = 20_000
"""Characters of one label; the rest is not read."""


def read_sheet(content: bytes) -> Sheet:
    """The sheet of a DXF file.

    Raises DrawingError for a file that the survey refuses (see `gis.drawing.guard`) and for one that is
    broken in its structure. Nothing is repaired: a repaired drawing is not the one that its author signed.

    >>> read_sheet(b"0\\nSECTION\\n2\\nENTITIES\\n0\\nENDSEC\\n0\\nEOF\\n").outlines
    ()
    >>> read_sheet(b"Dear Sir or Madam\\n")
    Traceback (most recent call last):
    gis.errors.DrawingError: The file begins with 'Dear Sir or Madam' ... (drawing.not_dxf at line 1)
    """
    encoding = survey(content).encoding
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        drawing = Drawing.read(_Lines(text))  # type: ignore[arg-type]
    except (DXFError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as fault:
        # The parser was given a broken file and fails in many ways; each of them is the file's fault.
        _refuse_broken(fault)
    try:
        return _sheet_of(drawing)
    except (DXFError, ValueError, ArithmeticError) as fault:
        _refuse_broken(fault)


def _refuse_broken(fault: Exception) -> NoReturn:
    refuse(
        "corrupt",
        "",
        f"The file is broken in its structure ({' '.join(str(fault).split())[:200]}). "
        "Open it in the drawing program, repair it and save it again.",
    )


class _Lines:
    """A text read line by line."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def readline(self) -> str:
        line = next(self._lines, None)
        return "" if line is None else line + "\n"


def _sheet_of(drawing: Drawing) -> Sheet:
    outlines: list[Outline] = []
    labels: list[Label] = []
    dimensions: list[Dimension] = []
    others: Counter[tuple[str, str]] = Counter()
    corners = 0
    for entity, layer in _drawn(drawing.modelspace(), "0", 0):
        match entity:
            case LWPolyline() | Polyline() if (outline := _outline(entity, layer)) is not None:
                corners += len(outline.corners)
                if corners > MAX_CORNERS:
                    refuse(
                        "too_many_corners",
                        f"layer {layer}",
                        f"The polylines of the drawing have more than {MAX_CORNERS:,} corners.",
                        limit=MAX_CORNERS,
                    )
                outlines.append(outline)
            case MText():
                labels.append(_label(layer, str(entity.plain_text()), entity.dxf.insert))
            case Text():
                labels.append(_label(layer, entity.plain_text(), entity.dxf.insert))
            case DrawnDimension() if (dimension := _dimension(entity, layer)) is not None:
                dimensions.append(dimension)
            case _:
                others[layer, entity.dxftype()] += 1
    unit = drawing.header.get("$INSUNITS")
    return Sheet(
        unit if isinstance(unit, int) and unit != 0 else None,
        tuple(outlines),
        tuple(labels),
        tuple(dimensions),
        MappingProxyType(dict(others)),
    )


def _drawn(entities: Iterable[DXFEntity], above: str, depth: int) -> Iterator[tuple[DXFGraphic, str]]:
    """The entities with the layer on which each is seen; what a block draws on layer 0 is seen on the
    layer on which the block stands."""
    count = 0
    for entity in entities:
        if not isinstance(entity, DXFGraphic):
            continue
        layer = entity.dxf.layer if entity.dxf.layer != "0" else above
        if not isinstance(entity, Insert):
            yield entity, layer
            continue
        if depth >= MAX_DEPTH:
            refuse("blocks_too_deep", f"layer {layer}", f"Blocks within blocks deeper than {MAX_DEPTH}.")
        for single in entity.multi_insert() if entity.mcount > 1 else (entity,):
            for found in _drawn(single.virtual_entities(), layer, depth + 1):
                count += 1
                if count > MAX_ENTITIES:
                    refuse("blocks_unfold", f"layer {layer}", "The blocks unfold to too many entities.")
                yield found


def _outline(entity: LWPolyline | Polyline, layer: str) -> Outline | None:
    """The corners in the drawing's plane; None for a mesh or a polyline in another plane."""
    if isinstance(entity, LWPolyline):
        points = [(x, y, bulge) for x, y, bulge in entity.get_points("xyb")]
        closed = entity.closed
    elif entity.is_2d_polyline:
        points = [(v.dxf.location.x, v.dxf.location.y, v.dxf.get("bulge", 0.0)) for v in entity.vertices]
        closed = entity.is_closed
    else:
        return None
    normal = entity.dxf.extrusion
    if not (math.isclose(abs(normal.z), 1.0) and abs(normal.x) < 1e-9 and abs(normal.y) < 1e-9):
        return None
    if normal.z < 0:  # seen from below: x runs the other way
        points = [(-x, y, -bulge) for x, y, bulge in points]
    corners: list[Corner] = []
    for x, y, bulge in points:
        if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(bulge)):
            refuse("not_finite", f"layer {layer}", "A polyline has a corner that is no number.", layer=layer)
        corners.append((float(x), float(y), float(bulge)))
    return Outline(layer, tuple(corners), bool(closed), entity.dxf.handle or "")


def _label(layer: str, text: str, at: object) -> Label:
    x, y = float(getattr(at, "x", 0.0)), float(getattr(at, "y", 0.0))
    clean = "".join(c for c in text[:MAX_TEXT] if c == "\n" or c.isprintable() or c in "\u200c\t")
    return Label(layer, clean, (x if math.isfinite(x) else 0.0, y if math.isfinite(y) else 0.0))


def _dimension(entity: DrawnDimension, layer: str) -> Dimension | None:
    """A dimension of a length; None for one of an angle or an ordinate, or one that measures nothing."""
    if entity.dimtype not in {0, 1, 3, 4}:
        return None
    measured = entity.get_measurement()
    if not isinstance(measured, float) or not math.isfinite(measured):
        return None
    return Dimension(layer, measured, str(entity.dxf.text or "").strip(), _factor(entity))


def _factor(entity: DrawnDimension) -> float:
    """What the style of a dimension multiplies lengths by; 1 where the file does not hold the style."""
    if entity.doc is None or entity.dxf.dimstyle not in entity.doc.dimstyles:
        return 1.0
    factor = float(entity.override().get("dimlfac", 1.0) or 1.0)
    return abs(factor) if math.isfinite(factor) else 1.0
