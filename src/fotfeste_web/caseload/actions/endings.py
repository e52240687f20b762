"""What ends together: with a referral, with a period, with a life."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from fotfeste_web.caseload.models import (
    Contact,
    ContactParticipant,
    ContactStatus,
    EducationState,
    Job,
    JobEndedBy,
    Participant,
    Referral,
    ReferralOutcome,
)


class NoLongerOpen(Exception):
    """What the change builds on has ended: somebody else was first."""


def lock(participant: Participant) -> None:
    """Let nobody else change what hangs on the participant until this transaction ends."""
    Participant.objects.select_for_update().get(pk=participant.pk)


def end_running(rows: models.QuerySet, on: date) -> None:
    """End what still runs on a day. What was to begin later ends on its first day: it never was."""
    rows.filter(_running(on)).update(ends_on=_not_before("starts_on", on), version=F("version") + 1)


def _not_before(first: str, on: date) -> Greatest:
    return Greatest(first, Value(on, output_field=models.DateField()))


def _running(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=on)


def close_after_death(participant: Participant, on: date) -> None:
    """End everything that runs, so that nobody is reminded to follow up a person who has died."""
    for rows in (participant.pauses, participant.step_downs, participant.assignments):
        end_running(rows.all(), on)
    participant.educations.filter(_running(on)).update(
        ends_on=_not_before("starts_on", on), state=EducationState.BROKEN_OFF, version=F("version") + 1
    )
    for job in participant.jobs.filter(_running(on)):
        _end_job(job, on)
    Referral.objects.filter(participant=participant, outcome="").update(
        outcome=ReferralOutcome.DIED, concluded_on=_not_before("received_on", on), version=F("version") + 1
    )
    participant.shares.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    # A meeting that is for others too is still theirs.
    others = ContactParticipant.objects.filter(contact=OuterRef("pk")).exclude(participant=participant)
    Contact.objects.filter(
        ~Exists(others), for_participants__participant=participant, status=ContactStatus.PLANNED
    ).update(status=ContactStatus.CANCELLED, version=F("version") + 1)


def _end_job(job: Job, on: date) -> None:
    """End a job with its terms. Terms that were to apply later become empty at the end: they lie within the job."""
    job.ends_on, job.ended_by, job.version = max(job.starts_on, on), JobEndedBy.OTHER, job.version + 1
    job.save()
    for term in job.terms.filter(_running(job.ends_on)):
        term.starts_on, term.ends_on = min(term.starts_on, job.ends_on), job.ends_on
        term.version += 1
        term.save()
