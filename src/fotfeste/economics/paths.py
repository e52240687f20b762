"""What happens to people in each arm, interval by interval: years in work, full-time years, years in a state, QALYs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from fotfeste.economics.discounting import FloatArray, present_value
from fotfeste.economics.markov import together

if TYPE_CHECKING:
    from fotfeste.economics.shapes import Analysis, Arm, Values

Quantity = str
"""year_in_work, full_time_year, qaly, or the ids of states with + between."""
Rule = Literal["middle", "start", "end", "half_cycle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """``level(quantity, arm)`` is a share of people, or a utility, of shape (d, t) at the middles of the intervals, or
    (d, t + 1) at their ends with the start; ``rule`` says which, and how it is counted."""

    level: Callable[[Quantity, "Arm"], FloatArray]
    at_ends: Callable[["Arm"], FloatArray]
    """Share in work at the end of each interval, shape (d, t)."""
    rule: Rule
    interval_years: float
    intervals: int
    held: npt.NDArray[np.bool_]

    def years(self, quantity: Quantity, arm: "Arm", rate: FloatArray) -> FloatArray:
        """Years by interval, discounted, shape (d, t)."""
        levels = self.level(quantity, arm) * self.interval_years
        if self.rule == "middle":
            return levels * present_value((np.arange(self.intervals) + 0.5) * self.interval_years, rate)
        moments = levels * present_value(np.arange(self.intervals + 1) * self.interval_years, rate)
        if self.rule == "start":
            return moments[:, :-1]
        if self.rule == "end":
            return moments[:, 1:]
        return np.asarray((moments[:, :-1] + moments[:, 1:]) / 2)


def paths(analysis: "Analysis", values: "Values", horizon_months: float) -> Paths:
    """Follow both arms for as long as the horizon."""
    intervals = round(horizon_months / analysis.interval_months)
    return (_cohort if analysis.cohort else _effect)(analysis, values, intervals)


def _cohort(analysis: "Analysis", values: "Values", cycles: int) -> Paths:
    cohort = analysis.cohort
    assert cohort
    traces = {
        "intervention": cohort.trace(values, treated=True, cycles=cycles),
        "reference": cohort.trace(values, treated=False, cycles=cycles),
    }
    ids = [state.id for state in cohort.states]

    def weights(quantity: Quantity) -> FloatArray:
        if quantity == "year_in_work":
            return np.array([[float(state.in_work) for state in cohort.states]])
        if quantity == "full_time_year":
            columns = [values[f"{state.id}.full_time_share"] for state in cohort.states]
        elif quantity == "qaly":
            columns = [values.get(f"{state.id}.utility", np.zeros(1)) for state in cohort.states]
        else:
            return np.array([[float(id in quantity.split("+")) for id in ids]])
        return np.stack(np.broadcast_arrays(*columns), axis=1)

    def level(quantity: Quantity, arm: "Arm") -> FloatArray:
        return np.asarray(np.einsum("dts,ds->dt", *together(traces[arm].shares, weights(quantity))))

    return Paths(
        level=level,
        at_ends=lambda arm: level("year_in_work", arm)[:, 1:],
        rule=cohort.counted,
        interval_years=cohort.cycle_months / 12,
        intervals=cycles,
        held=traces["intervention"].held,
    )


def _effect(analysis: "Analysis", values: "Values", months: int) -> Paths:
    effect = analysis.effect
    assert effect
    ends = np.arange(1, months + 1, dtype=np.float64)
    middles = np.asarray(ends - 0.5)

    def points(name: str, number: int) -> FloatArray:
        return np.stack(np.broadcast_arrays(*(values[f"{name}[{i}]"] for i in range(1, number + 1))), axis=1)

    def in_work(arm: "Arm", at: FloatArray, width: float) -> FloatArray:
        level = np.zeros((1, len(at)))
        if effect.reference:
            level = effect.curve.at(points("effect.reference", len(effect.reference)), at)
        if arm == "reference":
            return level
        more = effect.curve.at(points("effect.difference", len(effect.difference)), at)
        remains = effect.curve.remains(values["effect.lasts_to_month"], at, width)
        return level + values["effect.scale"][:, None] * more * remains

    def level(quantity: Quantity, arm: "Arm") -> FloatArray:
        if quantity == "qaly":
            if arm == "reference" or effect.qaly_curve is None:
                return np.zeros((1, months))
            more = effect.qaly_curve.at(points("qaly.difference", len(effect.qaly_difference)), middles)
            return (
                values["effect.scale"][:, None]
                * more
                * effect.qaly_curve.remains(np.array([effect.qaly_curve.lasts_to_month]), middles, 1.0)
            )
        share = in_work(arm, middles, 1.0)
        return share * values["effect.full_time_share"][:, None] if quantity == "full_time_year" else share

    return Paths(
        level=level,
        at_ends=lambda arm: in_work(arm, ends, 0.0),
        rule="middle",
        interval_years=1 / 12,
        intervals=months,
        held=np.zeros(1, dtype=bool),
    )
