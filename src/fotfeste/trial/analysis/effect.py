"""One estimated effect, in the same form whatever it is an effect on."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

RATIOS = frozenset({"RR", "OR", "HR", "IRR"})
"""Measures whose estimate is kept as a logarithm."""


class NotEstimable(ValueError):
    """The data hold no answer. ``reason`` is one_arm, too_few, no_spread, no_events, did_not_converge or singular."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{what}: {reason}" if what else reason)
        self.reason, self.what = reason, what


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect of the intervention against control.

    ``estimate`` and its interval are logarithms for ratios (RR, OR, HR, IRR) and plain differences otherwise.
    ``method`` names the interval; ``n`` is the people behind it. ``z`` or ``t`` (with ``df``) is the test's statistic.
    """

    measure: str
    method: str
    estimate: float
    ci_low: float
    ci_high: float
    n: int
    level: float = 0.95
    se: float | None = None
    z: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_ratio(self) -> bool:
        return self.measure in RATIOS

    @property
    def ratio(self) -> float:
        return float(np.exp(self.estimate))

    @property
    def shown(self) -> tuple[float, float, float]:
        """Estimate and interval as people read them."""
        told = np.array((self.estimate, self.ci_low, self.ci_high))
        low = np.exp(told) if self.is_ratio else told
        return float(low[0]), float(low[1]), float(low[2])

    def as_dict(self) -> dict[str, Any]:
        """The fields, and for ratios the same back-transformed."""
        told = asdict(self)
        if self.is_ratio:
            told |= dict(zip(("ratio", "ratio_ci_low", "ratio_ci_high"), self.shown, strict=True))
        return told


def critical(level: float, df: float | None = None) -> float:
    """The two-sided critical value of the normal distribution, or of t with ``df`` degrees of freedom."""
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1")
    upper = (1 + level) / 2
    return float(special.ndtri(upper) if df is None else special.stdtrit(df, upper))


def two_sided(statistic: float, df: float | None = None) -> float:
    return float(2 * (special.ndtr(-abs(statistic)) if df is None else special.stdtr(df, -abs(statistic))))


def wald(
    measure: str,
    method: str,
    estimate: float,
    se: float,
    *,
    n: int,
    df: float | None = None,
    level: float = 0.95,
    warnings: tuple[str, ...] = (),
) -> Effect:
    """The effect whose interval and test come from its standard error."""
    statistic = estimate / se if se > 0 else float("nan")
    half = critical(level, df) * se
    return Effect(
        measure=measure,
        method=method,
        estimate=float(estimate),
        se=float(se),
        ci_low=float(estimate - half),
        ci_high=float(estimate + half),
        z=None if df is not None else statistic,
        t=statistic if df is not None else None,
        df=df,
        p=two_sided(statistic, df),
        n=n,
        level=level,
        warnings=warnings,
    )
