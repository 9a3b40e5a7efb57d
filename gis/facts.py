"""The facts of one question: measured once each, or missing with a name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar, cast

from shapely.geometry.base import BaseGeometry

from gis.corners import Corner, Place
from gis.counting import Counting
from gis.edges import Edge
from gis.frontage import fronts_of
from gis.measures import MEASURES, bulk, land, slope
from gis.measures.chamfer import narrower_street, wider_street
from gis.measures.projections import Overhang, overhangs
from gis.measures.setback import setback
from gis.missing import DESIGNER, Missing
from gis.overlay import areas_of, difference, intersection, union_all
from gis.precision import rounded
from gis.proposal import Projection, Proposal, Storey
from gis.site import Site

T = TypeVar("T")

NO_PROPOSAL: Final = Missing("fact", "proposal")

_OF_LAND: Final[Mapping[str, Callable[[Site], float | Missing]]] = MappingProxyType(
    {
        "lot_area": land.lot_area,
        "lot_area_before": land.lot_area_before,
        "frontage": land.frontage,
        "depth": land.depth,
        "depth_to_frontage": land.depth_to_frontage,
        "merged_parcels": land.merged_parcels,
    }
)
_OF_CORNER: Final[Mapping[str, Callable[[Site, Corner], float | Missing]]] = MappingProxyType(
    {
        "corner_angle": lambda _, corner: corner.angle,
        "corner_wider_street": wider_street,
        "corner_narrower_street": narrower_street,
    }
)
_OF_GROUND: Final[Mapping[str, Callable[[slope.Ground | Missing], float | Missing]]] = MappingProxyType(
    {"slope_mean": slope.slope_mean, "slope_p90": slope.slope_p90}
)
_OF_BUILDING: Final[Mapping[str, Callable[[Sequence[Storey]], float]]] = MappingProxyType(
    {"height": bulk.height, "storeys": bulk.storey_count, "units": bulk.unit_count}
)


@dataclass(frozen=True)
class Facts:
    """A site, perhaps a proposal for it, and what the law of the day leaves out of its counts.

    `value` gives a measured number at its declared precision, so that a lot of 200.0000001 m² is one of
    200 m² wherever the law asks; measuring twice gives the same number from memory.
    """

    site: Site
    proposal: Proposal | None
    counting: Counting
    _known: dict[tuple[str, object], float | Missing] = field(default_factory=dict, repr=False)
    _made: dict[str, object] = field(default_factory=dict, repr=False)

    def value(self, measure: str, place: Place | None = None) -> float | Missing:
        """The value of an ordered measure, `street_width` before the given street edge, of a corner there."""
        key: tuple[str, object] = (measure, None)
        if isinstance(place, Corner):
            key = (measure, place.vertex if measure in _OF_CORNER else None)
        elif place is not None and measure == "street_width":
            key = (measure, place.index)
        if key not in self._known:
            found = self._measure(measure, place)
            number = found if isinstance(found, Missing) else rounded(found, MEASURES[measure].unit)
            self._known[key] = NO_PROPOSAL if number is None else number
        return self._known[key]

    def _measure(self, measure: str, place: Place | None) -> float | Missing:
        if measure in _OF_LAND or measure in _OF_GROUND:
            return self._of_land(measure)
        if measure in _OF_CORNER:
            if not isinstance(place, Corner):
                return Missing("fact", "corner")
            return _OF_CORNER[measure](self.site, place)
        if measure == "street_width":
            return land.street_width(self.site, place if isinstance(place, Edge) else None)
        if measure == "front_setback":
            return self._front_setback()
        return _OF_BUILDING[measure](self.counted(measure)) if self.proposal else NO_PROPOSAL

    def _of_land(self, measure: str) -> float | Missing:
        if measure in _OF_GROUND:
            return _OF_GROUND[measure](self.ground)
        return _OF_LAND[measure](self.site)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for these facts under its name."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    def _front_setback(self) -> float | Missing:
        """Metres from the main street line to the building above ground, negative beyond the line."""
        if self.proposal is None:
            return NO_PROPOSAL
        lot = self.site.lot
        if (missing := land.unsure_front(self.site)) or lot.main_street is None:
            return missing or Missing("fact", "main_street")
        fronts = fronts_of(lot.edges, lot.edges[0])
        if missing := next((held for edge in fronts if (held := land.may_move(self.site, edge))), None):
            return missing
        if missing := self.projections_unsaid("setback"):
            return missing
        mass = self.mass_in_yard
        asked = () if mass.is_empty else fronts
        metres = [found.value for edge in asked if (found := setback(lot, mass, edge))]
        return min(metres) if metres else Missing("fact", "front_setback", DESIGNER)

    def base(self, base: land.Base) -> float | Missing:
        """The land to which coverage and density relate, for this proposal."""
        return land.base_area(self.site, base, strip_ceded=bool(self.proposal and self.proposal.strip_ceded))

    def counted(self, measure: str) -> tuple[Storey, ...]:
        """The proposal's storeys that the measure counts; none without a proposal."""
        return self.counting.counted(measure, self.proposal.storeys) if self.proposal else ()

    def oversized(self, measure: str) -> tuple[float, float] | None:
        """Share of a stair head too large to be left out of the count, and the largest share that is."""
        return self.counting.oversized(measure, self.proposal.storeys) if self.proposal else None

    @cached_property
    def ground(self) -> slope.Ground | Missing:
        """The terrain under the lot."""
        return slope.ground(self.site)

    @cached_property
    def mass(self) -> BaseGeometry:
        """The projection of the storeys that keep setbacks."""
        return self.covered("setback")

    @cached_property
    def mass_in_yard(self) -> BaseGeometry:
        """The mass with the projections over the own land that the law counts with it."""
        parts = self._over_own_land("setback")
        return union_all([self.mass, *parts]) if parts else self.mass

    def mass_before(self, edge: Edge) -> BaseGeometry:
        """What keeps the setback from an edge: the mass, and the projections that the law counts with it.

        Over the street a projection has its own law; what stands out over a neighbour's boundary always
        counts.
        """
        if edge.kind == "street":
            return self.mass_in_yard
        overs = [over for one in self.projections for over in self.overhangs(one)]
        parts = [over.part for over in overs if edge.index in {e.index for e in over.edges}]
        return union_all([self.mass_in_yard, *parts]) if parts else self.mass_in_yard

    @property
    def projections(self) -> tuple[Projection, ...]:
        """The projections that are drawn."""
        return (self.proposal.elements.projections or ()) if self.proposal else ()

    def overhangs(self, projection: Projection) -> tuple[Overhang, ...]:
        """The parts of a drawn projection beyond the lot, told once."""
        made = self.once("overhangs", dict[int, tuple[Overhang, ...]])
        if id(projection) not in made:  # the proposal keeps it as long as these facts last
            made[id(projection)] = overhangs(self.site.lot, projection.footprint)
        return made[id(projection)]

    def projections_unsaid(self, measure: str) -> Missing | None:
        """The word that is missing where the law counts projections and nobody has said whether there are."""
        if self.proposal is None or self.proposal.elements.projections is not None:
            return None
        return Missing("fact", "projections", DESIGNER) if measure in self.counting.deepest else None

    def _over_own_land(self, measure: str) -> list[BaseGeometry]:
        """The parts over the lot after widening of the projections that the measure counts."""
        if not self.projections or self.proposal is None:
            return []
        counted = self.counting.projecting(measure, self.projections, self.proposal.storeys)
        return [areas_of(intersection(one.footprint, self.site.lot.after)) for one in counted]

    @cached_property
    def floor_area(self) -> tuple[float, float]:
        """Least and greatest countable floor area, m², with the closed projections: rooms like any other."""
        least, most = bulk.floor_area(self.counted("density"))
        return least + self._closed_area, most + self._closed_area

    @cached_property
    def _closed_area(self) -> float:
        """Square metres of closed projections beside the storeys of their level."""
        if self.proposal is None:
            return 0.0
        closed = [
            areas_of(
                difference(
                    p.footprint, union_all(s.footprint for s in self.proposal.storeys if s.level == p.level)
                )
            )
            for p in self.projections
            if p.closed
        ]
        return math.fsum(part.area for part in closed)

    def covered(self, measure: str) -> BaseGeometry:
        """The projection of the storeys that the measure counts; coverage with the projections it counts."""
        shape = self._storeys_covered(measure)
        parts = self._over_own_land(measure) if measure == "coverage" else []
        return union_all([shape, *parts]) if parts else shape

    def _storeys_covered(self, measure: str) -> BaseGeometry:
        counted = self.counted(measure)
        if self.proposal is not None and len(counted) == len(self.proposal.storeys):
            return self.proposal.footprint
        return bulk.covered(counted)
