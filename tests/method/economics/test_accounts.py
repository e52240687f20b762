"""What each pays and gets, and what of it remains over society."""

from dataclasses import replace

import numpy as np
import pytest
from tests.method.economics import slow
from tests.method.economics.examples import TRIAL, analysis, item, work

from fotfeste.economics.accounts import books
from fotfeste.economics.curves import Curve
from fotfeste.economics.discounting import present_value
from fotfeste.economics.evaluation import BadHorizon, evaluate
from fotfeste.economics.payers import PAYERS, PUBLIC
from fotfeste.economics.prices import NoPrice, Prices, Rate
from fotfeste.economics.reading import read_analysis
from fotfeste.economics.shapes import Analysis


def test_a_transfer_moves_money_and_changes_nothing_over_society() -> None:
    paid = item("transfer", 1000.0, payer="participant", receiver="nav", per="year_in_work", at_month=None)
    told = evaluate(analysis(paid))
    assert told.by_payer["nav"].net_benefit == pytest.approx(0.1 * 2 * 1000)
    assert told.by_payer["participant"].net_benefit == pytest.approx(-0.1 * 2 * 1000)
    assert told.net_benefit == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("receiver", PAYERS)
def test_whoever_a_transfer_is_between_it_cancels_but_for_the_cost_of_taxes(payer: str, receiver: str) -> None:
    paid = item("transfer", 1000.0, payer=payer, receiver=receiver, arm="intervention")
    without = evaluate(analysis(paid))
    assert without.net_benefit == pytest.approx(0, abs=1e-12)
    taxed = evaluate(analysis(paid, tax_financing=0.2))
    assert taxed.net_benefit == pytest.approx(200.0 * ((receiver in PUBLIC) - (payer in PUBLIC)))


def test_production_is_shared_out_whole() -> None:
    wage = item("production", 500_000.0, per="full_time_year", at_month=None, employer_contribution=0.141, tax=0.25)
    told = evaluate(analysis(wage))
    produced = 0.1 * 2 * 500_000
    assert told.net_benefit == pytest.approx(produced * 1.141)
    assert told.by_payer["participant"].net_benefit == pytest.approx(produced * 0.75)
    assert told.by_payer["state"].net_benefit == pytest.approx(produced * (0.25 + 0.141))
    assert told.by_payer["employer"].net_benefit == 0


def test_the_payers_together_are_society() -> None:
    told = evaluate(read_analysis(TRIAL))
    assert sum(account.net_benefit for account in told.by_payer.values()) == pytest.approx(told.net_benefit)
    lines = sum(amount for line in told.by_line for amount in line.by_payer.values())
    assert lines + told.by_payer["tax_financing"].net_benefit == pytest.approx(told.net_benefit)


PERSPECTIVES = {
    "society": {*PAYERS, "tax_financing"},
    "public": set(PUBLIC),
    "nav": {"nav"},
    "participant": {"participant"},
}


@pytest.mark.parametrize("perspective", PERSPECTIVES)
@pytest.mark.parametrize("months", [1, 18, 43])
def test_loops_by_hand_give_the_same_net_benefit(perspective: str, months: int) -> None:
    read = replace(read_analysis(TRIAL), perspective=perspective)  # type: ignore[arg-type]
    expected = slow.net_benefit(read, months, PERSPECTIVES[perspective])
    assert evaluate(read, horizon_months=months).net_benefit == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("before", ["none", "grows", "full"])
