"""A thumb that taps twice, and one who goes back and sends again: what was sent is stored once."""

import pytest
from playwright.sync_api import expect

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Contact, Participant, Round
from tests.database import as_owner
from tests.journeys.conftest import PHONE
from tests.journeys.person import Person


@pytest.fixture
def siri(world, browser_page) -> Person:
    """With a referral filled in and not sent."""
    siri = Person(browser_page(world.therapist, width=PHONE))
    siri.page.goto("/henvisninger/ny/")
    siri.choose("Har personen adressesperre", "Nei")
    siri.fill("Fornavn", "Lykke")
    siri.fill("Etternavn", "Vang")
    siri.fill("Ønsket om jobb, med personens egne ord", "Vil ha noe å gå til.")
    return siri


@pytest.fixture
def kari(world, browser_page) -> Person:
    """With a walk-in filled in and not saved."""
    kari = Person(browser_page(world.specialist, width=PHONE))
    kari.page.goto(f"/kontakter/ny/?arbeidsgiver={world.employer.pk}")
    kari.choose("Reisetid, fram og tilbake", "20 min")
    kari.page.get_by_text("Hos arbeidsgiver · endre").click()
    kari.fill("Klokka", "00:05")
    return kari


def referrals() -> tuple[int, int]:
    with as_owner():
        found = Participant.objects.filter(first_name="Lykke").count()
        return found, WriteEvent.objects.filter(action="referral.received").count()


def visits(world) -> tuple[int, int]:
    with as_owner():
        found = Contact.objects.filter(on=world.today).count()
        return found, WriteEvent.objects.filter(action="contact.logged").count()


def test_a_referral_that_is_sent_by_a_double_tap_is_stored_once(siri):
    siri.page.get_by_role("button", name="Send henvisningen").dblclick()
    siri.is_at("Lykke V.")
    assert referrals() == (1, 1)


def test_a_referral_that_is_gone_back_to_and_sent_again_is_stored_once(siri):
    siri.press("Send henvisningen")
    siri.is_at("Lykke V.")
    receipt = siri.page.url
    siri.page.go_back()
    expect(siri.field("Fornavn")).to_have_value("Lykke")
    siri.press("Send henvisningen")
    siri.page.wait_for_url(receipt)
    assert referrals() == (1, 1)


def test_a_referral_that_is_gone_back_to_for_somebody_else_is_a_new_one(siri):
    siri.press("Send henvisningen")
    siri.is_at("Lykke V.")
    siri.page.go_back()
    siri.fill("Fornavn", "Glad")
    siri.press("Send henvisningen")
    siri.is_at("Glad V.")
    assert referrals() == (1, 2)


def test_a_contact_that_is_saved_by_a_double_tap_is_stored_once(world, kari):
    kari.page.get_by_role("button", name="Lagre", exact=True).dblclick()
    kari.is_at("Mørkved Dagligvare")
    assert visits(world) == (1, 1)


def test_a_contact_that_is_gone_back_to_and_saved_again_is_stored_once(world, kari):
    kari.press("Lagre")
    kari.is_at("Mørkved Dagligvare")
    kari.page.go_back()
    kari.press("Lagre")
    kari.is_at("Mørkved Dagligvare")
    assert visits(world) == (1, 1)
    with as_owner():
        assert Round.objects.get().travel_minutes == 20
