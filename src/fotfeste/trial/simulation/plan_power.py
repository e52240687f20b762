"""The power of a plan: its own primary analysis, run on trials made up by the plan's own assumptions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fotfeste.files import Cells
from fotfeste.trial.analysis.planned import Analyst
from fotfeste.trial.analysis.records import read_trial
from fotfeste.trial.errors import BadDesign
from fotfeste.trial.plan import Plan, TimePoint
from fotfeste.trial.simulation.chance import monte_carlo_error
from fotfeste.trial.simulation.made_up import Row, made_up_trial

Progress = Callable[[int, int], None]
FAR = 1_000_000
"""From the seed of one run to that of the next, so that runs share no trial."""


@dataclass(frozen=True, kw_only=True)
class PlanPower:
    """The share of trials whose interval leaves out no effect, by ``analysis`` on arm ``arm`` against the reference.

    ``estimate`` is the mean over trials and ``sd`` the spread between them; ratios are logarithms. Trials where the
    analysis has no answer (``not_estimable``) count as finding nothing.
    """

    analysis: str
    arm: str
    power: float
    mc_error: float
    estimate: float
    sd: float
    not_estimable: int
    n: int
    replicates: int
    seed: int


def plan_power(
    plan: Plan, *, replicates: int, seed: int, progress: Progress = lambda done, of: None
) -> tuple[PlanPower, ...]:
    """Make up trials and run the primary analysis on each.

    Parameters
    ----------
    plan : Plan
        With ``assumptions`` and what is expected.
    replicates : int
        How many trials, at least 2.
    seed : int
        The same seed gives the same trials.
    progress : callable, optional
        Told how many trials of how many are done.

    Returns
    -------
    tuple of PlanPower
        One for each arm that is compared with the reference.

    Raises
    ------
    BadDesign
        Fewer than two trials.
    BadPlan
        The plan does not say what is expected.
    """
    if replicates < 2:
        raise BadDesign("simulate", "whole")
    needed = _only_primary(plan)
    compared = [arm for arm in plan.arms if not arm.reference]
    found = np.full((len(compared), replicates, 3), np.nan)
    for trial in range(replicates):
        made = made_up_trial(needed, seed=seed * FAR + trial)
        data = read_trial(needed, _cells(made.data))
        for at, arm in enumerate(compared):
            effect = Analyst(needed, data, plan.primary, arm, seed=trial).under(plan.primary.missing).effect
            if effect:
                found[at, trial] = effect.estimate, effect.ci_low, effect.ci_high
        progress(trial + 1, replicates)
    told = []
    for at, arm in enumerate(compared):
        estimate, low, high = found[at][np.isfinite(found[at]).all(axis=1)].T
        share = float(((low > 0) | (high < 0)).sum() / replicates)
        told.append(
            PlanPower(
                analysis=plan.primary.id,
                arm=arm.id,
                power=share,
                mc_error=monte_carlo_error(share, replicates),
                estimate=float(estimate.mean()),
                sd=float(estimate.std(ddof=1)),
                not_estimable=replicates - estimate.size,
                n=plan.planned_n,
                replicates=replicates,
                seed=seed,
            )
        )
    return tuple(told)


def _only_primary(plan: Plan) -> Plan:
    """The plan with no other outcomes than those that the primary analysis looks at, or that say who works."""
    adjusted = {column.partition("@")[0] for column in plan.primary.adjust_for if "@" in column}
    kept = tuple(o for o in plan.outcomes if o.id in {plan.primary.outcome, *adjusted} or _tells_who_works(o.points))
    return replace(plan, outcomes=kept, secondary=(), subgroups=())


def _tells_who_works(points: Sequence[TimePoint]) -> bool:
    return any(point.definition and point.expected for point in points)


def _cells(rows: Sequence[Row]) -> Cells:
    head, *people = rows
    columns = dict(zip(head, zip(*people, strict=True), strict=True))
    return Cells("", "", columns, tuple(range(2, len(people) + 2)))
