"""Subdivision and merge: which old parcels live on in which new ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree

from api.cadastre.importing.outlines import Shapes
from gis.overlay import GRID


@dataclass(frozen=True)
class Descent:
    """An old key that lives on in a new one, with the share of its area; None: its shape is not known."""

    old: str
    new: str
    kind: str
    share: float | None


def descents(
    old_keys: Sequence[str], old: Shapes, new_keys: Sequence[str], new: Shapes,
    declared: Mapping[str, Sequence[str]], *, least_share: float,
) -> list[Descent]:  # fmt: skip
    """What became of parcels that ended or changed (`old`) in those that began or changed (`new`).

    A new parcel descends from an old one of which it holds more than `least_share`, or that its source
    declares as its parent. An old one with several descendants was subdivided, a new one with several
    ancestors merged; one to one is a change of key. A parcel that keeps its key counts as its own descendant
    and is not listed.

    >>> squares = shapely.box([0, 2, 0], [0, 0, 0], [2, 4, 4], [2, 2, 2])
    >>> halves, whole = squares[:2], squares[2:]
    >>> [(d.new, d.kind, d.share) for d in descents(["W"], whole, ["A", "B"], halves, {}, least_share=0.01)]
    [('A', 'subdivision', 0.5), ('B', 'subdivision', 0.5)]
    >>> [(d.old, d.kind) for d in descents(["A", "B"], halves, ["W"], whole, {}, least_share=0.01)]
    [('A', 'merge'), ('B', 'merge')]
    >>> [d.kind for d in descents(["A"], halves[:1], ["A2"], halves[:1], {}, least_share=0.01)]
    ['change']
    >>> descents([], halves[:0], ["A"], halves[:1], {}, least_share=0.01)
    []
    """
    shares = _shares(old_keys, old, new_keys, new)
    held = {pair: share for pair, share in shares.items() if share > least_share}
    pairs: dict[tuple[str, str], float | None] = {}
    for child, parents in declared.items():
        pairs.update({(parent, child): shares.get((parent, child)) for parent in parents})
    pairs.update({pair: share for pair, share in held.items() if pair[1] not in declared})
    children = Counter(parent for parent, _ in pairs)
    parents_of = Counter(child for _, child in pairs)
    found = []
    for (parent, child), share in sorted(pairs.items()):
        if parent == child:
            continue
        kind = "subdivision" if children[parent] > 1 else "merge" if parents_of[child] > 1 else "change"
        found.append(Descent(parent, child, kind, None if share is None else round(share, 6)))
    return found


def _shares(
    old_keys: Sequence[str], old: Shapes, new_keys: Sequence[str], new: Shapes
) -> dict[tuple[str, str], float]:
    """Of each pair that meets: the share of the old area that the new one holds."""
    if not len(old) or not len(new):
        return {}
    a, b = STRtree(new).query(old, predicate="intersects")
    areas = shapely.area(shapely.intersection(old[a], new[b], grid_size=GRID))
    parts = areas / np.maximum(shapely.area(old[a]), np.finfo(float).tiny)
    return {
        (old_keys[int(i)], new_keys[int(j)]): float(part)
        for i, j, part in zip(a, b, parts, strict=True)
        if part > 0
    }


def declared_parents(keys: Sequence[str], parents: Sequence[str | None]) -> dict[str, list[str]]:
    """The parents that a source names for its parcels, separated by `;`.

    >>> declared_parents(["C", "D"], ["A; B", None])
    {'C': ['A', 'B']}
    """
    found = {}
    for key, named in zip(keys, parents, strict=True):
        if named is None:
            continue
        several = [one.strip() for one in named.split(";") if one.strip()]
        if several:
            found[key] = several
    return found
