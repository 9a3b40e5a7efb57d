"""Where a state leaves its layer complete: from what its sources declare, what stood before it and what its
rejected rows hide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Geometry

from api.cadastre.importing import kinds, register
from api.cadastre.importing.hidden import Hidden
from api.cadastre.importing.profile import LayerSource
from api.cadastre.importing.register import Registered


@dataclass(frozen=True)
class Standing:
    """Where a layer is complete from a state's day on, and what the register keeps of it.

    `same`: whether the register says so already. `hides` are rejected rows that took something out of an area
    for which the layer was declared complete.
    """

    area: Geometry | None
    declared: dict[str, Any]
    same: bool
    hides: tuple[Hidden, ...]

    @property
    def left_out(self) -> int:
        """Rejected rows whose places were taken out."""
        return sum(one.placed for one in self.hides)

    @property
    def left_out_m2(self) -> float:
        """Square metres of those places."""
        return sum(float(one.places.area) for one in self.hides)

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Rejected rows of which nobody knows the place; then nobody knows where the layer is complete."""
        return tuple(row for one in self.hides for row in one.unplaced)

    @property
    def told(self) -> str:
        """The complete area in a word for people."""
        out = f"; without the places of {self.left_out:,} rejected rows ({self.left_out_m2:,.0f} m²)"
        lost = f"; {len(self.unplaced):,} rejected rows may lie anywhere"
        return (
            register.described(self.area) + (out if self.left_out else "") + (lost if self.unplaced else "")
        )


def of_layer(
    given: Sequence[LayerSource], areas: Sequence[Geometry | None], hides: Hidden, before: Registered | None,
    *, full: bool,
) -> Standing:  # fmt: skip
    """Where a layer without kinds is complete after a state of these sources."""
    own = register.together(areas, None, full=True)
    declared = register.declaration(given, own) | hides.said
    told = _known(own, hides) + _known(before.area if before and not full else None, hides)
    if before is not None and before.declared == declared:
        return Standing(before.area, declared, True, told[:1])
    area = hides.out_of(register.together(areas, before.area if before else None, full=full))
    return Standing(area, declared, False, told[:1])


def of_kinds(
    given: Sequence[LayerSource], areas: Sequence[Geometry | None], hides: Mapping[str, Hidden],
    before: Registered | None, brought: Collection[str], *, full: bool,
) -> Standing:  # fmt: skip
    """Where overlays are complete after a state that brings these kinds; `hides` for each kind spoken for."""
    now, stood = {}, before.kinds if before else {}
    told: list[Hidden] = []
    for kind in dict.fromkeys(map(kinds.kind_of, given)):
        places = [place for place, one in enumerate(given) if kinds.kind_of(one) == kind]
        area = kinds.of_one_state(kind, [areas[place] for place in places])
        said = register.declaration([given[place] for place in places], area) | hides[kind].said
        now[kind] = kinds.Kind(area, said)
        there = stood[kind].area if kind in stood and not full else None
        told += (_known(area, hides[kind]) + _known(there, hides[kind]))[:1]
    same = all(kind in stood and stood[kind].said == one.said for kind, one in now.items())
    found = stood
    if not same:
        found = kinds.after(stood, now, brought, full=full)
        found |= {kind: kinds.Kind(hides[kind].out_of(found[kind].area), found[kind].said) for kind in now}
    return Standing(kinds.everywhere(found), {"complete_kinds": kinds.to_json(found)}, same, tuple(told))


def _known(area: Geometry | None, hides: Hidden) -> tuple[Hidden, ...]:
    """What is hidden where there is something to take it out of."""
    return (hides,) if area is not None and not area.is_empty and (hides.placed or hides.unplaced) else ()
