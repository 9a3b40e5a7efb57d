"""Lots: a zoo of shapes between streets and neighbours, each with what a person would say of its edges."""

import math
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Polygon, box

from gis.alignment import Street
from gis.correction import EdgeCorrection
from gis.edges import Edge
from gis.errors import EdgeCorrectionError, GeometryError, StreetError
from gis.lot import Lot

SOUTH = Street("south", "", LineString([(-200, -4), (200, -4)]), None, 8.0, 8.0, "right_of_way")
NORTH = Street("north", "", LineString([(-200, 29), (200, 29)]), None, 8.0, 8.0, "right_of_way")
EAST = Street("east", "", LineString([(14, -200), (14, 200)]), None, 8.0, 6.0, "right_of_way")
PLOT = box(0, 0, 10, 25)
WESTERN, EASTERN, BACK = box(-10, 0, 0, 25), box(10, 0, 20, 25), box(-10, 25, 20, 50)


def bare(street: Street, **facts: Any) -> Street:
    """The street with an axis and no width."""
    return Street(street.key, facts.get("name", ""), street.axis, None, None, None, None)


def lot(polygon: Polygon | MultiPolygon = PLOT, **around: Any) -> Lot:
    return Lot.build("P", polygon, **({"streets": [SOUTH], "neighbours": [WESTERN, EASTERN, BACK]} | around))


def kinds(found: Lot) -> list[str]:
    return [edge.kind for edge in found.edges]


def facing(found: Lot, x: float, y: float) -> Edge:
    """The edge nearest to a point."""
    return min(found.edges, key=lambda edge: edge.line.distance(shapely.Point(x, y)))


# ------------------------------------------------------------------ the plot of domain 3.11


def test_worked_plot() -> None:
    """Domain 3.11: 10 × 25 m, street 6 m to be 8 m: loss 10, after 240, depth 24, frontage 10, northern."""
    street = Street("S", "", LineString([(-50, -3), (60, -3)]), None, 6.0, 8.0, "right_of_way")
    plot = lot(streets=[street])
    assert plot.widening.known
    assert plot.widening.loss_area == pytest.approx(10.0, abs=1e-9)
    assert (plot.area_before, plot.area_after) == pytest.approx((250.0, 240.0))
    assert (plot.frontage, plot.depth) == pytest.approx((10.0, 24.0))
    assert plot.orientation == "northern"
    assert plot.main_street is street
    assert kinds(plot) == ["street", "side", "rear", "side"]
    assert (plot.corner, plot.through) == (False, False)


def test_edges_walk_the_boundary_with_the_land_on_their_left() -> None:
    """Edge 0 is the main front; the others follow counter-clockwise and close the boundary."""
    plot = lot()
    assert [edge.index for edge in plot.edges] == [0, 1, 2, 3]
    assert [edge.azimuth for edge in plot.edges] == pytest.approx([90.0, 0.0, 270.0, 180.0])
    assert [edge.length for edge in plot.edges] == pytest.approx([10.0, 25.0, 10.0, 25.0])
    for edge, following in zip(plot.edges, plot.edges[1:] + plot.edges[:1], strict=True):
        assert edge.line.coords[-1] == following.line.coords[0]


# ------------------------------------------------------------------ the zoo


def test_corner_lot() -> None:
    """A lot on two streets that meet has a rear behind its main front and one side; it is a corner lot."""
    plot = lot(streets=[SOUTH, EAST], neighbours=[WESTERN, BACK])
    assert plot.main_street is EAST
    assert kinds(plot) == ["street", "side", "rear", "street"]
    assert (plot.corner, plot.through) == (True, False)


def test_main_street_is_the_widest_by_law() -> None:
    """Between 8 m and 12 m the wider street makes the front, even where the lot is narrower on it."""
    wide = Street("wide", "", LineString([(-200, -6), (200, -6)]), None, 10.0, 12.0, "right_of_way")
    plot = lot(streets=[wide, EAST], neighbours=[WESTERN, BACK])
    assert plot.main_street is wide
    assert plot.frontage == pytest.approx(10.0)


