"""The places of rejected rows: there a layer is not complete, whatever its source declares."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from pyproj import CRS
from shapely import Geometry

from api.cadastre.facts import REACH
from api.cadastre.importing import frames
from api.cadastre.importing.assembling import Rows, State
from api.cadastre.importing.entry import Entry
from api.cadastre.importing.kernel import Mask
from api.cadastre.importing.outlines import Shapes, bodies
from api.cadastre.importing.pgcopy import taken
from api.cadastre.importing.source import wkb_of
from gis import overlay

JUDGED = ("parcels", "streets", "zones", "buildings", "overlays")
"""Layers whose silence a judgement reads as "nothing there"."""
ROUND = 0.5
"""Metres around a place that has no width, and around a missing lot, which its neighbours look across."""
_ASTRAY = ("outside_domain", "coordinate_not_finite")
"""Reasons for which the coordinates of a row say nothing of where it lies."""


@dataclass(frozen=True)
class Hidden:
    """What rejected rows hide: how many have a place, their places together, and which rows have none."""

    placed: int
    places: Geometry
    unplaced: tuple[str, ...]

    def out_of(self, area: Geometry | None) -> Geometry | None:
        """What is left of an area for which a layer was declared complete; None where nobody can tell.

        >>> lot, nothing = shapely.box(0, 0, 1, 1), shapely.Polygon()
        >>> Hidden(1, lot, ()).out_of(shapely.box(0, 0, 3, 1)).area
        2.0
        >>> Hidden(0, nothing, ("f.gpkg, row 1",)).out_of(lot) is Hidden(0, nothing, ()).out_of(None) is None
        True
        >>> Hidden(0, nothing, ("f.gpkg, row 1",)).out_of(nothing).is_empty
        True
        """
        if area is None or area.is_empty:
            return area
        if self.unplaced:
            return None
        return overlay.areas_of(overlay.difference(area, self.places)) if self.placed else area

    @property
    def said(self) -> dict[str, object]:
        """What the register keeps of it beside the declaration; nothing where nothing is hidden."""
        if not self.placed and not self.unplaced:
            return {}
        return {"left_out_wkb": shapely.normalize(self.places).wkb_hex, "unplaced": list(self.unplaced)}


def hidden(cursor: PgCursor, entries: Sequence[Entry], state: State, frame: CRS, tolerance: float) -> Hidden:
    """What the rejected rows of these sources of one state hide, in the city's frame.

    A row that says the same as an accepted one hides nothing. `tolerance`: metres by which the outlines of
    the city's parcels may miss each other.
    """
    found: list[Geometry] = []
    unplaced: list[str] = []
    for entry in entries if state.layer.name in JUDGED else ():
        rows = np.array(sorted(entry.rejects.reasons), dtype=np.int64)
        shapes = _shapes(entry, rows)
        wanting = ~_said_already(entry, rows, shapes, state)
        rows, shapes = rows[wanting], shapes[wanting]
        shapes = _grown(shapes, state.layer.name, max(tolerance, ROUND))
        lost = shapely.is_missing(shapes)
        shapes[lost] = _boxes(entry, rows[lost], frame, max(tolerance, _reach(state.layer.name)))
        lost = shapely.is_missing(shapes)
        shapes[lost] = _parcels(cursor, entry, rows[lost], state.day)
        lost = shapely.is_missing(shapes)
        found += list(shapes[~lost])
        unplaced += [
            f"{entry.source.file}, row {row + 1}: {entry.rejects.reasons[int(row)][1]}" for row in rows[lost]
        ]
    return Hidden(len(found), overlay.union_all(found), tuple(unplaced))


def _reach(layer: str) -> float:
    """Metres around a thing of a layer in which it counts for a site: a street as far as edges look."""
    return REACH if layer == "streets" else ROUND


def _shapes(entry: Entry, rows: Rows) -> Shapes:
    """The shapes of rows that have a sound one, None for the others."""
    if entry.shaped is None or not len(rows):
        return np.full(len(rows), None, dtype=object)
    return entry.shaped.outlines.take(rows).shapes.copy()


def _grown(shapes: Shapes, layer: str, metres: float) -> Shapes:
    """The shapes as areas: lines and points, lots and streets with what is around them."""
    grown = shapes.copy()
    if layer in ("streets", "parcels"):
        wide = ~shapely.is_missing(shapes)
    else:
        wide = ~shapely.is_missing(shapes) & (shapely.get_dimensions(shapes) < 2)
    grown[wide] = shapely.buffer(shapes[wide], max(metres, _reach(layer)))
    return grown


def _said_already(entry: Entry, rows: Rows, shapes: Shapes, state: State) -> Mask:
    """Which rejected rows are an accepted one once more: key, columns and shape."""
    same = np.zeros(len(rows), dtype=bool)
    keys = entry.read.values.get(state.layer.key)
    twice = [place for place, row in enumerate(rows) if entry.rejects.reasons[int(row)][0] == "duplicate_key"]
    if keys is None or not twice:
        return same
    heads = pc.index_in(keys.take(pa.array(rows[twice])), value_set=state.keys).to_pylist()
    columns = [column.name for column in state.layer.columns if column.stored]
    for place, head in zip(twice, heads, strict=True):
        if head is None or shapes[place] is None:
            continue
        told = all(
            _value(entry, name, int(rows[place])) == state.values[name][head].as_py() for name in columns
        )
        drawn = [one for one in (state.shapes[head], state.rights_of_way[head]) if one is not None]
        same[place] = told and any(shapely.equals(shapes[place], one) for one in drawn)
    return same


def _value(entry: Entry, column: str, row: int) -> object:
    values = entry.read.values.get(column)
    return None if values is None else values[row].as_py()


def _boxes(entry: Entry, rows: Rows, frame: CRS, metres: float) -> Shapes:
    """The boxes around what the source drew for these rows, so much larger; None where it cannot be read.

    Coordinates that are none, or lie where the source's system has no place, say nothing of where a row lies.
    """
    boxes: Shapes = np.full(len(rows), None, dtype=object)
    drawn = [p for p, row in enumerate(rows) if entry.rejects.reasons[int(row)][0] not in _ASTRAY]
    if not drawn or entry.shaped is None or not entry.source.shaped:
        return boxes
    drawings = bodies(taken(wkb_of(entry.source), rows[drawn]))
    crs = frames.source_crs(entry.given.crs, entry.source.crs, f"{entry.place}.crs", entry.source.file)
    move = frames.move(crs, frame, f"{entry.place}.crs")
    for place, body in zip(drawn, drawings, strict=True):
        points = _points(body)
        if move.transformer is not None and len(points):
            points = move.points(points)
        if len(points) and np.isfinite(points).all():
            (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
            boxes[place] = shapely.box(west - metres, south - metres, east + metres, north + metres)
    return boxes


def _points(body: bytes | None) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The coordinates of a drawing, a ring that is open among them; none where its bytes cannot be read.

    GEOS reads some curves and none of their coordinates.
    """
    found: np.ndarray[tuple[int, int], np.dtype[np.float64]] = np.empty((0, 2))
    if body is not None:
        with np.errstate(invalid="ignore"), suppress(shapely.errors.GEOSException, NotImplementedError):
            found = shapely.get_coordinates(shapely.from_wkb(body, on_invalid="fix"))
    return found


def _parcels(cursor: PgCursor, entry: Entry, rows: Rows, day: date) -> Shapes:
    """The parcels in force on a day that rows without a drawing name; None where there is none."""
    found: Shapes = np.full(len(rows), None, dtype=object)
    if not len(rows) or "parcel_key" not in entry.read.values:
        return found
    named = entry.read.values["parcel_key"].take(pa.array(rows)).to_pylist()
    cursor.execute(
        "SELECT key, ST_AsBinary(geom) FROM cadastre.parcel "
        "WHERE key = ANY(%s) AND valid_from <= %s AND (valid_to IS NULL OR %s < valid_to)",
        [[one for one in named if one is not None], day, day],
    )
    there = {key: shapely.from_wkb(bytes(wkb)) for key, wkb in cursor.fetchall()}
    found[:] = [there.get(one) for one in named]
    return found
