"""Why an import is refused as a whole, and why one of its rows is."""

from dataclasses import dataclass, field

from api.core.errors import BadInput, Conflict


class ImportRefused(BadInput):
    """The profile or a source file cannot be imported; nothing was written."""


class ImportConflict(Conflict):
    """The import does not fit what is in the database; nothing was written."""


REASONS = {
    "key_missing": "The row has no key.",
    "duplicate_key": "A row before it has the same key.",
    "geometry_missing": "The row has no geometry.",
    "geometry_empty": "The geometry is empty.",
    "geometry_unreadable": "The bytes of the geometry cannot be read as a shape.",
    "coordinate_not_finite": "A coordinate is NaN or infinite.",
    "outside_domain": "The shape lies outside of the area of use of its coordinate reference system.",
    "wrong_geometry_type": "The geometry is of a type that this layer does not take.",
    "area_zero": "The polygon encloses no area.",
    "length_zero": "The line has no length.",
    "not_repairable": "The geometry is invalid and nothing of it is left after repair.",
    "value_missing": "A required column is empty.",
    "value_invalid": "A required column has a value that cannot be read.",
    "code_invalid": "The node's code is not seven whole numbers.",
    "code_reused": "The code belonged to a node that has ended; codes are never reused.",
    "parent_missing": "The node above is neither in the file nor in force.",
    "tile_empty": "The raster has no data in this tile.",
}
"""The codes for which a row is rejected, with their sentence."""


@dataclass
class Rejects:
    """The rejected rows of one source: its row number (from 0) and why; the first reason of a row counts."""

    reasons: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, row: int, code: str, more: str = "") -> None:
        """Reject a row; `more` says which column, which other row.

        >>> rejects = Rejects()
        >>> rejects.add(3, "duplicate_key", "It is row 1.")
        >>> rejects.add(3, "key_missing")
        >>> rejects.reasons
        {3: ('duplicate_key', 'A row before it has the same key. It is row 1.')}
        """
        self.reasons.setdefault(row, (code, f"{REASONS[code]} {more}".rstrip()))

    def counts(self) -> dict[str, int]:
        """How many rows were rejected for each code.

        >>> Rejects().counts()
        {}
        """
        found: dict[str, int] = {}
        for code, _ in self.reasons.values():
            found[code] = found.get(code, 0) + 1
        return dict(sorted(found.items()))
