"""Ratios against the figures that studies of IPS print."""

from dataclasses import replace

import pytest
from tests.method.economics.examples import analysis, item, work

from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.ratios import cost_effectiveness, net_monetary_benefit, quadrant, returns


def value(formula: str, **given: float) -> float:
    found = next(r for r in returns(**given) if r.formula == formula)
    assert found.value is not None
    return found.value


def test_the_norwegian_return_is_net_benefit_and_cost_over_cost() -> None:
    """LSE Research Online 130236 (2025), abstract, Int$ million: net benefit 2.62 over society and 0.24 public, cost
    0.70, return 4.76. The printed cost is rounded: 4.76 must lie between what 0.695 and 0.705 give, and 4.74 is what
    the printed figures give. No other formula comes near."""
    told = {
        cost: value("net_benefit_plus_cost_over_cost", net_benefit=2.62, cost=cost) for cost in (0.695, 0.70, 0.705)
    }
    assert told[0.70] == pytest.approx(4.74, abs=0.005)
    assert told[0.705] < 4.76 < told[0.695]
    assert value("net_benefit_over_cost", net_benefit=2.62, cost=0.70) == pytest.approx(3.74, abs=0.005)
    assert value("net_benefit_plus_cost_over_cost", net_benefit=0.24, cost=0.70) == pytest.approx(1.34, abs=0.005)


def test_thirty_three_people_for_each_full_time_year_in_norway() -> None:
    """The same abstract: 561 people, 67.76 full-time years over four years, 33 people for each full-time year."""
    told = evaluate(analysis(effect=work(difference=(67.76 / 561 / 4,)), horizon_months=48.0))
    assert told.people_per_full_time_year == pytest.approx(33, abs=0.5)


def veterans() -> dict[str, float]:
    cost = item("cost", 29_691.0, payer="health_service", arm="intervention")
    earned = item("production", 9_762.0, arm="intervention", employer_contribution=0.1, tax=0.2)
    told = evaluate(analysis(cost, earned, effect=work(reference=(0.2,)), perspective="society"))
    return {r.formula: r.value for r in told.returns if r.value is not None}


def test_the_veterans_return_is_income_over_cost_in_the_arm_itself() -> None:
    """VIP-STAR, Jordan et al. 2022, Adm Policy Ment Health 49(3):429-439, abstract: 32.9 per cent (9,762 / 29,691)."""
    assert veterans()["income_over_cost"] == pytest.approx(0.329, abs=0.0005)


def test_the_two_returns_of_the_same_figures_differ() -> None:
    told = veterans()
    assert told["net_benefit_plus_cost_over_cost"] == pytest.approx(1.1 * 9762 / 29691)
    assert told["net_benefit_over_cost"] == pytest.approx(1.1 * 9762 / 29691 - 1)


def test_the_veterans_cost_differences_come_out_of_the_arms() -> None:
    """Jordan et al. 2022 (23,245 and 19,276 a person-year, difference printed as 3,970 before rounding) and Psychiatric
    Services 202100197 (vocational services 6,388 and 2,549, difference 3,839)."""
    for ips, other, printed in ((23_245.0, 19_276.0, 3_970.0), (6_388.0, 2_549.0, 3_839.0)):
        one = item("cost", ips, id="ips", payer="health_service", arm="intervention")
        two = item("cost", other, id="other", payer="health_service", arm="reference")
        assert evaluate(analysis(one, two)).cost == pytest.approx(printed, abs=1)


def test_the_benefits_of_washington_state_add_up() -> None:
    """WSIPP, programme 293 (IPS for serious mental illness): benefits 8,283 = taxpayers 2,614 + participants 6,138 +
    others 2 + indirect -471; programme cost 951. The printed parts are rounded to whole dollars."""
    gains = {"state": 2_614.0, "participant": 6_138.0, "others": 2.0}
    items = [item("benefit", amount, id=payer, receiver=payer, arm="intervention") for payer, amount in gains.items()]
    indirect = item("benefit", 471.0, id="indirect", receiver="others", arm="reference")
    cost = item("cost", 951.0, payer="state", arm="intervention")
    told = evaluate(analysis(*items, indirect, cost))
    assert told.benefit == pytest.approx(8_283, abs=1)
    assert told.net_benefit == pytest.approx(8_283 - 951, abs=1)
    assert told.by_payer["participant"].net_benefit == pytest.approx(6_138)
    assert value("net_benefit_plus_cost_over_cost", net_benefit=told.net_benefit, cost=told.cost) == pytest.approx(
        8283 / 951, abs=0.005
    )


@pytest.mark.parametrize(
    ("cost", "effect", "expected", "icer"),
    [
        (100, 2, "more_costly_more_effective", 50),
        (-100, 2, "less_costly_more_effective", None),
        (-100, -2, "less_costly_less_effective", 50),
        (100, -2, "more_costly_less_effective", None),
        (0, 2, "less_costly_more_effective", None),
        (100, 0, "more_costly_less_effective", None),
        (-100, 0, "less_costly_more_effective", None),
        (0, -2, "more_costly_less_effective", None),
        (0, 0, "no_difference", None),
    ],
)
def test_each_quadrant_has_its_name_and_a_ratio_only_where_it_means_something(
    cost: float, effect: float, expected: str, icer: float | None
) -> None:
    told = cost_effectiveness(cost, effect)
    assert (told.quadrant, told.icer) == (expected, icer)


def test_at_a_willingness_to_pay_of_the_ratio_itself_the_worth_is_nothing() -> None:
    """IPS in Denmark for mood and anxiety (Hellström), in Park et al. 2022: 1,183 euro more; the effect is made up."""
    told = cost_effectiveness(1_183, 0.04)
    assert told.icer
    assert net_monetary_benefit(1_183, 0.04, willingness_to_pay=told.icer) == pytest.approx(0, abs=1e-9)


def test_a_return_on_nothing_spent_is_not_told() -> None:
    assert all(r.value is None for r in returns(net_benefit=10, cost=0))
    assert all(r.value is None for r in returns(net_benefit=10, cost=-5, income=3))


def test_a_better_result_never_lies_in_a_worse_quadrant() -> None:
    assert quadrant(-1, 1) == quadrant(-1e9, 1e-9) == "less_costly_more_effective"


def test_income_of_the_arm_is_not_told_where_its_level_is_unknown() -> None:
    told = evaluate(analysis(item("production", 1.0, arm="intervention", employer_contribution=0.1, tax=0.2)))
    assert "income_over_cost" not in {r.formula for r in told.returns}
    known = evaluate(
        replace(
            analysis(),
            effect=work(reference=(0.2,)),
            items=(item("production", 1.0, tax=0.0, employer_contribution=0.0),),
        )
    )
    assert "income_over_cost" in {r.formula for r in known.returns}
