"""Alembic's entry: the catalogue of all rooms against one database."""

from importlib import import_module
from importlib.util import find_spec

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, create_engine

from api.core.database import SCHEMAS, Base
from api.core.settings import Settings

for room in ("cadastre", "people", "cases", "planning"):
    if find_spec(f"api.{room}.tables"):
        import_module(f"api.{room}.tables")


def include_name(name: str | None, type_: str, _parent: object) -> bool:
    """Only our schemas; what an administrator keeps elsewhere is not compared."""
    return name in SCHEMAS if type_ == "schema" else True


def run(connection: Connection) -> None:
    """Run the asked command in the transaction of this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        include_name=include_name,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(context.config.attributes.get("url") or Settings().database_url)
    with engine.begin() as own:
        run(own)
    engine.dispose()
