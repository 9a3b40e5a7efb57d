"""Where overlays are complete, for each kind apart: a flood map says nothing of the easements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import shapely
from shapely import Geometry

from api.cadastre.importing.profile import LayerSource
from gis import overlay

ALL = "*"
"""The kinds that no source names: those of a source with a column of kinds, and of a declared absence."""


@dataclass(frozen=True)
class Kind:
    """What stands of one kind.

    `area`: where it is complete, None where nobody knows. `said`: the declaration from which that follows, by
    which the same declaration is recognised.
    """

    area: Geometry | None
    said: dict[str, Any]


Kinds = dict[str, Kind]


def kind_of(source: LayerSource) -> str:
    """The kind for which a source of overlays speaks.

    >>> from datetime import date
    >>> given = {"name": "overlays", "file": "f.gpkg", "day": date(2024, 3, 20)}
    >>> kind_of(LayerSource(**given, columns={"key": "id"}, options={"kind": "flood"}))
    'flood'
    >>> kind_of(LayerSource(**given, columns={"key": "id", "kind": "what"}))
    '*'
    """
    return source.options.kind or ALL


def of_one_state(kind: str, areas: Sequence[Geometry | None]) -> Geometry | None:
    """Where the sources of one state that speak for one kind are complete together.

    Two halves of the flood map add up. Two sources of any kinds do not, for nobody says whether each has all.

    >>> west, all_of_it = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 2, 1)
    >>> of_one_state("flood", [west, None, all_of_it]).area, of_one_state(ALL, [west, all_of_it]).area
    (2.0, 1.0)
    >>> of_one_state(ALL, [west, None]) is of_one_state("flood", [None]) is None
    True
    """
    known = [area for area in areas if area is not None]
    if kind == ALL:
        return reduce(overlay.intersection, known) if len(known) == len(areas) else None
    return overlay.union_all(known) if known else None


def after(before: Kinds, now: Mapping[str, Kind], brought: Collection[str], *, full: bool) -> Kinds:
    """What stands of each kind after a state that brings these kinds and speaks for those `now`.

    A state replaces what stood of its own kinds and leaves the others; a `full` one for all kinds takes the
    kinds that it brings to itself. A partial one adds its area to what was complete.

    >>> west, east = Kind(shapely.box(0, 0, 1, 1), {}), Kind(shapely.box(1, 0, 2, 1), {})
    >>> both = after({"flood": west}, {"heritage": east}, ["heritage"], full=True)
    >>> sorted(both), everywhere(both).area
    (['flood', 'heritage'], 0.0)
    >>> after({"flood": west, "heritage": west}, {"*": east}, ["flood"], full=True) == {
    ...     "heritage": west, "*": east}
    True
    >>> after({"*": west}, {"flood": east}, ["flood"], full=False)["flood"].area.area
    2.0
    >>> after({}, {}, [], full=True)
    {}
    """
    found = dict(before)
    if full and ALL in now:
        found = {kind: one for kind, one in found.items() if kind not in brought}
    if not full and ALL in now:
        named = set(found) & set(brought)
        now = {**{kind: Kind(now[ALL].area, found[kind].said) for kind in named}, **now}
    for kind, one in now.items():
        stood = before.get(kind, before.get(ALL))
        if full or stood is None or stood.area is None:
            found[kind] = one
        else:
            area = stood.area if one.area is None else overlay.union_all([stood.area, one.area])
            found[kind] = Kind(area, one.said)
    return found


def everywhere(kinds: Kinds) -> Geometry | None:
    """Where each kind is complete: None where of one of them, or of none at all, nobody knows.

    >>> west, all_of_it = Kind(shapely.box(0, 0, 1, 1), {}), Kind(shapely.box(0, 0, 2, 1), {})
    >>> everywhere({"flood": west, "*": all_of_it}).area
    1.0
    >>> everywhere({"flood": west, "heritage": Kind(None, {})}) is everywhere({}) is None
    True
    """
    areas = [one.area for one in kinds.values() if one.area is not None]
    return reduce(overlay.intersection, areas) if areas and len(areas) == len(kinds) else None


def to_json(kinds: Kinds) -> dict[str, Any]:
    """The kinds as the register keeps them.

    >>> to_json({"flood": Kind(None, {"mode": "full"})})
    {'flood': {'complete_wkb': None, 'said': {'mode': 'full'}}}
    """
    return {
        kind: {
            "complete_wkb": None if one.area is None else shapely.normalize(one.area).wkb_hex,
            "said": one.said,
        }
        for kind, one in sorted(kinds.items())
    }


def from_json(kept: Mapping[str, Any]) -> Kinds:
    """The kinds that `to_json` wrote.

    >>> kinds = {"flood": Kind(None, {"mode": "full"}), "*": Kind(shapely.box(0, 0, 1, 1).normalize(), {})}
    >>> from_json(to_json(kinds)) == kinds
    True
    """
    return {
        kind: Kind(
            None if one["complete_wkb"] is None else shapely.from_wkb(one["complete_wkb"]), one["said"]
        )
        for kind, one in kept.items()
    }
