"""The value at which the net benefit is zero."""

from dataclasses import replace

import pytest
from tests.method.economics.examples import TRIAL, analysis, item
from tests.method.economics.test_markov import hiv

from fotfeste.economics.breakeven import NoSuchInput, break_even
from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.reading import read_analysis
from fotfeste.economics.sensitivity import net_with


def simple(**given: object):  # type: ignore[no-untyped-def]
    """100,000 spent on the first day; a tenth more work full time for a wage."""
    cost = item("cost", 100_000.0, payer="nav", arm="intervention")
    wage = item("production", 400_000.0, per="full_time_year", at_month=None, employer_contribution=0.1, tax=0.2)
    return analysis(cost, wage, **given)


def test_the_wage_is_the_cost_over_the_full_time_years_as_the_report_of_2016_asks() -> None:
    """Break-even wage = cost / (extra full-time years * (1 + employer's contribution)), nothing discounted."""
    told = break_even(simple(), "wage")
    assert told.value == pytest.approx(100_000 / (0.1 * 2 * 1.1))
    by_month = {point.horizon: point.value for point in told.over_horizon}
    assert by_month[12] == pytest.approx(100_000 / (0.1 * 1.1))
    assert told.now == 400_000


def test_the_other_three_questions_have_the_answers_of_the_same_equation() -> None:
    gained = 400_000 * 1.1 * 0.1  # a year
    assert break_even(simple(), "cost").value == pytest.approx(gained * 2)
    assert break_even(simple(), "effect").value == pytest.approx(100_000 / (gained * 2))
    assert break_even(simple(horizon_months=60.0), "duration").value == pytest.approx(12 * 100_000 / gained, abs=1e-6)
    assert break_even(simple(), "duration").value is None  # however long it lasts, two years do not do


@pytest.mark.parametrize("question", ["wage", "effect", "cost", "wage.amount", "effect.full_time_share"])
@pytest.mark.parametrize("months", [18.0, 43.0])
def test_at_the_break_even_the_net_benefit_is_zero(question: str, months: float) -> None:
    read = read_analysis(TRIAL)
    told = break_even(read, question, horizon_months=months)
    assert told.value is not None
    factor = next((i.factor for i in read.items if f"{i.id}.amount" == told.parameters[0]), 1.0)
    net = net_with(read, dict.fromkeys(told.parameters, told.value / factor), months)[0, -1]
    assert net == pytest.approx(0, abs=1e-3)


def test_a_cost_in_older_prices_breaks_even_in_the_prices_of_the_analysis() -> None:
    read = read_analysis(TRIAL)
    told = break_even(read, "cost")
    assert told.now == pytest.approx(100_000 * 103.6 / 97.9)
    assert told.value is not None
    assert told.value / told.now == pytest.approx(evaluate(read).benefit / evaluate(read).cost)


def test_an_answer_for_every_horizon_falls_as_the_effect_gets_time_to_work() -> None:
    told = break_even(read_analysis(TRIAL), "wage", longest=60)
    values = [point.value for point in told.over_horizon if point.value is not None and point.horizon >= 18]
    assert values == sorted(values, reverse=True)
    assert told.horizon == 18
    assert len(told.over_horizon) == 60


def test_a_cohorts_treatment_can_be_scaled_until_its_effect_carries_its_cost() -> None:
    gain = item("benefit", 10_000.0, per="year_in_state", states=("A", "B", "C"), receiver="participant", at_month=None)
    model = hiv()
    model = replace(model, items=(*model.items, gain))
    told = break_even(model, "effect")
    assert told.value is not None
    assert net_with(model, {"effect.scale": told.value})[0, -1] == pytest.approx(0, abs=1e-3)


def test_a_question_with_several_answers_asks_which_is_meant() -> None:
    second = item("cost", 1.0, id="second", payer="nav", arm="intervention")
    told = simple()
    with pytest.raises(NoSuchInput) as error:
        break_even(replace(told, items=(*told.items, second)), "cost")
    assert error.value.known == ("cost.amount", "second.amount")
    with pytest.raises(NoSuchInput):
        break_even(told, "wages.amount")


def test_what_is_not_treated_has_no_duration() -> None:
    model = hiv()
    assert model.cohort
    with pytest.raises(NoSuchInput):
        break_even(replace(model, cohort=replace(model.cohort, treatments=())), "duration")
