"""The result as JSON."""

from dataclasses import asdict
from typing import Any

from fotfeste.commands.results import plain
from fotfeste.trial.analysis.planned import AnalysisResult, ByRule
from fotfeste.trial.analysis.trial import Curves, TrialResult
from fotfeste.trial.plan import Outcome, Plan


def as_json(told: TrialResult) -> dict[str, Any]:
    """Everything that was computed, with what it was computed by."""
    return {
        "plan": _plan(told.plan),
        "seed": told.seed,
        "scored": told.scored,
        "included": {"first_on": told.first_on.isoformat(), "last_on": told.last_on.isoformat()},
        "baseline": plain(told.baseline),
        "flow": plain(told.flow) | {"not_randomised": told.flow.not_randomised},
        "analyses": [_analysis(one) for one in told.analyses],
        "subgroups": [_subgroup(one) for one in told.subgroups],
        "curves": [_curves(one) for one in told.curves],
        "over_time": [plain(one) for one in told.over_time],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "registration": plan.registration,
        "planned_n": plan.planned_n,
        "alpha": plan.alpha,
        "multiplicity": plan.multiplicity,
        "arms": [asdict(arm) for arm in plan.arms],
    }


def _analysis(told: AnalysisResult) -> dict[str, Any]:
    """The planned effect stands beside its names, so that ``analyses[0].estimate`` is the answer."""
    analysis = asdict(told.analysis)
    main = _by_rule(told.main)
    return (
        {"role": told.role, "id": told.analysis.id, "planned": told.role != "post_hoc"}
        | {"outcome": told.analysis.outcome, "outcome_name": told.outcome.name}
        | {"definition": definition(told.outcome, told.analysis.month)}
        | {"month": told.analysis.month, "asked": analysis, "arm": told.arm, "reference": told.reference}
        | main
        | {"p_adjusted": told.p_adjusted, "number_needed": plain(told.number_needed)}
        | {"all_randomised": _by_rule(told.all_randomised), "with_data": _by_rule(told.with_data)}
        | {"sensitivity": [_by_rule(one) for one in told.sensitivity]}
        | {"two_part": plain(told.parts), "randomisation_test": plain(told.randomisation)}
        | {"tipping_points": plain(told.tipping), "shifts": plain(told.shifts)}
        | {"warnings": [*main["warnings"], *told.warnings]}
    )


def definition(outcome: Outcome, month: int) -> dict[str, Any]:
    """What was measured, by which version."""
    made_by = outcome.at(month).definition
    return {
        "id": made_by.id if made_by else None,
        "version": made_by.version if made_by else None,
        "instrument": outcome.instrument[0] if outcome.instrument else None,
        "instrument_version": outcome.instrument[1] if outcome.instrument else None,
        "description": outcome.description,
    }


def _by_rule(told: ByRule) -> dict[str, Any]:
    effect = plain(told.effect) if told.effect else {"estimate": None, "warnings": []}
    shown: dict[str, Any] = {"rule": told.rule, "not_estimable": told.not_estimable} | effect
    return shown | {"arms": plain(told.arms), "imputation": plain(told.imputation)}


def _subgroup(told: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"by": told.by, "arm": told.arm, "not_estimable": told.not_estimable}
    if told.told is None:
        return shown
    test = {"chi2": told.told.chi2, "df": told.told.df, "p_interaction": told.told.p}
    levels = {level: plain(effect) for level, effect in told.told.effects.items()}
    return shown | test | {"levels": levels, "warnings": told.told.warnings}


def _curves(told: Curves) -> dict[str, Any]:
    arms = {
        name: plain(curve) | {"n": curve.n, "median": curve.median, "median_interval": plain(curve.median_interval)}
        for name, curve in told.arms.items()
    }
    tests = {arm: {"planned": False} | plain(test) for arm, test in told.tests.items()}
    return {"outcome": told.outcome, "month": told.month, "arms": arms, "log_rank": tests}
