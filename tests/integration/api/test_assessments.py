"""Judging a proposal: what is answered, what is refused, and that nothing is stored."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from sqlalchemy import Engine, text

from api.core.wire import BODY_LIMIT, write_json
from api.planning.service import judge
from tests.integration.api.conftest import Person
from tests.integration.api.town import EAST, FRAME, NORTH, ON, add_building, box, proposal, storey


def ask(client: httpx.Client, document: Any, parcel: str = "P-3", on: str = ON) -> httpx.Response:
    """One assessment."""
    return client.post("/api/assessments", json={"parcel": parcel, "on": on, "proposal": document})


def send(client: httpx.Client, body: bytes) -> httpx.Response:
    """A body as it is."""
    return client.post("/api/assessments", content=body, headers={"content-type": "application/json"})


def on_p3(south: float = 1, north: float = 13, **properties: Any) -> dict[str, Any]:
    """A storey over the whole width of P-3, between these distances from its southern line."""
    return storey(box(20, south, 30, north), **properties)


def verdicts(report: dict[str, Any]) -> dict[str, str]:
    """The verdict of each provision; several subjects of one provision by the worst."""
    order = ["not_applicable", "complies", "undecided", "violates"]
    found: dict[str, str] = {}
    for finding in report["findings"]:
        before = found.get(finding["provision"], "not_applicable")
        found[finding["provision"]] = max(before, finding["verdict"], key=order.index)
    return found


def test_coverage_exactly_at_the_limit_complies(visitor: httpx.Client) -> None:
    """P-3 keeps 240 m² of 250 after widening; 10 × 14.4 m = 144 m² is exactly 60 %."""
    report = ask(visitor, proposal(on_p3(1, 15.4))).json()
    assert report["area"] == {"before_m2": 250.0, "loss_m2": 10.0, "after_m2": 240.0}
    assert report["verdict"] == "complies"
    coverage = next(f for f in report["findings"] if f["measure"] == "coverage")
    assert (coverage["value"], coverage["limit"], coverage["margin"]) == (0.6, 0.6, 0.0)


def test_a_hand_beyond_the_limit_violates_and_shows_where(visitor: httpx.Client) -> None:
    """10 cm more depth is 145 m²: coverage violates, and the report is cited."""
    report = ask(visitor, proposal(on_p3(1, 15.5))).json()
    assert report["verdict"] == "violates"
    coverage = next(f for f in report["findings"] if f["measure"] == "coverage")
    assert coverage["verdict"] == "violates"
    assert coverage["cite"]["ref"] == "L-1#2"
    assert coverage["text"]["fa"]
    assert coverage["text"]["en"]


def test_a_rear_setback_of_299_cm_violates_with_its_witness_line(visitor: httpx.Client) -> None:
    """The rear line is at 25 m: a building to 22.01 m leaves 2.99 m of 3 m, shown by a line."""
    report = ask(visitor, proposal(on_p3(8, 22.01))).json()
    setback = next(f for f in report["findings"] if f["measure"] == "setback")
    assert (setback["verdict"], setback["value"], setback["limit"]) == ("violates", 2.99, 3.0)
    witness = next(e for e in setback["evidence"] if e["role"] == "witness")
    assert witness["geometry"]["type"] == "LineString"
    assert witness["label"] == {
        "value": 2.99, "limit": 3.0, "relation": "at_least", "unit": "m",
    }  # fmt: skip


def test_the_same_drawing_in_degrees_gives_the_same_verdicts(visitor: httpx.Client) -> None:
    """Coordinates in EPSG:4326 are moved into the city's frame before anything is measured."""
    metric = proposal(on_p3(1, 13))
    outline = FRAME.to_wgs84(box(20, 1, 30, 13))
    degrees = proposal(storey(outline), srid=4326)
    first, second = (ask(visitor, document).json() for document in (metric, degrees))
    assert verdicts(first) == verdicts(second)
    assert second["verdict"] == "complies"


def test_a_zone_without_law_is_undecided_never_a_default(visitor: httpx.Client) -> None:
    """P-6's zone G111 has no provision in the book: undecided for want of law, never complies."""
    report = ask(visitor, proposal(storey(box(50, 1, 60, 13))), parcel="P-6").json()
    assert report["verdict"] == "undecided"
    layers = {"overlays", "buildings"}
    assert {f["reason"] for f in report["findings"] if f["missing"]["name"] not in layers} == {"no_law"}


