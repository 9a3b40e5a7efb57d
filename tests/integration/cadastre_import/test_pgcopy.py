"""Rows written for COPY come back from the database as they were."""

from contextlib import closing
from datetime import date

import numpy as np
import psycopg2
import pyarrow as pa
import pytest
import shapely
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from sqlalchemy import Engine, text

from api.cadastre.importing import pgcopy
from api.cadastre.importing.history import _Stream
from api.core.database import raw_connection

TEXTS = ["", "plain", None, "خیابان آزادی", "a" * 70_000, "tab\tnew\nline\\N", "🦋"]
NUMBERS = [0.0, -1.5, None, 1e308, 5e-324, float("inf"), 3.0]
WHOLE = [0, -1, None, 2**31 - 1, -(2**31), 7, 8]
SHAPES = [
    shapely.Point(1, 2), None, shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)]),
    shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
    shapely.box(0, 0, 9, 9) - shapely.box(1, 1, 2, 2), shapely.GeometryCollection([shapely.Point(0, 0)]),
]  # fmt: skip


@pytest.mark.parametrize("rows", [list(range(7)), [3, 1], []])
def test_every_kind_of_column(fresh_engine: Engine, rows: list[int]) -> None:
    """Text, numbers, whole numbers, a day, JSON, shapes with their SRID, nulls: all as they were, or
    some of them."""
    fields = {
        "t": pgcopy.text(pa.array(TEXTS)),
        "n": pgcopy.number(pa.array(NUMBERS, pa.float64()), "float8"),
        "w": pgcopy.number(pa.array(WHOLE, pa.int32()), "int4"),
        "d": pgcopy.day(date(1999, 12, 31)),
        "j": pgcopy.json(pa.array(['{"a": 1}', None, "[]", '"x"', "1", "null", "{}"])),
        "g": pgcopy.shapes(np.array(SHAPES, dtype=object), 32639),
        "nothing": pgcopy.Constant(None),
    }
    chosen = np.array(rows, dtype=np.int64)
    with raw_connection(fresh_engine) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE copied (t text, n float8, w int4, d date, j jsonb, g geometry, nothing int, "
            "place int GENERATED ALWAYS AS IDENTITY)"
        )
        names = ", ".join(fields)
        stream = _Stream(list(fields.values()), chosen, lambda _done, _all: None)
        cursor.copy_expert(f"COPY copied ({names}) FROM STDIN WITH (FORMAT binary)", stream)
        stream.close()
        cursor.execute(
            "SELECT t, n, w, d, j::text, ST_AsBinary(g), ST_SRID(g), nothing FROM copied ORDER BY place"
        )
        found = cursor.fetchall()
    assert len(found) == len(rows)
    for row, place in zip(found, rows, strict=True):
        shape = None if row[5] is None else shapely.from_wkb(bytes(row[5]))
        assert row[:4] == (TEXTS[place], NUMBERS[place], WHOLE[place], date(1999, 12, 31))
        assert shape == SHAPES[place]
        assert row[6] == (None if SHAPES[place] is None else 32639)
        assert row[7] is None


def test_a_part_of_an_arrow_column(fresh_engine: Engine) -> None:
    """A slice begins where it begins, not where its buffer does."""
    column = pa.array(["a", "bb", "ccc", None, "e"]).slice(1, 3)
    field = pgcopy.text(column)
    values = [bytes(field.data[a:b]) for a, b in zip(field.offsets[:-1], field.offsets[1:], strict=True)]
    assert (values, field.valid.tolist()) == ([b"bb", b"ccc", b""], [True, True, False])


def test_chunks_meet_without_a_seam(fresh_engine: Engine) -> None:
    """More rows than a chunk holds: none is lost, none comes twice."""
    count = 45_001
    field = pgcopy.number(np.arange(count), "int8")
    with raw_connection(fresh_engine) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (n bigint)")
        stream = _Stream([field], np.arange(count), lambda _done, _all: None)
        cursor.copy_expert("COPY counted FROM STDIN WITH (FORMAT binary)", stream)
        stream.close()
        cursor.execute("SELECT count(*), count(DISTINCT n), min(n), max(n) FROM counted")
        assert cursor.fetchone() == (count, count, 0, count - 1)


def test_an_error_of_the_server_lets_the_encoder_go(fresh_engine: Engine) -> None:
    """When the server refuses a row the thread that encodes ends, and the error is the server's."""
    from threading import enumerate as threads

    before = len(threads())
    field = pgcopy.text(pa.array(["x" * 1000] * 200_000))
    stream = _Stream([field], np.arange(200_000), lambda _done, _all: None)
    with pytest.raises(psycopg2.DataError), raw_connection(fresh_engine) as connection, closing(stream):
        _refuse(connection, stream)
    assert len(threads()) == before
    with fresh_engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regclass('narrow')")) is None


def _refuse(connection: PgConnection, stream: _Stream) -> None:
    """Copy into a column that takes three letters."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE narrow (t varchar(3))")
        cursor.copy_expert("COPY narrow FROM STDIN WITH (FORMAT binary)", stream)
