"""All benchmarks with one command: `uv run --group dev python -m tests.bench`."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench import addresses, bulk_load, judgement, tiles
from tests.bench.ground import Ground, ground, service
from tests.bench.ratio import Ratio


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--parcels", type=int, default=1_000_000, help="size of the sample city (1,000,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="rounds of the bulk load (2)")
    parser.add_argument("--files", type=Path, help="keep the city's files here and use them again")
    parser.add_argument("--database", help="address of a database that holds the city already")
    parser.add_argument("--only", choices=["load", "tiles", "search", "judge"], action="append")
    return parser.parse_args()


def _all(on: Ground, rounds: int, only: list[str] | None) -> Iterator[Ratio | str]:
    def asked(name: str) -> bool:
        return only is None or name in only

    if asked("tiles"):
        yield from tiles.cold(on)
    if asked("search"):
        yield from addresses.search(on)
    if asked("tiles") or asked("judge"):
        with service(on.database) as client:
            if asked("tiles"):
                yield from tiles.warm(on, client)
            if asked("judge"):
                yield from judgement.judge(on, client)
    if asked("load"):
        yield from bulk_load.load(on, rounds)


def main() -> int:
    """Run, print each figure as it is measured, and end with 1 where a mark was missed."""
    given = _arguments()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    missed = 0
    with ExitStack() as stack:
        files = given.files or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="parvaneh-bench-"))
        )
        files.mkdir(parents=True, exist_ok=True)
        city = given.only != ["load"]
        on = stack.enter_context(ground(given.parcels, given.seed, files, given.database, city=city))
        for figure in _all(on, given.rounds, given.only):
            print(figure if isinstance(figure, str) else figure.line(), flush=True)
            missed += isinstance(figure, Ratio) and not figure.kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
