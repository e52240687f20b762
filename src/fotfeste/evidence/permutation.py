"""Tests that need no large sample: every sign or order is tried where that can be done, else the same drawn ones
each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.many import BLOCK
from fotfeste.evidence.model import Fit
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.refits import refit
from fotfeste.evidence.studies import few_enough

Statistic = Literal["test", "coefficient"]
EXACT_UP_TO = 100_000
_CHUNK = BLOCK  # as many as are solved at once
_TIE = np.sqrt(np.finfo(float).eps)  # values this close are equal: the observed order is one of the permuted ones


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """Two-sided p of each coefficient; ``joint_p`` of all slopes. ``exact``: every arrangement was tried."""

    p: Floats
    joint_p: float | None
    permutations: int
    exact: bool
    statistic: Statistic
    warnings: tuple[str, ...] = ()


def permutation_test(
    model: Fit, *, statistic: Statistic = "test", iterations: int = 10_000, exact_up_to: int = EXACT_UP_TO
) -> PermutationTest:
    """Signs are flipped for a mean, moderators are shuffled for a regression (Follmann and Proschan 1999; Higgins and
    Thompson 2004, Stat Med 23:1663-1682). ``statistic``: the studentised coefficient or the plain one.
    """
    few_enough(model.k)
    if model.x is None:
        exact = 2**model.k <= exact_up_to
        count = 2**model.k if exact else iterations
        # All signs turned is the same size with the other sign: half of them are all of them, each twice.
        tried = count // 2 if exact else count
        seen, own = np.zeros(1), None
        for signs in _signs(model.k, tried, exact):
            found, _ = _statistics(model, signs * model.y, model.v, statistic)
            own = np.abs(found[0]) if own is None else own  # the first signs are the effects as they are
            seen += (np.abs(found) >= own - _TIE * np.maximum(1, own)).sum(0)
        return PermutationTest(
            p=seen / tried,
            joint_p=None,
            permutations=count,
            exact=exact,
            statistic=statistic,
            warnings=() if exact else ("drawn_permutations",),
        )
    exact = factorial(model.k) <= exact_up_to
    count = factorial(model.k) if exact else iterations
    seen, joint, own = np.zeros(model.p), 0, None
    for order in _orders(model.k, count, exact):
        found, q = _statistics(model, model.y[order], model.v[order], statistic)
        if own is None:  # the first order is the one observed
            own, own_q = np.abs(found[0]), q[0]
        seen += (np.abs(found) >= own - _TIE * np.maximum(1, own)).sum(0)
        joint += int((q >= own_q - _TIE * max(1, own_q)).sum())
    return PermutationTest(
        p=seen / count,
        joint_p=joint / count,
        permutations=count,
        exact=exact,
        statistic=statistic,
        warnings=() if exact else ("drawn_permutations",),
    )


def permutation_interval(
    model: Fit,
    *,
    level: float | None = None,
    statistic: Statistic = "test",
    iterations: int = 10_000,
    exact_up_to: int = EXACT_UP_TO,
) -> tuple[float, float]:
    """The means that the permutation test does not refuse, for a model without moderators.

    Infinite where no mean is refused: with k studies no two-sided p is below ``2**(1 - k)``.
    """
    level = model.level if level is None else level
    alpha, mean = 1 - level, float(model.coefficients[0])
    exact = 2**model.k <= exact_up_to
    count = 2**model.k if exact else iterations
    if exact and 2.0 ** (1 - model.k) > alpha:
        return -np.inf, np.inf
    signs = np.concatenate(list(_signs(model.k, count, exact)))
    width = float(np.ptp(model.y)) + float(np.max(np.sqrt(model.v)))

    def p(mu: float) -> float:
        moved = model.y - mu
        own = np.abs(_statistics(model, moved[None], model.v[None], statistic)[0][0, 0])
        found = np.abs(_statistics(model, signs * moved, model.v, statistic)[0][:, 0])
        return float((found >= own - _TIE * max(1.0, own)).mean())

    ends = []
    for side in (-1, 1):
        inside, outside = mean, mean + side * width
        while p(outside) > alpha:
            outside = mean + 2 * (outside - mean)
        while abs(outside - inside) > 1e-9 * width:
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if p(middle) > alpha else (inside, middle)
        ends.append((inside + outside) / 2)
    return ends[0], ends[1]


def _statistics(model: Fit, y: Floats, v: Floats, statistic: Statistic) -> tuple[Floats, Floats]:
    """The coefficients' statistics, and the joint one of the slopes, for each permuted row of effects."""
    basis = triangle = None
    if model.x is not None:
        basis, triangle = np.linalg.qr(model.x)
    told = refit(
        np.atleast_2d(y),
        v,
        basis,
        method=model.method,
        test=model.test,
        tau2=np.full(np.atleast_2d(y).shape[0], model.tau2) if model.tau2_given else None,
    )
    b, covariance = told.coefficients, told.covariance
    if triangle is not None:
        back = np.linalg.inv(triangle)
        b, covariance = b @ back.T, back @ covariance @ back.T
    q = np.zeros(b.shape[0])
    if model.p > 1:
        which = [i for i, c in enumerate(model.columns) if c != "intercept"]
        slopes = b[:, which]
        q = np.einsum("ip,ip->i", slopes, np.linalg.solve(covariance[:, which][:, :, which], slopes[..., None])[..., 0])
    if statistic == "coefficient":
        return b, q
    with np.errstate(divide="ignore", invalid="ignore"):
        return b / np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1)), q


def _signs(k: int, count: int, exact: bool) -> Iterator[Floats]:
    """Rows of +1 and -1, the first one all +1: each once, or drawn by a counter that is the same on every machine."""
    bits = np.arange(k, dtype=np.uint64)
    for start in range(0, count, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, count), dtype=np.uint64)
        if exact:
            flipped = (rows[:, None] >> bits) & np.uint64(1)
        else:
            words = _drawn(start, rows.size * k).reshape(rows.size, k)
            flipped = words >> np.uint64(63)
            flipped[rows == 0] = 0
        yield 1.0 - 2.0 * flipped.astype(float)


def _orders(k: int, count: int, exact: bool) -> Iterator[npt.NDArray[np.intp]]:
    for start in range(0, count, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, count))
        if exact:
            yield _nth_orders(rows, k)
            continue
        order = np.argsort(_drawn(start, rows.size * k).reshape(rows.size, k), axis=1, kind="stable")
        order[rows == 0] = np.arange(k)
        yield order


def _nth_orders(rows: npt.NDArray[np.int64], k: int) -> npt.NDArray[np.intp]:
    """Orders by their number: each digit of the factorial number system picks one of those that are left."""
    left = np.broadcast_to(np.arange(k), (rows.size, k)).copy()
    out = np.empty((rows.size, k), dtype=np.intp)
    rest = rows.copy()
    for place in range(k):
        digit, rest = np.divmod(rest, factorial(k - 1 - place))
        out[:, place] = left[np.arange(rows.size), digit]
        keep = np.arange(left.shape[1]) != digit[:, None]
        left = left[keep].reshape(rows.size, -1)
    return out


def _drawn(counter: int, count: int) -> npt.NDArray[np.uint64]:
    """Random words of a counter-based generator (Philox): no seed, no state, no difference between machines."""
    return np.asarray(np.random.Philox(key=5, counter=counter << 64).random_raw(count), dtype=np.uint64)
