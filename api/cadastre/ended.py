"""What is said of a parcel on a day on which it is not in force: its days, its parents, its successors."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from api.core.errors import NotFound

_DAYS = text("""
    SELECT valid_from, valid_to FROM cadastre.parcel
    WHERE key = :key AND valid_to IS DISTINCT FROM valid_from ORDER BY valid_from
""")
_KIN = text("""
    SELECT old_key, new_key, kind, day, share FROM cadastre.lineage
    WHERE layer = 'parcels' AND (old_key = :key OR new_key = :key) ORDER BY day, old_key, new_key
""")
_Spans = list[tuple[date, date | None]]


def not_in_force(connection: Connection, key: str, on: date) -> NotFound:
    """The refusal for a parcel on a day on which it is not in force.

    `days` are its spans in force (from, and the day after the last), `became` what it lives on in where the
    day is after its end, `came_from` what it was made of where the day is before its beginning.
    """
    spans = spans_of([(row.valid_from, row.valid_to) for row in connection.execute(_DAYS, {"key": key})])
    if not spans:
        return NotFound(
            "parcel_unknown", f"No parcel has the key {key[:100]!r}.", where="parcel", given=key[:100]
        )
    first, last = spans[0][0], spans[-1][1]
    kin = connection.execute(_KIN, {"key": key}).all()
    became = _told(kin, key, "old_key", "new_key") if last is not None and last <= on else []
    came_from = _told(kin, key, "new_key", "old_key") if on < first else []
    sentence = f"The parcel {key!r} is not in force on {on}: it is {_in_words(spans)}."
    for word, others in (("became", became), ("came from", came_from)):
        if others:
            sentence += f" It {word} {', '.join(one['key'] for one in others)} ({others[0]['kind']})."
    return NotFound(
        "parcel_not_in_force",
        sentence,
        where="on",
        given=on.isoformat(),
        first=first.isoformat(),
        last=last.isoformat() if last else None,
        days=[{"valid_from": a.isoformat(), "valid_to": b.isoformat() if b else None} for a, b in spans],
        became=became,
        came_from=came_from,
    )


def spans_of(rows: _Spans) -> _Spans:
    """The days in force without the seams at which only its content changed; `rows` by their first day.

    >>> a, b, c, d = (date(2020 + n, 1, 1) for n in range(4))
    >>> spans_of([(a, b), (b, c), (d, None)]) == [(a, c), (d, None)]
    True
    >>> spans_of([])
    []
    """
    spans: _Spans = []
    for begin, end in rows:
        if spans and spans[-1][1] == begin:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
    return spans


def _told(kin: Sequence[Row[Any]], key: str, own: str, other: str) -> list[dict[str, Any]]:
    return [
        {
            "key": getattr(row, other),
            "kind": row.kind,
            "day": row.day.isoformat(),
            "share": row.share,
        }
        for row in kin
        if getattr(row, own) == key
    ]


def _in_words(spans: _Spans) -> str:
    return ", and ".join(f"from {a} on" if b is None else f"from {a} to before {b}" for a, b in spans)
