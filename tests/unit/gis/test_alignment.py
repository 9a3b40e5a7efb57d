"""Rights of way and the land that a widening takes."""

import math

import pytest
import shapely
from shapely import LineString, Polygon
from shapely.affinity import affine_transform, rotate

from gis.alignment import Street, WidthKind, rights_of_way, widening_of
from gis.errors import StreetError

PLOT = shapely.box(0, 0, 10, 25)


def street(
    key: str = "S",
    *,
    y: float = -3.0,
    existing: float | None = None,
    planned: float | None = None,
    kind: WidthKind | None = "right_of_way",
    land: Polygon | None = None,
) -> Street:
    return Street(key, "", LineString([(-50, y), (60, y)]), land, existing, planned, kind)


def loss(*streets: Street) -> float | None:
    return widening_of(PLOT, streets, rights_of_way(streets), "complete")[1].loss_area


def test_worked_plot_loses_ten_square_metres() -> None:
    """Domain 3.11: a street 6 m wide, planned 8 m, takes 1 m of a front of 10 m: 10 m², 240 m² stay."""
    streets = [street(existing=6, planned=8)]
    after, widening = widening_of(PLOT, streets, rights_of_way(streets), "complete")
    assert widening.known
    assert widening.loss_area == pytest.approx(10.0, abs=1e-9)
    assert after.area == pytest.approx(240.0, abs=1e-9)


def test_the_greater_existing_width_governs() -> None:
    """Where the street is wider than the plan draws it, the greater existing width governs (domain 3.7)."""
    assert loss(street(existing=8, planned=6)) == pytest.approx(10.0)


def test_a_street_that_ends_at_the_line_takes_nothing() -> None:
    """Exactly at the limit: a planned half width of 3 m before an axis 3 m away is no loss."""
    assert loss(street(existing=6, planned=6)) == 0.0


def test_the_cut_leaves_no_spike() -> None:
    """A lot turned by 17° far from the origin keeps four corners after the cut, no hair along its sides."""
    turn = [math.cos(0.3), -math.sin(0.3), math.sin(0.3), math.cos(0.3), 559_900.123, 3_800_048.456]
    axis = affine_transform(LineString([(-50, -3), (60, -3)]), turn)
    streets = [Street("S", "", axis, None, 6.0, 8.0, "right_of_way")]
    for width in (9.41, 10.0, 16.7):
        plot = affine_transform(shapely.box(0, 0, width, 25), turn)
        after, widening = widening_of(plot, streets, rights_of_way(streets), "complete")
        assert widening.loss_area == pytest.approx(width, abs=1e-4)
        assert after.length == pytest.approx(2 * (width + 24), abs=1e-4)


@pytest.mark.parametrize("turn", range(0, 360, 3))
def test_a_street_that_only_touches_takes_nothing_at_any_turn(turn: int) -> None:
    """The lot and its street share an edge and no land, wherever north is (plain overlay fails for some)."""
    cos, sin = math.cos(math.radians(turn + 0.2534)), math.sin(math.radians(turn + 0.2534))
    for east, north in ((0.0, 0.0), (559_900.123, 3_800_048.456)):
        how = [cos, -sin, sin, cos, east, north]
        axis = affine_transform(LineString([(-80, -5), (120, -5)]), how)
        lot = affine_transform(Polygon([(0, 0), (6, 0), (5.607, 15), (-0.393, 15)]), how)
        streets = [Street("S", "", axis, None, 10.0, None, "right_of_way")]
        after, widening = widening_of(lot, streets, rights_of_way(streets), "complete")
        assert widening.loss_area == 0.0
        assert after.equals(lot)


def test_land_outside_the_lot_is_no_loss() -> None:
    """Only land of the lot counts; the street's own half and its other side do not."""
    assert loss(street(y=-20, existing=6, planned=30)) == 0.0


def test_the_drawn_polygon_wins_over_the_width() -> None:
    """An explicit right of way of half a metre's depth takes 5 m², whatever the widths would take."""
    assert loss(street(planned=20, land=shapely.box(-50, -9, 60, 0.5))) == pytest.approx(5.0)


def test_noise_of_two_surveys_is_no_widening() -> None:
    """A right of way that overlaps the lot by 4 cm is survey noise; by 6 cm it is land taken."""
    assert loss(street(land=shapely.box(-50, -9, 60, 0.04))) == 0.0
    assert loss(street(land=shapely.box(-50, -9, 60, 0.06))) == pytest.approx(0.6)


