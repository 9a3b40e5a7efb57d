"""A proposal is read whole or refused with a code and a JSON pointer; a hostile one is refused fast."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis import Frame, Proposal, ProposalError, Storey

FRAME = Frame.of(32639)
RING = [[560000.0, 3800000.0], [560010.0, 3800000.0], [560010.0, 3800012.0], [560000.0, 3800012.0]]
FLOOR = {"level": 0, "kind": "floor", "use": "residential", "units": 1, "floor_height_m": 3.2}


def ring(points: list[list[float]]) -> list[list[float]]:
    return [*points, points[0]]


def storey(points: list[list[float]] | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring(RING if points is None else points)]},
        "properties": FLOOR | properties,
    }


def document(*features: dict[str, Any], **members: Any) -> dict[str, Any]:
    facts = {"strip_ceded": False, "parking_spaces": 2}
    whole = {"type": "FeatureCollection", "srid": 32639, "proposal": facts, "features": list(features)}
    return whole | members


def refusal(doc: object) -> tuple[str, str]:
    with pytest.raises(ProposalError) as error:
        Proposal.from_geojson(doc, FRAME)
    assert error.value.detail
    json.dumps(dict(error.value.values), allow_nan=False)
    return error.value.code, error.value.where


def with_property(name: str, value: object) -> dict[str, Any]:
    return document(storey(**{name: value}))


def without(name: str) -> dict[str, Any]:
    feature = storey()
    del feature["properties"][name]
    return document(feature)


def shape(kind: str, coordinates: object) -> dict[str, Any]:
    return document(storey() | {"geometry": {"type": kind, "coordinates": coordinates}})


def test_a_good_document_is_read_in_metres() -> None:
    """Footprints stay in the city's frame, storeys in the document's order, the owner's offers are kept."""
    proposal = Proposal.from_geojson(
        document(storey(level=1), storey(), proposal={"strip_ceded": True, "parking_spaces": 3}), FRAME
    )
    assert [s.level for s in proposal.storeys] == [1, 0]
    assert proposal.footprint.area == 120.0
    assert (proposal.strip_ceded, proposal.parking_spaces) == (True, 3)


def test_degrees_become_the_same_metres() -> None:
    """The same footprint drawn in longitude and latitude differs by less than the declared precision."""
    lon_lat = shapely.get_coordinates(FRAME.to_wgs84(shapely.Polygon(RING))).tolist()[:-1]
    drawn = Proposal.from_geojson(document(storey(lon_lat), srid=4326), FRAME)
    assert drawn.footprint.hausdorff_distance(shapely.Polygon(RING)) < 1e-6


def test_a_document_without_srid_is_in_degrees_as_geojson_says() -> None:
    """RFC 7946: no srid means WGS 84, so metres are then out of range."""
    doc = document(storey())
    del doc["srid"]
    assert refusal(doc) == ("proposal.out_of_range", "/features/0/geometry/coordinates/0/0")


