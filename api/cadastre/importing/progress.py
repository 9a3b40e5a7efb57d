"""How far an import is: told to whoever asks, shown on a terminal by a bar."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

Tell = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is (0: not known)."""


def silent(_step: str, _done: int, _all: int) -> None:
    """Nobody watches."""


@contextmanager
def on_terminal(console: Console | None = None) -> Iterator[Tell]:
    """A bar for the step that runs, on standard error; a line per step where that is no terminal."""
    out = console or Console(file=sys.stderr)
    if not out.is_terminal:
        yield _lines(out)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), console=out
    ) as bars:
        tasks: dict[str, object] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)  # type: ignore[arg-type]

        yield tell


def _lines(out: Console) -> Tell:
    """At most one line in two seconds, and one at the beginning of each step."""
    last: dict[str, float] = {}

    def tell(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step in last and now - last[step] < 2:
            return
        last[step] = now
        out.print(f"{step} {done:,}/{total:,}" if total and done else step, highlight=False)

    return tell


class Clock:
    """Seconds spent on each kind of work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._start = time.perf_counter()

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count the time of this block as spent on `what`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - start

    def all(self) -> dict[str, float]:
        """All seconds so far, rounded, with the whole under `all`."""
        whole = {**self.seconds, "all": time.perf_counter() - self._start}
        return {what: round(seconds, 3) for what, seconds in whole.items()}
