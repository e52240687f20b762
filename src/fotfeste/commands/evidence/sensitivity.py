"""What the result depends on: each study, their order, every subset, every sign."""

from dataclasses import asdict
from typing import Any

import numpy as np

from fotfeste.commands.evidence.differing import regression
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.results import model_of, with_ratio
from fotfeste.evidence import influence as what_each_does
from fotfeste.evidence.gosh import Gosh
from fotfeste.evidence.gosh import gosh as every_subset
from fotfeste.evidence.permutation import permutation_interval, permutation_test

MOST_SUBSETS = 10_000
MOST_TO_ENUMERATE = {"EE": 32, "DL": 32}  # studies; other methods 16


def influence(studies: Studies, model: dict[str, Any]) -> list[dict[str, Any]]:
    fitted = model_of(studies, model)
    told = what_each_does.influence(fitted)
    left = what_each_does.leave_one_out(fitted)
    half = left.half_width
    names = (
        "rstudent",
        "dffits",
        "cook_d",
        "cov_r",
        "hat",
        "weight",
        "tau2_deleted",
        "q_deleted",
        "baujat_x",
        "baujat_y",
        "influential",
    )
    rows = []
    for i, study in enumerate(studies.names):
        row = {"study": study} | {name: getattr(told, name)[i].item() for name in names}
        without = {
            "estimate": float(left.estimate[i]),
            "se": float(left.se[i]),
            "ci_low": float(left.estimate[i] - half[i]),
            "ci_high": float(left.estimate[i] + half[i]),
            "p": float(left.p[i]),
            "tau2": float(left.tau2[i]),
            "i2": float(left.i2[i]),
            "q": float(left.q[i]),
        }
        rows.append(row | {"dfbetas": told.dfbetas[i].tolist(), "without": with_ratio(without, studies)})
    return rows


def cumulated(studies: Studies, model: dict[str, Any], by: str) -> list[dict[str, Any]]:
    order: Any = studies.table.values(by)
    told, sequence = what_each_does.cumulate(model_of(studies, model), order)
    half = told.half_width
    return [
        with_ratio(
            {
                "study": studies.names[j],
                by: order[j].item(),
                "k": i + 1,
                "estimate": float(told.estimate[i]),
                "se": float(told.se[i]),
                "ci_low": float(told.estimate[i] - half[i]),
                "ci_high": float(told.estimate[i] + half[i]),
                "p": float(told.p[i]),
                "tau2": float(told.tau2[i]),
                "i2": float(told.i2[i]),
                "q": float(told.q[i]),
            },
            studies,
        )
        for i, j in enumerate(sequence.tolist())
    ]


def cumulative_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "kind": "study",
            "study": f"+ {r['study']}",
            "effect": r["estimate"],
            "ci_low": r["ci_low"],
            "ci_high": r["ci_high"],
            "weight": None,
        }
        for r in rows
    ]


def gosh(studies: Studies, model: dict[str, Any], subsets: int | None) -> tuple[Gosh, tuple[tuple[str, str], ...]]:
    from rich.progress import Progress

    notes: tuple[tuple[str, str], ...] = ()
    method = model["method"]
    if subsets is None and studies.effects.size > MOST_TO_ENUMERATE.get(method, 16):
        subsets, notes = MOST_SUBSETS, (("gosh_per_subset_limit", str(MOST_SUBSETS)),)
    from rich.console import Console

    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task("Delmengder", total=None)
        told = every_subset(
            studies.effects,
            studies.variances,
            method=method,
            subsets=subsets,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    return told, notes


def gosh_json(studies: Studies, told: Gosh) -> dict[str, Any]:
    out: dict[str, Any] = {
        "subsets": told.subsets,
        "exact": told.exact,
        "k": told.k,
        "method": told.method,
        "estimate": asdict(told.estimate),
        "i2": asdict(told.i2),
        "tau2": asdict(told.tau2),
        "q": asdict(told.q),
        "by_size": told.by_size,
        "threshold": told.threshold,
        "share_above": told.share_above,
        "quantiles_exact": told.quantiles_exact,
        "studies": [
            {"study": n, "mean_with": a, "mean_without": b}
            for n, a, b in zip(studies.names, told.mean_with, told.mean_without, strict=True)
        ],
    }
    if studies.is_ratio:
        out["ratio_quantiles"] = np.exp(told.estimate.quantiles)
    return out


def permuted(studies: Studies, model: dict[str, Any], mods: str, iterations: int) -> dict[str, Any]:
    fitted = regression(studies, model, mods).model if mods.strip() else model_of(studies, model)
    told = permutation_test(fitted, iterations=iterations)
    out: dict[str, Any] = {
        "coefficients": [
            {"name": c, "estimate": float(fitted.coefficients[i]), "p": float(told.p[i])}
            for i, c in enumerate(fitted.columns)
        ],
        "joint_p": told.joint_p,
        "permutations": told.permutations,
        "exact": told.exact,
        "k": fitted.k,
        "method": fitted.method,
        "level": fitted.level,
        "warnings": list(told.warnings),
    }
    if not mods.strip():
        low, high = permutation_interval(fitted, iterations=iterations)
        out |= with_ratio(
            {"estimate": float(fitted.coefficients[0]), "ci_low": low, "ci_high": high, "p": float(told.p[0])}, studies
        )
    return out
