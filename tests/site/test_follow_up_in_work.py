"""Oppfølging i jobb: what the schedule asks for today, and what a meeting or the person's no does to it.

The windows are those of IPS-25 item 23; what is asked for is tested of the pure rule in tests/method.
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from fotfeste.indicators.follow_along import FollowedJob
from fotfeste.periods import Period
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Job, Pause
from fotfeste_web.caseload.status import Contacts
from fotfeste_web.followup.facts import Facts
from fotfeste_web.followup.models import FollowUpDeclined
from fotfeste_web.followup.pages.cards import cards
from fotfeste_web.followup.pages.follow_up import FollowUpPage
from fotfeste_web.followup.schedule import due_now
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Share
from fotfeste_web.ui.due import Urgency
from tests.database import as_owner
from tests.site.test_today import met, rules, started, working


def asked(world, person) -> str | None:
    item = rules(world, world.specialist, person).get("follow_along")
    return item.tag.removeprefix("Oppfølging i jobb: ") if item else None


def card(world, person, title):
    with seen_by(world.specialist, world.today) as scope:
        return next((card for card in cards(person, scope, world.today) if card.title == title), None)


def says_no(world, person, *, since: int, until: int) -> None:
    with as_owner():
        FollowUpDeclined.objects.create(
            participant=person,
            starts_on=world.today - timedelta(days=since),
            ends_on=world.today + timedelta(days=until),
            words="Vil klare dette selv.",
        )


@pytest.mark.parametrize(
    ("started_days_ago", "begun", "line"),
    [
        (-8, False, None),
        (-7, False, "uka før"),
        (0, True, "første dager"),
        (4, True, "uke 1"),
        (7, True, "uke 2"),
    ],
)
def test_each_time_of_the_schedule_asks_for_a_meeting(world, started_days_ago, begun, line):
    person = started(world, 60)
    working(world, person, started_days_ago, begun=begun)
    assert asked(world, person) == line


@pytest.mark.parametrize(
    ("today", "met_on", "asks", "late"),
    [
        (date(2026, 5, 25), date(2026, 4, 20), False, False),  # the third month, until 1 June; the second was met
        (date(2026, 5, 26), date(2026, 4, 20), True, False),
        (date(2026, 5, 2), date(2026, 4, 1), True, True),  # the second month was not met
        (date(2026, 5, 2), date(2026, 4, 2), False, False),
    ],
)
def test_a_month_asks_in_its_last_week_and_at_once_after_one_that_was_missed(today, met_on, asks, late):
    job = FollowedJob(starts_on=date(2026, 3, 2))
    due = due_now(Facts(jobs={1: job}, contacts=Contacts(met=[met_on]), periods=[Period(date(2026, 1, 5))]), today)
    assert (due is not None, due is not None and due.late) == (asks, late)


@pytest.mark.parametrize(
    ("contact", "closes"),
    [
        ({}, True),
        ({"kind": "start_up"}, True),
        ({"channel": "phone"}, False),
        ({"channel": "digital"}, False),
        ({"status": "participant_absent"}, False),
        ({"kind": "employer", "made_by": "both"}, True),
        ({"kind": "employer", "made_by": "specialist"}, False),
    ],
)
def test_only_a_meeting_in_person_with_the_participant_closes_a_step(world, contact, closes):
    person = started(world, 60)
    working(world, person, 5)
    if contact.get("kind") == "employer":
        contact = contact | {"employer": world.employer}
    met(world, person, 1, **contact)
    assert (asked(world, person) is None) is closes


def test_a_job_loss_is_asked_for_until_the_person_is_met(world):
    person = started(world, 200)
    job = working(world, person, 100)
    with as_owner():
        Job.objects.filter(pk=job.pk).update(
            ends_on=world.today - timedelta(days=6), end_known_on=world.today - timedelta(days=5), ended_by="employer"
        )
        job.terms.update(ends_on=world.today - timedelta(days=6))
    item = rules(world, world.specialist, person)["follow_along"]
    assert (item.tag, item.urgency) == ("Oppfølging i jobb: etter slutten", Urgency.OVERDUE)
    met(world, person, 0)
    assert asked(world, person) is None


def test_the_persons_own_no_stops_the_lines_and_leaves_the_denominator(world):
    person = started(world, 60)
    working(world, person, 9)
    met(world, person, 9)
    assert asked(world, person) == "uke 2"
    says_no(world, person, since=1, until=20)
    assert asked(world, person) is None
    with seen_by(world.specialist, world.today):
        shown = FollowUpPage.of(person, may_write=True, today=world.today)
    states = {step.label: step.state for step in shown.jobs[0].steps}
    assert (states["Uke 2"], states["Uka før"]) == ("Regnes ikke med", "Ikke møtt")
    assert shown.jobs[0].kept == "2 av 3"  # the week before was missed, the first days and week 1 were met
    assert card(world, person, "Oppfølging i jobb").lines[0].text == "Ønsker ikke oppfølging nå"


def test_nobody_is_asked_to_follow_up_in_a_pause(world):
    person = started(world, 60)
    working(world, person, 9)
    with as_owner():
        Pause.objects.create(
            participant=person,
            starts_on=world.today - timedelta(days=1),
            follow_up_on=world.today + timedelta(days=20),
            reason="Ferie",
        )
    assert asked(world, person) is None


def test_the_card_shows_the_steps_in_a_short_row(world):
    person = started(world, 60)
    working(world, person, 9)
    met(world, person, 9)
    marks = card(world, person, "Oppfølging i jobb").lines[0].marks
    assert marks == (
        ("Uka før: ikke møtt", "warning"),
        ("Første dager: møtt", "success"),
        ("Uke 1: møtt", "success"),
        ("Uke 2: åpen", "info"),
    )


def test_a_no_is_written_down_once_and_changed_after(world, sign_in):
    client = sign_in(world.specialist)
    address = reverse("follow_up_declined", args=[world.vakker.pk])
    until = world.today + timedelta(days=20)
    sent = {"starts_on": world.today, "ends_on": until, "words": "Ikke nå", "form_key": str(uuid4())}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        assert WriteEvent.objects.filter(action="follow_up.declined", participant_id=world.vakker.pk).count() == 1
    assert client.post(address, sent | {"form_key": str(uuid4()), "version": 3}).status_code == 409
    changed = sent | {"form_key": str(uuid4()), "version": 1, "ends_on": world.today}
    assert client.post(address, changed).status_code == 302
    with as_owner():
        assert FollowUpDeclined.objects.get().ends_on == world.today


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": ""}, "Skriv hva personen sa."),
        ({"ends_on": ""}, "så ingen blir glemt"),
        ({"ends_on": "2020-01-01"}, "Dagen kan ikke være før personen sa nei."),
        ({"starts_on": "2099-01-01"}, "Datoen kan ikke være etter i dag."),
    ],
)
def test_a_no_that_cannot_be_is_refused(world, sign_in, typed, sentence):
    address = reverse("follow_up_declined", args=[world.vakker.pk])
    sent = {"starts_on": world.today, "ends_on": world.today + timedelta(days=9), "words": "Ikke nå"} | typed
    response = sign_in(world.specialist).post(address, sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with as_owner():
        assert not FollowUpDeclined.objects.exists()


def test_two_nos_at_the_same_moment_become_a_sentence(world, sign_in):
    says_no(world, world.vakker, since=-2, until=9)  # begins the day after tomorrow: the form knows it not
    address = reverse("follow_up_declined", args=[world.vakker.pk])
    sent = {"starts_on": world.today, "ends_on": world.today + timedelta(days=9), "words": "Ikke nå"}
    response = sign_in(world.specialist).post(address, sent)
    assert response.status_code == 422
    assert "har sagt nei til oppfølging i den tida fra før" in response.content.decode()


def test_what_is_due_is_asked_in_one_query_however_many_there_are(world, django_assert_num_queries):
    from fotfeste_web.caseload.due import cases
    from fotfeste_web.followup.due import due_items

    for _ in range(2):
        person = started(world, 60)
        working(world, person, 9)
        with seen_by(world.specialist, world.today) as scope:
            mine = cases(world.specialist, scope, world.today)
            with django_assert_num_queries(1):
                assert due_items(world.specialist, mine, world.today)


@pytest.mark.parametrize(
    ("kinds", "status"), [({Kind.WORK}, 404), ({Kind.CONTACTS}, 404), ({Kind.WORK, Kind.CONTACTS}, 200)]
)
def test_the_schedule_is_shown_whole_or_not_at_all(world, sign_in, kinds, status):
    """Without the meetings it would say that nobody met the person."""
    working(world, world.vakker, 9)
    met(world, world.vakker, 9)
    with as_owner():
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            kinds=[Kind.BASIS, *kinds],
            ground="consent",
            purpose="Samarbeid",
            starts_on=world.today,
            told_how="Muntlig",
            shared_by=world.specialist,
        )
    client = sign_in(world.therapist)
    assert client.get(reverse("follow_up", args=[world.vakker.pk])).status_code == status
    page = client.get(reverse("participant", args=[world.vakker.pk])).content.decode()
    assert ("Uke 1: møtt" in page) is (status == 200)
    assert client.get(reverse("outreach", args=[world.vakker.pk])).status_code == (
        200 if Kind.CONTACTS in kinds else 404
    )
