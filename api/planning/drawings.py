"""Drawings: a building plan in DXF read, measured and compared with what it declares. Nothing is stored."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

from api.core.errors import BadInput
from gis.drawing.document import plan_document
from gis.drawing.mapping import Mapping
from gis.drawing.plan import read_plan
from gis.drawing.reading import read_sheet

DEFAULT_MAPPING = "edcr"


def mapping_names() -> list[str]:
    """The mappings that travel with the package."""
    folder = files("data") / "drawings"
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))


@lru_cache(maxsize=16)
def mapping_of(name: str) -> Mapping:
    """A mapping that travels with the package. Raises `BadInput` for one that is not there.

    >>> mapping_of("edcr").id
    'edcr'
    >>> mapping_of("../secrets")
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: mapping: There is no mapping '../secrets'; there are edcr.
    """
    if name not in mapping_names():
        known = mapping_names()
        raise BadInput(
            "mapping_unknown",
            f"There is no mapping {name!r}; there are {', '.join(known)}.",
            where="mapping",
            given=name,
            allowed=known,
        )
    return Mapping.parse((files("data") / "drawings" / f"{name}.toml").read_text("utf-8"))


def read_drawing(content: bytes, mapping: Mapping, unit: str | None = None) -> dict[str, Any]:
    """What a drawing holds, with every difference between what it declares and what is drawn.

    `unit`: what its sender says of the unit. Raises `DrawingError` for a file that is not read.
    """
    return plan_document(read_plan(read_sheet(content), mapping, unit=unit))
