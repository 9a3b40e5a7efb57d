"""Drawings on the terminal: read a building plan in DXF."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.files import in_file, read_bytes, read_text
from api.commands.law import day_of


def drawing(
    file: Annotated[Path, typer.Argument(help="the drawing, an ASCII DXF file")],
    *,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says what each layer holds; eDCR where not given")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="m, cm, mm, ft or in: the true unit, where the file declares another")
    ] = None,
    parcel: Annotated[str | None, typer.Option(help="key of the parcel on which it is placed")] = None,
    on: Annotated[str | None, typer.Option(help="day of the map, 2026-11-21; today where not given")] = None,
    way: Annotated[
        int | None, typer.Option(help="which of the ways in which it fits the parcel is right, from 0")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print everything as the service does")] = False,
) -> None:
    """Read a building plan, measure it, and compare what it declares with what is drawn."""
    content = read_bytes(file)
    given = None if mapping is None else read_text(mapping)

    from api.core.wire import write_json
    from api.planning.drawings import DEFAULT_MAPPING, Asked, mapping_of, read_drawing
    from gis import GisError
    from gis.drawing.mapping import Mapping

    try:
        layers = mapping_of(DEFAULT_MAPPING) if given is None else Mapping.parse(given)
    except GisError as fault:
        raise in_file(mapping or file, fault) from fault
    site = None if parcel is None else _site(parcel, on)
    try:
        found = read_drawing(content, layers, Asked(unit, way), site)
    except GisError as fault:
        raise in_file(file, fault) from fault
    if as_json:
        typer.echo(write_json(found).decode())
    else:
        _tell(file, found)


def _site(parcel: str, on: str | None) -> Any:
    """The site of a parcel of the imported city."""
    from api.command_settings import command_settings
    from api.core.database import engine
    from api.core.days import today
    from api.planning.drawings import site_at

    day = today() if on is None else day_of(on)
    with engine(command_settings()).connect() as connection:
        return site_at(connection, parcel, day)


def _tell(file: Path, found: dict[str, Any]) -> None:
    """The plan in lines: what was measured, what differs, what was left out."""
    plot = found["plot"]
    typer.echo(
        f"{file.name}: unit {found['unit']['name']}, "
        + (f"plot {plot['area_m2']:g} m², " if plot else "no plot, ")
        + f"{len(found['shapes'])} outlines, {found['differences']} differences"
    )
    if found["placement"] is not None:
        typer.echo(f"  {found['placement']['standing']:<10} {found['placement']['text']['en']}")
    for compared in found["comparisons"]:
        typer.echo(f"  {compared['verdict']:<10} {compared['text']['en']}")
    for floor in found["floors"]:
        where = f"Block {floor['block']}, level {floor['level']}"
        how = f"laid on {floor['on']}, {floor['residual_m']} m off" if floor["laid"] else floor["why"]
        typer.echo(f"  {'floor':<10} {where}: {how}.")
    for left in found["left_out"]:
        typer.echo(f"  {'left out':<10} {left['text']['en']}")
    for unknown in found["unknown_layers"]:
        typer.echo(f"  {'unknown':<10} Layer {unknown['layer']}: {unknown['entities']} entities.")
