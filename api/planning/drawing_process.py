"""Reading a drawing that somebody sent, in a process of its own with little memory and little time.

The survey of a file (`gis.drawing.guard`) keeps its parsing within seconds and some hundred megabytes. The
process is for what nobody thought of: what needs more dies alone, and the service refuses the drawing.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from api.core.errors import Unavailable
from api.core.wire import write_json
from gis.drawing.reading import read_sheet
from gis.drawing.sheet import Sheet
from gis.errors import DrawingError

SECONDS: Final = 30
MEMORY: Final = 1024 * 1024 * 1024
"""Bytes beside what the process has before it reads."""
AT_ONCE: Final = 2
_PATIENCE: Final = 60
_PROGRAM = ("-m", "api.planning.drawing_process")
_turns = BoundedSemaphore(AT_ONCE)


def sheet_in_bounds(content: bytes) -> Sheet:
    """The sheet of a drawing, as `read_sheet`, read within `SECONDS` of processor time and `MEMORY`.

    At most `AT_ONCE` are read at a time. Raises DrawingError as it does, and where the bounds are passed;
    `Unavailable` where no turn comes within a minute.
    """
    if not _turns.acquire(timeout=_PATIENCE):
        raise Unavailable("drawings_busy", "Too many drawings are being read; send it again in a minute.")
    try:
        # Our own interpreter and module; what was sent is its standard input and no argument.
        done = subprocess.run(  # noqa: S603
            [sys.executable, *_PROGRAM],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise _too_costly() from fault
    finally:
        _turns.release()
    if done.returncode != 0:
        raise _too_costly()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        code, where, detail, values = answer["refused"]
        raise DrawingError(code, where, detail, **values)
    return Sheet.from_dict(answer["sheet"])


def _too_costly() -> DrawingError:
    return DrawingError(
        "drawing.too_costly",
        "",
        f"The drawing cannot be read within {SECONDS} seconds and {MEMORY // 2**20} MB; send the plan alone.",
        seconds=SECONDS,
        bytes=MEMORY,
    )


def main() -> None:
    """Read a drawing from standard input, and write its sheet or its refusal."""
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    spent = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, spent + SECONDS))
    try:
        answer: dict[str, object] = {"sheet": read_sheet(sys.stdin.buffer.read()).to_dict()}
    except DrawingError as fault:
        answer = {"refused": [fault.code, fault.where, fault.detail, dict(fault.values)]}
    sys.stdout.buffer.write(write_json(answer))


if __name__ == "__main__":
    main()
