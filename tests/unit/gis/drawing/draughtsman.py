"""Drawings for the tests, written as DXF with ezdxf."""

import io
from collections.abc import Mapping as Map
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import ezdxf
from ezdxf.document import Drawing

from gis.drawing.mapping import Mapping
from gis.drawing.plan import Plan, read_plan
from gis.drawing.reading import read_sheet

EDCR = Mapping.parse((files("data") / "drawings" / "edcr.toml").read_text("utf-8"))
Points = Sequence[tuple[float, ...]]


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


def paper(unit: int | None = 6) -> Drawing:
    """An empty drawing that declares a unit by its $INSUNITS."""
    drawing = ezdxf.new("R2010", setup=True)
    drawing.header["$INSUNITS"] = unit or 0
    return drawing


def content(drawing: Drawing) -> bytes:
    stream = io.StringIO()
    drawing.write(stream)
    return stream.getvalue().encode()


def draw(
    outlines: Map[str, Points | Sequence[Points]],
    texts: Map[str, str] | None = None,
    heights: Map[str, float] | None = None,
    *,
    unit: int | None = 6,
    closed: bool = True,
) -> bytes:
    """A drawing with an outline or several on each layer (x, y and maybe a bulge), texts, and heights."""
    drawing = paper(unit)
    model = drawing.modelspace()
    for layer, drawn in outlines.items():
        for points in drawn if isinstance(drawn[0][0], tuple) else [drawn]:
            shape = "xyb" if len(points[0]) == 3 else "xy"  # type: ignore[arg-type]
            model.add_lwpolyline(points, format=shape, close=closed, dxfattribs={"layer": layer})  # type: ignore[arg-type]
    for layer, text in (texts or {}).items():
        model.add_mtext(text, dxfattribs={"layer": layer})
    for layer, metres in (heights or {}).items():
        measure(model, layer, metres)
    return content(drawing)


def measure(model: Any, layer: str, length: float, text: str = "") -> None:
    """An upright dimension of a length, with a text written over it where one is given."""
    made = model.add_linear_dim(
        base=(-2, 0),
        p1=(0, 0),
        p2=(0, length),
        angle=90,
        text=text or "<>",
        dimstyle="Standard",
        dxfattribs={"layer": layer},
    )
    made.render()


def plan(dxf: bytes, **more: Any) -> Plan:
    return read_plan(read_sheet(dxf), EDCR, **more)
