"""Where scripts do not run, everything that is done each day is done all the same."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fotfeste_web.caseload.models import Contact, Participant
from fotfeste_web.today.models import Postponement
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person


@pytest.fixture
def kari(world, browser_page) -> Person:
    kari = Person(browser_page(world.specialist, width=PHONE, scripts=False))
    kari.page.goto("/i-dag/")
    return kari


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_person_is_referred(world, browser_page, width):
    siri = Person(browser_page(world.therapist, width=width, scripts=False))
    siri.page.goto("/")
    siri.menu("Henvisninger")
    siri.follow("Ny henvisning")
    siri.choose("Har personen adressesperre", "Nei")
    siri.fill("Fornavn", "Lykke")
    siri.fill("Etternavn", "Vang")
    siri.fill("Ønsket om jobb, med personens egne ord", "Vil ha noe å gå til.")
    siri.press("Send henvisningen")
    siri.is_told("Henvisningen er registrert.")
    with as_owner():
        referral = Participant.objects.get(first_name="Lykke").referrals.get()
        assert (referral.source, referral.registered_by) == ("therapist", world.therapist)


def test_a_meeting_with_a_participant_is_logged(world, kari):
    kari.follow("Vakker B.")
    kari.follow("Logg kontakt")
    kari.choose("Hvordan?", "Ansikt til ansikt")
    kari.choose("Hvor?", "Kafé eller ute")
    kari.fill("Om Vakker B.", "Snakket om morgener.")
    kari.press("Lagre")
    kari.is_told("Kontakten er lagret.")
    kari.sees("Snakket om morgener.")
    with as_owner():
        contact = Contact.objects.get(kind="participant")
        assert (contact.place, contact.for_participants.get().participant) == ("cafe", world.vakker)


def test_a_line_of_the_day_is_put_off_with_a_reason(world, kari):
    expect(kari.line("Vakker B.")).to_contain_text("Ikke kontakt på 14 dager")
    kari.follow("Senere … for Vakker B.")
    kari.fill("Vis igjen", world.today + timedelta(days=3))
    kari.fill("Hvorfor kan det vente?", "Er på ferie til mandag.")
    kari.press("Utsett")
    kari.is_told("Linja kommer tilbake den dagen du valgte.")
    expect(kari.line("Vakker B.")).to_have_count(0)
    with as_owner():
        put_off = Postponement.objects.get()
        assert (put_off.rule, put_off.until) == ("quiet", world.today + timedelta(days=3))
        assert put_off.reason == "Er på ferie til mandag."


def test_one_signs_out(kari):
    kari.page.get_by_role("button", name="Konto: Kari Nilsen").click()
    kari.press("Logg ut")
    kari.is_at("Logg inn")
    kari.page.goto("/i-dag/")
    kari.is_at("Logg inn")
