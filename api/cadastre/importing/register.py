"""The layer register: for each state its source, its day, and where it is complete."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from pyproj import CRS
from shapely import Geometry

from api.cadastre.importing import frames, kinds
from api.cadastre.importing.outlines import Outlines
from api.cadastre.importing.profile import AreaFile, LayerSource, LoadedProfile
from api.cadastre.importing.refusals import ImportConflict, ImportRefused, Rejects
from api.cadastre.importing.shaping import shape_up
from api.cadastre.importing.source import read_source, wkb_of
from gis import overlay


def complete_area(loaded: LoadedProfile, index: int, outlines: Outlines, frame: CRS) -> Geometry | None:
    """Where a source is complete, in the city's frame: None where that is not known, empty where nowhere."""
    said = loaded.profile.layer[index].complete
    if said == "unknown":
        return None
    if said == "none":
        return shapely.Polygon()
    if said == "extent":
        west, south, east, north = outlines.box()
        if not np.isfinite(west):
            return None
        return shapely.box(west, south, east, north) if west < east and south < north else shapely.Polygon()
    return drawn_area(loaded, index, said, frame)


def drawn_area(loaded: LoadedProfile, index: int, said: AreaFile | list[list[float]], frame: CRS) -> Geometry:
    """The area of a polygon that the profile draws, or of those in a file that it names."""
    place = loaded.where(index, "complete")
    area = _of_file(loaded, said, frame, place) if isinstance(said, AreaFile) else shapely.Polygon(said)
    if not area.is_valid or area.area == 0:
        raise ImportRefused("complete_invalid", "The complete area is not a valid polygon.", where=place)
    return area


def _of_file(loaded: LoadedProfile, said: AreaFile, frame: CRS, place: str) -> Geometry:
    source = read_source(loaded.beside(said.file), said.source_layer, None, place)
    if not source.shaped:
        raise ImportRefused("no_geometry", f"{source.file} has no polygons.", where=place)
    crs = frames.source_crs(None, source.crs, place, source.file)
    rejects = Rejects()
    move = frames.move(crs, frame, place)
    shaped = shape_up(wkb_of(source), crs, move, "polygon", rejects, where=place, file=source.file)
    if rejects.reasons:
        row, (_, reason) = next(iter(rejects.reasons.items()))
        raise ImportRefused("complete_invalid", f"{source.file}, row {row + 1}: {reason}", where=place)
    return overlay.union_all(shaped.shapes)


def together(areas: Sequence[Geometry | None], before: Geometry | None, *, full: bool) -> Geometry | None:
    """Where a state of several sources is complete: they add up (the kinds of overlays do not: `kinds`).

    A partial state leaves what was complete `before` as it is.

    >>> a, b = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 2, 1)
    >>> together([a, None], None, full=True).area, together([a], b, full=False).area
    (1.0, 2.0)
    >>> together([], None, full=True) is None
    True
    """
    known = [area for area in areas if area is not None]
    area = overlay.union_all(known) if known else None
    if full or before is None:
        return area
    return before if area is None else overlay.union_all([before, area])


def described(area: Geometry | None) -> str:
    """The complete area in a word for people.

    >>> described(None), described(shapely.Polygon()), described(shapely.box(0, 0, 1000, 1000))
    ('unknown', 'nowhere', '1 km²')
    """
    if area is None:
        return "unknown"
    return "nowhere" if area.is_empty else f"{area.area / 1e6:.4g} km²"


def described_kinds(declared: Mapping[str, Any]) -> dict[str, str]:
    """Of overlays, how complete each kind is; "*" are the kinds that no source names.

    >>> described_kinds({"complete_kinds": {"flood": {"complete_wkb": None, "said": {}}}})
    {'flood': 'unknown'}
    >>> described_kinds({})
    {}
    """
    found = kinds.from_json(declared.get("complete_kinds", {}))
    return {kind: described(one.area) for kind, one in found.items()}


