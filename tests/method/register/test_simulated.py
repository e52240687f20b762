"""Made-up registers: the same again, readable as a delivery, with the effect they promise and the faults they list."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from fotfeste.commands.register import app
from fotfeste.register.delivered import File, read_folder
from fotfeste.register.quality import Quality, quality
from fotfeste.register.simulation import Plan, simulate
from fotfeste.register.simulation.lives import Lives, People, in_work, true_effect

PEOPLE = 4000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("made")
    return out, simulate(Plan(people=PEOPLE), out)


@pytest.fixture(scope="module")
def files(made: tuple[Path, dict[str, Any]]) -> dict[str, File]:
    return read_folder(made[0])


@pytest.fixture(scope="module")
def told(files: dict[str, File]) -> Quality:
    return quality(files)


def test_the_same_seed_makes_the_same_files_and_another_seed_others(
    made: tuple[Path, dict[str, Any]], files: dict[str, File], tmp_path: Path
) -> None:
    for seed, same in ((1, True), (2, False)):
        simulate(Plan(people=PEOPLE, seed=seed), tmp_path / str(seed))
        again = read_folder(tmp_path / str(seed))
        assert [again[name].sha256() == file.sha256() for name, file in files.items()] == [same] * 10


def test_what_is_made_is_a_delivery_without_a_bad_cell_in_both_forms(files: dict[str, File], tmp_path: Path) -> None:
    simulate(Plan(people=50), tmp_path, form="csv")
    for delivery in (files, read_folder(tmp_path)):
        assert len(delivery) == 10
        for file in delivery.values():
            file.verify()
            file.verify_key()


@pytest.mark.parametrize(
    ("check", "file", "planted"),
    [
        ("missing_end", "jobs", ("missing_end", "missing_end_at_death")),
        ("late_end", "jobs", ("late_end",)),
        ("corrected", "jobs", ("late_correction",)),
        ("job_without_pay", "jobs", ("job_without_pay", "unknown_type")),
        ("pay_without_job", "pay", ("pay_without_job",)),
        ("pay_outside_job", "pay", ("holiday_pay_after",)),
        ("several_in_establishment", "jobs", ("second_job_same_establishment",)),
        ("overlapping_jobs", "jobs", ("second_job_elsewhere",)),
        ("small_job", "jobs", ("tiny_job_from_2015",)),
        ("supported_job", "jobs", ("wage_subsidy", "vta")),
        ("end_before_start", "jobs", ("end_before_start",)),
        ("unknown_type", "jobs", ("unknown_type",)),
    ],
)
def test_the_check_finds_every_planted_fault_and_nothing_else(
    made: tuple[Path, dict[str, Any]], told: Quality, check: str, file: str, planted: tuple[str, ...]
) -> None:
    expected = sum(made[1]["planted"][name] for name in planted)
    assert expected > 0
    assert told.total(check, file) == expected


def test_small_jobs_are_seen_only_after_the_break_of_2015(told: Quality) -> None:
    assert {finding.year >= 2015 for finding in told.findings if finding.check == "small_job" and finding.year} == {
        True
    }


def test_looking_at_some_people_at_a_time_finds_the_same(
    files: dict[str, File], told: Quality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fotfeste.register.quality.PEOPLE", 900)
    assert quality(files) == told


def test_listed_rows_are_the_rows_of_the_file(files: dict[str, File]) -> None:
    jobs = files["jobs"].frame.collect()
    for row in quality(files, listing="end_before_start").listed:
        start, end = jobs.select("start", "end").row(row.row - 2)
        assert end < start


def test_lives_follow_the_promised_shares_in_work() -> None:
    """The shares of a closed formula for a Markov chain, against 40,000 lives drawn month by month."""
    n, month, lives = 40_000, 18, Lives()
    random = np.random.default_rng(1)
    offered, young = random.random(n) < 0.5, random.random(n) < 0.5
    never, no = np.full(n, 99), np.zeros(n, dtype=np.bool_)
    people = People(
        person_id=np.arange(n),
        included=np.full(n, 5),
        offered=offered,
        young=young,
        gone=never,
        died=no,
        emigrated=no,
    )
    worked = in_work(people, lives, 5 + month + 1, random)[:, -1]
    for group, members in (("young", young), ("older", ~young)):
        for arm, of in (("ips", offered), ("control", ~offered)):
            promised = true_effect(lives, month, 0.5)[group][arm][month]
            seen = worked[members & of]
            assert abs(seen.mean() - promised) < 4 * np.sqrt(promised * (1 - promised) / seen.size)


def test_the_promised_effect_is_that_of_the_norwegian_trial_at_18_months() -> None:
    """27.1 and 37.4 per cent: Reme et al. 2019, Scand J Work Environ Health 45:33-41, abstract."""
    effect = true_effect(Lives(), 18, 0.5)["all"]
    assert effect["control"][18] == pytest.approx(0.271, abs=0.005)
    assert effect["ips"][18] == pytest.approx(0.374, abs=0.005)


def test_the_commands_make_and_check_registers(tmp_path: Path) -> None:
    run = CliRunner().invoke
    made = run(app, ["register", "simulate", "--people", "60", "--out", str(tmp_path), "--json"])
    assert json.loads(made.output)["effect"]["all"]["risk_difference"][0] == 0
    checked = run(app, ["register", "check", str(tmp_path), "--json"])
    result = json.loads(checked.output)
    assert (result["schema"], result["people"]) == ("fotfeste.register.check/1", 60)
    assert len(result["data_sha256"]) == 64
    assert "Slutt mangler" in run(app, ["register", "check", str(tmp_path)]).output
    refused = run(app, ["register", "check", str(tmp_path), "--rows", "nothing"])
    assert refused.exit_code == 2
    assert "Funnet «nothing» finnes ikke her. Bruk missing_end" in refused.output
