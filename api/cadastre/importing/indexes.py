"""Indexes and keys of a table that nobody reads yet: taken away before the load, made at once after it."""

from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from sqlalchemy import Table

from api.cadastre.importing.history import identifier


@dataclass(frozen=True)
class TakenAway:
    """Statements that make a table's indexes and keys again."""

    table: Table
    statements: tuple[str, ...]


def take_away(cursor: PgCursor, table: Table) -> TakenAway:
    """Drop what a bulk load would maintain row by row; the table is locked until the transaction ends."""
    cursor.execute(sql.SQL("TRUNCATE {}").format(identifier(table)))
    name = f"{table.schema}.{table.name}"
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('f', 'p', 'u') ORDER BY contype DESC, conname",
        [name],
    )
    constraints = cursor.fetchall()
    for constraint, _ in constraints:
        cursor.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(identifier(table), sql.Identifier(constraint))
        )
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass ORDER BY 1",
        [name],
    )
    indexes = cursor.fetchall()
    for index, _ in indexes:
        cursor.execute(f"DROP INDEX {index}")
    again = [definition for _, definition in indexes]
    again += [
        f'ALTER TABLE {table.schema}."{table.name}" ADD CONSTRAINT "{constraint}" {definition}'
        for constraint, definition in constraints
    ]
    return TakenAway(table, tuple(again))


def put_back(cursor: PgCursor, taken: TakenAway) -> None:
    """Make the indexes and keys again."""
    for statement in taken.statements:
        cursor.execute(statement)
