"""What the model says about a value of the moderators, a new study, and each study's own effect."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.model import Fit, critical
from fotfeste.evidence.projection import Floats

Convention = Literal["as_test", "hts", "k1", "z"]
"""Degrees of freedom of the prediction interval. as_test: those of the confidence interval (metafor);
hts: t with k - p - 1 (Higgins, Thompson and Spiegelhalter 2009); k1: t with k - p (Cochrane since 2025); z: normal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    estimate: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    pi_low: Floats
    pi_high: Floats


def predict(model: Fit, rows: Floats | None = None, *, convention: Convention = "as_test") -> Prediction:
    """The mean and a new study's effect at each row of moderators, intercept included; at the mean when there are
    none."""
    rows = np.ones((1, 1)) if rows is None else np.atleast_2d(rows)
    mean = rows @ model.coefficients
    variance = np.einsum("kp,pq,kq->k", rows, model.covariance, rows)
    se = np.sqrt(variance)
    half = model.critical * se
    df = {"as_test": model.df, "hts": model.k - model.p - 1, "k1": model.k - model.p, "z": None}[convention]
    times = critical(model.level, df) if df is None or df > 0 else float("nan")
    # A single study and a common effect know of no other studies: the interval is the confidence interval.
    wide = half if model.k <= model.p or model.method == "EE" else times * np.sqrt(variance + model.tau2)
    return Prediction(
        estimate=mean, se=se, ci_low=mean - half, ci_high=mean + half, pi_low=mean - wide, pi_high=mean + wide
    )


def study_effects(model: Fit) -> Prediction:
    """Each study's effect, drawn towards the model (best linear unbiased prediction; Raudenbush and Bryk 1985)."""
    x = np.ones((model.k, 1)) if model.x is None else model.x
    share = model.tau2 / (model.tau2 + model.v)
    mean = share * model.y + (1 - share) * (x @ model.coefficients)
    spread = np.einsum("kp,pq,kq->k", x, model.covariance, x)
    se = np.sqrt(share * model.v + (1 - share) ** 2 * spread)
    half = model.critical * se
    return Prediction(
        estimate=mean, se=se, ci_low=mean - half, ci_high=mean + half, pi_low=mean - half, pi_high=mean + half
    )
