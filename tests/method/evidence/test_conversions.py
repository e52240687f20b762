"""What publications print, converted: worked examples of the Cochrane Handbook, metafor's numbers, and brute force."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from typer.testing import CliRunner

from fotfeste.commands.evidence import app
from fotfeste.evidence import conversions as c
from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.effects.printed import from_printed
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.studies import BadStudy

CASES = {e["id"]: e for e in json.loads((Path(__file__).parent / "golden" / "metafor_cases.json").read_text())["cases"]}


def test_a_p_value_gives_the_standard_error_of_the_handbook() -> None:
    # Cochrane Handbook 5.1, 7.7.7.2: a risk difference of 0.03 with P = 0.008 has z = 2.652 and SE 0.011.
    se = float(c.se_from_p(0.03, 0.008))
    assert 0.03 / se == pytest.approx(2.652, abs=5e-4)
    assert round(se, 3) == 0.011


def test_a_t_test_gives_the_standard_error_and_deviation_of_the_handbook() -> None:
    # Cochrane Handbook 6.4, 6.5.2.3: MD 3.8, P = 0.008, 25 and 22 people: t = 2.78, SE = 1.37, SD = 4.69.
    se = float(c.se_from_p(3.8, 0.008, df=45))
    assert (round(3.8 / se, 2), round(se, 2)) == (2.78, 1.37)
    assert round(3.8 / float(c.d_from_p(0.008, 25, 22).effect), 2) == pytest.approx(4.69, abs=0.02)


def test_an_interval_gives_the_divisors_of_the_handbook() -> None:
    # Cochrane Handbook 6.4, 6.3.1: 3.92 for 95 %, 3.29 for 90 % and 5.15 for 99 %.
    for level, divisor in ((0.95, 3.92), (0.90, 3.29), (0.99, 5.15)):
        assert float(c.se_from_interval(0, 1, level=level)) == pytest.approx(1 / divisor, rel=5e-4)
    # The same, 6.5.2.2: with 25 people t has 24 degrees of freedom and the divisor is 4.128 (2 x 2.064).
    assert float(c.se_from_interval(0, 1, df=24)) == pytest.approx(1 / 4.128, rel=5e-4)


# metafor 4.4, conv.fivenum(test = FALSE, method "luo/wan"), of min 2, quartiles 6, 9 and 17, max 41.
FIVE_NUMBERS = {
    7: ((15.021544795358952, 14.29106691143328), (10.889285714285714, 10.103962147784886),
        (14.361220613598714, 12.197514529609084)),
    30: ((11.972897250696676, 9.5575055212413016), (10.782500000000001, 8.5626224066574625),
         (12.3038216208361, 9.0600639639493821)),
    100: ((10.403596372036779, 7.804399930371213), (10.75975, 8.2742542328822122),
          (11.420082492316839, 8.0393270816267126)),
}  # fmt: skip


@pytest.mark.parametrize("n", FIVE_NUMBERS)
def test_medians_and_quartiles_give_metafors_means_and_deviations(n: int) -> None:
    by_range, by_quartiles, by_all = FIVE_NUMBERS[n]
    assert c.from_range(2, 9, 41, n) == pytest.approx(by_range, rel=1e-12)
    assert c.from_quartiles(6, 9, 17, n) == pytest.approx(by_quartiles, rel=1e-12)
    assert c.from_five_numbers(2, 6, 9, 17, 41, n) == pytest.approx(by_all, rel=1e-12)


def test_d_is_the_same_from_the_data_and_from_their_t_f_and_p() -> None:
    rng = np.random.default_rng(20)
    a, b = rng.normal(1, 2, 14), rng.normal(0, 2, 9)
    pooled = math.sqrt((13 * a.var(ddof=1) + 8 * b.var(ddof=1)) / 21)
    d = (a.mean() - b.mean()) / pooled
    test = stats.ttest_ind(a, b)
    for found in (
        c.d_from_t(test.statistic, 14, 9),
        c.d_from_f(stats.f_oneway(a, b).statistic, 14, 9, sign=d),
        c.d_from_p(test.pvalue, 14, 9, sign=d),
    ):
        assert float(found.effect) == pytest.approx(d, rel=1e-9)
        assert float(found.variance) == pytest.approx(23 / 126 + d**2 / 46, rel=1e-9)


# metafor, conv.2x2(ri = c(.3, .5), ni = c(120, 200), n1i = c(40, 100), n2i = c(20, 60)): 13/27/7/73 and 53/47/7/93.
@pytest.mark.parametrize(
    ("n1", "n2", "events", "phi", "cells"), [(40, 80, 20, 0.3, (13, 7)), (100, 100, 60, 0.5, (53, 7))]
)
def test_a_phi_and_its_margins_give_metafors_table(
    n1: int, n2: int, events: int, phi: float, cells: tuple[int, int]
) -> None:
    table = c.rebuild_table(n1, n2, events, phi=phi)
    assert (table.events1, table.events2) == cells


@given(n1=st.integers(2, 60), n2=st.integers(2, 60), data=st.data())
def test_a_table_comes_back_from_its_margins_and_any_of_its_measures(n1: int, n2: int, data: st.DataObject) -> None:
    a, d = data.draw(st.integers(1, n1 - 1)), data.draw(st.integers(1, n2 - 1))
    b, events = n1 - a, a + n2 - d
    cc = n2 - d
    phi = (a * d - b * cc) / math.sqrt(n1 * n2 * events * (n1 + n2 - events))
    for measure in ({"odds_ratio": a * d / (b * cc)}, {"risk_ratio": (a / n1) / (cc / n2)}, {"phi": phi}):
        assert c.rebuild_table(n1, n2, events, **measure) == c.Table2x2(events1=a, n1=n1, events2=cc, n2=n2)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"odds_ratio": -1.0}, "cell"),
        ({"risk_ratio": 90.0, "events": 30}, "cell"),
        ({"odds_ratio": 2.0, "events": 99}, "margin"),
        ({}, "measure"),
        ({"odds_ratio": 2.0, "phi": 0.1}, "measure"),
    ],
)
def test_numbers_that_do_not_go_together_are_refused(told: dict[str, float], reason: str) -> None:
    events = int(told.pop("events", 10))
    with pytest.raises(c.UnlikelyTable, match=reason):
        c.rebuild_table(20, 20, events, **told)


def test_observed_minus_expected_pools_to_the_peto_estimate_of_metafor() -> None:
    # Yusuf et al. (1985), table 6: O - E and V worked out from the tables here; expected: metafor's rma.peto.
    case = CASES["yusuf_table6_peto"]
    expected = case["expected"]["PETO"]
    a, n1, cc, n2 = (np.array(case["data"][name], dtype=float) for name in ("ai", "n1i", "ci", "n2i"))
    total, events = n1 + n2, a + cc
    variance = n1 * n2 * events * (total - events) / (total**2 * (total - 1))
    told = variance > 0
    hr = effect_sizes("HR", o_minus_e=(a - n1 * events / total)[told], o_minus_e_variance=variance[told])
    pooled = pool(hr.effects, hr.variances, method="EE", ci="z")
    assert (pooled.estimate, pooled.se, pooled.q) == pytest.approx(
        (expected["estimate"], expected["se"], expected["QE"]), rel=1e-9
    )


def test_printed_ratios_with_their_intervals_and_a_misprint() -> None:
    # Probyn et al. (2021), as printed: the interval of the last one is not symmetric on the log scale.
    found = from_printed(
        "RR", ["homeless", "spinal", "spinal_24"], ratio=[1.55, 2.46, 2.81], ci_low=[0.76, 1.16, 1.98],
        ci_high=[3.15, 5.22, 7.37],
    )  # fmt: skip
    assert found.off_centre == ("spinal_24",)
    half = stats.norm.ppf(0.975) * np.sqrt(found.effects.variances)
    np.testing.assert_allclose(np.exp(found.effects.effects + half)[:2], [3.15, 5.22], rtol=0.01)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"ratio": [0.0], "se": [1.0]}, "not_positive"),
        ({"effect": [1.0], "se": [-1.0]}, "not_positive"),
        ({"effect": [1.0], "ci_low": [2.0], "ci_high": [1.0]}, "reversed"),
        ({"effect": [1.0], "p": [1.0]}, "not_a_p"),
        ({"effect": [0.0], "p": [0.5]}, "zero_variance"),
        ({"effect": [1.0], "variance": [-1.0]}, "negative_variance"),
    ],
)
def test_what_was_printed_wrong_is_refused(told: dict[str, list[float]], reason: str) -> None:
    with pytest.raises(BadStudy) as caught:
        from_printed("GEN", ["a"], **told)
    assert (caught.value.study, caught.value.reason) == ("a", reason)


def test_the_command_pools_printed_ratios(tmp_path: Path) -> None:
    path = tmp_path / "printed.csv"
    path.write_text("study;ratio;ci_low;ci_high\na;1,55;0,76;3,15\nb;2,46;1,16;5,22\nc;2,81;1,98;7,37\n")
    result = CliRunner().invoke(app, ["evidence", "pool", str(path), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["k"] == 3
    assert "effect_off_centre" in found["warnings"]
    said = CliRunner().invoke(app, ["evidence", "pool", str(path), "--ci-low", "ci_high", "--ci-high", "ci_low"])
    assert said.exit_code == 2
    assert "printed.csv, rad 2, kolonne ci_low, «0,76»: Intervallet slutter før det begynner." in said.stderr
