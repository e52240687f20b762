"""The wage, the duration, the size of the effect or the cost at which the net benefit is zero, over the horizon."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.economics.curves import FOR_EVER
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.evaluation import at_horizon
from fotfeste.economics.sensitivity import threshold
from fotfeste.economics.shapes import Analysis

Question = Literal["wage", "duration", "effect", "cost"]
WIDEST = 1000.0
"""The search goes to this many times what the file says; beyond it there is no answer worth telling."""


class NoSuchInput(ValueError):
    """The analysis has no input for the question, or several where one must be chosen: ``known`` are the names."""

    def __init__(self, question: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{question}: {known}")
        self.question, self.known = question, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    horizon: float
    value: float | None
    """None where no value makes the net benefit zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """``value`` is in the prices of the analysis, in months, or as a multiple of the effect that the file has."""

    question: str
    parameters: tuple[str, ...]
    unit: Literal["money", "months", "times", "own"]
    now: float | None
    """What the file says; None for an effect that it lets last for ever."""
    horizon: float
    value: float | None
    over_horizon: tuple[Point, ...]


def break_even(
    analysis: Analysis, question: str, *, horizon_months: float | None = None, longest: float | None = None
) -> BreakEven:
    """Answer one question of break-even.

    Parameters
    ----------
    analysis : Analysis
    question : str
        wage, duration, effect, cost, or the name of an input. A wage or cost is the file's only one, else its input
        is named.
    horizon_months : float, optional
        Another horizon than the file's.
    longest : float, optional
        The curve goes from one interval to this horizon; to the horizon itself where it is not given.

    Raises
    ------
    NoSuchInput, BadHorizon
    """
    analysis = at_horizon(analysis, horizon_months)
    furthest = at_horizon(analysis, longest).horizon_months
    parameters, unit = _asked(analysis, question)
    step = analysis.interval_months
    horizons = np.asarray(step * np.arange(1, round(furthest / step) + 1))
    if analysis.horizon_months not in horizons:
        horizons = np.append(horizons, analysis.horizon_months)
    factor = analysis.factor_of(parameters[0])
    now = float(analysis.inputs()[parameters[0]][0])
    high = float(horizons.max()) if unit == "months" else WIDEST * (abs(now) or 1.0)
    found = threshold(analysis, parameters, horizons, low=0.0, high=high) * factor
    points = tuple(Point(horizon=float(h), value=_told(v)) for h, v in zip(horizons, found, strict=True))
    return BreakEven(
        question=question,
        parameters=parameters,
        unit=unit,
        now=None if now >= FOR_EVER else now * factor,
        horizon=analysis.horizon_months,
        value=next(point.value for point in points if point.horizon == analysis.horizon_months),
        over_horizon=points,
    )


def _asked(analysis: Analysis, question: str) -> tuple[tuple[str, ...], Literal["money", "months", "times", "own"]]:
    if question == "effect":
        return ("effect.scale",), "times"
    if question == "duration":
        if analysis.cohort is None:
            return ("effect.lasts_to_month",), "months"
        if not analysis.cohort.treatments:
            raise NoSuchInput(question, ())
        return tuple(f"{t.id}.to_month" for t in analysis.cohort.treatments), "months"
    kinds = {"wage": "production", "cost": "cost"}
    if question in kinds:
        items = [item for item in analysis.items if item.kind == kinds[question] and item.arm != "reference"]
        if len(items) != 1:
            raise NoSuchInput(question, tuple(f"{item.id}.amount" for item in items))
        return (f"{items[0].id}.amount",), "money"
    known = analysis.inputs()
    if question not in known or known[question].ndim > 1:
        raise NoSuchInput(question, tuple(known))
    return (question,), "money" if question.endswith(".amount") else "own"


def _told(value: FloatArray) -> float | None:
    return None if np.isnan(value) else float(value)
