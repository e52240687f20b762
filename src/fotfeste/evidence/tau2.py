"""The variance between studies: eleven estimators, for one set of studies or for many at once.

Nothing here can fail to converge: the likelihood's score and Cochran's Q are solved inside a bracket, in terms
relative to
the sampling variances, so that the answer does not depend on the unit of the effects.
"""

from typing import Literal, get_args

import numpy as np
from scipy import special

from fotfeste.evidence import many
from fotfeste.evidence.many import Score
from fotfeste.evidence.projection import Floats, Projection, project, trace_pd, trace_pdpe

Method = Literal["DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "GENQ", "EE"]
METHODS: tuple[Method, ...] = get_args(Method)
_ENOUGH = 1e-7  # of the sampling variance: Newton squares what is left, so that the next step is below rounding


def estimate_tau2(
    y: Floats,
    v: Floats,
    x: Floats | None = None,
    *,
    method: Method,
    present: Floats | None = None,
    genq_weights: Floats | None = None,
) -> Floats:
    """Between-study variance of each problem, 0 where the estimate would be negative.

    Parameters
    ----------
    y, v : array of float, shape (..., k)
        Effects and sampling variances, broadcast against each other.
    x : array of float, shape (k, p), optional
        Columns of the design. The intercept alone when it is not given.
    method : {"DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "GENQ", "EE"}
        How it is estimated; "EE" is the common effect, where it is 0.
    present : array of 0 and 1, shape (..., k), optional
        Which studies are in each problem.
    genq_weights : array of float, shape (k,), optional
        The weights of the generalised Q statistic; only for "GENQ".

    Returns
    -------
    array of float, shape (...)

    References
    ----------
    .. [1] Viechtbauer (2005), J Educ Behav Stat 30:261-293 (HE, HS, DL, SJ, ML, REML).
    .. [2] DerSimonian and Kacker (2007), Contemp Clin Trials 28:105-114 (PM, GENQ).
    .. [3] Viechtbauer (2021), in Handbook of Meta-Analysis, chapter 11 (PMM, median-unbiased PM).
    """
    shape = np.broadcast_shapes(y.shape, v.shape, () if present is None else present.shape)
    if x is None and method in ("ML", "REML"):
        restricted = method == "REML"
        if present is None and len(shape) == 1:
            return np.asarray(_one_problem(y, v, restricted=restricted))
        if len(shape) > 1:
            return _means_of_sets(y, v, present, shape, restricted=restricted)
    m = np.ones(shape) if present is None else np.broadcast_to(present, shape)
    y, v = np.broadcast_to(y, shape), np.broadcast_to(v, shape)
    p = 1 if x is None else x.shape[-1]
    k: Floats = m.sum(-1)
    left = np.maximum(k - p, 1e-300)
    zero = np.zeros(shape[:-1])
    if method == "EE":
        return zero
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        raw = _raw(y, v, x, m, k, left, method, genq_weights)
    return np.where(k > p, np.maximum(raw, 0), 0.0)


def _means_of_sets(y: Floats, v: Floats, present: Floats | None, shape: tuple[int, ...], *, restricted: bool) -> Floats:
    used = None if present is None else many.across(np.broadcast_to(present, shape))
    known = v[:, None] if v.ndim == 1 else many.across(np.broadcast_to(v, shape))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = _solve_means(many.across(np.broadcast_to(y, shape)), known, used, restricted=restricted)
    enough = shape[-1] > 1 if used is None else used.sum(0) > 1
    return np.where(enough, np.maximum(found, 0), 0.0).reshape(shape[:-1])


def _raw(
    y: Floats, v: Floats, x: Floats | None, m: Floats, k: Floats, left: Floats, method: Method, weights: Floats | None
) -> Floats:
    """The estimate before it is held at 0, where it has a closed form."""
    if method in ("ML", "REML"):
        return _solve_score(y, v, x, m, left, restricted=method == "REML")
    if method in ("PM", "EB"):
        return solve_q(y, v, x, m, left)
    if method == "PMM":
        return solve_q(y, v, x, m, special.chdtri(left, 0.5))
    if method == "SJ":
        mean = np.vecdot(m, y) / k
        first = np.vecdot(m, (y - mean[..., None]) ** 2) / k
        return np.asarray(first * project(y, m / (v + first[..., None]), x).y_p_y / left)
    if method == "HE":
        return _method_of_moments(y, v, x, m)
    if method == "GENQ":
        if weights is None:
            raise ValueError("GENQ needs genq_weights")
        return _method_of_moments(y, v, x, m * weights)
    fit = project(y, m / v, x)
    if method == "DL":
        return (fit.y_p_y - left) / fit.trace_p
    scale = k / left if method == "HSk" else 1.0
    return (scale * fit.y_p_y - k) / fit.sum_w


def _method_of_moments(y: Floats, v: Floats, x: Floats | None, a: Floats) -> Floats:
    """``(y'Py - tr(PV)) / tr(P)`` with weights of one's own."""
    fit = project(y, a, x)
    if x is None:
        hat = a * a / fit.sum_w[..., None]
    else:
        hat = np.einsum(
            "...k,...kp,...pq,...kq->...k", a * a, np.broadcast_to(x, (*a.shape, x.shape[-1])), fit.inverse, x
        )
    return np.asarray((fit.y_p_y - np.vecdot(a - hat, v)) / fit.trace_p)


def _score(fit: Projection | Score, restricted: bool) -> tuple[Floats, Floats]:
    """Twice the derivative of the log-likelihood, and how far to go from here.

    The quotient of the score's two parts is 1 at the top, and its inverse is nearly a straight line in the variance (it
    is one where all sampling variances are the same), so that Newton's method on it needs few steps.
    """
    own, its_slope = (fit.trace_p, fit.trace_pp) if restricted else (fit.sum_w, fit.sum_ww)
    score = fit.y_pp_y - own
    bend = 2 * own * fit.y_ppp_y - its_slope * fit.y_pp_y
    return score, np.where(bend > 0, fit.y_pp_y * score / np.where(bend > 0, bend, 1.0), score / its_slope)


def _solve_score(y: Floats, v: Floats, x: Floats | None, m: Floats, left: Floats, *, restricted: bool) -> Floats:
    fixed = project(y, m / v, x)
    scale = left / fixed.sum_w
    start = np.maximum((fixed.y_p_y - left) / fixed.trace_p, _method_of_moments(y, v, x, m))

    def step(t: Floats, chosen: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        yc, vc, mc = chosen
        return _score(project(yc, mc / (vc + t[..., None]), x), restricted)

    return _bracketed(step, np.maximum(start, 0), scale, (y, v, m))


def _solve_means(y: Floats, v: Floats, m: Floats | None, *, restricted: bool) -> Floats:
    """``_solve_score`` for the means of many sets; studies down and sets across. ``v`` may be the same in all."""

    def step(t: Floats, chosen: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        yc, vc, *mc = chosen
        w = vc + t
        np.divide(mc[0] if mc else 1.0, w, out=w)
        return _score(many.score(yc, w), restricted)

    out = np.empty(y.shape[1])
    for first in range(0, y.shape[1], many.BLOCK):
        part = slice(first, first + many.BLOCK)
        yc, vc, mc = y[:, part], v[:, part] if v.shape[1] > 1 else v, None if m is None else m[:, part]
        fixed = many.means(yc, (1.0 if mc is None else mc) / vc)
        left = y.shape[0] - 1.0 if mc is None else mc.sum(0) - 1
        own = many.means(yc, np.ones_like(yc) if mc is None else mc)
        sampling = vc.sum(0) / y.shape[0] if mc is None else (mc * vc).sum(0) / (left + 1)
        start = np.maximum((fixed.y_p_y - left) / fixed.trace_p, own.y_p_y / left - sampling)
        data = (yc, vc) if mc is None else (yc, vc, mc)
        scale = np.asarray(left * fixed.inverse[:, 0, 0])
        out[part] = _bracketed(step, np.maximum(start, 0), scale, data, across=True)
    return out


def _one_problem(y: Floats, v: Floats, *, restricted: bool) -> float:
    """The same search as for many problems, for one mean: most of what is asked for, and arrays of one cost too
    much."""
    k = y.size
    if k < 2:
        return 0.0

    def at(t: float) -> tuple[float, float]:
        w = 1 / (v + t)
        sum_w = float(np.add.reduce(w))
        r = y - float(w.dot(y)) / sum_w
        wr, ww = w * r, w * w
        wwr = w * wr
        sum_ww = float(np.add.reduce(ww))
        y_ppp_y = float(wwr.dot(wr)) - float(np.add.reduce(wwr)) ** 2 / sum_w
        ratio = sum_ww / sum_w
        information = sum_ww - 2 * float(ww.dot(w)) / sum_w + ratio**2 if restricted else sum_ww
        own, y_pp_y = (sum_w - ratio if restricted else sum_w), float(wr.dot(wr))
        bend = 2 * own * y_ppp_y - information * y_pp_y
        return y_pp_y - own, (y_pp_y - own) * (y_pp_y / bend if bend > 0 else 1 / information)

    w = 1 / v
    sum_w = float(np.add.reduce(w))
    r = y - float(w.dot(y)) / sum_w
    scale = (k - 1) / sum_w
    t = max(
        0.0,
        (float(w.dot(r * r)) - (k - 1)) / (sum_w - float(w.dot(w)) / sum_w),
        float(np.add.reduce((y - np.add.reduce(y) / k) ** 2)) / (k - 1) - float(np.add.reduce(v)) / k,
    )
    low, high = 0.0, float("inf")
    for _ in range(200):
        score, move = at(t)
        if score > 0:
            low = t
        else:
            high = t
        new = t + move
        if not (low < new < high or new == t):
            new = 0.0 if new <= 0 and low == 0 else ((low + high) / 2 if high < float("inf") else 2 * t + scale)
        near = _ENOUGH * (t + scale)
        if abs(new - t) <= near or high - low <= 1e-15 * (t + scale):
            return max(new, 0.0)
        t = new
    return t


def solve_q(y: Floats, v: Floats, x: Floats | None, m: Floats, target: Floats) -> Floats:
    """The variance at which the generalised Q statistic equals the target; 0 where it never does."""
    shape = np.broadcast_shapes(y.shape[:-1], target.shape)
    full = (*shape, y.shape[-1])
    y, v, m = (np.broadcast_to(a, full) for a in (y, v, m))
    target = np.broadcast_to(target, shape)
    fixed = project(y, m / v, x)

    def step(t: Floats, chosen: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        yc, vc, mc, goal = chosen
        fit = project(yc, mc / (vc + t[..., None]), x)
        q, aim = fit.y_p_y, goal[..., 0]
        # 1/Q is nearly a straight line in the variance, so Newton's method on it needs few steps.
        return q - aim, q * (q / aim - 1) / np.where(fit.y_pp_y > 0, fit.y_pp_y, 1.0)

    # Equal effects leave nothing to divide by, and no variance to look for.
    above = fixed.y_p_y > target
    start = np.where(above, fixed.y_p_y * (fixed.y_p_y / target - 1) / np.where(above, fixed.y_pp_y, 1.0), 0.0)
    return _bracketed(step, start, m.sum(-1) / fixed.sum_w, (y, v, m, target[..., None]))


def _bracketed(  # type: ignore[no-untyped-def]
    step, start: Floats, scale: Floats, data: tuple[Floats, ...], *, across: bool = False
) -> Floats:
    """Newton's method inside a bracket: above the root the function is negative, and the root may lie at 0.

    ``across``: the problems are on the last axis of the data, and what has one of them belongs to all.
    """
    flat = start.reshape(-1).copy()
    scales = np.broadcast_to(scale, start.shape).reshape(-1)
    chosen = data if across or start.ndim == 0 else tuple(a.reshape(-1, a.shape[-1]) for a in data)
    t, low, high = flat, np.zeros_like(flat), np.full_like(flat, np.inf)
    answer, where = np.where(np.isfinite(flat), flat, 0.0), np.arange(flat.size)
    for _ in range(200):  # each step at least halves the bracket, so that this many are never needed
        value, move = step(t if start.ndim else t[0], chosen)
        value, move = np.atleast_1d(value), np.atleast_1d(move)
        up = value > 0
        low, high = np.where(up, t, low), np.where(up, high, t)
        new = t + move
        inside = (new > low) & (new < high) | (new == t)
        if not inside.all():
            middle = np.where(np.isfinite(high), (low + high) / 2, 2 * t + scales)
            new = np.where(inside, new, np.where((new <= 0) & (low == 0), 0.0, middle))
        near = t + scales
        still = (np.abs(new - t) > _ENOUGH * near) & ((high - low) > 1e-15 * near)
        answer[where] = new
        left = np.count_nonzero(still)
        if not left:
            break
        if 2 * left > still.size:  # to go on with all takes less than to pick some
            t = new
            continue
        where, t, low, high, scales = where[still], new[still], low[still], high[still], scales[still]
        if across:
            chosen = tuple(np.compress(still, a, axis=1) if a.shape[1] == still.size else a for a in chosen)
        else:
            chosen = tuple(a[still] for a in chosen)
    return answer.reshape(start.shape)


def tau2_se(
    y: Floats, v: Floats, x: Floats | None, tau2: float, method: Method, weights: Floats | None = None
) -> float:
    """Standard error of the estimate of one problem, by the formulas of Viechtbauer (2005) and of metafor."""
    k, p = y.size, 1 if x is None else x.shape[-1]
    left = k - p
    if method == "EE" or left < 1:
        return float("nan")
    w = 1 / (v + tau2)
    if method == "ML":
        return float(np.sqrt(2 / np.sum(w * w)))
    if method == "REML":
        return float(np.sqrt(2 / project(y, w, x).trace_pp))
    if method in ("PM", "EB", "PMM"):
        return float(np.sqrt(2 * k**2 / left) / np.sum(w))
    if method in ("HE", "GENQ", "SJ"):
        first = float(np.var(y))
        a = {"HE": np.ones(k), "SJ": 1 / (v + first), "GENQ": np.ones(k) if weights is None else weights}[method]
        spread = 2 * trace_pdpe(a, x, v, v) + 4 * tau2 * trace_pdpe(a, x, v) + 2 * tau2**2 * trace_pdpe(a, x)
        return float(np.sqrt(spread) * (first / left if method == "SJ" else 1 / trace_pd(a, x)))
    a = 1 / v
    spread = 2 * left + 4 * tau2 * trace_pd(a, x) + 2 * tau2**2 * trace_pdpe(a, x)
    if method == "DL":
        return float(np.sqrt(spread) / trace_pd(a, x))
    return float(np.sqrt(spread) / np.sum(a) * (k / left if method == "HSk" else 1))
