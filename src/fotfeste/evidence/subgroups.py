"""The pooled effect of each subgroup, and whether they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.model import Test
from fotfeste.evidence.pooling import PooledEffect, pool
from fotfeste.evidence.regression import meta_regression
from fotfeste.evidence.studies import checked, names_of
from fotfeste.evidence.tau2 import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroups:
    """``groups`` in alphabetical order. ``between_q`` tests that their means are equal."""

    groups: dict[str, PooledEffect]
    overall: PooledEffect
    tau2: Literal["separate", "common"]
    between_q: float | None
    between_df: int
    between_df2: float | None
    between_p: float | None
    warnings: tuple[str, ...]


def subgroups(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    groups: Sequence[str],
    *,
    tau2: Literal["separate", "common"] = "separate",
    method: Method = "REML",
    ci: Test = "hk_adhoc",
    level: float = 0.95,
    names: Sequence[str] | None = None,
) -> Subgroups:
    """Pool each subgroup, with a variance between studies of its own or one for all.

    A subgroup of one study is shown as that study and not called pooled (Borenstein and Higgins 2013, Prev Sci
    14:134-143).
    """
    told = names_of(len(groups), names)
    y, v = checked(effects, variances, told)
    of = np.asarray([str(g) for g in groups])
    values = sorted(set(of.tolist()))
    overall = pool(y, v, method=method, ci=ci, level=level)
    held = None
    warnings = [] if all((of == g).sum() > 1 for g in values) else ["subgroup_of_one_study"]
    between: tuple[float | None, int, float | None, float | None] = (None, len(values) - 1, None, None)
    if tau2 == "common" and len(values) > 1 and len(values) < y.size:
        made = meta_regression(y, v, {"group": of}, "group", method=method, ci=ci, level=level)
        held = made.model.tau2
        if made.joint:
            between = (made.joint.statistic, int(made.joint.df), made.joint.df2, made.joint.p)
    pooled = {g: pool(y[of == g], v[of == g], method=method, ci=ci, level=level, tau2=held) for g in values}
    if tau2 == "separate" and len(values) > 1:
        means, se = np.array([p.estimate for p in pooled.values()]), np.array([p.se for p in pooled.values()])
        w = 1 / se**2
        q = float(np.sum(w * (means - np.sum(w * means) / w.sum()) ** 2))
        between = (q, len(values) - 1, None, float(special.chdtrc(len(values) - 1, q)))
    return Subgroups(
        groups=pooled,
        overall=overall,
        tau2=tau2,
        between_q=between[0],
        between_df=between[1],
        between_df2=between[2],
        between_p=between[3],
        warnings=tuple(warnings),
    )
