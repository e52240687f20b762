"""What comes in a header, a path or a link is not trusted: whose the site is, who asks, where one is sent."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fotfeste_web.figures.downloads import FORMATS
from tests.attacks.conftest import PASSWORD
from tests.site.conftest import Browser

ELSEWHERE = [
    *(
        "https://ond.example/",
        "//ond.example/",
        "///ond.example",
        "/\\ond.example",
        "\\\\ond.example",
        "http:ond.example",
    ),
    *("javascript:alert(1)", "https:/ond.example", " //ond.example", "\t//ond.example", "//ond.example\\@localhost/"),
    *("https://localhost@ond.example/", "/%09/ond.example", "//localhost.ond.example/"),
]


def leads_here(location: str) -> bool:
    """As a browser reads it: a path of our own, and nothing that could be a host."""
    return location.startswith("/") and location[1:2] not in ("/", "\\") and "\t" not in location


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site_after_signing_in(world, with_password, address):
    user = with_password(world.specialist)
    form = {"login": user.email, "password": PASSWORD, "next": address}
    assert leads_here(Browser().post("/konto/login/", form)["Location"])


@pytest.mark.parametrize("address", ELSEWHERE[:6])
def test_nobody_is_sent_to_another_site_by_any_page_that_reads_next(world, sign_in, address):
    browser = sign_in(world.specialist)
    for method, page in (("post", "/konto/logout/"), ("get", "/konto/login/"), ("get", "/konto/reauthenticate/")):
        asked = {"next": address}
        answer = getattr(browser, method)(f"{page}?{urlencode(asked)}", asked if method == "post" else None)
        assert leads_here(answer.get("Location", "/")), page
        browser = sign_in(world.specialist)


@pytest.mark.parametrize(
    "path",
    ["/deltakere/%0d%0aSet-Cookie:%20fotfeste=stjaalet/", "/inn/a%0d%0aX-Ond:%201/", "/%0aLocation:%20//ond.example"],
)
def test_a_new_line_in_a_path_makes_no_header(world, sign_in, path):
    for browser in (Browser(), sign_in(world.specialist)):
        answer = browser.get(path)
        assert answer.status_code in (302, 404)
        assert "\n" not in "".join(f"{name}{value}" for name, value in answer.items())
        assert not {"X-Ond", "Set-Cookie"} & set(answer.headers)


def test_an_address_with_signs_of_a_query_in_it_is_carried_whole_to_the_sign_in(db):
    answer = Browser().get("/kvalitetsvurdering/1/rapport/a%26next=%2F%2Fond.example/")
    assert answer.status_code == 404 or answer["Location"].count("next=") == 1


FORWARDED = {
    "HTTP_X_FORWARDED_HOST": "ond.example",
    "HTTP_X_HOST": "ond.example",
    "HTTP_FORWARDED": "host=ond.example;proto=https",
    "HTTP_X_ORIGINAL_URL": "/folk/",
    "HTTP_X_REWRITE_URL": "/folk/",
    "HTTP_X_FORWARDED_PREFIX": "/ond",
    "SERVER_NAME": "ond.example",
}


def test_links_are_made_with_our_own_host_whatever_the_headers_say(world, sign_in):
    page = sign_in(world.specialist).post("/kalender/", {"what": "make"}, **FORWARDED).content.decode()
    assert "ond.example" not in page


@pytest.mark.parametrize(
    "host", ["ond.example", "localhost.ond.example", "localhost@ond.example", "localhost:80:80", "", "ond.example:80"]
)
def test_another_host_is_refused(db, host):
    assert Browser().get("/konto/login/", headers={"host": host}).status_code == 400


def test_one_who_says_to_be_elsewhere_does_not_get_more_attempts(db):
    """No proxy stands before a plain start, so what it would say is what the caller says."""
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    answers = [
        Browser().post("/konto/login/", {"login": f"{n}@a.no"}, headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code
        for n in range(31)
    ]
    assert answers[-1] == 429


def test_behind_a_proxy_its_own_word_counts_and_not_what_the_caller_put_before_it(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def attempt(number: int, told_by_the_proxy: str) -> int:
        headers = {"x-forwarded-for": f"1.1.1.{number}, {told_by_the_proxy}"}
        return Browser().post("/konto/login/", {"login": f"{number}@a.no"}, headers=headers).status_code

    assert [attempt(number, "10.0.0.1") for number in range(31)][-1] == 429
    assert attempt(40, "10.0.0.2") == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../config/settings.py", "/static/%2e%2e/%2e%2e/config/settings.py", "/static/..%2fsettings.py"),
        *("/static//etc/passwd", "/static/ui/../../config/settings.py", "/static/%00", "/static/..\\..\\settings.py"),
        *("/../../../../etc/passwd", "/static/%252e%252e/settings.py", "/static/ui/fotfeste.css/../../../settings.py"),
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_of_static_files(world, sign_in, path):
    answer = sign_in(world.specialist).get(path)
    assert answer.status_code in (400, 404)
    assert b"SECRET_KEY" not in answer.getvalue()
    assert b"root:" not in answer.getvalue()


@pytest.mark.parametrize(
    "format", ["../../etc/passwd", "..%2f..%2fsettings.py", "csv/../../x", "csv\x00", "CSV", "__class__"]
)
def test_a_download_has_the_formats_that_it_has_and_no_other(world, sign_in, format):
    assert format not in FORMATS
    address = reverse("results_download", kwargs={"format": "csv"}).replace("csv", format)
    assert sign_in(world.leader).get(address).status_code == 404


def test_a_host_that_is_none_with_a_form_that_is_none_is_answered_once(sign_in, world):
    """Django's own page of what cannot be read reads the form to find its token, and failed."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies = sign_in(world.specialist).cookies
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    kind = "multipart/form-data; boundary="
    assert browser.generic("POST", "/i-dag/", b"x", content_type=kind, HTTP_HOST="xn--æ").status_code == 400
