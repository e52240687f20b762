"""A clock that is off: how far a code of the app may be from our time, and that each opens once."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from fotfeste_web.accounts.models import User
from tests.attacks.conftest import PASSWORD
from tests.database import as_owner
from tests.one_time_code import one_time_code
from tests.site.conftest import Browser

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B
CODE = "/konto/2fa/authenticate/"
STEP = 30  # seconds


@pytest.fixture
def user(world, with_password) -> User:
    """One with a password and an app with codes."""
    user = with_password(world.administrator)
    with as_owner():
        User.objects.filter(pk=user.pk).update(made_up=False)
        totp.TOTP.activate(user, SECRET)
        assert Authenticator.objects.filter(user=user).count() == 1
    return user


@pytest.fixture
def at(monkeypatch):
    """Our time, set."""

    def set_to(moment: float) -> None:
        monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: moment))

    return set_to


def opens(user: User, code: str) -> bool:
    browser = Browser()
    assert browser.post("/konto/login/", {"login": user.email, "password": PASSWORD})["Location"] == CODE
    browser.post(CODE, {"code": code})
    return browser.get("/folk/").status_code == 200


@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [(-STEP, True), (0, True), (STEP, True), (-2 * STEP, False), (2 * STEP, False), (3600, False)],
)
def test_a_phone_may_be_half_a_minute_off_and_no_more(user, at, seconds, accepted):
    now = time.time() // STEP * STEP + 15
    at(now)
    assert opens(user, one_time_code(SECRET, now + seconds)) is accepted


def test_a_code_that_was_looked_at_over_a_shoulder_opens_no_second_time(user, at):
    """RFC 6238, 5.2: not a second time, as long as it would be right."""
    start = time.time() // STEP * STEP + 1
    at(start)
    code = one_time_code(SECRET, start + STEP)  # of a phone that is ahead: right for three steps
    assert opens(user, code)
    assert not opens(user, code)
    for written in (code, f"{code[:3]} {code[3:]}", f"-{code}"):
        at(start + 2 * STEP)
        cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # forgotten after one step
        assert not opens(user, written), written


def test_guesses_at_the_second_factor_are_limited(user, at):
    now = time.time() // STEP * STEP + 15
    at(now)
    browser, right = Browser(), one_time_code(SECRET, now)
    browser.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    for number in range(5):
        browser.post(CODE, {"code": f"{number:06}"})
    assert "For mange" in browser.post(CODE, {"code": right}).content.decode()
    assert browser.get("/folk/").status_code == 302
