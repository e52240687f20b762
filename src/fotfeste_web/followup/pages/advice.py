"""What advice can be about, and how many job starts had it in time."""

from datetime import date

from fotfeste.indicators.advice import Advised, JobStart, advice_at_new_terms, advice_before_start
from fotfeste_web.caseload.models import Employer, Job, Participant
from fotfeste_web.caseload.pages.jobs import job_title, terms_in_words
from fotfeste_web.followup.facts import facts_of
from fotfeste_web.ui.formats import day


def jobs_to_advise(participant: Participant, today: date) -> list[tuple[str, str]]:
    """Give the jobs and the new terms that advice can be about, the newest first, as a form offers them."""
    jobs = list(Job.objects.filter(participant=participant).order_by("-starts_on").prefetch_related("terms"))
    employers = Employer.objects.in_bulk([job.employer_id for job in jobs])
    offered = []
    for job in jobs:
        title, (_, *later) = job_title(job, employers.get(job.employer_id)), list(job.terms.all()) or [None]
        offered += [
            (f"vilkar-{term.pk}", f"{title}: {terms_in_words(term)}, fra {day(term.starts_on, today)}")
            for term in reversed(later)
        ]
        offered.append((f"jobb-{job.pk}", f"{title}: start {day(job.starts_on, today)}"))
    return offered


def advice_of_service(service_id: int, *, since: date, until: date) -> tuple[Advised, Advised]:
    """Give IPS-25 item 12 of a service: job starts, and new terms, of a time ``[since, until)`` with advice."""
    people = list(Participant.objects.filter(service=service_id, jobs__begun=True).values_list("pk", flat=True))
    starts, terms, given = [], [], []
    for person, facts in facts_of(set(people)).items():
        starts += [
            JobStart(job=str(number), person=str(person), on=job.starts_on)
            for number, job in facts.jobs.items()
            if job.begun and since <= job.starts_on < until
        ]
        terms += [start for start in facts.new_terms(str(person)) if since <= start.on < until]
        given += [one.advice for one in facts.given]
    return advice_before_start(starts, given), advice_at_new_terms(terms, given, on=until)
