"""60 % + 2 m: where the mass stands, how far it may reach, how its corners keep clear of neighbours."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, affinity

from gis import BookRefused, Building, Lot, ProposalError, Street, assess, law_for
from gis.measures.mass import MassAxis, mass_axis, mass_depth
from gis.measures.mass_strip import Extension, allowed, strip_land
from gis.missing import Missing
from tests.law.little_books import little_book
from tests.law.plots import DAY, NEIGHBOURS, house, plot, site, street

WITH = 'with = {extension = 2, cut = 45, east_west = "row"}'
DEPTH = f"""
measure = "mass_depth"
relation = "at_most"
unit = "m"
---
expression = "0.6 * depth"
{WITH}
"""
COVERAGE = """
measure = "coverage"
relation = "at_most"
unit = "1"
---
limit = 0.6
base = "after"
with = {share = 0.6, extension = 2, cut = 45, east_west = "row"}
"""
BOOK = little_book(DEPTH, COVERAGE)
CUT = shapely.Polygon([(0, 10.6), (2, 8.6), (8, 8.6), (10, 10.6), (10, 25), (0, 25)])
"""16.4 m deep, its corners cut at 45°: 160 m² (domain 3.11)."""
FULL = shapely.box(0, 8.6, 10, 25)
BESIDE = (
    Building("W", shapely.box(-10, 8, 0, 25), own=False),
    Building("E", shapely.box(10, 8, 20, 25), own=False),
)


def _site(lot: Lot | None = None, *beside: Building, known: bool = True, **more):
    return replace(site(lot, **more), beside=beside, beside_known=known)


def _findings(footprint=CUT, where=None, book=BOOK, **proposed):
    report = assess(where or _site(), replace(house(footprint=footprint), **proposed), book, on=DAY)
    return {finding.provision: finding for finding in report.findings}


def test_the_worked_plot_allows_160_square_metres() -> None:
    """10 × 24 m after widening: 14.4 m and 2 m more with two cut corners, 144 + (20 − 4) m² (domain 3.11)."""
    found = _findings()
    assert (found["mass_depth"].verdict, found["coverage"].verdict) == ("complies", "complies")
    assert found["mass_depth"].value == pytest.approx(16.4)
    assert found["coverage"].basis.limit_area == pytest.approx(160)
    (space,) = (e.geometry for e in found["mass_depth"].evidence if e.role == "allowed")
    assert space.area == pytest.approx(160)
    assert space.symmetric_difference(CUT).area < 1e-4


@pytest.mark.parametrize(
    ("south", "verdict"), [(10.6, "complies"), (10.59996, "complies"), (10.5999, "violates")]
)
def test_a_mass_over_the_whole_width_ends_exactly_at_sixty_per_cent(south, verdict) -> None:
    """0.6 × 24 = 14.4 m from the rear: the line itself complies, a tenth of a millimetre past it does not."""
    found = _findings(shapely.box(0, south, 10, 25))["mass_depth"]
    assert found.verdict == verdict
    assert found.limit == pytest.approx(14.4)


@pytest.mark.parametrize(("south", "verdict"), [(8.6, "complies"), (8.5999, "violates")])
def test_the_extension_ends_exactly_after_two_metres(south, verdict) -> None:
    """Clear of both neighbours the mass may reach 16.4 m, and not a tenth of a millimetre more."""
    found = _findings(shapely.box(3, south, 7, 25))["mass_depth"]
    assert (found.verdict, found.limit) == (verdict, pytest.approx(16.4))


@pytest.mark.parametrize(
    ("inset", "verdict"), [(2.0, "complies"), (1.99996, "complies"), (1.9999, "violates")]
)
def test_the_corner_is_cut_exactly_at_the_angle_of_the_law(inset, verdict) -> None:
    """A corner that stands a tenth of a millimetre too near to the neighbour is no cut of 45°."""
    found = _findings(shapely.union(shapely.box(0, 10.6, 10, 25), shapely.box(inset, 8.6, 8, 25)))[
        "mass_depth"
    ]
    assert found.verdict == verdict


def test_a_corner_that_is_not_cut_is_shown() -> None:
    """What breaks the law is the corner, not the whole strip; the sentence tells what would be allowed."""
    found = _findings(FULL)["mass_depth"]
    assert (found.verdict, found.limit) == ("violates", pytest.approx(14.4))
    (excess,) = (e.geometry for e in found.evidence if e.role == "excess")
    assert excess.area == pytest.approx(4)
    assert excess.bounds == pytest.approx((0, 8.6, 10, 10.6))
    assert "cut at 45°" in found.text.en
    assert "۴۵ درجه پخ" in found.text.fa


def test_a_consent_is_a_claim_that_a_person_must_see_proved() -> None:
    """With both neighbours' consent said, neither depth nor coverage complies before the deed is seen."""
    found = _findings(FULL, neighbour_consents=(1, 3))
    for name in ("mass_depth", "coverage"):
        assert (found[name].verdict, found[name].missing.name) == ("undecided", "neighbour_consent")
    one = _findings(FULL, neighbour_consents=(1,))["mass_depth"]
    assert one.verdict == "violates", "the other neighbour's corner is neither cut nor consented to"


