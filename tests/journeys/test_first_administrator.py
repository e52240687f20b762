"""Beginning for real: from the one-time link of an empty database to a job specialist who is signed in."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from fotfeste_web.organisations.actions import first_administrator_link
from tests.database import as_owner
from tests.one_time_code import one_time_code

PASSWORD = "tolv blanke teskjeer"
OPTIONS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS.split())
        yield browser
        browser.close()


@pytest.fixture
def person_at(chromium: Browser, live_server, settings) -> Iterator[Callable[[dict], Page]]:
    """Somebody with a browser of their own. At the end none of the pages has tried what our policy forbids."""
    cache.clear()
    settings.SITE_URL = live_server.url
    contexts: list[BrowserContext] = []
    forbidden: list[str] = []

    def person(viewport: dict[str, int]) -> Page:
        contexts.append(chromium.new_context(viewport=viewport, base_url=live_server.url))
        page = contexts[-1].new_page()
        page.on("console", lambda message: forbidden.append(message.text) if "Policy" in message.text else None)
        return page

    yield person
    for context in contexts:
        context.close()
    assert forbidden == []


def make_account(page: Page, name: str) -> None:
    page.get_by_label("Navn").fill(name)
    page.get_by_label("Velg et passord").fill(PASSWORD)
    page.get_by_role("button", name="Opprett kontoen").click()
    expect(page.get_by_role("heading", name="Ett steg igjen: sikre innloggingen")).to_be_visible()


def set_up_app(page: Page) -> str:
    """Set up an app with codes and give the secret that the app keeps."""
    page.get_by_role("link", name="Bruk en app").click()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(one_time_code(secret))
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_label("Ubrukte koder")).not_to_be_empty()
    page.get_by_role("link", name="Ferdig, åpne Fotfeste").click()
    return secret


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Konto:").click()
    page.get_by_role("button", name="Logg ut").click()


def test_from_the_first_link_to_a_job_specialist_who_is_signed_in(live_server, person_at):
    with as_owner():
        link = first_administrator_link(live_server.url)
    liv = person_at(DESK)
    liv.goto(link)
    liv.get_by_label("E-postadresse").fill("liv.ness@fotfeste.example")
    make_account(liv, "Liv Ness")
    set_up_app(liv)
    expect(liv.get_by_role("heading", name="Folk og roller")).to_be_visible()

    liv.get_by_role("link", name="Ny tjeneste").click()
    liv.get_by_label("Navn").fill("IPS Bodø")
    liv.get_by_role("button", name="Lagre").click()
    liv.get_by_role("link", name="Nytt behandlingsteam").click()
    liv.get_by_label("Navn").fill("FACT Bodø")
    liv.get_by_role("button", name="Lagre").click()
    liv.get_by_role("link", name="Nytt NAV-kontor").click()
    liv.get_by_label("Navn").fill("NAV Bodø")
    liv.get_by_role("button", name="Lagre").click()
    expect(liv.get_by_role("heading", name="FACT Bodø")).to_be_visible()

    liv.goto("/folk/inviter/")
    liv.get_by_label("E-postadresse").fill("kari.nilsen@fotfeste.example")
    liv.get_by_label("Navn", exact=True).fill("Kari Nilsen")
    liv.get_by_label("Rolle").select_option("Jobbspesialist")
    expect(liv.get_by_label("Behandlingsteam")).to_be_hidden()
    liv.get_by_label("Tjeneste (valgfritt)").select_option("IPS Bodø")
    liv.get_by_text("Arbeidsgiveren står ikke i lista").click()
    liv.get_by_label("Ny arbeidsgiver").first.fill("NAV Nordland")
    liv.get_by_role("button", name="Lag invitasjonen").click()
    invitation = liv.get_by_label("Lenke").input_value()

    kari = person_at(PHONE)
    kari.goto(link)
    expect(kari.get_by_role("heading", name="Lenken virker ikke")).to_be_visible()
    kari.goto(invitation)
    expect(kari.get_by_text("Liv Ness har invitert deg.")).to_be_visible()
    make_account(kari, "Kari Nilsen")
    secret = set_up_app(kari)
    expect(kari).to_have_url("/i-dag/")

    sign_out(kari)
    kari.get_by_label("E-postadresse").fill("kari.nilsen@fotfeste.example")
    kari.get_by_label("Passord").fill(PASSWORD)
    kari.get_by_role("button", name="Logg inn", exact=True).click()
    kari.locator("input[name=code]").fill(
        one_time_code(secret, time.time() + 30)
    )  # the last code was used a moment ago
    kari.locator("main form button[type=submit]").first.click()
    expect(kari).to_have_url("/i-dag/")

    liv.goto("/folk/")
    expect(liv.get_by_role("link", name="Kari Nilsen")).to_be_visible()
    expect(liv.get_by_text("NAV Nordland")).to_be_visible()


def test_a_passkey_is_made_and_opens_the_account(live_server, person_at):
    liv = person_at(PHONE)
    keys = liv.context.new_cdp_session(liv)
    keys.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = authenticator | {"isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    with as_owner():
        link = first_administrator_link(live_server.url)
    liv.goto(link)
    liv.get_by_label("E-postadresse").fill("liv.ness@fotfeste.example")
    make_account(liv, "Liv Ness")
    liv.get_by_role("link", name="Lag en passnøkkel").click()
    liv.locator("input[name=name]").fill("Telefonen")
    expect(liv.get_by_label("Logg inn med denne alene, uten passord")).to_be_checked()
    liv.locator("#mfa_webauthn_add").click()
    expect(liv.get_by_label("Ubrukte koder")).not_to_be_empty()
    liv.get_by_role("link", name="Ferdig, åpne Fotfeste").click()
    sign_out(liv)
    liv.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(liv.get_by_role("heading", name="Folk og roller")).to_be_visible()
