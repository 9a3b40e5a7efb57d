"""Requests: filed and judged in one act, moved by their procedure, chained, visible to those who may."""

import json
import threading
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from api.cases.events import verify
from api.planning.service import replay
from tests.integration.api.conftest import Person
from tests.integration.api.town import box, proposal, storey


def file(client: httpx.Client, parcel: str = "P-3", document: Any = None, **more: Any) -> httpx.Response:
    """File a request for a building permit on a parcel."""
    asked = {
        "service": "building_permit",
        "channel": "CITIZEN_WEB",
        "parcel": parcel,
        "proposal": document or proposal(storey(box(20, 1, 30, 13))),
    }
    return client.post("/api/requests", json=asked | more)


def filed(client: httpx.Client, **more: Any) -> dict[str, Any]:
    """A request that was filed."""
    answer = file(client, **more)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def close(
    client: httpx.Client, code: str, reason: str | None = "The applicant was informed."
) -> httpx.Response:
    """Close a request."""
    return client.post(f"/api/requests/{code}/moves", json={"move": "close", "reason": reason})


def test_filing_judges_and_stores_at_once(as_person: Person) -> None:
    """The answer holds the tracking code and the report; the request is judged, has two events, and tells
    the proposal as it was filed."""
    citizen = as_person("citizen")
    document = json.loads(json.dumps(proposal(storey(box(20, 1, 30, 13)))))
    made = filed(citizen, document=document)
    assert (made["state"], made["report"]["verdict"]) == ("judged", "complies")
    seen = citizen.get(f"/api/requests/{made['tracking_code']}").json()
    assert seen["report"] == made["report"]
    assert seen["proposal"] == document
    assert [(event["move"], event["before"], event["after"]) for event in seen["events"]] == [
        ("file", None, "filed"),
        ("judge", "filed", "judged"),
    ]
    assert [event["actor"] for event in seen["events"]] == ["citizen of the town", None]
    assert seen["due_on"] == seen["events"][1]["result"]["due_on"]


def test_the_tracking_code_is_read_in_persian_digits_without_hyphens(as_person: Person) -> None:
    """What a citizen types from a paper finds the request."""
    citizen = as_person("citizen")
    code = filed(citizen)["tracking_code"]
    typed = code.replace("-", "").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert citizen.get(f"/api/requests/{typed}").json()["tracking_code"] == code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = citizen.get(f"/api/requests/{wrong}")
    assert (answer.status_code, answer.json()["code"]) == (422, "tracking_code_mistyped")


def test_a_citizen_sees_own_requests_only(as_person: Person) -> None:
    """Another citizen's request is not there: not in the list, not by its code, not to be moved."""
    code = filed(as_person("citizen"))["tracking_code"]
    neighbour = as_person("neighbour")
    assert code not in [item["tracking_code"] for item in neighbour.get("/api/requests").json()["items"]]
    for answer in (neighbour.get(f"/api/requests/{code}"), close(neighbour, code)):
        assert (answer.status_code, answer.json()["code"]) == (404, "request_unknown")
    assert as_person("surveyor").get(f"/api/requests/{code}").status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "planner", "administrator"])
def test_staff_sees_all(as_person: Person, role: str) -> None:
    """Those who may read all requests see a citizen's."""
    code = filed(as_person("citizen"))["tracking_code"]
    staff = as_person(role)
    assert staff.get(f"/api/requests/{code}").status_code == 200
    assert code in [item["tracking_code"] for item in staff.get("/api/requests?limit=100").json()["items"]]


def test_a_reviewer_closes_with_a_reason_and_a_citizen_cannot(as_person: Person) -> None:
    """The procedure says who: the citizen sees no move and is refused, the reviewer closes once."""
    citizen, reviewer = as_person("citizen"), as_person("reviewer")
    code = filed(citizen)["tracking_code"]
    assert citizen.get(f"/api/requests/{code}").json()["moves"] == []
    refused = close(citizen, code)
    assert (refused.status_code, refused.json()["code"]) == (403, "move_of_others")
    assert [m["move"] for m in reviewer.get(f"/api/requests/{code}").json()["moves"]] == ["close"]
    without = close(reviewer, code, None)
    assert (without.status_code, without.json()["where"]) == (409, "reason")
    closed = close(reviewer, code).json()
    assert (closed["state"], closed["due_on"], closed["moves"]) == ("closed", None, [])
    assert closed["events"][-1]["reason"] == "The applicant was informed."
    again = close(reviewer, code)
    assert (again.status_code, again.json()["code"]) == (409, "move_not_open")


def test_of_two_who_close_at_once_one_wins(as_person: Person) -> None:
    """Several closings at the same moment: one 200, the others 409, and one closing event."""
    reviewer = as_person("reviewer")
    code = filed(as_person("citizen"))["tracking_code"]
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(close(reviewer, code).status_code)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]
    events = reviewer.get(f"/api/requests/{code}").json()["events"]
    assert [event["move"] for event in events] == ["file", "judge", "close"]


