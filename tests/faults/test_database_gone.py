"""The database is gone and comes back: the site says so in plain words, and goes on by itself."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest

from fotfeste_web.config import embedded
from tests.operations.servers import answer, children, family, kill_server, until
from tests.operations.signed_in import SignedIn
from tests.operations.site import Site, Visitor, serving

pytestmark = pytest.mark.more
GONE = "Fotfeste får ikke tak i dataene akkurat nå"
DUE = f"{date.today() + timedelta(days=7):%d.%m.%Y}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def operators_own(home: Path) -> dict[str, str]:
    """The same database, as a server of the operator's: the site does not start it, and can only wait."""
    sockets = quote(str(embedded.Server(home).socket_directory), safe="")
    addresses = {f"DATABASE_{name}": f"postgres://fotfeste_{role}@{sockets}/fotfeste" for name, role in ROLES.items()}
    return addresses | {file.name: file.read_text() for file in (home / "secrets").iterdir()}


ROLES = {"URL": "web", "WORKER_URL": "worker"}


@contextmanager
def serving_on_a_database_of_ones_own(home: Path, port: int) -> Iterator[tuple[Site, embedded.Server]]:
    with embedded.start(home) as server, serving(home, port, **operators_own(home)) as running:
        yield running, server


def status_of(visitor: Visitor, path: str) -> int:
    try:
        return visitor.get(path)[0]
    except (OSError, HTTPException):
        return 0


@pytest.mark.parametrize("seconds", [1, 40])
def test_while_it_is_gone_the_site_says_so_and_after_that_it_goes_on(site, port, people, seconds):
    visitor = Visitor(port, fotfeste=people.cookies["specialist"])
    with serving_on_a_database_of_ones_own(site, port) as (running, server):
        assert visitor.get("/i-dag/")[0] == 200
        web = next(family(child) for child in children(running.process.pid) if len(family(child)) > 1)
        kill_server(site)
        gone = time.monotonic()
        for browser in (visitor, Visitor(port)):
            began = time.monotonic()
            status, headers, page = browser.get("/i-dag/")
            assert (status, headers["retry-after"]) == (503, "30")
            assert GONE in page
            assert time.monotonic() - began < 10
        assert status_of(visitor, "/helse/") == 503
        assert status_of(visitor, "/static/ui/fotfeste.css") == 200
        while time.monotonic() - gone < seconds:
            assert status_of(visitor, "/i-dag/") == 503
        server.run()
        assert until(lambda: status_of(visitor, "/i-dag/") == 200, seconds=12)
        assert set(web) <= set(family(running.process.pid)), "The web process was started anew."
    assert "Traceback" not in running.printed
    assert "OperationalError at " in running.printed


class Writer(threading.Thread):
    """Sends one text after another, and each that was not answered as saved once more with the same key."""

    def __init__(self, port: int, people: SignedIn, name: str, end: threading.Event) -> None:
        super().__init__()
        self.visitor = Visitor(port, fotfeste=people.cookies["specialist"], csrftoken="a" * 32)
        self.path = f"/deltakere/{people.participant}/neste-steg/ny/"
        self.name = name
        self.end = end
        self.texts: list[str] = []
        self.statuses: Counter[int] = Counter()

    def run(self) -> None:
        while not self.end.is_set():
            text = f"{self.name} {len(self.texts)}"
            form = {"text": text, "due_on": DUE, "form_key": str(uuid4()), "csrfmiddlewaretoken": "a" * 32}
            while (status := self._send(form)) != 302:
                self.statuses[status] += 1
                time.sleep(0.1)
            self.statuses[302] += 1
            self.texts.append(text)
            time.sleep(0.4)  # four of them stay under the limit of 120 a minute and person, nearly

    def _send(self, form: dict[str, str]) -> int:
        try:
            return self.visitor.ask("POST", self.path, urlencode(form), **FORM)[0]
        except (OSError, HTTPException):
            return 0


def test_what_is_sent_while_it_goes_and_comes_is_stored_once(site, port, people):
    with serving_on_a_database_of_ones_own(site, port) as (_, server):
        end = threading.Event()
        writers = [Writer(port, people, f"Skriver {number}", end) for number in range(3)]
        for writer in writers:
            writer.start()
        for seconds in (1, 8, 1):  # what is asked waits five seconds before it is answered that the database is gone
            time.sleep(2.5)
            kill_server(site)
            time.sleep(seconds)
            server.run()
        time.sleep(3)
        end.set()
        for writer in writers:
            writer.join(timeout=60)
            assert not writer.is_alive()
        statuses = sum((writer.statuses for writer in writers), Counter())
        texts = [text for writer in writers for text in writer.texts]
        assert set(statuses) <= {302, 503, 429}, statuses
        assert statuses[503] > 0
        assert len(texts) > 20
        stored = answer(server, "SELECT array_agg(text) FROM caseload_nextstep WHERE text LIKE 'Skriver%'")
        assert sorted(stored) == sorted(texts)
