"""The whole trial: its plan run on its data, and nothing else."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fotfeste.trial.analysis.baseline import AtStart, baseline
from fotfeste.trial.analysis.effect import Effect, NotEstimable
from fotfeste.trial.analysis.estimating import WITH_STANDARD_ERROR
from fotfeste.trial.analysis.planned import AnalysisResult, Analyst, Role, with_multiplicity
from fotfeste.trial.analysis.records import TrialData
from fotfeste.trial.analysis.resampling import SEED
from fotfeste.trial.analysis.subgroups import Subgroups, interaction
from fotfeste.trial.analysis.survival import Curve, LogRank, kaplan_meier, log_rank
from fotfeste.trial.flow import Flow, flow
from fotfeste.trial.plan import Analysis, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgroupResult:
    """``told`` is None where the groups hold no answer, for the reason in ``not_estimable``."""

    by: str
    arm: str
    told: Subgroups | None
    not_estimable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Kaplan-Meier curves of the arms for one time, and the log-rank test of each against the reference."""

    outcome: str
    month: int
    arms: dict[str, Curve]
    tests: dict[str, LogRank]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMonth:
    """The primary outcome's effect at one of its months, unadjusted, of people with data."""

    month: int
    arm: str
    effect: Effect
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """What the plan asked for. ``post_hoc`` are analyses that somebody asked for besides, and must be told as such."""

    plan: Plan
    data_sha256: str
    seed: int
    first_on: date
    last_on: date
    flow: Flow
    baseline: tuple[AtStart, ...]
    primary: tuple[AnalysisResult, ...]
    secondary: tuple[AnalysisResult, ...]
    post_hoc: tuple[AnalysisResult, ...]
    subgroups: tuple[SubgroupResult, ...]
    curves: tuple[Curves, ...]
    over_time: tuple[AtMonth, ...]
    scored: tuple[str, ...]

    @property
    def analyses(self) -> tuple[AnalysisResult, ...]:
        return (*self.primary, *self.secondary, *self.post_hoc)


def analyse(
    plan: Plan,
    data: TrialData,
    *,
    post_hoc: Sequence[Analysis] = (),
    screened: int | None = None,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> TrialResult:
    """Run the plan.

    Parameters
    ----------
    plan : Plan
    data : TrialData
        From ``read_trial``.
    post_hoc : sequence of Analysis, optional
        Comparisons that are not in the plan; they take no part in its multiplicity.
    screened : int, optional
        How many were assessed before randomisation, for the flow.
    seed : int, optional
        Of imputations, bootstrap and randomisation tests.
    progress : callable, optional
        Called with how many analyses are done, and of how many.
    """
    others = [arm for arm in plan.arms if not arm.reference]
    wanted: list[tuple[Role, Analysis]] = [("primary", plan.primary)]
    wanted += [("secondary", one) for one in plan.secondary] + [("post_hoc", one) for one in post_hoc]
    jobs = [(role, one, arm) for role, one in wanted for arm in others]
    found: dict[str, list[AnalysisResult]] = {"primary": [], "secondary": [], "post_hoc": []}
    for done, (role, one, arm) in enumerate(jobs):
        if progress:
            progress(done, len(jobs))
        found[role].append(Analyst(plan, data, one, arm, seed=seed).run(role))
    if progress:
        progress(len(jobs), len(jobs))
    point = plan.outcome(plan.primary.outcome).at(plan.primary.month)
    known = np.isfinite(data.numbers[point.column])
    return TrialResult(
        plan=plan,
        data_sha256=data.sha256,
        seed=seed,
        first_on=data.first_on,
        last_on=data.last_on,
        baseline=baseline(plan, data),
        flow=flow(
            data.arm,
            known,
            known if plan.primary.missing == "complete_case" else np.ones(data.n, bool),
            withdrew=data.withdrew,
            died=data.died,
            order=[arm.id for arm in plan.arms],
            screened=screened,
        ),
        primary=with_multiplicity(found["primary"], plan.multiplicity if len(others) > 1 else "none"),
        secondary=with_multiplicity(found["secondary"], plan.multiplicity),
        post_hoc=tuple(found["post_hoc"]),
        subgroups=tuple(
            _subgroups(Analyst(plan, data, plan.primary, arm, seed=seed), by) for by in plan.subgroups for arm in others
        ),
        curves=tuple(
            told for one in _times(plan, [one for _, one in wanted]) if (told := _curves(plan, data, one)).arms
        ),
        over_time=_over_time(plan, data, seed),
        scored=data.scored,
    )


def _subgroups(analyst: Analyst, by: str) -> SubgroupResult:
    told = {level: under.effect for level, under in analyst.levels(by).items() if under.effect is not None}
    try:
        return SubgroupResult(by=by, arm=analyst.arm, told=interaction(by, told))
    except NotEstimable as error:
        return SubgroupResult(by=by, arm=analyst.arm, told=None, not_estimable=error.reason)


def _times(plan: Plan, analyses: Sequence[Analysis]) -> list[Analysis]:
    """One analysis for each time that is analysed."""
    found = {(a.outcome, a.month): a for a in analyses if plan.outcome(a.outcome).kind == "time"}
    return list(found.values())


def _curves(plan: Plan, data: TrialData, planned: Analysis) -> Curves:
    outcome = plan.outcome(planned.outcome)
    point = outcome.at(planned.month)
    time, event = data.numbers[point.column], data.numbers[outcome.event_column(point) or ""]
    known = np.isfinite(time)
    level = 1 - plan.alpha
    arms = {
        arm.id: kaplan_meier(time[here], event[here], level=level)
        for arm in plan.arms
        if (here := known & (data.arm == arm.id)).any()
    }
    tests = {}
    for arm in arms:
        both = known & np.isin(data.arm, (arm, plan.reference.id))
        if arm != plan.reference.id:
            with suppress(NotEstimable):
                tests[arm] = log_rank(time[both], event[both], data.arm[both] == arm)
    return Curves(outcome=outcome.id, month=planned.month, arms=arms, tests=tests)


def _over_time(plan: Plan, data: TrialData, seed: int) -> tuple[AtMonth, ...]:
    """The primary measure at every month of the primary outcome; those without a planned analysis are so marked."""
    primary = plan.primary
    method = WITH_STANDARD_ERROR.get(primary.method, primary.method)
    planned = {(a.outcome, a.month) for a in (primary, *plan.secondary)}
    told = []
    for point in plan.outcome(primary.outcome).points:
        for arm in plan.arms:
            if arm.reference or point.month == 0:
                continue
            at = replace(primary, month=point.month, adjust_for=(), method=method)
            effect = Analyst(plan, data, at, arm, seed=seed).under("complete_case").effect
            if effect is not None:
                key = (primary.outcome, point.month)
                told.append(AtMonth(month=point.month, arm=arm.id, effect=effect, planned=key in planned))
    return tuple(told)
