"""Two arms and a yes or no, held to R, to statsmodels and to printed examples."""

import math
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep
from tests.method.trial.golden_cases import data, expected

from fotfeste.trial.analysis import binary
from fotfeste.trial.analysis.binary import Counts
from fotfeste.trial.analysis.effect import NotEstimable
from fotfeste.trial.analysis.score_intervals import koopman, miettinen_nurminen, newcombe
from fotfeste.trial.analysis.stratified import mantel_haenszel

TABLES = data("two_proportions")
EXPECTED = expected("two_proportions")


def table(i: int) -> Counts:
    x1, n1, x2, n2 = (int(TABLES[name][i]) for name in ("x1", "n1", "x2", "n2"))
    return Counts(events1=x1, n1=n1, events2=x2, n2=n2)


@pytest.mark.parametrize("i", range(4))
@pytest.mark.parametrize(
    ("method", "in_r"),
    [
        ("wald", "wald"),
        ("agresti_caffo", "agresti_caffo"),
        ("newcombe", "newcombe"),
        ("miettinen_nurminen", "miettinen_nurminen"),
        ("mee", "mee_no_bias_correction"),
    ],
)
def test_each_interval_of_the_risk_difference_is_that_of_r(i: int, method: str, in_r: str) -> None:
    found = binary.risk_difference(table(i), method=method)
    assert (found.ci_low, found.ci_high) == pytest.approx(EXPECTED[i][in_r], rel=1e-9)
    assert found.estimate == pytest.approx(EXPECTED[i]["RD"], rel=1e-12)


@pytest.mark.parametrize("i", range(4))
def test_ratios_tests_and_single_risks_are_those_of_r(i: int) -> None:
    counts, told = table(i), EXPECTED[i]
    assert binary.risk_ratio(counts, method="katz").shown == pytest.approx((told["RR"], *told["RR_log_ci"]), rel=1e-9)
    assert binary.odds_ratio(counts).shown == pytest.approx((told["OR"], *told["OR_woolf"]), rel=1e-9)
    tests = binary.pearson_and_fisher(counts)
    assert (tests.chi2, tests.chi2_p, tests.chi2_yates_p) == pytest.approx(
        (told["chisq"], told["chisq_p"], told["chisq_yates_p"]), rel=1e-9
    )
    assert tests.fisher_p == pytest.approx(told["fisher_p"], rel=1e-7)
    for method, name in (("wilson", "wilson"), ("exact", "clopper")):
        for arm, (events, n) in enumerate(((counts.events1, counts.n1), (counts.events2, counts.n2)), start=1):
            one = binary.risk(events, n, method=method)
            assert (one.ci_low, one.ci_high) == pytest.approx(told[f"{name}{arm}"], rel=1e-9)


@pytest.mark.parametrize("i", range(4))
def test_the_exact_odds_ratio_is_that_of_r_as_far_as_r_searches(i: int) -> None:
    # R's fisher.test stops uniroot at its default tolerance of 1.2e-4 in the odds ratio, or in one over it when that is
    # below 1: SciPy searches to rounding, which the next test holds.
    told, found = EXPECTED[i], binary.odds_ratio(table(i), method="exact").shown
    for ours, theirs in zip(found, (told["OR_cmle"], *told["OR_exact_ci"]), strict=True):
        assert min(ours, 1 / ours) == pytest.approx(min(theirs, 1 / theirs), abs=1.3e-4)


@pytest.mark.parametrize("i", range(4))
def test_the_exact_interval_ends_where_each_tail_is_half_of_five_per_cent(i: int) -> None:
    c = table(i)
    _, low, high = binary.odds_ratio(c, method="exact").shown
    events = c.events1 + c.events2
    possible = range(max(0, events - c.n2), min(events, c.n1) + 1)

    def tail(odds: float, beyond: range) -> float:
        weight = {x: math.comb(c.n1, x) * math.comb(c.n2, events - x) * odds**x for x in possible}
        return sum(weight[x] for x in beyond) / sum(weight.values())

    assert tail(low, range(c.events1, possible[-1] + 1)) == pytest.approx(0.025, rel=1e-6)
    assert tail(high, range(possible[0], c.events1 + 1)) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize("i", range(4))
def test_koopmans_interval_is_that_of_statsmodels(i: int) -> None:
    c = table(i)
    other = confint_proportions_2indep(
        c.events1, c.n1, c.events2, c.n2, method="score", compare="ratio", correction=False
    )
    found = binary.risk_ratio(c)
    assert found.shown[1:] == pytest.approx(other, rel=1e-9)


