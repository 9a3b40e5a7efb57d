"""The accounts of an installation: open one, give it roles or a password, close it. None is ever deleted."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from api.core.errors import BadInput, Conflict, NotFound
from api.people.passwords import hash_password
from api.people.permissions import ANYONE
from api.people.service import fold_username

SHORTEST_PASSWORD = 8
"""Characters of a new password (NIST SP 800-63B, 5.1.1.1). The log-in takes what is stored."""
LONGEST_PASSWORD = 1000
LONGEST_USERNAME = 200
LONGEST_NAME = 200


@dataclass(frozen=True)
class Account:
    """A person of the list, with the roles given; `active` where the person may log in."""

    username: str
    name: str
    roles: tuple[str, ...]
    active: bool


def _is_text(words: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in words)


def require_username(given: str) -> str:
    """The username as it is stored. Raises `BadInput` for an empty or overlong one, or no text.

    >>> require_username(" Reviewer ")
    'reviewer'
    >>> require_username(" ")
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: username: A username has 1 to 200 characters of text.
    """
    folded = fold_username(given)
    # What is typed at the log-in is measured before it is folded, so both forms must fit.
    if not folded or max(len(folded), len(given)) > LONGEST_USERNAME or not _is_text(given):
        raise BadInput(
            "username_invalid",
            f"A username has 1 to {LONGEST_USERNAME} characters of text.",
            where="username",
        )
    return folded


def require_name(given: str) -> str:
    """The name to show. Raises `BadInput` for an empty or overlong one, or no text.

    >>> require_name(" لاله نیک‌پی ")
    'لاله نیک‌پی'
    """
    name = given.strip()
    if not name or len(name) > LONGEST_NAME or not _is_text(name):
        raise BadInput("name_invalid", f"A name has 1 to {LONGEST_NAME} characters of text.", where="name")
    return name


def require_password(given: str) -> str:
    """A password that may be set. Raises `BadInput` where it is too short, too long, or cannot be typed.

    >>> require_password("گل سرخ و سپید")
    'گل سرخ و سپید'
    >>> require_password("")
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: password: A password has 8 to 1000 characters; this one has 0.
    """
    if not SHORTEST_PASSWORD <= len(given) <= LONGEST_PASSWORD:
        raise BadInput(
            "password_length",
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters;"
            f" this one has {len(given)}.",
            where="password",
        )
    if not _is_text(given):
        raise BadInput("password_invalid", "A password is one line of text.", where="password")
    return given


def require_roles(connection: Connection, given: Sequence[str]) -> tuple[str, ...]:
    """These roles, each once. Raises `BadInput` that names those there are, for an unknown one or none."""
    there = (
        connection.execute(
            text("SELECT key FROM people.role WHERE key <> :anyone ORDER BY key"), {"anyone": ANYONE}
        )
        .scalars()
        .all()
    )
    unknown = next((role for role in given if role not in there), None)
    if unknown is not None or not given:
        said = f"There is no role {unknown!r}" if unknown is not None else "A person has one role or more"
        raise BadInput("role_unknown", f"{said}; there are: {', '.join(there)}.", where="role")
    return tuple(dict.fromkeys(given))


def require_free(connection: Connection, username: str) -> None:
    """Raise `Conflict` where the username is taken, also by a person whose log-in is closed."""
    taken = connection.execute(
        text("SELECT 1 FROM people.person WHERE username = :username"), {"username": fold_username(username)}
    ).scalar_one_or_none()
    if taken:
        raise _taken(username)


def _taken(username: str) -> Conflict:
    return Conflict("username_taken", f"The username {username!r} is taken.", given=username)


def open_account(
    connection: Connection, username: str, name: str, password: str, roles: Sequence[str]
) -> int:
    """A new person who can log in; the id. Raises `Conflict` where the username is taken, and `BadInput`."""
    roles = require_roles(connection, roles)
    person = connection.execute(
        text(
            "INSERT INTO people.person (username, name, password_hash) VALUES (:username, :name, :hash)"
            " ON CONFLICT (username) DO NOTHING RETURNING id"
        ),
        {
            "username": require_username(username),
            "name": require_name(name),
            "hash": hash_password(require_password(password)),
        },
    ).scalar_one_or_none()
    if person is None:
        raise _taken(username)
    _give(connection, person, roles)
    return int(person)


def person_named(connection: Connection, username: str) -> int:
    """The id of the person of this username, whose row is ours until the end of the transaction.

    Raises `NotFound` where there is none.
    """
    person = connection.execute(
        text("SELECT id FROM people.person WHERE username = :username FOR UPDATE"),
        {"username": fold_username(username)},
    ).scalar_one_or_none()
    if person is None:
        raise NotFound("person_unknown", f"Nobody has the username {username!r}.", where="username")
    return int(person)


def set_roles(connection: Connection, username: str, roles: Sequence[str]) -> None:
    """Give a person these roles instead of the ones held; open sessions have them at once.

    Raises `NotFound` where there is no such person, and `BadInput` for a role that there is not.
    """
    roles = require_roles(connection, roles)
    person = person_named(connection, username)
    connection.execute(text("DELETE FROM people.person_role WHERE person_id = :person"), {"person": person})
    _give(connection, person, roles)


def _give(connection: Connection, person: int, roles: Sequence[str]) -> None:
    for role in roles:
        connection.execute(
            text("INSERT INTO people.person_role (person_id, role) VALUES (:person, :role)"),
            {"person": person, "role": role},
        )


def set_password(connection: Connection, username: str, password: str) -> None:
    """Give a person a new password and end all sessions. A closed log-in stays closed.

    Raises `NotFound` where there is no such person, and `BadInput` for a password that may not be set.
    """
    hashed = hash_password(require_password(password))
    person = person_named(connection, username)
    connection.execute(
        text("UPDATE people.person SET password_hash = :hash WHERE id = :person"),
        {"person": person, "hash": hashed},
    )
    _end_sessions(connection, person)


def set_active(connection: Connection, username: str, *, active: bool) -> None:
    """Close a person's log-in and end all sessions, or open it again; what the person did stays.

    Raises `NotFound` where there is no such person.
    """
    person = person_named(connection, username)
    connection.execute(
        text("UPDATE people.person SET active = :active WHERE id = :person"),
        {"person": person, "active": active},
    )
    if not active:
        _end_sessions(connection, person)


def _end_sessions(connection: Connection, person: int) -> None:
    connection.execute(text("DELETE FROM people.log_in WHERE person_id = :person"), {"person": person})


def accounts(connection: Connection) -> list[Account]:
    """Everybody with a username, by username; those whose log-in is closed too."""
    rows = connection.execute(
        text(
            "SELECT p.username, p.name, p.active,"
            " array_agg(r.role ORDER BY r.role) FILTER (WHERE r.role IS NOT NULL) AS roles"
            " FROM people.person p LEFT JOIN people.person_role r ON r.person_id = p.id"
            " GROUP BY p.id ORDER BY p.username"
        )
    )
    return [Account(row.username, row.name, tuple(row.roles or ()), row.active) for row in rows]
