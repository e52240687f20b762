"""Effects from correlations, reliabilities, rates and proportions."""

import numpy as np

from fotfeste.evidence.projection import Floats

Pair = tuple[Floats, Floats]


def correlation(r: Floats, n: Floats) -> Pair:
    return r, (1 - r**2) ** 2 / (n - 1)


def fisher_z(r: Floats, n: Floats) -> Pair:
    return np.arctanh(r), 1 / (n - 3)


def alpha(a: Floats, m: Floats, n: Floats) -> Pair:
    return a, 2 * m * (1 - a) ** 2 / ((m - 1) * (n - 2))


def alpha_hakstian_whalen(a: Floats, m: Floats, n: Floats) -> Pair:
    return 1 - np.cbrt(1 - a), 18 * m * (n - 1) * np.cbrt(1 - a) ** 2 / ((m - 1) * (9 * n - 11) ** 2)


def alpha_bonett(a: Floats, m: Floats, n: Floats) -> Pair:
    return -np.log(1 - a), 2 * m / ((m - 1) * (n - 2))


def rate_ratio(x1: Floats, t1: Floats, x2: Floats, t2: Floats) -> Pair:
    return np.log(x1 / t1) - np.log(x2 / t2), 1 / x1 + 1 / x2


def rate_difference(x1: Floats, t1: Floats, x2: Floats, t2: Floats) -> Pair:
    return x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2


def root_rate_difference(x1: Floats, t1: Floats, x2: Floats, t2: Floats) -> Pair:
    return np.sqrt(x1 / t1) - np.sqrt(x2 / t2), 1 / (4 * t1) + 1 / (4 * t2)


def log_hazard_ratio(o_minus_e: Floats, o_minus_e_variance: Floats) -> Pair:
    """Yusuf et al. (1985), Prog Cardiovasc Dis 27:335-371; Tierney et al. (2007), Trials 8:16."""
    return o_minus_e / o_minus_e_variance, 1 / o_minus_e_variance


def rate(x: Floats, t: Floats) -> Pair:
    return x / t, x / t**2


def log_rate(x: Floats, t: Floats) -> Pair:
    return np.log(x / t), 1 / x


def root_rate(x: Floats, t: Floats) -> Pair:
    return np.sqrt(x / t), 1 / (4 * t)


def freeman_tukey_rate(x: Floats, t: Floats) -> Pair:
    return (np.sqrt(x / t) + np.sqrt((x + 1) / t)) / 2, 1 / (4 * t)


def proportion(x: Floats, n: Floats) -> Pair:
    p = x / n
    return p, p * (1 - p) / n


def log_proportion(x: Floats, n: Floats) -> Pair:
    return np.log(x / n), 1 / x - 1 / n


def log_odds(x: Floats, n: Floats) -> Pair:
    return np.log(x / (n - x)), 1 / x + 1 / (n - x)


def arcsine_proportion(x: Floats, n: Floats) -> Pair:
    return np.arcsin(np.sqrt(x / n)), 1 / (4 * n)


def freeman_tukey_proportion(x: Floats, n: Floats) -> Pair:
    y = (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))) / 2
    return y, 1 / (4 * n + 2)


def freeman_tukey_back(y: Floats, n: Floats) -> Floats:
    """The proportion that a pooled double arcsine stands for, at the harmonic mean of the sizes (Miller 1978)."""
    mean = 1 / np.mean(1 / n)
    s = np.sin(2 * y)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.maximum(1 - (s + (s - 1 / s) / mean) ** 2, 0)
        p = (1 - np.sign(np.cos(2 * y)) * np.sqrt(inside)) / 2
    least = np.arcsin(np.sqrt(1 / (mean + 1))) / 2
    most = (np.arcsin(np.sqrt(mean / (mean + 1))) + np.pi / 2) / 2
    return np.where(y <= least, 0.0, np.where(y >= most, 1.0, p))


LOG_RANK = {"HR": log_hazard_ratio}
CORRELATIONS = {"COR": correlation, "ZCOR": fisher_z}
RELIABILITIES = {"ARAW": alpha, "AHW": alpha_hakstian_whalen, "ABT": alpha_bonett}
TWO_RATES = {"IRR": rate_ratio, "IRD": rate_difference, "IRSD": root_rate_difference}
RATES = {"IR": rate, "IRLN": log_rate, "IRS": root_rate, "IRFT": freeman_tukey_rate}
PROPORTIONS = {
    "PR": proportion,
    "PLN": log_proportion,
    "PLO": log_odds,
    "PAS": arcsine_proportion,
    "PFT": freeman_tukey_proportion,
}
