"""One planned analysis: the effect, both denominators, the other rules for what is missing, and how far it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.binary import NumberNeeded, number_needed
from fotfeste.trial.analysis.counts import TwoParts, two_part
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable
from fotfeste.trial.analysis.estimating import WITH_STANDARD_ERROR, Comparison, estimate, scores
from fotfeste.trial.analysis.imputation import Pooled, analysed, imputed
from fotfeste.trial.analysis.missing import TippingPoint, by_rule, tipping_points
from fotfeste.trial.analysis.multiplicity import fixed_sequence, holm
from fotfeste.trial.analysis.records import TrialData, column_of
from fotfeste.trial.analysis.resampling import RandomisationTest, randomisation_test
from fotfeste.trial.plan import Analysis, Arm, Outcome, Plan

Role = Literal["primary", "secondary", "post_hoc"]
DAYS_A_MONTH = 365.25 / 12
SHIFTS = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0)
"""How much worse the missing of the intervention are taken to be, in standard deviations, to find where it turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmNumbers:
    """``value`` is the share (for times, of those it happened to) or the mean of ``people``, out of ``randomised``."""

    arm: str
    people: int
    randomised: int
    value: float
    sd: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRule:
    """The effect under one rule for what is missing, or why there is none."""

    rule: str
    effect: Effect | None
    arms: tuple[ArmNumbers, ...]
    not_estimable: str | None = None
    imputation: Pooled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The effect when imputed values of the intervention are ``by`` worse, in the outcome's own unit."""

    by: float
    effect: Effect
    excludes_none: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisResult:
    """``main`` is by the planned rule. ``all_randomised`` and ``with_data`` are the two denominators, always both.

    ``p_adjusted`` is by the plan's multiplicity: over the secondary analyses, and with several arms over the primary
    analysis of each.
    """

    role: Role
    analysis: Analysis
    outcome: Outcome
    arm: str
    reference: str
    main: ByRule
    all_randomised: ByRule
    with_data: ByRule
    sensitivity: tuple[ByRule, ...] = ()
    number_needed: NumberNeeded | None = None
    parts: TwoParts | None = None
    randomisation: RandomisationTest | None = None
    tipping: tuple[TippingPoint, ...] = ()
    shifts: tuple[Shift, ...] = ()
    p_adjusted: float | None = None
    warnings: tuple[str, ...] = ()


