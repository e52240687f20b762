"""Beginning for real, on an empty database: from the one-time link to the first participant, and no demo data."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.actions import first_administrator_link
from fotfeste_web.organisations.models import Membership, Service
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person
from tests.one_time_code import one_time_code

PASSWORD = "tolv blanke teskjeer"


@pytest.fixture
def somebody(transactional_db, live_server, settings, browser_page) -> Callable[[int], Person]:
    """Somebody whom nobody knows yet, at a browser of their own of a width."""
    cache.clear()  # the limits on attempts
    settings.SITE_URL = live_server.url
    return lambda width: Person(browser_page(width=width))


@pytest.fixture
def first_link(transactional_db, live_server) -> str:
    """What `fotfeste serve` prints when nobody is here."""
    with as_owner():
        assert not User.objects.exists()
        assert not Service.objects.exists()
        return first_administrator_link(live_server.url)


def make_account(person: Person, name: str) -> None:
    person.fill("Navn", name)
    person.fill("Velg et passord", PASSWORD)
    person.press("Opprett kontoen")
    person.is_at("Ett steg igjen: sikre innloggingen")


def set_up_app(person: Person) -> str:
    """Set up an app with codes and give the secret that the app keeps."""
    person.follow("Bruk en app")
    secret = person.field("Nøkkel").input_value()
    person.fill("Autentiseringskode", one_time_code(secret))
    person.press("Bruk appen")
    expect(person.field("Ubrukte koder")).not_to_be_empty()
    person.follow("Ferdig, åpne Fotfeste")
    return secret


def invite(by: Person, name: str, role: str, employer: str, *, is_new: bool) -> str:
    """Invite somebody and give the link that is shown once."""
    by.menu("Folk og roller")
    by.follow("Inviter")
    by.fill("E-postadresse", f"{name.split()[0].lower()}@fotfeste.example")
    by.fill("Navn", name)
    by.pick("Rolle", role)
    expect(by.field("Behandlingsteam")).to_be_hidden()  # for those in a team only
    by.pick("Tjeneste", "IPS Bodø")
    if is_new:
        by.page.get_by_text("Arbeidsgiveren står ikke i lista").click()
        by.fill("Ny arbeidsgiver", employer)
        by.pick("Type ny arbeidsgiver", "NAV")
    else:
        by.pick("Arbeidsgiver", employer)
    by.press("Lag invitasjonen")
    return by.field("Lenke").input_value()


def sign_out(person: Person) -> None:
    person.page.get_by_role("button", name="Konto:").click()
    person.press("Logg ut")


def test_from_the_first_link_to_the_first_participant(first_link, somebody):
    liv = somebody(DESK)
    liv.page.goto(first_link)
    liv.fill("E-postadresse", "liv@fotfeste.example")
    make_account(liv, "Liv Ness")
    set_up_app(liv)
    liv.is_at("Folk og roller")
    make_places(liv)
    to_marit = invite(liv, "Marit Dahl", "Metodeveileder", "NAV Nordland", is_new=True)
    to_kari = invite(liv, "Kari Nilsen", "Jobbspesialist", "NAV Nordland", is_new=False)

    kari, marit = somebody(PHONE), somebody(DESK)
    kari.page.goto(first_link)
    kari.is_at("Lenken virker ikke")  # it was used
    for person, link, name in ((kari, to_kari, "Kari Nilsen"), (marit, to_marit, "Marit Dahl")):
        person.page.goto(link)
        person.sees("Liv Ness har invitert deg.")
        make_account(person, name)
    secret = set_up_app(kari)
    set_up_app(marit)

    marit.sees("Ingenting haster")
    refer_and_assign(marit)
    sign_out(kari)
    kari.fill("E-postadresse", "kari@fotfeste.example")
    kari.fill("Passord", PASSWORD)
    kari.press("Logg inn")
    kari.fill("Kode", one_time_code(secret, time.time() + 30))  # the last code was used a moment ago
    kari.press("Logg inn")
    start(kari)

    liv.menu("Folk og roller")
    liv.sees("Kari Nilsen", "Marit Dahl", "NAV Nordland")
    assert liv.page.goto("/deltakere/").status == 403  # who rules people and roles sees no participants
    with as_owner():
        kommer = Participant.objects.get()
        assert (kommer.service.name, kommer.treatment_team.name) == ("IPS Bodø", "FACT Bodø")
        assert kommer.periods.get().ends_on is None
        assert kommer.assignments.get().specialist.name == "Kari Nilsen"
        assert set(Membership.objects.values_list("role", flat=True)) == {
            "administrator",
            "metodeveileder",
            "jobbspesialist",
        }
        assert not User.objects.filter(made_up=True).exists()
        of_kommer = WriteEvent.objects.filter(participant_id=kommer.pk).order_by("pk")
        assert list(of_kommer.values_list("action", "user__name")) == [
            ("referral.received", "Marit Dahl"),
            ("participant.assigned", "Marit Dahl"),
            ("participant.started", "Kari Nilsen"),
        ]


def make_places(liv: Person) -> None:
    liv.follow("Ny tjeneste")
    liv.fill("Navn", "IPS Bodø")
    liv.press("Lagre")
    for link, name in (("Nytt behandlingsteam", "FACT Bodø"), ("Nytt NAV-kontor", "NAV Bodø")):
        liv.follow(link)
        liv.is_at(link)
        liv.fill("Navn", name)
        liv.press("Lagre")
        expect(liv.page.get_by_role("heading", name=name)).to_be_visible()


def refer_and_assign(marit: Person) -> None:
    marit.menu("Henvisninger")
    marit.sees("Ingen venter")
    marit.follow("Ny henvisning")
    marit.choose("Har personen adressesperre", "Nei")
    marit.fill("Fornavn", "Kommer")
    marit.fill("Etternavn", "Straks")
    marit.fill("Ønsket om jobb, med personens egne ord", "Vil jobbe ute, med noe praktisk.")
    marit.pick("Hvem henviser?", "Fastlege")
    marit.pick("Behandlingsteam", "FACT Bodø")
    marit.press("Send henvisningen")
    marit.follow("Tildel jobbspesialist")
    marit.choose("Jobbspesialist", "Kari Nilsen · 0 deltakere i 100 % stilling")
    marit.press("Lagre")
    marit.is_told("Jobbspesialisten er tildelt.")


def start(kari: Person) -> None:
    expect(kari.line("Kommer S.")).to_contain_text("Ny hos deg")
    kari.follow("Kommer S.")
    kari.follow("Registrer oppstart")
    kari.choose("Er personen i jobb nå", "Nei")
    kari.press("Lagre")
    kari.is_told("Oppstarten er registrert.")


def test_a_passkey_is_made_and_opens_the_account(first_link, somebody):
    liv = somebody(PHONE)
    keys = liv.page.context.new_cdp_session(liv.page)
    keys.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = authenticator | {"isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    liv.page.goto(first_link)
    liv.fill("E-postadresse", "liv@fotfeste.example")
    make_account(liv, "Liv Ness")
    liv.follow("Lag en passnøkkel")
    liv.fill("Navn, så du kjenner den igjen", "Telefonen")
    expect(liv.field("Logg inn med denne alene, uten passord")).to_be_checked()
    liv.press("Legg til")
    expect(liv.field("Ubrukte koder")).not_to_be_empty()
    liv.follow("Ferdig, åpne Fotfeste")
    sign_out(liv)
    liv.press("Logg inn med passnøkkel")
    liv.is_at("Folk og roller")
