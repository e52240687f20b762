"""What is put in the place of a value that nobody knows, and how far the conclusion hangs on it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.binary import Counts, DifferenceMethod, risk_difference
from fotfeste.trial.analysis.effect import Effect, Floats

Rule = Literal["complete_case", "not_in_work", "best_case", "worst_case"]
STEPS = 5
"""Values a side of the tipping-point table where more people are missing than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoint:
    """If so many of the missing in each arm had had the outcome: the risk difference and whether it is still clear."""

    events1: int
    missing1: int
    events2: int
    missing2: int
    effect: Effect
    excludes_none: bool


def by_rule(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    rule: Rule,
    *,
    better: Literal["higher", "lower"] = "higher",
    highest: float | None = None,
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The outcome after the rule, and who is analysed.

    Parameters
    ----------
    outcome : array_like of float, shape (n,)
        NaN where it is not known.
    arm : array_like of {0, 1}, shape (n,)
    rule : {"complete_case", "not_in_work", "best_case", "worst_case"}
        Left out; 0 for all; or what favours (disfavours) the intervention: the best value for its own missing and the
        worst for control's, or the other way round.
    better : {"higher", "lower"}, optional
        Which end is the best.
    highest : float, optional
        The highest possible value; the highest seen where it is not given. The lowest is 0.

    Returns
    -------
    values : ndarray, shape (n,)
    analysed : ndarray of bool, shape (n,)
    """
    y, group = np.array(outcome, float), np.asarray(arm)
    known = np.isfinite(y)
    if rule == "complete_case":
        return y, known
    if rule == "not_in_work":
        return np.where(known, y, 0.0), np.ones(y.size, bool)
    top = highest if highest is not None else float(np.nanmax(y, initial=0.0))
    best, worst = (top, 0.0) if better == "higher" else (0.0, top)
    for_intervention, for_control = (best, worst) if rule == "best_case" else (worst, best)
    return np.where(known, y, np.where(group == 1, for_intervention, for_control)), np.ones(y.size, bool)


def tipping_points(
    outcome: npt.ArrayLike, arm: npt.ArrayLike, *, method: DifferenceMethod = "newcombe", level: float = 0.95
) -> tuple[TippingPoint, ...]:
    """A yes or no with every share of the missing having had it, in each arm: where does the conclusion turn?

    All counts of an arm with few missing, else ``STEPS`` + 1 of them (Yan, Lee and Li 2009, J Biopharm Stat
    19:1085-1098). Empty where nobody is missing.
    """
    y, group = np.asarray(outcome, float), np.asarray(arm)
    known = np.isfinite(y)
    seen = [(int(y[known & (group == a)].sum()), int((group == a).sum())) for a in (1, 0)]
    missing = [int((~known & (group == a)).sum()) for a in (1, 0)]
    if not any(missing):
        return ()
    rows = []
    for more1 in _steps(missing[0]):
        for more2 in _steps(missing[1]):
            (events1, n1), (events2, n2) = seen
            counts = Counts(events1=events1 + more1, n1=n1, events2=events2 + more2, n2=n2)
            effect = risk_difference(counts, method=method, level=level)
            rows.append(
                TippingPoint(
                    events1=more1,
                    missing1=missing[0],
                    events2=more2,
                    missing2=missing[1],
                    effect=effect,
                    excludes_none=effect.ci_low > 0 or effect.ci_high < 0,
                )
            )
    return tuple(rows)


def _steps(missing: int) -> list[int]:
    return sorted({round(missing * i / STEPS) for i in range(STEPS + 1)})
