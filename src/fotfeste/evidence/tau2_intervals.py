"""Intervals of the variance between studies, three ways."""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from scipy import special

from fotfeste.evidence.model import Fit
from fotfeste.evidence.projection import project
from fotfeste.evidence.quadratic import chance_below
from fotfeste.evidence.studies import NoInterval
from fotfeste.evidence.tau2 import solve_q

Tau2Interval = Literal["q_profile", "generalised_q", "profile_likelihood"]


def tau2_limits(model: Fit, kind: Tau2Interval = "q_profile") -> tuple[float, float]:
    """The interval of tau2; NaN for a common effect and for a single study, which have none."""
    if kind not in get_args(Tau2Interval):
        raise NoInterval(model.method, kind)
    if model.method == "EE" or model.k <= model.p:
        return float("nan"), float("nan")
    if kind == "profile_likelihood":
        if model.method not in ("ML", "REML"):  # the estimate must be the likelihood's own top
            raise NoInterval(model.method, kind)
        return profile_likelihood(model, model.level)
    if kind == "generalised_q":
        return generalised_q(model, model.level)
    low, high, *_ = q_profile(model, model.level)
    return low, high


def q_profile(model: Fit, level: float) -> tuple[float, float, str, str]:
    """Interval of tau2 where the generalised Q lies between its chi-squared limits (Viechtbauer 2007, Stat Med
    26:37-52).

    The two signs are "<" where even tau2 = 0 leaves Q below the limit, so that the interval's end lies below 0.
    """
    left = model.k - model.p
    if left < 1:
        return 0.0, float("nan"), "", ""
    tail = (1 - level) / 2
    targets = np.array([special.chdtri(left, tail), special.chdtri(left, 1 - tail)])
    basis = None if model.x is None else np.linalg.qr(model.x)[0]
    low, high = solve_q(model.y, model.v, basis, np.ones(model.k), targets)
    below = ["<" if model.q < target else "" for target in targets]
    # The lower limit is 0 without a sign unless the whole interval is below 0.
    return float(low), float(high), below[1] and below[0], below[1]


def generalised_q(model: Fit, level: float) -> tuple[float, float]:
    """Interval of tau2 from the distribution of the Q statistic that estimates it (Jackson 2013, Res Synth Methods
    4:220-229; with moderators Jackson et al. 2014, BMC Med Res Methodol 14:103).

    For the estimators that are such a statistic: DL, HE and GENQ. Q is a weighted sum of chi-squared variables, whose
    weights grow with tau2. The limits are where Q would be so large, or so small, in half of what the level leaves out.
    """
    ones = np.ones(model.k)
    a = {"DL": 1 / model.v, "HE": ones, "GENQ": model.genq_weights}.get(model.method)
    if a is None:
        raise NoInterval(model.method, "generalised_q")
    x = np.ones((model.k, 1)) if model.x is None else np.linalg.qr(model.x)[0]
    ax = a[:, None] * x
    p = np.diag(a) - ax @ np.linalg.solve(x.T @ ax, ax.T)
    q, left = float(model.y @ p @ model.y), model.k - model.p

    def above(t: float, goal: float) -> float:
        root = np.sqrt(model.v + t)
        return chance_below(q, np.asarray(np.linalg.eigvalsh(root[:, None] * p * root)[-left:])) - goal

    def end(goal: float) -> float:
        if q <= 0 or above(0.0, goal) <= 0:  # even without variance between studies Q would be as large
            return 0.0
        high = model.tau2 + model.typical_variance
        while above(high, goal) > 0:
            high *= 2
        return _root(lambda t: above(t, goal), 0.0, high)

    tail = (1 - level) / 2
    return end(1 - tail), end(tail)


def profile_likelihood(model: Fit, level: float) -> tuple[float, float]:
    """Interval of tau2 from the (restricted) likelihood, the coefficients profiled out (Hardy and Thompson 1996)."""
    restricted = model.method == "REML"
    basis = None if model.x is None else np.linalg.qr(model.x)[0]

    def ll(t: float) -> float:
        total = model.v + t
        part = project(model.y, 1 / total, basis)
        return -0.5 * float(np.log(total).sum() + part.y_p_y + (part.log_det if restricted else 0.0))

    goal = ll(model.tau2) - float(special.chdtri(1, 1 - level)) / 2
    scale = model.tau2 + model.typical_variance
    low = 0.0 if ll(0.0) >= goal or model.tau2 == 0 else _root(lambda t: ll(t) - goal, 0.0, model.tau2)
    high = model.tau2 + scale
    while ll(high) > goal:
        high = 2 * high + scale
    return low, _root(lambda t: ll(t) - goal, model.tau2, high)


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(f, low, high, xtol=1e-15 * high, rtol=1e-14, maxiter=500))
