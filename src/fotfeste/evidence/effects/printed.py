"""Effects that were printed with an interval, a standard error or a p instead of counts or means."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.conversions import se_from_interval, se_from_p
from fotfeste.evidence.effects.sizes import EffectSizes
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import BadStudy, names_of

PRINTED = ("effect", "ratio", "variance", "se", "ci_low", "ci_high", "p")
OFF_CENTRE = 0.1
"""An effect this share of the half-width from the middle of its interval is more than rounding makes."""


class PrintedEffects(NamedTuple):
    """``off_centre`` are studies whose effect is not in the middle of its interval: look for a misprint."""

    effects: EffectSizes
    off_centre: tuple[str, ...]


def from_printed(
    measure: str,
    names: Sequence[str] | None = None,
    *,
    effect: npt.ArrayLike | None = None,
    ratio: npt.ArrayLike | None = None,
    variance: npt.ArrayLike | None = None,
    se: npt.ArrayLike | None = None,
    ci_low: npt.ArrayLike | None = None,
    ci_high: npt.ArrayLike | None = None,
    p: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> PrintedEffects:
    """Effects and variances of studies whose effects were printed.

    Parameters
    ----------
    effect, ratio : array_like
        One of them: on the additive scale, or a ratio, which is logged, its interval with it.
    variance, se, ci_low and ci_high, p : array_like
        How sure the effect is; of several the first in this order is used. ``p`` is two-sided, of a normal test.
    level : float
        Level of the printed intervals.

    Raises
    ------
    BadStudy
        With reason not_positive, negative_variance, zero_variance, reversed or not_a_p.
    """
    told = effect if ratio is None else ratio
    if told is None:
        raise TypeError("an effect or a ratio is needed")
    y = np.atleast_1d(np.asarray(told, dtype=float))
    study = names_of(y.size, names)

    def column(field: str, values: npt.ArrayLike, reason: str = "", least: float = -np.inf) -> Floats:
        found = np.atleast_1d(np.asarray(values, dtype=float))
        _refuse(study, field, found, found <= least, reason)
        return found

    if ratio is not None:
        y = np.log(column("ratio", y, "not_positive", 0))
    off_centre: tuple[str, ...] = ()
    if variance is not None:
        v = column("variance", variance)
        _refuse(study, "variance", v, v < 0, "negative_variance")
        _refuse(study, "variance", v, v == 0, "zero_variance")
    elif se is not None:
        v = column("se", se, "not_positive", 0) ** 2
    elif ci_low is not None and ci_high is not None:
        low, high = column("ci_low", ci_low), column("ci_high", ci_high)
        _refuse(study, "ci_high", high, high <= low, "reversed")
        if ratio is not None:
            low, high = np.log(column("ci_low", low, "not_positive", 0)), np.log(high)
        v = se_from_interval(low, high, level=level) ** 2
        off = np.abs(y - (low + high) / 2) > OFF_CENTRE * (high - low) / 2
        off_centre = tuple(name for name, is_off in zip(study, off, strict=True) if is_off)
    elif p is not None:
        chance = column("p", p)
        _refuse(study, "p", chance, (chance <= 0) | (chance >= 1), "not_a_p")
        v = se_from_p(y, chance) ** 2
        _refuse(study, "effect", y, v == 0, "zero_variance")
    else:
        raise TypeError("a variance, standard error, interval or p is needed")
    return PrintedEffects(EffectSizes(measure=measure, effects=y, variances=v, names=study), off_centre)


def _refuse(names: Sequence[str], field: str, values: Floats, wrong: npt.NDArray[np.bool_], reason: str) -> None:
    if wrong.any():
        first = int(np.argmax(wrong))
        raise BadStudy(names[first], field, float(values[first]), reason)
