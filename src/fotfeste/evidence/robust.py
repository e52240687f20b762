"""Standard errors that hold when effects in a cluster depend on each other in a way nobody knows."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.model import Fit, critical, two_sided
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import TooFewStudies

Correction = Literal["CR0", "CR1", "CR2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RobustTest:
    estimate: Floats
    se: Floats
    t: Floats
    df: Floats
    p: Floats
    ci_low: Floats
    ci_high: Floats
    covariance: Floats
    clusters: int
    correction: Correction


def cluster_robust(
    x: Floats,
    y: Floats,
    coefficients: Floats,
    total: Floats,
    clusters: npt.ArrayLike,
    *,
    correction: Correction = "CR2",
    level: float = 0.95,
) -> RobustTest:
    """Sandwich variance of a generalised least squares fit.

    Parameters
    ----------
    total : array of float, shape (k, k)
        The working covariance of the effects, tau2 included.
    correction : {"CR0", "CR1", "CR2"}
        CR1 multiplies by m/(m-p) and tests with m - p (metafor's ``robust``); CR2 makes the estimate unbiased under the
        working model and tests each coefficient with Satterthwaite's degrees of freedom.

    References
    ----------
    .. [1] Hedges, Tipton and Johnson (2010), Res Synth Methods 1:39-65.
    .. [2] Tipton (2015), Psychol Methods 20:375-393; Pustejovsky and Tipton (2018), J Bus Econ Stat 36:672-683 (CR2).
    """
    of = np.unique(np.asarray(clusters), return_inverse=True)[1]
    m, p = int(of.max()) + 1, x.shape[1]
    if m <= p:
        raise TooFewStudies(m, p + 1)
    weight = np.linalg.inv(total)
    bread = np.linalg.inv(x.T @ weight @ x)
    residuals = y - x @ coefficients
    hat = x @ bread @ x.T @ weight
    parts, gains = [], []
    for c in range(m):
        rows = of == c
        pull = bread @ x[rows].T @ weight[np.ix_(rows, rows)]
        if not np.allclose(weight[np.ix_(rows, ~rows)], 0):
            pull = bread @ (x.T @ weight)[:, rows]
        if correction == "CR2":
            pull = pull @ _adjustment(total, hat, rows)
        parts.append(pull @ residuals[rows])
        gains.append(pull @ (np.eye(y.size) - hat)[rows])
    scores = np.array(parts)
    factor = m / (m - p) if correction == "CR1" else 1.0
    covariance = factor * scores.T @ scores
    se = np.sqrt(np.diagonal(covariance))
    df = np.full(p, float(m - p)) if correction != "CR2" else _satterthwaite(np.array(gains), total)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = coefficients / se
    times = np.array([critical(level, d) for d in df])
    return RobustTest(
        estimate=coefficients,
        se=se,
        t=t,
        df=df,
        p=np.array([two_sided(a, d) for a, d in zip(t, df, strict=True)]),
        ci_low=coefficients - times * se,
        ci_high=coefficients + times * se,
        covariance=covariance,
        clusters=m,
        correction=correction,
    )


def of_fit(model: Fit, clusters: npt.ArrayLike, *, correction: Correction = "CR2") -> RobustTest:
    x = np.ones((model.k, 1)) if model.x is None else model.x
    total = np.diag(model.v + model.tau2)
    return cluster_robust(x, model.y, model.coefficients, total, clusters, correction=correction, level=model.level)


def _adjustment(total: Floats, hat: Floats, rows: npt.NDArray[np.bool_]) -> Floats:
    """``A`` with ``A E[r r'] A' = V`` in the cluster, when the working covariance is right."""
    own = total[np.ix_(rows, rows)]
    root = np.linalg.cholesky(own).T
    rest = (np.eye(total.shape[0]) - hat)[rows]
    values, vectors = np.linalg.eigh(root @ rest @ total @ rest.T @ root.T)
    turned = np.where(values > 1e-12 * values.max(), values, np.inf) ** -0.5
    return np.asarray(root.T @ (vectors * turned) @ vectors.T @ root)


def _satterthwaite(gains: Floats, total: Floats) -> Floats:
    """Degrees of freedom of each coefficient's variance, a quadratic form in normal effects."""
    df = []
    for j in range(gains.shape[1]):
        g = gains[:, j]
        inner = g @ total @ g.T
        df.append(float(np.trace(inner) ** 2 / np.sum(inner * inner)))
    return np.array(df)
