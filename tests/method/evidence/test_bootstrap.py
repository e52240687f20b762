"""The bootstrap against every possible resample, and against its closed form."""

from itertools import product

import numpy as np
import pytest

from fotfeste.evidence.bootstrap import bootstrap
from fotfeste.evidence.studies import TooFewStudies


def test_the_spread_of_a_plain_mean_has_its_closed_form() -> None:
    # Efron and Tibshirani (1993), 5.12: the standard error of a resampled mean is the root of sum (y - mean)^2 / n^2.
    y = np.random.default_rng(2).normal(0.4, 0.3, 12)
    told = bootstrap(y, np.full(12, 0.05), method="EE", resamples=40_000)
    assert told.se == pytest.approx(np.sqrt(np.sum((y - y.mean()) ** 2)) / 12, rel=0.015)
    assert told.estimate == pytest.approx(y.mean())


def test_drawn_resamples_find_what_all_of_them_hold() -> None:
    y, v = np.array([0.1, 0.9, 0.4, 1.3, -0.2]), np.array([0.04, 0.09, 0.02, 0.12, 0.05])

    def dersimonian_laird(picked: list[int]) -> tuple[float, float]:
        a, b = y[picked], v[picked]
        w = 1 / b
        q = np.sum(w * (a - np.sum(w * a) / w.sum()) ** 2)
        tau2 = max(0.0, (q - 4) / (w.sum() - np.sum(w**2) / w.sum()))
        w = 1 / (b + tau2)
        return float(np.sum(w * a) / w.sum()), float(tau2)

    means, spreads = np.transpose([dersimonian_laird(list(p)) for p in product(range(5), repeat=5)])
    told = bootstrap(y, v, method="DL", resamples=60_000)
    assert (told.ci_low, told.ci_high) == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.02)
    assert told.tau2_ci_high == pytest.approx(np.quantile(spreads, 0.975), rel=0.02)
    assert told.se == pytest.approx(means.std(), rel=0.01)
    assert (told.estimate, told.tau2) == pytest.approx(dersimonian_laird([0, 1, 2, 3, 4]))


def test_the_same_studies_give_the_same_resamples() -> None:
    y, v = [0.1, 0.9, 0.4], [0.04, 0.09, 0.02]
    assert bootstrap(y, v, resamples=500) == bootstrap(y, v, resamples=500)
    with pytest.raises(TooFewStudies):
        bootstrap(y[:1], v[:1])
