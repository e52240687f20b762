"""The larger models and the enumerations that the reference analyses call."""

from typing import Any

import numpy as np

from fotfeste.evidence.gosh import gosh
from fotfeste.evidence.permutation import permutation_interval, permutation_test
from fotfeste.evidence.robust import of_fit


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
    told = of_fit(r["_fit"], cluster, correction="CR1" if adjust else "CR0")
    return {
        "se": told.se,
        "zval": told.t,
        "dfs": told.df[0],
        "pval": told.p,
        "ci.lb": told.ci_low,
        "ci.ub": told.ci_high,
    }


PLAIN: dict[str, Any] = {"permutest": permuted, "gosh": all_subsets, "GO": subsets_summary, "robust": robust}
LAZY: dict[str, Any] = {}
