"""Subgroups, several outcomes, and the eight measures."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from fotfeste.trial.analysis.binary import Counts, risk_difference
from fotfeste.trial.analysis.continuous import ancova, welch
from fotfeste.trial.analysis.effect import NotEstimable
from fotfeste.trial.analysis.eight_measures import MEASURES, eight_measures
from fotfeste.trial.analysis.multiplicity import fixed_sequence, holm
from fotfeste.trial.analysis.subgroups import interaction


def test_the_interaction_of_two_groups_is_the_difference_of_their_differences() -> None:
    one = risk_difference(Counts(events1=40, n1=100, events2=20, n2=100), method="wald")
    two = risk_difference(Counts(events1=30, n1=100, events2=28, n2=100), method="wald")
    found = interaction("severity", {"moderate": one, "severe": two})
    z = (one.estimate - two.estimate) / (one.se**2 + two.se**2) ** 0.5
    assert found.chi2 == pytest.approx(z**2)
    assert found.df == 1
    assert "subgroups_low_power" in found.warnings


def test_the_interaction_is_that_of_a_regression_with_a_product() -> None:
    import statsmodels.api as sm

    random = np.random.Generator(np.random.Philox(key=2))
    arm, severe = random.integers(0, 2, 4000), random.integers(0, 2, 4000)
    y = arm * (1 + 0.2 * severe) + severe + random.standard_normal(4000)
    found = interaction("severe", {str(s): ancova(y[severe == s], arm[severe == s]) for s in (0, 1)})
    x = np.column_stack((np.ones(4000), arm, severe, arm * severe))
    assert found.chi2 == pytest.approx(sm.OLS(y, x).fit(cov_type="HC3").tvalues[3] ** 2, rel=1e-6)


def test_one_group_alone_is_no_subgroup_analysis() -> None:
    one = welch([1, 2, 4, 3], [0, 0, 1, 1])
    with pytest.raises(NotEstimable):
        interaction("severity", {"moderate": one})


def test_holms_p_values_are_those_of_statsmodels() -> None:
    p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.03]
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


def test_the_first_unclear_answer_ends_a_fixed_sequence() -> None:
    assert fixed_sequence([0.01, 0.2, 0.001]).tolist() == [0.01, 0.2, 0.2]


def test_the_eight_measures_come_in_the_papers_order_and_domains() -> None:
    random = np.random.Generator(np.random.Philox(key=6))
    arm = np.repeat([1, 0], 60)
    worked = random.random(120) < np.where(arm, 0.7, 0.25)
    amount = np.where(worked, random.gamma(1.5, 20, 120), 0)
    values = {name: np.where(worked, amount, np.nan if MEASURES[name][2] else 0) for name in MEASURES}
    values["any_job"], values["any_20_hours"] = worked.astype(float), (amount > 20).astype(float)
    found = eight_measures(values, arm)
    assert [m.name for m in found] == list(MEASURES)
    assert [m.domain for m in found][::2] == ["acquisition", "duration", "hours_per_week", "total"]
    first, weeks, to_job = found[0], found[2], found[1]
    assert first.effect.estimate == pytest.approx(worked[:60].mean() - worked[60:].mean())
    assert weeks.effect.p == pytest.approx(welch(amount, arm).p)
    assert weeks.size > 0
    assert (to_job.n1, to_job.n2) == (worked[:60].sum(), worked[60:].sum())
    assert to_job.warnings == ("amount_not_randomised",)


def test_a_measure_that_nobody_in_control_has_is_shown_without_an_effect() -> None:
    found = eight_measures({"days_to_first_job": [10, 30, np.nan, np.nan]}, [1, 1, 0, 0])[0]
    assert found.effect is None
    assert found.intervention == 20


def test_a_measure_of_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="wages_usd"):
        eight_measures({"wages_usd": [1, 2]}, [0, 1])
