"""Two-way fixed effects: what is usually done with areas over time, shown so that it can be compared."""

from dataclasses import dataclass

import numpy as np

from fotfeste.register.effect.areas import AreaPanel
from fotfeste.register.effect.estimates import Estimate, Floats, wald
from fotfeste.register.effect.wild import clustered_p


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWay:
    """One coefficient for being exposed, beside fixed effects of areas and periods.

    ``negative_weights`` is the share of the exposed cells that count with the wrong sign, and
    ``negative_weight_sum`` what these weigh together: the coefficient is a mean of the cells' effects whose weights
    are 1 in sum. ``event_study`` holds a coefficient for each number of periods since exposure, and is empty where
    these cannot be told apart.
    """

    effect: Estimate
    wild_p: float
    event_study: tuple[tuple[int, Estimate], ...]
    negative_weights: float
    negative_weight_sum: float


def two_way(panel: AreaPanel, *, level: float = 0.95, seed: int = 1) -> TwoWay:
    """Least squares with fixed effects of areas and periods, errors clustered by area.

    Right when the effect is the same everywhere and always; otherwise areas exposed early serve as controls for those
    exposed late, and an effect that grows is subtracted from itself.

    Parameters
    ----------
    panel : AreaPanel
        Areas by periods.
    level : float, optional
        Confidence level; t with areas - 1 degrees of freedom.
    seed : int, optional
        Of the wild bootstrap.

    References
    ----------
    .. [1] de Chaisemartin and D'Haultfœuille (2020), Am Econ Rev 110:2964-2996, theorem 1 (the weights).
    .. [2] Goodman-Bacon (2021), J Econom 225:254-277.
    .. [3] Cameron, Gelbach and Miller (2008), Rev Econ Stat 90:414-427 (wild cluster bootstrap-t, null imposed).
    """
    exposed = panel.exposed.astype(float)
    coefficient, covariance = _fitted(panel, exposed[None])
    x = within(panel, exposed)
    weight = panel.weight[:, None] * x
    cells = weight[panel.exposed] / (weight * exposed).sum()
    df = len(panel.areas) - 1
    since, dummies = _since(panel)
    path, spread = _fitted(panel, dummies) if since else (np.empty(0), np.empty((0, 0)))
    return TwoWay(
        effect=wald("ATT", float(coefficient[0]), float(covariance[0, 0]), df=df, level=level),
        wild_p=clustered_p(x, within(panel, panel.outcome), panel.weight, seed=seed),
        event_study=tuple(
            (e, wald("ATT", float(path[i]), float(spread[i, i]), df=df, level=level)) for i, e in enumerate(since)
        ),
        negative_weights=float((cells < 0).mean()),
        negative_weight_sum=float(cells[cells < 0].sum()),
    )


def within(panel: AreaPanel, values: Floats) -> Floats:
    """Values less the means of their area and their period, shape (a, t): what fixed effects leave."""
    weight = panel.weight / panel.weight.sum()
    by_area, by_period = values.mean(axis=1, keepdims=True), weight @ values
    return np.asarray(values - by_area - by_period + by_period.mean())


def _fitted(panel: AreaPanel, columns: Floats) -> tuple[Floats, Floats]:
    """Coefficients of columns, shape (k, a, t), and their covariance with CR1."""
    x = np.stack([within(panel, column) for column in columns])
    y = within(panel, panel.outcome)
    weighted = x * panel.weight[:, None]
    bread = np.linalg.inv(np.einsum("kat,lat->kl", weighted, x))
    coefficients = bread @ np.einsum("kat,at->k", weighted, y)
    scores = np.einsum("kat,at->ka", weighted, y - np.einsum("k,kat->at", coefficients, x))
    a, t = y.shape
    correction = a / (a - 1) * (a * t - 1) / (a * t - (a + t - 1 + len(columns)))
    return coefficients, bread @ (scores @ scores.T) @ bread * correction


def _since(panel: AreaPanel) -> tuple[list[int], Floats]:
    """Dummies for the periods since exposure, with the one before as reference.

    Where every area is exposed in the end they may follow from each other and the fixed effects: then there are none.
    """
    finite = np.isfinite(panel.first)
    start = np.searchsorted(panel.periods, np.where(finite, panel.first, panel.periods[-1]))
    since = np.arange(panel.periods.size) - start[:, None]
    there = [int(e) for e in np.unique(since[finite]) if e != -1]
    dummies = np.stack([(since == e) & finite[:, None] for e in there]).astype(float)
    free = np.stack([within(panel, dummy).ravel() for dummy in dummies])
    return (there, dummies) if np.linalg.matrix_rank(free) == len(there) else ([], dummies)
