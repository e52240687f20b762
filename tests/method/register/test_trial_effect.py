"""The effect of a trial month by month: R's numbers, the truth of made-up lives, and what is held back."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.method.register.golden_numbers import GOLDEN, golden
from typer.testing import CliRunner

from fotfeste.commands.register import app
from fotfeste.register.effect.outcomes import Outcomes, read_outcomes
from fotfeste.register.effect.shown import without_small_cells
from fotfeste.register.effect.trial import Cluster, trial_effect
from fotfeste.register.simulation.lives import Lives, People, in_work, true_effect

TRIAL = GOLDEN / "trial.csv"
run = CliRunner().invoke


def with_old(outcomes: Outcomes) -> Outcomes:
    with TRIAL.open() as lines:
        old = np.array([row["old"] == "1" for row in csv.DictReader(lines)])
    return replace(outcomes, groups={"old": (old, ~old)})


@pytest.mark.parametrize("outcome", ["outcome", "hours"])
@pytest.mark.parametrize("cluster", ["person", "site"])
def test_difference_and_ratio_have_the_clustered_errors_of_r(cluster: Cluster, outcome: str) -> None:
    """R 4.2.2, sandwich 3.0-2, vcovCL(type = "HC1") of lm and of quasi-Poisson glm; validation/register.R."""
    expected = golden("r.csv")
    effect = trial_effect(read_outcomes(TRIAL, outcome=outcome), cluster=cluster).by_month[0]
    assert effect.ratio is not None
    assert effect.difference is not None
    found = {"difference": effect.difference.estimate, "difference_se": effect.difference.se}
    found |= {"log_ratio": effect.ratio.estimate, "log_ratio_se": effect.ratio.se}
    for name, value in found.items():
        assert value == pytest.approx(expected[f"{cluster}_{outcome}_{name}"], rel=1e-9)
    assert effect.difference.measure == ("RD" if outcome == "outcome" else "MD")
    assert effect.difference.df == (None if cluster == "person" else 11)


@pytest.mark.parametrize("cluster", ["person", "site"])
def test_subgroups_are_compared_by_their_interaction_alone(cluster: Cluster) -> None:
    """R 4.2.2: the coefficient arm:old of lm with vcovCL(type = "HC1"); validation/register.R."""
    expected = golden("r.csv")
    told = trial_effect(with_old(read_outcomes(TRIAL)), cluster=cluster, subgroup_months=(18,)).subgroups[0]
    assert told.interaction is not None
    assert told.interaction.estimate == pytest.approx(expected[f"{cluster}_interaction"], rel=1e-9)
    assert told.interaction.se == pytest.approx(expected[f"{cluster}_interaction_se"], rel=1e-9)


def lives(people: int, months: int, seed: int, *, only_last: bool = False) -> Outcomes:
    random = np.random.default_rng(seed)
    offered, young, no = random.random(people) < 0.5, random.random(people) < 0.5, np.zeros(people, dtype=np.bool_)
    who = People(
        person_id=np.arange(people),
        included=np.zeros(people, dtype=np.int64),
        offered=offered,
        young=young,
        gone=np.full(people, months + 1),
        died=no,
        emigrated=no,
    )
    worked = in_work(who, Lives(), months + 1, random)
    of, month = (rows.ravel() for rows in np.indices(worked.shape))
    if only_last:
        of, month, worked = of[month == months], month[month == months], worked[:, -1]
    return Outcomes(
        person=of,
        arm=np.where(offered, "ips", "control")[of],
        site=np.full(of.size, "x"),
        month=month,
        outcome=worked.ravel().astype(float),
        groups={"young": (young[of], ~young[of])},
    )


def test_the_interval_holds_the_known_effect_of_made_up_lives_as_often_as_it_says() -> None:
    """200 trials of 400 people: 95 of 100 intervals at month 18 hold the truth, within four Monte Carlo errors."""
    truth = true_effect(Lives(), 18, 0.5)["all"]["risk_difference"][18]
    held = 0
    for seed in range(200):
        told = trial_effect(lives(400, 18, seed, only_last=True)).by_month[-1].difference
        assert told is not None
        held += told.ci_low <= truth <= told.ci_high
    assert abs(held / 200 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 200)


def test_a_month_with_a_small_cell_is_held_back_whole_and_people_are_rounded() -> None:
    outcomes = lives(200, 12, 1)
    plain = trial_effect(outcomes, subgroup_months=(1, 12))
    shown = without_small_cells(plain)
    small = [e for e in plain.by_month if any(0 < (arm.events or 0) < 5 for arm in (e.intervention, e.control) if arm)]
    assert small
    for effect in shown.by_month:
        if effect.month in {one.month for one in small}:
            assert (effect.intervention, effect.difference, effect.ratio) == (None, None, None)
        elif effect.intervention:
            assert (effect.intervention.n or 0) % 5 == (effect.intervention.events or 0) % 5 == 0
    first, last = shown.subgroups
    assert (first.members, first.others, first.interaction, first.suppressed) == (None, None, None, True)
    assert last.members is not None


def test_the_command_prints_draws_and_holds_back(tmp_path: Path) -> None:
    chart = tmp_path / "curve.svg"
    told = run(app, ["register", "effect", str(TRIAL), "--by", "month", "--chart", str(chart)])
    assert "20,0" in told.output
    assert "<svg" in chart.read_text()
    assert chart.with_suffix(".csv").read_text(encoding="utf-8-sig").startswith("month,intervention,control")
    result = json.loads(run(app, ["register", "effect", str(TRIAL), "--json"]).output)
    assert result["by_month"][0]["ratio"]["ratio"] == pytest.approx(np.exp(result["by_month"][0]["ratio"]["estimate"]))
    assert result["by_month"][0]["intervention"]["n"] == 120
    assert result["small_cells_below"] == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--outcome", "wage"], "trial.csv, rad 1, kolonne wage: Kolonnen finnes ikke. Filen har person_id, site, arm"),
        (["--intervention", "IPS"], "Tabellen har ikke armene «IPS» og «control». Den har control, ips."),
        (["--chart", "curve.pdf"], "«.pdf» er ikke en figurfil."),
    ],
)
def test_a_wrong_question_is_refused_in_a_sentence(arguments: list[str], said: str) -> None:
    told = run(app, ["register", "effect", str(TRIAL), *arguments])
    assert told.exit_code == 2
    assert told.output.startswith(said)


def test_a_table_without_numbers_is_refused_at_its_row(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("person_id,arm,month,outcome\n1,ips,1,0\n2,control,1,yes\n")
    assert run(app, ["register", "effect", str(table)]).output == (
        "own.csv, rad 3, kolonne outcome, «yes»: Dette er ikke et tall.\n"
    )
