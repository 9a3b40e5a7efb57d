"""What is sent to the service in bad faith: requests, bodies, connections, questions, days and tiles."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine, text

from api.core import wire
from api.core.settings import Settings
from api.impatient import Impatient
from api.main import create_app
from tests.integration.api.conftest import served
from tests.integration.api.test_tiles import tile_at
from tests.integration.api.town import proposal

JSON = {"content-type": "application/json"}


def say(address: str, request: bytes) -> bytes:
    """The first answer to these very bytes, head and body, however it is cut into packets."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while not _whole(answer) and (more := connection.recv(4000)):
            answer += more
        return answer


def _whole(answer: bytes) -> bool:
    head, ended, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)
    return bool(ended) and (length is None or len(body) >= int(length[1]))


# ------------------------------------------------------------------ requests that are none

POST = b"POST /api/assessments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
ODD_REQUESTS = [
    b"GET /api/city HTTP/1.1\r\n\r\n",
    b"GET /api/city/ HTTP/1.1\r\nHost: [\r\n\r\n",
    b"GET /api/city/ HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    b"GET /api/city HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE /api/city HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://evil/api/city HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    POST.replace(b"Host: x", b"Host: [").replace(b"assessments", b"session") + b"Content-Length: 2\r\n\r\n{}",
    POST + b"Content-Length: -4\r\n\r\n{}",
    POST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
    POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /api/parcels/%ed%a0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/requests/%0d%0aSet-Cookie:x=y HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /assets/..\\..\\secret HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /..%2f..%2fetc/passwd.txt HTTP/1.1\r\nHost: x\r\n\r\n",
]


@pytest.mark.parametrize("request_", ODD_REQUESTS, ids=lambda r: str(r[:45]))
def test_a_request_that_is_none_is_refused(address: str, request_: bytes) -> None:
    """Broken, smuggled and foreign requests get a 4xx; nothing of theirs becomes a header or a file."""
    answer = say(address, request_)
    assert re.match(rb"HTTP/1\.1 4\d\d ", answer), answer
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in head
    assert b"root:" not in answer


@pytest.mark.parametrize("path", ["/api/city/", "//evil.example/%2e%2e", "/api/parcels/?q=x", "//"])
def test_a_made_up_host_is_never_sent_on(address: str, path: str) -> None:
    """No path redirects, so nobody is led to the host that the request claims."""
    answer = say(address, f"GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode())
    assert not re.match(rb"HTTP/1\.1 3\d\d ", answer), answer
    assert b"evil.example" not in answer


# ------------------------------------------------------------------ bodies

ODD_BODIES = [
    b"[" * 1_000_000,
    b'{"a":' * 300_000,
    b"9" * 2_000_000,
    b"-" + b"9" * 400_000 + b".5",
    b"1e" + b"9" * 1_000_000,
    b'{"parcel":"\\ud800"}',
    b'{"parcel":"\\u0000"}',
    b"\xff\xfe{}",
    b'"' + b"\\" * 1_000_001,
    b"{" + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}",
    b'{"parcel":"P-3","on":"2026-11-21","proposal":{"type":"FeatureCollection","features":['
    + b"{}," * 300_000
    + b"{}]}}",
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=lambda b: str(b[:20]))
def test_an_odd_body_is_refused_in_few_words(visitor: httpx.Client, body: bytes) -> None:
    """Deep, huge and broken documents are 422, and the answer does not repeat them."""
    answer = visitor.post("/api/assessments", content=body, headers=JSON)
    assert answer.status_code == 422
    assert len(answer.content) < 20_000


def test_a_long_key_over_many_items_costs_no_more_than_its_reading(visitor: httpx.Client) -> None:
    """The place of each item is not written out unless one is refused: a megabyte of name, 300,000 items."""
    body = b'{"' + b"k" * 1_000_000 + b'":[' + b'"",' * 300_000 + b'""]}'
    answer = visitor.post("/api/assessments", content=body, headers=JSON, timeout=25)
    assert answer.status_code == 422
    assert len(answer.content) < 20_000


def test_while_a_large_body_is_read_others_are_answered(visitor: httpx.Client, address: str) -> None:
    """Half a million little lists take a while to read; meanwhile somebody else looks at a parcel."""
    body = b"[" + b"[]," * 690_000 + b"[]]"
    began, ended = threading.Event(), threading.Event()

    def bomb() -> int:
        with httpx.Client(base_url=address, timeout=60) as client:
            began.set()
            status = client.post("/api/assessments", content=body, headers=JSON).status_code
            ended.set()
            return status

    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(bomb)
        began.wait()
        meanwhile = 0
        while not ended.is_set():
            assert visitor.get("/api/parcels/none").status_code == 404
            meanwhile += not ended.is_set()
        assert sent.result() == 422
    assert meanwhile >= 2


