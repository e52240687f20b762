"""One input at a time, named scenarios, and the value of an input at which the answer turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fotfeste.economics.accounts import books
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.evaluation import at_horizon, net_over_time
from fotfeste.economics.shapes import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """The net benefit with one input at its low and its high value (an amount in the prices of the analysis), the
    others as they are."""

    parameter: str
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    name: str
    horizon: float
    net_benefit: float


def net_with(analysis: Analysis, change: Mapping[str, Any], horizon_months: float | None = None) -> FloatArray:
    """Net benefit so far by interval with some inputs changed to arrays of shape (d,); result (d, t)."""
    analysis = at_horizon(analysis, horizon_months)
    values = analysis.inputs() | {name: np.atleast_1d(np.asarray(v, dtype=float)) for name, v in change.items()}
    return net_over_time(books(analysis, values, analysis.horizon_months), analysis.perspective)


def tornado(analysis: Analysis, *, horizon_months: float | None = None) -> tuple[Swing, ...]:
    """Change each uncertain input alone to its low and high value; the widest swing first.

    The measured points of one effect are moved together: they are one curve.
    """
    groups: dict[str, list[tuple[str, float, float]]] = {}
    for uncertain in analysis.uncertainty.inputs:
        name = uncertain.parameter
        groups.setdefault(name.partition("[")[0], []).append((name, *uncertain.limits()))
    swings = []
    for name, members in groups.items():
        change = {parameter: [low, high] for parameter, low, high in members}
        net = net_with(analysis, change, horizon_months)[:, -1]
        factor = analysis.factor_of(name)
        swings.append(
            Swing(
                parameter=name,
                low=members[-1][1] * factor,
                high=members[-1][2] * factor,
                at_low=float(net[0]),
                at_high=float(net[-1]),
            )
        )
    return tuple(sorted(swings, key=lambda s: -abs(s.at_high - s.at_low)))


def scenarios(analysis: Analysis) -> tuple[ScenarioResult, ...]:
    told = []
    for scenario in analysis.scenarios:
        horizon = scenario.horizon_months or analysis.horizon_months
        net = net_with(analysis, scenario.change, horizon)
        told.append(ScenarioResult(name=scenario.name, horizon=horizon, net_benefit=float(net[0, -1])))
    return tuple(told)


def threshold(
    analysis: Analysis, parameters: tuple[str, ...], horizons: FloatArray, *, low: float, high: float
) -> FloatArray:
    """The value between ``low`` and ``high`` at which the net benefit is zero, for each horizon.

    Parameters
    ----------
    analysis : Analysis
    parameters : tuple of str
        Inputs that are given the same value.
    horizons : ndarray of float, shape (h,)
        Months.
    low, high : float
        The net benefit is searched between these, and must rise or fall all the way.

    Returns
    -------
    ndarray, shape (h,)
        NaN where the net benefit has the same sign at both ends.
    """
    from scipy.optimize.elementwise import find_root  # takes longer to import than most answers to compute

    last = float(horizons.max())
    places = np.rint(horizons / analysis.interval_months).astype(int) - 1

    def net(values: FloatArray, places: npt.NDArray[np.intp]) -> FloatArray:
        told = net_with(analysis, dict.fromkeys(parameters, values), last)
        return np.asarray(np.broadcast_to(told, (len(values), told.shape[1]))[np.arange(len(values)), places])

    ends = (np.full(len(places), low), np.full(len(places), high))
    return np.asarray(find_root(net, ends, args=(places,)).x)