def test_koopmans_own_example() -> None:
    # Koopman 1984, Biometrics 40, p. 515: 36 of 40 against 16 of 80 gives 2.94 to 7.15.
    found = binary.risk_ratio(Counts(events1=36, n1=40, events2=16, n2=80)).shown
    assert [round(v, 2) for v in found] == [4.5, 2.94, 7.15]


Z = 1.959963984540054
N1, N2 = 9.0, 14.0


def every_table() -> tuple[np.ndarray, ...]:
    """All events that 9 and 14 people can have, as arrays."""
    x1, x2 = (v.ravel() for v in np.meshgrid(np.arange(N1 + 1), np.arange(N2 + 1), indexing="ij"))
    return x1, np.full_like(x1, N1), x2, np.full_like(x2, N2)


@pytest.mark.parametrize("interval", [newcombe, miettinen_nurminen])
def test_swapping_the_arms_turns_every_difference_round(interval: Any) -> None:
    x1, n1, x2, n2 = every_table()
    low, high = interval(x1, n1, x2, n2, Z)
    turned_low, turned_high = interval(x2, n2, x1, n1, Z)
    assert low == pytest.approx(-turned_high, abs=1e-9)
    assert high == pytest.approx(-turned_low, abs=1e-9)
    assert (low >= -1).all()
    assert (high <= 1).all()
    assert (low <= x1 / n1 - x2 / n2).all()
    assert (x1 / n1 - x2 / n2 <= high).all()


def test_the_score_intervals_exclude_no_effect_just_when_their_test_says_so() -> None:
    x1, n1, x2, n2 = every_table()
    some = (x1 + x2 > 0) & (x1 + x2 < N1 + N2)
    pooled = (x1 + x2) / (n1 + n2)
    with np.errstate(invalid="ignore"):
        pearson = np.abs(x1 / n1 - x2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    low, high = koopman(x1, n1, x2, n2, Z)
    assert (((low > 0) | (high < 0)) == (pearson > Z))[some].all()
    low, high = miettinen_nurminen(x1, n1, x2, n2, Z)
    total = N1 + N2
    assert (((low > 0) | (high < 0)) == (pearson * ((total - 1) / total) ** 0.5 > Z))[some].all()


def test_no_events_at_all_leave_no_ratio() -> None:
    with pytest.raises(NotEstimable):
        binary.risk_ratio(Counts(events1=0, n1=9, events2=0, n2=14))


def test_an_arm_without_events_has_a_ratio_interval_with_one_open_end() -> None:
    told = binary.risk_ratio(Counts(events1=5, n1=20, events2=0, n2=20))
    assert told.ci_low > 0
    assert math.isinf(told.ci_high)
    with pytest.raises(NotEstimable):
        binary.odds_ratio(Counts(events1=5, n1=20, events2=0, n2=20))


def test_the_number_needed_to_treat_is_given_only_when_the_difference_is_clear() -> None:
    clear = binary.number_needed(binary.risk_difference(table(0)))
    assert clear is not None
    assert clear.estimate == pytest.approx(EXPECTED[0]["NNT"], rel=1e-9)
    low, high = EXPECTED[0]["newcombe"]
    assert (clear.ci_low, clear.ci_high) == pytest.approx((1 / high, 1 / low), rel=1e-9)
    assert clear.direction == "benefit"
    unclear = binary.risk_difference(Counts(events1=36, n1=91, events2=33, n2=96))
    assert binary.number_needed(unclear) is None


def test_mantel_haenszel_over_race_is_that_of_r() -> None:
    d, told = data("birthwt_cmh"), expected("birthwt_cmh")
    strata = []
    for race in np.unique(d["race"]):
        smoked, not_smoked = (d["low"][(d["race"] == race) & (d["smoke"] == s)] for s in (1, 0))
        strata.append(
            Counts(events1=int(smoked.sum()), n1=smoked.size, events2=int(not_smoked.sum()), n2=not_smoked.size)
        )
    found = mantel_haenszel(strata)
    assert (found.chi2, found.p, found.p_corrected) == pytest.approx((told["chisq"], told["p"], told["p_cc"]), rel=1e-6)
    assert found.odds_ratio.shown == pytest.approx((told["or_mh"], *told["ci"]), rel=1e-6)
