"""Coordinate systems of sources against the city's metric frame: what is refused, how points move."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.enums import TransformDirection
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from api.cadastre.importing.refusals import ImportRefused

Coordinates = NDArray[np.float64]
Box = tuple[float, float, float, float]


def crs_from(text: str, where: str) -> CRS:
    """The coordinate reference system of this name or definition, refused where it cannot be read.

    >>> crs_from("EPSG:32639", "city.srid").name
    'WGS 84 / UTM zone 39N'
    """
    try:
        return CRS.from_user_input(text)
    except CRSError as fault:
        raise ImportRefused(
            "crs_unreadable",
            f"{text!r} is not a coordinate reference system; expected a code such as EPSG:32639.",
            where=where,
        ) from fault


def metric_frame(srid: int, where: str) -> CRS:
    """The city's frame: projected, in metres, on a known datum; anything else is refused.

    >>> metric_frame(32639, "city.srid").name
    'WGS 84 / UTM zone 39N'
    """
    crs = crs_from(f"EPSG:{srid}", where)
    metres = all(axis.unit_conversion_factor == 1 and axis.unit_name == "metre" for axis in crs.axis_info)
    if not (crs.is_projected and metres):
        raise ImportRefused(
            "frame_not_metric",
            f"EPSG:{srid} ({crs.name}) is not a projected system in metres; the city is measured in one, "
            "such as EPSG:32639 (UTM zone 39N).",
            where=where,
        )
    require_datum(crs, where)
    return crs


def require_datum(crs: CRS, where: str) -> None:
    """Refuse a system whose datum is not said: the same numbers lie 200 m apart on ED50 and WGS 84."""
    base = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    datum = base.datum
    name = (datum.name if datum is not None else "").lower()
    if crs.is_engineering or not name or name.startswith(("unknown", "not specified", "not_specified")):
        raise ImportRefused(
            "datum_unknown",
            f"The coordinate reference system {crs.name!r} does not say its datum; find it out and name "
            "the EPSG code (the same numbers lie some 200 m apart on ED50 and WGS 84).",
            where=where,
            crs=crs.name,
        )


def source_crs(declared: str | None, in_file: str | None, where: str, file: str) -> CRS:
    """The system of a source from what its profile declares and what the file carries; they must agree."""
    if declared is None and not in_file:
        raise ImportRefused(
            "crs_missing",
            f'{file} carries no coordinate reference system; say which it is (crs = "EPSG:…").',
            where=where,
            file=file,
        )
    said = crs_from(declared, where) if declared is not None else None
    carried = crs_from(in_file, file) if in_file else None
    if said and carried and not said.equals(carried, ignore_axis_order=True):
        undefined = carried.is_engineering
        if not undefined and said.to_epsg() != carried.to_epsg(min_confidence=70):
            raise ImportRefused(
                "crs_disagrees",
                f"The profile says {said.name}, {file} says {carried.name}; one of them is wrong.",
                where=where,
                declared=said.name,
                carried=carried.name,
            )
    crs = said or carried
    assert crs is not None  # noqa: S101 - one of the two is there
    require_datum(crs, where)
    return crs


def domain(crs: CRS) -> Box | None:
    """Box in the system's own units around its area of use with a tenth more on each side; None where
    unknown."""
    area = crs.area_of_use
    if area is None:
        return None
    west, south, east, north = area.bounds
    if west > east:
        west, east = -180.0, 180.0
    if crs.is_projected:
        try:
            to = Transformer.from_crs(4326, crs, always_xy=True)
            west, south, east, north = to.transform_bounds(west, south, east, north, densify_pts=21)
        except ProjError:
            return None
    box = np.array([west, south, east, north])
    if not np.isfinite(box).all():
        return None
    x, y = (east - west) / 10, (north - south) / 10
    return (west - x, south - y, east + x, north + y)


def refuse_wrong_unit(box: Box, crs: CRS, where: str, file: str) -> None:
    """Refuse degrees that are said to be metres, and metres that are said to be degrees.

    `box` is west, south, east, north of all finite coordinates of the source.
    """
    west, south, east, north = box
    like_degrees = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if crs.is_projected and like_degrees:
        raise ImportRefused(
            "degrees_as_metres",
            f"All coordinates of {file} lie in {west:.6g}…{east:.6g}, {south:.6g}…{north:.6g}: these are "
            f"degrees, but the source is said to be in {crs.name}.",
            where=where,
            file=file,
        )
    if crs.is_geographic and not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
        raise ImportRefused(
            "metres_as_degrees",
            f"Coordinates of {file} reach {west:.6g}…{east:.6g}, {south:.6g}…{north:.6g}: these are no "
            f"degrees, but the source is said to be in {crs.name}.",
            where=where,
            file=file,
        )


@dataclass(frozen=True)
class Move:
    """How coordinates go from a source's system to the city's frame: by which operation and how exactly."""

    transformer: Transformer | None
    operation: str
    accuracy_m: float | None

    def points(self, coordinates: Coordinates) -> Coordinates:
        """(n, 2) easting and northing in the city's frame; infinite where a point cannot be moved."""
        if self.transformer is None:
            return coordinates
        x, y = self.transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([x, y])


def move(source: CRS, frame: CRS, where: str) -> Move:
    """The best known operation between two systems; refused where PROJ knows none but pretending they are
    one.

    >>> move(CRS("EPSG:32639"), CRS("EPSG:32639"), "").operation
    'none (the same system)'
    """
    if source.equals(frame, ignore_axis_order=True):
        return Move(None, "none (the same system)", 0.0)
    group = TransformerGroup(source, frame, always_xy=True, allow_ballpark=False)
    if not group.transformers:
        raise ImportRefused(
            "no_transformation",
            f"PROJ knows no transformation from {source.name} to {frame.name}; transform the file yourself.",
            where=where,
        )
    best = group.transformers[0]
    accuracy = best.accuracy if best.accuracy is not None and best.accuracy >= 0 else None
    return Move(best, best.description, accuracy)


def back(moved: Move, box: Box) -> Box:
    """The box in the source's own system around a box in the city's frame.

    >>> back(move(CRS(4326), CRS(32639), ""), (500000, 3800000, 500001, 3800001))[0] < 51.0001
    True
    """
    if moved.transformer is None:
        return box
    west, south, east, north = moved.transformer.transform_bounds(
        *box, densify_pts=21, direction=TransformDirection.INVERSE
    )
    return (west, south, east, north)


def pipeline(source: CRS, frame: CRS) -> str:
    """The operation of `move` as PROJ writes it, with the axes in the order of each system's definition.

    Raster warping takes it in this form; left to itself it may choose another operation, tens of metres away.

    >>> pipeline(CRS(32640), CRS(32639)).split(" +step ")[1:]
    ['+inv +proj=utm +zone=40 +ellps=WGS84', '+proj=utm +zone=39 +ellps=WGS84']
    """
    return str(TransformerGroup(source, frame, allow_ballpark=False).transformers[0].to_proj4())


def to_web(frame: CRS) -> Transformer:
    """From the city's frame to EPSG:3857, in which tiles are drawn."""
    return Transformer.from_crs(frame, 3857, always_xy=True)


def to_degrees(frame: CRS, points: Coordinates) -> Coordinates:
    """(n, 2) longitude and latitude on WGS 84 of points in the city's frame."""
    lon, lat = Transformer.from_crs(frame, 4326, always_xy=True).transform(
        points[:, 0], points[:, 1], direction=TransformDirection.FORWARD
    )
    return np.column_stack([lon, lat])
