"""Pooling counts with their own likelihood instead of an approximate effect a study: nothing is added to empty
cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.model import critical
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.search import curvature, smallest
from fotfeste.evidence.studies import TooFewStudies

GlmmModel = Literal["UM.FS", "UM.RS", "CM.EL", "CM.AL", "PLO", "IRR"]
"""UM.FS, UM.RS: unconditional with fixed or random study intercepts; CM.EL, CM.AL: conditional on the events of both
groups, exact or approximate; PLO: one group's proportion; IRR: rates, conditional (exact)."""

_Z = np.linspace(-8, 8, 321)
_LOG_WEIGHT = -(_Z**2) / 2 - 0.5 * np.log(2 * np.pi) + np.log(_Z[1] - _Z[0])
# An even grid over the normal distribution: its error falls faster than any power of the step.


@dataclass(frozen=True, slots=True, kw_only=True)
class GlmmFit:
    """``q_wald`` and ``q_lrt`` test heterogeneity under the common effect; None for one group."""

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


Slices = Callable[[float, float], Floats]


def glmm(
    events1: npt.ArrayLike,
    n1: npt.ArrayLike,
    events2: npt.ArrayLike | None = None,
    n2: npt.ArrayLike | None = None,
    *,
    model: GlmmModel = "UM.FS",
    method: Literal["ML", "EE"] = "ML",
    level: float = 0.95,
) -> GlmmFit:
    """Fit by maximum likelihood; ``n1`` and ``n2`` are time at risk for IRR.

    Studies without any event (or with nothing else) tell nothing of a ratio and are left out, with a warning.

    References
    ----------
    .. [1] Stijnen, Hamza and Özdemir (2010), Stat Med 29:3046-3067 (CM.EL, CM.AL).
    .. [2] Jackson et al. (2018), Stat Med 37:1059-1085 (the models by name; effects coded -1/2 and 1/2).
    """
    a, t1 = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (events1, n1))
    one = events2 is None or n2 is None
    c, t2 = (
        (np.zeros_like(a), np.ones_like(t1)) if one else (np.asarray(events2, dtype=float), np.asarray(n2, dtype=float))
    )
    warnings: tuple[str, ...] = ()
    if not one:
        full = (a == t1) & (c == t2) & (model != "IRR")
        told = ~((a + c == 0) | full)
        if not told.all():
            warnings = ("no_events_left_out",)
        a, t1, c, t2 = a[told], t1[told], c[told], t2[told]
    if a.size < 2:
        raise TooFewStudies(a.size, 2)
    if model == "UM.RS":
        return _random_intercepts(a, t1, c, t2, method, level, warnings)
    slices = {
        "UM.FS": lambda: _fixed_intercepts(a, t1, c, t2),
        "CM.AL": lambda: _binomial(a, a + c, np.log(t1 / t2)),
        "IRR": lambda: _binomial(a, a + c, np.log(t1 / t2)),
        "CM.EL": lambda: _hypergeometric(a, t1, c, t2),
        "PLO": lambda: _binomial(a, t1, np.zeros_like(a)),
    }[model]()

    def minus_ll(at: Floats) -> float:
        return -float(slices(float(at[0]), float(at[1]) if at.size > 1 else 0.0).sum())

    starts = [[0.0]] if method == "EE" else [[0.0, 0.5], [-0.5, 0.1]]
    best = smallest(minus_ll, starts)
    ll = -minus_ll(best)
    se = (
        float(np.sqrt(np.linalg.inv(curvature(minus_ll, best))[0, 0]))
        if method == "EE" or abs(best[1]) > 1e-4
        else float("nan")
    )
    if not np.isfinite(se):
        warnings += ("tau2_at_zero",)
        se = float(np.sqrt(1 / curvature(lambda at: minus_ll(np.array([at[0], 0.0])), best[:1])[0, 0]))
    common = -minus_ll(smallest(minus_ll, [[float(best[0])]])) if method == "ML" else ll
    q_wald, saturated = (None, None) if one else _saturated(model, a, t1, c, t2)
    return _told(
        model,
        method,
        best,
        se,
        ll,
        q_wald,
        None if saturated is None else 2 * (saturated - common),
        a.size,
        level,
        warnings,
        float(best[1] ** 2) if method == "ML" else 0.0,
        None,
    )


def _told(
    model: GlmmModel,
    method: Literal["ML", "EE"],
    best: Floats,
    se: float,
    ll: float,
    q_wald: float | None,
    q_lrt: float | None,
    k: int,
    level: float,
    warnings: tuple[str, ...],
    tau2: float,
    sigma2: float | None,
) -> GlmmFit:
    estimate = float(best[0])
    half = critical(level) * se
    return GlmmFit(
        model=model,
        method=method,
        estimate=estimate,
        se=se,
        z=estimate / se,
        p=float(2 * special.ndtr(-abs(estimate / se))),
        ci_low=estimate - half,
        ci_high=estimate + half,
        tau2=tau2,
        sigma2=sigma2,
        ll=ll,
        q_wald=q_wald,
        q_lrt=q_lrt,
        q_df=k - 1,
        k=k,
        level=level,
        warnings=warnings,
    )


