"""What other draws of as many studies would have given: studies are drawn from those that there are, with each as often
as it comes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.many import BLOCK
from fotfeste.evidence.refits import refit
from fotfeste.evidence.studies import TooFewStudies, checked, few_enough
from fotfeste.evidence.tau2 import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """Percentile intervals of the mean and of tau2; ``se`` is the spread of the resampled means."""

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    tau2: float
    tau2_ci_low: float
    tau2_ci_high: float
    k: int
    method: Method
    level: float
    resamples: int


def bootstrap(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: Method = "REML",
    level: float = 0.95,
    resamples: int = 10_000,
    names: Sequence[str] | None = None,
) -> Bootstrap:
    """Refit the model to resampled studies; the same ones each time and on every machine.

    Parameters
    ----------
    effects, variances : array_like of float, shape (k,)
    method : str
        How the variance between studies is estimated in each resample; see ``estimate_tau2``.
    resamples : int
        How many sets are drawn.

    Raises
    ------
    BadStudy, TooFewStudies, TooManyStudies

    References
    ----------
    .. [1] Van den Noortgate and Onghena (2005), Behav Res Methods 37:11-22 (cases as the units).
    .. [2] Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13 (percentiles).
    """
    y, v = checked(effects, variances, names)
    if y.size < 2:
        raise TooFewStudies(y.size, 2)
    few_enough(y.size)
    means, spreads = [], []
    for first in range(0, resamples, BLOCK):
        count = min(BLOCK, resamples - first)
        words = np.random.Philox(key=13, counter=first << 64).random_raw(count * y.size).reshape(count, y.size)
        picked = ((words >> np.uint64(32)) * np.uint64(y.size) >> np.uint64(32)).astype(np.int64)
        told = refit(y[picked], v[picked], method=method)
        means.append(told.estimate)
        spreads.append(told.tau2)
    mean, tau2 = np.concatenate(means), np.concatenate(spreads)
    ends = [(1 - level) / 2, (1 + level) / 2]
    (low, high), (tau2_low, tau2_high) = (np.quantile(values, ends).tolist() for values in (mean, tau2))
    own = refit(y[None], v[None], method=method)
    return Bootstrap(
        estimate=float(own.estimate[0]),
        se=float(mean.std(ddof=1)),
        ci_low=low,
        ci_high=high,
        tau2=float(own.tau2[0]),
        tau2_ci_low=tau2_low,
        tau2_ci_high=tau2_high,
        k=y.size,
        method=method,
        level=level,
        resamples=resamples,
    )
