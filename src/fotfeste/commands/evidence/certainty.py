"""GRADE on one analysis: as JSON and as a table, and its words in bokmål and English."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.markup import escape
from rich.table import Table

from fotfeste.commands.evidence.inputs import BadOption, Studies
from fotfeste.commands.evidence.printed import grid
from fotfeste.commands.evidence.results import with_ratio
from fotfeste.evidence.certainty import (
    DOMAINS,
    Absolute,
    Certainty,
    Design,
    Judgement,
    Stated,
    absolute_per_1000,
    grade,
)
from fotfeste.evidence.decision import PerHundred, PlannedTrial, per_hundred, planned_trial, planned_variance
from fotfeste.evidence.pooling import PooledEffect

OF_RISKS = ("RR", "OR", "PETO", "RD")
LEVELS = {
    "nb": {"high": "høy", "moderate": "middels", "low": "lav", "very_low": "svært lav"},
    "en": {"high": "high", "moderate": "moderate", "low": "low", "very_low": "very low"},
}
NAMES = {
    "nb": {
        "risk_of_bias": "Risiko for skjevhet",
        "inconsistency": "Manglende samsvar",
        "indirectness": "Manglende direkthet",
        "imprecision": "Manglende presisjon",
        "publication_bias": "Publiseringsskjevhet",
    },
    "en": {
        "risk_of_bias": "Risk of bias",
        "inconsistency": "Inconsistency",
        "indirectness": "Indirectness",
        "imprecision": "Imprecision",
        "publication_bias": "Publication bias",
    },
}
RULES = {
    "nb": {
        "not_judged": "Ikke vurdert",
        "one_study": "Bare én studie",
        "common_effect": "Felles effekt: ulikhet vurderes ikke",
        "next_study_on_the_same_side": "En ny studie ventes på samme side av grensen ({pi})",
        "differences_may_be_chance": "Ulikheten mellom studiene kan være tilfeldig",
        "next_study_on_either_side": "En ny studie kan ligge på begge sider av grensen ({pi})",
        "next_study_may_matter_either_way": "En ny studie kan vise nytte eller skade ({pi})",
        "interval_holds_benefit_and_harm": "Intervallet rommer både nytte og skade ({ci})",
        "interval_crosses_threshold": "Intervallet rommer effekter på begge sider av grensen ({ci})",
        "interval_on_one_side": "Intervallet ligger på én side av grensen ({ci})",
        "far_too_few_people": "{people} deltakere er altfor få; én god studie ville trengt {needed_people}",
        "too_few_people": "{people} deltakere; én god studie ville trengt {needed_people}",
        "enough_people": "{people} deltakere er nok; én god studie ville trengt {needed_people}",
        "too_alike_to_test": "Studiene er for like til å teste: må vurderes av en person",
        "too_few_studies_to_test": "For få studier ({k}) til å teste: må vurderes av en person",
        "small_studies_differ": "Små studier viser noe annet enn store (Egger p {egger_p})",
        "small_studies_agree": "Små og store studier viser det samme (Egger p {egger_p})",
    },
    "en": {
        "not_judged": "Not judged",
        "one_study": "One study only",
        "common_effect": "Common effect: differences are not judged",
        "next_study_on_the_same_side": "A new study is expected on the same side of the threshold ({pi})",
        "differences_may_be_chance": "The differences between studies may be chance",
        "next_study_on_either_side": "A new study may lie on either side of the threshold ({pi})",
        "next_study_may_matter_either_way": "A new study may show benefit or harm ({pi})",
        "interval_holds_benefit_and_harm": "The interval holds both benefit and harm ({ci})",
        "interval_crosses_threshold": "The interval holds effects on both sides of the threshold ({ci})",
        "interval_on_one_side": "The interval lies on one side of the threshold ({ci})",
        "far_too_few_people": "{people} participants are far too few; one good study would need {needed_people}",
        "too_few_people": "{people} participants; one good study would need {needed_people}",
        "enough_people": "{people} participants are enough; one good study would need {needed_people}",
        "too_alike_to_test": "The studies are too alike to test: a person must judge",
        "too_few_studies_to_test": "Too few studies ({k}) to test: a person must judge",
        "small_studies_differ": "Small studies differ from large ones (Egger p {egger_p})",
        "small_studies_agree": "Small and large studies agree (Egger p {egger_p})",
    },
}


def certainty(
    studies: Studies,
    pooled: PooledEffect,
    *,
    threshold: float | None,
    baseline: float | None,
    design: Design,
    stated: dict[Any, Stated],
) -> Certainty:
    counts = studies.counts()
    people = None if counts is None else int(counts["n1"].sum() + counts["n2"].sum())
    if baseline is None and counts is not None:  # the information size asks for one: what the control groups had
        baseline = float(counts["events2"].sum() / counts["n2"].sum())
    return grade(
        pooled,
        studies.effects,
        studies.variances,
        threshold=on_effects_scale(studies, threshold),
        design=design,
        baseline=baseline if studies.measure == "RR" and baseline and baseline < 1 else None,
        people=people,
        stated=stated,
    )


def on_effects_scale(studies: Studies, threshold: float | None) -> float:
    """A threshold as people read it, on the scale that effects are pooled on."""
    if threshold is None:
        return 0.0
    if studies.is_ratio and threshold <= 0:
        raise BadOption("--threshold", threshold, "positive")
    return math.log(threshold) if studies.is_ratio else threshold


def absolute(studies: Studies, pooled: PooledEffect, baseline: float | None) -> Absolute | None:
    """What the effect is for a thousand people, where the measure is of risks."""
    if baseline is None or studies.measure not in OF_RISKS:
        return None
    if not 0 < baseline < 1:
        raise BadOption("--baseline", baseline, "share")
    return absolute_per_1000(pooled.estimate, pooled.ci_low, pooled.ci_high, baseline=baseline, measure=studies.measure)


def decided(
    studies: Studies,
    pooled: PooledEffect,
    *,
    threshold: float | None,
    baseline: float | None,
    baseline_people: int | None,
    planned: int | None,
) -> tuple[PerHundred | None, PlannedTrial | None]:
    """What the effect is for a hundred people here, and what a trial with ``planned`` people in each group would
    bring."""
    if baseline_people is not None and baseline_people < 1:
        raise BadOption("--baseline-people", baseline_people, "positive")
    if planned is not None and planned < 1:
        raise BadOption("--planned", planned, "positive")
    if baseline is None or studies.measure not in OF_RISKS:
        return None, None
    hundred = per_hundred(pooled, baseline=baseline, measure=studies.measure, baseline_people=baseline_people)
    if planned is None:
        return hundred, None
    variance = planned_variance(people_each=planned, baseline=baseline, effect=pooled.estimate, measure=studies.measure)
    at = on_effects_scale(studies, threshold)
    return hundred, planned_trial(studies.effects, studies.variances, pooled, variance=variance, threshold=at)


def told_of(hundred: PerHundred | None, trial: PlannedTrial | None, studies: Studies) -> list[str]:
    said = []
    if hundred is not None:
        more, low, high, next_low, next_high = (
            decimal(getattr(hundred, n), 1) for n in ("more", "more_low", "more_high", "next_low", "next_high")
        )
        said.append(
            f"Av 100: {more} flere med tiltaket ({low} til {high}); på et nytt sted {next_low} til {next_high}."
        )
    if trial is not None:
        said.append(
            f"Et slikt forsøk viser effekt med {100 * trial.power:.0f} % sannsynlighet om den samlede effekten er den "
            f"sanne, {100 * trial.assurance:.0f} % når det regnes med at steder er ulike."
        )
        where = (
            "ingenting det kan vise, er nok til det"
            if trial.conclusive_from is None or trial.conclusive_to is None
            else "det krever at forsøket viser " + interval(trial.conclusive_from, trial.conclusive_to, studies)
        )
        said.append(
            f"Sannsynligheten er {100 * trial.p_conclusive:.0f} % for at hele det samlede intervallet da ligger over "
            f"grensen; {where}."
        )
    return said


def stated(told: list[str]) -> dict[Any, Stated]:
    """Judgements written as ``risk_of_bias=-1:why``."""
    out: dict[Any, Stated] = {}
    for one in told:
        domain, _, rest = one.partition("=")
        levels, _, reason = rest.partition(":")
        if domain not in DOMAINS or levels not in ("0", "-1", "-2") or not reason.strip():
            raise BadOption("--stated", one, "stated", DOMAINS)
        out[domain] = Stated(levels=int(levels), reason=reason.strip())
    return out


def why(judgement: Judgement, studies: Studies, lang: Any = "nb") -> str:
    """The reason of a judgement: a person's, and what the fit told."""
    facts = judgement.facts
    written: dict[str, str] = {name: f"{facts[name]:.0f}" for name in ("people", "needed_people", "k") if name in facts}
    for name in ("pi", "ci"):
        if f"{name}_low" in facts:
            written[name] = interval(facts[f"{name}_low"], facts[f"{name}_high"], studies, lang)
    if "egger_p" in facts:
        p = facts["egger_p"]
        written["egger_p"] = f"< {decimal(0.001, 3, lang)}" if p < 0.001 else f"= {decimal(p, 3, lang)}"
    computed = RULES[lang][judgement.rule].format(**written)
    if judgement.stated is None:
        return computed
    return judgement.reason if judgement.computed is None else f"{judgement.reason} ({computed}: {judgement.computed})"


