"""A site: one lot with everything the law asks about its place, as of one day, in the city's metric frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.alignment import SNAP, LayerStatus
from gis.frame import Frame
from gis.lot import Lot
from gis.missing import Missing
from gis.overlay import on_lot


@dataclass(frozen=True)
class ZoneShare:
    """The part of the lot after widening in one zone: `area` m², `share` in [0, 1] of the lot's area."""

    code: str
    area: float
    share: float
    geometry: Polygon | MultiPolygon


@dataclass(frozen=True)
class Overlay:
    """A restriction drawn over the map (flood, easement, heritage, …): any type of geometry."""

    key: str
    kind: str
    name: str
    geometry: BaseGeometry


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
