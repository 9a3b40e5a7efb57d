"""JSON on the wire: read strictly (finite numbers, clean text, bounded size and depth), written once as
bytes."""

import asyncio
import json
import math
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from api.core.errors import BadInput, ParvanehError

BODY_LIMIT = 2 * 1024 * 1024
"""Largest request body in bytes: 20,000 vertices of a proposal take less than half of it."""
DEPTH_LIMIT = 32
"""Deepest nesting of arrays and objects; GeoJSON needs eight."""
BODY_SECONDS = 30.0
"""Within this time a body must have arrived: who sends a byte a minute holds no connection for ever."""
_AT_ONCE = 64 * 1024
"""Larger bodies are parsed in a thread: a second of parsing must not hold up everybody else."""
_INT64 = 2**63


class TooLarge(ParvanehError):
    """The request body is larger than the service reads."""


class TooSlow(ParvanehError):
    """The request body did not arrive in time."""


def _constant(word: str) -> NoReturn:
    raise BadInput(
        "number_not_finite", f"{word} is not a number in JSON; send finite numbers only.", given=word
    )


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadInput(
            "number_not_finite", f"The number {text[:40]} is too large to be represented.", given=text[:40]
        )
    return number


def _int(text: str) -> int:
    if len(text) > 19 or not -_INT64 <= (number := int(text)) < _INT64:
        raise BadInput(
            "number_too_large", f"The whole number {text[:40]} does not fit into 64 bits.", given=text[:40]
        )
    return number


def clean_text(text: str, where: str = "") -> str:
    r"""The text itself, where the store can keep it: no NUL character and no half of a surrogate pair.

    >>> clean_text("کوچه ۱۲")
    'کوچه ۱۲'
    >>> clean_text("a\x00b", where="q")
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: q: The text holds a NUL character or half of a character; remove it.
    """
    if "\x00" in text or (not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)):
        raise BadInput(
            "text_unreadable",
            "The text holds a NUL character or half of a character; remove it.",
            where=where,
        )
    return text


_Place = tuple["_Place", str | int] | None
"""A place in a document as its parent's place and its own name: a pointer is only written for a refusal."""


def _pointer(place: _Place) -> str:
    parts: list[str] = []
    while place is not None:
        place, name = place
        parts.append(f"/{str(name)[:100]}")
    return "".join(reversed(parts))


def _clean(text: str, place: _Place) -> None:
    try:
        clean_text(text)
    except BadInput as fault:
        raise BadInput(fault.code, fault.detail, where=_pointer(place)) from None


def _check(value: Any, place: _Place, depth: int) -> None:
    if isinstance(value, str):
        _clean(value, place)
    elif isinstance(value, (list, dict)):
        if depth == 0:
            raise BadInput(
                "json_too_deep",
                f"The document is nested deeper than {DEPTH_LIMIT} levels.",
                where=_pointer(place),
            )
        if isinstance(value, list):
            for at, item in enumerate(value):
                if not isinstance(item, (float, int)):
                    _check(item, (place, at), depth - 1)
        else:
            for key, item in value.items():
                _clean(key, place)
                if not isinstance(item, (float, int)):
                    _check(item, (place, key), depth - 1)


def read_json(body: bytes) -> Any:
    r"""The document in a request body.

    Raises `BadInput` for what JSON or the store cannot carry: broken syntax, NaN and Infinity, numbers out
    of range,
    NUL characters, lone surrogates, nesting deeper than `DEPTH_LIMIT`.

    >>> read_json(b'{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    >>> read_json(b'{"a": NaN}')
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: NaN is not a number in JSON; send finite numbers only.
    >>> read_json(b'')
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: The body is not JSON: Expecting value at character 0.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_constant, parse_float=_float, parse_int=_int)
    except UnicodeDecodeError as fault:
        raise BadInput("json_invalid", f"The body is not UTF-8 at byte {fault.start}.") from fault
    except json.JSONDecodeError as fault:
        raise BadInput(
            "json_invalid", f"The body is not JSON: {fault.msg} at character {fault.pos}.", position=fault.pos
        ) from fault
    except RecursionError as fault:
        raise BadInput(
            "json_too_deep", f"The document is nested deeper than {DEPTH_LIMIT} levels."
        ) from fault
    _check(value, None, DEPTH_LIMIT)
    return value


def write_json(value: object) -> bytes:
    """The document as compact UTF-8 bytes; a number that is not finite is a defect and raises `ValueError`.

    >>> write_json({"نام": 1.5}).decode()
    '{"نام":1.5}'
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def canonical(value: object) -> bytes:
    """The document in the one form under which it is digested: sorted keys, compact, UTF-8.

    >>> canonical({"b": 1, "a": [True, None]}).decode()
    '{"a":[true,null],"b":1}'
    """
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


class JSONBytes(Response):
    """A response whose JSON text already exists; nothing is validated or serialised a second time."""

    media_type = "application/json"


def reply(value: object, status: int = 200, headers: dict[str, str] | None = None) -> JSONBytes:
    """The value as the JSON body of a response."""
    return JSONBytes(write_json(value), status, headers)


class _ReadRequest(Request):
    """A request whose body has been read and parsed."""

    def __init__(self, request: Request, body: bytes, document: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._body = body
        self.document = document

    async def json(self) -> Any:
        return self.document


async def _bounded_body(request: Request, limit: int) -> bytes:
    fault = TooLarge("body_too_large", f"The request body is larger than {limit} bytes.", limit=limit)
    declared = request.headers.get("content-length", "0")
    if declared.isascii() and declared.isdigit() and (len(declared) > 12 or int(declared) > limit):
        raise fault
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise fault
        chunks.append(chunk)
    return b"".join(chunks)


async def read_body(request: Request, limit: int) -> bytes:
    """The body of a request of at most `limit` bytes. Raises `TooLarge`, and `TooSlow` where it does not
    arrive in time."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _bounded_body(request, limit)
    except TimeoutError as fault:
        raise TooSlow(
            "body_too_slow",
            f"The request body did not arrive within {BODY_SECONDS:g} seconds; send it again.",
        ) from fault


class StrictRoute(APIRoute):
    """A route that reads its JSON body with `read_json` and never more than `BODY_LIMIT` bytes of it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        if self.body_field is None:
            return handler

        async def strict(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json" and not (
                kind.startswith("application/") and kind.endswith("+json")
            ):
                raise BadInput("json_expected", "Send the body as application/json.", where="content-type")
            body = await read_body(request, BODY_LIMIT)
            document = read_json(body) if len(body) <= _AT_ONCE else await run_in_threadpool(read_json, body)
            return await handler(_ReadRequest(request, body, document))

        return strict
