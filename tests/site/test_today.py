"""I dag: what needs this person now.

The limits are those of the practice: first employer contact within 30 days (IPS-25 item 15), contact every fortnight
(a setting), weekly follow-along in the first month of a job and monthly after (item 23).
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.due import cases
from fotfeste_web.caseload.models import Assignment, Contact, ContactParticipant, Employer, Job, NextStep, Pause, Term
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.today.models import Postponement
from fotfeste_web.today.pages.today import due_items, fold
from fotfeste_web.ui.due import DueItem, Urgency
from tests.database import as_owner
from tests.site.world import participant


def due(world, user) -> list[DueItem]:
    """Everything that any room asks of this person."""
    with seen_by(user, world.today) as scope:
        return due_items(user, scope, cases(user, scope, world.today), world.today)


def rules(world, user, about=None) -> dict[str, DueItem]:
    return {item.rule: item for item in due(world, user) if about is None or item.participant_id == about.pk}


def started(world, days_ago: int, name: str = "Glad"):
    with as_owner():
        return participant(name, "Trost", world.bodo, world.specialist, world.today - timedelta(days=days_ago))


def met(world, person, days_ago: int, **fields) -> None:
    with as_owner():
        contact = Contact.objects.create(
            **{
                "service": world.bodo,
                "specialist": world.specialist,
                "kind": "participant",
                "status": "held",
                "on": world.today - timedelta(days=days_ago),
            }
            | fields
        )
        ContactParticipant.objects.create(contact=contact, participant=person)


def working(world, person, since: int, *, begun: bool = True) -> Job:
    with as_owner():
        job = Job.objects.create(
            participant=person,
            employer=world.employer,
            styrk08="5223",
            starts_on=world.today - timedelta(days=since),
            begun=begun,
            found_how="network",
        )
        Term.objects.create(job=job, starts_on=job.starts_on, hours_per_week=20, form="permanent")
    return job


@pytest.mark.parametrize(
    ("days", "tag"), [(22, None), (23, "Frist om 7 dager"), (29, "Frist i morgen"), (30, "Frist i dag")]
)
def test_the_first_employer_contact_is_due_within_30_days_and_warned_of_a_week_before(world, days, tag):
    person = started(world, days)
    met(world, person, 1)
    item = rules(world, world.specialist, person).get("first_employer_contact")
    assert (item and item.tag) == tag


def test_a_late_first_employer_contact_is_overdue(world):
    item = rules(world, world.specialist, started(world, 31))["first_employer_contact"]
    assert (item.urgency, item.tag) == (Urgency.OVERDUE, "1 dag over fristen")


def test_an_employer_contact_in_person_ends_the_deadline_and_a_phone_call_does_not(world):
    by_phone, in_person = started(world, 31), started(world, 31, "Lun")
    met(world, by_phone, 2, kind="employer", employer=world.employer, channel="phone")
    met(world, in_person, 2, kind="employer", employer=world.employer, made_by="participant")
    assert "first_employer_contact" in rules(world, world.specialist, by_phone)
    assert "first_employer_contact" not in rules(world, world.specialist, in_person)


@pytest.mark.parametrize(("days", "is_due"), [(13, False), (14, True)])
def test_a_fortnight_without_contact_is_said(world, days, is_due):
    person = started(world, 20)
    met(world, person, days)
    assert ("quiet" in rules(world, world.specialist, person)) is is_due


def test_the_service_sets_how_long_is_quiet(world):
    with as_owner():
        world.bodo.quiet_days = 7
        world.bodo.save()
    person = started(world, 20)
    met(world, person, 7)
    assert "quiet" in rules(world, world.specialist, person)


def test_a_contact_that_was_cancelled_is_no_contact(world):
    person = started(world, 20)
    met(world, person, 1, status="cancelled")
    assert "quiet" in rules(world, world.specialist, person)


def test_nothing_is_due_in_a_pause_but_to_take_it_up_again(world):
    person = started(world, 60)
    with as_owner():
        Pause.objects.create(
            participant=person,
            starts_on=world.today - timedelta(days=30),
            follow_up_on=world.today,
            reason="Ville hvile",
        )
    assert set(rules(world, world.specialist, person)) - {"new"} == {"pause"}


def test_an_agreed_job_asks_on_its_day_whether_it_has_begun(world):
    person = started(world, 60)
    working(world, person, 0, begun=False)
    assert rules(world, world.specialist, person)["job_to_begin"].action == "Har begynt?"


def test_a_new_participant_is_new_until_opened(world, sign_in):
    assert rules(world, world.specialist, world.vakker)["new"].tag == "Ny hos deg"
    sign_in(world.specialist).get(reverse("participant", args=[world.vakker.pk]))
    assert "new" not in rules(world, world.specialist, world.vakker)


def test_a_meeting_today_is_a_meeting_and_a_past_one_wants_its_result(world):
    met(world, world.vakker, 0, status="planned", starts_at="10:00")
    met(world, world.vakker, 1, status="planned")
    found = rules(world, world.specialist)
    assert found["meeting"].at is not None
    assert found["no_result"].reason.startswith("Møtet")


def test_an_employer_that_was_met_without_a_number_asks_for_it(world):
    with as_owner():
        Employer.objects.filter(pk=world.employer.pk).update(created_by=world.specialist)
    assert rules(world, world.specialist)["organisation_number"].title == "Mørkved Dagligvare"
    with as_owner():
        Employer.objects.filter(pk=world.employer.pk).update(organisation_number="889640782")
    assert "organisation_number" not in rules(world, world.specialist)


def test_one_who_covers_sees_what_is_due_for_the_one_who_is_away(world):
    from fotfeste_web.sharing.models import Cover

    person = started(world, 31)
    assert "first_employer_contact" not in rules(world, world.colleague, person)
    with as_owner():
        Cover.objects.create(
            service=world.bodo,
            absent=world.specialist,
            covering=world.colleague,
            starts_on=world.today,
            ends_on=world.today,
        )
    assert "first_employer_contact" in rules(world, world.colleague, person)


def test_the_supervisor_is_told_of_those_who_wait_without_a_job_specialist(world):
    from tests.architecture.addresses import objects

    with as_owner():
        rows = objects(world)
        Assignment.objects.filter(participant=rows["waiting"]).delete()
    assert rules(world, world.supervisor, rows["waiting"])["unassigned"].tag == "Ventet 9 dager"


def item(rule, urgency, day, person=None):
    return DueItem(
        rule=rule, urgency=urgency, due_on=day, title="", tag="", reason="", action="", href="", participant_id=person
    )


def test_a_person_has_one_line_the_most_urgent_with_the_rest_folded(world):
    one, other = world.vakker.pk, world.stille.pk
    lines = fold(
        [
            item("new", Urgency.NEW, world.today, one),
            item("quiet", Urgency.OVERDUE, world.today, one),
            item("next_step", Urgency.TODAY, world.today, other),
        ]
    )
    assert [(line.item.rule, [folded.rule for folded in line.folded]) for line in lines] == [
        ("quiet", ["new"]),
        ("next_step", []),
    ]


def test_a_line_is_put_off_with_a_day_and_a_reason_and_comes_back(world, sign_in):
    person = started(world, 20)
    client, address = sign_in(world.specialist), reverse("postpone", args=[person.pk, "quiet"])
    until = world.today + timedelta(days=2)
    assert client.post(address, {"until": until, "reason": "Bortreist til onsdag"}).status_code == 302
    shown = client.get(reverse("today")).context["page"]
    assert person.pk not in {line.item.participant_id for line in shown.urgent if line.item.rule == "quiet"}
    with as_owner():
        assert WriteEvent.objects.filter(action="today.item_postponed", participant_id=person.pk).count() == 1
        Postponement.objects.update(until=world.today)
    shown = client.get(reverse("today")).context["page"]
    lines = [i.rule for line in shown.urgent for i in (line.item, *line.folded) if i.participant_id == person.pk]
    assert "quiet" in lines


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": 0}, "Velg en dag etter i dag."),
        ({"until": 61}, "innen 60 dager"),
        ({"reason": ""}, "Fyll ut"),
    ],
)
def test_putting_off_wants_a_day_ahead_and_a_reason(world, sign_in, change, sentence):
    person = started(world, 20)
    values = {"until": 2, "reason": "Bortreist"} | change
    values["until"] = world.today + timedelta(days=values["until"])
    response = sign_in(world.specialist).post(reverse("postpone", args=[person.pk, "quiet"]), values)
    assert response.status_code == 422
    if change != {"reason": ""}:
        assert sentence in response.content.decode()
    with as_owner():
        assert not Postponement.objects.exists()


def test_what_is_not_due_cannot_be_put_off(world, sign_in):
    assert sign_in(world.specialist).get(reverse("postpone", args=[world.vakker.pk, "pause"])).status_code == 404


def test_the_page_leaves_one_read_event_with_those_on_it(world, sign_in):
    person = started(world, 31)
    sign_in(world.specialist).get(reverse("today"))
    with as_owner():
        look = ReadEvent.objects.get(page="today")
    assert person.pk in look.participants
    assert world.stille.pk not in look.participants


def test_the_page_asks_as_many_queries_for_many_as_for_few(world, sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(world.specialist)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("today")).status_code == 200
        return len(queries)

    for name in ("Glad", "Lun"):
        met(world, started(world, 31, name), 20)
    asked()  # the first request of a session writes the session
    few = asked()
    for number in range(12):
        met(world, started(world, 31, f"Person{number}"), 20)
    with as_owner():
        NextStep.objects.create(participant=world.vakker, text="Ringe", due_on=world.today)
    assert asked() == few
