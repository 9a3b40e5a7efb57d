"""The faults of one state, and of layers against each other."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from api.cadastre.importing.assembling import State
from api.cadastre.importing.entry import Entry
from api.cadastre.importing.faults import Fault
from api.cadastre.importing.fitting import areas_that_differ
from api.cadastre.importing.gaps import gaps
from api.cadastre.importing.outlines import Shapes
from api.cadastre.importing.overlaps import overlaps
from api.cadastre.importing.profile import Checks

Tell = Callable[[int, int], None]


def faults_of(state: State, checks: Checks, zones: Collection[str] | None, tell: Tell) -> list[Fault]:
    """The faults that a state has in itself; `zones` are the codes of the rule-book, None without a book."""
    found = [fault for entry in state.entries for fault in _of_entry(entry)]
    if state.layer.name == "parcels":
        tree = STRtree(state.shapes)
        found += overlaps(state.shapes, state.keys, tree, checks.overlap_m2, tell)
        found += gaps(state.shapes, state.keys, tree, checks)
        found += areas_that_differ(state)
    if state.layer.name == "zones" and zones is not None:
        found += _unknown_zones(state, zones)
    return found


def _of_entry(entry: Entry) -> list[Fault]:
    """Repairs, values left out and duplicate keys of one source, each with the row's number (from 1)."""
    keys = entry.read.values.get(entry.layer.key)

    def key(row: int) -> str | None:
        value: str | None = keys[row].as_py() if keys is not None else None
        return value

    found = []
    for repair in entry.shaped.repairs if entry.shaped else []:
        if repair.row not in entry.rejects.reasons:
            detail = {
                "reason": repair.reason,
                "area_before_m2": round(repair.area_before, 6),
                "row": repair.row + 1,
            }
            found.append(Fault("repaired", key(repair.row), None, repair.area_after, detail, repair.shape))
    for row, column, given, reason in entry.read.refused:
        detail = {"column": column, "given": given, "reason": reason, "row": row + 1}
        found.append(Fault("value_refused", key(row), None, None, detail))
    for row, (code, _) in entry.rejects.reasons.items():
        if code == "duplicate_key":
            found.append(Fault("duplicate_key", key(row), None, None, {"row": row + 1}))
    return found


def _unknown_zones(state: State, zones: Collection[str]) -> list[Fault]:
    codes = state.values["code"]
    unknown = pc.invert(pc.is_in(codes, value_set=pa.array(sorted(zones), pa.string())))
    rows = np.flatnonzero(unknown.to_numpy(zero_copy_only=False))
    by_code = sorted((codes[int(row)].as_py(), int(row)) for row in rows)
    found = []
    for code, group in groupby(by_code, key=lambda pair: pair[0]):
        places = [row for _, row in group]
        first, count = state.keys[places[0]].as_py(), len(places)
        area = float(shapely.area(state.shapes[places]).sum())
        found.append(Fault("unknown_zone", first, None, area, {"code": code, "zones": count}))
    return found


@dataclass(frozen=True)
class Streets:
    """Axes, rights of way, and the widths of these in metres (NaN: unknown)."""

    axes: Shapes
    rights_of_way: Shapes
    widths: NDArray[np.float64]


def far_from_streets(parcels: Shapes, keys: pa.Array, streets: Streets, checks: Checks) -> list[Fault]:
    """Parcels that no street axis or right of way comes near to, each with its area.

    A plain distance, for it must be told of a million parcels: one that is near a street may still have no
    edge on it, and one that is far sees none but across more than `street_reach_m` of free space. What lies
    before an edge is told by `gis`, one parcel at a time (8 to 31 ms each on the real scenes).
    """
    reached = np.zeros(len(parcels), dtype=bool)
    tree = STRtree(parcels)
    for shapes in (streets.axes, streets.rights_of_way):
        there = np.flatnonzero(~shapely.is_missing(shapes))
        reach = np.maximum(checks.street_reach_m, np.nan_to_num(streets.widths[there]) / 2 + 1)
        reached[tree.query(shapes[there], predicate="dwithin", distance=reach)[1]] = True
    areas = shapely.area(parcels)
    detail = {"reach_m": checks.street_reach_m}
    return [
        Fault("far_from_street", keys[int(row)].as_py(), None, float(areas[row]), detail, parcels[row])
        for row in np.flatnonzero(~reached)
    ]
