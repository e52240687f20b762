"""Draws against the distributions of SciPy, and the answers that follow from draws against formulas."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.method.economics.examples import TRIAL, analysis, item
from tests.method.economics.test_accounts import swapped
from tests.method.economics.test_markov import hiv

from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.reading import read_analysis
from fotfeste.economics.sensitivity import net_with, tornado
from fotfeste.economics.simulation import Draws, acceptability, draw, perfect_information, simulate
from fotfeste.economics.uncertainty import BadDistribution, People, Uncertain, Uncertainty

MANY = 20_000


def drawn(*inputs: Uncertain, **given: object) -> dict[str, np.ndarray]:
    told = Uncertainty(inputs=inputs, **given)  # type: ignore[arg-type]
    told.check()
    return told.draw(MANY, np.random.default_rng(8))


@pytest.mark.parametrize(
    ("distribution", "value", "se", "theirs"),
    [
        ("normal", 5.0, 2.0, stats.norm(5, 2)),
        ("gamma", 100.0, 20.0, stats.gamma(25, scale=4)),
        ("beta", 0.2, 0.04, stats.beta(19.8, 79.2)),
        ("log_normal", 1.5, 0.3, stats.lognorm(0.3, scale=1.5)),
    ],
)
def test_each_distribution_is_the_one_it_says(distribution: str, value: float, se: float, theirs: Any) -> None:
    """SciPy's parameters are worked out by hand: gamma shape m²/s² and scale s²/m; beta n = m(1-m)/s² - 1 = 99."""
    uncertain = Uncertain(parameter="x", distribution=distribution, value=value, se=se)  # type: ignore[arg-type]
    p = np.linspace(0.001, 0.999, 50)
    assert uncertain.quantile(p) == pytest.approx(theirs.ppf(p), rel=1e-9)
    assert stats.kstest(drawn(uncertain)["x"], theirs.cdf).pvalue > 0.001


def test_correlated_inputs_are_drawn_with_their_correlation() -> None:
    one = Uncertain(parameter="a", distribution="normal", value=0.0, se=1.0)
    other = Uncertain(parameter="b", distribution="normal", value=10.0, se=3.0)
    told = drawn(one, other, correlations=(("a", "b", 0.7),))
    assert np.corrcoef(told["a"], told["b"])[0, 1] == pytest.approx(0.7, abs=0.02)
    free = drawn(one, other)
    assert np.corrcoef(free["a"], free["b"])[0, 1] == pytest.approx(0, abs=0.02)


def test_a_row_is_drawn_from_a_dirichlet_and_moves_never_seen_stay_away() -> None:
    told = Uncertainty(rows={"rows[1]": np.array([60.0, 30.0, 0.0, 10.0])}).draw(MANY, np.random.default_rng(8))[
        "rows[1]"
    ]
    assert told.sum(axis=1) == pytest.approx(1)
    assert (told[:, 2] == 0).all()
    assert stats.kstest(told[:, 1], stats.beta(30, 70).cdf).pvalue > 0.001


