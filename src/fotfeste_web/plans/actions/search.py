"""Agree on the frame of a search, and write down the places that were tried."""

from typing import Any

from django.utils import timezone

from fotfeste.norway.codes import Code
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Employer, Participant
from fotfeste_web.plans.models import JobApplication, SearchPlan


@action
def save_search_plan(participant: Participant, *, version: int, by: User, **values: Any) -> SearchPlan:
    """Save a version of the plan. The first is version 1: nothing is version 0."""
    plan, _ = SearchPlan.objects.get_or_create(participant=participant, defaults={"version": 0})
    plan = take(plan, version)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.updated_by, plan.updated_at = by, timezone.now()
    plan.save()
    record("search_plan.saved", subject=plan, by=by, version=plan.version)
    return plan


@action
def add_application(
    participant: Participant, *, employer: Employer | str, occupation: Code, by: User, **values: Any
) -> JobApplication:
    application = JobApplication.objects.create(
        participant=participant, styrk08=occupation.code, updated_by=by, **_place(employer), **values
    )
    record("application.added", subject=application, by=by, answer=application.answer)
    return application


@action
def change_application(
    application: JobApplication, *, version: int, employer: Employer | str, occupation: Code, by: User, **values: Any
) -> JobApplication:
    application = take(application, version)
    for name, value in (values | _place(employer)).items():
        setattr(application, name, value)
    application.styrk08, application.updated_by = occupation.code, by
    application.save()
    record("application.changed", subject=application, by=by, version=application.version, answer=application.answer)
    return application


def _place(employer: Employer | str) -> dict[str, Any]:
    """A name that was typed is kept with the person alone: the shared list is of work places that were visited."""
    if isinstance(employer, Employer):
        return {"employer": employer, "place": employer.name}
    return {"employer": None, "place": employer}
