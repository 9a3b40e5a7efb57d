"""One question of the law: a provision in force on one subject of a site, with its limit there."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gis.corners import Chamfer, Corner, Place
from gis.edges import Edge
from gis.limits import Resolved
from gis.measures import MEASURES
from gis.missing import Missing
from gis.rulebook.citation import Citation
from gis.rulebook.provision import Provision, Value
from gis.site import ZoneShare
from gis.subject import Subject
from gis.words import Words


@dataclass(frozen=True)
class Part:
    """What one zone of a split lot adds to a limit weighted by area."""

    zone: ZoneShare
    rule: Rule


@dataclass(frozen=True)
class Rule:
    """A provision in force on one subject of a site: an edge, several edges of unknown kind, or the lot.

    applies   False: its conditions of place are not met here
    limit     None where the relation has none, or where it is missing
    missing   what keeps the answer undecided whatever is measured
    base      m² of land to which a ratio relates
    parts     the zones' own rules, where a split lot weighs them by area, by the clause `weighed_by`
    about     the thing asked about, where it is neither the lot nor an edge
    why       why the rule does not apply, where that is another reason than the place
    within    the part of the lot where the rule holds, None = all of it
    chamfers  the chamfers that the law in force takes of the lot, for rules of what may not stand in them
    """

    provision: Provision
    value: Value
    zones: tuple[ZoneShare, ...]
    edges: tuple[Edge, ...] = ()
    applies: bool = True
    limit: Resolved | None = None
    missing: Missing | None = None
    base: float | None = None
    parts: tuple[Part, ...] = ()
    within: BaseGeometry | None = None
    weighed_by: Citation | None = None
    about: Subject | None = None
    why: Words | None = None
    chamfers: tuple[Chamfer, ...] = ()

    @property
    def id(self) -> str:
        """The provision's."""
        return self.provision.id

    @property
    def measure(self) -> str:
        """The name of what the provision limits."""
        return self.provision.measure

    @property
    def subject(self) -> tuple[str, str]:
        """What the rule is about: its thing, its edge by number, else the lot."""
        if self.about is not None:
            return self.about.kind, self.about.ref
        return ("edge", str(self.edge.index)) if self.edge else ("lot", "")

    @property
    def sort(self) -> str:
        """What its measure is taken on: the lot, the building, an edge, a sort of thing."""
        return MEASURES[self.measure].subject

    @property
    def title(self) -> Words:
        """The provision's own; of limits weighed together what they limit, and in which zones."""
        if not self.parts or self.provision.measure == "setback":
            return self.provision.title
        name, codes = MEASURES[self.provision.measure].title, " + ".join(zone.code for zone in self.zones)
        return name.aside(Words(codes, codes))

    @property
    def tolerance(self) -> float:
        """What the law forgives in the measurement of the land; a design is forgiven nothing."""
        if self.sort != "lot":
            return 0.0
        values = [part.rule.value for part in self.parts] or [self.value]
        return float(min(value.tolerance for value in values))

    @property
    def zone(self) -> str:
        """Codes of the zones through which the provision governs."""
        return "+".join(zone.code for zone in self.zones)

    @property
    def asks(self) -> Missing | None:
        """The judgement or the agency's answer that the provision itself waits for."""
        match self.provision.relation:
            case "discretion":
                return Missing("judgement", self.provision.id)
            case "inquiry":
                return Missing("inquiry", self.provision.id, self.value.body)
        return None

    @property
    def place(self) -> Place | None:
        """The corner or the one edge at which its limit is told."""
        item = self.about.item if self.about else None
        return item if isinstance(item, Corner) else self.edge

    @property
    def edge(self) -> Edge | None:
        """The one edge of the question, where it is one."""
        return self.edges[0] if len(self.edges) == 1 else None
