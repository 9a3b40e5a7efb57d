"""Each measure against numbers derived by hand, at its boundaries, and what must hold of any shape."""

from __future__ import annotations

import dataclasses

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, affinity, box

from gis import Edge, Lot, Storey
from gis.measures import MEASURES, bulk, land
from gis.measures.setback import encroachment, outside, setback
from gis.missing import Missing
from gis.overlay import GRID
from gis.precision import COUNTED
from tests.law.plots import NEIGHBOURS, plot, site, street


def mass(level: int = 0, footprint: Polygon | None = None, height: float = 3.0) -> Storey:
    return Storey(
        level, "basement" if level < 0 else "floor", "office", footprint or box(0, 0, 10, 10), height
    )


def keeps(lot: Lot, footprint: Polygon, edge: Edge) -> float:
    found = setback(lot, footprint, edge)
    assert found is not None
    return found.value


def test_coverage_counts_overlapping_storeys_once() -> None:
    """Two storeys of 100 m² shifted by 2 m cover 120 m²."""
    assert bulk.covered([mass(), mass(1, box(2, 0, 12, 10))]).area == 120.0


def test_floor_area_lies_between_what_is_declared_and_what_is_drawn() -> None:
    """100 + 80 declared = 180 m², 100 + 100 drawn = 200 m²."""
    declared = Storey(1, "floor", "office", box(0, 0, 10, 10), 3.0, countable_area=80.0)
    assert bulk.floor_area([mass(), declared]) == (180.0, 200.0)


def test_height_adds_floors_above_ground_only() -> None:
    """A basement of 3 m adds nothing to 3.2 + 3."""
    assert bulk.height([mass(-1), mass(0, height=3.2), mass(1)]) == 6.2


def test_height_follows_each_tower_on_its_own() -> None:
    """A hall of 9 m beside a tower 3 + 3 + 3.5: the tower is 9.5 m, and the hall does not lift it."""
    east = box(20, 0, 30, 10)
    assert bulk.height([mass(height=9.0), mass(0, east), mass(1, east), mass(2, east, 3.5)]) == 9.5


def test_a_bridge_hangs_at_the_height_of_the_level_below() -> None:
    """Nothing lies under the bridge: it starts at the top of the highest mass below, 5 m, and ends at 8 m."""
    assert (
        bulk.height([mass(height=5.0), mass(0, box(20, 0, 30, 10), 4.0), mass(1, box(12, 0, 18, 10))]) == 8.0
    )


def test_storeys_are_levels_and_not_masses() -> None:
    """Two wings on one level and one above: two storeys."""
    assert bulk.storey_count([mass(), mass(0, box(20, 0, 30, 10)), mass(1)]) == 2


def test_the_land_before_and_after_widening() -> None:
    """250 m² by deed; 240 after; with the strip ceded, density relates to 250 again."""
    here = site()
    assert (land.lot_area_before(here), land.lot_area(here)) == (250.0, 240.0)
    assert land.base_area(here, "before", strip_ceded=False) == 250.0
    assert land.base_area(here, "after", strip_ceded=True) == 240.0
    assert land.base_area(here, "before_if_strip_ceded", strip_ceded=True) == 250.0
    assert land.base_area(here, "before_if_strip_ceded", strip_ceded=False) == 240.0


def test_the_greater_street_width_governs() -> None:
    """Domain 3.7: 6 m that are to be 8 m count as 8; 10 m that were drawn as 8 count as 10."""
    assert land.street_width(site()) == 8.0
    assert land.street_width(site(plot(streets=[street(10.0, 8.0)]))) == 10.0


@pytest.mark.parametrize("measure", ["lot_area", "frontage", "depth", "street_width"])
def test_streets_not_completely_known_leave_the_land_unmeasured(measure: str) -> None:
    """Silence of the layer is no answer; only the area by deed does not ask for streets."""
    here = site(plot(streets_state="unknown"), incomplete=["streets"])
    assert getattr(land, measure)(here) == Missing("layer", "streets")
    assert land.lot_area_before(here) == 250.0


def test_a_lot_without_a_street_has_no_front_to_measure() -> None:
    """All four sides are neighbours: a person must judge a land that no street touches; nothing is zero."""
    ringed = plot(streets=[], neighbours=[*NEIGHBOURS, box(0, -20, 10, 0)])
    here = site(ringed)
    for found in (land.frontage(here), land.depth(here), land.street_width(here)):
        assert isinstance(found, Missing)
        assert (found.kind, found.name) == ("judgement", "no_street")


