"""A variance between studies that itself depends on a moderator: log tau2 is a line in the scale's columns."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.projection import Floats, project
from fotfeste.evidence.search import curvature, smallest


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationScale:
    coefficients: Floats
    se: Floats
    scale: Floats
    scale_se: Floats
    tau2: Floats
    ll: float
    method: Literal["ML", "REML"]


def location_scale(
    y: Floats, v: Floats, x: Floats, z: Floats, *, method: Literal["ML", "REML"] = "REML"
) -> LocationScale:
    """Viechtbauer and López-López (2022), Res Synth Methods 13:697-715; log link. ``x`` and ``z`` hold their
    intercepts."""
    basis, triangle = np.linalg.qr(x)
    scale_basis, scale_triangle = np.linalg.qr(z)
    spread = float(np.var(y))
    k, p = x.shape

    def minus_ll(a: Floats) -> float:
        with np.errstate(over="ignore"):
            total = v + np.exp(np.minimum(scale_basis @ a, 300.0))
        part = project(y, 1 / total, basis)
        value = np.log(total).sum() + float(part.y_p_y) + (float(part.log_det) if method == "REML" else 0.0)
        return 0.5 * float(value)

    level = scale_basis.T @ np.full(k, np.log(spread))
    best = smallest(minus_ll, [level, level - scale_basis.T @ np.full(k, 2.0)])
    back, scale_back = np.linalg.inv(triangle), np.linalg.inv(scale_triangle)
    tau2 = np.exp(scale_basis @ best)
    part = project(y, 1 / (v + tau2), basis)
    spread_of = scale_back @ np.linalg.inv(curvature(minus_ll, best)) @ scale_back.T
    used = k - p if method == "REML" else k
    ll = -minus_ll(best) - 0.5 * used * float(np.log(2 * np.pi))
    return LocationScale(
        coefficients=back @ part.coefficients,
        se=np.sqrt(np.diagonal(back @ part.inverse @ back.T)),
        scale=scale_back @ best,
        scale_se=np.sqrt(np.diagonal(spread_of)),
        tau2=tau2,
        ll=ll,
        method=method,
    )