def test_equal_widths_are_decided_by_the_longer_front_and_then_by_the_key() -> None:
    """8 m and 8 m: 25 m of front beat 10 m; with equal fronts the lesser key is the main street."""
    assert lot(streets=[SOUTH, EAST], neighbours=[WESTERN, BACK]).main_street is EAST
    square = box(0, 0, 10, 10)
    assert lot(square, streets=[SOUTH, EAST], neighbours=[]).main_street is EAST  # "east" < "south"


def test_through_lot_has_no_rear() -> None:
    """A lot between two parallel streets is through: two fronts, two sides, depth from front to front."""
    plot = lot(streets=[SOUTH, NORTH], neighbours=[WESTERN, EASTERN])
    assert sorted(kinds(plot)) == ["side", "side", "street", "street"]
    assert plot.through
    assert not plot.corner
    assert plot.depth == pytest.approx(25.0)


def test_a_back_that_a_dead_end_touches_stays_a_rear() -> None:
    """Boundary: 5 of 10 m of the back on a street make a through lot, 4.9 m do not, and the rest is rear."""

    def touched(metres: float) -> Lot:
        lane = Street("lane", "", None, box(0, 25, metres, 60), 6.0, None, "right_of_way")
        return lot(streets=[SOUTH, lane], neighbours=[WESTERN, EASTERN, box(metres, 25, 20, 50)])

    assert touched(5.0).through
    assert "rear" not in kinds(touched(5.0))
    assert not touched(4.9).through
    assert kinds(touched(4.9)) == ["street", "side", "rear", "street", "side"]


def test_end_of_a_block() -> None:
    """On three streets: from the wide street through to the one behind it, or with a rear behind the side."""
    wide = Street("wide", "", LineString([(-200, -6), (200, -6)]), None, 12.0, None, "right_of_way")
    through = lot(streets=[wide, NORTH, EAST], neighbours=[WESTERN])
    assert kinds(through) == ["street", "street", "street", "side"]
    assert (through.corner, through.through) == (True, True)
    sideways = lot(streets=[SOUTH, NORTH, EAST], neighbours=[WESTERN])
    assert sideways.main_street is EAST
    assert kinds(sideways) == ["street", "street", "rear", "street"]
    assert (sideways.corner, sideways.through) == (True, False)


def test_l_shaped_lot_has_a_rear_behind_each_wing() -> None:
    """Both edges of an L that look away from the street are rear, and the depth is their mean by length."""
    shape = Polygon([(0, 0), (10, 0), (10, 15), (4, 15), (4, 25), (0, 25)])
    plot = lot(shape, neighbours=[WESTERN, box(10, 0, 20, 25), box(4, 15, 10, 25), BACK])
    assert kinds(plot) == ["street", "side", "rear", "side", "rear", "side"]
    assert plot.depth == pytest.approx((6 * 15 + 4 * 25) / 10)


def test_flag_lot() -> None:
    """A flag lot has the frontage of its pole; its shoulders toward the street are sides, not fronts."""
    flag = Polygon([(0, 0), (4, 0), (4, 20), (20, 20), (20, 40), (0, 40)])
    plot = lot(
        flag, neighbours=[box(-10, 0, 0, 40), box(4, 0, 20, 20), box(20, 0, 30, 40), box(-10, 40, 30, 60)]
    )
    assert plot.frontage == pytest.approx(4.0)
    assert plot.depth == pytest.approx(40.0)
    assert kinds(plot).count("street") == 1
    assert facing(plot, 12, 19).kind == "side"
    assert facing(plot, 10, 41).kind == "rear"


def test_triangle_has_no_rear() -> None:
    """A steep triangle on its street has two sides and no rear; its mean depth is half its height."""
    triangle = Polygon([(0, 0), (10, 0), (5, 20)])
    plot = lot(
        triangle, neighbours=[Polygon([(0, 0), (5, 20), (0, 20)]), Polygon([(10, 0), (10, 20), (5, 20)])]
    )
    assert kinds(plot) == ["street", "side", "side"]
    assert plot.depth == pytest.approx(10.0)


