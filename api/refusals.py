"""Refusals and defects as problem documents; which status a class has is said by the table in `api.main`."""

import json
import logging
import math
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg2 import errors as pg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.core.problems import MEDIA_TYPE, problem

log = logging.getLogger("parvaneh")


_LONGEST_PLACE = 500


def _one_line(fault: object) -> str:
    """A message as one line of the log, so that no text from outside looks like another entry.

    >>> _one_line("no such column\\nLINE 1: …\\n2026 all is well")
    'no such column LINE 1: … 2026 all is well'
    """
    return " ".join(str(fault).split())[:1000]


def status_of(table: Mapping[type[Exception], int], fault: Exception) -> int:
    """The status of a refusal: its own row of the table or its nearest parent's; 500 where there is none.

    >>> status_of({LookupError: 404}, KeyError("x")), status_of({}, KeyError("x"))
    (404, 500)
    """
    return next((table[kind] for kind in type(fault).__mro__ if kind in table), 500)


def correlation_id(request: Request) -> str:
    """The id under which this request stands in the log."""
    return str(getattr(request.state, "correlation_id", ""))


def _plain(value: object) -> object:
    """A value as JSON can carry it: numbers finite, everything unknown as its text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return str(value)


def _answer(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    where: str = "",
    args: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    # The place is written with the sender's own keys, which may be long.
    where = where[:_LONGEST_PLACE]
    body = problem(status, code, detail, where=where, args=args or {}, correlation_id=correlation_id(request))
    # The detail may quote what was sent: escapes carry any text, even half a character.
    return Response(
        json.dumps(_plain(body)),
        status,
        {"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


async def _refused(request: Request, fault: Exception) -> Response:
    code, detail, where, values = fault.code, fault.detail, fault.where, fault.values  # type: ignore[attr-defined]
    status = status_of(request.app.state.statuses, fault)
    headers = {"Retry-After": str(int(values["minutes"]) * 60)} if status == 429 else {}
    if status >= 500:
        log.error("%s %s: %s", correlation_id(request), code, _one_line(detail))
    return _answer(request, status, code, detail, where=where, args=dict(values), headers=headers)


async def _invalid(request: Request, fault: Exception) -> Response:
    found: list[Any] = list(fault.errors())[:20]  # type: ignore[attr-defined]
    places = [
        {"where": _pointer(error["loc"]), "message": error["msg"], "kind": error["type"]} for error in found
    ]
    first = places[0] if places else {"where": "", "message": "unreadable", "kind": ""}
    return _answer(
        request,
        422,
        "input_invalid",
        f"{first['message']}.",
        where=str(first["where"]),
        args={"errors": places},
    )


def _pointer(loc: tuple[Any, ...]) -> str:
    """Where it is in the sender's document: a JSON pointer into the body, else the parameter's name.

    >>> _pointer(("body", "proposal", "srid")), _pointer(("query", "limit")), _pointer(("body",))
    ('/proposal/srid', 'limit', '')
    """
    kind, *rest = loc or ("",)
    names = [str(part)[:_LONGEST_PLACE] for part in rest]
    return "".join(f"/{name}" for name in names) if kind == "body" else ".".join(names)


_HTTP_CODES = {404: "path_unknown", 405: "method_unknown"}


async def _http(request: Request, fault: Exception) -> Response:
    status, detail = fault.status_code, str(fault.detail)  # type: ignore[attr-defined]
    allow = (fault.headers or {}).get("allow")  # type: ignore[attr-defined]
    code = _HTTP_CODES.get(status, "request_unreadable")
    return _answer(request, status, code, f"{detail}.", headers={"Allow": allow} if allow else {})


async def _database(request: Request, fault: Exception) -> Response:
    cause = getattr(fault, "orig", None)
    if isinstance(cause, pg.QueryCanceled):
        code, detail = "database_slow", "The database took too long for this; ask for less, or try again."
    elif isinstance(cause, (pg.UndefinedTable, pg.InvalidSchemaName, pg.UndefinedColumn)):
        code, detail = "database_not_migrated", "The database has not been brought to this version: migrate."
    elif isinstance(fault, PoolTimeout):
        code, detail = "database_busy", "All connections to the database are in use; try again in a moment."
    elif isinstance(fault, (OperationalError, InterfaceError)):
        code, detail = "database_away", "The database cannot be reached; nothing was changed. Try again soon."
    else:
        return await _defect(request, fault)
    log.error("%s %s: %s", correlation_id(request), code, _one_line(cause or fault))
    return _answer(request, 503, code, detail, headers={"Retry-After": "5"})


async def _gone(request: Request, fault: Exception) -> Response:  # noqa: ARG001
    """The client hung up while it was still sending: no defect, and nobody reads the answer."""
    return _answer(request, 400, "client_gone", "The connection was closed before the body had arrived.")


async def _defect(request: Request, fault: Exception) -> Response:
    log.error("%s defect", correlation_id(request), exc_info=fault)
    detail = "This is a defect of the service; nothing was changed. Tell us the correlation id."
    return _answer(request, 500, "defect", detail)


def install(app: FastAPI, statuses: Mapping[type[Exception], int]) -> None:
    """Make every refusal and defect of this application a problem document.

    The classes of `statuses` carry `code`, `detail`, `where` and `values`.
    """
    app.state.statuses = statuses
    for kind in statuses:
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    for kind in (DBAPIError, PoolTimeout):
        app.add_exception_handler(kind, _database)
    app.add_exception_handler(Exception, _defect)
