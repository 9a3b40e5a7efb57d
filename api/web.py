"""What surrounds every answer: a correlation id, security headers, and the built screens."""

import secrets
from pathlib import Path
from typing import Any

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core.errors import BadInput

_PACKAGE = Path(__file__).parent
WEB_FOLDERS = (_PACKAGE / "_web", _PACKAGE.parent / "web" / "dist")
"""Where the built screens are: inside the installed package, or in the work tree."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Surroundings:
    """Middleware: the correlation id of a request, and the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        correlation = secrets.token_hex(8)
        scope.setdefault("state", {})["correlation_id"] = correlation

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Correlation-Id"] = correlation
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, dressed)


async def clean_address(request: Request) -> None:
    """Refuse what would be passed over: a parameter that the route does not know, and one given twice, of
    which one value counts. Refuse a NUL character in path or query too, which the store cannot hold.

    Only the service's own routes ask this: the address of a page may carry what others hang on to it.
    """
    scope = request.scope
    raw = scope["path"].encode() + b"?" + scope["query_string"]
    if b"\x00" in raw or b"%00" in raw:
        raise BadInput("text_unreadable", "The address holds a NUL character; remove it.", where="url")
    known, seen = _known(scope["route"]), dict[str, None]()
    for name, _ in request.query_params.multi_items():
        if name in seen:
            said = f"{name[:100]!r} is given more than once; give it once."
            raise BadInput("parameter_repeated", said, where=name[:100])
        seen[name] = None
    unknown = next((name[:100] for name in seen if name not in known), None)
    if unknown is not None:
        raise BadInput(
            "parameter_unknown",
            f"This address has no parameter {unknown!r}; known: {', '.join(sorted(known)) or 'none'}.",
            where=unknown,
            given=unknown,
            known=sorted(known),
        )


def _known(route: APIRoute) -> frozenset[str]:
    """The names of the query parameters of a route and of everything that it depends on."""
    fields = get_flat_params(route.dependant)
    return frozenset(field.alias for field in fields if isinstance(field.field_info, Query))


class WebFiles(StaticFiles):
    """The built screens: hashed assets kept for a year, the page itself for every path that is a screen's."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as fault:
            if fault.status_code != 404 or not self._screen(path):
                raise
            path = "index.html"
            response = await super().get_response(path, scope)
        if isinstance(response, RedirectResponse):  # it would repeat the Host that the client made up
            path = "index.html"
            response = await super().get_response(path, scope)
        kept = path.startswith("assets/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response

    @staticmethod
    def _screen(path: str) -> bool:
        """Whether a path that is no file names a screen: not under the service's own prefixes, and without
        a file's ending, except where the last part is a key, which may hold a dot."""
        first, _, rest = path.partition("/")
        if first in {"parcel", "requests"} and rest:
            return True
        return first not in {"api", "tiles", "assets", "openapi.json"} and "." not in path.rsplit("/", 1)[-1]


def web_folder() -> Path | None:
    """The folder of the built screens; None where they have not been built."""
    return next((folder for folder in WEB_FOLDERS if (folder / "index.html").is_file()), None)


def documented(schema: dict[str, Any], permissions: dict[tuple[str, str], str]) -> None:
    """Add to an OpenAPI document what the routes declare elsewhere: permission, session cookie, token."""
    components = schema.setdefault("components", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        components.get("schemas", {}).pop(unused, None)
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "parvaneh_session"},
        "csrf": {
            "type": "apiKey",
            "in": "header",
            "name": "X-CSRF-Token",
            "description": "the session's token; only acts (not GET) of a logged-in session need it",
        },
    }
    for (method, path), permission in permissions.items():
        operation = schema["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["x-permission"] = permission
            # The empty choice: which roles hold a permission is data, and `anyone` may be among them.
            operation["security"] = [{}, {"session": []} if method == "GET" else {"session": [], "csrf": []}]
