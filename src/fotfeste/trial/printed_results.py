"""Results that others have printed, checked against themselves before anything is built on them."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

RATIO_TOLERANCE = 0.02
"""How far beyond rounding the middle of a printed interval may lie from its estimate, on the scale of the analysis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRatio:
    """A ratio as text, as it stands in the paper: the number of decimals says how it was rounded."""

    ratio: str
    ci_low: str | None = None
    ci_high: str | None = None
    coefficient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """``reason`` is ratio_is_not_exp_b, interval_not_around_ratio or interval_does_not_hold_ratio.

    ``printed`` is what stands there, ``implied`` what the other figures say it should be.
    """

    reason: str
    printed: float
    implied: float


def inconsistencies(told: PrintedRatio) -> tuple[Inconsistency, ...]:
    """What in a printed ratio cannot be so, beyond what rounding explains.

    The ratio is exp(B), and the interval of a ratio is symmetric on the logarithmic scale: the ratio is the geometric
    mean of its ends.
    """
    found = []
    low, high = _rounded(told.ratio)
    ratio = float(told.ratio)
    if told.coefficient is not None:
        b_low, b_high = _rounded(told.coefficient)
        if np.exp(b_low) > high * (1 + RATIO_TOLERANCE) or np.exp(b_high) < low / (1 + RATIO_TOLERANCE):
            implied = float(np.exp(float(told.coefficient)))
            found.append(Inconsistency(reason="ratio_is_not_exp_b", printed=ratio, implied=implied))
    if told.ci_low is not None and told.ci_high is not None:
        if not float(told.ci_low) <= ratio <= float(told.ci_high):
            middle = float(np.sqrt(float(told.ci_low) * float(told.ci_high)))
            found.append(Inconsistency(reason="interval_does_not_hold_ratio", printed=ratio, implied=middle))
        else:
            ends = _rounded(told.ci_low), _rounded(told.ci_high)
            smallest, largest = (float(np.sqrt(max(ends[0][i], 0) * ends[1][i])) for i in (0, 1))
            if smallest > high * (1 + RATIO_TOLERANCE) or largest < low / (1 + RATIO_TOLERANCE):
                middle = float(np.sqrt(float(told.ci_low) * float(told.ci_high)))
                found.append(Inconsistency(reason="interval_not_around_ratio", printed=ratio, implied=middle))
    return tuple(found)


def _rounded(printed: str) -> tuple[float, float]:
    """All that would be printed so."""
    value = Decimal(printed)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return float(value - half), float(value + half)
