"""A state against what is in force: rows that begin, rows that end, rows that stay; written with COPY."""

import io
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from queue import Empty, Queue
from threading import Thread

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from psycopg2 import sql
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from pyarrow import csv
from sqlalchemy import Table

from api.cadastre.importing import pgcopy
from api.cadastre.importing.pgcopy import Constant, Field, Places
from api.cadastre.importing.refusals import ImportConflict
from api.cadastre.importing.rows import Rows

Tell = Callable[[int, int], None]

_DIGEST = 16
Digests = NDArray[np.uint64]
"""(n, 2): the sixteen bytes of each row's digest."""


@dataclass(frozen=True)
class InForce:
    """Rows of a table in force on a day: database id, key, digest (in one order)."""

    ids: NDArray[np.int64]
    keys: pa.Array
    digests: Digests


@dataclass(frozen=True)
class Change:
    """What a state does to a layer: places of rows in the state, and ids and keys of those that end."""

    unchanged: int
    added: Places
    changed: Places
    changed_ids: Places
    ended_ids: Places
    ended_keys: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the state is there already as it is given."""
        return not (len(self.added) or len(self.changed) or len(self.ended_ids))


def identifier(table: Table) -> sql.Composed:
    """The table's name as SQL carries it."""
    return sql.SQL("{}.{}").format(sql.Identifier(table.schema or "public"), sql.Identifier(table.name))


def digests(rows: Rows) -> Digests:
    """A hash of each row's content: equal content, equal digest."""
    fields = [*rows.content.values(), pgcopy.Digest()]
    found = np.empty((len(rows), _DIGEST), np.uint8)
    for first, out, starts in pgcopy.chunks(fields, np.arange(len(rows))):
        last = starts[1:, np.newaxis] + np.arange(-_DIGEST, 0)
        found[first : first + len(last)] = out[last]
    return found.view(np.uint64)


def in_force(cursor: PgCursor, table: Table, key: str, day: date, kinds: list[str] | None) -> InForce:
    """The rows of a table in force on a day; of overlays those of some kinds only."""
    within = sql.SQL(" AND kind = ANY({})").format(sql.Literal(kinds)) if kinds is not None else sql.SQL("")
    out = io.BytesIO()
    cursor.copy_expert(
        sql.SQL(
            "COPY (SELECT id, {key}, encode(digest, 'hex') FROM {table} WHERE valid_from <= {day} "
            "AND (valid_to IS NULL OR {day} < valid_to){within}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)"
        ).format(key=sql.Identifier(key), table=identifier(table), day=sql.Literal(day), within=within),
        out,
    )
    if not out.tell():
        return InForce(np.zeros(0, np.int64), pa.array([], pa.string()), np.zeros((0, 2), np.uint64))
    out.seek(0)
    read = csv.read_csv(
        out,
        csv.ReadOptions(column_names=["id", "key", "digest"], encoding="utf8"),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types={"id": pa.int64(), "key": pa.string(), "digest": pa.string()}),
    ).combine_chunks()
    ids, keys, hexes = (column.combine_chunks() for column in read.columns)
    digits = pgcopy.text(hexes)
    body = bytes.fromhex(digits.data[digits.offsets[0] : digits.offsets[-1]].tobytes().decode("ascii"))
    return InForce(ids.to_numpy(), keys, np.frombuffer(body, np.uint64).reshape(-1, 2))


