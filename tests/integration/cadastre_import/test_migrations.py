"""The schema: migrations and tables say the same, and the service may do no more than it needs."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from api.core.database import alembic_config, engine, migrate
from api.core.settings import Settings


def test_tables_and_migrations_agree(fresh_database: str) -> None:
    """A freshly migrated database has exactly the tables, columns and indexes that the code declares."""
    command.check(alembic_config(fresh_database))


def test_two_servers_may_migrate_at_once(bare_database: str) -> None:
    """Two processes that start together on a bare database both end with the newest schema."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, [bare_database] * 2))
    command.check(alembic_config(bare_database))


def test_migrating_again_changes_nothing(fresh_database: str) -> None:
    """A database that is up to date stays as it is."""
    migrate(fresh_database)
    command.check(alembic_config(fresh_database))


def test_every_table_is_in_a_schema_of_ours(fresh_engine: Engine) -> None:
    """Nothing but Alembic's own table and PostGIS stands in the public schema."""
    with fresh_engine.connect() as connection:
        names = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    assert set(names) <= {"alembic_version", "spatial_ref_sys"}


@pytest.mark.parametrize("act", ["INSERT INTO cadastre.token VALUES ('x', 1)", "DELETE FROM cadastre.parcel"])
def test_the_service_cannot_write_the_map(fresh_settings: Settings, act: str) -> None:
    """The role of the service reads the cadastre and is refused every write to it."""
    service = engine(fresh_settings)
    with service.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM cadastre.parcel")) == 0
    with pytest.raises(ProgrammingError, match="permission denied"), service.begin() as connection:
        connection.execute(text(act))
    service.dispose()


def test_the_service_keeps_the_tile_cache(fresh_settings: Settings) -> None:
    """The one table of the cadastre that the service writes is the tile cache."""
    service = engine(fresh_settings)
    with service.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO cadastre.tile_cache (layer, z, x, y, etag, body) "
                "VALUES ('parcels', 1, 0, 0, 'e', '')"
            )
        )
        connection.execute(text("DELETE FROM cadastre.tile_cache"))
    service.dispose()


def test_a_plain_owner_may_migrate(bare_database: str) -> None:
    """An owner who is no superuser gets schema and role once an administrator has made PostGIS."""
    admin = create_engine(bare_database, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        database = connection.scalar(text("SELECT current_database()"))
        owner = f"owner_{database}"
        for act in (
            f"CREATE ROLE {owner} LOGIN CREATEROLE",
            f"GRANT ALL ON DATABASE {database} TO {owner}",
            f"GRANT ALL ON SCHEMA public TO {owner}",
            "CREATE EXTENSION postgis",
        ):
            connection.execute(text(act))
    address = admin.url.set(username=owner).render_as_string(hide_password=False)
    try:
        migrate(address)
        service = engine(Settings.of(address))
        with service.connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == "parvaneh_service"
        service.dispose()
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP OWNED BY {owner} CASCADE"))
            connection.execute(text(f"REVOKE parvaneh_service FROM {owner}"))
            connection.execute(text(f"DROP ROLE {owner}"))
        admin.dispose()
