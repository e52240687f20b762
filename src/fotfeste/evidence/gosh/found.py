"""What is told of the subsets, and how it is summed up where each of them is kept."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats
from fotfeste.evidence.tau2 import Method

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    mean: float
    sd: float
    low: float
    high: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gosh:
    """``mean_with`` and ``mean_without`` are the mean estimate over subsets with and without each study.

    ``share_above``: how many of the subsets have an estimate above ``threshold``. ``density`` counts subsets by
    estimate (rows) and I2 (columns) within ``estimate_edges`` and ``i2_edges``. ``values`` are kept where there are
    few enough.
    """

    subsets: int
    k: int
    method: Method
    exact: bool
    estimate: Summary
    i2: Summary
    tau2: Summary
    q: Summary
    h2: Summary
    size: Summary
    by_size: tuple[float, ...]
    mean_with: tuple[float, ...]
    mean_without: tuple[float, ...]
    threshold: float
    share_above: float
    density: npt.NDArray[np.int64]
    estimate_edges: Floats
    i2_edges: Floats
    values: dict[str, Floats] | None = None
    quantiles_exact: bool = True
    warnings: tuple[str, ...] = ()


def _summary(values: Floats) -> Summary:
    sd = float(values.std(ddof=1)) if values.size > 1 else float("nan")
    return Summary(
        mean=float(values.mean()),
        sd=sd,
        low=float(values.min()),
        high=float(values.max()),
        quantiles=tuple(float(x) for x in np.quantile(values, QUANTILES)),
    )


def summed(values: list[Floats], members: npt.NDArray[np.bool_], method: Method, threshold: float, exact: bool) -> Gosh:
    estimate, i2, tau2, q, h2, size = values
    k = members.shape[1]
    with_each = members.sum(0)
    sums = members.T.astype(float) @ estimate
    without = estimate.size - with_each
    lost = np.where(without > 0, (estimate.sum() - sums) / np.maximum(without, 1), np.nan)
    edges = edges_between(float(estimate.min()), float(estimate.max()), 120)
    i2_edges = np.linspace(0, 100, 61)
    by_size = np.bincount(size.astype(int), estimate, k + 1)[1:] / np.maximum(
        np.bincount(size.astype(int), minlength=k + 1)[1:], 1
    )
    return Gosh(
        subsets=estimate.size,
        k=k,
        method=method,
        exact=exact,
        estimate=_summary(estimate),
        i2=_summary(i2),
        tau2=_summary(tau2),
        q=_summary(q),
        h2=_summary(h2),
        size=_summary(size),
        by_size=tuple(by_size.tolist()),
        mean_with=tuple((sums / np.maximum(with_each, 1)).tolist()),
        mean_without=tuple(lost.tolist()),
        threshold=threshold,
        share_above=float((estimate > threshold).mean()),
        density=np.histogram2d(estimate, i2, (edges, i2_edges))[0].astype(np.int64),
        estimate_edges=edges,
        i2_edges=i2_edges,
        values={"estimate": estimate, "i2": i2, "tau2": tau2, "q": q, "size": size},
        warnings=() if exact else ("drawn_subsets",),
    )


def edges_between(low: float, high: float, bins: int) -> Floats:
    margin = 1e-9 * max(abs(low), abs(high), high - low, 1e-300)
    return np.linspace(low - margin, high + margin, bins + 1)
