"""The one way to the database: engines by role, a transaction per act, COPY, migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Literal

from alembic import command
from alembic.config import Config
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from sqlalchemy import Engine, MetaData, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session

from api.core.settings import Settings, driver_url

SCHEMAS = ("cadastre", "people", "cases", "planning")
"""The schemas of the rooms; anything else in the database is not ours."""

_MIGRATION_LOCK = 0x70617276  # "parv": two servers that start together migrate one after the other


class Base(DeclarativeBase):
    """Root of every room's tables: one catalogue, names of constraints by one rule."""

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )


def engine(settings: Settings, role: Literal["service", "owner"] = "service") -> Engine:
    """Engine of the service (least privilege, short statements, a connection per thread) or of the owner.

    The owner's engine is for maintenance (migrations, import, sample city): two connections, no time limit.
    """
    options = "-c timezone=UTC"
    if role == "service":
        # Short statements: compiling one (a second where estimates are high) never pays.
        options += f" -c statement_timeout={settings.statement_timeout_ms} -c jit=off"
        if settings.service_role:
            options += f" -c role={settings.service_role}"
    return create_engine(
        settings.database_url,
        pool_size=settings.threads if role == "service" else 2,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,  # digests and personal data are no matter for a log
        connect_args={"options": options, "application_name": f"parvaneh {role}"},
    )


@contextmanager
def session(of: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    with Session(of) as opened, opened.begin():
        yield opened


@contextmanager
def raw_connection(of: Engine) -> Iterator[PgConnection]:
    """A psycopg2 connection for COPY in one transaction: committed at the end, rolled back on any error."""
    pooled = of.raw_connection()
    try:
        driver: PgConnection = pooled.driver_connection
        try:
            yield driver
        except BaseException:
            if not driver.closed:
                driver.rollback()
            raise
        driver.commit()
    finally:
        pooled.close()


def alembic_config(url: str) -> Config:
    """Alembic's configuration for this database; the scripts are found wherever the package is installed."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["url"] = make_url(driver_url(url))
    return config


def migrate(url: str) -> None:
    """Bring the database to the newest schema; safe to call from several processes at once."""
    config = alembic_config(url)
    owner = create_engine(driver_url(url), pool_size=1, connect_args={"application_name": "parvaneh migrate"})
    try:
        with owner.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        owner.dispose()
