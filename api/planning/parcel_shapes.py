"""The wire model of a parcel with what the law in force says for it."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from api.planning.report_shapes import BookRef, Cite, Geometry, Missing, Subject, Words
from gis.alignment import LayerStatus
from gis.edges import EdgeKind
from gis.measures.land import Base
from gis.report import Verdict


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
    kind: EdgeKind
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
    status: LayerStatus
    day: date | None
    source: str | None


class LandBasis(BaseModel):
    """The land to which a ratio relates, and what its limit makes of it; `ceded_…` if the owner gives the
    widening strip, where the law rewards that."""

    base: Base
    base_m2: float
    limit_m2: float | None
    ceded_base_m2: float | None
    ceded_limit_m2: float | None


class LawItemOut(BaseModel):
    """One thing that the law says here. `verdict` is null where its limit stands and a proposal is needed to
    judge it; what the land itself must have is judged here, `value` being what it has."""

    provision: str | None
    title: Words
    measure: str | None
    relation: str | None
    value: float | None
    limit: float | str | list[str] | None
    unit: str | None
    basis: LandBasis | None
    zone: str | None
    subject: Subject | None
    cite: Cite | None
    text: Words
    verdict: Verdict | None
    missing: Missing | None


class HeldOut(BaseModel):
    """Something without which no proposal can comply here, and the provisions that wait for it."""

    missing: Missing
    provisions: list[str]
    text: Words


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
    held: list[HeldOut] = Field(
        description="the conditions under which alone anything of the items may be told as a permission"
    )
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
    street_land: bool = Field(
        description="the parcel itself is street, as its source says or its shape shows"
    )
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
