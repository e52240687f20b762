"""People, power and difference, held against R, printed tables and slow versions of the same."""

import itertools
import json
from math import comb, log, sqrt
from pathlib import Path

import pytest
from scipy import stats

from fotfeste.trial.errors import BadDesign
from fotfeste.trial.power import Losses, Means, TimeToEvent, TwoProportions, detectable, power, size

FILE = Path(__file__).parent / "golden" / "trial_cases.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}
IN_R = {"exact-z": "pooled_z", "exact-yates": "yates", "fisher": "fisher", "normal": "power_prop_test"}


def rows(case):
    data = CASES[case]["data"]
    return [
        dict(zip(data, values, strict=True)) | {"expected": expected, "tolerance": CASES[case]["rel_tol"]}
        for values, expected in zip(zip(*data.values(), strict=True), CASES[case]["expected"], strict=True)
    ]


@pytest.mark.parametrize("row", rows("power_exact"), ids=str)
def test_exact_powers_are_those_of_r(row):
    for method, name in IN_R.items():
        if name in row["expected"]:
            found = power(TwoProportions(p1=row["p1"], p2=row["p2"], method=method), n1=row["n1"], n2=row["n2"]).power
            assert found == pytest.approx(row["expected"][name], rel=row["tolerance"]), method


@pytest.mark.parametrize("row", rows("samplesize"), ids=str)
def test_people_are_those_of_r(row):
    # R counts rejections in the right direction alone here, and in both with strict=TRUE in the case above.
    shares = TwoProportions(p1=row["p1"], p2=row["p2"], both_tails=False)
    means = Means(difference=row["delta"], sd=row["sd"])
    found = {
        "n_prop_90": size(shares, power=0.9).n_exact,
        "n_prop_80": size(shares, power=0.8).n_exact,
        "n_t_90": size(means, power=0.9).n_exact,
        "t_power_n50": power(means, n1=50, n2=50).power,
    }
    assert found == pytest.approx(row["expected"], rel=row["tolerance"])


@pytest.mark.parametrize(
    ("d", "sides", "wanted", "n"),
    [
        (0.2, 2, 0.8, 393),
        (0.5, 2, 0.8, 64),
        (0.8, 2, 0.8, 26),
        (0.5, 2, 0.9, 85),
        (0.8, 2, 0.9, 34),
        (0.2, 1, 0.8, 310),
        (0.5, 1, 0.8, 51),
        (0.8, 1, 0.8, 21),
    ],
)
def test_people_for_a_t_test_are_those_of_cohens_table(d, sides, wanted, n):
    # Cohen 1988, Statistical Power Analysis, 2nd ed., table 2.4.1, as the MRC Cognition and Brain Sciences Unit's
    # statistics wiki (FAQ/dunp) gives it: each group, alpha 0.05, rounded sometimes up and sometimes to the nearest.
    assert abs(size(Means(difference=d, sides=sides), power=wanted).n_exact - n) < 1


def test_people_for_no_worse_by_a_margin_are_those_of_chow():
    # Chow, Shao and Wang 2008, page 90: 0.85 against 0.65, margin 0.10, one-sided 0.05, power 0.80: 25 in each arm.
    assert size(TwoProportions(p1=0.85, p2=0.65, margin=0.1, sides=1), power=0.8).n_per_arm == 25


def test_people_for_times_are_those_of_chow():
    # Chow, Shao and Wang, example 7.3.4 (R's TrialSize, Cox.Equality(0.05, 0.2, log(2), 0.5, 0.8)): by hand
    # (1.959964 + 0.841621)^2 / (0.693147^2 * 0.5 * 0.5 * 0.8) = 81.68, so 82 in all.
    made = size(TimeToEvent(hazard_ratio=2, event_share=0.8), power=0.8)
    assert made.n_total == 82
    assert 2 * made.n_exact == pytest.approx((1.959964 + 0.841621) ** 2 / (0.693147**2 * 0.25 * 0.8), rel=1e-5)


