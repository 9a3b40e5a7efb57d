"""The people on the terminal: made, changed and closed by `parvaneh person …`, and what the service then lets
them do."""

import os
import pty
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from api.cli import app
from api.core.errors import NotLoggedIn
from api.core.settings import Settings
from api.people.service import log_in as log_in_service
from api.people.service import person_behind
from tests.integration.api.conftest import log_in

SECRET = "چنار کهن ۱۲۳"
HERE = "192.0.2.7"


def run(
    settings: Settings | None, *arguments: str, given: str | bytes = "", **env: str
) -> tuple[int, str, str]:
    """`parvaneh person …` on this database with this standard input: status, standard output and error."""
    if settings is not None:
        env |= {"DATABASE_URL": settings.database_url}
    made = CliRunner().invoke(app, ["person", *arguments], input=given, env=env, prog_name="parvaneh")
    if made.exception is not None and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made.exit_code, made.stdout, made.stderr


def add(
    settings: Settings, username: str = "laleh", *roles: str, given: str | bytes = SECRET
) -> tuple[int, str, str]:
    """A person with this username and password; a reviewer where no role is said."""
    asked = [part for role in roles or ("reviewer",) for part in ("--role", role)]
    return run(settings, "add", username, "--name", "لاله نیک‌پی", *asked, "--password-stdin", given=given)


@pytest.fixture
def people(fresh_settings: Settings, fresh_engine: Engine) -> Iterator[Engine]:
    """A database without a city and without anybody; the owner's engine on it."""
    return fresh_engine


def test_a_person_made_on_the_terminal_logs_in(fresh_settings: Settings, people: Engine) -> None:
    """Name, roles and the permissions of both roles are there; the password is stored as argon2id alone."""
    status, out, err = add(fresh_settings, "Laleh", "reviewer", "planner", given=SECRET + "\r\n")
    assert (status, out, err) == (0, "laleh can log in: reviewer, planner\n", "")
    _, person = log_in_service(people, "laleh", SECRET, HERE)
    assert (person.name, set(person.roles)) == ("لاله نیک‌پی", {"reviewer", "planner"})
    assert "request.read_all" in person.permissions
    with people.connect() as connection:
        assert connection.scalar(text("SELECT password_hash FROM people.person")).startswith("$argon2id$")


def test_a_person_made_on_the_terminal_is_let_in_by_the_service(town: Settings, address: str) -> None:
    """Over HTTP the reviewer reads the requests of all; a citizen's own list needs no more than the role."""
    assert add(town, "laleh")[0] == 0
    with httpx.Client(base_url=address, timeout=30) as client:
        assert client.get("/api/requests").status_code == 401
        log_in(client, "laleh", SECRET)
        assert client.get("/api/requests").status_code == 200


def test_the_password_is_no_argument(fresh_settings: Settings) -> None:
    """Where it could be read by others (the process list, the shell's history) it is wrong usage."""
    assert run(fresh_settings, "add", "x", "--name", "X", "--role", "citizen", "--password", SECRET)[0] == 2
    assert run(fresh_settings, "password", "x", SECRET)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("add", "laleh", "--name", "Z", "--role", "citizen"), SECRET,
         "parvaneh: The username 'laleh' is taken. [username_taken]"),
        (("add", " LALEH", "--name", "Z", "--role", "citizen"), SECRET, "is taken. [username_taken]"),
        (("add", "z", "--name", "Z", "--role", "king"), SECRET,
         "role: There is no role 'king'; there are: administrator, citizen, planner, reviewer, surveyor."),
        (("add", "z", "--name", "Z", "--role", "anyone"), SECRET, "There is no role 'anyone'"),
        (("add", "z", "--name", "Z", "--role", "citizen"), "1234567\n",
         "password: A password has 8 to 1000 characters; this one has 7. [password_length]"),
        (("add", "z", "--name", "Z", "--role", "citizen"), "x" * 1001, "this one has 1001"),
        (("add", "z", "--name", "Z", "--role", "citizen"), "", "this one has 0"),
        (("add", "z", "--name", "Z", "--role", "citizen"), "one line\nanother", "one line of text"),
        (("add", "z", "--name", "Z", "--role", "citizen"), b"\xff" * 9, "UTF-8"),
        (("add", " ", "--name", "Z", "--role", "citizen"), SECRET, "[username_invalid]"),
        (("add", "z" * 201, "--name", "Z", "--role", "citizen"), SECRET, "[username_invalid]"),
        (("add", "z", "--name", " ", "--role", "citizen"), SECRET, "[name_invalid]"),
        (("password", "nobody"), SECRET, "username: Nobody has the username 'nobody'. [person_unknown]"),
        (("password", "laleh"), "short", "this one has 5"),
    ],
)  # fmt: skip
def test_what_is_refused_is_one_line(
    fresh_settings: Settings, people: Engine, arguments: tuple[str, ...], given: str | bytes, said: str
) -> None:
    """Status 1, one line that says what to do, and nothing is changed."""
    assert add(fresh_settings)[0] == 0
    status, out, err = run(fresh_settings, *arguments, "--password-stdin", given=given)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert said in err
    assert log_in_service(people, "laleh", SECRET, HERE)[1].roles == ("reviewer",)
    with people.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM people.person")) == 1


def test_a_password_of_eight_and_of_a_thousand_characters_is_taken(
    fresh_settings: Settings, people: Engine
) -> None:
    """The limits themselves are allowed, and the log-in takes both."""
    for username, secret in (("short", "۱۲۳۴۵۶۷۸"), ("long", "x" * 1000)):
        assert add(fresh_settings, username, given=secret)[0] == 0
        assert log_in_service(people, username, secret, HERE)[1].username == username


