"""What one service has recorded becomes records of the method: the cases that no made-up story is sure to hold."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fotfeste.indicators import records
from fotfeste_web.caseload.actions.plans import save_openness, save_wishes
from fotfeste_web.caseload.models import Contact, ContactParticipant, Employer, Period, Referral, Wishes
from fotfeste_web.figures.records import records_of
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.scope import seen_by, within_service
from fotfeste_web.sharing.models import Cover
from fotfeste_web.teamwork.models import Absence, Supervision, TeamMeeting, TeamMember, WeeklyHours
from tests.database import as_owner
from tests.site.one_of_each import one_of_each
from tests.site.world import participant


def read(world):
    with within_service(world.bodo.pk):
        return records_of(world.bodo.pk, world.today)


def days(world, number):
    return world.today - timedelta(days=number)


def test_a_row_of_everything_becomes_a_record_of_every_kind_but_those_that_no_table_holds(world):
    with as_owner():
        one_of_each(world, of="bodo")
        TeamMeeting.objects.update(minutes=30, finished_at=timezone.now())
    told = read(world)
    empty = {kind for kind in told.__dataclass_fields__ if not getattr(told, kind)}
    ahead = {"jobs", "job_ends", "education"}  # of the rows there: a job that is agreed, an education that is planned
    assert empty == {"milestones"} | ahead


def test_the_queries_are_as_many_for_one_as_for_many(world):
    with as_owner():
        one_of_each(world, of="bodo")
    few = queries(world)
    with as_owner():
        for number in range(5):
            Employer.objects.create(service=world.bodo, name=f"Butikk {number}")
            contact = Contact.objects.get(pk=world.extra["contact"].pk)
            contact.pk, contact._state.adding = None, True
            contact.save()
            person = participant(f"Person{number}", "Trost", world.bodo, world.specialist, days(world, 40))
            ContactParticipant.objects.create(contact=contact, participant=person)
    assert queries(world) == few


def queries(world) -> int:
    with CaptureQueriesContext(connection) as asked:
        read(world)
    return len(asked)


def test_a_wish_holds_from_its_version_until_the_next(world):
    for number, occupations in ((40, ["5223", "9112"]), (10, ["9112"])):
        with seen_by(world.specialist, world.today):
            last = Wishes.objects.filter(participant=world.vakker).first()
            save_wishes(world.vakker, version=last.version if last else 0, occupations=occupations, by=world.specialist)
        backdate(world, number)
    held = {(one.occupation, one.starts_on, one.ends_on) for one in read(world).wishes}
    assert held == {
        ("5223", days(world, 40), days(world, 10)),
        ("9112", days(world, 40), days(world, 10)),
        ("9112", days(world, 10), None),
    }


def backdate(world, number):
    """The version that was saved last, as if it had been then."""
    at = timezone.make_aware(datetime.combine(days(world, number), time(12)))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE caseload_wishesevent SET updated_at = %s WHERE version = (SELECT version FROM caseload_wishes)",
            [at],
        )


def test_a_wish_outlives_a_return_and_is_of_both_times(world):
    with seen_by(world.specialist, world.today):
        save_wishes(world.vakker, version=0, occupations=["5223"], by=world.specialist)
    backdate(world, 50)
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(ends_on=days(world, 30), end_reason="own_wish")
        again = Referral.objects.create(
            participant=world.vakker, service=world.bodo, received_on=days(world, 20), source="person", wish="Jobb",
            short_name="Vakker B.", outcome="started", concluded_on=days(world, 15),
        )  # fmt: skip
        Period.objects.create(participant=world.vakker, referral=again, starts_on=days(world, 15))
    first, second = sorted(read(world).wishes, key=lambda one: one.starts_on)
    assert (first.starts_on, first.ends_on) == (days(world, 50), days(world, 20))
    assert (second.participant, second.starts_on, second.ends_on) == (str(again.pk), days(world, 20), None)


def test_only_what_is_weighed_and_concrete_is_said_to_be(world):
    plans = [
        {"advantages": "Lettere å be om pauser", "drawbacks": "", "may_tell": "", "must_not_tell": ""},
        {"advantages": "Pauser", "drawbacks": "Fordommer", "may_tell": "Trenger ro", "must_not_tell": "Diagnosen"},
    ]
    for version, texts in enumerate(plans):
        with seen_by(world.specialist, world.today):
            save_openness(
                world.vakker, version=version, may_contact="yes", agreed_on=days(world, 9 - version),
                by=world.specialist, **texts,
            )  # fmt: skip
    told = [(one.on, one.weighed, one.concrete) for one in read(world).openness]
    assert told == [(days(world, 9), False, False), (days(world, 8), True, True)]


def test_a_place_in_a_treatment_team_comes_with_its_days(world):
    with as_owner():
        TeamMember.objects.create(
            service=world.bodo, specialist=world.specialist, team=world.fact,
            starts_on=days(world, 90), ends_on=world.today,
        )  # fmt: skip
    (held,) = read(world).team_memberships
    assert (held.specialist, held.team) == (str(world.specialist.pk), str(world.fact.pk))
    assert (held.starts_on, held.ends_on) == (days(world, 90), world.today)


def test_working_time_and_posts_come_with_their_days(world):
    with as_owner():
        Membership.objects.filter(user=world.supervisor).update(post_share=60, ends_on=days(world, 1))
        WeeklyHours.objects.create(
            service=world.bodo, specialist=world.specialist, hours="30.00", starts_on=days(world, 90)
        )
        cover = Cover.objects.create(
            service=world.bodo, absent=world.specialist, covering=world.colleague,
            starts_on=days(world, 8), ends_on=days(world, 6),
        )  # fmt: skip
        for start, covered in ((8, cover), (20, None)):
            Absence.objects.create(
                service=world.bodo, specialist=world.specialist, starts_on=days(world, start),
                ends_on=days(world, start - 3), cover=covered,
            )  # fmt: skip
    told = read(world)
    (post,) = told.supervisor_posts
    assert (post.supervisor, str(post.share), post.ends_on) == (str(world.supervisor.pk), "0.6", world.today)
    assert [(str(one.hours), one.starts_on) for one in told.weekly_hours] == [("30.00", days(world, 90))]
    assert {one.starts_on: one.covered for one in told.absences} == {days(world, 8): True, days(world, 20): False}


@pytest.mark.parametrize(
    ("kind", "fields", "present"),
    [("group", {"present": ["specialist", "colleague"]}, 2), ("field", {"specialist": "colleague"}, 1)],
)
def test_supervision_names_who_was_there_and_nothing_that_was_said(world, kind, fields, present):
    with as_owner():
        named = {"present": [world.people[one].pk for one in fields.get("present", ())]}
        if "specialist" in fields:
            named["specialist"] = world.people[fields["specialist"]]
        Supervision.objects.create(
            service=world.bodo, kind=kind, on=world.today, minutes=60, supervisor=world.supervisor, **named
        )
    (one,) = read(world).supervisions
    assert one.kind == records.SupervisionKind(kind)
    assert len(one.present) == present
    assert str(world.colleague.pk) in one.present


def test_a_team_meeting_counts_when_somebody_has_ended_it(world):
    with as_owner():
        for on, at in ((3, timezone.now()), (1, None)):
            TeamMeeting.objects.create(
                service=world.bodo, team=world.fact, on=days(world, on), minutes=45, created_by=world.specialist,
                present=[world.specialist.pk], others_raised=2, finished_at=at,
            )  # fmt: skip
    (held,) = read(world).team_meetings
    assert (held.on, held.present, held.others_raised) == (days(world, 3), (str(world.specialist.pk),), 2)


def test_a_meeting_says_of_which_kind_it_was(world):
    assert [one.kind for one in read(world).contacts] == [records.Kind.EMPLOYER]
