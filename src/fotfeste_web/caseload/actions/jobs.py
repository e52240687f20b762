"""Write down a job: agreed, begun, on new terms, ended."""

from datetime import date, timedelta
from typing import Any

from fotfeste.norway.codes import Code
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Employer, Job, Participant, Term

TERMS = ("hours_per_week", "form", "ordinary_rate", "open_to_anyone", "support")


@action
def add_job(
    participant: Participant, *, employer: Employer | str, occupation: Code, starts_on: date, by: User, **values: Any
) -> Job:
    """Add a job with its first terms; a work place that nobody has written before is added with it."""
    terms = {name: values.pop(name) for name in TERMS}
    work_place = _work_place(employer, participant, by)
    job = Job.objects.create(
        participant=participant, employer=work_place, styrk08=occupation.code, starts_on=starts_on, **values
    )
    Term.objects.create(job=job, starts_on=starts_on, **terms)
    record("job.added", subject=job, by=by, begun=job.begun, new_employer=isinstance(employer, str))
    return job


@action
def change_job(
    job: Job, *, version: int, employer: Employer | str, occupation: Code, starts_on: date, by: User, **values: Any
) -> Job:
    """Mend what was written about a job. Its first terms begin when it does."""
    job = take(job, version)
    for name, value in values.items():
        setattr(job, name, value)
    job.employer, job.styrk08 = _work_place(employer, job.participant, by), occupation.code
    _begin_on(job, starts_on)
    job.save()
    record("job.changed", subject=job, by=by, version=job.version)
    return job


@action
def begin_job(job: Job, *, version: int, starts_on: date, by: User) -> Job:
    """Say that an agreed job has begun, perhaps on another day than agreed."""
    job = take(job, version)
    _begin_on(job, starts_on)
    job.begun = True
    job.save()
    record("job.begun", subject=job, by=by, version=job.version)
    return job


@action
def add_terms(job: Job, *, starts_on: date, by: User, **terms: Any) -> Term:
    """Add terms from a day, on which those before end. From the day those began, they are mended instead."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    before = job.terms.last()
    if before and before.starts_on == starts_on:
        for name, value in terms.items():
            setattr(before, name, value)
        before.version += 1
        before.save()
        record("job.terms_mended", subject=job, by=by, term=before.pk)
        return before
    if before:
        before.ends_on = starts_on
        before.version += 1
        before.save()
    term = Term.objects.create(job=job, starts_on=starts_on, ends_on=job.ends_on, **terms)
    record("job.terms_added", subject=job, by=by, term=term.pk)
    return term


@action
def end_job(job: Job, *, version: int, last_day: date | None = None, by: User, **values: Any) -> Job:
    """End a job and its terms. One that never began ends on the day that it should have begun: no day of work."""
    job = take(job, version)
    earlier_end = job.ends_on
    job.ends_on = last_day + timedelta(days=1) if last_day else job.starts_on
    for name, value in values.items():
        setattr(job, name, value)
    job.save()
    for term in job.terms.all():
        if term.ends_on in (None, earlier_end) or term.ends_on > job.ends_on:
            term.ends_on = job.ends_on
            term.version += 1
            term.save()
    record("job.ended", subject=job, by=by, ended_by=job.ended_by, new_search_wished=job.new_search_wished)
    return job


def _work_place(employer: Employer | str, participant: Participant, by: User) -> Employer:
    if isinstance(employer, Employer):
        return employer
    return Employer.objects.create(service_id=participant.service_id, name=employer, created_by=by)


def _begin_on(job: Job, starts_on: date) -> None:
    first = job.terms.first()
    job.starts_on = starts_on
    if first:
        first.starts_on = starts_on
        first.version += 1
        first.save()
