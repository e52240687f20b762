"""Trials that never were: their power, how schemes behave, and data that hang together."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from math import comb, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from tests.method.trial.commands import refused, run, told

from fotfeste.employment import Form, Job, Term, outcome, outcome_definition
from fotfeste.periods import add_months
from fotfeste.trial import randomisation
from fotfeste.trial.errors import BadDesign, OtherPeople
from fotfeste.trial.plan import BadPlan, read_plan
from fotfeste.trial.power import TwoProportions
from fotfeste.trial.randomisation import allocate, read_requests
from fotfeste.trial.simulation import working_lives
from fotfeste.trial.simulation.behaviour import behaviour
from fotfeste.trial.simulation.chance import generator
from fotfeste.trial.simulation.made_up import made_up_trial
from fotfeste.trial.simulation.own_columns import own_values
from fotfeste.trial.simulation.plan_power import plan_power
from fotfeste.trial.simulation.powers import simulated_power

NORWEGIAN = Path(__file__).parents[3] / "examples" / "trial" / "norwegian.toml"
GOLDEN = Path(__file__).parent / "golden"
POWERS = {case["id"]: case for case in json.loads((GOLDEN / "trial_cases.json").read_text(encoding="utf-8"))["cases"]}[
    "power_exact"
]["expected"][0]


@pytest.fixture
def plan_with(tmp_path):
    """The small frozen plan, or another, with pieces of its text exchanged."""

    def plan_with(*pieces, of=GOLDEN / "allocations" / "permuted_blocks" / "plan.toml"):
        text = of.read_text(encoding="utf-8")
        for old, new in zip(pieces[::2], pieces[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return read_plan(path)

    return plan_with


# ---- power


@pytest.mark.parametrize(("method", "name"), [("exact-z", "pooled_z"), ("exact-yates", "yates"), ("fisher", "fisher")])
def test_simulated_power_comes_to_the_exact_one_of_r(method, name):
    # trial_cases.json, power_exact, 205 in each arm; four Monte Carlo errors.
    found = simulated_power(TwoProportions(p1=0.37, p2=0.27, method=method), n1=205, n2=205, replicates=10_000, seed=1)
    assert found.mc_error == pytest.approx(sqrt(POWERS[name] * (1 - POWERS[name]) / 10_000), rel=0.02)
    assert abs(found.power - POWERS[name]) < 4 * found.mc_error


def test_simulated_trials_are_those_of_a_plain_loop_over_people():
    draw = np.random.default_rng(3)
    rejections = 0
    for _ in range(1500):
        x1, x2 = (draw.random(60) < 0.5).sum(), (draw.random(50) < 0.25).sum()
        shared = (x1 + x2) / 110
        z = (x1 / 60 - x2 / 50) / sqrt(shared * (1 - shared) * (1 / 60 + 1 / 50))
        rejections += abs(z) >= stats.norm.isf(0.025)
    found = simulated_power(TwoProportions(p1=0.5, p2=0.25), n1=60, n2=50, replicates=20_000, seed=2)
    assert abs(found.power - rejections / 1500) < 4 * sqrt(0.25 / 1500)


def test_the_same_seed_gives_the_same_trials_and_another_does_not():
    one, again, other = (
        simulated_power(TwoProportions(p1=0.37, p2=0.27), n1=205, n2=205, replicates=1000, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one.power != other.power


def test_a_margin_is_not_simulated():
    with pytest.raises(BadDesign, match="margin"):
        simulated_power(TwoProportions(p1=0.4, p2=0.4, margin=0.1), n1=50, n2=50, replicates=100, seed=1)


def test_simulated_power_from_the_command_line_tells_its_error():
    asked = ("power", "--p1", 0.37, "--p2", 0.27, "--n1", 205, "--n2", 205, "--simulate", 10_000)
    assert "Monte Carlo-feil 0,5 %, 10000 forsøk" in run(*asked).stdout
    assert told(*asked)["mc_error"] == pytest.approx(0.0049, abs=1e-4)
    assert refused(*asked, "--drop-out", 0.1) == "--simulate brukes ikke her.\n"


SMALL = """
[assumptions]
first_on = 2020-01-01
last_on = 2020-12-31
lost = { ips = 0.1, usual = 0.2 }
withdrew = { ips = 0, usual = 0 }
died = { ips = 0, usual = 0 }
"""


@pytest.fixture
def small(plan_with):
    """Forty people of whom 70 and 25 per cent are expected to be in work."""
    expected = "version = 1, expected = { ips = 0.7, usual = 0.25 } }]"
    rule = 'rule = "not_in_work"\n'
    return plan_with(rule, rule + SMALL, "version = 1 }]", expected)


def test_the_power_of_a_plan_is_that_of_its_own_analysis_on_each_trial(small):
    # statsmodels' Newcombe interval on the tables of the same trials, people without an outcome not in work.
    found = plan_power(small, replicates=12, seed=3)[0]
    rejections, estimates = 0, []
    for trial in range(12):
        people = as_dicts(made_up_trial(small, seed=3_000_000 + trial).data)
        in_work = Counter(one["arm"] for one in people if one["in_work@18"] == "1")
        randomised = Counter(one["arm"] for one in people)
        x1, n1, x2, n2 = (count[arm] for arm in ("ips", "usual") for count in (in_work, randomised))
        low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
        rejections += low > 0 or high < 0
        estimates.append(x1 / n1 - x2 / n2)
    assert found.power == rejections / 12
    assert rejections > 0
    assert found.estimate == pytest.approx(np.mean(estimates))
    assert found.sd == pytest.approx(np.std(estimates, ddof=1))


# ---- schemes


@pytest.mark.parametrize("size", [2, 4, 8])
def test_blocks_of_one_size_are_guessed_as_blackwell_and_hodges_say(plan_with, size):
    # Ann. Math. Stat. 1957;28:449-460: of a block of 2b people, b + (4^b / C(2b, b) - 1) / 2 are guessed right.
    b = size // 2
    expected = (b + (4**b / comb(size, b) - 1) / 2) / size
    plan = plan_with('by = ["site", "severity"]\nblock_sizes = [2, 4, 6]', f"block_sizes = [{size}]")
    found = behaviour(plan, replicates=2000, seed=1)
    assert found.n == 40  # whole blocks
    assert abs(found.guessed - expected) < 4 * found.mc_error + 1e-9


def test_simple_randomisation_is_guessed_no_better_than_by_chance():
    found = behaviour(read_plan(GOLDEN / "allocations" / "simple" / "plan.toml"), replicates=2000, seed=1)
    assert found.by_chance == 0.4
    assert abs(found.guessed - 0.4) < 4 * found.mc_error


def test_minimisation_gives_the_best_arm_with_the_chance_p(plan_with):
    blocks = 'scheme = "permuted_blocks"\nby = ["site", "severity"]\nblock_sizes = [2, 4, 6]'
    plan = plan_with(blocks, 'scheme = "minimisation"\nby = ["site"]\np = 0.999')
    found = behaviour(plan, replicates=500, seed=1)
    # One factor with two levels and p near 1 pairs people within a level: right for each second of a pair.
    assert found.guessed == pytest.approx(0.75, abs=0.02)
    assert next(one for one in found.differences if one.of == "site").p95 <= 1


@pytest.mark.parametrize("scheme", ["simple", "permuted_blocks", "minimisation"])
def test_the_fast_schemes_balance_as_the_real_ones_do(scheme):
    plan = read_plan(GOLDEN / "allocations" / scheme / "plan.toml")
    draw = np.random.default_rng(5)
    apart = []
    for _ in range(120):
        people = [{f.column: str(draw.choice(f.values)) for f in plan.factors} for _ in range(plan.planned_n)]
        counts = Counter(allocate(plan, draw.bytes(32), people))
        held = [counts[arm.id] / share for arm, share in zip(plan.arms, plan.shares, strict=True)]
        apart.append(max(held) - min(held))
    found = behaviour(plan, replicates=2000, seed=1).differences[0]
    assert found.of == "trial"
    assert abs(found.mean - np.mean(apart)) < 4 * np.std(apart) / sqrt(120)


def test_balance_is_told_for_people_and_as_json():
    plan = GOLDEN / "allocations" / "permuted_blocks" / "plan.toml"
    assert "Neste arm gjettes riktig 68," in run("balance", plan, "--replicates", 500).stdout
    made = told("balance", plan, "--replicates", 500)
    assert [one["of"] for one in made["differences"]] == ["trial", "site", "severity"]


# ---- data


@pytest.fixture(scope="module")
def made():
    plan = read_plan(NORWEGIAN)
    return plan, made_up_trial(plan, seed=1)


def as_dicts(rows):
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_the_made_up_trial_has_the_norwegian_design(made):
    plan, trial = made
    people = as_dicts(trial.data)
    assert len(people) == len({one["person"] for one in people}) == 410
    assert {one["site"] for one in people} == set(plan.sites.values)
    assert {one["severity"] for one in people} == {"moderate", "severe"}
    days = [date.fromisoformat(one["included_on"]) for one in people]
    assert days == sorted(days)
    assert all(plan.assumptions.first_on.year <= day.year <= 2014 and day.weekday() < 5 for day in days)
    arms = Counter(one["arm"] for one in people)
    assert abs(arms["ips"] - arms["usual"]) <= 2 * 3 * 12  # half a block of six in each of the twelve strata


def test_outcomes_follow_from_the_jobs_by_the_plans_definitions(made):
    _, trial = made
    jobs = {}
    for row in as_dicts(trial.jobs):
        start = date.fromisoformat(row["start"])
        end = date.fromordinal(date.fromisoformat(row["end"]).toordinal() + 1) if row["end"] else None
        term = Term(starts_on=start, ends_on=end, form=Form.PERMANENT, ordinary_rate=True, open_to_anyone=True)
        job = Job(
            id=row["job_id"],
            person=row["person_id"],
            employer=row["establishment_org"],
            occupation=row["styrk08"],
            starts_on=start,
            ends_on=end,
            terms=(term,),
        )
        jobs.setdefault(row["person_id"], []).append(job)
    checked = 0
    for row in as_dicts(trial.data):
        for column, id in (("in_work@18", "in_work_at_18_months"), ("one_day@18", "job_within_18_months")):
            if row[column]:
                entered = date.fromisoformat(row["included_on"])
                until = add_months(entered, 19)
                found = outcome(jobs.get(row["person"], ()), outcome_definition(id), entered_on=entered, until=until)
                assert row[column] == f"{found.value:d}"
                checked += 1
    assert checked > 700


def test_nothing_is_known_of_people_after_they_withdrew_or_died(made):
    left = [one for one in as_dicts(made[1].data) if one["withdrew_on"] or one["died_on"]]
    assert left
    for one in left:
        gone = date.fromisoformat(one["withdrew_on"] or one["died_on"])
        entered = date.fromisoformat(one["included_on"])
        assert gone > entered
        for column in ("in_work@12", "in_work@18", "hads@6", "hads@12"):
            due = add_months(entered, int(column.partition("@")[2]))
            assert bool(one[column]) == (due < gone), (one["person"], column)
        assert int(one["first_job@18"]) <= (gone - entered).days
        assert one["hads@0"]


def test_the_rates_give_the_shares_that_the_plan_expects():
    plan = read_plan(NORWEGIAN)
    draw = generator(7)
    ease = working_lives.ease(1500, draw)
    entered, definition = date(2013, 2, 4), outcome_definition("in_work_at_18_months")
    for arm, aim in enumerate((0.374, 0.271)):
        rates = working_lives.rates(plan, arm)
        in_work = [
            outcome(
                tuple(
                    working_lives.jobs_of(
                        "p", entered, ease=one, rates=rates, days=600, employers=["312345678"], draw=draw
                    )
                ),
                definition,
                entered_on=entered,
                until=add_months(entered, 19),
            ).value
            for one in ease.tolist()
        ]
        assert abs(np.mean(in_work) - aim) < 4 * sqrt(aim * (1 - aim) / 1500)


def test_scales_have_the_mean_and_spread_of_the_plan(made):
    people = as_dicts(made[1].data)
    start = np.array([float(one["hads@0"]) for one in people])
    assert abs(start.mean() - 15.6) < 4 * 7.66 / sqrt(410)
    assert 6.5 < start.std() < 8  # cut off at 0 and 42
    both = np.array([[float(one["hads@0"]), float(one["hads@6"])] for one in people if one["hads@6"]])
    assert 0.45 < np.corrcoef(both.T)[0, 1] < 0.72


def test_answers_on_a_questionnaire_keep_within_it():
    plan = read_plan(NORWEGIAN)
    hads = plan.outcome("hads")
    points = tuple(replace(point, expected=(1.0, 26.0)) for point in hads.points)
    asked = replace(hads, points=points, instrument=("phq-9", 1), lowest=None, highest=None)
    cells = own_values(replace(plan, outcomes=(asked,)), [0, 1] * 100, generator(1))
    scores = [int(cell) for cell in cells["hads@6"]]
    assert (min(scores), max(scores)) == (0, 27)


def test_a_plan_that_expects_nothing_makes_no_trial(plan_with):
    with pytest.raises(BadPlan, match="no_assumptions"):
        made_up_trial(read_plan(GOLDEN / "allocations" / "simple" / "plan.toml"), seed=1)
    without = plan_with("expected = { ips = 13.6, usual = 14.6 }", "", of=NORWEGIAN)
    with pytest.raises(BadPlan) as caught:
        made_up_trial(without, seed=1)
    assert (caught.value.key, caught.value.reason) == ("outcome[8].at[2].expected", "no_expected")


def test_a_trial_is_made_up_randomised_and_followed_with_the_arms_it_got(tmp_path):
    seed, log, made_up = tmp_path / "seed", tmp_path / "allocations.csv", tmp_path / "trial"
    assert run("simulate", NORWEGIAN, "--seed", 1, "--out", made_up).exit_code == 0
    sealed = told("commit", NORWEGIAN, "--seed-file", seed)["commitment"]
    asked = ("--seed-file", seed, "--requests", made_up / "requests.csv", "--out", log)
    assert run("randomise", NORWEGIAN, *asked).stdout.startswith("410 nye trukket")
    asked = ("--seed-file", seed, "--commitment", sealed, "--allocations", log)
    assert run("verify", NORWEGIAN, *asked).exit_code == 0
    assert run("simulate", NORWEGIAN, "--seed", 1, "--allocations", log, "--out", made_up).exit_code == 0
    with log.open(encoding="utf-8") as file:
        given = {row["person"]: row["arm"] for row in csv.DictReader(file)}
    with (made_up / "data.csv").open(encoding="utf-8") as file:
        assert {row["person"]: row["arm"] for row in csv.DictReader(file)} == given
    assert "Er det de samme personene?" in refused(
        "simulate", NORWEGIAN, "--seed", 2, "--allocations", log, "--out", made_up
    )


def test_allocations_of_others_are_refused(made, tmp_path):
    plan, trial = made
    path = tmp_path / "requests.csv"
    path.write_text(randomisation.csv_rows(trial.requests[:3]), encoding="utf-8")
    done = randomisation.randomise(plan, bytes(range(32)), (), read_requests(path, plan), allocated_at="now")
    with pytest.raises(OtherPeople) as caught:
        made_up_trial(plan, seed=1, allocations=done)
    assert caught.value.person == "p003"
