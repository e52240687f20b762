"""Bond et al. 2016, young adults in four trials, PMC4417652, abstract: 40 (82 %) against 25 (42 %) in work, of 109."""

from fotfeste.trial.analysis.binary import Counts, pearson_and_fisher

FITS = Counts(events1=40, n1=49, events2=25, n2=60)


def test_shares_in_work() -> None:
    assert (f"{FITS.risk1:.0%}", f"{FITS.risk2:.0%}") == ("82%", "42%")
    assert FITS.n == 109


def test_chi_square() -> None:
    # 17.9, p < 0.001: without continuity correction.
    assert f"{pearson_and_fisher(FITS).chi2:.1f}" == "17.9"
    assert pearson_and_fisher(FITS).chi2_p < 0.001
