"""Weighted least squares and the traces of its projection, for many problems at once and in time linear in the studies.

With ``P = W - W X (X'WX)^-1 X'W`` and residuals ``r``: ``P y = w r``, so no matrix of studies by studies is ever made.
The last axis is the studies; a study with weight 0 is not there. ``x=None`` is the intercept alone.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Projection(NamedTuple):
    """What a set of weights makes of the effects. ``inverse`` is ``(X'WX)^-1``."""

    coefficients: Floats
    inverse: Floats
    residuals: Floats
    y_p_y: Floats
    y_pp_y: Floats
    y_ppp_y: Floats
    trace_p: Floats
    trace_pp: Floats
    sum_w: Floats
    sum_ww: Floats
    log_det: Floats


def project(y: Floats, w: Floats, x: Floats | None) -> Projection:
    return _intercept(y, w) if x is None else _design(y, w, x)


def _intercept(y: Floats, w: Floats) -> Projection:
    sum_w = w.sum(-1)
    mean = np.vecdot(w, y) / sum_w
    r = y - mean[..., None]
    wr, ww = w * r, w * w
    wwr = w * wr
    sum_ww = np.vecdot(w, w)
    ratio = sum_ww / sum_w
    return Projection(
        coefficients=mean[..., None],
        inverse=1 / sum_w[..., None, None],
        residuals=r,
        y_p_y=np.vecdot(wr, r),
        y_pp_y=np.vecdot(wr, wr),
        y_ppp_y=np.vecdot(wwr, wr) - wwr.sum(-1) ** 2 / sum_w,
        trace_p=sum_w - ratio,
        trace_pp=sum_ww - 2 * np.vecdot(ww, w) / sum_w + ratio**2,
        sum_w=sum_w,
        sum_ww=sum_ww,
        log_det=np.log(sum_w),
    )


def _design(y: Floats, w: Floats, x: Floats) -> Projection:
    xt = np.swapaxes(x, -1, -2)
    xwx = (xt * w[..., None, :]) @ x
    inverse = _inverse(xwx)
    coefficients = (inverse @ (xt @ (w * y)[..., None]))[..., 0]
    r = y - (x @ coefficients[..., None])[..., 0]
    wr, ww = w * r, w * w
    wwr = w * wr
    xwwx = inverse @ ((xt * ww[..., None, :]) @ x)
    xwwwx = inverse @ ((xt * (ww * w)[..., None, :]) @ x)
    xwwr = (xt @ wwr[..., None])[..., 0]
    sum_w, sum_ww = w.sum(-1), ww.sum(-1)
    return Projection(
        coefficients=coefficients,
        inverse=inverse,
        residuals=r,
        y_p_y=np.vecdot(wr, r),
        y_pp_y=np.vecdot(wr, wr),
        y_ppp_y=np.vecdot(wwr, wr) - np.vecdot(xwwr, (inverse @ xwwr[..., None])[..., 0]),
        trace_p=sum_w - _trace(xwwx),
        trace_pp=sum_ww - 2 * _trace(xwwwx) + _trace(xwwx @ xwwx),
        sum_w=sum_w,
        sum_ww=sum_ww,
        log_det=np.linalg.slogdet(xwx)[1],
    )


def trace_pdpe(a: Floats, x: Floats | None, d: Floats | float = 1.0, e: Floats | float = 1.0) -> float:
    """``tr(P D P E)`` of one problem with weights ``a`` and diagonal ``D`` and ``E``."""
    x = np.ones((a.size, 1)) if x is None else x
    inverse = np.linalg.inv((x.T * a) @ x)
    of_d, of_e = (inverse @ ((x.T * (a * a * f)) @ x) for f in (d, e))
    both = inverse @ ((x.T * (a**3 * d * e)) @ x)
    return float(np.sum(a * a * d * e) - 2 * np.trace(both) + np.trace(of_d @ of_e))


def trace_pd(a: Floats, x: Floats | None, d: Floats | float = 1.0) -> float:
    """``tr(P D)`` of one problem with weights ``a`` and diagonal ``D``."""
    x = np.ones((a.size, 1)) if x is None else x
    inverse = np.linalg.inv((x.T * a) @ x)
    return float(np.sum(a * d) - np.trace(inverse @ ((x.T * (a * a * d)) @ x)))


def _inverse(m: Floats) -> Floats:
    """Inverses; NaN where a problem has too few studies left for its columns, so that the others are still solved."""
    if m.shape[-1] == 1:
        return np.asarray(1 / m)
    if m.ndim == 2:
        return np.asarray(np.linalg.inv(m), dtype=np.float64)
    # The determinant against what it would be without any overlap between columns.
    lost = np.abs(np.linalg.det(m)) <= 1e-12 * np.prod(np.diagonal(m, axis1=-2, axis2=-1), axis=-1)
    if not lost.any():
        return np.asarray(np.linalg.inv(m), dtype=np.float64)
    solved = np.linalg.inv(np.where(lost[..., None, None], np.eye(m.shape[-1]), m))
    return np.asarray(np.where(lost[..., None, None], np.nan, solved))


def _trace(m: Floats) -> Floats:
    return np.asarray(np.trace(m, axis1=-2, axis2=-1))
