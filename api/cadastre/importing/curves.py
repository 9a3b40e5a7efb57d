"""Arcs drawn as chords: the shapes that are stored have straight edges only."""

import io
from collections.abc import Sequence

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely import Geometry, GeometryType

STEP_DEGREES = 0.5
"""Degrees of an arc that one chord spans: it misses the arc by less than a hundred-thousandth of the radius,
0.1 mm at 10 m and 1 cm at 1 km. The corners lie on the arc, the same whichever way it is drawn."""


def is_straight(shape: Geometry | None) -> bool:
    """Whether no part of a shape is a curve, which a collection may hold and nothing here can draw.

    >>> is_straight(shapely.GeometryCollection([shapely.Point(1, 2)])), is_straight(None)
    (True, True)
    """
    if shapely.get_type_id(shape) != GeometryType.GEOMETRYCOLLECTION:
        return True
    try:
        return all(is_straight(part) for part in shapely.get_parts(shape))
    except NotImplementedError:
        return False


def chords(curved: Sequence[bytes]) -> list[Geometry | None]:
    """The shape of each WKB of a curved type with its arcs as chords; None where its bytes are no shape.

    >>> import struct
    >>> arc = struct.pack("<BII6d", 1, 8, 3, 10, 0, 0, 10, -10, 0)
    >>> half = chords([arc])[0]
    >>> half.geom_type, round(half.length, 3), chords([arc[:30]]), chords([])
    ('LineString', 31.416, [None], [])
    """
    if not curved:
        return []
    try:
        drawn = _drawn(curved)
    except (DataLayerError, DataSourceError, shapely.GEOSException):
        if len(curved) == 1:
            return [None]
        half = len(curved) // 2
        return chords(curved[:half]) + chords(curved[half:])
    return drawn


def _drawn(curved: Sequence[bytes]) -> list[Geometry | None]:
    """GDAL draws the arcs when it hands shapes out, so they go through a file in memory.

    The system named there is of no account: the numbers come back as they are.
    """
    pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": STEP_DEGREES})
    shapes = np.empty(len(curved), dtype=object)
    shapes[:] = curved
    file = io.BytesIO()
    pyogrio.raw.write(
        file, shapes, [], [], geometry_type="Unknown", crs="EPSG:3857", driver="FlatGeobuf", layer="curves",
        layer_options={"SPATIAL_INDEX": "NO"},
    )  # fmt: skip
    drawn: list[Geometry | None] = list(shapely.from_wkb(pyogrio.raw.read(file.getvalue())[2]))
    return drawn
