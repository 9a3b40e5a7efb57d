"""What a drawing declares beside what it measures: at the tolerance they agree, a step beyond they differ."""

import pytest
import shapely

from gis.drawing.comparison import Comparison, compare
from gis.drawing.document import plan_document
from tests.unit.gis.drawing.draughtsman import box, content, draw, measure, paper, plan

PLOT = box(0, 0, 10, 25)
FOOT = "BLK_1_LVL_0_BLDG_FOOT_PRINT"


def found(dxf: bytes, fact: str) -> Comparison:
    """The only comparison of a fact."""
    (one,) = [made for made in compare(plan(dxf)) if made.fact == fact]
    return one


@pytest.mark.parametrize(
    ("declared", "verdict"),
    [("250", "agrees"), ("248.75", "agrees"), ("248.748", "differs"), ("121", "differs")],
)
def test_the_plot_area_within_half_a_per_cent_agrees(declared: str, verdict: str) -> None:
    """Drawn 250 m²: half a per cent are 1.25 m², which 248.75 keeps exactly and 248.748 does not."""
    made = found(draw({"PLOT_BOUNDARY": PLOT}, {"PLAN_INFO": f"PLOT_AREA_M2={declared}"}), "plot_area")
    assert (made.verdict, made.measured, made.declared) == (verdict, 250.0, float(declared))
    assert (made.shape is not None) == (verdict == "differs")


def test_a_plot_that_is_not_drawn_is_undecided() -> None:
    """A declared area proves nothing where there is no boundary."""
    made = found(draw({FOOT: box(0, 0, 8, 9)}, {"PLAN_INFO": "PLOT_AREA_M2=250"}), "plot_area")
    assert (made.verdict, made.declared, made.measured) == ("undecided", None, None)


def test_two_plots_are_undecided() -> None:
    """Of two boundaries nobody can tell which is the plot."""
    assert found(draw({"PLOT_BOUNDARY": [PLOT, box(50, 0, 60, 25)]}), "plot_area").verdict == "undecided"


def test_a_floor_may_be_smaller_than_its_footprint_and_not_larger() -> None:
    """A floor of 72 m² over a footprint of 72 m² or more agrees, over one of 70 m² it differs."""
    floor = {"BLK_1_FLR_0_BLT_UP_AREA": box(100, 0, 108, 9), "PLOT_BOUNDARY": PLOT}
    for depth, verdict in ((9, "agrees"), (20, "agrees"), (8.75, "differs")):
        made = found(draw({**floor, FOOT: box(0, 0, 8, depth)}), "built_area")
        assert (made.verdict, made.measured) == (verdict, 72.0)


def test_two_outlines_of_one_floor_are_undecided() -> None:
    """Which of two areas on the layer of one floor is that floor, nobody can tell."""
    floors = [box(100, 0, 108, 9), box(200, 0, 207, 8)]
    made = found(draw({"BLK_1_FLR_1_BLT_UP_AREA": floors, FOOT: box(0, 0, 8, 9)}), "built_area")
    assert made.verdict == "undecided"


def test_a_deduction_outside_its_floor_differs_by_the_part_outside() -> None:
    """Of a stairwell of 2 × 4 m that stands half outside its floor 4 m² are shown as too much."""
    made = found(
        draw(
            {
                "BLK_1_FLR_0_BLT_UP_AREA": box(0, 0, 8, 9),
                "BLK_1_FLR_0_BLT_UP_AREA_DEDUCT": box(7, 0, 9, 4),
                FOOT: box(0, 0, 8, 9),
            }
        ),
        "deduction",
    )
    assert made.verdict == "differs"
    assert made.shape is not None
    assert made.shape.equals(shapely.box(8, 0, 9, 4))


def test_a_footprint_that_leaves_the_plot_differs_by_what_is_outside() -> None:
    """A footprint that reaches half a metre over the boundary is shown with those 4.5 m²."""
    made = found(draw({"PLOT_BOUNDARY": PLOT, FOOT: box(2, 0, 10.5, 9)}), "on_plot")
    assert made.verdict == "differs"
    assert made.shape is not None
    assert made.shape.area == pytest.approx(4.5)


