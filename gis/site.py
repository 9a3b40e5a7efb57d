"""A site: one lot with everything the law asks about its place, as of one day, in the city's metric frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP, LayerStatus
from gis.frame import Frame
from gis.lot import Lot
from gis.missing import Missing
from gis.overlay import areas_of, intersection, on_lot
from gis.terrain import Terrain

_NO_LAND: Final = 1e-6
"""Square metres: noise of an overlay along a shared line. What is a sliver by law stands in the book."""

NEAR = 3.0
"""Metres around a lot in which the buildings of other lots are facts of its site."""


@dataclass(frozen=True)
class ZoneShare:
    """The part of the lot after widening in one zone: `area` m², `share` in [0, 1] of the lot's area."""

    code: str
    area: float
    share: float
    geometry: Polygon | MultiPolygon

    @classmethod
    def of(cls, code: str, zone: BaseGeometry | None, lot: Lot) -> ZoneShare | None:
        """The part of a lot in a zone, for the zone None all of it; None where no land of the lot is in it.

        >>> from shapely import box
        >>> lot = Lot.build("P-1", box(0, 0, 10, 25), streets=[], neighbours=[])
        >>> [(share.area, share.share) for share in (ZoneShare.of("R121", box(-50, 0, 50, 5), lot),) if share]
        [(50.0, 0.2)]
        >>> ZoneShare.of("G111", box(10, 0, 50, 25), lot) is None
        True
        """
        part = lot.after if zone is None else areas_of(intersection(lot.after, zone))
        return cls(code, part.area, part.area / lot.area_after, part) if part.area > _NO_LAND else None


@dataclass(frozen=True)
class Overlay:
    """A restriction drawn over the map (flood, easement, heritage, …): any type of geometry."""

    key: str
    kind: str
    name: str
    geometry: BaseGeometry
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the source says of it, such as the voltage of a line, as text."""


@dataclass(frozen=True)
class Building:
    """A building that stands, as the map shows it; `own`: the cadastre counts it to this lot.

    Another building may reach over the line: it belongs to another lot, and stands on this one too.
    """

    key: str
    geometry: BaseGeometry
    own: bool = True


@dataclass(frozen=True)
class LayerState:
    """What the layer register says about a layer at this site. Only `complete` makes absence an answer."""

    layer: str
    status: LayerStatus
    day: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Site:
    """A lot and the facts around it."""

    lot: Lot
    frame: Frame
    zones: tuple[ZoneShare, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    layers: Mapping[str, LayerState] = field(default_factory=lambda: MappingProxyType({}))
    street_land: bool = False
    """The parcel itself is street, as its source says or its shape shows: nothing may be offered on it."""
    buildings: tuple[Building, ...] = ()
    boundary_tolerance: float = SNAP
    """Metres by which outlines of this map may miss each other."""
    overlay_reach: Mapping[str, float | None] = field(default_factory=lambda: MappingProxyType({}))
    """Metres around the lot in which every overlay of a kind is given, `*` those of each kind not named; None
    where not even those on the lot are all known."""
    terrain: Terrain | None = None
    """The ground under the lot and about it, where a raster gives it."""
    beside: tuple[Building, ...] = ()
    """Buildings of other lots that stand within a few metres of this one."""
    beside_known: bool = False
    """Whether the maps of parcels and buildings are complete there too: no building is then an answer."""
    merged: tuple[str, ...] = ()
    """Keys of the parcels that were merged into this land; empty for a parcel by itself."""

    def known_around(self, kind: str) -> float | None:
        """Metres around the lot in which every overlay of a kind is given; None where not even on the lot."""
        if kind in self.overlay_reach or "*" in self.overlay_reach:
            return self.overlay_reach.get(kind, self.overlay_reach.get("*"))
        return 0.0 if self.layer("overlays").status == "complete" else None

    @cached_property
    def overlaid(self) -> tuple[tuple[Overlay, BaseGeometry], ...]:
        """The overlays on the lot after widening, each with its part there; one that only touches is none."""
        parts = ((over, on_lot(over.geometry, self.lot.after)) for over in self.overlays)
        return tuple((over, part) for over, part in parts if not part.is_empty)

    def layer(self, name: str) -> LayerState:
        """The state of a layer here; a layer that nobody registered was never loaded."""
        return self.layers.get(name) or LayerState(name, "not_loaded")

    def unread(self, *layers: str) -> Missing | None:
        """The first of these layers that is not completely known here."""
        open_ = (name for name in layers if self.layer(name).status != "complete")
        return next((Missing("layer", name) for name in open_), None)