def test_people_drawn_again_give_the_standard_errors_and_correlation_of_their_means() -> None:
    rng = np.random.default_rng(3)
    cost = rng.gamma(2, 50, 80)
    effect = 0.01 * cost + rng.normal(0, 1, 80)
    other = rng.normal(5, 2, 60)
    people = People(
        columns={"ips": {"cost": cost, "effect": effect}, "other": {"effect": other}},
        means={"c": ("ips", "cost")},
        differences={"d": ("effect", "ips", "other")},
    )
    told = Uncertainty(people=people).draw(MANY, np.random.default_rng(8))
    assert told["c"].mean() == pytest.approx(cost.mean(), rel=0.01)
    assert told["c"].std() == pytest.approx(cost.std() / np.sqrt(80), rel=0.03)
    assert told["d"].std() == pytest.approx(np.sqrt(effect.var() / 80 + other.var() / 60), rel=0.03)
    # The effect's part from the other arm is independent of cost.
    expected = np.cov(cost, effect, ddof=0)[0, 1] / 80 / (told["c"].std() * told["d"].std())
    assert np.corrcoef(told["c"], told["d"])[0, 1] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"distribution": "beta", "value": 0.5, "se": 0.5}, "spread"),
        ({"distribution": "beta", "value": 1.0, "se": 0.1}, "mean"),
        ({"distribution": "gamma", "value": 0.0, "se": 0.1}, "mean"),
    ],
)
def test_what_is_no_distribution_is_refused(given: dict, reason: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(BadDistribution) as error:
        Uncertain(parameter="x", **given).check()
    assert error.value.reason == reason


def test_correlations_that_cannot_hold_together_are_refused() -> None:
    inputs = tuple(Uncertain(parameter=p, distribution="normal", value=0.0, se=1.0) for p in "abc")
    with pytest.raises(BadDistribution):
        Uncertainty(inputs=inputs, correlations=(("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9))).check()


def one_normal(mean: float, se: float) -> Uncertainty:
    return Uncertainty(inputs=(Uncertain(parameter="benefit.amount", distribution="normal", value=mean, se=se),))


def test_the_answer_of_one_normal_input_is_that_of_the_normal_distribution() -> None:
    """Net benefit is normal with mean -50 and standard error 100; the expected gain of deciding with full knowledge is
    the unit normal loss, s * (pdf(u) - u * (1 - cdf(u))) with u = 0.5 (Raiffa and Schlaifer 1961)."""
    gain = item("benefit", 50.0, receiver="nav", arm="intervention")
    cost = item("cost", 100.0, payer="nav", arm="intervention")
    told = analysis(
        gain, cost, uncertainty=one_normal(50.0, 100.0), effect_measure="in_work", willingness_to_pay=(0.0, 2000.0)
    )
    result = simulate(told, draw(told, draws=MANY, seed=4), seed=4)
    assert result.net_benefit == pytest.approx(-50, abs=3)
    assert result.probability == pytest.approx(stats.norm.cdf(-0.5), abs=0.01)
    assert result.evpi == pytest.approx(100 * (stats.norm.pdf(0.5) - 0.5 * stats.norm.sf(0.5)), abs=1)
    assert (result.ci_low, result.ci_high) == pytest.approx((-246, 146), abs=6)
    # 0.1 more in work, worth 200 at 2,000 each against 100 in cost; worth nothing at 0
    assert [a.probability for a in result.acceptability] == [0, 1]


def test_knowing_more_is_worth_nothing_where_nothing_could_change_the_choice() -> None:
    assert perfect_information(np.array([1.0, 2.0, 3.0])) == 0
    assert perfect_information(np.array([-1.0, -2.0])) == 0
    assert perfect_information(np.array([-1.0, 3.0])) == pytest.approx(0.5)


def test_the_same_seed_gives_the_same_draws_and_another_does_not() -> None:
    read = read_analysis(TRIAL)
    one, again, other = (draw(read, draws=50, seed=seed).net_benefit for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_draws_lie_round_what_the_file_gives() -> None:
    read = read_analysis(TRIAL)
    told = draw(read, draws=8000, seed=1)
    single = evaluate(read)
    error = told.net_benefit.std() / np.sqrt(8000)
    assert told.net_benefit.mean() == pytest.approx(single.net_benefit, abs=4 * error)
    assert told.over_time[:, -1] == pytest.approx(told.net_benefit)


def test_the_sign_and_reference_of_the_summary_are_those_of_the_model() -> None:
    """The known trap: in R's heemod the dearer, better arm came out as best only below its ratio when the draws were
    summed up by another package, because sign and reference were turned between the two
    (github.com/aphp/heemod/issues/20). Here the dearer and better arm must be the one to choose above the ratio and
    not below, alone and in draws."""
    model = hiv()
    uncertainty = Uncertainty(
        rows={f"rows[{i}]": np.array(row.probabilities) * 1e6 for i, row in enumerate(model.cohort.rows, 1)}  # type: ignore[union-attr]
    )
    model = replace(model, uncertainty=uncertainty, willingness_to_pay=(5_000.0, 7_500.0))
    single = evaluate(model)
    many = draw(model, draws=400, seed=1)
    assert single.cost_effectiveness
    assert many.effect is not None
    assert np.sign(many.cost.mean()) == np.sign(single.cost_effectiveness.cost) == 1
    assert np.sign(many.effect.mean()) == np.sign(single.cost_effectiveness.effect) == 1
    assert [worth.net_monetary_benefit > 0 for worth in single.worth] == [False, True]
    assert [a.probability for a in simulate(model, many, seed=1).acceptability] == [0, 1]


def test_draws_of_the_swapped_arms_have_the_other_sign() -> None:
    read = replace(
        read_analysis(TRIAL),
        uncertainty=Uncertainty(
            inputs=(Uncertain(parameter="wage.amount", distribution="normal", value=460_000.0, se=1000.0),)
        ),
    )
    one, other = draw(read, draws=20, seed=1), draw(swapped(read), draws=20, seed=1)
    assert other.net_benefit == pytest.approx(-one.net_benefit)
    assert other.cost == pytest.approx(-one.cost)


def test_the_acceptability_curve_counts_by_hand() -> None:
    cost, effect = np.array([10.0, 20.0, 30.0, -5.0]), np.array([1.0, 1.0, -1.0, 0.0])
    told = Draws(net_benefit=-cost, cost=cost, effect=effect, over_time=-cost[:, None], held=0)
    assert [a.probability for a in acceptability(told, (0.0, 15.0, 25.0))] == [0.25, 0.5, 0.75]


def test_the_tornado_changes_one_input_at_a_time_and_puts_the_widest_first() -> None:
    read = read_analysis(TRIAL)
    swings = tornado(read)
    assert {s.parameter for s in swings} == {
        "ips.amount",
        "wage.amount",
        "effect.difference",
        "effect.full_time_share",
        "tax_financing",
    }
    widths = [abs(s.at_high - s.at_low) for s in swings]
    assert widths == sorted(widths, reverse=True)
    wage = next(s for s in swings if s.parameter == "wage.amount")
    low = replace(read, items=tuple(replace(i, amount=wage.low) if i.id == "wage" else i for i in read.items))
    assert wage.at_low == pytest.approx(evaluate(low).net_benefit)
    assert wage.low == pytest.approx(460_000 - 1.959964 * 25_000)
    cost = next(s for s in swings if s.parameter == "ips.amount")  # told in 2016, written in 2014
    assert cost.low == pytest.approx(stats.gamma(400 / 9, scale=2250).ppf(0.025) * 103.6 / 97.9)


def test_what_is_changed_by_name_is_what_changes_in_the_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    read = read_analysis(TRIAL)
    text = TRIAL.read_text().replace("tax = 0.22", "tax = 0.4").replace("costs = 0.04", "costs = 0.01")
    (tmp_path / "changed.toml").write_text(text)
    changed = evaluate(read_analysis(tmp_path / "changed.toml")).net_benefit
    assert net_with(read, {"wage.tax": 0.4, "discount.costs": 0.01})[0, -1] == pytest.approx(changed)
