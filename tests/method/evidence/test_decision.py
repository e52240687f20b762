"""What a pooled effect means for a choice, against closed forms and plain simulation."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from fotfeste.evidence.decision import per_hundred, planned_trial, planned_variance
from fotfeste.evidence.pooling import pool

Y, V = np.array([0.7, 0.2, 0.9, 0.4, 0.6]), np.array([0.05, 0.04, 0.09, 0.03, 0.06])


def test_more_of_a_hundred_with_a_known_baseline_are_the_ends_of_the_ratios_interval() -> None:
    # Cochrane Handbook 6.4, 15.4.4: the risk times the ratio, at the estimate and at each end.
    pooled = pool(Y, V, ci="z")
    told = per_hundred(pooled, baseline=0.2)
    for ours, effect in (
        (told.more, pooled.estimate),
        (told.more_low, pooled.ci_low),
        (told.more_high, pooled.ci_high),
    ):
        assert ours == pytest.approx(20 * (math.exp(effect) - 1), abs=0.05)
    assert told.next_low < told.more_low < told.more_high < told.next_high


def test_an_uncertain_baseline_widens_the_difference_as_simulation_does() -> None:
    pooled = pool(Y, V, ci="z")
    told = per_hundred(pooled, baseline=0.27, measure="OR", baseline_people=181)
    draw = np.random.default_rng(8)
    effect = draw.normal(pooled.estimate, pooled.se, 400_000)
    risk = draw.beta(0.27 * 181 + 0.5, 0.73 * 181 + 0.5, effect.size)
    odds = np.exp(effect) * risk / (1 - risk)
    low, high = np.quantile(100 * (odds / (1 + odds) - risk), [0.025, 0.975])
    assert (told.more_low, told.more_high) == pytest.approx((low, high), abs=0.1)


def test_assurance_has_its_closed_form() -> None:
    # O'Hagan, Stevens and Campbell (2005), with a normal prior: the mean of the power over what the effect may be.
    pooled, variance = pool(Y, V, ci="z"), 0.03
    told = planned_trial(Y, V, pooled, variance=variance)
    spread = math.sqrt(pooled.se**2 + pooled.tau2 + variance)
    z = norm.ppf(0.975)
    assert told.assurance == pytest.approx(norm.cdf((pooled.estimate - z * math.sqrt(variance)) / spread), abs=1e-3)
    assert told.power == pytest.approx(norm.cdf(pooled.estimate / math.sqrt(variance) - z))


def test_what_a_trial_must_show_is_where_pooling_with_it_passes_the_threshold() -> None:
    pooled = pool(Y[:3], V[:3], ci="z")
    told = planned_trial(Y[:3], V[:3], pooled, variance=0.02, threshold=0.25)

    def low(shown: float) -> float:
        return pool(np.append(Y[:3], shown), np.append(V[:3], 0.02), ci="z").ci_low

    assert told.conclusive_from is not None
    assert low(told.conclusive_from) > 0.25 > low(told.conclusive_from - 0.02)
    draw = np.random.default_rng(9)
    true = draw.normal(pooled.estimate, math.hypot(pooled.se, math.sqrt(pooled.tau2)), 500)
    happened = np.mean([low(shown) > 0.25 for shown in draw.normal(true, math.sqrt(0.02))])
    assert told.p_conclusive == pytest.approx(happened, abs=0.06)


def test_the_variance_of_a_planned_trial_is_that_of_its_expected_table() -> None:
    # 100 in each group, risks 0.4 and 0.2: 1/40 - 1/100 + 1/20 - 1/100, and 1/40 + 1/60 + 1/20 + 1/80.
    assert planned_variance(people_each=100, baseline=0.2, effect=math.log(2)) == pytest.approx(0.055)
    odds = planned_variance(people_each=100, baseline=0.2, effect=math.log((0.4 / 0.6) / 0.25), measure="OR")
    assert odds == pytest.approx(1 / 40 + 1 / 60 + 1 / 20 + 1 / 80)
    assert planned_variance(people_each=100, baseline=0.2, effect=0.2, measure="RD") == pytest.approx(0.004)
