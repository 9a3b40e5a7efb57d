"""What holds for the whole house and no linter knows: a pure `gis`, plain names, no trace of one machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PYTHON = sorted(
    path
    for room in ("api", "bootstrap", "data", "gis", "migrations", "tests")
    for path in (PROJECT / room).rglob("*.py")
)

_CLOSED_MODULES = {
    *(
        "asyncio",
        "builtins",
        "glob",
        "http",
        "importlib",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
    ),
    *(
        "random",
        "secrets",
        "shutil",
        "signal",
        "socket",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
    ),
    *("urllib", "uuid"),
}
_CLOSED_CALLS = {"open", "input", "print", "breakpoint", "__import__", "exec", "eval", "compile"}
_CLOSED_METHODS = {
    *("now", "today", "utcnow", "localtime", "fromtimestamp", "gmtime"),  # the clock
    *("read_text", "write_text", "read_bytes", "write_bytes", "read_file", "to_file", "open", "urlopen"),
    *("fromfile", "tofile", "loadtxt", "savetxt", "genfromtxt", "load", "save", "savez", "memmap"),
}


def impurities(source: str) -> list[str]:
    """Where a module reads a clock, a disk, a network or unseeded chance, as `line: what`.

    >>> impurities("import shapely\\nx = shapely.area(p)")
    []
    >>> impurities("from datetime import date\\ndef f():\\n    return date.today()")
    ['3: .today()']
    >>> impurities("import numpy as np\\na = np.random.default_rng(seed)\\nb = np.random.default_rng()")
    ['3: chance without a seed']
    """
    return [f"{line}: {what}" for line, what in sorted(_impure(ast.parse(source)))]


def _impure(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                closed = {alias.name.partition(".")[0] for alias in node.names} & _CLOSED_MODULES
                yield from ((node.lineno, f"import {name}") for name in closed)
            case ast.ImportFrom() if (node.module or "").partition(".")[0] in _CLOSED_MODULES:
                yield node.lineno, f"import {node.module}"
            case ast.Call(func=ast.Name(id=name)) if name in _CLOSED_CALLS:
                yield node.lineno, f"{name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in _CLOSED_METHODS:
                yield node.lineno, f".{name}()"
            case ast.Call(func=ast.Attribute(attr="default_rng") | ast.Name(id="default_rng")) if (
                not node.args
            ):
                yield node.lineno, "chance without a seed"
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="random"), attr=name)) if (
                name != "default_rng"
            ):
                yield node.lineno, f"random.{name}()"


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "from os import path",
        "import urllib.request",
        "from random import random",
        "open('plan.toml')",
        "datetime.now()",
        "book.read_text()",
        "np.random.default_rng()",
        "np.random.normal()",
        "np.load('terrain.npy')",
    ],
)
def test_the_walk_finds_each_way_out_of_a_pure_module(line: str) -> None:
    """The walk below finds each of these lines; without this it could pass by seeing nothing."""
    assert impurities(line)


def test_gis_reads_no_clock_disk_network_or_unseeded_chance() -> None:
    """The same site, proposal, book and day give the same report anywhere and at any time."""
    modules = sorted((PROJECT / "gis").rglob("*.py"))
    assert modules
    found = {
        f"{path.relative_to(PROJECT)}:{fault}"
        for path in modules
        for fault in impurities(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_bootstrap_imports_the_standard_library_alone() -> None:
    """`./run` begins on a machine on which nothing is installed yet."""
    allowed = sys.stdlib_module_names | {"bootstrap"}
    for path in sorted((PROJECT / "bootstrap").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in allowed, f"{path.relative_to(PROJECT)} imports {name}"


def test_no_module_is_named_after_nothing() -> None:
    """A module is named by its subject; these words name none."""
    empty = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "shared", "base"}
    named = {
        path for path in PYTHON if path.stem in empty or empty & set(path.relative_to(PROJECT).parts[:-1])
    }
    assert not named


def test_no_tracked_file_names_a_place_of_one_machine() -> None:
    """Nothing committed depends on, or tells of, the folders of the machine on which it was written."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    place = re.compile(rb"(?<![\w.~-])/(?:root|work|Users|home/(?!you\b)\w+)/[\w.]+")
    found = []
    for name in listed.stdout.decode().split("\0"):
        path = PROJECT / name
        if name and path.is_file() and path.suffix not in {".png", ".woff2", ".tif", ".gpkg"}:
            found += [f"{name}: {hit.group().decode()}" for hit in place.finditer(path.read_bytes())]
    assert not found
