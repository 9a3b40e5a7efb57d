"""A provision: measure × relation × dated, cited limit × where it applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, get_args

from gis.measures.land import Base
from gis.rulebook.citation import Citation
from gis.rulebook.limit import AttributeLimit, Interval, Limit
from gis.rulebook.tally import Tally
from gis.words import Words

Relation = Literal["at_most", "at_least", "one_of", "discretion", "inquiry"]
EdgeSort = Literal["street", "main_street", "other_street", "side", "rear"]
Of = Literal["lot", "piece", "new_street", "subdivision"]
"""Of what a provision speaks: a lot to build on, each piece of a divided lot, each street that the division
makes, or the division as a whole."""

RELATIONS: Final[tuple[str, ...]] = get_args(Relation)
EDGE_SORTS: Final[tuple[str, ...]] = get_args(EdgeSort)
BASES: Final[tuple[str, ...]] = get_args(Base)
OFS: Final[tuple[Of, ...]] = get_args(Of)
ORIENTATIONS: Final = ("northern", "southern", "eastern", "western")


@dataclass(frozen=True)
class Condition:
    """One condition of `less_one_for_each_unmet`, e.g. a street of at least 12 m."""

    measure: str
    relation: Literal["at_most", "at_least"]
    limit: Limit
    cite: Citation


@dataclass(frozen=True)
class Bonus:
    """What a limit gains, in its unit, where a measured value lies in an interval: two parcels merged."""

    measure: str
    interval: Interval
    add: Decimal
    cite: Citation


@dataclass(frozen=True)
class Value:
    """What a provision says from the day `since` on, until the next value or a repeal.

    limit       for at_most and at_least, or instead of it `tally`: so many for each unit and area
    permitted   for one_of: free uses; `conditional` uses need a decision of `body`; others are forbidden
    body        the commission that decides on conditional uses, the agency that an inquiry goes to, or the
                one that keeps the attributes of the objects asked about
    text        the words of a clause that asks for judgement
    base        the land to which coverage and density relate; a setback with base `before` keeps to the line
                by deed in a city whose streets take nothing of the lots, else to the line after widening
    less_one    conditions, each of which takes one off the limit when it is not met
    bonuses     what the limit gains, each where its measured value lies in its interval
    options     how the measure is taken, where the law must say (`with`)
    within      metres around the lot in which an object of the map is asked about
    tolerance   forgives the survey of the land, in the measure's unit; a proposal is never forgiven
    """

    since: date
    cite: Citation
    repealed: bool = False
    limit: Limit | AttributeLimit | None = None
    tally: Tally | None = None
    base: Base | None = None
    less_one: tuple[Condition, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    permitted: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    body: Words | None = None
    text: Words | None = None
    tolerance: Decimal = Decimal(0)
    options: Mapping[str, Decimal | str] = field(default_factory=lambda: MappingProxyType({}))
    within: Decimal | None = None

    def option(self, name: str) -> float:
        """A number of `with`, in the unit that the measure declares; a needed one is there by the reading."""
        return float(self.options[name])


@dataclass(frozen=True)
class When:
    """A measured value that must lie in an interval for a provision to apply."""

    measure: str
    interval: Interval


@dataclass(frozen=True)
class Where:
    """Where a provision applies beside its zones; an empty tuple asks nothing.

    edges           sorts of edges, for setbacks: `street` is every street edge, `main_street` and
                    `other_street` part them on corner lots
    orientation     northern and other plots (domain 3.4)
    street_class    classes of the street before the edge, or of the lot's main street
    overlay         kinds of overlays that must touch the lot; of a measure of overlays: its objects
    attributes      of those objects: each name with the values of which the object must have one
    uses, storey_kinds
                    of a measure of storeys: those that it asks about
    when            measured values in which it applies
    rooms           of windows and light wells: the sorts of rooms that they serve
    facing          of windows that face each other: the rooms of the other one
    cars            of parking spaces: for how many cars they are
    of_class        of corners: whether both of their streets, one or none are of a class of `street_class`
    """

    edges: tuple[str, ...] = ()
    orientation: tuple[str, ...] = ()
    street_class: tuple[str, ...] = ()
    overlay: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    uses: tuple[str, ...] = ()
    storey_kinds: tuple[str, ...] = ()
    when: tuple[When, ...] = ()
    rooms: tuple[str, ...] = ()
    facing: tuple[str, ...] = ()
    cars: tuple[int, ...] = ()
    of_class: str | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of edges that are of one of its sorts.

        >>> sorted(Where(edges=("main_street", "other_street", "rear")).kinds), sorted(Where().kinds)
        (['rear', 'street'], [])
        """
        return frozenset("street" if sort.endswith("street") else sort for sort in self.edges)


@dataclass(frozen=True)
class Provision:
    """One rule of a book. `id` never changes; `values` are in order of days.

    `beside`: the planner says that it holds beside other law of the same measure, both to be kept.
    `replaces`: the provisions whose place it takes where an overlay of `where.overlay` lies, a special plan.
    """

    id: str
    title: Words
    measure: str
    relation: Relation
    unit: str
    zones: tuple[str, ...]
    where: Where
    values: tuple[Value, ...]
    beside: bool = False
    of: Of = "lot"
    replaces: tuple[str, ...] = ()

    def on(self, day: date) -> Value | None:
        """The value in force on a day; None before the first and after a repeal."""
        value = None
        for candidate in self.values:
            if candidate.since <= day:
                value = candidate
        return None if value is None or value.repealed else value

    def subjects(self) -> frozenset[str]:
        """What it regulates, as `every_zone_needs` names it: a measure, or the setback of an edge kind.

        >>> Provision("p", Words("", ""), "setback", "at_least", "m", (), Where(edges=("main_street",)),
        ...     ()).subjects()
        frozenset({'setback.street'})
        """
        if self.measure != "setback":
            return frozenset({self.measure})
        return frozenset(f"setback.{kind}" for kind in self.where.kinds)


@dataclass(frozen=True)
class SplitLot:
    """How a lot in several zones is judged, from the day `since` on.

    sliver      zones with a smaller share of the lot are no part of the question
    combine     strictest: each zone's law holds for the whole lot · by_area: limits weighted by share ·
                dominant: the law of the zone with at least `threshold` of the lot
    """

    since: date
    cite: Citation
    combine: Literal["strictest", "by_area", "dominant"]
    sliver: Decimal
    threshold: Decimal | None = None
