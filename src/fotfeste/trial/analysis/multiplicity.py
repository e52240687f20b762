"""Several questions, one chance of a false answer."""

from collections.abc import Sequence

import numpy as np

from fotfeste.trial.analysis.effect import Floats


def holm(p: Sequence[float]) -> Floats:
    """Adjusted p-values in the given order: below alpha just where Holm (1979), Scand J Stat 6:65-70, rejects."""
    values = np.asarray(p, float)
    order = np.argsort(values, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(values[order] * np.arange(values.size, 0, -1)), 1)
    adjusted = np.empty_like(values)
    adjusted[order] = stepped
    return adjusted


def fixed_sequence(p: Sequence[float]) -> Floats:
    """Adjusted p-values of questions asked in order: each is at least as large as all before it.

    The first that is not below alpha ends the sequence (Maurer, Hothorn and Lehmacher 1995).
    """
    return np.maximum.accumulate(np.asarray(p, float))
