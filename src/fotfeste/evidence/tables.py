"""Pooling 2x2 tables and rates without approximating each study first: Mantel-Haenszel and Peto."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.model import critical
from fotfeste.evidence.projection import Floats

MhMeasure = Literal["OR", "RR", "RD", "IRR", "IRD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTest:
    statistic: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTables:
    """A pooled effect of tables, ratios on the log scale.

    ``estimate`` is NaN where no study tells anything, with the reason in ``warnings``. ``k_effects`` counts the studies
    that have an effect of their own, which Q is made of.
    """

    estimate: float
    se: float
    z: float
    p: float
    ci_low: float
    ci_high: float
    q: float
    q_df: int
    q_p: float
    i2: float
    h2: float
    k: int
    k_effects: int
    measure: str
    method: str
    level: float
    weights: tuple[float, ...] = ()
    cochran_mantel_haenszel: TableTest | None = None
    cochran: TableTest | None = None
    breslow_day: TableTest | None = None
    tarone: TableTest | None = None
    k_informative: int | None = None
    warnings: tuple[str, ...] = ()


def mantel_haenszel(
    events1: npt.ArrayLike,
    n1: npt.ArrayLike,
    events2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    measure: MhMeasure = "OR",
    level: float = 0.95,
    add: float = 0.5,
    correct: bool = True,
) -> PooledTables:
    """Mantel-Haenszel pooling; ``n1`` and ``n2`` are time at risk for IRR and IRD.

    Nothing is added to the tables for the estimate; ``add`` goes to studies with an empty cell only where each
    study's own
    effect is needed, for Q. ``correct`` is the continuity correction of the Cochran-Mantel-Haenszel test.

    References
    ----------
    .. [1] Greenland and Robins (1985), Biometrics 41:55-68 (variances of RR and RD).
    .. [2] Robins, Breslow and Greenland (1986), Biometrics 42:311-323 (variance of OR).
    .. [3] Breslow and Day (1980), volume 1, equation 4.30; Tarone (1985), Biometrika 72:91-95.
    """
    a, t1, c, t2 = (np.atleast_1d(np.asarray(values, dtype=float)) for values in (events1, n1, events2, n2))
    if measure in ("IRR", "IRD"):
        return _rates(a, t1, c, t2, measure, level, add, correct)
    own = effect_sizes(measure, events1=a, n1=t1, events2=c, n2=t2, add=add)
    b, d = t1 - a, t2 - c
    empty = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
    usable = ~empty if measure != "RD" else np.ones(a.size, dtype=bool)
    keep = ~empty
    total = t1 + t2
    tests: dict[str, TableTest | None] = {}
    weights: Floats
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "OR":
            r, s = a * d / total, b * c / total
            estimate = np.log(r.sum() / s.sum())
            pp, qq = (a + d) / total, (b + c) / total
            variance = (
                np.sum(pp * r) / r.sum() ** 2
                + np.sum(pp * s + qq * r) / (r.sum() * s.sum())
                + np.sum(qq * s) / s.sum() ** 2
            ) / 2
            weights = s
            tests = _odds_tests(a, b, c, d, np.exp(estimate), correct)
        elif measure == "RR":
            r, s = a * t2 / total, c * t1 / total
            estimate = np.log(r.sum() / s.sum())
            variance = np.sum((t1 * t2 * (a + c) - a * c * total) / total**2) / (r.sum() * s.sum())
            weights = s
        else:
            weights = t1 * t2 / total
            estimate = np.sum(a * t2 / total - c * t1 / total) / weights.sum()
            variance = (
                estimate
                * np.sum(c * (t1 / total) ** 2 - a * (t2 / total) ** 2 + (t1 / total) * (t2 / total) * (t2 - t1) / 2)
                + np.sum(a * (t2 - c) / total + c * (t1 - a) / total) / 2
            ) / weights.sum() ** 2
    return _pooled(
        float(estimate),
        float(np.sqrt(variance)),
        own.effects[keep & own.usable],
        own.variances[keep & own.usable],
        k=int(a.size),
        measure=measure,
        method="MH",
        level=level,
        weights=weights,
        **tests,
        informative=int(usable.sum()) if measure == "OR" else None,
    )


def _odds_tests(a: Floats, b: Floats, c: Floats, d: Floats, odds: float, correct: bool) -> dict[str, TableTest | None]:
    n1, n2, m1, m2 = a + b, c + d, a + c, b + d
    total = n1 + n2
    keep = (m1 > 0) & (m2 > 0)
    if not keep.any():
        return {}
    a, n1, n2, m1, m2, total = (x[keep] for x in (a, n1, n2, m1, m2, total))
    expected = n1 * m1 / total
    apart = max(0.0, abs(float(np.sum(a - expected))) - (0.5 if correct else 0.0))
    variance = n1 * n2 * m1 * m2 / total**2
    cmh = apart**2 / float(np.sum(variance / (total - 1)))
    cochran = apart**2 / float(np.sum(variance / total))
    both: dict[str, TableTest | None] = {
        "cochran_mantel_haenszel": TableTest(statistic=cmh, df=1, p=float(special.chdtrc(1, cmh))),
        "cochran": TableTest(statistic=cochran, df=1, p=float(special.chdtrc(1, cochran))),
    }
    if not (np.isfinite(odds) and odds > 0) or a.size < 2:
        return both
    # The cell that the common odds ratio would give: the root of a quadratic.
    if odds == 1:
        cell = expected
    else:
        qa, qb, qc = 1 - odds, n2 - m1 + odds * (n1 + m1), -odds * n1 * m1
        cell = (-qb + np.sqrt(qb**2 - 4 * qa * qc)) / (2 * qa)
    spread = 1 / (1 / cell + 1 / (n1 - cell) + 1 / (m1 - cell) + 1 / (n2 - m1 + cell))
    bd = float(np.sum((a - cell) ** 2 / spread))
    tarone = bd - float(np.sum(a - cell) ** 2 / np.sum(spread))
    df = a.size - 1
    return both | {
        "breslow_day": TableTest(statistic=bd, df=df, p=float(special.chdtrc(df, bd))),
        "tarone": TableTest(statistic=tarone, df=df, p=float(special.chdtrc(df, tarone))),
    }


def _rates(
    x1: Floats, t1: Floats, x2: Floats, t2: Floats, measure: MhMeasure, level: float, add: float, correct: bool
) -> PooledTables:
    own = effect_sizes(measure, events1=x1, time1=t1, events2=x2, time2=t2, add=add)
    total = t1 + t2
    test = None
    if measure == "IRR":
        r, s = x1 * t2 / total, x2 * t1 / total
        with np.errstate(divide="ignore", invalid="ignore"):
            estimate = np.log(r.sum() / s.sum())
            variance = np.sum(t1 * t2 * (x1 + x2) / total**2) / (r.sum() * s.sum())
        weights = s
        events = x1 + x2
        apart = max(0.0, abs(float(np.sum(x1 - events * t1 / total))) - (0.5 if correct else 0.0))
        mh = apart**2 / float(np.sum(events * t1 * t2 / total**2))
        test = TableTest(statistic=mh, df=1, p=float(special.chdtrc(1, mh)))
    else:
        weights = t1 * t2 / total
        estimate = np.sum((x1 * t2 - x2 * t1) / total) / weights.sum()
        variance = np.sum((x1 * t2**2 + x2 * t1**2) / total**2) / weights.sum() ** 2
    return _pooled(
        float(estimate),
        float(np.sqrt(variance)),
        own.effects[own.usable],
        own.variances[own.usable],
        k=int(x1.size),
        measure=measure,
        method="MH",
        level=level,
        weights=weights,
        cochran_mantel_haenszel=test,
    )


def peto(
    events1: npt.ArrayLike, n1: npt.ArrayLike, events2: npt.ArrayLike, n2: npt.ArrayLike, *, level: float = 0.95
) -> PooledTables:
    """Peto's one-step odds ratio (Yusuf et al. 1985, Prog Cardiovasc Dis 27:335-371); nothing is added to any cell."""
    a, t1, c, t2 = (np.atleast_1d(np.asarray(values, dtype=float)) for values in (events1, n1, events2, n2))
    own = effect_sizes("PETO", events1=a, n1=t1, events2=c, n2=t2)

    y, v = own.effects[own.usable], own.variances[own.usable]
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.sum(1 / v)
        estimate, se = np.sum(y / v) / information, np.sqrt(1 / information)
    weights = np.where(own.usable, 1 / np.where(own.usable, own.variances, 1), 0)
    return _pooled(
        float(estimate),
        float(se),
        y,
        v,
        k=int(a.size),
        measure="PETO",
        method="Peto",
        level=level,
        weights=weights,
        informative=int(y.size),
    )


