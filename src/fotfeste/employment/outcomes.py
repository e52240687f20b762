"""Outcomes: any definition of the file, computed from jobs, with what is not yet known marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from fotfeste.employment.definitions import OutcomeDefinition
from fotfeste.employment.jobs import Job
from fotfeste.employment.work import (
    first_job_on,
    hours_in_work,
    longest_job_days,
    ordinary_periods,
    ordinary_terms,
)
from fotfeste.periods import Period, add_months, clip, days, merge

HOURS_UNKNOWN = "hours_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome of one person, with the definition it was computed by.

    ``value`` is what was seen; ``censored`` says that it may still change, or for a first job that none
    came while the person was followed.
    """

    definition: str
    version: int
    work: str
    work_version: int
    value: bool | int | Decimal | None
    censored: bool
    followed_days: int
    warnings: tuple[str, ...]


def outcome(
    jobs: Iterable[Job],
    definition: OutcomeDefinition,
    *,
    entered_on: date,
    until: date,
    education: Iterable[Period[date]] = (),
) -> Outcome:
    """Compute one outcome for one person.

    Parameters
    ----------
    jobs : iterable of Job
        The person's jobs, also those that began before ``entered_on``.
    definition : OutcomeDefinition
        From ``outcome_definition``.
    entered_on : date
        Where the window begins.
    until : date
        The first day of which nothing is known.
    education : iterable of Period
        Ordinary education, used where the definition counts it.

    Returns
    -------
    Outcome
        The value, whether it is censored, and warnings: ``hours_unknown`` where the definition needs hours
        and some are not known (they count as none).
    """
    jobs = tuple(jobs)
    due_on = add_months(entered_on, definition.months)
    seen = Period(entered_on, max(entered_on, min(until, due_on)))
    followed = days(seen)
    value: bool | int | Decimal | None
    if definition.measure == "on_day":
        known = until > due_on
        active = _active(jobs, definition, education)
        value = any(period.contains(due_on) for period in active) if known else None
        censored = not known
    elif definition.measure == "first_job":
        first = first_job_on(jobs, definition.work, seen)
        value = (first - entered_on).days if first else None
        censored = first is None
    else:
        value = _measured(jobs, definition, seen, education)
        censored = until < due_on and value is not True
    return Outcome(
        definition=definition.id,
        version=definition.version,
        work=definition.work.id,
        work_version=definition.work.version,
        value=value,
        censored=censored,
        followed_days=followed,
        warnings=_warnings(jobs, definition, seen),
    )


def _measured(
    jobs: Sequence[Job], definition: OutcomeDefinition, seen: Period[date], education: Iterable[Period[date]]
) -> bool | int | Decimal:
    if definition.measure == "hours":
        return hours_in_work(jobs, definition.work, seen)
    if definition.measure == "longest_job":
        return longest_job_days(jobs, definition.work, seen)
    active = _by_day(_active(jobs, definition, education), seen)
    if definition.measure == "days":
        return sum(active)
    if definition.measure == "weeks":
        return sum(any(active[at : at + 7]) for at in range(0, len(active), 7))
    hours = _hours_by_day(jobs, definition, seen)
    if definition.measure == "any":
        enough = definition.min_hours_per_week or 0
        # A week's hours are spread over its seven days, so that seven days' sum is the hours of the week.
        total = definition.min_hours is None or sum(hours) >= 7 * definition.min_hours
        return total and any(on and weekly >= enough for on, weekly in zip(active, hours, strict=True))
    return _is_steady(active, hours, definition)


def _is_steady(active: Sequence[bool], hours: Sequence[Decimal], definition: OutcomeDefinition) -> bool:
    """Whether any stretch of ``of_weeks`` weeks, from whatever day, holds ``weeks`` weeks that count."""
    assert definition.weeks is not None
    assert definition.of_weeks is not None
    day_sum = [0, *accumulate(active)]
    hour_sum = [Decimal(0), *accumulate(hours)]
    least = 7 * (definition.min_hours_per_week or 0)
    counts = [
        day_sum[at + 7] - day_sum[at] >= definition.days_per_week and hour_sum[at + 7] - hour_sum[at] >= least
        for at in range(len(active) - 6)
    ]
    span = 7 * definition.of_weeks
    return any(sum(counts[at : at + span - 6 : 7]) >= definition.weeks for at in range(len(counts)))


def _active(
    jobs: Sequence[Job], definition: OutcomeDefinition, education: Iterable[Period[date]]
) -> tuple[Period[date], ...]:
    in_work = ordinary_periods(jobs, definition.work)
    return merge([*in_work, *education]) if definition.education else in_work


def _by_day(periods: Iterable[Period[date]], window: Period[date]) -> list[bool]:
    flags = [False] * days(window)
    for part in clip(periods, window):
        at = (part.start - window.start).days
        flags[at : at + days(part)] = [True] * days(part)
    return flags


def _hours_by_day(jobs: Sequence[Job], definition: OutcomeDefinition, window: Period[date]) -> list[Decimal]:
    """For each day the hours a week that hold on it, over all jobs."""
    hours = [Decimal(0)] * days(window)
    for period, _, term in ordinary_terms(jobs, definition.work):
        part = period.intersect(window)
        if part and term.hours_per_week is not None:
            at = (part.start - window.start).days
            for day in range(at, at + days(part)):
                hours[day] += term.hours_per_week
    return hours


def _warnings(jobs: Sequence[Job], definition: OutcomeDefinition, seen: Period[date]) -> tuple[str, ...]:
    needs_hours = definition.measure == "hours" or definition.min_hours or definition.min_hours_per_week
    unknown = any(
        term.hours_per_week is None and period.overlaps(seen)
        for period, _, term in ordinary_terms(jobs, definition.work)
    )
    return (HOURS_UNKNOWN,) if needs_hours and unknown else ()
