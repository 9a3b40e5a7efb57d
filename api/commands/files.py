"""The files that a command is given: read whole, or said in one line why they are none of their kind."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.core.errors import BadInput


class Unreadable(Exception):
    """What was given is no file of the kind that the command takes; the message is one line."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises `Unreadable` for what is missing, a folder, empty, or not permitted."""
    try:
        body = path.read_bytes()
    except IsADirectoryError as fault:
        raise Unreadable(path, "this is a folder; a file is needed") from fault
    except OSError as fault:
        raise Unreadable(path, f"this file cannot be read: {fault.strerror}") from fault
    if not body.strip():
        raise Unreadable(path, "this file is empty")
    return body


def read_text(path: Path) -> str:
    """The text of a file; as `read_bytes`, and what is not UTF-8 is refused."""
    body = read_bytes(path)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Unreadable(path, f"this is not UTF-8 text at byte {fault.start}") from fault


def require_toml(path: Path) -> None:
    """Refuse a file that is no TOML, with the line and column at which it ceases to be."""
    try:
        tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as fault:
        raise Unreadable(path, f"this is not TOML: {fault}") from fault


def read_document(path: Path) -> Any:
    """The JSON document of a file, read as strictly as the service reads a body.

    Raises `Unreadable` for what is no JSON, with line and column, and `BadInput` that names the file for what
    JSON may not hold.
    """
    from api.core.errors import BadInput
    from api.core.wire import read_json

    text = read_text(path)
    try:
        return read_json(text.encode())
    except BadInput as fault:
        if fault.code != "json_invalid":
            raise in_file(path, fault) from fault
        before = text[: int(str(fault.values.get("position", 0)))]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        why = getattr(fault.__cause__, "msg", "it cannot be read")
        raise Unreadable(path, f"this is not JSON: {why} at line {line}, column {column}") from fault


def in_file(path: Path, fault: Any) -> "BadInput":
    """The refusal of a document with the file in which it was given before the place."""
    from api.core.errors import BadInput

    where = f"{path}: {fault.where}" if fault.where else str(path)
    return BadInput(fault.code, fault.detail, where=where, **fault.values)
