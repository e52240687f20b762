"""Time to the first job: the curve, the log-rank test, Cox's hazard ratio and restricted mean time.

Times are days from inclusion; ``event`` is 1 when the job came and 0 when the person was followed that long without.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.trial.analysis.design import ARM, Covariates, complete, refusing
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, critical, wald


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Kaplan-Meier: the share still without the event after each time at which it came to somebody.

    ``se`` is Greenwood's; the limits are on the log(-log) scale, which keeps them between 0 and 1. ``at_risk`` is
    just before each time; ``followed`` are everybody's days, sorted.
    """

    times: Floats
    survival: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    at_risk: npt.NDArray[np.int64]
    events: npt.NDArray[np.int64]
    followed: Floats
    level: float

    @property
    def n(self) -> int:
        return int(self.followed.size)

    @property
    def longest(self) -> float:
        return float(self.followed[-1])

    def at(self, day: float) -> float:
        """The share without the event after ``day``."""
        i = int(np.searchsorted(self.times, day, side="right"))
        return float(self.survival[i - 1]) if i else 1.0

    def se_at(self, day: float) -> float:
        i = int(np.searchsorted(self.times, day, side="right"))
        return float(self.se[i - 1]) if i else 0.0

    @property
    def median(self) -> float | None:
        """The first day by which half have had the event: None if fewer than half have."""
        return self._when_half(self.survival)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """Days when the limits of the curve pass one half (Brookmeyer and Crowley 1982, Biometrics 38:29-41)."""
        return self._when_half(self.ci_low), self._when_half(self.ci_high)

    def _when_half(self, share: Floats) -> float | None:
        # A curve that stands on one half exactly has its median in the middle of that step, as in R.
        exactly = np.flatnonzero(np.abs(share - 0.5) < 1e-12)
        if exactly.size and exactly[-1] + 1 < self.times.size:
            return float((self.times[exactly[0]] + self.times[exactly[-1] + 1]) / 2)
        reached = np.flatnonzero(share <= 0.5)
        return float(self.times[reached[0]]) if reached.size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """``observed`` and ``expected`` are events of the intervention."""

    chi2: float
    df: int
    p: float
    observed: float
    expected: float


def kaplan_meier(time: npt.ArrayLike, event: npt.ArrayLike, *, level: float = 0.95) -> Curve:
    """The curve of one arm: Kaplan and Meier (1958), J Am Stat Assoc 53:457-481.

    Parameters
    ----------
    time : array_like of float, shape (n,)
        Days, above 0.
    event : array_like of {0, 1}, shape (n,)
    level : float, optional
        Confidence level of the limits.
    """
    days, came = _checked(time, event)
    times = np.unique(days[came])
    at_risk = days.size - np.searchsorted(np.sort(days), times, side="left")
    events = np.searchsorted(np.sort(days[came]), times, side="right") - np.searchsorted(
        np.sort(days[came]), times, side="left"
    )
    left = at_risk - events
    survival = np.asarray(np.cumprod(left / at_risk), float)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * left))
        se = np.where(survival > 0, survival * np.sqrt(greenwood), 0.0)
        half = critical(level) * np.sqrt(greenwood) / np.log(survival)
        low, high = survival ** np.exp(-half), survival ** np.exp(half)
    return Curve(
        times=times,
        survival=survival,
        se=se,
        ci_low=np.where(survival > 0, np.minimum(low, high), 0.0),
        ci_high=np.where(survival > 0, np.maximum(low, high), 0.0),
        at_risk=at_risk,
        events=events,
        followed=np.sort(days),
        level=level,
    )


def log_rank(
    time: npt.ArrayLike,
    event: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    weight: Literal["log_rank", "peto"] = "log_rank",
) -> LogRank:
    """Whether the arms' curves are one: Mantel (1966), or weighted by the curve itself (Peto and Peto 1972).

    Within ``strata`` where they are given, and added over them.
    """
    days, came = _checked(time, event)
    group = complete(days, arm, None)[1].matrix[:, ARM]
    of = np.zeros(days.size) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    parts = [_observed_expected(days[of == s], came[of == s], group[of == s], weight) for s in np.unique(of)]
    observed, expected, variance = (float(v) for v in np.sum(parts, axis=0))
    if variance == 0:
        raise NotEstimable("no_events", "log_rank")
    chi2 = (observed - expected) ** 2 / variance
    return LogRank(chi2=chi2, df=1, p=float(special.chdtrc(1, chi2)), observed=observed, expected=expected)


