"""Scores and other numbers in two arms: Welch's test and the analysis of covariance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.design import ARM, Covariates, complete
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, wald

Variance = Literal["HC3", "HC2", "HC1", "HC0", "classical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One arm as papers print it. ``sd`` divides by n - 1."""

    mean: float
    sd: float
    n: int


def summary(values: npt.ArrayLike) -> Summary:
    told = np.asarray(values, float)
    if told.size < 2:
        raise NotEstimable("too_few", "summary")
    return Summary(mean=float(told.mean()), sd=float(told.std(ddof=1)), n=told.size)


def mean_difference(
    one: Summary, two: Summary, *, method: Literal["welch", "pooled"] = "welch", level: float = 0.95
) -> Effect:
    """Mean of the intervention less that of control, from the arms' summaries.

    Welch's test [1]_ asks nothing of the spreads. The pooled one asks that they be equal, and is for checking what
    others printed. Raises ``NotEstimable`` (no_spread) where nobody differs.

    References
    ----------
    .. [1] Welch (1947), Biometrika 34:28-35, with Satterthwaite's degrees of freedom.
    """
    v1, v2 = one.sd**2 / one.n, two.sd**2 / two.n
    if v1 + v2 == 0:
        raise NotEstimable("no_spread", method)
    df = float(one.n + two.n - 2)
    if method == "welch":
        squared = v1 + v2
        df = squared**2 / (v1**2 / (one.n - 1) + v2**2 / (two.n - 1))
    else:
        pooled = ((one.n - 1) * one.sd**2 + (two.n - 1) * two.sd**2) / df
        squared = pooled * (1 / one.n + 1 / two.n)
    return wald("MD", method, one.mean - two.mean, squared**0.5, n=one.n + two.n, df=df, level=level)


def standardised_difference(one: Summary, two: Summary, *, level: float = 0.95) -> Effect:
    """Cohen's d with the pooled standard deviation, and the large-sample interval of Hedges and Olkin (1985), p. 86."""
    n1, n2 = one.n, two.n
    pooled = (((n1 - 1) * one.sd**2 + (n2 - 1) * two.sd**2) / (n1 + n2 - 2)) ** 0.5
    if pooled == 0:
        raise NotEstimable("no_spread", "standardised_difference")
    d = (one.mean - two.mean) / pooled
    se = ((n1 + n2) / (n1 * n2) + d**2 / (2 * (n1 + n2))) ** 0.5
    return wald("SMD", "pooled_sd", d, se, n=n1 + n2, level=level)


def welch(outcome: npt.ArrayLike, arm: npt.ArrayLike, *, level: float = 0.95) -> Effect:
    """``mean_difference`` of the values themselves, arm 1 less arm 0."""
    y, told = complete(outcome, arm, None)
    return mean_difference(*(summary(y[told.matrix[:, ARM] == a]) for a in (1.0, 0.0)), level=level)


def ancova(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    variance: Variance = "HC3",
    level: float = 0.95,
) -> Effect:
    """The mean difference at equal covariates, by least squares.

    Parameters
    ----------
    outcome : array_like of float, shape (n,)
    arm : array_like of {0, 1}, shape (n,)
    covariates : mapping, optional
        The outcome at the start above all.
    variance : {"HC3", "HC2", "HC1", "HC0", "classical"}, optional
        HC3 holds its level where the arms' spreads differ [1]_; t with n - p degrees of freedom in each case.
    level : float, optional
        Confidence level.

    References
    ----------
    .. [1] Long and Ervin (2000), Am Stat 54:217-224.
    """
    y, told = complete(outcome, arm, covariates)
    return least_squares(y, told.matrix, "MD", "ancova", variance=variance, level=level, warnings=told.warnings)


def least_squares(
    y: Floats,
    x: Floats,
    measure: str,
    method: str,
    *,
    variance: Variance = "HC3",
    level: float = 0.95,
    warnings: tuple[str, ...] = (),
    at: int = ARM,
) -> Effect:
    """The coefficient of one column."""
    import statsmodels.api as sm

    if y.size <= x.shape[1]:
        raise NotEstimable("too_few", method)
    if np.ptp(y) == 0:
        raise NotEstimable("no_spread", method)
    fitted = sm.OLS(y, x).fit(cov_type="nonrobust" if variance == "classical" else variance)
    estimate, se = float(fitted.params[at]), float(fitted.bse[at])
    return wald(measure, method, estimate, se, n=y.size, df=float(fitted.df_resid), level=level, warnings=warnings)
