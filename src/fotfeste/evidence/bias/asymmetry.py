"""Tests of funnel asymmetry. Several different ones are called Egger's test: the result says which it is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.model import Fit, Test, critical, fit, independent_columns, two_sided
from fotfeste.evidence.projection import Floats, project
from fotfeste.evidence.studies import AllAlike, TooFewStudies, few_enough
from fotfeste.evidence.tau2 import Method

Predictor = Literal["se", "variance", "1/n", "1/sqrt(n)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asymmetry:
    """The slope's test, and the effect where the predictor is 0. ``df`` None is the normal distribution."""

    name: str
    statistic: float
    df: float | None
    p: float
    slope: float
    slope_se: float
    limit: float
    limit_se: float
    limit_ci_low: float
    limit_ci_high: float
    limit_p: float
    k: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTest:
    name: str
    kendall_tau: float
    p: float
    k: int
    exact: bool


def predictor_of(v: Floats, predictor: Predictor, n: Floats | None = None) -> Floats:
    if predictor == "se":
        return np.sqrt(v)
    if predictor == "variance":
        return v
    if n is None:
        raise ValueError(f"{predictor} needs the studies' sizes")
    return 1 / n if predictor == "1/n" else 1 / np.sqrt(n)


def regression_test(
    y: Floats,
    v: Floats,
    *,
    predictor: Predictor = "se",
    n: Floats | None = None,
    method: Method = "REML",
    test: Test = "z",
    level: float = 0.95,
) -> Asymmetry:
    """Effects regressed on precision with tau2 (z or Hartung-Knapp); with method "EE", without it."""
    _enough(y)
    x = np.column_stack((np.ones(y.size), predictor_of(v, predictor, n)))
    _differing(y, x)
    model = fit(y, v, x, method=method, test=test, level=level)
    return _told(model, f"Egger, {method} on {predictor}")


def egger(
    y: Floats, v: Floats, *, predictor: Predictor = "se", n: Floats | None = None, level: float = 0.95
) -> Asymmetry:
    """The original: weighted least squares with a multiplicative dispersion, t with k - 2 (Egger et al. 1997)."""
    _enough(y)
    return _dispersed(
        y, v, predictor_of(v, predictor, n), 1 / v, f"Egger, weighted least squares on {predictor}", level
    )


def peters(
    events1: npt.ArrayLike, n1: npt.ArrayLike, events2: npt.ArrayLike, n2: npt.ArrayLike, *, level: float = 0.95
) -> Asymmetry:
    """Log odds ratios on 1/n, weighted by events and non-events of both groups together: the predictor does not hold
    the effect, as the standard error of an odds ratio does.

    References
    ----------
    .. [1] Peters et al. (2006), JAMA 295:676-680.
    """
    sizes = effect_sizes("OR", events1=events1, n1=n1, events2=events2, n2=n2)
    a, m1, c, m2 = (np.asarray(x, dtype=float)[sizes.usable] for x in (events1, n1, events2, n2))
    y, v, n, events = sizes.effects[sizes.usable], sizes.variances[sizes.usable], m1 + m2, a + c
    _enough(y)
    return _dispersed(y, v, 1 / n, events * (n - events) / n, "Peters, log OR on 1/n", level)


def harbord(
    events1: npt.ArrayLike, n1: npt.ArrayLike, events2: npt.ArrayLike, n2: npt.ArrayLike, *, level: float = 0.95
) -> Asymmetry:
    """The efficient score's Z/V on 1/sqrt(V), weighted by V.

    References
    ----------
    .. [1] Harbord, Egger and Sterne (2006), Stat Med 25:3443-3457.
    """
    a, m1, c, m2 = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (events1, n1, events2, n2))
    n, events = m1 + m2, a + c
    variance = m1 * m2 * events * (n - events) / (n**2 * (n - 1))
    told = variance > 0
    variance, score = variance[told], (a - m1 * events / n)[told]
    _enough(variance)
    at = 1 / np.sqrt(variance)
    return _dispersed(score / variance, 1 / variance, at, variance, "Harbord, score Z/V on 1/sqrt(V)", level)


@dataclass(frozen=True, slots=True, kw_only=True)
class PetPeese:
    """The effect of a study without error: ``pet``'s limit, or ``peese``'s where PET finds an effect; ``used`` says
    which."""

    pet: Asymmetry
    peese: Asymmetry
    used: Literal["PET", "PEESE"]
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    p: float


