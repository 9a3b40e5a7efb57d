"""The terminal: what each act prints, and the status with which it ends."""

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, create_engine, text
from typer.testing import CliRunner

from api.cli import app
from api.core.settings import Settings
from api.planning.proposal_shapes import PROPOSAL_EXAMPLE
from tests.integration.api.conftest import Person
from tests.integration.api.town import ON, box, proposal, storey


@dataclass(frozen=True)
class Done:
    """How an act ended."""

    returncode: int
    stdout: str
    stderr: str


def run(settings: Settings | None, *arguments: str, **environment: str) -> Done:
    """`parvaneh` with these arguments on this database."""
    given = dict(environment)
    if settings is not None:
        given |= {"DATABASE_URL": settings.database_url, "PARVANEH_RULEBOOKS": settings.rulebooks}
    made = CliRunner().invoke(app, arguments, env=given, prog_name="parvaneh")
    if made.exception is not None and not isinstance(made.exception, SystemExit):
        raise made.exception
    return Done(made.exit_code, made.stdout, made.stderr)


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A lawful proposal for P-3 as a file."""
    path = tmp_path / "proposal.geojson"
    path.write_text(json.dumps(proposal(storey(box(20, 1, 30, 13)))))
    return path


def asked(drawing: Path, parcel: str = "P-3", on: str = ON) -> list[str]:
    """The arguments of an assessment."""
    return ["assess", "--parcel", parcel, "--proposal", str(drawing), "--on", on, "--json"]


def test_help_imports_nothing_heavy() -> None:
    """The module of the commands loads neither the store nor geometry: help answers at once."""
    code = "import sys, api.cli; print({'sqlalchemy', 'shapely', 'fastapi', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_assessment_prints_what_the_service_answers(
    town: Settings, visitor: httpx.Client, drawing: Path
) -> None:
    """The report of the terminal is the report of the service, byte for byte."""
    done = run(town, *asked(drawing))
    assert (done.returncode, done.stderr) == (0, "")
    body: dict[str, Any] = {"parcel": "P-3", "on": ON, "proposal": json.loads(drawing.read_text())}
    assert done.stdout.strip() == visitor.post("/api/assessments", json=body).text


def test_an_assessment_for_people_names_verdict_and_clause(town: Settings, drawing: Path) -> None:
    """Without --json: a line for the whole and one for each finding with its clause."""
    lines = run(town, *asked(drawing)[:-1]).stdout.splitlines()
    assert lines[0] == f"P-3 on {ON}: complies (little)"
    assert any("complies" in line and "[L-1#2]" in line for line in lines[1:])


def test_refusals_are_one_line_and_status_1(town: Settings, drawing: Path, tmp_path: Path) -> None:
    """An unknown parcel, a day before the law, a broken file: the reason on standard error, nothing else."""
    broken = tmp_path / "broken.geojson"
    broken.write_text('{"type": NaN}')
    for arguments, code in (
        (asked(drawing, parcel="P-99"), "parcel_unknown"),
        (asked(drawing, on="1999-01-01"), "law.not_formalised"),
        (asked(broken), "number_not_finite"),
    ):
        done = run(town, *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert f"[{code}]" in done.stderr


def test_wrong_usage_is_status_2(town: Settings, drawing: Path) -> None:
    """An unknown command, a missing option, a day that is none, a file that is not there."""
    for arguments in (["fly"], ["assess"], asked(drawing, on="yesterday"), asked(Path("/none.geojson"))):
        assert run(town, *arguments).returncode == 2, arguments


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may read no file of others: tests may run as root, who may read all."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


WRONG_FILES: dict[str, Callable[[Path], object]] = {
    "cannot be read: No such file": lambda _path: None,
    "a folder": lambda path: path.mkdir(),
    "is empty": lambda path: path.write_text(" \n"),
    "not UTF-8 text at byte 3": lambda path: path.write_bytes(b"# \n\xe9"),
    "Permission denied": lambda path: path.write_text("{}") and path.chmod(0),
}


@pytest.mark.parametrize("says", WRONG_FILES)
@pytest.mark.parametrize("command", ["assess", "import", "rulebook check"])
def test_a_file_that_cannot_be_read_is_one_line_and_status_2(
    town: Settings, tmp_path: Path, command: str, says: str
) -> None:
    """Missing, a folder, empty, another encoding, no permission: the file and the reason, no trace."""
    folder = tmp_path / "book"
    folder.mkdir()
    folder.chmod(0o755)
    for above in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        above.chmod(0o755)
    (folder / "citations.toml").write_text("x = 1")
    given = folder / "plan.toml"
    WRONG_FILES[says](given)
    if command == "assess":
        arguments = asked(given)
    else:
        arguments = [*command.split(), str(given if command == "import" else folder)]
    with nobody():
        done = run(town, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert str(given) in done.stderr
    assert says in done.stderr


@pytest.mark.parametrize(
    ("command", "body", "says"),
    [
        ("assess", '{"type":\n  GeoJSON}', "this is not JSON: Expecting value at line 2, column 3"),
        ("assess", "PK\x03\x04", "this is not JSON: Expecting value at line 1, column 1"),
        ("import", "[city\nkey = 1", "this is not TOML: "),
        ("import", '{"type": "FeatureCollection"}', "this is not TOML: "),
        ("rulebook check", "", "a rule-book is a folder"),
    ],
)
def test_a_file_of_another_kind_is_one_line_and_status_2(
    town: Settings, tmp_path: Path, command: str, body: str, says: str
) -> None:
    """The file, what it is not, and where it ceases to be."""
    path = tmp_path / "given"
    path.write_text(body)
    done = run(town, *(asked(path) if command == "assess" else [*command.split(), str(path)]))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert f"parvaneh: {path}: {says}" in done.stderr


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], ""),
        ({"type": "FeatureCollection", "features": []}, "/features"),
        (proposal(storey(box(20, 1, 30, 13), units=-1)), "/features/0/properties/units"),
        (proposal(storey(box(20, 1, 30, 13)), storey(box(500, 500, 510, 510))), None),
    ],
)
def test_a_refused_proposal_names_the_file_and_the_place_in_it(
    town: Settings, tmp_path: Path, document: object, place: str | None
) -> None:
    """The JSON pointer stands behind the name of the file; a building off its lot is judged, not refused."""
    path = tmp_path / "house.geojson"
    path.write_text(json.dumps(document))
    done = run(town, *asked(path))
    if place is None:
        assert done.returncode == 0
        return
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"parvaneh: {path}: {place}{': ' if place else ''}" in done.stderr


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://db/city", "must be PostgreSQL"),
        ("postgresql://nobody@127.0.0.1:9/none", "cannot be reached"),
    ],
)
def test_a_database_that_is_none_is_said_in_one_line(url: str, says: str) -> None:
    """A wrong address and a server that is not there."""
    done = run(None, "migrate", DATABASE_URL=url)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert says in done.stderr


def test_a_database_that_was_not_migrated_says_what_to_do(bare_database: str, drawing: Path) -> None:
    """Then `migrate` brings it up, twice without harm."""
    bare = Settings.of(bare_database)
    done = run(bare, *asked(drawing), PARVANEH_SERVICE_ROLE="")
    assert done.returncode == 1
    assert "parvaneh migrate" in done.stderr
    assert [run(bare, "migrate").returncode for _ in range(2)] == [0, 0]


def test_an_empty_database_becomes_the_sample_city(bare_database: str, tmp_path: Path) -> None:
    """And the example of the service's own description stands on its first parcel."""
    bare = Settings.of(bare_database)
    assert run(bare, "sample", "--parcels", "60").returncode == 0
    file = tmp_path / "example.json"
    file.write_text(json.dumps(PROPOSAL_EXAMPLE), encoding="utf-8")
    done = run(bare, *asked(file, "P-000001", "2026-11-21"))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["parcel"] == "P-000001"
    assert not [f for f in report["findings"] if f["provision"] == "within_lot"]


