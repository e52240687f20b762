"""Job starts: how many, of how many hours, and whether the work lasted."""

from datetime import date, timedelta

from fotfeste.employment import Job, Term, is_ordinary
from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste.indicators.people import IN_WORK_AT_START, Asked, share
from fotfeste.indicators.results import Counts, Group, Share
from fotfeste.periods import Period, clip, days

WEEK = timedelta(days=7)


def job_starts(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """Ordinary jobs that began in the period: the first since the start-up meeting, and later or parallel ones."""
    first: list[str] = []
    more: list[str] = []
    for job in sorted(_begun(asked, definition), key=lambda job: (job.starts_on, job.id)):
        earlier = (
            other
            for other in asked.jobs[job.person]
            if (other.starts_on, other.id) < (job.starts_on, job.id)
            and other.starts_on >= _entered_on(asked, job.person)
            and _first_term(other, definition)
        )
        (more if any(earlier) else first).append(job.id)
    counts = (Group(id="first_job", ids=tuple(sorted(first))), Group(id="further_job", ids=tuple(sorted(more))))
    return Counts(
        definition=definition.id,
        version=definition.version,
        starts_on=asked.period.start,
        ends_on=asked.end,
        n=len(first) + len(more),
        counts=counts,
    )


def hours(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Job starts with at least so many agreed hours a week / those whose hours are known."""
    begun = {job.id: _first_term(job, definition) for job in _begun(asked, definition)}
    known = {id: term.hours_per_week for id, term in begun.items() if term and term.hours_per_week is not None}
    unknown = Group(id="hours_unknown", ids=tuple(sorted(begun.keys() - known.keys())))
    enough = [id for id, agreed in known.items() if agreed >= definition.hours_per_week]
    return share(asked, definition, enough, known, left_out=[unknown])


def sustained(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Of people whose first work since the start began in the period, those in work in so many of the weeks after.

    A week is seven days from the first day of work, and counts with work on all seven, in whatever job. Those who
    began fewer weeks ago could not have done it and are left out.
    """
    assert definition.work is not None
    lasted, could, too_recent, at_start = [], [], [], []
    for one in asked.records.participants:
        if one.entered_on is None:
            continue
        worked = asked.worked(one.id, definition.work)
        since = clip(worked, Period(one.entered_on))
        if not since or not asked.period.contains(since[0].start):
            continue
        if one.in_work_at_start and definition.in_work_at_start == "out":
            at_start.append(one.id)
            continue
        first = since[0].start
        if first + definition.of_weeks * WEEK > asked.until:
            too_recent.append(one.id)
            continue
        could.append(one.id)
        if _full_weeks(since, first, definition.of_weeks) >= definition.weeks:
            lasted.append(one.id)
    left_out = [
        Group(id="began_too_recently", ids=tuple(sorted(too_recent))),
        Group(id=IN_WORK_AT_START, ids=tuple(sorted(at_start))),
    ]
    people = [asked.participants[id] for id in could]
    return share(asked, definition, lasted, could, left_out=left_out, groups=asked.groups(people))


def _full_weeks(worked: tuple[Period[date], ...], first: date, of_weeks: int) -> int:
    weeks = (Period(first + n * WEEK, first + (n + 1) * WEEK) for n in range(of_weeks))
    return sum(sum(map(days, clip(worked, week))) == WEEK.days for week in weeks)


def _begun(asked: Asked, definition: IndicatorDefinition) -> list[Job]:
    """Ordinary jobs by their first terms that began in the period, after the start-up meeting."""
    return [
        job
        for jobs in asked.jobs.values()
        for job in jobs
        if asked.period.contains(job.starts_on)
        and job.starts_on >= _entered_on(asked, job.person)
        and _first_term(job, definition)
    ]


def _first_term(job: Job, definition: IndicatorDefinition) -> Term | None:
    """The first terms of a job, if they are work as the definition has it."""
    assert definition.work is not None
    first = min(job.terms, key=lambda term: term.starts_on, default=None)
    return first if first and is_ordinary(first, definition.work).counts else None


def _entered_on(asked: Asked, person: str) -> date:
    known = asked.participants.get(person)
    return (known and known.entered_on) or date.max
