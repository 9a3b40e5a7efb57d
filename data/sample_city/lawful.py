"""What the sample rule-book lets stand on each lot, held on the safe side, so that ordinary buildings
keep it.

The numbers repeat `data/rulebooks/sample_city`; a test judges the buildings by the book itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.sample_city.outlines import Floats, Ints

_LARGER_THAN = (200.0, 300.0)  # m² at which the bands of the book end
LEAST_FRONTAGE = 6.0
SETBACKS = ((30.0, 3.0), (45.0, 5.0))
"""Metres to keep from a street at least so wide."""


@dataclass(frozen=True)
class _Zone:
    """Limits by band of lot area; `widths`: of the street without which one storey is lost."""

    coverage: tuple[float, float, float]
    density: tuple[float, float, float]
    storeys: tuple[int, int, int]
    widths: tuple[float, float, float]
    uses: tuple[str, ...]
    land: float = 0.0  # m² without which another storey is lost
    least: float = 0.0  # m² without which nothing may stand


_ZONES = {
    "R121": _Zone((0.6, 0.6, 0.5), (1.2, 1.8, 2.5), (2, 3, 5), (6, 12, 20), ("residential",)),
    "R122": _Zone((0.6,) * 3, (3.0,) * 3, (5,) * 3, (12,) * 3, ("residential",), 250.0),
    "R131": _Zone((0.6, 0.6, 0.5), (3.0, 3.0, 2.5), (5,) * 3, (16,) * 3, ("residential",), least=150.0),
    "S111": _Zone((0.7,) * 3, (1.4, 2.1, 2.8), (2, 3, 4), (6, 10, 12), ("commercial", "office")),
    "M111": _Zone((0.6,) * 3, (1.8, 2.4, 3.0), (3, 4, 5), (8, 12, 16), ("residential", "commercial")),
    "G111": _Zone((0.1,) * 3, (0.2,) * 3, (2,) * 3, (0,) * 3, ()),
}


@dataclass(frozen=True)
class Limits:
    """For each lot: ground share, floor area as a share of the land, storeys, uses that all its zones
    permit."""

    coverage: Floats
    density: Floats
    storeys: Ints
    uses: list[tuple[str, ...]]


def limits(zones: Sequence[Sequence[str]], areas: Sequence[Floats], widths: Floats) -> Limits:
    """The strictest limits of each lot's zones, over every area in question. `widths`: of its main street.

    >>> found = limits([["R121"], ["R121", "S111"]], [np.array([250.0, 150.0])], np.array([8.0, 8.0]))
    >>> found.storeys.tolist(), found.coverage.tolist(), found.uses
    ([2, 2], [0.6, 0.6], [('residential',), ()])
    """
    count = len(zones)
    coverage, density = np.full(count, np.inf), np.full(count, np.inf)
    storeys = np.full(count, 99)
    for code, zone in _ZONES.items():
        here = np.flatnonzero([code in codes for codes in zones])
        for area in areas:
            band = np.searchsorted(_LARGER_THAN, area[here], side="left")
            lost = (widths[here] < np.array(zone.widths)[band]).astype(int) + (area[here] < zone.land)
            coverage[here] = np.minimum(coverage[here], np.array(zone.coverage)[band])
            density[here] = np.minimum(density[here], np.array(zone.density)[band])
            allowed = np.where(area[here] < zone.least, 0, np.array(zone.storeys)[band] - lost)
            storeys[here] = np.minimum(storeys[here], allowed)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    uses = []
    for codes in zones:
        key = tuple(codes)
        if key not in known:
            known[key] = tuple(u for u in _ZONES[key[0]].uses if all(u in _ZONES[c].uses for c in key))
        uses.append(known[key])
    return Limits(coverage, density, storeys, uses)


def street_setback(widths: Floats) -> Floats:
    """Metres to keep from streets of these widths.

    >>> street_setback(np.array([24.0, 30.0, 45.0])).tolist()
    [0.0, 3.0, 5.0]
    """
    kept = np.zeros_like(widths)
    for width, metres in SETBACKS:
        kept[widths >= width] = metres
    return kept
