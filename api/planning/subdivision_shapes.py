"""The wire model of a subdivision: its JSON schema and an example. What it means is checked by `gis`."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from api.core.days import Day
from gis.proposal import EXISTING
from gis.subdivision import MAX_CORNERS, MAX_NAME, MAX_PIECES

_POSITION = {"type": "array", "minItems": 2, "maxItems": 3, "items": {"type": "number"}}
_OUTLINE = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Polygon"},
        "coordinates": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "array", "minItems": 4, "items": _POSITION},
        },
    },
}
_PIECE = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
        "street": {"type": "boolean", "description": "the piece becomes public way"},
    },
}
SUBDIVISION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Subdivision",
    "description": (
        "A GeoJSON FeatureCollection with one feature for each piece of the lot after widening; `srid` is"
        f" 4326 or the city's frame. At most {MAX_PIECES} pieces and {MAX_CORNERS} vertices, and finite"
        " coordinates."
    ),
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "srid": {"type": "integer"},
        "subdivision": {
            "type": "object",
            "properties": {
                "existing": {
                    "enum": [*EXISTING, None],
                    "description": "what becomes of the buildings that stand on the lot; null = not said",
                }
            },
        },
        "features": {
            "type": "array",
            "minItems": 2,
            "maxItems": MAX_PIECES,
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {"type": {"const": "Feature"}, "geometry": _OUTLINE, "properties": _PIECE},
            },
        },
    },
}
SubdivisionIn = Annotated[dict[str, Any], WithJsonSchema(SUBDIVISION_SCHEMA)]


def _piece(name: str, ring: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {"name": name},
    }


# It stands on the first parcel of the sample city, so that the example can be tried there.
SUBDIVISION_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "srid": 32639,
    "subdivision": {"existing": "demolish"},
    "features": [
        _piece(
            "A",
            [
                [559879.32, 3799979.951],
                [559885.327, 3799981.554],
                [559882.91, 3799998.093],
                [559879.814, 3799997.326],
            ],
        ),
        _piece(
            "B",
            [
                [559885.327, 3799981.554],
                [559891.333, 3799983.157],
                [559886.007, 3799998.86],
                [559882.91, 3799998.093],
            ],
        ),
    ],
}


class SubdivisionAssessmentIn(BaseModel):
    """What is to be judged: a division of a parcel on a day."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"parcel": "P-000001", "on": "2026-11-21", "subdivision": SUBDIVISION_EXAMPLE}
        },
    )

    parcel: str = Field(min_length=1, max_length=200, description="key of the parcel")
    on: Day = Field(description="the day whose map and law govern")
    subdivision: SubdivisionIn
