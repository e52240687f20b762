"""Text that was not saved: kept through a lost connection and an ended session, for nobody but its writer."""

import re
from datetime import timedelta
from time import monotonic

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from fotfeste_web.caseload.models import Openness, Wishes
from tests.database import as_owner
from tests.journeys.conftest import PHONE, session_cookie
from tests.journeys.person import Person

WORD = "Bakeriet lukter godt om morgenen"
OFFER = "Du har tekst som ikke ble lagret"
COPIES = "Object.keys(localStorage).filter(name => name.startsWith('fotfeste.utkast.')).length"


@pytest.fixture
def kari(world, browser_page) -> Person:
    """At the wishes of Vakker, with the goal written and nothing saved."""
    kari = Person(browser_page(world.specialist, width=PHONE))
    open_form(kari, world)
    write(kari, WORD)
    return kari


def open_form(person: Person, world) -> None:
    person.page.goto(f"/deltakere/{world.vakker.pk}/kartlegging/")


def write(person: Person, text: str) -> None:
    person.page.locator("textarea[name=goal]").fill(text)
    has_copies(person.page, 1)


def has_copies(page: Page, number: int) -> None:
    """Wait until the browser keeps so many: asked from outside, since the content policy lets no test poll within."""
    end = monotonic() + 60
    while page.evaluate(COPIES) != number:
        assert monotonic() < end, f"{page.evaluate(COPIES)} kept, not {number}"
        page.wait_for_timeout(50)


def keeps_other_than(page: Page, before: str) -> None:
    end = monotonic() + 60
    while everything_stored(page) == before:
        assert monotonic() < end, "what was written last is not kept"
        page.wait_for_timeout(50)


def has_goal(person: Person, text: str) -> None:
    """What is fetched is decrypted first, and is there a moment later."""
    expect(person.page.locator("textarea[name=goal]")).to_have_value(text)


def everything_stored(page: Page) -> str:
    return page.evaluate("JSON.stringify([{...localStorage}, document.cookie])")


def saved() -> list[str]:
    with as_owner():
        return list(Wishes.objects.values_list("goal", flat=True))


def sign_in_again(person: Person, user, live_server) -> None:
    person.page.context.add_cookies([session_cookie(user, live_server.url)])


def test_text_that_could_not_be_sent_stays_and_comes_back(world, kari):
    kari.page.context.set_offline(True)
    kari.press("Lagre")
    expect(kari.page.get_by_role("alert")).to_contain_text("Ingen forbindelse")
    has_goal(kari, WORD)
    kari.page.context.set_offline(False)
    open_form(kari, world)
    expect(kari.page.get_by_role("main")).to_contain_text(OFFER)
    has_goal(kari, "")
    kari.press("Hent den")
    has_goal(kari, WORD)
    kari.press("Lagre")
    kari.is_told("lagret")
    assert saved() == [WORD]


def test_text_comes_back_after_a_new_sign_in(world, kari, live_server):
    with as_owner():
        Session.objects.all().delete()
    kari.press("Lagre")
    expect(kari.page.get_by_role("alert")).to_contain_text("ikke lenger logget inn")
    has_goal(kari, WORD)
    assert saved() == []
    sign_in_again(kari, world.specialist, live_server)
    kari.follow("Logg inn og gå videre")
    kari.press("Hent den")
    has_goal(kari, WORD)


def test_another_on_the_same_phone_finds_nothing(world, kari, live_server):
    sign_in_again(kari, world.supervisor, live_server)
    open_form(kari, world)
    kari.page.wait_for_load_state("networkidle")
    assert OFFER not in kari.text()
    left = everything_stored(kari.page)
    assert "fotfeste.utkast." in left
    long = [word for word in WORD.split() if len(word) > 5]  # a short one may stand in what is encrypted by chance
    assert long
    for word in (*long, "goal", "kartlegging", str(world.vakker.pk)):
        assert word not in left
    assert str(world.specialist.pk) not in re.split(r"[^\w+/]+", left)  # its one or two digits stand in any secret
    # The first one still has it.
    sign_in_again(kari, world.specialist, live_server)
    open_form(kari, world)
    expect(kari.page.get_by_role("main")).to_contain_text(OFFER)