@pytest.mark.parametrize(("p1", "p2", "ratio"), [(0.37, 0.27, 1), (0.6, 0.4, 2), (0.05, 0.2, 0.5), (0.5, 0.35, 3)])
def test_the_continuity_correction_is_the_formula_of_fleiss_tytun_and_ury(p1, p2, ratio):
    # Biometrics 1980;36:343-346: m = m'/4 (1 + sqrt(1 + 2 (r + 1) / (m' r |p2 - p1|)))^2, m' without the correction.
    plain, corrected = (
        size(TwoProportions(p1=p1, p2=p2, method=method, both_tails=False), power=0.8, ratio=ratio).n_exact
        for method in ("normal", "continuity")
    )
    other = plain / ratio  # the formula is for arm 2, with r times as many in arm 1
    formula = other / 4 * (1 + sqrt(1 + 2 * (ratio + 1) / (other * ratio * abs(p1 - p2)))) ** 2
    assert corrected / ratio == pytest.approx(formula, rel=1e-9)


def test_the_normal_formula_is_met_with_unequal_arms():
    # Fleiss, Levin and Paik 2003, equation 4.18, with r people in arm 2 for each in arm 1.
    p1, p2, r = 0.37, 0.27, 2
    shared = (p1 + r * p2) / (1 + r)
    z_alpha, z_beta = stats.norm.isf(0.025), stats.norm.isf(0.1)
    spread = z_alpha * sqrt((r + 1) * shared * (1 - shared)) + z_beta * sqrt(r * p1 * (1 - p1) + p2 * (1 - p2))
    made = size(TwoProportions(p1=p1, p2=p2, both_tails=False), power=0.9, ratio=1 / r)
    assert made.n_exact == pytest.approx(spread**2 / (r * (p1 - p2) ** 2), rel=1e-9)
    assert made.n_per_arm is None
    assert made.n_total == made.n1 + made.n2


def slow_power(p1, p2, n1, n2, rejects):
    return sum(
        comb(n1, x1) * p1**x1 * (1 - p1) ** (n1 - x1) * comb(n2, x2) * p2**x2 * (1 - p2) ** (n2 - x2)
        for x1, x2 in itertools.product(range(n1 + 1), range(n2 + 1))
        if rejects([[x1, n1 - x1], [x2, n2 - x2]])
    )


@pytest.mark.parametrize(("n1", "n2"), [(8, 8), (6, 11)])
@pytest.mark.parametrize("sides", [1, 2])
def test_exact_powers_are_those_of_scipys_tests_on_every_table(n1, n2, sides):
    side = "greater" if sides == 1 else "two-sided"

    def fisher(table):
        return stats.fisher_exact(table, alternative=side).pvalue <= 0.05

    def pearson(table, correction):
        (x1, _), (x2, _) = table
        if x1 + x2 in (0, n1 + n2):
            return False
        chi2 = stats.chi2_contingency(table, correction=correction).statistic
        right = x1 / n1 > x2 / n2 or sides == 2
        return right and chi2 >= stats.norm.isf(0.05 / sides) ** 2

    design = {"p1": 0.7, "p2": 0.2, "sides": sides}
    for method, rejects in {
        "fisher": fisher,
        "exact-z": lambda table: pearson(table, False),
        "exact-yates": lambda table: pearson(table, True),
    }.items():
        found = TwoProportions(**design, method=method).power(n1, n2)
        assert found == pytest.approx(slow_power(0.7, 0.2, n1, n2, rejects), rel=1e-10), method


@pytest.mark.parametrize("method", ["normal", "continuity", "exact-z", "fisher"])
def test_one_side_looks_the_way_that_is_assumed(method):
    higher = TwoProportions(p1=0.7, p2=0.2, sides=1, method=method).power(9, 14)
    lower = TwoProportions(p1=0.3, p2=0.8, sides=1, method=method).power(9, 14)
    assert lower == pytest.approx(higher, rel=1e-12)  # who works and who does not are exchanged
    assert TwoProportions(p1=0.7, p2=0.2, sides=2, alpha=0.05, method=method).power(9, 14) < higher


