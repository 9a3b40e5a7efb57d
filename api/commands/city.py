"""A city into the database: its files, or the sample."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.files import Unreadable, require_toml


def _import(profile: Path, report: Path | None) -> None:
    from api.cadastre.importing.progress import on_terminal
    from api.cadastre.importing.run import look_over, run_import
    from api.command_settings import command_settings
    from api.core.database import migrate
    from api.planning.map_books import MapBooks

    settings = command_settings()
    books = MapBooks(settings.rulebooks)
    look_over(profile, books)
    migrate(settings.database_url)  # an empty database is a city's first one
    with on_terminal() as tell:
        made = run_import(profile, settings, progress=tell, report_path=report, books=books)
    made.print()
    if not made.accounted:
        typer.echo("parvaneh: not every row is accounted for", err=True)
        raise typer.Exit(1)


def import_city(
    profile: Annotated[Path, typer.Argument(help="the city's profile (TOML)")],
    report: Annotated[
        Path | None, typer.Option(help="write the report here as JSON, rejects beside it")
    ] = None,
) -> None:
    """Import a city from its files. Status 0 only when every row is accounted for."""
    require_toml(profile)
    _import(profile, report)


def sample(
    parcels: Annotated[int, typer.Option(min=50, help="how many parcels")] = 5000,
    seed: Annotated[int, typer.Option(help="the same seed, the same town")] = 1,
    folder: Annotated[Path | None, typer.Option(help="keep the files here; else they are removed")] = None,
) -> None:
    """Make the sample city and import it."""
    import tempfile

    from api.cadastre.importing.progress import on_terminal
    from data.sample_city import write

    if folder is not None and folder.exists() and not folder.is_dir():
        raise Unreadable(folder, "this is no folder; the files of the city need one")
    with tempfile.TemporaryDirectory(prefix="parvaneh-sample-") as passing:
        place = folder or Path(passing)
        with on_terminal() as tell:
            written = write(place, parcels, seed, progress=tell)
        _import(written.profile, None)
