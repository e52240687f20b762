"""Time to an event, held to R's survival on veteran and lung."""

import numpy as np
import pytest
from tests.method.trial.golden_cases import data, expected

from fotfeste.trial.analysis.effect import NotEstimable
from fotfeste.trial.analysis.survival import cox, kaplan_meier, log_rank, restricted_mean, restricted_mean_difference

V, TOLD = data("veteran_survival"), expected("veteran_survival")
TIME, STATUS, TREATED = V["time"], V["status"], V["trt"]
L, RMST = data("lung_rmst"), expected("lung_rmst")


def arm(value: int) -> tuple[np.ndarray, np.ndarray]:
    return TIME[value == TREATED], STATUS[value == TREATED]


def test_the_curves_are_those_of_r() -> None:
    told = TOLD["surv_at"]
    for i, (day, stratum) in enumerate(zip(told["time"], told["strata"], strict=True)):
        curve = kaplan_meier(*arm(int(stratum[-1])))
        assert curve.at(day) == pytest.approx(told["surv"][i], rel=1e-9)
        assert curve.se_at(day) == pytest.approx(told["se"][i], rel=1e-9)


@pytest.mark.parametrize("which", [0, 1])
def test_median_times_and_their_intervals_are_those_of_r(which: int) -> None:
    told, curve = TOLD["km_loglog"], kaplan_meier(*arm(which))
    assert curve.median == told["median"][which]
    assert curve.median_interval == (told["lcl"][which], told["ucl"][which])
    assert (curve.n, curve.events.sum()) == (told["n"][which], told["events"][which])


def test_the_log_rank_test_is_that_of_r_plain_stratified_and_weighted() -> None:
    for name, options in (
        ("logrank", {}),
        ("logrank_strat", {"strata": V["celltype"]}),
        ("peto", {"weight": "peto"}),
    ):
        found, told = log_rank(TIME, STATUS, TREATED, **options), TOLD[name]
        assert (found.chi2, found.p) == pytest.approx((told["chisq"], told["p"]), rel=1e-6), name
        assert (found.observed, found.expected) == pytest.approx((told["observed"][1], told["expected"][1]), rel=1e-9)


def test_coxs_hazard_ratio_is_that_of_r() -> None:
    found, told = cox(TIME, STATUS, TREATED), TOLD["cox"]
    assert (found.estimate, found.se) == pytest.approx((told["coef"], told["se"]), rel=1e-6)
    assert found.shown[1:] == pytest.approx(told["hr_ci"], rel=1e-6)


def test_coxs_adjusted_hazard_ratio_is_that_of_r() -> None:
    covariates = {"karno": V["karno"], "age": V["age"], "celltype": V["celltype"].astype(str)}
    found, told = cox(TIME, STATUS, TREATED, covariates), TOLD["cox_adj"]
    assert (found.estimate, found.se) == pytest.approx((told["coef"][0], told["se"][0]), rel=1e-6)


def test_breslows_ties_are_those_of_r() -> None:
    found, told = cox(TIME, STATUS, TREATED, {"karno": V["karno"]}, ties="breslow"), TOLD["cox_breslow"]
    assert (found.estimate, found.se) == pytest.approx((told["coef"][0], told["se"][0]), rel=1e-6)


@pytest.mark.parametrize("until", [365, 180])
def test_restricted_mean_time_is_that_of_r(until: int) -> None:
    told = RMST[f"tau{until}"]
    for name, value in (("arm1", 1), ("arm2", 2)):
        chosen = L["sex"] == value
        found = restricted_mean(L["time"][chosen], L["status"][chosen], until=until)
        assert found == pytest.approx((told[name]["rmst"], told[name]["se"]), rel=1e-6)
    found = restricted_mean_difference(L["time"], L["status"], L["sex"] == 2, until=until)
    assert (found.estimate, found.se, found.p) == pytest.approx((told["difference"], told["se"], told["p"]), rel=1e-6)
    assert (found.ci_low, found.ci_high) == pytest.approx(told["ci"], rel=1e-6)


def test_with_nobody_lost_the_restricted_mean_is_a_mean() -> None:
    times = np.array([3, 10, 25, 60, 60, 80])
    mean, se = restricted_mean(times, np.ones(6), until=50)
    capped = np.minimum(times, 50)
    assert mean == pytest.approx(capped.mean())
    assert se == pytest.approx(capped.std() / 6**0.5)


def test_a_restricted_mean_beyond_the_follow_up_is_refused() -> None:
    with pytest.raises(NotEstimable):
        restricted_mean([10, 20, 30], [1, 0, 0], until=40)


def test_no_event_in_an_arm_leaves_no_hazard_ratio() -> None:
    with pytest.raises(NotEstimable):
        cox([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0])
