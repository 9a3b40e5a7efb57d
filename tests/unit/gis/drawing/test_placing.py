"""A drawing on its parcel: laid by its boundary, turned as its front yard or road says, never mirrored."""

import math

import pytest
import shapely
from shapely import Polygon

from gis import Proposal, assess
from gis.drawing.fitting import Motion, fit_of, fits
from gis.drawing.laying import draft, laid_document, lay
from gis.drawing.placing import compare_with_parcel, place
from gis.errors import DrawingError
from tests.law import plots
from tests.unit.gis.drawing.draughtsman import box, draw, plan

PLOT, FOOT = "PLOT_BOUNDARY", "BLK_1_LVL_0_BLDG_FOOT_PRINT"
YARD, FLOOR = "BLK_1_LVL_0_FRONT_YARD", "BLK_1_FLR_0_BLT_UP_AREA"
SKEW = [(0.0, 0.0), (10.0, 0.0), (11.5, 25.0), (0.0, 23.0)]


def turned(
    points: list[tuple[float, float]], degrees: float, move: tuple[float, float]
) -> list[tuple[float, float]]:
    """Points turned about the origin and moved, as a draughtsman may draw them."""
    motion = Motion(math.radians(degrees), (0.0, 0.0), move)
    return [(x, y) for x, y in shapely.get_coordinates(motion.of(shapely.MultiPoint(points))).tolist()]


@pytest.mark.parametrize("degrees", [0.0, 14.25, 90.0, 180.0, 233.0])
def test_a_plot_without_symmetry_is_laid_in_its_one_way(degrees: float) -> None:
    """However it is turned and moved on its sheet, the plot lies on its parcel to the micrometre."""
    lot = plots.plot(Polygon(SKEW))
    found = place(plan(draw({PLOT: turned(SKEW, degrees, (3000.0, -500.0))})), lot)
    assert (found.standing, found.by, len(found.ways)) == ("placed", "boundary", 1)
    assert found.fit is not None
    assert found.fit.corners < 1e-6
    assert found.fit.area < 1e-4


def test_a_rectangle_is_asked_which_way_it_lies() -> None:
    """A rectangle fits in two ways; without a front yard or a road none of them is taken."""
    found = place(plan(draw({PLOT: box(500, 500, 510, 525)})), plots.plot())
    assert (found.standing, found.fit, len(found.ways)) == ("ambiguous", None, 2)


def test_a_square_is_asked_which_of_four_ways_is_right() -> None:
    """A square fits in four ways."""
    lot = plots.plot(shapely.box(0, 0, 10, 10))
    assert len(place(plan(draw({PLOT: box(500, 500, 510, 510)})), lot).ways) == 4


@pytest.mark.parametrize("degrees", [0.0, 90.0, 180.0])
def test_the_front_yard_says_which_way_a_rectangle_lies(degrees: float) -> None:
    """The front yard of 3 m along one short side comes to lie at the street south of the parcel."""
    drawn = {
        PLOT: turned(box(0, 0, 10, 25), degrees, (700, 90)),
        YARD: turned(box(0, 0, 10, 3), degrees, (700, 90)),
    }
    made = plan(draw(drawn))
    found = place(made, plots.plot())
    assert (found.standing, found.by) == ("placed", "front_yard")
    assert found.fit is not None
    (yard,) = made.of("yard_front")
    assert found.fit.motion.of(yard.polygon).bounds == pytest.approx((0, 0, 10, 3), abs=1e-6)


def test_the_road_says_which_way_a_rectangle_lies() -> None:
    """A road drawn before the north side turns the drawing by half, since the street lies south."""
    drawn = {PLOT: box(0, 0, 10, 25), "NOTIFIED_ROAD": box(-20, 26, 30, 32)}
    found = place(plan(draw(drawn)), plots.plot())
    assert (found.standing, found.by) == ("placed", "road")
    assert found.fit is not None
    assert abs(math.degrees(found.fit.motion.turn)) == pytest.approx(180)


def test_a_front_yard_on_both_short_sides_says_nothing() -> None:
    """Two front yards, one at each end, leave both ways as likely: it is asked."""
    drawn = {PLOT: box(0, 0, 10, 25), YARD: [box(0, 0, 10, 3), box(0, 22, 10, 25)]}
    assert place(plan(draw(drawn)), plots.plot()).standing == "ambiguous"


def test_its_sender_may_say_which_way_is_right() -> None:
    """Each of the ways can be chosen, and one that there is not is refused."""
    made = plan(draw({PLOT: box(500, 500, 510, 525)}))
    assert [place(made, plots.plot(), way).by for way in (0, 1)] == ["said", "said"]
    with pytest.raises(DrawingError, match="2 ways"):
        place(made, plots.plot(), 2)


def test_a_mirrored_plot_does_not_fit() -> None:
    """Seen from behind the skew plot is another one: no mirror is tried, the miss is told."""
    mirrored = [(-x, y) for x, y in SKEW]
    found = place(plan(draw({PLOT: mirrored})), plots.plot(Polygon(SKEW)))
    assert found.fit is None or found.fit.corners > 0.5


def test_a_plot_of_another_size_fits_nowhere() -> None:
    """Nothing is scaled: a plot of 12 × 30 m is not the parcel of 10 × 25 m."""
    found = place(plan(draw({PLOT: box(0, 0, 12, 30)})), plots.plot())
    assert (found.standing, found.fit) == ("fits_nowhere", None)


