"""A worker is killed in the middle, or there are two: each work is done once, whole, and its asker sees the end."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fotfeste_web.config import embedded
from tests.operations.servers import answer, children, family, python, until
from tests.operations.signed_in import SignedIn
from tests.operations.site import Site, Visitor, serving

pytestmark = pytest.mark.more
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.faults.slow_settings"}
ASK = """
import json, sys
import django
django.setup()
from django.db import transaction
from fotfeste_web.accounts.models import User
from fotfeste_web.background.actions import ask
from fotfeste_web.background.tasks import do_work
from fotfeste_web.organisations.models import Service
by, service = User.objects.get(name="Kari Nilsen"), Service.objects.get(name="IPS Bodø").pk
with transaction.atomic():
    works = [ask("slow", about=about | {"service": service}, by=by) for about in json.loads(sys.argv[1])]
    for work in works * (int(sys.argv[2]) - 1):
        do_work.defer(work_id=str(work.pk), user_id=by.pk)
print(json.dumps([str(work.pk) for work in works]))
"""


@dataclass
class Works:
    """What was asked for, seen in the database."""

    server: embedded.Server
    home: Path

    def ask(self, *abouts: dict[str, Any], times: int = 1) -> list[str]:
        given = {"FOTFESTE_HOME": self.home, "FOTFESTE_ROLE": "owner", **SETTINGS}
        with python(ASK, json.dumps(abouts), times, **given) as process:
            assert process.stdout
            return json.loads(process.stdout.read())

    def told(self, work: str, what: str) -> Any:
        return answer(self.server, f"SELECT {what} FROM background_work WHERE id = '{work}'")

    def employers(self, name: str) -> int:
        return answer(self.server, f"SELECT count(*) FROM caseload_employer WHERE name LIKE '{name} %'")

    def events(self) -> int:
        return answer(self.server, "SELECT count(*) FROM audit_writeevent WHERE action = 'slow.done'")


@pytest.fixture
def works(site: Path, people: SignedIn) -> Iterator[Works]:
    with embedded.start(site) as server:
        yield Works(server, site)


def worker_of(running: Site) -> int:
    return next(child for child in children(running.process.pid) if len(family(child)) == 1)


def test_work_that_a_killed_worker_had_begun_is_done_once_by_the_next(site, port, works, people):
    visitor = Visitor(port, fotfeste=people.cookies["specialist"])
    with serving(site, port, **SETTINGS) as running:
        before = works.events()
        (work,) = works.ask({"name": "Kafé", "many": 20, "seconds": 0.3})
        assert until(lambda: works.told(work, "done") >= 3, seconds=60)
        assert "Arbeider" in visitor.get(f"/arbeid/{work}/")[2]
        os.kill(worker_of(running), signal.SIGKILL)
        assert until(lambda: "Bakgrunnsarbeidet stoppet (kode -9)" in running.printed, seconds=20)
        assert works.employers("Kafé") == 0  # all or nothing
        assert until(lambda: works.told(work, "state") == "done", seconds=150)
        assert (works.employers("Kafé"), works.events() - before) == (20, 1)
        page = visitor.get(f"/arbeid/{work}/")[2]
        assert "De er lagt inn." in page


HANDED_OUT = "SELECT last_value FROM procrastinate_jobs_id_seq"  # those that are done are gone


def test_two_workers_do_each_work_once_though_it_was_handed_out_twice(site, port, works):
    with serving(site, port, **SETTINGS), another_worker(site):
        before, handed_out = works.events(), answer(works.server, HANDED_OUT)
        names = [f"Bakeri {letter}" for letter in "ABCDEF"]
        asked = works.ask(*({"name": name, "many": 3, "seconds": 0.2} for name in names), times=3)
        assert until(lambda: all(works.told(work, "state") == "done" for work in asked), seconds=90)
        jobs = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name LIKE '%do_work'"
        assert until(lambda: answer(works.server, jobs) == 0, seconds=60)
        assert [works.employers(name) for name in names] == [3] * 6
        assert works.events() - before == 6
        assert answer(works.server, HANDED_OUT) - handed_out >= 18


@contextlib.contextmanager
def another_worker(home: Path) -> Iterator[subprocess.Popen[str]]:
    code = "from fotfeste_web.config.worker import main; main()"
    with python(code, FOTFESTE_HOME=home, FOTFESTE_ROLE="worker", **SETTINGS) as process:
        try:
            yield process
        finally:
            process.kill()