def test_an_edge_at_exactly_45_degrees_is_a_side() -> None:
    """Boundary of the definition: a back edge is rear when less than 45° off, at 45° it is a side."""
    right = Polygon([(0, 0), (10, 0), (0, 10)])
    assert kinds(lot(right, neighbours=[Polygon([(10, 0), (10, 10), (0, 10)]), WESTERN])) == [
        "street",
        "side",
        "side",
    ]
    flatter = Polygon([(0, 0), (10, 0), (0, 9.9)])
    assert "rear" in kinds(lot(flatter, neighbours=[Polygon([(10, 0), (10, 9.9), (0, 9.9)]), WESTERN]))


def test_curved_front_is_one_edge() -> None:
    """A front drawn in 24 chords along a curved street is one street edge as long as its chords."""
    angles = np.radians(np.linspace(-60, 60, 25))
    arc = [(50 * math.sin(a), 50 * math.cos(a)) for a in angles]
    shape = Polygon([*reversed(arc), (arc[0][0], 90), (arc[-1][0], 90)])
    axis = LineString([(46 * math.sin(a), 46 * math.cos(a)) for a in np.radians(np.linspace(-80, 80, 161))])
    plot = lot(
        shape,
        streets=[Street("curve", "", axis, None, 8.0, None, "right_of_way")],
        neighbours=[],
    )
    street = [edge for edge in plot.edges if edge.kind == "street"]
    assert len(street) == 1
    chord = 2 * 50 * math.sin(math.radians(2.5))
    assert street[0].length == pytest.approx(24 * chord, abs=0.1)
    assert plot.frontage == pytest.approx(street[0].length)


def test_land_locked_lot_knows_neither_side_nor_rear() -> None:
    """Without a front nobody can tell side from rear: every edge is unknown, its evidence a neighbour."""
    plot = lot(neighbours=[WESTERN, EASTERN, BACK, box(-10, -25, 20, 0)], streets=[])
    assert {(edge.kind, edge.evidence) for edge in plot.edges} == {("unknown", "neighbour")}
    assert (plot.frontage, plot.depth, plot.orientation, plot.main_street) == (None, None, None, None)


def test_a_hole_is_a_boundary_with_its_parcel() -> None:
    """The edges around a transformer parcel within a lot are neighbour edges, the land on their left."""
    plot = lot(PLOT.difference(box(4, 10, 6, 12)), neighbours=[WESTERN, EASTERN, BACK, box(4, 10, 6, 12)])
    assert len(plot.edges) == 8
    inner = plot.edges[4:]
    assert {edge.evidence for edge in inner} == {"neighbour"}
    ring = shapely.LinearRing([edge.line.coords[0] for edge in inner])
    assert not ring.is_ccw


def test_two_pieces_of_land_are_one_lot() -> None:
    """A lot in two pieces has the edges of both, the larger piece with the front first."""
    plot = lot(MultiPolygon([box(0, 30, 10, 35), PLOT]), neighbours=[WESTERN, EASTERN, box(0, 25, 10, 30)])
    assert len(plot.edges) == 8
    assert plot.edges[0].kind == "street"
    assert plot.area_after == pytest.approx(300.0)


def test_a_lot_wholly_in_the_street_has_no_edges() -> None:
    """Nothing is left of a lot inside the planned street: no land, no edge, no front; the loss is known."""
    plot = lot(streets=[Street("S", "", None, box(-99, -99, 99, 99), None, None, "right_of_way")])
    assert plot.edges == ()
    assert plot.frontage is None
    assert plot.widening.loss_area == pytest.approx(250.0)


