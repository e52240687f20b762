"""Two raters of one service: how far they agree, and where they do not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fotfeste.fidelity.scoring import check
from fotfeste.fidelity.shapes import Scale

NO_COMMON_ITEMS = "no_common_items"
ITEMS_RATED_BY_ONE = "items_rated_by_one"
KAPPA_UNDEFINED = "kappa_undefined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    item: str
    a: int
    b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of the ``n`` items both have rated, the share rated alike and within one, and weighted kappa.

    Kappa is None where chance alone would give full agreement: both gave every item the same one rating
    (``kappa_undefined``). ``disagreements``: the widest first, then in the order of the scale.
    """

    scale: str
    scale_version: int
    n: int
    exact: float | None
    within_one: float | None
    kappa_linear: float | None
    kappa_quadratic: float | None
    disagreements: tuple[Disagreement, ...]
    rated_by_one: tuple[str, ...]
    warnings: tuple[str, ...]


def agreement(a: Mapping[str, int], b: Mapping[str, int], scale: Scale) -> Agreement:
    """Compare the ratings of two raters.

    Raises
    ------
    UnknownItem, BadRating
        With the item.

    References
    ----------
    .. [1] Cohen J (1968). Weighted kappa. Psychological Bulletin 70:213-220.
    """
    check(a, scale)
    check(b, scale)
    ids = [item.id for item in scale.items]
    both = [item for item in ids if item in a and item in b]
    pairs = [(a[item], b[item]) for item in both]
    apart = [Disagreement(item=item, a=a[item], b=b[item]) for item in both if a[item] != b[item]]
    one = tuple(item for item in ids if (item in a) != (item in b))
    linear = _kappa(pairs, abs)
    told = {
        NO_COMMON_ITEMS: not both,
        ITEMS_RATED_BY_ONE: bool(one),
        KAPPA_UNDEFINED: bool(both) and linear is None,
    }
    return Agreement(
        scale=scale.id,
        scale_version=scale.version,
        n=len(both),
        exact=_share_within(0, pairs),
        within_one=_share_within(1, pairs),
        kappa_linear=linear,
        kappa_quadratic=_kappa(pairs, lambda difference: difference**2),
        disagreements=tuple(sorted(apart, key=lambda each: -abs(each.a - each.b))),
        rated_by_one=one,
        warnings=tuple(warning for warning, holds in told.items() if holds),
    )


def _share_within(distance: int, pairs: Sequence[tuple[int, int]]) -> float | None:
    return sum(abs(a - b) <= distance for a, b in pairs) / len(pairs) if pairs else None


def _kappa(pairs: Sequence[tuple[int, int]], weight: Callable[[int], int]) -> float | None:
    """1 - observed / expected disagreement; by chance each rating of one rater meets each of the other's."""
    observed = sum(weight(a - b) for a, b in pairs)
    expected = sum(weight(a - b) for a, _ in pairs for _, b in pairs)
    return 1 - len(pairs) * observed / expected if expected else None