@pytest.mark.parametrize(("after", "lasts"), [("stays", 30.0), ("stays", 1e6), ("fades", 40.0)])
def test_loops_by_hand_agree_on_every_shape_of_the_effect(before: str, after: str, lasts: float) -> None:
    curve = Curve(months=(6.0, 20.0), before=before, after=after, lasts_to_month=lasts)  # type: ignore[arg-type]
    effect = work(curve=curve, difference=(0.2, 0.1), reference=(0.3, 0.4), full_time_share=0.5)
    wage = item("production", 100.0, per="full_time_year", at_month=None, from_month=3.0, to_month=33.5)
    cost = item("cost", 7.0, per="month", at_month=None, to_month=9.5, payer="nav", arm="intervention")
    once = item("benefit", 3.0, at_month=12.0, receiver="others", arm="reference")
    told = analysis(wage, cost, once, effect=effect, discount_costs=0.05, tax_financing=0.1)
    expected = slow.net_benefit(told, 48, PERSPECTIVES["society"])
    assert evaluate(told, horizon_months=48).net_benefit == pytest.approx(expected, rel=1e-12)


def test_the_horizon_cuts_what_comes_later_and_the_curve_tells_each_month() -> None:
    read = read_analysis(TRIAL)
    whole = evaluate(read, horizon_months=60)
    for month in (1, 18, 43):
        assert whole.over_horizon[month - 1].net_benefit == pytest.approx(
            evaluate(read, horizon_months=month).net_benefit
        )


def test_a_longer_horizon_turns_the_loss_of_the_trial_window_into_a_gain() -> None:
    read = read_analysis(TRIAL)
    assert evaluate(read).horizon == 18
    assert evaluate(read).net_benefit < 0
    assert evaluate(read, horizon_months=43).net_benefit > 0


def test_it_pays_from_the_month_after_which_it_never_falls_below_zero_again() -> None:
    cost = item("cost", 100.0, payer="nav", arm="intervention", at_month=20.0)
    gain = item("benefit", 10.0, receiver="nav", per="month", at_month=None, arm="intervention")
    told = evaluate(analysis(cost, gain))
    # 10 a month, and 100 paid in month 20 when 200 are in: never below zero. With 220 it is, for two months.
    assert told.pays_from_month == 1
    dearer = evaluate(analysis(replace(cost, amount=220.0), gain))
    assert [m.month for m in dearer.over_horizon if m.net_benefit < 0] == [20, 21]
    assert dearer.pays_from_month == 22


@pytest.mark.parametrize(
    ("costs", "end", "beginning"),
    [((5, 10, 15), 26.79, 28.13), ((15, 10, 4), 26.81, 28.15)],
)
def test_present_values_are_those_of_drummonds_two_programmes(
    costs: tuple[int, ...], end: float, beginning: float
) -> None:
    """Drummond et al., Methods for the Economic Evaluation of Health Care Programmes, 3rd ed. 2005, section 4.2 (the
    costs of programmes A and B over three years at 5 per cent, paid at the end or at the beginning of each year). Its
    page could not be read; a handbook on clinical research in complementary therapies restates 26.79 and 26.81
    (fliphtml5.com/riqf/ckov)."""

    def value(first: int) -> float:
        items = [
            item(
                "cost", float(c), id=f"year{i}", payer="health_service", arm="intervention", at_month=12.0 * (i + first)
            )
            for i, c in enumerate(costs)
        ]
        return evaluate(analysis(*items, discount_costs=0.05, horizon_months=36.0)).cost

    assert value(1) == pytest.approx(end, abs=0.005)
    assert value(0) == pytest.approx(beginning, abs=0.005)


def test_discounting_is_one_over_one_plus_r_to_the_power_of_years() -> None:
    assert present_value([0, 1, 2.5], 0.04)[0] == pytest.approx([1, 1 / 1.04, 1.04**-2.5])
    assert np.diff(present_value(np.arange(40), 0.04)[0]).max() < 0


def test_effects_are_told_without_discounting_and_held_against_cost_with_it() -> None:
    cost = item("cost", 100.0, payer="nav", arm="intervention")
    told = evaluate(analysis(cost, discount_effects=0.05, effect_measure="year_in_work", workdays_per_year=230.0))
    assert told.effects.years_in_work == pytest.approx(0.2)
    assert told.effects.workdays == pytest.approx(46)
    assert told.cost_effectiveness is not None
    months = [0.1 / 12 / 1.05 ** ((m + 0.5) / 12) for m in range(24)]
    assert told.cost_effectiveness.effect == pytest.approx(sum(months))
    assert told.cost_per_extra_person_in_work == pytest.approx(100 / 0.1)
    assert told.cost_per_extra_workday == pytest.approx(100 / 46)
    assert told.cost_per_extra_full_time_year == pytest.approx(100 / 0.2)