def interval(low: float, high: float, studies: Studies, lang: Any = "nb") -> str:
    ends = (float(np.exp(end)) if studies.is_ratio else end for end in (low, high))
    return {"nb": " til ", "en": " to "}[lang].join(decimal(end, 2, lang) for end in ends)


def decimal(value: float, digits: int, lang: Any = "nb") -> str:
    text = f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if lang == "nb" else text


def level(told: Certainty, lang: Any = "nb") -> str:
    """The certainty in words; at most that, while something is not judged."""
    name = LEVELS[lang][told.level]
    return name if not told.not_judged else {"nb": f"høyst {name}", "en": f"at most {name}"}[lang]


def as_json(told: Certainty, pooled: PooledEffect, per_1000: Absolute | None, studies: Studies) -> dict[str, Any]:
    effect = {n: getattr(pooled, n) for n in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "k", "method")}
    return asdict(told) | with_ratio(effect, studies) | {"per_1000": None if per_1000 is None else asdict(per_1000)}


def tables(told: Certainty, per_1000: Absolute | None, studies: Studies) -> list[Table | str]:
    table = grid("Vurdering", "Trekk", "Grunn")
    table.columns[2].justify = "left"
    for judgement in told.judgements:
        table.add_row(
            NAMES["nb"][judgement.domain],
            str(judgement.levels).replace("-", "\N{MINUS SIGN}"),
            escape(why(judgement, studies)),
        )
    shown: list[Table | str] = [table, f"Tilliten til resultatet er {level(told)}."]
    if per_1000 is not None:
        a = per_1000
        shown.append(
            f"Av 1000: {a.without:.0f} uten, {a.with_it:.0f} med ({a.with_it_low:.0f} til {a.with_it_high:.0f})."
        )
    if told.not_judged:
        shown.append(
            "• Ikke vurdert, og kan trekke tilliten ned: " + ", ".join(NAMES["nb"][d] for d in told.not_judged)
        )
    return shown
