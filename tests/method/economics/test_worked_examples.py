"""Worked examples that papers print, with their pages and, where the text could not be read there, who restates it."""

import numpy as np
import pytest
from tests.method.economics.examples import analysis, item

from fotfeste.economics.discounting import FloatArray, present_value
from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.markov import Cohort, Row, State, Treatment
from fotfeste.economics.ratios import CostEffectiveness, cost_effectiveness
from fotfeste.economics.shapes import Analysis
from fotfeste.economics.simulation import Draws, acceptability, perfect_information

HEART_VALVES = ((0.6, 0.2, 0.2), (0.0, 0.6, 0.4), (0.0, 0.0, 1.0))


def test_ten_thousand_with_a_heart_valve_live_as_well_and_as_long_as_printed() -> None:
    """Sonnenberg and Beck, Markov models in medical decision making: a practical guide, Medical Decision Making
    1993;13:322-338, table 2 (restated in R's rdecision, tests/testthat/test-model-PHV.R): well, disabled and dead, a
    disabled year worth 0.7. Whole people are printed, and 23,752 is their sum; without rounding it is 23,750."""
    names = ("well", "disabled", "dead")
    cohort = Cohort(
        states=tuple(State(id=name, name=name) for name in names),
        start=(1.0, 0.0, 0.0),
        rows=tuple(Row(state=n, probabilities=p) for n, p in zip(names, HEART_VALVES, strict=True)),
        cycle_months=12.0,
        counted="end",
    )
    values = {**cohort.inputs(), **cohort.rows_by_name(), "effect.scale": np.ones(1)}
    people = 10_000 * cohort.trace(values, treated=False, cycles=25).shares[0]  # type: ignore[arg-type]
    worth = np.array([1.0, 0.7, 0.0])
    assert people[1:3] == pytest.approx(np.array([[6_000, 2_000, 2_000], [3_600, 2_400, 4_000]]))
    assert np.cumsum(people[1:3] @ worth) == pytest.approx([7_400, 12_680])
    assert np.round(people[23]).tolist() == [0, 1, 9_999]
    assert (np.round(people[1:]) @ worth).sum() == pytest.approx(23_752, abs=0.5)
    assert (people[1:] @ worth).sum() == pytest.approx(23_750, abs=0.5)


@pytest.mark.parametrize(
    ("years", "printed"),
    [
        (3, (36.7, 37.4, 38.8, 40.2, 41.6, 43.8)),
        (6, (19.7, 20.3, 21.6, 23.0, 24.3, 26.4)),
        (10, (13.0, 13.6, 14.9, 16.3, 17.7, 19.9)),
        (20, (8.0, 8.7, 10.2, 11.7, 13.4, 16.0)),
    ],
)
def test_what_is_paid_off_in_equal_years_is_the_printed_share_a_year(years: int, printed: tuple[float, ...]) -> None:
    """Jerie, The establishment of cost models in photogrammetry, invited paper of commission VI of the International
    Society for Photogrammetry (1976), figure 3, page 11 (goobi.tib.eu/viewer/fulltext/1066537933/188): per cent of the
    price a year at 5, 6, 8, 10, 12 and 15 per cent."""
    rates = np.array([0.05, 0.06, 0.08, 0.10, 0.12, 0.15])
    annuities = present_value(np.arange(1, years + 1), rates).sum(axis=1)
    assert 100 / annuities == pytest.approx(np.array(printed), abs=0.05)


YEARS = 75
COSTS = {"soc": 0.0, "a": 12_000.0, "b": 13_000.0, "ab": 25_000.0}
"""What each strategy costs a year in either sick state."""