def test_collinear_vertices_make_no_edges() -> None:
    """Vertices on a straight line, at the start of the ring too, are no corners."""
    dense = shapely.segmentize(PLOT, 1.0)
    assert kinds(lot(dense)) == ["street", "side", "rear", "side"]
    started = Polygon([(5, 0), (10, 0), (10, 25), (0, 25), (0, 0)])
    assert lot(started).edges[0].length == pytest.approx(10.0)


# ------------------------------------------------------------------ evidence


def test_an_edge_is_split_where_its_class_changes() -> None:
    """A long edge that is neighbour for 15 m and street for 10 m becomes two edges that meet there."""
    lane = Street("lane", "", None, box(10, 15, 14, 99), None, None, "right_of_way")
    plot = lot(streets=[SOUTH, lane], neighbours=[WESTERN, box(10, 0, 20, 15), BACK])
    below, above = plot.edges[1:3]
    assert (below.kind, below.length) == ("side", pytest.approx(15.0))
    assert (above.kind, above.length, above.measured_width) == (
        "street",
        pytest.approx(10.0),
        pytest.approx(4.0),
    )
    assert below.line.coords[-1] == above.line.coords[0] == (10.0, 15.0)


def test_right_of_way_within_the_snap_is_the_front() -> None:
    """A right of way 5 cm before the lot is its street; 7 cm before it, across no man's land, it is not."""

    def front(gap: float) -> str:
        street = Street("S", "", None, box(-99, -9, 99, -gap), None, None, "right_of_way")
        return facing(lot(streets=[street]), 5, -1).kind

    assert (front(0.0), front(0.05), front(0.07)) == ("street", "street", "unknown")


def test_gap_between_parcels_with_the_axis_in_it_is_a_street() -> None:
    """No width is given: the free 12 m to the parcels opposite, with the axis in them, are the width."""
    opposite = box(-50, -30, 50, -12)
    plot = lot(streets=[bare(SOUTH)], neighbours=[WESTERN, EASTERN, BACK, opposite])
    front = plot.edges[0]
    assert (front.kind, front.evidence, front.street) == ("street", "gap", bare(SOUTH))
    assert front.measured_width == pytest.approx(12.0)
    assert front.street_width == pytest.approx(12.0)
    assert front.confidence == pytest.approx(0.9)


def test_gap_is_measured_square_to_the_axis() -> None:
    """A front along a 3-4-5 slope looks across it, and the width is the street's 12 m square to its axis."""
    slope = Polygon([(0, 0), (20, 15), (20, 40), (0, 40)])
    axis = LineString([(-40, -37.5), (60, 37.5)])
    far = Polygon([(-40, -45), (60, 30), (60, -60), (-40, -60)])
    plot = lot(slope, streets=[Street("S", "", axis, None, None, None, None)], neighbours=[far])
    assert facing(plot, 10, 6).measured_width == pytest.approx(12.0)


def test_gap_without_an_opposite_parcel_has_no_width() -> None:
    """A street along a river: the axis proves the street, nothing its width, and confidence is less."""
    front = lot(streets=[bare(SOUTH)]).edges[0]
    assert (front.kind, front.evidence, front.measured_width) == ("street", "gap", None)
    assert front.street_width is None
    assert front.confidence == pytest.approx(0.7)


def test_an_axis_behind_another_parcel_is_no_street_of_this_lot() -> None:
    """A parcel between the lot and the axis hides the street: the edge is that parcel's neighbour."""
    plot = lot(streets=[bare(SOUTH)], neighbours=[WESTERN, EASTERN, BACK, box(-10, -3, 20, 0)])
    assert facing(plot, 5, -1).evidence == "neighbour"


def test_free_space_without_an_axis_is_no_street() -> None:
    """An edge on land without parcels and without an axis has no evidence: unknown, confidence 0."""
    front = facing(lot(streets=[]), 5, -1)
    assert (front.kind, front.evidence, front.street, front.confidence) == ("unknown", "none", None, 0.0)