def test_a_carriageway_is_no_right_of_way() -> None:
    """A width of the asphalt says nothing of the street between the lots."""
    here = site(plot(streets=[street(6.0, None, width_kind="carriageway")], neighbours=()))
    assert isinstance(land.street_width(here), Missing)


def test_setback_is_the_shortest_way_to_the_edge() -> None:
    """3 m to the front, 1 to the west, 5 to the rear, each with a witness of that length."""
    lot = plot(streets=[street(8.0, None)])
    found = [setback(lot, box(1, 3, 8, 20), edge) for edge in lot.edges]
    pairs = zip(lot.edges, found, strict=True)
    by_kind = {(edge.kind, edge.line.centroid.x): s for edge, s in pairs if s}
    assert by_kind["street", 5.0].value == 3.0
    assert by_kind["side", 0.0].value == 1.0
    assert by_kind["side", 10.0].value == 2.0
    assert by_kind["rear", 5.0].value == 5.0
    for measured in by_kind.values():
        assert measured.witness.length == measured.value


def test_on_the_line_is_zero() -> None:
    """Wall on the boundary: neither inside nor out."""
    lot = plot(streets=[street(8.0, None)])
    assert [keeps(lot, lot.after, edge) for edge in lot.edges] == [0.0] * 4


def test_beyond_the_line_is_negative_over_that_edge_alone() -> None:
    """Half a metre on the street: −0.5 at the front, 0 at the sides, with the 5 m² outside as evidence."""
    lot = plot(streets=[street(8.0, None)])
    built = box(0, -0.5, 10, 20)
    values = {(e.kind, e.line.centroid.x): keeps(lot, built, e) for e in lot.edges}
    assert values["street", 5.0] == -0.5
    assert (values["side", 0.0], values["side", 10.0]) == (0.0, 0.0)
    front = next(e for e in lot.edges if e.kind == "street")
    assert outside(lot, built, front).area == pytest.approx(5.0)
    assert encroachment(lot, built, front, 3.0).area == pytest.approx(35.0)


def test_a_part_beyond_a_corner_belongs_to_the_edges_that_it_lies_on() -> None:
    """A tower over the south-east corner stands out over the street and over the east side, not the west."""
    lot = plot(streets=[street(8.0, None)])
    values = {(e.kind, e.line.centroid.x): keeps(lot, box(8, -1, 11, 5), e) for e in lot.edges}
    assert values["street", 5.0] < 0
    assert values["side", 10.0] < 0
    assert values["side", 0.0] == 8.0


def test_an_edge_sees_nothing_across_a_neighbours_notch() -> None:
    """A U-shaped lot: the building in the east arm is 12 m from the notch's west wall, over the neighbour's
    land; nothing of it lies before that wall. A building in the west arm does, at 2 m."""
    outline = Polygon([(0, 0), (30, 0), (30, 20), (20, 20), (20, 5), (10, 5), (10, 20), (0, 20)])
    lot = Lot.build("U", outline, streets=[street(8.0, None)], neighbours=[box(10, 5, 20, 20)])
    wall = next(e for e in lot.edges if e.line.centroid.equals_exact(shapely.Point(10, 12.5), 1e-9))
    built = box(22, 10, 28, 18)
    assert built.distance(wall.line) == 12.0
    assert setback(lot, built, wall) is None
    seen = box(2, 10, 8, 18)
    assert keeps(lot, seen, wall) == 2.0


def test_an_oblique_wall_is_measured_at_its_nearest_corner() -> None:
    """A square turned by 45°: its corner is 12 − 5·√2 from the front."""
    lot = plot(box(0, 0, 20, 25), streets=[street(8.0, None)], neighbours=())
    turned = affinity.rotate(box(5, 7, 15, 17), 45)
    front = next(e for e in lot.edges if e.kind == "street")
    assert keeps(lot, turned, front) == pytest.approx(12 - 50**0.5)


