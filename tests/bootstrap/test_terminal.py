"""What a step shows while it lasts and when it fails, on a terminal and in a log."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap.machine import explain
from bootstrap.terminal import StepFailed, Stop, step

PROJECT = Path(__file__).resolve().parents[2]
SLOW = "from bootstrap.terminal import step; step('nap', ['sh', '-c', 'echo half way; sleep 2.6'])"


def test_in_a_log_a_step_of_more_than_two_seconds_shows_that_it_lives() -> None:
    """Plain lines: after two seconds with what the step last said, and at the end; no control characters."""
    done = subprocess.run(
        [sys.executable, "-c", SLOW], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    first, last = done.stdout.splitlines()
    assert first == "… nap 2 s  half way"
    assert last.startswith("✓ nap (2.")
    assert "\x1b" not in done.stdout


def test_on_a_terminal_the_step_turns_and_leaves_one_line() -> None:
    """A spinner with the seconds while it lasts; at the end its line is replaced by the result."""
    master, slave = pty.openpty()
    env = {**os.environ, "TERM": "xterm"}
    with os.fdopen(master, "rb", buffering=0) as screen:
        process = subprocess.Popen([sys.executable, "-c", SLOW], cwd=PROJECT, stdout=slave, env=env)
        os.close(slave)
        shown = b""
        try:
            while chunk := screen.read(4096):
                shown += chunk
        except OSError:
            pass  # Linux ends a pseudo-terminal with EIO
        assert process.wait() == 0
    text = shown.decode()
    assert text.count("half way") > 5
    assert text.count("\n") == 1
    assert text.rpartition("\x1b[K")[2].startswith("✓ nap (2.")


def test_a_short_step_prints_its_result_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is shown of a step that is over before anybody wonders."""
    assert step("breath", ["echo", "in"]) == "in\n"
    assert re.fullmatch(r"✓ breath \(0\.\d s\)\n", capsys.readouterr().out)


def test_a_failed_step_shows_the_end_of_what_it_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its last twenty lines; all of it is in the log."""
    log = tmp_path / "log" / "count.log"
    with pytest.raises(StepFailed, match=r"^count: the command failed \(exit status 3\)") as failure:
        step("count", ["sh", "-c", "seq 30; exit 3"], log=log)
    assert failure.value.output.split() == [str(n) for n in range(1, 31)]
    captured = capsys.readouterr()
    assert captured.err.split() == [str(n) for n in range(11, 31)]
    assert log.read_text() == failure.value.output


def test_a_program_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A step whose program is not there stops with its name, not with a traceback."""
    with pytest.raises(Stop, match=r"^music: cannot start nonexistent-player: No such file or directory$"):
        step("music", ["nonexistent-player"])
    assert capsys.readouterr().out.startswith("✗ music")


def test_a_step_that_leaves_a_daemon_behind_ends_with_its_command() -> None:
    """A service that a package starts holds the pipe open; the step does not wait for it."""
    done = subprocess.run(
        [sys.executable, "-c", SLOW.replace("sleep 2.6", "sleep 20 &")],
        cwd=PROJECT, capture_output=True, text=True, timeout=10, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("✓ nap (0.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: dns error: failed to lookup address information", "web: no network"),
        ("npm ERR! code EAI_AGAIN", "web: no network"),
        ("E: Failed to fetch http://mirror/x  Temporary failure resolving 'mirror'", "web: no network"),
        ("OSError: [Errno 28] No space left on device", "web: the disk of"),
        ("npm ERR! nospc ENOSPC: write", "web: the disk of"),
        ("error: TS2322 in src/map.ts", "web: the command failed"),
    ],
)
def test_the_cause_of_a_failure_is_told_from_what_the_tool_said(said: str, told: str, tmp_path: Path) -> None:
    """No network and a full disk become one plain line; anything else stays as it was."""
    assert str(explain(StepFailed("web", 1, said), [tmp_path])).startswith(told)
