"""Every subset of the studies (GOSH; Olkin, Dahabreh and Trikalinos 2012, Res Synth Methods 3:214-223).

The common effect and DerSimonian-Laird are summed over all subsets exactly: the sums of the first studies are made
once for all
their subsets, and each subset of the others adds one number to them. Nothing is drawn, so that nothing depends on
a seed.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats
from fotfeste.evidence.refits import refit
from fotfeste.evidence.studies import TooFewStudies, few_enough
from fotfeste.evidence.tau2 import Method

_LOW = 14  # 2**14 numbers at a time stay in the cache of a core
_WORD = 63  # studies that a subset can have to be a number
_KEEP = 20  # up to 2**20 subsets are kept one by one, so that their quantiles are exact
_BINS = 1 << 14
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    mean: float
    sd: float
    low: float
    high: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gosh:
    """``mean_with`` and ``mean_without`` are the mean estimate over subsets with and without each study.

    ``share_above``: how many of the subsets have an estimate above ``threshold``. ``density`` counts subsets by
    estimate
    (rows) and I2 (columns) within ``estimate_edges`` and ``i2_edges``. ``values`` are kept where there are few enough.
    """

    subsets: int
    k: int
    method: Method
    exact: bool
    estimate: Summary
    i2: Summary
    tau2: Summary
    q: Summary
    h2: Summary
    size: Summary
    by_size: tuple[float, ...]
    mean_with: tuple[float, ...]
    mean_without: tuple[float, ...]
    threshold: float
    share_above: float
    density: npt.NDArray[np.int64]
    estimate_edges: Floats
    i2_edges: Floats
    values: dict[str, Floats] | None = None
    quantiles_exact: bool = True
    warnings: tuple[str, ...] = ()


Progress = Callable[[int, int], None]


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
        return _Enumeration(y, v, method, threshold, progress).run(threads)
    if subsets is None and k > _KEEP:
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
    return _summed(values, np.concatenate(members), method, threshold, exact)


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


def _summary(values: Floats) -> Summary:
    sd = float(values.std(ddof=1)) if values.size > 1 else float("nan")
    return Summary(
        mean=float(values.mean()),
        sd=sd,
        low=float(values.min()),
        high=float(values.max()),
        quantiles=tuple(float(x) for x in np.quantile(values, QUANTILES)),
    )


def _summed(
    values: list[Floats], members: npt.NDArray[np.bool_], method: Method, threshold: float, exact: bool
) -> Gosh:
    estimate, i2, tau2, q, h2, size = values
    k = members.shape[1]
    with_each = members.sum(0)
    sums = members.T.astype(float) @ estimate
    without = estimate.size - with_each
    lost = np.where(without > 0, (estimate.sum() - sums) / np.maximum(without, 1), np.nan)
    edges = _edges(float(estimate.min()), float(estimate.max()), 120)
    i2_edges = np.linspace(0, 100, 61)
    by_size = np.bincount(size.astype(int), estimate, k + 1)[1:] / np.maximum(
        np.bincount(size.astype(int), minlength=k + 1)[1:], 1
    )
    return Gosh(
        subsets=estimate.size,
        k=k,
        method=method,
        exact=exact,
        estimate=_summary(estimate),
        i2=_summary(i2),
        tau2=_summary(tau2),
        q=_summary(q),
        h2=_summary(h2),
        size=_summary(size),
        by_size=tuple(by_size.tolist()),
        mean_with=tuple((sums / np.maximum(with_each, 1)).tolist()),
        mean_without=tuple(lost.tolist()),
        threshold=threshold,
        share_above=float((estimate > threshold).mean()),
        density=np.histogram2d(estimate, i2, (edges, i2_edges))[0].astype(np.int64),
        estimate_edges=edges,
        i2_edges=i2_edges,
        values={"estimate": estimate, "i2": i2, "tau2": tau2, "q": q, "size": size},
        warnings=() if exact else ("drawn_subsets",),
    )


def _edges(low: float, high: float, bins: int) -> Floats:
    margin = 1e-9 * max(abs(low), abs(high), high - low, 1e-300)
    return np.linspace(low - margin, high + margin, bins + 1)


class _Enumeration:
    """All subsets under the common effect or DerSimonian-Laird, block by block."""

    def __init__(self, y: Floats, v: Floats, method: Method, threshold: float, progress: Progress | None) -> None:
        self.method, self.threshold, self.progress, self.k = method, threshold, progress, y.size
        # Centred, so that Q keeps its digits however far the effects lie from 0.
        self.centre = float(np.sum(y / v) / np.sum(1 / v))
        self.y, self.v = y - self.centre, v
        self.low = min(_LOW, self.k)
        self.highs = 1 << (self.k - self.low)
        w = 1 / v
        self.columns = np.stack((w, w * self.y, w * self.y**2, w * w, np.ones(self.k)))
        sums = np.zeros((5, 1))
        for i in range(self.low):  # doubling: the subsets without study i, then those with it
            sums = np.concatenate((sums, sums + self.columns[:, i : i + 1]), axis=1)
        self.low_sums = sums
        self.edges = _edges(float(y.min()) - self.centre, float(y.max()) - self.centre, _BINS)

    def block(self, high: int) -> tuple[Floats, ...]:
        """Estimate (from the centre), I2, tau2, Q, H2 and size of the subsets that hold this subset of the high
        studies."""
        chosen = self.columns[:, [self.low + i for i in range(self.k - self.low) if high >> i & 1]].sum(1)
        first = 1 if high == 0 else 0  # the empty subset is none
        w, wy, wyy, ww, n = (row[first:] + add for row, add in zip(self.low_sums, chosen, strict=True))
        mean = wy / w
        df = n - 1
        q = np.maximum(wyy - wy * mean, 0)
        q[n == 1] = 0  # rounding is not heterogeneity
        excess = q - df
        with np.errstate(divide="ignore", invalid="ignore"):
            i2 = np.where(excess > 0, 100 * excess / q, 0.0)
            h2 = np.where(df > 0, q / df, 1.0)
            tau2 = np.where(excess > 0, excess / (w - ww / w), 0.0) if self.method == "DL" else np.zeros_like(q)
        if self.method == "DL" and self.k > 1:
            mean = self.mixed_mean(high, tau2, first)
        return mean, i2, tau2, q, h2, n

    def mixed_mean(self, high: int, tau2: Floats, first: int) -> Floats:
        """The mean with the weights that tau2 gives: each subset has its own, so that each study is added anew."""
        top = np.zeros(1 << self.low)
        bottom = np.zeros(1 << self.low)
        t = np.concatenate((np.zeros(first), tau2))
        for i in range(self.k):
            if i < self.low:
                shape = (-1, 2, 1 << i)
                w = 1 / (self.v[i] + t.reshape(shape)[:, 1])
                bottom.reshape(shape)[:, 1] += w
                top.reshape(shape)[:, 1] += self.y[i] * w
            elif high >> (i - self.low) & 1:
                w = 1 / (self.v[i] + t)
                bottom += w
                top += self.y[i] * w
        return top[first:] / bottom[first:]

    def run(self, threads: int | None) -> Gosh:
        if self.k <= _KEEP:
            blocks = [self.block(h) for h in range(self.highs)]
            values = [np.concatenate(c) for c in zip(*blocks, strict=True)]
            values[0] = values[0] + self.centre
            rows = np.arange(1, 2**self.k)
            members = ((rows[:, None] >> np.arange(self.k)) & 1).astype(bool)
            if self.progress:
                self.progress(rows.size, rows.size)
            return _summed(values, members, self.method, self.threshold, exact=True)
        workers = threads or min(os.cpu_count() or 1, 8)
        shares = np.array_split(np.arange(self.highs), workers)
        with ThreadPoolExecutor(workers) as pool:  # NumPy lets go of the lock, so that threads do share the work
            parts = list(pool.map(self.share, shares, [i == 0 for i in range(workers)], [workers] * workers))
        return self.joined(parts)

    def share(self, highs: npt.NDArray[np.int64], tells: bool, workers: int) -> "_Tally":
        tally = _Tally(self.k, self.low, _BINS)
        for done, high in enumerate(highs.tolist()):
            tally.add(self, high, self.block(high))
            if tells and self.progress and done % 64 == 0:
                self.progress(min(workers * (done + 1) << self.low, 2**self.k - 1), 2**self.k - 1)
        return tally

    def joined(self, parts: list["_Tally"]) -> Gosh:
        tally = parts[0]
        for other in parts[1:]:
            tally.join(other)
        count = 2**self.k - 1
        if self.progress:
            self.progress(count, count)
        half = count + 1 >> 1
        total = tally.sums[0]
        with_each = tally.with_each / half + self.centre
        without = (total - tally.with_each) / (count - half) + self.centre
        edges = self.edges + self.centre
        i2_edges = np.linspace(0, 100, 61)

        def moments(i: int, shift: float = 0.0, quantiles: tuple[float, ...] = ()) -> Summary:
            mean = tally.sums[i] / count
            sd = float(np.sqrt(max(0.0, (tally.squares[i] - count * mean**2) / (count - 1))))
            return Summary(
                mean=float(mean) + shift,
                sd=sd,
                low=float(tally.lows[i]) + shift,
                high=float(tally.highs[i]) + shift,
                quantiles=quantiles,
            )

        coarse = tally.density.reshape(-1, 60)
        return Gosh(
            subsets=count,
            k=self.k,
            method=self.method,
            exact=True,
            estimate=moments(
                0,
                self.centre,
                _from_counts(
                    tally.counts, edges, float(tally.lows[0]) + self.centre, float(tally.highs[0]) + self.centre
                ),
            ),
            i2=moments(
                1,
                0.0,
                _from_counts(
                    tally.i2_counts, np.linspace(0, 100, _BINS + 1), float(tally.lows[1]), float(tally.highs[1])
                ),
            ),
            tau2=moments(2),
            q=moments(3),
            h2=moments(4),
            size=moments(5),
            by_size=tuple((tally.size_sums[1:] / tally.size_counts[1:] + self.centre).tolist()),
            mean_with=tuple(with_each.tolist()),
            mean_without=tuple(without.tolist()),
            threshold=self.threshold,
            share_above=tally.above / count,
            density=coarse,
            estimate_edges=edges[:: _BINS // 128],
            i2_edges=i2_edges,
            quantiles_exact=False,
            warnings=("quantiles_from_counts",),
        )


def _from_counts(counts: npt.NDArray[np.int64], edges: Floats, low: float, high: float) -> tuple[float, ...]:
    """Quantiles to within one of the narrow bins."""
    shares = np.cumsum(counts) / counts.sum()
    inner = [float((edges[i] + edges[i + 1]) / 2) for i in np.searchsorted(shares, QUANTILES[1:-1])]
    return low, *(min(max(x, low), high) for x in inner), high


class _Tally:
    """What is kept of the subsets that have gone by."""

    def __init__(self, k: int, low: int, bins: int) -> None:
        self.sums, self.squares = np.zeros(6), np.zeros(6)
        self.lows, self.highs = np.full(6, np.inf), np.full(6, -np.inf)
        self.counts, self.i2_counts = np.zeros(bins, dtype=np.int64), np.zeros(bins, dtype=np.int64)
        self.density = np.zeros(128 * 60, dtype=np.int64)
        self.with_each = np.zeros(k)
        self.size_sums, self.size_counts = np.zeros(k + 1), np.zeros(k + 1)
        self.above = 0

    def add(self, run: _Enumeration, high: int, values: tuple[Floats, ...]) -> None:
        mean, i2, size = values[0], values[1], values[5].astype(np.int64)
        for i, column in enumerate(values):
            self.sums[i] += column.sum()
            self.squares[i] += np.add.reduce(column * column)  # no threads of a linear algebra library beside ours
            self.lows[i] = min(self.lows[i], column.min())
            self.highs[i] = max(self.highs[i], column.max())
        bins = self.counts.size
        place = ((mean - run.edges[0]) * (bins / (run.edges[-1] - run.edges[0]))).astype(np.int64)
        i2_place = np.minimum((i2 * (bins / 100)).astype(np.int64), bins - 1)
        self.counts += np.bincount(place, minlength=bins)
        self.i2_counts += np.bincount(i2_place, minlength=bins)
        self.density += np.bincount((place // (bins // 128)) * 60 + i2_place * 60 // bins, minlength=128 * 60)
        sizes = self.size_counts.size
        self.size_sums += np.bincount(size, mean, sizes)
        self.size_counts += np.bincount(size, minlength=sizes)
        total = float(mean.sum())
        low = run.low
        padded = mean if mean.size == 1 << low else np.concatenate((np.zeros(1), mean))
        for i in range(low):
            self.with_each[i] += padded.reshape(-1, 2, 1 << i)[:, 1].sum()
        self.with_each[low:][[bool(high >> i & 1) for i in range(run.k - low)]] += total
        self.above += int(np.count_nonzero(mean > run.threshold - run.centre))

    def join(self, other: "_Tally") -> None:
        for name in (
            "sums",
            "squares",
            "counts",
            "i2_counts",
            "density",
            "with_each",
            "size_sums",
            "size_counts",
            "above",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lows, self.highs = np.minimum(self.lows, other.lows), np.maximum(self.highs, other.highs)
