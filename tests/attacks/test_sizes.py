"""More than anybody would send: refused before it costs anything, with a page that says so."""

import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from fotfeste_web.caseload.models import Employer
from tests.database import as_owner
from tests.site.conftest import Browser

FORM = "application/x-www-form-urlencoded"
MEGABYTE = 1_000_000


def posts(browser, text: str):
    return browser.post("/arbeidsgivere/ny/", f"name=Bakeriet&version=1&needs={text}", content_type=FORM)


def test_ten_megabytes_of_text_in_a_field_are_refused_and_nothing_is_stored(world, sign_in):
    browser = sign_in(world.specialist)
    began = time.process_time()
    answer = posts(browser, "x" * 10 * MEGABYTE)
    assert answer.status_code == 400
    assert "ingenting er lagret" in answer.content.decode()
    assert time.process_time() - began < 2
    with as_owner():
        assert not Employer.objects.filter(name="Bakeriet").exists()


def test_as_much_as_may_be_sent_in_a_field_is_a_sentence_at_the_field(world, sign_in):
    answer = posts(sign_in(world.specialist), "x" * (2 * MEGABYTE - 100))
    assert answer.status_code == 422
    assert "needs" in answer.context["form"].errors


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_body_above_the_limit_is_refused_unread(world, sign_in, signed_in, tmp_path, settings):
    """A file would go to the disk before anybody asked who sent it."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    browser = sign_in(world.specialist) if signed_in else Browser()
    browser.handler.enforce_csrf_checks = True
    browser.cookies["csrftoken"] = "a" * 32
    fil = SimpleUploadedFile("fil.csv", b"x" * (settings.LARGEST_BODY + 1))
    answer = browser.post("/konto/login/", {"csrfmiddlewaretoken": "a" * 32, "fil": fil})
    assert answer.status_code == 413
    assert "er for stort" in answer.content.decode()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", ["", "-1", "abc", "٣", "9" * 400, "1e9", " 5"])
def test_a_length_that_is_none_gives_no_fault(db, length):
    assert Browser().post("/konto/login/", {"login": "a@a.no"}, CONTENT_LENGTH=length).status_code in (200, 400, 413)


def test_a_thousand_files_and_a_header_of_many_kilobytes_are_refused_too(world, sign_in):
    files = {
        f"fil{number}": SimpleUploadedFile("a.csv", b"a") for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    }
    assert sign_in(world.specialist).post("/arbeidsgivere/ny/", files).status_code == 400
    assert Browser(headers={"user-agent": "x" * 100_000}).get("/konto/login/").status_code == 200
