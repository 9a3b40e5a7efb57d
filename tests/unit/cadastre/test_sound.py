"""Polygons told to be valid from their bytes: never one that GEOS calls invalid, and almost all others."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cadastre.importing import pgcopy, sound
from api.cadastre.importing.outlines import Outlines

EAST, NORTH = 560_000.0, 3_800_000.0


def told(shapes: list[shapely.Geometry | None]) -> tuple[list[bool], list[float]]:
    """Whether each is sound, and its area."""
    wkb = pgcopy.shapes(np.array([*shapes, None], dtype=object)[:-1], 0)
    among, _ = sound.plain(wkb.data, wkb.offsets, wkb.valid)
    found, areas = sound.sound(wkb.data, wkb.offsets, among, 1e-6)
    return found.tolist(), areas.tolist()


def ring(*corners: tuple[float, float]) -> shapely.Polygon:
    """A polygon far from the origin, as cadastres are."""
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])


@pytest.mark.parametrize(
    ("shape", "sure"),
    [
        (ring((0, 0), (10, 0), (10, 25), (0, 25)), True),
        (ring((0, 0), (5, 0), (10, 0), (10, 25), (0, 25)), True),  # a corner within an edge
        (ring((0, 0), (9, 0), (9, 9), (6, 9), (6, 3), (3, 3), (3, 9), (0, 9)), True),  # U
        (ring((0, 0), (10, 10), (10, 0), (0, 10)), False),  # crosses itself
        (ring((0, 0), (10, 0), (10, 10), (5, 0), (0, 10)), False),  # touches itself
        (ring((0, 0), (10, 0), (20, 0), (10, 0), (10, 10), (0, 10)), False),  # a spike
        (ring((0, 0), (10, 0), (10, 0), (10, 10), (0, 10)), False),  # a corner twice: valid, left to GEOS
        (ring((0, 0), (10, 0), (20, 0)), False),  # no area
        (ring((0, 0), (1e-4, 0), (1e-4, 1e-3)), False),  # hardly any
        (shapely.box(0, 0, 9, 9) - shapely.box(1, 1, 2, 2), False),  # a hole: left to GEOS
        (shapely.Polygon([(0, 0, 1), (9, 0, 1), (9, 9, 1)]), True),  # written flat here
        (shapely.Polygon([(0, 0), (np.inf, 0), (9, 9)]), False),
        (shapely.Polygon(), False),
        (shapely.Point(1, 1), False),
        (None, False),
    ],
)
def test_what_is_sound(shape: shapely.Geometry | None, sure: bool) -> None:
    """Only a plain polygon of which GEOS would say the same; its area is that of GEOS to the last digit."""
    found, areas = told([shape])
    assert found == [sure]
    assert not sure or (shape.is_valid and areas == [shape.area])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9), st.floats(0, 1.5))
@settings(deadline=None, max_examples=500)
def test_never_sound_and_invalid(corners: list[tuple[int, int]], turn: float) -> None:
    """Whatever ring of corners, turned and far away: what is told to be sound is valid."""
    c, s = np.cos(turn), np.sin(turn)
    shape = ring(*((c * x - s * y, s * x + c * y) for x, y in corners))
    if told([shape])[0] == [True]:
        assert shape.is_valid


def test_most_lots_of_a_town_are_sound() -> None:
    """Turned rows of lots with corners of neighbours within their edges."""
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    lots = [
        ring(*(np.array([(x, 0), (x + 5.3, 0), (x + 10, 0), (x + 10, 25), (x, 25)]) @ turn))
        for x in range(0, 1000, 10)
    ]
    assert all(told(lots)[0])


def test_outlines_give_shapes_bytes_and_areas() -> None:
    """Rows whose bytes are sound and rows that are made: all come out as they are, in any order."""
    shapes = np.array([ring((0, 0), (9, 0), (9, 9)), shapely.Point(1, 2), None, ring((0, 0), (5, 0), (5, 7))])
    wkb = pgcopy.shapes(shapes, 0)
    among, boxes = sound.plain(wkb.data, wkb.offsets, wkb.valid)
    found, areas = sound.sound(wkb.data, wkb.offsets, among, 1e-6)
    made = np.where(found, None, shapes)
    mixed = Outlines(pgcopy.Varied(wkb.data, wkb.offsets, found), areas, boxes, made)
    assert found.tolist() == [True, False, False, True]
    for rows in ([0, 1, 2, 3], [3, 0], [1, 2], [2], []):
        part = mixed.take(np.array(rows, dtype=np.int64))
        assert part.shapes.tolist() == shapes[rows].tolist()
        assert np.array_equal(part.area(), shapely.area(shapes[rows]), equal_nan=True)
        whole = shapely.total_bounds(shapes[rows]) if rows else [np.nan] * 4
        assert np.array_equal(part.box(), whole, equal_nan=True)
        bytes_of = mixed.encoded(np.array(rows, dtype=np.int64), 32639)
        expected = pgcopy.shapes(shapes[rows], 32639)
        assert bytes_of.valid.tolist() == expected.valid.tolist()
        for k in np.flatnonzero(expected.valid):
            assert (
                bytes_of.data[bytes_of.offsets[k] : bytes_of.offsets[k + 1]].tobytes()
                == expected.data[expected.offsets[k] : expected.offsets[k + 1]].tobytes()
            )
