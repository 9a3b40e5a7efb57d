"""The wire model of a proposal: its JSON schema and a worked example. What it means is checked by `gis`."""

from typing import Annotated, Any

from pydantic import WithJsonSchema

from gis.proposal import ELEMENTS, EXISTING, MAX_STOREYS, MAX_VERTICES, STOREY_KINDS, USES
from gis.proposal.element import MAX_CARS, ROOMS, SERVES

_NUMBER = {"type": "number"}
_RING = {
    "type": "array",
    "minItems": 4,
    "items": {"type": "array", "minItems": 2, "maxItems": 3, "items": _NUMBER},
}
_RINGS = {"type": "array", "minItems": 1, "items": _RING}
_FOOTPRINT = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {"type": {"const": "Polygon"}, "coordinates": _RINGS},
        },
        {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"const": "MultiPolygon"},
                "coordinates": {"type": "array", "minItems": 1, "items": _RINGS},
            },
        },
    ]
}
_MASS = {
    "type": "object",
    "required": ["level", "kind", "use", "units", "floor_height_m"],
    "properties": {
        "level": {"type": "integer", "minimum": -200, "maximum": 200, "description": "0 = ground"},
        "kind": {"enum": list(STOREY_KINDS)},
        "use": {"enum": list(USES)},
        "units": {"type": "integer", "minimum": 0, "maximum": 10000},
        "floor_height_m": {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
        "countable_area_m2": {"type": ["number", "null"], "minimum": 0},
        "clear_height_m": {
            "type": ["number", "null"],
            "exclusiveMinimum": 0,
            "description": "finished floor to the lowest point overhead; null = not said",
        },
        "unit_areas_m2": {
            "type": ["array", "null"],
            "items": {"type": "number", "exclusiveMinimum": 0},
            "description": "the area of each unit; null = not said",
        },
    },
}
_LINE = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "LineString"},
        "coordinates": {"type": "array", "minItems": 2, "items": _RING["items"]},
    },
}
_LEVEL = {"type": "integer", "minimum": -200, "maximum": 200}
_METRES = {"type": ["number", "null"], "minimum": 0, "maximum": 1000, "description": "null = not said"}


def _element(word: str, needed: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["element", *needed],
        "properties": {"element": {"const": word}, **properties},
        "additionalProperties": False,
    }


_AREAS = [
    _element("projection", ("level",), level=_LEVEL, underside_m=_METRES, closed={"type": "boolean"}),
    _element("light_well", ("level", "serves"), level=_LEVEL, serves={"enum": list(SERVES)}),
    _element(
        "parking_space", ("level",), level=_LEVEL, cars={"type": "integer", "minimum": 1, "maximum": MAX_CARS}
    ),
]
_LINES = [
    _element(
        "window", ("level", "room"), level=_LEVEL, room={"enum": list(ROOMS)}, sill_m=_METRES,
        unit={"type": ["string", "null"], "minLength": 1, "maxLength": 40},
    ),
    _element("gate", ()),
]  # fmt: skip
PROPOSAL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Proposal",
    "description": (
        "A GeoJSON FeatureCollection with one feature for each mass of each storey, and one with the property"
        " `element` for what is drawn beside storeys; `srid` is 4326 or the city's frame."
        f" At most {MAX_VERTICES} vertices and {MAX_STOREYS} storeys; finite coordinates."
    ),
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "srid": {"type": "integer"},
        "proposal": {
            "type": "object",
            "properties": {
                "strip_ceded": {"type": "boolean"},
                "parking_spaces": {"type": ["integer", "null"], "minimum": 0},
                "existing": {
                    "enum": [*EXISTING, None],
                    "description": "what becomes of the buildings that stand on the lot; null = not said",
                },
                "drawn": {
                    "type": "array",
                    "items": {"enum": list(ELEMENTS)},
                    "description": "kinds of elements of which there are no others than those drawn",
                },
                "neighbour_consents": {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 0},
                    "description": "edges whose neighbours consent to a mass past its depth: a claim",
                },
            },
        },
        "features": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "anyOf": [
                    {"properties": {"geometry": geometry, "properties": properties}}
                    for geometry, properties in (
                        (_FOOTPRINT, _MASS),
                        (_FOOTPRINT, {"oneOf": _AREAS}),
                        (_LINE, {"oneOf": _LINES}),
                    )
                ],
                "properties": {"type": {"const": "Feature"}},
            },
        },
    },
}
ProposalIn = Annotated[dict[str, Any], WithJsonSchema(PROPOSAL_SCHEMA)]

# It stands on the first parcel of the sample city, so that the example can be tried there.
PROPOSAL_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "srid": 32639,
    "proposal": {"strip_ceded": False, "parking_spaces": 2, "existing": "demolish"},
    "features": [
        {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [559881.6, 3799983.0],
                        [559888.6, 3799984.9],
                        [559885.0, 3799996.2],
                        [559882.0, 3799995.4],
                        [559881.6, 3799983.0],
                    ]
                ],
            },
            "properties": {
                "level": 0,
                "kind": "floor",
                "use": "residential",
                "units": 1,
                "floor_height_m": 3.2,
            },
        }
    ],
}
