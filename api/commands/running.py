"""Running an installation: its database, its log-ins, the service itself."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.files import Unreadable


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


def migrate() -> None:
    """Bring the database to the schema of this version."""
    from api.command_settings import command_settings
    from api.core.database import migrate as bring

    bring(command_settings().database_url)
    typer.echo("the database is at this version")


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
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as fault:
            raise Unreadable(file, f"this file cannot be written: {fault.strerror}") from fault
        os.fchmod(handle, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.writelines(f"{role} {password}\n" for role, password in passwords.items())
    typer.echo(f"{len(roles)} log-ins written to {file}")
