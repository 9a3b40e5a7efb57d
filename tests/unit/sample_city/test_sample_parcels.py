"""What the generator promises of parcels and streets, on a town of 5,000 and some smaller ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cache

import numpy as np
import pytest
import shapely

from data.sample_city import Layers, generate
from data.sample_city.settlement import FEWEST


@cache
def town(parcels: int = 5000, seed: int = 1) -> Layers:
    return generate(parcels, seed)


def shapes(layer: str, parcels: int = 5000, seed: int = 1) -> np.ndarray:
    return shapely.from_wkb(town(parcels, seed).tables[layer]["geometry"].to_numpy(zero_copy_only=False))


def column(layer: str, name: str) -> list:
    return town().tables[layer][name].to_pylist()


def street_land(widths: str = "existing_width_m") -> np.ndarray:
    half = town().tables["streets"][widths].to_numpy() / 2
    return shapely.buffer(shapes("streets"), half, cap_style="flat", join_style="mitre")


@pytest.mark.parametrize(("parcels", "seed"), [(5000, 1), (FEWEST, 3), (1234, 7)])
def test_there_are_as_many_parcels_as_asked(parcels: int, seed: int) -> None:
    """Exactly as many, which is within the two per cent promised."""
    assert town(parcels, seed).tables["parcels"].num_rows == parcels


def test_fewer_parcels_than_a_town_has_are_refused() -> None:
    """The message says how many it takes."""
    with pytest.raises(ValueError, match="50 parcels or more"):
        generate(FEWEST - 1)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_neighbours_neither_overlap_nor_gap(seed: int) -> None:
    """All are one valid coverage: a border has the same vertices on both sides; no block has a hole."""
    parcels = shapes("parcels", 3000, seed)
    assert shapely.is_valid(parcels).all()
    assert shapely.coverage_is_valid(parcels)
    blocks: dict[str, list[int]] = {}
    for n, code in enumerate(town(3000, seed).tables["parcels"]["renovation_code"].to_pylist()):
        blocks.setdefault(code.rsplit("-", 4)[0], []).append(n)
    for members in blocks.values():
        block = shapely.coverage_union_all(parcels[members])
        assert all(len(part.interiors) == 0 for part in shapely.get_parts(block))


def test_a_seed_makes_the_same_town_byte_by_byte_and_another_seed_another() -> None:
    """The digest of every table is the same for a second making."""

    def digest(layers: Layers) -> str:
        whole = hashlib.sha256()
        for name in sorted(layers.tables):
            for row in layers.tables[name].to_pylist():
                whole.update(repr(row).encode())
        return whole.hexdigest()

    assert digest(generate(1000, 5)) == digest(generate(1000, 5))
    assert digest(generate(1000, 5)) != digest(generate(1000, 6))


def test_batches_do_not_change_the_land() -> None:
    """The outlines are the same in batches of 700 lots as in one."""
    from data.sample_city.city import City

    pieces = City(2000, 4, batch=700).batches()
    in_pieces = [blob for piece in pieces for blob in piece["parcels"]["geometry"].to_pylist()]
    assert in_pieces == generate(2000, 4).tables["parcels"]["geometry"].to_pylist()


def test_no_parcel_lies_in_a_street() -> None:
    """The land within half the existing width of an axis is free of parcels."""
    land = street_land()
    street, parcel = shapely.STRtree(shapes("parcels")).query(land, predicate="intersects")
    overlap = shapely.area(shapely.intersection(land[street], shapes("parcels")[parcel], grid_size=1e-6))
    assert overlap.max() < 1e-6


def test_every_parcel_but_the_declared_ones_touches_a_street() -> None:
    """At a distance of less than a millimetre; a land-locked parcel touches none."""
    reach = shapely.distance(shapes("parcels"), shapely.union_all(street_land()))
    locked = np.array([shape == "land_locked" for shape in column("parcels", "shape")])
    assert (reach[~locked] < 1e-3).all()
    assert (reach[locked] > 1).all()
    assert 1 <= locked.sum() <= 20


def test_the_space_between_blocks_is_the_existing_width() -> None:
    """Every lot lies half its street's width from the axis, to the millimetre, on either side of it."""
    names = Counter(column("streets", "name"))
    street = {name: n for n, name in enumerate(column("streets", "name")) if names[name] == 1}
    widths, axes, parcels = column("streets", "existing_width_m"), shapes("streets"), shapes("parcels")
    locked = [shape == "land_locked" for shape in column("parcels", "shape")]
    checked = 0
    for n, address in enumerate(column("parcels", "address")):
        name = address.rsplit("، ", 1)[0]
        if name in street and not locked[n]:
            axis = axes[street[name]]
            assert parcels[n].distance(axis) == pytest.approx(widths[street[name]] / 2, abs=1e-3), address
            checked += 1
    assert checked > 3000


def test_areas_are_those_of_an_iranian_town() -> None:
    """Building lots have 100 to 800 m², the middle one between 180 and 260; parks and schools are larger. A
    few lots of old lanes are smaller, and are said to be."""
    areas, use = shapely.area(shapes("parcels")), np.array(column("parcels", "public_use"), dtype=object)
    small = np.array(column("parcels", "shape")) == "undersized"
    assert 3 <= small.sum() <= 20
    assert 85 < areas[small].min() <= areas[small].max() < 99
    assert set(np.array(column("parcels", "fabric"))[small]) == {"old"}
    lots = areas[(use == None) & ~small]  # noqa: E711 - compared one by one
    assert lots.min() >= 100
    assert lots.max() <= 800
    assert 180 < np.median(lots) < 260
    assert areas[use == "park"].max() > 2000
    assert {"park", "school", "mosque", "clinic", "square"} <= set(use) - {None}


def test_registered_areas_are_the_areas_of_the_outlines() -> None:
    """The sample city has no such fault: within a square decimetre."""
    assert np.abs(shapely.area(shapes("parcels")) - column("parcels", "registered_area_m2")).max() < 0.01


def test_there_are_lots_of_every_shape() -> None:
    """Corner lots, through lots, flags, L-shapes and triangles, and the undersized."""
    found = Counter(column("parcels", "shape"))
    assert {
        "regular", "corner", "through", "flag", "l_shape", "triangle", "land_locked", "undersized",
    } == set(found)  # fmt: skip
    assert found["corner"] > 500


def test_streets_have_a_hierarchy_and_some_are_to_be_widened() -> None:
    """Widths from 6 to 45 m; a widening takes land of lots, never of one without a street."""
    assert {6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 30.0, 45.0} == set(column("streets", "existing_width_m"))
    assert {"boulevard", "arterial", "collector", "local", "dead_end"} == set(
        column("streets", "street_class")
    )
    pairs = zip(column("streets", "existing_width_m"), column("streets", "planned_width_m"), strict=True)
    wider = [(existing, planned) for existing, planned in pairs if existing != planned]
    assert len(wider) > 10
    assert all(existing < planned for existing, planned in wider)
    land = street_land("planned_width_m")
    street, parcel = shapely.STRtree(shapes("parcels")).query(land, predicate="intersects")
    lost = shapely.area(shapely.intersection(land[street], shapes("parcels")[parcel], grid_size=1e-6))
    assert (lost > 1).sum() > 100


def test_dead_ends_end_among_lots() -> None:
    """There are dozens; none is longer than the 150 m of domain 3.7."""
    lengths = [
        axis.length
        for axis, kind in zip(shapes("streets"), column("streets", "street_class"), strict=True)
        if kind == "dead_end"
    ]
    assert len(lengths) > 20
    assert max(lengths) <= 160
