"""The layer's own faults are found, measured and kept."""

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import STRtree

from api.cadastre.importing.books import Book
from api.cadastre.importing.gaps import gaps
from api.cadastre.importing.overlaps import overlaps
from api.cadastre.importing.profile import Checks
from tests.integration.cadastre_import.town import EAST, NORTH, Town, square, write


def found_overlaps(
    shapes: list[shapely.Geometry], least: float
) -> dict[tuple[str | None, str | None], float | None]:
    """Overlapping pairs with their areas."""
    array = np.array(shapes, dtype=object)
    keys = pa.array([str(i) for i in range(len(shapes))])
    found = overlaps(array, keys, STRtree(array), least, lambda _done, _all: None)
    return {(fault.key_a, fault.key_b): fault.area_m2 for fault in found}


@pytest.mark.parametrize(("depth", "found"), [(0.0, 0), (0.0999e-3, 0), (0.1001e-3, 1), (1.0, 1)])
def test_an_overlap_counts_from_its_threshold(depth: float, found: int) -> None:
    """Two lots of ten metres that overlap by 0.1 mm share a thousandth of a square metre."""
    lots = [shapely.box(0, 0, 10, 10), shapely.box(10 - depth, 0, 20, 10)]
    assert len(found_overlaps(lots, 1e-3)) == found


ring = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=7, unique=True
).map(shapely.Polygon)  # fmt: skip


@given(st.lists(ring.filter(lambda polygon: polygon.is_valid and polygon.area > 0), min_size=2, max_size=12))
def test_no_overlap_is_missed_and_none_invented(shapes: list[shapely.Geometry]) -> None:
    """Convex or not, the pairs are those that intersecting every pair gives, the areas to a square
    millimetre."""
    expected = {}
    for j, b in enumerate(shapes):
        for i, a in enumerate(shapes[:j]):
            area = a.intersection(b).area
            if area > 1e-6:
                expected[str(i), str(j)] = area
    assert found_overlaps(shapes, 1e-6) == pytest.approx(expected, abs=1e-6)


def found_gaps(shapes: list[shapely.Geometry], **checks: float) -> list[tuple[str, float | None]]:
    """Kinds and areas of the holes between shapes."""
    array = np.array(shapes, dtype=object)
    keys = pa.array([str(i) for i in range(len(shapes))])
    return [(fault.kind, fault.area_m2) for fault in gaps(array, keys, STRtree(array), Checks(**checks))]


def ring_around(hole: shapely.Geometry) -> list[shapely.Geometry]:
    """Four lots around a hole in a block of 30 × 30 m."""
    block = shapely.box(0, 0, 30, 30) - hole
    x, y = hole.centroid.x, hole.centroid.y
    quarters = [
        shapely.box(0, 0, x, y),
        shapely.box(x, 0, 30, y),
        shapely.box(0, y, x, 30),
        shapely.box(x, y, 30, 30),
    ]
    return [block & quarter for quarter in quarters]


@pytest.mark.parametrize(
    ("hole", "found"),
    [
        (shapely.box(10, 10, 13, 13), [("gap", 9.0)]),
        (shapely.box(10, 10, 14, 14), []),
        (shapely.box(5, 10, 25, 10.4), [("sliver", pytest.approx(8.0))]),
        (shapely.box(3, 10, 28, 10.49), [("sliver", pytest.approx(12.25))]),
        (shapely.box(3, 10, 28, 10.6), []),
    ],
)
def test_a_hole_counts_when_it_is_small_or_narrow(
    hole: shapely.Geometry, found: list[tuple[str, float]]
) -> None:
    """Smaller than 10 m², or narrower than half a metre; a courtyard of 16 m² is none. So it is with parcels
    of several parts."""
    around = ring_around(hole)
    assert found_gaps(around) == found
    assert found_gaps([shapely.MultiPolygon([one]) for one in around]) == found


