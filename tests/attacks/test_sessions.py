"""A session is its owner's: not chosen by another, not alive after its end, and seen by its owner where it is used."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from fotfeste_web.organisations.models import Membership
from tests.attacks.conftest import PASSWORD
from tests.database import as_owner
from tests.site.conftest import Browser

COOKIE = settings.SESSION_COOKIE_NAME


def copy_of(browser: Browser, **headers: str) -> Browser:
    """Another browser with the same cookies: stolen."""
    thief = Browser(headers=headers)
    thief.cookies[COOKIE] = browser.cookies[COOKIE].value
    return thief


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/min-konto/").status_code == 200


def sign_in_with(browser: Browser, email: str) -> None:
    assert browser.post("/konto/login/", {"login": email, "password": PASSWORD}).status_code == 302
    assert is_signed_in(browser)


def test_a_session_that_somebody_gave_beforehand_is_not_the_one_signed_in(world, with_password):
    """Session fixation: with a made-up key, and with one that the site itself gave to the attacker."""
    user = with_password(world.specialist)
    attacker = Browser()
    session = attacker.session
    session["placed"] = "here"
    session.save()
    for placed in ("a" * 32, session.session_key):
        victim, follower = Browser(), Browser()
        victim.cookies[COOKIE] = follower.cookies[COOKIE] = placed
        sign_in_with(victim, user.email)
        assert victim.cookies[COOKIE].value != placed
        assert not is_signed_in(follower)


def test_one_session_is_not_carried_over_to_the_next_person(world, with_password):
    browser = Browser()
    sign_in_with(browser, with_password(world.specialist).email)
    first = browser.cookies[COOKIE].value
    browser.post("/konto/logout/")
    sign_in_with(browser, with_password(world.colleague).email)
    assert browser.cookies[COOKIE].value != first


def test_a_stolen_cookie_opens_nothing_after_sign_out(world, sign_in):
    owner = sign_in(world.specialist)
    thief = copy_of(owner)
    assert is_signed_in(thief)
    owner.post("/konto/logout/")
    assert not is_signed_in(thief)


def test_a_stolen_cookie_opens_nothing_after_a_new_password(world, with_password):
    owner = Browser()
    sign_in_with(owner, with_password(world.specialist).email)
    thief = copy_of(owner)
    new = "fjorten nye teskjeer"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert owner.post("/konto/password/change/", form).status_code == 302
    assert is_signed_in(owner)
    assert not is_signed_in(thief)


def test_a_session_that_has_run_out_opens_nothing(world, sign_in):
    browser = sign_in(world.specialist)
    assert is_signed_in(browser)
    with as_owner():
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(browser)


def test_a_closed_account_and_an_ended_role_close_the_sessions_that_are_open(world, sign_in):
    closed, left = sign_in(world.specialist), sign_in(world.colleague)
    assert (closed.get("/i-dag/").status_code, left.get("/i-dag/").status_code) == (200, 200)
    with as_owner():
        type(world.specialist).objects.filter(pk=world.specialist.pk).update(is_active=False)
        Membership.objects.filter(user=world.colleague).update(ends_on=world.today - timedelta(days=1))
    assert closed.get("/i-dag/").status_code == 302
    assert left.get("/i-dag/").status_code == 403


def test_a_stolen_session_used_elsewhere_is_seen_by_its_owner_and_can_be_ended(world, sign_in):
    """A session follows no browser: a phone changes network and name all day. It is shown, and ended at a click."""
    owner = sign_in(world.specialist)
    owner.get("/i-dag/")
    thief = copy_of(owner, **{"user-agent": "Tyvens maskin"})
    caches["process"].clear()  # as after five minutes
    assert is_signed_in(thief)
    other = sign_in(world.specialist)
    assert "Tyvens maskin" in other.get("/konto/sessions/").content.decode()
    other.post("/konto/sessions/")
    assert not is_signed_in(thief)
    assert is_signed_in(other)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(world, with_password):
    browser = Browser()
    sign_in_with(browser, with_password(world.specialist).email)
    cookie = browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    assert settings.SESSION_COOKIE_SECURE is settings.SITE_URL.startswith("https://")
    assert cookie.value not in browser.get("/min-konto/").content.decode()
