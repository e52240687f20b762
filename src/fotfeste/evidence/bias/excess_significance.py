"""Whether more studies are significant than their power allows (Ioannidis and Trikalinos 2007)."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessSignificance:
    observed: int
    expected: float
    chi2: float
    p: float
    effect: float
    k: int


def excess_significance(
    y: Floats, v: Floats, *, alpha: float = 0.05, effect: float | None = None
) -> ExcessSignificance:
    """One-sided chi-squared test of significant studies against their power at the common effect."""
    w = 1 / v
    effect = float(np.sum(w * y) / np.sum(w)) if effect is None else effect
    se, need = np.sqrt(v), float(special.ndtri(1 - alpha / 2))
    power = special.ndtr(-(need - effect / se)) + special.ndtr(-need - effect / se)
    observed, expected, k = int(np.sum(np.abs(y) / se >= need)), float(np.sum(power)), y.size
    chi2 = (observed - expected) ** 2 / expected + (observed - expected) ** 2 / (k - expected)
    p = float(special.ndtr(-np.sqrt(chi2))) if observed > expected else float(special.ndtr(np.sqrt(chi2)))
    return ExcessSignificance(observed=observed, expected=expected, chi2=float(chi2), p=p, effect=effect, k=k)