def test_the_hole_in_a_parcel_filled_by_another_is_none() -> None:
    """A small lot inside of another leaves no gap."""
    inner = shapely.box(10, 10, 12, 12)
    assert found_gaps([shapely.box(0, 0, 30, 30) - inner, inner]) == []


def test_lots_that_meet_in_a_t_leave_no_gap() -> None:
    """One long edge against two short ones is shared all the same."""
    assert (
        found_gaps([shapely.box(0, 0, 20, 10), shapely.box(0, 10, 7, 20), shapely.box(7, 10, 20, 20)]) == []
    )


def test_the_street_between_blocks_is_no_gap() -> None:
    """What is open to the outside is not enclosed, however narrow."""
    assert found_gaps([shapely.box(0, 0, 20, 10), shapely.box(0, 10.3, 20, 20)]) == []


def test_overlaps_and_gaps_are_in_the_report_and_the_table(town: Town) -> None:
    """Pair, area and shape of each, with the thresholds from which they count."""
    town.checks = {"overlap_m2": 0.5}
    lots = {"A": square(0, 0), "B": square(0.9, 0), "C": square(5, 0), "D": square(5.999, 0)}
    report = town.parcels(lots).run()
    assert report.checks["overlap_m2"] == 0.5
    told = report.states[0].faults["overlap"]
    assert told["count"] == 1
    assert told["greatest"][0] == {"key_a": "A", "key_b": "B", "area_m2": 10.0}
    assert town.rows(
        "SELECT kind, key_a, key_b, area_m2, round(ST_Area(geom)) FROM cadastre.layer_fault"
    ) == [("overlap", "A", "B", pytest.approx(10.0), 10)]


def test_parcels_far_from_every_street(town: Town) -> None:
    """A lot farther than 25 m from every axis is told with that distance, unless a wide right of way reaches
    it."""
    axes = [shapely.LineString([(EAST, NORTH - 20), (EAST + 10, NORTH - 20)])]
    axes += [shapely.LineString([(EAST + 1000, NORTH - 30), (EAST + 1010, NORTH - 30)])]
    write(town.folder / "s.gpkg", axes, {"id": ["a", "b"], "w": [6.0, 60.0]})
    town.layer("streets", "s.gpkg", columns={"key": "id", "existing_width_m": "w"},
               options={"width_kind": "right_of_way"})  # fmt: skip
    report = town.parcels({"near": square(0, 0), "far": square(0, 3), "wide": square(100, 0)}).run()
    told = report.faults["far_from_street"]["greatest"]
    assert [(fault["key_a"], fault["reach_m"]) for fault in told] == [("far", 25.0)]


def test_zone_codes_that_the_rule_book_does_not_know(town: Town) -> None:
    """A zone on the map without law is told with how many zones and how much land."""
    write(
        town.folder / "z.gpkg",
        [square(0, 0), square(1, 0), square(2, 0)],
        {"id": list("abc"), "c": ["R1", "X9", "X9"]},
    )
    town.city = {"rulebook": "town_book"}
    town.layer("zones", "z.gpkg", columns={"key": "id", "code": "c"})
    report = town.run(books={"town_book": Book({"R1", "R2"})})
    told = report.states[0].faults["unknown_zone"]
    assert told["greatest"] == [{"key_a": "b", "code": "X9", "zones": 2, "area_m2": 200.0}]


def test_a_building_on_an_unknown_parcel(town: Town) -> None:
    """The building stands; the parcel that it names is not in force."""
    write(town.folder / "h.gpkg", [square(0, 0), square(1, 0)], {"id": ["1", "2"], "p": ["A", "Q"]})
    town.layer("buildings", "h.gpkg", columns={"key": "id", "parcel_key": "p"})
    report = town.parcels({"A": square(0, 0)}).run()
    assert report.faults["unknown_parcel"]["greatest"] == [{"key_a": "2", "parcel": "Q"}]
