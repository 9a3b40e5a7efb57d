"""The composition: settings → features → the one table of refusals → the built screens."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.gzip import GZipMiddleware

from api import refusals
from api.cadastre import routes as cadastre_routes
from api.cadastre import service as cadastre
from api.cadastre.tiles import CADASTRE_LAYERS, TileLayer
from api.cases import routes as cases_routes
from api.cases.map import CasesLayer
from api.cases.procedures import check_all
from api.core.database import engine
from api.core.errors import (
    BadInput,
    Conflict,
    NotFound,
    NotLoggedIn,
    NotPermitted,
    Unavailable,
)
from api.core.problems import Problem, problems
from api.core.settings import Settings
from api.core.state import Composition, Reading
from api.core.wire import TooLarge, TooSlow, reply
from api.people import routes as people_routes
from api.people.access import Needs, PublicPermissions, declared, require_declared
from api.people.permissions import Permission
from api.people.service import TooManyAttempts, permissions_of
from api.planning import drawing_routes
from api.planning import routes as planning_routes
from api.planning.books import book_in_force
from api.web import Surroundings, WebFiles, clean_address, documented, web_folder
from gis import ENGINE, GisError

log = logging.getLogger("parvaneh")

STATUS: Final[dict[type[Exception], int]] = {
    BadInput: 422,
    NotLoggedIn: 401,
    NotPermitted: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    TooSlow: 408,
    GisError: 422,
    TooManyAttempts: 429,
    Unavailable: 503,
}
"""The one table: class of the refusal → status. A subclass without a row has the status of its parent."""

_WEB: Final = "/"
"""The path of the built screens; the only one that declares no permission."""

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """That the service and its database answer, and what they serve."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "status": "ok",
                "database": "ok",
                "city": "sample",
                "engine": ENGINE,
                "book_sha256": "9f2c…",
            }
        }
    )

    status: str
    database: str
    city: str | None
    engine: str
    book_sha256: str | None


@router.get(
    "/api/health",
    operation_id="readHealth",
    response_model=Health,
    responses=problems(401, 403, 422),
    dependencies=[Depends(Needs(Permission.HEALTH_READ))],
)
def read_health(database: Reading, settings: Composition) -> Response:
    """Whether the service can work; 503 says what is wrong."""
    key = sha256 = None
    with database.connect() as connection:
        try:
            city = cadastre.city(connection)
        except Unavailable:
            city = None  # a new installation, before its city was imported, is healthy
    if city is not None:
        key = city.key
        if city.rulebook is not None:
            sha256 = book_in_force(city.rulebook, settings.rulebooks).book.sha256
    return reply(
        {"status": "ok", "database": "ok", "city": key, "engine": ENGINE, "book_sha256": sha256},
        headers={"Cache-Control": "no-store"},
    )


@router.get("/openapi.json", include_in_schema=False)
async def read_openapi(
    request: Request, _: Annotated[Any, Depends(Needs(Permission.DESCRIPTION_READ))]
) -> Response:
    """The description of the service."""
    return reply(request.app.openapi())


def _describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: the routes, what each declares, and the refusals."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title="Parvaneh",
            version=ENGINE,
            summary="Open electronic urban planning: the map, the law of the plan, and the requests.",
            routes=app.routes,
        )
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        needs = {
            tuple(name.split(" ", 1)): needs.permission.value
            for name, needs in declared(app.routes).items()
            if needs is not None
        }
        documented(schema, needs)  # type: ignore[arg-type]
        app.openapi_schema = schema
    return app.openapi_schema


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    # As many threads as connections: with more of them requests would wait for the pool, not for a thread.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
    await run_in_threadpool(_check_procedures, app.state.engine)
    yield
    await run_in_threadpool(app.state.engine.dispose)


def _check_procedures(database: Engine) -> None:
    """Refuse to serve a procedure that cannot be run; a database that is away is no reason not to start."""
    try:
        with database.begin() as connection:
            if permissions_of(connection, "anyone"):
                check_all(connection)
    except SQLAlchemyError as fault:
        log.error("the database does not answer yet: %s", fault)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service on these settings (of the environment where not given)."""
    settings = settings or Settings()
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the Host that the client made up
        lifespan=_lifespan,
        dependencies=[Depends(clean_address)],
    )
    app.state.settings = settings
    app.state.engine = engine(settings)
    app.state.reading = app.state.engine.execution_options(isolation_level="AUTOCOMMIT")
    app.state.public_permissions = PublicPermissions(app.state.reading)
    layers: list[TileLayer] = [*CADASTRE_LAYERS, CasesLayer()]
    app.state.tile_layers = {layer.name: layer for layer in layers}
    for feature in (people_routes, cadastre_routes, planning_routes, drawing_routes, cases_routes):
        app.include_router(feature.router)
    app.include_router(router)
    refusals.install(app, STATUS)
    app.add_middleware(Surroundings)
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]
    require_declared(app)
    folder = web_folder()
    if folder is not None:
        app.mount(_WEB, GZipMiddleware(WebFiles(directory=folder, html=True)))
    return app
