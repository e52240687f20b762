"""Whether the effect differs between groups of people known before randomisation."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.trial.analysis.effect import Effect, NotEstimable


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroups:
    """One effect a level, and the test that they are the same: the only thing subgroups are asked.

    A clear effect in one level and an unclear one in another is no difference (Wang et al. 2007, N Engl J Med
    357:2189-2194): ``warnings`` always says so.
    """

    by: str
    effects: dict[str, Effect]
    chi2: float
    df: int
    p: float
    warnings: tuple[str, ...]


def interaction(by: str, effects: Mapping[str, Effect]) -> Subgroups:
    """Test that independent groups have the same effect, on the scale of the effects.

    With two groups this is the interaction of arm and group. Raises ``NotEstimable`` (too_few) with fewer than two
    groups that have a standard error.
    """
    told = {level: e for level, e in effects.items() if e.se is not None and np.isfinite(e.se) and e.se > 0}
    if len(told) < 2:
        raise NotEstimable("too_few", by)
    y = np.array([e.estimate for e in told.values()])
    w = np.array([1 / float(e.se or 0) ** 2 for e in told.values()])
    chi2 = float((w * (y - (w * y).sum() / w.sum()) ** 2).sum())
    smallest = min(e.n for e in told.values())
    return Subgroups(
        by=by,
        effects=told,
        chi2=chi2,
        df=len(told) - 1,
        p=float(special.chdtrc(len(told) - 1, chi2)),
        warnings=(
            "subgroups_low_power",
            *(("subgroup_left_out",) if len(told) < len(effects) else ()),
            *(("subgroup_small",) if smallest < 50 else ()),
        ),
    )
