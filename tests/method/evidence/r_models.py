"""The larger models and the enumerations that the reference analyses call."""

from typing import Any

import numpy as np
from scipy import linalg
from tests.method.evidence import r_world
from tests.method.evidence.r_language import Machine, Scope

from fotfeste.evidence.bias.selection import selection_model
from fotfeste.evidence.glmm import glmm
from fotfeste.evidence.gosh import gosh
from fotfeste.evidence.location_scale import location_scale as of_scale
from fotfeste.evidence.model import critical, fit
from fotfeste.evidence.moderators import design
from fotfeste.evidence.multilevel import Levels, Within, multilevel
from fotfeste.evidence.permutation import permutation_interval, permutation_test
from fotfeste.evidence.robust import cluster_robust, of_fit


def permuted(r: dict[str, Any], control: Any = None, permci: bool = False, **_: Any) -> dict[str, Any]:
    statistic = "coefficient" if (control or {}).get("stat") == "coef" else "test"
    told = permutation_test(r["_fit"], statistic=statistic)
    ends = permutation_interval(r["_fit"], statistic=statistic) if permci else (None, None)
    return {"pval": told.p, "QMp": told.joint_p, "ci.lb": ends[0], "ci.ub": ends[1], "X.iter": None}


def all_subsets(r: dict[str, Any], **_: Any) -> dict[str, Any]:
    m = r["_fit"]
    told = gosh(m.y, m.v, method=m.method)
    incl = ((np.arange(1, 2**m.k)[:, None] >> np.arange(m.k)) & 1).astype(bool)
    return {"_gosh": told, "res": {"estimate": told.values["estimate"]}, "incl": incl}


def subsets_summary(r: dict[str, Any]) -> dict[str, Any]:
    told = r["_gosh"]
    names = {"k": told.size, "QE": told.q, "I2": told.i2, "H2": told.h2, "tau2": told.tau2, "estimate": told.estimate}
    return {
        "subsets": told.subsets,
        "mean": {n: s.mean for n, s in names.items()},
        "sd": {n: s.sd for n, s in names.items()},
        "estimate_quantiles": told.estimate.quantiles,
        "I2_quantiles": told.i2.quantiles,
        "by_size_mean_estimate": told.by_size,
    }


def robust(r: dict[str, Any], cluster: Any, adjust: bool = True, **_: Any) -> dict[str, Any]:
    kind = "CR1" if adjust else "CR0"
    if "_mv" in r:
        m = r["_mv"]
        told = cluster_robust(m.x, m.y, m.coefficients, m.total, cluster, correction=kind)
    else:
        told = of_fit(r["_fit"], cluster, correction=kind)
    return {
        "se": told.se,
        "zval": told.t,
        "dfs": told.df[0],
        "pval": told.p,
        "ci.lb": told.ci_low[0],
        "ci.ub": told.ci_high[0],
    }


def block_diagonal(parts: dict[str, Any]) -> np.ndarray:
    return linalg.block_diag(*parts.values())


def design_of(formula: Any, columns: dict[str, Any], machine: Machine, size: int) -> tuple[np.ndarray, list[bool]]:
    """The columns of a formula, and which of them are slopes."""
    if formula is None:
        return np.ones((size, 1)), [False]
    tree = formula.sides[0]
    r_world.computed(tree, machine, Scope(columns, formula.where), columns)
    made = design({n: np.asarray(c) for n, c in columns.items() if np.size(c) == size}, r_world.terms_text(tree))
    return made.x, [o != "intercept" for o in made.owner]


