"""Parcels merged into one lot (تجمیع): the site on which the law can then be asked as on any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import LayerStatus, Street
from gis.errors import GeometryError
from gis.lot import Lot
from gis.overlay import shared_area, union_all
from gis.site import Building, LayerState, Site, ZoneShare
from gis.terrain import Terrain

_WORST: Final[tuple[LayerStatus, ...]] = ("not_loaded", "unknown", "incomplete", "complete")


def merge(sites: Sequence[Site]) -> Site:
    """The site of two or more parcels as one lot, on the streets and among the neighbours of all of them.

    The parcels must touch along a line, within the tolerance of their map: what lies between two outlines
    that miss each other by less is land of the merged lot. `Site.merged` keeps their keys, so that the law
    can reward the merging (`merged_parcels`). A layer is as well known as where it is known least.

    Raises GeometryError for fewer than two parcels, one given twice, or parcels that do not touch.

    >>> from shapely import box
    >>> from gis.frame import Frame
    >>> def site(key, west, east):
    ...     lot = Lot.build(key, box(west, 0, east, 25), streets=[], neighbours=[])
    ...     return Site(lot, Frame.of(32639), (ZoneShare("R121", lot.area_after, 1.0, lot.after),))
    >>> both = merge([site("P-1", 0, 10), site("P-2", 10, 18)])
    >>> both.lot.key, both.lot.area_before, both.merged, both.zones[0].area
    ('P-1+P-2', 450.0, ('P-1', 'P-2'), 450.0)
    >>> merge([site("P-1", 0, 10), site("P-3", 12, 20)])
    Traceback (most recent call last):
    gis.errors.GeometryError: The parcels do not touch each other along a line... (merge.apart at P-1+P-3)
    """
    keys = [site.lot.key for site in sites]
    where = "+".join(keys)
    if len(sites) < 2 or len(set(keys)) < len(keys):
        raise GeometryError("merge.count", where, "Merging takes at least two parcels, each given once.")
    tolerance = max(site.boundary_tolerance for site in sites)
    outline = _together([site.lot.before for site in sites], tolerance)
    if outline is None:
        raise GeometryError(
            "merge.apart",
            where,
            "The parcels do not touch each other along a line; only land that does can be merged.",
        )
    layers = {
        name: _least([site.layer(name) for site in sites])
        for name in sorted({name for site in sites for name in site.layers})
    }
    lot = _lot(where, outline, sites, layers, tolerance)
    zones: dict[str, list[BaseGeometry]] = {}
    for site in sites:
        for zone in site.zones:
            zones.setdefault(zone.code, []).append(zone.geometry)
    shares = [ZoneShare.of(code, union_all(parts), lot) for code, parts in sorted(zones.items())]
    stands = _once(building for site in sites for building in site.buildings)
    own = {building.key for building in stands if building.own}
    return Site(
        lot,
        sites[0].frame,
        tuple(share for share in shares if share),
        tuple({(over.kind, over.key): over for site in sites for over in site.overlays}.values()),
        MappingProxyType(layers),
        street_land=any(site.street_land for site in sites),
        buildings=stands,
        boundary_tolerance=tolerance,
        overlay_reach=MappingProxyType(_reach(sites)),
        terrain=Terrain.together([site.terrain for site in sites]),
        beside=_once(b for site in sites for b in site.beside if b.key not in own),
        beside_known=all(site.beside_known for site in sites),
        merged=tuple(keys),
    )


def _reach(sites: Sequence[Site]) -> dict[str, float | None]:
    """How far overlays of each kind are given around all of the lots: as far as where that is least."""
    found: dict[str, float | None] = {}
    for kind in sorted({kind for site in sites for kind in site.overlay_reach}):
        metres = [site.known_around(kind) for site in sites]
        known = [one for one in metres if one is not None]
        found[kind] = min(known) if len(known) == len(metres) else None
    return found


def _together(outlines: Sequence[Polygon | MultiPolygon], tolerance: float) -> Polygon | None:
    """The outlines as one, those that miss each other by the tolerance snapped together; None where apart."""
    grown: BaseGeometry = outlines[0]
    left = list(outlines[1:])
    while left:
        for n, outline in enumerate(left):
            both = union_all([grown, outline])
            if not isinstance(both, Polygon):
                both = union_all([grown, shapely.snap(outline, grown, tolerance)])
            if isinstance(both, Polygon) and both.is_valid:
                grown = both
                del left[n]
                break
        else:
            return None
    return grown if isinstance(grown, Polygon) else None


def _least(states: Sequence[LayerState]) -> LayerState:
    return min(states, key=lambda state: _WORST.index(state.status))


def _lot(
    key: str,
    outline: Polygon,
    sites: Sequence[Site],
    layers: dict[str, LayerState],
    tolerance: float,
) -> Lot:
    arounds = [site.lot.around for site in sites if site.lot.around is not None]
    streets: dict[str, Street] = {street.key: street for around in arounds for street in around.streets}
    neighbours = {shape.wkb: shape for around in arounds for shape in around.neighbours}
    lands = {shape.wkb: shape for around in arounds for shape in around.street_land}

    def status(name: str) -> LayerStatus:
        return layers[name].status if name in layers else "not_loaded"

    return Lot.build(
        key,
        outline,
        streets=list(streets.values()),
        neighbours=[shape for shape in neighbours.values() if not _within(shape, outline)],
        streets_state=status("streets"),
        parcels_state=status("parcels"),
        street_land=list(lands.values()),
        tolerance=tolerance,
    )


def _within(shape: BaseGeometry, outline: Polygon) -> bool:
    """Whether a neighbour is one of the merged parcels."""
    return bool(shared_area(shape, outline) > shape.area / 2)


def _once(buildings: Iterable[Building]) -> tuple[Building, ...]:
    """Each building once; it is the merged lot's own where it is that of one of its parcels."""
    found: dict[str, Building] = {}
    for building in buildings:
        if building.key not in found or building.own:
            found[building.key] = building
    return tuple(found.values())
