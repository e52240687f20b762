"""Means of many sets of studies at once: studies down, sets across, so that every sum runs along the memory.

The same sums as in ``projection`` for the intercept alone, with each array written over when it has been used: with a
thousand sets it is the passes through memory that take the time. Weights of shape (k, 1) are those of every set.
"""

from typing import NamedTuple

import numpy as np

from fotfeste.evidence.projection import Floats

BLOCK = 1024  # sets whose arrays stay in the cache of a core, and that the allocator hands out again


class Means(NamedTuple):
    """Each set's mean with one axis for the coefficients, as ``Projection`` has them."""

    coefficients: Floats
    inverse: Floats
    y_p_y: Floats
    trace_p: Floats


class Score(NamedTuple):
    """What the likelihood's slope and its bend are made of, for each set."""

    y_pp_y: Floats
    y_ppp_y: Floats
    trace_p: Floats
    trace_pp: Floats
    sum_w: Floats
    sum_ww: Floats


def across(a: Floats) -> Floats:
    """Sets of studies, shape (..., k), as studies down and sets across."""
    return np.ascontiguousarray(a.reshape(-1, a.shape[-1]).T)


def means(y: Floats, w: Floats) -> Means:
    sum_w = w.sum(0)
    r = w * y
    mean = r.sum(0) / sum_w
    np.subtract(y, mean, out=r)
    np.multiply(r, r, out=r)
    y_p_y = np.einsum("ij,ij->j", r, np.broadcast_to(w, r.shape))
    trace = sum_w - np.einsum("ij,ij->j", w, w) / sum_w
    sum_w, trace = np.broadcast_to(sum_w, mean.shape), np.broadcast_to(trace, mean.shape)
    return Means(mean[:, None], 1 / sum_w[:, None, None], y_p_y, trace)


def score(y: Floats, w: Floats) -> Score:
    """``w`` is written over."""
    sum_w = w.sum(0)
    r = w * y
    np.subtract(y, r.sum(0) / sum_w, out=r)
    r *= w
    y_pp_y = np.einsum("ij,ij->j", r, r)
    used = w * r
    y_ppp_y = np.einsum("ij,ij->j", used, r) - used.sum(0) ** 2 / sum_w
    np.multiply(w, w, out=used)
    sum_ww = used.sum(0)
    ratio = sum_ww / sum_w
    trace_pp = sum_ww - 2 * np.einsum("ij,ij->j", used, w) / sum_w + ratio**2
    return Score(y_pp_y, y_ppp_y, sum_w - ratio, trace_pp, sum_w, sum_ww)
