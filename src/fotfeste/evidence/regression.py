"""Meta-regression: which moderators the effects differ by, and how much of the variance they account for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.model import Fit, JointTest, Test, fit, two_sided, wald
from fotfeste.evidence.moderators import Design, Terms, design
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import BadStudy, checked, names_of
from fotfeste.evidence.tau2 import Method


@dataclass(frozen=True, kw_only=True)
class MetaRegression:
    """The fitted model, the joint tests, and what a reader must know. ``r2`` is per cent and None without tau2."""

    model: Fit
    design: Design
    names: tuple[str, ...]
    joint: JointTest | None
    by_term: dict[str, JointTest]
    r2: float | None
    warnings: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def meta_regression(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: Mapping[str, npt.ArrayLike],
    terms: Terms | str,
    *,
    method: Method = "REML",
    ci: Test = "hk",
    level: float = 0.95,
    names: Sequence[str] | None = None,
) -> MetaRegression:
    """Regress effects on moderators with tau2 for what is left.

    Parameters
    ----------
    effects, variances : array_like of float, shape (k,)
    moderators : mapping of str to array_like
        Text is a factor. Studies where one is missing are left out and named.
    terms : Terms or str
        Such as ``"epl + year"``; see ``parse_terms``.

    Returns
    -------
    MetaRegression
        Columns that repeat earlier ones are dropped from left to right, and named.

    References
    ----------
    .. [1] Thompson and Higgins (2002), Stat Med 21:1559-1573.
    .. [2] Raudenbush (1994), in Handbook of Research Synthesis (R2 as the share of tau2).
    """
    told = names_of(np.size(np.asarray(effects)), names)
    y, v = checked(effects, variances, told)
    made = design(moderators, terms)
    keep = made.present
    model = fit(y[keep], v[keep], made.x, method=method, test=ci, level=level, columns=made.columns)
    owner = dict(zip(made.columns, made.owner, strict=True))
    by_term: dict[str, list[int]] = {}
    for i, column in enumerate(model.columns):
        by_term.setdefault(owner[column], []).append(i)
    slopes = [i for i, column in enumerate(model.columns) if owner[column] != "intercept"]
    r2 = None
    if method != "EE" and "intercept" in model.columns:
        alone = fit(y[keep], v[keep], method=method).tau2
        r2 = max(0.0, 100 * (alone - model.tau2) / alone) if alone > 0 else 0.0
    warnings = []
    if not keep.all():
        warnings.append("moderator_missing")
    if model.dropped:
        warnings.append("collinear_dropped")
    if model.k < 10 * len(slopes):
        warnings.append("few_studies_per_moderator")
    return MetaRegression(
        model=model,
        design=made,
        names=tuple(n for n, used in zip(told, keep, strict=True) if used),
        joint=model.joint_test(slopes) if slopes else None,
        by_term={term: model.joint_test(which) for term, which in by_term.items() if term != "intercept"},
        r2=r2,
        warnings=tuple(warnings),
        left_out=tuple(n for n, used in zip(told, keep, strict=True) if not used),
        dropped=model.dropped,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasts:
    """One value a contrast; ``joint`` tests that all are 0. ``df`` is None for the normal distribution."""

    estimate: Floats
    se: Floats
    statistic: Floats
    df: float | None
    p: Floats
    ci_low: Floats
    ci_high: Floats
    joint: JointTest


def contrasts(model: Fit, weights: npt.ArrayLike) -> Contrasts:
    """Weighted sums of the coefficients, such as one level of a factor less another.

    Parameters
    ----------
    weights : array_like of float, shape (m, p) or (p,)
        A row a contrast, a weight a coefficient in the order of ``model.columns``. No row may follow from the others.

    References
    ----------
    .. [1] Fox (2016), Applied Regression Analysis, 9.4.4 (general linear hypotheses).
    """
    rows = np.atleast_2d(np.asarray(weights, dtype=float))
    if rows.shape[1] != model.p:
        raise ValueError(f"{model.p} weights are needed, one for each of {', '.join(model.columns)}")
    estimate, covariance = rows @ model.coefficients, rows @ model.covariance @ rows.T
    se = np.sqrt(np.diagonal(covariance))
    half = model.critical * se
    return Contrasts(
        estimate=estimate,
        se=se,
        statistic=estimate / se,
        df=model.df,
        p=two_sided(estimate / se, model.df),
        ci_low=estimate - half,
        ci_high=estimate + half,
        joint=wald(estimate, covariance, model.df),
    )


def variance_inflation(model: Fit) -> Floats:
    """How much wider each slope's variance is for the company it keeps (Fox and Monette 1992); the intercept left
    out."""
    which = [i for i, c in enumerate(model.columns) if c != "intercept"]
    part = model.covariance[np.ix_(which, which)]
    spread = np.sqrt(np.diagonal(part))
    return np.asarray(np.diagonal(np.linalg.inv(part / np.outer(spread, spread))))


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodRatio:
    """A larger model against one inside it. Both must be fitted by ML, or by REML with the same columns."""

    lrt: float
    df: int
    p: float
    r2: float | None


def likelihood_ratio(full: Fit, reduced: Fit) -> LikelihoodRatio:
    from scipy.special import chdtrc

    if full.method == "REML" or reduced.method == "REML":
        raise ValueError("models with different moderators are compared under ML, not REML")
    if full.k != reduced.k:
        raise BadStudy("", "k", reduced.k, "missing")
    lrt = max(0.0, 2 * (full.likelihood.ll - reduced.likelihood.ll))
    df = full.p - reduced.p
    r2 = max(0.0, 100 * (reduced.tau2 - full.tau2) / reduced.tau2) if reduced.tau2 > 0 else None
    return LikelihoodRatio(lrt=lrt, df=df, p=float(chdtrc(df, lrt)), r2=r2)
