"""Veiledning, ukens gjennomgang and what they ask of the supervisor.

The intervals are those of IPS-25 (domain facts 1.2): group supervision weekly (item 7), field mentoring monthly with
new or struggling job specialists (8 d), employer contacts reviewed weekly by the supervisor (17).
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Contact, Employer
from fotfeste_web.caseload.pages.participant import ParticipantPage
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.scope import seen_by, within_service
from fotfeste_web.teamwork.due import due_items
from fotfeste_web.teamwork.models import (
    Absence,
    Supervision,
    SupervisionNotes,
    SupervisionParticipant,
    TeamMeeting,
    WeekReview,
)
from fotfeste_web.teamwork.weeks import WEEK, monday_of, monday_of_slug, slug_of
from tests.database import as_owner

LOG = "/veiledning/ny/?type={}"


def asked(world, user) -> dict[str, str]:
    """The lines that teamwork gives this person's today page: title and reason."""
    with seen_by(user, world.today) as scope:
        return {item.title: item.reason for item in due_items(user, scope, world.today)}


def met_employers(world, number: int, on, **fields) -> None:
    with as_owner():
        employer = Employer.objects.create(service=world.bodo, name="Brygga")
        for _ in range(number):
            Contact.objects.create(
                **{
                    "service": world.bodo,
                    "specialist": world.specialist,
                    "kind": "employer",
                    "status": "held",
                    "on": on,
                    "employer": employer,
                    "purpose": "get_to_know",
                }
                | fields
            )


def week_address(world, monday) -> str:
    with as_owner():
        member = Membership.objects.get(user=world.specialist)
    return reverse("week_review", args=[member.pk, slug_of(monday)])


def test_what_is_said_between_two_is_read_by_the_two_and_counted_by_the_service(world, sign_in):
    form = {
        "specialist": world.specialist.pk,
        "on": world.today,
        "minutes": "60",
        "outcome_talk": "on",
        "talked_about": "Tempo og motet til å gå inn døra.",
        "goals": "Seks møter i uka.",
        "participants": [str(world.vakker.pk)],
        "version": 1,
    }
    answer = sign_in(world.supervisor).post(LOG.format("individual"), form)
    assert answer.status_code == 302
    address = answer["Location"]
    for person, status in (("supervisor", 200), ("specialist", 200), ("colleague", 404), ("outside_supervisor", 404)):
        page = sign_in(world.people[person]).get(address)
        assert page.status_code == status
        assert ("Tempo" in page.content.decode()) is (status == 200)
    for person in (world.colleague, world.administrator, world.leader):
        with seen_by(person, world.today):
            assert not SupervisionNotes.objects.exists()
            assert not SupervisionParticipant.objects.exists()
    with within_service(world.bodo.pk):  # the figures of the service: date and kind, no word
        (counted,) = Supervision.objects.values_list("kind", "on", "outcome_talk")
        assert counted == ("individual", world.today, True)
        assert not SupervisionNotes.objects.exists()
    with as_owner():
        assert WriteEvent.objects.filter(action="supervision.logged", user=world.supervisor).count() == 1


def test_another_supervisor_of_the_team_does_not_read_it_either(world):
    with as_owner():
        held = Supervision.objects.create(
            service=world.bodo, kind="field", on=world.today, minutes=60, supervisor=world.supervisor,
            specialist=world.specialist,
        )  # fmt: skip
        SupervisionNotes.objects.create(supervision=held, feedback="Bra.")
        Membership.objects.filter(user=world.colleague).update(role="metodeveileder")
    with seen_by(world.colleague, world.today):
        assert Supervision.objects.count() == 1
        assert not SupervisionNotes.objects.exists()
    with seen_by(world.specialist, world.today):
        assert SupervisionNotes.objects.update(feedback="Dårlig.") == 0


