"""A whole made-up trial of a plan, in the files that the other commands read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np

from fotfeste.employment import Job, outcome
from fotfeste.norway.organisation import make_synthetic_organisation
from fotfeste.periods import add_months
from fotfeste.trial.plan import Outcome, Plan, TimePoint
from fotfeste.trial.randomisation import Allocation
from fotfeste.trial.simulation import working_lives
from fotfeste.trial.simulation.chance import generator
from fotfeste.trial.simulation.own_columns import own_values
from fotfeste.trial.simulation.people import Person, people

Row = tuple[str, ...]
Progress = Callable[[int, int], None]
DAYS_AFTER = 31
"""The register is followed a month longer than the last time point, so that the last day is known."""
EMPLOYERS = 120

JOBS: Row = (
    "person_id",
    "job_id",
    "type",
    "establishment_org",
    "entity_org",
    "start",
    "end",
    "percent",
    "percent_changed",
    "fulltime_hours",
    "styrk98",
    "styrk08",
    "permanent_or_temporary",
    "end_reason",
    "reported_at",
)

PARTICIPANTS: Row = ("person_id", "site", "inclusion_date", "arm", "withdrawn_date", "death_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpTrial:
    """Rows of text with their heading first: people as they ask to be randomised, the data of the analysis, and jobs
    and participants as they stand in a register follow-up."""

    requests: tuple[Row, ...]
    data: tuple[Row, ...]
    jobs: tuple[Row, ...]
    participants: tuple[Row, ...]


def made_up_trial(
    plan: Plan, *, seed: int, allocations: Sequence[Allocation] = (), progress: Progress = lambda done, of: None
) -> MadeUpTrial:
    """Make up a trial: people, their jobs, and the outcomes that follow from these by the plan's definitions.

    Parameters
    ----------
    plan : Plan
        With ``assumptions``, and ``expected`` where outcomes are to differ between arms.
    seed : int
        The same seed gives the same trial.
    allocations : sequence of Allocation, optional
        What these people were given, when they have been randomised; else the scheme is run here.
    progress : callable, optional
        Told how many people of how many are done.

    Returns
    -------
    MadeUpTrial

    Raises
    ------
    BadPlan
        The plan does not say what is expected.
    OtherPeople
        The allocations are not of the people of this plan and seed.
    """
    draw = generator(seed)
    last = max(point.month for outcome in plan.outcomes for point in outcome.points)
    days = round(last * working_lives.DAYS_A_MONTH) + DAYS_AFTER
    everybody = people(plan, draw, seed=seed, followed_days=days, allocations=allocations)
    jobs = _jobs(plan, everybody, days, draw)
    own = own_values(plan, [person.arm for person in everybody], draw)
    columns = _columns(plan)
    rows: list[Row] = []
    for at, person in enumerate(everybody):
        cells = {column: values[at] for column, values in own.items()}
        for one in plan.outcomes:
            for point in one.points:
                cells |= _cells(one, point, person, jobs[at], cells)
        rows.append(_row(plan, person, cells, columns))
        progress(at + 1, len(everybody))
    return MadeUpTrial(
        requests=_requests(plan, everybody),
        data=(columns, *rows),
        jobs=(JOBS, *(_job_row(job) for of_person in jobs for job in of_person)),
        participants=(PARTICIPANTS, *(_participant_row(plan, person) for person in everybody)),
    )


def _jobs(plan: Plan, everybody: Sequence[Person], days: int, draw: np.random.Generator) -> list[tuple[Job, ...]]:
    if not any(point.definition for one in plan.outcomes for point in one.points):
        return [()] * len(everybody)
    ease = working_lives.ease(len(everybody), draw)
    rates = [working_lives.rates(plan, arm) for arm in range(len(plan.arms))]
    naming = Random(int(draw.integers(2**32)))  # noqa: S311 (made-up organisations)
    employers = [make_synthetic_organisation(naming) for _ in range(EMPLOYERS)]
    return [
        tuple(
            working_lives.jobs_of(
                person.id,
                person.included_on,
                ease=float(ease[at]),
                rates=rates[person.arm],
                days=days,
                employers=employers,
                draw=draw,
            )
        )
        for at, person in enumerate(everybody)
    ]


def _cells(
    one: Outcome, point: TimePoint, person: Person, jobs: tuple[Job, ...], own: dict[str, str]
) -> dict[str, str]:
    """What is known of an outcome: nothing once the person is no longer followed, but for a time until then."""
    due_on = add_months(person.included_on, point.month)
    until = person.followed_until or due_on + timedelta(days=DAYS_AFTER)
    event = one.event_column(point)
    if point.definition is None:
        known = until > due_on or point.month == 0
        names = (point.column, event) if event else (point.column,)
        return {name: own[name] if known else "" for name in names}
    found = outcome(jobs, point.definition, entered_on=person.included_on, until=until)
    if event:
        came = found.value is not None
        return {point.column: f"{found.value if came else found.followed_days}", event: f"{came:d}"}
    return {point.column: _text(found.value) if until > due_on else ""}


def _text(value: bool | int | Decimal | None) -> str:
    if isinstance(value, bool):
        return f"{value:d}"
    return f"{value:.1f}" if isinstance(value, Decimal) else f"{value}"


def _columns(plan: Plan) -> Row:
    outcomes = [
        name
        for one in plan.outcomes
        for point in one.points
        for name in (point.column, one.event_column(point))
        if name
    ]
    factors = [factor.column for factor in plan.factors]
    baseline = [covariate.column for covariate in plan.baseline]
    return ("person", "arm", *factors, *baseline, "included_on", *outcomes, "withdrew_on", "died_on")


def _row(plan: Plan, person: Person, cells: dict[str, str], columns: Row) -> Row:
    told = {
        "person": person.id,
        "arm": plan.arms[person.arm].id,
        "included_on": person.included_on.isoformat(),
        "withdrew_on": _day(person.withdrew_on),
        "died_on": _day(person.died_on),
    }
    told |= person.levels | person.baseline | cells
    return tuple(told[column] for column in columns)


def _requests(plan: Plan, everybody: Sequence[Person]) -> tuple[Row, ...]:
    head = ("request", "person", *(factor.column for factor in plan.factors))
    return (head, *((f"r-{person.id}", person.id, *person.levels.values()) for person in everybody))


def _participant_row(plan: Plan, person: Person) -> Row:
    site, arm = person.levels.get("site", ""), plan.arms[person.arm].id
    return (person.id, site, person.included_on.isoformat(), arm, _day(person.withdrew_on), _day(person.died_on))


def _job_row(job: Job) -> Row:
    term = job.terms[0]
    assert term.hours_per_week is not None
    percent = 100 * term.hours_per_week / working_lives.FULL_TIME
    return (
        job.person,
        job.id,
        "ordinary",
        job.employer,
        "",
        job.starts_on.isoformat(),
        _day(job.ends_on and job.ends_on - timedelta(days=1)),
        f"{percent:.0f}",
        job.starts_on.isoformat(),
        f"{working_lives.FULL_TIME}",
        "",
        job.occupation,
        "permanent" if term.form == "permanent" else "temporary",
        "",
        add_months(job.starts_on.replace(day=5), 1).isoformat(),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
