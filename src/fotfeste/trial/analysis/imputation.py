"""Multiple imputation of an outcome, and Rubin's rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.trial.analysis.adjusted import logistic_fits
from fotfeste.trial.analysis.design import Covariates, design
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, critical, two_sided
from fotfeste.trial.analysis.resampling import SEED, generator

DONORS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """By Rubin's rules. ``riv`` is the relative increase in variance, ``fmi`` the share of information missing."""

    estimate: float
    se: float
    df: float
    within: float
    between: float
    riv: float
    fmi: float
    imputations: int


def pool(estimates: npt.ArrayLike, variances: npt.ArrayLike, *, complete_df: float | None = None) -> Pooled:
    """Combine the analyses of completed data sets.

    Parameters
    ----------
    estimates, variances : array_like of float, shape (m,)
        Of each completed data set, on an additive scale.
    complete_df : float, optional
        Degrees of freedom had nothing been missing [2]_; infinite where it is not given.

    Raises
    ------
    NotEstimable
        ``too_few`` with fewer than two.

    References
    ----------
    .. [1] Rubin (1987), Multiple Imputation for Nonresponse in Surveys, p. 76-77.
    .. [2] Barnard and Rubin (1999), Biometrika 86:948-955.
    """
    q, u = np.asarray(estimates, float), np.asarray(variances, float)
    m = q.size
    if m < 2:
        raise NotEstimable("too_few", "imputations")
    within, between = float(u.mean()), float(q.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    old = (m - 1) / share**2 if share > 0 else float("inf")
    if complete_df is None or np.isinf(complete_df):
        df = old
    else:
        observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
        df = observed if np.isinf(old) else old * observed / (old + observed)
    riv = (1 + 1 / m) * between / within
    return Pooled(
        estimate=float(q.mean()),
        se=total**0.5,
        df=df,
        within=within,
        between=between,
        riv=riv,
        fmi=float((riv + 2 / (df + 3)) / (1 + riv)) if np.isfinite(df) else 0.0,
        imputations=m,
    )


def imputed(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    predictors: Covariates | None = None,
    *,
    kind: Literal["binary", "continuous", "count"],
    imputations: int = 20,
    seed: int = SEED,
) -> Floats:
    """Complete outcomes, shape (imputations, n), drawn as if missing for reasons the predictors tell of.

    A yes or no from a logistic regression; an amount or a score by predictive mean matching with five donors, so
    that it is always a value that somebody had [1]_. Coefficients are drawn too. Arms share the slopes of the
    predictors and have levels of their own.

    References
    ----------
    .. [1] van Buuren (2018), Flexible Imputation of Missing Data, sections 3.4 and 3.6.
    """
    y = np.asarray(outcome, float)
    x = design(arm, predictors).matrix
    known = np.isfinite(y)
    completed = np.tile(y, (imputations, 1))
    if known.all():
        return completed
    if known.sum() <= x.shape[1] + 1:
        raise NotEstimable("too_few", "imputation")
    random = generator(seed)
    draw = _yes_or_no if kind == "binary" else _matched
    for row in completed:
        row[~known] = draw(y[known], x[known], x[~known], random)
    return completed


def analysed(
    completed: Floats, analysis: Callable[[Floats], Effect], *, complete_df: float | None = None, level: float = 0.95
) -> tuple[Effect, Pooled]:
    """One analysis of every completed outcome, pooled. The analysis must give a standard error."""
    each = [analysis(y) for y in completed]
    if any(e.se is None for e in each):
        raise ValueError(f"{each[0].method} gives no standard error to pool")
    told = pool([e.estimate for e in each], [float(e.se or 0) ** 2 for e in each], complete_df=complete_df)
    df = told.df if np.isfinite(told.df) else None
    t = told.estimate / told.se if told.se > 0 else float("nan")
    half = critical(level, df) * told.se
    effect = Effect(
        measure=each[0].measure,
        method=f"{each[0].method}_imputed",
        estimate=told.estimate,
        se=told.se,
        ci_low=told.estimate - half,
        ci_high=told.estimate + half,
        t=t,
        df=df,
        p=two_sided(t, df),
        n=each[0].n,
        level=level,
        warnings=each[0].warnings,
    )
    return effect, told


def _yes_or_no(y: Floats, x: Floats, holes: Floats, random: np.random.Generator) -> Floats:
    # A row of half a yes and half a no for each column keeps a small group where all answered alike from having
    # certainty (White, Daniel and Royston 2010, Comput Stat Data Anal 54:2267-2275).
    columns = x.shape[1]
    typical, spread = x.mean(0), x.std(0)
    pseudo = np.vstack([typical + s * spread * (np.arange(columns) == j) for j in range(columns) for s in (-1, 1)])
    rows, values = np.vstack((x, pseudo, pseudo)), np.concatenate((y, np.ones(2 * columns), np.zeros(2 * columns)))
    weights = np.concatenate((np.ones(y.size), np.full(4 * columns, 0.25)))
    beta = logistic_fits(values, rows, weights[None], np.zeros(columns))[0]
    if not np.isfinite(beta).all():
        raise NotEstimable("did_not_converge", "imputation")
    fitted = special.expit(rows @ beta)
    information = (rows * (weights * fitted * (1 - fitted))[:, None]).T @ rows
    drawn = beta + np.linalg.solve(np.linalg.cholesky(information).T, random.standard_normal(columns))
    return np.asarray(random.random(holes.shape[0]) < special.expit(holes @ drawn), float)


def _matched(y: Floats, x: Floats, holes: Floats, random: np.random.Generator) -> Floats:
    n, columns = x.shape
    inverse = np.linalg.pinv(x.T @ x)
    beta = inverse @ x.T @ y
    left = y - x @ beta
    sigma = float((left @ left / random.chisquare(n - columns)) ** 0.5)
    values, vectors = np.linalg.eigh(inverse)
    drawn = beta + sigma * vectors @ (np.sqrt(np.maximum(values, 0)) * random.standard_normal(columns))
    distance = np.abs((holes @ drawn)[:, None] - x @ beta)
    donors = np.argpartition(distance, DONORS - 1, axis=1)[:, : min(DONORS, n)]
    return np.asarray(y[donors[np.arange(holes.shape[0]), random.integers(0, donors.shape[1], holes.shape[0])]])
