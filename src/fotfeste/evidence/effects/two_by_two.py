"""Effects from two groups with and without the event, and what is done with empty cells."""

from typing import Literal

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats

ZeroCells = Literal["only0", "all", "if0all", "none"]
"""Where ``add`` goes: to tables with an empty cell, to all, to all if one has an empty cell, or nowhere."""

Pair = tuple[Floats, Floats]


def with_zero_cells(
    a: Floats, b: Floats, c: Floats, d: Floats, *, add: float, to: ZeroCells, drop_empty: bool
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """The four cells after the rule, and which tables it changed. ``drop_empty`` takes out no events at all, or
    only events."""
    cells = np.stack((a, b, c, d)).astype(float)
    if drop_empty:
        empty = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
        cells[:, empty] = np.nan
    zero = (cells == 0).any(0)
    changed = {
        "only0": zero,
        "all": np.isfinite(cells[0]),
        "if0all": zero.any() & np.isfinite(cells[0]),
        "none": zero & False,
    }[to]
    if add == 0:
        changed = changed & False
    a, b, c, d = cells + add * changed
    return a, b, c, d, changed


def risk_ratio(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2 = a + b, c + d
    return np.log(a / n1) - np.log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2


def odds_ratio(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    return np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


def risk_difference(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2 = a + b, c + d
    return a / n1 - c / n2, a * b / n1**3 + c * d / n2**3


def arcsine(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2 = a + b, c + d
    return np.arcsin(np.sqrt(a / n1)) - np.arcsin(np.sqrt(c / n2)), 1 / (4 * n1) + 1 / (4 * n2)


def peto(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2, events = a + b, c + d, a + c
    total = n1 + n2
    v = n1 * n2 * events * (b + d) / (total**2 * (total - 1))
    return (a - events * n1 / total) / v, 1 / v


def phi(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2, m1, m2 = a + b, c + d, a + c, b + d
    n = n1 + n2
    r = (a * d - b * c) / np.sqrt(n1 * n2 * m1 * m2)
    rows, columns = n1 / n - n2 / n, m1 / n - m2 / n
    pr, pc = n1 * n2 / n**2, m1 * m2 / n**2
    v = (
        1
        - r**2
        + r * (1 + r**2 / 2) * rows * columns / np.sqrt(pr * pc)
        - 0.75 * r**2 * (rows**2 / pr + columns**2 / pc)
    ) / n
    return r, v


def yule_q(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    odds = a * d / (b * c)
    q = (odds - 1) / (odds + 1)
    return q, 0.25 * (1 - q**2) ** 2 * (1 / a + 1 / b + 1 / c + 1 / d)


def yule_y(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    odds = np.sqrt(a * d / (b * c))
    y = (odds - 1) / (odds + 1)
    return y, 0.0625 * (1 - y**2) ** 2 * (1 / a + 1 / b + 1 / c + 1 / d)


def probit_difference(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    n1, n2 = a + b, c + d
    p1, p2 = a / n1, c / n2
    z1, z2 = special.ndtri(p1), special.ndtri(p2)
    v = 2 * np.pi * (p1 * (1 - p1) * np.exp(z1**2) / n1 + p2 * (1 - p2) * np.exp(z2**2) / n2)
    return z1 - z2, v


def odds_to_d_logistic(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    y, v = odds_ratio(a, b, c, d)
    return y * np.sqrt(3) / np.pi, v * 3 / np.pi**2


def odds_to_d_normal(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    y, v = odds_ratio(a, b, c, d)
    return y / 1.65, v / 1.65**2


def tetrachoric(a: Floats, b: Floats, c: Floats, d: Floats) -> Pair:
    """Correlation of two normal variables cut in two (Pearson 1900); the variance by the delta method."""
    n = a + b + c + d
    row, column, both = (a + b) / n, (a + c) / n, a / n
    h, k = special.ndtri(row), special.ndtri(column)
    nodes, weights = np.polynomial.legendre.leggauss(64)

    def cell(angle: Floats) -> Floats:
        # The bivariate normal distribution, integrated over the correlation written as a sine (Drezner and
        # Wesolowsky 1990).
        at = angle[..., None] * (nodes + 1) / 2
        inside = np.exp(
            -(h[..., None] ** 2 - 2 * (h * k)[..., None] * np.sin(at) + k[..., None] ** 2) / (2 * np.cos(at) ** 2)
        )
        return np.asarray(row * column + angle / (4 * np.pi) * (inside @ weights))

    low, high = np.full_like(both, -np.pi / 2), np.full_like(both, np.pi / 2)
    for _ in range(60):  # halving the bracket to rounding
        middle = (low + high) / 2
        under = cell(middle) < both
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    r = np.sin((low + high) / 2)
    left = np.sqrt(1 - r**2)
    density = np.exp(-(h**2 - 2 * r * h * k + k**2) / (2 * left**2)) / (2 * np.pi * left)
    by_row, by_column = special.ndtr((k - r * h) / left), special.ndtr((h - r * k) / left)
    cells = ((a, 1 - by_row - by_column), (b, -by_row), (c, -by_column), (d, 0 * a))
    mean = sum(count / n * value for count, value in cells)
    square = sum(count / n * value**2 for count, value in cells)
    return r, (square - mean**2) / (n * density**2)


MEASURES = {
    "RR": risk_ratio,
    "OR": odds_ratio,
    "RD": risk_difference,
    "AS": arcsine,
    "PETO": peto,
    "PHI": phi,
    "YUQ": yule_q,
    "YUY": yule_y,
    "PBIT": probit_difference,
    "OR2D": odds_to_d_logistic,
    "OR2DL": odds_to_d_logistic,
    "OR2DN": odds_to_d_normal,
    "RTET": tetrachoric,
}
