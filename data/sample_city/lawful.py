"""What the sample rule-book lets stand on a lot, held on the safe side, so that ordinary buildings
keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """Of one zone: ground share, floor area as a share of the land, storeys, uses of buildings in it."""

    coverage: float
    density: float
    storeys: int
    uses: tuple[str, ...]


ZONES = {
    "R121": Allowance(0.6, 1.2, 3, ("residential",)),
    "R122": Allowance(0.6, 1.8, 4, ("residential",)),
    "R131": Allowance(0.6, 2.4, 5, ("residential",)),
    "S111": Allowance(0.6, 1.8, 3, ("commercial", "office")),
    "M111": Allowance(0.6, 1.8, 3, ("residential", "commercial", "office")),
    "G111": Allowance(0.0, 0.0, 0, ()),
}


def strictest(zones: Iterable[str]) -> Allowance:
    """What every one of these zones lets stand.

    >>> strictest(["R122", "M111"])
    Allowance(coverage=0.6, density=1.8, storeys=3, uses=('residential',))
    """
    of = [ZONES[zone] for zone in zones]
    return Allowance(
        min(a.coverage for a in of),
        min(a.density for a in of),
        min(a.storeys for a in of),
        tuple(use for use in of[0].uses if all(use in a.uses for a in of)),
    )