def test_a_group_is_seen_by_the_team_and_stands_on_the_timeline_of_those_discussed(world, sign_in):
    form = {
        "on": world.today,
        "minutes": "90",
        "present": [world.specialist.pk, world.colleague.pk],
        "ideas": "Prøve havna.",
        "participants": [str(world.vakker.pk)],
        "version": 1,
    }
    answer = sign_in(world.supervisor).post(LOG.format("group"), form)
    assert "Prøve havna." in sign_in(world.colleague).get(answer["Location"]).content.decode()
    with seen_by(world.specialist, world.today) as scope:
        page = ParticipantPage.of(world.vakker, scope, "1", today=world.today)
        assert "Drøftet i gruppeveiledning" in {item.title for item in page.timeline}
    with seen_by(world.colleague, world.today):
        assert not SupervisionParticipant.objects.exists()  # Vakker is not hers


def test_supervision_is_put_right_and_the_second_of_two_sees_both_texts(world, sign_in):
    with as_owner():
        held = Supervision.objects.create(
            service=world.bodo, kind="group", on=world.today, minutes=60, supervisor=world.supervisor, ideas="Havna.",
            present=[world.specialist.pk], version=2,
        )  # fmt: skip
    address = reverse("supervision_one", args=[held.pk])
    form = {"on": world.today, "minutes": "60", "present": [world.specialist.pk], "ideas": "Torget.", "version": 1}
    answer = sign_in(world.supervisor).post(address, form)
    assert answer.status_code == 409
    assert "Havna." in answer.content.decode()
    assert sign_in(world.supervisor).post(address, form | {"version": 2}).status_code == 302
    assert sign_in(world.specialist).post(address, form | {"version": 3}).status_code == 403
    with as_owner():
        assert Supervision.objects.get().ideas == "Torget."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": 1}, "etter i dag"),
        ({"minutes": "13 t"}, "12 timer"),
        ({"minutes": ""}, ""),
        ({"present": []}, ""),
    ],
)
def test_supervision_that_cannot_be_right_is_refused(world, sign_in, change, sentence):
    form = {"on": 0, "minutes": "60", "present": [world.specialist.pk], "version": 1} | change
    form["on"] = world.today + timedelta(days=form["on"])
    answer = sign_in(world.supervisor).post(LOG.format("group"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        assert not Supervision.objects.exists()


def test_a_week_shows_what_counts_and_why_the_rest_does_not_and_is_stamped_once(world, sign_in):
    monday = monday_of(world.today) - WEEK
    met_employers(world, 2, monday)
    met_employers(world, 1, monday, channel="phone")
    client, address = sign_in(world.supervisor), week_address(world, monday)
    page = client.get(address).context["page"]
    assert (page.counted, len(page.contacts)) == (2, 3)
    assert ["Det var ikke ansikt til ansikt."] in [contact.why_not for contact in page.contacts]
    assert client.post(address, {"comment": "Fint.", "version": 1}).status_code == 302
    with as_owner():
        review = WeekReview.objects.get()
        assert (review.specialist, review.monday, review.reviewed_by) == (world.specialist, monday, world.supervisor)
        assert WriteEvent.objects.filter(action="week.reviewed").count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            WeekReview.objects.create(
                service=world.bodo, specialist=world.specialist, monday=monday, reviewed_by=world.supervisor
            )
    assert "Fint." in sign_in(world.specialist).get(reverse("supervision")).content.decode()
    with seen_by(world.colleague, world.today):
        assert not WeekReview.objects.exists()


def test_nobody_stamps_the_own_week_nor_one_that_is_not_over(world, sign_in):
    monday = monday_of(world.today)
    answer = sign_in(world.supervisor).post(week_address(world, monday), {"comment": "", "version": 1})
    assert answer.status_code == 422
    assert sign_in(world.supervisor).get(week_address(world, monday + WEEK)).status_code == 404
    with as_owner():
        own = Membership.objects.create(
            user=world.supervisor, service=world.bodo, role="jobbspesialist", starts_on=world.today
        )
    address = reverse("week_review", args=[own.pk, slug_of(monday - WEEK)])
    assert sign_in(world.supervisor).post(address, {"comment": "", "version": 1}).status_code == 403
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.supervisor, world.today):
        WeekReview.objects.create(
            service=world.bodo, specialist=world.supervisor, monday=monday, reviewed_by=world.supervisor
        )


@pytest.mark.parametrize(("slug", "monday"), [("2026-53", "2026-12-28"), ("2027-01", "2027-01-04"), ("2027-53", None)])
def test_weeks_are_those_of_iso_8601(slug, monday):
    """2026 has 53 weeks and 2027 has 52, as the calendar of ISO 8601 has them."""
    found = monday_of_slug(slug)
    assert (found and found.isoformat()) == monday


def test_a_week_is_asked_for_until_it_is_stamped_and_not_of_one_who_was_away(world):
    assert "er ikke stemplet" in asked(world, world.supervisor)["Kari Nilsen"]
    monday = monday_of(world.today) - WEEK
    with as_owner():
        WeekReview.objects.create(
            service=world.bodo, specialist=world.specialist, monday=monday, reviewed_by=world.supervisor
        )
        Absence.objects.create(
            service=world.bodo, specialist=world.colleague, starts_on=monday, ends_on=monday + timedelta(days=5)
        )
    lines = asked(world, world.supervisor)
    assert "stemplet" not in lines.get("Kari Nilsen", "")
    assert "stemplet" not in lines.get("Ola Berg", "")


def test_field_mentoring_is_asked_for_monthly_for_those_who_struggle(world):
    """Under two employer contacts a week is the lowest anchor of IPS-25 item 17."""
    monday = monday_of(world.today)
    assert "under 2 arbeidsgivermøter i uka" in asked(world, world.supervisor)["Kari Nilsen"]
    met_employers(world, 8, monday - timedelta(days=1))
    assert "Feltveiledning" not in asked(world, world.supervisor).get("Kari Nilsen", "")
    with as_owner():
        Membership.objects.filter(user=world.specialist).update(starts_on=world.today - timedelta(days=60))
    assert "ny i jobben" in asked(world, world.supervisor)["Kari Nilsen"]
    with as_owner():
        held = Supervision.objects.create(
            service=world.bodo, kind="field", on=world.today - timedelta(days=29), minutes=60,
            supervisor=world.supervisor, specialist=world.specialist,
        )  # fmt: skip
    assert "Feltveiledning" not in asked(world, world.supervisor).get("Kari Nilsen", "")
    with as_owner():
        Supervision.objects.filter(pk=held.pk).update(on=world.today - timedelta(days=30))
    assert "Feltveiledning" in asked(world, world.supervisor)["Kari Nilsen"]


def test_the_group_is_asked_for_each_week_and_each_treatment_team_each_quarter(world):
    lines = asked(world, world.supervisor)
    assert "Gruppeveiledning" in lines
    assert world.fact.name in lines["Teammøter"]
    with as_owner():
        Supervision.objects.create(
            service=world.bodo, kind="group", on=world.today, minutes=60, supervisor=world.supervisor
        )
        TeamMeeting.objects.create(
            service=world.bodo, team=world.fact, on=world.today, present=[world.supervisor.pk],
            created_by=world.specialist,
        )  # fmt: skip
    assert not {"Gruppeveiledning", "Teammøter"} & asked(world, world.supervisor).keys()


def test_what_the_team_asks_is_asked_with_two_queries(world, django_assert_num_queries):
    with seen_by(world.supervisor, world.today) as scope, django_assert_num_queries(2):
        assert list(due_items(world.supervisor, scope, world.today))


def test_the_teams_page_counts_what_its_lists_hold(world, sign_in):
    page = sign_in(world.supervisor).get(reverse("team")).context["page"]
    assert page.to_stamp == sum(one.to_stamp for one in page.weeks) == 2  # Kari and Ola
    assert {one.participant_id for one in page.unopened} == {world.vakker.pk, world.stille.pk}
    assert {one.participant_id for one in page.late_first} == {world.stille.pk}  # 60 days, no employer contact
    assert page.without_specialist == []
    with as_owner():
        Membership.objects.filter(user=world.colleague).update(ends_on=world.today - timedelta(days=1))
    page = sign_in(world.supervisor).get(reverse("team")).context["page"]
    assert [one.participant_id for one in page.without_specialist] == [world.stille.pk]
