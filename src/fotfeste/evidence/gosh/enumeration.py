"""All subsets under the common effect or DerSimonian-Laird: each adds one number to the sums of a smaller one."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.gosh.found import QUANTILES, Gosh, Summary, edges_between, summed
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.tau2 import Method

KEPT = 20  # up to 2**20 subsets are kept one by one, so that their quantiles are exact
_LOW = 14  # 2**14 numbers at a time stay in the cache of a core
_BINS = 1 << 14

Progress = Callable[[int, int], None]


class Enumeration:
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
        self.edges = edges_between(float(y.min()) - self.centre, float(y.max()) - self.centre, _BINS)

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
        if self.k <= KEPT:
            blocks = [self.block(h) for h in range(self.highs)]
            values = [np.concatenate(c) for c in zip(*blocks, strict=True)]
            values[0] = values[0] + self.centre
            rows = np.arange(1, 2**self.k)
            members = ((rows[:, None] >> np.arange(self.k)) & 1).astype(bool)
            if self.progress:
                self.progress(rows.size, rows.size)
            return summed(values, members, self.method, self.threshold, exact=True)
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

    def add(self, run: Enumeration, high: int, values: tuple[Floats, ...]) -> None:
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
