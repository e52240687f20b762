"""Random effects with a prior on how much studies differ, by numerical integration: no sampling, the same each time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import checked, names_of

TauPrior = Literal["half_normal", "half_cauchy", "uniform"]
POINTS = 4001
NEGLIGIBLE = 40.0
"""A log density this far below its top adds less than rounding does."""
BLOCK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEffect:
    """What one study's own effect is, in the light of the others."""

    study: str
    estimate: float
    se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BayesianEffect:
    """Posterior of the mean effect (``estimate``, ``se`` and the central interval ``ci_*``), of tau, and of the effect
    in a new study (``pi_*``). ``p_above`` and ``p_new_above`` are the chances that the mean, and a new study's
    effect, exceed ``threshold``."""

    estimate: float
    se: float
    median: float
    ci_low: float
    ci_high: float
    pi_low: float
    pi_high: float
    tau: float
    tau_median: float
    tau_ci_low: float
    tau_ci_high: float
    threshold: float
    p_above: float
    p_new_above: float
    k: int
    prior: TauPrior
    scale: float | None
    mean_prior: tuple[float, float] | None
    level: float
    studies: tuple[StudyEffect, ...]
    mixture: "Mixture"
    """The posterior itself: of the mean, normal with ``means`` and ``sds`` for each value of tau."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Normal distributions with their ``weights``, one for each value of tau."""

    taus: Floats
    weights: Floats
    means: Floats
    sds: Floats

    def density(self, at: npt.ArrayLike, *, new_study: bool = False) -> Floats:
        """Density of the mean effect, or of the effect in a new study."""
        sds = np.hypot(self.sds, self.taus) if new_study else self.sds
        z = (np.asarray(at, dtype=float)[..., None] - self.means) / sds
        return np.asarray(np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * sds) @ self.weights)


def bayes(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    scale: float | None,
    prior: TauPrior = "half_normal",
    mean_prior: tuple[float, float] | None = None,
    threshold: float = 0.0,
    level: float = 0.95,
    names: Sequence[str] | None = None,
) -> BayesianEffect:
    """Posterior of a random-effects model with normal studies of known variance.

    Parameters
    ----------
    effects, variances : array_like of float, shape (k,)
        On an additive scale, as ``pool`` takes them.
    prior, scale
        Prior of tau: half-normal or half-Cauchy with that scale, or uniform from 0 to ``scale`` (None: to infinity).
        The scale has the effects' unit.
    mean_prior : (mean, sd), optional
        Normal prior of the mean effect; flat without.
    threshold : float
        On the effects' scale.

    Raises
    ------
    BadStudy, TooFewStudies
        A uniform prior without end needs three studies, or two with a prior of the mean, to have a posterior.

    References
    ----------
    .. [1] Röver (2020), J Stat Softw 93(6), section 2 (the conditional posteriors).
    .. [2] Gelman et al. (2013), Bayesian Data Analysis, section 5.4.
    """
    if (scale is None and prior != "uniform") or (scale is not None and scale <= 0):
        raise ValueError(f"scale {scale}: above 0")
    needed = 1 if scale is not None else 3 if mean_prior is None else 2
    y, v = checked(effects, variances, names, needed=needed)
    posterior = _posterior(y, v, prior, scale, mean_prior)
    taus, p, means, sds = posterior.taus, posterior.weights, posterior.means, posterior.sds
    news = np.hypot(sds, taus)
    tail = (1 - level) / 2
    estimate, cumulated = float(p @ means), np.cumsum(p) - p / 2
    return BayesianEffect(
        estimate=estimate,
        se=float(np.sqrt(p @ (sds**2 + (means - estimate) ** 2))),
        median=_quantile(p, means, sds, 0.5),
        ci_low=_quantile(p, means, sds, tail),
        ci_high=_quantile(p, means, sds, 1 - tail),
        pi_low=_quantile(p, means, news, tail),
        pi_high=_quantile(p, means, news, 1 - tail),
        tau=float(p @ taus),
        tau_median=float(np.interp(0.5, cumulated, taus)),
        tau_ci_low=float(np.interp(tail, cumulated, taus)),
        tau_ci_high=float(np.interp(1 - tail, cumulated, taus)),
        threshold=threshold,
        p_above=float(p @ special.ndtr((means - threshold) / sds)),
        p_new_above=float(p @ special.ndtr((means - threshold) / news)),
        k=y.size,
        prior=prior,
        scale=scale,
        mean_prior=mean_prior,
        level=level,
        studies=_study_effects(y, v, posterior, names_of(y.size, names)),
        mixture=posterior,
    )


