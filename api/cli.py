"""The terminal: `parvaneh …`, the same acts as the service.

Exit status: 0 done, 1 refused or faults found (one line says what), 2 wrong usage. What a command needs is
imported when it runs, so that `--help` answers at once.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup


class _Acts(TyperGroup):
    """Commands whose refusals are one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a refusal becomes its sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except Exception as fault:
            line = _refusal(fault)
            if line is None:
                raise
            typer.echo(f"parvaneh: {line}", err=True)
            raise typer.Exit(1) from fault


def _refusal(fault: Exception) -> str | None:
    """The one line of a refusal; None for a defect, whose trace must be seen.

    >>> from api.core.errors import NotFound
    >>> _refusal(NotFound("parcel_unknown", "No parcel has this key.", where="parcel"))
    'parcel: No parcel has this key. [parcel_unknown]'
    >>> _refusal(KeyError("x")) is None
    True
    """
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from bootstrap.terminal import Stop

    code, detail = getattr(fault, "code", None), getattr(fault, "detail", None)
    if isinstance(code, str) and isinstance(detail, str):
        where = getattr(fault, "where", "")
        return f"{where}: {detail} [{code}]" if where else f"{detail} [{code}]"
    if isinstance(fault, Stop):
        return str(fault)
    if isinstance(fault, ValidationError):
        first = fault.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        return f"setting {'.'.join(str(part) for part in first['loc'])}: {message}"
    if isinstance(fault, OperationalError):
        return f"the database cannot be reached: {' '.join(str(fault.orig).split())}"
    if isinstance(fault, ProgrammingError) and type(fault.orig).__name__ in {
        "UndefinedTable",
        "InvalidSchemaName",
    }:
        return "the database has not been brought to this version: parvaneh migrate"
    return None


app = typer.Typer(
    cls=_Acts,
    no_args_is_help=True,
    add_completion=False,
    help="Parvaneh, the electronic urban-planning system.",
)
rulebook = typer.Typer(no_args_is_help=True, help="The rule-books.")
cases = typer.Typer(no_args_is_help=True, help="The requests and their chains of events.")
app.add_typer(rulebook, name="rulebook")
app.add_typer(cases, name="cases")


def _import(profile: Path, report: Path | None) -> None:
    from api.cadastre.importing.progress import on_terminal
    from api.cadastre.importing.run import run_import
    from api.command_settings import command_settings
    from api.core.database import migrate
    from api.planning.book_zones import BookZones

    settings = command_settings()
    migrate(settings.database_url)  # an empty database is a city's first one
    with on_terminal() as tell:
        books = BookZones(settings.rulebooks)
        made = run_import(profile, settings, progress=tell, report_path=report, books=books)
    made.print()
    if not made.accounted:
        typer.echo("parvaneh: not every row is accounted for", err=True)
        raise typer.Exit(1)


@app.command("import")
def import_city(
    profile: Annotated[Path, typer.Argument(help="the city's profile (TOML)")],
    report: Annotated[
        Path | None, typer.Option(help="write the report here as JSON, rejects beside it")
    ] = None,
) -> None:
    """Import a city from its files. Status 0 only when every row is accounted for."""
    _import(profile, report)


@app.command()
def sample(
    parcels: Annotated[int, typer.Option(min=50, help="how many parcels")] = 5000,
    seed: Annotated[int, typer.Option(help="the same seed, the same town")] = 1,
    folder: Annotated[Path | None, typer.Option(help="keep the files here; else they are removed")] = None,
) -> None:
    """Make the sample city and import it."""
    import tempfile

    from api.cadastre.importing.progress import on_terminal
    from data.sample_city import write

    with tempfile.TemporaryDirectory(prefix="parvaneh-sample-") as passing:
        place = folder or Path(passing)
        with on_terminal() as tell:
            written = write(place, parcels, seed, progress=tell)
        _import(written.profile, None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise typer.BadParameter("a day is written 2026-11-21") from fault


@app.command()
def assess(
    parcel: Annotated[str, typer.Option(help="key of the parcel")],
    proposal: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="GeoJSON file")],
    on: Annotated[str, typer.Option(help="the day whose map and law govern, 2026-11-21")],
    as_json: Annotated[bool, typer.Option("--json", help="print the report as the service does")] = False,
) -> None:
    """Judge a proposal on a parcel; nothing is stored."""
    from api.command_settings import command_settings
    from api.core.database import engine
    from api.core.wire import read_json
    from api.planning.service import judge

    day = _day(on)
    settings = command_settings()
    document = read_json(proposal.read_bytes())
    with engine(settings).connect() as connection:
        made = judge(connection, settings.rulebooks, parcel, day, document)
    if as_json:
        typer.echo(made.text.decode())
        return
    typer.echo(f"{parcel} on {day}: {made.report.verdict} ({made.book.book.id})")
    for finding in made.report.findings:
        cite = f" [{finding.rule.value.cite.ref}]" if finding.rule else ""
        typer.echo(f"  {finding.verdict:<15} {finding.text.en}{cite}")


