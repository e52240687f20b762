"""How fast it is: one JSON line a figure, nothing asserted. `make bench`."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from uuid import uuid4

from benchmarks.economics import economics
from benchmarks.evidence import evidence
from fotfeste_web.config.processes import database, manage

ASKED = 100
SENT = 60  # fewer than one person may send in a minute
COMMAND = [sys.executable, "-c", "from fotfeste.cli import main; main()"]


def tell(figure: str, **values: float | str) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)


def start(figure: str) -> None:
    """From the command to the answer, and then to the end of every process."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    command = [*COMMAND, "demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        for line in process.stdout:
            if "Fotfeste svarer på" in line:
                break
        answered = time.perf_counter()
        process.terminate()
        process.communicate()
    tell(figure, seconds=round(answered - began, 2), seconds_to_end=round(time.perf_counter() - answered, 2))


def load() -> None:
    began = time.perf_counter()
    code = manage("load_demo", "--fresh", "--verbosity=0")
    tell("load_demo", seconds=round(time.perf_counter() - began, 2), exit_code=code)


def pages() -> None:
    """The server's part of a page, asked for as a job specialist of the demo by Django's test client."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from tests.site.filled_in import forms

    from fotfeste_web.accounts.models import User
    from fotfeste_web.demo.models import DemoWorld

    demo = DemoWorld.objects.get()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(pk=next(p["user"] for p in demo.persons if "obbspesialist" in p["role"])))
    listed = client.get(reverse("participants")).content.decode()
    participant = re.findall(r'href="/deltakere/([0-9a-f-]{36})/"', listed)[0]
    addresses = {
        "today": reverse("today"),
        "participants": reverse("participants"),
        "participant": reverse("participant", args=[participant]),
    }

    def measure(figure: str, ask: Iterator[int], times: int) -> None:
        statuses, taken = {next(ask) for _ in range(5)}, []
        for _ in range(times):
            began = time.perf_counter()
            statuses.add(next(ask))
            taken.append(1000 * (time.perf_counter() - began))
        with CaptureQueriesContext(connection) as queries:
            next(ask)
        taken.sort()
        tell(
            figure,
            p50_ms=round(taken[times // 2], 1),
            p95_ms=round(taken[times * 95 // 100], 1),
            queries=len(queries),
            status=max(statuses),
        )

    def looks(address: str) -> Iterator[int]:
        while True:
            yield client.get(address).status_code

    def sends(address: str) -> Iterator[int]:
        form = forms(client.get(address).content.decode())[0].filled_in("Kort prat", employer="Fjellbris Bakeri")
        form = {name: text for name, text in form.items() if not name.startswith("note_")}  # one line for all of them
        while True:
            yield client.post(address, form | {"form_key": str(uuid4())}).status_code

    for figure, address in addresses.items():
        measure(figure, looks(address), ASKED)
    measure("contact_log POST", sends(reverse("contact_log")), SENT)


@contextmanager
def home() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "FOTFESTE_HOME": str(Path(folder) / "home"),
            "FOTFESTE_DEMO": "1",
            "FOTFESTE_ROLE": "web",
            "DJANGO_SETTINGS_MODULE": "fotfeste_web.config.settings",
        }
        yield


if __name__ == "__main__":
    evidence(tell)
    economics(tell)
    with home():
        start("first start of a demo")
        start("next start of a demo")
        with database():
            load()
            pages()