def test_a_building_that_stands_there_is_never_passed_over(visitor: httpx.Client) -> None:
    """A house of 140 m² stands on P-1: not said what becomes of it, the answer is open and shows it; to be
    demolished, a note says who must see it done; kept, a person must judge."""
    asked = {}
    for existing in (None, "demolish", "keep"):
        document = proposal(storey(box(0, 1, 10, 13)))
        document["proposal"] |= {"existing": existing}
        asked[existing] = ask(visitor, document, parcel="P-1").json()
    assert [asked[said]["verdict"] for said in asked] == ["undecided", "complies", "undecided"]
    found = {
        said: next(f for f in report["findings"] if f["provision"] == "existing_buildings")
        for said, report in asked.items()
    }
    assert [f["verdict"] for f in found.values()] == ["undecided", "not_applicable", "undecided"]
    assert [f["reason"] for f in found.values()] == ["fact", None, "judgement"]
    for finding in found.values():
        (shown,) = finding["evidence"]
        assert (shown["role"], shown["label"]["value"], shown["label"]["unit"]) == ("footprint", 140.0, "m2")
    assert found[None]["missing"]["who"]["en"] == "the applicant"


@pytest.mark.parametrize("claimed", [None, "GONE-1"])
def test_a_house_on_two_lots_that_no_parcel_claims_is_neither_owners_to_demolish(
    visitor: httpx.Client, owner: Engine, claimed: str | None
) -> None:
    """200 m² on P-2 and P-3 without a parcel, or with one that ended: to demolish is neither word."""
    with owner.begin() as connection:
        add_building(connection, "B-ACROSS", box(10, 15, 30, 25), claimed)
    try:
        for parcel, west in (("P-2", 10), ("P-3", 20)):
            document = proposal(storey(box(west, 1, west + 10, 13)))
            document["proposal"] |= {"existing": "demolish"}
            report = ask(visitor, document, parcel=parcel).json()
            (finding,) = [f for f in report["findings"] if f["provision"] == "encroaching_buildings"]
            assert (report["verdict"], finding["reason"]) == ("undecided", "judgement")
            assert finding["evidence"][0]["label"]["value"] == 100.0
            shown = visitor.get(f"/api/parcels/{parcel}", params={"on": ON}).json()["buildings"]
            assert [b["key"] for b in shown] == ["B-ACROSS"]
    finally:
        with owner.begin() as connection:
            connection.execute(text("DELETE FROM cadastre.building WHERE key = 'B-ACROSS'"))


def test_an_overlay_without_law_keeps_a_lawful_building_undecided(visitor: httpx.Client) -> None:
    """A flood way lies over the back of P-4 and the book says nothing of floods: silence is no consent."""
    lawful = proposal(storey(box(30, 1, 40, 13)))
    report = ask(visitor, lawful, parcel="P-4").json()
    assert report["verdict"] == "undecided"
    (finding,) = [f for f in report["findings"] if f["verdict"] == "undecided"]
    assert (finding["reason"], finding["missing"]["name"]) == ("no_law", "flood")
    assert finding["subject"] == {"kind": "overlay", "ref": "O-1"}
    assert finding["evidence"]


def test_a_parcel_beyond_the_complete_area_is_undecided_by_layer(visitor: httpx.Client) -> None:
    """W-1 lies outside of what the register calls complete: what needs the layers stays undecided."""
    parcel = visitor.get("/api/parcels/W-1", params={"on": ON}).json()
    assert {layer["status"] for layer in parcel["layers"]} == {"incomplete"}
    report = ask(visitor, proposal(storey(box(-10, 1, 0, 13))), parcel="W-1").json()
    assert report["verdict"] == "undecided"
    assert {f["missing"]["kind"] for f in report["findings"]} == {"layer"}


def test_the_day_chooses_the_map(visitor: httpx.Client) -> None:
    """P-2 was 200 m² until 2025-01-01 and is 250 m² from that day on."""
    for on, area in (("2024-12-31", 200.0), ("2025-01-01", 250.0)):
        report = ask(visitor, proposal(storey(box(10, 1, 20, 10))), parcel="P-2", on=on).json()
        assert report["area"]["before_m2"] == area


