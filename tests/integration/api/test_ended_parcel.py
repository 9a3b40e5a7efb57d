"""A parcel that ended, as the import of a subdivision leaves it: its days, its parents, its successors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.core.settings import Settings
from api.main import create_app
from tests.integration.api.conftest import served
from tests.integration.cadastre_import.town import Town, square

SPLIT = "2020-01-01"


@pytest.fixture
def visitor(tmp_path: Path, fresh_settings: Settings) -> Iterator[httpx.Client]:
    """A visitor of a town whose parcel W was divided on a day, and M merged from two of its neighbours."""
    town = Town(tmp_path, fresh_settings, city={"rulebook": "sample_city"})
    town.parcels({"W": square(0, 0, 2), "N1": square(4, 0), "N2": square(5, 0)}, day="2010-01-01")
    town.parcels({"W-1": square(0, 0), "W-2": square(1, 0), "M": square(4, 0, 2)}, day=SPLIT)
    town.run()
    with served(create_app(fresh_settings)) as url, httpx.Client(base_url=url) as client:
        yield client


def refused(visitor: httpx.Client, key: str, on: str | None) -> dict[str, Any]:
    """The problem of asking for a parcel on a day; today where none is given."""
    answer = visitor.get(f"/api/parcels/{key}", params={"on": on} if on else {})
    assert answer.status_code == 404, answer.text
    problem: dict[str, Any] = answer.json()
    assert (problem["code"], problem["where"]) == ("parcel_not_in_force", "on")
    return problem


@pytest.mark.parametrize("on", [None, SPLIT])
def test_after_its_end_it_names_what_it_became(visitor: httpx.Client, on: str | None) -> None:
    """From the day of the division on: its days, and both parts with the kind of lineage."""
    problem = refused(visitor, "W", on)
    args = problem["args"]
    assert args["days"] == [{"valid_from": "2010-01-01", "valid_to": SPLIT}]
    assert args["became"] == [
        {"key": key, "kind": "subdivision", "day": SPLIT, "share": 0.5} for key in ("W-1", "W-2")
    ]
    assert args["came_from"] == []
    assert "It became W-1, W-2 (subdivision)." in problem["detail"]


def test_before_its_beginning_it_names_what_it_came_from(visitor: httpx.Client) -> None:
    """The day before the merge."""
    args = refused(visitor, "M", "2019-12-31")["args"]
    assert args["days"] == [{"valid_from": SPLIT, "valid_to": None}]
    assert [(one["key"], one["kind"]) for one in args["came_from"]] == [("N1", "merge"), ("N2", "merge")]
    assert (args["became"], args["last"]) == ([], None)


def test_each_successor_is_there(visitor: httpx.Client) -> None:
    """The keys named lead on; the last day before the end still shows the parcel with its lineage."""
    for one in refused(visitor, "W", None)["args"]["became"]:
        assert visitor.get(f"/api/parcels/{one['key']}").status_code == 200
    before = visitor.get("/api/parcels/W", params={"on": "2019-12-31"}).json()
    assert (before["valid_from"], before["valid_to"]) == ("2010-01-01", SPLIT)
    assert [step["new_key"] for step in before["lineage"]] == ["W-1", "W-2"]


def test_an_assessment_of_an_ended_parcel_names_its_successors_too(visitor: httpx.Client) -> None:
    """Not only the page of the parcel: whoever judges a proposal on an old key is told the new ones."""
    body = {"parcel": "W", "on": "2026-11-21", "proposal": {"type": "FeatureCollection", "features": []}}
    answer = visitor.post("/api/assessments", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "parcel_not_in_force")
    assert [one["key"] for one in answer.json()["args"]["became"]] == ["W-1", "W-2"]


def test_a_key_that_was_never_there(visitor: httpx.Client) -> None:
    """Nothing is said of days."""
    answer = visitor.get("/api/parcels/X")
    assert (answer.status_code, answer.json()["code"]) == (404, "parcel_unknown")
