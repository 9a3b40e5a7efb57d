"""Measures of the land: areas, frontage, depth and the width of the street before it."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import shapely

from gis.alignment import SNAP
from gis.edges import Edge, same_street
from gis.frontage import FRONT
from gis.lot import Lot
from gis.missing import NO_STREET, Missing
from gis.overlay import intersection
from gis.site import Site

Base = Literal["before", "after", "before_if_strip_ceded", "net"]

_SAME_LINE: Final = 1e-3
"""Metres. What lies no farther from an edge lies on it."""


def lot_area_before(site: Site) -> float:
    """Area of the lot by its own outline before widening, P0 of domain 3.1, m² in the city's frame."""
    return site.lot.area_before


def lot_area(site: Site) -> float | Missing:
    """Area left after widening, P1 = P0 − approved streets (domain 3.7), m² in the city's frame.

    Missing while the streets are not completely known here, or what they take cannot be told.
    """
    if missing := site.unread("streets"):
        return missing
    if not site.lot.widening.known:
        return Missing("fact", "widening")
    return site.lot.area_after if site.lot.area_after > 0 else Missing("fact", "land_after_widening")


def base_area(site: Site, base: Base, *, strip_ceded: bool) -> float | Missing:
    """The land to which coverage and density relate, m² (domain 3.3).

    `before_if_strip_ceded` is the incentive of domain 3.3: the whole land by deed when the owner gives the
    widening strip free, else what is left of it. `net` is P2 = P1 − C: the chamfers that the law takes of
    what is left are taken off where the law is put together (gis.law), for they are law themselves.
    """
    if base == "before" or (base == "before_if_strip_ceded" and strip_ceded):
        return lot_area_before(site)
    return lot_area(site)


def frontage(site: Site) -> float | Missing:
    """Length of the lot on its main street, metres (domain 3.1)."""
    found = unsure_front(site) or site.lot.frontage
    return Missing("fact", "frontage") if found is None else found


def depth(site: Site) -> float | Missing:
    """Mean depth of the lot behind its main street, metres (L of domain 3.4)."""
    found = unsure_front(site) or site.lot.depth
    return Missing("fact", "depth") if found is None else found


def depth_to_frontage(site: Site) -> float | Missing:
    """Depth over frontage, a ratio (domain 3.8: at most 3); Missing as either of them.

    A lot whose front is 8 m and whose depth is 24 m has 3.0; one that touches no street has none.
    """
    front, deep = frontage(site), depth(site)
    if isinstance(front, Missing) or isinstance(deep, Missing):
        return front if isinstance(front, Missing) else deep
    return deep / front


def merged_parcels(site: Site) -> float:
    """The number of parcels that make up this land, 1 for a parcel by itself (domain 3.8, تجمیع)."""
    return float(max(len(site.merged), 1))


def strip_depth(lot: Lot, edge: Edge) -> float:
    """Metres by which an edge after widening lies behind today's boundary: the deepest part of the strip.

    Square to the edge; 0 where no widening has moved it.

    >>> from gis.alignment import Street
    >>> axis = shapely.LineString([(-50, -3), (60, -3)])
    >>> lot = Lot.build("P-1", shapely.box(0, 0, 10, 25), streets=[Street("S", "", axis, None, 6.0, 8.0,
    ...     "right_of_way")], neighbours=[])
    >>> [strip_depth(lot, edge) for edge in lot.edges]
    [1.0, 0.0, 0.0, 0.0]
    """
    along = edge.line.buffer(_SAME_LINE, cap_style="flat")
    taken = [part for _, strip in lot.widening.strips for part in shapely.get_parts(strip)]
    before = [part for part in taken if intersection(part.boundary, along).length > SNAP]
    points = shapely.points(shapely.get_coordinates(before))
    ends = shapely.points([edge.line.coords[0], edge.line.coords[-1]])
    deepest = 0.0
    for point in points:
        metres = float(shapely.distance(point, edge.line))
        if float(shapely.distance(ends, point).min()) <= metres + _SAME_LINE:  # past an end: square to it
            away = np.subtract(point.coords[0], edge.line.coords[0])
            metres = min(metres, abs(float(np.dot(away, edge.outward))))
        deepest = max(deepest, metres)
    return deepest


def street_width(site: Site, edge: Edge | None = None) -> float | Missing:
    """Metres of right of way before `edge`, or before the lot's main street; the greater governs (3.7)."""
    if missing := site.unread("streets"):
        return missing
    if edge is None or edge.kind != "street":
        return main_street_width(site)
    return Missing("fact", "street_width") if edge.street_width is None else edge.street_width


def main_street_width(site: Site) -> float | Missing:
    """Metres of right of way of the main street, by law or as measured before the widest of its edges."""
    if missing := unsure_front(site):
        return missing
    main = site.lot.main_street
    fronts = [edge for edge in site.lot.edges if edge.kind == "street" and same_street(edge.street, main)]
    widths = [edge.street_width for edge in fronts]
    known = [width for width in widths if width is not None]
    return max(known) if main is not None and known else Missing("fact", "street_width")


def unsure_front(site: Site) -> Missing | None:
    """What must be known before the main front of the lot is certain: all streets here, and every edge.

    An edge without evidence may lie on a wider street; then that one is the front, and what was a side is
    the rear. Where the parcels are known too and no axis in reach is without its right of way, it does not.
    """
    if missing := site.unread("streets"):
        return missing
    if landlocked(site):
        return NO_STREET
    lot, missing = site.lot, site.unread("parcels")
    dark = any(edge.evidence == "none" and edge.length >= FRONT for edge in lot.edges)
    if not dark or (missing is None and lot.widening.known):
        return None
    return missing or Missing("fact", "edge")


def may_move(site: Site, edge: Edge) -> Missing | None:
    """What must be known where a widening may still move a street edge inwards."""
    if edge.kind != "street" or site.lot.widening.known:
        return None
    street = edge.street
    if street is not None and (street.right_of_way is not None or street.law_width is not None):
        return None
    return site.unread("streets") or Missing("fact", "widening")


def landlocked(site: Site) -> bool:
    """Whether every boundary of the lot is known to be a neighbour's: it touches no street at all."""
    if site.unread("streets"):
        return False
    edges = site.lot.edges
    return bool(edges) and all(
        edge.evidence == "neighbour" or (edge.evidence == "officer" and edge.kind in {"side", "rear"})
        for edge in edges
    )
