"""Effects and variances as they come in, checked before anything is computed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats


class BadStudy(ValueError):
    """One study cannot be used: ``study`` is its name, ``field`` the column, ``value`` what stood there.

    ``reason`` is one of missing, infinite, out_of_range, negative_variance, zero_variance, not_a_count, events_above_n,
    no_people, negative, not_a_correlation, too_small or duplicate.
    """

    def __init__(self, study: str, field: str, value: object, reason: str) -> None:
        super().__init__(f"study {study}, {field} = {value}: {reason}")
        self.study, self.field, self.value, self.reason = study, field, value, reason


class TooFewStudies(ValueError):
    """The method needs ``needed`` studies and got ``k``."""

    def __init__(self, k: int, needed: int) -> None:
        super().__init__(f"{needed} studies are needed, {k} are given")
        self.k, self.needed = k, needed


class AllAlike(ValueError):
    """The studies have the same effect, or the same size: none is smaller than others, or tells another story."""


class NoInterval(ValueError):
    """The estimator of tau2 has no such interval; ``method`` is the estimator, ``kind`` the interval."""

    def __init__(self, method: str, kind: str) -> None:
        super().__init__(f"{method} has no interval by {kind}")
        self.method, self.kind = method, kind


class TooManyStudies(ValueError):
    """The method looks at pairs of studies, at many sets of them, or integrates each: at most ``most``, not ``k``."""

    def __init__(self, k: int, most: int) -> None:
        super().__init__(f"at most {most} studies, {k} are given")
        self.k, self.most = k, most


FAR = 1e50  # beyond it, and for variances below its inverse, squares of sums are no longer numbers
MOST_FOR_PAIRS = 5000  # a table of pairs is then 200 MB


def few_enough(k: int, most: int = MOST_FOR_PAIRS) -> None:
    if k > most:
        raise TooManyStudies(k, most)


def names_of(k: int, names: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(map(str, range(1, k + 1))) if names is None else tuple(map(str, names))


def checked(
    effects: npt.ArrayLike, variances: npt.ArrayLike, names: Sequence[str] | None = None, *, needed: int = 1
) -> tuple[Floats, Floats]:
    """Effects and variances as arrays, or the first study that cannot be used."""
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    if y.ndim != 1 or y.shape != v.shape:
        raise ValueError(f"effects and variances must be two lists of the same length, not {y.shape} and {v.shape}")
    if not ((np.abs(y) < FAR).all() and (v < FAR).all() and (v > 1 / FAR).all()):
        _refuse(y, v, names_of(y.size, names))
    if y.size < needed:
        raise TooFewStudies(y.size, needed)
    return y, v


def _refuse(y: Floats, v: Floats, names: Sequence[str]) -> None:
    for field, values in (("effect", y), ("variance", v)):
        for reason, wrong in (("missing", np.isnan(values)), ("infinite", np.isinf(values))):
            if wrong.any():
                first = int(np.argmax(wrong))
                raise BadStudy(names[first], field, values[first], reason)
    for field, values, reason, wrong in (
        ("variance", v, "negative_variance", v < 0),
        ("variance", v, "zero_variance", v == 0),
        ("effect", y, "out_of_range", np.abs(y) >= FAR),
        ("variance", v, "out_of_range", (v >= FAR) | (v <= 1 / FAR)),
    ):
        if wrong.any():
            first = int(np.argmax(wrong))
            raise BadStudy(names[first], field, values[first], reason)