def test_a_day_in_work_is_a_day_however_short() -> None:
    told = evaluate(
        analysis(effect=work(full_time_share=0.5), effect_measure="workday", workdays_per_year=230.0),
    )
    assert told.cost_effectiveness
    assert told.cost_effectiveness.effect == pytest.approx(46)
    assert told.effects.full_time_years == pytest.approx(0.1)


def test_prices_are_moved_by_the_index_of_the_file() -> None:
    prices = Prices(
        currency="NOK", year=2020, index={2015: 100.0, 2020: 112.0}, rates={"EUR": Rate(year=2015, rate=9.0)}
    )
    assert prices.factor(currency="NOK", year=2015) == pytest.approx(1.12)
    assert prices.factor(currency="EUR", year=2015) == pytest.approx(9 * 1.12)
    assert prices.factor(currency="NOK", year=2020) == 1


@pytest.mark.parametrize(
    ("currency", "year", "reason"), [("NOK", 2016, "price_year"), ("SEK", 2015, "currency"), ("EUR", 2016, "currency")]
)
def test_a_price_without_an_index_or_a_rate_of_its_own_year_is_refused(currency: str, year: int, reason: str) -> None:
    prices = Prices(
        currency="NOK", year=2020, index={2015: 100.0, 2020: 112.0}, rates={"EUR": Rate(year=2015, rate=9.0)}
    )
    with pytest.raises(NoPrice) as error:
        prices.factor(currency=currency, year=year)
    assert error.value.reason == reason


@pytest.mark.parametrize("months", [0.0, 0.5, 12.5])
def test_a_horizon_of_part_of_a_month_is_refused(months: float) -> None:
    with pytest.raises(BadHorizon):
        evaluate(analysis(), horizon_months=months)


def swapped(told: Analysis) -> Analysis:
    """The same question asked from the other side: the arms change places."""
    other = {"intervention": "reference", "reference": "intervention", None: None}
    assert told.effect
    levels = tuple(r + d for r, d in zip(told.effect.reference or (), told.effect.difference, strict=True))
    return replace(
        told,
        items=tuple(replace(i, arm=other[i.arm]) for i in told.items),  # type: ignore[arg-type]
        effect=replace(told.effect, reference=levels, difference=tuple(-d for d in told.effect.difference)),
    )


def test_changing_the_arms_about_changes_every_sign_and_nothing_else() -> None:
    read = read_analysis(TRIAL)
    one, other = evaluate(read), evaluate(swapped(read))
    assert other.net_benefit == pytest.approx(-one.net_benefit)
    assert other.cost == pytest.approx(-one.cost)
    for payer, account in one.by_payer.items():
        assert other.by_payer[payer].net_benefit == pytest.approx(-account.net_benefit)
    assert one.cost_effectiveness
    assert other.cost_effectiveness
    assert other.cost_effectiveness.icer == pytest.approx(one.cost_effectiveness.icer)
    assert one.cost_effectiveness.quadrant == "more_costly_more_effective"
    assert other.cost_effectiveness.quadrant == "less_costly_less_effective"


def test_books_of_many_sets_of_inputs_are_the_books_of_each() -> None:
    read = read_analysis(TRIAL)
    wages = np.array([300_000.0, 460_000.0, 700_000.0])
    together = books(read, {**read.inputs(), "wage.amount": wages}, 30).net()
    for place, wage in enumerate(wages):
        alone = books(read, {**read.inputs(), "wage.amount": np.array([wage])}, 30).net()
        assert together[:, place] == pytest.approx(alone[:, 0])
