"""The edges of a lot: stretches of one kind joined around corners that are no corners."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from shapely import LineString

from gis.alignment import Street
from gis.correction import EdgeCorrection
from gis.evidence import EdgeEvidence, Stretch
from gis.outline import Sides

EdgeKind = Literal["street", "side", "rear", "unknown"]

TURN = 30.0
"""Degrees. Two sides that meet at a smaller turn are one edge (a curve drawn in chords)."""
LEG = 3.0
"""Metres. A side this long has a direction of its own: legs more than 60° apart never share an edge."""
ABSORB = 1.0
"""Metres. A shorter stretch within a side is what the rest of its side is (a post, a notch in a survey)."""


@dataclass(frozen=True)
class Edge:
    """One edge of a lot after widening, the interior on its left.

    `line` keeps the vertices of a curved edge. `street` may be None on a street edge whose street land is
    known but not its name. `measured_width`: metres across the street to the opposite parcels, where no width
    is given. `confidence` in [0, 1] (gis.evidence says how; a side or rear edge loses up to a half where its
    direction hardly decides between the two). `length` in metres; `azimuth` in degrees clockwise from grid
    north, [0, 360), of the direction from the first to the last point (of the longest piece where the edge
    closes on itself). `reason` is the officer's, on a corrected edge.
    """

    index: int
    line: LineString
    kind: EdgeKind
    evidence: EdgeEvidence
    street: Street | None
    measured_width: float | None
    confidence: float
    length: float
    azimuth: float
    reason: str | None = None

    @property
    def street_width(self) -> float | None:
        """Metres of right of way before this edge: by law, else measured between parcels, else None."""
        law = self.street.law_width if self.street else None
        return law if law is not None else self.measured_width

    @property
    def outward(self) -> tuple[float, float]:
        """The unit vector that looks out of the lot, square to the edge's direction."""
        azimuth = math.radians(self.azimuth)
        return math.cos(azimuth), -math.sin(azimuth)


@dataclass(frozen=True)
class Run:
    """Consecutive stretches of one ring that make one edge."""

    stretches: tuple[Stretch, ...]
    ring: int

    @property
    def length(self) -> float:
        """Metres."""
        return math.fsum(stretch.length for stretch in self.stretches)


def same_street(first: Street | None, second: Street | None) -> bool:
    """One street, or two rows of one street: the same key, or the same name and no two different widths.

    >>> first = Street("T-1", "Nilufar", None, None, None, None, None)
    >>> same_street(first, replace(first, key="T-2")), same_street(first, replace(first, key="T-2", name=""))
    (True, False)
    >>> same_street(None, None)
    True
    """
    if first is None or second is None:
        return first is second
    return first.key == second.key or (
        bool(first.name) and first.name == second.name and first.law_width == second.law_width
    )


def _alike(first: Stretch, second: Stretch) -> bool:
    if first.correction is not None or second.correction is not None:
        return first.correction == second.correction
    return first.before == second.before and (
        first.before != "street" or same_street(first.street, second.street)
    )


def runs_of(sides: Sides, looked: Sequence[Stretch]) -> list[Run]:
    """The boundary as edges-to-be, in order of the rings; no run crosses a corner."""
    runs: list[Run] = []
    along: dict[int, list[Stretch]] = {}
    for stretch in looked:
        along.setdefault(stretch.side, []).append(stretch)
    for ring in range(int(sides.ring.max()) + 1 if len(sides) else 0):
        tidy: list[Stretch] = []
        for side in np.flatnonzero(sides.ring == ring).tolist():
            tidy.extend(_tidy(along[side]))
        runs.extend(_chain(sides, tidy, ring))
    return runs


