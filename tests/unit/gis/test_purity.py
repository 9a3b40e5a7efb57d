"""The spatial law is pure: it reads no clock, opens no file and throws no dice."""

import ast
from pathlib import Path

import pytest

import gis

MODULES = sorted(Path(gis.__file__).parent.rglob("*.py"))
FORBIDDEN_MODULES = {
    "os",
    "io",
    "pathlib",
    "socket",
    "random",
    "secrets",
    "time",
    "uuid",
    "tempfile",
    "urllib",
}
FORBIDDEN_CALLS = {"open", "today", "now", "utcnow", "print", "input", "default_rng", "urandom"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(MODULES[0].parent).as_posix())
def test_reads_nothing_but_its_arguments(path: Path) -> None:
    """A module of gis imports no door to the outside and calls none."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {name.name.split(".")[0] for name in node.names} & FORBIDDEN_MODULES
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in FORBIDDEN_MODULES
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            assert name not in FORBIDDEN_CALLS, f"line {node.lineno} calls {name}"


def test_there_is_something_to_read() -> None:
    """The walk finds the package: a moved folder would make the test above empty."""
    assert {"lot.py", "assess.py", "frame.py"} <= {path.name for path in MODULES}
