"""A drawing becomes a plan in metres: units checked, arcs kept, whatever is left out told."""

import math

import pytest
from ezdxf.math import Matrix44

from gis.drawing.mapping import Mapping
from gis.drawing.plan import LeftOut, read_plan
from gis.drawing.reading import read_sheet
from gis.errors import DrawingError
from tests.unit.gis.drawing.draughtsman import EDCR, box, content, draw, paper, plan

PLOT = "PLOT_BOUNDARY"
FOOT = "BLK_1_LVL_0_BLDG_FOOT_PRINT"


def refused(dxf: bytes, **more: object) -> DrawingError:
    with pytest.raises(DrawingError) as fault:
        plan(dxf, **more)
    return fault.value


def test_a_drawing_in_metres_is_measured_in_metres() -> None:
    """A plot of 10 × 25 units that declares metres has 250 m², and its declared area agrees with the unit."""
    made = plan(draw({PLOT: box(0, 0, 10, 25)}, {"PLAN_INFO": "PLOT_AREA_M2=250"}))
    assert made.plot is not None
    assert made.plot.area == 250.0
    assert (made.unit.name, made.unit.agreeing) == ("m", ("declared plot area",))


@pytest.mark.parametrize(
    ("code", "unit", "metres"), [(1, "in", 0.0254), (2, "ft", 0.3048), (4, "mm", 0.001), (5, "cm", 0.01)]
)
def test_every_unit_of_building_drawings_is_read(code: int, unit: str, metres: float) -> None:
    """A plot of 250 m² has 250 m² in whatever unit it is drawn and declared."""
    drawn = box(0, 0, 10 / metres, 25 / metres)
    made = plan(draw({PLOT: drawn}, {"PLAN_INFO": "PLOT_AREA_M2=250"}, unit=code))
    assert made.plot is not None
    assert made.unit.name == unit
    assert made.plot.area == pytest.approx(250.0, abs=1e-6)


def test_declared_in_feet_and_drawn_in_inches_is_refused_with_both_names() -> None:
    """The file that the issue speaks of is made here: 30 × 40 ft, drawn as 360 × 480, declared as feet."""
    fault = refused(draw({PLOT: box(0, 0, 360, 480)}, {"PLAN_INFO": "PLOT_AREA_M2=111.484"}, unit=2))
    assert fault.code == "drawing.units_disagree"
    assert (fault.values["declared"], fault.values["drawn"]) == ("ft", ["in"])


def test_its_sender_may_say_which_unit_is_true_and_the_plan_tells_it() -> None:
    """The same file, said to be in inches: 1,200 square feet are 111.484 m², and `said` is told."""
    dxf = draw({PLOT: box(0, 0, 360, 480)}, {"PLAN_INFO": "PLOT_AREA_M2=111.484"}, unit=2)
    made = plan(dxf, unit="in")
    assert made.plot is not None
    assert made.plot.area == pytest.approx(111.4836, abs=1e-3)
    assert made.unit.said
    assert refused(dxf, unit="mm").code == "drawing.units_disagree"


def test_the_parcel_of_the_cadastre_is_a_witness_of_the_unit() -> None:
    """A plot of 1,000 × 2,500 «metres» is that of a parcel of 250 m² in centimetres."""
    dxf = draw({PLOT: box(0, 0, 1000, 2500)})
    assert plan(dxf).unit.agreeing == ()
    assert refused(dxf, parcel_area=250.0).values["drawn"] == ["cm"]


def test_parking_spaces_are_a_witness_of_the_unit() -> None:
    """A parking space of 2500 × 5000 «metres» is drawn in millimetres."""
    dxf = draw({PLOT: box(0, 0, 10000, 25000), "PARKING_SLOT": box(0, 0, 2500, 5000)})
    assert refused(dxf).values["drawn"] == ["mm"]


def test_a_drawing_without_a_unit_is_asked_for_it() -> None:
    """$INSUNITS 0 says nothing; what the declared area makes likely is named and not taken."""
    fault = refused(draw({PLOT: box(0, 0, 1000, 2500)}, {"PLAN_INFO": "PLOT_AREA_M2=250"}, unit=None))
    assert (fault.code, fault.values["likely"]) == ("drawing.unit_missing", ["cm"])


def test_a_unit_in_which_nothing_is_built_is_refused() -> None:
    """Light years (18) are no unit of a building plan."""
    assert refused(draw({PLOT: box(0, 0, 10, 25)}, unit=18)).code == "drawing.unit_unknown"


def test_a_plot_area_that_fits_no_unit_is_a_difference_and_no_unit() -> None:
    """Declared 500 m² and drawn 250: no unit is half of another in area; the unit stands unproved."""
    made = plan(draw({PLOT: box(0, 0, 10, 25)}, {"PLAN_INFO": "PLOT_AREA_M2=500"}))
    assert (made.unit.agreeing, made.unit.silent) == ((), ("declared plot area",))


def test_arcs_are_measured_as_arcs() -> None:
    """A circle of 5 m drawn as two half circles has 25π m², within the error of its chords."""
    made = plan(draw({PLOT: [(-5.0, 0.0, 1.0), (5.0, 0.0, 1.0)]}))
    assert made.plot is not None
    assert made.plot.area == pytest.approx(25 * math.pi, abs=2 * math.pi * 5 * 0.001)


def test_an_outline_that_is_not_closed_is_told_and_not_closed() -> None:
    """Three sides of a plot are no plot: the gap of 25 m between its ends is told."""
    made = plan(draw({PLOT: [(0, 0), (10, 0), (10, 25), (0, 25)]}, closed=False))
    assert made.plot is None
    assert made.left_out == (LeftOut("open", PLOT, value=25.0),)


