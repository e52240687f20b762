"""Made-up jobs: people come into work and leave it at steady rates, set so that the plan's expected shares come out.

A share m of an arm will work at all. Out of work, such a person finds a job at the rate a·f a month and leaves it at
the rate b, where f differs between people and is 1 on average. Then the chance of being in work t months on is
m · a·f / (a·f + b) · (1 - exp(-(a·f + b)·t)), and that of having worked at all is m · (1 - exp(-a·f·t)).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import log

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit, ndtri

from fotfeste.employment import Form, Job, OutcomeDefinition, Term
from fotfeste.trial.plan import BadPlan, Plan

Floats = npt.NDArray[np.float64]
DAYS_A_MONTH = 365.25 / 12
FULL_TIME = Decimal("37.5")
UNLIKE = 0.6
"""Standard deviation, on the log scale, of how much easier some find work than others."""
OCCUPATIONS = ("5223", "9112", "5120", "4321", "5311", "4110", "9412")
PERCENTS = (20, 20, 40, 40, 40, 50, 50, 50, 50, 50, 60, 60, 60, 80, 80, 80, 100, 100, 100, 100)
FORMS = (*[Form.PERMANENT] * 9, *[Form.FIXED_TERM] * 7, *[Form.SUBSTITUTE] * 4)
"""Twenty of each, as many of a kind as there would be among twenty jobs."""
USUAL_END, USUAL_SHARE = 1 / 14, 0.6
"""Jobs last 14 months on average and six of ten work at all, as far as the plan expects nothing else."""
PULL = 1e-5
"""How much that weighs: little against a per cent in what the plan expects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """A month: into work, for whom f is 1, and out of it; and the share of people that it holds for."""

    start: float
    end: float
    share: float


def ease(n: int, draw: np.random.Generator) -> Floats:
    """How easily each person finds work, 1 on average."""
    return _ease(draw.normal(size=n))


def _ease(standard: Floats) -> Floats:
    told: Floats = np.exp(UNLIKE * standard - UNLIKE**2 / 2)
    return told


EVERYBODY = _ease(ndtri((np.arange(200) + 0.5) / 200))
"""Two hundred people as far apart as many are."""


@lru_cache(maxsize=16)
def rates(plan: Plan, arm: int) -> Rates:
    """The rates of an arm that come nearest to what the plan expects of it.

    Raises
    ------
    BadPlan
        The plan expects nothing of being in work.
    """
    aims = [
        (definition, point.expected[arm])
        for outcome in plan.outcomes
        for point in outcome.points
        if (definition := point.definition) and point.expected and _is_plain(definition)
    ]
    if not aims:
        raise BadPlan(plan.file, "outcome", "no_expected")

    def apart(told: Floats) -> float:
        rates = _rates(told)
        pull = log(rates.end / USUAL_END) ** 2 + float(told[2] - logit(USUAL_SHARE)) ** 2
        return sum((_expected(d, rates) - aim) ** 2 for d, aim in aims) + PULL * pull

    begin = [log(0.05), log(USUAL_END), logit(USUAL_SHARE)]
    return _rates(minimize(apart, begin, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-12}).x)


def _rates(told: Floats) -> Rates:
    return Rates(start=float(np.exp(told[0])), end=float(np.exp(told[1])), share=float(expit(told[2])))


def _is_plain(definition: OutcomeDefinition) -> bool:
    hours = definition.min_hours or definition.min_hours_per_week
    return definition.measure in ("on_day", "any") and not hours and not definition.education


def _expected(definition: OutcomeDefinition, rates: Rates) -> float:
    start, t = rates.start * EVERYBODY, definition.months
    if definition.measure == "any":
        return rates.share * float(np.mean(1 - np.exp(-start * t)))
    both = start + rates.end
    return rates.share * float(np.mean(start / both * (1 - np.exp(-both * t))))


def jobs_of(
    person: str,
    entered_on: date,
    *,
    ease: float,
    rates: Rates,
    days: int,
    employers: Sequence[str],
    draw: np.random.Generator,
) -> Iterator[Job]:
    """One person's jobs over so many days; the last may go on."""
    if draw.random() >= rates.share:
        return
    at, number = 0.0, 0
    while (start := at + draw.exponential(DAYS_A_MONTH / (rates.start * ease))) < days:
        at = start + draw.exponential(DAYS_A_MONTH / rates.end)
        number += 1
        first = int(start)
        last = max(first, int(at) - 1) if at < days else None
        employer = employers[int(draw.integers(len(employers)))]
        yield _job(f"{person}-{number}", person, employer, entered_on, first, last, draw)


def _job(
    id: str, person: str, employer: str, entered_on: date, first: int, last: int | None, draw: np.random.Generator
) -> Job:
    """From the first to the last day after entering."""
    starts_on = entered_on + timedelta(days=first)
    ends_on = None if last is None else entered_on + timedelta(days=last + 1)
    term = Term(
        starts_on=starts_on,
        ends_on=ends_on,
        hours_per_week=FULL_TIME * PERCENTS[int(draw.integers(len(PERCENTS)))] / 100,
        form=FORMS[int(draw.integers(len(FORMS)))],
        ordinary_rate=True,
        open_to_anyone=True,
    )
    occupation = OCCUPATIONS[int(draw.integers(len(OCCUPATIONS)))]
    return Job(
        id=id,
        person=person,
        employer=employer,
        occupation=occupation,
        starts_on=starts_on,
        ends_on=ends_on,
        terms=(term,),
    )
