"""What must not depend on how a map is drawn: place, turn, order of corners."""

import math
from dataclasses import dataclass

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, affinity, box

from gis.alignment import Street
from gis.lot import Lot


@dataclass(frozen=True, eq=False)
class Near:
    """A measured number, equal to another one within what float noise may do to it."""

    value: float
    noise: float

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and abs(self.value - other.value) <= self.noise

    __hash__ = None  # type: ignore[assignment]


def metres(low: int, high: int) -> st.SearchStrategy[float]:
    """Lengths to the millimetre."""
    return st.integers(low * 1000, high * 1000).map(lambda millimetres: millimetres / 1000)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Polygon, list[Polygon], list[Street]]:
    """A lot of four or five corners in its row between streets, of clear proportions."""
    width, depth = draw(metres(6, 30)), draw(metres(15, 60))
    skew, notch = draw(metres(-2, 2)), draw(st.booleans())
    corners = [(0, 0), (width, 0), (width + skew, depth), (skew, depth)]
    if notch:
        corners.insert(2, (width + skew / 2, depth / 2))
    lot = Polygon(corners)
    neighbours = [
        Polygon([(-20, 0), (0, 0), (skew, depth), (-20, depth)]),
        Polygon([(width, 0), (width + 40, 0), (width + 40, depth), (width + skew, depth)]),
    ]
    axis, law = LineString([(-80, -5), (120, -5)]), draw(st.sampled_from([8.0, 10.0]))
    streets = [Street("front", "", axis, None, law, None, "right_of_way")]
    if draw(st.booleans()):
        streets.append(
            Street("back", "", LineString([(-80, depth + 4), (120, depth + 4)]), None, None, None, None)
        )
        neighbours.append(box(-40, depth + 9, 80, depth + 40))
    else:
        neighbours.append(box(-40, depth, 80, depth + 30))
    return lot, neighbours, streets


def judged(lot: Polygon, neighbours: list[Polygon], streets: list[Street]) -> dict[str, object]:
    """What a lot is, without its place and direction."""
    found = Lot.build("P", lot, streets=streets, neighbours=neighbours)
    assert found.frontage is not None
    assert found.depth is not None
    return {
        "edges": [
            (e.kind, e.evidence, e.street and e.street.key, Near(e.length, 1e-4), Near(e.confidence, 1e-3))
            for e in found.edges
        ],
        "widths": [None if e.measured_width is None else Near(e.measured_width, 1e-3) for e in found.edges],
        "size": (Near(found.area_after, 1e-3), Near(found.frontage, 1e-4), Near(found.depth, 1e-4)),
        "lie": (found.corner, found.through, found.main_street and found.main_street.key),
    }


def moved(streets: list[Street], how: list[float]) -> list[Street]:
    return [
        Street(
            s.key, s.name, affinity.affine_transform(s.axis, how), None, s.existing_width, None, s.width_kind
        )
        for s in streets
    ]


@settings(max_examples=60, deadline=None)
@given(blocks(), st.floats(0, 360), metres(-600_000, 600_000), metres(0, 4_000_000))
def test_place_and_turn_of_the_map_change_nothing(
    block: tuple[Polygon, list[Polygon], list[Street]], turn: float, east: float, north: float
) -> None:
    """A block carried elsewhere and turned by any angle has the same edges, sizes and streets."""
    lot, neighbours, streets = block
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    how = [cos, -sin, sin, cos, east, north]
    carried = judged(
        affinity.affine_transform(lot, how),
        [affinity.affine_transform(n, how) for n in neighbours],
        moved(streets, how),
    )
    assert carried == judged(lot, neighbours, streets)


@settings(max_examples=60, deadline=None)
@given(blocks(), st.integers(0, 4), st.booleans())
def test_start_and_direction_of_the_ring_change_nothing(
    block: tuple[Polygon, list[Polygon], list[Street]], start: int, reverse: bool
) -> None:
    """A ring written from another corner or the other way round is the same lot, edge by edge."""
    lot, neighbours, streets = block
    corners = list(lot.exterior.coords)[:-1]
    corners = corners[start % len(corners) :] + corners[: start % len(corners)]
    rewritten = Polygon(corners[::-1] if reverse else corners)
    assert judged(rewritten, neighbours, streets) == judged(lot, neighbours, streets)
    first = Lot.build("P", rewritten, streets=streets, neighbours=neighbours)
    second = Lot.build("P", lot, streets=streets, neighbours=neighbours)
    assert all(e.line.equals_exact(f.line, 1e-9) for e, f in zip(first.edges, second.edges, strict=True))


@settings(max_examples=60, deadline=None)
@given(blocks(), st.randoms(use_true_random=False))
def test_order_of_the_facts_changes_nothing(
    block: tuple[Polygon, list[Polygon], list[Street]], random: object
) -> None:
    """Neighbours and streets in another order give the same lot."""
    lot, neighbours, streets = block
    shuffled, mixed = list(neighbours), list(streets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert judged(lot, shuffled, mixed) == judged(lot, neighbours, streets)


@settings(max_examples=60, deadline=None)
@given(blocks())
def test_edges_tile_the_boundary(block: tuple[Polygon, list[Polygon], list[Street]]) -> None:
    """The edges cover the boundary of the lot after widening once, within the millimetre of a corner."""
    lot, neighbours, streets = block
    found = Lot.build("P", lot, streets=streets, neighbours=neighbours)
    assert abs(sum(edge.length for edge in found.edges) - found.after.length) < 0.01
    together = shapely.union_all([edge.line for edge in found.edges])
    assert shapely.hausdorff_distance(together, found.after.boundary) < 0.002
    for edge in found.edges:
        assert 0 <= edge.confidence <= 1
        assert 0 <= edge.azimuth < 360
