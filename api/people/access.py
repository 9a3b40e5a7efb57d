"""Who may use a route: every route declares one permission through `Needs`; nothing else lets a request
in."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import Engine

from api.core.errors import NotLoggedIn, NotPermitted
from api.people.permissions import ANYONE, Permission
from api.people.service import Person, permissions_of, person_behind

COOKIE = "parvaneh_session"
CSRF_HEADER = "X-CSRF-Token"
_READING = {"GET", "HEAD", "OPTIONS"}
_PUBLIC_TERM = 30.0


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or nobody in particular with what everybody may do."""

    person: Person | None
    permissions: frozenset[str]

    def may(self, permission: Permission) -> bool:
        """Whether this permission is held."""
        return permission in self.permissions

    @property
    def known(self) -> Person:
        """The person; raises `NotLoggedIn` where nobody is logged in."""
        if self.person is None:
            raise NotLoggedIn("log_in_needed", "Log in to do this.")
        return self.person


class PublicPermissions:
    """What everybody may do, read from the roles and kept for half a minute."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: frozenset[str] | None = None
        self._until = 0.0

    @property
    def kept(self) -> frozenset[str] | None:
        """The set while it is fresh, else None."""
        return self._kept if time.monotonic() < self._until else None

    def read(self) -> frozenset[str]:
        """The set, from the store where it is not fresh."""
        kept = self.kept
        if kept is None:
            with self._engine.connect() as connection:
                kept = permissions_of(connection, ANYONE)
            self._kept, self._until = kept, time.monotonic() + _PUBLIC_TERM
        return kept


class Needs:
    """The dependency of a route: the permission it declares, and who acts.

    A request that changes something inside a session must carry the session's token in `X-CSRF-Token`;
    only the log-in itself (`csrf=False`) does not.
    """

    def __init__(self, permission: Permission, *, csrf: bool = True) -> None:
        self.permission = permission
        self.csrf = csrf

    async def __call__(self, request: Request) -> Actor:
        public: PublicPermissions = request.app.state.public_permissions
        token = request.cookies.get(COOKIE)
        if token is None and (kept := public.kept) is not None:
            actor = Actor(None, kept)
        else:
            actor = await run_in_threadpool(self._actor, request.app.state.reading, public, token)
        if not actor.may(self.permission):
            if actor.person is None:
                raise NotLoggedIn("log_in_needed", "Log in to do this.")
            raise NotPermitted(
                "not_permitted", "Your roles do not permit this.", permission=str(self.permission)
            )
        if self.csrf and actor.person is not None and request.method not in _READING:
            given = request.headers.get(CSRF_HEADER, "")
            if not secrets.compare_digest(given.encode(), actor.person.csrf.encode()):
                raise NotPermitted(
                    "csrf_missing",
                    f"Send the session's token in the header {CSRF_HEADER} (GET /api/session gives it).",
                    where=CSRF_HEADER,
                )
        return actor

    @staticmethod
    def _actor(engine: Engine, public: PublicPermissions, token: str | None) -> Actor:
        if token is not None:
            with engine.connect() as connection:
                person = person_behind(connection, token)
            if person is not None:
                return Actor(person, person.permissions)
        return Actor(None, public.read())


def declared(routes: Iterable[object]) -> dict[str, Needs | None]:
    """The permission that each route declares, by method and path; None for a route that declares none."""
    found: dict[str, Needs | None] = {}
    for context in iter_route_contexts(routes):  # type: ignore[arg-type]
        route = context.original_route
        methods = ",".join(sorted(getattr(route, "methods", None) or ()))
        needs = None
        if isinstance(route, APIRoute):
            calls = [dependency.call for dependency in route.dependant.dependencies]
            needs = next((call for call in calls if isinstance(call, Needs)), None)
        found[f"{methods} {context.path or type(route).__name__}"] = needs
    return found


def require_declared(app: FastAPI) -> None:
    """Refuse to serve an application in which a route declares no permission."""
    missing = sorted(name for name, needs in declared(app.routes).items() if needs is None)
    if missing:
        raise RuntimeError(f"routes without a declared permission: {', '.join(missing)}")
