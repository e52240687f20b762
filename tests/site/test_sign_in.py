"""Signing in with password and second factor, and what stays closed."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache, caches
from django.db import connection

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import WriteEvent
from tests.database import as_owner
from tests.one_time_code import one_time_code
from tests.site.conftest import Browser

PASSWORD = "tolv blanke teskjeer"
FACTORS = "/konto/2fa/"


@pytest.fixture
def administrator(world) -> User:
    """A real person: with a password, and not let past the second factor."""
    with as_owner():
        user = world.administrator
        user.made_up = False
        user.set_password(PASSWORD)
        user.save()
    return user


def sign_in_with(client: Browser, email: str, password: str = PASSWORD):
    return client.post("/konto/login/", {"login": email, "password": password})


def set_up_codes(client: Browser) -> str:
    """Set up an app with codes and give its secret."""
    asked = client.get(f"{FACTORS}totp/activate/", follow=True)
    if "reauthenticate" in asked.request["PATH_INFO"]:
        client.post(asked.request["PATH_INFO"], {"password": PASSWORD, "next": f"{FACTORS}totp/activate/"})
        asked = client.get(f"{FACTORS}totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', asked.content.decode())[1]
    answer = client.post(f"{FACTORS}totp/activate/", {"code": one_time_code(secret)})
    assert answer["Location"] == f"{FACTORS}recovery-codes/"
    return secret


def events(name: str) -> list[WriteEvent]:
    with as_owner():
        return list(WriteEvent.objects.filter(action=name).order_by("pk"))


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B: SHA-1, the last six digits of 94287082 and 07081804."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert one_time_code(secret, 59) == "287082"
    assert one_time_code(secret, 1111111109) == "081804"


def test_without_a_second_factor_a_person_comes_no_further_than_setting_one_up(administrator):
    client = Browser()
    assert sign_in_with(client, administrator.email).status_code == 302
    assert client.get("/folk/")["Location"] == FACTORS
    page = client.get(FACTORS).content.decode()
    assert "Lag en passnøkkel" in page
    assert "Bruk en app" in page


def test_signing_in_with_a_code_from_the_app(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    secret = set_up_codes(client)
    assert client.get("/folk/").status_code == 200
    other = Browser()
    assert sign_in_with(other, administrator.email)["Location"] == f"{FACTORS}authenticate/"
    assert other.get("/folk/")["Location"].startswith("/konto/login/")  # the password alone opens nothing
    assert other.post(f"{FACTORS}authenticate/", {"code": "000000"}).status_code == 200
    cache.clear()  # the code was used a moment ago, and is remembered as used
    assert other.post(f"{FACTORS}authenticate/", {"code": one_time_code(secret)}).status_code == 302
    assert other.get("/folk/").status_code == 200
    assert [event.user for event in events("accounts.signed_in")] == [administrator] * 2


def test_a_code_of_the_app_opens_once_whichever_process_is_asked(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    secret = set_up_codes(client)
    cache.clear()  # the code of the setting up, which may be of the same half minute
    code = one_time_code(secret)
    for status in (302, 200):
        caches["process"].clear()  # as in another process
        other = Browser()
        sign_in_with(other, administrator.email)
        assert other.post(f"{FACTORS}authenticate/", {"code": code}).status_code == status


def test_a_code_of_the_sheet_opens_once(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    set_up_codes(client)
    sheet = client.get(f"{FACTORS}recovery-codes/").content.decode()
    code = re.search(r"<textarea[^>]*>\s*(\d{8})", sheet)[1]
    for status in (302, 200):
        other = Browser()
        sign_in_with(other, administrator.email)
        assert other.post(f"{FACTORS}authenticate/", {"code": code}).status_code == status


def test_the_secret_of_the_app_is_not_readable_in_the_database(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    secret = set_up_codes(client)
    with as_owner():
        stored = [str(data) for data in Authenticator.objects.values_list("data", flat=True)]
    assert len(stored) == 2
    assert not any(secret in data for data in stored)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(administrator):
    answers = [
        sign_in_with(Browser(), administrator.email, "feil passord her"),
        sign_in_with(Browser(), "ingen@fotfeste.example", "feil passord her"),
    ]
    sentences = [re.findall(r"<ul>\s*<li>(.*?)</li>", answer.content.decode()) for answer in answers]
    assert sentences[0] == sentences[1]
    assert len(sentences[0]) == 1
    known, unknown = events("accounts.sign_in_failed")
    assert (known.subject_id, unknown.subject_id) == (str(administrator.pk), "None")
    assert "@" not in f"{known.details}{unknown.details}"


def test_attempts_are_limited_for_an_account_and_for_a_place(administrator):
    for _ in range(5):
        sign_in_with(Browser(), administrator.email, "feil passord her")
    right = sign_in_with(Browser(), administrator.email)
    assert right.status_code == 200  # refused, though the password is right
    assert "For mange" in right.content.decode()
    cache.clear()
    answers = [Browser().post("/konto/login/", {"login": f"{n}@fotfeste.example"}).status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


def test_attempts_are_counted_for_all_processes_together_and_name_nobody(administrator):
    sign_in_with(Browser(), administrator.email, "feil passord her")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_attempt WHERE key LIKE '%login_failed%'")
        keys = [key for (key,) in cursor.fetchall()]
    assert len(keys) == 2  # of the place and of the account
    assert "@" not in "".join(keys)


def test_signing_out_leaves_an_event_and_ends_the_session(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    assert client.post("/konto/logout/").status_code == 302
    assert client.get("/min-konto/")["Location"].startswith("/konto/login/")
    assert [event.user for event in events("accounts.signed_out")] == [administrator]


def test_a_session_lasts_a_working_day(administrator):
    client = Browser()
    sign_in_with(client, administrator.email)
    assert client.session.get_expiry_age() == 12 * 60 * 60
    assert client.cookies["fotfeste"]["max-age"] == 12 * 60 * 60


def test_the_password_is_changed_and_other_sessions_end(administrator):
    here, there = Browser(), Browser()
    for client in (here, there):
        sign_in_with(client, administrator.email)
        client.get(FACTORS)
    form = {"oldpassword": PASSWORD, "password1": "fjorten nye teskjeer", "password2": "fjorten nye teskjeer"}
    assert here.post("/konto/password/change/", form).status_code == 302
    assert here.get(FACTORS).status_code == 200
    assert there.get(FACTORS)["Location"].startswith("/konto/login/")


def test_the_session_list_shows_where_one_is_signed_in(administrator):
    client = Browser(headers={"user-agent": "Telefonen til Tor"})
    sign_in_with(client, administrator.email)
    client.get(FACTORS)
    assert "Telefonen til Tor" in client.get("/konto/sessions/").content.decode()


@pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/"])
def test_pages_of_no_use_here_are_closed(administrator, address):
    """Nobody signs up; and where no mail is set up, no letter is promised."""
    client = Browser()
    assert client.get(f"/konto/{address}").status_code == 404
    assert "password/reset" not in client.get("/konto/login/").content.decode()
    sign_in_with(client, administrator.email)
    assert client.get(f"/konto/{address}").status_code == 404


def test_one_without_any_role_sees_the_own_account_and_nothing_more(db, sign_in):
    with as_owner():
        alone = User.objects.create_user("ida@fotfeste.example", "Ida Ask")
        alone.made_up = True
        alone.save()
        EmailAddress.objects.create(user=alone, email=alone.email, verified=True, primary=True)
    client = sign_in(alone)
    assert client.get("/")["Location"] == "/min-konto/"
    assert "Du har ingen rolle nå" in client.get("/min-konto/").content.decode()
    assert client.get("/folk/").status_code == 403


def test_a_session_is_noted_when_it_was_used_and_not_with_every_page(world, sign_in):
    from allauth.usersessions.models import UserSession

    caches["process"].clear()
    client = sign_in(world.specialist)
    client.get("/i-dag/")
    first = UserSession.objects.get(user=world.specialist).last_seen_at
    client.get("/i-dag/")
    assert UserSession.objects.get(user=world.specialist).last_seen_at == first
    caches["process"].clear()  # as after five minutes
    client.get("/i-dag/")
    assert UserSession.objects.get(user=world.specialist).last_seen_at > first
