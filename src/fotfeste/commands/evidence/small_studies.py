"""What is left out and what small studies say, for JSON and for the funnel."""

from dataclasses import asdict
from typing import Any, Literal

import numpy as np

from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.results import model_of, with_ratio
from fotfeste.evidence import bias as tests
from fotfeste.evidence.bias.selection import selection_model
from fotfeste.evidence.studies import AllAlike, TooFewStudies


def bias(studies: Studies, model: dict[str, Any]) -> dict[str, Any]:
    y, v = studies.effects, studies.variances
    method = model["method"]
    out: dict[str, Any] = {
        "k": y.size,
        "egger": asdict(tests.egger(y, v, level=model["level"])),
        "egger_mixed": asdict(tests.regression_test(y, v, method=method, level=model["level"])),
        "begg": asdict(tests.begg(y, v)),
        "excess_significance": asdict(tests.excess_significance(y, v)),
        "fail_safe_n": {
            "rosenthal": tests.rosenthal_n(y, v),
            "orwin": tests.orwin_n(y),
            "rosenberg": tests.rosenberg_n(y, v),
        },
        "trim_and_fill": {},
    }
    told = asdict(tests.pet_peese(y, v, level=model["level"]))
    out["pet_peese"] = with_ratio(told | {"pet": told["pet"]["name"], "peese": told["peese"]["name"]}, studies)
    counts = studies.counts()
    warnings = [] if y.size >= 10 else ["few_studies_for_asymmetry"]
    try:
        if counts:
            out |= {
                test.__name__: asdict(test(**counts, level=model["level"])) for test in (tests.peters, tests.harbord)
            }
    except (TooFewStudies, AllAlike):
        warnings.append("counts_not_tested")
    estimators: tuple[Any, ...] = ("L0", "R0", "Q0")
    for estimator in estimators:
        filled = tests.trim_and_fill(y, v, estimator=estimator, method=method)
        warnings += [w for w in filled.warnings if w not in warnings]
        m = filled.model
        out["trim_and_fill"][estimator] = with_ratio(
            {
                "k0": filled.k0,
                "k0_se": filled.k0_se,
                "side": filled.side,
                "estimate": float(m.coefficients[0]),
                "ci_low": float(m.ci_low[0]),
                "ci_high": float(m.ci_high[0]),
                "tau2": m.tau2,
            },
            studies,
        )
    return out | {"warnings": warnings}


def selected(studies: Studies, model: dict[str, Any], kind: Literal["step", "beta"]) -> dict[str, Any]:
    """Where effects the way of the pooled one are published the more, the surer they are; one-sided p."""
    pooled = float(model_of(studies, model).coefficients[0])
    alternative: Literal["greater", "less"] = "greater" if pooled >= 0 else "less"
    told = asdict(selection_model(studies.effects, studies.variances, kind=kind, alternative=alternative))
    return with_ratio(told | {"alternative": alternative}, studies)


def funnel_rows(studies: Studies, model: dict[str, Any]) -> dict[str, Any]:
    told = tests.trim_and_fill(studies.effects, studies.variances, method=model["method"])
    k = studies.effects.size
    return {
        "points": [
            {"study": n, "effect": float(y), "se": float(np.sqrt(v)), "filled": False}
            for n, y, v in zip(studies.names, studies.effects, studies.variances, strict=True)
        ]
        + [
            {"study": "", "effect": float(y), "se": float(np.sqrt(v)), "filled": True}
            for y, v in zip(told.model.y[k:], told.model.v[k:], strict=True)
        ],
        "centre": float(model_of(studies, model).coefficients[0]),
    }
