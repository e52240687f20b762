"""The figures of one service on one day, from its records: without people, small cells hidden."""

from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from fotfeste.employment import in_work_on, outcome, outcome_definition, work_definition
from fotfeste_web.caseload.job_records import jobs_of
from fotfeste_web.caseload.models import Participant, Period, Referral, ReferralOutcome
from fotfeste_web.caseload.status import Facts, Status, facts_of, status_on
from fotfeste_web.rows.scope import within_service

from .cells import SMALLEST_SHOWN, shown
from .disclosure import hide_small
from .models import Audience, ServiceFigures, ServiceResults
from .readers import for_readers
from .records import records_of
from .results import results_of

YEAR = timedelta(days=365)
EIGHTEEN_MONTHS = timedelta(days=549)
ACTIVE = (
    Status.MAPPING,
    Status.JOB_DEVELOPMENT,
    Status.IN_WORK,
    Status.IN_EDUCATION,
    Status.STEP_DOWN,
    Status.PAUSE,
)


def store_figures(service_id: int, today: date) -> ServiceFigures:
    """Work out the figures of a service and keep them for the day."""
    with within_service(service_id):
        stored, _ = ServiceFigures.objects.update_or_create(
            service_id=service_id,
            on=today,
            defaults={"figures": figures_of(service_id, today), "computed_at": timezone.now()},
        )
    return stored


def store_results(service_id: int, today: date) -> None:
    """Work out every indicator of a service and keep it for the day: whole, and as those without people see it."""
    with within_service(service_id):
        born = {
            str(referral): year
            for referral, year in Referral.objects.filter(service=service_id).values_list(
                "pk", "participant__birth_year"
            )
        }
        whole = results_of(records_of(service_id, today), today, born)
        for audience, results in ((Audience.TEAM, whole), (Audience.READERS, for_readers(whole))):
            ServiceResults.objects.update_or_create(
                service_id=service_id,
                on=today,
                audience=audience,
                defaults={"results": results, "computed_at": timezone.now()},
            )


def figures_of(service_id: int, today: date) -> dict[str, Any]:
    participants = list(Participant.objects.filter(service=service_id).values_list("pk", flat=True))
    facts = facts_of(participants)
    statuses = Counter(status_on(facts[pk], today) for pk in participants)
    active = sum(statuses[status] for status in ACTIVE)
    jobs = jobs_of(participants)
    ordinary = work_definition("ordinary_work")
    working = sum(
        in_work_on(jobs.get(pk, ()), ordinary, today) for pk in participants if status_on(facts[pk], today) in ACTIVE
    )
    return {
        "active": shown(active),
        "waiting": shown(statuses[Status.REFERRED]),
        "by_status": {str(status): n for status, n in hide_small({s: statuses[s] for s in ACTIVE}).items()},
        "in_ordinary_work": shown(working),
        "work_definition": f"{ordinary.id} {ordinary.version}",
        "days_to_first_employer_contact": _first_employer_contact(facts, today),
        "job_within_18_months": _job_rate(service_id, jobs, today),
        "not_offered": _not_offered(service_id, today),
    }


def _first_employer_contact(facts: dict[Any, Facts], today: date) -> dict[str, Any]:
    """The median of those who started in the last year and have had one; the open ones are counted beside it."""
    days, still_open = [], 0
    for one in facts.values():
        start = one.periods[-1][0] if one.periods else None
        if start is None or not today - YEAR < start <= today:
            continue
        contacts = [on for on in one.employer_contacts if on >= start]
        if contacts:
            days.append((min(contacts) - start).days)
        else:
            still_open += 1
    enough = len(days) >= SMALLEST_SHOWN
    return {"median": median(days) if enough else None, "n": shown(len(days)), "open": shown(still_open)}


def _job_rate(service_id: int, jobs: dict[Any, Any], today: date) -> dict[str, Any]:
    """Of those out of work who started 18 to 30 months ago, the share with ordinary work within 18 months."""
    definition = outcome_definition("job_within_18_months")
    cohort = Period.objects.filter(
        participant__service=service_id,
        in_work_at_start=False,
        starts_on__gt=today - EIGHTEEN_MONTHS - YEAR,
        starts_on__lte=today - EIGHTEEN_MONTHS,
    ).values_list("participant_id", "starts_on")
    worked = [outcome(jobs.get(pk, ()), definition, entered_on=start, until=today).value for pk, start in cohort]
    numerator, denominator = sum(map(bool, worked)), len(worked)
    hidden = shown(numerator) is None or shown(denominator - numerator) is None
    return {
        "numerator": None if hidden else numerator,
        "denominator": shown(denominator),
        "definition": f"{definition.id} {definition.version}",
    }


def _not_offered(service_id: int, today: date) -> dict[str, int | None]:
    reasons = Referral.objects.filter(
        service=service_id, outcome=ReferralOutcome.NOT_OFFERED, concluded_on__gt=today - YEAR
    ).values_list("not_offered_reason", flat=True)
    return hide_small(dict(Counter(reasons)))