@contextmanager
def impatient(app: FastAPI, patience: float) -> Iterator[tuple[str, int]]:
    """The service as `parvaneh serve` listens, with less patience."""
    kind = type("VeryImpatient", (Impatient,), {"PATIENCE": patience})
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", http=kind, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        try:
            yield listening.getsockname()
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def test_a_body_that_drips_is_given_up(town: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who declares 1,000 bytes and sends a byte now and then is told 408; the service lost a moment only."""
    monkeypatch.setattr(wire, "BODY_SECONDS", 0.5)
    with served(create_app(town)) as url:
        answer = say(url, POST + b"Content-Length: 1000\r\n\r\n{")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code": "body_too_slow"' in answer


def test_a_connection_that_asks_nothing_is_closed(town: Settings) -> None:
    """Silent ones and those that drip a header end; one that asks now and then lives on."""
    asking = b"GET /api/parcels/none HTTP/1.1\r\nHost: x\r\n\r\n"
    with impatient(create_app(town), 0.6) as place, ExitStack() as opened:
        silent, dripping, living = (
            opened.enter_context(socket.create_connection(place, timeout=20)) for _ in range(3)
        )
        for letter in b"GET ":
            dripping.sendall(bytes([letter]))
            living.sendall(asking)
            said = b""
            while not said.endswith(b"}"):
                said += living.recv(4000)
            assert said.startswith(b"HTTP/1.1 404")
            time.sleep(0.2)
        assert silent.recv(100) == b""
        assert _ended(dripping)


def _ended(connection: socket.socket) -> bool:
    """Whether the other side has closed it."""
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True


# ------------------------------------------------------------------ search, days, tiles

ODD_QUESTIONS = [
    "\u0000", "\ud800", "\u202e\u202d12", "' | 'x", "a:*", "\\", "''", "!", "<->", "(", "ا" * 200, "\u200f",
    "%", "_", "🏠" * 50, "9" * 200, "1-2-3-4-5-6-7-8", "0/0", "999999999999/1", "999.9,999.9", "NaN,NaN", "﷽",
    "İ", "ﬁ", "x\u0301" * 90, "१-२-३", "²³", "١/٢", "½", "𝟙𝟚", "፩", "१.५, २.५", "a " * 100, "x" * 201,
]  # fmt: skip


@pytest.mark.parametrize("name", ["q", "code"])
def test_no_question_breaks_the_search(visitor: httpx.Client, name: str) -> None:
    """Operators, marks of direction, digits of any script, halves of characters: an answer or a refusal."""
    for question in ODD_QUESTIONS:
        asked = quote(question.encode("utf-8", "surrogatepass"))
        answer = visitor.get(f"/api/parcels?{name}={asked}")
        assert answer.status_code in {200, 422}, (question, answer.text)


@pytest.mark.parametrize(
    "day", ["0", "1700000000", "-1", "1e400", "٢٠٢٦-١١-٢١", "2026-02-30", "", "2026-11-21T00:00"]
)
def test_a_day_is_written_as_a_day(visitor: httpx.Client, day: str) -> None:
    """A number is not taken for seconds since 1970, and no other clock for a day."""
    assert visitor.get("/api/parcels/P-3", params={"on": day}).status_code == 422
    given = int(day) if day.isascii() and day.isdigit() else day
    body = {"parcel": "P-3", "on": given, "proposal": proposal()}
    assert visitor.post("/api/assessments", json=body).status_code == 422


def test_deep_tiles_are_drawn_and_not_kept(visitor: httpx.Client, owner: Engine) -> None:
    """Zoom 18 is kept, zoom 19 and 22 and empty tiles are not: asking for tiles does not fill the disk."""
    for zoom in (18, 19, 22):
        assert visitor.get(f"/tiles/parcels/{tile_at(zoom)}.mvt").status_code == 200
    assert visitor.get("/tiles/parcels/16/0/0.mvt").status_code == 204
    asked = text("SELECT z FROM cadastre.tile_cache WHERE layer = 'parcels'")
    deadline = time.monotonic() + 10  # kept after it was sent
    kept: list[int] = []
    while not kept and time.monotonic() < deadline:
        with owner.connect() as connection:
            kept = list(connection.execute(asked).scalars())
    assert kept == [18]
