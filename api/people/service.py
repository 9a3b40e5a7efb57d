"""The acts of people: log in and out, and who is behind a session."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Engine, text

from api.core.errors import NotLoggedIn, ParvanehError
from api.people.passwords import password_fits
from api.people.permissions import ANYONE

SESSION_TERM = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
PER_PERSON_AND_ADDRESS = 5
"""Failed attempts in `WINDOW` for one username from one address."""
PER_ADDRESS = 50
PER_PERSON = 100
"""Far above the limit per address, so that a stranger cannot lock a person out from one machine."""


class TooManyAttempts(ParvanehError):
    """So many log-ins failed that the next one must wait."""


@dataclass(frozen=True)
class Person:
    """A person behind a session, with what the roles permit."""

    id: int
    username: str
    name: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    csrf: str


def fold_username(text: str) -> str:
    """The form under which a username is stored and compared: compatibility forms, case and spaces made one.

    >>> fold_username("  Reviewer ")
    'reviewer'
    >>> fold_username("")
    ''
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


_THROTTLE = text("""
    SELECT count(*) FILTER (WHERE username = :username AND address = :address) AS both,
           count(*) FILTER (WHERE username = :username) AS person,
           count(*) FILTER (WHERE address = :address) AS address
    FROM people.log_in_attempt
    WHERE (username = :username OR address = :address) AND NOT succeeded AND at > now() - :window
""")


def _record_attempt(connection: Connection, username: str, address: str) -> int:
    """Write the attempt as failed, unless too many failed before; one at a time per username and address."""
    for name in sorted({f"log-in {username}", f"address {address}"}):
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})
    failed = connection.execute(_THROTTLE, {"username": username, "address": address, "window": WINDOW}).one()
    if failed.both >= PER_PERSON_AND_ADDRESS or failed.address >= PER_ADDRESS or failed.person >= PER_PERSON:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyAttempts(
            "log_in_throttled",
            f"Too many failed log-ins; wait {minutes} minutes and try again.",
            minutes=minutes,
        )
    return int(
        connection.execute(
            text(
                "INSERT INTO people.log_in_attempt (username, address, succeeded)"
                " VALUES (:username, :address, false) RETURNING id"
            ),
            {"username": username, "address": address},
        ).scalar_one()
    )


def log_in(engine: Engine, username: str, password: str, address: str) -> tuple[str, Person]:
    """Open a session: its token (for the cookie) and the person.

    Raises `NotLoggedIn` for a wrong pair (never saying which half) and `TooManyAttempts` after repeated
    failures.
    The password is checked outside of any transaction; an unknown name costs the same time.
    """
    username = fold_username(username)
    with engine.begin() as connection:
        attempt = _record_attempt(connection, username, address)
    with engine.begin() as connection:
        known = connection.execute(
            text("SELECT id, password_hash FROM people.person WHERE username = :username AND active"),
            {"username": username},
        ).one_or_none()
    if not password_fits(known.password_hash if known else None, password) or known is None:
        raise NotLoggedIn("log_in_refused", "The username or the password is not right.")
    token = secrets.token_urlsafe(32)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE people.log_in_attempt SET succeeded = true WHERE id = :id"), {"id": attempt}
        )
        connection.execute(text("DELETE FROM people.log_in WHERE expires_at < now()"))
        connection.execute(
            text(
                "INSERT INTO people.log_in (token_sha256, person_id, csrf, expires_at)"
                " VALUES (:token, :person, :csrf, now() + :term)"
            ),
            {
                "token": _digest(token),
                "person": known.id,
                "csrf": secrets.token_urlsafe(24),
                "term": SESSION_TERM,
            },
        )
        person = person_behind(connection, token)
    if person is None:
        raise NotLoggedIn("log_in_refused", "The account was closed while it logged in.")
    return token, person


def log_out(engine: Engine, token: str) -> None:
    """End the session; unknown and ended sessions are fine."""
    with engine.begin() as connection:
        connection.execute(
            text("DELETE FROM people.log_in WHERE token_sha256 = :token"), {"token": _digest(token)}
        )


_PERSON = text("""
    SELECT p.id, p.username, p.name, l.csrf,
           array_agg(DISTINCT r.role) FILTER (WHERE r.role IS NOT NULL) AS roles,
           array_agg(DISTINCT g.permission) FILTER (WHERE g.permission IS NOT NULL) AS permissions
    FROM people.log_in l
    JOIN people.person p ON p.id = l.person_id AND p.active
    LEFT JOIN people.person_role r ON r.person_id = p.id
    LEFT JOIN people.role_permission g ON g.role = r.role OR g.role = :anyone
    WHERE l.token_sha256 = :token AND l.expires_at > now()
    GROUP BY p.id, l.token_sha256
""")


def person_behind(connection: Connection, token: str) -> Person | None:
    """The person of a session that has not ended; None for anything else."""
    row = connection.execute(_PERSON, {"token": _digest(token), "anyone": ANYONE}).one_or_none()
    if row is None:
        return None
    return Person(
        row.id, row.username, row.name, tuple(row.roles or ()), frozenset(row.permissions or ()), row.csrf
    )


def permissions_of(connection: Connection, role: str) -> frozenset[str]:
    """What a role permits; empty for an unknown role."""
    return frozenset(
        connection.execute(
            text("SELECT permission FROM people.role_permission WHERE role = :role"), {"role": role}
        ).scalars()
    )
