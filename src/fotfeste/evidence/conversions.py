"""From what a publication prints to what an analysis needs: standard errors, differences, means, tables."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.model import critical
from fotfeste.evidence.projection import Floats


class UnlikelyTable(ValueError):
    """No table of whole numbers has these margins and this association; ``reason`` is cell, margin or measure."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MeanAndSd(NamedTuple):
    mean: Floats
    sd: Floats


class EffectAndVariance(NamedTuple):
    effect: Floats
    variance: Floats


def se_from_interval(
    low: npt.ArrayLike, high: npt.ArrayLike, *, level: float = 0.95, df: float | None = None
) -> Floats:
    """Standard error from a confidence interval on the scale of the effect; ratios are logged first.

    References
    ----------
    .. [1] Cochrane Handbook 6.4, 6.3.1 and 6.3.2 (``df`` for an interval that was made with Student's t, 6.5.2.3).
    """
    width = np.asarray(high, dtype=float) - np.asarray(low, dtype=float)
    return np.asarray(width / (2 * critical(level, df)))


def se_from_p(effect: npt.ArrayLike, p: npt.ArrayLike, *, df: npt.ArrayLike | None = None) -> Floats:
    """Standard error from an effect and its two-sided p; ``df`` where it comes from a t test.

    References
    ----------
    .. [1] Cochrane Handbook 6.4, 6.3.2 and 6.5.2.3.
    """
    tail = np.asarray(p, dtype=float) / 2
    statistic = -special.ndtri(tail) if df is None else -special.stdtrit(np.asarray(df, dtype=float), tail)
    return np.asarray(np.abs(np.asarray(effect, dtype=float)) / statistic)


def d_from_t(t: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike) -> EffectAndVariance:
    """Standardised mean difference, not corrected for small samples, from a t test of two independent groups.

    References
    ----------
    .. [1] Borenstein et al. (2009), Introduction to Meta-Analysis, equation 4.20 for the variance.
    """
    t, n1, n2 = (np.asarray(x, dtype=float) for x in (t, n1, n2))
    d = t * np.sqrt(1 / n1 + 1 / n2)
    return EffectAndVariance(d, 1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


def d_from_f(f: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike, *, sign: npt.ArrayLike = 1) -> EffectAndVariance:
    """As ``d_from_t``, from an F test with one degree of freedom; F does not know the direction, ``sign`` does."""
    return d_from_t(np.sign(sign) * np.sqrt(np.asarray(f, dtype=float)), n1, n2)


def d_from_p(p: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike, *, sign: npt.ArrayLike = 1) -> EffectAndVariance:
    """As ``d_from_t``, from the two-sided p of a t test; ``sign`` is the direction."""
    n1, n2 = np.asarray(n1, dtype=float), np.asarray(n2, dtype=float)
    return d_from_t(-np.sign(sign) * special.stdtrit(n1 + n2 - 2, np.asarray(p, dtype=float) / 2), n1, n2)


def from_quartiles(q1: npt.ArrayLike, median: npt.ArrayLike, q3: npt.ArrayLike, n: npt.ArrayLike) -> MeanAndSd:
    """Mean and standard deviation of about normal data from quartiles and median.

    References
    ----------
    .. [1] Luo et al. (2018), Stat Methods Med Res 27:1785-1805, equation 15 (mean).
    .. [2] Wan et al. (2014), BMC Med Res Methodol 14:135, equation 16 (standard deviation).
    """
    q1, median, q3, n = (np.asarray(x, dtype=float) for x in (q1, median, q3, n))
    w = 0.7 + 0.39 / n
    return MeanAndSd(w * (q1 + q3) / 2 + (1 - w) * median, (q3 - q1) / _quartile_span(n))


def from_range(least: npt.ArrayLike, median: npt.ArrayLike, most: npt.ArrayLike, n: npt.ArrayLike) -> MeanAndSd:
    """Mean and standard deviation of about normal data from the least, the median and the most.

    References
    ----------
    .. [1] Luo et al. (2018), equation 7; Wan et al. (2014), equation 9.
    """
    least, median, most, n = (np.asarray(x, dtype=float) for x in (least, median, most, n))
    w = 4 / (4 + n**0.75)
    return MeanAndSd(w * (least + most) / 2 + (1 - w) * median, (most - least) / _full_span(n))


def from_five_numbers(
    least: npt.ArrayLike,
    q1: npt.ArrayLike,
    median: npt.ArrayLike,
    q3: npt.ArrayLike,
    most: npt.ArrayLike,
    n: npt.ArrayLike,
) -> MeanAndSd:
    """Mean and standard deviation of about normal data from all five.

    References
    ----------
    .. [1] Luo et al. (2018), equation 19; Wan et al. (2014), equation 13.
    """
    least, q1, median, q3, most, n = (np.asarray(x, dtype=float) for x in (least, q1, median, q3, most, n))
    outer, inner = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    mean = outer * (least + most) / 2 + inner * (q1 + q3) / 2 + (1 - outer - inner) * median
    return MeanAndSd(mean, ((most - least) / _full_span(n) + (q3 - q1) / _quartile_span(n)) / 2)


def _full_span(n: Floats) -> Floats:
    """How many standard deviations lie between the least and the most of n, on average (Blom's approximation)."""
    return np.asarray(2 * special.ndtri((n - 0.375) / (n + 0.25)))


def _quartile_span(n: Floats) -> Floats:
    return np.asarray(2 * special.ndtri((0.75 * n - 0.125) / (n + 0.25)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table2x2:
    events1: int
    n1: int
    events2: int
    n2: int


def rebuild_table(
    n1: int,
    n2: int,
    events: int,
    *,
    odds_ratio: float | None = None,
    risk_ratio: float | None = None,
    phi: float | None = None,
) -> Table2x2:
    """The table whose groups, events in all and one measure of association were printed.

    Raises
    ------
    UnlikelyTable
        Where the margins and the measure do not go together, or nothing, or two measures, are given.

    References
    ----------
    .. [1] Bonett (2007), Am Psychol 62:254-255 (from an odds ratio); the others are solved by hand.
    """
    if sum(told is not None for told in (odds_ratio, risk_ratio, phi)) != 1:
        raise UnlikelyTable("measure")
    if min(n1, n2) < 1 or not 0 <= events <= n1 + n2:
        raise UnlikelyTable("margin")
    if risk_ratio is not None:
        a = risk_ratio * events * n1 / (n2 + risk_ratio * n1)
    elif phi is not None:
        total = n1 + n2
        a = (events * n1 + phi * float(np.sqrt(n1 * n2 * events * (total - events)))) / total
    else:
        a = _cell_of_odds_ratio(n1, n2, events, float(odds_ratio or 0))
    a = round(a)
    if not max(0, events - n2) <= a <= min(n1, events):
        raise UnlikelyTable("cell")
    return Table2x2(events1=a, n1=n1, events2=events - a, n2=n2)


def _cell_of_odds_ratio(n1: int, n2: int, events: int, odds_ratio: float) -> float:
    """The root of a (n2 - events + a) = OR (n1 - a)(events - a) that lies inside the margins."""
    if odds_ratio <= 0:
        raise UnlikelyTable("cell")
    # (OR - 1) a^2 - b a + OR n1 events = 0, in the form that also holds where OR is 1.
    b = odds_ratio * (n1 + events) + n2 - events
    inside = b**2 - 4 * (odds_ratio - 1) * odds_ratio * n1 * events
    return 2 * odds_ratio * n1 * events / (b + float(np.sqrt(inside)))
