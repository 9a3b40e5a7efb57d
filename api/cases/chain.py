"""The chain of a request's events: each holds the digest of the one before, so that nothing can be changed
unseen."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from api.core.wire import canonical


@dataclass(frozen=True)
class Event:
    """One act on a request: who, when, why, from which state to which; `result` names what it rests on."""

    request_id: int
    ordinal: int
    at: datetime
    actor_id: int | None
    move: str
    state_before: str | None
    state_after: str
    reason: str | None
    reason_sha256: bytes | None
    result: dict[str, str]
    previous: bytes
    digest: bytes


def first_link(tracking_code: str, procedure_sha256: bytes) -> bytes:
    """What the first event points to: the request's own name and the procedure it is on.

    >>> first_link("1", b"") == first_link("2", b"")
    False
    """
    return hashlib.sha256(
        canonical({"tracking_code": tracking_code, "procedure": procedure_sha256.hex()})
    ).digest()


def digest_of(
    *,
    ordinal: int,
    at: datetime,
    actor_id: int | None,
    move: str,
    state_before: str | None,
    state_after: str,
    reason_sha256: bytes | None,
    result: dict[str, str],
    previous: bytes,
) -> bytes:
    """SHA-256 over the canonical form of an event and the digest of the one before.

    The reason enters by its own digest: its words may be erased under retention and the chain still holds.
    """
    return hashlib.sha256(
        canonical(
            {
                "ordinal": ordinal,
                "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor": actor_id,
                "move": move,
                "before": state_before,
                "after": state_after,
                "reason": reason_sha256.hex() if reason_sha256 else None,
                "result": result,
                "previous": previous.hex(),
            }
        )
    ).digest()


@dataclass(frozen=True)
class ChainFault:
    """Where a chain does not hold, and how."""

    ordinal: int
    what: str


def reason_digest(reason: str | None) -> bytes | None:
    """SHA-256 of the words of a reason; None where there are none.

    >>> reason_digest(None) is None, len(reason_digest("پایان") or b"")
    (True, 32)
    """
    return None if reason is None else hashlib.sha256(reason.encode()).digest()


def chain_faults(first: bytes, state: str | None, head: bytes, events: Iterable[Event]) -> list[ChainFault]:
    """What is wrong with the chain of one request; empty for a chain that holds.

    `first` is the link of the first event, `state` and `head` (digest of the last event) are what the
    request says.

    >>> chain_faults(b"", None, b"", [])
    [ChainFault(ordinal=0, what='the request has no event')]
    """
    faults: list[ChainFault] = []
    previous, expected, before = first, 1, None
    for event in events:
        if event.ordinal != expected:
            faults.append(ChainFault(expected, f"event {expected} is missing"))
        if event.previous != previous:
            faults.append(ChainFault(event.ordinal, "does not point to the event before it"))
        if event.state_before != before:
            faults.append(
                ChainFault(event.ordinal, f"starts from {event.state_before!r}, but the state was {before!r}")
            )
        again = digest_of(
            ordinal=event.ordinal,
            at=event.at,
            actor_id=event.actor_id,
            move=event.move,
            state_before=event.state_before,
            state_after=event.state_after,
            reason_sha256=event.reason_sha256,
            result=event.result,
            previous=event.previous,
        )
        if again != event.digest or (event.reason and reason_digest(event.reason) != event.reason_sha256):
            faults.append(ChainFault(event.ordinal, "was changed after it was written"))
        previous, expected, before = event.digest, event.ordinal + 1, event.state_after
    if expected == 1 and not faults:
        faults.append(ChainFault(0, "the request has no event"))
    elif before != state:
        faults.append(ChainFault(expected - 1, f"leads to {before!r}, but the request says {state!r}"))
    elif previous != head:
        faults.append(ChainFault(expected - 1, "is not the last event that the request knows"))
    return faults
