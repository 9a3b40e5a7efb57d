"""A drawing sent to the service: read in a process of its own, placed on a parcel, nothing stored."""

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.cli import app as terminal
from api.core.settings import Settings
from api.planning import drawing_process
from gis.drawing.guard import MAX_BYTES
from tests.integration.api.conftest import Person
from tests.integration.api.town import ON
from tests.unit.gis.drawing.draughtsman import box, draw

DXF = {"Content-Type": "application/dxf"}
HOUSE = box(0, 12, 10, 21)
DRAWN = {
    "PLOT_BOUNDARY": box(0, 0, 10, 25),
    "BLK_1_LVL_0_FRONT_YARD": box(0, 0, 10, 3),
    "BLK_1_LVL_0_BLDG_FOOT_PRINT": HOUSE,
    "BLK_1_FLR_0_BLT_UP_AREA": [(x + 300, y) for x, y in HOUSE],
}
PLAN = draw(DRAWN, {"PLAN_INFO": "PLOT_AREA_M2=240"}, {"BLK_1_HT_OF_BLDG": 3.5})


@pytest.fixture(scope="module")
def citizen(as_person: Person) -> httpx.Client:
    """A citizen of the town."""
    return as_person("citizen")


def sent(client: httpx.Client, content: bytes, **asked: object) -> httpx.Response:
    return client.post(
        "/api/drawings", content=content, headers=DXF, params={k: str(v) for k, v in asked.items()}
    )


def test_a_drawing_is_placed_compared_and_becomes_a_proposal_to_judge(citizen: httpx.Client) -> None:
    """The plan of a house lies on P-3 by its front yard; completed, its proposal is judged there."""
    answer = sent(citizen, PLAN, parcel="P-3", on=ON)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["placement"]["standing"], found["placement"]["by"]) == ("placed", "front_yard")
    assert found["placement"]["residual_m"] == 0.0
    differing = [
        (one["fact"], one["declared"]) for one in found["comparisons"] if one["verdict"] == "differs"
    ]
    assert differing == [("plot_area", 240.0)]
    proposal = found["proposal"]
    proposal["features"][0]["properties"] |= {"use": "residential", "units": 1, "floor_height_m": 3.2}
    judged = citizen.post("/api/assessments", json={"parcel": "P-3", "on": ON, "proposal": proposal})
    assert judged.status_code == 200, judged.text
    assert {one["measure"] for one in judged.json()["findings"]} >= {"coverage"}


def test_a_drawing_of_another_plot_is_told_so(citizen: httpx.Client) -> None:
    """A plot of 12 × 30 m is not the parcel of 10 × 25 m: no place, no proposal, and the areas differ."""
    found = sent(citizen, draw({"PLOT_BOUNDARY": box(0, 0, 12, 30)}), parcel="P-3", on=ON).json()
    assert (found["placement"]["standing"], found["proposal"]) == ("fits_nowhere", None)
    assert found["comparisons"][0]["fact"] == "parcel_area"
    assert found["comparisons"][0]["verdict"] == "differs"


def test_without_a_parcel_a_drawing_is_measured_alone(citizen: httpx.Client) -> None:
    """No parcel, no placement and no proposal; everything else is told."""
    found = sent(citizen, PLAN).json()
    assert (found["placement"], found["proposal"], found["plot"]["area_m2"]) == (None, None, 250.0)


@pytest.mark.parametrize(
    ("content", "asked", "status", "code"),
    [
        (b"PK\x03\x04", {}, 422, "drawing.not_dxf"),
        (b"", {}, 422, "drawing.empty"),
        (PLAN[:2000], {}, 422, "drawing.cut_off"),
        (PLAN, {"mapping": "../people"}, 422, "mapping_unknown"),
        (PLAN, {"unit": "furlong"}, 422, "drawing.unit_unknown"),
        (PLAN, {"parcel": "P-99"}, 404, "parcel_unknown"),
        (PLAN, {"parcel": "P-3", "on": ON, "way": 7}, 422, "drawing.way"),
        (b"0\n" * (MAX_BYTES // 2 + 1), {}, 413, "body_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_own_words(
    citizen: httpx.Client, content: bytes, asked: dict, status: int, code: str
) -> None:
    """Each refusal is a problem document that names what was wrong."""
    answer = sent(citizen, content, **asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_of_another_kind_is_refused(citizen: httpx.Client) -> None:
    """A drawing is sent as DXF and not as JSON."""
    assert citizen.post("/api/drawings", json={}).json()["code"] == "dxf_expected"


def test_a_drawing_that_needs_too_much_dies_alone(
    monkeypatch: pytest.MonkeyPatch, citizen: httpx.Client
) -> None:
    """Where the process that reads it dies, the drawing is refused and the service goes on."""
    monkeypatch.setattr(drawing_process, "_PROGRAM", ("-c", "import os; os.abort()"))
    assert sent(citizen, PLAN).json()["code"] == "drawing.too_costly"
    monkeypatch.undo()
    assert sent(citizen, PLAN).status_code == 200


def test_the_terminal_places_a_drawing(town: Settings, tmp_path: Path) -> None:
    """`parvaneh drawing FILE --parcel KEY --json` gives the same placement."""
    path = tmp_path / "plan.dxf"
    path.write_bytes(PLAN)
    arguments = ["drawing", str(path), "--parcel", "P-3", "--on", ON]
    done = CliRunner().invoke(terminal, [*arguments, "--json"], env={"DATABASE_URL": town.database_url})
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["placement"]["standing"] == "placed"
    done = CliRunner().invoke(terminal, arguments, env={"DATABASE_URL": town.database_url})
    assert "The drawing lies on the parcel" in done.stdout
