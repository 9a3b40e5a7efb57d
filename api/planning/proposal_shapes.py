"""The wire model of a proposal: its JSON schema and a worked example. What it means is checked by `gis`."""

from typing import Annotated, Any

from pydantic import WithJsonSchema

from gis.proposal import EXISTING, MAX_STOREYS, MAX_VERTICES, STOREY_KINDS, USES

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
    },
}
PROPOSAL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Proposal",
    "description": (
        "A GeoJSON FeatureCollection with one feature for each mass of each storey; `srid` is 4326 or"
        f" the city's frame. At most {MAX_VERTICES} vertices and {MAX_STOREYS} storeys; finite coordinates."
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
                "properties": {"type": {"const": "Feature"}, "geometry": _FOOTPRINT, "properties": _MASS},
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
