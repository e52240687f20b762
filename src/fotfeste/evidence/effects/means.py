"""Effects from the means and standard deviations of two groups, or of one group measured twice."""

from typing import Literal

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats

Pair = tuple[Floats, Floats]
SmdVariance = Literal["LS", "UB", "LS2", "AV"]


def hedges_factor(df: Floats) -> Floats:
    """Exact small-sample correction (Hedges 1981), not its common approximation."""
    return np.where(
        df <= 1, np.nan, np.exp(special.gammaln(df / 2) - np.log(np.sqrt(df / 2)) - special.gammaln((df - 1) / 2))
    )


def cohen_d(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Floats:
    pooled = np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))
    return (m1 - m2) / pooled


def mean_difference(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    return m1 - m2, sd1**2 / n1 + sd2**2 / n2


def smd(
    m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats, *, variance: SmdVariance = "LS"
) -> Pair:
    """Hedges' g. LS: large sample; UB: unbiased; LS2: from the uncorrected d; AV: with the weighted mean of g."""
    d, df = cohen_d(m1, sd1, n1, m2, sd2, n2), n1 + n2 - 2
    j, sizes, n = hedges_factor(df), 1 / n1 + 1 / n2, n1 + n2
    g = j * d
    if variance == "UB":
        return g, sizes + (1 - (df - 2) / (df * j**2)) * g**2
    if variance == "LS2":
        return g, j**2 * (sizes + d**2 / (2 * n))
    typical = np.nansum(n * g) / np.nansum(n * np.isfinite(g)) if variance == "AV" else g
    return g, sizes + typical**2 / (2 * n)


def smd_heteroscedastic(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    """Bonett (2008), with the average variance as the unit; the variance as metafor has it since 4.6."""
    s1, s2 = sd1**2, sd2**2
    average = (s1 + s2) / 2
    j = hedges_factor(n1 + n2 - 2)
    g = j * (m1 - m2) / np.sqrt(average)
    spread = g**2 * (s1**2 / (n1 - 1) + s2**2 / (n2 - 1)) / (8 * average**2)
    return g, spread + (s1 / (n1 - 1) + s2 / (n2 - 1)) / average


def ratio_of_means(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    """Log of the ratio, without the second-order bias correction that metafor adds from 5.0."""
    return np.log(m1 / m2), sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)


def variability_ratio(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    c1, c2 = 1 / (2 * (n1 - 1)), 1 / (2 * (n2 - 1))
    return np.log(sd1 / sd2) + c1 - c2, c1 + c2


def coefficient_of_variation_ratio(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    y, v = variability_ratio(m1, sd1, n1, m2, sd2, n2)
    means, spread = ratio_of_means(m1, sd1, n1, m2, sd2, n2)
    return y - means, v + spread


def point_biserial(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    d, df, n = cohen_d(m1, sd1, n1, m2, sd2, n2), n1 + n2 - 2, n1 + n2
    h = df / n1 + df / n2
    r = d / np.sqrt(d**2 + h)
    return r, h**2 / (h + d**2) ** 3 * (1 / n1 + 1 / n2 + d**2 / (2 * n))


def biserial(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    d, df, n = cohen_d(m1, sd1, n1, m2, sd2, n2), n1 + n2 - 2, n1 + n2
    r = d / np.sqrt(d**2 + df / n1 + df / n2)
    p = n1 / n
    z = special.ndtri(p)
    f = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    pq = p * (1 - p)
    b = np.sqrt(pq) / f * r
    v = (pq / f**2 - (1.5 + (1 + p * z / f) * (1 - (1 - p) * z / f)) * b**2 + b**4) / (n - 1)
    return b, v


def d_to_log_odds(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    d = cohen_d(m1, sd1, n1, m2, sd2, n2)
    return np.pi / np.sqrt(3) * d, np.pi**2 / 3 * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


def d_to_log_odds_normal(m1: Floats, sd1: Floats, n1: Floats, m2: Floats, sd2: Floats, n2: Floats) -> Pair:
    d = cohen_d(m1, sd1, n1, m2, sd2, n2)
    return 1.65 * d, 1.65**2 * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


def mean_change(m1: Floats, sd1: Floats, m2: Floats, sd2: Floats, n: Floats, r: Floats) -> Pair:
    return m1 - m2, (sd1**2 + sd2**2 - 2 * r * sd1 * sd2) / n


def smd_change(m1: Floats, sd1: Floats, m2: Floats, sd2: Floats, n: Floats, r: Floats) -> Pair:
    """Standardised by the deviation of the changes."""
    d = hedges_factor(n - 1) * (m1 - m2) / np.sqrt(sd1**2 + sd2**2 - 2 * r * sd1 * sd2)
    return d, 1 / n + d**2 / (2 * n)


def smd_raw_change(m1: Floats, sd1: Floats, m2: Floats, sd2: Floats, n: Floats, r: Floats) -> Pair:
    """Standardised by the first measurement's deviation (Becker 1988)."""
    d = hedges_factor(n - 1) * (m1 - m2) / sd1
    return d, 2 * (1 - r) / n + d**2 / (2 * n)


def smd_raw_change_heteroscedastic(m1: Floats, sd1: Floats, m2: Floats, sd2: Floats, n: Floats, r: Floats) -> Pair:
    """Standardised by the first measurement's deviation, variances not assumed equal (Bonett 2008); as metafor
    since 4.6."""
    d = hedges_factor(n - 1) * (m1 - m2) / sd1
    changes = sd1**2 + sd2**2 - 2 * r * sd1 * sd2
    return d, changes / (sd1**2 * (n - 1)) + d**2 / (2 * (n - 1))


def ratio_of_means_change(m1: Floats, sd1: Floats, m2: Floats, sd2: Floats, n: Floats, r: Floats) -> Pair:
    return np.log(m1 / m2), sd1**2 / (n * m1**2) + sd2**2 / (n * m2**2) - 2 * r * sd1 * sd2 / (m1 * m2 * n)


TWO_GROUPS = {
    "MD": mean_difference,
    "SMD": smd,
    "SMDH": smd_heteroscedastic,
    "ROM": ratio_of_means,
    "VR": variability_ratio,
    "CVR": coefficient_of_variation_ratio,
    "RPB": point_biserial,
    "RBIS": biserial,
    "D2OR": d_to_log_odds,
    "D2ORL": d_to_log_odds,
    "D2ORN": d_to_log_odds_normal,
}
PAIRED = {
    "MC": mean_change,
    "SMCC": smd_change,
    "SMCR": smd_raw_change,
    "SMCRH": smd_raw_change_heteroscedastic,
    "ROMC": ratio_of_means_change,
}
