"""What must hold whatever the numbers are: another unit, another order, another way of computing the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.evidence import bias
from fotfeste.evidence.gosh import gosh
from fotfeste.evidence.influence import influence, leave_one_out
from fotfeste.evidence.model import fit
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.robust import cluster_robust
from fotfeste.evidence.studies import BadStudy
from fotfeste.evidence.tau2 import METHODS, estimate_tau2
from fotfeste.evidence.tau2_intervals import q_profile

studies = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=12).map(
    lambda pairs: (np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs]))
)
few = settings(max_examples=40)
METHODS_WITHOUT_WEIGHTS = [m for m in METHODS if m != "GENQ"]


@few
@given(studies, st.floats(1e-3, 1e3))
def test_another_unit_changes_the_unit_alone(data: tuple[np.ndarray, np.ndarray], unit: float) -> None:
    y, v = data
    for method in METHODS_WITHOUT_WEIGHTS:
        here, there = fit(y, v, method=method), fit(unit * y, unit**2 * v, method=method)
        size = max(1.0, here.tau2 / v.min())
        assert there.tau2 / unit**2 == pytest.approx(here.tau2, rel=1e-6, abs=1e-7 * v.min() * size)
        assert there.coefficients[0] / unit == pytest.approx(here.coefficients[0], rel=1e-6, abs=1e-7)


@few
@given(studies, st.integers(0, 1000))
def test_the_order_of_the_studies_changes_nothing(data: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    y, v = data
    order = np.random.default_rng(seed).permutation(y.size)
    here, there = pool(y, v), pool(y[order], v[order])
    assert there.estimate == pytest.approx(here.estimate, rel=1e-8, abs=1e-9)
    assert there.tau2_ci_high == pytest.approx(here.tau2_ci_high, rel=1e-6, abs=1e-9)


@few
@given(studies)
def test_one_problem_is_solved_as_many_are(data: tuple[np.ndarray, np.ndarray]) -> None:
    y, v = data
    for method in ("ML", "REML"):
        alone = float(estimate_tau2(y, v, method=method))
        among = estimate_tau2(np.vstack((y, y[::-1])), v, method=method)[0]
        assert among == pytest.approx(alone, rel=1e-7, abs=1e-9)


@few
@given(studies)
def test_leaving_one_out_is_fitting_the_others(data: tuple[np.ndarray, np.ndarray]) -> None:
    y, v = data
    told = leave_one_out(fit(y, v))
    for i in range(y.size):
        other = fit(np.delete(y, i), np.delete(v, i))
        assert told.estimate[i] == pytest.approx(other.coefficients[0], rel=1e-6, abs=1e-7)


@few
@given(studies)
def test_q_at_the_ends_of_its_interval_is_the_limit(data: tuple[np.ndarray, np.ndarray]) -> None:
    from scipy.stats import chi2

    y, v = data
    model = fit(y, v)
    for end, limit in zip(q_profile(model, 0.95)[:2], chi2.ppf([0.975, 0.025], model.k - 1), strict=True):
        w = 1 / (v + end)
        q = np.sum(w * (y - np.sum(w * y) / w.sum()) ** 2)
        assert q == pytest.approx(limit, rel=1e-6) or (end == 0 and q < limit)


def test_a_common_shift_leaves_the_differences_between_studies() -> None:
    y, v = np.array([0.1, 0.4, 0.2, 0.9]), np.array([0.02, 0.05, 0.03, 0.04])
    here, there = fit(y, v), fit(y + 1e6, v)
    assert there.q == pytest.approx(here.q, rel=1e-7)
    assert there.tau2 == pytest.approx(here.tau2, rel=1e-6)


def test_never_narrower_is_never_narrower_than_the_normal_interval() -> None:
    y, v = np.full(4, 0.3), np.full(4, 0.1)
    normal, hartung_knapp, never = (pool(y, v, ci=ci) for ci in ("z", "hk", "hk_adhoc"))
    assert hartung_knapp.se == pytest.approx(0, abs=1e-12)
    assert "hk_without_spread" in hartung_knapp.warnings
    assert never.se >= normal.se


def test_the_cluster_variance_of_a_plain_mean_has_its_closed_form() -> None:
    """CR2 of a mean under equal variances, as the tests of R's clubSandwich write it (test_intercept_formulas.R)."""
    sizes = np.array([2, 5, 1, 3, 4])
    of = np.repeat(np.arange(5), sizes)
    y = np.random.default_rng(3).normal(size=of.size)
    n = of.size
    means = np.array([y[of == g].mean() for g in range(5)])
    told = cluster_robust(np.ones((n, 1)), y, np.array([y.mean()]), np.eye(n), of, correction="CR2")
    variance = np.sum(sizes**2 * (means - y.mean()) ** 2 / (1 - sizes / n)) / n**2
    left = n - sizes
    df = n**2 / (n**2 * np.sum(sizes**2 / left**2) - 2 * n * np.sum(sizes**3 / left**2) + np.sum(sizes**2 / left) ** 2)
    assert told.se[0] == pytest.approx(np.sqrt(variance))
    assert told.df[0] == pytest.approx(df)


