"""The posterior as JSON, as a table and as curves."""

from dataclasses import asdict
from typing import Any

import numpy as np
from rich.table import Table

from fotfeste.commands.evidence.inputs import BadOption, Studies
from fotfeste.commands.evidence.printed import between, on_scale
from fotfeste.commands.evidence.results import with_ratio
from fotfeste.commands.numbers import number
from fotfeste.evidence.bayes import BayesianEffect, TauPrior, bayes

SCALES = {"half_normal": 0.5, "half_cauchy": 0.5, "uniform": None}
"""Weakly informative for log ratios and standardised differences (Röver et al. 2021, Res Synth Methods 12:448-474)."""
UNITLESS = ("SMD", "SMDH", "ZCOR")


def posterior(
    studies: Studies, prior: TauPrior, scale: float | None, mean_sd: float | None, threshold: float | None, level: float
) -> BayesianEffect:
    if scale is None and prior != "uniform" and not (studies.is_ratio or studies.measure in UNITLESS):
        raise BadOption("--scale", studies.measure, "scale")
    if (scale is not None and scale <= 0) or (mean_sd is not None and mean_sd <= 0):
        raise BadOption("--scale", scale if mean_sd is None else mean_sd, "positive")
    if threshold is not None and studies.is_ratio and threshold <= 0:
        raise BadOption("--threshold", threshold, "positive")
    at = 0.0 if threshold is None else float(np.log(threshold)) if studies.is_ratio else threshold
    return bayes(
        studies.effects,
        studies.variances,
        prior=prior,
        scale=SCALES[prior] if scale is None else scale,
        mean_prior=None if mean_sd is None else (0.0, mean_sd),
        threshold=at,
        level=level,
        names=studies.names,
    )


def as_json(told: BayesianEffect, studies: Studies) -> dict[str, Any]:
    out = {name: getattr(told, name) for name in BayesianEffect.__slots__ if name not in ("mixture", "studies")}
    return with_ratio(out, studies) | {
        "method": "bayes",
        "studies": [asdict(study) for study in told.studies],
    }


def table(told: BayesianEffect, studies: Studies) -> Table:
    shown = Table(show_header=False)
    level = f"{100 * told.level:g} %"
    scale = "" if told.scale is None else f", skala {number(told.scale)}"
    limit = on_scale(told.threshold, studies)
    for cells in (
        (f"Gjennomsnittlig effekt ({studies.measure}), median", on_scale(told.median, studies)),
        (f"{level} kredibilitetsintervall", between(told.ci_low, told.ci_high, studies)),
        (f"{level} prediksjonsintervall (en ny studie)", between(told.pi_low, told.pi_high, studies)),
        (
            "tau, median",
            f"{number(told.tau_median, 3)} ({number(told.tau_ci_low, 3)} til {number(told.tau_ci_high, 3)})",
        ),
        (f"Sannsynlighet for at gjennomsnittet er over {limit}", chance(told.p_above)),
        (f"Sannsynlighet for at en ny studie er over {limit}", chance(told.p_new_above)),
        ("Studier", str(told.k)),
        ("Fordeling på forhånd for tau", f"{told.prior}{scale}"),
    ):
        shown.add_row(*cells)
    return shown


def chance(p: float) -> str:
    """Never certain: what rounds to none or all is under or over the last digit shown."""
    return "< 0,1 %" if p < 0.0005 else "> 99,9 %" if p > 0.9995 else f"{number(100 * p, 1)} %"


def curves(told: BayesianEffect) -> list[dict[str, Any]]:
    """Points of both densities, over what holds all but a little of them."""
    spread = told.pi_high - told.pi_low
    at = np.linspace(told.pi_low - spread / 2, told.pi_high + spread / 2, 241)
    return [
        {"curve": name, "effect": float(x), "density": float(d)}
        for name, new in (("mean", False), ("new", True))
        for x, d in zip(at, told.mixture.density(at, new_study=new), strict=True)
    ]