def compare(rows: Rows, present: InForce, *, full: bool) -> Change:
    """What becomes of each row of a state. Where nothing is in force, all of them begin."""
    none = np.zeros(0, np.int64)
    if not len(present.ids):
        return Change(0, np.arange(len(rows)), none, none, none, ())
    keys, new = rows.keys, digests(rows)
    places = pc.index_in(keys, value_set=present.keys)
    known = pc.is_valid(places).to_numpy(zero_copy_only=False)
    at = pc.fill_null(places, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    same = (new == present.digests[at]).all(axis=1) & known
    changed = np.flatnonzero(known & ~same).astype(np.int64)
    gone = np.ones(len(present.ids), dtype=bool)
    gone[at[known]] = False
    if not full:
        gone[:] = False
    return Change(
        unchanged=int(same.sum()),
        added=np.flatnonzero(~known).astype(np.int64),
        changed=changed,
        changed_ids=present.ids[at[changed]],
        ended_ids=present.ids[gone],
        ended_keys=tuple(present.keys.filter(pa.array(gone)).to_pylist()),
    )


def refuse_earlier_day(
    cursor: PgCursor, table: Table, day: date, kinds: list[str] | None, place: str
) -> None:
    """Refuse a state of a day before the newest change of its layer: history is written forward only."""
    within = sql.SQL(" WHERE kind = ANY(%s)") if kinds is not None else sql.SQL("")
    cursor.execute(
        sql.SQL("SELECT greatest(max(valid_from), max(valid_to)) FROM {}{}").format(
            identifier(table), within
        ),
        [kinds] if kinds is not None else [],
    )
    found = cursor.fetchone()
    newest = found[0] if found else None
    if newest is not None and day < newest:
        raise ImportConflict(
            "day_earlier",
            f"The layer is in force from {newest}; a state of {day} that differs from what was in force "
            "then would rewrite history. Give the day from which it holds.",
            where=f"{place}.day",
            day=day.isoformat(),
            newest=newest.isoformat(),
        )


def apply(
    connection: PgConnection, table: Table, rows: Rows, change: Change, *,
    day: date, import_id: int, frozen: bool, tell: Tell,
) -> None:  # fmt: skip
    """End what ends and write what begins."""
    ending = np.concatenate([change.changed_ids, change.ended_ids])
    with connection.cursor() as cursor:
        if len(ending):
            cursor.execute(
                sql.SQL("UPDATE {} SET valid_to = %s, ended_import_id = %s WHERE id = ANY(%s)").format(
                    identifier(table)
                ),
                [day, import_id, ending.tolist()],
            )
        begin = np.sort(np.concatenate([change.added, change.changed]))
        fields: dict[str, Field] = {
            **rows.content,
            "digest": pgcopy.Digest(),
            **rows.derived,
            "valid_from": pgcopy.day(day),
            "import_id": Constant(import_id.to_bytes(8, "big")),
        }
        copy(cursor, table, fields, begin, frozen=frozen, tell=tell)


def copy(
    cursor: PgCursor, table: Table, fields: dict[str, Field], rows: Places, *, frozen: bool = False,
    tell: Tell = lambda _done, _all: None,
) -> None:  # fmt: skip
    """Write the rows at these places with binary COPY.

    The next chunk is worked out and encoded while the server takes the one before.
    """
    if not len(rows):
        return
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN WITH (FORMAT binary{freeze})").format(
        table=identifier(table),
        columns=sql.SQL(", ").join(sql.Identifier(name) for name in fields),
        freeze=sql.SQL(", FREEZE" if frozen else ""),
    )
    with closing(_Stream(list(fields.values()), rows, tell)) as stream:
        cursor.copy_expert(statement, stream, size=1 << 20)


class _Stream(io.RawIOBase):
    """The encoded rows as a file that COPY reads; a thread encodes ahead by a few chunks."""

    def __init__(self, fields: list[Field], rows: Places, tell: Tell) -> None:
        super().__init__()
        self._queue: Queue[bytes | memoryview | Exception | None] = Queue(maxsize=3)
        self._rest = memoryview(b"")
        self._ended = self._unwanted = False
        self._encoder = Thread(target=self._encode, args=(fields, rows, tell), daemon=True)
        self._encoder.start()

    def _encode(self, fields: list[Field], rows: Places, tell: Tell) -> None:
        try:
            self._queue.put(pgcopy.HEADER)
            for first, out, starts in pgcopy.chunks(fields, rows):
                if self._unwanted:
                    return
                self._queue.put(out.data)
                tell(first + len(starts) - 1, len(rows))
            self._queue.put(pgcopy.TRAILER)
            self._queue.put(None)
        except Exception as fault:
            self._queue.put(fault)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        if not len(self._rest) and not self._ended:
            got = self._queue.get()
            if isinstance(got, Exception):
                self._ended = True
                raise got
            self._ended = got is None
            self._rest = memoryview(got or b"")
        piece = self._rest[: size if size >= 0 else None]
        self._rest = self._rest[len(piece) :]
        return bytes(piece)

    def close(self) -> None:
        """Let the encoder go, also when the server gave up in the middle."""
        self._unwanted = True
        while self._encoder.is_alive():
            with suppress(Empty):
                self._queue.get(timeout=0.05)
        super().close()