def pet_peese(y: Floats, v: Floats, *, level: float = 0.95, alpha: float = 0.05) -> PetPeese:
    """PET: weighted least squares on the standard error; PEESE: on the variance. PEESE stands where PET's limit is
    other than 0 at one-sided ``alpha`` on the side of the pooled effect.

    References
    ----------
    .. [1] Stanley and Doucouliagos (2014), Res Synth Methods 5:60-78.
    """
    pet, peese = egger(y, v, level=level), egger(y, v, predictor="variance", level=level)
    same_side = pet.limit * float(np.sum(y / v)) > 0
    used = peese if same_side and pet.limit_p / 2 < alpha else pet
    return PetPeese(
        pet=pet,
        peese=peese,
        used="PEESE" if used is peese else "PET",
        estimate=used.limit,
        se=used.limit_se,
        ci_low=used.limit_ci_low,
        ci_high=used.limit_ci_high,
        p=used.limit_p,
    )


def _dispersed(y: Floats, v: Floats, at: Floats, w: Floats, name: str, level: float) -> Asymmetry:
    x = np.column_stack((np.ones(y.size), at))
    _differing(y, np.sqrt(w)[:, None] * x)
    basis, triangle = np.linalg.qr(x)
    solved = project(y, w, basis)
    back = np.linalg.inv(triangle)
    b = back @ solved.coefficients
    df = y.size - 2
    covariance = back @ solved.inverse @ back.T * float(solved.y_p_y) / df
    se = np.sqrt(np.diagonal(covariance))
    t = b / se
    half = critical(level, df) * se[0]
    p = two_sided(t, df)
    return Asymmetry(
        name=name,
        statistic=float(t[1]),
        df=float(df),
        p=float(p[1]),
        slope=float(b[1]),
        slope_se=float(se[1]),
        limit=float(b[0]),
        limit_se=float(se[0]),
        limit_ci_low=float(b[0] - half),
        limit_ci_high=float(b[0] + half),
        limit_p=float(p[0]),
        k=y.size,
    )


def _told(model: Fit, name: str) -> Asymmetry:
    b, se, p = model.coefficients, model.se, model.p_values
    return Asymmetry(
        name=name,
        statistic=float(model.statistic[1]),
        df=model.df,
        p=float(p[1]),
        slope=float(b[1]),
        slope_se=float(se[1]),
        limit=float(b[0]),
        limit_se=float(se[0]),
        limit_ci_low=float(model.ci_low[0]),
        limit_ci_high=float(model.ci_high[0]),
        limit_p=float(p[0]),
        k=model.k,
    )


def begg(y: Floats, v: Floats) -> RankTest:
    """Kendall's tau between standardised effects and variances (Begg and Mazumdar 1994, Biometrics 50:1088-1101)."""
    _enough(y)
    w = 1 / v
    mean = np.sum(w * y) / np.sum(w)
    return kendall((y - mean) / np.sqrt(v - 1 / np.sum(w)), v)


def kendall(a: Floats, b: Floats) -> RankTest:
    """Tau-b with its exact p without ties (up to 49 studies), else the normal approximation with the ties' variance."""
    k = a.size
    few_enough(k)
    signs = np.sign(a[:, None] - a) * np.sign(b[:, None] - b)
    score = float(signs[np.triu_indices(k, 1)].sum())
    ties = [np.unique(values, return_counts=True)[1].astype(float) for values in (a, b)]
    pairs = k * (k - 1) / 2
    tied = [float(np.sum(t * (t - 1)) / 2) for t in ties]
    if pairs in tied:
        raise AllAlike
    tau = score / np.sqrt((pairs - tied[0]) * (pairs - tied[1]))
    exact = sum(tied) == 0 and k < 50
    if exact:
        counts = np.ones(1)
        for n in range(2, k + 1):
            counts = np.convolve(counts, np.ones(n)) / n  # the distribution of concordant pairs, one study at a time
        at = round((score + pairs) / 2)
        below, above = counts[: at + 1].sum(), counts[at:].sum()
        return RankTest(name="Begg", kendall_tau=float(tau), p=float(min(1.0, 2 * min(below, above))), k=k, exact=True)
    t, u = ties
    v0 = k * (k - 1) * (2 * k + 5)
    vt, vu = np.sum(t * (t - 1) * (2 * t + 5)), np.sum(u * (u - 1) * (2 * u + 5))
    v1 = np.sum(t * (t - 1)) * np.sum(u * (u - 1)) / (2 * k * (k - 1))
    v2 = np.sum(t * (t - 1) * (t - 2)) * np.sum(u * (u - 1) * (u - 2)) / (9 * k * (k - 1) * (k - 2))
    z = score / np.sqrt((v0 - vt - vu) / 18 + v1 + v2)
    return RankTest(name="Begg", kendall_tau=float(tau), p=float(2 * special.ndtr(-abs(z))), k=k, exact=False)


def _differing(y: Floats, x: Floats) -> None:
    if np.ptp(y) == 0 or len(independent_columns(x)) < x.shape[1]:
        raise AllAlike


def _enough(y: Floats) -> None:
    if y.size < 3:
        raise TooFewStudies(y.size, 3)