def test_roles_are_replaced_and_open_sessions_have_them_at_once(
    fresh_settings: Settings, people: Engine
) -> None:
    """The role held before is gone without a new log-in; an unknown one changes nothing."""
    add(fresh_settings)
    token, _ = log_in_service(people, "laleh", SECRET, HERE)
    assert run(fresh_settings, "roles", "laleh", "--role", "citizen", "--role", "surveyor")[0] == 0
    assert run(fresh_settings, "roles", "laleh", "--role", "king")[0] == 1
    with people.connect() as connection:
        person = person_behind(connection, token)
    assert person is not None
    assert set(person.roles) == {"citizen", "surveyor"}
    assert "request.read_all" not in person.permissions


def test_a_new_password_ends_the_sessions_of_the_old_one(fresh_settings: Settings, people: Engine) -> None:
    """The old password and the old session are refused, the new password logs in."""
    add(fresh_settings)
    token, _ = log_in_service(people, "laleh", SECRET, HERE)
    assert run(fresh_settings, "password", "LALEH", "--password-stdin", given="another secret")[0] == 0
    with people.connect() as connection:
        assert person_behind(connection, token) is None
    with pytest.raises(NotLoggedIn):
        log_in_service(people, "laleh", SECRET, HERE)
    assert log_in_service(people, "laleh", "another secret", HERE)[1].username == "laleh"


def test_a_closed_log_in_is_shut_and_kept(fresh_settings: Settings, people: Engine) -> None:
    """The session ends, the password is refused, the name stays taken; reopened it is as it was."""
    add(fresh_settings)
    token, _ = log_in_service(people, "laleh", SECRET, HERE)
    assert run(fresh_settings, "close", "laleh")[0] == 0
    with people.connect() as connection:
        assert person_behind(connection, token) is None
        assert connection.scalar(text("SELECT count(*) FROM people.log_in")) == 0
    with pytest.raises(NotLoggedIn):
        log_in_service(people, "laleh", SECRET, HERE)
    assert "[username_taken]" in add(fresh_settings)[2]
    assert run(fresh_settings, "reopen", "laleh")[0] == 0
    assert log_in_service(people, "laleh", SECRET, HERE)[1].roles == ("reviewer",)


def test_everybody_is_listed(fresh_settings: Settings, people: Engine) -> None:
    """A line for each with the state of the log-in, the roles and the name. Nobody is a valid answer."""
    assert run(fresh_settings, "list") == (0, "0 persons, 0 can log in\n", "")
    add(fresh_settings, "zal", "citizen")
    add(fresh_settings, "laleh", "planner", "reviewer")
    run(fresh_settings, "close", "zal")
    assert run(fresh_settings, "list")[1].splitlines() == [
        "laleh  open    planner, reviewer  لاله نیک‌پی",
        "zal    closed  citizen            لاله نیک‌پی",
        "2 persons, 1 can log in",
    ]


@pytest.mark.parametrize(
    "act", [("roles", "nobody", "--role", "citizen"), ("close", "nobody"), ("reopen", "nobody")]
)
def test_nobody_of_this_name_is_one_line(fresh_settings: Settings, act: tuple[str, ...]) -> None:
    """The name is said, and status 1."""
    assert run(fresh_settings, *act) == (
        1, "", "parvaneh: username: Nobody has the username 'nobody'. [person_unknown]\n",
    )  # fmt: skip


def test_no_database_is_one_line(bare_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None made yet, none that answers, one without our schema: each says what to do."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for env, said in (
        ({"PARVANEH_DATA": str(tmp_path / "none")}, "start ./run once, or set DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "the database cannot be reached"),
        ({"DATABASE_URL": bare_database}, "parvaneh migrate"),
    ):
        status, out, err = run(None, "list", **env)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert said in err


def test_without_a_terminal_nothing_is_asked(fresh_settings: Settings) -> None:
    """A script that forgot --password-stdin is told so and does not hang."""
    status, _, err = run(fresh_settings, "add", "z", "--name", "Z", "--role", "citizen", given=SECRET)
    assert (status, err.count("\n")) == (1, 1)
    assert "--password-stdin" in err


def test_on_a_terminal_the_password_is_asked_twice_and_not_shown(
    fresh_settings: Settings, people: Engine
) -> None:
    """A real terminal: two that differ are asked for again, and what was typed is never echoed."""
    command = [
        sys.executable,
        "-m",
        "api.cli",
        "person",
        "add",
        "laleh",
        "--name",
        "Laleh",
        "--role",
        "citizen",
    ]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, command, {**os.environ, "DATABASE_URL": fresh_settings.database_url})  # noqa: S606
    shown = ""
    for prompt, typed in (
        ("Password: ", "plane tree"), ("Once more: ", "plane true"),
        ("Password: ", "plane tree"), ("Once more: ", "plane tree"),
    ):  # fmt: skip
        part = ""
        until = time.monotonic() + 60
        while not part.endswith(prompt):
            assert time.monotonic() < until
            part += os.read(terminal, 1024).decode()
        shown += part
        os.write(terminal, f"{typed}\n".encode())
    try:
        while more := os.read(terminal, 1024):
            shown += more.decode()
    except OSError:  # a Linux terminal ends so when its last user has gone
        pass
    os.close(terminal)
    assert os.waitpid(pid, 0)[1] == 0
    assert "laleh can log in: citizen" in shown
    assert "plane" not in shown
    assert log_in_service(people, "laleh", "plane tree", HERE)[1].username == "laleh"
