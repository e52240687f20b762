"""An effect between and after the months it was measured in."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.economics.discounting import FloatArray

Before = Literal["none", "grows", "full"]
After = Literal["stays", "fades"]
FOR_EVER = 1e6
"""Months that no horizon reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Straight lines between the measured months. What is believed before the first and after the last is said.

    ``before``: nothing, growing from zero at the start, or as at the first. ``after``: as at the last until
    ``lasts_to_month`` and then nothing, or fading in a straight line to nothing there.
    """

    months: tuple[float, ...]
    before: Before
    after: After
    lasts_to_month: float = FOR_EVER

    def at(self, points: FloatArray, months: FloatArray) -> FloatArray:
        """Value by month without regard to how long it lasts: ``points`` (d, n), ``months`` (t,), result (d, t)."""
        knots = np.array(self.months)
        first = {"none": 0.0, "grows": 0.0, "full": 1.0}[self.before]
        start = [0.0] if self.before == "grows" and knots[0] > 0 else []
        weights = np.empty((len(knots), len(months)))
        for i in range(len(knots)):
            one = np.zeros(len(knots) + len(start))
            one[i + len(start)] = 1.0
            left = first if i == 0 and not start else 0.0
            weights[i] = np.interp(months, [*start, *knots], one, left=left)
        return points @ weights

    def remains(self, lasts_to: FloatArray, months: FloatArray, width: float) -> FloatArray:
        """Share of the effect that is there: ``lasts_to`` (d,), the middles ``months`` of intervals ``width`` wide (0
        for moments), result (d, t). An end inside an interval leaves the part before it."""
        last = lasts_to[:, None]
        if self.after == "fades":
            measured = self.months[-1]
            return np.clip((last - months) / np.maximum(last - measured, 1e-9), 0.0, 1.0)
        if width == 0:
            return np.asarray(months <= last, dtype=float)
        return np.clip((last - months) / width + 0.5, 0.0, 1.0)
