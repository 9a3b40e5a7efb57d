"""What the law leaves out of a count, such as basements and car parks. Without such law everything counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from gis.measures.projections import depth_from
from gis.overlay import union_all
from gis.precision import at_most
from gis.proposal import Projection, Storey


@dataclass(frozen=True)
class Outside:
    """A sort of storey outside a count: its `kind` (None = any), used for one of `uses` (empty = any).

    `largest_share` bounds a stair head: together with the others of its level it covers at most this share
    of the level below. A larger one is a storey under another name, and counts.
    """

    kind: str | None = None
    uses: frozenset[str] = frozenset()
    largest_share: Decimal | None = None

    def names(self, storey: Storey) -> bool:
        """Whether a storey is of this sort by its kind and use, whatever its size."""
        return self.kind in {None, storey.kind} and (not self.uses or storey.use in self.uses)

    def matches(self, storey: Storey, storeys: Sequence[Storey]) -> bool:
        """Whether a storey of a building is of this sort."""
        if not self.names(storey) or self.largest_share is None:
            return self.names(storey)
        return at_most(share_of_level_below(storey, storeys), float(self.largest_share), "1")


@dataclass(frozen=True)
class Counting:
    """For each measure the sorts of storeys that it does not count (domain 3.3, 3.5)."""

    outside: Mapping[str, tuple[Outside, ...]] = field(default_factory=lambda: MappingProxyType({}))
    deepest: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """For coverage and setbacks the metres up to which a projection stands out of its wall without counting
    (domain 3.6); where the law says nothing of projections, each that is drawn counts."""

    def projecting(
        self, measure: str, projections: Sequence[Projection], storeys: Sequence[Storey]
    ) -> tuple[Projection, ...]:
        """The projections that `measure` counts as the storeys: those deeper than the law leaves out.

        >>> from shapely.geometry import box
        >>> home = Storey(1, "floor", "residential", box(0, 0, 10, 12), 3.2)
        >>> balconies = [Projection(1, box(2, -depth, 6, 0)) for depth in (1.2, 1.5)]
        >>> law = Counting(deepest={"coverage": Decimal("1.2")})
        >>> [len(law.projecting(measure, balconies, [home])) for measure in ("coverage", "setback")]
        [1, 2]
        """
        most = self.deepest.get(measure)
        if most is None:
            return tuple(projections)
        return tuple(p for p in projections if not at_most(depth_of(p, storeys), float(most), "m"))

    def counted(self, measure: str, storeys: Sequence[Storey]) -> tuple[Storey, ...]:
        """The storeys of a building that `measure` counts.

        >>> from shapely.geometry import box
        >>> cars = Storey(0, "pilotis", "parking", box(0, 0, 10, 12), 2.4)
        >>> home = Storey(1, "floor", "residential", box(0, 0, 10, 12), 3.2)
        >>> law = Counting({"storeys": (Outside("pilotis", frozenset({"parking"})),)})
        >>> [len(law.counted(measure, (cars, home))) for measure in ("storeys", "coverage")]
        [1, 2]
        >>> law.counted("storeys", ())
        ()
        """
        outside = self.outside.get(measure, ())
        return tuple(s for s in storeys if not any(sort.matches(s, storeys) for sort in outside))

    def oversized(self, measure: str, storeys: Sequence[Storey]) -> tuple[float, float] | None:
        """Share of the level below that a counted stair head covers, and the largest that would not count.

        None where no stair head counts for its size.
        """
        counted = self.counted(measure, storeys)
        for sort in self.outside.get(measure, ()):
            if sort.largest_share is not None:
                for storey in filter(sort.names, counted):
                    return share_of_level_below(storey, storeys), float(sort.largest_share)
        return None


def share_of_level_below(storey: Storey, storeys: Sequence[Storey]) -> float:
    """The part of the level below that the masses of this storey's kind and level cover together.

    Infinite over nothing.

    >>> from shapely.geometry import box
    >>> home = Storey(0, "floor", "residential", box(0, 0, 10, 12), 3.2)
    >>> heads = [Storey(1, "stair_head", "services", box(x, 0, x + 2, 6), 2.4) for x in (0, 8)]
    >>> share_of_level_below(heads[0], [home, *heads]), share_of_level_below(home, [home])
    (0.2, inf)
    """
    level = math.fsum(s.drawn_area for s in storeys if (s.level, s.kind) == (storey.level, storey.kind))
    below = math.fsum(s.drawn_area for s in storeys if s.level == storey.level - 1)
    return level / below if below else math.inf


def depth_of(projection: Projection, storeys: Sequence[Storey]) -> float:
    """Metres by which a projection stands out of the storeys of its level; of all, where it has none there.

    >>> from shapely.geometry import box
    >>> house = [Storey(0, "floor", "office", box(0, 0, 9, 9), 3.0), Storey(1, "floor", "office",
    ...     box(0, 1, 9, 9), 3.0)]
    >>> [depth_of(Projection(level, box(2, -1, 6, 1)), house) for level in (0, 1, 2)]
    [1.0, 2.0, 1.0]
    """
    level = [s.footprint for s in storeys if s.level == projection.level]
    return depth_from(union_all(level or [s.footprint for s in storeys]), projection.footprint)


EVERYTHING_COUNTS = Counting()
