"""The analysis drawn many times: how sure the answer is, and what it would be worth to know more."""

from dataclasses import dataclass

import numpy as np

from fotfeste.economics.accounts import books
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.evaluation import at_horizon, cost_of, effect_of, net_over_time
from fotfeste.economics.ratios import net_monetary_benefit
from fotfeste.economics.shapes import Analysis

AT_ONCE = 1000
"""Draws computed at once, so that memory stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """One number a draw: ``net_benefit``, ``cost`` and ``effect`` of shape (d,), intervention less reference, and
    ``over_time``, the net benefit so far, of shape (d, t). ``held`` counts draws whose probabilities had to be held."""

    net_benefit: FloatArray
    cost: FloatArray
    effect: FloatArray | None
    over_time: FloatArray
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptability:
    """At one willingness to pay: how often the intervention is worth it, and what knowing for sure would be worth."""

    willingness_to_pay: float
    probability: float
    evpi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    month: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """``evpi`` is the value of perfect information on whether the net benefit is above zero, per participant."""

    draws: int
    seed: int
    level: float
    net_benefit: float
    ci_low: float
    ci_high: float
    probability: float
    evpi: float
    cost: float
    effect: float | None
    acceptability: tuple[Acceptability, ...]
    over_horizon: tuple[Band, ...]
    warnings: tuple[str, ...]


def draw(analysis: Analysis, *, draws: int, seed: int, horizon_months: float | None = None) -> Draws:
    """Compute the analysis for drawn inputs.

    Raises
    ------
    BadHorizon
        See `evaluation.at_horizon`.
    """
    analysis = at_horizon(analysis, horizon_months)
    base, drawn = analysis.inputs(), analysis.uncertainty.draw(draws, np.random.default_rng(seed))
    parts, held = [], 0
    for first in range(0, draws, AT_ONCE):
        values = base | {name: value[first : first + AT_ONCE] for name, value in drawn.items()}
        kept = books(analysis, values, analysis.horizon_months)
        size = min(AT_ONCE, draws - first)
        effect = effect_of(analysis, values, kept) if analysis.effect_measure else np.zeros(1)
        one = (cost_of(kept, analysis.perspective), effect)
        parts.append((net_over_time(kept, analysis.perspective), *(np.broadcast_to(x, (size,)) for x in one)))
        held += int(np.broadcast_to(kept.paths.held, (size,)).sum())
    over_time, cost, effect = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Draws(
        net_benefit=over_time[:, -1],
        cost=cost,
        effect=effect if analysis.effect_measure else None,
        over_time=over_time,
        held=held,
    )


def simulate(analysis: Analysis, drawn: Draws, *, seed: int, level: float = 0.95) -> Simulation:
    """Sum up draws."""
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(drawn.net_benefit, tails)
    lows, highs = np.quantile(drawn.over_time, tails, axis=0)
    return Simulation(
        draws=len(drawn.net_benefit),
        seed=seed,
        level=level,
        net_benefit=float(drawn.net_benefit.mean()),
        ci_low=float(low),
        ci_high=float(high),
        probability=float((drawn.net_benefit > 0).mean()),
        evpi=perfect_information(drawn.net_benefit),
        cost=float(drawn.cost.mean()),
        effect=None if drawn.effect is None else float(drawn.effect.mean()),
        acceptability=acceptability(drawn, analysis.willingness_to_pay),
        over_horizon=tuple(
            Band(month=(i + 1) * analysis.interval_months, low=float(lows[i]), high=float(highs[i]))
            for i in range(len(lows))
        ),
        warnings=("probabilities_held",) if drawn.held else (),
    )


def perfect_information(net_benefit: FloatArray) -> float:
    """Expected value of perfect information: the best choice in each draw, less the best choice for all of them.

    References
    ----------
    .. [1] Briggs, Claxton and Sculpher (2006), section 6.2.
    """
    return float(np.maximum(net_benefit, 0.0).mean() - max(net_benefit.mean(), 0.0))


def acceptability(drawn: Draws, willingness_to_pay: tuple[float, ...]) -> tuple[Acceptability, ...]:
    """The acceptability curve."""
    if drawn.effect is None:
        return ()
    told = []
    for value in willingness_to_pay:
        worth = net_monetary_benefit(drawn.cost, drawn.effect, willingness_to_pay=value)
        told.append(
            Acceptability(
                willingness_to_pay=value, probability=float((worth > 0).mean()), evpi=perfect_information(worth)
            )
        )
    return tuple(told)
