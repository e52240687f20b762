"""The analyses that the commands ask for, and their results as they are written to JSON and drawn."""

from dataclasses import asdict
from typing import Any

import numpy as np

from fotfeste.commands.evidence.inputs import Studies
from fotfeste.evidence import bias as tests
from fotfeste.evidence import influence as what_each_does
from fotfeste.evidence import tables
from fotfeste.evidence.gosh import Gosh
from fotfeste.evidence.gosh import gosh as every_subset
from fotfeste.evidence.model import Fit, critical, fit
from fotfeste.evidence.permutation import permutation_interval, permutation_test
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.pooling import pool as pool_effects
from fotfeste.evidence.regression import MetaRegression, meta_regression, variance_inflation
from fotfeste.evidence.subgroups import Subgroups, subgroups
from fotfeste.files import BadCell

MOST_SUBSETS = 10_000


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


def pooled(studies: Studies, model: dict[str, Any], pi: Any) -> PooledEffect:
    if not studies.names:
        raise BadCell(studies.table.name, "no_rows")
    return pool_effects(studies.effects, studies.variances, names=studies.names, pi=pi, **model)


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


def group_values(studies: Studies, by: str) -> list[str]:
    values = list(studies.table.text(by))
    for line, value in zip(studies.table.lines, values, strict=True):
        if not value.strip():
            raise BadCell(studies.table.name, "missing", row=line, column=by, value=value)
    return values


def subgroup(studies: Studies, model: dict[str, Any], by: str, tau2: Any) -> Subgroups:
    return subgroups(
        studies.effects, studies.variances, group_values(studies, by), tau2=tau2, names=studies.names, **model
    )


def subgroup_json(studies: Studies, told: Subgroups) -> dict[str, Any]:
    def plain(pooled: PooledEffect) -> dict[str, Any]:
        out = asdict(pooled)
        out.pop("weights")
        return with_ratio(out, studies)

    return {
        "groups": {name: plain(pooled) for name, pooled in told.groups.items()},
        "overall": plain(told.overall),
        "tau2": told.tau2,
        "between_q": told.between_q,
        "between_df": told.between_df,
        "between_df2": told.between_df2,
        "between_p": told.between_p,
    }


def subgroup_rows(studies: Studies, told: Subgroups, by: str) -> list[dict[str, Any]]:
    of = group_values(studies, by)
    every = study_rows(studies, told.overall.level, told.overall.weights)
    rows: list[dict[str, Any]] = []
    for group, pooled in told.groups.items():
        rows.append({"kind": "heading", "study": group})
        rows += [{"kind": "study", **row} for row, g in zip(every, of, strict=True) if g == group]
        if pooled.k > 1:  # one study is that study, not a pooled effect
            rows.append(pooled_row(pooled, group))
    return [*rows, pooled_row(told.overall)]


def regression(studies: Studies, model: dict[str, Any], mods: str) -> MetaRegression:
    if not mods.strip():
        raise ValueError("Si hva effekten skal forklares av: --mods «year», «epl + year» eller «a*b».")
    columns = {name: studies.table.values(name) for name in studies.table.columns}
    return meta_regression(studies.effects, studies.variances, columns, mods, names=studies.names, **model)


def regression_json(told: MetaRegression) -> dict[str, Any]:
    m = told.model
    statistic = "z" if m.df is None else "t"
    inflation = dict(zip([c for c in m.columns if c != "intercept"], variance_inflation(m).tolist(), strict=True))
    return {
        "coefficients": [
            {
                "name": c,
                "estimate": m.coefficients[i],
                "se": m.se[i],
                statistic: m.statistic[i],
                "df": m.df,
                "p": m.p_values[i],
                "ci_low": m.ci_low[i],
                "ci_high": m.ci_high[i],
                "vif": inflation.get(c),
            }
            for i, c in enumerate(m.columns)
        ],
        "joint": None if told.joint is None else asdict(told.joint),
        "by_term": {term: asdict(test) for term, test in told.by_term.items()},
        "r2": told.r2,
        "tau2": m.tau2,
        "tau2_se": m.tau2_se,
        "i2": m.i2,
        "h2": m.h2,
        "q": m.q,
        "q_df": m.q_df,
        "q_p": m.q_p,
        "k": m.k,
        "method": m.method,
        "ci": m.test,
        "level": m.level,
        "dropped": told.dropped,
        "left_out": told.left_out,
    }


def bubble_rows(
    studies: Studies, told: MetaRegression, mods: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    """The studies, the line with its interval, and the moderator's name."""
    from fotfeste.evidence.prediction import predict

    m = told.model
    if m.x is None or m.p != 2 or told.design.levels:
        raise ValueError("Boblefiguren tegnes for én tallvariabel.")
    at = m.x[:, 1]
    w = 1 / (m.v + m.tau2)
    points = [
        {"study": name, "x": float(at[i]), "effect": float(m.y[i]), "weight": float(100 * w[i] / w.sum())}
        for i, name in enumerate(told.names)
    ]
    grid = np.linspace(at.min(), at.max(), 60)
    line = predict(m, np.column_stack((np.ones(60), grid)))
    band = [
        {
            "x": float(x),
            "effect": float(e),
            "ci_low": float(a),
            "ci_high": float(b),
            "pi_low": float(c),
            "pi_high": float(d),
        }
        for x, e, a, b, c, d in zip(
            grid, line.estimate, line.ci_low, line.ci_high, line.pi_low, line.pi_high, strict=True
        )
    ]
    return points, band, mods


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
    warnings = [] if y.size >= 10 else ["few_studies_for_asymmetry"]
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
    if subsets is None and method not in ("EE", "DL") and studies.effects.size > 16:
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
