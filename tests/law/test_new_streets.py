"""Streets that a division makes: as wide as the law asks, no longer than a dead end may be, and reached."""

from __future__ import annotations

import pytest
import shapely
from shapely import Polygon

from tests.law.divided_land import book, box, divided, land, of, verdicts
from tests.law.plots import site

HUGE = book(without=["lot_area", "frontage", "depth_to_frontage"])


def lane(width: float, length: float, *, angle: float = 0.0):
    """Two plots with a lane of this width and length between them, on land 60 m wide and 10 m deeper."""
    west = (60 - width) / 2
    east = west + width
    pieces = {
        "W": box(0, 0, west, length),
        "street S": box(west, 0, east, length),
        "E": box(east, 0, 60, length),
        "N": box(0, length, 60, length + 10),
    }
    return divided(land(60, length + 10, angle=angle), pieces, HUGE, angle=angle)


@pytest.mark.parametrize(("width", "verdict"), [(8.0, "complies"), (7.9999, "violates"), (12.0, "complies")])
@pytest.mark.parametrize("angle", [0.0, 33.3])
def test_a_lane_is_at_least_as_wide_as_the_law_says(width: float, verdict: str, angle: float) -> None:
    """Isfahan: 8 m exactly is enough, a tenth of a millimetre less is not, however the land is turned."""
    finding = of(lane(width, 60, angle=angle), "new_street_width", "street S")
    assert (finding.verdict, finding.value) == (verdict, pytest.approx(width, abs=1e-6))
    assert finding.evidence[0].role == "witness"
    assert finding.evidence[0].geometry.length == pytest.approx(width, abs=1e-6)


@pytest.mark.parametrize(("length", "verdict"), [(150.0, "complies"), (150.0002, "violates")])
def test_a_dead_end_is_no_longer_than_the_law_says(length: float, verdict: str) -> None:
    """150 m from the mouth to the end, along the middle."""
    finding = of(lane(8, length), "dead_end_length", "street S")
    assert (finding.verdict, finding.value) == (verdict, pytest.approx(length, abs=1e-6))


def test_plots_are_reached_by_the_new_street() -> None:
    """The plot behind touches only the end of the lane, 8 m of it, and the lane is its street of 8 m."""
    report = lane(8, 60)
    assert of(report, "street_contact", "N").value == pytest.approx(8.0)
    assert of(report, "street_width", "N").value == pytest.approx(8.0)
    assert of(report, "street_width", "N").text.en.startswith("Piece “N”: the street width is 8 m")
    assert verdicts(report)["N"] == "complies"


def test_a_narrow_lane_is_a_narrow_street_for_its_plots_too() -> None:
    """Plots on a lane of 6 m have a street of 6 m where 8 m are asked; those on the old street have not."""
    report = lane(6, 60)
    assert of(report, "street_width", "N").verdict == "violates"
    assert of(report, "street_width", "W").verdict == "complies"


def test_a_bent_lane_is_measured_along_its_middle() -> None:
    """8 m wide, 40 m north and then east: to the elbow's middle 36 m, and 30 m from there to its end."""
    bent = Polygon([(10, 0), (18, 0), (18, 32), (44, 32), (44, 40), (10, 40)])
    pieces = {"street S": bent, "rest": shapely.difference(box(0, 0, 60, 60), bent)}
    rest = pieces.pop("rest")
    parts = {
        "W": box(0, 0, 10, 60),
        "N": box(10, 40, 60, 60),
        "E": Polygon([(18, 0), (60, 0), (60, 40), (44, 40), (44, 32), (18, 32)]),
    }
    assert shapely.union_all(list(parts.values())).equals(rest)
    report = divided(land(60, 60), parts | pieces, HUGE)
    assert of(report, "new_street_width", "street S").value == pytest.approx(8.0)
    assert of(report, "dead_end_length", "street S").value == pytest.approx(36 + 30)


def test_a_tapering_lane_is_as_wide_as_its_narrowest_place() -> None:
    """From 9 m at the mouth to 7 m at the end: nothing wider than 7 m passes to the end."""
    taper = Polygon([(20, 0), (29, 0), (28, 40), (21, 40)])
    parts = {
        "W": Polygon([(0, 0), (20, 0), (21, 40), (0, 40)]),
        "street S": taper,
        "E": Polygon([(29, 0), (60, 0), (60, 40), (28, 40)]),
    }
    finding = of(divided(land(60, 40), parts, HUGE), "new_street_width", "street S")
    assert (finding.verdict, finding.value) == ("violates", pytest.approx(7.0))


