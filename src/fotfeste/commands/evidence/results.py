"""Pooled effects as they are written to JSON and drawn, and what the other analyses share."""

from dataclasses import asdict
from typing import Any

import numpy as np

from fotfeste.commands.evidence.inputs import BadOption, Studies
from fotfeste.evidence import tables
from fotfeste.evidence.model import Fit, critical, fit
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.pooling import pool as pool_effects
from fotfeste.evidence.projection import Floats
from fotfeste.files import BadCell


def with_ratio(told: dict[str, Any], studies: Studies) -> dict[str, Any]:
    """The same on the scale that people read, for ratios."""
    if not studies.is_ratio:
        return told
    names = {
        "estimate": "ratio",
        "ci_low": "ratio_ci_low",
        "ci_high": "ratio_ci_high",
        "pi_low": "ratio_pi_low",
        "pi_high": "ratio_pi_high",
    }
    return told | {names[n]: float(np.exp(told[n])) for n in names if told.get(n) is not None}


def study_rows(studies: Studies, level: float, weights: Any = None) -> list[dict[str, Any]]:
    half = critical(level) * np.sqrt(studies.variances)
    rows = []
    for i, name in enumerate(studies.names):
        y = float(studies.effects[i])
        row = {
            "study": name,
            "effect": y,
            "variance": float(studies.variances[i]),
            "ci_low": y - half[i],
            "ci_high": y + half[i],
        }
        if weights is not None:
            row["weight"] = float(weights[i])
        rows.append(row)
    return rows


def model_of(studies: Studies, model: dict[str, Any]) -> Fit:
    return fit(studies.effects, studies.variances, method=model["method"], test=model["ci"], level=model["level"])


def pooled(studies: Studies, model: dict[str, Any], pi: Any, tau2_interval: Any = "q_profile") -> PooledEffect:
    if not studies.names:
        raise BadCell(studies.table.name, "no_rows")
    return pool_effects(
        studies.effects, studies.variances, names=studies.names, pi=pi, tau2_interval=tau2_interval, **model
    )


def pool_json(studies: Studies, told: PooledEffect) -> dict[str, Any]:
    out = asdict(told)
    weights = out.pop("weights")
    out.pop("warnings")
    return with_ratio(out, studies) | {"studies": study_rows(studies, told.level, weights)}


def pooled_tables(studies: Studies, estimator: str, level: float) -> dict[str, Any]:
    counts = studies.counts()
    if counts is None or (estimator == "MH" and studies.measure not in ("RR", "OR", "RD")):
        raise ValueError("--estimator MH og PETO krever antall hendelser og deltakere, og målet RR, OR eller RD.")
    cells = (counts["events1"], counts["n1"], counts["events2"], counts["n2"])
    measure: Any = studies.measure
    told = (
        tables.peto(*cells, level=level)
        if estimator == "PETO"
        else tables.mantel_haenszel(*cells, measure=measure, level=level)
    )
    return with_ratio(asdict(told), studies)


def without_figure(estimator: str, chart: Any) -> None:
    if chart:
        raise BadOption("--chart", estimator, "inverse_only")


def without_weights(estimator: str, weights: str | None) -> None:
    if weights:
        raise BadOption("--weights", estimator, "inverse_only")


def own_weights(studies: Studies, column: str) -> Floats:
    weights = studies.table.numbers(column)
    if (refused := np.flatnonzero(weights <= 0)).size:
        raise studies.table.bad(column, int(refused[0]), "not_positive")
    return weights


def pooled_counts(studies: Studies, model: Any, options: dict[str, Any]) -> dict[str, Any]:
    """A model of the counts themselves: the effects that were computed from each study are not used."""
    exposure = {"OR": "n", "IRR": "time"}.get(studies.measure)
    names = [f"{name}{group}" for group in (1, 2) for name in ("events", exposure)]
    if exposure is None or not set(names) <= set(studies.columns) or (model == "CM.AL" and studies.measure == "IRR"):
        raise BadOption("--estimator", model, "counts_model")
    measure: Any = studies.measure
    from fotfeste.evidence.glmm import glmm

    told = glmm(
        *(studies.table.numbers(studies.columns[name]) for name in names),
        measure=measure,
        model=model,
        method="EE" if options["method"] == "EE" else "ML",
        level=options["level"],
    )
    return with_ratio(asdict(told), studies)


def forest_rows(studies: Studies, told: PooledEffect) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"kind": "study", **row} for row in study_rows(studies, told.level, told.weights)]
    counts = studies.counts()
    if counts:
        for i, row in enumerate(rows):
            row["counts1"] = f"{counts['events1'][i]:.0f}/{counts['n1'][i]:.0f}"
            row["counts2"] = f"{counts['events2'][i]:.0f}/{counts['n2'][i]:.0f}"
    return [*rows, pooled_row(told)]


def pooled_row(told: PooledEffect, name: str | None = None) -> dict[str, Any]:
    return {
        "kind": "pooled",
        "study": name,
        "effect": told.estimate,
        "ci_low": told.ci_low,
        "ci_high": told.ci_high,
        "pi_low": told.pi_low,
        "pi_high": told.pi_high,
        "weight": None,
        "tau2": told.tau2,
        "i2": told.i2,
        "k": told.k,
    }
