"""What ends together: with a referral, with a period, with a life."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from fotfeste_web.caseload.models import (
    Contact,
    ContactKind,
    ContactStatus,
    JobEndedBy,
    Participant,
    Referral,
    ReferralOutcome,
    Term,
)


class NoLongerOpen(Exception):
    """What the change builds on has ended: somebody else was first."""


def lock(participant: Participant) -> None:
    """Let nobody else change what hangs on the participant until this transaction ends."""
    Participant.objects.select_for_update().get(pk=participant.pk)


def end_running(rows: models.QuerySet, on: date, **values: Any) -> None:
    """End what still runs on a day. What was to begin later ends on its first day: it never was."""
    rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(
        ends_on=Greatest("starts_on", Value(on, output_field=models.DateField())), **values
    )


def close_after_death(participant: Participant, on: date) -> None:
    """End everything that runs, so that nobody is reminded to follow up a person who has died."""
    for rows in (participant.pauses, participant.step_downs, participant.educations, participant.assignments):
        end_running(rows.all(), on)
    end_running(Term.objects.filter(job__participant=participant), on)
    end_running(participant.jobs.all(), on, ended_by=JobEndedBy.OTHER, version=F("version") + 1)
    Referral.objects.filter(participant=participant, outcome="").update(
        outcome=ReferralOutcome.DIED, concluded_on=Greatest("received_on", Value(on, output_field=models.DateField()))
    )
    participant.shares.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    Contact.objects.filter(
        for_participants__participant=participant,
        status=ContactStatus.PLANNED,
        kind__in=(ContactKind.START_UP, ContactKind.PARTICIPANT),
    ).update(status=ContactStatus.CANCELLED, version=F("version") + 1)
