"""Pooling counts with their own likelihood instead of an approximate effect a study: nothing is added to empty
cells."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.counts import BINOMIAL, POISSON, log_binomial, log_ways, safe_logit
from fotfeste.evidence.intercepts import LOG_WEIGHT, Groups, Slices, Z, fixed_intercepts, random_intercepts
from fotfeste.evidence.model import critical
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.search import curvature, smallest
from fotfeste.evidence.studies import TooFewStudies, few_enough

MOST = 1000  # studies: each is integrated over again at every step of the search
GlmmMeasure = Literal["OR", "IRR", "PLO"]
"""Odds ratio, incidence rate ratio, or the log odds of one group."""

GlmmModel = Literal["UM.FS", "UM.RS", "CM.EL", "CM.AL"]
"""UM.FS, UM.RS: unconditional with fixed or random study intercepts; CM.EL, CM.AL: conditional on the events of both
groups, exact or approximate. For rates the exact one is binomial, and there is no other; one group has no model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlmmFit:
    """``q_wald`` and ``q_lrt`` test heterogeneity under the common effect; None for one group."""

    measure: GlmmMeasure
    model: GlmmModel
    method: Literal["ML", "EE"]
    estimate: float
    se: float
    z: float
    p: float
    ci_low: float
    ci_high: float
    tau2: float
    sigma2: float | None
    ll: float
    q_wald: float | None
    q_lrt: float | None
    q_df: int
    k: int
    level: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    """The likelihood's top, whichever model it is of."""

    effect: float
    se: float
    tau: float
    ll: float
    sigma: float | None = None
    q_wald: float | None = None
    q_lrt: float | None = None
    warnings: tuple[str, ...] = ()


def glmm(
    events1: npt.ArrayLike,
    n1: npt.ArrayLike,
    events2: npt.ArrayLike | None = None,
    n2: npt.ArrayLike | None = None,
    *,
    measure: GlmmMeasure = "OR",
    model: GlmmModel = "UM.FS",
    method: Literal["ML", "EE"] = "ML",
    level: float = 0.95,
) -> GlmmFit:
    """Fit by maximum likelihood; ``n1`` and ``n2`` are time at risk for IRR. PLO takes the first group alone.

    Studies without any event (or with nothing else) tell nothing of a ratio and are left out, with a warning.

    Raises
    ------
    TooFewStudies
        With fewer than two studies that tell something.
    TooManyStudies
        With more than ``MOST``.
    ValueError
        For CM.AL of rates, whose exact model is no harder, or a ratio of one group.

    References
    ----------
    .. [1] Stijnen, Hamza and Özdemir (2010), Stat Med 29:3046-3067 (CM.EL, CM.AL).
    .. [2] Jackson et al. (2018), Stat Med 37:1059-1085 (the models by name; effects coded -1/2 and 1/2).
    """
    if measure == "IRR" and model == "CM.AL":
        raise ValueError("rates have the exact conditional model alone")
    a, t1 = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (events1, n1))
    one = measure == "PLO"
    warnings: tuple[str, ...] = ()
    c, t2 = np.zeros_like(a), np.ones_like(t1)
    if not one:
        if events2 is None or n2 is None:
            raise ValueError("a ratio needs two groups")
        c, t2 = np.asarray(events2, dtype=float), np.asarray(n2, dtype=float)
        told = (a + c > 0) & ~((a == t1) & (c == t2) & (measure != "IRR"))
        if not told.all():
            warnings = ("no_events_left_out",)
        a, t1, c, t2 = a[told], t1[told], c[told], t2[told]
    if a.size < 2:
        raise TooFewStudies(a.size, 2)
    few_enough(a.size, MOST)
    groups = Groups(a, t1, c, t2, POISSON if measure == "IRR" else BINOMIAL)
    if model == "UM.RS" and not one:
        found = random_intercepts(groups, common=method == "EE")
        top = _Top(
            effect=found.effect,
            se=found.se,
            tau=found.tau,
            ll=found.ll,
            sigma=found.sigma,
            q_wald=found.q_wald,
            q_lrt=2 * (found.saturated - found.common_ll),
        )
    else:
        slices = _binomial(a, t1, np.zeros_like(a)) if one else _slices(groups, model)
        top = _highest(slices, method)
        if not one:
            common = top.ll if method == "EE" else _highest(slices, "EE", near=top.effect).ll
            q_wald, saturated = _saturated(groups, model)
            top = replace(top, q_wald=q_wald, q_lrt=2 * (saturated - common))
    half = critical(level) * top.se
    return GlmmFit(
        measure=measure,
        model=model,
        method=method,
        estimate=top.effect,
        se=top.se,
        z=top.effect / top.se,
        p=float(2 * special.ndtr(-abs(top.effect / top.se))),
        ci_low=top.effect - half,
        ci_high=top.effect + half,
        tau2=top.tau**2,
        sigma2=None if top.sigma is None else top.sigma**2,
        ll=top.ll,
        q_wald=top.q_wald,
        q_lrt=top.q_lrt,
        q_df=a.size - 1,
        k=a.size,
        level=level,
        warnings=warnings + top.warnings,
    )


