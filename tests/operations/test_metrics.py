"""What is measured of the site: by view and status, by nobody's name, and told to one who has the token."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from tests.database import as_owner
from tests.site.conftest import sign_in, world  # noqa: F401

from fotfeste_web.config.metrics import BUCKETS, Answers
from fotfeste_web.figures.tasks import figures_of_one

TOKEN = "et ord som bare driften vet"
# A line of a sample: prometheus.io/docs/instrumenting/exposition_formats, "Text-based format".
SAMPLE = re.compile(r'^(?P<name>[a-zA-Z_:][\w:]*)(?:\{(?P<labels>(?:[a-zA-Z_]\w*="[^"\\\n]*",?)*)\})? (?P<value>\S+)$')


@pytest.fixture(autouse=True)
def _token(settings) -> None:
    settings.FOTFESTE_METRICS_TOKEN = TOKEN


def asked(token: str = TOKEN) -> str:
    answer = Client(headers={"authorization": f"Bearer {token}"}).get("/metrikk/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return answer.content.decode()


def samples(text: str) -> Iterator[tuple[str, str, float]]:
    for line in text.splitlines():
        if not line.startswith("# "):
            found = SAMPLE.match(line)
            assert found, line
            yield found["name"], found["labels"] or "", float(found["value"])


def counted(text: str, **labels: str) -> float:
    wanted = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return next((value for name, given, value in samples(text) if given == wanted and name.endswith("_total")), 0)


def test_requests_are_told_by_view_and_status_and_never_by_person(world, sign_in):  # noqa: F811
    looked = {"view": "participant", "method": "GET", "status": "200"}
    refused = looked | {"status": "404"}
    before = asked()
    for person in (world.specialist, world.outsider):
        sign_in(person).get(f"/deltakere/{world.vakker.pk}/")
    after = asked()
    assert [counted(after, **labels) - counted(before, **labels) for labels in (looked, refused)] == [1, 1]
    for word in (str(world.vakker.pk), world.vakker.first_name, world.specialist.email, world.specialist.name):
        assert not any(word in labels for _, labels, _ in samples(after))


def test_an_address_and_a_method_that_somebody_made_up_are_no_labels(db):
    Client().generic("FINN", "/finnes/ola.nordmann/")
    text = asked()
    assert "nordmann" not in text
    assert "FINN" not in text
    assert counted(text, view="unknown", method="other", status="404") >= 1


def test_a_histogram_counts_what_took_up_to_its_limit():
    """Each bucket counts all that took no longer; the last is all of them."""
    answers = Answers()
    took = (0.01, 0.05, 0.07, 3.0, 60.0)
    for seconds in took:
        answers.add("today", "GET", 200, seconds)
    told = list(samples("\n".join(answers.lines())))
    buckets = [value for name, _, value in told if name.endswith("_bucket")]
    assert buckets == [sum(seconds <= limit for seconds in took) for limit in (*BUCKETS, float("inf"))]
    assert [value for name, _, value in told if name.endswith(("_sum", "_count"))] == [pytest.approx(63.13), 5]


def test_the_queue_is_told(db):
    def queue() -> dict[str, float]:
        return {name: value for name, _, value in samples(asked()) if "job" in name or "worker" in name}

    assert queue() == {
        "fotfeste_jobs_waiting": 0,
        "fotfeste_jobs_doing": 0,
        "fotfeste_jobs_failed": 0,
        "fotfeste_oldest_job_seconds": 0,
    }
    for service_id in (1, 2, 3):
        figures_of_one.defer(service_id=service_id)
    figures_of_one.configure(schedule_in={"hours": 1}).defer(service_id=4)  # its time has not come
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'service_id' = '1'")
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '90 seconds'"
            " WHERE job_id = (SELECT id FROM procrastinate_jobs WHERE args->>'service_id' = '2')"
        )
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '7 seconds')")
    now = queue()
    assert (now["fotfeste_jobs_waiting"], now["fotfeste_jobs_failed"]) == (2, 1)
    assert now["fotfeste_oldest_job_seconds"] == pytest.approx(90, abs=5)
    assert now["fotfeste_worker_heartbeat_seconds"] == pytest.approx(7, abs=5)


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer feil", f"Basic {TOKEN}", TOKEN])
def test_nobody_without_the_token_is_told_anything(db, given):
    assert Client(headers={"authorization": given}).get("/metrikk/").status_code == 404


def test_where_no_token_is_set_nobody_is_told(db, settings):
    settings.FOTFESTE_METRICS_TOKEN = ""
    assert Client(headers={"authorization": "Bearer "}).get("/metrikk/").status_code == 404
