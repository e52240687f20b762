"""A yes or no in strata: Mantel-Haenszel, the plain way to keep site or severity out of the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fotfeste.trial.analysis.binary import Counts
from fotfeste.trial.analysis.effect import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class StratifiedTest:
    """The Cochran-Mantel-Haenszel test without (``p``) and with continuity correction (``p_corrected``)."""

    odds_ratio: Effect
    chi2: float
    p: float
    p_corrected: float


def mantel_haenszel(strata: Sequence[Counts], *, level: float = 0.95) -> StratifiedTest:
    """The common odds ratio with the interval of Robins, Breslow and Greenland (1986), Biometrics 42:311-323."""
    from statsmodels.stats.contingency_tables import StratifiedTable

    told = StratifiedTable([np.array(c.table, float) for c in strata])
    plain, corrected = (told.test_null_odds(correction=c) for c in (False, True))
    low, high = told.logodds_pooled_confint(1 - level)
    return StratifiedTest(
        odds_ratio=Effect(
            measure="OR",
            method="mantel_haenszel",
            estimate=float(told.logodds_pooled),
            se=float(told.logodds_pooled_se),
            ci_low=float(low),
            ci_high=float(high),
            p=float(plain.pvalue),
            n=sum(c.n for c in strata),
            level=level,
        ),
        chi2=float(plain.statistic),
        p=float(plain.pvalue),
        p_corrected=float(corrected.pvalue),
    )
