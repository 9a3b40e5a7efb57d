"""The wire models of planning: the city, and what is to be judged."""

from pydantic import BaseModel, ConfigDict, Field

from api.cadastre.shapes import Box, LayerOut, LonLat
from api.core.days import Day
from api.planning.proposal_shapes import PROPOSAL_EXAMPLE, ProposalIn
from api.planning.report_shapes import BookRef


class AssessmentIn(BaseModel):
    """What is to be judged: a proposal for a parcel on a day."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"parcel": "P-000001", "on": "2026-11-21", "proposal": PROPOSAL_EXAMPLE}
        },
    )

    parcel: str = Field(min_length=1, max_length=200, description="key of the parcel")
    on: Day = Field(description="the day whose map and law govern")
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
    today: Day
    layers: list[LayerOut]
    overlay_kinds: list[str]
    overlay_kinds_without_law: list[str] = Field(
        description="kinds on the map of which no provision in force speaks: what lies under one is undecided"
    )
    zones: list[ZoneCode]
    book: BookRef | None
