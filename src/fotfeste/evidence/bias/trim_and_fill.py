"""Trim and fill: how many studies are missing on one side, and the result with their mirror images."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.bias.asymmetry import regression_test
from fotfeste.evidence.model import Fit, Test, fit
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import TooFewStudies
from fotfeste.evidence.tau2 import Method

Estimator = Literal["L0", "R0", "Q0"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimFill:
    """``k0`` studies are missing on ``side``; None where the estimator has no answer. ``model`` holds the filled
    studies last."""

    estimator: Estimator
    k0: int | None
    k0_se: float
    side: Literal["left", "right"]
    model: Fit
    warnings: tuple[str, ...] = ()


def trim_and_fill(
    y: Floats,
    v: Floats,
    *,
    estimator: Estimator = "L0",
    method: Method = "REML",
    test: Test = "z",
    level: float = 0.95,
    side: Literal["left", "right"] | None = None,
) -> TrimFill:
    """Duval and Tweedie (2000), Biometrics 56:455-463 and J Am Stat Assoc 95:89-98.

    The missing side is the one that the regression test points away from, when it is not given. Q0 takes the root of a
    number that can be negative: then the answer is not estimable, and says so.
    """
    k = y.size
    if k < 3:
        raise TooFewStudies(k, 3)
    if side is None:
        side = "right" if regression_test(y, v, method=method).slope < 0 else "left"
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    x, var = (sign * y)[order], v[order]
    # Each k0 leads to one next k0, and there are k of them: it settles or comes back to one that was seen.
    seen: list[int] = []
    missing, se = 0, 0.0
    while missing not in seen:
        seen.append(missing)
        kept = fit(x[: k - missing], var[: k - missing], method=method)
        estimate, se = _missing(x - float(kept.coefficients[0]), estimator)
        if not np.isfinite(estimate):
            model = fit(y, v, method=method, test=test, level=level)
            return TrimFill(
                estimator=estimator, k0=None, k0_se=float("nan"), side=side, model=model, warnings=("not_estimable",)
            )
        missing = min(max(0, round(estimate)), k - 2)
    centre = float(fit(x[: k - missing], var[: k - missing], method=method).coefficients[0])
    added = sign * (2 * centre - x[k - missing :])
    filled = fit(
        np.concatenate((y, added)), np.concatenate((v, var[k - missing :])), method=method, test=test, level=level
    )
    warnings = () if seen[-1] == missing else ("no_fixed_point",)
    return TrimFill(estimator=estimator, k0=missing, k0_se=se, side=side, model=filled, warnings=warnings)


def _missing(residuals: Floats, estimator: Estimator) -> tuple[float, float]:
    """Studies that are missing on the left, and the standard error of that, from the ranks of the sizes."""
    k = residuals.size
    size = np.abs(residuals)
    ranks = (size[:, None] > size).sum(1) + ((size[:, None] == size).sum(1) + 1) / 2
    right = residuals > 0
    if estimator == "R0":
        # The run of largest deviations that are all to the right.
        at = np.argsort(ranks, kind="stable")
        lefts = np.flatnonzero(~right[at])
        run = k - (int(lefts[-1]) + 1 if lefts.size else 0)
        count = run - 1.0
        return count, float(np.sqrt(2 * max(0.0, count) + 2))
    total = float(ranks[right].sum())
    if estimator == "L0":
        count = (4 * total - k * (k + 1)) / (2 * k - 1)
        held = max(0.0, count)
        variance = (
            k * (k + 1) * (2 * k + 1)
            + 10 * held**3
            + 27 * held**2
            + 17 * held
            - 18 * k * held**2
            - 18 * k * held
            + 6 * k**2 * held
        ) / 24
        return count, float(4 * np.sqrt(variance) / (2 * k - 1))
    root = 2 * k**2 - 4 * total + 0.25
    if root < 0:
        return float("nan"), float("nan")
    count = k - 0.5 - float(np.sqrt(root))
    held = max(0.0, count)
    variance = (
        k * (k + 1) * (2 * k + 1)
        + 10 * held**3
        + 27 * held**2
        + 17 * held
        - 18 * k * held**2
        - 18 * k * held
        + 6 * k**2 * held
    ) / 24
    return count, float(2 * np.sqrt(variance) / np.sqrt((k - 0.5) ** 2 - held * (2 * k - held - 1)))
