"""SEED: Sveinsdottir et al. 2020, Scand J Work Environ Health 46:50-59, abstract.

Printed: 48 % against 8 % in work within 12 months, OR 10.39 (2.79-38.68), of 50 and 46 randomised. The one table of
whole people with these figures is 22 of 46 against 3 of 37: those who answered.
"""

import pytest
from statsmodels.stats.contingency_tables import Table2x2

from fotfeste.trial.analysis.binary import Counts, number_needed, odds_ratio, risk_difference, risk_ratio

ANSWERED = Counts(events1=22, n1=46, events2=3, n2=37)
RANDOMISED = Counts(events1=22, n1=50, events2=3, n2=46)


def test_odds_ratio_of_those_who_answered() -> None:
    assert [f"{v:.2f}" for v in odds_ratio(ANSWERED).shown] == ["10.39", "2.79", "38.68"]


def test_shares_of_those_who_answered() -> None:
    assert (f"{ANSWERED.risk1:.0%}", f"{ANSWERED.risk2:.0%}") == ("48%", "8%")


def test_risk_ratio_of_those_who_answered() -> None:
    # RR 5.90 (1.91-18.19) belongs to the same table.
    assert [f"{v:.2f}" for v in risk_ratio(ANSWERED, method="katz").shown] == ["5.90", "1.91", "18.19"]


def test_no_other_table_of_whole_people_gives_the_printed_odds_ratio() -> None:
    fits = []
    for n1 in range(30, 51):
        for n2 in range(25, 47):
            for x1 in range(1, n1):
                for x2 in (1, 2, 3, 4):
                    if f"{x1 / n1:.0%}" != "48%" or f"{x2 / n2:.0%}" != "8%":
                        continue
                    found = odds_ratio(Counts(events1=x1, n1=n1, events2=x2, n2=n2)).shown
                    if [f"{v:.2f}" for v in found] == ["10.39", "2.79", "38.68"]:
                        fits.append((x1, n1, x2, n2))
    assert fits == [(22, 46, 3, 37)]


def test_all_who_were_randomised_give_another_answer() -> None:
    assert (f"{RANDOMISED.risk1:.0%}", f"{RANDOMISED.risk2:.0%}") == ("44%", "7%")
    other = Table2x2([[22, 28], [3, 43]])
    assert odds_ratio(RANDOMISED).shown == pytest.approx((other.oddsratio, *other.oddsratio_confint()))
    assert f"{odds_ratio(RANDOMISED).ratio:.2f}" != "10.39"


def test_either_way_the_difference_is_clear_and_has_a_number_needed() -> None:
    for counts in (ANSWERED, RANDOMISED):
        assert number_needed(risk_difference(counts)) is not None
