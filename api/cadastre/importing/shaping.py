"""From the bytes of a source to shapes that a layer can stand on: in the city's frame, flat, valid, of its
type."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely import Geometry, GeometryType

from api.cadastre.importing import curves, frames, sound
from api.cadastre.importing.kernel import Mask
from api.cadastre.importing.layers import Shape
from api.cadastre.importing.outlines import Outlines, Shapes, bodies
from api.cadastre.importing.parts import made_valid, parts_of
from api.cadastre.importing.pgcopy import Varied, taken
from api.cadastre.importing.refusals import ImportRefused, Rejects
from api.cadastre.importing.wkb import moved

LEAST_AREA = 1e-6
"""Square metres under which a polygon is none: below the noise of coordinates in double precision."""

_WANTED: dict[Shape, tuple[GeometryType, ...]] = {
    "polygon": (GeometryType.POLYGON, GeometryType.MULTIPOLYGON),
    "street": (
        GeometryType.LINESTRING, GeometryType.MULTILINESTRING, GeometryType.POLYGON,
        GeometryType.MULTIPOLYGON,
    ),
    "point": (GeometryType.POINT,),
    "any": (
        GeometryType.POINT, GeometryType.MULTIPOINT, GeometryType.LINESTRING, GeometryType.MULTILINESTRING,
        GeometryType.POLYGON, GeometryType.MULTIPOLYGON,
    ),
}  # fmt: skip
_POLYGONAL = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_LINEAR = (GeometryType.LINESTRING, GeometryType.MULTILINESTRING)


@dataclass(frozen=True)
class Repair:
    """How one shape was repaired."""

    row: int
    reason: str
    area_before: float
    area_after: float
    shape: Geometry


@dataclass
class Shaped:
    """The shapes of a source in the city's frame, none where the row is rejected or has no shape."""

    outlines: Outlines
    flattened: int = 0
    curved: int = 0
    mixed: int = 0
    repairs: list[Repair] = field(default_factory=list)

    @property
    def shapes(self) -> Shapes:
        """The shapes themselves."""
        return self.outlines.shapes

    @property
    def repaired_rows(self) -> set[int]:
        """Rows whose shape is not the source's."""
        return {repair.row for repair in self.repairs}


def shape_up(
    wkb: Varied, crs: CRS, move: frames.Move, shape: Shape, rejects: Rejects, *, where: str, file: str
) -> Shaped:
    """Read, flatten, check, move and repair the shapes of a source; what cannot stand goes to `rejects`.

    Most shapes of a cadastre are plain polygons, and sound: they are told by their bytes and not made here.
    """
    plain, boxes = np.zeros(len(wkb.valid), np.bool_), np.full((len(wkb.valid), 4), np.nan)
    if shape != "point":
        plain, boxes = sound.plain(wkb.data, wkb.offsets, wkb.valid)
    made, curved = _read(wkb, ~plain, rejects)
    result = Shaped(Outlines.of(made), curved=curved)
    shapes = result.outlines.made
    solid = shapely.has_z(shapes) | shapely.has_m(shapes)
    result.flattened = int(solid.sum())
    shapes[solid] = shapely.force_2d(shapes[solid])
    _finite(shapes, rejects)
    outside = _outside_domain(np.where(plain[:, np.newaxis], boxes, shapely.bounds(shapes)), crs, where, file)
    _drop(shapes, outside, rejects, "outside_domain")
    plain &= ~outside
    wkb = Varied(wkb.data, wkb.offsets, plain)
    if move.transformer is not None:
        shapes[:] = shapely.transform(shapes, move.points)
        _finite(shapes, rejects, "outside_domain")
        wkb = moved(wkb, move.points, 0)
        plain, boxes = sound.plain(wkb.data, wkb.offsets, wkb.valid)
    wkb, areas = _sound(wkb, plain, shapes, rejects)
    _only_wanted(result, shape, rejects)
    _repair(result, shape, rejects)
    _has_extent(shapes, rejects)
    result.outlines = Outlines(wkb, areas, boxes, shapes)
    return result


def _read(wkb: Varied, which: Mask, rejects: Rejects) -> tuple[Shapes, int]:
    """The shapes of these rows, None for the others, and how many had arcs that are now chords."""
    shapes: Shapes = np.full(len(which), None, dtype=object)
    rows = np.flatnonzero(which & wkb.valid)
    with np.errstate(invalid="ignore"):  # NaN is looked for later
        shapes[rows], curved = _made(bodies(taken(wkb, rows)))
    for row in np.flatnonzero(shapely.get_type_id(shapes) == GeometryType.GEOMETRYCOLLECTION):
        if not curves.is_straight(shapes[row]):
            rejects.add(int(row), "geometry_unreadable", "It is a collection with a curve in it.")
            shapes[row] = None
    _reject(rejects, ~wkb.valid, "geometry_missing")
    _reject(rejects, which & wkb.valid & shapely.is_missing(shapes), "geometry_unreadable")
    _drop(shapes, shapely.is_empty(shapes), rejects, "geometry_empty")
    return shapes, curved


