"""Bad data are listed by row and column, and nothing is analysed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.method.trial.analysis.made_up import PLAN, rows, write

from fotfeste.files import read_cells
from fotfeste.trial.analysis.records import BadTrialData, Problem, TrialData, column_of, read_trial
from fotfeste.trial.plan import Plan, read_plan

TOLD = read_plan(PLAN)


def read(tmp_path: Path, told: list[dict[str, Any]], plan: Plan = TOLD) -> TrialData:
    return read_trial(plan, read_cells(write(tmp_path / "data.csv", told)))


def problems(tmp_path: Path, told: list[dict[str, Any]], plan: Plan = TOLD) -> list[Problem]:
    with pytest.raises(BadTrialData) as raised:
        read(tmp_path, told, plan)
    return list(raised.value.problems)


@pytest.fixture
def people() -> list[dict[str, Any]]:
    return rows(n=12)


def test_good_data_are_read_with_their_holes(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    people[3]["in_work@18"] = ""
    people[4]["education"] = ""
    found = read(tmp_path, people)
    assert found.n == 12
    assert np.flatnonzero(np.isnan(found.numbers["in_work@18"])).tolist() == [
        i for i, row in enumerate(people) if row["in_work@18"] == ""
    ]
    assert column_of(found, "education")[4] == "unknown"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("arm", "placebo", "unknown_arm"),
        ("arm", "", "missing"),
        ("person", "p000", "duplicate_person"),
        ("person", "", "missing"),
        ("site", "Nord", "unknown_level"),
        ("severity", "", "missing"),
        ("included_on", "04.02.2013", "date"),
        ("included_on", "", "missing"),
        ("withdrew_on", "2001-01-01", "before_inclusion"),
        ("died_on", "2001-01-01", "before_inclusion"),
        ("age", "seksti", "number"),
        ("age", "12", "below_lowest"),
        ("age", "112", "above_highest"),
        ("education", "maybe", "unknown_level"),
        ("in_work@18", "2", "zero_or_one"),
        ("weeks@18", "-1", "negative"),
        ("weeks@18", "80", "above_highest"),
        ("hours@18", "inf", "number"),
        ("hours@18", "13393", "above_highest"),  # 18 months of 31 days have 13,392 hours
        ("longest_job@18", "559", "above_highest"),
        ("first_job@18", "559", "above_highest"),
        ("hads@0", "43", "above_highest"),
        ("first_job@18", "-3", "negative"),
        ("first_job_event@18", "", "time_without_event"),
        ("first_job@18", "", "event_without_time"),
    ],
)
def test_each_impossible_cell_is_named_with_its_row(tmp_path: Path, column: str, value: str, reason: str) -> None:
    people = [row for row in rows(n=30) if row["first_job@18"] != ""][:5]
    people[2][column] = value
    people[3]["arm"], people[4]["arm"] = "ips", "usual"
    found = problems(tmp_path, people)
    assert [(p.row, p.reason) for p in found] == [(4, reason)]
    assert found[0].column in (column, "first_job_event@18")


def test_every_problem_is_told_at_once_in_the_order_of_the_rows(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    people[7]["arm"] = "x"
    people[1]["in_work@12"] = "ja"
    people[1]["died_on"] = "1999-12-31"
    found = problems(tmp_path, people)
    assert [(p.row, p.column) for p in found] == [(3, "in_work@12"), (3, "died_on"), (9, "arm")]
    assert found[2].known == ("ips", "usual")


def test_a_planned_column_that_is_not_there_is_a_problem(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    for row in people:
        del row["one_day@18"]
        del row["site"]
    assert {(p.row, p.column, p.reason) for p in problems(tmp_path, people)} == {
        (1, "one_day@18", "missing_column"),
        (1, "site", "missing_column"),
    }


def test_an_arm_of_the_plan_with_nobody_in_it_is_a_problem(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    (found,) = problems(tmp_path, [row for row in people if row["arm"] == "ips"])
    assert (found.row, found.column, found.reason, found.known) == (1, "arm", "nobody_in_arm", ("usual",))


def questionnaire_plan(tmp_path: Path) -> Plan:
    text = PLAN.read_text(encoding="utf-8")
    described = (
        'description = "Sum av 14 ledd, 0 til 42, spørreskjema ved inklusjon, 6 og 12 måneder"\n'
        "lowest = 0\nhighest = 42\n"
    )
    assert described in text
    told = text.replace(described, 'instrument = "phq-9"\ninstrument_version = 1\n').replace('"hads', '"phq')
    (tmp_path / "plan.toml").write_text(told, encoding="utf-8")
    return read_plan(tmp_path / "plan.toml")


def with_answers(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in people:
        for month in (0, 6, 12):
            del row[f"hads@{month}"]
            row |= {f"phq.{item}@{month}": item % 4 for item in range(1, 10)}
    return people


def test_answers_are_scored_where_the_score_is_not_given(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    told = with_answers(people)
    told[0]["phq.9@6"] = ""
    found = read(tmp_path, told, questionnaire_plan(tmp_path))
    # 1 + 2 + 3 + 0 + 1 + 2 + 3 + 0 + 1, and without the last the mean of the eight for nine.
    assert found.numbers["phq@6"][:2].tolist() == [pytest.approx(12 * 9 / 8), 13]
    assert found.scored == ("phq@0", "phq@6", "phq@12")


def test_an_answer_that_is_not_on_the_form_is_a_problem(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    told = with_answers(people)
    told[5]["phq.3@12"] = 7
    found = problems(tmp_path, told, questionnaire_plan(tmp_path))
    assert [(p.row, p.column, p.reason) for p in found] == [(7, "phq.3@12", "not_an_answer")]
