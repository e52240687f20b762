"""Wrongly entered: one asks, another confirms, and nothing is left but a sealed line."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Contact, ContactParticipant, Job, Participant, Pause, Term
from fotfeste_web.organisations.models import Membership
from fotfeste_web.retention.actions import NotRemoved, confirm_removal
from fotfeste_web.retention.models import Removal, Sealed
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.one_of_each import one_of_each
from tests.site.world import World, person

ASKED = {"reason": "wrong_person", "explanation": "Gjaldt en annen."}


@pytest.fixture
def rows(world: World) -> dict[Any, Any]:
    with as_owner():
        rows = one_of_each(world, of="bodo")
        rows[Removal].delete()
        Sealed.objects.all().delete()
        WriteEvent.objects.create(action="job.added", subject_type="caseload.job", subject_id=str(rows[Job].pk))
        return rows


@pytest.fixture
def asked(world, rows, sign_in) -> Removal:
    """The job, reported by the specialist."""
    answer = sign_in(world.specialist).post(f"/feilfort/jobb/{rows[Job].pk}/", ASKED)
    assert answer.status_code == 302
    leave()
    with as_owner():
        return Removal.objects.get()


def everything_of(job: Job) -> dict[str, int]:
    with as_owner():
        history = Job.pgh_event_model.objects
        return {
            "jobs": Job.objects.filter(pk=job.pk).count(),
            "terms": Term.objects.filter(job=job.pk).count(),
            "versions": history.filter(pgh_obj_id=job.pk).count(),
            "versions of terms": Term.pgh_event_model.objects.filter(job_id=job.pk).count(),
            "events": WriteEvent.objects.filter(subject_type="caseload.job", subject_id=str(job.pk)).count(),
        }


def test_two_people_remove_a_job_with_its_terms_and_its_history(world, rows, asked, sign_in):
    job = rows[Job]
    with as_owner():
        others = Pause.objects.count(), ContactParticipant.objects.count()
    assert all(everything_of(job).values())
    answer = sign_in(world.supervisor).post(f"/feilfort/{asked.pk}/bekreft/")
    assert answer.status_code == 302
    assert not any(everything_of(job).values())
    with as_owner():
        sealed = Sealed.objects.get()
        assert (sealed.kind, sealed.reason) == ("jobb", "wrong_person")
        assert (sealed.asked_by, sealed.confirmed_by) == (world.specialist, world.supervisor)
        assert not Removal.objects.exists()
        assert (Pause.objects.count(), ContactParticipant.objects.count()) == others
        event = WriteEvent.objects.get(action="removal.confirmed")
        assert (event.user, event.subject_id, event.participant_id) == (world.supervisor, str(sealed.pk), None)


def test_the_one_who_asked_cannot_confirm_even_when_she_leads(world, rows, sign_in):
    supervisor = sign_in(world.supervisor)
    supervisor.post(f"/feilfort/jobb/{rows[Job].pk}/", ASKED)
    with as_owner():
        asked = Removal.objects.get()
    answer = supervisor.post(f"/feilfort/{asked.pk}/bekreft/")
    assert answer.status_code == 422
    assert "kan ikke bekrefte selv" in answer.content.decode()
    assert all(everything_of(rows[Job]).values())


def test_one_who_does_not_lead_cannot_confirm(world, asked, rows, sign_in):
    with as_owner():  # a second job specialist who covers, and so sees the person
        rows[Membership].__class__.objects.filter(user=world.colleague).update(role="jobbspesialist")
    assert sign_in(world.colleague).post(f"/feilfort/{asked.pk}/bekreft/").status_code == 403
    with seen_by(world.colleague, world.today), pytest.raises(NotRemoved):
        confirm_removal(asked, today=world.today, by=world.colleague)
    assert all(everything_of(rows[Job]).values())


@pytest.mark.parametrize("who", ["outside_supervisor", "therapist", "participant"])
def test_the_database_refuses_those_outside_whatever_a_view_would_say(world, asked, rows, who):
    user = world.people[who]
    with seen_by(user, world.today), pytest.raises(NotRemoved, match="answered"):
        confirm_removal(asked, today=world.today, by=user)
    assert all(everything_of(rows[Job]).values())


def test_what_somebody_asked_who_has_left_is_not_removed(world, asked, rows, sign_in):
    with as_owner():
        Membership.objects.filter(user=world.specialist).delete()
    answer = sign_in(world.supervisor).post(f"/feilfort/{asked.pk}/bekreft/")
    assert answer.status_code == 422
    assert all(everything_of(rows[Job]).values())


def test_a_request_names_no_record_of_another_participant(world, asked, rows):
    with as_owner():
        theirs = Job.objects.create(
            participant=world.stille, employer=world.employer, styrk08="7512", starts_on=world.today, found_how="nav"
        )
        Removal.objects.filter(pk=asked.pk).update(subject_id=str(theirs.pk))
    with seen_by(world.supervisor, world.today), pytest.raises(NotRemoved, match="answered"):
        confirm_removal(asked, today=world.today, by=world.supervisor)
    with as_owner():
        assert Job.objects.filter(pk=theirs.pk).exists()


def test_a_refusal_says_why_and_the_record_stays(world, asked, rows, sign_in):
    supervisor = sign_in(world.supervisor)
    assert supervisor.post(f"/feilfort/{asked.pk}/", {"refusal": ""}).status_code == 422
    assert supervisor.post(f"/feilfort/{asked.pk}/", {"refusal": "Det er riktig person."}).status_code == 302
    assert "Det er riktig person." in sign_in(world.specialist).get("/feilfort/").content.decode()
    assert supervisor.post(f"/feilfort/{asked.pk}/bekreft/").status_code == 422
    assert all(everything_of(rows[Job]).values())


def test_a_record_is_reported_once(world, asked, rows, sign_in):
    answer = sign_in(world.specialist).post(f"/feilfort/jobb/{rows[Job].pk}/", ASKED)
    assert answer.status_code == 422
    with as_owner():
        assert Removal.objects.count() == 1


def test_a_referral_that_a_period_builds_on_is_not_removed_alone(world, rows, sign_in):
    with as_owner():
        referral = world.vakker.referrals.get()
    answer = sign_in(world.specialist).post(f"/feilfort/henvisning/{referral.pk}/", ASKED)
    assert answer.status_code == 422
    assert "Kan ikke slettes alene" in answer.content.decode()
    with as_owner():
        asked = Removal.objects.create(
            service=world.bodo,
            participant=world.vakker,
            kind="henvisning",
            subject_id=str(referral.pk),
            reason="twice",
            asked_by=world.specialist,
        )
    with seen_by(world.supervisor, world.today), pytest.raises(NotRemoved, match="held"):
        confirm_removal(asked, today=world.today, by=world.supervisor)
    with as_owner():
        assert world.vakker.referrals.exists()


def test_a_whole_participant_goes_and_the_employers_meeting_stays(world, rows, sign_in):
    with as_owner():
        ReadEvent.objects.create(
            user=world.specialist, page="participants", ground="list", participants=[world.vakker.pk, world.stille.pk]
        )
        with_employer = world.extra["contact"].pk
    sign_in(world.specialist).post(f"/feilfort/deltaker/{world.vakker.pk}/", ASKED | {"reason": "not_ours"})
    with as_owner():
        asked = Removal.objects.get()
    assert sign_in(world.supervisor).post(f"/feilfort/{asked.pk}/bekreft/").status_code == 302
    with as_owner():
        assert not Participant.objects.filter(pk=world.vakker.pk).exists()
        assert not ReadEvent.objects.filter(participant_id=world.vakker.pk).exists()
        assert ReadEvent.objects.get(ground="list", user=world.specialist).participants == [world.stille.pk]
        assert Contact.objects.filter(pk=with_employer).exists()
        assert Participant.objects.filter(pk=world.stille.pk).exists()
        world.participant.refresh_from_db()
        assert (world.participant.name, world.participant.is_active) == ("Slettet deltaker", False)


def test_a_request_waits_on_the_today_page_of_the_one_who_can_confirm(world, asked, sign_in):
    assert "Jobb meldt feilført" in sign_in(world.supervisor).get("/i-dag/").content.decode()
    assert "meldt feilført" not in sign_in(world.specialist).get("/i-dag/").content.decode()


def test_the_participants_page_leads_to_its_records(world, rows, sign_in):
    specialist = sign_in(world.specialist)
    assert f"/feilfort/deltaker/{world.vakker.pk}/" in specialist.get(f"/deltakere/{world.vakker.pk}/").content.decode()
    assert (
        f"/feilfort/jobb/{rows[Job].pk}/" in specialist.get(f"/feilfort/deltaker/{world.vakker.pk}/").content.decode()
    )
    assert "Feilført?" not in sign_in(world.therapist).get(f"/deltakere/{world.vakker.pk}/").content.decode()


@pytest.mark.parametrize("address", ["jobb/999999", "jobb/x", "ukjent/1", "deltaker/x", "kontakt/99999999999999999999"])
def test_what_is_not_there_cannot_be_reported(world, sign_in, address):
    assert sign_in(world.specialist).get(f"/feilfort/{address}/").status_code == 404


def refused(role: str, sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied for function" in str(error)
    return False


@pytest.mark.parametrize("role", ["fotfeste_web", "fotfeste_worker"])
@pytest.mark.parametrize(
    "call", ["erase('caseload_job', '{1}', true)", "erase_person(gen_random_uuid(), true)", "erase_account(1)"]
)
def test_no_role_can_erase_by_itself(db, role, call):
    assert refused(role, f"SELECT {call}")


@pytest.mark.parametrize("call", ["erase_closed(gen_random_uuid(), current_date, 0)", "erase_old(current_date)"])
def test_the_nights_work_is_not_the_web_roles(db, call):
    assert refused("fotfeste_web", f"SELECT {call}")
    assert not refused("fotfeste_worker", f"SELECT {call}")


def test_the_sealed_lines_are_changed_by_nobody(world, rows):
    with as_owner():
        Sealed.objects.create(service=world.bodo, kind="jobb", reason="time_out", at=rows[Job].registered_at)
    for sql in ("UPDATE retention_sealed SET kind = 'x'", "DELETE FROM retention_sealed"):
        with pytest.raises(ProgrammingError, match="permission denied"), seen_by(world.supervisor, world.today):
            connection.cursor().execute(sql)


def test_a_supervisor_who_is_alone_is_told_to_let_another_ask(world, rows, sign_in):
    supervisor = sign_in(world.supervisor)
    assert "Du er den eneste" in supervisor.get(f"/feilfort/jobb/{rows[Job].pk}/").content.decode()
    with as_owner():
        person("Ny Leder", "metodeveileder", world.bodo, world.today)
    assert "Ny Leder" in supervisor.get(f"/feilfort/jobb/{rows[Job].pk}/").content.decode()
