"""The one metric frame of a city: the only coordinates in which anything is measured.

Measures never see degrees. Geometry is stored in the frame, served in EPSG:4326, and drawn on tiles in
EPSG:3857. Azimuths are clockwise from **grid** north (the frame's +y); `Frame.convergence` gives the angle
to true north.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Proj, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from gis.errors import FrameError

WGS84 = 4326
WEB_MERCATOR = 3857

Geometries = TypeVar("Geometries", BaseGeometry, npt.NDArray[np.object_])


@dataclass(frozen=True)
class Frame:
    """A projected coordinate system in metres on a known datum, by its EPSG code.

    Build it with `Frame.of`, which refuses what cannot be measured in.

    >>> frame = Frame.of(32639)
    >>> frame.name
    'WGS 84 / UTM zone 39N'
    >>> lon_lat = frame.to_wgs84(shapely.Point(500000, 0))  # where the central meridian meets the equator
    >>> round(lon_lat.x, 9), round(lon_lat.y, 9)
    (51.0, 0.0)
    >>> frame.to_wgs84(shapely.Point()).is_empty
    True
    >>> try:
    ...     Frame.of(4326)
    ... except FrameError as error:
    ...     error.code
    'frame.geographic'
    """

    srid: int
    name: str

    @classmethod
    def of(cls, srid: int) -> Frame:
        """The frame with this EPSG code. Raises FrameError for degrees, foot grids, unknown code or datum."""
        crs = _crs(srid)
        label = f"EPSG:{srid} ({crs.name})"
        if crs.is_geographic or crs.is_geocentric:
            raise FrameError(
                "frame.geographic",
                "srid",
                f"{label} measures no plane metres; a city needs a projected frame such as its UTM zone.",
                srid=srid,
            )
        if not crs.is_projected or len(crs.axis_info) != 2:
            raise FrameError(
                "frame.not_projected", "srid", f"{label} is no plane frame on the earth.", srid=srid
            )
        units = sorted({axis.unit_name for axis in crs.axis_info})
        if units != ["metre"]:
            raise FrameError(
                "frame.unit",
                "srid",
                f"{label} is in {', '.join(units)}; a city frame is in metres.",
                srid=srid,
                unit=", ".join(units),
            )
        datum = crs.datum.name if crs.datum else "unknown"
        if any(word in datum.lower() for word in ("unknown", "unspecified", "not specified")):
            raise FrameError(
                "frame.datum",
                "srid",
                f"{label} has no known datum ({datum}): the same numbers lie 200 m apart on ED50 and WGS 84.",
                srid=srid,
                datum=datum,
            )
        if crs.coordinate_operation and "pseudo mercator" in crs.coordinate_operation.method_name.lower():
            raise FrameError(
                "frame.not_metric",
                "srid",
                f"{label} stretches every length (by a fifth at Tehran): it draws maps and measures nothing.",
                srid=srid,
            )
        return cls(srid=srid, name=crs.name)

    def to_wgs84(self, geometry: Geometries) -> Geometries:
        """Longitude and latitude (EPSG:4326, in this order) of a shape, or an array of them."""
        return _transform(geometry, self.srid, WGS84)

    def from_wgs84(self, geometry: Geometries) -> Geometries:
        """Metres in this frame of shapes given in longitude and latitude."""
        return _transform(geometry, WGS84, self.srid)

    def to_web_mercator(self, geometry: Geometries) -> Geometries:
        """Tile coordinates (EPSG:3857) of shapes of this frame: for drawing only."""
        return _transform(geometry, self.srid, WEB_MERCATOR)

    def from_web_mercator(self, geometry: Geometries) -> Geometries:
        """Metres in this frame of shapes given in tile coordinates (EPSG:3857)."""
        return _transform(geometry, WEB_MERCATOR, self.srid)

    def convergence(self, x: float, y: float) -> float:
        """Degrees from true north clockwise to grid north at a point (positive east of the central meridian).

        azimuth from true north = azimuth from grid north + convergence.

        >>> round(Frame.of(32639).convergence(500000, 3800000), 6)  # on the central meridian both agree
        0.0
        >>> round(Frame.of(32639).convergence(560000, 3800000), 3)
        0.368
        """
        lon_lat = self.to_wgs84(shapely.Point(x, y))
        return float(Proj(_crs(self.srid)).get_factors(lon_lat.x, lon_lat.y).meridian_convergence)


@lru_cache(maxsize=64)
def _crs(srid: int) -> CRS:
    try:
        return CRS.from_epsg(srid)
    except CRSError as error:
        raise FrameError(
            "frame.unknown", "srid", f"There is no coordinate system EPSG:{srid}.", srid=srid
        ) from error


@lru_cache(maxsize=64)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


def _transform(geometry: Geometries, source: int, target: int) -> Geometries:
    transformer = _transformer(source, target)

    def project(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        moved = np.column_stack((x, y))
        wrong = ~np.isfinite(moved).all(axis=1)
        if wrong.any():
            first = points[int(np.argmax(wrong))]
            raise FrameError(
                "frame.out_of_range",
                "geometry",
                f"EPSG:{source} → EPSG:{target} cannot carry the point ({first[0]:g}, {first[1]:g}).",
                count=int(wrong.sum()),
                point=f"{first[0]:g}, {first[1]:g}",
            )
        return moved

    result: Geometries = shapely.transform(shapely.force_2d(geometry), project)
    return result
