"""Whether all that people lean on is in order: the tables of this code, and somebody who does the background work."""

import pytest
from django.db import connection
from django.test import Client
from tests.database import as_owner


@pytest.fixture
def owner_does(db):
    def do(sql: str) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(sql)

    return do


def asked() -> tuple[int, str]:
    answer = Client().get("/klar/")
    return answer.status_code, answer.content.decode()


def test_with_a_worker_that_lives_the_site_is_ready(owner_does):
    owner_does("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert asked() == (200, "klar")


LONG_AGO = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')"


@pytest.mark.parametrize("worker", ["SELECT", LONG_AGO], ids=["none", "silent"])
def test_without_a_worker_that_lives_it_is_not(owner_does, worker):
    owner_does(worker)
    assert asked() == (503, "Bakgrunnsarbeidet gir ikke livstegn.")


def test_before_a_migration_has_run_it_is_not(owner_does):
    owner_does("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    owner_does("DELETE FROM django_migrations WHERE app = 'caseload'")
    assert asked() == (503, "Tabellene er ikke oppdatert: kjør fotfeste manage prepare.")


def test_the_doctor_is_asked_over_plain_http_on_the_machine_itself(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert [Client().get(address).status_code for address in ("/helse/", "/klar/", "/metrikk/", "/")] == [
        200,
        503,
        404,
        301,
    ]
