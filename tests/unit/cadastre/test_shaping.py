"""What is told of shapes from their bytes is told in the city's frame, moved into it or there from the
beginning."""

import numpy as np
import pytest
import shapely
from pyproj import CRS

from api.cadastre.importing import frames, pgcopy
from api.cadastre.importing.refusals import Rejects
from api.cadastre.importing.shaping import shape_up

LOT = shapely.box(560_000, 3_800_000, 560_010, 3_800_025)
COURT = shapely.Polygon(LOT.buffer(20).exterior, [LOT.exterior])
CROSSED = shapely.Polygon([(560_050, 3_800_000), (560_060, 3_800_010), (560_060, 3_800_000),
                           (560_050, 3_800_010)])  # fmt: skip
FAR = shapely.box(9e6, 3_800_000, 9e6 + 10, 3_800_010)


@pytest.mark.parametrize("city", [32639, 32638])
def test_boxes_and_areas_are_those_of_the_city_s_frame(city: int) -> None:
    """A plain lot, one with a court, one that crosses itself, one outside of its system and none at all: each
    area, and the box around all, is that of the shapes that came out, whether they were moved or not."""
    given = np.array([LOT, COURT, CROSSED, FAR, None, LOT], dtype=object)
    source, frame = CRS("EPSG:32639"), CRS(f"EPSG:{city}")
    rejects = Rejects()
    shaped = shape_up(
        pgcopy.shapes(given, 32639), source, frames.move(source, frame, ""), "polygon", rejects,
        where="layer[0]", file="lots.gpkg",
    )  # fmt: skip
    outlines = shaped.outlines
    assert outlines.wkb.valid.tolist() == [True, False, False, False, False, True]
    assert {row: code for row, (code, _) in rejects.reasons.items()} == {
        3: "outside_domain",
        4: "geometry_missing",
    }
    assert shaped.repaired_rows == {2}
    told = outlines.wkb.valid
    assert outlines.boxes[told].tolist() == shapely.bounds(outlines.shapes[told]).tolist()
    assert outlines.box() == tuple(shapely.total_bounds(outlines.shapes))
    assert np.array_equal(outlines.area(), shapely.area(outlines.shapes), equal_nan=True)
    moved = city != 32639
    assert (outlines.boxes[0, 0] == 560_000) is not moved
    assert outlines.area()[0] == pytest.approx(250, rel=0.02)
