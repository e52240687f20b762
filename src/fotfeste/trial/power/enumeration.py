"""The exact power of a test of two proportions: the chance of every outcome that the test rejects, added up."""

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtri, xlog1py, xlogy

ExactTest = Literal["exact-z", "exact-yates", "fisher"]
Floats = npt.NDArray[np.float64]

SAME = 1 + 1e-7
"""Two tables are as likely as each other when they differ by less: rounding, as in R's ``fisher.test``."""


def exact_power(p1: float, p2: float, n1: int, n2: int, *, alpha: float, sides: int, test: ExactTest) -> float:
    """The chance that the test rejects when ``n1`` and ``n2`` people have the shares ``p1`` and ``p2``.

    Parameters
    ----------
    p1, p2 : float
        Shares, 0 to 1.
    n1, n2 : int
        People in each arm.
    alpha : float
        Level of the test.
    sides : {1, 2}
        With 1 the test looks for a larger share in arm 1.
    test : {"exact-z", "exact-yates", "fisher"}
        Pooled z without or with Yates' correction, or Fisher's exact test.

    Returns
    -------
    float
        Between 0 and 1.
    """
    region = rejected(n1, n2, alpha, sides, test)
    return float(_chances(n1, p1) @ region @ _chances(n2, p2))


def _chances(n: int, p: float) -> Floats:
    """Of 0, 1, … n events."""
    x = np.arange(n + 1)
    chances: Floats = np.exp(_log_ways(n) + xlogy(x, p) + xlog1py(n - x, -p))
    return chances


def _log_ways(n: int) -> Floats:
    """The logarithm of how many ways there are to choose 0, 1, … n people of n."""
    of: Floats = gammaln(np.arange(n + 1) + 1.0)
    ways: Floats = of[n] - of - of[::-1]
    return ways


@lru_cache(maxsize=2)
def rejected(n1: int, n2: int, alpha: float, sides: int, test: ExactTest) -> Floats:
    """Shape (n1 + 1, n2 + 1): 1 where the test rejects with that many events in each arm."""
    if test == "fisher":
        return (_fisher_p(n1, n2, sides) <= alpha).astype(float)
    x1, x2 = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)[None, :]
    difference, total = x1 / n1 - x2 / n2, x1 + x2
    shared = total / (n1 + n2)
    distance = difference if sides == 1 else np.abs(difference)
    if test == "exact-yates":
        distance = distance - np.minimum((1 / n1 + 1 / n2) / 2, np.abs(difference))
    spread = np.sqrt(shared * (1 - shared) * (1 / n1 + 1 / n2))
    region: Floats = ((spread > 0) & (distance >= -ndtri(alpha / sides) * spread)).astype(float)
    return region


def _fisher_p(n1: int, n2: int, sides: int) -> Floats:
    """The p value of every table, one total of events after the other."""
    log1, log2, log_all = _log_ways(n1), _log_ways(n2), _log_ways(n1 + n2)
    p = np.empty((n1 + 1, n2 + 1))
    for total in range(n1 + n2 + 1):
        x1 = np.arange(max(0, total - n2), min(n1, total) + 1)
        chance = np.exp(log1[x1] + log2[total - x1] - log_all[total])
        if sides == 1:
            told = np.cumsum(chance[::-1])[::-1]
        else:
            rising = np.sort(chance)
            told = np.cumsum(rising)[np.searchsorted(rising, chance * SAME, side="right") - 1]
        p[x1, total - x1] = told
    return p
