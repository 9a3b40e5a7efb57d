"""The wire models of requests."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from api.cadastre.shapes import LonLat
from api.cases.procedure import Channel
from api.planning.proposal_shapes import PROPOSAL_EXAMPLE, ProposalIn
from api.planning.report_shapes import ReportOut, Words
from gis.report import Verdict


class RequestIn(BaseModel):
    """A request to be filed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "service": "building_permit",
                "parcel": "P-000001",
                "channel": "CITIZEN_WEB",
                "proposal": PROPOSAL_EXAMPLE,
            }
        },
    )

    service: str = Field(min_length=1, max_length=100)
    parcel: str = Field(min_length=1, max_length=200)
    channel: Channel
    proposal: ProposalIn


class RequestFiled(BaseModel):
    """A filed request with its judgement."""

    tracking_code: str
    state: str
    parcel: str
    filed_on: date
    report: ReportOut


class RequestItem(BaseModel):
    """A request in a list."""

    tracking_code: str
    service: str
    channel: Channel
    parcel: str
    applicant: str
    filed_at: datetime
    filed_on: date
    state: str
    verdict: Verdict | None
    due_on: date | None = Field(description="last day of the state's clock")
    location: LonLat


class RequestList(BaseModel):
    """A page of requests, the newest first."""

    items: list[RequestItem]
    next: str | None


class ProcedureRef(BaseModel):
    """The procedure by which a request lives."""

    key: str
    version: int
    title: Words


class StateOut(BaseModel):
    """A state of the procedure."""

    state: str
    title: Words


class EventOut(BaseModel):
    """An act on the request."""

    ordinal: int
    at: datetime
    actor: str | None = Field(description="null for the system's own moves")
    move: str
    title: Words
    before: str | None
    after: str
    reason: str | None
    result: dict[str, str]
    digest: str


class MoveOut(BaseModel):
    """A move that the reader may make now."""

    move: str
    title: Words
    needs: list[str]


class RequestOut(RequestItem):
    """A request with its proposal, its report, its events, and the moves open to the reader."""

    procedure: ProcedureRef
    states: list[StateOut]
    events: list[EventOut]
    moves: list[MoveOut]
    proposal: ProposalIn | None = Field(description="as it was filed; null before it is judged")
    report: ReportOut | None


class MoveIn(BaseModel):
    """A move to be made, with its reason where the move needs one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"move": "close", "reason": "The applicant was informed."}},
    )

    move: str = Field(min_length=1, max_length=100)
    reason: str | None = Field(default=None, max_length=4000)
