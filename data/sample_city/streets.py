"""The streets of the sample city: axis, widths today and planned, name, and the stretches that are
laid out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.sample_city import vocabulary
from data.sample_city.quad import NO_STREET, Chain, Point

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
WIDER = {6: 8, 8: 10, 10: 12, 12: 16, 16: 20, 20: 24, 24: 30}
"""The planned width of a street that is to be widened, by its width today (m)."""

_KIND_FA = {
    "boulevard": "بلوار",
    "arterial": "خیابان",
    "collector": "خیابان",
    "local": "کوچهٔ",
    "dead_end": "بن‌بست",
}
_NUMBERED = 0.55
"""Share of the alleys that have a number for a name."""


@dataclass(slots=True)
class Street:
    """A street. `parent`: the street that it leaves; `along`: metres of the axis at each of its points;
    `short`: metres by which both ends of the axis stop before the crossing; `stretches`: metres along the
    axis that are laid out."""

    axis: tuple[Point, ...]
    existing: float
    planned: float
    kind: str
    name: str
    parent: int
    river: bool = False
    short: float = 0.0
    along: list[float] = field(default_factory=list)
    stretches: list[tuple[float, float]] = field(default_factory=list)


class Network:
    """All streets by number, and the names given so far."""

    def __init__(self, seed: int, widened: dict[str, float]) -> None:
        """`widened`: the share of streets to be widened, by kind."""
        self.streets: list[Street] = []
        self._rng = np.random.default_rng([seed, 7])
        self._widened = widened
        self._children: Counter[int] = Counter()
        self._names = {
            "great": list(self._rng.permutation(vocabulary.ARTERIAL)),
            "small": list(self._rng.permutation(vocabulary.LOCAL)),
        }
        self._given: Counter[str] = Counter()

    def width(self, street: int) -> float:
        """Metres between the lots of both sides today; 0 for no street."""
        return 0.0 if street == NO_STREET else self.streets[street].existing

    def law_width(self, street: int) -> float:
        """The greater of the widths today and planned, in metres; 0 for no street."""
        return (
            0.0 if street == NO_STREET else max(self.streets[street].existing, self.streets[street].planned)
        )

    def add(
        self,
        axis: tuple[Point, ...],
        width: float,
        kind: str,
        ends: tuple[int, int] = (NO_STREET, NO_STREET),
        *,
        name: str | None = None,
        river: bool = False,
        fixed: bool = False,
    ) -> int:
        """A new street between the streets `ends`; its planned width never exceeds what those have today.

        A `fixed` street is never widened.
        """
        number = len(self.streets)
        planned = width
        if not (river or fixed) and self._rng.random() < self._widened.get(kind, 0.0) and width in WIDER:
            bound = min((self.width(end) for end in ends if end != NO_STREET), default=99.0)
            planned = WIDER[int(width)] if WIDER[int(width)] <= bound else width
        parent = max(ends, key=self.width)
        self.streets.append(
            Street(
                axis,
                width,
                float(planned),
                kind,
                name or self._name(kind, parent),
                parent,
                river=river,
                along=Chain(axis).cumulative(),
            )
        )
        return number

    def use(self, chain: Chain) -> None:
        """The stretch of the street along this chain is laid out."""
        street = self.streets[chain.street]
        street.stretches.append((chain.start, chain.start + chain.length))

    def lay_out(self, street: int) -> None:
        """A street of which nothing is laid out yet is laid out whole."""
        made = self.streets[street]
        if not made.stretches:
            made.stretches.append((0.0, made.along[-1]))

    def course(self, chain: Chain) -> tuple[Point, ...]:
        """The axis along the chain and so far beyond both its ends that every bend near a corner is in it."""
        street = self.streets[chain.street]
        reach = street.existing + 20.0
        line, along = Chain(street.axis), street.along
        low = max(0.0, chain.start - reach)
        high = min(along[-1], chain.start + chain.length + reach)
        inner = [p for p, at in zip(street.axis, along, strict=True) if low + 0.01 < at < high - 0.01]
        return (line.at(low / along[-1]), *inner, line.at(high / along[-1]))

    def full_name(self, number: int) -> str:
        """The street as an address names it: from the street that carries the neighbourhood down to it."""
        street = self.streets[number]
        if street.parent == NO_STREET or street.kind in ("boulevard", "arterial", "collector"):
            return street.name
        return f"{self.full_name(street.parent)}، {street.name}"

    def _name(self, kind: str, parent: int) -> str:
        """A numbered alley of its parent street, or the next name of the vocabulary.

        Alleys use a name again when all are used; a great street then has a number.
        """
        if kind == "local" and self._rng.random() < _NUMBERED:
            self._children[parent] += 1
            return f"کوچهٔ {self._children[parent]}".translate(PERSIAN_DIGITS)
        size = "small" if kind in ("local", "dead_end") else "great"
        turn, k = divmod(self._given[size], len(self._names[size]))
        self._given[size] += 1
        name = f"{_KIND_FA[kind]} {self._names[size][k]}"
        return f"{name} {turn + 1}".translate(PERSIAN_DIGITS) if turn and size == "great" else name


def street_table(network: Network, origin: tuple[float, float]) -> pa.Table:
    """The layer `streets`: the axis of what is laid out of each street, widths between the lots in metres."""
    rows = [(n, laid_out(street, origin)) for n, street in enumerate(network.streets) if street.stretches]
    streets = [network.streets[n] for n, _ in rows]
    return pa.table(
        {
            "key": [f"S-{n + 1:05d}" for n, _ in rows],
            "name": [network.full_name(n) for n, _ in rows],
            "existing_width_m": [street.existing for street in streets],
            "planned_width_m": [street.planned for street in streets],
            "street_class": [street.kind for street in streets],
            "geometry": shapely.to_wkb(np.array([axis for _, axis in rows], dtype=object)),
        }
    )


def laid_out(street: Street, origin: tuple[float, float]) -> BaseGeometry:
    """The stretches of the axis that lie along a settled quarter, joined where they meet."""
    points = np.array(street.axis) + np.array(origin)
    along = np.array(street.along)
    merged: list[list[float]] = []
    shortest, longest = street.short, street.along[-1] - street.short
    for low, high in sorted((max(a, shortest), min(b, longest)) for a, b in street.stretches):
        if merged and low <= merged[-1][1] + 1e-3:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    lines = []
    for low, high in merged:
        inner = points[(along > low + 1e-6) & (along < high - 1e-6)]
        ends = [[np.interp(s, along, points[:, 0]), np.interp(s, along, points[:, 1])] for s in (low, high)]
        lines.append(np.vstack([ends[0], inner, ends[1]]))
    return shapely.MultiLineString(lines) if len(lines) > 1 else shapely.LineString(lines[0])
