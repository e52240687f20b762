"""How counts vary about their mean: events among people (log odds), or over time at risk (log rate)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats


@dataclass(frozen=True, slots=True)
class Family:
    """``n`` is people or time at risk; ``at`` is the log odds or the log rate, and ``link`` makes it of a share."""

    log_density: Callable[[Floats, Floats, Floats], Floats]
    moments: Callable[[Floats, Floats], tuple[Floats, Floats]]
    link: Callable[[Floats], Floats]


def log_binomial(x: Floats, n: Floats, logit: Floats) -> Floats:
    return np.asarray(log_ways(n, x) + x * logit - n * np.logaddexp(0, logit))


def log_ways(n: Floats, x: Floats) -> Floats:
    return np.asarray(special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1))


def safe_logit(share: Floats) -> Floats:
    return np.asarray(special.logit(np.clip(share, 1e-12, 1 - 1e-12)))


def _binomial_moments(n: Floats, logit: Floats) -> tuple[Floats, Floats]:
    p = special.expit(logit)
    return n * p, n * p * (1 - p)


def _log_poisson(x: Floats, time: Floats, log_rate: Floats) -> Floats:
    return np.asarray(x * (log_rate + np.log(time)) - time * np.exp(log_rate) - special.gammaln(x + 1))


def _poisson_moments(time: Floats, log_rate: Floats) -> tuple[Floats, Floats]:
    mean = time * np.exp(log_rate)
    return mean, mean


BINOMIAL = Family(log_binomial, _binomial_moments, safe_logit)
POISSON = Family(_log_poisson, _poisson_moments, lambda rate: np.log(np.maximum(rate, 1e-300)))
