"""How many studies without effect it would take to make the result nothing. Answers kept because people ask for
them."""

from typing import Literal

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats


def rosenthal_n(y: Floats, v: Floats, *, alpha: float = 0.05) -> int:
    """Studies of z = 0 that bring the combined one-sided p to alpha (Rosenthal 1979)."""
    z = abs(float(np.sum(y / np.sqrt(v))))
    need = float(special.ndtri(1 - alpha))
    return max(0, int(np.ceil((z / need) ** 2 - y.size)))


def orwin_n(y: Floats, *, target: float | None = None) -> int:
    """Studies of effect 0 that bring the plain mean to the target, half of it when none is given (Orwin 1983)."""
    mean = float(np.mean(y))
    target = mean / 2 if target is None else target
    return max(0, int(np.ceil(y.size * (abs(mean) - abs(target)) / abs(target)))) if target else 0


def rosenberg_n(y: Floats, v: Floats, *, alpha: float = 0.05) -> int:
    """Studies of effect 0 and average weight that take a weighted mean's two-sided p above alpha (Rosenberg 2005)."""
    w = 1 / v
    total, need = float(np.sum(w)), float(special.ndtri(1 - alpha / 2))
    z = float(np.sum(w * y)) / np.sqrt(total)
    if abs(z) < need:
        return 0
    return int(np.ceil(y.size / total * ((float(np.sum(w * y)) / need) ** 2 - total)))


def fail_safe_n(
    y: Floats,
    v: Floats,
    *,
    kind: Literal["Rosenthal", "Orwin", "Rosenberg"] = "Rosenthal",
    alpha: float = 0.05,
    target: float | None = None,
) -> int:
    if kind == "Orwin":
        return orwin_n(y, target=target)
    return rosenthal_n(y, v, alpha=alpha) if kind == "Rosenthal" else rosenberg_n(y, v, alpha=alpha)
