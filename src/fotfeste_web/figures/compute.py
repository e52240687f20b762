"""The figures of one service, from its records: who is here today without people, and every indicator by quarter."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from fotfeste.employment import in_work_on, work_definition
from fotfeste_web.caseload.job_records import jobs_of
from fotfeste_web.caseload.models import Participant, Referral
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.rows.scope import within_service

from .cells import shown
from .disclosure import hide_small
from .models import Audience, ServiceFigures, ServiceResults
from .readers import for_readers
from .records import records_of
from .results import results_of

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
    """Count who is here on a day. What became of people is told by quarter, under «Resultater»."""
    participants = list(Participant.objects.filter(service=service_id).values_list("pk", flat=True))
    facts = facts_of(participants)
    here = {pk: status_on(facts[pk], today) for pk in participants}
    active = [pk for pk, status in here.items() if status in ACTIVE]
    statuses = Counter(here.values())
    jobs, ordinary = jobs_of(active), work_definition("ordinary_work")
    working = sum(in_work_on(jobs.get(pk, ()), ordinary, today) for pk in active)
    return {
        "active": shown(len(active)),
        "waiting": shown(statuses[Status.REFERRED]),
        "by_status": {str(status): n for status, n in hide_small({s: statuses[s] for s in ACTIVE}).items()},
        "in_ordinary_work": hide_small({"working": working, "others": len(active) - working})["working"],
        "work_definition": f"{ordinary.id} {ordinary.version}",
    }