def test_an_outline_whose_last_corner_is_its_first_is_closed() -> None:
    """Whoever ends where they began has closed the outline, with or without the flag."""
    made = plan(draw({PLOT: [*box(0, 0, 10, 25), (0, 0)]}, closed=False))
    assert made.plot is not None
    assert made.plot.area == 250.0


def test_an_outline_that_crosses_itself_is_told_and_not_repaired() -> None:
    """A bow tie has no area that anybody can tell."""
    made = plan(draw({PLOT: [(0, 0), (10, 25), (10, 0), (0, 25)]}))
    assert (made.plot, made.left_out) == (None, (LeftOut("crosses_itself", PLOT),))


def test_an_outline_drawn_twice_counts_once() -> None:
    """Two identical footprints, the second from another corner, are one footprint."""
    twice = [box(0, 0, 8, 9), [(8.0, 9.0), (0.0, 9.0), (0.0, 0.0), (8.0, 0.0)]]
    made = plan(draw({PLOT: box(0, 0, 10, 25), FOOT: twice}))
    assert len(made.of("footprint")) == 1
    assert made.left_out == (LeftOut("drawn_twice", FOOT, value=72.0),)


def test_layers_that_nobody_knows_are_listed() -> None:
    """What stands on a layer of no mapping is counted and named."""
    made = plan(draw({PLOT: box(0, 0, 10, 25), "دیوار": box(0, 0, 1, 1)}))
    assert made.unknown_layers == (("دیوار", 1),)


def test_a_drawing_without_one_known_layer_is_refused() -> None:
    """Its layers are named, so that a mapping can be written."""
    fault = refused(draw({"WALLS": box(0, 0, 10, 25)}))
    assert (fault.code, fault.values["layers"]) == ("drawing.no_layer_known", ["WALLS"])


def test_an_outline_within_a_block_stands_where_the_block_is_inserted() -> None:
    """Turned by 90°, moved, on layer 0 of its block: the plot of the layer on which it is inserted."""
    drawing = paper()
    drawing.blocks.new("LAND").add_lwpolyline(box(0, 0, 10, 25), close=True, dxfattribs={"layer": "0"})
    drawing.modelspace().add_blockref("LAND", (100, 50), dxfattribs={"layer": PLOT, "rotation": 90})
    made = plan(content(drawing))
    assert made.plot is not None
    assert made.plot.polygon.bounds == pytest.approx((75.0, 50.0, 100.0, 60.0))


def test_an_outline_seen_from_below_is_turned_over() -> None:
    """An entity of a mirrored drawing has its normal downwards: x runs the other way, arcs too."""
    drawing = paper()
    corners = [(0.0, 0.0, 0.0), (10.0, 0.0, 0.5), (10.0, 25.0, 0.0), (0.0, 25.0, 0.0)]
    line = drawing.modelspace().add_lwpolyline(corners, format="xyb", close=True, dxfattribs={"layer": PLOT})
    upright = plan(content(drawing)).plot
    line.transform(Matrix44.scale(-1, 1, 1))
    mirrored = plan(content(drawing)).plot
    assert upright is not None
    assert mirrored is not None
    assert mirrored.area == pytest.approx(upright.area, abs=1e-9)
    assert mirrored.polygon.bounds[0] == pytest.approx(-upright.polygon.bounds[2])


def test_figures_are_read_in_either_language() -> None:
    """«۲۵۰٫۵» is 250.5, and «NA» declares nothing."""
    made = plan(draw({PLOT: box(0, 0, 10, 25)}, {"PLAN_INFO": "PLOT_AREA_M2=۲۵۰٫۵\\PAVG_PLOT_DEPTH=NA"}))
    assert [(said.fact, said.value) for said in made.declared] == [("plot_area", 250.5)]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('role = "plots"', "layer[0].role"),
        ('role = "plot"\nlevel = "one"', "layer[0].level"),
        ('role = "plot"\n[[declared]]\nkey = "A"\nfact = "volume"', "declared[0].fact"),
    ],
)
def test_a_mapping_with_a_fault_is_refused_at_its_place(line: str, where: str) -> None:
    """What a mapping may not say is refused with the place at which it stands."""
    head = 'id = "x"\ntitle = {fa = "x", en = "x"}\n[tolerance]\narea = {value = 0, cite = "x"}\n'
    with pytest.raises(DrawingError) as fault:
        Mapping.parse(f'{head}length = {{value = 0, cite = "x"}}\n[[layer]]\nname = "P"\n{line}')
    assert (fault.value.code, fault.value.where) == ("drawing.mapping", where)


def test_a_layer_name_is_no_pattern_of_its_own() -> None:
    """Signs of a pattern in a layer's name are signs: «P.+» is that name and no other."""
    head = 'id = "x"\ntitle = {fa = "x", en = "x"}\n[tolerance]\narea = {value = 0, cite = "x"}\n'
    made = Mapping.parse(f'{head}length = {{value = 0, cite = "x"}}\n[[layer]]\nname = "P.+"\nrole = "plot"')
    assert made.place("P.+") is not None
    assert made.place("Pxx") is None


def test_the_same_file_makes_the_same_plan() -> None:
    """Nothing in a plan depends on when it is read."""
    dxf = draw({PLOT: box(0, 0, 10, 25), FOOT: box(1, 1, 9, 9)}, {"PLAN_INFO": "PLOT_AREA_M2=250"})
    assert read_plan(read_sheet(dxf), EDCR) == read_plan(read_sheet(dxf), EDCR)
