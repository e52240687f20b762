"""Cohort models against printed ones, a slow loop and properties."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.method.economics import slow
from tests.method.economics.examples import analysis, item

from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.markov import BadCohort, Cohort, Counted, Row, State, Treatment
from fotfeste.economics.ratios import cost_effectiveness
from fotfeste.economics.shapes import Analysis

LIVING = ("A", "B", "C")
COSTS = {"A": 1701 + 1055, "B": 1774 + 1278, "C": 6948 + 2059}
MOVES = (("A", "B"), ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("C", "D"))


def hiv(counted: Counted = "end") -> Analysis:
    """Zidovudine with lamivudine for two years against zidovudine alone: Chancellor, Hill, Sabin, Simpson and Youle,
    Modelling the cost effectiveness of lamivudine/zidovudine combination therapy in HIV infection, PharmacoEconomics
    1997;12(1):54-66, as in Briggs, Claxton and Sculpher (2006), pages 30 to 33 and exercise 2.5 (counts of moves and
    yearly costs as R's heemod and rdecision restate them)."""
    cohort = Cohort(
        states=tuple(State(id=s, name=s, utility=float(s != "D")) for s in "ABCD"),
        start=(1.0, 0.0, 0.0, 0.0),
        rows=(
            Row(state="A", probabilities=(1251 / 1734, 350 / 1734, 116 / 1734, 17 / 1734), people=1734),
            Row(state="B", probabilities=(0.0, 731 / 1258, 512 / 1258, 15 / 1258), people=1258),
            Row(state="C", probabilities=(0.0, 0.0, 1312 / 1749, 437 / 1749), people=1749),
        ),
        cycle_months=12.0,
        counted=counted,
        treatments=(Treatment(id="both", measure="ratio", effect=0.509, transitions=MOVES, to_month=24.0),),
    )
    yearly: dict[str, Any] = {"per": "year_in_state", "at_month": None, "payer": "health_service"}
    items = [item("cost", COSTS[s] + 2278.0, id=s, states=(s,), **yearly) for s in LIVING]
    extra = item("cost", 2086.5, id="lamivudine", states=LIVING, arm="intervention", to_month=24.0, **yearly)
    return analysis(
        *items,
        extra,
        effect=None,
        cohort=cohort,
        horizon_months=240.0,
        discount_costs=0.06,
        effect_measure="qaly",
        willingness_to_pay=(0.0, 5000.0, 10_000.0),
    )


def test_the_hiv_model_gives_the_costs_life_years_and_ratio_of_the_textbook() -> None:
    """Chancellor et al., PharmacoEconomics 1997;12(1):54-66, abstract: 6,276 pounds a life-year. Briggs et al. (2006),
    exercise 2.5: 44,663, 50,602 and 6,276; the decimals are those of the book's own spreadsheet as R's heemod holds
    them in tests/testthat/test_dmhee.R."""
    told = evaluate(hiv())
    assert told.by_arm
    assert told.by_arm["reference"].cost == pytest.approx(44663.4535637)
    assert told.by_arm["intervention"].cost == pytest.approx(50601.6513312)
    assert told.effects.qalys == pytest.approx(8.9373889 - 7.9912066, abs=1e-7)
    assert told.cost_effectiveness
    assert told.cost_effectiveness.quadrant == "more_costly_more_effective"
    assert told.cost_effectiveness.icer == pytest.approx(6275.95560, rel=1e-8)


def test_a_half_cycle_more_of_life_is_counted_with_the_correction() -> None:
    """8.475 and 9.42 life-years with the half-cycle correction: R's rdecision, tests/testthat/test-model-AZT.R."""
    model = hiv("half_cycle")
    assert model.cohort
    values = model.inputs()
    for treated, expected in ((False, 8.475), (True, 9.42)):
        shares = model.cohort.trace(values, treated=treated, cycles=20).shares[0]
        living = shares[:, :3].sum(axis=1)
        assert living[:-1].sum() / 2 + living[1:].sum() / 2 == pytest.approx(expected, abs=0.005)
    corrected, uncorrected = evaluate(model).effects.qalys, evaluate(hiv()).effects.qalys
    assert corrected is not None
    assert uncorrected is not None
    assert corrected == pytest.approx(9.42 - 8.475, abs=0.005)
    assert corrected < uncorrected  # the last year of the longer life is half outside


STATES = ("primary", "success", "revision", "success_again", "death")


def hips(ratio: float, price: float) -> Analysis:
    """Hip replacement in women of 60: moves that change from year to year (Briggs et al. 2006, exercise 3.5)."""
    scale, shape = np.exp(-5.490935 - 0.0367022 * 60), np.exp(0.3740968)
    ages = ((45, 0.00099), (55, 0.0026), (65, 0.0067), (75, 0.0193), (85, 0.0535), (200, 0.1548))
    rows = []
    for cycle in range(60):
        age, now = 60 + cycle + 1, cycle + 1
        death = next(p for limit, p in ages if age < limit)
        # The first year is the operation; years since then count from its end.
        fails = 1 - np.exp(scale * ratio * ((now - 1) ** shape - now**shape))
        told = {
            "primary": (0.0, 0.98, 0.0, 0.0, 0.02),
            "success": (0.0, 1 - fails - death, fails, 0.0, death),
            "revision": (0.0, 0.0, 0.0, 1 - 0.02 - death, 0.02 + death),
            "success_again": (0.0, 0.0, 0.04, 1 - 0.04 - death, death),
        }
        rows += [Row(state=s, probabilities=p, from_month=12.0 * cycle) for s, p in told.items()]
    utilities = (0.0, 0.85, 0.30, 0.75, 0.0)
    cohort = Cohort(
        states=tuple(State(id=s, name=s, utility=u) for s, u in zip(STATES, utilities, strict=True)),
        start=(1.0, 0.0, 0.0, 0.0, 0.0),
        rows=tuple(rows),
        cycle_months=12.0,
        counted="end",
    )
    revision = {"per": "year_in_state", "states": ("revision",), "payer": "health_service", "at_month": None}
    return analysis(
        item("cost", price, id="operation", payer="health_service"),
        item("cost", 5294.0, id="revision", **revision),  # type: ignore[arg-type]
        effect=None,
        cohort=cohort,
        horizon_months=720.0,
        discount_costs=0.06,
        discount_effects=0.015,
    )


@pytest.mark.parametrize(
    ("ratio", "price", "cost", "qalys", "after_four_years"),
    [
        (1.0, 394.0, 512.434658, 14.6531896, (0.95757109, 0.00115802, 0.00166964, 0.03960125)),
        (np.exp(-1.344474), 579.0, 610.311818, 14.69770986, (0.95968665, 0.00030239, 0.00043553, 0.03957543)),
    ],
)
def test_moves_that_change_with_time_give_the_hip_model_of_the_textbook(
    ratio: float, price: float, cost: float, qalys: float, after_four_years: tuple[float, ...]
) -> None:
    """Briggs et al. (2006), exercise 3.5; the decimals of its spreadsheet as heemod holds them in test_dmhee.R."""
    model = hips(ratio, price)
    told = evaluate(model)
    assert model.cohort
    shares = model.cohort.trace(model.inputs(), treated=False, cycles=60).shares[0]
    assert shares[4, 1:] == pytest.approx(after_four_years, abs=5e-9)
    assert told.by_arm
    assert told.by_arm["reference"].cost == pytest.approx(cost, rel=1e-7)
    utilities = np.array([0.0, 0.85, 0.30, 0.75, 0.0])
    lived = (shares[1:] @ utilities) / 1.015 ** np.arange(1, 61)
    assert lived.sum() == pytest.approx(qalys, rel=1e-7)


def test_the_hip_of_the_textbook_costs_its_ratio() -> None:
    """Briggs et al. (2006), exercise 3.5: 2,198.486665 a quality-adjusted life-year, from heemod's test_dmhee.R."""
    costs, lived = [], []
    for ratio, price in ((1.0, 394.0), (np.exp(-1.344474), 579.0)):
        model = hips(ratio, price)
        assert model.cohort
        shares = model.cohort.trace(model.inputs(), treated=False, cycles=60).shares[0]
        told = evaluate(model).by_arm
        assert told
        costs.append(told["reference"].cost)
        lived.append((shares[1:] @ [0.0, 0.85, 0.30, 0.75, 0.0] / 1.015 ** np.arange(1, 61)).sum())
    assert cost_effectiveness(costs[1] - costs[0], lived[1] - lived[0]).icer == pytest.approx(2198.486665, rel=1e-6)


def test_a_loop_by_hand_follows_the_same_cohort() -> None:
    model = hiv().cohort
    assert model
    known = [list(row.probabilities) for row in model.rows] + [[0.0, 0.0, 0.0, 1.0]]
    treated = []
    for i, row in enumerate(known):
        new = [p * 0.509 if (("ABCD"[i], "ABCD"[j]) in MOVES) else 0.0 for j, p in enumerate(row)]
        new[i] = 1 - sum(new)
        treated.append(new)
    expected = slow.cohort([treated] * 2 + [known] * 18, [1.0, 0.0, 0.0, 0.0])
    found = model.trace(hiv().inputs(), treated=True, cycles=20).shares[0]
    assert found == pytest.approx(np.array(expected), abs=1e-14)


def test_a_treatment_that_ends_inside_a_cycle_works_for_its_part() -> None:
    model = hiv().cohort
    assert model
    values = hiv().inputs()
    ended = {
        end: model.trace({**values, "both.to_month": np.array([end])}, treated=True, cycles=3).shares[0, 3, 0]
        for end in (24.0, 30.0, 36.0)
    }
    assert ended[24.0] < ended[30.0] < ended[36.0]
    assert ended[30.0] == pytest.approx((ended[24.0] + ended[36.0]) / 2)


def test_a_difference_is_added_to_the_move_and_taken_from_staying() -> None:
    cohort = two_states(Treatment(id="t", measure="difference", effect=0.05, transitions=(("out", "work"),)))
    values = {**given_inputs(cohort), "effect.scale": np.array([0.0, 1.0, 2.0])}
    first = cohort.trace(values, treated=True, cycles=1).shares[:, 1]
    assert first == pytest.approx(np.array([[0.9, 0.1], [0.85, 0.15], [0.8, 0.2]]))


def test_half_a_ratio_is_its_square_root_and_no_ratio_is_the_reference() -> None:
    cohort = two_states(Treatment(id="t", measure="ratio", effect=4.0, transitions=(("out", "work"),)))
    values = {**given_inputs(cohort), "effect.scale": np.array([0.0, 0.5, 1.0])}
    assert cohort.trace(values, treated=True, cycles=1).shares[:, 1, 1] == pytest.approx([0.1, 0.2, 0.4])


def two_states(*treatments: Treatment, p: float = 0.1, q: float = 0.2) -> Cohort:
    return Cohort(
        states=(State(id="out", name="out"), State(id="work", name="work", in_work=True, full_time_share=1.0)),
        start=(1.0, 0.0),
        rows=(Row(state="out", probabilities=(1 - p, p)), Row(state="work", probabilities=(q, 1 - q))),
        cycle_months=1.0,
        counted="half_cycle",
        treatments=treatments,
    )


def given_inputs(cohort: Cohort) -> dict[str, Any]:
    return {n: np.array([v]) for n, v in cohort.inputs().items()} | cohort.rows_by_name() | {"effect.scale": np.ones(1)}


@settings(max_examples=25)
@given(p=st.floats(0.01, 0.5), q=st.floats(0.01, 0.5), cycles=st.integers(1, 60))
def test_two_states_follow_the_formula(p: float, q: float, cycles: int) -> None:
    """A chain of two states: p/(p+q) * (1 - (1-p-q)^n) are in the second after n cycles."""
    found = (
        two_states(p=p, q=q).trace(given_inputs(two_states(p=p, q=q)), treated=False, cycles=cycles).shares[0, -1, 1]
    )
    assert found == pytest.approx(p / (p + q) * (1 - (1 - p - q) ** cycles))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rows": (Row(state="out", probabilities=(0.9, 0.2)),)}, "sum"),
        ({"rows": (Row(state="out", probabilities=(1.1, -0.1)),)}, "negative"),
        (
            {"treatments": (Treatment(id="t", measure="difference", effect=-0.2, transitions=(("out", "work"),)),)},
            "negative",
        ),
        (
            {"treatments": (Treatment(id="t", measure="ratio", effect=11.0, transitions=(("out", "work"),)),)},
            "above_one",
        ),
    ],
)
def test_what_is_no_probability_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadCohort) as error:
        replace(two_states(), **change).check(12)
    assert error.value.reason == reason


def test_drawn_effects_that_leave_the_range_are_held_and_counted() -> None:
    cohort = two_states(Treatment(id="t", measure="ratio", effect=2.0, transitions=(("out", "work"),)))
    values = {**given_inputs(cohort), "t.effect": np.array([2.0, 20.0])}
    trace = cohort.trace(values, treated=True, cycles=1)
    assert trace.held.tolist() == [False, True]
    assert trace.shares[1, 1] == pytest.approx([0.0, 1.0])
