"""The pieces of a subdivision laid out: each a lot among the others, on the streets that reach it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely
from shapely import Polygon

from gis.alignment import SNAP, Street, WidthKind
from gis.edges import Edge
from gis.frontage import FRONT
from gis.lot import Lot
from gis.measures.new_street import NewStreet, new_street_of
from gis.missing import Missing
from gis.site import Site, ZoneShare
from gis.subdivision.pieces import Piece, Subdivision

REACH: Final = 100.0
"""Metres around a piece in which others matter to its edges."""
_ACCESS: Final = Missing("fact", "new_street_access")
_SHAPE: Final = Missing("judgement", "new_street_shape")


def key_of(piece: Piece) -> str:
    """The key of a piece as a street; no key of the map begins so."""
    return f"new:{piece.name}"


@dataclass(frozen=True)
class LaidStreet:
    """A new street as laid; `reached`: whether one comes to it from the city's streets, None = not known."""

    piece: Piece
    measured: NewStreet
    reached: bool | None

    @property
    def street(self) -> Street:
        """The street before its plots: its drawn land, as wide as its narrowest place where one can tell."""
        strip = self.measured.strip
        width = strip.width if strip and strip.width > 0 else None
        kind: WidthKind | None = "right_of_way" if width else None
        return Street(self.key, self.piece.name, None, self.piece.outline, width, None, kind)

    @property
    def key(self) -> str:
        """Of the street on the wire."""
        return key_of(self.piece)


@dataclass(frozen=True)
class LaidPlot:
    """A plot as a site of its own, and what keeps everything about it open."""

    piece: Piece
    site: Site
    held: Missing | None


def laid_streets(site: Site, subdivision: Subdivision) -> tuple[LaidStreet, ...]:
    """The new streets, those first that touch the city's streets, then those that one reaches over them.

    A street that certainly reaches none is land like other land: nobody drives on it.
    """
    open_, laid, last = list(subdivision.streets), list[LaidStreet](), None
    lots: dict[str, Lot] = {}
    while open_:
        over = [found.street for found in laid]
        for piece in open_:
            if last is None or any(_beside(piece.outline, found.piece.outline) for found in last):
                lots[piece.name] = _lot(site, piece, subdivision, over, set())
        last = [LaidStreet(p, new_street_of(lots[p.name]), True) for p in open_ if _touches(lots[p.name])]
        if not last:
            rest = [(piece, lots[piece.name]) for piece in open_]
            return (*laid, *(LaidStreet(p, new_street_of(lot), _unsure(lot, site)) for p, lot in rest))
        laid += last
        open_ = [piece for piece in open_ if piece not in {found.piece for found in last}]
    return tuple(laid)


def _touches(lot: Lot) -> bool:
    return any(edge.kind == "street" and edge.length >= FRONT for edge in lot.edges)


def _unsure(lot: Lot, site: Site) -> bool | None:
    """None where a boundary without evidence, or an unread layer, may yet be a street; else False."""
    dark = any(edge.evidence == "none" for edge in lot.edges)
    return None if dark or site.unread("streets", "parcels") else False


def laid_plots(site: Site, subdivision: Subdivision, streets: Sequence[LaidStreet]) -> tuple[LaidPlot, ...]:
    """Each plot as a lot among the other pieces, the neighbours and the streets, with its share of zones."""
    over = [found.street for found in streets if found.reached]
    shapeless = {found.key for found in streets if found.measured.strip is None}
    unsure = [found for found in streets if found.reached is None]
    plots = []
    for piece in subdivision.plots:
        lot = _lot(site, piece, subdivision, over, {found.key for found in unsure})
        lot, held = _without_widths(lot, shapeless)
        if any(_beside(piece.outline, found.piece.outline) for found in unsure):
            held = _ACCESS
        officer = [edge.line for edge in site.lot.edges if edge.evidence == "officer"]
        if any(_beside(piece.outline, line) for line in officer):
            held = held or Missing("judgement", "edge")  # what he said of the whole is not said of the piece
        zones = [ZoneShare.of(zone.code, zone.geometry, lot) for zone in site.zones]
        own = replace(site, lot=lot, zones=tuple(zone for zone in zones if zone), buildings=())
        plots.append(LaidPlot(piece, own, held))
    return tuple(plots)


def _beside(first: Polygon, second: shapely.Geometry) -> bool:
    return bool(shapely.dwithin(first, second, SNAP))


def _lot(site: Site, piece: Piece, subdivision: Subdivision, over: Sequence[Street], unsure: set[str]) -> Lot:
    """A piece as a lot: the other plots, and streets that nobody reaches, are its neighbours."""
    around = site.lot.around
    apart = {street.key for street in over} | unsure
    west, south, east, north = piece.outline.bounds
    window = shapely.box(west - REACH, south - REACH, east + REACH, north + REACH)
    new = [street for street in over if shapely.intersects(street.right_of_way, window)]
    beside = [
        other.outline
        for other in subdivision.pieces
        if other is not piece and key_of(other) not in apart and shapely.intersects(other.outline, window)
    ]
    known = around.neighbours if around else ()
    return Lot.build(
        piece.name,
        piece.outline,
        streets=[*(around.streets if around else ()), *new],
        neighbours=[*known, *beside],
        streets_state=site.layer("streets").status,
        parcels_state=site.layer("parcels").status,
        street_land=around.street_land if around else (),
        tolerance=around.tolerance if around else SNAP,
    )


def _without_widths(lot: Lot, shapeless: set[str]) -> tuple[Lot, Missing | None]:
    """The lot without the widths that were looked across new streets of no plain shape.

    A look along such a street takes its length for its width. Where the lot is on another street too, nobody
    can tell which of them is wider, and so which is its front.
    """

    def plain(edge: Edge) -> bool:
        return edge.street is None or edge.street.key not in shapeless

    fronts = [edge for edge in lot.edges if edge.kind == "street"]
    if all(plain(edge) for edge in fronts):
        return lot, None
    edges = tuple(edge if plain(edge) else replace(edge, measured_width=None) for edge in lot.edges)
    keys = {edge.street.key if edge.street else "" for edge in fronts}
    return replace(lot, edges=edges), _SHAPE if len(keys) > 1 else None
