"""Every subset of the studies (GOSH; Olkin, Dahabreh and Trikalinos 2012, Res Synth Methods 3:214-223).

The common effect and DerSimonian-Laird are summed over all subsets exactly: the sums of the first studies are made
once for all their subsets, and each subset of the others adds one number to them. Nothing is drawn, so that nothing
depends on a seed.
"""

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.gosh.enumeration import KEPT, Enumeration, Progress
from fotfeste.evidence.gosh.found import QUANTILES, Gosh, Summary, summed
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.refits import refit
from fotfeste.evidence.studies import TooFewStudies, few_enough
from fotfeste.evidence.tau2 import Method

__all__ = ["QUANTILES", "Gosh", "Summary", "gosh"]

_WORD = 63  # studies that a subset can have to be a number


def gosh(
    y: Floats,
    v: Floats,
    *,
    method: Method = "REML",
    subsets: int | None = None,
    threshold: float = 0.0,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Gosh:
    """Fit the model to every subset, or to ``subsets`` drawn ones where there are more.

    ``progress`` is told how many of how many are done. More than 2**20 subsets need the common effect or
    DerSimonian-Laird, or a number to draw.
    """
    k = y.size
    if k < 1:
        raise TooFewStudies(k, 1)
    few_enough(k)
    total = 2**k - 1
    if method in ("EE", "DL") and (subsets is None or subsets >= total):
        return Enumeration(y, v, method, threshold, progress).run(threads)
    if subsets is None and k > KEPT:
        raise ValueError("too many subsets for an iterative estimator")
    exact = subsets is None or subsets >= total
    count = total if exact else int(subsets or 0)
    rows = np.arange(1, 2**k) if exact else _drawn_subsets(k, count) if k < _WORD else None
    found: list[tuple[Floats, ...]] = []
    members = []
    for start in range(0, count, 1 << 14):
        if rows is None:
            present = _drawn_members(k, start, min(1 << 14, count - start))
        else:
            present = ((rows[start : start + (1 << 14), None] >> np.arange(k)) & 1).astype(float)
        told = refit(y, v, method=method, present=present)
        found.append((told.estimate, told.i2, told.tau2, told.q, told.h2, told.k))
        members.append(present.astype(bool))
        if progress:
            progress(min(start + (1 << 14), count), count)
    values = [np.concatenate(c) for c in zip(*found, strict=True)]
    return summed(values, np.concatenate(members), method, threshold, exact)


def _drawn_subsets(k: int, count: int) -> npt.NDArray[np.int64]:
    """Different subsets, the same on every machine."""
    seen = np.empty(0, dtype=np.int64)
    draw = np.random.Philox(key=7)
    while seen.size < count:
        more = (draw.random_raw(2 * count) >> np.uint64(64 - k)).astype(np.int64)
        joined = np.concatenate((seen, more[more > 0]))
        _, first = np.unique(joined, return_index=True)
        seen = joined[np.sort(first)]
    return seen[:count]


def _drawn_members(k: int, start: int, count: int) -> Floats:
    """Each study in or out, where a subset's number has no room for it; two that are the same are not to be expected,
    and one without any studies is drawn again as all of them."""
    words = np.random.Philox(key=7, counter=start << 64).random_raw(count * k).reshape(count, k)
    present = (words >> np.uint64(63)).astype(float)
    present[present.sum(1) == 0] = 1.0
    return present
