"""Selection models: the effect where the chance of being published depends on the p-value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from fotfeste.evidence.model import fit
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.search import curvature, smallest

Kind = Literal["step", "beta", "halfnorm", "negexp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionModel:
    """``delta``: the parameters of the weights; for steps the first interval's weight is 1. ``lrt`` against no
    selection."""

    kind: Kind
    estimate: float
    se: float
    tau2: float
    delta: tuple[float, ...]
    ll: float
    lrt: float
    lrt_df: int
    lrt_p: float
    k: int
    warnings: tuple[str, ...] = ()


def selection_model(
    y: Floats,
    v: Floats,
    *,
    kind: Kind = "step",
    steps: Sequence[float] = (0.025,),
    alternative: Literal["greater", "less", "two"] = "greater",
    by_precision: bool = False,
) -> SelectionModel:
    """Maximum likelihood of effect, tau2 and the weights.

    Parameters
    ----------
    kind
        step: a weight for each interval of p (Vevea and Hedges 1995, Psychometrika 60:419-435); beta (Citkowicz and
        Vevea 2017, Psychol Methods 22:28-41); halfnorm, negexp (Preston, Ashby and Smyth 2004).
    by_precision
        The weights' parameter is multiplied by the standard error, as a share of the largest, so that large
        studies are less selected.
    """
    se = np.sqrt(v)
    # The model with the effects turned round where small ones are published: one direction to think of.
    sign = -1.0 if alternative == "less" else 1.0
    x = sign * y
    scale = se / se.max() if by_precision else np.ones_like(se)
    cuts = np.array([*steps]) if kind == "step" else np.empty(0)
    tails = 2 if alternative == "two" else 1
    weight = _weights(kind, cuts, scale)
    count = {"step": cuts.size, "beta": 2}.get(kind, 1)
    start = fit(x, v, method="ML")
    least = 1e-5 if kind == "beta" else 1e-300  # without a bound the beta weight of p = 0 has no limit; as metafor
    p_own = np.clip(tails * special.ndtr(-(np.abs(x) if tails == 2 else x) / se), least, 1 - least)
    nodes, node_weights = np.polynomial.legendre.leggauss(400)
    edge = 10.0

    def log_normaliser(mu: float, tau2: float, delta: Floats) -> Floats:
        total = np.sqrt(v + tau2)
        if kind == "step":
            limits = -special.ndtri(np.concatenate((cuts / tails, [1.0 if tails == 1 else 0.5])))[:, None] * se
            upper = special.ndtr((mu - limits) / total)
            if tails == 2:
                upper = upper + special.ndtr((-limits - mu) / total)
                upper[-1] = 1.0
            share = np.diff(np.vstack((np.zeros((1, se.size)), upper)), axis=0)
            return np.asarray(np.log(np.concatenate(([1.0], delta)) @ share))
        if kind == "beta" and tails == 1:
            # Beyond the bounds of p the weight stands still: those parts are normal tails, and the rest has no kinks.
            bound = -float(special.ndtri(least))
            at = se[:, None] * bound * nodes
            p = special.ndtr(-at / se[:, None])
            density = np.exp(-((at - mu) ** 2) / (2 * total[:, None] ** 2)) / (np.sqrt(2 * np.pi) * total[:, None])
            middle = (weight(p, delta, scale[:, None]) * density * node_weights * bound * se[:, None]).sum(1)
            ends = weight(np.array([least, 1 - least]), delta, np.ones(2))
            tail = ends[0] * special.ndtr((mu - bound * se) / total) + ends[1] * special.ndtr(
                (-bound * se - mu) / total
            )
            return np.asarray(np.log(middle + tail))
        at = mu + total[:, None] * edge * nodes
        size = np.abs(at) if tails == 2 else at
        p = np.clip(tails * special.ndtr(-size / se[:, None]), least, 1 - least)
        density = np.exp(-((edge * nodes) ** 2) / 2) / np.sqrt(2 * np.pi)
        return np.asarray(np.log((weight(p, delta, scale[:, None]) * density * node_weights * edge).sum(1)))

    def minus_ll(at: Floats) -> float:
        mu, tau2, delta = at[0], at[1] ** 2, np.exp(at[2:])
        total = v + tau2
        with np.errstate(all="ignore"):
            own = (
                np.log(np.concatenate(([1.0], delta))[np.searchsorted(cuts, p_own)])
                if kind == "step"
                else np.log(weight(p_own, delta, scale))
            )
            value = (
                own - 0.5 * np.log(2 * np.pi * total) - (x - mu) ** 2 / (2 * total) - log_normaliser(mu, tau2, delta)
            )
        return -float(value.sum())

    first = [float(start.coefficients[0]), float(np.sqrt(start.tau2)) or float(np.median(se)) / 2]
    best = smallest(minus_ll, [[*first, *[d] * count] for d in (0.0, 1.0)])
    h = curvature(minus_ll, best)
    ll = -minus_ll(best)
    lrt = max(0.0, 2 * (ll - start.likelihood.ll))
    delta = np.exp(best[2:])
    weak = not np.isfinite(h).all() or np.linalg.eigvalsh(h)[0] <= 0
    return SelectionModel(
        kind=kind,
        estimate=sign * float(best[0]),
        se=float("nan") if weak else float(np.sqrt(np.linalg.inv(h)[0, 0])),
        tau2=float(best[1] ** 2),
        delta=tuple(([1.0] if kind == "step" else []) + delta.tolist()),
        ll=ll,
        lrt=lrt,
        lrt_df=count,
        lrt_p=float(special.chdtrc(count, lrt)),
        k=y.size,
        warnings=("flat_likelihood",) if weak else (),
    )


def _weights(kind: Kind, cuts: Floats, scale: Floats) -> Callable[[Floats, Floats, Floats], Floats]:
    """The weight of a p-value, up to a constant."""
    shapes: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
        "step": lambda p, d, s: np.concatenate(([1.0], d))[np.searchsorted(cuts, p)],
        "beta": lambda p, d, s: p ** (d[0] - 1) * np.maximum(1 - p, 1e-300) ** (d[1] - 1),
        "halfnorm": lambda p, d, s: np.exp(-d[0] * s * p**2),
        "negexp": lambda p, d, s: np.exp(-d[0] * s * p),
    }
    return shapes[kind]
