"""Fyhn et al. 2020, predictors of work in the Norwegian trial, PMC8191162, table of the log-binomial regressions."""

from pathlib import Path

import pytest

from fotfeste.trial.printed_results import PrintedRatio, inconsistencies
from tests.method.trial.commands import refused, run, told


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


PRINTED = """study;ratio;ci_low;ci_high;coefficient
Fyhn, age;0,97;0,94;1,00;-0,03
Fyhn, involuntary;1,18;;;0,59
"""


def test_who_reads_printed_results_is_told_which_row_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "printed.csv"
    file.write_text(PRINTED, encoding="utf-8")
    assert run("printed", file).stdout.splitlines() == [
        "printed.csv, rad 3 (Fyhn, involuntary): Forholdet er trykt som 1,18, men koeffisienten gir 1,80.",
        "1 av 2 stemmer med seg selv.",
    ]
    rows = told("printed", file)["rows"]
    assert [[found["reason"] for found in row["inconsistencies"]] for row in rows] == [[], ["ratio_is_not_exp_b"]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1,18", "-1,18", "rad 3, kolonne ratio, «-1,18»: Et forhold er over 0."),
        ("1,18", "", "rad 3, kolonne ratio"),
        ("0,94", "", "rad 2, kolonne ci_low"),
        ("ratio;", "rr;", "kolonne ratio: Kolonnen finnes ikke."),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "printed.csv"
    file.write_text(PRINTED.replace(old, new, 1), encoding="utf-8")
    assert said in refused("printed", file)
