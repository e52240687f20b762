"""A score measured several times: one model of all waves, so that people with some of them missing still tell.

Our own restricted likelihood: statsmodels has random effects, but not the free covariance of the waves that trials are
analysed with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize

from fotfeste.trial.analysis.design import ARM, Covariates, design
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, wald

Covariance = Literal["UN", "CS", "AR1"]
"""Between a person's waves: free, the same everywhere, or fading with each wave between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedMeasures:
    """``effects`` has one difference a month; ``covariance`` is between the waves of a person."""

    months: tuple[int, ...]
    effects: tuple[Effect, ...]
    covariance: Floats
    log_likelihood: float
    structure: Covariance

    def at(self, month: int) -> Effect:
        return self.effects[self.months.index(month)]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """People with the same waves observed: ``y`` is (people, waves), ``x`` (people, waves, columns)."""

    waves: npt.NDArray[np.intp]
    y: Floats
    x: Floats


def mixed_model(
    outcomes: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    months: Sequence[int],
    structure: Covariance = "UN",
    level: float = 0.95,
) -> RepeatedMeasures:
    """The difference at each wave, by restricted maximum likelihood, with a mean for each arm and wave.

    Holds where values are missing for reasons that the waves, the arm and the covariates tell of (missing at random).

    Parameters
    ----------
    outcomes : array_like of float, shape (n, waves)
        NaN where not measured. People without any wave are left out.
    arm : array_like of {0, 1}, shape (n,)
    covariates : mapping, optional
        Without missing values; the same slope at every wave.
    months : sequence of int, shape (waves,)
    structure : {"UN", "CS", "AR1"}, optional
        Of the covariance. CS is what a random intercept gives.
    level : float, optional
        Confidence level. t with people less columns between people as degrees of freedom, which is exact for
        complete waves and UN without covariates.

    Raises
    ------
    NotEstimable
        ``too_few`` people for the covariance, or ``did_not_converge``.

    References
    ----------
    .. [1] Mallinckrodt et al. (2008), Ther Innov Regul Sci 42:303-319.
    .. [2] Patterson and Thompson (1971), Biometrika 58:545-554, the likelihood.
    """
    y = np.asarray(outcomes, float)
    seen = np.isfinite(y).any(1)
    told = design(np.asarray(arm)[seen], {n: np.asarray(v)[seen] for n, v in (covariates or {}).items()})
    y = y[seen]
    waves = y.shape[1]
    if waves != len(months):
        raise ValueError(f"{waves} waves for {len(months)} months")
    df = told.n - told.matrix.shape[1]
    if df <= waves or (np.isfinite(y).sum(0) < 3).any():
        raise NotEstimable("too_few", "mixed_model")
    patterns = _patterns(y, told.matrix)
    found = optimize.minimize(
        _deviance,
        _start(y, structure),
        args=(patterns, waves, structure),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-7 * told.n, "maxiter": 500},
    )
    # BFGS stops short of its tolerance when rounding ends the line search, at the top all the same.
    if not np.isfinite(found.fun) or np.abs(found.jac).max() > 1e-3 * told.n:
        raise NotEstimable("did_not_converge", "mixed_model")
    sigma = _sigma(found.x, waves, structure)
    coefficients, covariance, _ = _generalised_least_squares(patterns, sigma)
    effects = tuple(
        wald(
            "MD",
            f"mixed_model_{structure}",
            float(coefficients[waves + j]),
            float(covariance[waves + j, waves + j] ** 0.5),
            n=int(np.isfinite(y[:, j]).sum()),
            df=float(df),
            level=level,
            warnings=told.warnings,
        )
        for j in range(waves)
    )
    return RepeatedMeasures(
        months=tuple(months),
        effects=effects,
        covariance=sigma,
        log_likelihood=-float(found.fun) / 2,
        structure=structure,
    )