def test_a_book_is_checked_and_a_broken_one_is_status_1(town: Settings, tmp_path: Path) -> None:
    """The little book has a note only; an unknown measure is an error and status 1; no book is status 2."""
    little = Path(town.rulebooks) / "little"
    good = run(town, "rulebook", "check", str(little))
    assert good.returncode == 0
    assert "0 errors" in good.stdout
    for name in ("plan.toml", "citations.toml"):
        (tmp_path / name).write_text((little / name).read_text())
    plan = tmp_path / "plan.toml"
    plan.write_text(plan.read_text().replace('measure = "coverage"', 'measure = "luck"'))
    bad = run(town, "rulebook", "check", str(tmp_path))
    assert bad.returncode == 1
    assert "luck" in bad.stdout
    plan.unlink()
    assert run(town, "rulebook", "check", str(tmp_path)).returncode == 2


def test_a_book_is_compared_with_the_map(town: Settings) -> None:
    """G111 is on the town's map and the little book says nothing of it: an error with --map."""
    done = run(town, "rulebook", "check", str(Path(town.rulebooks) / "little"), "--map")
    assert done.returncode == 1
    assert "G111" in done.stdout


def test_chains_are_verified_and_a_broken_one_is_status_1(
    town: Settings, owner: Engine, as_person: Person
) -> None:
    """A request's chain and report hold; after tampering behind the triggers the code is named."""
    body = {
        "service": "building_permit",
        "channel": "CITIZEN_WEB",
        "parcel": "P-3",
        "proposal": proposal(storey(box(20, 1, 30, 13))),
    }
    code = as_person("citizen").post("/api/requests", json=body).json()["tracking_code"]
    good = run(town, "cases", "verify", "--replay")
    assert (good.returncode, good.stderr) == (0, "")
    assert "1 chains checked, 0 broken" in good.stdout
    assert "1 reports made again" in good.stdout
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE cases.event DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE cases.event SET move = 'fly' WHERE ordinal = 2"))
        connection.execute(text("ALTER TABLE cases.event ENABLE TRIGGER USER"))
    bad = run(town, "cases", "verify")
    assert bad.returncode == 1
    assert f"{code}: event 2 was changed" in bad.stdout


