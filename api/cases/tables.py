"""Tables of the cases: procedures by version, requests, and their append-only events.

The columns `state`, `verdict`, `due_on`, `assessment_id`, `last_ordinal` and `last_digest` of a request
are written by
the trigger of its events and by nothing else.
"""

from datetime import date, datetime

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.core.database import Base

_SCHEMA = {"schema": "cases"}


class ProcedureRow(Base):
    """A procedure of one version, as it was when the first request was filed under it."""

    __tablename__ = "procedure"
    __table_args__ = _SCHEMA

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text)
    first_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class RequestRow(Base):
    """A request: what was asked, for which parcel, by whom, and where it stands."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    tracking_code: Mapped[str] = mapped_column(Text, unique=True)
    service: Mapped[str] = mapped_column(Text)
    procedure_key: Mapped[str] = mapped_column(Text)
    procedure_version: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(Text)
    parcel_key: Mapped[str] = mapped_column(Text)
    applicant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.person.id"))
    filed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    filed_on: Mapped[date] = mapped_column(Date)
    location: Mapped[WKBElement] = mapped_column(Geometry("POINT", 3857, spatial_index=False))
    state: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    assessment_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("planning.assessment.id"))
    last_ordinal: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    last_digest: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        ForeignKeyConstraint(
            ["procedure_key", "procedure_version"], ["cases.procedure.key", "cases.procedure.version"]
        ),
        Index("request_applicant_id_id_idx", "applicant_id", "id"),
        Index("request_state_id_idx", "state", "id"),
        Index("request_parcel_key_idx", "parcel_key"),
        Index("request_location_idx", "location", postgresql_using="gist"),
        _SCHEMA,
    )


class EventRow(Base):
    """An act on a request; written once, chained to the one before."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.request.id"))
    ordinal: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("people.person.id"))
    """Null for the system's own moves."""
    move: Mapped[str] = mapped_column(Text)
    state_before: Mapped[str | None] = mapped_column(Text)
    state_after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    reason_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    result: Mapped[dict[str, str]] = mapped_column(JSONB)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("request_id", "ordinal"), _SCHEMA)