def _pooled(
    estimate: float,
    se: float,
    y: Floats,
    v: Floats,
    *,
    k: int,
    measure: str,
    method: str,
    level: float,
    weights: Sequence[float] | Floats,
    informative: int | None = None,
    cochran_mantel_haenszel: TableTest | None = None,
    cochran: TableTest | None = None,
    breslow_day: TableTest | None = None,
    tarone: TableTest | None = None,
) -> PooledTables:
    told = np.isfinite(estimate) and np.isfinite(se) and se > 0
    warnings = () if told else ("no_information",)
    if not told:
        estimate, se = float("nan"), float("nan")
    w = 1 / v
    df = y.size - 1
    q = float(np.sum(w * (y - estimate) ** 2)) if told and df > 0 else 0.0
    z = estimate / se if told else float("nan")
    half = critical(level) * se
    share = np.asarray(weights, dtype=float)
    return PooledTables(
        estimate=estimate,
        se=se,
        z=z,
        p=float(2 * special.ndtr(-abs(z))),
        ci_low=estimate - half,
        ci_high=estimate + half,
        q=q,
        q_df=max(df, 0),
        q_p=float(special.chdtrc(df, q)) if df > 0 else 1.0,
        i2=max(0.0, 100 * (q - df) / q) if q > 0 else 0.0,
        h2=q / df if df > 0 else 1.0,
        k=k,
        k_effects=int(y.size),
        measure=measure,
        method=method,
        level=level,
        warnings=warnings,
        k_informative=informative,
        weights=tuple(float(s) for s in 100 * share / share.sum()) if share.sum() > 0 else (),
        cochran_mantel_haenszel=cochran_mantel_haenszel,
        cochran=cochran,
        breslow_day=breslow_day,
        tarone=tarone,
    )
