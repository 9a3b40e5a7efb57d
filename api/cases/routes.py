"""HTTP of requests: file, list, look at, move."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy import Connection

from api.cases import service
from api.cases.shapes import MoveIn, RequestFiled, RequestIn, RequestList, RequestOut
from api.core.problems import problems
from api.core.state import Composition, Database, Reading
from api.core.wire import JSONBytes, StrictRoute, reply, write_json
from api.people.access import Actor, Needs
from api.people.permissions import Permission

router = APIRouter(prefix="/api/requests", tags=["requests"], route_class=StrictRoute)

_Code = Annotated[
    str,
    Path(
        max_length=60,
        description="sixteen digits of any script, hyphens free",
        examples=["4821-9037-5526-1048"],
    ),
]
_NO_STORE = {"Cache-Control": "no-store"}


def _with_texts(document: dict[str, Any], status: int = 200, **texts: bytes) -> Response:
    """The document with stored JSON texts as its last members, not serialised again."""
    members = b"".join(b',"%b":%b' % (name.encode(), text) for name, text in texts.items())
    return JSONBytes(write_json(document)[:-1] + members + b"}", status, _NO_STORE)


def _request(connection: Connection, actor: Actor, code: str) -> Response:
    document, judged = service.request_document(connection, actor, code)
    if judged is None:
        return _with_texts(document, proposal=b"null", report=b"null")
    return _with_texts(document, proposal=judged.proposal.encode(), report=judged.report.encode())


@router.post(
    "",
    operation_id="fileRequest",
    status_code=201,
    response_model=RequestFiled,
    responses=problems(401, 403, 404, 409, 413, 422),
)
def file_request(
    asked: RequestIn,
    database: Database,
    settings: Composition,
    actor: Annotated[Actor, Depends(Needs(Permission.REQUEST_FILE))],
) -> Response:
    """File a request: it is judged by today's law at once and stored with its report."""
    with database.begin() as connection:
        filed = service.file(
            connection,
            actor,
            settings.rulebooks,
            service=asked.service,
            channel=asked.channel,
            parcel=asked.parcel,
            proposal=asked.proposal,
        )
    return _with_texts(
        {
            "tracking_code": filed.tracking_code,
            "state": filed.state,
            "parcel": filed.parcel,
            "filed_on": filed.filed_on.isoformat(),
        },
        201,
        report=filed.report,
    )


@router.get("", operation_id="listRequests", response_model=RequestList, responses=problems(401, 403, 422))
def list_requests(
    database: Reading,
    actor: Annotated[Actor, Depends(Needs(Permission.REQUEST_READ))],
    state: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """The reader's own requests, or everybody's for those who may read all; the newest first."""
    with database.connect() as connection:
        items, more = service.requests(connection, actor, state, limit, cursor)
    return reply({"items": items, "next": more}, headers=_NO_STORE)


@router.get(
    "/{tracking_code}",
    operation_id="readRequest",
    response_model=RequestOut,
    responses=problems(401, 403, 404, 422),
)
def read_request(
    tracking_code: _Code, database: Reading, actor: Annotated[Actor, Depends(Needs(Permission.REQUEST_READ))]
) -> Response:
    """A request with its proposal, its report, its events, and the moves open to the reader."""
    with database.connect() as connection:
        return _request(connection, actor, tracking_code)


@router.post(
    "/{tracking_code}/moves",
    operation_id="moveRequest",
    response_model=RequestOut,
    responses=problems(401, 403, 404, 409, 413, 422),
)
def move_request(
    tracking_code: _Code,
    asked: MoveIn,
    database: Database,
    actor: Annotated[Actor, Depends(Needs(Permission.REQUEST_MOVE))],
) -> Response:
    """Make a move that the request's procedure allows the reader; answers with the request as it then
    stands."""
    with database.begin() as connection:
        service.make_move(connection, actor, tracking_code, asked.move, asked.reason)
        return _request(connection, actor, tracking_code)
