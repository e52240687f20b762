"""The database is gone or full: the page says so, needs no database itself, and tells nothing else."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from django.urls import include, path
from psycopg.errors import AdminShutdown, DeadlockDetected, DiskFull

from fotfeste_web.caseload.models import Employer
from fotfeste_web.config.errors import server_error
from fotfeste_web.config.urls import handler500  # noqa: F401
from fotfeste_web.rows.access import public
from tests.database import as_owner
from tests.site.conftest import Browser

GONE = "Fotfeste får ikke tak i dataene akkurat nå"
FULL = "Det er ikke plass til å lagre mer"


@public
def fails(request, fault: str):
    Employer.objects.filter(pk=1).exists()
    if fault == "disk":
        raise OperationalError("could not extend file: Kari Nilsen") from DiskFull()
    raise {"gone": OperationalError, "closed": InterfaceError, "other": ValueError}[fault]("Kari Nilsen")


urlpatterns = [path("feil/<str:fault>/", fails), path("", include("fotfeste_web.config.urls"))]


@pytest.mark.urls("tests.faults.test_plainly_said")
@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [("disk", 503, FULL), ("gone", 503, GONE), ("closed", 503, GONE), ("other", 500, "Noe gikk galt hos oss")],
)
@pytest.mark.django_db
def test_a_fault_of_the_database_is_told_as_one_that_passes(fault, status, sentence):
    browser = Browser(raise_request_exception=False)
    answer = browser.get(f"/feil/{fault}/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "Kari Nilsen" not in answer.content.decode()
    assert answer.get("Retry-After") == ("30" if status == 503 else None)
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cause", [AdminShutdown, DiskFull, DeadlockDetected])
def test_the_page_asks_no_database(cause):
    """No access is allowed in this test: one would fail it."""
    try:
        raise OperationalError("gone") from cause()
    except OperationalError:
        answer = server_error(RequestFactory().get("/i-dag/"))
    assert answer.status_code == 503
    assert (FULL if cause is DiskFull else GONE) in answer.content.decode()


@pytest.mark.urls("tests.faults.test_plainly_said")
def test_a_form_that_met_the_fault_may_be_sent_again_with_the_same_key(world, sign_in):
    """What was refused is not remembered as sent."""
    browser = sign_in(world.specialist)
    browser.raise_request_exception = False
    form = {"name": "Bakeriet Bris", "version": "1", "form_key": "0b7e63cf-8e5b-4f0f-9f5c-1d2b3a4c5d6e"}
    assert browser.post("/feil/disk/", form).status_code == 503
    assert browser.post("/arbeidsgivere/ny/", form).status_code == 302
    assert browser.post("/arbeidsgivere/ny/", form).status_code == 302
    with as_owner():
        assert Employer.objects.filter(name="Bakeriet Bris").count() == 1


def test_the_log_says_what_was_the_matter_and_not_with_whom(caplog):
    import logging

    from fotfeste_web.config.logs import WithoutPeople

    try:
        raise OperationalError("Kari Nilsen") from DiskFull("Kari Nilsen")
    except OperationalError:
        logging.getLogger("some.library").exception("Could not save %s", "Kari Nilsen")
    line = WithoutPeople().format(caplog.records[-1])
    assert "OperationalError at " in line
    assert line.endswith(" because of DiskFull")
    assert "Kari" not in line