def test_the_list_pages_from_the_newest_and_filters_by_state(as_person: Person) -> None:
    """Pages of two, newest first, without repeat; a state that none has gives an empty page."""
    citizen = as_person("neighbour")
    codes = [filed(citizen)["tracking_code"] for _ in range(3)]
    first = citizen.get("/api/requests", params={"limit": 2}).json()
    second = citizen.get("/api/requests", params={"limit": 2, "cursor": first["next"]}).json()
    assert [item["tracking_code"] for item in first["items"] + second["items"]] == codes[::-1]
    assert second["next"] is None
    assert citizen.get("/api/requests", params={"state": "closed"}).json()["items"] == []
    assert citizen.get("/api/requests", params={"cursor": "x"}).status_code == 422


def test_a_state_that_no_procedure_has_is_refused(as_person: Person) -> None:
    """An empty list would read as «there are none»; the refusal names the states there are."""
    answer = as_person("citizen").get("/api/requests", params={"state": "foo"})
    assert (answer.status_code, answer.json()["code"], answer.json()["where"]) == (
        422,
        "state_unknown",
        "state",
    )
    assert answer.json()["args"]["states"] == ["closed", "filed", "judged"]
    assert "closed, filed, judged" in answer.json()["detail"]


def test_a_request_names_only_a_channel_of_its_filers_roles(as_person: Person, owner: Engine) -> None:
    """A citizen who says COUNTER is refused with the channels that are open, and nothing is stored."""
    counted = text("SELECT count(*) FROM cases.request")
    with owner.connect() as connection:
        before = connection.execute(counted).scalar_one()
        refused = file(as_person("citizen"), channel="COUNTER")
        assert connection.execute(counted).scalar_one() == before
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["where"]) == (403, "channel_of_others", "/channel")
    assert problem["args"]["channels"] == ["CITIZEN_WEB", "CITIZEN_APP"]
    made = filed(as_person("reviewer"), channel="COUNTER")
    assert as_person("reviewer").get(f"/api/requests/{made['tracking_code']}").json()["channel"] == "COUNTER"


def test_a_refused_proposal_leaves_nothing(as_person: Person, owner: Engine) -> None:
    """A footprint off the parcel is a 422, and no request, event or report remains of it."""
    counts = text("""
        SELECT (SELECT count(*) FROM cases.request), (SELECT count(*) FROM cases.event),
               (SELECT count(*) FROM planning.assessment)
    """)
    with owner.connect() as connection:
        before = connection.execute(counts).one()
    assert file(as_person("citizen"), document=proposal(storey(box(900, 900, 910, 910)))).status_code == 422
    assert file(as_person("citizen"), parcel="P-999").status_code == 404
    assert file(as_person("citizen"), service="fly").status_code == 422
    assert file(as_person("citizen"), channel="PIGEON").status_code == 422
    with owner.connect() as connection:
        assert connection.execute(counts).one() == before


def test_every_chain_verifies_and_every_report_replays_the_same(as_person: Person, owner: Engine) -> None:
    """Whatever was filed so far holds together, and each stored report is made again byte for byte."""
    filed(as_person("citizen"), parcel="W-1", document=proposal(storey(box(-10, 1, 0, 13))))
    filed(as_person("citizen"), document=proposal(storey(box(20, 1, 30, 20.123456))))
    with owner.connect() as connection:
        checked, broken = verify(connection)
        assert checked >= 2
        assert broken == []
        for assessment in connection.execute(text("SELECT id FROM planning.assessment")).scalars().all():
            assert replay(connection, assessment).same


BY_HAND = [
    "UPDATE cases.request SET state = 'closed'",
    "UPDATE cases.request SET verdict = 'complies'",
    "UPDATE cases.request SET parcel_key = 'P-1'",
    "UPDATE cases.event SET reason = 'another'",
    "UPDATE planning.assessment SET verdict = 'complies'",
    "UPDATE planning.book SET id = 'x'",
    "UPDATE cases.procedure SET text = 'x'",
    "DELETE FROM cases.event",
    "DELETE FROM cases.request",
    "DELETE FROM planning.assessment",
    "TRUNCATE cases.event",
    "TRUNCATE planning.assessment CASCADE",
]


@pytest.mark.parametrize("statement", BY_HAND)
def test_nobody_writes_state_or_history_by_hand(
    as_person: Person, owner: Engine, app: Any, statement: str
) -> None:
    """Neither the service's role nor the owner of the database may: the first has no right, the trigger
    stops both."""
    filed(as_person("citizen"))
    with pytest.raises(DBAPIError, match="permission denied"), app.state.engine.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(DBAPIError) as refused, owner.begin() as connection:
        connection.execute(text(statement))
    assert getattr(refused.value.orig, "pgcode", "") == "PV002"


