"""Jobs with their dated terms."""

from fotfeste_web.caseload.models import Job, Term

from .loaded import Loaded


def load(loaded: Loaded) -> None:
    given = [(one, job) for one, period in loaded.begun() for job in period.jobs]
    rows = [
        Job(
            participant=loaded.participants[one.key],
            employer=loaded.employers[job.employer],
            styrk08=job.occupation,
            starts_on=job.starts_on,
            begun=job.begun,
            ends_on=job.ends_on,
            end_known_on=job.end_known_on,
            ended_by=job.ended_by or "",
            end_reason=job.end_text,
            found_how=job.found,
            matches_wishes=job.matches_wish,
            openness_used=job.openness_used,
            registered_at=loaded.at_work(job.agreed_on),
        )
        for one, job in given
    ]
    Job.objects.bulk_create(rows)
    Term.objects.bulk_create(
        Term(
            job=row,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            hours_per_week=term.hours_per_week,
            form=term.form,
            ordinary_rate=term.ordinary_rate,
            open_to_anyone=term.open_to_anyone,
            support=list(term.support),
        )
        for (_, job), row in zip(given, rows, strict=True)
        for term in job.terms
    )
