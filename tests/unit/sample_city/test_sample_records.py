"""What the generator promises of codes, names, zones, buildings, nodes and terrain."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from collections import Counter
from functools import cache

import numpy as np
import pytest
import shapely

import data.sample_city
from api.cadastre.text import RegistrationPlate, RenovationCode, stored
from data.sample_city import Layers, generate, vocabulary
from data.sample_city.zones import ZONE_NAMES


@cache
def town() -> Layers:
    return generate(5000, 1)


def column(layer: str, name: str) -> list:
    return town().tables[layer][name].to_pylist()


def shapes(layer: str) -> np.ndarray:
    return shapely.from_wkb(town().tables[layer]["geometry"].to_numpy(zero_copy_only=False))


@pytest.mark.parametrize("module", [m.name for m in pkgutil.iter_modules(data.sample_city.__path__)])
def test_the_examples_in_the_docstrings_run(module: str) -> None:
    """Every example of the package gives what it says."""
    assert doctest.testmod(importlib.import_module(f"data.sample_city.{module}")).failed == 0


@pytest.mark.parametrize(
    "layer", ["parcels", "buildings", "streets", "zones", "districts", "overlays", "addresses"]
)
def test_keys_are_unique(layer: str) -> None:
    """One key, one thing."""
    keys = column(layer, "key")
    assert len(set(keys)) == len(keys)


def test_every_parcel_has_a_land_node_with_its_own_seven_part_code() -> None:
    """District-region-block-house, then three zeros; read back by the cadastre's own reader."""
    land = [
        (code, key)
        for code, kind, key in zip(
            column("nodes", "code"), column("nodes", "kind"), column("nodes", "parcel_key"), strict=True
        )
        if kind == "land"
    ]
    assert [key for _, key in land] == column("parcels", "key")
    assert [code for code, _ in land] == column("parcels", "renovation_code")
    for code, _ in land:
        parsed = RenovationCode.parse(code)
        assert str(parsed) == code
        assert min(parsed.district, parsed.region, parsed.block, parsed.house) >= 1
        assert (parsed.building, parsed.apartment, parsed.shop) == (0, 0, 0)


def test_the_node_tree_hangs_together() -> None:
    """Codes are unique; every building hangs on land, every apartment and shop on a building."""
    codes, kinds = column("nodes", "code"), column("nodes", "kind")
    kind_of = dict(zip(codes, kinds, strict=True))
    assert len(kind_of) == len(codes)
    above = {"land": None, "building": "land", "apartment": "building", "trade_unit": "building"}
    for kind, parent in zip(kinds, column("nodes", "parent_code"), strict=True):
        assert (kind_of[parent] if parent else None) == above[kind]
    assert min(Counter(kinds)[kind] for kind in above) > 200


def test_apartments_and_shops_of_a_building_are_numbered_from_one() -> None:
    """Without holes, apartments in the sixth number, shops in the seventh."""
    numbers: dict[tuple[str, int], list[int]] = {}
    for code, kind in zip(column("nodes", "code"), column("nodes", "kind"), strict=True):
        if kind in ("apartment", "trade_unit"):
            parts = [int(part) for part in code.split("-")]
            place = 5 if kind == "apartment" else 6
            numbers.setdefault((code.rsplit("-", 2)[0], place), []).append(parts[place])
            assert parts[11 - place] == 0
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_registration_plates_are_unique_and_readable() -> None:
    """Sub and main number, section and registry unit come back from the text."""
    plates = [RegistrationPlate.parse(text) for text in column("parcels", "registration_plate")]
    assert len({plate.canonical for plate in plates}) == len(plates)
    assert {plate.unit for plate in plates} == {vocabulary.UNIT}
    assert all(plate.sub and plate.main > 100 and plate.section for plate in plates)


def test_texts_are_written_in_persian_letters() -> None:
    """Persian ی and ک, no Arabic ones, no stray spaces: folding at import changes digits only."""
    texts = [
        *column("parcels", "address"), *column("streets", "name"), *column("districts", "name"),
        *column("zones", "name"), *column("overlays", "name"), *vocabulary.LOCAL, *vocabulary.ARTERIAL,
        *vocabulary.NEIGHBOURHOODS,
    ]  # fmt: skip
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
    for text in texts:
        assert stored(text) == text.translate(digits)
        assert re.fullmatch(r"[آ-یءئأؤٔپچژگک۰-۹\u200c ،()]+", text), text


def test_there_are_hundreds_of_names() -> None:
    """The vocabulary holds them, and a town of 5,000 uses more than a hundred and fifty."""
    assert len(set(vocabulary.LOCAL) | set(vocabulary.ARTERIAL) | set(vocabulary.NEIGHBOURHOODS)) > 400
    assert len(set(column("streets", "name"))) > 150


def test_addresses_name_their_parcel() -> None:
    """Each point lies in its parcel, and no two parcels share an address."""
    rows = {key: n for n, key in enumerate(column("parcels", "key"))}
    at = np.array([rows[key] for key in column("addresses", "parcel_key")])
    assert shapely.contains(shapes("parcels")[at], shapes("addresses")).all()
    assert len(set(column("addresses", "text"))) == len(column("addresses", "text"))