def test_a_request_cannot_begin_with_a_state_or_without_an_event(as_person: Person, owner: Engine) -> None:
    """A row with a state is refused at once, one without an event at the end of its transaction."""
    filed(as_person("citizen"))
    copied = """
        INSERT INTO cases.request (tracking_code, service, procedure_key, procedure_version, channel,
        parcel_key,
                                   applicant_id, filed_at, filed_on, location, last_digest, state)
        SELECT 'x', service, procedure_key, procedure_version, channel, parcel_key, applicant_id, filed_at,
        filed_on,
               location, last_digest, {state} FROM cases.request LIMIT 1
    """
    for state in ("'closed'", "NULL"):
        with pytest.raises(DBAPIError) as refused, owner.begin() as connection:
            connection.execute(text(copied.format(state=state)))
        assert getattr(refused.value.orig, "pgcode", "") == "PV002"


def test_tampering_behind_the_triggers_is_found(as_person: Person, owner: Engine) -> None:
    """Who switches the triggers off and rewrites an event or a report is found by the chain."""
    code = filed(as_person("citizen"))["tracking_code"]
    changes = [
        ("cases.event", "UPDATE cases.event SET actor_id = NULL WHERE ordinal = 1 AND request_id = :request"),
        ("cases.event", "DELETE FROM cases.event WHERE ordinal = 2 AND request_id = :request"),
        (
            "planning.assessment",
            (
                "UPDATE planning.assessment SET report = replace(report::text, 'm', 'x')::json"
                " WHERE id = (SELECT assessment_id FROM cases.request WHERE id = :request)"
            ),
        ),
    ]
    with owner.connect() as connection:
        request = connection.execute(
            text("SELECT id FROM cases.request WHERE tracking_code = :code"), {"code": code}
        ).scalar_one()
    for table, change in changes:
        with owner.connect() as connection:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(change), {"request": request})
            _, broken = verify(connection)
            assert [chain.tracking_code for chain in broken] == [code], change
            connection.rollback()


def test_a_stored_report_says_what_it_was_made_of(as_person: Person, owner: Engine) -> None:
    """Book, day, engine, exact facts and proposal stand beside the report."""
    document = json.loads(json.dumps(proposal(storey(box(20, 1, 30, 13)))))
    code = filed(as_person("citizen"), document=document)["tracking_code"]
    with owner.connect() as connection:
        row = connection.execute(
            text("""
                SELECT a.*, b.texts FROM planning.assessment a
                JOIN planning.book b ON b.sha256 = a.book_sha256
                JOIN cases.request r ON r.assessment_id = a.id WHERE r.tracking_code = :code
            """),
            {"code": code},
        ).one()
    assert row.proposal == json.loads(json.dumps(document))
    assert row.report["book"]["sha256"] == bytes(row.book_sha256).hex()
    assert (row.parcel_key, row.verdict, row.engine_version) == ("P-3", "complies", row.report["engine"])
    assert set(row.texts) == {"plan.toml", "citations.toml"}
    assert row.facts["facts"][0][:2] == ["parcel", "P-3"]


def test_a_changed_law_is_seen_by_a_replay(as_person: Person, owner: Engine) -> None:
    """A report whose stored text is not what its facts and book give differs, and the provision is named."""
    code = filed(as_person("citizen"))["tracking_code"]
    with owner.connect() as connection:
        assessment = connection.execute(
            text("SELECT assessment_id FROM cases.request WHERE tracking_code = :code"), {"code": code}
        ).scalar_one()
        connection.execute(text("ALTER TABLE planning.assessment DISABLE TRIGGER USER"))
        connection.execute(
            text("""
                UPDATE planning.assessment SET report = replace(report::text, :there, :instead)::json
                WHERE id = :id
            """),
            {"id": assessment, "there": '"limit":0.6,', "instead": '"limit":0.7,'},
        )
        made_again = replay(connection, assessment)
        connection.rollback()
    assert (made_again.same, made_again.differing) == (False, ("coverage.residential",))


def test_a_procedure_changed_without_a_new_version_is_not_served(
    as_person: Person, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of a version that requests live by may not change under its number."""
    from api.cases import procedures

    filed(as_person("citizen"))
    changed = {name: source + "\n# changed\n" for name, source in procedures.shipped().items()}
    monkeypatch.setattr(procedures, "shipped", lambda: changed)
    with owner.begin() as connection, pytest.raises(procedures.ProcedureChanged):
        procedures.check_all(connection)


def test_a_request_stays_on_its_version(
    as_person: Person, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a newer version forbids reviewers to close, a reviewer still closes one of that before."""
    from api.cases import procedures

    old = filed(as_person("citizen"))["tracking_code"]
    source = procedures.shipped()["building_permit"]
    second = source.replace("version = 2", "version = 3").replace(
        'who = ["reviewer", "administrator"]', 'who = ["administrator"]'
    )
    monkeypatch.setattr(procedures, "shipped", lambda: {"building_permit": second})
    new = filed(as_person("citizen"))["tracking_code"]
    reviewer = as_person("reviewer")
    assert close(reviewer, new).status_code == 403
    assert close(reviewer, old).status_code == 200
    assert reviewer.get(f"/api/requests/{new}").json()["procedure"]["version"] == 3
