"""Time to something that has not happened to all: the Kaplan-Meier curve, its median and its restricted mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

HALF = 0.5
NEARLY = 1e-9  # shares that meet 0.5 but for rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The share to whom it has not happened after ``days``, from each day on which it happened to somebody."""

    days: tuple[int, ...]
    share_left: tuple[float, ...]
    last_day: int


def kaplan_meier(days: Sequence[int], happened: Sequence[bool]) -> Curve:
    """Estimate the curve from days and whether it happened then; who is censored on a day was at risk on it.

    Parameters
    ----------
    days : sequence of int, shape (n,)
        0 or more.
    happened : sequence of bool, shape (n,)
        False for those followed so long to whom it had not happened.

    References
    ----------
    .. [1] Kaplan EL, Meier P (1958). Journal of the American Statistical Association 53:457-481.
    """
    followed: npt.NDArray[np.int64] = np.asarray(days, dtype=np.int64)
    events = np.asarray(happened, dtype=bool)
    at = np.unique(followed[events])
    at_risk = (followed[None, :] >= at[:, None]).sum(axis=1)
    came = (followed[events][None, :] == at[:, None]).sum(axis=1)
    left = np.cumprod(1 - came / at_risk) if len(at) else np.array([])
    return Curve(
        days=tuple(map(int, at)),
        share_left=tuple(map(float, left)),
        last_day=int(followed.max()) if len(followed) else 0,
    )


def median_days(curve: Curve) -> Decimal | None:
    """The day on which half are left, or None while more than half are.

    Where exactly half are left for a time, its middle, so that without open cases it is the ordinary median.

    References
    ----------
    .. [1] R, package survival, print.survfit: the same rule.
    """
    for n, (day, left) in enumerate(zip(curve.days, curve.share_left, strict=True)):
        if left > HALF + NEARLY:
            continue
        flat = abs(left - HALF) < NEARLY and n + 1 < len(curve.days)
        return Decimal(day + curve.days[n + 1]) / 2 if flat else Decimal(day)
    return None


def restricted_mean_days(curve: Curve, horizon_days: int) -> float:
    """Mean days until it happens, of at most so many: the area under the curve up to there."""
    edges = [0, *(day for day in curve.days if day < horizon_days), horizon_days]
    heights = [1.0, *curve.share_left]
    return float(sum((b - a) * height for a, b, height in zip(edges, edges[1:], heights, strict=False)))
