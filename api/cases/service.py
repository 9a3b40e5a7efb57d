"""The acts on requests: file and judge, move, list, look at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from sqlalchemy import Connection, Row, text

from api.cases.chain import first_link
from api.cases.events import Head, append, events_of
from api.cases.procedure import SYSTEM, Procedure
from api.cases.procedures import current, of_version, require_state
from api.cases.tracking import new_code, read_code
from api.core.days import legal_day, now
from api.core.errors import NotFound
from api.core.paging import cursor, read_cursor
from api.people.access import Actor
from api.people.permissions import Permission
from api.planning import service as planning
from api.planning.site import frame_of, shape_of


@dataclass(frozen=True)
class Filed:
    """A request that was filed and judged."""

    tracking_code: str
    state: str
    parcel: str
    filed_on: date
    report: bytes
    """The exact text of the report."""


_INSERT = text("""
    INSERT INTO cases.request (tracking_code, service, procedure_key, procedure_version, channel, parcel_key,
                               applicant_id, filed_at, filed_on, location, last_digest)
    VALUES (:code, :service, :procedure, :version, :channel, :parcel, :applicant, :at, :on,
            ST_GeomFromWKB(:location, 3857), :first)
    RETURNING id
""")


def file(
    connection: Connection,
    actor: Actor,
    rulebooks: str,
    *,
    service: str,
    channel: str,
    parcel: str,
    proposal: dict[str, Any],
) -> Filed:
    """File a request, judge it by the law of this day, and store both; the caller's transaction holds all
    of it.

    Raises `NotPermitted` for a channel that is not the actor's and as `planning.service.judge` does, and then
    nothing is stored.
    """
    person = actor.known
    procedure = current(connection, service)
    procedure.admit(channel, person.roles)
    move = procedure.take(None, procedure.opening.key, person.roles, {"proposal": proposal})
    at = now()
    on = legal_day(at)
    judgement = planning.judge(connection, rulebooks, parcel, on, proposal)
    code = new_code()
    first = first_link(code, procedure.sha256)
    inner = shapely.point_on_surface(shape_of(judgement.facts.parcel.wkb))
    request_id = connection.execute(
        _INSERT,
        {
            "code": code,
            "service": service,
            "procedure": procedure.key,
            "version": procedure.version,
            "channel": channel,
            "parcel": parcel,
            "applicant": person.id,
            "at": at,
            "on": on,
            "location": shapely.to_wkb(frame_of(judgement.facts.srid).to_web_mercator(inner)),
            "first": first,
        },
    ).scalar_one()
    head = append(connection, Head(request_id, None, 0, first), procedure, move, actor_id=person.id, at=at)
    head = _judge(connection, head, procedure, judgement, at)
    return Filed(code, head.state or "", parcel, on, judgement.text)


def _judge(
    connection: Connection, head: Head, procedure: Procedure, judgement: planning.Judgement, at: datetime
) -> Head:
    move = procedure.take(head.state, "judge", (SYSTEM,), {"assessment": judgement})
    assessment = planning.store(connection, judgement)
    result = {
        "assessment": str(assessment),
        "report_sha256": judgement.sha256.hex(),
        "book_sha256": judgement.book.book.sha256,
        "verdict": judgement.report.verdict,
    }
    return append(connection, head, procedure, move, actor_id=None, at=at, result=result)


_COLUMNS = """
    r.id, r.tracking_code, r.service, r.procedure_key, r.procedure_version, r.channel, r.parcel_key,
    r.applicant_id, p.name AS applicant, r.filed_at, r.filed_on, r.state, r.verdict, r.due_on,
    r.assessment_id,
    r.last_ordinal, r.last_digest,
    ST_X(ST_Transform(r.location, 4326)) AS lon, ST_Y(ST_Transform(r.location, 4326)) AS lat
"""
_ONE = text(f"""
    SELECT {_COLUMNS} FROM cases.request r JOIN people.person p ON p.id = r.applicant_id
    WHERE r.tracking_code = :code AND (:all OR r.applicant_id = :person)
""")  # noqa: S608 -- only constants
_LIST = text(f"""
    SELECT {_COLUMNS} FROM cases.request r JOIN people.person p ON p.id = r.applicant_id
    WHERE (:all OR r.applicant_id = :person) AND (CAST(:state AS text) IS NULL OR r.state = :state)
      AND (CAST(:before AS bigint) IS NULL OR r.id < :before)
    ORDER BY r.id DESC LIMIT :limit
