"""Indexes of a table that nobody reads yet: taken away before the load, made at once after it."""

from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from sqlalchemy import Table

from api.cadastre.importing.history import identifier


@dataclass(frozen=True)
class TakenAway:
    """Statements that make a table's indexes and foreign keys again."""

    table: Table
    statements: tuple[str, ...]


def take_away(cursor: PgCursor, table: Table) -> TakenAway:
    """Drop what a bulk load would maintain row by row; the table is locked until the transaction ends."""
    cursor.execute(sql.SQL("TRUNCATE {}").format(identifier(table)))
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = %s::regclass AND NOT EXISTS "
        "(SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')) "
        "ORDER BY 1",
        [f"{table.schema}.{table.name}"],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY 1",
        [f"{table.schema}.{table.name}"],
    )
    foreign = cursor.fetchall()
    for name, _ in foreign:
        cursor.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(identifier(table), sql.Identifier(name))
        )
    again = [definition for _, definition in indexes]
    again += [
        f'ALTER TABLE {table.schema}."{table.name}" ADD CONSTRAINT "{name}" {definition}'
        for name, definition in foreign
    ]
    return TakenAway(table, tuple(again))


def put_back(cursor: PgCursor, taken: TakenAway) -> None:
    """Make the indexes and foreign keys again."""
    for statement in taken.statements:
        cursor.execute(statement)
