"""Behind HTTPS the cookies and the headers are those that keep a session to this host and to encryption."""

import runpy

import pytest
from django.test import Client

from fotfeste_web.config import settings as settings_file
from tests.database import as_owner

SAFE = ("SESSION_", "CSRF_COOKIE", "SECURE_", "ALLOWED_HOSTS")


@pytest.fixture
def behind_https(db, settings, monkeypatch) -> Client:
    """A browser at the site as it is set up in production."""
    monkeypatch.setenv("FOTFESTE_URL", "https://ips.example.no")
    for name, value in runpy.run_path(settings_file.__file__).items():
        if name.startswith(SAFE):
            setattr(settings, name, value)
    return Client(headers={"host": "ips.example.no", "x-forwarded-proto": "https"})


def test_behind_https_the_session_and_the_form_key_belong_to_this_host_alone(behind_https, django_user_model):
    with as_owner():
        ida = django_user_model.objects.create_user("ida@fotfeste.example", "Ida Ask")
        ida.set_password("tolv blanke teskjeer")
        ida.save()
    behind_https.get("/konto/login/")
    behind_https.post("/konto/login/", {"login": ida.email, "password": "tolv blanke teskjeer"})
    cookies = {name: cookie for name, cookie in behind_https.cookies.items() if name != "messages"}
    assert set(cookies) == {"__Host-fotfeste", "__Host-csrftoken"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_behind_https_browsers_are_told_to_stay_there(behind_https):
    assert behind_https.get("/konto/login/")["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    plain = Client(headers={"host": "ips.example.no"}).get("/konto/login/")
    assert (plain.status_code, plain["Location"]) == (301, "https://ips.example.no/konto/login/")