def test_a_lane_with_a_turning_head_is_for_a_person_who_is_told_the_figures() -> None:
    """A hammerhead has no two sides that one could name: undecided, with what could be measured."""
    head = Polygon([(26, 0), (34, 0), (34, 30), (40, 30), (40, 38), (20, 38), (20, 30), (26, 30)])
    rest = shapely.difference(box(0, 0, 60, 60), head)
    west, east = shapely.intersection(rest, box(0, 0, 30, 60)), shapely.intersection(rest, box(30, 0, 60, 60))
    report = divided(land(60, 60), {"W": west, "E": east, "street S": head}, HUGE)
    finding = of(report, "new_street_width", "street S")
    assert (finding.verdict, finding.missing.kind) == ("undecided", "judgement")
    assert "where it is widest" in finding.text.en
    assert of(report, "dead_end_length", "street S").missing.name == "new_street_shape"
    assert of(report, "street_width", "W").verdict == "undecided"


def test_a_street_that_is_nowhere_wide_enough_needs_no_person() -> None:
    """A hammerhead whose largest circle is under 8 m across breaks the law whatever its shape."""
    head = Polygon([(28, 0), (32, 0), (32, 30), (38, 30), (38, 34), (22, 34), (22, 30), (28, 30)])
    rest = shapely.difference(box(0, 0, 60, 60), head)
    west, east = shapely.intersection(rest, box(0, 0, 30, 60)), shapely.intersection(rest, box(30, 0, 60, 60))
    report = divided(land(60, 60), {"W": west, "E": east, "street S": head}, HUGE)
    assert of(report, "new_street_width", "street S").verdict == "violates"


def test_a_street_that_reaches_no_street_is_land_like_other_land() -> None:
    """An island of street behind the plots: who lies on it is landlocked."""
    parts = {
        "front": box(0, 0, 60, 20),
        "street S": box(26, 20, 34, 60),
        "W": box(0, 20, 26, 60),
        "E": box(34, 20, 60, 60),
    }
    report = divided(land(60, 60), parts, HUGE)
    assert of(report, "street_contact", "W").verdict == "violates"
    assert of(report, "street_contact", "W").value == 0.0
    assert verdicts(report)["front"] == "complies"


def test_a_lane_off_a_lane_is_reached_over_it() -> None:
    """The second new street opens onto the first, in whatever order they are drawn."""
    parts = {
        "street side": box(34, 30, 60, 38),
        "street main": box(26, 0, 34, 60),
        "W": box(0, 0, 26, 60),
        "SE": box(34, 0, 60, 30),
        "NE": box(34, 38, 60, 60),
    }
    report = divided(land(60, 60), parts, HUGE)
    assert report.verdict == "complies"
    assert of(report, "dead_end_length", "street side").value == pytest.approx(26.0)


def test_a_street_between_two_streets_is_no_dead_end() -> None:
    """Both its mouths open: it has a width, and the law on dead ends does not ask."""
    here = land(60, 60)
    lot = here.lot
    north = type(lot.around.streets[0])(
        "S-2", "", shapely.LineString([(-80, 64), (140, 64)]), None, 8.0, None, "right_of_way", "local"
    )
    beside = lot.around.neighbours[:2]
    both = type(lot).build("P-1", lot.before, streets=[*lot.around.streets, north], neighbours=beside)
    parts = {"W": box(0, 0, 26, 60), "street S": box(26, 0, 34, 60), "E": box(34, 0, 60, 60)}
    report = divided(site(both), parts, HUGE)
    assert of(report, "new_street_width", "street S").value == pytest.approx(8.0)
    assert of(report, "dead_end_length", "street S").verdict == "not_applicable"


def test_a_street_of_which_no_law_speaks_is_undecided() -> None:
    """A book without law on new streets approves none."""
    law = book(without=["lot_area", "frontage", "depth_to_frontage", "new_street_width", "dead_end_length"])
    parts = {"W": box(0, 0, 26, 60), "street S": box(26, 0, 34, 60), "E": box(34, 0, 60, 60)}
    report = divided(land(60, 60), parts, law)
    assert of(report, "no_law.new_street", "street S").missing.kind == "no_law"
    assert report.verdict == "undecided"


def test_a_street_along_an_open_side_is_not_told_to_be_of_an_odd_shape() -> None:
    """Nobody knows what lies beyond its end: not its shape is in doubt, but whether that is a street too."""
    here = land(60, 60)
    around = here.lot.around
    lot = type(here.lot).build(
        "P-1", here.lot.before, streets=around.streets, neighbours=around.neighbours[:2]
    )
    parts = {"W": box(0, 0, 26, 60), "street S": box(26, 0, 34, 60), "E": box(34, 0, 60, 60)}
    finding = of(divided(site(lot), parts, HUGE), "new_street_width", "street S")
    assert (finding.verdict, finding.missing.kind, finding.missing.name) == ("undecided", "fact", "edge")