def _patterns(y: Floats, matrix: Floats) -> list[_Pattern]:
    observed = np.isfinite(y)
    waves = y.shape[1]
    extra = matrix[:, ARM + 1 :]
    by_wave = np.broadcast_to(np.eye(waves), (y.shape[0], waves, waves))
    x = np.concatenate(
        (by_wave, by_wave * matrix[:, ARM, None, None], np.repeat(extra[:, None, :], waves, axis=1)), axis=2
    )
    kinds, of = np.unique(observed, axis=0, return_inverse=True)
    return [
        _Pattern(np.flatnonzero(kind), y[of.ravel() == k][:, kind], x[of.ravel() == k][:, kind])
        for k, kind in enumerate(kinds)
    ]


def _start(y: Floats, structure: Covariance) -> Floats:
    spread = float(np.log(np.nanstd(y, axis=0).mean()))
    waves = y.shape[1]
    if structure != "UN":
        return np.array((spread, 0.5))
    lower = np.zeros((waves, waves))
    np.fill_diagonal(lower, spread)
    return lower[np.tril_indices(waves)]


def _sigma(theta: npt.NDArray[Any], waves: int, structure: Covariance) -> npt.NDArray[Any]:
    """The covariance from free numbers: a Cholesky factor with logarithms on its diagonal, or log sd and correlation.

    Smooth in complex numbers too, so that its derivative is a step along the imaginary axis.
    """
    if structure == "UN":
        lower = np.zeros((waves, waves), theta.dtype)
        lower[np.tril_indices(waves)] = theta
        lower[np.diag_indices(waves)] = np.exp(np.diag(lower))
        return lower @ lower.T
    lag = np.abs(np.subtract.outer(np.arange(waves), np.arange(waves)))
    if structure == "CS":
        lowest = -1 / (waves - 1) if waves > 1 else 0.0
        between = lowest + (1 - lowest) / (1 + np.exp(-theta[1]))
        return np.asarray(np.exp(2 * theta[0]) * np.where(lag == 0, 1.0, between))
    return np.asarray(np.exp(2 * theta[0]) * np.tanh(theta[1]) ** lag)


def _generalised_least_squares(
    patterns: list[_Pattern], sigma: Floats
) -> tuple[Floats, npt.NDArray[Any], list[tuple[npt.NDArray[Any], Floats]]]:
    """Coefficients, their covariance, and of each pattern the inverse covariance, alone and times ``x``."""
    columns = patterns[0].x.shape[2]
    information, towards, weighted = np.zeros((columns, columns)), np.zeros(columns), []
    for p in patterns:
        inverse = np.linalg.inv(sigma[np.ix_(p.waves, p.waves)])
        times_x = inverse @ p.x
        information += p.x.reshape(-1, columns).T @ times_x.reshape(-1, columns)
        towards += times_x.reshape(-1, columns).T @ p.y.ravel()
        weighted.append((inverse, times_x))
    covariance = np.linalg.inv(information)
    return covariance @ towards, covariance, weighted


def _deviance(theta: Floats, patterns: list[_Pattern], waves: int, structure: Covariance) -> tuple[float, Floats]:
    """Minus twice the restricted log-likelihood, and its derivative."""
    sigma = _sigma(theta, waves, structure)
    try:
        coefficients, covariance, weighted = _generalised_least_squares(patterns, sigma)
    except np.linalg.LinAlgError:
        return float("inf"), np.zeros_like(theta)
    columns, values = covariance.shape[0], 0
    total, slope = -float(np.linalg.slogdet(covariance)[1]), np.zeros((waves, waves))
    for p, (inverse, times_x) in zip(patterns, weighted, strict=True):
        residual = p.y - p.x @ coefficients
        left = residual @ inverse
        total += float(np.sum(left * residual)) - p.y.shape[0] * float(np.linalg.slogdet(inverse)[1])
        values += p.y.size
        used = np.tensordot(times_x @ covariance, times_x, axes=((0, 2), (0, 2)))
        slope[np.ix_(p.waves, p.waves)] += p.y.shape[0] * inverse - left.T @ left - used
    total += (values - columns) * float(np.log(2 * np.pi))
    steps = theta + 1e-30j * np.eye(theta.size)
    derivative = [float((slope * _sigma(step, waves, structure).imag).sum() * 1e30) for step in steps]
    return total, np.array(derivative)
