"""Writing events: the one way in which a request moves, and the proof that nothing was moved otherwise."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2 import errors as pg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from api.cases.chain import ChainFault, Event, chain_faults, digest_of, first_link, reason_digest
from api.cases.procedure import Move, Procedure
from api.core.days import legal_day
from api.core.errors import Conflict

_MOVED_ON = "PV001"


@dataclass(frozen=True)
class Head:
    """Where a request stands: what its next event must follow."""

    request_id: int
    state: str | None
    ordinal: int
    digest: bytes


_APPEND = text("""
    INSERT INTO cases.event (request_id, ordinal, at, actor_id, move, state_before, state_after, reason,
                             reason_sha256, result, previous, digest)
    VALUES (:request_id, :ordinal, :at, :actor_id, :move, :state_before, :state_after, :reason,
            :reason_sha256, CAST(:result AS jsonb), :previous, :digest)
""")


def append(
    connection: Connection,
    head: Head,
    procedure: Procedure,
    move: Move,
    *,
    actor_id: int | None,
    at: datetime,
    reason: str | None = None,
    result: Mapping[str, str] | None = None,
) -> Head:
    """Write the event of a move; the store moves the request with it, in the same transaction.

    Raises `Conflict` where somebody else moved the request first.
    """
    clock = procedure.states[move.target].clock
    outcome = dict(result or {})
    if clock is not None:
        outcome["due_on"] = clock.due(legal_day(at)).isoformat()
    fields: dict[str, Any] = {
        "ordinal": head.ordinal + 1,
        "at": at,
        "actor_id": actor_id,
        "move": move.key,
        "state_before": head.state,
        "state_after": move.target,
        "reason_sha256": reason_digest(reason),
        "result": outcome,
        "previous": head.digest,
    }
    digest = digest_of(**fields)
    try:
        connection.execute(
            _APPEND,
            {
                **fields,
                "request_id": head.request_id,
                "reason": reason,
                "result": json.dumps(outcome),
                "digest": digest,
            },
        )
    except DBAPIError as fault:
        if getattr(fault.orig, "pgcode", None) == _MOVED_ON or isinstance(fault.orig, pg.UniqueViolation):
            raise Conflict(
                "request_moved_on", "Somebody else acted on this request first; look at it again."
            ) from fault
        raise
    return Head(head.request_id, move.target, head.ordinal + 1, digest)


_EVENTS = text("""
    SELECT request_id, ordinal, at, actor_id, move, state_before, state_after, reason, reason_sha256, result,
           previous, digest
    FROM cases.event WHERE request_id = :id ORDER BY ordinal
""")


def events_of(connection: Connection, request_id: int) -> list[Event]:
    """The events of a request in their order."""
    return [
        Event(
            row.request_id,
            row.ordinal,
            row.at,
            row.actor_id,
            row.move,
            row.state_before,
            row.state_after,
            row.reason,
            bytes(row.reason_sha256) if row.reason_sha256 is not None else None,
            row.result,
            bytes(row.previous),
            bytes(row.digest),
        )
        for row in connection.execute(_EVENTS, {"id": request_id})
    ]


@dataclass(frozen=True)
class BrokenChain:
    """A request whose chain of events does not hold."""

    tracking_code: str
    faults: tuple[ChainFault, ...]


_REQUESTS = text("""
    SELECT r.id, r.tracking_code, r.state, r.last_digest, p.sha256, a.report_sha256,
           sha256(convert_to(a.report::text, 'UTF8')) AS report_now
    FROM cases.request r
    JOIN cases.procedure p ON p.key = r.procedure_key AND p.version = r.procedure_version
    LEFT JOIN planning.assessment a ON a.id = r.assessment_id
    WHERE r.id > :after ORDER BY r.id LIMIT 500
""")


def verify(connection: Connection) -> tuple[int, list[BrokenChain]]:
    """Check the chain of every request and the report that it rests on: how many were checked, which do
    not hold."""
    checked, after = 0, 0
    broken: list[BrokenChain] = []
    while rows := connection.execute(_REQUESTS, {"after": after}).all():
        for row in rows:
            first = first_link(row.tracking_code, bytes(row.sha256))
            events = events_of(connection, row.id)
            faults = chain_faults(first, row.state, bytes(row.last_digest), events)
            said = next(
                (e.result["report_sha256"] for e in reversed(events) if "report_sha256" in e.result), None
            )
            if said is not None and not (
                row.report_sha256 is not None
                and bytes(row.report_now) == bytes(row.report_sha256) == bytes.fromhex(said)
            ):
                faults.append(ChainFault(len(events), "the stored report is not the one that was judged"))
            if faults:
                broken.append(BrokenChain(row.tracking_code, tuple(faults)))
        checked += len(rows)
        after = rows[-1].id
    return checked, broken
