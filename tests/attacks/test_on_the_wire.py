"""What a browser never sends, on the wire to the site as it is served: it is refused, and others are answered."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.operations.conftest import folder, port, site  # noqa: F401
from tests.operations.site import Visitor, serving

pytestmark = pytest.mark.more
HOST = b"Host: localhost\r\n"
MALFORMED = {
    "no request at all": b"\x16\x03\x01\x00\xa5\x01\x00\x00",
    "a zero byte in a header": b"GET /helse/ HTTP/1.1\r\n" + HOST + b"User-Agent: a\0b\r\n\r\n",
    "a line without a name": b"GET /helse/ HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    "a header over two lines": b"GET /helse/ HTTP/1.1\r\n" + HOST + b"X-A: b\r\n  c\r\n\r\n",
    "two hosts": b"GET /helse/ HTTP/1.1\r\nHost: localhost\r\nHost: ond.example\r\n\r\n",
    "a length that is none": b"POST /konto/login/ HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n",
    "two lengths": b"POST /konto/login/ HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\na",
    "a length and pieces": b"POST /konto/login/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /folk/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header of a megabyte": b"GET /helse/ HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "ten thousand headers": b"GET /helse/ HTTP/1.1\r\n" + HOST + b"X-A: a\r\n" * 10_000 + b"\r\n",
    "an address of a megabyte": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a whole address of elsewhere": b"GET http://ond.example/helse/ HTTP/1.1\r\nHost: ond.example\r\n\r\n",
    "a file of eleven gigabytes, it says": b"POST /konto/login/ HTTP/1.1\r\n"
    + HOST
    + b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nContent-Length: 11000000000\r\n"
    + b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def served(site) -> Iterator[int]:  # noqa: F811
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(site, port) as running:
        yield port
    assert "Traceback" not in running.printed


def say(port: int, words: bytes) -> bytes:  # noqa: F811
    """What is answered at once; nothing where the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        answer = b""
        try:
            line.sendall(words)
            line.settimeout(2)
            while piece := line.recv(65536):
                answer += piece
        except OSError:
            pass
        return answer


def is_healthy(port: int) -> bool:  # noqa: F811
    return Visitor(port).get("/helse/")[0] == 200


@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_no_request_is_refused_and_others_are_answered(served, what):
    answer = say(served, MALFORMED[what])
    status = int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0
    assert status < 500 or status == 501, answer[:200]
    assert status != 200 or what in ("two hosts",), answer[:200]
    assert answer.count(b"HTTP/1.1 ") <= 1, "A second request was smuggled in."
    assert is_healthy(served)


def test_those_who_begin_and_never_end_keep_nobody_waiting(served):
    """A hundred that send the head of a request letter by letter."""
    with ExitStack() as lines:
        for _ in range(100):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", served)))
            line.sendall(b"GET /helse/ HTTP/1.1\r\n" + HOST + b"X-A: a")
        began = time.monotonic()
        assert is_healthy(served)
        assert time.monotonic() - began < 3


def test_all_threads_at_work_are_a_wait_and_no_fault(served):
    statuses: list[int] = []

    def look() -> None:
        statuses.append(Visitor(served).get("/konto/login/")[0])

    threads = [threading.Thread(target=look) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert statuses == [200] * 60
