"""Adjusted analyses of a yes or no, held to R's glm and sandwich on birthwt."""

import numpy as np
import pytest
from tests.method.trial.golden_cases import data, expected

from fotfeste.trial.analysis.adjusted import adjusted_odds_ratio, adjusted_risk_ratio, logistic_fits, standardised
from fotfeste.trial.analysis.binary import Counts, odds_ratio, risk_difference, risk_ratio
from fotfeste.trial.analysis.design import design
from fotfeste.trial.analysis.effect import NotEstimable
from fotfeste.trial.analysis.resampling import randomisation_test, resampled_weights

D = data("birthwt_logistic")
TOLD = expected("birthwt_logistic")
LOW, SMOKE = D["low"], D["smoke"]
COVARIATES = {"age": D["age"], "lwt": D["lwt"], "race": D["race"].astype(str)}


def test_the_adjusted_odds_ratio_is_that_of_r() -> None:
    found = adjusted_odds_ratio(LOW, SMOKE, COVARIATES)
    assert found.estimate == pytest.approx(TOLD["coef"]["estimate"][1], rel=1e-6)
    assert found.se == pytest.approx(TOLD["coef"]["se"][1], rel=1e-6)
    assert found.p == pytest.approx(TOLD["coef"]["p"][1], rel=1e-6)
    assert found.shown[1:] == pytest.approx(TOLD["or_wald_ci_smoke"][0], rel=1e-6)


def test_without_covariates_logistic_regression_is_woolfs_odds_ratio() -> None:
    found = adjusted_odds_ratio(LOW, SMOKE)
    assert found.estimate == pytest.approx(TOLD["unadjusted"]["estimate"][1], rel=1e-6)
    plain = odds_ratio(counts())
    assert (found.ci_low, found.ci_high) == pytest.approx((plain.ci_low, plain.ci_high), rel=1e-8)


@pytest.mark.parametrize(("variance", "case"), [("model", "standardised"), ("robust", "standardised_hc0")])
def test_standardised_risks_have_rs_difference_and_ratio(variance: str, case: str) -> None:
    told = TOLD[case]
    rd = standardised(LOW, SMOKE, COVARIATES, variance=variance)
    assert (rd.estimate, rd.se) == pytest.approx((told["RD"], told["RD_se_delta"]), rel=1e-6)
    assert (rd.ci_low, rd.ci_high) == pytest.approx(told["RD_ci"], rel=1e-6)
    rr = standardised(LOW, SMOKE, COVARIATES, measure="RR", variance=variance)
    assert rr.se == pytest.approx(told["logRR_se"], rel=1e-6)
    assert rr.shown == pytest.approx((told["RR"], *told["RR_ci"]), rel=1e-6)


def test_without_covariates_standardising_gives_the_plain_difference() -> None:
    found, plain = standardised(LOW, SMOKE), risk_difference(counts(), method="wald")
    assert (found.estimate, found.se) == pytest.approx((plain.estimate, plain.se), rel=1e-8)


def test_the_bootstrap_interval_without_covariates_is_that_of_two_binomials() -> None:
    # A resample of an arm has a binomial number of events: the percentiles are known without any resampling.
    from scipy import stats

    c = counts()
    p1 = stats.binom(c.n1, c.risk1).pmf(np.arange(c.n1 + 1))
    p2 = stats.binom(c.n2, c.risk2).pmf(np.arange(c.n2 + 1))
    differences = (np.arange(c.n1 + 1)[:, None] / c.n1 - np.arange(c.n2 + 1) / c.n2).ravel()
    order = np.argsort(differences)
    cumulative = np.cumsum((p1[:, None] * p2).ravel()[order])
    exact = [differences[order][np.searchsorted(cumulative, q)] for q in (0.025, 0.975)]
    found = standardised(LOW, SMOKE, interval="bootstrap", draws=4000)
    assert (found.ci_low, found.ci_high) == pytest.approx(exact, abs=0.012)  # three Monte Carlo errors of a quantile
    weight = (p1[:, None] * p2).ravel()
    either = min(weight[differences <= 0].sum(), weight[differences >= 0].sum())
    assert found.p == pytest.approx(2 * either, abs=0.01)