""")  # noqa: S608 -- only constants


_ACTORS = text(
    "SELECT DISTINCT p.id, p.name FROM cases.event e JOIN people.person p ON p.id = e.actor_id"
    " WHERE e.request_id = :id"
)


def _summary(row: Row[Any]) -> dict[str, Any]:
    return {
        "tracking_code": row.tracking_code,
        "service": row.service,
        "channel": row.channel,
        "parcel": row.parcel_key,
        "applicant": row.applicant,
        "filed_at": row.filed_at.isoformat(),
        "filed_on": row.filed_on.isoformat(),
        "state": row.state,
        "verdict": row.verdict,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "location": [round(row.lon, 7), round(row.lat, 7)],
    }


def requests(
    connection: Connection, actor: Actor, state: str | None, limit: int, after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """The requests that the actor may see, the newest first, and where the list goes on.

    Raises `BadInput` for a state that no procedure has.
    """
    if state is not None:
        require_state(connection, state)
    before = read_cursor(after, [int])[0] if after else None
    rows = connection.execute(
        _LIST,
        {
            "all": actor.may(Permission.REQUEST_READ_ALL),
            "person": actor.known.id,
            "state": state,
            "before": before,
            "limit": limit + 1,
        },
    ).all()
    more = cursor([rows[limit - 1].id]) if len(rows) > limit else None
    return [_summary(row) for row in rows[:limit]], more


def _visible(connection: Connection, actor: Actor, code: str) -> Row[Any]:
    """The request, where it is there and the actor may see it; who may not see it learns nothing of it."""
    row = connection.execute(
        _ONE,
        {
            "code": read_code(code),
            "all": actor.may(Permission.REQUEST_READ_ALL),
            "person": actor.known.id,
        },
    ).one_or_none()
    if row is None:
        raise NotFound(
            "request_unknown", "There is no request of yours with this tracking code.", where="tracking_code"
        )
    return row


@dataclass(frozen=True)
class Judged:
    """The exact texts of a judged proposal and of its report."""

    proposal: str
    report: str


def request_document(connection: Connection, actor: Actor, code: str) -> tuple[dict[str, Any], Judged | None]:
    """A request with its events and the moves open to the actor, and what was judged; None before that."""
    row = _visible(connection, actor, code)
    procedure = of_version(connection, row.procedure_key, row.procedure_version)
    judged = None
    if row.assessment_id is not None:
        kept = connection.execute(
            text("SELECT proposal::text, report::text FROM planning.assessment WHERE id = :id"),
            {"id": row.assessment_id},
        ).one()
        judged = Judged(kept.proposal, kept.report)
    names = {person.id: person.name for person in connection.execute(_ACTORS, {"id": row.id})}
    document = _summary(row) | {
        "procedure": {"key": procedure.key, "version": procedure.version, "title": dict(procedure.title)},
        "states": [{"state": state.key, "title": dict(state.title)} for state in procedure.states.values()],
        "events": [
            {
                "ordinal": event.ordinal,
                "at": event.at.isoformat(),
                "actor": names.get(event.actor_id) if event.actor_id is not None else None,
                "move": event.move,
                "title": dict(procedure.moves[event.move].title),
                "before": event.state_before,
                "after": event.state_after,
                "reason": event.reason,
                "result": event.result,
                "digest": event.digest.hex(),
            }
            for event in events_of(connection, row.id)
        ],
        "moves": [
            {"move": move.key, "title": dict(move.title), "needs": list(move.needs)}
            for move in procedure.open_to(row.state, actor.known.roles)
        ],
    }
    return document, judged


def make_move(connection: Connection, actor: Actor, code: str, key: str, reason: str | None) -> None:
    """Make a move on a request, as its own procedure allows. Raises `NotFound`, `NotPermitted`,
    `Conflict`."""
    row = _visible(connection, actor, code)
    procedure = of_version(connection, row.procedure_key, row.procedure_version)
    move = procedure.take(row.state, key, actor.known.roles, {"reason": reason})
    head = Head(row.id, row.state, row.last_ordinal, bytes(row.last_digest))
    append(connection, head, procedure, move, actor_id=actor.known.id, at=now(), reason=reason)