class Analyst:
    """One planned analysis on the people of two arms."""

    def __init__(self, plan: Plan, data: TrialData, planned: Analysis, arm: Arm, *, seed: int) -> None:
        self.plan, self.data, self.planned, self.seed = plan, data, planned, seed
        self.outcome = plan.outcome(planned.outcome)
        self.point = self.outcome.at(planned.month)
        self.arm = arm.id
        self.here = np.isin(data.arm, (arm.id, plan.reference.id))
        self.group = (data.arm[self.here] == arm.id).astype(float)
        self.y = data.numbers[self.point.column][self.here]
        event = self.outcome.event_column(self.point)
        self.event = data.numbers[event][self.here] if event else None

    def run(self, role: Role) -> AnalysisResult:
        planned, rules = self.planned, self.plan.missing
        known = np.isfinite(self.y)
        main = self.under(planned.missing)
        filled = [c for c in planned.adjust_for if self._has_holes(c)]
        imputing = self.outcome.kind == "continuous"
        return AnalysisResult(
            role=role,
            analysis=planned,
            outcome=self.outcome,
            arm=self.arm,
            reference=self.plan.reference.id,
            main=main,
            with_data=self.under("complete_case"),
            all_randomised=self.under("multiple_imputation" if imputing else "not_in_work"),
            sensitivity=tuple(self.under(rule) for rule in rules.sensitivity if self._has_meaning(rule)),
            number_needed=number_needed(main.effect) if main.effect else None,
            parts=self._parts() if planned.measure == "two_part" else None,
            randomisation=self._randomisation_test() if planned.randomisation_test else None,
            tipping=self._tipping() if rules.tipping_point and self.outcome.kind == "binary" else (),
            shifts=self._shifts() if rules.tipping_point and self._shiftable() and not known.all() else (),
            warnings=("covariate_filled",) if filled else (),
        )

    def under(self, rule: str, method: str | None = None, among: npt.NDArray[np.bool_] | None = None) -> ByRule:
        """The effect by one rule; ``among`` chooses people, ``method`` another than the planned."""
        chosen = np.ones(self.y.size, bool) if among is None else among
        method = method or self.planned.method
        try:
            if rule == "multiple_imputation" and not np.isfinite(self.y).all() and method != "mixed_model":
                return self._imputed(rule, chosen, method)
            given, kept = self._completed(rule)
            kept = kept & chosen
            arms = self._numbers(given.y, kept, given.event)
            if method == "mixed_model":
                kept = chosen & np.isfinite(self._waves()).any(1)
            effect = self._estimate(given.only(kept), method)
            return ByRule(rule=rule, effect=effect, arms=arms)
        except NotEstimable as error:
            arms = self._numbers(self.y, np.isfinite(self.y) & chosen, self.event)
            return ByRule(rule=rule, effect=None, arms=arms, not_estimable=error.reason)

    def _has_meaning(self, rule: str) -> bool:
        """Another rule than the planned. A scale has no value for not working, and a time is not imputed."""
        about_work = rule in ("not_in_work", "best_case", "worst_case")
        return rule != self.planned.missing and not (
            (about_work and self.outcome.kind == "continuous")
            or (rule == "multiple_imputation" and (self.event is not None or self.planned.method == "mixed_model"))
        )

    def levels(self, column: str) -> dict[str, ByRule]:
        """The effect in each value of a category, unadjusted, by the method with a standard error."""
        values = column_of(self.data, column)[self.here]
        method = WITH_STANDARD_ERROR.get(self.planned.method, self.planned.method)
        return {str(level): self.under(self.planned.missing, method, values == level) for level in np.unique(values)}

    def _comparison(self, y: Floats, event: Floats | None) -> Comparison:
        covariates = {c: column_of(self.data, c)[self.here] for c in self.planned.adjust_for}
        months = tuple(p.month for p in self.outcome.points if p.month > 0)
        followed = [float(np.nanmax(self.y[self.group == a], initial=0.0)) for a in (1.0, 0.0)]
        return Comparison(
            y=y,
            arm=self.group,
            covariates=covariates,
            level=1 - self.plan.alpha,
            event=event,
            waves=self._waves(),
            months=months,
            until=min(round(self.planned.month * DAYS_A_MONTH), *followed),
        )

    def _waves(self) -> Floats:
        columns = [self.data.numbers[p.column][self.here] for p in self.outcome.points if p.month > 0]
        return np.column_stack(columns) if columns else np.empty((self.y.size, 0))

    def _estimate(self, given: Comparison, method: str) -> Effect:
        if np.unique(given.arm).size < 2:
            raise NotEstimable("one_arm")
        return estimate(self.planned.measure, method, given, month=self.planned.month, seed=self.seed)

    def _completed(self, rule: str) -> tuple[Comparison, npt.NDArray[np.bool_]]:
        known = np.isfinite(self.y)
        if rule in ("complete_case", "multiple_imputation"):
            return self._comparison(self.y, self.event), known
        if self.event is None:
            y, kept = by_rule(self.y, self.group, rule, better=self.outcome.better, highest=self._highest())  # type: ignore[arg-type]
            return self._comparison(y, None), kept
        # A time that is not known: followed all the way without it, or had it on the first day.
        window = float(round(self.planned.month * DAYS_A_MONTH))
        soon = {"not_in_work": (False, False), "best_case": (True, False), "worst_case": (False, True)}[rule]
        if self.outcome.better == "higher":
            soon = (soon[1], soon[0]) if rule != "not_in_work" else soon
        early = np.where(self.group == 1, soon[0], soon[1])
        y = np.where(known, self.y, np.where(early, 1.0, window))
        event = np.where(known, self.event, early.astype(float))
        return self._comparison(y, event), np.ones(self.y.size, bool)

    def _highest(self) -> float | None:
        return 1.0 if self.outcome.kind == "binary" else self.outcome.highest

    def _imputed(self, rule: str, chosen: npt.NDArray[np.bool_], method: str) -> ByRule:
        completed = self._imputations()
        method = WITH_STANDARD_ERROR.get(method, method)

        def one(y: Floats) -> Effect:
            return self._estimate(self._comparison(y, None).only(chosen), method)

        effect, told = analysed(completed, one, level=1 - self.plan.alpha)
        return ByRule(rule=rule, effect=effect, arms=self._numbers(completed.mean(0), chosen, None), imputation=told)

    def _imputations(self) -> Floats:
        """Predicted from the site and strata, what is adjusted for, and earlier waves of the outcome."""
        earlier = [p.column for p in self.outcome.points if p.month < self.planned.month]
        factors = [factor.column for factor in self.plan.factors]
        columns = dict.fromkeys((*factors, *self.planned.adjust_for, *earlier))
        predictors = {c: column_of(self.data, c)[self.here] for c in columns}
        kind: Any = self.outcome.kind
        return imputed(
            self.y, self.group, predictors, kind=kind, imputations=self.plan.missing.imputations, seed=self.seed
        )

    def _numbers(self, y: Floats, kept: npt.NDArray[np.bool_], event: Floats | None) -> tuple[ArmNumbers, ...]:
        told = []
        shown = y if event is None else np.where(np.isfinite(y), event, np.nan)
        for a, name in ((1.0, self.arm), (0.0, self.plan.reference.id)):
            values = shown[kept & (self.group == a) & np.isfinite(shown)]
            told.append(
                ArmNumbers(
                    arm=name,
                    people=int(values.size),
                    randomised=int((self.group == a).sum()),
                    value=float(values.mean()) if values.size else float("nan"),
                    sd=float(values.std(ddof=1))
                    if self.outcome.kind in ("continuous", "count") and values.size > 1
                    else None,
                )
            )
        return tuple(told)

    def _parts(self) -> TwoParts | None:
        given, kept = self._completed(self.planned.missing)
        used = given.only(kept)
        try:
            return two_part(used.y, used.arm, used.covariates, level=used.level)
        except NotEstimable:
            return None

    def _randomisation_test(self) -> RandomisationTest | None:
        given, kept = self._completed(self.planned.missing)
        used = given.only(kept)
        told, n1 = scores(used), used.arm.sum()
        by = self.plan.randomisation.by
        strata = None
        if by:
            labels = [column_of(self.data, c)[self.here][kept].astype(str) for c in by]
            strata = np.unique(np.column_stack(labels), axis=0, return_inverse=True)[1].ravel()
        if n1 in (0, used.arm.size):
            return None

        def difference(arms: Floats) -> Floats:
            return np.asarray(arms @ told / n1 - (1 - arms) @ told / (used.arm.size - n1))

        return randomisation_test(difference, used.arm, strata=strata, seed=self.seed)

    def _tipping(self) -> tuple[TippingPoint, ...]:
        method: Any = self.planned.method if self.planned.method == "miettinen_nurminen" else "newcombe"
        return tipping_points(self.y, self.group, method=method, level=1 - self.plan.alpha)

    def _shiftable(self) -> bool:
        return self.outcome.kind in ("continuous", "count") and self.planned.measure == "mean_difference"

    def _shifts(self) -> tuple[Shift, ...]:
        """How much worse the missing of the intervention must be for the conclusion to turn."""
        try:
            completed, missing = self._imputations(), ~np.isfinite(self.y) & (self.group == 1)
            spread = float(np.nanstd(self.y, ddof=1))
            worse = -1.0 if self.outcome.better == "higher" else 1.0
            method = WITH_STANDARD_ERROR.get(self.planned.method, self.planned.method)
            method = "ancova" if method == "mixed_model" else method
            told = []
            for share in (0.0, *SHIFTS):
                moved = completed + worse * share * spread * missing
                effect, _ = analysed(
                    moved,
                    lambda y: self._estimate(self._comparison(y, None), method),
                    level=1 - self.plan.alpha,
                )
                clear = effect.ci_low > 0 or effect.ci_high < 0
                told.append(Shift(by=share * spread, effect=effect, excludes_none=clear))
            return tuple(told)
        except NotEstimable:
            return ()

    def _has_holes(self, column: str) -> bool:
        if column in self.data.texts:
            return bool((self.data.texts[column][self.here] == "").any())
        return not bool(np.isfinite(self.data.numbers[column][self.here]).all())


def with_multiplicity(results: Sequence[AnalysisResult], rule: str) -> tuple[AnalysisResult, ...]:
    """Analyses with p-values adjusted together by the plan's rule; one without a p-value counts as 1."""
    if rule == "none" or not results:
        return tuple(results)
    p = [r.main.effect.p if r.main.effect else None for r in results]
    adjusted = (holm if rule == "holm" else fixed_sequence)([1.0 if value is None else value for value in p])
    return tuple(
        replace(r, p_adjusted=None if value is None else float(q))
        for r, value, q in zip(results, p, adjusted, strict=True)
    )
