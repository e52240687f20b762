"""The way through the service: assigned, started, paused, in education, stepped down, ended."""

from datetime import date
from typing import Any

from django.db.models import F, Q

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Education,
    EducationState,
    EndReason,
    Participant,
    Pause,
    Period,
    Referral,
    ReferralOutcome,
    StepDown,
)

from .endings import NoLongerOpen, close_after_death, end_running, lock


@action
def assign(participant: Participant, *, specialist: User, on: date, by: User) -> Assignment:
    """Give a participant a job specialist from a day; the one until then ends the same day."""
    lock(participant)
    if not (participant.periods.filter(ends_on=None).exists() or participant.referrals.filter(outcome="").exists()):
        raise NoLongerOpen
    running = participant.assignments.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    moved = running.update(ends_on=on, version=F("version") + 1)
    assignment = Assignment.objects.create(participant=participant, specialist=specialist, starts_on=on, assigned_by=by)
    record("participant.assigned", subject=assignment, by=by, specialist=specialist.pk, moved=moved > 0)
    return assignment


@action
def start(
    referral: Referral,
    *,
    specialist: User,
    on: date,
    channel: str,
    minutes: int | None,
    in_work_at_start: bool,
    by: User,
) -> Period:
    """Register that the start-up meeting was held: the referral has led to a period."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.outcome:
        raise NoLongerOpen
    referral.outcome, referral.concluded_on = ReferralOutcome.STARTED, on
    referral.version += 1
    referral.save()
    contact = Contact.objects.create(
        service_id=referral.service_id,
        specialist=specialist,
        kind=ContactKind.START_UP,
        status=ContactStatus.HELD,
        on=on,
        minutes=minutes,
        channel=channel,
    )
    ContactParticipant.objects.create(contact=contact, participant_id=referral.participant_id)
    period = Period.objects.create(
        participant_id=referral.participant_id, referral=referral, starts_on=on, in_work_at_start=in_work_at_start
    )
    record("participant.started", subject=period, by=by, contact=contact.pk, channel=channel)
    return period


@action
def end_period(
    period: Period,
    *,
    version: int,
    ends_on: date,
    end_reason: str,
    end_note: str,
    support_after: str = "",
    way_back: str = "",
    by: User,
) -> Period:
    """End a period, or correct when and why it ended. Jobs and education go on, unless the person has died."""
    lock(period.participant)
    period = take(period, version)
    earlier_end = period.ends_on
    period.ends_on, period.end_reason, period.end_note = ends_on, end_reason, end_note
    period.support_after, period.way_back = support_after, way_back
    period.save()
    _end_follow_up(period, earlier_end)
    if end_reason == EndReason.DIED:
        close_after_death(period.participant, ends_on)
    name = "period.ended" if earlier_end is None else "period.end_corrected"
    record(name, subject=period, by=by, reason=end_reason)
    return period


def _end_follow_up(period: Period, earlier_end: date | None) -> None:
    participant, ends_on = period.participant, period.ends_on
    # After a return, what began since the first end belongs to the return and is left alone.
    mine = Q() if earlier_end is None else Q(starts_on__lt=earlier_end)
    for rows in (participant.assignments, participant.pauses, participant.step_downs):
        end_running(rows.filter(mine), ends_on)
    if earlier_end is not None and ends_on > earlier_end:
        last = participant.assignments.filter(ends_on=earlier_end).order_by("-starts_on", "-pk").first()
        if last is not None:
            last.ends_on = ends_on
            last.version += 1
            last.save()


@action
def add_pause(participant: Participant, *, starts_on: date, follow_up_on: date, reason: str, by: User) -> Pause:
    _lock_running(participant)
    pause = participant.pauses.create(starts_on=starts_on, follow_up_on=follow_up_on, reason=reason)
    record("pause.added", subject=pause, by=by)
    return pause


@action
def end_pause(pause: Pause, *, ends_on: date, by: User) -> Pause:
    return _end(pause, "pause.ended", by=by, ends_on=ends_on)


@action
def add_education(participant: Participant, *, state: str, by: User, **values: Any) -> Education:
    _lock_running(participant)
    education = participant.educations.create(state=state, **values)
    record("education.added", subject=education, by=by, state=state)
    return education


@action
def end_education(education: Education, *, ends_on: date, completed: bool, by: User) -> Education:
    state = EducationState.COMPLETED if completed else EducationState.BROKEN_OFF
    return _end(education, "education.ended", by=by, ends_on=ends_on, state=state)


@action
def add_step_down(
    participant: Participant,
    *,
    starts_on: date,
    taker: str,
    taker_role: str,
    agreement: str,
    way_back: str = "",
    by: User,
) -> StepDown:
    _lock_running(participant)
    step_down = participant.step_downs.create(
        starts_on=starts_on, taker=taker, taker_role=taker_role, agreement=agreement, way_back=way_back
    )
    record("step_down.added", subject=step_down, by=by)
    return step_down


@action
def end_step_down(step_down: StepDown, *, ends_on: date, by: User) -> StepDown:
    return _end(step_down, "step_down.ended", by=by, ends_on=ends_on)


def _lock_running(participant: Participant) -> None:
    lock(participant)
    if not participant.periods.filter(ends_on=None).exists():
        raise NoLongerOpen


def _end(row: Any, name: str, *, by: User, **values: Any) -> Any:
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.ends_on is not None:
        raise NoLongerOpen
    for field, value in values.items():
        setattr(row, field, value)
    row.version += 1  # others may be correcting it
    row.save()
    record(name, subject=row, by=by)
    return row
