"""The law on the terminal: judge a proposal, check a rule-book."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.files import Unreadable, in_file, read_document, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from api.planning.service import Judgement


def day_of(text: str) -> date:
    """A day as a command is given it; wrong usage where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise typer.BadParameter("a day is written 2026-11-21") from fault


def assess(
    parcel: Annotated[str, typer.Option(help="key of the parcel")],
    proposal: Annotated[Path, typer.Option(help="GeoJSON file")],
    on: Annotated[str, typer.Option(help="the day whose map and law govern, 2026-11-21")],
    as_json: Annotated[bool, typer.Option("--json", help="print the report as the service does")] = False,
) -> None:
    """Judge a proposal on a parcel; nothing is stored."""
    day = day_of(on)
    document = read_document(proposal)

    from api.planning.service import judge

    _judge(judge, parcel, proposal, day, document, as_json=as_json)


def subdivide(
    parcel: Annotated[str, typer.Option(help="key of the parcel")],
    pieces: Annotated[Path, typer.Option(help="GeoJSON file, one feature for each piece")],
    on: Annotated[str, typer.Option(help="the day whose map and law govern, 2026-11-21")],
    as_json: Annotated[bool, typer.Option("--json", help="print the report as the service does")] = False,
) -> None:
    """Judge a division of a parcel into pieces; nothing is stored."""
    day = day_of(on)
    document = read_document(pieces)

    from api.planning.service import judge_subdivision

    _judge(judge_subdivision, parcel, pieces, day, document, as_json=as_json)


def _judge(
    judge: "Callable[[Connection, str, str, date, Any], Judgement]",
    parcel: str,
    file: Path,
    day: date,
    document: Any,
    *,
    as_json: bool,
) -> None:
    """Print the judgement of a document on a parcel: as the service writes it, or a line a finding."""
    from api.command_settings import command_settings
    from api.core.database import engine
    from gis import GisError

    settings = command_settings()
    with engine(settings).connect() as connection:
        try:
            made = judge(connection, settings.rulebooks, parcel, day, document)
        except GisError as fault:
            if fault.where.startswith("/") or fault.code.startswith("proposal."):
                raise in_file(file, fault) from fault
            raise
    if as_json:
        typer.echo(made.text.decode())
        return
    typer.echo(f"{parcel} on {day}: {made.report.verdict} ({made.book.book.id})")
    for finding in made.report.findings:
        cite = f" [{finding.rule.value.cite.ref}]" if finding.rule else ""
        typer.echo(f"  {finding.verdict:<15} {finding.text.en}{cite}")


def check_rulebook(
    folder: Annotated[Path, typer.Argument(help="folder of the book")],
    on_map: Annotated[
        bool, typer.Option("--map", help="compare its zones and overlays with the city")
    ] = False,
) -> None:
    """Check a book before it is published: its law, its days, its zones, and all its worked cases."""
    if not folder.is_dir():
        raise Unreadable(folder, "a rule-book is a folder with plan.toml and citations.toml; this is none")
    cases = folder / "cases.toml"
    texts = [read_text(folder / name) for name in ("plan.toml", "citations.toml")]
    texts.append(read_text(cases) if cases.exists() else "")

    from gis.rulebook_check import check_texts

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
