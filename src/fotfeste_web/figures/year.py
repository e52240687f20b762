"""What a yearly report asks for beside the indicators: who they were, the job specialists, in work so long after."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from typing import Any

from fotfeste.employment import Form, Job, in_work_on, is_ordinary, longest_job_days, ordinary_periods, work_definition
from fotfeste.indicators.records import Participant, Records
from fotfeste.periods import Period, add_months

DAY = timedelta(days=1)
OF_A_YEAR = "year_"  # how the names of these begin
MONTHS_AFTER = (6, 12, 18, 43)
AGES = ((25, "under_25"), (35, "25_34"), (45, "35_44"))
OLDEST, UNKNOWN = "45_and_over", "unknown"


def of_a_year(
    records: Records, year: Period[date], *, until: date, born: Mapping[str, int | None]
) -> dict[str, dict[str, Any]]:
    """Count for one calendar year; ``born`` is the year of birth by participant."""
    assert year.end is not None
    served = [one for one in records.participants if one.entered_on and _followed(one).overlaps(year)]
    last = year.end - DAY
    told = {
        "year_age": _parts(Counter(_age(born.get(one.id), year.start.year) for one in served)),
        "year_team": _parts(Counter(one.treatment_team or UNKNOWN for one in served)),
        "year_last_day": {"version": 1, "n": sum(_followed(one).contains(last) for one in served)},
        "year_posts": {"version": 1, "posts": float(_posts(records, last))},
    }
    jobs: dict[str, list[Job]] = defaultdict(list)
    for job in records.jobs:
        if job.terms:
            jobs[job.person].append(job)
    for months in MONTHS_AFTER:
        told[f"year_in_work_{months}"] = _in_work_after(records, year, months, jobs, until)
    return told | _of_jobs(served, jobs, year)


def _followed(one: Participant) -> Period[date]:
    assert one.entered_on is not None
    return Period(one.entered_on, one.ended_on)


def _parts(counted: Counter[str]) -> dict[str, Any]:
    return {"version": 1, "n": counted.total(), "parts": dict(sorted(counted.items()))}


def _age(born: int | None, year: int) -> str:
    """The age that is reached in the year."""
    if born is None:
        return UNKNOWN
    return next((name for below, name in AGES if year - born < below), OLDEST)


def _posts(records: Records, day: date) -> Any:
    return sum(post.share for one in records.specialists for post in one.posts if post.period.contains(day))


def _in_work_after(
    records: Records, year: Period[date], months: int, jobs: Mapping[str, list[Job]], until: date
) -> dict[str, Any]:
    """Of those for whom so many months had gone since the start on a day of the year: in work on that day."""
    work = work_definition("ordinary_work")
    days = {one.id: add_months(one.entered_on, months) for one in records.participants if one.entered_on}
    asked = {id: day for id, day in days.items() if year.contains(day) and day < until}
    n = sum(in_work_on(jobs.get(id, ()), work, day) for id, day in asked.items())
    return {"version": 1, "n": n, "of": len(asked)}


def _of_jobs(served: list[Participant], jobs: Mapping[str, list[Job]], year: Period[date]) -> dict[str, dict[str, Any]]:
    """Hours and form of the jobs that began in the year, and the longest job of each who worked in it."""
    work = work_definition("ordinary_work")
    hours: list[Any] = []
    longest: list[int] = []
    apprentices = 0
    for one in served:
        assert one.entered_on is not None
        theirs = jobs.get(one.id, ())
        for job in theirs:
            first = min(job.terms, key=lambda term: term.starts_on)
            if year.contains(job.starts_on) and job.starts_on >= one.entered_on and is_ordinary(first, work).counts:
                hours += [first.hours_per_week] if first.hours_per_week is not None else []
                apprentices += first.form == Form.APPRENTICE
        if any(period.overlaps(year) for period in ordinary_periods(theirs, work)):
            longest.append(longest_job_days(theirs, work, Period(one.entered_on, year.end)))
    return {
        "year_apprentices": {"version": 1, "n": apprentices},
        "year_hours": {"version": 1, "n": len(hours), "median": _middle(hours)},
        "year_longest_job": {"version": 1, "n": len(longest), "median": _middle(longest)},
    }


def _middle(values: list[Any]) -> int | None:
    return round(median(values)) if values else None
