"""Days and hours in two arms."""

import numpy as np
import pytest
from scipy import stats

from fotfeste.trial.analysis.continuous import welch
from fotfeste.trial.analysis.counts import bootstrap, robust, two_part
from fotfeste.trial.analysis.effect import NotEstimable


@pytest.fixture(scope="module")
def hours() -> tuple[np.ndarray, np.ndarray]:
    """Made up in the shape of IPS-SUD: four in ten with any hours, a few with very many."""
    random = np.random.Generator(np.random.Philox(key=3))
    arm = np.repeat([1.0, 0.0], 95)
    worked = random.random(190) < np.where(arm, 0.4, 0.34)
    return worked * np.round(random.gamma(0.8, np.where(arm, 1700, 1200))), arm


def test_the_robust_difference_is_near_welchs(hours: tuple[np.ndarray, np.ndarray]) -> None:
    y, arm = hours
    found, other = robust(y, arm), welch(y, arm)
    assert found.estimate == pytest.approx(other.estimate)
    assert found.se == pytest.approx(other.se, rel=0.02)  # HC3 divides by (n - 1)^2 / n where Welch divides by n - 1


def test_the_ratio_of_means_has_the_delta_methods_standard_error(hours: tuple[np.ndarray, np.ndarray]) -> None:
    y, arm = hours
    found = robust(y, arm, measure="IRR")
    one, two = y[arm == 1], y[arm == 0]
    assert found.ratio == pytest.approx(one.mean() / two.mean(), rel=1e-9)
    variance = sum(a.var() / a.size / a.mean() ** 2 for a in (one, two))
    assert found.se == pytest.approx((variance * 190 / 188) ** 0.5, rel=1e-8)  # HC1: n / (n - p)


def test_the_bootstrap_interval_is_that_of_scipy(hours: tuple[np.ndarray, np.ndarray]) -> None:
    y, arm = hours
    found = bootstrap(y, arm, draws=4000)
    other = stats.bootstrap(
        (y[arm == 1], y[arm == 0]),
        lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
        method="percentile",
        n_resamples=4000,
        rng=np.random.default_rng(8),
    ).confidence_interval
    width = other.high - other.low
    assert (found.ci_low, found.ci_high) == pytest.approx((other.low, other.high), abs=0.05 * width)


def test_the_p_of_a_bootstrap_is_the_level_at_which_its_interval_reaches_no_effect(
    hours: tuple[np.ndarray, np.ndarray],
) -> None:
    y, arm = hours
    p = bootstrap(y, arm).p
    inside, outside = (bootstrap(y, arm, level=1 - level) for level in (p - 0.01, p + 0.01))
    assert inside.ci_low < 0 < inside.ci_high
    assert not outside.ci_low <= 0 <= outside.ci_high


def test_the_two_parts_make_the_whole(hours: tuple[np.ndarray, np.ndarray]) -> None:
    y, arm = hours
    found = two_part(y, arm)
    shares = {a: (y[arm == a] > 0).mean() for a in (1, 0)}
    whole = shares[1] * found.intervention.mean - shares[0] * found.control.mean
    assert found.overall.estimate == pytest.approx(whole, rel=1e-9)
    assert found.amount.ratio == pytest.approx(found.intervention.mean / found.control.mean, rel=1e-8)
    assert found.any.estimate == pytest.approx(shares[1] - shares[0])
    assert found.warnings == ("amount_not_randomised",)


def test_an_arm_where_nobody_worked_is_refused() -> None:
    with pytest.raises(NotEstimable):
        two_part([1, 2, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0])
    with pytest.raises(NotEstimable):
        robust([1, 2, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0], measure="IRR")
