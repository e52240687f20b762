"""The eight measures of Bond, Campbell and Drake (2012), Psychiatr Serv 63:751-757, in four domains."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.binary import Counts, risk_difference
from fotfeste.trial.analysis.continuous import mean_difference, standardised_difference, summary
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable

Domain = Literal["acquisition", "duration", "hours_per_week", "total"]
MEASURES: dict[str, tuple[Domain, Literal["share", "amount"], bool]] = {
    "any_job": ("acquisition", "share", False),
    "days_to_first_job": ("acquisition", "amount", True),
    "weeks_worked": ("duration", "amount", False),
    "longest_job_weeks": ("duration", "amount", False),
    "hours_per_week": ("hours_per_week", "amount", True),
    "any_20_hours": ("hours_per_week", "share", False),
    "hours_worked": ("total", "amount", False),
    "wages_nok": ("total", "amount", False),
}
"""Name, domain, kind, and whether only people who worked have a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """``effect`` is the plain difference (share or mean, Welch); ``size`` is Cohen's h or d.

    A measure that only people who worked have compares groups that randomisation did not make: ``warnings`` has
    ``amount_not_randomised``. Both are None where an arm has too few.
    """

    name: str
    domain: Domain
    intervention: float
    control: float
    n1: int
    n2: int
    effect: Effect | None
    size: float | None
    warnings: tuple[str, ...]


def eight_measures(
    values: Mapping[str, npt.ArrayLike], arm: npt.ArrayLike, *, level: float = 0.95
) -> tuple[Measure, ...]:
    """All eight, or those of them that ``values`` has, in the paper's order.

    Parameters
    ----------
    values : mapping of str to array_like, shape (n,)
        By the names in ``MEASURES``. NaN is missing; ``days_to_first_job`` and ``hours_per_week`` are NaN for
        people who did not work.
    arm : array_like of {0, 1}, shape (n,)
    level : float, optional
        Confidence level.
    """
    unknown = set(values) - set(MEASURES)
    if unknown:
        raise ValueError(f"unknown measures: {sorted(unknown)}")
    group = np.asarray(arm)
    return tuple(_measure(name, np.asarray(values[name], float), group, level) for name in MEASURES if name in values)


def _measure(name: str, y: Floats, group: npt.NDArray[np.generic], level: float) -> Measure:
    domain, kind, workers = MEASURES[name]
    one, two = (y[(group == a) & np.isfinite(y)] for a in (1, 0))
    effect: Effect | None = None
    size: float | None = None
    try:
        if kind == "share":
            counts = Counts(events1=int(one.sum()), n1=one.size, events2=int(two.sum()), n2=two.size)
            effect = risk_difference(counts, level=level)
            # Cohen (1988), p. 181: shares on a scale where the spread is the same everywhere.
            size = float(2 * (np.arcsin(np.sqrt(counts.risk1)) - np.arcsin(np.sqrt(counts.risk2))))
        else:
            arms = summary(one), summary(two)
            effect, size = mean_difference(*arms, level=level), standardised_difference(*arms).estimate
    except NotEstimable:
        pass
    return Measure(
        name=name,
        domain=domain,
        intervention=float(one.mean()) if one.size else float("nan"),
        control=float(two.mean()) if two.size else float("nan"),
        n1=one.size,
        n2=two.size,
        effect=effect,
        size=size,
        warnings=("amount_not_randomised",) if workers else (),
    )
