"""How uncertain inputs are, and draws of all of them together.

Draws are made through a normal copula: standard normal numbers, correlated where the file says so, are turned into
each input's own distribution. What comes from people is drawn by drawing people again (bootstrap), so that costs and
effects of the same person stay together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from fotfeste.economics.discounting import FloatArray

Name = Literal["beta", "gamma", "log_normal", "normal", "range"]
AT_ONCE = 500
"""Draws of people at once, so that memory stays small."""


class BadDistribution(ValueError):
    """``reason`` is spread (a beta whose standard error is too large for its mean), mean (a mean that the distribution
    cannot have) or correlation (correlations that cannot hold together)."""

    def __init__(self, reason: str, parameter: str, value: object = None) -> None:
        super().__init__(f"{parameter}: {reason} ({value})")
        self.reason, self.parameter, self.value = reason, parameter, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """One input's distribution round its value.

    beta, gamma and normal have the mean ``value`` and the standard error ``se``; log_normal has the median ``value``
    and ``se`` on the log scale. A range is not drawn: it is for what is changed one at a time.
    """

    parameter: str
    distribution: Name
    value: float
    se: float = 0.0
    low: float | None = None
    high: float | None = None
    source: str = ""
    assumed: bool = False

    def quantile(self, p: Any) -> FloatArray:
        """Value below which the share ``p`` lies.

        References
        ----------
        .. [1] Briggs, Claxton and Sculpher (2006), section 4.3: the method of moments for beta and gamma.
        """
        m, s = self.value, self.se
        if self.distribution == "normal":
            return np.asarray(m + s * ndtri(p))
        if self.distribution == "log_normal":
            return np.asarray(m * np.exp(s * ndtri(p)))
        if self.distribution == "gamma":
            return np.asarray(gammaincinv(m**2 / s**2, p) * s**2 / m)
        if self.distribution == "beta":
            n = m * (1 - m) / s**2 - 1
            return np.asarray(betaincinv(m * n, (1 - m) * n, p))
        return np.asarray(np.full(np.shape(p), m))

    def limits(self) -> tuple[float, float]:
        """The stated low and high, else those that hold 95 per cent."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        low, high = self.quantile(np.array([0.025, 0.975]))
        return float(low), float(high)

    def check(self) -> None:
        """Refuse what is no distribution.

        Raises
        ------
        BadDistribution
        """
        m, s = self.value, self.se
        if self.distribution == "beta":
            if not 0 < m < 1:
                raise BadDistribution("mean", self.parameter, m)
            if s**2 >= m * (1 - m):
                raise BadDistribution("spread", self.parameter, s)
        if self.distribution in ("gamma", "log_normal") and m <= 0:
            raise BadDistribution("mean", self.parameter, m)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Persons' own numbers. ``means`` names the inputs that are the mean of a column in one group, ``differences``
    those that are the mean in the first group less the mean in the second."""

    columns: Mapping[str, Mapping[str, FloatArray]]
    """Group, then column, then one number a person."""
    means: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    differences: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    inputs: tuple[Uncertain, ...] = ()
    correlations: tuple[tuple[str, str, float], ...] = ()
    rows: Mapping[str, FloatArray] = field(default_factory=dict)
    """People seen to make each move, by row: a Dirichlet distribution of the row's probabilities."""
    people: People | None = None

    @property
    def drawn(self) -> tuple[Uncertain, ...]:
        return tuple(u for u in self.inputs if u.distribution != "range")

    @property
    def is_any(self) -> bool:
        return bool(self.drawn or self.rows or self.people)

    def correlation(self) -> FloatArray:
        names = [u.parameter for u in self.drawn]
        matrix = np.eye(len(names))
        for one, other, r in self.correlations:
            i, j = names.index(one), names.index(other)
            matrix[i, j] = matrix[j, i] = r
        return matrix

    def check(self) -> None:
        """Refuse distributions and correlations that cannot be.

        Raises
        ------
        BadDistribution
        """
        for uncertain in self.inputs:
            uncertain.check()
        if self.drawn and np.linalg.eigvalsh(self.correlation()).min() < -1e-9:
            raise BadDistribution("correlation", self.correlations[-1][0])

    def draw(self, draws: int, rng: np.random.Generator) -> dict[str, FloatArray]:
        """Draw every uncertain input.

        Parameters
        ----------
        draws : int
        rng : numpy.random.Generator

        Returns
        -------
        dict of str to ndarray, shape (draws,) or (draws, states)
        """
        told: dict[str, FloatArray] = {}
        if self.drawn:
            values, vectors = np.linalg.eigh(self.correlation())
            root = vectors * np.sqrt(np.maximum(values, 0.0))
            z = rng.standard_normal((draws, len(self.drawn))) @ root.T
            for place, uncertain in enumerate(self.drawn):
                told[uncertain.parameter] = uncertain.quantile(ndtr(z[:, place]))
        for name, counts in self.rows.items():
            told[name] = np.zeros((draws, len(counts)))
            told[name][:, counts > 0] = rng.dirichlet(counts[counts > 0], size=draws)
        return told | (_bootstrap(self.people, draws, rng) if self.people else {})


def _bootstrap(people: People, draws: int, rng: np.random.Generator) -> dict[str, FloatArray]:
    """Means of people drawn again with replacement within each group; the same people for every column."""
    means: dict[tuple[str, str], FloatArray] = {}
    for group, columns in people.columns.items():
        stacked = np.stack(list(columns.values()), axis=1)
        n = len(stacked)
        parts: list[npt.NDArray[np.float64]] = []
        for first in range(0, draws, AT_ONCE):
            times = rng.multinomial(n, np.full(n, 1 / n), size=min(AT_ONCE, draws - first))
            parts.append(times @ stacked / n)
        drawn = np.concatenate(parts)
        means |= {(group, column): drawn[:, i] for i, column in enumerate(columns)}
    told = {name: means[where] for name, where in people.means.items()}
    for name, (column, group, other) in people.differences.items():
        told[name] = means[group, column] - means[other, column]
    return told
