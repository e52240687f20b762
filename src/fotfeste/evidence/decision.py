"""From a ratio to what a decision needs: people per hundred, enough information, and what the next trial would
change."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.model import critical
from fotfeste.evidence.projection import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsoluteEffect:
    """More people of a hundred with the outcome; the interval holds the ratio's and the baseline's uncertainty."""

    baseline: float
    with_ips: float
    per_100: float
    per_100_ci_low: float
    per_100_ci_high: float
    capped: bool


def absolute_effect(
    log_ratio: float, se: float, *, baseline_events: int, baseline_n: int, measure: str = "RR", level: float = 0.95
) -> AbsoluteEffect:
    """Newcombe's way of joining two intervals (MOVER; Newcombe 1998, Zou and Donner 2008): neither is taken as known.

    The baseline's own interval is Wilson's (1927). A risk cannot pass 1: ``capped`` says where the ratio would
    have it so.
    """
    p, n, z = baseline_events / baseline_n, baseline_n, critical(level)
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)

    def more(base: float, log_ratio: float) -> float:
        if measure == "RR":
            return base * float(np.exp(log_ratio)) - base
        if measure == "OR":
            odds = base / (1 - base) * float(np.exp(log_ratio))
            return odds / (1 + odds) - base
        return log_ratio

    at = more(p, log_ratio)
    ratio_low, ratio_high = more(p, log_ratio - z * se), more(p, log_ratio + z * se)
    base = sorted((more(low, log_ratio), more(high, log_ratio)))
    down = at - float(np.hypot(at - ratio_low, at - base[0]))
    up = at + float(np.hypot(ratio_high - at, base[1] - at))
    capped = p + at > 1
    return AbsoluteEffect(
        baseline=p,
        with_ips=min(1.0, p + at),
        per_100=100 * min(at, 1 - p),
        per_100_ci_low=100 * down,
        per_100_ci_high=100 * min(up, 1 - p),
        capped=capped,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSize:
    """People and events that one well-powered trial of the same question would need, and what there is."""

    needed_people: int
    needed_events: int
    people: int
    events: int
    share: float


def optimal_information_size(
    *, baseline: float, ratio: float, people: int, events: int, alpha: float = 0.05, power: float = 0.80
) -> InformationSize:
    """Two equal groups, risks compared (Guyatt et al. 2011, J Clin Epidemiol 64:1283-1293; Fleiss, equation for
    two risks)."""
    p1, p2 = baseline, min(0.999, baseline * ratio)
    mean = (p1 + p2) / 2
    za, zb = float(special.ndtri(1 - alpha / 2)), float(special.ndtri(power))
    top = za * np.sqrt(2 * mean * (1 - mean)) + zb * np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    each = int(np.ceil((top / (p1 - p2)) ** 2))
    return InformationSize(
        needed_people=2 * each,
        needed_events=int(np.ceil(each * (p1 + p2))),
        people=people,
        events=events,
        share=people / (2 * each),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """``power`` if the pooled effect were true; ``assurance`` over what the next site's effect may be."""

    power: float
    assurance: float


def assurance(
    y: Floats, v: Floats, *, estimate: float, se: float, tau2: float, trial_variance: float, alpha: float = 0.05
) -> Assurance:
    """The chance that a planned trial with this sampling variance is significant (O'Hagan et al. 2005, Pharm Stat
    4:187-201).

    The next site's effect is normal with the pooled mean, its variance and tau2, so that the chance has a closed form.
    """
    need = float(special.ndtri(1 - alpha / 2)) * np.sqrt(trial_variance)
    spread = np.sqrt(se**2 + tau2 + trial_variance)

    def chance(sd: float) -> float:
        return float(special.ndtr((estimate - need) / sd) + special.ndtr((-estimate - need) / sd))

    return Assurance(power=chance(float(np.sqrt(trial_variance))), assurance=chance(float(spread)))
