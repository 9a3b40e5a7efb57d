"""`./run`: everything set up, the sample city at the first start, the service on loopback until Ctrl-C."""

import argparse
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.error import URLError

from bootstrap import private, usage
from bootstrap.city import make_ready
from bootstrap.folders import PARVANEH, PROJECT, PYTHON, data_folder
from bootstrap.machine import any_free_port, has_display, port_is_free
from bootstrap.preparation import prepare
from bootstrap.terminal import Progress, Stop, say, show_tail
from bootstrap.tools import clean_environment

PATIENCE = 90
"""Seconds for the service to answer; a small machine compiles Python files on the first start."""


def run(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C or a signal to end; returns 0 then. Raises `Stop` where it cannot."""
    options = _options(arguments)
    given = os.environ.get("DATABASE_URL", "")
    home = data_folder()
    mark = f"-{hashlib.sha256(given.encode()).hexdigest()[:8]}" if given else ""
    with _only_one(home / f"run{mark}.lock") as note:
        port = _port(options.port)
        prepare(dev=False, own_database=not given)
        with nullcontext(given) if given else private.database(create=True) as url:
            env = {**clean_environment(), "DATABASE_URL": url}
            logins = make_ready(env, options.parcels, home / f"logins{mark}.txt")
            address = f"http://127.0.0.1:{port}"
            with _service(port, env, home / f"service{mark}.log") as service:
                note({"pid": os.getpid(), "address": address})
                _greet(address, logins)
                if options.open and has_display() and sys.stdout.isatty():
                    webbrowser.open(address)
                _wait(service, home / f"service{mark}.log", own_database=not given)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", usage=usage.RUN.partition("\n")[0][7:], add_help=False)
    parser.add_argument("--port", type=int)
    parser.add_argument("--parcels", type=int)
    parser.add_argument("--no-open", dest="open", action="store_false")
    options = parser.parse_args(arguments)
    if options.port is not None and not 0 <= options.port <= 65535:
        parser.error(f"--port: {options.port} is no port: 1 to 65535, or 0 for any free one")
    if options.parcels is not None and options.parcels < 50:
        parser.error(f"--parcels: the smallest town has 50 parcels, not {options.parcels}")
    return options


def _port(wanted: int | None) -> int:
    """The port to serve on; refused where somebody listens there."""
    port = usage.DEFAULT_PORT if wanted is None else wanted or any_free_port()
    if not port_is_free(port):
        raise Stop(f"port {port} is taken by another program: choose another one with --port N")
    return port


@contextmanager
def _only_one(path: Path) -> Iterator[Any]:
    """Hold the lock of the one `./run` on this database; yields a way to note what runs, for a second one."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(_who_runs(file.read())) from None

        def note(fact: dict[str, Any]) -> None:
            file.seek(0)
            file.truncate()
            json.dump(fact, file)
            file.flush()

        note({"pid": os.getpid()})
        yield note


def _who_runs(noted: str) -> str:
    """What a second `./run` says of the first.

    >>> _who_runs('{"pid": 7, "address": "http://127.0.0.1:8765"}')
    'Parvaneh already runs here: http://127.0.0.1:8765 (process 7); stop that one first, or use it'
    >>> _who_runs('{"pid": 7}')
    'Parvaneh is already being started here (process 7); wait for it, or stop it first'
    >>> _who_runs('')
    'Parvaneh is already being started here; wait for it, or stop it first'
    """
    fact = json.loads(noted) if noted else {}
    process = f" (process {fact['pid']})" if "pid" in fact else ""
    if "address" in fact:
        return f"Parvaneh already runs here: {fact['address']}{process}; stop that one first, or use it"
    return f"Parvaneh is already being started here{process}; wait for it, or stop it first"


@contextmanager
def _service(port: int, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The service, answering; stopped at the end of the block, or by the system when we are killed."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    command = [PYTHON, "-m", "bootstrap.tether", str(os.getpid()), PARVANEH, "serve"]
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
        service = subprocess.Popen(
            [*command, "--port", str(port)], cwd=PROJECT, env=env,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        _await_answer(service, port, log)
        yield service
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(
                number, signal.SIG_IGN
            )  # the end has begun: a second Ctrl-C would only leave things behind
        service.terminate()
        try:
            service.wait(timeout=8)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()


def _await_answer(service: subprocess.Popen[bytes], port: int, log: Path) -> None:
    progress = Progress("service")
    plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        if service.poll() is not None or progress.seconds > PATIENCE:
            progress.failed()
            show_tail(log.read_text(encoding="utf-8", errors="replace"))
            if not port_is_free(port) and service.poll() is not None:
                raise Stop(f"port {port} was taken meanwhile: choose another with ./run --port N")
            raise Stop(f"the service does not start; its log is {log}")
        try:
            with plain.open(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
                if json.load(answer).get("status") == "ok":
                    progress.done()
                    return
        except (URLError, OSError, ValueError):
            pass  # not listening yet; the service's own end and the clock are looked at above
        progress.tick()
        time.sleep(0.1)


def _greet(address: str, logins: str) -> None:
    if logins:
        say(f"\nSample log-ins:\n{logins}")
    say(f"\nready {address}")
    say("Ctrl-C stops it; the next ./run goes on where this one ended.")


def _wait(service: subprocess.Popen[bytes], log: Path, *, own_database: bool) -> None:
    """Until Ctrl-C or a signal to end; raises `Stop` when the service ends by itself.

    The private database is started again where it died meanwhile.
    """
    try:
        while (status := _ended(service)) is None:
            if own_database:
                private.revive()
    except KeyboardInterrupt:
        say("\nstopping")
        return
    show_tail(log.read_text(encoding="utf-8", errors="replace"))
    raise Stop(f"the service ended by itself (exit status {status}); its log is {log}")


def _ended(service: subprocess.Popen[bytes]) -> int | None:
    """Exit status of the service, None where it still serves after a second."""
    try:
        return service.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return None