def test_nothing_is_stored(visitor: httpx.Client, owner: Engine) -> None:
    """After an assessment planning and cases hold as many rows as before."""
    count = text("SELECT (SELECT count(*) FROM planning.assessment), (SELECT count(*) FROM cases.request)")
    with owner.connect() as connection:
        before = connection.execute(count).one()
    assert ask(visitor, proposal(on_p3())).status_code == 200
    with owner.connect() as connection:
        assert connection.execute(count).one() == before


def test_an_assessment_is_the_librarys_report_byte_for_byte(visitor: httpx.Client, owner: Engine) -> None:
    """The service adds nothing to and takes nothing from what `gis` says."""
    document = proposal(on_p3())
    with owner.connect() as connection:
        books = str(Path(__file__).parent / "rulebooks")
        made = judge(connection, books, "P-3", date.fromisoformat(ON), document)
    assert ask(visitor, document).content == write_json(made.report.to_dict())


BOWTIE = shapely.Polygon([(EAST + x, NORTH + y) for x, y in [(20, 1), (30, 13), (30, 1), (20, 13), (20, 1)]])
RING = [[EAST + x, NORTH + y] for x, y in [(20, 1), (30, 1), (30, 13), (20, 13), (20, 1)]]


def with_ring(ring: list[list[Any]]) -> dict[str, Any]:
    """A proposal whose footprint has these coordinates."""
    document = proposal(on_p3())
    document["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    return document


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("a self-crossing footprint", proposal(storey(BOWTIE)), "/features/0/geometry"),
    ("a footprint off the parcel", proposal(storey(box(500, 500, 510, 510))), "/features"),
    (
        "a coordinate of 1e308",
        with_ring([[1e308, 1e308], *RING[1:-1], [1e308, 1e308]]),
        "/features/0/geometry",
    ),
    ("degrees beyond the globe", proposal(storey(box(20, 1, 30, 13)), srid=4326), "/features/0/geometry"),
    ("an unknown frame", proposal(on_p3(), srid=3857), "/srid"),
    ("a frame in words", proposal(on_p3()) | {"srid": "EPSG:4326"}, "/srid"),
    ("zero storeys", proposal() | {"features": []}, "/features"),
    ("a negative height", proposal(on_p3(floor_height_m=-3.2)), "/features/0/properties/floor_height_m"),
    ("a height of zero", proposal(on_p3(floor_height_m=0)), "/features/0/properties/floor_height_m"),
    ("half a level", proposal(on_p3(level=0.5)), "/features/0/properties/level"),
    ("an unknown use", proposal(on_p3(use="casino")), "/features/0/properties/use"),
    ("negative units", proposal(on_p3(units=-1)), "/features/0/properties/units"),
    ("a ring of three points", with_ring(RING[:3]), "/features/0/geometry"),
    ("no ring", with_ring([]), "/features/0/geometry"),
    ("a text for a coordinate", with_ring([["x", "y"], *RING[1:]]), "/features/0/geometry"),
    ("21,000 vertices", with_ring([RING[0]] * 21_000), "/features/0/geometry"),
    ("no collection", {"type": "Feature"}, ""),
    ("an empty document", {}, ""),
]


