"""Keyset paging: where a list goes on, as a cursor that clients hand back unread."""

import base64
import binascii
import json
from typing import Any

from api.core.errors import BadInput
from api.core.wire import clean_text, read_json


def cursor(place: list[Any]) -> str:
    """The place after the last row shown, as an opaque text that is safe in a URL.

    >>> read_cursor(cursor(["exact", 12]), [str, int])
    ['exact', 12]
    """
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, kinds: list[type]) -> list[Any]:
    """The place that `cursor` wrote, checked against the kinds of its parts; anything else is refused.

    >>> read_cursor("nonsense", [int])
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: cursor: This cursor was not given by this list; start again without it.
    """
    fault = BadInput(
        "cursor_invalid", "This cursor was not given by this list; start again without it.", where="cursor"
    )
    if len(text) > 2000 or not text.isascii():
        raise fault
    try:
        place = read_json(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, BadInput) as broken:
        raise fault from broken
    if not isinstance(place, list) or len(place) != len(kinds):
        raise fault
    for part, kind in zip(place, kinds, strict=True):
        if type(part) is not kind:
            raise fault
        if isinstance(part, str):
            clean_text(part, "cursor")
    return place
