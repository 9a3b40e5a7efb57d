"""The pieces of a subdivision, as an owner draws them. They are judged as they are drawn, never put right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.errors import ProposalError
from gis.frame import Frame
from gis.overlay import union_all
from gis.proposal import Existing
from gis.subdivision.document import read_pieces


@dataclass(frozen=True)
class Piece:
    """A piece of the lot after widening, in the city's frame; `street`: it becomes public way."""

    name: str
    outline: Polygon
    street: bool = False


@dataclass(frozen=True)
class Subdivision:
    """The pieces that are to make up a lot; `existing`: what becomes of the buildings on it, None = not said.

    Raises ProposalError for fewer than two pieces, for streets alone, and for two pieces of one name.
    """

    pieces: tuple[Piece, ...]
    existing: Existing | None = None

    def __post_init__(self) -> None:
        if len(self.pieces) < 2 or not self.plots:
            raise ProposalError(
                "proposal.no_pieces",
                "/features",
                "A subdivision has at least two pieces, and at least one of them is no street.",
            )
        seen: dict[str, int] = {}
        for n, piece in enumerate(self.pieces):
            if piece.name in seen:
                raise ProposalError(
                    "proposal.repeated_name",
                    f"/features/{n}/properties/name",
                    f"Piece {seen[piece.name] + 1} has the same name; give each its own.",
                    name=piece.name,
                )
            seen[piece.name] = n

    @classmethod
    def from_geojson(cls, document: object, frame: Frame) -> Subdivision:
        """Read a GeoJSON FeatureCollection with one feature for each piece.

        Properties: `name`, and `street` = true for what becomes public way. The member `srid` says EPSG:4326
        (default) or the city's own frame; `subdivision.existing` says what becomes of the buildings on the
        lot. At most 200 pieces and 4,000 vertices. Raises ProposalError with `code`, a JSON pointer `where`
        and a sentence.

        >>> def piece(name, west, east):
        ...     ring = [[west, 0], [east, 0], [east, 25], [west, 25], [west, 0]]
        ...     geometry = {"type": "Polygon", "coordinates": [ring]}
        ...     return {"type": "Feature", "geometry": geometry, "properties": {"name": name}}
        >>> document = {"type": "FeatureCollection", "srid": 32639}
        >>> two = document | {"features": [piece("A", 0, 10), piece("B", 10, 20)]}
        >>> [(p.name, p.outline.area) for p in Subdivision.from_geojson(two, Frame.of(32639)).pieces]
        [('A', 250.0), ('B', 250.0)]
        >>> Subdivision.from_geojson(document | {"features": [piece("A", 0, 10)]}, Frame.of(32639))
        Traceback (most recent call last):
        gis.errors.ProposalError: A subdivision has at least two pieces, ... (proposal.no_pieces at /features)
        """
        read, existing = read_pieces(document, frame)
        return cls(tuple(Piece(*piece) for piece in read), existing)

    @property
    def plots(self) -> tuple[Piece, ...]:
        """The pieces that stay land to build on."""
        return tuple(piece for piece in self.pieces if not piece.street)

    @property
    def streets(self) -> tuple[Piece, ...]:
        """The pieces that become public way."""
        return tuple(piece for piece in self.pieces if piece.street)

    @cached_property
    def outline(self) -> BaseGeometry:
        """All pieces together."""
        return union_all(piece.outline for piece in self.pieces)
