"""What was answered as saved is there after kill -9 of the web process, of PostgreSQL and of the parent."""

import os
import signal
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.operations.servers import answer, children, family, kill_server, running, until
from tests.operations.signed_in import SignedIn, make_people
from tests.operations.site import Site, Visitor, serving

from fotfeste_web.config import embedded

ROUNDS = [1, pytest.param(6, marks=pytest.mark.more)]  # a kill each
SAVES = 4  # in a round; the kill follows the answer to the last
DUE = f"{date.today() + timedelta(days=7):%d.%m.%Y}"
STORED = "SELECT count(*) FROM caseload_nextstep WHERE text = '{text}'"
LOGGED = "SELECT count(*) FROM audit_writeevent WHERE action = 'next_step.added'"


@pytest.fixture(scope="module")
def people(site: Path) -> Iterator[SignedIn]:
    with embedded.start(site):
        made = make_people(site)
    yield made
    with embedded.start(site) as server:
        tables = answer(
            server,
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('django_migrations', 'django_content_type', 'rows_mark')",
        )
        answer(server, f"TRUNCATE {tables}")


@pytest.fixture
def visitor(people: SignedIn, port: int) -> Visitor:
    return Visitor(port, fotfeste=people.cookies["specialist"])


def web_of(site: Site) -> list[int]:
    """The processes of the web: the parent's child that has children of its own."""
    return next(family(child) for child in children(site.process.pid) if len(family(child)) > 1)


def save(visitor: Visitor, people: SignedIn, text: str) -> None:
    status, headers, _ = visitor.send(f"/deltakere/{people.participant}/neste-steg/ny/", text=text, due_on=DUE)
    assert (status, headers.get("location")) == (302, f"/deltakere/{people.participant}/")


def answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/helse/")[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("which", ["the web process", "PostgreSQL"])
def test_what_was_answered_as_saved_is_there_after_a_kill(site, port, people, visitor, which, rounds):
    with serving(site, port) as now:
        server = embedded.Server(site)
        texts, logged = [], answer(server, LOGGED)
        for round_ in range(rounds):
            for number in range(SAVES):
                texts.append(f"Avtalt {which} {round_} {number}")
                save(visitor, people, texts[-1])
            if which == "PostgreSQL":
                kill_server(site)
            else:
                for pid in web_of(now):
                    os.kill(pid, signal.SIGKILL)
            assert until(lambda: answers(visitor), seconds=60)
        page = visitor.get(f"/deltakere/{people.participant}/")[2]
        assert texts[-1] in page
        assert [text for text in texts if answer(server, STORED.format(text=text)) != 1] == []
        assert answer(server, LOGGED) == logged + len(texts)


@pytest.mark.more
def test_a_killed_parent_loses_nothing_and_the_next_start_simply_starts(site, port, people, visitor):
    with serving(site, port) as first:
        save(visitor, people, "Rett før slutten")
        everybody = family(first.process.pid)
        first.process.kill()
        assert until(lambda: running(everybody) == [], seconds=60)
    with serving(site, port):
        assert "Rett før slutten" in visitor.get(f"/deltakere/{people.participant}/")[2]
