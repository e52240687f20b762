"""One pooled effect, with everything that a reader needs to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.model import Fit, Test, fit
from fotfeste.evidence.prediction import Convention, predict
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import checked
from fotfeste.evidence.tau2 import Method
from fotfeste.evidence.tau2_intervals import Tau2Interval, tau2_limits

ONE_STUDY, TWO_STUDIES, TAU2_AT_ZERO, NARROWER_THAN_NORMAL, NO_SPREAD = (
    "one_study",
    "two_studies",
    "tau2_at_zero",
    "hk_narrower_than_normal",
    "hk_without_spread",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledEffect:
    """Ratios are on the log scale. ``z`` or ``t`` is None, the one that was not used; ``i2`` is per cent."""

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    pi_low: float
    pi_high: float
    p: float
    z: float | None
    t: float | None
    df: float | None
    tau2: float
    tau2_se: float
    tau2_ci_low: float
    tau2_ci_high: float
    i2: float
    i2_ci_low: float
    i2_ci_high: float
    h2: float
    h2_ci_low: float
    h2_ci_high: float
    q: float
    q_df: int
    q_p: float
    k: int
    method: Method
    ci: Test
    pi: Convention
    tau2_interval: Tau2Interval
    level: float
    log_likelihood: float
    weights: tuple[float, ...]
    warnings: tuple[str, ...]


def pool(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: Method = "REML",
    ci: Test = "hk_adhoc",
    level: float = 0.95,
    pi: Convention = "as_test",
    tau2_interval: Tau2Interval = "q_profile",
    tau2: float | None = None,
    weights: npt.ArrayLike | None = None,
    names: Sequence[str] | None = None,
) -> PooledEffect:
    """Pool study effects with a random-effects model, or a common effect with ``method="EE"``.

    Parameters
    ----------
    effects : array_like of float, shape (k,)
        One effect per study on an additive scale (log risk ratio, not risk ratio).
    variances : array_like of float, shape (k,)
        Sampling variances, same scale squared. All above 0.
    method : str
        How the variance between studies is estimated; see ``estimate_tau2``.
    ci : {"z", "t", "hk", "hk_adhoc"}
        The default is Hartung-Knapp that is never narrower than the normal interval.
    pi : {"as_test", "hts", "k1", "z"}
        Convention of the prediction interval.
    tau2_interval : {"q_profile", "generalised_q", "profile_likelihood"}
        The generalised Q is for the methods DL, HE and GENQ, the likelihood for ML and REML.
    tau2 : float, optional
        A value that is held.
    names : sequence of str, optional
        The studies' names, for errors.

    Returns
    -------
    PooledEffect
        Estimate, confidence and prediction interval on the input scale.

    Raises
    ------
    BadStudy, TooFewStudies, NoInterval

    References
    ----------
    .. [1] Viechtbauer (2005), J Educ Behav Stat 30:261-293.
    .. [2] Knapp and Hartung (2003), Stat Med 22:2693-2710.
    .. [3] Jackson et al. (2017), Stat Med 36:3923-3934 (never narrower).
    """
    y, v = checked(effects, variances, names)
    used = None if weights is None else np.asarray(weights, dtype=float)
    # GENQ's weights are its own; without any, the inverse variances make it DerSimonian-Laird.
    genq = (1 / v if used is None else used) if method == "GENQ" else None
    model = fit(
        y,
        v,
        method=method,
        test=ci,
        level=level,
        tau2=tau2,
        weights=None if method == "GENQ" else used,
        genq_weights=genq,
    )
    return of_fit(model, pi=pi, tau2_interval=tau2_interval)


def of_fit(model: Fit, *, pi: Convention = "as_test", tau2_interval: Tau2Interval = "q_profile") -> PooledEffect:
    told = predict(model, convention=pi)
    low, high = tau2_limits(model, tau2_interval)
    statistic = float(model.statistic[0])
    return PooledEffect(
        estimate=float(model.coefficients[0]),
        se=float(model.se[0]),
        ci_low=float(model.ci_low[0]),
        ci_high=float(model.ci_high[0]),
        pi_low=float(told.pi_low[0]),
        pi_high=float(told.pi_high[0]),
        p=float(model.p_values[0]),
        z=statistic if model.df is None else None,
        t=None if model.df is None else statistic,
        df=model.df,
        tau2=model.tau2,
        tau2_se=model.tau2_se,
        tau2_ci_low=low,
        tau2_ci_high=high,
        i2=model.i2,
        i2_ci_low=model.i2_at(low),
        i2_ci_high=model.i2_at(high),
        h2=model.h2,
        h2_ci_low=model.h2_at(low),
        h2_ci_high=model.h2_at(high),
        q=model.q,
        q_df=model.q_df,
        q_p=model.q_p,
        k=model.k,
        method=model.method,
        ci=model.test,
        pi=pi,
        tau2_interval=tau2_interval,
        level=model.level,
        log_likelihood=model.likelihood.ll,
        weights=tuple(weights_in_per_cent(model).tolist()),
        warnings=warnings_of(model),
    )


def weights_in_per_cent(model: Fit) -> Floats:
    w = 1 / (model.v + model.tau2) if model.weights is None else model.weights
    return np.asarray(100 * w / w.sum())


def warnings_of(model: Fit) -> tuple[str, ...]:
    """What must be said with the result, as codes."""
    told = []
    if model.k == 1:
        told.append(ONE_STUDY)
    if model.k == 2:
        told.append(TWO_STUDIES)
    if model.method != "EE" and model.k > 1 and model.tau2 == 0:
        told.append(TAU2_AT_ZERO)
    if model.test == "hk" and model.dispersion < 1:
        told.append(NO_SPREAD if model.dispersion < 1e-12 else NARROWER_THAN_NORMAL)
    return tuple(told)
