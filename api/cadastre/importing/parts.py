"""What of a shape of several parts a layer takes, and how its parts are made valid."""

from collections.abc import Sequence

import shapely
from shapely import Geometry, GeometryType

from api.cadastre.importing.layers import Shape
from api.cadastre.importing.outlines import Shapes
from gis.overlay import union_all


def parts_of(collection: Geometry, shape: Shape) -> Geometry | None:
    """What of a collection is of the layer's type, None where nothing is.

    A layer of polygons takes those, one of streets its polygons and lines, one of any type everything; parts
    of several dimensions stay beside each other, for one laid over the other would swallow it.

    >>> mixed = shapely.GeometryCollection([shapely.Point(9, 9), shapely.box(0, 0, 1, 1)])
    >>> [part.geom_type for part in parts_of(mixed, "any").geoms]
    ['Polygon', 'Point']
    >>> parts_of(mixed, "polygon").area, parts_of(mixed, "point")
    (1.0, None)
    """
    parts = _single([collection])
    if shape == "point":
        return parts[0] if len(parts) == 1 and shapely.get_type_id(parts[0]) == GeometryType.POINT else None
    parts = _single(made_valid(parts, shape))
    points, lines, polygons = (parts[shapely.get_dimensions(parts) == dimension] for dimension in range(3))
    kept = [union_all(polygons)] if len(polygons) else []
    if shape != "polygon" and len(lines):
        kept.append(lines[0] if len(lines) == 1 else shapely.multilinestrings(lines))
    if shape == "any" and len(points):
        kept.append(points[0] if len(points) == 1 else shapely.multipoints(points))
    kept = [part for part in kept if not part.is_empty] or kept[:1]  # on the grid a speck is nothing
    if len(kept) > 1:
        return shapely.geometrycollections(kept)
    return kept[0] if kept else None


def made_valid(shapes: Shapes, shape: Shape) -> Shapes:
    """Shapes made valid. What collapses to a line or a point is dropped where the layer has no such thing."""
    valid: Shapes = shapely.make_valid(shapes, method="structure", keep_collapsed=shape == "any")
    return valid


def _single(shapes: Sequence[Geometry] | Shapes) -> Shapes:
    """The points, lines and polygons that shapes consist of, however deep."""
    parts = shapely.get_parts(shapes)
    while (shapely.get_type_id(parts) > GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    there: Shapes = parts[~shapely.is_empty(parts)]
    return there
