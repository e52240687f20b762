"""Jobs and their ends, the work places, and what follows a person in work: advice, step-down, a no."""

from dataclasses import replace

from fotfeste.employment import Job as JobRecord
from fotfeste.indicators import advice, records
from fotfeste_web.caseload.job_records import job_record
from fotfeste_web.caseload.models import Employer, Job, StepDown
from fotfeste_web.followup.models import BenefitsAdvice, FollowUpDeclined

from .times import Times


def jobs(service_id: int, times: Times) -> tuple[tuple[JobRecord, ...], tuple[records.JobEnd, ...]]:
    """Give the jobs that have begun, and what is known of those that ended.

    Whether help with a next job was offered is written nowhere: what is asked is whether the person wants one.
    """
    begun = Job.objects.filter(participant__service=service_id, begun=True).prefetch_related("terms")
    ended = (job for job in begun if job.ends_on)
    return tuple(
        replace(job_record(job, job.terms.all()), person=times.of(job.participant_id, job.starts_on)) for job in begun
    ), tuple(
        records.JobEnd(job=str(job.pk), known_on=job.end_known_on, ended_by=records.EndedBy(job.ended_by))
        for job in ended
    )


def employers(service_id: int) -> tuple[records.Employer, ...]:
    """Give the work places. Which company one belongs to is not known here."""
    return tuple(
        records.Employer(id=str(pk)) for pk in Employer.objects.filter(service=service_id).values_list("pk", flat=True)
    )


def benefits_advice(service_id: int, times: Times) -> tuple[advice.Advice, ...]:
    return tuple(
        advice.Advice(
            person=times.of(row.participant_id, row.on),
            on=row.on,
            trained=row.trained,
            job=str(row.job_id) if row.job_id else None,
        )
        for row in BenefitsAdvice.objects.filter(participant__service=service_id).defer("effect", "plan")
    )


def step_downs(service_id: int, times: Times) -> tuple[records.StepDown, ...]:
    return tuple(
        records.StepDown(
            participant=times.of(row.participant_id, row.starts_on),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            taker_named=bool(row.taker.strip()),
        )
        for row in StepDown.objects.filter(participant__service=service_id).defer("agreement")
    )


def declined(service_id: int, times: Times) -> tuple[records.Declined, ...]:
    """Give each no to follow-up; one that was taken back before it began is empty."""
    return tuple(
        records.Declined(
            participant=times.of(row.participant_id, row.starts_on), starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in FollowUpDeclined.objects.filter(participant__service=service_id)
        if row.starts_on < row.ends_on
    )