def _made(bodies: Shapes) -> tuple[Shapes, int]:
    """Shapes of their bytes, None where they are none; how many were curved, which GEOS cannot draw."""
    try:
        return shapely.from_wkb(bodies, on_invalid="ignore"), 0
    except NotImplementedError:
        made: Shapes = np.full(len(bodies), None, dtype=object)
    curved = []
    for place, body in enumerate(bodies):
        try:
            made[place] = shapely.from_wkb(body, on_invalid="ignore")
        except NotImplementedError:
            curved.append(place)
    made[curved] = drawn = curves.chords([bodies[place] for place in curved])
    return made, sum(shape is not None for shape in drawn)


def _sound(wkb: Varied, plain: Mask, shapes: Shapes, rejects: Rejects) -> tuple[Varied, NDArray[np.float64]]:
    """Which of the plain polygons are sound in the city's frame, with the area of each; the rest is made."""
    found, areas = sound.sound(wkb.data, wkb.offsets, plain, LEAST_AREA)
    doubtful = wkb.valid & ~found
    made, _ = _read(wkb, doubtful, Rejects())
    shapes[doubtful] = made[doubtful]
    _finite(shapes, rejects, "outside_domain")
    return Varied(wkb.data, wkb.offsets, found), areas


def _reject(rejects: Rejects, mask: Mask, code: str) -> None:
    for row in np.flatnonzero(mask):
        rejects.add(int(row), code)


def _drop(shapes: Shapes, mask: Mask, rejects: Rejects, code: str) -> None:
    _reject(rejects, mask, code)
    shapes[mask] = None


def _finite(shapes: Shapes, rejects: Rejects, code: str = "coordinate_not_finite") -> None:
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[rows[~np.isfinite(coordinates).all(axis=1)]] = True
    _drop(shapes, bad, rejects, code)


def _outside_domain(boxes: NDArray[np.float64], crs: CRS, where: str, file: str) -> Mask:
    """Which boxes lie outside of the source's system.

    Refuses a source in the wrong unit or wholly outside of its system.
    """
    there = np.isfinite(boxes).all(axis=1)
    nowhere = np.zeros(len(boxes), dtype=bool)
    if not there.any():
        return nowhere
    known = boxes[there]
    whole = (known[:, 0].min(), known[:, 1].min(), known[:, 2].max(), known[:, 3].max())
    frames.refuse_wrong_unit(whole, crs, f"{where}.crs", file)
    domain = frames.domain(crs)
    if domain is None:
        return nowhere
    west, south, east, north = domain
    outside: Mask = there & (
        (boxes[:, 0] < west) | (boxes[:, 1] < south) | (boxes[:, 2] > east) | (boxes[:, 3] > north)
    )
    if outside.sum() == there.sum():
        raise ImportRefused(
            "outside_domain",
            f"No shape of {file} lies in the area of use of {crs.name} "
            f"(found {whole[0]:.6g}…{whole[2]:.6g}, {whole[1]:.6g}…{whole[3]:.6g}): "
            "wrong coordinate reference system or swapped axes.",
            where=f"{where}.crs",
            file=file,
        )
    return outside


def _only_wanted(result: Shaped, shape: Shape, rejects: Rejects) -> None:
    """Take the parts of the layer's type out of collections; reject rows that have none."""
    shapes, wanted = result.outlines.made, _WANTED[shape]
    kinds = shapely.get_type_id(shapes)
    for row in np.flatnonzero((kinds >= 0) & ~np.isin(kinds, wanted)):
        whole = shapes[row]
        shapes[row] = parts_of(whole, shape)
        if shapes[row] is None:
            rejects.add(int(row), "wrong_geometry_type", f"It is a {whole.geom_type}.")
        else:
            result.mixed += 1
            result.repairs.append(
                Repair(
                    int(row), f"mixed types ({whole.geom_type})", whole.area, shapes[row].area, shapes[row]
                )
            )


def _repair(result: Shaped, shape: Shape, rejects: Rejects) -> None:
    """Make invalid shapes valid: rings first, then outer rings united and holes taken out."""
    shapes = result.outlines.made
    invalid = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    if not len(invalid):
        return
    before = shapes[invalid]
    reasons = shapely.is_valid_reason(before)
    after = made_valid(before, shape)
    for row, was, reason, now in zip(invalid, before, reasons, after, strict=True):
        fixed = now if now.geom_type != "GeometryCollection" else parts_of(now, shape)
        if fixed is None or fixed.is_empty:
            rejects.add(int(row), "not_repairable", f"{reason}.")
            shapes[row] = None
        else:
            shapes[row] = fixed
            result.repairs.append(Repair(int(row), str(reason), was.area, fixed.area, fixed))


def _has_extent(shapes: Shapes, rejects: Rejects) -> None:
    kinds = shapely.get_type_id(shapes)
    flat = np.isin(kinds, _POLYGONAL) & (shapely.area(shapes) < LEAST_AREA)
    _drop(shapes, flat, rejects, "area_zero")
    _drop(shapes, np.isin(kinds, _LINEAR) & (shapely.length(shapes) == 0), rejects, "length_zero")
