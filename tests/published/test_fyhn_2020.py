"""Fyhn et al. 2020, predictors of work in the Norwegian trial, PMC8191162, table of the log-binomial regressions."""

import pytest

from fotfeste.trial.printed_results import PrintedRatio, inconsistencies


@pytest.mark.parametrize(
    "printed",
    [
        PrintedRatio(ratio="0.97", ci_low="0.94", ci_high="1.00", coefficient="-0.03"),  # age, per year
        PrintedRatio(ratio="1.16", ci_low="1.05", ci_high="1.29", coefficient="0.15"),  # directive emotional support
        PrintedRatio(ratio="1.11", coefficient="0.10"),  # non-directive instrumental support
    ],
)
def test_rows_that_agree_with_themselves(printed: PrintedRatio) -> None:
    assert inconsistencies(printed) == ()


def test_a_ratio_of_1_18_beside_a_coefficient_of_0_59_is_a_misprint_of_1_80() -> None:
    found = inconsistencies(PrintedRatio(ratio="1.18", coefficient="0.59"))
    assert [f.reason for f in found] == ["ratio_is_not_exp_b"]
    assert f"{found[0].implied:.2f}" == "1.80"


def test_an_interval_round_another_ratio_is_told() -> None:
    # exp(0.59 -+ 1.96 * 0.2), as an interval round 1.80 looks, beside the printed 1.18 and 1.30.
    outside, lopsided = (PrintedRatio(ratio=r, ci_low="1.22", ci_high="2.67") for r in ("1.18", "1.30"))
    assert [f.reason for f in inconsistencies(outside)] == ["interval_does_not_hold_ratio"]
    found = inconsistencies(lopsided)
    assert [f.reason for f in found] == ["interval_not_around_ratio"]
    assert f"{found[0].implied:.2f}" == "1.80"
