"""Reading a footprint from GeoJSON: vertices are counted before any geometry is built."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, cast

import shapely
from shapely import LineString
from shapely.geometry import MultiPolygon, Polygon

from gis.errors import FrameError
from gis.frame import WGS84, Frame
from gis.precision import noise
from gis.proposal.values import is_list, number, refuse

MAX_VERTICES: Final = 20_000
_REACH: Final = 1e8  # metres: no projected frame on the earth has coordinates beyond


def count_vertices(geometry: object, where: str, left: int, *, line: bool = False) -> int:
    """Number of positions of a Polygon or MultiPolygon; refuses as soon as more than `left` are counted.

    `line`: of a LineString.
    """
    if line:
        return _count_line(geometry, where, left)
    if not isinstance(geometry, Mapping) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        refuse("not_a_polygon", where, "The outline of a storey or a piece is a Polygon or a MultiPolygon.")
    coordinates: Any = geometry.get("coordinates")
    polygons: Any = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    if not is_list(polygons):
        refuse("coordinates", f"{where}/coordinates", "`coordinates` is not a list.")
    count = 0
    for polygon in polygons:
        if not is_list(polygon) or not polygon:
            refuse("coordinates", f"{where}/coordinates", "A polygon is a list of rings, the outer first.")
        for ring in polygon:
            if not is_list(ring):
                refuse("coordinates", f"{where}/coordinates", "A ring is a list of positions.")
            count += max(len(ring), 1)
            if count > left:
                _refuse_too_many(where)
    if not count:
        refuse("empty", f"{where}/coordinates", "The outline has no ring.")
    return count


def _count_line(geometry: object, where: str, left: int) -> int:
    positions = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if not isinstance(geometry, Mapping) or geometry.get("type") != "LineString" or not is_list(positions):
        refuse("not_a_line", where, "A window or a gate is a LineString along its wall.")
    count = len(cast("Sequence[object]", positions))
    if count > left:
        _refuse_too_many(where)
    return max(count, 1)


def _refuse_too_many(where: str) -> NoReturn:
    refuse(
        "too_many_vertices",
        f"{where}/coordinates",
        f"The proposal has more than {MAX_VERTICES:,} vertices; simplify the outlines.",
        limit=MAX_VERTICES,
    )


def read_line(geometry: Mapping[str, Any], where: str, srid: int, frame: Frame) -> LineString:
    """A line in the city's frame, of at least two different positions."""
    at = f"{where}/coordinates"
    points = [_position(p, f"{at}/{n}", srid) for n, p in enumerate(geometry["coordinates"])]
    if len(points) < 2 or len(set(points)) < 2:
        refuse("no_length", where, "A line has at least two different positions.")
    line = LineString(points)
    if srid != WGS84:
        return line
    try:
        return cast("LineString", frame.from_wgs84(line))
    except FrameError as error:
        refuse("out_of_range", where, f"The line lies outside the city's frame: {error.detail}")


def read_footprint(
    geometry: Mapping[str, Any], where: str, srid: int, frame: Frame
) -> Polygon | MultiPolygon:
    """The footprint in the city's frame; refuses open or self-crossing rings and absurd coordinates."""
    lists, at = geometry["coordinates"], f"{where}/coordinates"
    many = geometry["type"] == "MultiPolygon"
    polygons = []
    for p, polygon in enumerate(lists if many else [lists]):
        start = f"{at}/{p}" if many else at
        rings = [_ring(ring, f"{start}/{r}", srid) for r, ring in enumerate(polygon)]
        polygons.append(Polygon(rings[0], rings[1:]))
    shape: Polygon | MultiPolygon = MultiPolygon(polygons) if many else polygons[0]
    if not shape.is_valid:
        _refuse_invalid(shape, where)
    if srid == WGS84:
        try:
            shape = frame.from_wgs84(shape)
        except FrameError as error:
            refuse("out_of_range", where, f"The outline lies outside the city's frame: {error.detail}")
        if not shape.is_valid:
            _refuse_invalid(shape, where)
    if not math.isfinite(shape.area) or shape.area < noise("m2"):
        refuse("no_area", where, "The outline has no area.")
    return shape


def _refuse_invalid(shape: Polygon | MultiPolygon, where: str) -> NoReturn:
    reason = shapely.is_valid_reason(shape)
    point = re.search(r"\[(\S+) (\S+)\]", reason)
    x, y = (float(point[1]), float(point[2])) if point else (None, None)
    what = re.sub(r"\[.*", "", reason).strip()
    at = f" at ({x:.10g}, {y:.10g})" if point else ""
    crossing = "crosses itself" if "intersection" in what.lower() else f"is no area ({what.lower()})"
    refuse(
        "self_crossing" if "intersection" in what.lower() else "invalid_shape",
        where,
        f"The outline {crossing}{at}; draw it anew.",
        x=x,
        y=y,
    )


def _ring(ring: Sequence[object], where: str, srid: int) -> list[tuple[float, float]]:
    points = [_position(position, f"{where}/{n}", srid) for n, position in enumerate(ring)]
    if len(points) < 4 or points[0] != points[-1]:
        refuse("open_ring", where, "A ring has at least four positions and ends where it began.")
    return points


def _position(position: object, where: str, srid: int) -> tuple[float, float]:
    if not is_list(position) or not 2 <= len(cast("Sequence[object]", position)) <= 3:
        refuse("position", where, "A position is [x, y].")
    x, y = (number(value, where) for value in cast("Sequence[object]", position)[:2])
    reach = (180.0, 90.0) if srid == WGS84 else (_REACH, _REACH)
    if abs(x) > reach[0] or abs(y) > reach[1]:
        unit = "degrees of longitude and latitude" if srid == WGS84 else f"metres of EPSG:{srid}"
        refuse("out_of_range", where, f"({x:g}, {y:g}) cannot be {unit}.", x=x, y=y)
    return x, y