def test_free_space_counts_only_where_the_parcels_are_complete() -> None:
    """Where the parcel layer is not complete an unlisted parcel may lie before the axis: no gap is read."""
    plot = lot(streets=[bare(SOUTH)], parcels_state="unknown")
    assert facing(plot, 5, -1).evidence == "none"
    assert lot(parcels_state="unknown").edges[0].evidence == "axis_width"


def test_an_approved_width_that_ends_far_before_the_lot_is_not_its_front() -> None:
    """An 8 m street with its axis 6 m off leaves exactly 2 m and is still the front; 6.1 m off it is not."""

    def evidence(distance: float) -> str:
        axis = LineString([(-200, -distance), (200, -distance)])
        return facing(lot(streets=[Street("S", "", axis, None, 8.0, None, "right_of_way")]), 5, -1).evidence

    assert (evidence(4.0), evidence(6.0), evidence(6.1)) == ("axis_width", "gap", "none")


def test_the_lot_behind_a_dead_end_fronts_on_it() -> None:
    """An axis that ends 5 m before the lot, heading for it, makes a front: less sure, without width."""
    dead_end = Street("D", "", LineString([(5, -60), (5, -5)]), None, None, None, None)
    plot = lot(
        streets=[dead_end], neighbours=[WESTERN, EASTERN, BACK, box(-10, -60, 1, -0.0), box(9, -60, 20, 0)]
    )
    front = facing(plot, 5, -1)
    assert (front.kind, front.evidence, front.measured_width) == ("street", "gap", None)
    assert front.confidence == pytest.approx(0.5)
    assert front.length == pytest.approx(8.0)


def test_a_sliver_gap_is_a_neighbour_within_the_tolerance() -> None:
    """Parcels 0.8 m apart in a quantised cadastre: unknown at 5 cm, neighbours at a tolerance of 1 m."""
    apart = [WESTERN, box(10.8, 0, 20, 25), BACK]
    assert facing(lot(neighbours=apart), 11, 12).evidence == "none"
    tolerated = facing(lot(neighbours=apart, tolerance=1.0), 11, 12)
    assert (tolerated.kind, tolerated.evidence) == ("side", "neighbour")
    assert tolerated.confidence == pytest.approx(0.8)


def test_an_overlapping_parcel_is_a_neighbour() -> None:
    """A parcel that lies 2 m over the boundary (a fault of the layer) is a neighbour, less surely."""
    overlapped = facing(lot(neighbours=[WESTERN, box(8, 0, 20, 25), BACK]), 11, 12)
    assert (overlapped.evidence, overlapped.confidence) == ("neighbour", pytest.approx(0.8))


def test_street_parcels_are_street_land() -> None:
    """Where the street is a parcel, its edge is the front, its axis names it, its width is measured."""
    road, opposite = box(-50, -9, 60, 0), box(-50, -30, 60, -9)
    around = [WESTERN, EASTERN, BACK, road, opposite]
    front = lot(streets=[bare(SOUTH)], neighbours=around, street_land=[road]).edges[0]
    assert (front.kind, front.evidence, front.confidence) == ("street", "right_of_way", pytest.approx(1.0))
    assert front.measured_width == pytest.approx(9.0)
    unnamed = lot(streets=[], neighbours=around, street_land=[road]).edges[0]
    assert (unnamed.kind, unnamed.street) == ("street", None)
    assert unnamed.confidence == pytest.approx(0.8)


def test_two_rows_of_one_street_make_one_front() -> None:
    """A street cut into two rows of the same name before the lot is one front of 10 m."""
    rows = [
        Street(key, "Nilufar", LineString(line), None, 8.0, None, "right_of_way")
        for key, line in {"a": [(-200, -4), (4, -4)], "b": [(4, -4), (200, -4)]}.items()
    ]
    plot = lot(streets=rows)
    assert kinds(plot) == ["street", "side", "rear", "side"]
    assert plot.frontage == pytest.approx(10.0)
    assert plot.main_street is rows[1]  # 6 of 10 m


