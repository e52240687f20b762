"""Openness, profile, wishes, places tried and support at work: read from the versions that are kept of each."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.utils import timezone

from fotfeste.indicators import records
from fotfeste.periods import Period
from fotfeste_web.caseload.models import Openness, WishedOccupation, Wishes
from fotfeste_web.plans.models import JobApplication, SupportMeasure
from fotfeste_web.plans.progress import progress_of

from .times import Times


def openness(service_id: int, times: Times) -> tuple[records.OpennessTalk, ...]:
    """Give every version of what may be told, on the day it was agreed."""
    versions = Openness.pgh_event_model.objects.filter(participant__service=service_id, version__gt=0)
    return tuple(
        records.OpennessTalk(
            participant=times.of(row.participant_id, row.agreed_on),
            on=row.agreed_on,
            weighed=bool(row.advantages.strip() and row.drawbacks.strip()),
            concrete=bool(row.may_tell.strip() and row.must_not_tell.strip()),
        )
        for row in versions.order_by("pgh_id")
    )


def profile_sessions(people: set[UUID], times: Times) -> tuple[records.ProfileSession, ...]:
    return tuple(
        records.ProfileSession(participant=times.of(person, on), on=on)
        for person, progress in sorted(progress_of(people).items())
        for on in progress.sessions
    )


def wishes(service_id: int, times: Times) -> tuple[records.Wish, ...]:
    """Give each occupation of each version of the wishes, from the day it was saved until the next was."""
    saved = Wishes.pgh_event_model.objects.filter(participant__service=service_id, version__gt=0)
    days: dict[UUID, dict[int, date]] = defaultdict(dict)
    for person, version, at in saved.values_list("participant_id", "version", "updated_at"):
        days[person][version] = timezone.localdate(at)
    wished = WishedOccupation.pgh_event_model.objects.filter(participant__service=service_id)
    lines = set(wished.values_list("participant_id", "version", "styrk08"))
    made = []
    for person, version, occupation in sorted(lines):
        if version not in days[person]:
            continue
        start = days[person][version]
        held = Period(start, max(start, after) if (after := days[person].get(version + 1)) else None)
        made += [
            records.Wish(participant=time, occupation=occupation, starts_on=part.start, ends_on=part.end)
            for time, part in times.during(person, held)
        ]
    return tuple(made)


def applications(service_id: int, times: Times) -> tuple[records.Application, ...]:
    """Give the places that were tried, on the first day something was done; one that is only thought of is not."""
    made = []
    for row in JobApplication.objects.filter(participant__service=service_id).defer("note"):
        if days := [on for on in (row.contacted_on, row.applied_on, row.interview_on) if on]:
            on = min(days)
            time = times.of(row.participant_id, on)
            made.append(records.Application(id=str(row.pk), participant=time, on=on, occupation=row.styrk08))
    return tuple(made)


def support_measures(service_id: int, times: Times, today: date) -> tuple[records.SupportMeasure, ...]:
    """Give what the job support plans hold now."""
    return tuple(
        records.SupportMeasure(participant=times.of(row.participant_id, today), giver=records.Giver(row.by_whom))
        for row in SupportMeasure.objects.filter(participant__service=service_id, until_version=None)
    )