def test_the_many_fits_at_once_are_each_the_fit_of_its_resample() -> None:
    import statsmodels.api as sm

    x = design(SMOKE, COVARIATES).matrix
    weights = resampled_weights(SMOKE, draws=3, seed=5)
    found = logistic_fits(LOW, x, weights, np.zeros(x.shape[1]))
    for w, beta in zip(weights, found, strict=True):
        repeated = np.repeat(np.arange(LOW.size), w.astype(int))
        assert beta == pytest.approx(sm.Logit(LOW[repeated], x[repeated]).fit(disp=0).params, rel=1e-5, abs=1e-5)


def test_poisson_without_covariates_is_katzs_ratio() -> None:
    found, plain = adjusted_risk_ratio(LOW, SMOKE), risk_ratio(counts(), method="katz")
    assert (found.estimate, found.se) == pytest.approx((plain.estimate, plain.se), rel=1e-8)
    also = adjusted_risk_ratio(LOW, SMOKE, method="log_binomial")
    assert (also.estimate, also.se) == pytest.approx((plain.estimate, plain.se), rel=1e-6)


def test_adjusted_log_binomial_and_poisson_tell_nearly_the_same() -> None:
    one, other = (
        adjusted_risk_ratio(LOW, SMOKE, {"race": COVARIATES["race"]}, method=m) for m in ("poisson", "log_binomial")
    )
    assert one.estimate == pytest.approx(other.estimate, abs=0.15)
    assert one.estimate != other.estimate


def test_a_covariate_that_says_the_same_twice_changes_nothing() -> None:
    twice = adjusted_odds_ratio(LOW, SMOKE, COVARIATES | {"age_again": D["age"] * 2})
    assert twice.estimate == pytest.approx(TOLD["coef"]["estimate"][1], rel=1e-6)
    assert twice.warnings == ("collinear_dropped",)


def test_an_arm_where_all_have_the_outcome_is_refused_by_logistic_regression() -> None:
    with pytest.raises(NotEstimable):
        adjusted_odds_ratio([1, 1, 1, 0, 1, 0], [1, 1, 1, 0, 0, 0])


def test_the_randomisation_test_of_a_small_trial_is_fishers_exact_one() -> None:
    from itertools import combinations

    outcome, arm = np.array([1, 1, 1, 0, 1, 0, 0, 0]), np.array([1, 1, 1, 1, 0, 0, 0, 0])

    def difference(arms: np.ndarray) -> np.ndarray:
        return (arms * outcome).sum(1) / 4 - ((1 - arms) * outcome).sum(1) / 4

    every = np.array([np.isin(np.arange(8), chosen) for chosen in combinations(range(8), 4)], float)
    exact = (np.abs(difference(every)) >= 0.5 - 1e-12).mean()
    found = randomisation_test(difference, arm, draws=20_000)
    assert found.p == pytest.approx(exact, abs=0.012)


def test_shuffling_within_strata_keeps_each_stratums_numbers() -> None:
    arm, strata = np.array([1, 1, 0, 1, 0, 0, 0]), np.array(["a", "b", "a", "a", "b", "b", "b"])
    seen = []

    def kept(arms: np.ndarray) -> np.ndarray:
        seen.append(arms)
        return arms[:, 0]

    randomisation_test(kept, arm, strata=strata, draws=200)
    drawn = np.concatenate(seen)
    assert (drawn[:, strata == "a"].sum(1) == 2).all()
    assert (drawn[:, strata == "b"].sum(1) == 1).all()
    assert len(np.unique(drawn, axis=0)) == 12  # 3 ways in a times 4 in b, all of them seen


def counts() -> Counts:
    return Counts(
        events1=int(LOW[SMOKE == 1].sum()),
        n1=int((SMOKE == 1).sum()),
        events2=int(LOW[SMOKE == 0].sum()),
        n2=int((SMOKE == 0).sum()),
    )
