"""What a layer's fault is, and how faults are told: each with its place, the greatest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely import Geometry

SENTENCES = {
    "repaired": "an invalid shape was repaired",
    "overlap": "two parcels overlap",
    "gap": "a hole between parcels",
    "sliver": "a narrow hole between parcels",
    "area_differs": "outline and registered area are apart by more than 1 m² and 1 %; area_m2 is by how much",
    "far_from_street": "no street axis or right of way within reach_m of the parcel, a plain distance",
    "unknown_zone": "a zone code is not in the rule-book",
    "unknown_parcel": "a parcel key is not in force in the parcels layer",
    "value_refused": "a value could not be read and was left out",
    "duplicate_key": "a later row had the key of an earlier one and was rejected",
}
"""The kinds of faults, as the report explains them."""


@dataclass(frozen=True)
class Fault:
    """One fault: of which key (or pair of keys), how large, where."""

    kind: str
    key_a: str | None = None
    key_b: str | None = None
    area_m2: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    shape: Geometry | None = None

    def to_dict(self) -> dict[str, Any]:
        """The fault as the report says it, without its shape."""
        said: dict[str, Any] = {"key_a": self.key_a, "key_b": self.key_b, **self.detail}
        if self.area_m2 is not None:
            said["area_m2"] = round(self.area_m2, 6)
        return {name: value for name, value in said.items() if value is not None}


def summary(faults: Iterable[Fault], greatest: int = 10) -> dict[str, dict[str, Any]]:
    """Per kind: how many, their area, and the greatest of them.

    >>> summary([Fault("overlap", "A", "B", 2.0), Fault("overlap", "A", "C", 3.0)], greatest=1)
    {'overlap': {'count': 2, 'area_m2': 5.0, 'greatest': [{'key_a': 'A', 'key_b': 'C', 'area_m2': 3.0}]}}
    >>> summary([])
    {}
    """
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, []).append(fault)
    return {kind: _of_kind(kinds[kind], greatest) for kind in sorted(kinds)}


def _of_kind(faults: Sequence[Fault], greatest: int) -> dict[str, Any]:
    largest = sorted(faults, key=lambda fault: -(fault.area_m2 or 0))[:greatest]
    said: dict[str, Any] = {"count": len(faults)}
    if any(fault.area_m2 is not None for fault in faults):
        said["area_m2"] = round(sum(fault.area_m2 or 0 for fault in faults), 6)
    said["greatest"] = [fault.to_dict() for fault in largest]
    return said
