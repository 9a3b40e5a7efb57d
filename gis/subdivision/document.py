"""Reading a subdivision from GeoJSON, by the rules by which a proposal is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import shapely
from shapely import Polygon

from gis.frame import WGS84, Frame
from gis.proposal import EXISTING, MAX_VERTICES, Existing
from gis.proposal.footprint import count_vertices, read_footprint
from gis.proposal.values import is_list, no_unknown, refuse, word

MAX_PIECES: Final = 200
MAX_CORNERS: Final = 4_000
"""Vertices of all pieces together; each is looked out from, which takes its time."""
MAX_NAME: Final = 60
_TOP: Final = {"type", "features", "srid", "subdivision", "name", "bbox", "id"}


def read_pieces(document: object, frame: Frame) -> tuple[list[tuple[str, Polygon, bool]], Existing | None]:
    """Name, outline in the city's frame and `street` of each piece, and what becomes of the buildings.

    A hostile document is refused in the time it takes to walk its lists. Raises ProposalError at the first
    fault.
    """
    if not isinstance(document, Mapping) or document.get("type") != "FeatureCollection":
        refuse("not_a_collection", "", "A subdivision is a GeoJSON FeatureCollection, one feature a piece.")
    if "crs" in document:
        refuse("crs_member", "/crs", "Say the coordinate system with the member `srid` instead of `crs`.")
    no_unknown(document, _TOP, "")
    srid, existing = _srid(document, frame), _existing(document)
    features = document.get("features")
    if not is_list(features):
        refuse("not_a_list", "/features", "`features` is a list with one feature for each piece.")
    listed = cast("Sequence[object]", features)
    if len(listed) > MAX_PIECES:
        refuse("too_many_masses", "/features", f"More than {MAX_PIECES} features.", count=len(listed))
    vertices = 0
    for n, feature in enumerate(listed):
        where = f"/features/{n}"
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            refuse("not_a_feature", where, "Every item of `features` is a GeoJSON Feature.")
        left = MAX_VERTICES - vertices
        vertices += count_vertices(feature.get("geometry"), f"{where}/geometry", left)
        if vertices > MAX_CORNERS:
            refuse(
                "too_many_vertices",
                f"{where}/geometry/coordinates",
                f"The pieces have more than {MAX_CORNERS:,} vertices; simplify their outlines.",
                limit=MAX_CORNERS,
            )
    known = cast("Sequence[Mapping[str, Any]]", listed)
    return [_piece(f, f"/features/{n}", srid, frame) for n, f in enumerate(known)], existing


def _srid(document: Mapping[Any, Any], frame: Frame) -> int:
    srid = document.get("srid", WGS84)
    if isinstance(srid, bool) or not isinstance(srid, int):
        refuse("srid", "/srid", "`srid` is the whole number of an EPSG code, such as 4326.")
    if srid not in {WGS84, frame.srid}:
        refuse(
            "srid",
            "/srid",
            f"Coordinates are in EPSG:{srid}; give them in EPSG:4326 or in the city's EPSG:{frame.srid}.",
            srid=srid,
            allowed=[WGS84, frame.srid],
        )
    return int(srid)


def _existing(document: Mapping[Any, Any]) -> Existing | None:
    facts = document.get("subdivision", {})
    if not isinstance(facts, Mapping):
        refuse("not_an_object", "/subdivision", "`subdivision` is an object with existing.")
    no_unknown(facts, {"existing"}, "/subdivision")
    existing = facts.get("existing")
    if existing is None:
        return None
    return cast("Existing", word(existing, EXISTING, "/subdivision/existing"))


def _piece(feature: Mapping[str, Any], where: str, srid: int, frame: Frame) -> tuple[str, Polygon, bool]:
    properties, at = feature.get("properties"), f"{where}/properties"
    if not isinstance(properties, Mapping):
        refuse("not_an_object", at, "A piece has properties: name, and street where it becomes public way.")
    no_unknown(properties, {"name", "street"}, at)
    name, street = properties.get("name"), properties.get("street", False)
    if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        refuse("missing_property", f"{at}/name", f"A piece has a name of 1 to {MAX_NAME} letters.")
    if street is not None and not isinstance(street, bool):
        refuse("not_a_boolean", f"{at}/street", "`street` is true or false.")
    shape = read_footprint(feature["geometry"], f"{where}/geometry", srid, frame)
    parts = shapely.get_parts(shape)
    if len(parts) != 1:
        refuse("not_a_polygon", f"{where}/geometry", "A piece is one Polygon; name each part of its own.")
    return name.strip(), cast("Polygon", parts[0]), bool(street)
