"""Drawings on the terminal: read a building plan in DXF."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.files import in_file, read_bytes, read_text


def drawing(
    file: Annotated[Path, typer.Argument(help="the drawing, an ASCII DXF file")],
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says what each layer holds; eDCR where not given")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="m, cm, mm, ft or in: the true unit, where the file declares another")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print everything as the service does")] = False,
) -> None:
    """Read a building plan, measure it, and compare what it declares with what is drawn."""
    content = read_bytes(file)
    given = None if mapping is None else read_text(mapping)

    from api.core.wire import write_json
    from api.planning.drawings import DEFAULT_MAPPING, mapping_of, read_drawing
    from gis import GisError
    from gis.drawing.mapping import Mapping

    try:
        layers = mapping_of(DEFAULT_MAPPING) if given is None else Mapping.parse(given)
    except GisError as fault:
        raise in_file(mapping or file, fault) from fault
    try:
        found = read_drawing(content, layers, unit)
    except GisError as fault:
        raise in_file(file, fault) from fault
    if as_json:
        typer.echo(write_json(found).decode())
    else:
        _tell(file, found)


def _tell(file: Path, found: dict[str, Any]) -> None:
    """The plan in lines: what was measured, what differs, what was left out."""
    plot = found["plot"]
    typer.echo(
        f"{file.name}: unit {found['unit']['name']}, "
        + (f"plot {plot['area_m2']:g} m², " if plot else "no plot, ")
        + f"{len(found['shapes'])} outlines, {found['differences']} differences"
    )
    for compared in found["comparisons"]:
        typer.echo(f"  {compared['verdict']:<10} {compared['text']['en']}")
    for left in found["left_out"]:
        typer.echo(f"  {'left out':<10} {left['text']['en']}")
    for unknown in found["unknown_layers"]:
        typer.echo(f"  {'unknown':<10} Layer {unknown['layer']}: {unknown['entities']} entities.")
