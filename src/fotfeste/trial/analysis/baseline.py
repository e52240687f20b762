"""Who the people of each arm were at the start: CONSORT's baseline table.

No tests: what differs between the arms at the start was made by the draw (CONSORT 2010, BMJ 340:c869, item 15).
"""

from dataclasses import dataclass

import numpy as np

from fotfeste.trial.analysis.effect import Floats
from fotfeste.trial.analysis.records import TrialData
from fotfeste.trial.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Of the people with a value, in its own unit; ``sd`` is None for one person alone."""

    mean: float
    sd: float | None
    median: float
    low_quartile: float
    high_quartile: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmAtStart:
    """``people`` have a value and ``missing`` have none. ``counts`` are people by value where the column is a category
    or a yes or no, and ``amount`` is of a number."""

    arm: str
    people: int
    missing: int
    counts: dict[str, int] | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStart:
    """One column, in each arm in the order of the plan."""

    column: str
    arms: tuple[ArmAtStart, ...]


def baseline(plan: Plan, data: TrialData) -> tuple[AtStart, ...]:
    """Site, strata, baseline columns and every outcome at month 0, in the order of the plan."""
    levels = {factor.column: factor.values for factor in plan.factors}
    levels |= {c.column: tuple(v.id for v in c.levels) for c in plan.baseline if c.kind == "category"}
    told = [AtStart(column=c, arms=_categories(plan, data, c, levels[c])) for c in levels]
    numbers = {c.column: False for c in plan.baseline if c.kind == "continuous"}
    numbers |= {p.column: o.kind == "binary" for o in plan.outcomes for p in o.points if p.month == 0}
    return (*told, *(AtStart(column=c, arms=_numbers(plan, data, c, yes_or_no)) for c, yes_or_no in numbers.items()))


def _categories(plan: Plan, data: TrialData, column: str, levels: tuple[str, ...]) -> tuple[ArmAtStart, ...]:
    found = []
    for arm in plan.arms:
        here = data.texts[column][data.arm == arm.id]
        counts = {level: int((here == level).sum()) for level in levels}
        people = sum(counts.values())
        found.append(ArmAtStart(arm=arm.id, people=people, missing=int(here.size) - people, counts=counts))
    return tuple(found)


def _numbers(plan: Plan, data: TrialData, column: str, yes_or_no: bool) -> tuple[ArmAtStart, ...]:
    found = []
    for arm in plan.arms:
        here = data.numbers[column][data.arm == arm.id]
        known = here[np.isfinite(here)]
        found.append(
            ArmAtStart(
                arm=arm.id,
                people=int(known.size),
                missing=int(here.size - known.size),
                counts={"1": int(known.sum())} if yes_or_no else None,
                amount=None if yes_or_no or not known.size else _amount(known),
            )
        )
    return tuple(found)


def _amount(known: Floats) -> Amount:
    low, median, high = (float(v) for v in np.quantile(known, (0.25, 0.5, 0.75)))
    sd = float(known.std(ddof=1)) if known.size > 1 else None
    return Amount(mean=float(known.mean()), sd=sd, median=median, low_quartile=low, high_quartile=high)
