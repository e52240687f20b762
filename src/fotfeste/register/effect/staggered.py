"""Difference-in-differences that is right when areas are exposed at different times."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from fotfeste.register.effect.areas import AreaPanel, NoComparison
from fotfeste.register.effect.estimates import Estimate, Floats, wald
from fotfeste.register.effect.wild import multiplier_p

Control = Literal["never", "not_yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTime:
    """The effect in one period on the areas first exposed in ``first``; before it, what ought to be 0."""

    first: int
    period: int
    effect: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The effect so many periods since exposure, over all areas seen then."""

    since: int
    effect: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class PreTest:
    """Wald's test that nothing happened before exposure; None where the areas are too few for it."""

    chi2: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Staggered:
    """``overall`` is the mean over all exposed areas and periods; ``wild_p`` its test by the wild bootstrap."""

    control: Control
    group_times: tuple[GroupTime, ...]
    event_study: tuple[Since, ...]
    overall: Estimate
    wild_p: float
    pretest: PreTest | None


def staggered(panel: AreaPanel, *, control: Control = "never", level: float = 0.95, seed: int = 1) -> Staggered:
    """Compare each cohort of areas, from the period before its exposure, only with areas that are not exposed.

    Parameters
    ----------
    panel : AreaPanel
        Areas by periods.
    control : {"never", "not_yet"}, optional
        Areas never exposed, or also those not exposed until later than both periods that are compared.
    level : float, optional
        Confidence level; intervals have t with areas - 1 degrees of freedom.
    seed : int, optional
        Of the wild bootstrap, where the areas are too many to go through every sign.

    Returns
    -------
    Staggered
        Effects by cohort and period, by time since exposure, and over all; the last period before exposure is the
        reference and has no row. Standard errors are clustered by area.

    Raises
    ------
    NoComparison
        With reason no_never where every area is exposed in the end.

    References
    ----------
    .. [1] Callaway and Sant'Anna (2021), J Econom 225:200-230, theorem 1, equations 3.4 and 3.5; no covariates.
    """
    if control == "never" and np.isfinite(panel.first).all():
        raise NoComparison("no_never")
    keys, effects, influence = _group_times(panel, control)
    first, period = np.array(keys).T
    a = len(panel.areas)
    shares = np.array([(panel.weight * (panel.first == g)).mean() for g in first]) / panel.weight.mean()
    member = (panel.weight[:, None] / panel.weight.mean()) * (panel.first[:, None] == first)

    def over(chosen: Floats) -> tuple[float, Floats]:
        """The mean over chosen cells, by the size of their cohorts, which is estimated too."""
        at = np.flatnonzero(chosen)
        p, total = shares[at], shares[at].sum()
        away = member[:, at] - p
        size = away / total - away.sum(axis=1, keepdims=True) * p / total**2
        return float(effects[at] @ p / total), influence[:, at] @ (p / total) + size @ effects[at]

    def told(value: float, of: Floats) -> Estimate:
        return wald("ATT", value, float((of**2).sum()) / a**2, df=a - 1, level=level)

    index = np.searchsorted(panel.periods, period) - np.searchsorted(panel.periods, first)
    since = [Since(since=int(e), effect=told(*over(index == e))) for e in np.unique(index)]
    value, of = over(index >= 0)
    return Staggered(
        control=control,
        group_times=tuple(
            GroupTime(first=int(g), period=int(t), effect=told(float(effects[i]), influence[:, i]))
            for i, (g, t) in enumerate(keys)
        ),
        event_study=tuple(since),
        overall=told(value, of),
        wild_p=multiplier_p(value, of, seed=seed),
        pretest=_pretest(effects[index < 0], influence[:, index < 0]),
    )


def _group_times(panel: AreaPanel, control: Control) -> tuple[list[tuple[float, int]], Floats, Floats]:
    """Cohort and period of each effect, the effects, and what each area does to them, shape (areas, effects)."""
    keys: list[tuple[float, int]] = []
    effects: list[float] = []
    influence: list[Floats] = []
    a = len(panel.areas)
    for g in np.unique(panel.first[np.isfinite(panel.first)]):
        base = int(np.searchsorted(panel.periods, g)) - 1
        treated = panel.weight * (panel.first == g)
        for at, period in enumerate(panel.periods):
            if at == base:
                continue
            latest = panel.periods[max(at, base)]
            free = ~np.isfinite(panel.first) if control == "never" else (panel.first > latest) & (panel.first != g)
            others = panel.weight * free
            if not others.any():
                continue
            change = panel.outcome[:, at] - panel.outcome[:, base]
            means = [float(weight @ change / weight.sum()) for weight in (treated, others)]
            away = [a * w * (change - m) / w.sum() for w, m in zip((treated, others), means, strict=True)]
            keys.append((float(g), int(period)))
            effects.append(means[0] - means[1])
            influence.append(away[0] - away[1])
    return keys, np.array(effects), np.array(influence).T


def _pretest(effects: Floats, influence: Floats) -> PreTest | None:
    q, a = effects.size, influence.shape[0]
    if q == 0 or q >= a:
        return None
    covariance = influence.T @ influence / a**2
    if np.linalg.matrix_rank(covariance) < q:
        return None
    chi2 = float(effects @ np.linalg.solve(covariance, effects))
    return PreTest(chi2=chi2, df=q, p=float(special.chdtrc(q, chi2)))
