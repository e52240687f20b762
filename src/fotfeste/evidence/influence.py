"""What each study does to the result: left out one at a time, added one at a time, and the usual measures of
influence."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from fotfeste.evidence.model import Fit
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.refits import Refits, refit
from fotfeste.evidence.studies import TooFewStudies, few_enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """One value a study (Viechtbauer and Cheung 2010, Res Synth Methods 1:112-125).

    ``rstudent``: deleted residual in its standard errors; ``dffits``: change of its own prediction; ``cook_d``: Cook's
    distance; ``cov_r``: ratio of covariance determinants; ``tau2_deleted``, ``q_deleted``: without it; ``hat``:
    leverage;
    ``weight``: per cent; ``dfbetas``: change of each coefficient, one column a coefficient.
    """

    rstudent: Floats
    dffits: Floats
    cook_d: Floats
    cov_r: Floats
    tau2_deleted: Floats
    q_deleted: Floats
    hat: Floats
    weight: Floats
    dfbetas: Floats
    influential: Floats
    baujat_x: Floats
    """The study's contribution to Q of the fitted model (Baujat et al. 2002)."""
    baujat_y: Floats
    """How far the prediction moves without it, squared and standardised."""


def leave_one_out(model: Fit) -> Refits:
    """The model without each study in turn."""
    few_enough(model.k)
    if model.k - 1 < model.p:
        raise TooFewStudies(model.k, model.p + 1)
    x = model.x
    return refit(
        model.y,
        model.v,
        x,
        method=model.method,
        test=model.test,
        level=model.level,
        present=1 - np.eye(model.k),
        genq_weights=model.genq_weights,
        tau2=np.full(model.k, model.tau2) if model.tau2_given else None,
    )


def cumulate(model: Fit, order: Sequence[float] | Floats) -> tuple[Refits, np.ndarray]:
    """The model with the first study, the first two, and so on; ties keep the order of the file."""
    few_enough(model.k)
    sequence = np.argsort(np.asarray(order), kind="stable")
    grown = np.tril(np.ones((model.k, model.k)))
    weights = None if model.genq_weights is None else model.genq_weights[sequence]
    return refit(
        model.y[sequence],
        model.v[sequence],
        method=model.method,
        test=model.test,
        level=model.level,
        present=grown,
        genq_weights=weights,
    ), sequence


def influence(model: Fit) -> Influence:
    """Every measure of influence, from one batch of refits."""
    few_enough(model.k)
    k, p = model.k, model.p
    if k <= p:
        raise TooFewStudies(k, p + 1)
    x = np.ones((k, 1)) if model.x is None else model.x
    basis, triangle = np.linalg.qr(x) if p > 1 else (x, np.eye(1))
    back = np.linalg.inv(triangle)
    test = model.test
    without = refit(
        model.y,
        model.v,
        None if model.x is None else basis,
        method=model.method,
        test=test,
        level=model.level,
        present=1 - np.eye(k),
        genq_weights=model.genq_weights,
        tau2=np.full(k, model.tau2) if model.tau2_given else None,
    )
    b = triangle @ model.coefficients
    covariance = triangle @ model.covariance @ triangle.T
    change = b - without.coefficients
    predicted = np.einsum("kp,kp->k", basis, without.coefficients)
    spread = np.einsum("kp,kpq,kq->k", basis, without.covariance, basis)
    w = 1 / (model.v + model.tau2)
    hat = w * np.einsum("kp,pq,kq->k", basis, np.linalg.inv((basis.T * w) @ basis), basis)
    total = model.v + without.tau2
    with np.errstate(divide="ignore", invalid="ignore"):
        everyone = np.linalg.inv(np.einsum("kp,ik,kq->ipq", basis, 1 / (model.v[None] + without.tau2[:, None]), basis))
        scaled = np.einsum("ap,ipq,aq->ia", back, everyone, back)
        moved = change @ back.T
        rstudent = (model.y - predicted) / np.sqrt(total + spread)
        dffits = (basis @ b - predicted) / np.sqrt(without.dispersion * hat * total)
        cook = np.einsum("ip,pq,iq->i", change, np.linalg.inv(covariance), change)
        cov_r = np.linalg.det(without.covariance) / np.linalg.det(covariance)
        dfbetas = moved / np.sqrt(without.dispersion[:, None] * scaled)
        fitted_change = basis @ change.T
        residual = model.y - basis @ b
        baujat_x = residual**2 / (model.v + model.tau2)
        baujat_y = np.diagonal(fitted_change) ** 2 / spread
    # The marks of metafor: far off in any one of four ways.
    marked = (
        (np.abs(dffits) > 3 * np.sqrt(p / (k - p)))
        | (cook > _median_chi2(p))
        | (hat > 3 * p / k)
        | (np.abs(dfbetas) > 1).any(1)
    )
    return Influence(
        rstudent=rstudent,
        dffits=dffits,
        cook_d=cook,
        cov_r=cov_r,
        tau2_deleted=without.tau2,
        q_deleted=without.q,
        hat=hat,
        weight=100 * w / w.sum(),
        dfbetas=dfbetas,
        influential=marked,
        baujat_x=baujat_x,
        baujat_y=baujat_y,
    )


def _median_chi2(df: int) -> float:
    from scipy.special import chdtri

    return float(chdtri(df, 0.5))


COLUMNS = tuple(f.name for f in fields(Influence))