def test_a_post_on_the_front_does_not_split_it() -> None:
    """A parcel of 80 cm on the line (a kiosk) is absorbed; one of 1.2 m splits the front."""

    def fronts(width: float) -> int:
        kiosk = box(4, -1, 4 + width, 0)
        plot = lot(streets=[bare(SOUTH)], neighbours=[WESTERN, EASTERN, BACK, kiosk])
        return kinds(plot).count("street")

    assert (fronts(0.8), fronts(1.2)) == (1, 2)


# ------------------------------------------------------------------ orientation


@pytest.mark.parametrize(
    ("theta", "orientation"),
    [
        (135, "northern"), (180, "northern"), (225, "northern"),
        (315, "southern"), (0, "southern"), (45, "southern"),
        (46, "western"), (90, "western"), (134, "western"),
        (226, "eastern"), (270, "eastern"), (314, "eastern"),
    ],
)  # fmt: skip
def test_orientation_by_the_azimuth_to_the_street(theta: int, orientation: str) -> None:
    """Domain 3.4: 135°–225° is northern, 315°–45° southern, ends included; a plot with its street to the
    east is western, to the west eastern."""
    turned = shapely.affinity.rotate(PLOT, 180 - theta, origin=(5, 12.5))
    axis = shapely.affinity.rotate(SOUTH.axis, 180 - theta, origin=(5, 12.5))
    plot = Lot.build(
        "P", turned, streets=[Street("S", "", axis, None, 8.0, None, "right_of_way")], neighbours=[]
    )
    assert plot.orientation == orientation


# ------------------------------------------------------------------ widening that nobody can tell


def test_widening_is_untold_before_a_carriageway_width() -> None:
    """A street known by its carriageway may take land: the loss is None and says why, never 0."""
    carriageway = Street("S", "", SOUTH.axis, None, 5.5, None, "carriageway")
    widening = lot(streets=[carriageway]).widening
    assert (widening.known, widening.loss_area, widening.reason) == (False, None, "street_width")


def test_a_far_carriageway_does_not_hide_what_the_near_street_takes() -> None:
    """A street behind the neighbours takes nothing from this lot, whatever its width."""
    far = Street("F", "", LineString([(-200, 60), (200, 60)]), None, 5.5, None, "carriageway")
    assert lot(streets=[SOUTH, far]).widening.loss_area == 0.0


def test_certain_strips_stay_when_the_whole_is_untold() -> None:
    """With one street's plan known and another's not, the known strip is cut off; the loss stays None."""
    wide = Street("S", "", LineString([(-50, -3), (60, -3)]), None, 6.0, 8.0, "right_of_way")
    plot = lot(streets=[wide, bare(EAST)], neighbours=[WESTERN, BACK])
    assert plot.widening.loss_area is None
    assert [(key, pytest.approx(strip.area)) for key, strip in plot.widening.strips] == [("S", 10.0)]
    assert plot.area_after == pytest.approx(240.0)


def test_an_incomplete_street_layer_leaves_the_widening_unknown() -> None:
    """Found fronts still count, but the loss is not known where streets may be missing."""
    plot = lot(streets_state="incomplete")
    assert plot.edges[0].kind == "street"
    assert (plot.widening.known, plot.widening.reason) == (False, "streets_incomplete")


# ------------------------------------------------------------------ officers' corrections


def test_an_officer_corrects_an_edge_by_index() -> None:
    """An edge without evidence becomes the front on the officer's word, and sides and rear follow from it."""
    unseen = lot(streets=[])
    index = facing(unseen, 5, -1).index
    plot = lot(streets=[], edge_corrections=[EdgeCorrection("street", "visit of 3 May", index=index)])
    assert kinds(plot) == ["street", "side", "rear", "side"]
    front = plot.edges[0]
    assert (front.evidence, front.confidence, front.reason) == ("officer", 1.0, "visit of 3 May")
    assert plot.orientation == "northern"
    assert (plot.widening.known, plot.widening.reason) == (False, "street_width")