def test_what_one_wrote_is_not_sent_by_another_who_signed_in_meanwhile(world, kari, live_server):
    sign_in_again(kari, world.supervisor, live_server)
    kari.press("Lagre")
    expect(kari.page.get_by_role("alert")).to_contain_text("ikke lenger logget inn")
    assert saved() == []


def test_text_that_was_saved_is_gone_from_the_phone(world, kari):
    kari.press("Lagre")
    kari.is_told("lagret")
    has_copies(kari.page, 0)
    open_form(kari, world)
    kari.page.wait_for_load_state("networkidle")
    assert OFFER not in kari.text()


def test_text_that_was_thrown_away_is_gone(world, kari):
    open_form(kari, world)
    kari.press("Kast den")
    has_copies(kari.page, 0)
    has_goal(kari, "")


def test_text_is_gone_after_a_day(world, kari):
    now = timezone.now()
    kari.page.clock.set_fixed_time(now + timedelta(hours=23))
    kari.page.goto("/i-dag/")
    has_copies(kari.page, 1)
    kari.page.clock.set_fixed_time(now + timedelta(hours=25))
    kari.page.goto("/i-dag/")
    has_copies(kari.page, 0)


def test_text_that_the_server_refused_is_shown_once_and_gone_when_it_is_saved(world, browser_page):
    kari = Person(browser_page(world.specialist, width=PHONE))
    kari.page.goto(f"/deltakere/{world.vakker.pk}/apenhet/")
    kari.page.locator("textarea[name=may_tell]").fill(WORD)
    kari.press("Lagre")
    expect(kari.page.locator(".ds-error-summary")).to_be_visible()
    kari.page.wait_for_load_state("networkidle")
    assert OFFER not in kari.text()
    kari.page.locator("input[name=may_contact]").first.check()
    kari.fill("Avtalt", world.today)
    kari.press("Lagre")
    kari.page.wait_for_url(f"**/deltakere/{world.vakker.pk}/")
    with as_owner():
        assert Openness.objects.get().may_tell == WORD
    has_copies(kari.page, 0)


def test_what_is_written_beside_an_offer_is_kept_too(world, kari):
    open_form(kari, world)
    expect(kari.page.get_by_role("main")).to_contain_text(OFFER)
    kari.page.locator("textarea[name=goal]").fill("Noe nytt")
    has_copies(kari.page, 2)
    open_form(kari, world)
    kari.press("Kast den")
    expect(kari.page.get_by_role("main")).to_contain_text(OFFER)
    kari.press("Hent den")
    has_goal(kari, "Noe nytt")


def test_an_identity_number_is_never_kept(world, browser_page):
    siri = Person(browser_page(world.therapist, width=PHONE))
    siri.page.goto("/henvisninger/ny/")
    siri.choose("Har personen adressesperre", "Nei")
    siri.page.locator("input[name=identity]").fill("13897248022")
    has_copies(siri.page, 1)
    before = everything_stored(siri.page)
    siri.page.locator("textarea[name=wish]").fill("Nummeret er 138972 48022, og hun vil jobbe.")
    keeps_other_than(siri.page, before)
    siri.page.goto("/henvisninger/ny/")
    siri.press("Hent den")
    expect(siri.page.locator("textarea[name=wish]")).to_have_value("Nummeret er …, og hun vil jobbe.")
    expect(siri.page.locator("input[name=identity]")).to_have_value("")


def test_without_scripts_a_form_is_sent_as_before(world, browser_page):
    kari = Person(browser_page(world.specialist, width=PHONE, scripts=False))
    open_form(kari, world)
    kari.page.locator("textarea[name=goal]").fill(WORD)
    kari.press("Lagre")
    assert saved() == [WORD]
