"""The refusals of the service: a bad or missing input raises one of these, a legal outcome never does."""

from collections.abc import Mapping


class ParvanehError(Exception):
    """A refusal that a person can act on.

    `code` is the stable key under which both languages translate it, `where` points into the user's own
    document (file and key path, JSON pointer, query parameter), `detail` is one plain English sentence that
    says what was wrong and what to do, and `values` carries the values that the translated sentence needs.

    >>> fault = BadInput("day_invalid", "The day 1403-13-01 does not exist.", where="on", given="1403-13-01")
    >>> fault.code, fault.where, fault.values
    ('day_invalid', 'on', {'given': '1403-13-01'})
    >>> str(fault)
    'on: The day 1403-13-01 does not exist.'
    >>> str(NotFound("parcel_unknown", "No parcel has this key."))
    'No parcel has this key.'
    """

    def __init__(self, code: str, detail: str, *, where: str = "", **values: object) -> None:
        super().__init__(f"{where}: {detail}" if where else detail)
        self.code = code
        self.detail = detail
        self.where = where
        self.values: Mapping[str, object] = values


class BadInput(ParvanehError):
    """What was sent cannot be read or breaks its own rules."""


class NotFound(ParvanehError):
    """What was asked for is not in this city."""


class Conflict(ParvanehError):
    """The act does not fit the present state (already done, somebody was faster, an older day)."""


class NotLoggedIn(ParvanehError):
    """The act needs a person and there is no valid session."""


class NotPermitted(ParvanehError):
    """The person is known and may not do this."""


class Unavailable(ParvanehError):
    """Something the service stands on (database, disk) is missing or cannot answer now."""
