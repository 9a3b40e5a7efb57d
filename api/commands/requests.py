"""The requests and their chains of events."""

from typing import Annotated

import typer


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