def test_house_numbers_are_odd_on_one_side_and_even_on_the_other() -> None:
    """Facing lots on one street never have numbers of one kind: each kind lies on one side of the axis."""
    axes = dict(zip(column("streets", "name"), shapes("streets"), strict=True))
    names = Counter(column("streets", "name"))
    sides: dict[tuple[str, bool], set[bool]] = {}
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
    for text, point in zip(column("addresses", "text"), shapes("addresses"), strict=True):
        street, number = text.rsplit("، پلاک ", 1)
        axis = axes.get(street)
        if axis is None or names[street] > 1 or axis.geom_type != "LineString":
            continue
        along = axis.project(point)
        a, b = axis.interpolate(max(along - 0.5, 0)), axis.interpolate(along + 0.5)
        left = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0
        sides.setdefault((street, bool(int(number.translate(digits)) % 2)), set()).add(left)
    assert len(sides) > 200
    assert {side: found for side, found in sides.items() if len(found) > 1} == {}


def test_zones_cover_every_parcel_once() -> None:
    """The six zones of the book, and the shares of a parcel's zones add up to the whole."""
    assert set(column("zones", "code")) == set(ZONE_NAMES)
    parcels, zones = shapes("parcels"), shapes("zones")
    assert shapely.is_valid(zones).all()
    assert {zone.geom_type for zone in zones} <= {"Polygon", "MultiPolygon"}
    parcel, zone = shapely.STRtree(zones).query(parcels, predicate="intersects")
    covered = np.bincount(
        parcel, shapely.area(shapely.intersection(parcels[parcel], zones[zone], grid_size=1e-6)), len(parcels)
    )
    assert np.abs(covered - shapely.area(parcels)).max() < 0.02


def test_some_parcels_are_split_between_zones() -> None:
    """As the column says, and each of the parts is more than a sliver for dozens of them."""
    codes = column("zones", "code")
    split = [n for n, zones in enumerate(column("parcels", "zones")) if ";" in zones]
    assert 50 < len(split) < 1500
    parcels, zones = shapes("parcels"), shapes("zones")
    tree, real = shapely.STRtree(zones), 0
    for n in split:
        parts: Counter[str] = Counter()
        for z in tree.query(parcels[n], predicate="intersects"):
            parts[codes[z]] += parcels[n].intersection(zones[z]).area / parcels[n].area
        real += sum(share > 0.05 for share in parts.values()) > 1
    assert real > 50


def test_regions_do_not_overlap_and_hold_every_parcel() -> None:
    """District and region of a parcel's code are those of the region that it lies in."""
    regions = shapes("districts")
    within, region = shapely.STRtree(regions).query(shapely.point_on_surface(shapes("parcels")), "within")
    assert within.tolist() == list(range(5000))
    codes = column("districts", "code")
    for parcel, at in zip(within, region, strict=True):
        assert (
            column("parcels", "renovation_code")[parcel].startswith(f"{codes[at]}-")
            if parcel % 50 == 0
            else True
        )


def test_buildings_stand_on_their_parcels() -> None:
    """To a square centimetre; storeys from 1 to 6; one building for a parcel."""
    rows = {key: n for n, key in enumerate(column("parcels", "key"))}
    at = [rows[key] for key in column("buildings", "parcel_key")]
    outside = shapely.area(shapely.difference(shapes("buildings"), shapes("parcels")[at], grid_size=1e-6))
    assert outside.max() < 1e-4
    assert len(set(at)) == len(at) > 4000
    assert set(column("buildings", "storeys")) <= {1, 2, 3, 4, 5, 6}
    assert {1, 2, 3, 4, 5} <= set(column("buildings", "storeys"))


def test_northern_plots_have_their_yard_on_the_street_and_southern_ones_behind() -> None:
    """The mass lies north of its parcel's middle wherever it does not fill it."""
    rows = {key: n for n, key in enumerate(column("parcels", "key"))}
    parcels = shapes("parcels")[[rows[key] for key in column("buildings", "parcel_key")]]
    shape = [column("parcels", "shape")[rows[key]] for key in column("buildings", "parcel_key")]
    ordinary = np.array([s == "regular" for s in shape])
    ordinary &= np.array([what is None for what in column("buildings", "unlawful")])
    north = shapely.get_y(shapely.centroid(shapes("buildings"))) > shapely.get_y(shapely.centroid(parcels))
    assert north[ordinary].mean() > 0.85


def test_overlays_of_all_kinds_are_there_and_one_corner_was_not_surveyed() -> None:
    """Flood way, monument, lines of supply; parcels in the north-eastern corner lie beyond the survey."""
    assert {"flood", "heritage", "easement"} <= set(column("overlays", "kind"))
    assert shapely.is_valid(shapes("overlays")).all()
    covered = shapely.covers(town().overlays_surveyed, shapes("parcels"))
    assert 10 < (~covered).sum() < 1500
    assert shapely.covers(town().town, shapes("parcels")).all()


def test_the_ground_falls_gently_and_has_a_hill() -> None:
    """A pixel of 10 m differs from the next by less than 25 %; the hill stands 25 m above the plain."""
    rows, _ = town().terrain.shape
    heights = town().terrain.rows(0, rows)
    assert np.abs(np.diff(heights, axis=0)).max() < 2.5
    assert heights.max() - np.median(heights) > 25


def test_lines_carry_what_the_law_asks_of_them() -> None:
    """The power line its voltage and half its width, the gas transmission line the distance to keep."""
    found = {row["kind"]: row for row in town().tables["overlays"].to_pylist()}
    assert (found["power"]["voltage_kv"], found["power"]["half_width_m"]) == ("63", "1.5")
    assert float(found["gas_transmission"]["clearance_m"]) == 40
    lines = {kind for kind, shape in zip(column("overlays", "kind"), shapes("overlays"), strict=True)
             if shape.geom_type in {"LineString", "MultiLineString"}}  # fmt: skip
    assert lines == {"power", "gas_transmission", "river"}
