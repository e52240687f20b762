"""Weighted sums of coefficients, against statsmodels: its least squares with weights has the Hartung-Knapp variance."""

import json
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm

from fotfeste.evidence.regression import contrasts, meta_regression

CASES = json.loads((Path(__file__).parent / "golden" / "metafor_cases.json").read_text())["cases"]
BCG = next(case for case in CASES if case["id"] == "bcg_rr_reml_full")
LEVELS = [[0, 1, -1], [0, 0.5, 0.5]]


def test_contrasts_of_the_allocation_of_the_bcg_trials_are_those_of_statsmodels() -> None:
    y, v = np.array(BCG["expected"]["yi"]), np.array(BCG["expected"]["vi"])
    model = meta_regression(y, v, {"alloc": BCG["data"]["alloc"]}, "alloc", ci="hk").model
    found = contrasts(model, LEVELS)
    reference = sm.WLS(y, model.x, weights=1 / (v + model.tau2)).fit()
    each, together = reference.t_test(np.array(LEVELS)), reference.f_test(np.array(LEVELS))
    assert found.estimate == pytest.approx(each.effect)
    assert found.se == pytest.approx(each.sd)
    assert found.p == pytest.approx(each.pvalue)
    assert np.column_stack((found.ci_low, found.ci_high)) == pytest.approx(each.conf_int())
    assert (found.joint.statistic, found.joint.p) == pytest.approx((float(together.fvalue), float(together.pvalue)))


def test_a_contrast_has_a_weight_for_each_coefficient() -> None:
    model = meta_regression([0.1, 0.2, 0.5, 0.4], [0.1] * 4, {"x": [1, 2, 3, 5]}, "x").model
    with pytest.raises(ValueError, match="2 weights are needed"):
        contrasts(model, [0, 1, -1])
