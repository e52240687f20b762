"""Mend what was written wrongly. The earlier version is kept in the history of the record."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import F

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactKind,
    NextStep,
    Pause,
    Period,
    Referral,
    StepDown,
    Term,
)

R = TypeVar("R", Referral, Period, Assignment, Pause, StepDown, NextStep, Term)


@action
def correct(row: R, *, version: int, by: User, **values: Any) -> R:
    """Write other values over those of a record. A start that moves takes its meeting with it."""
    row = take(row, version)
    before = row.starts_on if isinstance(row, Period) else None
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Period) and before:
        _move_start(row, before, by)
    row.save()
    subject = row.job if isinstance(row, Term) else row  # terms know no person but through their job
    record(f"{row._meta.model_name}.corrected", subject=subject, by=by, row=row.pk, version=row.version)
    return row


def _move_start(period: Period, before: date, by: User) -> None:
    """The day of the start stands in three places: the period, the end of its referral and the start-up meeting."""
    Referral.objects.filter(pk=period.referral_id).update(concluded_on=period.starts_on, version=F("version") + 1)
    meetings = Contact.objects.filter(
        for_participants__participant=period.participant_id, kind=ContactKind.START_UP, on=before
    )
    for meeting in meetings:
        meeting.on, meeting.updated_by, meeting.version = period.starts_on, by, meeting.version + 1
        meeting.save()
