"""`./run` and `./test` as a person meets them: real processes on a machine that lacks this or that."""

import fcntl
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of an empty machine: a home without anything, and Python alone on PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(Path(sys.executable).resolve())
    data = tmp_path / "data"
    return {"PATH": str(programs), "HOME": str(tmp_path), "PARVANEH_DATA": str(data)}


def call(command: str, *arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one of the two commands from another folder, with a short time-out: a refusal comes at once."""
    return subprocess.run(
        [PROJECT / command, *arguments],
        cwd="/",
        env=env,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


@pytest.mark.parametrize("command", ["run", "test"])
def test_help_needs_nothing_but_python(command: str, bare: dict[str, str]) -> None:
    """--help prints the usage on an empty machine and makes nothing."""
    done = call(command, "--help", env=bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: ./{command} ")
    assert not Path(bare["PARVANEH_DATA"]).exists()


@pytest.mark.parametrize("command", ["run", "test"])
def test_without_python_one_line_says_what_to_install(command: str, bare: dict[str, str]) -> None:
    """A machine without Python gets the line to run, not the shell's own complaint."""
    done = call(command, "--help", env={**bare, "PATH": "/nonexistent"})
    assert done.returncode == 1
    assert done.stderr == "parvaneh: python3 is missing. As root: apt-get install python3\n"


def test_a_port_that_is_taken_is_refused_with_the_option_to_change_it(bare: dict[str, str]) -> None:
    """The port is looked at before anything is installed."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = call("run", "--port", str(port), "--no-open", env=bare)
    assert done.returncode == 1
    assert done.stderr == (
        f"parvaneh: port {port} is taken by another program: choose another one with --port N\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--port", "65536"), "--port: 65536 is no port"),
        (("--port", "web"), "invalid int value: 'web'"),
        (("--parcels", "49"), "--parcels: the smallest town has 50 parcels, not 49"),
        (("--colour",), "unrecognized arguments: --colour"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    arguments: tuple[str, ...], said: str, bare: dict[str, str]
) -> None:
    """Wrong options end with status 2 and say which one it was."""
    done = call("run", *arguments, env=bare)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_second_run_says_where_the_first_one_serves(bare: dict[str, str]) -> None:
    """While one ./run holds the lock, the next one names its address and process, and leaves it alone."""
    lock = Path(bare["PARVANEH_DATA"]) / "run.lock"
    lock.parent.mkdir()
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        json.dump({"pid": 4711, "address": "http://127.0.0.1:8999"}, file)
        file.flush()
        done = call("run", "--no-open", env=bare)
    assert done.returncode == 1
    assert "already runs here: http://127.0.0.1:8999 (process 4711)" in done.stderr


def test_a_data_folder_that_cannot_be_made_is_refused(bare: dict[str, str]) -> None:
    """The message names the folder and the variable that moves it."""
    done = call("run", "--no-open", env={**bare, "PARVANEH_DATA": "/proc/parvaneh"})
    assert done.returncode == 1
    assert done.stderr.startswith("parvaneh: cannot make the data folder /proc/parvaneh (")
    assert done.stderr.count("\n") == 1
    assert "PARVANEH_DATA" in done.stderr


def test_no_act_but_the_two_is_known(bare: dict[str, str]) -> None:
    """The package behind the commands has these two doors alone."""
    done = subprocess.run(
        [sys.executable, "-m", "bootstrap", "dance"],
        cwd=PROJECT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "run or test" in done.stderr
