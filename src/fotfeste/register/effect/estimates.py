"""Means of groups whose members may be alike, and what follows from them."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
RATIOS = frozenset({"RR", "ratio_of_means"})
"""Measures whose estimate is kept as a logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One effect with its interval; a logarithm for ratios. ``t`` has ``df`` degrees of freedom, ``z`` none."""

    measure: str
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    p: float
    level: float
    z: float | None = None
    t: float | None = None
    df: float | None = None

    @property
    def shown(self) -> tuple[float, float, float]:
        """Estimate and interval as people read them."""
        told = np.array((self.estimate, self.ci_low, self.ci_high))
        low = np.exp(told) if self.measure in RATIOS else told
        return float(low[0]), float(low[1]), float(low[2])

    def as_dict(self) -> dict[str, Any]:
        """The fields, and for ratios the same back-transformed."""
        told = asdict(self)
        if self.measure in RATIOS:
            told |= dict(zip(("ratio", "ratio_ci_low", "ratio_ci_high"), self.shown, strict=True))
        return told


def wald(measure: str, estimate: float, variance: float, *, df: float | None, level: float) -> Estimate:
    """The estimate whose interval and test come from its variance; the normal distribution where ``df`` is None."""
    se = float(np.sqrt(variance))
    statistic = estimate / se if se > 0 else float("nan")
    upper = (1 + level) / 2
    half = se * float(special.ndtri(upper) if df is None else special.stdtrit(df, upper))
    p = 2 * (special.ndtr(-abs(statistic)) if df is None else special.stdtr(df, -abs(statistic)))
    return Estimate(
        measure=measure,
        estimate=float(estimate),
        se=se,
        ci_low=float(estimate - half),
        ci_high=float(estimate + half),
        p=float(p),
        level=level,
        z=None if df is not None else float(statistic),
        t=float(statistic) if df is not None else None,
        df=df,
    )


def numbered(values: npt.ArrayLike) -> Ints:
    """Whole numbers from 0, one for each different value."""
    return np.asarray(np.unique(np.asarray(values), return_inverse=True)[1], dtype=np.int64)


def group_means(outcome: Floats, group: Ints, cluster: Ints, *, groups: int) -> tuple[Floats, Floats]:
    """Means of groups, and their covariance when people in a cluster may depend on each other in any way.

    Parameters
    ----------
    outcome : array of float, shape (n,)
    group : array of int, shape (n,)
        0 to ``groups`` - 1; each has somebody.
    cluster : array of int, shape (n,)
        Numbered from 0. A cluster may have members of several groups.
    groups : int
        How many.

    Returns
    -------
    means : array of float, shape (groups,)
    covariance : array of float, shape (groups, groups)
        The sandwich of a regression on the groups with the correction CR1, (c / (c - 1)) ((n - 1) / (n - groups)) for c
        clusters and n people: where each person is a cluster, HC1.

    References
    ----------
    .. [1] Cameron and Miller (2015), J Hum Resour 50:317-372, equations 11 and 12.
    """
    sizes = np.bincount(group, minlength=groups)
    means = np.bincount(group, outcome, minlength=groups) / sizes
    clusters = int(cluster.max()) + 1
    away = (outcome - means[group]) / sizes[group]
    sums = np.bincount(cluster * groups + group, away, minlength=clusters * groups).reshape(clusters, groups)
    n = outcome.size
    covariance = np.asarray(sums.T @ sums * (clusters / (clusters - 1)) * ((n - 1) / (n - groups)), dtype=np.float64)
    return means, covariance
