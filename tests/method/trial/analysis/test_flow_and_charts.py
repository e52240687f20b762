"""The flow of people, and figures that show the numbers they are given."""

import json

import numpy as np
import pytest
from tests.method.trial.golden_cases import data

from fotfeste.charts.trial import effect_over_time, flow_chart, subgroup_forest, survival_curve
from fotfeste.trial.analysis.binary import Counts, risk_difference, risk_ratio
from fotfeste.trial.analysis.estimating import Comparison, scores
from fotfeste.trial.analysis.survival import kaplan_meier, log_rank
from fotfeste.trial.flow import flow

ARM = np.array(["ips"] * 5 + ["usual"] * 4)
KNOWN = [True, True, False, False, False, True, True, True, False]
WITHDREW = [True, False, True, True, False, False, False, False, False]
DIED = [False, False, False, True, False, False, False, False, True]


def test_everybody_without_an_outcome_is_counted_once() -> None:
    told = flow(ARM, KNOWN, KNOWN, withdrew=WITHDREW, died=DIED, order=("ips", "usual"), screened=20)
    ips, usual = told.arms
    assert (ips.randomised, ips.withdrew, ips.died, ips.lost, ips.with_outcome) == (5, 2, 0, 1, 2)
    assert (usual.randomised, usual.withdrew, usual.died, usual.lost, usual.with_outcome) == (4, 0, 1, 0, 3)
    assert told.not_randomised == 11


def test_fewer_screened_than_randomised_is_refused() -> None:
    with pytest.raises(ValueError, match="screened"):
        flow(ARM, KNOWN, KNOWN, withdrew=WITHDREW, died=DIED, order=("ips", "usual"), screened=8)


def test_the_flow_chart_has_each_number_and_no_box_for_screening_that_nobody_counted() -> None:
    told = flow(ARM, KNOWN, [True] * 9, withdrew=WITHDREW, died=DIED, order=("ips", "usual"))
    drawn = json.dumps(flow_chart(told, names={"ips": "IPS", "usual": "Kontroll"}).to_dict(), ensure_ascii=False)
    for text in ("Trukket (n = 9)", "(n = 5)", "trakk samtykket (n = 2)", "Analysert (n = 4)", "Kontroll"):
        assert text in drawn
    assert "Vurdert" not in drawn


def test_below_the_curve_stand_those_still_followed_as_r_counts_them() -> None:
    veteran = data("veteran_survival")
    curves = {
        name: kaplan_meier(veteran["time"][veteran["trt"] == a], veteran["status"][veteran["trt"] == a])
        for a, name in ((1, "test"), (0, "standard"))
    }
    chart = survival_curve(curves, names={"test": "Ny", "standard": "Vanlig"}, lang="en", step=100).to_dict()
    below = {(row["arm"], row["day"]): row["n"] for row in chart["vconcat"][1]["data"]["values"]}
    assert below["Ny", 0] == 68
    assert below["Vanlig", 100] == (veteran["time"][veteran["trt"] == 0] >= 100).sum()
    assert "Share without the event" in json.dumps(chart)


def test_the_effect_over_time_is_drawn_in_percentage_points() -> None:
    effect = risk_difference(Counts(events1=40, n1=100, events2=30, n2=100))
    drawn = json.dumps(effect_over_time([(6, effect), (12, effect)]).to_dict())
    assert f'"effect": {100 * effect.estimate}' in drawn
    assert f'"low": {100 * effect.ci_low}' in drawn


def test_the_forest_has_all_first_and_ratios_on_a_log_scale() -> None:
    one, two = (risk_ratio(Counts(events1=e, n1=100, events2=30, n2=100), method="katz") for e in (45, 36))
    told = subgroup_forest([("Alvorlighet", {"Moderat": one, "Alvorlig": two})], one).to_dict()
    names = [row["told"] for part in told["hconcat"][0]["layer"] for row in part["data"]["values"]]
    assert set(names) == {"Alle", "Alvorlighet", "   Moderat", "   Alvorlig"}
    assert "1,50 [1,0" in json.dumps(told, ensure_ascii=False)
    assert '"type": "log"' in json.dumps(told)


def test_the_scores_of_times_add_up_to_the_log_rank_test() -> None:
    veteran = data("veteran_survival")
    time, event, arm = (veteran[name].astype(float) for name in ("time", "status", "trt"))
    found = scores(Comparison(y=time, arm=arm, covariates={}, level=0.95, event=event))
    told = log_rank(time, event, arm)
    assert found[arm == 1].sum() == pytest.approx(told.observed - told.expected)
    assert found.sum() == pytest.approx(0, abs=1e-9)


def test_the_scores_take_away_what_covariates_tell_but_not_the_arm() -> None:
    arm, x = np.repeat([1.0, 0.0], 50), np.tile(np.arange(50.0), 2)
    found = scores(Comparison(y=3 * x + 2 * arm, arm=arm, covariates={"x": x}, level=0.95))
    assert found[arm == 1].mean() - found[arm == 0].mean() == pytest.approx(2)
    assert np.corrcoef(found, x)[0, 1] == pytest.approx(0, abs=1e-9)
