"""All that one service has recorded, as the records that indicators are computed from."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from fotfeste.indicators import records
from fotfeste_web.caseload.job_records import job_record
from fotfeste_web.caseload.models import (
    EDUCATION_AHEAD,
    Assignment,
    Contact,
    Education,
    EducationState,
    Job,
    Pause,
    Referral,
    Round,
)
from fotfeste_web.caseload.records import contact_record, round_records
from fotfeste_web.caseload.status import facts_of, status_on
from fotfeste_web.organisations.models import Membership
from fotfeste_web.teamwork.models import Absence
from fotfeste_web.teamwork.records import absence_records

SPECIALIST = "jobbspesialist"


class Times:
    """Each time a person was referred is a participant of its own to the method: a return is a new one."""

    def __init__(self, referrals: Iterable[Referral]) -> None:
        self._received: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
        for referral in referrals:
            self._received[referral.participant_id].append((referral.received_on, str(referral.pk)))
        for times in self._received.values():
            times.sort()

    def of(self, participant_id: UUID, day: date) -> str:
        """Name the time that a day belongs to: the latest that had begun, or the first."""
        times = self._received[participant_id]
        return times[max(bisect_right(times, day, key=lambda time: time[0]) - 1, 0)][1]


def records_of(service_id: int, today: date) -> records.Records:
    """Read everything of one service; the scope of this transaction must reach all of it."""
    here = {"participant__service": service_id}
    referrals = list(Referral.objects.filter(**here).select_related("period", "participant"))
    times = Times(referrals)
    jobs = Job.objects.filter(begun=True, **here).prefetch_related("terms")
    contacts = Contact.objects.filter(service=service_id).prefetch_related("for_participants")
    return records.Records(
        participants=_participants(referrals, today),
        referrals=tuple(_referral(referral) for referral in referrals),
        specialists=_specialists(service_id),
        assignments=tuple(
            records.Assignment(
                participant=times.of(row.participant_id, row.starts_on),
                specialist=str(row.specialist_id),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
            for row in Assignment.objects.filter(**here)
        ),
        rounds=round_records(Round.objects.filter(service=service_id)),
        contacts=tuple(
            contact_record(
                contact, [times.of(line.participant_id, contact.on) for line in contact.for_participants.all()]
            )
            for contact in contacts
        ),
        jobs=tuple(
            replace(job_record(job, job.terms.all()), person=times.of(job.participant_id, job.starts_on))
            for job in jobs
        ),
        absences=absence_records(Absence.objects.filter(service=service_id)),
        education=tuple(
            records.Education(
                participant=times.of(row.participant_id, row.starts_on),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                completed=row.state == EducationState.COMPLETED,
            )
            for row in Education.objects.filter(**here).exclude(state__in=EDUCATION_AHEAD)
        ),
        pauses=tuple(
            records.Pause(
                participant=times.of(row.participant_id, row.starts_on), starts_on=row.starts_on, ends_on=row.ends_on
            )
            for row in Pause.objects.filter(**here)
        ),
    )


def _participants(referrals: list[Referral], today: date) -> tuple[records.Participant, ...]:
    facts = facts_of({referral.participant_id for referral in referrals})
    latest = {referral.participant_id: referral.pk for referral in sorted(referrals, key=lambda r: r.received_on)}
    made = []
    for referral in referrals:
        person, period = referral.participant, getattr(referral, "period", None)
        status = status_on(facts[person.pk], today) if latest[person.pk] == referral.pk else None
        made.append(
            records.Participant(
                id=str(referral.pk),
                service=str(referral.service_id),
                entered_on=period.starts_on if period else None,
                ended_on=period.ends_on if period else None,
                end_reason=period.end_reason or None if period else None,
                in_work_at_start=period.in_work_at_start if period else False,
                treatment_team=str(person.treatment_team_id) if person.treatment_team_id else None,
                nav_office=str(person.nav_office_id) if person.nav_office_id else None,
                status=records.Status(status) if status else None,
            )
        )
    return tuple(made)


def _referral(referral: Referral) -> records.Referral:
    return records.Referral(
        participant=str(referral.pk),
        received_on=referral.received_on,
        source=records.Source(referral.source),
        outcome=records.ReferralOutcome(referral.outcome) if referral.outcome else None,
        outcome_on=referral.concluded_on,
        not_offered_reason=records.NotOffered(referral.not_offered_reason) if referral.not_offered_reason else None,
    )


def _specialists(service_id: int) -> tuple[records.Specialist, ...]:
    posts: dict[int, list[records.Post]] = defaultdict(list)
    for held in Membership.objects.filter(service=service_id, role=SPECIALIST).order_by("user", "starts_on"):
        ends_on = date.fromordinal(held.ends_on.toordinal() + 1) if held.ends_on else None  # the last day is included
        share = Decimal(held.post_share) / 100
        post = records.Post(specialist=str(held.user_id), share=share, starts_on=held.starts_on, ends_on=ends_on)
        posts[held.user_id].append(post)
    return tuple(
        records.Specialist(id=str(user), service=str(service_id), posts=tuple(held)) for user, held in posts.items()
    )
