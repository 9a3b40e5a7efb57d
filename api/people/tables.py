"""Tables of the people: persons, roles as data, log-ins."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    func,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.core.database import Base

_SCHEMA = {"schema": "people"}


class Role(Base):
    """A role with its titles."""

    __tablename__ = "role"
    __table_args__ = _SCHEMA

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    title_fa: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)


class RolePermission(Base):
    """A permission that a role gives."""

    __tablename__ = "role_permission"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(Text, ForeignKey("people.role.key"), primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)


class PersonRow(Base):
    """A person who can log in."""

    __tablename__ = "person"
    __table_args__ = _SCHEMA

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    username: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class PersonRole(Base):
    """A role that a person holds."""

    __tablename__ = "person_role"
    __table_args__ = _SCHEMA

    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Text, ForeignKey("people.role.key"), primary_key=True)


class LogIn(Base):
    """A session: the digest of its token, never the token."""

    __tablename__ = "log_in"
    __table_args__ = _SCHEMA

    token_sha256: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.person.id"), index=True)
    csrf: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class LogInAttempt(Base):
    """An attempt to log in, written before the password is looked at; what throttles guessing."""

    __tablename__ = "log_in_attempt"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    username: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    succeeded: Mapped[bool] = mapped_column(Boolean)

    __table_args__ = (
        Index("log_in_attempt_username_at_idx", "username", "at"),
        Index("log_in_attempt_address_at_idx", "address", "at"),
        _SCHEMA,
    )
