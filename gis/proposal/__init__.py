"""A proposal: what an applicant wants to build on a lot, storey by storey."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from gis.frame import Frame
from gis.overlay import union_all
from gis.proposal.document import (
    EXISTING,
    MAX_MASSES,
    Existing,
    read_facts,
    read_features,
)
from gis.proposal.element import (
    ELEMENTS,
    MAX_CARS,
    ROOMS,
    SERVES,
    Elements,
    Gate,
    LightWell,
    ParkingSpace,
    Projection,
    Room,
    Serves,
    Window,
)
from gis.proposal.footprint import MAX_VERTICES
from gis.proposal.stacking import MAX_STOREYS, refuse_overlaps, refuse_too_large_units, refuse_wrong_levels
from gis.proposal.storey import SERVING_USES, STOREY_KINDS, USES, Storey, StoreyKind, Use

__all__ = [
    "ELEMENTS",
    "EXISTING",
    "MAX_CARS",
    "MAX_MASSES",
    "MAX_STOREYS",
    "MAX_VERTICES",
    "ROOMS",
    "SERVES",
    "SERVING_USES",
    "STOREY_KINDS",
    "USES",
    "Elements",
    "Existing",
    "Gate",
    "LightWell",
    "ParkingSpace",
    "Projection",
    "Proposal",
    "Room",
    "Serves",
    "Storey",
    "StoreyKind",
    "Use",
    "Window",
]


@dataclass(frozen=True)
class Proposal:
    """Storeys in the city's metric frame, and what the owner offers.

    strip_ceded     the owner gives the widening strip to the street without payment
    parking_spaces  None = not said
    existing        what becomes of the buildings that stand on the lot; None = not said
    neighbour_consents
                    numbers of the boundaries whose neighbours are said to consent to a mass past its depth;
                    a claim, which a person must see proved
    elements        projections, light wells, windows, parking spaces and gates

    Raises ProposalError where the levels have a gap, a stair head is not on top, or masses of one level
    overlap.
    """

    storeys: tuple[Storey, ...]
    strip_ceded: bool = False
    parking_spaces: int | None = None
    existing: Existing | None = None
    elements: Elements = field(default_factory=Elements)
    neighbour_consents: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        refuse_wrong_levels(self.storeys)
        refuse_overlaps(self.storeys)
        refuse_too_large_units(self.storeys)

    @classmethod
    def from_geojson(cls, document: object, frame: Frame) -> Proposal:
        """Read a GeoJSON FeatureCollection with one feature for each mass of each storey, and one with the
        property `element` for each element.

        The member `srid` says EPSG:4326 (default) or the city's own frame. At most 20,000 vertices,
        1,000 masses and 200 storeys. Raises ProposalError with `code`, a JSON pointer `where` and a sentence.

        >>> frame = Frame.of(32639)
        >>> ring = [[0, 0], [10, 0], [10, 12], [0, 12], [0, 0]]
        >>> floor = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}
        >>> feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
        >>> document = {"type": "FeatureCollection", "srid": 32639, "proposal": {"strip_ceded": True}}
        >>> document["features"] = [feature | {"properties": floor}]
        >>> proposal = Proposal.from_geojson(document, frame)
        >>> proposal.strip_ceded, proposal.footprint.area
        (True, 120.0)
        >>> Proposal.from_geojson(document | {"features": []}, frame)
        Traceback (most recent call last):
        gis.errors.ProposalError: The proposal has no storey; ... (proposal.no_storeys at /features)
        """
        features, srid, facts = read_facts(document)
        drawn, parking = facts.pop("drawn"), facts["parking_spaces"]
        storeys, elements = read_features(features, drawn, parking, srid, frame)
        return cls(storeys, **facts, elements=elements)

    @cached_property
    def footprint(self) -> BaseGeometry:
        """The vertical projection of all storeys, basements included."""
        return union_all(storey.footprint for storey in self.storeys)
