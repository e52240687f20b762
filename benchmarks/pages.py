"""The server's part of a page: how long it takes and how many queries it asks, by Django's test client."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, repeat
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.site.filled_in import forms

from fotfeste_web.accounts.models import User

Tell = Callable[..., None]
ASKED = 100
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")  # of the transaction: no questions
SENT = 60  # fewer than one person may send in a minute
DAYS = 28  # that they are about
STOLEN = 7  # the place of it in the first line of /proc/stat


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def look(tell: Tell, figure: str, client: Client, address: str, **about: object) -> None:
    _measure(tell, figure, (client.get(address).status_code for _ in repeat(0)), ASKED, **about)


def log_a_meeting(tell: Tell, figure: str, client: Client, employer: str, **about: object) -> None:
    _measure(tell, figure, _sends(client, employer), SENT, **about)


def meeting(page: str, employer: str) -> dict[str, str]:
    """The form of a walk-in, filled in for everybody on the list with one line for all of them."""
    form = forms(page)[0].filled_in("Kort prat", employer=employer)
    return {name: text for name, text in form.items() if not name.startswith("note_")}


def _sends(client: Client, employer: str) -> Iterator[int]:
    """Send the meetings of the last weeks: all of them on one day would be a day that nobody has."""
    address = reverse("contact_log")
    form = meeting(client.get(address).content.decode(), employer)
    for ago in cycle(range(DAYS)):
        on = (timezone.localdate() - timedelta(days=ago)).isoformat()
        yield client.post(address, form | {"on": on, "travel": "10", "form_key": str(uuid4())}).status_code


def _ticks() -> list[int]:
    """Where the processors' time has gone. What the host gave others meanwhile is no time of the site's."""
    return [int(ticks) for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]


def _measure(tell: Tell, figure: str, ask: Iterator[int], times: int, **about: object) -> None:
    statuses, taken, before = {next(ask) for _ in range(5)}, [], _ticks()
    for _ in range(times):
        began = time.perf_counter()
        statuses.add(next(ask))
        taken.append(1000 * (time.perf_counter() - began))
    after = _ticks()
    with CaptureQueriesContext(connection) as queries:
        next(ask)
    taken.sort()
    tell(
        figure,
        p50_ms=round(taken[times // 2], 1),
        p95_ms=round(taken[times * 95 // 100], 1),
        queries=sum(not query["sql"].startswith(CONTROL) for query in queries),
        stolen_percent=round(100 * (after[STOLEN] - before[STOLEN]) / (sum(after) - sum(before)), 1),
        status=max(statuses),
        **about,
    )
