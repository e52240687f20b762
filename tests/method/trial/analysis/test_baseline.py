"""The baseline table: who the people of each arm were at the start."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.method.trial.analysis.made_up import PLAN, rows, write

from fotfeste.files import read_cells
from fotfeste.trial.analysis.baseline import ArmAtStart, baseline
from fotfeste.trial.analysis.records import read_trial
from fotfeste.trial.plan import read_plan


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return rows(n=120)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]]) -> dict[str, ArmAtStart]:
    """The arm «ips», by column."""
    path: Path = write(tmp_path_factory.mktemp("data") / "data.csv", told)
    plan = read_plan(PLAN)
    table = baseline(plan, read_trial(plan, read_cells(path)))
    assert [[arm.arm for arm in line.arms] for line in table] == [["ips", "usual"]] * len(table)
    return {line.column: line.arms[0] for line in table}


def test_site_strata_baseline_columns_and_scores_at_the_start_are_there_in_the_order_of_the_plan(
    found: dict[str, ArmAtStart],
) -> None:
    assert list(found) == ["site", "severity", "education", "age", "hads@0"]


def test_categories_are_counted_and_those_without_an_answer_told_apart(
    told: list[dict[str, Any]], found: dict[str, ArmAtStart]
) -> None:
    here = [row["education"] for row in told if row["arm"] == "ips"]
    assert found["education"].counts == {"no": here.count("no"), "yes": here.count("yes")}
    assert found["education"].missing == here.count("") > 0
    assert found["education"].people + found["education"].missing == 60


def test_numbers_have_mean_spread_and_quartiles(told: list[dict[str, Any]], found: dict[str, ArmAtStart]) -> None:
    ages = sorted(row["age"] for row in told if row["arm"] == "ips")
    amount = found["age"].amount
    mean = sum(ages) / 60
    assert amount.mean == pytest.approx(mean)
    assert amount.sd == pytest.approx((sum((age - mean) ** 2 for age in ages) / 59) ** 0.5)
    assert amount.median == (ages[29] + ages[30]) / 2
    assert (amount.low_quartile, amount.high_quartile) == tuple(np.percentile(ages, (25, 75)))