def test_every_measure_has_one_unit_and_a_title_in_both_languages() -> None:
    """The eight measures of the law, and the facts that its conditions ask for."""
    eight = {"lot_area", "frontage", "coverage", "density", "height", "storeys", "setback", "use"}
    assert eight <= set(MEASURES)
    assert all(
        m.unit in {"m", "m2", "deg", "1", *COUNTED} and m.title.fa and m.title.en for m in MEASURES.values()
    )


coordinate = st.floats(0, 1, allow_nan=False)


@settings(deadline=None)  # the machine may be busy; what holds does not depend on it
@given(a=coordinate, b=coordinate, c=coordinate, d=coordinate, shrink=st.floats(0.05, 1))
def test_a_smaller_building_covers_less_and_keeps_further_away(
    a: float, b: float, c: float, d: float, shrink: float
) -> None:
    """Any building inside another has at most its coverage and at least its setback from every edge."""
    x, y = sorted((a * 9, 9.5)), sorted((c * 20, 21 + d * 3))
    whole = box(x[0], y[0], x[1] + b / 2, y[1])
    part = affinity.scale(whole, shrink, shrink)
    lot = plot(streets=[street(8.0, None)])
    assert bulk.covered([mass(footprint=part)]).area <= bulk.covered([mass(footprint=whole)]).area + 1e-9
    for edge in lot.edges:
        assert keeps(lot, part, edge) >= keeps(lot, whole, edge) - 1e-9


@settings(deadline=None)  # the machine may be busy; what holds does not depend on it
@given(depth=st.floats(0.01, 24), out=st.floats(0.001, 5))
def test_the_value_says_on_which_side_of_the_line_a_wall_stands(depth: float, out: float) -> None:
    """A wall `depth` behind the line has that setback; moved `out` beyond the line it has −`out`."""
    lot = plot(streets=[street(8.0, None)])
    front = next(e for e in lot.edges if e.kind == "street")
    assert keeps(lot, box(1, depth, 9, 24.5), front) == pytest.approx(depth, abs=1e-9)
    assert keeps(lot, box(1, -out, 9, 20), front) == pytest.approx(-out, abs=GRID)


def test_the_line_is_measured_and_not_its_prolongation() -> None:
    """An obtuse corner: the rear line prolonged passes 0.5 m from the wall, the edge ends 3 m before."""
    outline = Polygon([(0, 0), (10, 0), (10, 30), (6, 25), (0, 25)])
    lot = Lot.build("O", outline, streets=[street(8.0, None)], neighbours=[box(0, 25, 6, 40)])
    rear = next(e for e in lot.edges if e.line.equals(LineString([(6, 25), (0, 25)])))
    wall = box(9, 20, 10, 24.5)
    assert keeps(lot, wall, rear) == pytest.approx((3**2 + 0.5**2) ** 0.5)


@pytest.mark.parametrize("turn", [0.0, 37.0])
def test_a_building_larger_than_its_lot_goes_past_each_edge_by_its_own_measure(turn: float) -> None:
    """The outline of a lot of 10 × 24 m made a twentieth larger passes the short edges by 0.6 m and the long
    ones by 0.25 m, whatever its corners do; the witness is that long and square to the edge."""
    lot = plot(box(0, 0, 10, 25), streets=[street(8.0, None)], neighbours=NEIGHBOURS)
    larger = affinity.scale(lot.after, 1.05, 1.05, origin="centroid")
    if turn:
        axis = affinity.rotate(street(8.0, None).axis, turn, origin=(0, 0))
        around = [affinity.rotate(one, turn, origin=(0, 0)) for one in NEIGHBOURS]
        way = dataclasses.replace(street(8.0, None), axis=axis)
        lot = plot(affinity.rotate(box(0, 0, 10, 25), turn, origin=(0, 0)), streets=[way], neighbours=around)
        larger = affinity.scale(lot.after, 1.05, 1.05, origin="centroid")
    for edge in lot.edges:
        found = setback(lot, larger, edge)
        assert found is not None
        expected = 0.025 * (lot.after.length / 2 - edge.length)
        assert found.value == pytest.approx(-expected, abs=1e-5)
        assert found.witness.length == pytest.approx(expected, abs=1e-5)
        (x0, y0), (x1, y1) = edge.line.coords[0], edge.line.coords[-1]
        (u0, v0), (u1, v1) = found.witness.coords
        assert abs((x1 - x0) * (u1 - u0) + (y1 - y0) * (v1 - v0)) < 1e-4
