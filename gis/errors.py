"""Refusals of the spatial law: bad or missing input. A legal outcome is a value, never one of these."""

from __future__ import annotations

from collections.abc import Mapping


class GisError(Exception):
    """An input that the spatial law refuses.

    `code` is the stable key of the message (also the translation key), `where` points into the caller's
    own input (a JSON pointer, a table row, a key), `detail` says in one English sentence what was wrong and
    what to do, and `values` holds the figures named by the sentence.

    >>> error = GeometryError("polygon.empty", "P-7", "The lot has no area.", area=0.0)
    >>> error.code, error.where, error.values
    ('polygon.empty', 'P-7', {'area': 0.0})
    >>> print(error)
    The lot has no area. (polygon.empty at P-7)
    >>> print(FrameError("frame.unknown", "", "There is no such frame."))
    There is no such frame. (frame.unknown)
    """

    def __init__(self, code: str, where: str, detail: str, **values: object) -> None:
        super().__init__(code, where, detail)
        self.code = code
        self.where = where
        self.detail = detail
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        return (
            f"{self.detail} ({self.code} at {self.where})" if self.where else f"{self.detail} ({self.code})"
        )


class FrameError(GisError):
    """A coordinate system in which nothing may be measured, or coordinates that it cannot carry."""


class GeometryError(GisError):
    """A shape that cannot be what it is said to be: wrong type, empty, self-crossing, not finite."""


class StreetError(GisError):
    """A street whose facts are no facts (a width of zero, two streets under one key)."""


class EdgeCorrectionError(GisError):
    """An officer's correction that names no edge of the lot, or a street that is not there."""


class ProposalError(GisError):
    """A proposal that is no building to read: `where` is a JSON pointer into the applicant's document."""


class DrawingError(GisError):
    """A drawing that cannot be read or trusted: `where` names its line, layer, block or header variable."""


class RuleBookError(GisError):
    """A rule-book that cannot be law: `where` names the file, the line and the place in it."""


class LawError(GisError):
    """A question about a day for which the rule-book has no formalised law."""
