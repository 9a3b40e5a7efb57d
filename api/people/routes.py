"""HTTP of people: the session."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.core.problems import problems
from api.core.state import Database
from api.core.wire import StrictRoute, reply
from api.people import service
from api.people.access import COOKIE, Actor, Needs
from api.people.permissions import Permission
from api.people.shapes import Credentials, SessionOut

router = APIRouter(prefix="/api", tags=["session"], route_class=StrictRoute)

_MAY_USE = Depends(Needs(Permission.SESSION_USE))


def _session(person: service.Person | None) -> dict[str, object]:
    if person is None:
        return {"person": None, "csrf": None}
    return {
        "person": {"id": person.id, "name": person.name, "roles": list(person.roles)},
        "csrf": person.csrf,
    }


@router.get(
    "/session", operation_id="readSession", response_model=SessionOut, responses=problems(401, 403, 422)
)
async def read_session(actor: Annotated[Actor, _MAY_USE]) -> Response:
    """Who is logged in; nobody is a valid answer."""
    return reply(_session(actor.person), headers={"Cache-Control": "no-store"})


@router.post(
    "/session",
    operation_id="logIn",
    response_model=SessionOut,
    responses=problems(401, 403, 413, 422, 429),
    dependencies=[Depends(Needs(Permission.SESSION_USE, csrf=False))],
)
def log_in(credentials: Credentials, request: Request, database: Database) -> Response:
    """Log in: sets the session cookie. After five failures in fifteen minutes the next attempts must wait."""
    address = request.client.host if request.client else "unknown"
    earlier = request.cookies.get(COOKIE)
    token, person = service.log_in(database, credentials.username, credentials.password, address)
    if earlier:
        service.log_out(database, earlier)
    response = reply(_session(person), headers={"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(service.SESSION_TERM.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.delete(
    "/session",
    operation_id="logOut",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 422),
    dependencies=[_MAY_USE],
)
def log_out(request: Request, database: Database) -> Response:
    """End the session; ending none is fine."""
    token = request.cookies.get(COOKIE)
    if token:
        service.log_out(database, token)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response
