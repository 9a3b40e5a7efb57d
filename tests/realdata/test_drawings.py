"""The building plans beside the project: six drawings of the eDCR family, one of them corrupt.

All of them declare metres. What is expected here was measured with ezdxf and shapely by hand.
"""

import itertools
import json
import math
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner

from api.cli import app
from api.planning.drawings import mapping_of, read_drawing
from gis import Lot, Street
from gis.drawing.fitting import Motion
from gis.drawing.placing import compare_with_parcel, place
from gis.drawing.plan import read_plan
from gis.drawing.reading import read_sheet
from gis.errors import DrawingError

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def folder(geodata: Path) -> Path:
    """The folder of the drawings."""
    if not (geodata / "dxf").is_dir():
        pytest.skip(f"the drawings are not here: {geodata / 'dxf'}")
    return geodata / "dxf"


def read(folder: Path, name: str) -> dict:
    return read_drawing((folder / name).read_bytes(), mapping_of("edcr"))


def told(found: dict, *verdicts: str) -> list[tuple]:
    """The comparisons with these verdicts: fact, block, level, declared, measured."""
    return [
        (one["fact"], one["block"], one["level"], one["declared"], one["measured"])
        for one in found["comparisons"]
        if one["verdict"] in verdicts
    ]


@pytest.mark.parametrize(
    ("name", "plot", "outlines", "differing"),
    [
        ("Parking-test.dxf", 321.942, 43, 3),
        ("RASHIDA.dxf", 132.313, 11, 1),
        ("mezzanine.dxf", 138.32, 8, 1),
        ("poc__Test10.dxf", 829.358, 22, 2),
        ("poc__1block.dxf", None, 5, 0),
    ],
)
def test_every_sound_drawing_is_read(
    folder: Path, name: str, plot: float | None, outlines: int, differing: int
) -> None:
    """Plot, outlines and differences of each drawing."""
    found = read(folder, name)
    assert (found["plot"] or {}).get("area_m2") == plot
    assert (len(found["shapes"]), found["differences"]) == (outlines, differing)
    assert found["unit"]["name"] == "m"


def test_the_corrupt_drawing_is_refused_at_its_line(folder: Path) -> None:
    """Line 1173 of `poc__1layer.dxf` holds a word where a group code should stand."""
    with pytest.raises(DrawingError) as fault:
        read(folder, "poc__1layer.dxf")
    assert (fault.value.code, fault.value.where) == ("drawing.corrupt", "line 1173")


def test_declared_plot_areas_differ_from_the_drawn_ones(folder: Path) -> None:
    """320, 121.527 and 139.23 m² are declared; 0.6, 8.9 and 0.7 % more or less are drawn."""
    differing = [
        told(read(folder, name), "differs")[0]
        for name in ("Parking-test.dxf", "RASHIDA.dxf", "mezzanine.dxf")
    ]
    assert differing == [
        ("plot_area", None, None, 320.0, 321.942),
        ("plot_area", None, None, 121.527, 132.313),
        ("plot_area", None, None, 139.23, 138.32),
    ]


def test_deductions_on_the_layer_of_another_floor_are_found(folder: Path) -> None:
    """Two shafts in the drawing of floor 2 stand on the layer of floor 1 and would be deducted there."""
    found = read(folder, "Parking-test.dxf")
    assert told(found, "differs")[1:] == [("deduction", 1, 1, 0.0, 1.62), ("deduction", 1, 1, 0.0, 2.316)]


def test_two_outlines_of_one_floor_are_undecided(folder: Path) -> None:
    """RASHIDA draws 55.880 and 62.206 m² on the layer of floor 1 and nothing on that of floor 0."""
    found = read(folder, "RASHIDA.dxf")
    assert [one[:3] for one in told(found, "undecided")] == [("built_area", 1, 1)]
    assert [left["code"] for left in found["left_out"]] == ["no_outline:LINE"]


