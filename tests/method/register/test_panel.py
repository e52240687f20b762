from dataclasses import fields
from datetime import date, timedelta

import polars as pl
import pytest
from tests.method.register.cases import CASES, FIRST, LAST, mondays, spelled_out, write_cases

from fotfeste.register.buckets import make_buckets
from fotfeste.register.delivered import read_folder
from fotfeste.register.making import make_panel
from fotfeste.register.periods import Window
from fotfeste.register.rules import Rules

RULES = [field.name for field in fields(Rules)]
SCALE = {"hours": 100, "percent": 100, "ordinary_hours": 100, "main_hours": 100, "pay": 100}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The panel and the work of all cases with every rule on ("") and with each switched off."""
    folder = tmp_path_factory.mktemp("cases")
    write_cases(folder)
    files = {name: file.frame for name, file in read_folder(folder).items()}
    buckets = make_buckets(files, folder, sources={"all": "cases"}, people_per_bucket=len(CASES))
    window = Window(first=FIRST, last=LAST)
    people = pl.read_parquet(folder / "buckets/participants").select("person_id", "person")
    jobs = pl.read_parquet(folder / "buckets/jobs").join(people, on="person_id").sort("job_id")
    made = {"jobs": {p: list(dict.fromkeys(ids)) for p, ids in jobs.group_by("person").agg("job_id").rows()}}
    for rule in ["", *RULES]:
        rules = Rules.without([rule] if rule else [])
        make_panel(buckets, folder / rule, rules=rules, window=window, weeks=not rule)
        made[rule] = {
            name: pl.read_parquet(folder / rule / name / "*.parquet").join(people, on="person_id")
            for name in ("panel", "work", "weeks")
            if name != "weeks" or not rule
        }
    return made


def _of(told, number, rule=""):
    return told[rule]["panel"].filter(pl.col("person") == f"p{number}").sort("month")


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["title"] for case in CASES])
def test_worked_cases(told, number):
    case = CASES[number]
    panel, without = _of(told, number), _of(told, number, case["rule"])
    employed = spelled_out(case["employed"])
    assert panel["month"].to_list() == employed
    assert without["month"].to_list() == spelled_out(case["without"])
    ordinary = spelled_out(case["ordinary"]) if "ordinary" in case else employed
    assert panel.filter(pl.col("ordinary") == 1)["month"].to_list() == ordinary
    weeks = told[""]["weeks"].filter(pl.col("person") == f"p{number}").sort("monday")
    if "weeks" in case:
        assert weeks["monday"].to_list() == mondays(case["weeks"])
    for rows, expected in ((panel, "months"), (without, "without_months"), (weeks, "week_rows")):
        for when, row in case.get(expected, {}).items():
            at = (
                pl.col("monday") == date.fromisoformat(when)
                if rows is weeks
                else pl.col("month") == spelled_out([when])[0]
            )
            got = rows.row(by_predicate=at, named=True)
            job = {} if "main_job" not in row else {"main_job": told["jobs"][f"p{number}"][row["main_job"] - 1]}
            wanted = {name: round(value * SCALE.get(name, 1)) for name, value in row.items()} | job
            assert {name: got[name] for name in wanted} == wanted
    if "work" in case:
        work = told[""]["work"].filter(pl.col("person") == f"p{number}", pl.col("ordinary") == 1).sort("start")
        days = [
            (date(1970, 1, 1) + timedelta(a), date(1970, 1, 1) + timedelta(b - 1))
            for a, b in work.select("start", "stop").rows()
        ]
        assert days == [tuple(period) for period in case["work"]]


def _either(jobs):
    """Whether any is ordinary, and whether any is not."""
    return tuple(int(kind in {ordinary for _, ordinary in jobs}) for kind in (1, 0))


def test_the_weeks_of_all_cases_are_those_of_their_days_one_by_one(told):
    """Each day of each job laid out in a plain loop; a job's last day of a week says how it was."""
    expected = {}
    work = told[""]["work"].sort("start").select("person", "job_id", "start", "stop", "hours", "ordinary")
    for person, job, start, stop, hours, ordinary in work.rows():
        for day in (date(1970, 1, 1) + timedelta(number) for number in range(start, stop)):
            jobs = expected.setdefault((person, day - timedelta(day.weekday())), {})
            jobs[job] = (hours, ordinary)
    got = told[""]["weeks"].select("person", "monday", "jobs", "hours", "ordinary", "subsidised").rows()
    assert sorted(got) == sorted(
        (*of, len(jobs), sum(hours for hours, _ in jobs.values()), *_either(jobs.values()))
        for of, jobs in expected.items()
    )
    assert len(got) > 300
