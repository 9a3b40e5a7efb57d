"""The chain of events: any change, gap or cut is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.cases.chain import Event, chain_faults, digest_of, first_link, reason_digest

FIRST = first_link("1000-0000-0000-0009", b"procedure")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def event(ordinal: int, before: str | None, after: str, previous: bytes, reason: str | None = None) -> Event:
    """An event with its right digest."""
    fields = {
        "ordinal": ordinal,
        "at": AT,
        "actor_id": 7,
        "move": "move",
        "state_before": before,
        "state_after": after,
        "reason_sha256": reason_digest(reason),
        "result": {"verdict": "complies"},
        "previous": previous,
    }
    return Event(request_id=1, reason=reason, digest=digest_of(**fields), **fields)  # type: ignore[arg-type]


ONE = event(1, None, "filed", FIRST)
TWO = event(2, "filed", "judged", ONE.digest)
THREE = event(3, "judged", "closed", TWO.digest, "پایان")
CHAIN = [ONE, TWO, THREE]


def test_a_whole_chain_holds() -> None:
    """Three events, each pointing to the one before, lead to the request's state."""
    assert chain_faults(FIRST, "closed", THREE.digest, CHAIN) == []


def test_an_erased_reason_leaves_the_chain_whole() -> None:
    """The words of a reason may go under retention: their digest stays."""
    assert chain_faults(FIRST, "closed", THREE.digest, [ONE, TWO, replace(THREE, reason=None)]) == []


TAMPERED: list[tuple[str, Callable[[], list[Event]]]] = [
    ("was changed", lambda: [ONE, replace(TWO, result={"verdict": "violates"}), THREE]),
    ("was changed", lambda: [ONE, replace(TWO, actor_id=8), THREE]),
    ("was changed", lambda: [ONE, TWO, replace(THREE, reason="another reason")]),
    ("was changed", lambda: [ONE, replace(TWO, at=AT.replace(hour=10)), THREE]),
    ("is missing", lambda: [ONE, THREE]),
    ("is missing", lambda: [TWO, THREE]),
    ("does not point", lambda: [ONE, event(2, "filed", "judged", FIRST), THREE]),
    ("starts from", lambda: [ONE, event(2, "closed", "judged", ONE.digest)]),
    ("leads to", lambda: [ONE, TWO]),
    ("no event", list),
]


@pytest.mark.parametrize(
    ("what", "chain"), TAMPERED, ids=[f"{n}-{what}" for n, (what, _) in enumerate(TAMPERED)]
)
def test_tampering_is_found(what: str, chain: Callable[[], list[Event]]) -> None:
    """A changed field, a removed event, a bent link and a cut tail are each named."""
    faults = chain_faults(FIRST, "closed", THREE.digest, chain())
    assert any(what in fault.what for fault in faults), faults


def test_a_chain_belongs_to_its_request_and_procedure() -> None:
    """The events of one request do not verify under another code or procedure."""
    other = first_link("1000-0000-0000-0009", b"another procedure")
    assert chain_faults(other, "closed", THREE.digest, CHAIN)[0].ordinal == 1


def test_a_cut_tail_with_the_same_state_is_found_by_the_head() -> None:
    """Where the state does not tell, the request's own head does."""
    assert chain_faults(FIRST, "judged", THREE.digest, [ONE, TWO]) != []