CROSSED = [[0, 0], [10, 10], [10, 0], [0, 10]]
REFUSED = [
    ("not_a_collection", "", []),
    ("not_a_collection", "", {"type": "Feature"}),
    ("crs_member", "/crs", document(storey(), crs={"type": "name"})),
    ("srid", "/srid", document(storey(), srid=3857)),
    ("srid", "/srid", document(storey(), srid="4326")),
    ("unknown_property", "/proposals", document(storey(), proposals={})),
    ("unknown_property", "/proposal/strip_given", document(storey(), proposal={"strip_given": True})),
    ("not_a_boolean", "/proposal/strip_ceded", document(storey(), proposal={"strip_ceded": "yes"})),
    ("not_in_range", "/proposal/parking_spaces", document(storey(), proposal={"parking_spaces": -1})),
    ("not_an_object", "/proposal", document(storey(), proposal=[])),
    ("not_a_list", "/features", document(storey(), features="none")),
    ("no_storeys", "/features", document()),
    ("not_a_feature", "/features/0", document({"type": "Point"})),
    ("not_an_object", "/features/0/properties", document(storey() | {"properties": None})),
    ("missing_property", "/features/0/properties/use", without("use")),
    ("missing_property", "/features/0/properties/units", without("units")),
    ("unknown_property", "/features/0/properties/floor_height", with_property("floor_height", 3)),
    ("unknown_word", "/features/0/properties/use", with_property("use", "casino")),
    ("unknown_word", "/features/0/properties/use", with_property("use", ["residential"])),
    ("unknown_word", "/features/0/properties/kind", with_property("kind", "attic")),
    ("floor_height", "/features/0/properties/floor_height_m", with_property("floor_height_m", 0)),
    ("floor_height", "/features/0/properties/floor_height_m", with_property("floor_height_m", 0.5)),
    ("floor_height", "/features/0/properties/floor_height_m", with_property("floor_height_m", 1.799)),
    ("floor_height", "/features/0/properties/floor_height_m", with_property("floor_height_m", -3.2)),
    ("floor_height", "/features/0/properties/floor_height_m", with_property("floor_height_m", 100.001)),
    ("not_finite", "/features/0/properties/floor_height_m", with_property("floor_height_m", math.nan)),
    ("not_finite", "/features/0/properties/floor_height_m", with_property("floor_height_m", 10**400)),
    ("not_a_number", "/features/0/properties/floor_height_m", with_property("floor_height_m", "3.2")),
    ("not_a_number", "/features/0/properties/level", with_property("level", True)),
    ("not_in_range", "/features/0/properties/level", with_property("level", 0.5)),
    ("not_in_range", "/features/0/properties/units", with_property("units", 10_001)),
    ("not_in_range", "/features/0/properties/units", with_property("units", -1)),
    (
        "countable_area",
        "/features/0/properties/countable_area_m2",
        with_property("countable_area_m2", 120.01),
    ),
    ("countable_area", "/features/0/properties/countable_area_m2", with_property("countable_area_m2", -1)),
    ("kind_at_level", "/features/0/properties/kind", document(storey(kind="basement"))),
    ("kind_at_level", "/features/0/properties/kind", document(storey(level=-1))),
    ("level_gap", "/features", document(storey(), storey(level=2))),
    ("level_gap", "/features", document(storey(level=1))),
    ("level_gap", "/features", document(storey(level=-2, kind="basement"))),
    (
        "stair_head_below",
        "/features/0/properties/level",
        document(storey(kind="stair_head", use="services", units=0), storey(level=1)),
    ),
    ("use_of_kind", "/features/0/properties/use", document(storey(kind="pilotis"))),
    ("use_of_kind", "/features/0/properties/use", document(storey(kind="pilotis", use="office"))),
    (
        "use_of_kind",
        "/features/1/properties/use",
        document(storey(), storey(level=1, kind="stair_head", use="parking")),
    ),
    (
        "pilotis_above_ground",
        "/features/1/properties/kind",
        document(storey(), storey(level=1, kind="pilotis", use="parking", units=0)),
    ),
    (
        "units_of_use",
        "/features/1/properties/units",
        document(storey(), storey(level=1, use="storage", units=1)),
    ),
    (
        "no_dwelling",
        "/features/1/properties/units",
        document(storey(use="office"), storey(level=1, units=0), storey(level=2, units=0)),
    ),
    (
        "no_parking_space",
        "/proposal/parking_spaces",
        document(storey(kind="pilotis", use="parking", units=0), proposal={"parking_spaces": 0}),
    ),
    ("overlapping_masses", "/features/1/geometry", document(storey(), storey())),
    ("not_a_polygon", "/features/0/geometry", document(storey() | {"geometry": None})),
    ("not_a_polygon", "/features/0/geometry", shape("Point", [0, 0])),
    ("coordinates", "/features/0/geometry/coordinates", shape("Polygon", None)),
    ("coordinates", "/features/0/geometry/coordinates", shape("Polygon", [])),
    ("coordinates", "/features/0/geometry/coordinates", shape("MultiPolygon", [[]])),
    ("empty", "/features/0/geometry/coordinates", shape("MultiPolygon", [])),
    ("open_ring", "/features/0/geometry/coordinates/0", shape("Polygon", [[]])),
    ("open_ring", "/features/0/geometry/coordinates/0", shape("Polygon", [RING])),
    ("position", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[[1], [2], [3], [1]]])),
    ("not_a_number", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[["x", 0]] * 4])),
    ("not_finite", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[[math.nan, 0]] * 4])),
    ("not_finite", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[[1e308, 0]] * 4])),
    ("not_finite", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[[math.inf, 0]] * 4])),
    ("out_of_range", "/features/0/geometry/coordinates/0/0", shape("Polygon", [[[1e9, 0]] * 4])),
    ("invalid_shape", "/features/0/geometry", shape("Polygon", [[[0, 0], [0, 0], [0, 0], [0, 0]]])),
    ("no_area", "/features/0/geometry", shape("Polygon", [ring([[0, 0], [0.01, 0], [0.01, 0.01]])])),
    ("self_crossing", "/features/0/geometry", shape("Polygon", [ring(CROSSED)])),
]