@rulebook.command("check")
def check_rulebook(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="folder of the book")],
    on_map: Annotated[
        bool, typer.Option("--map", help="compare its zones and overlays with the city")
    ] = False,
) -> None:
    """Check a book before it is published: its law, its days, its zones, and all its worked cases."""
    from gis.rulebook_check import check_texts

    texts = []
    for name in ("plan.toml", "citations.toml", "cases.toml"):
        path = folder / name
        if not path.is_file() and name != "cases.toml":
            typer.echo(f"parvaneh: there is no {path}", err=True)
            raise typer.Exit(1)
        texts.append(path.read_text(encoding="utf-8") if path.is_file() else "")
    zones, overlays = _on_map() if on_map else (None, [])
    faults = check_texts(*texts, zones_on_map=zones, overlays_on_map=overlays)
    for fault in faults:
        typer.echo(f"{fault.severity}: {fault}")
    errors = sum(fault.severity == "error" for fault in faults)
    typer.echo(f"{folder}: {errors} errors, {len(faults) - errors} notes")
    if errors:
        raise typer.Exit(1)


def _on_map() -> tuple[list[str], list[str]]:
    """The zones and the kinds of overlays of the imported city."""
    from api.cadastre.service import overlay_kinds, zone_codes
    from api.command_settings import command_settings
    from api.core.database import engine
    from api.core.days import today

    with engine(command_settings()).connect() as connection:
        on = today()
        return [zone["code"] for zone in zone_codes(connection, on)], overlay_kinds(connection, on)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="processes")] = 1,
) -> None:
    """Serve the API and the screens."""
    import socket

    import uvicorn

    from api.command_settings import command_settings
    from api.impatient import Impatient

    command_settings()  # a wrong setting is one line here, not a trace of every worker
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            typer.echo(f"parvaneh: cannot listen on {host} port {port}: {fault.strerror}", err=True)
            raise typer.Exit(1) from fault
    uvicorn.run(
        "api.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        server_header=False,
        access_log=False,
        http=Impatient,
        ws="none",
    )


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    from api.command_settings import command_settings
    from api.core.database import migrate as bring

    bring(command_settings().database_url)
    typer.echo("the database is at this version")


@app.command()
def accounts(
    file: Annotated[Path, typer.Argument(help="where the log-ins are written, readable by you alone")],
) -> None:
    """Make the sample city's log-ins, one for each role, with random passwords."""
    import os
    import secrets

    from api.command_settings import command_settings
    from api.core.database import engine
    from api.sample_logins import make_sample_logins

    roles = ("citizen", "surveyor", "reviewer", "planner", "administrator")
    passwords = {role: secrets.token_urlsafe(9) for role in roles}
    with engine(command_settings(), "owner").begin() as connection:
        make_sample_logins(connection, passwords)
        # Written inside the transaction: no password is set that nobody can read.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.fchmod(handle, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.writelines(f"{role} {password}\n" for role, password in passwords.items())
    typer.echo(f"{len(roles)} log-ins written to {file}")


@cases.command("verify")
def verify_cases(
    replayed: Annotated[bool, typer.Option("--replay", help="make every stored report again too")] = False,
) -> None:
    """Check every chain of events, and with --replay every stored report; status 1 where one fails."""
    from sqlalchemy import text

    from api.cases.events import verify
    from api.command_settings import command_settings
    from api.core.database import engine
    from api.planning.service import replay

    failed = 0
    with engine(command_settings(), "owner").connect() as connection:
        checked, broken = verify(connection)
        for chain in broken:
            for fault in chain.faults:
                typer.echo(f"{chain.tracking_code}: event {fault.ordinal} {fault.what}")
        failed += len(broken)
        typer.echo(f"{checked} chains checked, {len(broken)} broken")
        if replayed:
            ids = connection.execute(text("SELECT id FROM planning.assessment ORDER BY id")).scalars().all()
            for assessment in ids:
                again = replay(connection, assessment)
                if not again.same:
                    failed += again.engine_then == again.engine_now
                    typer.echo(
                        f"assessment {assessment}: differs in {', '.join(again.differing)}"
                        f" (engine {again.engine_then} → {again.engine_now})"
                    )
            typer.echo(f"{len(ids)} reports made again")
    if failed:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
