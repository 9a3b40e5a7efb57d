"""What the law leaves out of a count, such as basements and car parks. Without such law everything counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from gis.proposal import Storey


@dataclass(frozen=True)
class Outside:
    """A sort of storey outside a count: its `kind` (None = any), used for one of `uses` (empty = any)."""

    kind: str | None = None
    uses: frozenset[str] = frozenset()

    def matches(self, storey: Storey) -> bool:
        return self.kind in {None, storey.kind} and (not self.uses or storey.use in self.uses)


@dataclass(frozen=True)
class Counting:
    """For each measure the sorts of storeys that it does not count (domain 3.3, 3.5)."""

    outside: Mapping[str, tuple[Outside, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def counted(self, measure: str, storeys: Sequence[Storey]) -> tuple[Storey, ...]:
        """The storeys that `measure` counts.

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
        return tuple(s for s in storeys if not any(sort.matches(s) for sort in outside))


EVERYTHING_COUNTS = Counting()
