"""How a command that is refused ends: one line on standard error, and its exit status."""

from typing import Any

import typer
from typer.core import TyperGroup

from api.commands.files import Unreadable


class Acts(TyperGroup):
    """Commands whose refusals are one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a refusal becomes its sentence and exit status 1, a file that is none of its kind
        2."""
        try:
            return super().invoke(ctx)
        except Unreadable as fault:
            typer.echo(f"parvaneh: {fault}", err=True)
            raise typer.Exit(2) from fault
        except Exception as fault:
            line = refusal(fault)
            if line is None:
                raise
            typer.echo(f"parvaneh: {line}", err=True)
            raise typer.Exit(1) from fault


def refusal(fault: Exception) -> str | None:
    """The one line of a refusal; None for a defect, whose trace must be seen.

    >>> from api.core.errors import NotFound
    >>> refusal(NotFound("parcel_unknown", "No parcel has this key.", where="parcel"))
    'parcel: No parcel has this key. [parcel_unknown]'
    >>> refusal(KeyError("x")) is None
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
