"""What a pooled effect means for a choice: people needed, people gained, and what one more trial would bring."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.model import critical
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.refits import refit

MIDPOINTS = 1000  # of each distribution's quantiles: the limits are within a thousandth of their spread


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSize:
    """People that one well-powered trial of the same question would need, and what there are."""

    needed_people: int
    people: int
    share: float


def optimal_information_size(
    *, baseline: float, ratio: float, people: int, alpha: float = 0.05, power: float = 0.80
) -> InformationSize:
    """Two equal groups, risks compared.

    References
    ----------
    .. [1] Guyatt et al. (2011), J Clin Epidemiol 64:1283-1293.
    .. [2] Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, equation 4.14.
    """
    p1, p2 = baseline, min(0.999, baseline * ratio)
    mean = (p1 + p2) / 2
    za, zb = float(special.ndtri(1 - alpha / 2)), float(special.ndtri(power))
    top = za * np.sqrt(2 * mean * (1 - mean)) + zb * np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    each = int(np.ceil((top / (p1 - p2)) ** 2))
    return InformationSize(needed_people=2 * each, people=people, share=people / (2 * each))


@dataclass(frozen=True, slots=True, kw_only=True)
class PerHundred:
    """How many more of 100 people have the outcome; ``next_*`` where a new site may lie. Both the effect's and the
    baseline's uncertainty are in the limits."""

    baseline: float
    baseline_people: int | None
    more: float
    more_low: float
    more_high: float
    next_low: float
    next_high: float
    level: float


def per_hundred(
    pooled: PooledEffect, *, baseline: float, measure: str = "RR", baseline_people: int | None = None
) -> PerHundred:
    """The difference a pooled RR, OR (logged) or RD makes where ``baseline`` have the outcome without the intervention.

    Parameters
    ----------
    baseline_people : int, optional
        How many people the baseline was counted among; taken as known without.

    References
    ----------
    .. [1] Cochrane Handbook 6.4, 15.4.4, for the point. The limits are those of the difference's distribution: the
       effect by its t or normal distribution, the baseline by Jeffreys's beta (Brown, Cai and DasGupta 2001, Stat Sci
       16:101-133), independent of each other.
    """
    if not 0 < baseline < 1:
        raise ValueError(f"baseline {baseline}: a risk between 0 and 1")
    share = (np.arange(MIDPOINTS) + 0.5) / MIDPOINTS
    risks = np.full(1, baseline)
    if baseline_people is not None:
        events = baseline * baseline_people
        risks = special.betaincinv(events + 0.5, baseline_people - events + 0.5, share)

    def limits(spread: float) -> tuple[float, float]:
        more = _with_it(pooled.estimate + spread * _standard(share, pooled.df)[:, None], risks, measure) - risks
        tail = (1 - pooled.level) / 2
        low, high = np.quantile(100 * more, [tail, 1 - tail])
        return float(low), float(high)

    low, high = limits(pooled.se)
    next_low, next_high = limits(float(np.hypot(pooled.se, np.sqrt(pooled.tau2))))
    return PerHundred(
        baseline=baseline,
        baseline_people=baseline_people,
        more=float(100 * (_with_it(np.array(pooled.estimate), np.array(baseline), measure) - baseline)),
        more_low=low,
        more_high=high,
        next_low=next_low,
        next_high=next_high,
        level=pooled.level,
    )


def _standard(share: Floats, df: float | None) -> Floats:
    return np.asarray(special.ndtri(share) if df is None else special.stdtrit(df, share))


def _with_it(effect: Floats, risk: Floats, measure: str) -> Floats:
    if measure == "RD":
        return np.clip(risk + effect, 0, 1)
    if measure == "RR":
        return np.minimum(risk * np.exp(effect), 1)
    if measure in ("OR", "PETO"):
        odds = np.exp(effect) * risk / (1 - risk)
        return np.asarray(odds / (1 + odds))
    raise ValueError(f"{measure} says nothing of risks")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTrial:
    """A trial that is not there yet, in the light of those that are.

    ``power``: the chance of a clear result of its own if the pooled effect is the true one; ``assurance``: the same
    when the effect in a new place is as uncertain as the prediction interval says. ``p_conclusive``: the chance that
    the pooled interval with it lies above the threshold, and ``conclusive_from`` to ``conclusive_to`` what it would
    have to show for that (None where nothing would do).
    """

    variance: float
    power: float
    assurance: float
    p_conclusive: float
    conclusive_from: float | None
    conclusive_to: float | None
    threshold: float


def planned_trial(
    effects: Floats, variances: Floats, pooled: PooledEffect, *, variance: float, threshold: float = 0.0
) -> PlannedTrial:
    """What a trial with this sampling variance may be expected to show, and to change.

    References
    ----------
    .. [1] O'Hagan, Stevens and Campbell (2005), Pharm Stat 4:187-201 (assurance).
    .. [2] Sutton et al. (2007), Stat Med 26:2479-2500 (a trial designed for the meta-analysis that it goes into).
    """
    z = critical(pooled.level)
    spread = float(np.sqrt(pooled.se**2 + pooled.tau2))
    share = (np.arange(MIDPOINTS) + 0.5) / MIDPOINTS
    true = pooled.estimate + spread * _standard(share, pooled.df)
    sd = float(np.sqrt(variance))
    # What the trial may show: wide enough for nearly all of it, each with the chance of falling there.
    edges = np.linspace(true[0] - 4 * sd, true[-1] + 4 * sd, 2001)
    shown = (edges[1:] + edges[:-1]) / 2
    below = special.ndtr((edges[:, None] - true) / sd).mean(1)
    with_it = refit(
        np.column_stack((np.broadcast_to(effects, (shown.size, effects.size)), shown)),
        np.append(variances, variance),
        method=pooled.method,
        test=pooled.ci,
        level=pooled.level,
    )
    above = with_it.estimate - with_it.half_width > threshold
    return PlannedTrial(
        variance=variance,
        power=float(special.ndtr(pooled.estimate / sd - z)),
        assurance=float(special.ndtr(true / sd - z).mean()),
        p_conclusive=float(np.diff(below)[above].sum()),
        conclusive_from=float(shown[above][0]) if above.any() else None,
        conclusive_to=float(shown[above][-1]) if above.any() else None,
        threshold=threshold,
    )


def planned_variance(*, people_each: int, baseline: float, effect: float, measure: str = "RR") -> float:
    """Sampling variance of two equal groups' log RR, log OR or RD with the counts that are expected."""
    p1, p2 = float(_with_it(np.array(effect), np.array(baseline), measure)), baseline
    p1 = min(max(p1, 0.5 / people_each), 1 - 0.5 / people_each)
    if measure == "RD":
        return (p1 * (1 - p1) + p2 * (1 - p2)) / people_each
    if measure == "RR":
        return ((1 - p1) / p1 + (1 - p2) / p2) / people_each
    return (1 / (p1 * (1 - p1)) + 1 / (p2 * (1 - p2))) / people_each
