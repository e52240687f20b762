"""Made-up values of outcomes that are columns of one's own: questionnaires, wages, what somebody noted."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fotfeste.trial.plan import BadPlan, Outcome, Plan, TimePoint
from fotfeste.trial.questionnaires import shipped
from fotfeste.trial.simulation.working_lives import DAYS_A_MONTH

Floats = npt.NDArray[np.float64]
ALIKE = 0.6
"""How much of the variance of a scale is the person's own, the same at every time point."""
NONE_AT_ALL = 0.5
"""How many have none of what is counted."""


def own_values(plan: Plan, arms: Sequence[int], draw: np.random.Generator) -> dict[str, list[str]]:
    """The cells of every outcome without a definition, by column.

    Raises
    ------
    BadPlan
        Such an outcome lacks ``expected``, or a scale its ``sd``.
    """
    told: dict[str, list[str]] = {}
    for number, outcome in enumerate(plan.outcomes, start=1):
        person = draw.normal(size=len(arms))
        for place, point in enumerate(outcome.points, start=1):
            if point.definition:
                continue
            if not point.expected:
                raise BadPlan(plan.file, f"outcome[{number}].at[{place}].expected", "no_expected")
            if outcome.kind == "continuous" and outcome.sd is None:
                raise BadPlan(plan.file, f"outcome[{number}].sd", "no_expected")
            told |= _values(outcome, point, np.array(point.expected)[list(arms)], person, draw)
    return told


def _values(
    outcome: Outcome, point: TimePoint, expected: Floats, person: Floats, draw: np.random.Generator
) -> dict[str, list[str]]:
    n = expected.size
    if outcome.kind == "binary":
        return {point.column: [f"{one:d}" for one in draw.random(n) < expected]}
    if outcome.kind == "count":
        amounts = draw.exponential(expected / (1 - NONE_AT_ALL)) * (draw.random(n) >= NONE_AT_ALL)
        return {point.column: [f"{one:.0f}" for one in _within(outcome, amounts)]}
    if outcome.kind == "time":
        days = point.month * DAYS_A_MONTH
        came = draw.exponential(-days / np.log1p(-expected))
        event = outcome.event_column(point)
        assert event
        return {
            point.column: [f"{one:.0f}" for one in np.minimum(came, days)],
            event: [f"{one:d}" for one in came < days],
        }
    assert outcome.sd is not None
    noise = np.sqrt(ALIKE) * person + np.sqrt(1 - ALIKE) * draw.normal(size=n)
    return {point.column: [f"{one:.0f}" for one in _within(outcome, expected + outcome.sd * noise)]}


def _within(outcome: Outcome, values: Floats) -> Floats:
    """Inside the plan's limits, or else those of a questionnaire that comes with Fotfeste."""
    asked = shipped().get(outcome.instrument) if outcome.instrument else None
    low, high = asked.range if asked else (None, None)
    return np.clip(
        values,
        low if outcome.lowest is None else outcome.lowest,
        high if outcome.highest is None else outcome.highest,
    )
