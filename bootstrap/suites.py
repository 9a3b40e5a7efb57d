"""`./test`: every check and every suite in order, each to its end, and a summary with times."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap import postgres, web
from bootstrap.folders import PARVANEH, PROJECT, PYTHON, VENV
from bootstrap.preparation import path_with, prepare, without_database
from bootstrap.terminal import StepFailed, Stop, say, step
from bootstrap.tools import clean_environment, node_environment


@dataclass(frozen=True)
class Result:
    """How one check ended."""

    name: str
    passed: bool
    seconds: float


def test(arguments: Sequence[str]) -> int:
    """Run everything, or with arguments pytest alone with these; returns 0 only when all passed."""
    prepare(dev=True, own_database=True)
    env = path_with(str(postgres.ensure().folder), without_database(clean_environment()))
    theirs = arguments[1:] if arguments[:1] == ["--"] else arguments
    pytest = [PYTHON, "-m", "pytest", *theirs]
    if arguments:
        return subprocess.run(pytest, cwd=PROJECT, env=env, check=False).returncode
    started = time.monotonic()
    results = [_check(name, command, env) for name, command in _checks()]
    results.append(
        _check("web: words and types", ["npm", "run", "--silent", "check"], node_environment(), web.WEB)
    )
    say()
    begun = time.monotonic()
    status = subprocess.run(pytest, cwd=PROJECT, env=env, check=False).returncode
    results.append(Result("pytest", status == 0, time.monotonic() - begun))
    return _summary(results, time.monotonic() - started)


def _checks() -> list[tuple[str, list[str]]]:
    """Names and commands of the checks that need no database."""
    programs = f"{VENV}/bin"
    books = sorted(path.parent for path in (PROJECT / "data" / "rulebooks").glob("*/plan.toml"))
    if not books:
        raise Stop("no rule-book is in data/rulebooks: this clone is not whole")
    return [
        ("lint", [f"{programs}/ruff", "check", "."]),
        ("format", [f"{programs}/ruff", "format", "--check", "."]),
        ("types", [f"{programs}/mypy"]),
        ("imports point down", [f"{programs}/lint-imports"]),
        *((f"rule-book {book.name}", [PARVANEH, "rulebook", "check", str(book)]) for book in books),
    ]


def _check(name: str, command: list[str], env: dict[str, str], cwd: Path = PROJECT) -> Result:
    """Run one check to its end; what it printed is shown whole when it fails."""
    begun = time.monotonic()
    try:
        step(name, command, env=env, cwd=cwd, quiet_failure=True)
    except StepFailed as failure:
        say(failure.output.rstrip())
        return Result(name, False, time.monotonic() - begun)
    return Result(name, True, time.monotonic() - begun)


def _summary(results: Sequence[Result], seconds: float) -> int:
    """Print one line for each check and one for all; returns the exit status."""
    width = max(len(result.name) for result in results)
    say()
    for result in results:
        say(f"{'✓' if result.passed else '✗'} {result.name:<{width}} {result.seconds:7.1f} s")
    failed = [result.name for result in results if not result.passed]
    verdict = f"failed: {', '.join(failed)}" if failed else f"all {len(results)} passed"
    say(f"{verdict} in {seconds:.0f} s")
    return 1 if failed else 0
