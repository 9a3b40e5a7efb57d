"""The two commands: what they share before, and how they end."""

import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from bootstrap.serve import run
from bootstrap.suites import test
from bootstrap.terminal import Stop, say

_ACTS: dict[str, Callable[[Sequence[str]], int]] = {"run": run, "test": test}
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""SIGINT too: a shell without job control starts its background commands with it ignored."""


def perform(act: str, arguments: Sequence[str]) -> int:
    """Run the act and return its exit status: a `Stop` becomes one line, Ctrl-C an orderly end."""
    for number in _ENDINGS:
        signal.signal(number, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return _ACTS[act](arguments)
    except Stop as stop:
        say(f"parvaneh: {stop}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("parvaneh: stopped", sys.stderr)
        return 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
