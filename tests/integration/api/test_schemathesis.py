"""The whole description against the service: whatever is sent, no 5xx and nothing undocumented."""

from collections.abc import Callable, Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.core.settings import Settings
from api.main import create_app
from tests.integration.api.conftest import Person

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Bounded, and the same examples on every run. Making a proposal is what takes the time.
BOUNDED = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


SCHEMA = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
OPERATIONS = {found.ok().definition.raw["operationId"]: found.ok() for found in SCHEMA.get_all_operations()}
FITS, BREAKS = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
# An operation that takes nothing cannot be given anything wrong.
TRIED = [
    (name, mode)
    for name, found in OPERATIONS.items()
    for mode in (FITS, BREAKS)
    if mode is FITS or found.definition.raw.get("parameters") or "requestBody" in found.definition.raw
]

PROPOSALS = {"assess": 6, "fileRequest": 5}
# What only a person may do: elsewhere a session changes nothing that the description knows of.
FOR_PERSONS = {"fileRequest", "listRequests", "readRequest", "moveRequest", "readSession"}


def examine(
    operation_id: str, mode: schemathesis.GenerationMode, send: Callable[[schemathesis.Case], None]
) -> None:
    """Send examples of an operation, such as fit its description or such as break it."""

    @settings(BOUNDED, max_examples=PROPOSALS.get(operation_id, BOUNDED.max_examples))
    @given(case=OPERATIONS[operation_id].as_strategy(generation_mode=mode))
    def examples(case: schemathesis.Case) -> None:
        send(case)

    examples()


@pytest.fixture(scope="module")
def reviewer_headers(as_person: Person) -> dict[str, str]:
    """The session of a reviewer, as headers."""
    client = as_person("reviewer")
    return {
        "Cookie": f"parvaneh_session={client.cookies['parvaneh_session']}",
        "X-CSRF-Token": client.headers["X-CSRF-Token"],
    }


@pytest.fixture(scope="module", autouse=True)
def still_there(visitor: httpx.Client, reviewer_headers: dict[str, str]) -> Iterator[None]:
    """The reviewer logs in before the guessing begins; after it the service is as healthy as before."""
    assert reviewer_headers
    yield
    assert visitor.get("/api/health").json()["status"] == "ok"


@pytest.mark.parametrize(("operation", "mode"), TRIED)
def test_nobody_breaks_anything(address: str, operation: str, mode: schemathesis.GenerationMode) -> None:
    """Without a session every answer is documented and no defect."""
    examine(operation, mode, lambda case: case.call_and_validate(base_url=address, checks=CHECKS))


@pytest.mark.parametrize(("operation", "mode"), [tried for tried in TRIED if tried[0] in FOR_PERSONS])
def test_a_reviewer_breaks_nothing(
    address: str, reviewer_headers: dict[str, str], operation: str, mode: schemathesis.GenerationMode
) -> None:
    """Inside a session, with its token and on a parcel that exists, it holds for what only persons may do."""

    def send(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict) and isinstance(case.body.get("parcel"), str):
            case.body["parcel"] = "P-3"
        case.call_and_validate(base_url=address, checks=CHECKS, headers=reviewer_headers)

    examine(operation, mode, send)