def _tidy(side: list[Stretch]) -> list[Stretch]:
    """One side with its short odd stretches absorbed and one street along it where two rows meet midway."""
    groups: list[list[Stretch]] = []
    for stretch in side:
        if groups and _alike(groups[-1][-1], stretch):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])

    def metres(group: list[Stretch]) -> float:
        return math.fsum(stretch.length for stretch in group)

    while len(groups) > 1:
        free = [i for i, group in enumerate(groups) if group[0].correction is None]
        short = min(free, key=lambda i: metres(groups[i]), default=None)
        if short is None or metres(groups[short]) >= ABSORB:
            break
        beside = [i for i in (short - 1, short + 1) if 0 <= i < len(groups) and i in free]
        if not beside:
            break
        winner = max(beside, key=lambda i: metres(groups[i]))
        like = max(groups[winner], key=lambda stretch: stretch.length)
        groups[short] = [replace(like, begin=s.begin, end=s.end) for s in groups[short]]
        merged: list[list[Stretch]] = []
        for group in groups:
            if merged and _alike(merged[-1][-1], group[0]):
                merged[-1].extend(group)
            else:
                merged.append(group)
        groups = merged
    return [stretch for group in groups for stretch in group]


def _chain(sides: Sides, ring: list[Stretch], number: int) -> list[Run]:
    """The stretches of one closed ring joined into runs, the last with the first where they fit."""
    direction = sides.direction

    def turn(first: Stretch, second: Stretch) -> float:
        a, b = direction[first.side], direction[second.side]
        return math.degrees(abs(math.atan2(a[0] * b[1] - a[1] * b[0], a @ b)))

    def joins(run: list[Stretch], following: list[Stretch]) -> bool:
        last, first = run[-1], following[0]
        if not _alike(last, first) or (last.side != first.side and turn(last, first) >= TURN):
            return False
        limit = 60.0 if last.before == "street" else 45.0
        legs = [s for s in run if s.length >= LEG], [s for s in following if s.length >= LEG]
        return all(turn(a, b) <= limit for a in legs[0] for b in legs[1])

    runs: list[list[Stretch]] = []
    for stretch in ring:
        if runs and joins(runs[-1], [stretch]):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    if len(runs) > 1 and joins(runs[-1], runs[0]):
        runs[0] = runs.pop() + runs[0]
    return [Run(tuple(run), number) for run in runs]


def edge_of(run: Run, sides: Sides, corrections: Sequence[EdgeCorrection] = ()) -> Edge:
    """The edge of a run: `street`, what an officer says, or `unknown` until the lot's front is known."""
    points = [sides.start[s.side] + sides.direction[s.side] * s.begin for s in run.stretches]
    last = run.stretches[-1]
    points.append(sides.start[last.side] + sides.direction[last.side] * last.end)
    keep = [0] + [
        i for i in range(1, len(run.stretches)) if run.stretches[i].side != run.stretches[i - 1].side
    ]
    line = LineString([points[i] for i in keep] + [points[-1]])
    along = points[-1] - points[0]
    if line.is_closed:
        along = sides.direction[max(run.stretches, key=lambda s: s.length).side]
    weight = [stretch.length for stretch in run.stretches]
    main = max(run.stretches, key=lambda s: (s.confidence * s.length, s.length))
    street = _most([(s.street, s.length) for s in run.stretches if s.street is not None])
    officer = None if main.correction is None else corrections[main.correction]
    return Edge(
        index=-1,
        line=line,
        kind=officer.kind if officer else "street" if main.before == "street" else "unknown",
        evidence=main.evidence,
        street=street,
        measured_width=None
        if street and street.law_width is not None
        else _median([(s.width, s.length) for s in run.stretches if s.width is not None]),
        confidence=float(np.average([s.confidence for s in run.stretches], weights=weight)),
        length=line.length,
        azimuth=math.degrees(math.atan2(along[0], along[1])) % 360,
        reason=officer.reason if officer else None,
    )


def _most(weighted: list[tuple[Street, float]]) -> Street | None:
    metres: dict[str, float] = {}
    for street, length in weighted:
        metres[street.key] = metres.get(street.key, 0.0) + length
    best = max(sorted(metres), key=lambda key: metres[key], default=None)
    return next((street for street, _ in weighted if street.key == best), None)


def _median(weighted: list[tuple[float, float]]) -> float | None:
    """The width that half of the looked length reaches."""
    half = math.fsum(length for _, length in weighted) / 2
    passed = 0.0
    for width, length in sorted(weighted):
        passed += length
        if passed >= half:
            return width
    return None
