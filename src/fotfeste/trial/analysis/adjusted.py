"""A yes or no, adjusted for what was known at the start: logistic, standardised, Poisson and log-binomial."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.trial.analysis.design import ARM, Covariates, Design, complete, glm
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, wald
from fotfeste.trial.analysis.resampling import DRAWS, SEED, percentile_interval, resampled_weights

Variance = Literal["robust", "model"]


def adjusted_odds_ratio(
    outcome: npt.ArrayLike, arm: npt.ArrayLike, covariates: Covariates | None = None, *, level: float = 0.95
) -> Effect:
    """The odds ratio of a logistic regression, conditional on the covariates, with Wald's interval.

    It is larger than the one that covariates are not held fixed in, even in a perfect trial: the odds ratio does not
    collapse (Gail et al. 1984, Biometrika 71:431-444). Raises ``NotEstimable`` (no_events)
    where nobody or everybody in an arm has the outcome.
    """
    import statsmodels.api as sm

    y, told = _with_and_without(outcome, arm, covariates, "logistic")
    fitted = glm(y, told.matrix, sm.families.Binomial(), "logistic")
    return _of_coefficient("OR", "logistic", fitted, told, level)


def adjusted_risk_ratio(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    method: Literal["poisson", "log_binomial"] = "poisson",
    level: float = 0.95,
) -> Effect:
    """The risk ratio of a Poisson regression with a robust variance [1]_, or of a log-binomial one.

    The log-binomial model is often without an answer when covariates are many, and then raises ``NotEstimable``
    (did_not_converge).

    References
    ----------
    .. [1] Zou (2004), Am J Epidemiol 159:702-706.
    """
    import statsmodels.api as sm

    y, told = _with_and_without(outcome, arm, covariates, method)
    poisson = glm(y, told.matrix, sm.families.Poisson(), method, cov_type="HC0")
    if method == "poisson":
        return _of_coefficient("RR", method, poisson, told, level)
    family = sm.families.Binomial(link=sm.families.links.Log())
    # Poisson's answer, moved down so that no fitted risk is above 1.
    start = poisson.params.copy()
    start[0] -= max(0.0, float((told.matrix @ start).max()) + 0.01)
    fitted = glm(y, told.matrix, family, method, start=start)
    if (fitted.fittedvalues >= 1 - 1e-9).any():
        raise NotEstimable("did_not_converge", method)
    return _of_coefficient("RR", method, fitted, told, level)


def standardised(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    measure: Literal["RD", "RR"] = "RD",
    interval: Literal["delta", "bootstrap"] = "delta",
    variance: Variance = "robust",
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Effect:
    """What the risk would be if everybody had the intervention, against if nobody had.

    Parameters
    ----------
    outcome, arm : array_like of {0, 1}, shape (n,)
    covariates : mapping, optional
        Baseline columns of the logistic regression behind the risks.
    measure : {"RD", "RR"}, optional
        Difference of the two risks, or the logarithm of their ratio.
    interval : {"delta", "bootstrap"}, optional
        From the derivatives, or percentiles of ``draws`` resamples of people within each arm.
    variance : {"robust", "model"}, optional
        Of the coefficients (HC0, or the model's own), for the delta interval.
    level : float, optional
        Confidence level.
    draws, seed : int, optional
        Of the bootstrap: the same seed gives the same interval everywhere.

    Returns
    -------
    Effect
        ``warnings`` has ``resamples_left_out`` where some resamples held no answer.

    References
    ----------
    .. [1] Steingrimsson, Hanley and Rosenblum (2017), Contemp Clin Trials 54:18-24.
    .. [2] Localio, Margolis and Berlin (2007), J Clin Epidemiol 60:874-882, on the delta method.
    """
    import statsmodels.api as sm

    y, told = _with_and_without(outcome, arm, covariates, "standardised")
    cov_type = "HC0" if variance == "robust" else "nonrobust"
    fitted = glm(y, told.matrix, sm.families.Binomial(), "standardised", cov_type=cov_type)
    risks, slopes = zip(*(_risk(told.with_arm(a), fitted.params) for a in (1.0, 0.0)), strict=True)
    if measure == "RD":
        estimate, slope = risks[0] - risks[1], slopes[0] - slopes[1]
    else:
        estimate, slope = np.log(risks[0] / risks[1]), slopes[0] / risks[0] - slopes[1] / risks[1]
    se = float(np.sqrt(slope @ np.asarray(fitted.cov_params()) @ slope))
    delta = wald(measure, f"standardised_{interval}", estimate, se, n=told.n, level=level, warnings=told.warnings)
    if interval == "delta":
        return delta
    found = _resampled(y, told, fitted.params, measure, draws, seed)
    return percentile_interval(delta, found)


def _with_and_without(
    outcome: npt.ArrayLike, arm: npt.ArrayLike, covariates: Covariates | None, what: str
) -> tuple[Floats, Design]:
    """An arm where nobody or everybody has the outcome has no finite log odds: Newcombe and Koopman do that case."""
    y, told = complete(outcome, arm, covariates)
    for a in (0.0, 1.0):
        if np.unique(y[told.matrix[:, ARM] == a]).size < 2:
            raise NotEstimable("no_events", what)
    return y, told


def _of_coefficient(measure: str, method: str, fitted: object, told: Design, level: float) -> Effect:
    estimate, se = float(fitted.params[ARM]), float(fitted.bse[ARM])  # type: ignore[attr-defined]
    return wald(measure, method, estimate, se, n=told.n, level=level, warnings=told.warnings)


def _risk(x: Floats, coefficients: Floats) -> tuple[float, Floats]:
    """The mean risk and its derivative by the coefficients."""
    p = special.expit(x @ coefficients)
    return float(p.mean()), (p * (1 - p)) @ x / x.shape[0]


def _resampled(y: Floats, told: Design, start: Floats, measure: str, draws: int, seed: int) -> Floats:
    weights = resampled_weights(told.matrix[:, ARM], draws=draws, seed=seed)
    coefficients = logistic_fits(y, told.matrix, weights, start)
    with np.errstate(invalid="ignore", divide="ignore"):
        risk1, risk0 = (
            (weights * special.expit(coefficients @ told.with_arm(a).T)).sum(1) / told.n for a in (1.0, 0.0)
        )
        return np.asarray(risk1 - risk0 if measure == "RD" else np.log(risk1 / risk0))


def logistic_fits(y: Floats, x: Floats, weights: Floats, start: Floats, *, steps: int = 30) -> Floats:
    """Coefficients of one logistic regression for each row of weights, all at once; NaN where none was found.

    Newton's steps on (draws, p) coefficients: the matrix of products of columns is made once.
    """
    n, p = x.shape
    products = (x[:, :, None] * x[:, None, :]).reshape(n, p * p)
    beta = np.tile(start, (weights.shape[0], 1))
    settled = np.zeros(weights.shape[0], bool)
    for _ in range(steps):
        fitted = special.expit(beta @ x.T)
        gradient = (weights * (y - fitted)) @ x
        information = ((weights * fitted * (1 - fitted)) @ products).reshape(-1, p, p)
        # A resample may miss a category altogether; the ridge leaves its coefficient where it was.
        information += 1e-9 * np.eye(p)
        step = np.linalg.solve(information, gradient[..., None])[..., 0]
        step *= np.minimum(1, 5 / np.maximum(np.abs(step).max(1, keepdims=True), 1e-300))
        beta = beta + step
        settled = np.abs(step).max(1) < 1e-8
        if settled.all():
            break
    # Coefficients that run off to infinity leave risks of 0 or 1 that are themselves settled.
    settled |= np.abs((weights * (y - special.expit(beta @ x.T))) @ x).max(1) < 1e-5
    return np.where(settled[:, None], beta, np.nan)
