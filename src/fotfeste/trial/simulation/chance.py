"""Random numbers of a simulation: the same for the same seed on every machine. Never used to randomise people."""

from math import sqrt

import numpy as np


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=seed))


def monte_carlo_error(share: float, replicates: int) -> float:
    """The standard error of a share of simulated trials."""
    return sqrt(share * (1 - share) / replicates)
