"""A building drawn along the corners of a lot, as the surveyor's table gives them, stands on the line."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from gis import Frame, Lot
from gis.measures.setback import setback
from gis.precision import at_least
from gis.report import geometry_to_dict

COPIED = 5
"""Decimals of a metre in the copied table."""
BOUNDARY = 11
"""Decimals of a degree in the outline of a parcel."""


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


@given(
    angle=st.floats(0, 360),
    east=st.floats(2e5, 8e5),
    north=st.floats(2.8e6, 4.4e6),
    width=st.floats(5, 60),
    depth=st.floats(5, 60),
)
def test_who_sends_the_outline_back_in_degrees_does_not_build_over_it(
    angle: float, east: float, north: float, width: float, depth: float
) -> None:
    """The outline of a parcel on the globe, as the service writes it, comes back onto its own line."""
    frame = Frame.of(32639)
    outline = affinity.rotate(shapely.box(east, north, east + width, north + depth), angle)
    lot = Lot.build("P-1", outline, streets=[], neighbours=[])
    back = frame.from_wgs84(shapely.geometry.shape(geometry_to_dict(outline, frame, BOUNDARY)))
    for edge in lot.edges:
        found = setback(lot, back, edge)
        assert found is None or at_least(found.value, 0.0, "m")