def rma_mv(machine: Machine, scope: Scope, given: list[Any]) -> dict[str, Any]:
    table, named, args = r_world.frame(machine, scope, given)
    y, v = r_world.numbers(args[0]), np.asarray(args[1] if len(args) > 1 else named["V"], dtype=float)
    x, slopes = design_of(named.get("mods"), dict(table), machine, y.size)
    inner, outer = (side for _, side in named["random"].sides[0][2])
    levels, within = [], None
    if inner == ("value", 1.0):
        names = [outer[1]] if outer[0] == "name" else [side[1] for _, side in outer[2]]
        columns = [np.asarray(table[n]) for n in names]
        deeper = [["/".join(map(str, c)) for c in zip(*columns[: i + 1], strict=True)] for i in range(1, len(columns))]
        levels = [Levels.of(values) for values in (columns[0], *deeper)]
    else:
        within = Within.of(np.asarray(table[inner[1]]), np.asarray(table[outer[1]]), named.get("struct", "CS"))
    told = multilevel(y, v, levels=levels, within=within, x=x, method=named.get("method", "REML"))
    lik = told.likelihood
    which = [i for i, s in enumerate(slopes) if s]
    joint = told.joint_test(which) if which else None
    low, high = told.ci
    out = {
        "_mv": told,
        "_levels": levels,
        "k": told.k,
        "p": told.p,
        "beta": told.coefficients,
        "se": told.se,
        "zval": told.z,
        "pval": told.p_values,
        "ci.lb": low,
        "ci.ub": high,
        "QE": told.q,
        "QEp": told.q_p,
        "vb": told.covariance,
        "sigma2": told.sigma2,
        "tau2": told.tau2,
        "rho": told.rho,
        "QM": joint and joint.statistic,
        "QMdf": joint and [joint.df, joint.df2],
        "QMp": joint and joint.p,
        "fit.stats": {"ll": lik.ll, "dev": lik.deviance, "AIC": lik.aic, "BIC": lik.bic, "AICc": lik.aicc},
    }
    if levels and np.unique(levels[0].groups).size == told.k:
        out["_variance"] = fit(y, v, method=named.get("method", "REML"))
    half = critical(0.95) * np.sqrt(told.covariance[0, 0] + told.sigma2.sum())
    b = told.coefficients[0]
    out["_predict"] = lambda: {
        "pred": b,
        "se": told.se[0],
        "ci_lb": low[0],
        "ci_ub": high[0],
        "pi_lb": b - half,
        "pi_ub": b + half,
    }
    return out


def level_effects(r: dict[str, Any]) -> dict[str, Any]:
    return {str(i): {"intrcpt": r["_mv"].level_effects(level, i)} for i, level in enumerate(r["_levels"])}


def location_scale(machine: Machine, table: dict[str, Any], named: dict[str, Any], args: list[Any]) -> dict[str, Any]:
    y, v = r_world.numbers(args[0]), r_world.numbers(args[1])
    x, _ = design_of(named["mods"], dict(table), machine, y.size)
    z, _ = design_of(named["scale"], dict(table), machine, y.size)
    told = of_scale(y, v, x, z, method=named.get("method", "REML"))
    return {"beta": told.coefficients, "se": told.se, "alpha": told.scale, "se.alpha": told.scale_se, "ll": told.ll}


def selected(
    r: dict[str, Any], type: str = "stepfun", steps: Any = 0.025, prec: Any = None, alternative: str = "greater"
) -> dict[str, Any]:
    m = r["_fit"]
    told = selection_model(
        m.y,
        m.v,
        kind="step" if type == "stepfun" else type,
        steps=np.atleast_1d(steps).tolist(),
        alternative=alternative[:3] if alternative.startswith("two") else alternative,
        by_precision=prec is not None,
    )
    return {
        "beta": told.estimate,
        "se": told.se,
        "tau2": told.tau2,
        "delta": told.delta,
        "ll": told.ll,
        "LRT": told.lrt,
        "LRTp": told.lrt_p,
    }


def rma_glmm(machine: Machine, scope: Scope, given: list[Any]) -> dict[str, Any]:
    _, named, _ = r_world.frame(machine, scope, given)
    method = "EE" if named.get("method", "ML") in ("EE", "FE", "CE") else "ML"
    if named["measure"] == "PLO":
        told = glmm(r_world.numbers(named["xi"]), r_world.numbers(named["ni"]), measure="PLO", method=method)
    else:
        cells = [r_world.numbers(named[n]) for n in ("ai", "n1i", "ci", "n2i")]
        told = glmm(*cells, model=named.get("model", "UM.FS"), method=method)
    return {
        "beta": told.estimate,
        "se": told.se,
        "tau2": told.tau2,
        "ll": told.ll,
        "QE.Wld": told.q_wald,
        "QE.LRT": told.q_lrt,
    }


PLAIN: dict[str, Any] = {
    "bldiag": block_diagonal,
    "ranef": level_effects,
    "selmodel": selected,
    "permutest": permuted,
    "gosh": all_subsets,
    "GO": subsets_summary,
    "robust": robust,
}
LAZY: dict[str, Any] = {"rma.mv": rma_mv, "rma.glmm": rma_glmm}
