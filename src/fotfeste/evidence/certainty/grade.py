"""GRADE: five domains judged, from the fit where it can tell, else by a person, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.bias import egger
from fotfeste.evidence.decision import optimal_information_size
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import AllAlike

Domain = Literal["risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias"]
DOMAINS: tuple[Domain, ...] = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
Level = Literal["high", "moderate", "low", "very_low"]
LEVELS: tuple[Level, ...] = ("very_low", "low", "moderate", "high")
Design = Literal["randomised", "non_randomised"]
FEWEST_FOR_EGGER = 10
EGGER_ALPHA = 0.10
FAR_TOO_FEW = 0.3
"""Below this share of the information size, a narrow interval or a large effect is trusted very little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a person judged: 0, -1 or -2 levels, and why."""

    levels: int
    reason: str

    def __post_init__(self) -> None:
        if self.levels not in (0, -1, -2) or not self.reason.strip():
            raise ValueError(f"a judgement is 0, -1 or -2 with a reason, not {self.levels} ({self.reason})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """``levels`` is what counts. ``rule`` says what the fit told, with ``facts``; it is not_judged where nothing did.
    ``reason`` is a person's, whose judgement goes before the computed one; both stay to be seen."""

    domain: Domain
    levels: int
    computed: int | None
    rule: str
    facts: dict[str, float]
    stated: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    level: Level
    design: Design
    judgements: tuple[Judgement, ...]
    not_judged: tuple[Domain, ...]
    """Domains that neither the fit nor a person has judged: they count as no reason to doubt, which must be told."""


def grade(
    pooled: PooledEffect,
    effects: Floats,
    variances: Floats,
    *,
    threshold: float = 0.0,
    design: Design = "randomised",
    baseline: float | None = None,
    people: int | None = None,
    stated: Mapping[Domain, Stated] | None = None,
) -> Certainty:
    """Judge the certainty of a pooled effect.

    Parameters
    ----------
    pooled, effects, variances
        The fit, and what it was fitted to.
    threshold : float
        The least effect that matters, on the scale and in the direction of the effects (the log of a ratio); 0 asks
        for any effect.
    design
        Randomised trials start at high, other studies at low.
    baseline, people
        Risk without the intervention and people in the studies, for the information size; ratios of risks only.
    stated
        A person's judgements. They go before the computed ones.

    References
    ----------
    .. [1] Guyatt et al. (2011), J Clin Epidemiol 64:1283-1293 (imprecision), 1294-1302 (inconsistency), 1277-1282
       (publication bias).
    .. [2] Zeng et al. (2022), J Clin Epidemiol 150:216-224 (thresholds).
    """
    computed = {
        "inconsistency": _inconsistency(pooled, threshold),
        "imprecision": _imprecision(pooled, threshold, baseline, people),
        "publication_bias": _publication_bias(effects, variances),
    }
    told = stated or {}
    judgements = []
    for domain in DOMAINS:
        levels, rule, facts = computed.get(domain, (None, "not_judged", {}))
        person = told.get(domain)
        judgements.append(
            Judgement(
                domain=domain,
                levels=person.levels if person else levels or 0,
                computed=levels,
                rule=rule,
                facts=facts,
                stated=person.levels if person else None,
                reason=person.reason if person else "",
            )
        )
    start = 3 if design == "randomised" else 1
    return Certainty(
        level=LEVELS[max(0, start + sum(j.levels for j in judgements))],
        design=design,
        judgements=tuple(judgements),
        not_judged=tuple(j.domain for j in judgements if j.computed is None and j.stated is None),
    )


Computed = tuple[int | None, str, dict[str, float]]


def _inconsistency(pooled: PooledEffect, threshold: float) -> Computed:
    """Whether studies differ so much that some effects lie on the other side of the threshold, or of no effect."""
    facts = {"pi_low": pooled.pi_low, "pi_high": pooled.pi_high, "tau2_ci_low": pooled.tau2_ci_low, "i2": pooled.i2}
    if pooled.k < 2 or pooled.method == "EE":
        return None, "one_study" if pooled.k < 2 else "common_effect", {}
    if not pooled.pi_low < threshold < pooled.pi_high:
        return 0, "next_study_on_the_same_side", facts
    if not pooled.tau2_ci_low > 0:
        return 0, "differences_may_be_chance", facts
    if threshold and pooled.pi_low < -abs(threshold) and pooled.pi_high > abs(threshold):
        return -2, "next_study_may_matter_either_way", facts
    return -1, "next_study_on_either_side", facts


def _imprecision(pooled: PooledEffect, threshold: float, baseline: float | None, people: int | None) -> Computed:
    """Whether the interval holds effects on both sides of the threshold, and whether there is enough information."""
    facts = {"ci_low": pooled.ci_low, "ci_high": pooled.ci_high}
    if pooled.ci_low < threshold < pooled.ci_high:
        if threshold and pooled.ci_low < -abs(threshold) and pooled.ci_high > abs(threshold):
            return -2, "interval_holds_benefit_and_harm", facts
        return -1, "interval_crosses_threshold", facts
    if baseline is None or people is None:
        return 0, "interval_on_one_side", facts
    # A trial is planned for the effect that matters; without such a threshold, for the effect that was found.
    ratio = float(np.exp(threshold or pooled.estimate))
    size = optimal_information_size(baseline=baseline, ratio=ratio, people=people)
    facts |= {"people": people, "needed_people": size.needed_people}
    if size.share < FAR_TOO_FEW:
        return -2, "far_too_few_people", facts
    return (-1, "too_few_people", facts) if size.share < 1 else (0, "enough_people", facts)


def _publication_bias(effects: Floats, variances: Floats) -> Computed:
    if effects.size < FEWEST_FOR_EGGER:
        return None, "too_few_studies_to_test", {"k": effects.size}
    try:
        test = egger(effects, variances)
    except AllAlike:
        return None, "too_alike_to_test", {}
    return (
        (-1, "small_studies_differ", {"egger_p": test.p})
        if test.p < EGGER_ALPHA
        else (0, "small_studies_agree", {"egger_p": test.p})
    )
