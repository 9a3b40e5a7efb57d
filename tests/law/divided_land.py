"""Land to divide and its law, for the tests of subdivisions: drawn in metres, to be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely import affinity

from gis import Lot, Piece, Report, Site, Street, Subdivision, assess_subdivision
from tests.law.little_books import little_book
from tests.law.plots import DAY, site

box = shapely.box

LAW = (
    ("pieces_gap", "at_most", "m2", "subdivision", "limit = 0\ntolerance = 1"),
    ("pieces_overlap", "at_most", "m2", "subdivision", "limit = 0\ntolerance = 1"),
    ("pieces_outside", "at_most", "m2", "subdivision", "limit = 0\ntolerance = 1"),
    ("lot_area", "at_least", "m2", "piece", "limit = 200"),
    ("frontage", "at_least", "m", "piece", "limit = 10"),
    ("depth_to_frontage", "at_most", "1", "piece", "limit = 3"),
    ("street_contact", "at_least", "m", "piece", "limit = 3"),
    ("street_width", "at_least", "m", "piece", "limit = 8"),
    ("new_street_width", "at_least", "m", "new_street", "limit = 8"),
    ("dead_end_length", "at_most", "m", "new_street", "limit = 150"),
)


def law(*rows: tuple[str, str, str, str, str]) -> str:
    """Provisions as `little_book` takes them, each with its measure as its id."""
    keys = 'id = "{0}"\nmeasure = "{0}"\nrelation = "{1}"\nunit = "{2}"\nof = "{3}"\n---\n{4}'
    return "\n\x00".join(keys.format(*row) for row in rows)


def book(*more: tuple[str, str, str, str, str], without: Sequence[str] = ()):
    """The little law of subdivisions, without some of it and with more."""
    rows = [row for row in LAW if row[0] not in without] + list(more)
    return little_book(*law(*rows).split("\n\x00"))


BOOK = book()


def land(width: float, depth: float, *, angle: float = 0.0, **more: Any) -> Site:
    """A plot north of a street of 8 m, with neighbours on its other three sides; turned by `angle`."""
    shapes = [
        box(0, 0, width, depth),
        box(-10, 0, 0, depth),
        box(width, 0, width + 10, depth),
        box(-10, depth, width + 10, depth + 10),
        shapely.LineString([(-80, -4), (width + 80, -4)]),
    ]
    outline, *beside, axis = (turned(shape, angle) for shape in shapes)
    street = Street("S-1", "Nilufar", axis, None, 8.0, None, "right_of_way", "local")
    return site(Lot.build("P-1", outline, streets=[street], neighbours=beside), **more)


def turned(shape: Any, angle: float) -> Any:
    """A shape turned about the origin, degrees counter-clockwise."""
    return affinity.rotate(shape, angle, origin=(0, 0)) if angle else shape


def divided(here: Site, pieces: dict[str, Any], law: Any = BOOK, *, angle: float = 0.0) -> Report:
    """The report of a division into these pieces, named "street …" where they are to be public way."""
    drawn = tuple(
        Piece(name, turned(shape, angle), name.startswith("street")) for name, shape in pieces.items()
    )
    return assess_subdivision(here, Subdivision(drawn, "demolish"), law, on=DAY)


def of(report: Report, provision: str, name: str = "") -> Any:
    """The finding of a provision on a piece, a street, or the whole."""
    (found,) = (f for f in report.findings if f.provision == provision and f.subject[1] == name)
    return found


def verdicts(report: Report) -> dict[str, str]:
    """The verdict of each piece."""
    return {piece.name: piece.verdict for piece in report.pieces}