def _log_binomial(x: Floats, n: Floats, logit: Floats) -> Floats:
    constant = special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1)
    return np.asarray(constant + x * logit - n * np.logaddexp(0, logit))


def _averaged(log_values: Floats) -> Floats:
    """The log of the mean over the random effect, whose values are on the last axis."""
    return np.asarray(special.logsumexp(log_values + _LOG_WEIGHT, axis=-1))


def _binomial(x: Floats, n: Floats, offset: Floats) -> Slices:
    def of(theta: float, tau: float) -> Floats:
        if tau == 0:
            return _log_binomial(x, n, offset + theta)
        return _averaged(_log_binomial(x[:, None], n[:, None], offset[:, None] + theta + tau * _Z))

    return of


def _hypergeometric(a: Floats, n1: Floats, c: Floats, n2: Floats) -> Slices:
    m = a + c
    j = np.arange(int(m.max()) + 1)
    inside = (j >= (m - n2)[:, None]) & (j <= np.minimum(n1, m)[:, None])
    first, second = np.where(inside, j, 0), np.where(inside, m[:, None] - j, 0)
    ways = np.where(inside, _choose(n1[:, None], first) + _choose(n2[:, None], second), -np.inf)
    own = _choose(n1, a) + _choose(n2, c)

    def of(theta: float, tau: float) -> Floats:
        at = theta + tau * (_Z if tau else np.zeros(1))
        total = special.logsumexp(ways[:, None, :] + at[None, :, None] * j, axis=-1)
        values = own[:, None] + a[:, None] * at - total
        return _averaged(values) if tau else values[:, 0]

    return of


def _choose(n: Floats, x: Floats) -> Floats:
    return np.asarray(special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1))


def _fixed_intercepts(a: Floats, n1: Floats, c: Floats, n2: Floats) -> Slices:
    """Each study's own intercept is maximised for every value of the effect and tau: the curvature left is the
    full one."""
    last = special.logit((a + c + 0.5) / (n1 + n2 + 1))

    def of(theta: float, tau: float) -> Floats:
        nonlocal last
        z = _Z if tau else np.zeros(1)
        weight = _LOG_WEIGHT if tau else np.zeros(1)
        intercept = last.copy()
        up, down = theta / 2 + tau * z / 2, -theta / 2 - tau * z / 2
        for _ in range(100):
            first, second = intercept[:, None] + up, intercept[:, None] + down
            values = (
                _log_binomial(a[:, None], n1[:, None], first) + _log_binomial(c[:, None], n2[:, None], second) + weight
            )
            total = special.logsumexp(values, axis=1)
            share = np.exp(values - total[:, None])
            p, q = special.expit(first), special.expit(second)
            score = (a + c)[:, None] - n1[:, None] * p - n2[:, None] * q
            slope = (share * score).sum(1)
            bend = (share * (n1[:, None] * p * (1 - p) + n2[:, None] * q * (1 - q) - score**2)).sum(1) + slope**2
            move = np.clip(slope / np.where(bend > 1e-8, bend, 1.0), -1, 1)
            intercept = intercept + move
            if np.max(np.abs(move)) < 1e-10:
                break
        last = intercept
        return np.asarray(total)

    return of


