"""What the import writes beside the layers: rejects, faults, lineage, the words of addresses, bounds."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from psycopg2 import sql
from psycopg2.extensions import cursor as PgCursor  # noqa: N812

from api.cadastre import tables
from api.cadastre.importing import history, pgcopy
from api.cadastre.importing.entry import Entry
from api.cadastre.importing.faults import Fault
from api.cadastre.importing.layers import LAYERS
from api.cadastre.importing.lineage import Descent
from api.cadastre.importing.pgcopy import Constant, Field
from api.cadastre.importing.source import GEOMETRY
from api.cadastre.text import stored


def _number(value: int) -> Constant:
    return Constant(value.to_bytes(8, "big"))


def _texts(values: Sequence[str | None]) -> Field:
    return pgcopy.text(pa.array(values, pa.string()))


def _documents(values: Sequence[dict[str, Any]]) -> Field:
    texts = [json.dumps(value, ensure_ascii=False, default=str) if value else None for value in values]
    return pgcopy.json(pa.array(texts, pa.string()))


def keep_faults(cursor: PgCursor, import_id: int, layer: str, faults: Sequence[Fault], srid: int) -> None:
    """Write a layer's faults with their shapes."""
    shapes = np.array([fault.shape for fault in faults], dtype=object)
    areas = pa.array([fault.area_m2 for fault in faults], pa.float64())
    fields: dict[str, Field] = {
        "import_id": _number(import_id),
        "layer": Constant(layer.encode()),
        "kind": _texts([fault.kind for fault in faults]),
        "key_a": _texts([fault.key_a for fault in faults]),
        "key_b": _texts([fault.key_b for fault in faults]),
        "area_m2": pgcopy.number(areas, "float8"),
        "detail": _documents([fault.detail for fault in faults]),
        "geom": pgcopy.shapes(shapes, srid),
    }
    history.copy(cursor, tables.LayerFault.__table__, fields, np.arange(len(faults)))  # type: ignore[arg-type]


def rejects_of(entry: Entry) -> list[dict[str, Any]]:
    """The rejected rows of a source for the report: row numbers from 1."""
    keys = entry.read.values.get(entry.layer.key)
    return [
        {
            "layer": entry.given.name,
            "file": entry.source.file,
            "row": row + 1,
            "key": keys[row].as_py() if keys is not None else None,
            "code": code,
            "reason": reason,
        }
        for row, (code, reason) in sorted(entry.rejects.reasons.items())
    ]


def keep_rejects(cursor: PgCursor, import_id: int, entry: Entry, srid: int) -> None:
    """Write the rejected rows of a source, with what they held and, where it can be stored, their shape."""
    rejected = rejects_of(entry)
    rows = [one["row"] - 1 for one in rejected]
    held = [
        _held(row)
        for row in entry.source.table.select(entry.source.fields).take(pa.array(rows, pa.int64())).to_pylist()
    ]
    shapes = np.full(len(rows), None, dtype=object)
    if entry.shaped is not None:
        shapes = entry.shaped.outlines.take(np.array(rows, dtype=np.int64)).shapes
    fields: dict[str, Field] = {
        "import_id": _number(import_id),
        "layer": Constant(entry.given.name.encode()),
        "source_row": pgcopy.number(np.array([one["row"] for one in rejected], dtype=np.int64), "int8"),
        "key": _texts([one["key"] for one in rejected]),
        "code": _texts([one["code"] for one in rejected]),
        "reason": _texts([one["reason"] for one in rejected]),
        "attributes": _documents(held),
        "geom": pgcopy.shapes(shapes, srid),
    }
    history.copy(cursor, tables.ImportReject.__table__, fields, np.arange(len(rows)))  # type: ignore[arg-type]


def _held(row: dict[str, Any]) -> dict[str, Any]:
    """What a source row held, as JSON takes it."""

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return stored(value)
        if isinstance(value, float) and not np.isfinite(value):
            return str(value)
        return value.hex() if isinstance(value, bytes) else value

    return {name: plain(value) for name, value in row.items() if value is not None and name != GEOMETRY}


def keep_lineage(cursor: PgCursor, import_id: int, day: date, found: Sequence[Descent]) -> None:
    """Write the lineage of parcels."""
    fields: dict[str, Field] = {
        "layer": Constant(b"parcels"),
        "old_key": _texts([one.old for one in found]),
        "new_key": _texts([one.new for one in found]),
        "kind": _texts([one.kind for one in found]),
        "day": pgcopy.day(day),
        "share": pgcopy.number(pa.array([one.share for one in found], pa.float64()), "float8"),
        "import_id": _number(import_id),
    }
    history.copy(cursor, tables.Lineage.__table__, fields, np.arange(len(found)))  # type: ignore[arg-type]


def renew_words(cursor: PgCursor) -> None:
    """Make the vocabulary of addresses anew from what is in force."""
    cursor.execute("DELETE FROM cadastre.token")
    cursor.execute(
        """
        INSERT INTO cadastre.token (token, n)
        SELECT word, ndoc FROM ts_stat(
            'SELECT search FROM cadastre.parcel WHERE valid_to IS NULL '
            'UNION ALL SELECT search FROM cadastre.address WHERE valid_to IS NULL')
        """
    )


def unknown_parcels(cursor: PgCursor, layer: str) -> list[Fault]:
    """Features in force that name a parcel which is not in force."""
    cursor.execute(
        sql.SQL(
            "SELECT t.{}, t.parcel_key FROM {} t "
            "WHERE t.valid_to IS NULL AND t.parcel_key IS NOT NULL AND NOT EXISTS "
            "(SELECT FROM cadastre.parcel p WHERE p.key = t.parcel_key AND p.valid_to IS NULL) ORDER BY 1"
        ).format(sql.Identifier(LAYERS[layer].key), history.identifier(LAYERS[layer].table))
    )
    return [Fault("unknown_parcel", key, None, None, {"parcel": parcel}) for key, parcel in cursor.fetchall()]


def keep_bounds(cursor: PgCursor, city: str) -> None:
    """The city's box and centre on WGS 84, from the parcels in force, else from whatever is on the map."""
    for names in (("parcel",), ("zone", "street", "district", "building", "overlay", "terrain_tile")):
        union = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT geom FROM cadastre.{} WHERE valid_to IS NULL AND geom IS NOT NULL").format(
                sql.Identifier(name)
            )
            for name in names
        )
        cursor.execute(
            sql.SQL(
                "WITH box AS (SELECT ST_Envelope(ST_Transform(ST_SetSRID(ST_Extent(geom), "
                "(SELECT srid FROM cadastre.city)), 4326)) AS b FROM ({}) t) "
                "UPDATE cadastre.city SET bounds = box.b, centre = ST_Centroid(box.b) FROM box "
                "WHERE key = %s AND box.b IS NOT NULL"
            ).format(union),
            [city],
        )
        if cursor.rowcount:
            return