def test_sample_log_ins_are_written_for_their_owner_alone(fresh_town: Settings, tmp_path: Path) -> None:
    """Five different passwords in a file that nobody else can read."""
    path = tmp_path / "logins.txt"
    done = run(fresh_town, "accounts", str(path))
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pairs = dict(line.split() for line in path.read_text().splitlines())
    assert set(pairs) == {"citizen", "surveyor", "reviewer", "planner", "administrator"}
    assert len(set(pairs.values())) == 5


def test_a_real_city_gets_no_sample_log_ins(fresh_town: Settings, tmp_path: Path) -> None:
    """In a city that is no sample nothing is written and no password changes."""
    from api.core.database import engine

    opened = engine(fresh_town, "owner")
    with opened.begin() as connection:
        connection.execute(text("UPDATE cadastre.city SET is_sample = false"))
    opened.dispose()
    done = run(fresh_town, "accounts", str(tmp_path / "logins.txt"))
    assert done.returncode == 1
    assert "[city_not_sample]" in done.stderr
    assert not (tmp_path / "logins.txt").exists()


def test_a_taken_port_is_said_in_one_line(town: Settings) -> None:
    """Status 1 and the port's number, before anything starts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(town, "serve", "--port", str(port))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert str(port) in done.stderr


def test_a_profile_with_an_unknown_book_is_refused(
    town: Settings, bare_database: str, tmp_path: Path
) -> None:
    """One line that names the books there are, and status 1; nothing was read, and an empty database stays
    empty."""
    profile = tmp_path / "city.toml"
    profile.write_text(
        '[city]\nkey = "little"\nname = {fa = "شهر", en = "Town"}\nsrid = 32639\nrulebook = "lost"\n'
        '[[layer]]\nname = "streets"\nfile = "none.gpkg"\nday = 2024-03-20\ncolumns.key = "id"\n',
        encoding="utf-8",
    )
    bare = Settings.of(bare_database).model_copy(update={"rulebooks": town.rulebooks})
    done = run(bare, "import", str(profile))
    opened = create_engine(bare_database)
    with opened.connect() as connection:
        schemas = connection.scalars(text("SELECT nspname FROM pg_namespace")).all()
    opened.dispose()
    assert "cadastre" not in schemas
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "city.toml: city.rulebook: There is no rule-book 'lost'; there are: little." in done.stderr
