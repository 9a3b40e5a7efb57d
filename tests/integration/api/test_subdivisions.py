"""Judging a division of a parcel: what is answered, what is refused, and that nothing is stored."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from sqlalchemy import Engine, text

from api.core.settings import Settings
from api.core.wire import BODY_LIMIT
from tests.integration.api.test_cli import run
from tests.integration.api.town import EAST, FRAME, NORTH, ON, box

HALVES = {"A": box(20, 1, 25, 25), "B": box(25, 1, 30, 25)}
"""P-3 after its widening, cut along its middle."""


def piece(name: Any, shape: shapely.Polygon, **properties: Any) -> dict[str, Any]:
    """A piece as a feature."""
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(shapely.normalize(shape)),
        "properties": {"name": name} | properties,
    }


def division(pieces: dict[str, shapely.Polygon] = HALVES, **more: Any) -> dict[str, Any]:
    """A division into these pieces, in the city's frame."""
    document = {"type": "FeatureCollection", "srid": 32639, "subdivision": {"existing": "demolish"}}
    return document | {"features": [piece(name, shape) for name, shape in pieces.items()]} | more


def ask(client: httpx.Client, document: Any, parcel: str = "P-3", on: str = ON) -> httpx.Response:
    """One assessment of a division."""
    return client.post("/api/subdivisions/assess", json={"parcel": parcel, "on": on, "subdivision": document})


def found(report: dict[str, Any], provision: str, name: str) -> dict[str, Any]:
    """The finding of a provision on a piece."""
    (one,) = (f for f in report["findings"] if (f["provision"], f["subject"]["ref"]) == (provision, name))
    return one


def test_each_piece_is_judged_and_told_by_its_name(visitor: httpx.Client) -> None:
    """Two halves of 5 × 24 m: 120 m² each where 120 are asked, and too narrow a front."""
    report = ask(visitor, division()).json()
    area = found(report, "piece.lot_area", "A")
    assert (area["verdict"], area["value"], area["limit"]) == ("complies", 120.0, 120.0)
    assert area["subject"] == {"kind": "piece", "ref": "A"}
    assert area["text"]["en"].startswith("Piece “A”: the area is 120 m²")
    assert found(report, "piece.frontage", "B")["verdict"] == "violates"
    assert report["verdict"] == "violates"
    assert [(p["name"], p["street"], p["verdict"]) for p in report["pieces"]] == [
        ("A", False, "violates"),
        ("B", False, "violates"),
    ]
    assert report["pieces"][0]["area"]["after_m2"] == 120.0
    assert report["pieces"][0]["geometry"]["type"] == "Polygon"
    assert report["parcel"] == "P-3"


def test_degrees_give_the_same_report(visitor: httpx.Client) -> None:
    """In longitude and latitude the verdicts are the same: a hair of difference is within the survey."""
    degrees = {name: FRAME.to_wgs84(shape) for name, shape in HALVES.items()}
    metres, moved = (ask(visitor, document).json() for document in (division(), division(degrees, srid=4326)))
    assert [f["verdict"] for f in metres["findings"]] == [f["verdict"] for f in moved["findings"]]


def test_a_gap_is_shown_on_the_map(visitor: httpx.Client) -> None:
    """Half a metre between the pieces is 12 m² of land in no piece, drawn in the report."""
    report = ask(visitor, division(HALVES | {"B": box(25.5, 1, 30, 25)})).json()
    gap = next(f for f in report["findings"] if f["provision"] == "subdivision.gap")
    assert (gap["verdict"], gap["value"]) == ("violates", 12.0)
    assert gap["evidence"][0]["role"] == "excess"


def test_a_parcel_whose_zone_has_no_law_on_dividing_is_undecided(visitor: httpx.Client) -> None:
    """P-5 lies half in G111, of which the book does not speak."""
    pieces = {"A": box(40, 1, 45, 25), "B": box(45, 1, 50, 25)}
    report = ask(visitor, division(pieces), parcel="P-5").json()
    assert any(f["reason"] == "no_law" for f in report["findings"])