def test_an_officer_corrects_part_of_an_edge_by_its_line() -> None:
    """A correction along 10 m of a side of 25 m splits it there and names the street."""
    line = LineString([(10, 5), (10, 15)])
    plot = lot(
        streets=[SOUTH, bare(EAST)],
        edge_corrections=[EdgeCorrection("street", "gate", line=line, street="east")],
    )
    gate = facing(plot, 11, 10)
    assert (gate.kind, gate.evidence, gate.length) == ("street", "officer", pytest.approx(10.0))
    assert gate.street is not None
    assert gate.street.key == "east"
    assert [edge.kind for edge in plot.edges].count("side") == 3


def test_an_officer_may_call_a_side_rear_and_a_street_unknown() -> None:
    """A correction stands over the evidence in both directions."""
    side = lot().edges[1].index
    assert lot(edge_corrections=[EdgeCorrection("rear", "old plan", index=side)]).edges[1].kind == "rear"
    lost = lot(edge_corrections=[EdgeCorrection("unknown", "closed", index=0)])
    assert lost.frontage is None


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (EdgeCorrection("street", "why", index=4), "correction.place"),
        (EdgeCorrection("street", "why", index=-1), "correction.place"),
        (EdgeCorrection("street", "why"), "correction.place"),
        (EdgeCorrection("street", "why", line=LineString([(90, 90), (99, 99)])), "correction.place"),
        (EdgeCorrection("street", " ", index=0), "correction.reason"),
        (EdgeCorrection("street", "why", index=0, street="nowhere"), "correction.street"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(correction: EdgeCorrection, code: str) -> None:
    """No such edge, no such street, no reason: refused with the number of the correction."""
    with pytest.raises(EdgeCorrectionError) as refusal:
        lot(edge_corrections=[correction])
    assert (refusal.value.code, refusal.value.where) == (code, "/edge_corrections/0")


# ------------------------------------------------------------------ refusals


def with_corner(x: float) -> Polygon:
    """The plot with another x at its second corner."""
    corners = shapely.get_coordinates(PLOT)
    corners[1, 0] = x
    shape: Polygon = shapely.set_coordinates(box(0, 0, 10, 25), corners)
    return shape


@pytest.mark.parametrize(
    ("polygon", "code"),
    [
        (Polygon(), "polygon.empty"),
        (Polygon([(0, 0), (5, 0), (10, 0)]), "polygon.empty"),
        (Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]), "polygon.empty"),  # a bow tie of equal halves
        (Polygon([(0, 0), (10, 10), (10, 0), (0, 12)]), "polygon.invalid"),
        (with_corner(math.nan), "polygon.not_finite"),
        (with_corner(math.inf), "polygon.not_finite"),
        (LineString([(0, 0), (1, 1)]), "polygon.type"),
    ],
)
def test_refuses_what_is_no_land(polygon: Any, code: str) -> None:
    """A shape that cannot be a lot is refused under the lot's key, before anything is measured."""
    with pytest.raises(GeometryError) as refusal:
        Lot.build("P-13", polygon, streets=[], neighbours=[])
    assert (refusal.value.code, refusal.value.where) == (code, "P-13")


def test_refuses_two_streets_under_one_key() -> None:
    """Keys name streets in the report: two streets with one key are refused."""
    with pytest.raises(StreetError):
        lot(streets=[SOUTH, SOUTH])


def test_a_lot_of_thousands_of_corners_is_classified() -> None:
    """A round island of 5,000 corners in a street is front all around, looked at in blocks."""
    island = shapely.Point(0, 0).buffer(100, quad_segs=1250)
    ring = Street(
        "R",
        "",
        LineString(shapely.Point(0, 0).buffer(104, quad_segs=500).exterior.coords),
        None,
        8.0,
        None,
        "right_of_way",
    )
    plot = Lot.build("P", island, streets=[ring], neighbours=[])
    assert {edge.kind for edge in plot.edges} == {"street"}
    assert sum(edge.length for edge in plot.edges) == pytest.approx(island.length, rel=1e-3)