@pytest.mark.parametrize(("document", "where"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_bad_proposal_is_refused_with_its_place(
    visitor: httpx.Client, document: dict[str, Any], where: str
) -> None:
    """Each is a 422 whose `where` points into the applicant's own document."""
    answer = ask(visitor, document)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["where"].startswith(where)
    assert problem["code"]
    assert problem["detail"].endswith(".")


def body(part: str, instead: str) -> bytes:
    """The text of a good request with one part replaced."""
    good = json.dumps({"parcel": "P-3", "on": ON, "proposal": proposal(on_p3())})
    assert part in good
    return good.replace(part, instead, 1).encode()


BROKEN = [
    ("NaN", body("3.2", "NaN"), 422, "number_not_finite"),
    ("Infinity", body("3.2", "-Infinity"), 422, "number_not_finite"),
    ("1e999", body("3.2", "1e999"), 422, "number_not_finite"),
    ("a huge whole number", body("32639", "9" * 5000), 422, "number_too_large"),
    ("65 bits", body("32639", "18446744073709551616"), 422, "number_too_large"),
    ("a NUL character", body('"P-3"', '"P-3\\u0000"'), 422, "text_unreadable"),
    ("a NUL in a name", body('"parking_spaces"', '"parking\\u0000"'), 422, "text_unreadable"),
    ("half a character", body('"P-3"', '"P-3\\ud800"'), 422, "text_unreadable"),
    ("bytes that are no UTF-8", body('"P-3"', '"P-3"').replace(b"P-3", b"P-\xff"), 422, "json_invalid"),
    ("deep nesting", body("3.2", "[" * 100 + "]" * 100), 422, "json_too_deep"),
    ("bottomless nesting", body("3.2", "[" * 100_000), 422, "json_too_deep"),
    ("broken JSON", b'{"parcel": ', 422, "json_invalid"),
    ("nothing", b"", 422, "json_invalid"),
    ("a list", b"[]", 422, "input_invalid"),
    ("an unknown member", body('"parcel"', '"plot": 1, "parcel"'), 422, "input_invalid"),
    ("a day that is none", body(ON, "2026-13-01"), 422, "input_invalid"),
    ("a day with a time", body(ON, "2026-11-21T10:00:00"), 422, "input_invalid"),
    ("an unknown parcel", body('"P-3"', '"P-999"'), 404, "parcel_unknown"),
    ("the day before the first law", body(ON, "2024-03-19"), 422, "law.not_formalised"),
    ("year one", body(ON, "0001-01-01"), 422, "law.not_formalised"),
    ("too large", b" " * (BODY_LIMIT + 1), 413, "body_too_large"),
]


@pytest.mark.parametrize(("sent", "status", "code"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_bad_body_is_refused_with_its_code(
    visitor: httpx.Client, sent: bytes, status: int, code: str
) -> None:
    """Whatever is sent, the answer is a problem document with a code, never a 500."""
    answer = send(visitor, sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_day_before_the_law_says_the_first_day(visitor: httpx.Client) -> None:
    """The refusal carries the first formalised day, also where the parcel was not there yet."""
    problem = send(visitor, body(ON, "1999-01-01")).json()
    assert problem["args"]["first_day"] == "2024-03-20"
    assert problem["where"] == "on"


def test_two_hundred_thousand_vertices_are_refused_before_they_are_read(visitor: httpx.Client) -> None:
    """Their text is larger than a body may be; without a declared length the reading stops at the limit."""
    ring = ",".join("[560020.123,3800001.456]" for _ in range(200_000))
    sent = b'{"parcel":"P-3","on":"2026-11-21","proposal":{"x":[' + ring.encode() + b"]}}"
    assert send(visitor, sent).status_code == 413

    def chunks() -> Any:
        for at in range(0, len(sent), 65536):
            yield sent[at : at + 65536]

    try:
        status = visitor.post(
            "/api/assessments", content=chunks(), headers={"content-type": "application/json"}
        ).status_code
    except httpx.WriteError:  # the service closed the connection while we were still sending
        status = 413
    assert status == 413


def test_two_hundred_thousand_short_vertices_are_refused_by_their_number(visitor: httpx.Client) -> None:
    """Within the size of a body, 200,000 vertices are refused by the limit of a proposal."""
    ring = "[" + ",".join(["[1,2]"] * 200_000) + "]"
    document = json.dumps({"parcel": "P-3", "on": ON, "proposal": with_ring([])}).replace("[[]]", f"[{ring}]")
    assert len(document) < BODY_LIMIT
    answer = send(visitor, document.encode())
    assert (answer.status_code, answer.json()["where"]) == (422, "/features/0/geometry/coordinates")


def test_a_body_that_is_not_called_json_is_refused(visitor: httpx.Client) -> None:
    """A form or plain text is not read, so that no other site's form can act."""
    answer = visitor.post("/api/assessments", content=b"{}", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (422, "json_expected")


def test_a_reviewer_may_assess_too(as_person: Person) -> None:
    """What everybody may do a reviewer may do, with the session's token."""
    assert ask(as_person("reviewer"), proposal(on_p3())).status_code == 200