def test_covered_area_and_footprints_are_shown_where_they_differ() -> None:
    """A covered area that leaves out a strip of the footprint shows that strip."""
    drawn = {FOOT: box(0, 0, 8, 9), "BLK_1_COVERED_AREA": box(0, 0, 8, 8)}
    made = found(draw(drawn), "covered_area")
    assert made.verdict == "differs"
    assert made.shape is not None
    assert made.shape.equals(shapely.box(0, 8, 8, 9))


@pytest.mark.parametrize(("second", "verdict"), [(3.6, "agrees"), (3.65, "agrees"), (3.6502, "differs")])
def test_rooms_that_are_higher_than_their_building_differ(second: float, verdict: str) -> None:
    """Rooms in a building of 7 m: 7.05 m of them are tolerated, a fifth of a millimetre more is not."""
    heights = {"BLK_1_HT_OF_BLDG": 7.0, "BLK_1_FLR_0_HT_ROOM": 3.4, "BLK_1_FLR_1_HT_ROOM": second}
    assert found(draw({FOOT: box(0, 0, 8, 9)}, heights=heights), "rooms").verdict == verdict


def test_a_height_that_is_written_over_its_dimension_is_compared_with_the_drawing() -> None:
    """A dimension of 9 m over which 7.5 is written differs; one without a text says nothing."""
    drawing = paper()
    model = drawing.modelspace()
    model.add_lwpolyline(box(0, 0, 8, 9), close=True, dxfattribs={"layer": FOOT})
    measure(model, "BLK_1_FLR_0_HT_ROOM", 3.0)
    measure(model, "BLK_1_HT_OF_BLDG", 9.0, text="7.5")
    made = found(content(drawing), "written")
    assert (made.verdict, made.declared, made.measured) == ("differs", 7.5, pytest.approx(9.0))


def test_a_text_over_a_dimension_that_is_no_number_is_undecided() -> None:
    """«see section» declares no height."""
    drawing = paper()
    model = drawing.modelspace()
    model.add_lwpolyline(box(0, 0, 8, 9), close=True, dxfattribs={"layer": FOOT})
    measure(model, "BLK_1_HT_OF_BLDG", 9.0, text="see section")
    assert found(content(drawing), "written").verdict == "undecided"


def test_the_height_of_a_yard_is_compared_with_the_building() -> None:
    """The yard of the top level states the building's height: 9 and 9.05 m agree, 9 and 9.06 m do not."""
    yard = {"BLK_1_LVL_0_FRONT_YARD": box(0, 0, 8, 3), FOOT: box(0, 3, 8, 9)}
    for height, verdict in ((9.05, "agrees"), (9.06, "differs")):
        dxf = draw(yard, {"BLK_1_LVL_0_FRONT_YARD": "HEIGHT_N=9"}, {"BLK_1_HT_OF_BLDG": height})
        assert found(dxf, "yard_height").verdict == verdict


def test_every_comparison_is_told_in_both_languages_with_both_numbers() -> None:
    """A reader finds what is declared, what is measured and by how much they differ."""
    dxf = draw({"PLOT_BOUNDARY": PLOT}, {"PLAN_INFO": "PLOT_AREA_M2=121.5"})
    (told,) = plan_document(plan(dxf))["comparisons"]
    assert told["text"] == {
        "fa": "مساحت زمین در متن نقشه ۱۲۱٫۵ متر مربع و در مرز ترسیم‌شدهٔ زمین ۲۵۰ متر مربع است؛ "
        "اختلاف ۱۲۸٫۵ متر مربع و رواداری ۱٫۲۵ متر مربع است.",
        "en": "The plot area by the text of the drawing is 121.5 m², by the drawn boundary 250 m². "
        "They differ by 128.5 m²; 1.25 m² would be tolerated.",
    }
