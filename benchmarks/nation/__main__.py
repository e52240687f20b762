"""A made-up nation, and its site under measurement: `python -m benchmarks.nation 100` (services)."""

import sys
import time
from hashlib import md5
from urllib.parse import urlencode
from uuid import UUID

import django
import psycopg

from benchmarks.homes import home
from benchmarks.telling import tell
from fotfeste_web.config.embedded import Server
from fotfeste_web.config.processes import database, manage

NATION = 100  # services


def fill(server: Server, services: int) -> None:
    from benchmarks.nation.rows import Nation, make

    nation, began = Nation(services), time.perf_counter()
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as superuser:
        make(superuser, nation)
        size = superuser.execute("SELECT pg_database_size(current_database())").fetchone()[0]
    tell(
        "nation made",
        services=services,
        specialists=nation.specialists,
        people=nation.people,
        contacts=nation.contacts,
        megabytes=size // 2**20,
        seconds=round(time.perf_counter() - began, 1),
    )


def pages(services: int) -> None:
    """As the first job specialist, and as the supervisor of the same service."""
    from benchmarks.nation.rows import Nation
    from benchmarks.pages import log_a_meeting, look, reverse, signed_in
    from fotfeste_web.accounts.models import User
    from fotfeste_web.config.web import leave_the_program_alone

    leave_the_program_alone()  # as the process does that answers
    specialist = signed_in(User.objects.get(pk=1))
    supervisor = signed_in(User.objects.get(pk=Nation(services).specialists + 1))
    participant = UUID(md5(b"person 0").hexdigest())
    addresses = {
        "today": (specialist, reverse("today")),
        "caseload": (specialist, reverse("participants")),
        "participant": (specialist, reverse("participant", args=[participant])),
        "search a participant": (specialist, f"{reverse('participants')}?{urlencode({'sok': 'Lun'})}"),
        "search an employer": (specialist, f"{reverse('employers')}?{urlencode({'q': 'Kafé'})}"),
        "today of a supervisor": (supervisor, reverse("today")),
        "the team's caseload": (supervisor, reverse("participants")),
        "team": (supervisor, reverse("team")),
    }
    for figure, (client, address) in addresses.items():
        look(tell, figure, client, address, services=services)
    log_a_meeting(tell, "log a meeting", specialist, "Kafé 1", services=services)


def everybody(server: Server, services: int) -> None:
    from benchmarks.nation.crowd import work
    from benchmarks.nation.rows import Nation

    the_night_is_over(server)
    tell("everybody at once", **work(Nation(services).specialists))


def the_night_is_over(server: Server) -> None:
    """Say that the night's work is done: it would begin when the site does, beside all the job specialists."""
    from procrastinate.contrib.django import app
    from procrastinate.periodic import PeriodicDeferrer

    nightly = PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults).get_previous_tasks(
        at=time.time()
    )
    done = [(each.task.name, each.periodic_id, at) for each, at in nightly]
    with psycopg.connect(server.dsn("fotfeste_owner")) as database:
        database.cursor().executemany(
            "INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            done,
        )


if __name__ == "__main__":
    services = int(sys.argv[1])
    with home(FOTFESTE_SYNTHETIC_ONLY="1"), database() as server:
        assert server, "The nation is made by the superuser of the embedded server: unset DATABASE_URL."
        manage("prepare")
        django.setup()
        fill(server, services)
        pages(services)
        if services >= NATION:
            everybody(server, services)
