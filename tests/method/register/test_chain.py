"""The whole way from register files to an effect, against what was planted in the files."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner, Result

from fotfeste.commands.register import app
from fotfeste.register.simulation import Plan, person_ids, true_lives

PEOPLE = 3000
PLAN = Plan(people=PEOPLE)


def run(*arguments: object) -> Result:
    told = CliRunner().invoke(app, ["register", *map(str, arguments)])
    assert told.exit_code == 0, told.output
    return told


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of the README one after the other."""
    folder = tmp_path_factory.mktemp("registers")
    run("simulate", "--people", PEOPLE, "--out", folder)
    run("panel", folder)
    run("outcomes", folder, "--definition", "in_work_at_18_months")
    return folder


def planted_and_found(registers: Path) -> pl.DataFrame:
    """Each followed month of each person: in ordinary work as it was planted, and as the outcomes say."""
    people, worked, _ = true_lives(PLAN, 0, person_ids(PLAN)[0])
    row, month = np.indices(worked.shape)
    planted = pl.DataFrame(
        {
            "person_id": people.person_id[row.ravel()].astype(str),
            "calendar": month.ravel() + PLAN.first_year * 12,
            "planted": worked.ravel().astype(np.int64),
        }
    )
    found = pl.read_parquet(registers / "outcomes" / "*.parquet").with_columns(
        pl.col("calendar").cast(pl.Int64), pl.col("person_id").cast(pl.String)
    )
    return found.join(planted, on=("person_id", "calendar"), how="left")


def test_the_outcomes_are_the_planted_work_in_every_month_of_every_person(registers: Path) -> None:
    """Missing and late ends, corrections, pay without job, jobs without pay, excused months without pay, second jobs,
    subsidised and set-aside work, tiny jobs, fees, unknown codes: none of them changes a single month."""
    told = planted_and_found(registers)
    assert told.height > 40 * PEOPLE
    assert told.filter(pl.col("outcome") != pl.col("planted")).height == 0


def test_the_effect_curve_holds_the_known_effect(registers: Path) -> None:
    truth = json.loads((registers / "truth.json").read_text())["effect"]["all"]["risk_difference"]
    result = json.loads(run("effect", registers, "--by", "month", "--json", "--subgroups", 18).output)
    assert result["by_month"][0]["difference"]["p"] is None  # nobody works in the month of inclusion
    for effect in result["by_month"]:
        difference = effect["difference"]
        if effect["month"] in (6, 12, 18, 24, 36, 43):
            assert abs(difference["estimate"] - truth[effect["month"]]) < 3 * difference["se"]
    assert [one["name"] for one in result["subgroups"]] == [
        "age_18_30",
        "over_21_without_upper_secondary",
        "severe",
    ]


def test_counting_subsidised_work_finds_too_small_an_effect(registers: Path, tmp_path: Path) -> None:
    run("panel", registers, "--out", tmp_path, "--without", "subtract_measures")
    run("outcomes", tmp_path, "--definition", "in_work_at_18_months")
    shares = []
    for folder in (registers, tmp_path):
        rows = pl.read_parquet(folder / "outcomes" / "*.parquet").filter(pl.col("month") == 12)
        mean = dict(rows.group_by("arm").agg(pl.col("outcome").mean()).iter_rows())
        shares.append(mean["ips"] - mean["control"])
    assert shares[1] < shares[0] - 0.01


def test_another_seed_plants_other_lives() -> None:
    lives = [true_lives(replace(PLAN, seed=seed), 0, person_ids(PLAN)[0])[1] for seed in (1, 2)]
    assert (lives[0] != lives[1]).any()
