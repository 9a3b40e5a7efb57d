"""What differs between installations: read once from the environment."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_DRIVER = "postgresql+psycopg2"


def driver_url(url: str) -> str:
    """The same database address with the driver that SQLAlchemy must be told.

    >>> driver_url("postgres://u@db:5433/city")
    'postgresql+psycopg2://u@db:5433/city'
    >>> driver_url("postgresql+psycopg2:///city")
    'postgresql+psycopg2:///city'
    >>> driver_url("mysql://db/city")
    Traceback (most recent call last):
    ...
    ValueError: the database must be PostgreSQL with PostGIS (postgresql://user@host:port/name), not mysql://
    """
    scheme, sep, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres", _DRIVER, "postgresql+psycopg"} or not sep:
        raise ValueError(
            "the database must be PostgreSQL with PostGIS (postgresql://user@host:port/name), "
            f"not {scheme}://"
        )
    return f"{_DRIVER}://{rest}"


class Settings(BaseSettings):
    """Settings of one installation.

    The database is `DATABASE_URL`; all others carry the prefix `PARVANEH_` (`PARVANEH_THREADS=16`).
    """

    model_config = SettingsConfigDict(env_prefix="PARVANEH_", frozen=True)

    database_url: Annotated[str, AfterValidator(driver_url)] = Field(
        default="postgresql://localhost/parvaneh", validation_alias="DATABASE_URL", validate_default=True
    )
    threads: int = Field(default=8, ge=1, le=256)
    """Worker threads of the service; the connection pool has the same size, else requests wait in line."""
    statement_timeout_ms: int = Field(default=5000, ge=100)
    service_role: str = Field(default="parvaneh_service", pattern=r"^[a-z_][a-z0-9_]*$|^$")
    """Role of least privilege that the service takes on; empty where the owner cannot create roles."""
    rulebooks: str = ""
    """Folder of the rule-books, one folder for each; empty for those that travel with the package."""

    @classmethod
    def of(cls, database_url: str) -> "Settings":
        """The settings of this environment for another database."""
        return cls(DATABASE_URL=database_url)
