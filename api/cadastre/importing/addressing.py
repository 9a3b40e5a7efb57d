"""Parcels without an address of their own take those of the addresses that name them or lie on them."""

from collections.abc import Sequence
from datetime import date

from psycopg2.extensions import cursor as PgCursor  # noqa: N812

from api.cadastre import tables
from api.cadastre.importing.report import StateReport

_JOINED = ("addresses", "parcels")

# What each parcel in force on the day should have against what it has. An attribute says that an address came
# from the addresses layer; no source column is called so. Words are those of the addresses, each once.
_WANTED = """
CREATE TEMPORARY TABLE addressed ON COMMIT DROP AS
WITH given AS (
    SELECT p.id, a.key, a.text, a.search FROM cadastre.address a
    JOIN cadastre.parcel p ON p.key = a.parcel_key
    WHERE a.valid_from <= %(day)s AND (a.valid_to IS NULL OR %(day)s < a.valid_to)
      AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR %(day)s < p.valid_to)
    UNION ALL
    SELECT p.id, a.key, a.text, a.search FROM cadastre.address a
    JOIN cadastre.parcel p ON ST_Covers(p.geom, a.geom)
    WHERE a.parcel_key IS NULL
      AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR %(day)s < a.valid_to)
      AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR %(day)s < p.valid_to)
), told AS (
    SELECT id, jsonb_agg(text ORDER BY text COLLATE "C", key) AS texts FROM given GROUP BY id
), words AS (
    SELECT id, array_to_tsvector(array_agg(DISTINCT word)) AS search
    FROM given CROSS JOIN LATERAL unnest(tsvector_to_array(search)) AS word GROUP BY id
)
SELECT p.id, told.texts, coalesce(words.search, '') AS search, p.valid_from = %(day)s AS begun
FROM cadastre.parcel p LEFT JOIN told USING (id) LEFT JOIN words USING (id)
WHERE p.valid_from <= %(day)s AND (p.valid_to IS NULL OR %(day)s < p.valid_to)
  AND (p.address IS NULL OR p.attributes ? '@addresses')
  AND told.texts IS DISTINCT FROM p.attributes -> '@addresses'
"""
_ADDRESS = "w.texts ->> 0"
_ATTRIBUTES = """nullif(coalesce(p.attributes, '{}') - '@addresses'
    || CASE WHEN w.texts IS NULL THEN '{}' ELSE jsonb_build_object('@addresses', w.texts) END, '{}')"""
_HERE = f"""
UPDATE cadastre.parcel p SET address = {_ADDRESS}, search = w.search, attributes = {_ATTRIBUTES}
FROM addressed w WHERE w.id = p.id AND w.begun
"""  # noqa: S608 - constants
_OWN = {"address", "search", "attributes", "valid_from", "import_id"}


def give_addresses(cursor: PgCursor, states: Sequence[StateReport], import_id: int) -> None:
    """Give addresses to the parcels of each day on which parcels or addresses changed in this import.

    The first of several is shown, the words of all are searched. A row that began before the day ends on it
    and goes on as another row, as every change does; its digest stays that of its source, so that the same
    source is still recognised.
    """
    days = {
        date.fromisoformat(state.day)
        for state in states
        if state.layer in _JOINED and (state.added or state.changed or state.ended)
    }
    cursor.execute("SELECT EXISTS (SELECT FROM cadastre.address)")
    if cursor.fetchone() == (False,):
        return
    for day in sorted(days):
        cursor.execute("ANALYZE cadastre.address")
        cursor.execute("ANALYZE cadastre.parcel")
        cursor.execute(_WANTED, {"day": day})
        cursor.execute(_HERE)
        _go_on(cursor, day, import_id)
        cursor.execute("DROP TABLE addressed")


def _go_on(cursor: PgCursor, day: date, import_id: int) -> None:
    """End the rows that began before the day, and begin them anew with their addresses."""
    same = [c.name for c in tables.Parcel.__table__.columns if c.name != "id" and c.name not in _OWN]
    columns, taken = ", ".join(same), ", ".join(f"p.{name}" for name in same)
    cursor.execute(
        "CREATE TEMPORARY TABLE going_on ON COMMIT DROP AS "  # noqa: S608 - our own columns
        f"SELECT {taken}, {_ADDRESS} AS address, w.search, {_ATTRIBUTES} AS attributes, "
        "CAST(%(day)s AS date) AS valid_from, CAST(%(import)s AS bigint) AS import_id "
        "FROM cadastre.parcel p JOIN addressed w USING (id) WHERE NOT w.begun",
        {"day": day, "import": import_id},
    )
    cursor.execute(
        "UPDATE cadastre.parcel p SET valid_to = %s, ended_import_id = %s "
        "FROM addressed w WHERE w.id = p.id AND NOT w.begun",
        [day, import_id],
    )
    names = f"{columns}, address, search, attributes, valid_from, import_id"
    cursor.execute(f"INSERT INTO cadastre.parcel ({names}) SELECT {names} FROM going_on")  # noqa: S608
    cursor.execute("DROP TABLE going_on")