def test_a_consent_does_not_hold_up_a_mass_that_needs_none() -> None:
    """Cut corners comply whatever else is claimed."""
    assert _findings(CUT, neighbour_consents=(1, 3))["mass_depth"].verdict == "complies"


@pytest.mark.parametrize("edge", [0, 4])
def test_only_a_neighbour_can_consent(edge) -> None:
    """The street's edge and one that the lot does not have are refused with the place in the document."""
    with pytest.raises(ProposalError) as refused:
        _findings(FULL, neighbour_consents=(edge,))
    assert refused.value.code == "proposal.consent_edge"
    assert refused.value.where == "/proposal/neighbour_consents/0"


def test_a_neighbour_who_has_built_so_deep_asks_for_no_cut() -> None:
    """Both neighbours stand on the boundary down to y = 8: the whole strip of 20 m² is free."""
    found = _findings(FULL, _site(None, *BESIDE))
    assert (found["mass_depth"].verdict, found["coverage"].verdict) == ("complies", "complies")
    assert found["coverage"].basis.limit_area == pytest.approx(164)


def test_a_neighbour_who_has_built_less_deep_still_asks_for_the_cut() -> None:
    """The eastern neighbour stands only down to y = 12: that corner must be cut."""
    short = Building("E", shapely.box(10, 12, 20, 25), own=False)
    found = _findings(FULL, _site(None, BESIDE[0], short))["mass_depth"]
    assert found.verdict == "violates"
    (excess,) = (e.geometry for e in found.evidence if e.role == "excess")
    assert excess.bounds == pytest.approx((8, 8.6, 10, 10.6))


def test_a_neighbour_who_stands_off_the_boundary_is_for_a_person_to_weigh() -> None:
    """As deep but a metre away: nobody but a person says whether that is built to that depth."""
    off = Building("E", shapely.box(11, 8, 20, 25), own=False)
    found = _findings(FULL, _site(None, BESIDE[0], off))["mass_depth"]
    assert (found.verdict, found.missing.name) == ("undecided", "neighbour_building")


@pytest.mark.parametrize("layer", ["parcels", "buildings"])
def test_neighbours_of_whom_the_map_is_not_complete_are_not_taken_for_unbuilt(layer) -> None:
    """Without the whole map a neighbour may have built to that depth: undecided for the layer."""
    found = _findings(FULL, _site(known=False, incomplete=[layer]))["mass_depth"]
    assert (found.verdict, found.missing.kind, found.missing.name) == ("undecided", "layer", layer)
    assert _findings(CUT, _site(known=False, incomplete=["buildings"]))["mass_depth"].verdict == "complies"


def test_no_corner_is_cut_towards_a_street() -> None:
    """A corner lot with a street to its east: only the western corner is cut, 162 m²."""
    east = Street("S-2", "Yas", LineString([(13, -60), (13, 90)]), None, 6.0, None, "right_of_way", "local")
    lot = plot(streets=[street(), east], neighbours=[NEIGHBOURS[0], NEIGHBOURS[2]])
    found = _findings(shapely.box(2, 8.6, 10, 25), _site(lot))["mass_depth"]
    assert found.verdict == "complies"
    (space,) = (e.geometry for e in found.evidence if e.role == "allowed")
    assert space.area == pytest.approx(162)


