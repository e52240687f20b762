"""What the commands write for others: nothing that fewer than five people are behind, or that gives it away."""

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from fotfeste.commands.register import app
from fotfeste.register.summary import arm_outcomes, panel_years


def by_person(folder: Path, arms: dict[str, Sequence[tuple[int | None, bool]]]) -> Path:
    rows = [{"arm": arm, "value": value, "censored": censored} for arm, of in arms.items() for value, censored in of]
    (folder / "by_person").mkdir()
    pl.DataFrame(rows, schema_overrides={"value": pl.Int64}).write_parquet(folder / "by_person" / "b=0.parquet")
    return folder


def panel(folder: Path, months: Sequence[tuple[int, int, int, int]]) -> Path:
    """Each of so many people from a first one, so many months of a year in ordinary work or not."""
    rows = [
        (person, 12 * year + month % 12, int(work > 0), int(work < 1), 2000)
        for year, people, of, work in months for person in range(people) for month in range(of)
    ]  # fmt: skip
    (folder / "panel").mkdir()
    frame = pl.DataFrame(rows, ("person_id", "month", "ordinary", "subsidised", "hours"), orient="row")
    frame.with_columns(pl.col("month").cast(pl.Int32)).write_parquet(folder / "panel" / "b=0.parquet")
    return folder


def yes_and_no(yes: int, no: int) -> list[tuple[int | None, bool]]:
    return [(1, False)] * yes + [(0, False)] * no


def test_a_share_of_four_people_is_shown_in_neither_arm(tmp_path: Path) -> None:
    """4 of 20 have the outcome in one arm. The other's 8 would give them away with 12 of 40."""
    told = by_person(tmp_path, {"ips": yes_and_no(8, 12), "usual": yes_and_no(4, 16)})
    assert [(arm.n, arm.mean) for arm in arm_outcomes(told, share=True)] == [(20, None), (20, None)]
    assert [arm.mean for arm in arm_outcomes(told, share=True, below=0)] == [0.4, 0.2]


def test_where_those_who_left_are_few_all_who_began_are_not_shown_beside_those_known(tmp_path: Path) -> None:
    left: tuple[int | None, bool] = (None, True)
    told = by_person(tmp_path, {arm: yes_and_no(8, 12) + [left] * n for arm, n in (("ips", 2), ("usual", 7))})
    shown = arm_outcomes(told, share=True)
    assert [(arm.n, arm.known, arm.mean, arm.censored) for arm in shown] == [(None, 20, 0.4, None)] * 2


def test_a_year_of_many_months_of_three_people_is_not_shown_nor_the_next_that_gives_it_away(tmp_path: Path) -> None:
    told = panel(tmp_path, [(2015, 3, 12, 1), (2016, 30, 4, 1), (2017, 40, 5, 1)])
    years = panel_years(told)
    assert [year.employed for year in years] == [None, None, 200]
    assert [year.hours for year in years] == [None, None, 20.0]
    assert [year.employed for year in panel_years(told, below=0)] == [36, 120, 200]


def test_subsidised_work_of_few_people_takes_the_ordinary_beside_it(tmp_path: Path) -> None:
    told = panel(tmp_path, [(2015, 30, 6, 1), (2015, 3, 6, 0), (2016, 30, 6, 1), (2016, 8, 6, 0)])
    assert [(y.employed, y.ordinary, y.subsidised) for y in panel_years(told)] == [(198, None, None), (228, None, None)]


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 people with a job from 2012 or from 2016; the jobs of 3 end before they begin, of 12 are of no known type."""
    folder = tmp_path_factory.mktemp("registers")
    start = [2012 + 4 * (n % 2) for n in range(40)]
    jobs = [
        f"{n},{n},{'odd' if n >= 28 else 'ordinary'},9,{year}-01-01,{year - 1 if n < 3 else year}-12-31,100,37.5"
        for n, year in enumerate(start)
    ]
    head = "person_id,job_id,type,establishment_org,start,end,percent,fulltime_hours"
    (folder / "jobs.csv").write_text("\n".join([head, *jobs, ""]))
    people = "".join(f"{n},2012-01-01\n" for n in range(40))
    (folder / "participants.csv").write_text("person_id,inclusion_date\n" + people)
    return folder


def checked(folder: Path, *options: str) -> dict[tuple[str, int | None], dict[str, object]]:
    told = CliRunner().invoke(app, ["register", "check", str(folder), "--json", *options])
    assert told.exit_code == 0, told.output
    return {(one["check"], one.get("year")): one for one in json.loads(told.output)["findings"]}


def test_a_check_tells_others_of_no_fault_of_three_people_and_one_for_oneself_all(registers: Path) -> None:
    shown, whole = checked(registers), checked(registers, "--small-cells", "0")
    wrong, odd = shown["end_before_start", None], shown["unknown_type", None]
    assert [wrong[name] for name in ("rows", "before", "since", "share")] == [None] * 4
    assert [odd[name] for name in ("rows", "before", "since", "share")] == [12, 6, 6, 0.3]
    assert whole["end_before_start", 2012]["rows"] == 2
    assert whole["unknown_type", 2016]["people"] == 6


def test_what_is_held_back_is_said_in_the_table(registers: Path) -> None:
    told = CliRunner().invoke(app, ["register", "check", str(registers)], env={"COLUMNS": "200"}).output
    assert "– er færre enn 5 personer, eller tall som de kunne regnes ut av." in told
    assert "40 personer. jobs: 40 rader, participants: 40 rader" in told
