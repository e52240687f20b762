"""Who was referred, who takes part, with whom, and when they study or pause."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from fotfeste.indicators import records
from fotfeste_web.caseload.models import EDUCATION_AHEAD, Assignment, Education, EducationState, Pause, Referral
from fotfeste_web.caseload.status import facts_of, status_on
from fotfeste_web.organisations.models import Membership

from .times import Times

DAY = timedelta(days=1)
SPECIALIST, SUPERVISOR = "jobbspesialist", "metodeveileder"


def participants(referrals: Iterable[Referral], today: date) -> tuple[records.Participant, ...]:
    referrals = list(referrals)
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


def referral_record(referral: Referral) -> records.Referral:
    return records.Referral(
        participant=str(referral.pk),
        received_on=referral.received_on,
        source=records.Source(referral.source),
        outcome=records.ReferralOutcome(referral.outcome) if referral.outcome else None,
        outcome_on=referral.concluded_on,
        not_offered_reason=records.NotOffered(referral.not_offered_reason) if referral.not_offered_reason else None,
    )


def staff(service_id: int) -> tuple[tuple[records.Specialist, ...], tuple[records.SupervisorPost, ...]]:
    """Give the job specialists and the posts of supervisors. The last day of a role is included."""
    posts: dict[int, list[records.Post]] = defaultdict(list)
    led = []
    held = Membership.objects.filter(service=service_id, role__in=(SPECIALIST, SUPERVISOR))
    for one in held.order_by("user", "starts_on"):
        held_in = {
            "share": Decimal(one.post_share) / 100,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on + DAY if one.ends_on else None,
        }
        if one.role == SUPERVISOR:
            led.append(records.SupervisorPost(supervisor=str(one.user_id), **held_in))
        else:
            posts[one.user_id].append(records.Post(specialist=str(one.user_id), **held_in))
    return tuple(
        records.Specialist(id=str(user), service=str(service_id), posts=tuple(held)) for user, held in posts.items()
    ), tuple(led)


def assignments(service_id: int, times: Times) -> tuple[records.Assignment, ...]:
    return tuple(
        records.Assignment(
            participant=times.of(row.participant_id, row.starts_on),
            specialist=str(row.specialist_id),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in Assignment.objects.filter(participant__service=service_id)
    )


def education(service_id: int, times: Times) -> tuple[records.Education, ...]:
    begun = Education.objects.filter(participant__service=service_id).exclude(state__in=EDUCATION_AHEAD)
    return tuple(
        records.Education(
            participant=times.of(row.participant_id, row.starts_on),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            completed=row.state == EducationState.COMPLETED,
        )
        for row in begun
    )


def pauses(service_id: int, times: Times) -> tuple[records.Pause, ...]:
    return tuple(
        records.Pause(
            participant=times.of(row.participant_id, row.starts_on), starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in Pause.objects.filter(participant__service=service_id)
    )