def test_a_southern_plot_is_the_northern_one_in_the_mirror() -> None:
    """The street to the north: the mass stands on the street line, the yard behind it."""
    mirrored = [affinity.scale(n, 1, -1, origin=(0, 0)) for n in NEIGHBOURS]
    north = Street("S-1", "Nilufar", LineString([(-50, 3), (60, 3)]), None, 6.0, 8.0, "right_of_way", "local")
    lot = plot(shapely.box(0, -25, 10, 0), streets=[north], neighbours=mirrored)
    assert lot.orientation == "southern"
    flipped = affinity.translate(affinity.scale(CUT, 1, 1, origin=(0, 0)), 0, -26)  # yard still to the south
    found = _findings(flipped, _site(lot))
    assert (found["mass_depth"].verdict, found["mass_depth"].value) == ("complies", pytest.approx(16.4))
    wrong = affinity.scale(CUT, 1, -1, origin=(0, 0))  # at the rear: the yard on the street side
    assert _findings(wrong, _site(lot))["mass_depth"].verdict == "violates"


@pytest.mark.parametrize(
    ("yard", "verdict"), [(7.6, "complies"), (7.5999, "violates")], ids=["at the yard line", "past it"]
)
@pytest.mark.parametrize("northern", [True, False])
def test_the_yard_is_as_deep_at_either_end(northern, yard, verdict) -> None:
    """0.4 × 24 − 2 = 7.6 m at the street of a northern plot, at the rear of a southern one (domain 3.6)."""
    book = little_book(
        f"""
        measure = "setback"
        relation = "at_least"
        unit = "m"
        edges = ["{"main_street" if northern else "rear"}"]
        where.orientation = ["{"northern" if northern else "southern"}"]
        ---
        expression = "0.4 * depth - 2"
        """
    )
    built = shapely.box(0, 1 + yard, 10, 25)
    lot = plot()
    if not northern:
        north = Street("S", "", LineString([(-50, 3), (60, 3)]), None, 6.0, 8.0, "right_of_way", "local")
        lot = plot(
            shapely.box(0, -25, 10, 0),
            streets=[north],
            neighbours=[affinity.scale(n, 1, -1, origin=(0, 0)) for n in NEIGHBOURS],
        )
        built = shapely.box(0, -25 + yard, 10, -1)
    (found,) = assess(_site(lot), house(footprint=built), book, on=DAY).findings
    assert (found.verdict, found.limit) == (verdict, pytest.approx(7.6))


def _western(tilt: float = 0.0) -> Lot:
    """A plot west of its street, its depth turned off due east by `tilt` degrees."""

    def turned(shape):
        return affinity.rotate(shape, 90 + tilt, origin=(0, 0))

    axis = turned(LineString([(-50, -3), (60, -3)]))
    road = Street("S-1", "Nilufar", axis, None, 6.0, None, "right_of_way", "local")
    return plot(turned(shapely.box(0, 0, 10, 25)), streets=[road], neighbours=[turned(n) for n in NEIGHBOURS])


@pytest.mark.parametrize(
    ("said", "tilt", "rear"),
    [
        ("street", 0, False),
        ("rear", 0, True),
        ("row", 30, None),
        ("north", 0, None),
        ("north", 4.9, None),
        ("north", 10, False),
        ("north", -10, True),
    ],
)
def test_a_plot_on_an_east_or_west_street_has_its_mass_where_the_law_says(said, tilt, rear) -> None:
    """By the law's word; a person says where the row stands, or which end is north where none clearly is."""
    lot = _western(tilt)
    assert lot.orientation == "western"
    axis = mass_axis(lot, said, 5.0)
    assert (None if isinstance(axis, Missing) else axis.rear) is rear


def test_where_the_row_decides_the_law_asks_a_person() -> None:
    """Undecided with the judgement that is needed, in words."""
    found = _findings(affinity.rotate(CUT, 90, origin=(0, 0)), _site(_western()))
    assert (found["mass_depth"].verdict, found["mass_depth"].missing.name) == ("undecided", "mass_end")
    assert "ردیف" in found["mass_depth"].text.fa


def test_coverage_waits_for_the_place_of_the_mass_only_where_the_strip_matters() -> None:
    """144 m² comply however the mass lies, 160 m² may, 250 m² never do."""
    lot = _western()
    for south, verdict in ((10, "complies"), (9, "undecided"), (0, "violates")):
        built = affinity.rotate(shapely.box(0, south, 10, 25), 90, origin=(0, 0))
        assert _findings(built, _site(lot))["coverage"].verdict == verdict


