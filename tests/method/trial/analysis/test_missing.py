"""What is done where a value is missing, held to R's mice and to what must be so."""

import numpy as np
import pytest
import statsmodels.api as sm
from tests.method.trial.golden_cases import data, expected

from fotfeste.trial.analysis.adjusted import standardised
from fotfeste.trial.analysis.continuous import ancova
from fotfeste.trial.analysis.imputation import analysed, imputed, pool
from fotfeste.trial.analysis.missing import by_rule, tipping_points

SEED_TRIAL = (
    # 22 of 46 and 3 of 37 known, 4 and 9 not, as in SEED (Sveinsdottir et al. 2020).
    np.concatenate((np.ones(22), np.zeros(24), np.full(4, np.nan), np.ones(3), np.zeros(34), np.full(9, np.nan))),
    np.repeat([1, 0], [50, 46]),
)


def test_rubins_rules_are_those_of_mice() -> None:
    d, told = data("nhanes_rubin"), expected("nhanes_rubin")
    fits = []
    for i in range(1, 6):
        x = np.column_stack([np.ones(25), d[f"bmi{i}"], *(d["age"] == a for a in ("40-59", "60-99"))]).astype(float)
        fits.append(sm.OLS(d[f"chl{i}"], x).fit())
    for j in range(4):
        found = pool([f.params[j] for f in fits], [f.bse[j] ** 2 for f in fits], complete_df=21)
        assert (found.estimate, found.se, found.df) == pytest.approx(
            (told["estimate"][j], told["se"][j], told["df"][j]), rel=1e-6
        )
        assert (found.within, found.between, found.riv, found.fmi) == pytest.approx(
            tuple(told[name][j] for name in ("ubar", "b", "riv", "fmi")), rel=1e-6
        )


def test_without_spread_between_imputations_nothing_is_added() -> None:
    found = pool([0.3, 0.3, 0.3], [0.04, 0.04, 0.04])
    assert (found.se, found.between, found.fmi) == pytest.approx((0.2, 0, 0), abs=1e-12)


@pytest.mark.parametrize(
    ("rule", "events"), [("not_in_work", (22, 3)), ("best_case", (26, 3)), ("worst_case", (22, 12))]
)
def test_each_rule_fills_all_who_were_randomised(rule: str, events: tuple[int, int]) -> None:
    outcome, arm = SEED_TRIAL
    values, analysed_people = by_rule(outcome, arm, rule)
    assert analysed_people.all()
    assert (values[arm == 1].sum(), values[arm == 0].sum()) == events


def test_the_best_case_of_a_time_or_a_symptom_is_a_low_one() -> None:
    values, _ = by_rule([5, np.nan, 9, np.nan], [1, 1, 0, 0], "best_case", better="lower", highest=20)
    assert values.tolist() == [5, 0, 9, 20]


def test_complete_cases_are_left_as_they_are() -> None:
    outcome, arm = SEED_TRIAL
    _, known = by_rule(outcome, arm, "complete_case")
    assert (known[arm == 1].sum(), known[arm == 0].sum()) == (46, 37)


def test_the_tipping_point_table_runs_from_worst_to_best_and_says_where_it_turns() -> None:
    outcome, arm = SEED_TRIAL
    table = {(row.events1, row.events2): row for row in tipping_points(outcome, arm)}
    assert (0, 9) in table
    assert (4, 0) in table
    assert table[0, 9].effect.estimate == pytest.approx(22 / 50 - 12 / 46)
    assert table[4, 0].effect.estimate == pytest.approx(26 / 50 - 3 / 46)
    assert not table[0, 9].excludes_none
    assert table[4, 0].excludes_none
    # More work among the missing of control never makes the difference larger.
    for row in table.values():
        other = table.get((row.events1, row.events2 + 2))
        assert other is None or other.effect.estimate < row.effect.estimate


def test_a_trial_without_holes_has_no_tipping_point() -> None:
    assert tipping_points([1, 0, 1, 0], [1, 1, 0, 0]) == ()


def test_imputed_values_leave_the_known_ones_and_depend_on_the_seed_alone() -> None:
    outcome, arm = SEED_TRIAL
    one, again, other = (imputed(outcome, arm, kind="binary", imputations=3, seed=s) for s in (1, 1, 2))
    known = np.isfinite(outcome)
    assert (one[:, known] == outcome[known]).all()
    assert np.isin(one, (0, 1)).all()
    assert (one == again).all()
    assert (one != other).any()


def test_imputing_what_covariates_tell_takes_the_bias_of_complete_cases_away() -> None:
    # The outcome goes with x, and those with high x are lost in the intervention: the truth is 0.
    random = np.random.Generator(np.random.Philox(key=11))
    n = 4000
    arm, x = np.repeat([1.0, 0.0], n // 2), random.standard_normal(n)
    y = 2 * x + random.standard_normal(n)
    holed = np.where((arm == 1) & (random.random(n) < 1 / (1 + np.exp(-2 * x))), np.nan, y)
    known = np.isfinite(holed)
    naive = ancova(holed[known], arm[known]).estimate
    effect, told = analysed(
        imputed(holed, arm, {"x": x}, kind="continuous", imputations=10), lambda values: ancova(values, arm)
    )
    assert naive < -0.6
    assert effect.estimate == pytest.approx(0, abs=4 * effect.se)
    assert abs(effect.estimate) < 0.25
    assert 0 < told.fmi < 0.6


def test_imputing_a_yes_or_no_at_random_gives_the_complete_case_answer() -> None:
    outcome, arm = SEED_TRIAL
    known = np.isfinite(outcome)
    complete = standardised(outcome[known], arm[known])
    effect, _ = analysed(imputed(outcome, arm, kind="binary", imputations=80), lambda values: standardised(values, arm))
    assert effect.estimate == pytest.approx(complete.estimate, abs=0.02)
    assert effect.se == pytest.approx(complete.se, rel=0.1)