def cox(
    time: npt.ArrayLike,
    event: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    ties: Literal["efron", "breslow"] = "efron",
    strata: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Effect:
    """The hazard ratio: above 1, the job comes sooner with the intervention. By statsmodels.

    Raises ``NotEstimable`` (no_events) when it came to nobody in one of the arms.
    """
    import statsmodels.api as sm

    days, came = _checked(time, event)
    _, told = complete(days, arm, covariates)
    if any(not came[told.matrix[:, ARM] == a].any() for a in (0.0, 1.0)):
        raise NotEstimable("no_events", "cox")
    with refusing("cox"):
        model = sm.PHReg(days, told.matrix[:, 1:], status=came.astype(float), ties=ties, strata=strata)
        fitted = model.fit(method="newton", disp=False, maxiter=200)
    estimate, se = float(fitted.params[0]), float(fitted.bse[0])
    if not np.isfinite(se) or se > 100:
        raise NotEstimable("did_not_converge", "cox")
    return wald("HR", f"cox_{ties}", estimate, se, n=told.n, level=level, warnings=told.warnings)


def restricted_mean(time: npt.ArrayLike, event: npt.ArrayLike, *, until: float) -> tuple[float, float]:
    """Mean days without the event up to day ``until``, and its standard error.

    The area under the curve, with the variance of Andersen et al. (1993), Statistical Models Based on Counting
    Processes, p. 290. Raises ``NotEstimable`` (too_few) when nobody was followed to ``until`` and the curve has not
    come down to 0.
    """
    days, came = _checked(time, event)
    curve = kaplan_meier(days, came)
    if curve.longest < until and curve.at(until) > 0:
        raise NotEstimable("too_few", "restricted_mean")
    inside = curve.times < until
    edges = np.concatenate(([0.0], curve.times[inside], [until]))
    heights = np.concatenate(([1.0], curve.survival[inside]))
    areas = heights * np.diff(edges)
    after = np.cumsum(areas[::-1])[::-1][1:]
    events, left = curve.events[inside], (curve.at_risk - curve.events)[inside]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(left > 0, after**2 * events / (curve.at_risk[inside] * left), 0.0)
    return float(areas.sum()), float(np.sqrt(terms.sum()))


def restricted_mean_difference(
    time: npt.ArrayLike, event: npt.ArrayLike, arm: npt.ArrayLike, *, until: float, level: float = 0.95
) -> Effect:
    """Days without the event up to ``until``, intervention less control: below 0, the job comes sooner.

    Asks nothing of the hazards (Royston and Parmar 2013, BMC Med Res Methodol 13:152).
    """
    days, came = _checked(time, event)
    group = complete(days, arm, None)[1].matrix[:, ARM]
    (m1, s1), (m0, s0) = (restricted_mean(days[group == a], came[group == a], until=until) for a in (1.0, 0.0))
    return wald("RMST", "restricted_mean", m1 - m0, (s1**2 + s0**2) ** 0.5, n=days.size, level=level)


def _checked(time: npt.ArrayLike, event: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.bool_]]:
    days, came = np.asarray(time, float), np.asarray(event, float)
    if days.size == 0:
        raise NotEstimable("too_few", "survival")
    if days.shape != came.shape or not np.isfinite(days).all() or (days < 0).any():
        raise ValueError("times are days from 0, one for each event")
    if not np.isin(came, (0, 1)).all():
        raise ValueError("an event is 0 or 1")
    return days, came.astype(bool)


def _observed_expected(days: Floats, came: npt.NDArray[np.bool_], group: Floats, weight: str) -> Floats:
    """Weighted events of arm 1, those expected if the arms were one, and the variance."""
    times = np.unique(days[came])
    ordered, ordered1 = np.sort(days), np.sort(days[group == 1])
    n = days.size - np.searchsorted(ordered, times, side="left")
    n1 = ordered1.size - np.searchsorted(ordered1, times, side="left")
    d, d1 = (
        np.array([np.searchsorted(e, times, side=side) for side in ("left", "right")])
        for e in (np.sort(days[came]), np.sort(days[came & (group == 1)]))
    )
    d, d1 = d[1] - d[0], d1[1] - d1[0]
    w = np.ones(times.size)
    if weight == "peto":
        # The curve just before each time, as R's survdiff takes it with rho = 1.
        w = np.concatenate(([1.0], np.cumprod(1 - d / n)[:-1]))
    share = n1 / n
    variance = np.where(n > 1, d * share * (1 - share) * (n - d) / np.maximum(n - 1, 1), 0.0)
    return np.array(((w * d1).sum(), (w * d * share).sum(), (w**2 * variance).sum()))
