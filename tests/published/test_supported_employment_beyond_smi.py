"""Supported employment beyond severe mental illness, systematic review, PMC8724223, abstract."""

import pytest

from fotfeste.trial.analysis.binary import Counts, risk_ratio
from fotfeste.trial.printed_results import PrintedRatio, inconsistencies


def test_methadone_pilot_risk_ratio() -> None:
    # RR 11.5 (1.62-81.8), 45 people; 50 % against 5 % in the protocol of IPS-SUD: 11 of 22 against 1 of 23.
    pilot = Counts(events1=11, n1=22, events2=1, n2=23)
    ratio, low, high = risk_ratio(pilot, method="katz").shown
    assert (f"{ratio:.1f}", f"{low:.2f}", f"{high:.1f}") == ("11.5", "1.62", "81.8")


@pytest.mark.parametrize(
    "printed", [("11.5", "1.62", "81.8"), ("1.85", "0.65", "5.41"), ("4.44", "1.36", "14.46"), ("2.17", "1.09", "4.33")]
)
def test_each_printed_interval_is_round_its_ratio(printed: tuple[str, str, str]) -> None:
    ratio, low, high = printed
    assert inconsistencies(PrintedRatio(ratio=ratio, ci_low=low, ci_high=high)) == ()