@settings(max_examples=60, deadline=None)
@given(
    wide=st.floats(6, 40),
    deep=st.floats(12, 60),
    turn=st.floats(0, 360),
    more=st.floats(0.5, 3),
    sides=st.sets(st.sampled_from(["west", "east"])),
)
def test_the_strip_has_the_area_of_the_formula_however_the_lot_is_turned(
    wide, deep, turn, more, sides
) -> None:
    """e·W − n·e²/2 (domain 3.4), n = the sides that ask for the cut; far from the origin too."""
    lot = Lot.build("P", shapely.box(0, 0, wide, deep), streets=[], neighbours=[])
    names = {tuple(sorted({x for x, _ in e.line.coords})): e.index for e in lot.edges}
    where = {"west": names[(0.0,)], "east": names[(wide,)]}
    free = [index for side, index in where.items() if side not in sides]
    far = affinity.translate(affinity.rotate(lot.after, turn, origin=(0, 0)), 5e5, 4e6)
    turned = Lot.build("P", far, streets=[], neighbours=[])
    match = {
        next(
            e.index
            for e in turned.edges
            if e.line.distance(_moved(lot.edges[i].line.interpolate(0.5, normalized=True), turn)) < 1e-3
        )
        for i in free
    }
    angle = math.radians(turn)
    foot = _moved(shapely.Point(wide / 2, deep), turn)
    axis = MassAxis((foot.x, foot.y), (math.sin(angle), -math.cos(angle)), rear=True)
    depth = 0.6 * deep
    strip = strip_land(turned, axis, depth, Extension(more, 45.0), match)
    bare = allowed(turned, axis, depth, None)
    assert strip.area == pytest.approx(more * wide - len(sides) * more**2 / 2, abs=1e-3)
    assert bare.area == pytest.approx(0.6 * wide * deep, abs=1e-3)


def _moved(point, turn):
    return affinity.translate(affinity.rotate(point, turn, origin=(0, 0)), 5e5, 4e6)


def test_a_bent_lot_keeps_clear_of_its_bent_neighbour() -> None:
    """Where the lot narrows in the strip, the cut follows the neighbour's boundary."""
    lot = Lot.build(
        "P", shapely.Polygon([(0, 0), (8, 0), (10, 10), (10, 25), (0, 25)]), streets=[], neighbours=[]
    )
    axis = MassAxis((5.0, 25.0), (0.0, -1.0), rear=True)
    space = strip_land(lot, axis, 15.0, Extension(2.0, 45.0), ())
    # west: straight, 1 m in at 1 m; east: the boundary itself runs in by 0.2 m a metre
    level = shapely.intersection(space, LineString([(-5, 9), (20, 9)]))
    assert level.bounds == pytest.approx((1.0, 9.0, 8.8, 9.0), abs=1e-5)


def test_a_notch_is_no_way_past_the_limit() -> None:
    """Of a lot in two wings each wing ends at the same depth."""
    outline = shapely.Polygon([(0, 0), (10, 0), (10, 25), (6, 25), (6, 15), (4, 15), (4, 25), (0, 25)])
    lot = Lot.build("P", outline, streets=[], neighbours=[])
    axis = MassAxis((5.0, 25.0), (0.0, -1.0), rear=True)
    assert mass_depth(axis, outline).value == 25.0
    assert allowed(lot, axis, 8.0, None).area == pytest.approx(64.0)


def test_what_may_be_built_tells_the_place_and_the_offer() -> None:
    """A citizen reads where the building stands, how deep it may be, and how to win two metres."""
    said = {item.to_dict()["provision"]: item for item in law_for(_site(), BOOK, on=DAY)}
    depth, coverage = said["mass_depth"], said["coverage"]
    assert depth.to_dict()["limit"] == 14.4
    assert depth.text.fa.startswith(
        "ساختمان می‌تواند تا ۱۴٫۴ متر از عمق زمین را بگیرد. ساختمان در انتهای زمین"
    )
    assert "2 m more are allowed where the corners" in depth.text.en
    assert coverage.land is not None
    assert coverage.land.limit == pytest.approx(160)
    assert "۱۶ متر مربع از این مقدار" in coverage.text.fa


def test_an_extension_without_its_cut_is_no_law() -> None:
    """Metres past the depth are refused where the law does not say the cut; so is a cut of 90°."""
    with pytest.raises(BookRefused, match="cut"):
        little_book(DEPTH.replace("cut = 45, ", ""))
    with pytest.raises(BookRefused, match="too_large"):
        little_book(DEPTH.replace("cut = 45", "cut = 90"))
    assert little_book(DEPTH.replace("extension = 2, cut = 45, ", ""))
