"""Drawing again: bootstrap of people within arms, and of the randomisation itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable

DRAWS = 2000
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomisationTest:
    """``p`` counts the observed allocation among the draws, so that it is never 0 and the test never too small."""

    p: float
    draws: int
    seed: int
    statistic: float


def generator(seed: int) -> np.random.Generator:
    """Philox is counter based: the same numbers on every machine."""
    return np.random.Generator(np.random.Philox(key=seed))


def resampled_weights(strata: npt.ArrayLike, *, draws: int, seed: int) -> Floats:
    """How many times each person is in each resample, shape (draws, n); each stratum keeps its size."""
    of = np.asarray(strata)
    random = generator(seed)
    weights = np.zeros((draws, of.size))
    for value in np.unique(of):
        at = np.flatnonzero(of == value)
        weights[:, at] = random.multinomial(at.size, np.full(at.size, 1 / at.size), size=draws)
    return weights


def percentile_interval(told: Effect, found: Floats) -> Effect:
    """The effect with an interval from the percentiles of its resamples (Efron and Tibshirani 1993, section 13.3).

    ``p`` is the level at which that interval begins to hold no effect, never below 2 / (draws + 1).
    """
    held = found[np.isfinite(found)]
    if held.size < 0.9 * found.size:
        raise NotEstimable("did_not_converge", "bootstrap")
    low, high = np.quantile(held, ((1 - told.level) / 2, (1 + told.level) / 2))
    warnings = (*told.warnings, "resamples_left_out") if held.size < found.size else told.warnings
    # z and t belong to the delta method's standard error, not to this interval.
    beyond = min(int((held <= 0).sum()), int((held >= 0).sum()))
    return replace(
        told,
        se=float(held.std(ddof=1)),
        ci_low=float(low),
        ci_high=float(high),
        z=None,
        t=None,
        df=None,
        p=min(1.0, 2 * (beyond + 1) / (held.size + 1)),
        warnings=warnings,
    )


def randomisation_test(
    statistic: Callable[[Floats], Floats],
    arm: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    draws: int = 10_000,
    seed: int = SEED,
) -> RandomisationTest:
    """How often an allocation that could have been gives a statistic as far from none as the one seen.

    Parameters
    ----------
    statistic : callable
        From allocations, shape (draws, n), to a value each, 0 meaning no effect. Both directions count.
    arm : array_like of {0, 1}, shape (n,)
        The allocation as it was.
    strata : array_like, shape (n,), optional
        Arms are shuffled within these, each keeping its numbers.
    draws, seed : int, optional
        How many allocations, and from which seed.

    References
    ----------
    .. [1] Phipson and Smyth (2010), Stat Appl Genet Mol Biol 9:39, on counting the observed allocation.
    """
    group = np.asarray(arm, float)
    of = np.zeros(group.size) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    random = generator(seed)
    observed = abs(float(statistic(group[None])[0]))
    order = np.argsort(of, kind="stable")
    as_far = 0
    for start in range(0, draws, 1000):
        size = min(1000, draws - start)
        # Sorting by stratum and then by chance puts each stratum's own arms in a new order.
        shuffled = np.argsort(of + random.random((size, of.size)), axis=1, kind="stable")
        allocated = np.empty((size, of.size))
        np.put_along_axis(allocated, shuffled, np.broadcast_to(group[order], (size, of.size)), axis=1)
        as_far += int((np.abs(statistic(allocated)) >= observed - 1e-12 * max(1.0, observed)).sum())
    return RandomisationTest(p=(1 + as_far) / (1 + draws), draws=draws, seed=seed, statistic=observed)