@pytest.mark.parametrize(
    ("code", "where", "doc"), REFUSED, ids=[f"{c}-{n}" for n, (c, _, _) in enumerate(REFUSED)]
)
def test_what_is_no_proposal_is_refused(code: str, where: str, doc: object) -> None:
    """Each refusal has its code and points to the place in the applicant's document."""
    assert refusal(doc) == (f"proposal.{code}", where)


def test_a_crossing_outline_is_told_where_it_crosses() -> None:
    """The sentence and the values name the crossing point in the applicant's own coordinates."""
    with pytest.raises(ProposalError, match=r"crosses itself at \(5, 5\)") as error:
        Proposal.from_geojson(shape("Polygon", [ring(CROSSED)]), FRAME)
    assert (error.value.values["x"], error.value.values["y"]) == (5.0, 5.0)


def circle(vertices: int) -> list[list[float]]:
    angles = [2 * math.pi * n / vertices for n in range(vertices)]
    return [[560000 + 10 * math.cos(a), 3800000 + 10 * math.sin(a)] for a in angles]


def test_twenty_thousand_vertices_pass_and_one_more_does_not() -> None:
    """The limit counts the closing position too."""
    assert Proposal.from_geojson(document(storey(circle(19_999))), FRAME).footprint.area > 314
    assert refusal(document(storey(circle(20_000))))[0] == "proposal.too_many_vertices"
    halves = document(storey(circle(15_000)), storey(circle(15_000), level=1))
    assert refusal(halves) == ("proposal.too_many_vertices", "/features/1/geometry/coordinates")


def test_a_polygon_of_200_000_vertices_is_refused_before_any_position_is_read() -> None:
    """Positions that are no numbers are never looked at: the count alone refuses."""
    assert refusal(shape("Polygon", [[["x", "y"]] * 200_000])) == (
        "proposal.too_many_vertices",
        "/features/0/geometry/coordinates",
    )


def test_two_hundred_storeys_pass_and_more_masses_than_a_thousand_do_not() -> None:
    """Storeys are levels; masses are features."""
    tower = [storey(level=level) for level in range(200)]
    assert len(Proposal.from_geojson(document(*tower), FRAME).storeys) == 200
    assert refusal(document(*tower, storey(level=200)))[0] == "proposal.too_many_storeys"
    assert refusal(document(*[storey()] * 1001))[0] == "proposal.too_many_masses"


