"""Made-up people of a plan: who they are, when they came, their arm, and when they were no longer followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import numpy as np

from fotfeste.trial.errors import OtherPeople
from fotfeste.trial.plan import Assumptions, BadPlan, Covariate, Plan
from fotfeste.trial.randomisation import Allocation, allocate
from fotfeste.trial.randomisation.schemes import Levels

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """``followed_until`` is the first day nothing is known of, None where the person is followed to the end."""

    id: str
    arm: int
    levels: dict[str, str]
    baseline: dict[str, str]
    included_on: date
    followed_until: date | None
    withdrew_on: date | None
    died_on: date | None


def people(
    plan: Plan, draw: np.random.Generator, *, seed: int, followed_days: int, allocations: Sequence[Allocation] = ()
) -> tuple[Person, ...]:
    """The planned number of people, in the order they came; without allocations, with arms by the plan's own scheme.

    Raises
    ------
    BadPlan
        The plan assumes nothing.
    OtherPeople
        The allocations are of others.
    """
    if plan.assumptions is None:
        raise BadPlan(plan.file, "assumptions", "no_assumptions")
    n = plan.planned_n
    columns = {factor.column: _levels(factor.values, n, draw) for factor in plan.factors}
    levels = [{column: values[at] for column, values in columns.items()} for at in range(n)]
    baseline = {covariate.column: _covariate(covariate, n, draw) for covariate in plan.baseline}
    ids = [f"p{at + 1:0{len(str(n))}}" for at in range(n)]
    # Not a trial's seed: anybody can make it again from the number on the command line.
    made_up = sha256(f"fotfeste-made-up-trial {seed}".encode()).digest()
    given = _given(allocations, ids, levels) if allocations else allocate(plan, made_up, levels)
    number = {arm.id: at for at, arm in enumerate(plan.arms)}
    arms = [number[arm] for arm in given]
    arrivals = _arrivals(plan.assumptions, n, draw)
    made = []
    for at in range(n):
        until, withdrew_on, died_on = _end(plan.assumptions, arms[at], arrivals[at], followed_days, draw)
        person = Person(
            id=ids[at],
            arm=arms[at],
            levels=levels[at],
            baseline={column: values[at] for column, values in baseline.items()},
            included_on=arrivals[at],
            followed_until=until,
            withdrew_on=withdrew_on,
            died_on=died_on,
        )
        made.append(person)
    return tuple(made)


def _given(allocations: Sequence[Allocation], ids: Sequence[str], levels: Sequence[Levels]) -> Iterator[str]:
    arms = {(one.request.person, *one.request.levels.values()): one.arm for one in allocations}
    for person, held in zip(ids, levels, strict=True):
        if (person, *held.values()) not in arms:
            raise OtherPeople(person)
        yield arms[person, *held.values()]


def _levels(values: Sequence[str], n: int, draw: np.random.Generator) -> list[str]:
    """Levels that are neither equally large nor far apart."""
    weights = draw.uniform(0.7, 1.3, len(values))
    return [str(value) for value in draw.choice(values, n, p=weights / weights.sum())]


def _covariate(covariate: Covariate, n: int, draw: np.random.Generator) -> list[str]:
    if covariate.kind == "category":
        return _levels([level.id for level in covariate.levels], n, draw)
    low = covariate.lowest if covariate.lowest is not None else 0.0
    high = covariate.highest if covariate.highest is not None else low + 100.0
    # A third of the way up and a tail to the right, as ages and scores are.
    return [f"{value:.0f}" for value in low + (high - low) * draw.beta(2, 4, n)]


def _arrivals(assumptions: Assumptions, n: int, draw: np.random.Generator) -> list[date]:
    span = (assumptions.last_on - assumptions.first_on).days
    days = [assumptions.first_on + timedelta(days=int(day)) for day in np.sort(draw.integers(0, span, n))]
    return [day - timedelta(days=max(0, day.weekday() - SATURDAY + 1)) for day in days]


def _end(
    assumptions: Assumptions, arm: int, included_on: date, followed_days: int, draw: np.random.Generator
) -> tuple[date | None, date | None, date | None]:
    """When the person was no longer followed, withdrew and died."""
    day = included_on + timedelta(days=int(draw.integers(1, followed_days)))
    lost, withdrew, died = assumptions.lost[arm], assumptions.withdrew[arm], assumptions.died[arm]
    chance = draw.random()
    if chance < lost:
        return day, None, None
    if chance < lost + withdrew:
        return day, day, None
    return (day, None, day) if chance < lost + withdrew + died else (None, None, None)
