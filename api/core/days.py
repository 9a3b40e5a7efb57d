"""Legal days: the calendar day in Tehran, on which law and map are in force."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")


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