def test_strips_of_two_streets_add_up_to_the_loss() -> None:
    """At a corner the common square is counted once, for the wider street."""
    south = street("south", existing=6, planned=8)
    west = Street("west", "", LineString([(-4, -50), (-4, 60)]), None, 8.0, 12.0, "right_of_way")
    streets = [south, west]
    _, widening = widening_of(PLOT, streets, rights_of_way(streets), "complete")
    strips = {key: strip.area for key, strip in widening.strips}
    assert strips == pytest.approx({"west": 2 * 25.0, "south": 8 * 1.0})
    assert widening.loss_area == pytest.approx(sum(strips.values()))


def test_a_street_through_the_lot_leaves_two_pieces() -> None:
    """A planned street across the lot takes its middle and leaves both ends."""
    streets = [street(y=12.5, planned=5)]
    after, widening = widening_of(PLOT, streets, rights_of_way(streets), "complete")
    assert widening.loss_area == pytest.approx(50.0)
    assert [part.area for part in shapely.get_parts(after)] == pytest.approx([100.0, 100.0])


def test_a_lot_wholly_in_the_street_loses_everything() -> None:
    """A lot inside the planned right of way has nothing left, and that is an answer."""
    streets = [street(land=shapely.box(-50, -50, 60, 60))]
    after, widening = widening_of(PLOT, streets, rights_of_way(streets), "complete")
    assert after.is_empty
    assert widening.loss_area == pytest.approx(250.0)


@pytest.mark.parametrize("state", ["incomplete", "unknown", "not_loaded"])
def test_an_incomplete_street_layer_never_says_zero(state: str) -> None:
    """Without a complete layer nobody knows that nothing is lost: the reason names the layer's state."""
    _, widening = widening_of(PLOT, [], {}, state)  # type: ignore[arg-type]
    assert (widening.known, widening.loss_area, widening.reason) == (False, None, f"streets_{state}")


def test_a_carriageway_is_no_right_of_way() -> None:
    """A carriageway's width says nothing about the lots: such a street has no land of its own."""
    assert rights_of_way([street(existing=6, planned=8, kind="carriageway")]) == {}
    assert rights_of_way([street(existing=6, planned=8, kind=None)]) == {}


def test_a_dead_end_takes_no_land_beyond_its_last_point() -> None:
    """The axis of a dead end stops at the line of the lot behind it, and so does its right of way."""
    dead_end = Street("D", "", LineString([(5, -40), (5, 0)]), None, 8.0, None, "right_of_way")
    assert loss(dead_end) == 0.0


def test_the_outside_of_a_bend_belongs_to_the_street() -> None:
    """Two rows of a street that meet at a right angle leave no wedge: the corner 2 m out is street land."""
    first = Street("A", "", LineString([(0, 0), (20, 0)]), None, 8.0, None, "right_of_way")
    second = Street("B", "", LineString([(20, 0), (20, 20)]), None, 8.0, None, "right_of_way")
    land = shapely.union_all(list(rights_of_way([first, second]).values()))
    assert land.contains(
        shapely.Point(20 + 4 * math.cos(math.pi / 4) - 0.1, -4 * math.cos(math.pi / 4) + 0.1)
    )


def test_a_wide_side_street_takes_nothing_across_a_narrow_street() -> None:
    """A 20 m street that ends on the axis of an 8 m street takes no land on the far side of it."""
    main = [
        Street("M1", "", LineString([(-50, -4), (5, -4)]), None, 8.0, None, "right_of_way"),
        Street("M2", "", LineString([(5, -4), (60, -4)]), None, 8.0, None, "right_of_way"),
    ]
    side = Street("W", "", LineString([(5, -60), (5, -4)]), None, 20.0, None, "right_of_way")
    assert loss(*main, side) == 0.0


@pytest.mark.parametrize("width", [0.0, -4.0, math.nan, math.inf])
def test_a_width_is_a_positive_number(width: float) -> None:
    """Zero, negative and non-finite widths are refused with the street's key: unknown is empty, not zero."""
    with pytest.raises(StreetError) as refusal:
        street("S-9", existing=width)
    assert (refusal.value.code, refusal.value.where) == ("street.width", "S-9")


@pytest.mark.parametrize("turn", [0, 23, 90, 161, 275])
@pytest.mark.parametrize("drawn", [True, False])
def test_centre_line_and_polygon_take_the_same_at_any_turn(turn: int, drawn: bool) -> None:
    """A street of 8 m by its centre line, or drawn as that polygon, takes the 10 m² of the worked plot."""

    def turned(shape):
        return rotate(shape, turn, origin=(3, 7))

    axis = turned(LineString([(-50, -3), (60, -3)]))
    land = axis.buffer(4.0, cap_style="flat") if drawn else None
    one = Street("S", "", axis, land, 6.0, None if drawn else 8.0, "right_of_way")
    _, widening = widening_of(turned(PLOT), [one], rights_of_way([one]), "complete")
    assert widening.loss_area == pytest.approx(10.0, abs=1e-4)
