"""Reme et al. 2019, Scand J Work Environ Health 45:33-41, abstract: 37.4 % against 27.1 % in work at 18 months, of 410.

The numbers of people are not printed: 85 of 227 against 49 of 181 is one of two tables that fit (derived).
"""

import pytest

from fotfeste.trial.analysis.binary import Counts, odds_ratio, pearson_and_fisher, risk_difference, risk_ratio

FITS = Counts(events1=85, n1=227, events2=49, n2=181)


def test_shares_in_work_at_18_months() -> None:
    assert (f"{FITS.risk1:.1%}", f"{FITS.risk2:.1%}") == ("37.4%", "27.1%")


def test_the_difference_that_fits_is_clear_as_the_report_says() -> None:
    assert pearson_and_fisher(FITS).chi2_p == pytest.approx(0.027, abs=0.0005)
    assert risk_difference(FITS).ci_low > 0


def test_the_ratios_that_fit() -> None:
    # Derived beside the counts: RR 1.38 (1.03-1.85), OR 1.61 (1.06-2.46).
    assert [f"{v:.2f}" for v in risk_ratio(FITS, method="katz").shown] == ["1.38", "1.03", "1.85"]
    assert [f"{v:.2f}" for v in odds_ratio(FITS).shown] == ["1.61", "1.06", "2.46"]