@pytest.mark.parametrize("method", ["exact-z", "exact-yates", "fisher"])
@pytest.mark.parametrize(("p1", "p2", "ratio"), [(0.5, 0.1, 1), (0.3, 0.8, 2)])
def test_the_exact_number_is_the_smallest_that_holds_from_there_on(method, p1, p2, ratio):
    design = TwoProportions(p1=p1, p2=p2, method=method)
    made = size(design, power=0.8, ratio=ratio)
    enough = [design.power(ratio * n, n) >= 0.8 for n in range(2, 4 * made.n2)]
    assert made.n2 == max(n for n, is_enough in enumerate(enough, start=2) if not is_enough) + 1
    assert made.power >= 0.8


@pytest.mark.parametrize("higher", [True, False])
@pytest.mark.parametrize(
    "design",
    [
        TwoProportions(p1=0.5, p2=0.27),
        TwoProportions(p1=0.5, p2=0.27, method="exact-z"),
        TwoProportions(p1=0.5, p2=0.27, method="fisher"),
        Means(difference=0, sd=7.66),
        TimeToEvent(hazard_ratio=1, event_share=0.5),
    ],
    ids=str,
)
def test_the_difference_that_can_be_found_has_the_power(design, higher):
    found = detectable(design, power=0.8, n1=205, n2=150, higher=higher).detectable
    assert design.assuming(found).power(205, 150) == pytest.approx(0.8, abs=1e-6)
    assert (found > design.ends[1]) is higher


def test_drop_out_and_clusters_raise_the_people():
    # 1 + (20 - 1) * 0.05 = 1.95 (Donner, Birkett and Buck 1981); 341 * 1.95 / 0.9 = 738.8.
    made = size(TwoProportions(p1=0.37, p2=0.27), power=0.8, losses=Losses(drop_out=0.1, icc=0.05, cluster_size=20))
    assert (made.n_per_arm, made.n1_analysed, made.design_effect) == (739, 341, pytest.approx(1.95))


def test_people_that_are_lost_give_no_power():
    design = TwoProportions(p1=0.37, p2=0.27, method="exact-z")
    lost = power(design, n1=200, n2=200, losses=Losses(drop_out=0.05)).power
    assert lost == power(design, n1=190, n2=190).power


@pytest.mark.parametrize(
    ("ask", "option", "reason"),
    [
        (lambda: TwoProportions(p1=37, p2=0.27), "p1", "share"),
        (lambda: TwoProportions(p1=0.37, p2=0.27, margin=0.1, method="fisher"), "method", "method"),
        (lambda: Means(difference=1, sd=0), "sd", "positive"),
        (lambda: TimeToEvent(hazard_ratio=0), "hazard_ratio", "positive"),
        (lambda: size(TwoProportions(p1=0.3, p2=0.3), power=0.8), "power", "too_many"),
        (lambda: size(TwoProportions(p1=0.4, p2=0.3), power=80), "power", "share"),
        (lambda: power(TwoProportions(p1=0.4, p2=0.3), n1=1, n2=30), "n1", "whole"),
        (lambda: detectable(TwoProportions(p1=0.4, p2=0.95), power=0.8, n1=20, n2=20), "power", "out_of_reach"),
        (lambda: Losses(drop_out=1), "drop_out", "share"),
        (lambda: Means(difference=float("nan")), "difference", "finite"),
        (lambda: power(TwoProportions(p1=0.4, p2=0.3, method="fisher"), n1=9000, n2=9000), "method", "large"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_its_option(ask, option, reason):
    with pytest.raises(BadDesign) as caught:
        ask()
    assert (caught.value.option, caught.value.reason) == (option, reason)


def test_schoenfelds_events_are_the_power_turned_round():
    events = 4 * (stats.norm.isf(0.025) + stats.norm.isf(0.2)) ** 2 / log(1.5) ** 2
    assert TimeToEvent(hazard_ratio=1.5).power(events / 2, events / 2) == pytest.approx(0.8, rel=1e-12)
