"""How the storeys of a proposal stand together: levels without a gap, and no floor twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import shapely

from gis.overlay import shared_area
from gis.precision import noise
from gis.proposal.storey import Storey
from gis.proposal.values import refuse

MAX_STOREYS: Final = 200


def refuse_wrong_levels(storeys: Sequence[Storey], numbers: Sequence[int] | None = None) -> None:
    """Levels run without gaps from the ground up and down; a stair head stands only on top.

    Raises ProposalError; `where` numbers the storeys as `numbers` does: the features of their document.

    >>> from shapely.geometry import box
    >>> refuse_wrong_levels([Storey(n, "floor", "office", box(0, 0, 9, 9), 3.0) for n in (0, 2)])
    Traceback (most recent call last):
    gis.errors.ProposalError: There is no storey at level 1 ... (proposal.level_gap at /features)
    """
    if not storeys:
        refuse("no_storeys", "/features", "The proposal has no storey; give at least one.")
    levels = {storey.level for storey in storeys}
    low, high = min(levels), max(levels)
    for level in range(min(low, 0 if high >= 0 else -1), max(high, 0 if low >= 0 else -1) + 1):
        if level not in levels:
            refuse(
                "level_gap",
                "/features",
                f"There is no storey at level {level} although the levels run from {low} to {high}.",
                level=level,
            )
    if len(levels) > MAX_STOREYS:
        refuse("too_many_storeys", "/features", f"More than {MAX_STOREYS} storeys.", count=len(levels))
    for n, storey in enumerate(storeys):
        if storey.kind == "stair_head" and storey.level < high:
            refuse(
                "stair_head_below",
                f"/features/{_number(n, numbers)}/properties/level",
                f"A stair head at level {storey.level} under level {high}; it stands on the roof.",
                level=storey.level,
            )


def refuse_too_large_units(storeys: Sequence[Storey]) -> None:
    """The units of a building fit into its floors. Raises ProposalError.

    >>> from shapely.geometry import box
    >>> refuse_too_large_units([Storey(0, "floor", "office", box(0, 0, 9, 9), 3.0, 1, unit_areas=(90.0,))])
    Traceback (most recent call last):
    gis.errors.ProposalError: Units of 90 m² on floors of 81 m²; ... (proposal.unit_areas at /features)
    """
    units = math.fsum(area for storey in storeys for area in storey.unit_areas or ())
    floors = math.fsum(storey.drawn_area for storey in storeys)
    if units > floors + noise("m2"):
        refuse(
            "unit_areas",
            "/features",
            f"Units of {units:g} m² on floors of {floors:g} m²; give what is drawn.",
            units=round(units, 3),
            floors=round(floors, 3),
        )


def refuse_overlaps(storeys: Sequence[Storey], numbers: Sequence[int] | None = None) -> None:
    """Masses of one level stand side by side, so that floor area counts once. Raises ProposalError.

    >>> from shapely.geometry import box
    >>> wings = [Storey(0, "floor", "office", box(x, 0, x + 9, 9), 3.0) for x in (0, 9, 17)]
    >>> refuse_overlaps(wings[:2])
    >>> refuse_overlaps(wings)
    Traceback (most recent call last):
    gis.errors.ProposalError: It overlaps feature 1 ... (proposal.overlapping_masses at /features/2/geometry)
    """
    by_level = sorted(range(len(storeys)), key=lambda n: (storeys[n].level, n))
    for _, group in groupby(by_level, key=lambda n: storeys[n].level):
        masses = list(group)
        tree = shapely.STRtree([storeys[n].footprint for n in masses])
        for place, n in enumerate(masses):
            for other in sorted(tree.query(storeys[n].footprint).tolist()):
                if other >= place:
                    break
                overlap = shared_area(storeys[n].footprint, storeys[masses[other]].footprint)
                if overlap > noise("m2"):
                    under = _number(masses[other], numbers)
                    refuse(
                        "overlapping_masses",
                        f"/features/{_number(n, numbers)}/geometry",
                        f"It overlaps feature {under} of the same level by {overlap:.3f} m²; "
                        "draw one outline for both.",
                        other=under,
                        area=round(overlap, 3),
                    )


def _number(place: int, numbers: Sequence[int] | None) -> int:
    return place if numbers is None else numbers[place]