def test_a_floor_that_covers_more_than_its_footprint_is_found(folder: Path) -> None:
    """Block 1 of Test10 has a floor of 69.647 m² that stands, over a footprint of 64.6 m²."""
    assert told(read(folder, "poc__Test10.dxf"), "differs") == [
        ("covered_area", 1, None, 69.647, 64.6),
        ("built_area", 1, 0, 64.6, 69.647),
    ]


def test_a_footprint_drawn_twice_counts_once_and_an_absent_plot_is_told(folder: Path) -> None:
    """`poc__1block.dxf` has one footprint two times and no boundary."""
    found = read(folder, "poc__1block.dxf")
    assert [(left["code"], left["value"]) for left in found["left_out"]] == [("drawn_twice", 573.6592)]
    assert [one[0] for one in told(found, "undecided")] == ["plot_area"]


def test_floors_drawn_apart_are_laid_on_their_footprints(folder: Path) -> None:
    """Four of the five floors of Parking-test lie on outlines of the site plan to the millimetre.

    Floor 1 is no footprint but the covered area. Where on the roof the stair head of 7.684 m² stands, its
    outline does not say.
    """
    floors = {floor["level"]: floor for floor in read(folder, "Parking-test.dxf")["floors"]}
    assert {level: floor["on"] for level, floor in floors.items() if floor["laid"]} == {
        -1: "BLK_1_BSMNT_FOOT_PRINT",
        0: "BLK_1_LVL_0_BLDG_FOOT_PRINT",
        1: "BLK_1_COVERED_AREA",
        2: "BLK_1_LVL_1_BLDG_FOOT_PRINT",
    }
    assert all(floor["residual_m"] < 0.001 for floor in floors.values() if floor["laid"])
    assert floors[3]["why"] == "fits_none"
    assert [floors[level]["clear_height_m"] for level in (-1, 0, 1, 2)] == [2.45, 4.05, 3.6, 3.6]


@pytest.mark.parametrize("name", ["Parking-test.dxf", "RASHIDA.dxf", "poc__Test10.dxf", "mezzanine.dxf"])
def test_a_drawing_lies_on_a_parcel_of_its_own_outline(folder: Path, name: str) -> None:
    """On a parcel that is its drawn plot, turned by 33°, at a street along its front yard or road, it lies
    again to the millimetre; the rectangle of `mezzanine` is turned the right way by its front setback."""
    plan = read_plan(read_sheet((folder / name).read_bytes()), mapping_of("edcr"))
    assert plan.plot is not None
    turned = Motion(math.radians(33.0), plan.plot.polygon.centroid.coords[0], (500_000.0, 3_900_000.0))
    yard = shapely.union_all([turned.of(shape.polygon) for shape in plan.of("yard_front")])
    parcel = turned.of(plan.plot.polygon)
    front = max(
        (shapely.LineString(side) for side in itertools.pairwise(parcel.exterior.coords)),
        key=lambda side: side.intersection(yard.buffer(0.05)).length,
    )
    axis = shapely.LineString(shapely.offset_curve(front, 4.0 * (-1 if parcel.exterior.is_ccw else 1)))
    street = Street("S", "S", axis, None, 8.0, 8.0, "right_of_way")
    lot = Lot.build("P", parcel, streets=[street], neighbours=[])
    found = place(plan, lot)
    assert found.standing == "placed", found
    assert found.fit is not None
    assert found.fit.corners < 0.001
    assert math.degrees(found.fit.motion.turn) == pytest.approx(33.0, abs=0.01)
    assert [one.verdict for one in compare_with_parcel(plan, lot, found)] == ["agrees", "agrees"]


def test_the_terminal_reads_a_drawing(folder: Path) -> None:
    """`parvaneh drawing FILE --json` prints all that is read; a corrupt file is one line and status 1."""
    done = CliRunner().invoke(app, ["drawing", str(folder / "RASHIDA.dxf"), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(json.dumps(read(folder, "RASHIDA.dxf")))
    done = CliRunner().invoke(app, ["drawing", str(folder / "poc__1layer.dxf")])
    assert done.exit_code == 1
    assert "line 1173" in done.output