def test_without_a_plot_nothing_is_placed() -> None:
    """A footprint alone has no place on a parcel."""
    made = plan(draw({FOOT: box(0, 0, 8, 9)}))
    found = place(made, plots.plot())
    assert (found.standing, compare_with_parcel(made, plots.plot(), found)) == ("no_plot", ())


def test_the_drawn_plot_is_compared_with_the_cadastre() -> None:
    """A plot drawn 20 cm too deep has 2 m² more than the parcel and corners off; the strip is shown."""
    made = plan(draw({PLOT: box(0, 0, 10, 25.2), YARD: box(0, 0, 10, 3)}))
    lot = plots.plot()
    area, outline = compare_with_parcel(made, lot, place(made, lot))
    assert (area.verdict, area.declared, area.measured) == ("differs", 250.0, pytest.approx(252.0))
    assert outline.verdict == "differs"
    assert outline.measured == pytest.approx(0.1, abs=0.11)
    assert outline.shape is not None
    assert outline.shape.area == pytest.approx(2.0, abs=0.1)


def test_floors_drawn_apart_are_laid_on_their_footprint() -> None:
    """An L drawn elsewhere and turned by 90° comes to lie on its footprint; residual and turn are told."""
    ell = [(2.0, 5.0), (8.0, 5.0), (8.0, 11.0), (5.0, 11.0), (5.0, 20.0), (2.0, 20.0)]
    (floor,) = lay(plan(draw({FOOT: ell, FLOOR: turned(ell, 90, (400, 100))})))
    assert floor.footprint is not None
    assert floor.footprint.symmetric_difference(Polygon(ell)).area < 1e-4
    (told,) = laid_document([floor])
    assert (told["turned_deg"], told["residual_m"]) == (270.0, 0.0)


def test_a_floor_that_is_no_footprint_is_not_laid() -> None:
    """Where on the roof a stair head of 2 × 4 m stands, its outline does not say."""
    (floor,) = lay(plan(draw({FOOT: box(0, 0, 8, 9), FLOOR: box(100, 0, 102, 4)})))
    assert (floor.footprint, floor.why) == (None, "fits_none")


@pytest.mark.parametrize(("depth", "laid"), [(9.05, True), (9.06, True), (9.12, False)])
def test_a_floor_is_laid_within_the_tolerance_of_lengths(depth: float, laid: bool) -> None:
    """Depths 5 and 6 cm apart are split over both ends and tolerated, 12 cm are 6 at each end and not."""
    (floor,) = lay(plan(draw({FOOT: box(0, 0, 8, 9), FLOOR: box(100, 0, 108, depth)})))
    assert (floor.footprint is not None) == laid


def test_a_drawing_becomes_a_proposal_that_is_judged() -> None:
    """Placed, laid and completed with use, units and heights it is judged: 90 m² on 240 m² of land."""
    house = box(0, 12, 10, 21)
    made = plan(
        draw(
            {PLOT: box(0, 0, 10, 25), YARD: box(0, 0, 10, 3), FOOT: house, FLOOR: turned(house, 0, (300, 0))},
            heights={"BLK_1_FLR_0_HT_ROOM": 2.8},
        )
    )
    site = plots.site()
    placed = place(made, site.lot)
    assert placed.fit is not None
    document = draft(made, lay(made), placed.fit.motion, site.frame.srid)
    assert document is not None
    properties = document["features"][0]["properties"]
    assert properties == {
        "level": 0,
        "kind": "floor",
        "clear_height_m": 2.8,
        "use": None,
        "units": None,
        "floor_height_m": None,
    }
    properties |= {"use": "residential", "units": 1, "floor_height_m": 3.2}
    proposal = Proposal.from_geojson(document, site.frame)
    assert proposal.footprint.area == pytest.approx(90.0, abs=1e-4)
    report = assess(site, proposal, plots.sample_book(), on=plots.DAY)
    coverage = [found.value for found in report.findings if found.measure == "coverage"]
    assert coverage[0] == pytest.approx(90 / 240, abs=1e-6)


def test_no_proposal_is_made_while_a_floor_is_not_laid_or_the_place_is_open() -> None:
    """A proposal of a part of the building would be judged as if it were the whole."""
    whole = {PLOT: box(0, 0, 10, 25), FOOT: box(0, 12, 10, 21), FLOOR: box(300, 12, 310, 21)}
    stay = Motion(0.0, (0.0, 0.0), (0.0, 0.0))
    made = plan(draw(whole))
    assert draft(made, lay(made), None, 32639) is None
    assert draft(made, lay(made), stay, 32639) is not None
    made = plan(draw({**whole, "BLK_1_FLR_1_BLT_UP_AREA": box(400, 0, 402, 4)}))
    assert draft(made, lay(made), stay, 32639) is None


def test_a_best_fit_is_never_worse_than_its_start() -> None:
    """The residual of the best way is at most that of laying side on side by hand."""
    ours, theirs = Polygon(SKEW), shapely.box(0, 0, 10.4, 24.2)
    by_hand = fit_of(Motion(0.0, (5.0, 0.0), (5.2, 0.0)), ours, theirs)
    assert fits(ours, theirs)[0].corners <= by_hand.corners
