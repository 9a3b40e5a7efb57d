"""A building drawn along the corners of a lot, as the surveyor's table gives them, stands on the line."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from gis import Lot
from gis.measures.setback import setback
from gis.precision import at_least

COPIED = 5
"""Decimals of a metre in the copied table."""


@given(
    angle=st.floats(0, 360),
    east=st.floats(1e5, 9e5),
    north=st.floats(1e5, 9e6),
    width=st.floats(5, 60),
    depth=st.floats(5, 60),
)
def test_who_builds_on_the_copied_line_does_not_build_over_it(
    angle: float, east: float, north: float, width: float, depth: float
) -> None:
    """However a lot lies, its outline rounded as it is copied exceeds no edge by a step of the law."""
    outline = affinity.rotate(shapely.box(east, north, east + width, north + depth), angle)
    lot = Lot.build("P-1", outline, streets=[], neighbours=[])
    copied = shapely.transform(outline, lambda points: points.round(COPIED))
    for edge in lot.edges:
        found = setback(lot, copied, edge)
        assert found is None or at_least(found.value, 0.0, "m")