def _slices(g: Groups, model: GlmmModel) -> Slices:
    if model == "UM.FS":
        return fixed_intercepts(g)
    if model == "CM.EL" and g.family is BINOMIAL:
        return _hypergeometric(g.a, g.n1, g.c, g.n2)
    return _binomial(g.a, g.a + g.c, np.log(g.n1 / g.n2))


def _highest(slices: Slices, method: Literal["ML", "EE"], near: float = 0.0) -> _Top:
    def minus_ll(at: Floats) -> float:
        return -float(slices(float(at[0]), float(at[1]) if at.size > 1 else 0.0).sum())

    best = smallest(minus_ll, [[near]] if method == "EE" else [[0.0, 0.5], [-0.5, 0.1]])
    tau = float(best[1]) if method == "ML" else 0.0
    se = float("nan")
    warnings: tuple[str, ...] = ()
    if method == "EE" or abs(tau) > 1e-4:
        se = float(np.sqrt(np.linalg.inv(curvature(minus_ll, best))[0, 0]))
    if not np.isfinite(se):
        warnings = ("tau2_at_zero",)
        se = float(np.sqrt(1 / curvature(lambda at: minus_ll(np.array([at[0], 0.0])), best[:1])[0, 0]))
    return _Top(effect=float(best[0]), se=se, tau=tau, ll=-minus_ll(best), warnings=warnings)


def _averaged(log_values: Floats) -> Floats:
    """The log of the mean over the random effect, whose values are on the last axis."""
    return np.asarray(special.logsumexp(log_values + LOG_WEIGHT, axis=-1))


def _binomial(x: Floats, n: Floats, offset: Floats) -> Slices:
    def of(theta: float, tau: float) -> Floats:
        if tau == 0:
            return log_binomial(x, n, offset + theta)
        return _averaged(log_binomial(x[:, None], n[:, None], offset[:, None] + theta + tau * Z))

    return of


def _hypergeometric(a: Floats, n1: Floats, c: Floats, n2: Floats) -> Slices:
    """The studies' possible tables stand after each other on one axis: most studies have few, and one has many."""
    m = a + c
    low, high = np.maximum(m - n2, 0), np.minimum(n1, m)
    tables = (high - low + 1).astype(int)
    begins = np.cumsum(tables) - tables
    study = np.repeat(np.arange(a.size), tables)
    first = low[study] + np.arange(study.size) - begins[study]
    ways = log_ways(n1[study], first) + log_ways(n2[study], m[study] - first)
    own = log_ways(n1, a) + log_ways(n2, c)

    def of(theta: float, tau: float) -> Floats:
        at = theta + tau * (Z if tau else np.zeros(1))
        terms = ways + at[:, None] * first
        highest = np.maximum.reduceat(terms, begins, axis=1)
        total = highest + np.log(np.add.reduceat(np.exp(terms - highest[:, study]), begins, axis=1))
        values = (own + a * at[:, None] - total).T
        return _averaged(values) if tau else values[:, 0]

    return of


def _saturated(g: Groups, model: GlmmModel) -> tuple[float, float]:
    """Wald's Q, and the log-likelihood where every study has an effect of its own."""
    a, n1, c, n2 = g.a, g.n1, g.c, g.n2
    with np.errstate(divide="ignore", invalid="ignore"):
        if model == "CM.EL" and g.family is BINOMIAL:
            slices = _hypergeometric(a, n1, c, n2)
            grid = np.linspace(-12, 12, 2401)
            values = np.stack([slices(float(t), 0.0) for t in grid])
            at = np.argmax(values, 0)
            effects, ll = grid[at], values.max(0)
            ends = (at == 0) | (at == grid.size - 1)
            i = np.clip(at, 1, grid.size - 2)
            left, here, right = (np.take_along_axis(values, (i + d)[None], 0)[0] for d in (-1, 0, 1))
            h = grid[1] - grid[0]
            bend = (left - 2 * here + right) / h**2
            shift = np.where(ends, 0.0, -(right - left) / (2 * h) / bend)
            effects, ll = effects + shift, ll - 0.5 * bend * np.where(ends, 0, shift) ** 2
            spread = np.where(ends, np.inf, -1 / bend)
        else:
            effects, spread = np.log(a / c) - np.log(n1 / n2), 1 / a + 1 / c
            ll = log_binomial(a, a + c, safe_logit(a / (a + c)))
            if model == "UM.FS":
                ll = g.density(g.family.link(a / n1), g.family.link(c / n2))
                if g.family is BINOMIAL:
                    effects = effects + np.log((n2 - c) / (n1 - a)) + np.log(n1 / n2)
                    spread = spread + 1 / (n1 - a) + 1 / (n2 - c)
    known = np.isfinite(effects) & np.isfinite(spread)
    w = 1 / spread[known]
    centre = np.sum(w * effects[known]) / w.sum()
    return float(np.sum(w * (effects[known] - centre) ** 2)), float(np.sum(ll))