@dataclass(frozen=True)
class Registered:
    """A row of the register as of a day."""

    id: int
    declared: dict[str, Any]
    area: Geometry | None
    valid_from: date
    valid_to: date | None

    @property
    def kinds(self) -> kinds.Kinds:
        """Of overlays, where each kind is complete."""
        kept = self.declared.get("complete_kinds")
        return {kinds.ALL: kinds.Kind(self.area, {})} if kept is None else kinds.from_json(kept)


def in_force(cursor: PgCursor, layer: str, day: date) -> Registered | None:
    """What the register says of a layer as of a day; None: not loaded."""
    cursor.execute(
        "SELECT id, declared, ST_AsBinary(complete_area), valid_from, valid_to FROM cadastre.layer_register "
        "WHERE layer = %s AND valid_from <= %s AND (valid_to IS NULL OR %s < valid_to)",
        [layer, day, day],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    area = None if row[2] is None else shapely.from_wkb(bytes(row[2]))
    return Registered(row[0], row[1], area, row[3], row[4])


def write(
    cursor: PgCursor, layer: str, day: date, import_id: int, *,
    srid: int, source: str, declared: dict[str, Any], area: Geometry | None, place: str,
) -> None:  # fmt: skip
    """Register a state of a layer from a day on, up to the next that is known; the one before ends.

    Refuses a day before a state that was worked out from what stood before it.
    """
    _refuse_earlier_day(cursor, layer, day, place)
    before = in_force(cursor, layer, day)
    if before is not None:
        until = before.valid_to
        cursor.execute("UPDATE cadastre.layer_register SET valid_to = %s WHERE id = %s", [day, before.id])
    else:
        cursor.execute(
            "SELECT min(valid_from) FROM cadastre.layer_register "
            "WHERE layer = %s AND valid_from > %s AND valid_to IS DISTINCT FROM valid_from",
            [layer, day],
        )
        found = cursor.fetchone()
        until = found[0] if found else None
    cursor.execute(
        "INSERT INTO cadastre.layer_register "
        "(layer, import_id, source, day, complete_area, declared, valid_from, valid_to) "
        "VALUES (%s, %s, %s, %s, ST_SetSRID(ST_GeomFromWKB(%s), %s), %s, %s, %s)",
        [
            layer, import_id, source, day, None if area is None else area.wkb, srid,
            json.dumps(declared), day, until,
        ],
    )  # fmt: skip


def _refuse_earlier_day(cursor: PgCursor, layer: str, day: date, place: str) -> None:
    """Overlays stand on the kinds declared before them, a partial state on the area before it."""
    cursor.execute(
        "SELECT max(valid_from) FROM cadastre.layer_register "
        "WHERE layer = %s AND valid_from > %s AND valid_to IS DISTINCT FROM valid_from AND "
        """(layer = 'overlays' OR declared @> '{"sources": [{"mode": "partial"}]}')""",
        [layer, day],
    )
    found = cursor.fetchone()
    if found and found[0]:
        raise ImportConflict(
            "day_earlier",
            f"Where {layer} are complete is registered from {found[0]}, and follows from what was declared "
            f"until then; a declaration of {day} would change it afterwards. Give {found[0]} or a later day.",
            where=f"{place}.day",
            day=day.isoformat(),
            newest=found[0].isoformat(),
        )


def declaration(given: Sequence[LayerSource], area: Geometry | None) -> dict[str, Any]:
    """What was declared of a state's sources, so that the same declaration is recognised."""
    said: dict[str, Any] = {
        "sources": [
            {
                "file": one.file, "source_layer": one.source_layer, "mode": one.mode,
                "complete": one.model_dump(mode="json")["complete"],
                "options": one.options.model_dump(exclude_none=True),
            }
            for one in given
        ],
        "complete_wkb": None if area is None else shapely.normalize(area).wkb_hex,
    }  # fmt: skip
    tolerances = [one.options.boundary_tolerance_m for one in given if one.options.boundary_tolerance_m]
    if tolerances:
        said["boundary_tolerance_m"] = max(tolerances)
    return said
