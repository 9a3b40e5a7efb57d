"""Where things lie: the project, its tools, and the data folder that survives it."""

import os
from pathlib import Path

from bootstrap.terminal import Stop

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = str(VENV / "bin" / "python")
PARVANEH = str(VENV / "bin" / "parvaneh")
TOOLS = PROJECT / ".tools"
LOGS = TOOLS / "log"


def data_folder() -> Path:
    """The folder of the private database and the sample log-ins of this user, made where it is missing.

    `PARVANEH_DATA` where set; `/var/lib/parvaneh` for root, because the server runs as another account, which
    may not enter the home of root; else `~/.local/share/parvaneh`. Raises `Stop` where it cannot be written.
    """
    folder = _data_folder_name()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o755 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        why = error.strerror
        raise Stop(f"cannot make the data folder {folder} ({why}): set PARVANEH_DATA to another") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Stop(f"the data folder {folder} belongs to someone else: set PARVANEH_DATA to another")
    return folder


def _data_folder_name() -> Path:
    named = os.environ.get("PARVANEH_DATA")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/parvaneh")
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "parvaneh"


def require_writable_project() -> None:
    """Raises `Stop` where this user may not write into the project's folder (a clone of another user)."""
    if not os.access(PROJECT, os.W_OK | os.X_OK):
        raise Stop(f"the folder {PROJECT} belongs to another user: clone the project into one of your own")
    for folder in (VENV, TOOLS):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise Stop(f"{folder} was made by another user: remove it, or use a clone of your own")
