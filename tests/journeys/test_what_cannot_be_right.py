"""What cannot be right is refused with a sentence at the field and on top, and what was typed is still there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Contact, Job, Period
from tests.database import as_owner
from tests.journeys.conftest import PHONE
from tests.journeys.person import Person

MADE_UP_NUMBER = "26920296504"  # of Skatteetaten's made-up persons (Tenor), tests/method/norway/test_identity.py


@pytest.fixture
def kari(world, browser_page) -> Person:
    kari = Person(browser_page(world.specialist, width=PHONE))
    kari.page.goto(reverse("participant", args=[world.vakker.pk]))
    return kari


def is_refused(person: Person, label: str, sentence: str) -> None:
    """The sentence stands on top, leads to the field, and is read out with it."""
    summary = person.page.get_by_role("group", name="Feil i skjemaet")
    expect(summary).to_contain_text(sentence)
    summary.get_by_role("link", name=sentence).click()
    field = person.field(label)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert sentence in field.evaluate(
        "field => field.getAttribute('aria-describedby').split(' ')"
        ".map(id => document.getElementById(id)?.textContent ?? '').join(' ')"
    )


def nothing_new() -> bool:
    with as_owner():
        return not WriteEvent.objects.exists()


def test_an_end_before_the_start(world, kari):
    kari.follow("Avslutt perioden")
    kari.fill("Avsluttet", world.today - timedelta(days=61))
    kari.pick("Hvorfor?", "Flyttet")
    kari.fill("Oppsummering", "Flyttet hjem til Mo.")
    kari.press("Lagre")
    is_refused(kari, "Avsluttet", "Slutten kan ikke være før det.")
    expect(kari.field("Oppsummering")).to_have_value("Flyttet hjem til Mo.")
    expect(kari.field("Hvorfor?")).to_have_value("moved")
    assert nothing_new()
    kari.fill("Avsluttet", world.today)
    kari.press("Lagre")
    kari.is_told("Perioden er avsluttet.")
    with as_owner():
        period = Period.objects.get(participant=world.vakker)
        assert (period.ends_on, period.end_note) == (world.today, "Flyttet hjem til Mo.")


def test_a_job_that_has_begun_tomorrow(world, kari):
    kari.follow("Ny jobb")
    kari.fill("Arbeidsgiver", "Saltvern Hagesenter")
    kari.fill("Yrke", "6113")
    kari.fill("Første dag", world.today + timedelta(days=1))
    kari.field("Jobben har begynt").check()
    kari.fill("Timer i uka", "7,5")
    kari.choose("Ansettelse", "Midlertidig")
    kari.choose("Hvordan ble jobben funnet?", "Eget jobbsøk")
    kari.press("Lagre")
    is_refused(kari, "Første dag", "En jobb som har begynt, kan ikke ha start fram i tid.")
    expect(kari.field("Arbeidsgiver")).to_have_value("Saltvern Hagesenter")
    expect(kari.field("Timer i uka")).to_have_value("7,5")
    expect(kari.page.get_by_label("Midlertidig")).to_be_checked()
    expect(kari.page.get_by_label("Eget jobbsøk")).to_be_checked()
    assert nothing_new()
    kari.field("Jobben har begynt").uncheck()
    kari.press("Lagre")
    kari.is_told("Jobben er lagret.")
    with as_owner():
        job = Job.objects.get()
        assert (job.begun, job.employer.name, job.terms.get().hours_per_week) == (False, "Saltvern Hagesenter", 7.5)


def test_an_identity_number_in_a_note(world, kari):
    kari.follow("Logg kontakt")
    kari.choose("Hvordan?", "Telefon")
    kari.fill("Om Vakker B.", f"Søknaden gjelder {MADE_UP_NUMBER}, sendt i går.")
    kari.press("Lagre")
    is_refused(kari, "Om Vakker B.", "Teksten inneholder et fødselsnummer eller D-nummer.")
    expect(kari.field("Om Vakker B.")).to_have_value(f"Søknaden gjelder {MADE_UP_NUMBER}, sendt i går.")
    expect(kari.field("Lagre likevel")).to_have_count(0)  # no way round
    assert nothing_new()
    kari.fill("Om Vakker B.", "Søknaden er sendt i går.")
    kari.press("Lagre")
    kari.is_told("Kontakten er lagret.")


def test_a_diagnosis_in_a_note_is_warned_of_and_can_be_kept(world, kari):
    note = "Bedriften heter F32.1 Foto, og har to vakter."
    kari.follow("Logg kontakt")
    kari.choose("Hvordan?", "Telefon")
    kari.fill("Om Vakker B.", note)
    kari.press("Lagre")
    is_refused(kari, "Om Vakker B.", "Teksten ser ut til å nevne en diagnose eller et legemiddel: F32.1.")
    expect(kari.field("Om Vakker B.")).to_have_value(note)
    assert nothing_new()
    kari.field("Lagre likevel").check()
    kari.press("Lagre")
    kari.is_told("Kontakten er lagret.")
    with as_owner():
        assert Contact.objects.get(kind="participant").for_participants.get().note == note


def test_nobody_leaves_what_was_refused_without_being_asked(world, kari):
    asked = []
    kari.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    kari.follow("Avslutt perioden")
    kari.fill("Oppsummering", "Flyttet hjem til Mo.")
    kari.press("Lagre")
    is_refused(kari, "Hvorfor?", "Feltet er påkrevet.")
    kari.follow("Avbryt")
    kari.is_at("Vakker Blomst")
    assert asked == ["beforeunload"]
