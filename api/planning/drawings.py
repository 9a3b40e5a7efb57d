"""Drawings: a building plan in DXF read, measured and compared with what it declares. Nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

from api.cadastre.facts import ON_THE_LOT, facts_at
from api.core.errors import BadInput
from api.planning.site import site_of
from gis import Site
from gis.drawing.document import plan_document
from gis.drawing.laying import draft, laid_document, lay
from gis.drawing.mapping import Mapping
from gis.drawing.placing import compare_with_parcel, place, placement_document
from gis.drawing.plan import read_plan
from gis.drawing.reading import read_sheet
from gis.drawing.sheet import Sheet

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


@dataclass(frozen=True)
class Asked:
    """What is said with a drawing: the true unit, where its file declares another, and which of the ways in
    which it fits its parcel is right, where that is asked."""

    unit: str | None = None
    way: int | None = None


def read_drawing(
    content: bytes,
    mapping: Mapping,
    asked: Asked = Asked(),
    site: Site | None = None,
    reader: Callable[[bytes], Sheet] = read_sheet,
) -> dict[str, Any]:
    """What a drawing holds, with every difference between what it declares and what is drawn.

    On the site of a parcel it is placed and compared with the cadastre, and where every floor can be laid
    `proposal` is the proposal to be completed. `reader` makes the sheet. Raises `DrawingError` for a file
    that is not read.
    """
    area = None if site is None else site.lot.area_before
    plan = read_plan(reader(content), mapping, unit=asked.unit, parcel_area=area)
    floors = lay(plan)
    if site is None:
        return plan_document(plan) | {"floors": laid_document(floors), "placement": None, "proposal": None}
    placement = place(plan, site.lot, asked.way)
    motion = None if placement.fit is None else placement.fit.motion
    return plan_document(plan, compare_with_parcel(plan, site.lot, placement)) | {
        "floors": laid_document(floors),
        "placement": placement_document(placement, plan, site.frame),
        "proposal": draft(plan, floors, motion, site.frame.srid),
    }


def site_at(connection: Connection, parcel: str, on: date) -> Site:
    """The site on which a drawing is placed, as the map shows it on a day. Raises `NotFound`."""
    return site_of(facts_at(connection, parcel, on, ON_THE_LOT))
