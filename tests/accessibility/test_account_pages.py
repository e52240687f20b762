"""Signing in, the own account, the menus and the pages that say what went wrong: seen as every other page is."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from fotfeste_web.accounts.models import User
from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.organisations.invitations import hash_of
from fotfeste_web.organisations.models import Invitation
from tests.accessibility.looking import BUT_COLOURS, RULES
from tests.architecture.addresses import OF_NO_OBJECT
from tests.database import as_owner
from tests.demo import site_urls as demo_urls
from tests.journeys.conftest import DESK, PHONE

PASSWORD = "tolv blanke teskjeer"
SUBMIT = "main form button[type=submit]"
# Allauth's pages that a signed-in person comes to, and whether a blank form is refused there.
OWN = {
    "account_logout": False,
    "account_change_password": True,
    "account_reauthenticate": True,
    "mfa_index": False,
    "mfa_activate_totp": True,
    "mfa_deactivate_totp": False,
    "mfa_view_recovery_codes": False,
    "mfa_generate_recovery_codes": False,
    "mfa_list_webauthn": False,
    "mfa_add_webauthn": False,
    "mfa_edit_webauthn": False,
    "mfa_remove_webauthn": False,
    "mfa_reauthenticate": True,
    "mfa_reauthenticate_webauthn": False,
    "usersessions_list": False,
}
# Looked at on the way in; closed, as nobody signs up and no mail is set up; an answer that is no page.
ON_THE_WAY_IN = {"account_login", "mfa_authenticate", "account_inactive"}
CLOSED = {
    "account_signup",
    "account_confirm_login_code",
    "account_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_set_password",
}
NO_PAGE = {"mfa_download_recovery_codes", "mfa_login_webauthn"}


def of_allauth(patterns=None, inside=False):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from of_allauth(
                pattern.url_patterns, inside or str(pattern.urlconf_name).startswith("<module 'allauth")
            )
        elif inside:
            yield pattern.name


def test_every_page_of_allauth_is_listed():
    assert set(of_allauth()) == OWN.keys() | ON_THE_WAY_IN | CLOSED | NO_PAGE


def passkey_of_nobody() -> dict[str, Any]:
    """What a browser hands over when a passkey is made."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AuthenticatorData.create(
        sha256(b"localhost").digest(), 0x45, 0, AttestedCredentialData.create(bytes(16), b"a passkey", key)
    )
    return {
        "id": websafe_encode(b"a passkey"),
        "rawId": websafe_encode(b"a passkey"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(b'{"type": "webauthn.create", "challenge": "", "origin": ""}'),
            "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


@pytest.fixture
def secured(world) -> User:
    """The specialist, with a password, an app, a passkey and a sheet of codes."""
    user = world.specialist
    with as_owner():
        user.set_password(PASSWORD)
        user.save()
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        Authenticator.objects.create(
            user=user, type="webauthn", data={"name": "Telefonen", "credential": passkey_of_nobody()}
        )
    cache.clear()  # of the attempts that are counted
    return user


def test_every_page_of_the_own_account(screen, secured, thoroughly):
    screen.open(reverse("account_reauthenticate"), secured)
    screen.page.get_by_label("Passord").fill(PASSWORD)
    screen.send(SUBMIT)  # within the quarter of an hour that the pages of the keys ask for
    key = Authenticator.objects.get(user=secured, type="webauthn").pk
    wrong = []
    for name, is_refused in OWN.items():
        if name == "mfa_activate_totp":
            continue
        address = reverse(name, args=[key] if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else [])
        if (status := screen.open(address, secured)) != 200 or not screen.page.url.endswith(address):
            wrong.append(f"{name}: {status} {screen.page.url}")
        screen.look(name, thoroughly=thoroughly)
        if is_refused:
            screen.send(SUBMIT)
            assert screen.page.locator(".ds-error-summary").count(), name
            screen.look(f"{name}, refused")
    assert not wrong + screen.faults, "\n".join(wrong + screen.faults)


def test_the_first_time(screen, world):
    """A person without a second factor, from the page that asks for one."""
    for name in ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        assert screen.open(reverse(name), world.colleague) == 200
        screen.look(name, thoroughly=True)
        if name == "mfa_activate_totp":
            screen.send(SUBMIT)
            assert screen.page.locator(".ds-error-summary").count()
            screen.look(f"{name}, refused")
    assert not screen.faults, "\n".join(screen.faults)


def test_the_way_in(screen, world, secured):
    token = "a-link-that-lets-one-in"
    with as_owner():
        for email in ("ny@fotfeste.example", EmailAddress.objects.get(user=world.colleague).email):
            Invitation.objects.create(
                service=world.bodo,
                email=email,
                name="Ny Person",
                role="jobbspesialist",
                starts_on=world.today,
                link_hash=hash_of(token + email[:1]),
                invited_by=world.administrator,
                expires_at=timezone.now() + timedelta(days=7),
            )
    assert screen.open("/konto/login/", None) == 200
    screen.look("sign in", thoroughly=True)
    screen.send(SUBMIT)
    assert screen.page.locator(".ds-error-summary").count()
    screen.look("sign in, refused")
    screen.page.get_by_label("E-post").fill(secured.email)
    screen.page.get_by_label("Passord").fill(PASSWORD)
    screen.send(SUBMIT)
    assert screen.page.url.endswith(reverse("mfa_authenticate"))
    screen.look("second factor", thoroughly=True)
    screen.send(SUBMIT)
    screen.look("second factor, refused")
    for letter, visitor, status in (("n", None, 200), ("x", None, 404), ("o", world.colleague, 200)):
        assert screen.open(reverse("accept_invitation", args=[token + letter]), visitor) == status
        screen.look(f"invitation {letter}", thoroughly=True)
        if letter == "n":
            assert screen.send(SUBMIT) == 422
            screen.look("invitation, refused")
    assert screen.open("/konto/inactive/", None) == 200
    screen.look("inactive", thoroughly=True)
    assert not screen.faults, "\n".join(screen.faults)


@pytest.mark.more
def test_the_menus_of_every_role(screen, world):
    for role in sorted(OF_NO_OBJECT["account"]):
        screen.open("/min-konto/", world.people[role])
        more = [".site-nav__more button"] if screen.page.locator(".site-nav__more").count() else []
        for width, buttons in ((DESK, [".site-user", *more]), (PHONE, [".site-user", ".site-nav__toggle"])):
            for button in buttons:
                screen.page.set_viewport_size({"width": width, "height": 900})
                screen.page.locator(button).click()
                rules = RULES if role == "specialist" else BUT_COLOURS  # which are the same for all
                screen.look_at(f"{button} of {role}", width, rules)
                screen.page.keyboard.press("Escape")
                screen.page.wait_for_function("!document.querySelector(':popover-open')")
    assert not screen.faults, "\n".join(screen.faults)


def test_the_made_up_persons_of_a_demo(screen, world, settings):
    settings.ROOT_URLCONF = demo_urls.__name__
    settings.DEMO = True
    person = {"user": world.specialist.pk, "name": "Kari Nilsen", "role": "jobbspesialist", "service": "IPS Bodø"}
    with as_owner():
        DemoWorld.objects.create(
            seed=1,
            told_for=world.today,
            made_at=timezone.now(),
            persons=[person | {"place": "FACT Bodø", "first": first} for first in (True, False)],
        )
    for address in ("/konto/login/", "/demo/personer/"):
        assert screen.open(address, None) == 200
        assert screen.page.get_by_role("button", name="Logg inn som Kari Nilsen").count() == 2
        screen.look(address, thoroughly=True)
    assert not screen.faults, "\n".join(screen.faults)


def test_the_pages_that_say_what_went_wrong(screen, world, settings):
    settings.ROOT_URLCONF = "tests.accessibility.failing_urls"
    for address, status in (("/team/", 403), ("/finnes-ikke/", 404), ("/neste-steg/1/gjort/", 405), ("/feil/", 500)):
        assert screen.open(address, world.specialist) == status
        screen.look(address, thoroughly=True)
    expected = [f"500 {screen.url}/feil/"]
    assert screen.faults == expected
