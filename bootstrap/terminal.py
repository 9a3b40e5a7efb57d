"""What the user sees: a line for each step, its progress meanwhile, and one line when it cannot go on."""

import os
import re
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

PATIENCE = 2.0
"""Seconds after which a step must show that it lives."""

_LINE_EVERY = 5.0
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f]")


class Stop(Exception):
    """The start cannot go on; the message is one line that says why and what to do."""


class StepFailed(Stop):
    """A command of a step failed; carries what it printed, so that the cause can be told from it."""

    def __init__(self, name: str, status: int, output: str) -> None:
        super().__init__(f"{name}: the command failed (exit status {status}), see above")
        self.output = output


def say(line: str = "", stream: TextIO | None = None) -> None:
    """Print one line at once."""
    out = stream or sys.stdout
    out.write(line + "\n")
    out.flush()


class Progress:
    """One step on the screen.

    On a terminal a spinner with the seconds; elsewhere, from the third second on, a line every five seconds.
    Ends with a line that says how long it took. With `aside` all of it goes to standard error, and a step
    of less than two seconds says nothing: for commands whose output is itself the answer.
    """

    def __init__(self, name: str, *, aside: bool = False) -> None:
        self.name = name
        self._out = sys.stderr if aside else sys.stdout
        self._shown = not aside
        self._live = self._out.isatty() and os.environ.get("TERM") != "dumb"
        self._started = time.monotonic()
        self._next_line = self._started + PATIENCE
        self._frame = 0

    @property
    def seconds(self) -> float:
        """Time since the step began."""
        return time.monotonic() - self._started

    def tick(self, detail: str = "") -> None:
        """Show that the step lives; `detail` is what it does at this moment."""
        self._shown = self._shown or self.seconds >= PATIENCE
        if self._live and self._shown:
            self._frame = (self._frame + 1) % len(_FRAMES)
            room = max(0, _columns() - len(self.name) - 14)
            self._out.write(
                f"\r\x1b[K{_FRAMES[self._frame]} {self.name} {self.seconds:3.0f} s  {detail[:room]}"
            )
            self._out.flush()
        elif time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + _LINE_EVERY
            say(f"… {self.name} {self.seconds:.0f} s  {detail}".rstrip(), self._out)

    def done(self, remark: str = "") -> None:
        """The step is finished."""
        self._end("✓", remark)

    def failed(self) -> None:
        """The step came to nothing."""
        self._end("✗", "")

    def _end(self, mark: str, remark: str) -> None:
        if not self._shown:
            return
        start = "\r\x1b[K" if self._live else ""
        tail = f": {remark}" if remark else ""
        say(f"{start}{mark} {self.name}{tail} ({self.seconds:.1f} s)", self._out)


def step(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    quiet_failure: bool = False,
) -> str:
    """Run a command as a step with progress and return what it printed.

    The output is shown only when the command fails (its last lines), and is kept whole in `log`.
    Raises `StepFailed`; with `quiet_failure` the caller tells the failure.
    """
    progress = Progress(name)
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        progress.failed()
        raise Stop(f"{name}: cannot start {command[0]}: {error.strerror}") from error
    try:
        output = _drain(process, progress.tick)
    except BaseException:
        process.terminate()
        process.wait()
        progress.failed()
        raise
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(output, encoding="utf-8")
    if process.returncode == 0:
        progress.done()
        return output
    progress.failed()
    if not quiet_failure:
        show_tail(output)
    raise StepFailed(name, process.returncode, output)


def show_tail(output: str, lines: int = 20) -> None:
    """Print the last lines of a failed command, indented."""
    for line in deque(output.splitlines(), maxlen=lines):
        say(f"    {line}", sys.stderr)


def _drain(process: subprocess.Popen[bytes], tick: Callable[[str], None]) -> str:
    """Read all that the process prints, ticking about eight times a second, until it has ended."""
    pipe = process.stdout
    if pipe is None:
        raise ValueError("the process must have been started with a pipe for its output")
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector, pipe:
        selector.register(pipe, selectors.EVENT_READ)
        last, open_ended = "", True
        while open_ended or process.poll() is None:
            if not open_ended:
                time.sleep(0.05)
            elif selector.select(timeout=0.12):
                chunk = os.read(pipe.fileno(), 65536)
                parts.append(chunk)
                open_ended = bool(chunk)
                last = last_line(chunk.decode("utf-8", "replace")) or last
            elif process.poll() is not None:
                break  # the command has ended; a daemon that it left behind may still hold the pipe
            tick(last)
    process.wait()
    return b"".join(parts).decode("utf-8", "replace")


def last_line(text: str) -> str:
    r"""The last line with a letter or digit in it, without colours and carriage returns.

    >>> last_line("parcels 5,000\n└─────┘\n")
    'parcels 5,000'
    >>> last_line("Get:1 postgis\n\x1b[32mUnpacking\x1b[0m postgis\r\n\n")
    'Unpacking postgis'
    >>> last_line("")
    ''
    """
    for line in reversed(re.split(r"[\r\n]", text)):
        bare = _CONTROL.sub("", line).strip()
        if any(character.isalnum() for character in bare):
            return bare
    return ""


def _columns() -> int:
    try:
        return os.get_terminal_size().columns or 80  # a terminal that nobody sized says 0
    except OSError:
        return 80
