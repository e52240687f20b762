"""Rows of jobs as records of the method: one conversion, for every page and figure that counts work."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from fotfeste import employment
from fotfeste_web.rows.together import Lists, together

from .models import Job, Term

# What the records hold: a page reads the jobs of everybody on a list.
OF_A_JOB = ("participant_id", "employer_id", "styrk08", "starts_on", "ends_on")
OF_A_TERM = (
    *("job_id", "starts_on", "ends_on", "hours_per_week", "form", "ordinary_rate", "open_to_anyone", "support"),
)


def term_record(term: Term) -> employment.Term:
    return employment.Term(
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        hours_per_week=term.hours_per_week,
        form=employment.Form(term.form),
        ordinary_rate=term.ordinary_rate,
        open_to_anyone=term.open_to_anyone,
        support=frozenset(employment.Support(support) for support in term.support),
    )


def job_record(job: Job, terms: Iterable[Term]) -> employment.Job:
    """Give a job that has begun as the method knows it. One that is only agreed is no work yet."""
    return employment.Job(
        id=str(job.pk),
        person=str(job.participant_id),
        employer=str(job.employer_id),
        occupation=job.styrk08,
        starts_on=job.starts_on,
        ends_on=job.ends_on,
        terms=tuple(term_record(term) for term in terms),
    )


def jobs_of(participants: Collection[UUID]) -> dict[UUID, list[employment.Job]]:
    """Read the jobs that have begun of these participants: one query, however many they are."""
    begun, terms = _begun(list(participants))
    jobs: dict[UUID, list[employment.Job]] = defaultdict(list)
    terms_of: dict[int, list[Term]] = defaultdict(list)
    for term in terms:
        terms_of[term.job_id].append(term)
    for job in begun:
        jobs[job.participant_id].append(job_record(job, terms_of[job.pk]))
    return jobs


@together
def _begun(people: Any) -> Lists:
    return (
        Job.objects.filter(participant_id__among=people, begun=True).only(*OF_A_JOB),
        Term.objects.filter(job__participant_id__among=people, job__begun=True).only(*OF_A_TERM),
    )