def _random_intercepts(
    a: Floats, n1: Floats, c: Floats, n2: Floats, method: Literal["ML", "EE"], level: float, warnings: tuple[str, ...]
) -> GlmmFit:
    """Two random effects a study, by Laplace's approximation, as lme4 has it for more than one."""

    def slices(mean: float, theta: float, sigma: float, tau: float) -> Floats:
        u = np.zeros((2, a.size))
        for _ in range(100):
            first = mean + theta / 2 + sigma * u[0] + tau * u[1] / 2
            second = mean - theta / 2 + sigma * u[0] - tau * u[1] / 2
            p, q = special.expit(first), special.expit(second)
            r1, r2, w1, w2 = a - n1 * p, c - n2 * q, n1 * p * (1 - p), n2 * q * (1 - q)
            g0, g1 = sigma * (r1 + r2) - u[0], tau * (r1 - r2) / 2 - u[1]
            h00, h11, h01 = 1 + sigma**2 * (w1 + w2), 1 + tau**2 * (w1 + w2) / 4, sigma * tau * (w1 - w2) / 2
            det = h00 * h11 - h01**2
            move = np.stack(((h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det))
            u = u + np.clip(move, -2, 2)
            if np.max(np.abs(move)) < 1e-10:
                break
        return np.asarray(
            _log_binomial(a, n1, first) + _log_binomial(c, n2, second) - (u**2).sum(0) / 2 - np.log(det) / 2
        )

    def minus_ll(at: Floats) -> float:
        return -float(slices(float(at[1]), float(at[0]), float(at[2]), float(at[3]) if at.size > 3 else 0.0).sum())

    level_of = float(special.logit((a + c).sum() / (n1 + n2).sum()))
    best = smallest(minus_ll, [[0.0, level_of, 0.5] if method == "EE" else [0.0, level_of, 0.5, 0.5]])
    common = best if method == "EE" else smallest(minus_ll, [[*best[:3].tolist()]])
    se = float(np.sqrt(np.linalg.inv(curvature(minus_ll, best))[0, 0]))
    k = a.size

    q_wald, free = _own_slopes(a, n1, c, n2, float(common[1]) - float(common[0]) / 2, float(abs(common[2])))
    return _told(
        "UM.RS",
        method,
        best,
        se,
        -minus_ll(best),
        q_wald,
        2 * (minus_ll(common) + free),
        k,
        level,
        warnings,
        float(best[3] ** 2) if method == "ML" else 0.0,
        float(best[2] ** 2),
    )


def _own_slopes(a: Floats, n1: Floats, c: Floats, n2: Floats, mean: float, sigma: float) -> tuple[float, float]:
    """Wald's Q and the log-likelihood where each study has an effect of its own beside its random intercept.

    The second group's level is ``mean`` plus the random intercept, the first group's the study's effect more.
    """

    def slices(theta: Floats, mean: float, sigma: float) -> Floats:
        u = np.zeros_like(a)
        for _ in range(100):
            first, second = mean + theta + sigma * u, mean + sigma * u
            p, q = special.expit(first), special.expit(second)
            bend = 1 + sigma**2 * (n1 * p * (1 - p) + n2 * q * (1 - q))
            move = (sigma * (a - n1 * p + c - n2 * q) - u) / bend
            u = u + np.clip(move, -2, 2)
            if np.max(np.abs(move)) < 1e-10:
                break
        return np.asarray(_log_binomial(a, n1, first) + _log_binomial(c, n2, second) - u**2 / 2 - np.log(bend) / 2)

    def best_effects(mean: float, sigma: float) -> Floats:
        low, high = np.full_like(a, -20.0), np.full_like(a, 20.0)
        for _ in range(70):  # golden section: each study's likelihood has one top in its effect
            one, two = high - 0.618034 * (high - low), low + 0.618034 * (high - low)
            left = slices(one, mean, sigma) > slices(two, mean, sigma)
            low, high = np.where(left, low, one), np.where(left, two, high)
        return (low + high) / 2

    def minus_ll(at: Floats) -> float:
        return -float(slices(best_effects(float(at[0]), float(at[1])), float(at[0]), float(at[1])).sum())

    mean, sigma = (float(x) for x in smallest(minus_ll, [[mean, sigma]]))
    theta = best_effects(mean, sigma)
    kept = np.abs(theta) < 10  # a study without events in a group has no finite effect, and no weight in the test
    h = np.zeros((3, 3, a.size))
    d = 1e-3 * np.eye(3)

    def at(step: Floats) -> Floats:
        return slices(theta + step[0], mean + step[1], sigma + step[2])

    for i in range(3):
        for j in range(3):
            h[i, j] = -(at(d[i] + d[j]) - at(d[i] - d[j]) - at(d[j] - d[i]) + at(-d[i] - d[j])) / 4e-6
    m = int(kept.sum())
    whole = np.zeros((m + 2, m + 2))
    whole[:m, :m] = np.diag(h[0, 0, kept])
    whole[:m, m:] = h[0, 1:][:, kept].T
    whole[m:, :m] = whole[:m, m:].T
    whole[m:, m:] = h[1:, 1:].sum(-1)
    covariance = np.linalg.inv(whole)[:m, :m]
    contrast = np.eye(m - 1, m) - np.eye(m - 1, m, 1)
    apart = contrast @ theta[kept]
    q = float(apart @ np.linalg.solve(contrast @ covariance @ contrast.T, apart))
    return q, float(slices(theta, mean, sigma).sum())


def _saturated(model: GlmmModel, a: Floats, n1: Floats, c: Floats, n2: Floats) -> tuple[float, float]:
    """Wald's Q, and the log-likelihood where every study has an effect of its own."""
    m = a + c
    with np.errstate(divide="ignore", invalid="ignore"):
        if model == "UM.FS":
            effects, spread = np.log(a * (n2 - c) / (c * (n1 - a))), 1 / a + 1 / c + 1 / (n1 - a) + 1 / (n2 - c)
            ll = _log_binomial(a, n1, _safe_logit(a, n1)) + _log_binomial(c, n2, _safe_logit(c, n2))
        elif model == "CM.EL":
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
            ll = _log_binomial(a, m, _safe_logit(a, m))
    known = np.isfinite(effects) & np.isfinite(spread)
    w = 1 / spread[known]
    centre = np.sum(w * effects[known]) / w.sum()
    return float(np.sum(w * (effects[known] - centre) ** 2)), float(np.sum(ll))


def _safe_logit(x: Floats, n: Floats) -> Floats:
    return np.asarray(special.logit(np.clip(x / n, 1e-12, 1 - 1e-12)))