def test_the_bounds_of_a_storey_are_inside() -> None:
    """1.8 m and 100 m are heights; the whole footprint and the noise of its area are countable."""
    for height in (1.8, 100.0):
        assert Proposal.from_geojson(with_property("floor_height_m", height), FRAME).storeys
    for area, fits in ((0, True), (120.0, True), (120.0004, True), (120.001, False)):
        doc = with_property("countable_area_m2", area)
        if fits:
            assert Proposal.from_geojson(doc, FRAME).storeys[0].declared_area == area
        else:
            assert refusal(doc) == ("proposal.countable_area", "/features/0/properties/countable_area_m2")


def test_one_dwelling_may_take_several_storeys() -> None:
    """A house of two storeys has its one unit on the ground floor; a car park without homes has none."""
    house = document(storey(), storey(level=1, units=0))
    assert [s.units for s in Proposal.from_geojson(house, FRAME).storeys] == [1, 0]
    cars = document(storey(kind="pilotis", use="parking", units=0), proposal={"parking_spaces": 1})
    assert Proposal.from_geojson(cars, FRAME).parking_spaces == 1
    unsaid = document(storey(kind="pilotis", use="parking", units=0), proposal={})
    assert Proposal.from_geojson(unsaid, FRAME).parking_spaces is None


def test_a_proposal_made_in_code_keeps_the_same_rules() -> None:
    """No way around the reader: a storey that contradicts itself or two on one place cannot be made."""
    shape = shapely.box(0, 0, 10, 12)
    floor = Storey(0, "floor", "residential", shape, 3.2)
    for wrong, code in (
        ((floor, floor), "proposal.overlapping_masses"),
        ((floor, Storey(2, "floor", "residential", shape, 3.2)), "proposal.level_gap"),
        ((), "proposal.no_storeys"),
    ):
        with pytest.raises(ProposalError) as error:
            Proposal(wrong)
        assert error.value.code == code
    for fields, where in (
        ({"floor_height": math.nan}, "floor_height_m"),
        ({"countable_area": math.nan}, "countable_area_m2"),
        ({"kind": "pilotis"}, "use"),
        ({"kind": "basement"}, "kind"),
    ):
        with pytest.raises(ProposalError) as error:
            dataclasses.replace(floor, **fields)
        assert error.value.where == where


def test_masses_of_one_level_may_touch() -> None:
    """Two wings wall to wall are two masses, not an overlap."""
    east = [[x + 10, y] for x, y in RING]
    assert Proposal.from_geojson(document(storey(), storey(east)), FRAME).footprint.area == 240.0


def test_a_position_may_carry_an_elevation() -> None:
    """A third number is read past: heights stand in the properties."""
    feature = storey()
    feature["geometry"]["coordinates"] = [[[x, y, 1200.0] for x, y in ring(RING)]]
    assert Proposal.from_geojson(document(feature), FRAME).footprint.has_z is False


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from(["srid", "proposal", "features", "geometry", "coordinates", *FLOOR]), value=JSON)
def test_nothing_in_a_document_raises_anything_but_a_refusal(place: str, value: object) -> None:
    """Any JSON in any place is read or refused, never a defect."""
    doc = copy.deepcopy(document(storey()))
    feature = doc["features"][0]
    owner = dict.fromkeys(FLOOR, feature["properties"]) | {"geometry": feature}
    owner["coordinates"] = feature["geometry"]
    owner.get(place, doc)[place] = value
    with contextlib.suppress(ProposalError):
        assert Proposal.from_geojson(doc, FRAME).storeys


def test_a_refusal_numbers_a_storey_as_its_document_does() -> None:
    """An element before the storeys does not move the place that a refusal names, nor the number it tells."""
    window = {"element": "window", "level": 0, "room": "main"}
    line = {"type": "LineString", "coordinates": [[0, 0], [2, 0]]}
    first = {"type": "Feature", "properties": window, "geometry": line}
    floors = [storey(), storey()]
    with pytest.raises(ProposalError) as caught:
        Proposal.from_geojson(document(first, *floors), FRAME)
    assert caught.value.where == "/features/2/geometry"
    assert caught.value.values["other"] == 1
