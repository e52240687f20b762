"""From the start-up meeting to the end: what is stored, what follows, and what form and database refuse."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.actions import phases as actions
from fotfeste_web.caseload.actions.endings import NoLongerOpen
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactParticipant,
    Education,
    Job,
    Participant,
    Pause,
    Period,
    Referral,
    StepDown,
    Term,
)
from fotfeste_web.caseload.pages.phases import actions_for, caseload_in_words
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Share
from tests.database import as_owner

NUMBER = make_synthetic(date(1995, 3, 4), 0)


def text(response) -> str:
    return response.content.decode()


def days(world, number: int) -> str:
    """So many days from today, as a form sends it."""
    return (world.today + timedelta(days=number)).isoformat()


def status_of(world, person) -> Status:
    with as_owner():
        return status_on(facts_of([person.pk])[person.pk], world.today)


def events() -> list[str]:
    with as_owner():
        return list(WriteEvent.objects.order_by("pk").values_list("action", flat=True))


@pytest.fixture
def referred(world) -> Participant:
    """Modig was referred 20 days ago and waits."""
    with as_owner():
        made = Participant.objects.create(service=world.bodo, first_name="Modig", last_name="Hest")
        Referral.objects.create(
            participant=made,
            service=world.bodo,
            received_on=world.today - timedelta(days=20),
            source="therapist",
            wish="Jeg vil jobbe med dyr.",
            short_name=made.short_name,
        )
    return made


@pytest.fixture
def assigned(world, referred) -> Participant:
    with as_owner():
        Assignment.objects.create(
            participant=referred, specialist=world.specialist, starts_on=world.today - timedelta(days=10)
        )
    return referred


def send(client, name, row, **form):
    return client.post(reverse(name, args=[row.pk]), {"form_key": str(uuid4()), **form})


# Assigning


def test_a_supervisor_assigns_from_a_day(world, sign_in, referred):
    response = send(sign_in(world.supervisor), "assign", referred, specialist=world.specialist.pk, on=days(world, -3))
    assert response.status_code == 302
    with as_owner():
        assignment = Assignment.objects.get(participant=referred)
        event = WriteEvent.objects.get()
    assert (assignment.specialist, assignment.assigned_by) == (world.specialist, world.supervisor)
    assert (assignment.starts_on, assignment.ends_on) == (world.today - timedelta(days=3), None)
    assert (event.action, event.participant_id, event.service_id) == (
        "participant.assigned",
        referred.pk,
        world.bodo.pk,
    )
    assert event.details == {"specialist": world.specialist.pk, "moved": False}
    with seen_by(world.specialist, world.today):
        assert Participant.objects.filter(pk=referred.pk).exists()


def test_moving_ends_the_old_assignment_the_same_day_and_keeps_the_history(world, sign_in, assigned):
    client = sign_in(world.supervisor)
    assert send(client, "assign", assigned, specialist=world.colleague.pk, on=days(world, 0)).status_code == 302
    with as_owner():
        spans = Assignment.objects.filter(participant=assigned).order_by("starts_on")
        assert [(a.specialist.name, a.starts_on, a.ends_on) for a in spans] == [
            ("Kari Nilsen", world.today - timedelta(days=10), world.today),
            ("Ola Berg", world.today, None),
        ]
    page = text(client.get(reverse("assign", args=[assigned.pk])))
    assert "Kari Nilsen" in page
    assert "tildelt av Marit Dahl" in page


def test_the_caseload_stands_beside_each_name(world, sign_in, referred):
    with as_owner():
        Membership.objects.filter(user=world.colleague).update(post_share=50)
    page = text(sign_in(world.supervisor).get(reverse("assign", args=[referred.pk])))
    assert "Kari Nilsen · 1 deltaker i 100 % stilling" in page
    assert "Ola Berg · 1 deltaker i 50 % stilling, 2 per hel stilling" in page
    assert "Eva Sund" not in page  # another service


@pytest.mark.parametrize(
    ("participants", "post", "words"),
    [
        (9, 50, "9 deltakere i 50 % stilling, 18 per hel stilling"),
        (17, 80, "17 deltakere i 80 % stilling, 21,3 per hel stilling"),  # 17 / 0.8 = 21.25
        (0, 100, "0 deltakere i 100 % stilling"),
        (3, 0, "3 deltakere i 0 % stilling"),
    ],
)
def test_a_caseload_is_said_per_full_post(participants, post, words):
    assert caseload_in_words(participants, post) == words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"specialist": "outsider"}, "specialist"),
        ({"specialist": "therapist"}, "specialist"),
        ({"specialist": "specialist"}, "specialist"),  # has the person already
        ({"specialist": ""}, "specialist"),
        ({"on": -21}, "on"),  # before the referral
        ({"on": -11}, "on"),  # before the assignment that runs
        ({"on": 500}, "on"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_and_leaves_nothing(world, sign_in, assigned, typed, field):
    form = {"specialist": "colleague", "on": 0} | typed
    user = world.people.get(form["specialist"])
    form = {"specialist": user.pk if user else "", "on": days(world, form["on"])}
    response = send(sign_in(world.supervisor), "assign", assigned, **form)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    with as_owner():
        assert Assignment.objects.get(participant=assigned).specialist == world.specialist
    assert events() == []


def test_a_third_job_specialist_before_one_that_is_agreed_is_refused(world, sign_in, assigned):
    with as_owner():
        third = Membership.objects.create(
            user=world.supervisor, service=world.bodo, role="jobbspesialist", starts_on=world.today
        ).user
    client = sign_in(world.supervisor)
    send(client, "assign", assigned, specialist=world.colleague.pk, on=days(world, 10))
    response = send(client, "assign", assigned, specialist=third.pk, on=days(world, 5))
    assert response.status_code == 422
    assert "Ola Berg er jobbspesialist fra" in text(response)


def test_one_who_has_ended_cannot_be_assigned(world, sign_in):
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(ends_on=world.today, end_reason="own_wish")
    response = send(sign_in(world.supervisor), "assign", world.vakker, specialist=world.colleague.pk, on=days(world, 0))
    assert response.status_code == 302  # back to the person, with the reason
    assert events() == []


@pytest.mark.parametrize(
    ("who", "status"), [("specialist", 403), ("therapist", 403), ("leader", 403), ("outside_supervisor", 404)]
)
def test_others_cannot_assign(world, sign_in, assigned, who, status):
    client = sign_in(world.people[who])
    assert client.get(reverse("assign", args=[assigned.pk])).status_code == status
    form = {"specialist": world.colleague.pk, "on": days(world, 0)}
    assert send(client, "assign", assigned, **form).status_code == status


# Starting


def start_form(world, **typed) -> dict[str, str]:
    return {"on": days(world, -1), "channel": "in_person", "in_work_at_start": "no"} | typed


@pytest.mark.parametrize("who", ["specialist", "supervisor"])
def test_the_start_stores_the_meeting_and_the_period_and_concludes_the_referral(world, sign_in, assigned, who):
    assert status_of(world, assigned) == Status.REFERRED
    client = sign_in(world.people[who])
    assert send(client, "start", assigned, **start_form(world, minutes="50")).status_code == 302
    yesterday = world.today - timedelta(days=1)
    with as_owner():
        period = Period.objects.get(participant=assigned)
        contact = ContactParticipant.objects.get(participant=assigned).contact
    assert (period.starts_on, period.in_work_at_start, period.ends_on) == (yesterday, False, None)
    assert (period.referral.outcome, period.referral.concluded_on) == ("started", yesterday)
    assert (contact.kind, contact.status, contact.on, contact.channel) == ("start_up", "held", yesterday, "in_person")
    assert (contact.specialist, contact.minutes) == (world.specialist, 50)
    assert events() == ["participant.started"]
    assert status_of(world, assigned) == Status.MAPPING


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"on": -21}, "on", "Oppstarten kan ikke være før det."),
        ({"on": 1}, "on", "Oppstartsmøtet kan ikke være etter i dag."),
        ({"in_work_at_start": ""}, "in_work_at_start", ""),
        ({"channel": "telepathy"}, "channel", ""),
        ({"minutes": "lenge"}, "minutes", "Skriv tiden i minutter"),
    ],
)
def test_a_start_that_cannot_be_is_refused_and_leaves_nothing(world, sign_in, assigned, typed, field, sentence):
    if "on" in typed:
        typed = {"on": days(world, typed["on"])}
    response = send(sign_in(world.specialist), "start", assigned, **start_form(world, **typed))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in text(response)
    with as_owner():
        assert not Period.objects.filter(participant=assigned).exists()
        assert not ContactParticipant.objects.filter(participant=assigned).exists()
    assert events() == []


def test_a_start_needs_a_job_specialist(world, sign_in, referred):
    response = send(sign_in(world.supervisor), "start", referred, **start_form(world))
    assert response["Location"] == reverse("assign", args=[referred.pk])
    assert events() == []


def test_two_who_start_the_same_referral_start_it_once(world, assigned):
    with as_owner():
        referral = Referral.objects.get(participant=assigned)
    values = {"on": world.today, "channel": "phone", "minutes": None, "in_work_at_start": False}
    with seen_by(world.specialist, world.today):
        actions.start(referral, specialist=world.specialist, by=world.specialist, **values)
        with pytest.raises(NoLongerOpen):
            actions.start(referral, specialist=world.specialist, by=world.specialist, **values)
    assert events() == ["participant.started"]


def test_a_return_cannot_start_inside_the_earlier_period(world, sign_in):
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(ends_on=world.today, end_reason="own_wish")
        Referral.objects.create(
            participant=world.vakker,
            service=world.bodo,
            received_on=world.today - timedelta(days=5),
            source="person",
            wish="Vil prøve igjen.",
            short_name="Vakker B.",
        )
    response = send(sign_in(world.specialist), "start", world.vakker, **start_form(world))
    assert response.status_code == 422
    assert "Datoen er i en annen periode personen har vært med." in text(response)
    assert events() == []


@pytest.mark.parametrize("who", ["colleague", "therapist", "outsider", "outside_supervisor", "leader"])
def test_others_cannot_start(world, sign_in, assigned, who):
    client = sign_in(world.people[who])
    assert client.get(reverse("start", args=[assigned.pk])).status_code in (403, 404)
    assert send(client, "start", assigned, **start_form(world)).status_code in (403, 404)
    assert events() == []


# Pause, education, step-down


def test_a_pause_is_taken_up_again_after_30_days_unless_said_otherwise(world, sign_in):
    form = sign_in(world.specialist).get(reverse("pause_add", args=[world.vakker.pk])).context["form"]
    assert form.initial["follow_up_on"] == world.today + timedelta(days=30)


def test_a_pause_begins_and_ends(world, sign_in):
    client = sign_in(world.specialist)
    form = {"starts_on": days(world, -2), "follow_up_on": days(world, 28), "reason": "Flytter"}
    assert send(client, "pause_add", world.vakker, **form).status_code == 302
    assert status_of(world, world.vakker) == Status.PAUSE
    with as_owner():
        pause = Pause.objects.get()
    assert client.get(reverse("pause_add", args=[world.vakker.pk]))["Location"] == reverse("pause_end", args=[pause.pk])
    assert send(client, "pause_end", pause, ends_on=days(world, 0)).status_code == 302
    assert status_of(world, world.vakker) == Status.JOB_DEVELOPMENT
    assert events() == ["pause.added", "pause.ended"]


def test_an_education_begins_and_ends(world, sign_in):
    client = sign_in(world.specialist)
    form = {"place": "Nord universitet", "programme": "Årsstudium", "starts_on": days(world, -2)}
    assert send(client, "education_add", world.vakker, **form).status_code == 302
    assert status_of(world, world.vakker) == Status.IN_EDUCATION
    with as_owner():
        education = Education.objects.get()
    page = text(client.get(reverse("education_add", args=[world.vakker.pk])))
    assert "Årsstudium, Nord universitet" in page
    assert reverse("education_end", args=[education.pk]) in page
    assert send(client, "education_end", education, ends_on=days(world, 0), completed="yes").status_code == 302
    with as_owner():
        education.refresh_from_db()
    assert (education.ends_on, education.state) == (world.today, "completed")
    assert events() == ["education.added", "education.ended"]


def test_a_step_down_names_who_takes_over_and_can_be_broken_off(world, sign_in):
    client = sign_in(world.specialist)
    form = {"starts_on": days(world, -2), "taker": "Siri Moen", "taker_role": "Behandler", "agreement": "Ring meg."}
    assert send(client, "step_down_add", world.vakker, **form).status_code == 302
    assert status_of(world, world.vakker) == Status.STEP_DOWN
    with as_owner():
        step_down = StepDown.objects.get()
    assert (step_down.taker, step_down.taker_role) == ("Siri Moen", "Behandler")
    assert send(client, "step_down_end", step_down, ends_on=days(world, 0)).status_code == 302
    assert events() == ["step_down.added", "step_down.ended"]


PAUSE = {"starts_on": 0, "follow_up_on": 30, "reason": "Flytter"}
EDUCATION = {"starts_on": 0, "place": "Nord", "programme": "Årsstudium"}
STEP_DOWN = {"starts_on": 0, "taker": "Siri", "taker_role": "Behandler"}


def dated(world, form: dict) -> dict[str, str]:
    return {name: days(world, value) if isinstance(value, int) else value for name, value in form.items()}


@pytest.mark.parametrize(
    ("page", "form", "field"),
    [
        ("pause_add", PAUSE | {"starts_on": -61}, "starts_on"),  # the start was 60 days ago
        ("pause_add", PAUSE | {"follow_up_on": -1}, "follow_up_on"),
        ("pause_add", PAUSE | {"starts_on": "31.02.2026"}, "starts_on"),
        ("pause_add", PAUSE | {"reason": ""}, "reason"),
        ("pause_add", PAUSE | {"reason": f"Nummer {NUMBER}"}, "reason"),
        ("education_add", EDUCATION | {"place": ""}, "place"),
        ("education_add", EDUCATION | {"starts_on": 900}, "starts_on"),
        ("step_down_add", STEP_DOWN | {"taker": ""}, "taker"),
        ("step_down_add", STEP_DOWN | {"taker_role": " "}, "taker_role"),
        ("step_down_add", STEP_DOWN | {"starts_on": -61}, "starts_on"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field_and_leaves_nothing(world, sign_in, page, form, field):
    response = send(sign_in(world.specialist), page, world.vakker, **dated(world, form))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert NUMBER not in text(response) or field == "reason"  # what was typed is still there, and nowhere else
    with as_owner():
        assert sum(rows.objects.count() for rows in (Pause, Education, StepDown)) == 0
    assert events() == []


@pytest.mark.parametrize(
    ("page", "form", "sentence"),
    [
        ("pause_add", PAUSE, "Personen har en annen pause i den tida."),
        ("step_down_add", STEP_DOWN, "Personen er under nedtrapping i den tida fra før."),
    ],
)
def test_an_overlap_that_the_database_refuses_is_said_at_the_field(world, sign_in, page, form, sentence):
    client = sign_in(world.specialist)
    assert send(client, page, world.vakker, **dated(world, form)).status_code == 302
    response = send(client, page, world.vakker, **dated(world, form | {"starts_on": 3, "follow_up_on": 30}))
    assert response.status_code == 422
    assert response.context["form"].errors == {"starts_on": [sentence]}
    assert len(events()) == 1


@pytest.mark.parametrize("number", [-11, 1])
def test_a_pause_ends_between_its_start_and_today(world, sign_in, number):
    with as_owner():
        pause = Pause.objects.create(
            participant=world.vakker,
            starts_on=world.today - timedelta(days=10),
            follow_up_on=world.today,
            reason="Flytter",
        )
    response = send(sign_in(world.specialist), "pause_end", pause, ends_on=days(world, number))
    assert response.status_code == 422
    assert events() == []


def test_a_pause_that_never_began_ends_on_the_day_it_was_to_begin(world, sign_in):
    with as_owner():
        pause = Pause.objects.create(
            participant=world.vakker,
            starts_on=world.today + timedelta(days=10),
            follow_up_on=world.today + timedelta(days=40),
            reason="Flytter",
        )
    assert send(sign_in(world.specialist), "pause_end", pause, ends_on=days(world, 10)).status_code == 302
    assert status_of(world, world.vakker) == Status.JOB_DEVELOPMENT


@pytest.mark.parametrize("page", ["pause_add", "education_add", "step_down_add"])
def test_nothing_begins_for_one_who_is_not_in_a_period(world, sign_in, assigned, page):
    forms = {"pause_add": PAUSE, "education_add": EDUCATION, "step_down_add": STEP_DOWN}
    response = send(sign_in(world.specialist), page, assigned, **dated(world, forms[page]))
    assert response["Location"] == reverse("participant", args=[assigned.pk])
    assert events() == []


@pytest.mark.parametrize("page", ["assign", "start", "end_period", "pause_add", "education_add", "step_down_add"])
@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("outside_supervisor", 404), ("therapist", 403)])
def test_those_outside_reach_no_page(world, sign_in, page, who, status):
    if (page, who) == ("assign", "outsider"):
        status = 403  # a job specialist assigns nobody, anywhere
    client = sign_in(world.people[who])
    assert client.get(reverse(page, args=[world.vakker.pk])).status_code == status
    assert send(client, page, world.vakker).status_code == status


@pytest.mark.parametrize("page", ["pause_end", "education_end", "step_down_end"])
@pytest.mark.parametrize(("who", "status"), [("specialist", 200), ("outsider", 404), ("colleague", 404)])
def test_only_those_who_work_with_the_person_reach_what_ends(world, sign_in, page, who, status):
    about = {"participant": world.vakker, "starts_on": world.today}
    with as_owner():
        row = {
            "pause_end": lambda: Pause.objects.create(follow_up_on=world.today, reason="x", **about),
            "education_end": lambda: Education.objects.create(place="Nord", programme="x", **about),
            "step_down_end": lambda: StepDown.objects.create(taker="Siri", taker_role="x", **about),
        }[page]()
    client = sign_in(world.people[who])
    assert client.get(reverse(page, args=[row.pk])).status_code == status
    stored = send(client, page, row, ends_on=days(world, 0), completed="no")
    assert stored.status_code == (302 if status == 200 else 404)
    assert len(events()) == (status == 200)


def test_each_page_leaves_a_read_event(world, sign_in):
    client = sign_in(world.supervisor)
    for page in ("assign", "end_period", "pause_add", "education_add", "step_down_add"):
        assert client.get(reverse(page, args=[world.vakker.pk])).status_code == 200
    with as_owner():
        assert set(ReadEvent.objects.filter(participant_id=world.vakker.pk).values_list("page", flat=True)) == {
            "assign", "end_period", "pause_add", "education_add", "step_down_add",
        }  # fmt: skip


# Ending


def end_form(world, **typed) -> dict[str, str]:
    return {"ends_on": days(world, 0), "end_reason": "work_unsubsidised", "end_note": "Trives.", "version": "1"} | typed


@pytest.fixture
def busy(world) -> Participant:
    """Vakker has a job, a study, a pause, a step-down and a meeting ahead."""
    person, since = world.vakker, world.today - timedelta(days=20)
    with as_owner():
        job = Job.objects.create(
            participant=person, employer=world.employer, styrk08="5223", starts_on=since, begun=True, found_how="nav"
        )
        more = world.today + timedelta(days=30)
        Term.objects.create(job=job, starts_on=since, ends_on=more, hours_per_week=20, form="permanent")
        Term.objects.create(job=job, starts_on=more, hours_per_week=30, form="permanent")
        Education.objects.create(participant=person, place="Nord", programme="Årsstudium", starts_on=since)
        Pause.objects.create(participant=person, starts_on=since, follow_up_on=world.today, reason="Flytter")
        StepDown.objects.create(participant=person, starts_on=since, taker="Siri", taker_role="Behandler")
        meeting = Contact.objects.create(
            service=world.bodo,
            specialist=world.specialist,
            kind="participant",
            on=world.today + timedelta(days=3),
        )
        ContactParticipant.objects.create(contact=meeting, participant=person)
        Share.objects.create(
            participant=person,
            shared_with=world.therapist,
            kinds=list(Kind),
            ground="consent",
            purpose="Plan",
            starts_on=since,
            told_how="Muntlig",
            shared_by=world.specialist,
        )
    return person


def test_the_end_ends_the_follow_up_and_leaves_the_job(world, sign_in, busy):
    client = sign_in(world.specialist)
    page = text(client.get(reverse("end_period", args=[busy.pk])))
    assert "Jobb hos Mørkved Dagligvare" in page
    assert "Utdanning ved Nord" in page
    assert "Planlagt møte" in page
    response = send(client, "end_period", busy, **end_form(world))
    assert response["Location"] == reverse("participants")  # the person is no longer the job specialist's to see
    with as_owner():
        period = Period.objects.get(participant=busy)
        for rows in (Assignment, Pause, StepDown):
            assert rows.objects.get(participant=busy).ends_on == world.today
        for rows in (Job, Education):
            assert rows.objects.get(participant=busy).ends_on is None
        assert Contact.objects.get(kind="participant").status == "planned"
    assert (period.ends_on, period.end_reason, period.end_note) == (world.today, "work_unsubsidised", "Trives.")
    assert status_of(world, busy) == Status.ENDED
    assert events() == ["period.ended"]
    with seen_by(world.specialist, world.today):
        assert not Participant.objects.filter(pk=busy.pk).exists()


def test_death_closes_everything(world, sign_in, busy):
    assert send(sign_in(world.supervisor), "end_period", busy, **end_form(world, end_reason="died")).status_code == 302
    with as_owner():
        for rows in (Assignment, Pause, StepDown, Job, Education):
            assert rows.objects.get(participant=busy).ends_on == world.today
        # More hours were agreed from next month; they never came to apply.
        assert list(Term.objects.order_by("pk").values_list("starts_on", "ends_on")) == [
            (world.today - timedelta(days=20), world.today),
            (world.today, world.today),
        ]
        assert Contact.objects.get(kind="participant").status == "cancelled"
        assert Share.objects.get().withdrawn_at is not None
    assert events() == ["period.ended"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends_on": -61}, "ends_on"),
        ({"ends_on": 1}, "ends_on"),
        ({"end_reason": ""}, "end_reason"),
        ({"end_reason": "bored"}, "end_reason"),
        ({"end_note": f"Nummer {NUMBER}"}, "end_note"),
    ],
)
def test_an_end_that_cannot_be_is_refused_and_leaves_nothing(world, sign_in, typed, field):
    if "ends_on" in typed:
        typed = {"ends_on": days(world, typed["ends_on"])}
    response = send(sign_in(world.specialist), "end_period", world.vakker, **end_form(world, **typed))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    with as_owner():
        assert Period.objects.get(participant=world.vakker).ends_on is None
        assert Assignment.objects.get(participant=world.vakker).ends_on is None
    assert events() == []


def test_an_end_sent_twice_is_stored_once(world, sign_in):
    client, form = sign_in(world.supervisor), end_form(world, form_key=str(uuid4()))
    for _ in range(2):
        assert client.post(reverse("end_period", args=[world.vakker.pk]), form).status_code == 302
    assert events() == ["period.ended"]


def test_two_who_end_the_same_period_see_both_texts(world, sign_in):
    first, second = sign_in(world.specialist), sign_in(world.supervisor)
    assert send(first, "end_period", world.vakker, **end_form(world)).status_code == 302
    response = send(second, "end_period", world.vakker, **end_form(world, end_note="Vil ikke mer."))
    assert response.status_code == 409
    assert "Trives." in text(response)
    assert "Vil ikke mer." in text(response)
    with as_owner():
        assert Period.objects.get(participant=world.vakker).end_note == "Trives."
    again = send(second, "end_period", world.vakker, **end_form(world, end_note="Vil ikke mer.", version="2"))
    assert again.status_code == 302
    assert events() == ["period.ended", "period.end_corrected"]


@pytest.fixture
def ended(world) -> Participant:
    """Vakker ended ten days ago."""
    day = world.today - timedelta(days=10)
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(ends_on=day, end_reason="own_wish", version=2)
        Assignment.objects.filter(participant=world.vakker).update(ends_on=day)
    return world.vakker


@pytest.mark.parametrize("number", [-15, -4])
def test_a_supervisor_corrects_when_and_why_it_ended(world, sign_in, ended, number):
    form = end_form(world, ends_on=days(world, number), end_reason="moved", version="2")
    assert send(sign_in(world.supervisor), "end_period", ended, **form).status_code == 302
    day = world.today + timedelta(days=number)
    with as_owner():
        period = Period.objects.get(participant=ended)
        assert (period.ends_on, period.end_reason, period.version) == (day, "moved", 3)
        assert Assignment.objects.get(participant=ended).ends_on == day
        versions = Period.pgh_event_model.objects.filter(pgh_obj=period)
        assert "own_wish" in versions.values_list("end_reason", flat=True)  # the old version is kept
    assert events() == ["period.end_corrected"]


def test_a_correction_leaves_what_belongs_to_the_return(world, sign_in, ended):
    with as_owner():
        Referral.objects.create(
            participant=ended,
            service=world.bodo,
            received_on=world.today - timedelta(days=8),
            source="person",
            wish="Vil prøve igjen.",
            short_name="Vakker B.",
        )
        back = Assignment.objects.create(
            participant=ended, specialist=world.colleague, starts_on=world.today - timedelta(days=7)
        )
    client = sign_in(world.supervisor)
    form = end_form(world, ends_on=days(world, -12), version="2")
    assert send(client, "end_period", ended, **form).status_code == 302
    with as_owner():
        back.refresh_from_db()
    assert back.ends_on is None
    later = send(client, "end_period", ended, **end_form(world, ends_on=days(world, -2), version="3"))
    assert later.status_code == 422
    assert "Personen har en annen jobbspesialist i den tida." in text(later)


def test_a_job_specialist_does_not_correct_an_end(world, sign_in, ended):
    with as_owner():
        Assignment.objects.filter(participant=ended).update(ends_on=world.today + timedelta(days=5))
    client = sign_in(world.specialist)
    assert client.get(reverse("end_period", args=[ended.pk])).status_code == 404
    assert send(client, "end_period", ended, **end_form(world, version="2")).status_code == 404


def test_a_return_is_a_new_period_on_the_same_history(world, sign_in, ended):
    client = sign_in(world.supervisor)
    form = {"protected": "no", "wish": "Vil prøve igjen.", "source": "person", "received_on": days(world, -5)}
    client.post(f"{reverse('referral_add')}?deltaker={ended.pk}", form)
    assert status_of(world, ended) == Status.REFERRED
    send(client, "assign", ended, specialist=world.colleague.pk, on=days(world, -5))
    assert send(client, "start", ended, **start_form(world)).status_code == 302
    with as_owner():
        assert Period.objects.filter(participant=ended).count() == 2
    assert status_of(world, ended) == Status.MAPPING
    assert events() == ["referral.received", "participant.assigned", "participant.started"]


# The database's own refusals, as the web role


def refused(world, who, sql: str, *values) -> str:
    """Run one statement with the scope of a person and name the constraint that refuses it."""
    with seen_by(who, world.today), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            cursor.execute(sql, values)
    return error.value.__cause__.diag.constraint_name


ASSIGN = (
    "INSERT INTO caseload_assignment (participant_id, specialist_id, starts_on, ends_on, assigned_at, version)"
    " VALUES (%s, %s, %s, %s, now(), 1)"
)


def test_the_database_refuses_overlapping_assignments(world):
    values = (world.vakker.pk, world.colleague.pk, world.today, None)
    assert refused(world, world.supervisor, ASSIGN, *values) == "one_specialist_at_a_time"


def test_the_database_refuses_an_assignment_that_ends_before_it_starts(world):
    values = (world.vakker.pk, world.colleague.pk, world.today, world.today - timedelta(days=200))
    assert refused(world, world.supervisor, ASSIGN, *values) == "assignment_ends_after_start"


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE caseload_period SET ends_on = starts_on + 5 WHERE participant_id = %s", "period_end_with_reason"),
        (
            "UPDATE caseload_referral SET outcome = 'not_offered' WHERE participant_id = %s",
            "not_offered_with_reason",
        ),
        (
            "UPDATE caseload_referral SET concluded_on = received_on - 1 WHERE participant_id = %s",
            "referral_ends_after_received",
        ),
        ("UPDATE caseload_referral SET under_18 = true WHERE participant_id = %s", "under_18_with_consent"),
        (
            "INSERT INTO caseload_pause (participant_id, starts_on, follow_up_on, reason, version)"
            " SELECT %s, current_date, current_date - 1, 'x', 1",
            "pause_follow_up_after_start",
        ),
        (
            "INSERT INTO caseload_education (participant_id, place, programme, starts_on, ends_on, state, level, form,"
            " support, worked, did_not_work, version)"
            " SELECT %s, 'Nord', 'x', current_date, current_date - 1, 'broken_off', '', '', '', '', '', 1",
            "education_ends_after_start",
        ),
    ],
)
def test_the_database_refuses_what_the_form_refuses(world, sql, constraint):
    assert refused(world, world.specialist, sql, world.vakker.pk) == constraint


def test_the_database_refuses_a_period_inside_another(world):
    with as_owner():
        referral = Referral.objects.create(
            participant=world.vakker, service=world.bodo, received_on=world.today, source="person", wish="x",
            short_name="Vakker B.",
        )  # fmt: skip
    sql = (
        "INSERT INTO caseload_period (participant_id, referral_id, starts_on, in_work_at_start, end_reason, end_note,"
        " version) VALUES (%s, %s, %s, false, '', '', 1)"
    )
    values = (world.vakker.pk, referral.pk, world.today)
    assert refused(world, world.specialist, sql, *values) == "period_once_at_a_time"


def test_the_database_refuses_an_assignment_by_an_outsider(world):
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.outsider, world.today):
        Assignment.objects.create(participant=world.vakker, specialist=world.outsider, starts_on=world.today)


# What can be done next


@pytest.mark.parametrize(
    ("status", "write", "lead"),
    [
        (Status.REFERRED, ["Registrer oppstart"], ["Jobbspesialist"]),
        (Status.MAPPING, ["Pause", "Utdanning", "Nedtrapping", "Avslutt perioden"], ["Jobbspesialist"]),
        (Status.PAUSE, ["Avslutt pausen", "Utdanning", "Nedtrapping", "Avslutt perioden"], ["Jobbspesialist"]),
        (Status.STEP_DOWN, ["Pause", "Utdanning", "Avslutt nedtrappingen", "Avslutt perioden"], ["Jobbspesialist"]),
        (Status.ENDED, [], ["Rett avslutningen", "Ny henvisning"]),
        (Status.NOT_STARTED, [], ["Ny henvisning"]),
        (None, [], []),
    ],
)
def test_the_links_follow_the_status_and_who_it_is(status, write, lead):
    def labels(**may):
        return [link.label for link in actions_for(uuid4(), status, **may)]

    assert labels(may_write=False, may_assign=False) == []
    assert labels(may_write=True, may_assign=False) == write
    assert labels(may_write=True, may_assign=True) == write + lead


def test_the_participant_page_shows_the_links(world, sign_in):
    shown = text(sign_in(world.specialist).get(reverse("participant", args=[world.vakker.pk])))
    assert reverse("pause_add", args=[world.vakker.pk]) in shown
    assert reverse("assign", args=[world.vakker.pk]) not in shown
