"""How much a person worked: days, weeks and hours of what a definition counts as work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from fotfeste.employment.definitions import WorkDefinition
from fotfeste.employment.jobs import Job, Term
from fotfeste.periods import Period, clip, days, merge

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Whether a term counts, and what it fails: form, ordinary_rate, open_to_anyone or a support."""

    counts: bool
    reasons: tuple[str, ...]


def is_ordinary(term: Term, definition: WorkDefinition) -> Ordinary:
    """Hold one term up against a definition of work."""
    failed = [] if term.form in definition.forms else ["form"]
    if definition.ordinary_rate and not term.ordinary_rate:
        failed.append("ordinary_rate")
    if definition.open_to_anyone and not term.open_to_anyone:
        failed.append("open_to_anyone")
    failed += sorted(term.support & definition.excluded_support)
    return Ordinary(not failed, tuple(failed))


def ordinary_terms(jobs: Iterable[Job], definition: WorkDefinition) -> Iterator[tuple[Period[date], Job, Term]]:
    """The terms that count, each with the part of it that lies in its job."""
    for job in jobs:
        for term in job.terms:
            period = term.period.intersect(job.period)
            if period and is_ordinary(term, definition).counts:
                yield period, job, term


def ordinary_periods(jobs: Iterable[Job], definition: WorkDefinition) -> tuple[Period[date], ...]:
    """When the person was in work, jobs side by side and end to end made one."""
    return merge(period for period, _, _ in ordinary_terms(jobs, definition))


def in_work_on(jobs: Iterable[Job], definition: WorkDefinition, day: date) -> bool:
    return any(period.contains(day) for period, _, _ in ordinary_terms(jobs, definition))


def days_in_work(jobs: Iterable[Job], definition: WorkDefinition, window: Period[date]) -> int:
    """Calendar days of employment in the window, weekends too; two jobs on one day are one day."""
    return sum(days(period) for period in clip(ordinary_periods(jobs, definition), window))


def weeks_in_work(jobs: Iterable[Job], definition: WorkDefinition, window: Period[date]) -> int:
    """Weeks with at least one day of work; weeks are counted from the first day of the window."""
    worked = clip(ordinary_periods(jobs, definition), window)
    return len(
        {(period.start - window.start + timedelta(days=n)) // WEEK for period in worked for n in range(days(period))}
    )


def hours_in_work(jobs: Iterable[Job], definition: WorkDefinition, window: Period[date]) -> Decimal:
    """Agreed hours in the window, a week's hours spread over its seven days; unknown hours count nothing.

    Rounded half up to hundredths.
    """
    sevenths = sum(
        (
            term.hours_per_week * days(part)
            for period, _, term in ordinary_terms(jobs, definition)
            if term.hours_per_week is not None and (part := period.intersect(window))
        ),
        start=Decimal(0),
    )
    return (sevenths / 7).quantize(Decimal("0.01"), ROUND_HALF_UP)


def longest_job_days(jobs: Iterable[Job], definition: WorkDefinition, window: Period[date]) -> int:
    """Days in the window of the job held longest, whatever its terms were called on the way."""
    return max((days_in_work([job], definition, window) for job in jobs), default=0)


def first_job_on(jobs: Iterable[Job], definition: WorkDefinition, window: Period[date]) -> date | None:
    """The first day of work in the window: its first day for somebody who is in work already."""
    worked = clip(ordinary_periods(jobs, definition), window)
    return worked[0].start if worked else None