def _posterior(
    y: Floats, v: Floats, prior: TauPrior, scale: float | None, mean_prior: tuple[float, float] | None
) -> Mixture:
    """The posterior of tau on a grid that is fine where it has weight: tau = c u / (1 - u), u evenly spaced."""
    c = (
        float(np.sqrt(np.median(v)))
        if scale is None or prior == "uniform"
        else min(scale, float(np.sqrt(np.median(v))))
    )
    end = 1.0 - 1e-9 if prior != "uniform" or scale is None else scale / (c + scale)
    low, high = 0.0, end
    for _ in range(3):  # the whole range, then what carries weight, then that again
        u = np.linspace(low, high, POINTS)
        taus = c * u / (1 - u)
        log_p, means, sds = _given_tau(y, v, taus, mean_prior)
        log_p += _log_prior(prior, scale)(taus) - 2 * np.log1p(-u)  # the last is the change of variable
        carries = np.flatnonzero(log_p > log_p.max() - NEGLIGIBLE)
        low, high = u[max(carries[0] - 1, 0)], u[min(carries[-1] + 1, POINTS - 1)]
    p = np.exp(log_p - log_p.max())
    p[[0, -1]] /= 2  # the trapezoid rule
    return Mixture(taus, p / p.sum(), means, sds)


def _given_tau(
    y: Floats, v: Floats, taus: Floats, mean_prior: tuple[float, float] | None
) -> tuple[Floats, Floats, Floats]:
    """Log marginal likelihood, and mean and standard deviation of the mean effect, for each tau."""
    log_p, means, sds = np.empty_like(taus), np.empty_like(taus), np.empty_like(taus)
    step = max(1, BLOCK // y.size)
    centre = float(np.median(y))  # digits are kept when all effects are far from 0
    told = y - centre
    m, precision = (0.0, 0.0) if mean_prior is None else (mean_prior[0] - centre, mean_prior[1] ** -2)
    for i in range(0, taus.size, step):
        part = slice(i, i + step)
        w = 1 / (v + taus[part, None] ** 2)
        total = w.sum(1) + precision
        mean = (w @ told + precision * m) / total
        q = (w * (told - mean[:, None]) ** 2).sum(1) + precision * (mean - m) ** 2
        log_p[part] = (np.log(w).sum(1) - np.log(total) - q) / 2
        means[part], sds[part] = mean + centre, total**-0.5
    return log_p, means, sds


def _log_prior(prior: TauPrior, scale: float | None) -> Callable[[Floats], Floats]:
    s = 1.0 if scale is None else scale
    return {
        "half_normal": lambda tau: -((tau / s) ** 2) / 2,
        "half_cauchy": lambda tau: -np.log1p((tau / s) ** 2),
        "uniform": lambda tau: np.zeros_like(tau),
    }[prior]


def _quantile(p: Floats, means: Floats, sds: Floats, share: float) -> float:
    """Where the mixture of normal distributions has that share below: halved until the digits end."""
    low, high = float((means - 40 * sds).min()), float((means + 40 * sds).max())
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        below = float(p @ special.ndtr((middle - means) / sds)) < share
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2


def _study_effects(y: Floats, v: Floats, posterior: Mixture, names: Sequence[str]) -> tuple[StudyEffect, ...]:
    """Each study's own effect: drawn to the mean by the share of its variance that is its own, for each tau."""
    first, second = np.zeros_like(y), np.zeros_like(y)
    step = max(1, BLOCK // y.size)
    for i in range(0, posterior.taus.size, step):
        taus, p, means, sds = (
            x[i : i + step, None] for x in (posterior.taus, posterior.weights, posterior.means, posterior.sds)
        )
        drawn = v / (v + taus**2)
        mean = drawn * means + (1 - drawn) * y
        variance = drawn * taus**2 + (drawn * sds) ** 2
        first += (p * mean).sum(0)
        second += (p * (variance + mean**2)).sum(0)
    sd = np.sqrt(np.maximum(second - first**2, 0))
    return tuple(StudyEffect(study=n, estimate=float(e), se=float(s)) for n, e, s in zip(names, first, sd, strict=True))
