"""Intervals of two proportions, for arrays of tables at once.

The score intervals are our own: those of statsmodels 0.15 lie up to 3 per cent from the published method and stop on
empty cells. Each takes counts and denominators of the intervention (1) and of control (2), and the normal critical
value.
"""

from collections.abc import Callable

import numpy as np

from fotfeste.trial.analysis.effect import Floats

HALVINGS = 60


def wilson(x: Floats, n: Floats, z: float) -> tuple[Floats, Floats]:
    """Wilson (1927), J Am Stat Assoc 22:209-212."""
    p = x / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At no and all events the limits are 0 and 1, which rounding would miss by a hair.
    return np.where(x == 0, 0.0, middle - half), np.where(x == n, 1.0, middle + half)


def newcombe(x1: Floats, n1: Floats, x2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Risk difference from two Wilson intervals: Newcombe (1998), Stat Med 17:873-890, method 10."""
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, z), wilson(x2, n2, z)
    low = p1 - p2 - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return low, high


def miettinen_nurminen(
    x1: Floats, n1: Floats, x2: Floats, n2: Floats, z: float, *, corrected: bool = True
) -> tuple[Floats, Floats]:
    """Risk difference by the score test: Miettinen and Nurminen (1985), Stat Med 4:213-226.

    Without ``corrected`` (the factor N/(N - 1)) it is Mee's interval.
    """
    n = n1 + n2
    factor = n / (n - 1) if corrected else np.ones_like(n)

    def statistic(d: Floats) -> Floats:
        p2 = _risk_given_difference(x1, n1, x2, n2, d)
        p1 = np.clip(p2 + d, 0, 1)
        variance = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        return _standardised(x1 / n1 - x2 / n2 - d, variance)

    at = x1 / n1 - x2 / n2
    return _limit(statistic, at, -np.ones_like(at), z), _limit(statistic, at, np.ones_like(at), z)


def koopman(x1: Floats, n1: Floats, x2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Log risk ratio by the score test: Koopman (1984), Biometrics 40:513-517. Infinite where an arm has no events."""

    def statistic(log_ratio: Floats) -> Floats:
        ratio = np.exp(log_ratio)
        b = ratio * (n1 + x2) + x1 + n2
        a, c = (n1 + n2) * ratio, x1 + x2
        # The smaller root written so that nothing cancels when the ratio is tiny or huge.
        p2 = 2 * c / (b + np.sqrt(np.maximum(b**2 - 4 * a * c, 0)))
        p2 = np.clip(p2, 0, np.minimum(1, 1 / ratio))
        p1 = ratio * p2
        return _standardised(x1 / n1 - ratio * x2 / n2, p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2)

    with np.errstate(divide="ignore", invalid="ignore"):
        at = np.log(x1 / n1) - np.log(x2 / n2)
    start = np.clip(np.nan_to_num(at, nan=0.0, posinf=30.0, neginf=-30.0), -30, 30)
    low = _limit(statistic, start, np.full_like(start, -30.0), z)
    high = _limit(statistic, start, np.full_like(start, 30.0), z)
    return np.where(x1 == 0, -np.inf, low), np.where(x2 == 0, np.inf, high)


def _risk_given_difference(x1: Floats, n1: Floats, x2: Floats, n2: Floats, d: Floats) -> Floats:
    """The control risk of highest likelihood where the difference is ``d``: the cubic of Miettinen and Nurminen,
    appendix 1, solved by the cosine."""
    n = n1 + n2
    l3, l2 = n, (n1 + 2 * n2) * d - n - x1 - x2
    l1, l0 = (n2 * d - n - 2 * x2) * d + x1 + x2, x2 * d * (1 - d)
    q = l2**3 / (3 * l3) ** 3 - l1 * l2 / (6 * l3**2) + l0 / (2 * l3)
    p = np.where(q >= 0, 1.0, -1.0) * np.sqrt(np.maximum(l2**2 / (3 * l3) ** 2 - l1 / (3 * l3), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.where(p == 0, 0.0, q / p**3)
    angle = (np.pi + np.arccos(np.clip(cosine, -1, 1))) / 3
    risk = 2 * p * np.cos(angle) - l2 / (3 * l3)
    return np.asarray(np.clip(risk, np.maximum(0, -d), np.minimum(1, 1 - d)))


def _standardised(distance: Floats, variance: Floats) -> Floats:
    """With zero variance the data fit perfectly or not at all."""
    misfit = np.where(np.abs(distance) < 1e-12, 0.0, np.copysign(np.inf, distance))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > 1e-300, distance / np.sqrt(variance), misfit)


def _limit(statistic: Callable[[Floats], Floats], inside: Floats, outside: Floats, z: float) -> Floats:
    """Where the statistic passes ``z`` between a value that is in the interval and the end of the scale."""
    inside, outside = np.array(inside, float), np.array(outside, float)
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        kept = np.abs(statistic(middle)) <= z
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    return (inside + outside) / 2
