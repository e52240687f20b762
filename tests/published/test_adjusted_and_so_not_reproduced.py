"""Printed effects that the printed counts must not give, since the paper adjusted them."""

from fotfeste.trial.analysis.binary import Counts, odds_ratio, pearson_and_fisher


def test_rognli_2025_crude_odds_ratio_is_not_the_printed_one() -> None:
    # Addiction 2025, doi 10.1111/add.70155, abstract: 39.6 % of 91 against 34.4 % of 96, OR 1.28 (0.70-2.35).
    counts = Counts(events1=36, n1=91, events2=33, n2=96)
    assert (f"{counts.risk1:.1%}", f"{counts.risk2:.1%}") == ("39.6%", "34.4%")
    shown = [f"{v:.2f}" for v in odds_ratio(counts).shown]
    assert shown == ["1.25", "0.69", "2.27"]
    assert shown != ["1.28", "0.70", "2.35"]


def test_hellstrom_2017_crude_odds_ratio_is_not_the_printed_one() -> None:
    # Occup Environ Med 74:717, abstract: 72 of 162 against 62 of 164, adjusted OR 1.34 (0.86-2.10), p = 0.20.
    counts = Counts(events1=72, n1=162, events2=62, n2=164)
    assert (f"{counts.risk1:.1%}", f"{counts.risk2:.1%}") == ("44.4%", "37.8%")
    shown = [f"{v:.2f}" for v in odds_ratio(counts).shown]
    assert shown == ["1.32", "0.85", "2.05"]
    assert shown != ["1.34", "0.86", "2.10"]
    assert f"{pearson_and_fisher(counts).chi2_p:.2f}" != "0.20"
