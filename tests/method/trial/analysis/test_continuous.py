"""Means in two arms, held to R on birthwt and to printed summaries."""

import pytest
from scipy import stats
from tests.method.trial.golden_cases import data, expected

from fotfeste.trial.analysis.continuous import Summary, ancova, mean_difference, standardised_difference, summary, welch
from fotfeste.trial.analysis.effect import NotEstimable

D, TOLD = data("ancova_hc"), expected("ancova_hc")
COVARIATES = {"lwt": D["lwt"], "age": D["age"]}


def test_welchs_test_is_that_of_r() -> None:
    found, told = welch(D["bwt"], D["smoke"]), TOLD["welch"]
    # R takes not smoking less smoking, we take the arm less control.
    assert (found.t, found.df, found.p) == pytest.approx((-told["t"], told["df"], told["p"]), rel=1e-6)
    assert (-found.ci_high, -found.ci_low) == pytest.approx(told["ci"], rel=1e-6)


def test_the_pooled_test_is_that_of_r() -> None:
    arms = [summary(D["bwt"][D["smoke"] == a]) for a in (1, 0)]
    assert mean_difference(*arms, method="pooled").p == pytest.approx(TOLD["pooled_t_p"], rel=1e-6)


@pytest.mark.parametrize("variance", ["HC0", "HC1", "HC2", "HC3"])
def test_ancova_has_rs_estimate_and_each_robust_standard_error(variance: str) -> None:
    found = ancova(D["bwt"], D["smoke"], COVARIATES, variance=variance)
    assert found.estimate == pytest.approx(TOLD["coef"]["estimate"][1], rel=1e-6)
    assert found.se == pytest.approx(TOLD["hc"][variance][1], rel=1e-6)


def test_classical_ancova_is_that_of_r() -> None:
    found = ancova(D["bwt"], D["smoke"], COVARIATES, variance="classical")
    assert (found.se, found.t, found.p) == pytest.approx(
        tuple(TOLD["coef"][name][1] for name in ("se", "stat", "p")), rel=1e-6
    )


def test_a_standardised_difference_is_the_pooled_t_on_another_scale() -> None:
    one, two = Summary(mean=61.12, sd=69.46, n=216), Summary(mean=93.12, sd=83.59, n=91)
    d, t = standardised_difference(one, two), mean_difference(one, two, method="pooled").t
    assert d.estimate == pytest.approx(t * (1 / 216 + 1 / 91) ** 0.5, rel=1e-12)


def test_a_constant_outcome_has_no_difference_to_test() -> None:
    with pytest.raises(NotEstimable):
        welch([1, 1, 1, 1], [0, 0, 1, 1])
    with pytest.raises(NotEstimable):
        ancova([1, 1, 1, 1, 1], [0, 0, 1, 1, 1])


def test_ancova_without_covariates_and_hc2_is_welchs_standard_error() -> None:
    found = ancova(D["bwt"], D["smoke"], variance="HC2")
    other = stats.ttest_ind(D["bwt"][D["smoke"] == 1], D["bwt"][D["smoke"] == 0], equal_var=False)
    assert found.t == pytest.approx(other.statistic, rel=1e-9)