REFUSED: list[tuple[str, Any, str, str]] = [
    ("one piece", division({"A": HALVES["A"]}), "proposal.no_pieces", "/features"),
    ("no piece", division({}), "proposal.no_pieces", "/features"),
    (
        "one name twice",
        division() | {"features": [piece("A", shape) for shape in HALVES.values()]},
        "proposal.repeated_name",
        "/features/1/properties/name",
    ),
    (
        "no name",
        division() | {"features": [piece(None, HALVES["A"])]},
        "proposal.missing_property",
        "/features/0",
    ),
    (
        "an empty name",
        division({" ": HALVES["A"]}),
        "proposal.missing_property",
        "/features/0/properties/name",
    ),
    ("a long name", division({"x" * 61: HALVES["A"]}), "proposal.missing_property", "/features/0/properties"),
    ("an unknown frame", division(srid=3857), "proposal.srid", "/srid"),
    ("no collection", {"type": "Feature"}, "proposal.not_a_collection", ""),
    ("an empty document", {}, "proposal.not_a_collection", ""),
    ("no list", division(features={}), "proposal.not_a_list", "/features"),
    ("no feature", division(features=[1, 2]), "proposal.not_a_feature", "/features/0"),
    (
        "a level",
        division(features=[piece("A", HALVES["A"], level=0)]),
        "proposal.unknown_property",
        "/features/0",
    ),
    (
        "a street in words",
        division(features=[piece("A", HALVES["A"], street="yes")]),
        "proposal.not_a_boolean",
        "/f",
    ),
    ("an unknown word", division(subdivision={"existing": "burn"}), "proposal.unknown_word", "/subdivision"),
    ("an unknown fact", division(subdivision={"deed": True}), "proposal.unknown_property", "/subdivision"),
    (
        "other land",
        division({"A": box(900, 0, 910, 20), "B": box(910, 0, 920, 20)}),
        "proposal.off_parcel",
        "/",
    ),
    (
        "a bow tie",
        division(
            {
                "A": shapely.Polygon(
                    [(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)]
                )
            }
        ),
        "proposal.self_crossing",
        "/features/0/geometry",
    ),
    (
        "two parts",
        division({"A": shapely.union_all([box(20, 1, 22, 9), box(24, 1, 25, 9)])}),
        "proposal.not_a_polygon",
        "/",
    ),
    (
        "201 pieces",
        division(features=[piece(str(n), HALVES["A"]) for n in range(201)]),
        "proposal.too_many_masses",
        "/",
    ),
    (
        "4,001 vertices",
        division(
            features=[
                piece("A", HALVES["A"])
                | {"geometry": {"type": "Polygon", "coordinates": [[[EAST, NORTH]] * 4_001]}}
            ]
        ),
        "proposal.too_many_vertices",
        "/features/0/geometry",
    ),
]


@pytest.mark.parametrize(
    ("document", "code", "where"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_bad_pieces_are_refused_with_their_place(
    visitor: httpx.Client, document: dict[str, Any], code: str, where: str
) -> None:
    """Each is a 422 whose `where` points into the owner's own document."""
    answer = ask(visitor, document)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, code), answer.text
    assert problem["where"].startswith(where)
    assert problem["detail"].endswith(".")


def sent(part: str, instead: str) -> bytes:
    """The text of a good request with one part replaced."""
    good = json.dumps({"parcel": "P-3", "on": ON, "subdivision": division()})
    assert part in good
    return good.replace(part, instead, 1).encode()


RING = ",".join("[560020.123,3800001.456]" for _ in range(200_000))
BROKEN = [
    ("NaN", sent("560020.0", "NaN"), 422, "number_not_finite"),
    ("1e999", sent("560020.0", "1e999"), 422, "number_not_finite"),
    ("1e300", sent("560020.0", "1e300"), 422, "proposal.not_finite"),
    ("1e299", sent("560020.0", "1e299"), 422, "proposal.out_of_range"),
    ("a NUL in a name", sent('"A"', '"A\\u0000"'), 422, "text_unreadable"),
    ("a new line in a name", sent('"A"', '"A\\n"'), 422, "proposal.missing_property"),
    ("an unknown parcel", sent('"P-3"', '"P-999"'), 404, "parcel_unknown"),
    ("the day before the first law", sent(ON, "2024-03-19"), 422, "law.not_formalised"),
    ("an unknown member", sent('"parcel"', '"plot": 1, "parcel"'), 422, "input_invalid"),
    (
        "200,000 vertices",
        sent("[[560020.0", "[[" + RING + ",[560020.0").replace(b"[[[[", b"[[["),
        413,
        "body_too_large",
    ),
    ("too large", b" " * (BODY_LIMIT + 1), 413, "body_too_large"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_bad_body_is_refused_with_its_code(
    visitor: httpx.Client, body: bytes, status: int, code: str
) -> None:
    """Whatever is sent, the answer is a problem document with a code, never a 500."""
    answer = visitor.post(
        "/api/subdivisions/assess", content=body, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_nothing_is_stored(visitor: httpx.Client, owner: Engine) -> None:
    """A judgement of a division leaves no assessment behind."""
    with owner.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM planning.assessment")).scalar_one()
    assert ask(visitor, division()).status_code == 200
    with owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM planning.assessment")).scalar_one() == before


def test_the_terminal_prints_what_the_service_answers(
    town: Settings, visitor: httpx.Client, tmp_path: Path
) -> None:
    """`parvaneh subdivide` prints the report of the service, byte for byte; for people, in lines."""
    path = tmp_path / "pieces.geojson"
    path.write_text(json.dumps(division()))
    arguments = ("subdivide", "--parcel", "P-3", "--pieces", str(path), "--on", ON)
    done = run(town, *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == ask(visitor, division()).text
    lines = run(town, *arguments).stdout.splitlines()
    assert lines[0] == f"P-3 on {ON}: violates (little)"
    assert any("Piece “A”" in line for line in lines)
    path.write_text(json.dumps(division({"A": HALVES["A"]})))
    refused = run(town, *arguments)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "[proposal.no_pieces]" in refused.stderr