@pytest.mark.parametrize("method", ["EE", "DL"])
def test_more_subsets_than_are_kept_are_still_all_counted(method: str) -> None:
    """With equal variances each study is worth the same: the mean over all subsets is the mean, by symmetry."""
    k = 21
    y = np.random.default_rng(4).normal(size=k)
    told = gosh(y, np.full(k, 0.5), method=method)
    assert told.subsets == 2**k - 1
    assert told.values is None
    assert told.estimate.mean == pytest.approx(y.mean(), abs=1e-10)
    assert told.size.mean == pytest.approx(k * 2 ** (k - 1) / (2**k - 1))
    assert (told.estimate.low, told.estimate.high) == pytest.approx((y.min(), y.max()))
    assert int(told.density.sum()) == 2**k - 1


def test_subsets_of_two_hundred_studies_are_drawn_about_half_the_studies_each() -> None:
    y = np.random.default_rng(6).normal(size=200)
    told = gosh(y, np.full(200, 0.5), method="DL", subsets=2000)
    assert (told.subsets, told.k) == (2000, 200)
    assert told.size.mean == pytest.approx(100, abs=4 * np.sqrt(50 / 2000))
    assert told.estimate.mean == pytest.approx(y.mean(), abs=0.01)
    again = gosh(y, np.full(200, 0.5), method="DL", subsets=2000)
    assert again.estimate == told.estimate


def test_subsets_kept_and_subsets_counted_agree_on_each_study() -> None:
    y = np.random.default_rng(5).normal(size=6)
    v = np.linspace(0.1, 0.6, 6)
    told = gosh(y, v, method="EE")
    slow = [np.mean([np.sum((y / v)[s]) / np.sum((1 / v)[s]) for s in subsets_with(6, i)]) for i in range(6)]
    assert told.mean_with == pytest.approx(slow)


def subsets_with(k: int, i: int) -> list[list[int]]:
    return [[j for j in range(k) if n >> j & 1] for n in range(1, 2**k) if n >> i & 1]


def test_the_q0_estimator_says_when_it_has_no_answer() -> None:
    """Its root is of a negative number where nearly all ranks lie on one side; metafor 3.8 stops there."""
    y, v = np.array([0, 0.9, 1.2, 1.4, 1.7, 2.0, 2.4]), np.array([1e-6, 1, 1, 1, 1, 1, 1])
    told = bias.trim_and_fill(y, v, estimator="Q0", method="EE", side="left")
    assert told.k0 is None
    assert told.warnings == ("not_estimable",)


def test_a_variance_of_zero_names_the_study() -> None:
    with pytest.raises(BadStudy) as caught:
        pool([0.1, 0.2], [0.1, 0.0], names=["Oslo", "Bergen"])
    assert (caught.value.study, caught.value.reason) == ("Bergen", "zero_variance")


def test_weights_and_leverage_of_a_mean_are_the_same_thing() -> None:
    y, v = np.array([0.1, 0.4, 0.2, 0.9]), np.array([0.02, 0.05, 0.03, 0.04])
    told = influence(fit(y, v))
    assert told.weight == pytest.approx(100 * told.hat)
