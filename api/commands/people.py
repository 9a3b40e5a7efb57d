"""The people of an installation: who may log in, with which roles. A password is never an argument."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

Username = Annotated[str, typer.Argument(help="the name with which the person logs in", show_default=False)]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="citizen, surveyor, reviewer, planner or administrator; may be repeated"),
]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="read the password from standard input, not the terminal")
]


@contextmanager
def _transactions() -> Iterator[Callable[[], Any]]:
    """What opens a transaction of the owner on this installation's database."""
    from api.command_settings import command_settings
    from api.core.database import engine

    opened = engine(command_settings(), "owner")
    try:
        yield opened.begin
    finally:
        opened.dispose()


def _password(from_input: bool) -> str:
    """The password that may be set: one line of standard input, or typed twice without being shown."""
    import sys

    from api.core.errors import BadInput
    from api.people.accounts import require_password

    if from_input:
        try:
            given = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as fault:
            raise BadInput(
                "password_invalid", "A password is one line of UTF-8 text.", where="password"
            ) from fault
        return require_password(given.removesuffix("\n").removesuffix("\r"))
    if not sys.stdin.isatty():
        raise BadInput(
            "password_missing",
            "There is no terminal on which to ask for it; give it on standard input with --password-stdin.",
            where="password",
        )
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return require_password(typed)


def add(
    username: Username,
    name: Annotated[str, typer.Option(help="the name that others see")],
    role: Roles,
    password_stdin: FromInput = False,
) -> None:
    """Make a person who can log in; the password is asked twice."""
    from api.people import accounts

    with _transactions() as begin:
        with begin() as connection:  # what is wrong anyway is said before a password is asked
            accounts.require_username(username)
            accounts.require_name(name)
            accounts.require_roles(connection, role)
            accounts.require_free(connection, username)
        password = _password(password_stdin)
        with begin() as connection:
            accounts.open_account(connection, username, name, password, role)
    typer.echo(f"{accounts.require_username(username)} can log in: {', '.join(dict.fromkeys(role))}")


def roles(username: Username, role: Roles) -> None:
    """Give a person these roles instead of the present ones; open sessions have them at once."""
    from api.people.accounts import set_roles

    with _transactions() as begin, begin() as connection:
        set_roles(connection, username, role)
    typer.echo(f"{username}: {', '.join(dict.fromkeys(role))}")


def password(username: Username, password_stdin: FromInput = False) -> None:
    """Give a person a new password and end all sessions; it is asked twice."""
    from api.people.accounts import person_named, set_password

    with _transactions() as begin:
        with begin() as connection:
            person_named(connection, username)
        given = _password(password_stdin)
        with begin() as connection:
            set_password(connection, username, given)
    typer.echo(f"{username} has a new password; all sessions are ended")


def close(username: Username) -> None:
    """Close a person's log-in and end all sessions; what the person did stays on record."""
    _set_active(username, active=False)
    typer.echo(f"{username} can no longer log in; all sessions are ended")


def reopen(username: Username) -> None:
    """Open a closed log-in again, with the password and the roles it had."""
    _set_active(username, active=True)
    typer.echo(f"{username} can log in again")


def _set_active(username: str, *, active: bool) -> None:
    from api.people.accounts import set_active

    with _transactions() as begin, begin() as connection:
        set_active(connection, username, active=active)


def show() -> None:
    """List everybody: username, open or closed, roles, name."""
    from api.people.accounts import accounts

    with _transactions() as begin, begin() as connection:
        everybody = accounts(connection)
    rows = [
        (one.username, "open" if one.active else "closed", ", ".join(one.roles) or "-", one.name)
        for one in everybody
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for *cells, name in rows:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        typer.echo("  ".join([*padded, name]))
    typer.echo(f"{len(rows)} persons, {sum(one.active for one in everybody)} can log in")
