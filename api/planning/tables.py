"""Tables of planning: stored assessments and the books they were made by. Append-only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, ForeignKey, Identity, Index, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.core.database import Base

_SCHEMA = {"schema": "planning"}


class BookRow(Base):
    """A rule-book by the digest of its text, kept as it was when it judged."""

    __tablename__ = "book"
    __table_args__ = _SCHEMA

    sha256: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    texts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The files of the book by their names."""
    first_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AssessmentRow(Base):
    """A report with everything it was made of, so that it can be made again.

    `facts`, `proposal` and `report` are the exact texts (PostgreSQL's `json` keeps them as written).
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    parcel_key: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date] = mapped_column(Date)
    book_sha256: Mapped[bytes] = mapped_column(LargeBinary, ForeignKey("planning.book.sha256"))
    engine_version: Mapped[str] = mapped_column(Text)
    facts: Mapped[Any] = mapped_column(JSON)
    proposal: Mapped[Any] = mapped_column(JSON)
    report: Mapped[Any] = mapped_column(JSON)
    report_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    verdict: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    __table_args__ = (Index("assessment_parcel_key_idx", "parcel_key"), _SCHEMA)