def sick_sicker() -> Analysis:
    """Standard of care and treatment B of Alarid-Escudero, Krijkamp, Enns, Yang, Hunink, Pechlivanoglou and Jalal, An
    introductory tutorial on cohort state-transition models in R using a cost-effectiveness analysis example, Medical
    Decision Making 2023;43(1):3-20, table 2 (the authors' manuscript, page 7, of github.com/DARTH-git/
    cohort-modeling-tutorial-intro at 07aafb0: all page numbers below are of that). Its table prints 12,000 for
    treatment B where its text, page 6, and its code have 13,000, which is what its results rest on."""

    def risk(rate: float) -> float:
        return float(1 - np.exp(-rate))

    dies = {"h": risk(0.002), "s1": risk(0.002 * 3), "s2": risk(0.002 * 10)}
    sick, well, sicker, slowed = risk(0.15), risk(0.5), risk(0.105), risk(0.105 * 0.6)
    lives = 1 - dies["s1"]
    cohort = Cohort(
        states=tuple(
            State(id=name, name=name, utility=u) for name, u in {"h": 1.0, "s1": 0.75, "s2": 0.5, "d": 0.0}.items()
        ),
        start=(1.0, 0.0, 0.0, 0.0),
        rows=(
            Row(state="h", probabilities=((1 - dies["h"]) * (1 - sick), (1 - dies["h"]) * sick, 0.0, dies["h"])),
            Row(state="s1", probabilities=(lives * well, lives * (1 - well - sicker), lives * sicker, dies["s1"])),
            Row(state="s2", probabilities=(0.0, 0.0, 1 - dies["s2"], dies["s2"])),
        ),
        cycle_months=12.0,
        counted="half_cycle",
        treatments=(
            Treatment(id="b", measure="difference", effect=lives * (slowed - sicker), transitions=(("s1", "s2"),)),
        ),
    )
    yearly = {"per": "year_in_state", "at_month": None, "payer": "health_service"}
    return analysis(
        *(
            item("cost", amount, id=name, states=(name,), **yearly)
            for name, amount in {"h": 2_000.0, "s1": 4_000.0, "s2": 15_000.0}.items()
        ),
        item("cost", COSTS["b"], id="treatment", states=("s1", "s2"), arm="intervention", **yearly),
        effect=None,
        cohort=cohort,
        horizon_months=12.0 * YEARS,
        discount_costs=0.03,
        discount_effects=0.03,
        effect_measure="qaly",
    )


def followed(*, treated: bool) -> FloatArray:
    model = sick_sicker()
    assert model.cohort
    values = model.inputs()
    return model.cohort.trace(values, treated=treated, cycles=YEARS).shares[0]


def printed_way(strategy: str) -> tuple[float, float]:
    """Costs and QALYs weighted as the tutorial prints it (page 15): 1/3 first and last, else 2/3 and 4/3 by turns from
    the second on. Simpson's rule has 4/3 there first; the numbers printed are those of the weights printed."""
    shares = followed(treated="b" in strategy)
    weights = np.where(np.arange(YEARS + 1) % 2 == 1, 2 / 3, 4 / 3)
    weights[[0, -1]] = 1 / 3
    weights *= present_value(np.arange(YEARS + 1), 0.03)[0]
    costs = shares @ np.array([2_000.0, 4_000.0 + COSTS[strategy], 15_000.0 + COSTS[strategy], 0.0])
    return float(weights @ costs), float(weights @ shares @ np.array([1.0, 0.95 if "a" in strategy else 0.75, 0.5, 0]))


def against(strategy: str, other: str) -> CostEffectiveness:
    (cost, effect), (less, before) = printed_way(strategy), printed_way(other)
    return cost_effectiveness(cost - less, effect - before)


def test_the_tutorials_cohort_falls_ill_year_by_year_as_printed() -> None:
    """Table 3, page 12: healthy, sick, sicker and dead after 0 to 5 years."""
    printed = (
        (1.000, 0.000, 0.000, 0.000),
        (0.859, 0.139, 0.000, 0.002),
        (0.792, 0.189, 0.014, 0.005),
        (0.755, 0.206, 0.032, 0.008),
        (0.729, 0.208, 0.052, 0.011),
        (0.707, 0.206, 0.072, 0.015),
    )
    assert followed(treated=False)[:6] == pytest.approx(np.array(printed), abs=0.0005)


@pytest.mark.parametrize(
    ("strategy", "cost", "qalys"),
    [("soc", 151_580, 20.711), ("a", 284_805, 21.499), ("b", 259_100, 22.184), ("ab", 378_875, 23.137)],
)
def test_four_strategies_cost_and_give_what_the_tutorial_prints(strategy: str, cost: float, qalys: float) -> None:
    """Table 4, page 17."""
    found = printed_way(strategy)
    assert found[0] == pytest.approx(cost, abs=0.5)
    assert found[1] == pytest.approx(qalys, abs=0.0005)


