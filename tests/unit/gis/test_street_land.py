"""Parcels that are street: told by their form and the axes through them."""

import shapely
from shapely import LineString, Polygon, box

from gis.street_land import street_land

AXIS = LineString([(-500, 4), (500, 4)])


def found(parcel: Polygon, *axes: LineString, window: Polygon | None = None) -> bool:
    return bool(street_land([parcel], list(axes) or [AXIS], window)[0])


def test_a_street_parcel_is_long_and_has_its_axis() -> None:
    """A strip 8 m wide with an axis along it is street; without one it is not (a stream, a hedge)."""
    strip = box(0, 0, 100, 8)
    assert found(strip)
    assert not found(strip, LineString([(0, 50), (100, 50)]))


def test_an_axis_across_makes_no_street() -> None:
    """A strip that a street crosses once, or that its axis follows for 60 of 100 m, is not that street."""
    strip = box(0, 0, 100, 8)
    assert not found(strip, LineString([(50, -50), (50, 50)]))
    assert not found(strip, LineString([(40, 4), (200, 4)]))
    assert found(strip, LineString([(34, 4), (200, 4)]))


def test_a_lot_with_a_private_drive_stays_a_lot() -> None:
    """A lot of 20 × 30 m with an axis through all of its depth is too compact to be street."""
    assert not found(box(0, 0, 20, 30), LineString([(10, -9), (10, 40)]))


def test_a_short_stub_between_crossings_is_street() -> None:
    """A parcel 8 m wide and 17 m long is street, one 13 m wide and 28 m long is not known to be."""
    assert found(box(0, 0, 17, 8))
    assert not found(box(0, -2.5, 28, 10.5))


def test_a_branching_network_is_one_street_parcel() -> None:
    """Streets that form one cross-shaped parcel are recognised by their length together."""
    cross = shapely.union(box(-200, 0, 200, 8), box(-4, -200, 4, 200))
    axes = [AXIS, LineString([(0, -300), (0, 300)])]
    assert street_land([cross], axes).tolist() == [True]


def test_only_what_lies_in_the_window_is_judged() -> None:
    """A street parcel that runs on where no axes were loaded is recognised inside the window."""
    street = box(0, 0, 2000, 8)
    loaded = LineString([(0, 4), (300, 4)])
    assert not found(street, loaded)
    assert found(street, loaded, window=box(-100, -100, 250, 100))
