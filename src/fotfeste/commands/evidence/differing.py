"""What the effect hangs together with: subgroups and moderators, for JSON and for figures."""

from dataclasses import asdict
from typing import Any

import numpy as np

from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.results import pooled_row, study_rows, with_ratio
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.regression import MetaRegression, meta_regression, variance_inflation
from fotfeste.evidence.subgroups import Subgroups, subgroups
from fotfeste.files import BadCell


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
