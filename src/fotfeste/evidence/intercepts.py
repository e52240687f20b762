"""Models of both groups' counts, where each study has a level of its own: any level (fixed), or one drawn (random)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.counts import Family
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.search import curvature, smallest

Slices = Callable[[float, float], Floats]
"""Each study's log-likelihood at an effect and a standard deviation between studies."""

Z = np.linspace(-8, 8, 321)
LOG_WEIGHT = -(Z**2) / 2 - 0.5 * np.log(2 * np.pi) + np.log(Z[1] - Z[0])
# An even grid over the normal distribution: its error falls faster than any power of the step.


@dataclass(frozen=True, slots=True)
class Groups:
    """Events and people (or time at risk) of both groups, and how the events vary."""

    a: Floats
    n1: Floats
    c: Floats
    n2: Floats
    family: Family

    @property
    def level(self) -> float:
        """The log odds or log rate of everybody."""
        return float(self.family.link((self.a + self.c).sum() / (self.n1 + self.n2).sum()))

    def density(self, first: Floats, second: Floats) -> Floats:
        f = self.family.log_density
        return f(self.a, self.n1, first) + f(self.c, self.n2, second)

    def left(self, first: Floats, second: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """What the events are above their means, and the variances of both."""
        (mean1, w1), (mean2, w2) = self.family.moments(self.n1, first), self.family.moments(self.n2, second)
        return self.a - mean1, self.c - mean2, w1, w2


def fixed_intercepts(g: Groups) -> Slices:
    """Each study's own intercept is maximised for every value of the effect and tau: the curvature left is the
    full one."""
    last = g.family.link((g.a + g.c + 0.5) / (g.n1 + g.n2 + 1))
    columns = Groups(g.a[:, None], g.n1[:, None], g.c[:, None], g.n2[:, None], g.family)

    def of(theta: float, tau: float) -> Floats:
        nonlocal last
        z = Z if tau else np.zeros(1)
        weight = LOG_WEIGHT if tau else np.zeros(1)
        intercept = last.copy()
        up, down = theta / 2 + tau * z / 2, -theta / 2 - tau * z / 2
        for _ in range(100):
            first, second = intercept[:, None] + up, intercept[:, None] + down
            values = columns.density(first, second) + weight
            total = special.logsumexp(values, axis=1)
            share = np.exp(values - total[:, None])
            r1, r2, w1, w2 = columns.left(first, second)
            score = r1 + r2
            slope = (share * score).sum(1)
            bend = (share * (w1 + w2 - score**2)).sum(1) + slope**2
            move = np.clip(slope / np.where(bend > 1e-8, bend, 1.0), -1, 1)
            intercept = intercept + move
            if np.max(np.abs(move)) < 1e-10:
                break
        last = intercept
        return np.asarray(total)

    return of


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomIntercepts:
    """``se`` is the effect's; ``q_wald`` and ``saturated`` come from the model where each study has its own effect."""

    effect: float
    se: float
    sigma: float
    tau: float
    ll: float
    common_ll: float
    q_wald: float
    saturated: float


def random_intercepts(g: Groups, *, common: bool) -> RandomIntercepts:
    """Two random effects a study, by Laplace's approximation, as lme4 has it for more than one."""

    def slices(mean: float, theta: float, sigma: float, tau: float) -> Floats:
        u = np.zeros((2, g.a.size))
        for _ in range(100):
            first = mean + theta / 2 + sigma * u[0] + tau * u[1] / 2
            second = mean - theta / 2 + sigma * u[0] - tau * u[1] / 2
            r1, r2, w1, w2 = g.left(first, second)
            g0, g1 = sigma * (r1 + r2) - u[0], tau * (r1 - r2) / 2 - u[1]
            h00, h11, h01 = 1 + sigma**2 * (w1 + w2), 1 + tau**2 * (w1 + w2) / 4, sigma * tau * (w1 - w2) / 2
            det = h00 * h11 - h01**2
            move = np.stack(((h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det))
            u = u + np.clip(move, -2, 2)
            if np.max(np.abs(move)) < 1e-10:
                break
        return np.asarray(g.density(first, second) - (u**2).sum(0) / 2 - np.log(det) / 2)

    def minus_ll(at: Floats) -> float:
        return -float(slices(float(at[1]), float(at[0]), float(at[2]), float(at[3]) if at.size > 3 else 0.0).sum())

    start = [0.0, g.level, 0.5]
    best = smallest(minus_ll, [start if common else [*start, 0.5]])
    one = best if common else smallest(minus_ll, [[*best[:3].tolist()]])
    q_wald, saturated = _own_slopes(g, float(one[1]) - float(one[0]) / 2, float(abs(one[2])))
    return RandomIntercepts(
        effect=float(best[0]),
        se=float(np.sqrt(np.linalg.inv(curvature(minus_ll, best))[0, 0])),
        sigma=float(best[2]),
        tau=0.0 if common else float(best[3]),
        ll=-minus_ll(best),
        common_ll=-minus_ll(one),
        q_wald=q_wald,
        saturated=saturated,
    )


def _own_slopes(g: Groups, mean: float, sigma: float) -> tuple[float, float]:
    """Wald's Q and the log-likelihood where each study has an effect of its own beside its random intercept.

    The second group's level is ``mean`` plus the random intercept, the first group's the study's effect more.
    """

    def slices(theta: Floats, mean: float, sigma: float) -> Floats:
        u = np.zeros_like(g.a)
        for _ in range(100):
            first, second = mean + theta + sigma * u, mean + sigma * u
            r1, r2, w1, w2 = g.left(first, second)
            bend = 1 + sigma**2 * (w1 + w2)
            move = (sigma * (r1 + r2) - u) / bend
            u = u + np.clip(move, -2, 2)
            if np.max(np.abs(move)) < 1e-10:
                break
        return g.density(first, second) - u**2 / 2 - np.log(bend) / 2

    def best_effects(mean: float, sigma: float) -> Floats:
        low, high = np.full_like(g.a, -20.0), np.full_like(g.a, 20.0)
        for _ in range(24):  # golden section: each study's likelihood has one top in its effect
            one, two = high - 0.618034 * (high - low), low + 0.618034 * (high - low)
            left = slices(one, mean, sigma) > slices(two, mean, sigma)
            low, high = np.where(left, low, one), np.where(left, two, high)
        theta, step = (low + high) / 2, 1e-3
        for _ in range(3):  # close to it, the top of a parabola
            below, here, above = (slices(theta + d, mean, sigma) for d in (-step, 0.0, step))
            bend = (2 * here - below - above) / step**2
            theta = theta + np.clip((above - below) / (2 * step) / np.where(bend > 1e-6, bend, np.inf), -1e-2, 1e-2)
        return theta

    def minus_ll(at: Floats) -> float:
        return -float(slices(best_effects(float(at[0]), float(at[1])), float(at[0]), float(at[1])).sum())

    mean, sigma = (float(x) for x in smallest(minus_ll, [[mean, sigma]]))
    theta = best_effects(mean, sigma)
    kept = np.abs(theta) < 10  # a study without events in a group has no finite effect, and no weight in the test
    h = np.zeros((3, 3, g.a.size))
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
