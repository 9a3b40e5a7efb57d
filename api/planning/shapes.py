"""The wire models of planning: the city, a parcel with its law, an assessment."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from api.cadastre.shapes import Box, LayerOut, LonLat
from api.planning.report_shapes import BookRef, Cite, Geometry, Missing, Subject, Verdict, Words
from gis.proposal import MAX_STOREYS, MAX_VERTICES, STOREY_KINDS, USES

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

PROPOSAL_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "srid": 32639,
    "proposal": {"strip_ceded": False, "parking_spaces": 2},
    "features": [
        {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [560000, 3800010],
                        [560010, 3800010],
                        [560010, 3800024],
                        [560000, 3800024],
                        [560000, 3800010],
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


class AssessmentIn(BaseModel):
    """What is to be judged: a proposal for a parcel on a day."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"parcel": "P-000001", "on": "2026-11-21", "proposal": PROPOSAL_EXAMPLE}
        },
    )

    parcel: str = Field(min_length=1, max_length=200, description="key of the parcel")
    on: date = Field(description="the day whose map and law govern")
    proposal: ProposalIn


class CityName(BaseModel):
    """The city's name."""

    fa: str
    en: str


class ZoneCode(BaseModel):
    """A zone code on the map."""

    code: str
    name: str | None


class CityOut(BaseModel):
    """The city, what its layers are worth, and the book in force."""

    key: str
    name: CityName
    sample: bool
    srid: int
    srid_name: str
    bounds: Box | None
    centre: LonLat | None
    today: date
    layers: list[LayerOut]
    overlay_kinds: list[str]
    zones: list[ZoneCode]
    book: BookRef | None


class FrameOut(BaseModel):
    """The city's metric frame."""

    srid: int
    name: str


class Corner(BaseModel):
    """A corner: number, easting, northing, longitude, latitude."""

    n: int
    e: float
    n_m: float
    lon: float
    lat: float


class EdgeStreet(BaseModel):
    """The street before an edge."""

    key: str
    name: str | None
    existing_width_m: float | None
    planned_width_m: float | None


class EdgeOut(BaseModel):
    """An edge of the lot after widening, and what its kind rests on."""

    index: int
    kind: Literal["street", "side", "rear", "unknown"]
    evidence: str
    confidence: float
    length_m: float
    azimuth_deg: float = Field(description="clockwise from grid north, 0 to 360")
    street_width_m: float | None
    street: EdgeStreet | None
    geometry: Geometry


class StripOut(BaseModel):
    """What one street takes."""

    key: str
    area_m2: float


class WideningOut(BaseModel):
    """What the approved streets take from the parcel; null figures where that is not known."""

    known: bool
    reason: str | None
    before_m2: float
    loss_m2: float | None
    after_m2: float | None
    geometry: Geometry | None
    streets: list[StripOut]


class ZoneOut(BaseModel):
    """A zone's part of the lot after widening."""

    code: str
    name: str | None
    share: float
    area_m2: float


class OverlayOut(BaseModel):
    """An overlay touching the parcel; `share` of its area where the overlay is an area."""

    key: str
    kind: str
    name: str | None
    share: float | None


class BuildingOut(BaseModel):
    """A building on the parcel as it stands."""

    key: str
    storeys: int | None
    height_m: float | None
    use: str | None
    year: int | None
    area_m2: float
    geometry: Geometry


class NodeOut(BaseModel):
    """A node of property on the parcel."""

    code: str
    kind: str
    use: str | None
    floor: int | None
    area_m2: float | None


class TerrainOut(BaseModel):
    """Elevations on the parcel in metres."""

    min_m: float
    max_m: float
    mean_m: float


class SiteLayer(BaseModel):
    """What the register says of a layer at this parcel."""

    layer: str
    status: Literal["complete", "incomplete", "unknown", "not_loaded"]
    day: date | None
    source: str | None


class LawItemOut(BaseModel):
    """One thing that the law says here; `verdict` null where its limit stands."""

    provision: str | None
    title: Words
    measure: str | None
    relation: str | None
    limit: float | str | list[str] | None
    unit: str | None
    zone: str | None
    subject: Subject | None
    cite: Cite | None
    text: Words
    verdict: Verdict | None
    missing: Missing | None


class Refusal(BaseModel):
    """Why there is no law to show."""

    code: str
    detail: str
    args: dict[str, Any]


class LawOut(BaseModel):
    """What may be built here on a day, or why that cannot be said."""

    on: date
    book: BookRef | None
    items: list[LawItemOut]
    refusal: Refusal | None


class LineageOut(BaseModel):
    """What became of a key."""

    kind: str
    old_key: str
    new_key: str
    day: date
    share: float | None


class Days(BaseModel):
    """Days in force: from, and the day after the last."""

    valid_from: date
    valid_to: date | None


class ParcelOut(BaseModel):
    """A parcel as of a day, with what the law in force says for it."""

    key: str
    on: date
    valid_from: date
    valid_to: date | None
    renovation_code: str | None
    registration_plate: str | None
    address: str | None
    district: str | None
    area_m2: float
    registered_area_m2: float | None
    geometry: Geometry
    frame: FrameOut
    corners: list[Corner]
    edges: list[EdgeOut]
    orientation: str | None
    corner_lot: bool
    through_lot: bool
    frontage_m: float | None
    depth_m: float | None
    widening: WideningOut
    zones: list[ZoneOut]
    overlays: list[OverlayOut]
    buildings: list[BuildingOut]
    nodes: list[NodeOut]
    terrain: TerrainOut | None
    layers: list[SiteLayer]
    law: LawOut
    lineage: list[LineageOut]
    history: list[Days]
