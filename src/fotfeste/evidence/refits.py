"""The same model fitted to many sets of studies, or to many sets of effects, in one go."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.many import Means, across, means
from fotfeste.evidence.model import Test, critical
from fotfeste.evidence.projection import Floats, Projection, project
from fotfeste.evidence.tau2 import Method, estimate_tau2


@dataclass(frozen=True, slots=True, kw_only=True)
class Refits:
    """One value a refit, and for coefficients one row a refit. ``covariance`` holds the Hartung-Knapp factor."""

    k: Floats
    tau2: Floats
    coefficients: Floats
    covariance: Floats
    dispersion: Floats
    q: Floats
    i2: Floats
    h2: Floats
    test: Test
    level: float

    @property
    def estimate(self) -> Floats:
        return self.coefficients[..., 0]

    @property
    def se(self) -> Floats:
        return np.sqrt(self.covariance[..., 0, 0])

    @property
    def statistic(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.estimate / self.se

    @property
    def p(self) -> Floats:
        size = np.abs(self.statistic)
        df = self.k - self.coefficients.shape[-1]
        if self.test == "z":
            return np.asarray(2 * special.ndtr(-size))
        return np.asarray(np.where(df > 0, 2 * special.stdtr(np.maximum(df, 1), -size), 2 * special.ndtr(-size)))

    @property
    def half_width(self) -> Floats:
        df = self.k - self.coefficients.shape[-1]
        normal = critical(self.level)
        if self.test == "z":
            return normal * self.se
        times = np.where(df > 0, special.stdtrit(np.maximum(df, 1), (1 + self.level) / 2), normal)
        return np.asarray(times * self.se)


def refit(
    y: Floats,
    v: Floats,
    x: Floats | None = None,
    *,
    method: Method,
    present: Floats | None = None,
    test: Test = "z",
    level: float = 0.95,
    genq_weights: Floats | None = None,
    tau2: Floats | None = None,
) -> Refits:
    """Fit every problem; ``present`` says which studies are in each."""
    shape = np.broadcast_shapes(y.shape, v.shape, () if present is None else present.shape)
    p = 1 if x is None else x.shape[-1]
    k: Floats = np.full(shape[:-1], float(shape[-1])) if present is None else np.broadcast_to(present, shape).sum(-1)
    df = k - p
    if tau2 is None:
        tau2 = estimate_tau2(y, v, x, method=method, present=present, genq_weights=genq_weights)
    y = np.broadcast_to(y, shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        fixed = _solved(y, v, present, x)
        mixed = fixed if method == "EE" else _solved(y, v, present, x, tau2)
        coefficients, covariance = mixed.coefficients, mixed.inverse
        if method == "GENQ" and genq_weights is not None:
            own = np.broadcast_to(genq_weights, shape) if present is None else present * genq_weights
            solved = project(y, own, x)
            design = np.ones((shape[-1], 1)) if x is None else x
            bread = solved.inverse @ (design.T * own[..., None, :])
            coefficients = solved.coefficients
            covariance = (bread * (v + tau2[..., None])[..., None, :]) @ np.swapaxes(bread, -1, -2)
        q = np.where(df > 0, fixed.y_p_y, 0.0)
        dispersion = np.where(df > 0, mixed.y_p_y / df, 1.0)
        if test == "hk_adhoc":
            dispersion = np.maximum(dispersion, 1.0)
        if test not in ("hk", "hk_adhoc"):
            dispersion = np.ones_like(q)
        if method == "EE":
            i2 = np.where(q > 0, np.maximum(0.0, 100 * (q - df) / q), 0.0)
            h2 = np.where(df > 0, q / df, 1.0)
        else:
            typical = df / fixed.trace_p
            i2 = np.where(df > 0, 100 * tau2 / (tau2 + typical), 0.0)
            h2 = np.where(df > 0, 1 + tau2 / typical, 1.0)
    return Refits(
        k=k,
        tau2=tau2,
        coefficients=coefficients,
        covariance=covariance * dispersion[..., None, None],
        dispersion=dispersion,
        q=q,
        i2=i2,
        h2=h2,
        test=test,
        level=level,
    )


def _solved(
    y: Floats, v: Floats, present: Floats | None, x: Floats | None, tau2: Floats | None = None
) -> Means | Projection:
    """Each problem with weights ``1/(v + tau2)``."""
    if x is not None or y.ndim == 1:
        return project(y, (1.0 if present is None else present) / (v if tau2 is None else v + tau2[..., None]), x)
    total = v[:, None] if v.ndim == 1 else across(np.broadcast_to(v, y.shape))
    if tau2 is not None:
        total = total + tau2.reshape(-1)
    w = (1.0 if present is None else across(np.broadcast_to(present, y.shape))) / total
    told = means(across(y), w)
    return told if y.ndim == 2 else Means(*(a.reshape(y.shape[:-1] + a.shape[1:]) for a in told))
