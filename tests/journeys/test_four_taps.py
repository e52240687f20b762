"""A meeting with an employer is logged on a phone, standing up: four taps, and nothing to type."""

from datetime import time

import pytest

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.figures_of_contacts import week_of_contacts
from fotfeste_web.caseload.models import Contact, ContactParticipant, Round
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.journeys.conftest import PHONE, Taps


@pytest.fixture
def meeting(world) -> Contact:
    """A second visit today, planned for Vakker."""
    with as_owner():
        contact = Contact.objects.create(
            service=world.bodo,
            specialist=world.specialist,
            kind="employer",
            on=world.today,
            starts_at=time(0, 5),
            minutes=30,
            place="employer",
            employer=world.employer,
        )
        ContactParticipant.objects.create(contact=contact, participant=world.vakker)
        return contact


def test_a_planned_meeting_is_stored_in_four_taps_from_the_today_page(world, meeting, browser_page):
    page = browser_page(world.specialist, width=PHONE)
    page.goto("/i-dag/")
    thumb = Taps(page)
    thumb.link("Logg møtet")
    # What is taken for granted stands there to be seen; that one who decides was there never does.
    for question, default in [
        ("Hvordan gikk det?", "Gjennomført"),
        ("Hvordan?", "Ansikt til ansikt"),
        ("Var en som bestemmer med?", "Ikke svart"),
        ("Formål", "Lære hva de trenger"),
        ("Reisetid, fram og tilbake", "Ingen"),
    ]:
        assert page.get_by_role("group", name=question).get_by_label(default, exact=True).is_checked()
    thumb.choice("Var en som bestemmer med?", "Ja")
    thumb.choice("Reisetid, fram og tilbake", "20 min")
    thumb.button("Lagre")
    page.wait_for_url("**/i-dag/")
    assert "Den teller som arbeidsgivermøte nummer 1 den uka." in page.get_by_role("status").inner_text()
    assert thumb.count == 4
    with as_owner():
        meeting.refresh_from_db()
        assert (meeting.status, meeting.channel, meeting.decision_maker) == ("held", "in_person", True)
        assert (meeting.purpose, meeting.place, meeting.minutes) == ("learn_needs", "employer", 30)
        assert meeting.round.travel_minutes == 20
        assert WriteEvent.objects.get(action="contact.result_given").user == world.specialist
    with seen_by(world.specialist, world.today):
        week = week_of_contacts(world.specialist, world.today)
    assert (week.employer_contacts, week.field_minutes) == (1, 50)


def test_a_cancelled_meeting_asks_nothing_more(world, meeting, browser_page):
    page = browser_page(world.specialist, width=PHONE)
    page.goto("/i-dag/")
    thumb = Taps(page)
    thumb.link("Logg møtet")
    thumb.choice("Hvordan gikk det?", "Avlyst")
    assert page.get_by_role("group", name="Formål").is_hidden()
    thumb.button("Lagre")
    page.wait_for_url("**/i-dag/")
    with as_owner():
        meeting.refresh_from_db()
        assert (meeting.status, meeting.round) == ("cancelled", None)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_walk_ins_on_one_round_count_its_travel_once(world, browser_page, scripts):
    page = browser_page(world.specialist, width=PHONE, scripts=scripts)
    page.goto("/i-dag/")
    thumb = Taps(page)
    thumb.link("Logg arbeidsgivermøte")
    page.get_by_label("Arbeidsgiver", exact=True).fill("Saltvern Hagesenter")
    thumb.choice("Var en som bestemmer med?", "Nei")
    thumb.choice("For hvem?", "Vakker B.")
    page.get_by_label("Om Vakker B.").fill("Liker seg ute.")
    thumb.choice("Reisetid, fram og tilbake", "30 min")
    thumb.button("Lagre, og en til på samme runde")
    page.wait_for_url("**runde=*")
    assert page.get_by_role("group", name="Reisetid for hele runden").get_by_label("30 min", exact=True).is_checked()
    page.get_by_label("Arbeidsgiver", exact=True).fill("Mørkved Dagligvare")
    thumb.button("Lagre")
    page.wait_for_url("**/i-dag/")
    with as_owner():
        first, second = Contact.objects.filter(on=world.today).order_by("pk")
        assert Round.objects.get().travel_minutes == 30
        assert first.round == second.round
        assert (first.employer.name, first.employer.organisation_number) == ("Saltvern Hagesenter", None)
        assert (first.decision_maker, second.decision_maker) == (False, None)
        assert second.employer == world.employer
        assert [(line.participant, line.note) for line in first.for_participants.all()] == [
            (world.vakker, "Liker seg ute.")
        ]
        assert not second.for_participants.exists()
