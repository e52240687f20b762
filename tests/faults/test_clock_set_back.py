"""The clock of the machine is set back an hour while people work: nobody is thrown out, nothing is lost or doubled."""

import time
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Employer
from tests.database import as_owner
from tests.site.conftest import Browser

HOUR = timedelta(hours=1)


@pytest.fixture
def set_back(monkeypatch):
    """Set back the clock that the program reads; the database's own is asked for days alone."""
    real = time.time

    class Back(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - HOUR

    def back() -> None:
        monkeypatch.setattr(timezone, "datetime", Back)
        monkeypatch.setattr(time, "time", lambda: real() - HOUR.total_seconds())

    return back


def add(browser: Browser, name: str, key: int) -> int:
    form = {"name": name, "version": "1", "form_key": f"00000000-0000-4000-8000-{key:012}"}
    return browser.post("/arbeidsgivere/ny/", form).status_code


def test_the_session_goes_on_and_every_form_is_stored_once(world, sign_in, set_back):
    cache.clear()
    browser = sign_in(world.specialist)
    assert add(browser, "Kafé Før", 1) == 302
    set_back()
    assert add(browser, "Kafé Før", 1) == 302  # sent a second time
    assert add(browser, "Kafé Etter", 2) == 302
    assert browser.get("/i-dag/").status_code == 200
    with as_owner():
        assert sorted(Employer.objects.filter(name__startswith="Kafé").values_list("name", flat=True)) == [
            "Kafé Etter",
            "Kafé Før",
        ]


def test_the_log_keeps_the_order_of_what_was_done_by_its_numbers(world, sign_in, set_back):
    browser = sign_in(world.specialist)
    add(browser, "Kafé Før", 1)
    set_back()
    add(browser, "Kafé Etter", 2)
    with as_owner():
        events = list(WriteEvent.objects.filter(action="employer.added", user=world.specialist).order_by("pk"))
        names = [Employer.objects.get(pk=event.subject_id).name for event in events]
    assert names == ["Kafé Før", "Kafé Etter"]
    assert events[0].at - events[1].at > HOUR / 2  # the moments alone would tell it the other way round


def test_the_night_that_comes_twice_is_worked_once(db):
    """One job a task and moment: procrastinate remembers which it has handed out."""
    with connection.cursor() as cursor:
        for _ in range(2):  # a quarter past two comes again when the clock is set back at three
            cursor.execute(
                "SELECT procrastinate_defer_periodic_job_v2('default', NULL, NULL, %s, 0, '', %s, '{}')",
                ["fotfeste_web.figures.tasks.figures_of_the_night", 1_796_000_000],
            )
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 1


def test_a_person_who_wrote_a_moment_ago_may_go_on_writing(world, sign_in, set_back):
    cache.clear()
    browser = sign_in(world.specialist)
    add(browser, "Kafé Før", 1)
    set_back()
    assert {add(browser, f"Kafé {number}", number + 10) for number in range(20)} == {302}
