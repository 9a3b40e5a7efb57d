"""Legal days: the calendar day in Tehran, on which law and map are in force."""

import re
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

TEHRAN = ZoneInfo("Asia/Tehran")


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(day: object) -> object:
    """A day as the wire carries it; a number is no day, though it could be read as seconds since 1970.

    >>> _written("2026-11-21")
    '2026-11-21'
    >>> _written(0)
    Traceback (most recent call last):
    ...
    ValueError: a day is written 2026-11-21
    """
    if isinstance(day, date) or (isinstance(day, str) and _ISO.fullmatch(day)):
        return day
    raise ValueError("a day is written 2026-11-21")


Day = Annotated[date, BeforeValidator(_written)]
"""A day on the wire: ISO, in the Gregorian calendar, ASCII digits."""


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def legal_day(instant: datetime) -> date:
    """The calendar day in Tehran at an instant (summer time was kept until 1401: +4:30 in July 2022).

    >>> legal_day(datetime(2026, 11, 20, 20, 30, tzinfo=UTC))
    datetime.date(2026, 11, 21)
    >>> legal_day(datetime(2022, 7, 1, 19, 29, tzinfo=UTC))
    datetime.date(2022, 7, 1)
    >>> legal_day(datetime(2022, 7, 1, 19, 30, tzinfo=UTC))
    datetime.date(2022, 7, 2)
    """
    return instant.astimezone(TEHRAN).date()


def today() -> date:
    """The present calendar day in Tehran."""
    return legal_day(now())
