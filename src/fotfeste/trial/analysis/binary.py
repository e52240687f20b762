"""Two arms and a yes or no: risk difference, ratio, odds ratio, tests, and the number needed to treat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special, stats

from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, critical, two_sided
from fotfeste.trial.analysis.score_intervals import koopman, miettinen_nurminen, newcombe, wilson

DifferenceMethod = Literal["newcombe", "miettinen_nurminen", "mee", "wald", "agresti_caffo"]
RatioMethod = Literal["koopman", "katz"]
OddsMethod = Literal["woolf", "exact"]
Interval = Callable[[Floats, Floats, Floats, Floats, float], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Events among people: of the intervention (1) and of control (2).

    Raises ``NotEstimable`` (too_few) for an empty arm, and ``ValueError`` for events outside 0 to n.
    """

    events1: int
    n1: int
    events2: int
    n2: int

    def __post_init__(self) -> None:
        if self.n1 < 1 or self.n2 < 1:
            raise NotEstimable("too_few", "counts")
        if not (0 <= self.events1 <= self.n1 and 0 <= self.events2 <= self.n2):
            raise ValueError(f"events outside 0 to n: {self}")

    @property
    def n(self) -> int:
        return self.n1 + self.n2

    @property
    def risk1(self) -> float:
        return self.events1 / self.n1

    @property
    def risk2(self) -> float:
        return self.events2 / self.n2

    @property
    def table(self) -> list[list[int]]:
        return [[self.events1, self.n1 - self.events1], [self.events2, self.n2 - self.events2]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNeeded:
    """How many must get the intervention for one more to have the event (``benefit``) or to lose it (``harm``)."""

    estimate: float
    ci_low: float
    ci_high: float
    direction: Literal["benefit", "harm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryTests:
    """``chi2`` is Pearson's without continuity correction, ``chi2_yates_p`` with; ``fisher_p`` is two-sided."""

    chi2: float
    chi2_p: float
    chi2_yates_p: float
    fisher_p: float


def risk(events: int, n: int, *, method: Literal["wilson", "exact"] = "wilson", level: float = 0.95) -> Effect:
    """The share of one arm with its interval: Wilson's, or Clopper and Pearson's exact one."""
    if method == "wilson":
        ends = wilson(np.asarray(float(events)), np.asarray(float(n)), critical(level))
    else:
        told = stats.binomtest(events, n).proportion_ci(level, method="exact")
        ends = told.low, told.high
    low, high = (float(end) for end in ends)
    return Effect(measure="risk", method=method, estimate=events / n, ci_low=low, ci_high=high, n=n, level=level)


def risk_difference(counts: Counts, *, method: DifferenceMethod = "newcombe", level: float = 0.95) -> Effect:
    """Risk of the intervention less that of control.

    Parameters
    ----------
    counts : Counts
        Events and people of both arms.
    method : {"newcombe", "miettinen_nurminen", "mee", "wald", "agresti_caffo"}, optional
        The interval. The p-value is that of the test the interval inverts, and Pearson's for Newcombe's,
        which inverts none.
    level : float, optional
        Confidence level.

    Returns
    -------
    Effect
        Measure RD, a proportion between -1 and 1.

    References
    ----------
    .. [1] Newcombe (1998), Stat Med 17:873-890, method 10.
    .. [2] Miettinen and Nurminen (1985), Stat Med 4:213-226, equations 8 and 9.
    .. [3] Agresti and Caffo (2000), Am Stat 54:280-288.
    """
    z, c = critical(level), counts
    difference = c.risk1 - c.risk2
    if method in ("wald", "agresti_caffo"):
        added = 1 if method == "agresti_caffo" else 0
        n1, n2 = c.n1 + 2 * added, c.n2 + 2 * added
        p1, p2 = (c.events1 + added) / n1, (c.events2 + added) / n2
        se = float(np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2))
        ends = p1 - p2 - z * se, p1 - p2 + z * se
        p = two_sided((p1 - p2) / se) if se > 0 else None
    else:
        of: Interval = {"newcombe": newcombe, "miettinen_nurminen": miettinen_nurminen, "mee": _mee}[method]
        ends, se = _ends(of, c, z), None
        p = float(special.chdtrc(1, _pearson(c) * ((c.n - 1) / c.n if method == "miettinen_nurminen" else 1)))
    return _effect("RD", method, difference, ends, p, c, level, se)


def risk_ratio(counts: Counts, *, method: RatioMethod = "koopman", level: float = 0.95) -> Effect:
    """Risk of the intervention over that of control, as a logarithm.

    Koopman's interval [1]_ inverts Pearson's test and has an answer when one arm has no events; Katz's [2]_ is what
    papers print. Raises ``NotEstimable`` (no_events) when neither arm has any, or for Katz when one has none.

    References
    ----------
    .. [1] Koopman (1984), Biometrics 40:513-517.
    .. [2] Katz et al. (1978), Biometrics 34:469-474, method C.
    """
    c, z = counts, critical(level)
    if c.events1 == c.events2 == 0 or (method == "katz" and 0 in (c.events1, c.events2)):
        raise NotEstimable("no_events", "risk ratio")
    with np.errstate(divide="ignore"):
        estimate = float(np.log(c.risk1) - np.log(c.risk2))
    if method == "katz":
        se = float(np.sqrt(1 / c.events1 - 1 / c.n1 + 1 / c.events2 - 1 / c.n2))
        ends, p = (estimate - z * se, estimate + z * se), two_sided(estimate / se) if se > 0 else None
    else:
        se, ends, p = None, _ends(koopman, c, z), float(special.chdtrc(1, _pearson(c)))
    return _effect("RR", method, estimate, ends, p, c, level, se)


def odds_ratio(counts: Counts, *, method: OddsMethod = "woolf", level: float = 0.95) -> Effect:
    """Odds of the intervention over those of control, as a logarithm.

    ``exact`` is the conditional maximum likelihood estimate with Fisher's exact interval, which has an answer for empty
    cells. Raises ``NotEstimable`` (no_events) for Woolf when a cell is empty.
    """
    c = counts
    if method == "exact":
        told = stats.contingency.odds_ratio(np.array(c.table), kind="conditional")
        low, high = told.confidence_interval(level)
        with np.errstate(divide="ignore"):
            estimate, ends = float(np.log(told.statistic)), (float(np.log(low)), float(np.log(high)))
        p, se = pearson_and_fisher(c).fisher_p, None
    else:
        cells = np.array(c.table, float).ravel()
        if (cells == 0).any():
            raise NotEstimable("no_events", "odds ratio")
        estimate = float(np.log(cells[0] * cells[3] / (cells[1] * cells[2])))
        se = float(np.sqrt((1 / cells).sum()))
        half = critical(level) * se
        ends, p = (estimate - half, estimate + half), two_sided(estimate / se)
    return _effect("OR", method, estimate, ends, p, c, level, se)


def pearson_and_fisher(counts: Counts) -> BinaryTests:
    """Pearson's test with and without Yates's correction, and Fisher's exact one. Without spread p is 1."""
    table = np.array(counts.table)
    if (table.sum(0) == 0).any():
        return BinaryTests(chi2=0.0, chi2_p=1.0, chi2_yates_p=1.0, fisher_p=1.0)
    plain, yates = (stats.chi2_contingency(table, correction=c) for c in (False, True))
    return BinaryTests(
        chi2=float(plain.statistic),
        chi2_p=float(plain.pvalue),
        chi2_yates_p=float(yates.pvalue),
        fisher_p=float(stats.fisher_exact(table).pvalue),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsTest:
    """Pearson's test that several groups have the same share."""

    chi2: float
    df: int
    p: float


def groups_differ(yes: Sequence[int], no: Sequence[int]) -> GroupsTest:
    """Whether the share differs between groups, without continuity correction."""
    told = stats.chi2_contingency(np.array((yes, no)), correction=False)
    return GroupsTest(chi2=float(told.statistic), df=int(told.dof), p=float(told.pvalue))


def number_needed(difference: Effect) -> NumberNeeded | None:
    """One over the risk difference, only where its interval excludes no effect.

    Otherwise the interval would run through infinity to the other direction (Altman 1998, BMJ 317:1309-1312), and none
    is given.
    """
    low, high = difference.ci_low, difference.ci_high
    if difference.measure != "RD" or low <= 0 <= high:
        return None
    ends = sorted((1 / abs(low), 1 / abs(high)))
    return NumberNeeded(
        estimate=1 / abs(difference.estimate),
        ci_low=ends[0],
        ci_high=ends[1],
        direction="benefit" if low > 0 else "harm",
    )


def _effect(
    measure: str,
    method: str,
    estimate: float,
    ends: tuple[float, float],
    p: float | None,
    c: Counts,
    level: float,
    se: float | None,
) -> Effect:
    return Effect(
        measure=measure,
        method=method,
        estimate=estimate,
        ci_low=ends[0],
        ci_high=ends[1],
        p=p,
        n=c.n,
        level=level,
        se=se,
    )


def _pearson(c: Counts) -> float:
    events, others = c.events1 + c.events2, c.n - c.events1 - c.events2
    if events == 0 or others == 0:
        return 0.0
    return float(
        c.n * (c.events1 * (c.n2 - c.events2) - c.events2 * (c.n1 - c.events1)) ** 2 / (c.n1 * c.n2 * events * others)
    )


def _mee(x1: Floats, n1: Floats, x2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    return miettinen_nurminen(x1, n1, x2, n2, z, corrected=False)


def _ends(of: Interval, c: Counts, z: float) -> tuple[float, float]:
    x1, n1, x2, n2 = (np.asarray(float(v)) for v in (c.events1, c.n1, c.events2, c.n2))
    low, high = of(x1, n1, x2, n2, z)
    return float(low), float(high)