def test_the_ratios_along_the_tutorials_frontier_are_those_printed_and_the_dominated_has_none() -> None:
    """Table 5, page 18: B against standard of care, AB against B; A is dominated (dearer than B and worse)."""
    first, second = against("b", "soc"), against("ab", "b")
    assert (first.cost, second.cost) == pytest.approx((107_521, 119_775), abs=0.5)
    assert (first.effect, second.effect) == pytest.approx((1.473, 0.952), abs=0.0005)
    assert (first.icer, second.icer) == pytest.approx((72_988, 125_764), abs=0.5)
    assert against("a", "b").quadrant == "more_costly_less_effective"
    assert against("a", "b").icer is None


def test_our_half_cycle_correction_lies_two_thousandths_from_the_tutorials_weights() -> None:
    """72,988 is printed (table 5, page 18). The mean of a cycle's two ends gives 73,134, and nothing but the weights
    differs: an independent sum with a half at each end gives the same."""
    told = evaluate(sick_sicker()).cost_effectiveness
    assert told
    assert told.icer == pytest.approx(72_988, rel=0.0021)
    weights = np.ones(YEARS + 1)
    weights[[0, -1]] = 0.5
    weights /= 1.03 ** np.arange(YEARS + 1)
    with_b, without = followed(treated=True), followed(treated=False)
    dearer = weights @ (with_b @ [2_000, 17_000, 28_000, 0] - without @ [2_000, 4_000, 15_000, 0])
    better = weights @ (with_b - without) @ [1, 0.75, 0.5, 0]
    assert told.icer == pytest.approx(dearer / better)


def meltzer() -> Draws:
    """10,000 dollars for 0.01, 0.1 or 1 life-year, in 5, 90 and 5 of a hundred draws."""
    cost, effect = np.full(100, 10_000.0), np.repeat([0.01, 0.1, 1.0], [5, 90, 5])
    return Draws(net_benefit=100_000 * effect - cost, cost=cost, effect=effect, over_time=-cost[:, None], held=0)


def test_a_costly_gamble_has_the_ratio_and_the_chances_that_meltzer_prints() -> None:
    """Meltzer, Addressing uncertainty in medical cost-effectiveness analysis, Journal of Health Economics 2001;20:109-
    129, page 118: ratios of 1,000,000, 100,000 and 10,000, expected benefit 0.1405 and 71,174 dollars a life-year; at a
    cutoff of 100,000 a 5 per cent chance that it is worth more than it costs and a 5 per cent chance that it is not
    cost-effective, the rest lying on the line."""
    drawn = meltzer()
    assert drawn.effect is not None
    assert drawn.effect.mean() == pytest.approx(0.0005 + 0.09 + 0.05)
    assert cost_effectiveness(drawn.cost.mean(), drawn.effect.mean()).icer == pytest.approx(71_174, abs=0.5)
    assert [cost_effectiveness(10_000, one).icer for one in (0.01, 0.1, 1.0)] == pytest.approx([1e6, 1e5, 1e4])
    at, above = acceptability(drawn, (100_000.0, 100_001.0))
    assert (at.probability, 1 - above.probability) == pytest.approx((0.05, 0.05))
    # At the cutoff itself knowing more spares 10,000 for 0.01 life-years, 9,000 lost, in 5 of a hundred.
    assert at.evpi == pytest.approx(0.05 * 9_000)


def test_perfect_information_is_worth_what_a_lecture_prints() -> None:
    """Expected values for perfect information (slides without page numbers, scribd.com/doc/225211038): good times in 6
    of 10; one choice brings 50,000 or 30,000, another 100,000 or a loss of 40,000, and a third less than the first in
    both. Printed: 44,000 for the best choice now, 72,000 for who knows, 28,000 between them."""
    safe, bold = np.repeat([50_000.0, 30_000.0], [6, 4]), np.repeat([100_000.0, -40_000.0], [6, 4])
    assert max(safe.mean(), bold.mean()) == pytest.approx(44_000)
    assert perfect_information(bold - safe) == pytest.approx(72_000 - 44_000)
    assert perfect_information(safe - bold) == pytest.approx(28_000)
