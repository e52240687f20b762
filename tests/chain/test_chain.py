"""The page ``docs/kjeden.md``: every command on it, in its order, and what it proves."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from fotfeste.commands import evidence, story, trace

PAGE = Path(__file__).parents[2] / "docs" / "kjeden.md"
JOBS = "register/jobs.csv"


def run(app: Any, *words: str) -> Result:
    return CliRunner().invoke(app, words, env={"COLUMNS": "80"})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that the story was told in, and what it said."""
    folder = tmp_path_factory.mktemp("kjeden") / "KJEDEN"
    result = run(story.app, str(folder))
    assert result.exit_code == 0, result.output
    return folder, result.stdout


@pytest.fixture
def folder(told: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(told[0])
    return told[0]


def lines(text: str) -> list[str]:
    """Without versions, and the first digits of hashes: the log has the moment of each drawing in it."""
    found = (re.sub(r"\b[0-9a-f]{12}\b|\(\d+\.\d+\.\d+\)", "#", line).rstrip() for line in text.splitlines())
    return [line for line in found if line]


def read(name: str) -> Any:
    return json.loads(Path(name).read_text(encoding="utf-8"))


def at_18_months() -> Any:
    return next(month for month in read("oppdiktet.json")["by_month"] if month["month"] == 18)


def test_the_page_shows_the_commands_of_the_story_and_what_they_say(told: tuple[Path, str]) -> None:
    blocks = re.findall(r"^```console\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    shown = "".join(blocks)
    assert re.findall(r"^\$ (.+)$", shown, re.MULTILINE) == story.steps()
    assert lines(shown) == lines(told[1])


def test_the_effect_that_was_planned_is_inside_the_interval_that_was_found(folder: Path) -> None:
    expected = tomllib.loads(Path("forsok.toml").read_text(encoding="utf-8"))["outcome"][0]["at"][0]["expected"]
    found = at_18_months()["difference"]
    assert found["ci_low"] < expected["ips"] - expected["usual"] < found["ci_high"]


def test_the_review_has_one_study_more_with_the_registers_counts(folder: Path) -> None:
    before = json.loads(run(evidence.app, "evidence", "pool", "ips_trials.csv", "--json").stdout)
    after, arms = read("samlet.json"), at_18_months()
    assert after["k"] == before["k"] + 1
    ratio = (arms["intervention"]["events"] / arms["intervention"]["n"]) / (
        arms["control"]["events"] / arms["control"]["n"]
    )
    assert after["studies"][-1]["study"] == "oppdiktet"
    assert 2.718281828459045 ** after["studies"][-1]["effect"] == pytest.approx(ratio, rel=1e-12)
    assert "mixed_outcome_definitions" in after["warnings"]


def test_the_account_is_of_the_very_number_that_the_follow_up_printed(folder: Path) -> None:
    found, account = at_18_months()["difference"], read("verdi.json")
    assert account["effects"]["in_work"] == found["estimate"]
    low, high = (1.959963984540054 * sign * found["se"] + found["estimate"] for sign in (-1, 1))
    effect = next(one for one in account["tornado"] if one["parameter"].startswith("effect.difference"))
    assert (effect["low"], effect["high"]) == (pytest.approx(low), pytest.approx(high))


def every(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for one in node["made_of"]:
        yield from every(one)


def walk() -> tuple[int, list[dict[str, Any]]]:
    result = run(trace.app, "verdi.json", "--json")
    return result.exit_code, list(every(json.loads(result.stdout)))


def test_the_walk_from_the_account_reaches_the_rows_and_names_what_has_changed(folder: Path) -> None:
    code, whole = walk()
    assert code == 0
    assert {one["status"] for one in whole} == {"unchanged", "source"}
    rows = {one["file"]: one["rows"] for one in whole}
    assert rows[JOBS] == len(Path(JOBS).read_text(encoding="utf-8").splitlines()) - 1
    assert rows["register/participants.csv"] == rows["trekninger.csv"] == 410
    content = Path(JOBS).read_bytes()
    Path(JOBS).write_bytes(content.replace(b"80", b"81", 1))
    try:
        code, changed = walk()
    finally:
        Path(JOBS).write_bytes(content)
    assert code == 1
    assert {one["file"] for one in changed if one["status"] not in ("unchanged", "source")} == {JOBS}
    assert [one["file"] for one in changed] == [one["file"] for one in whole]


def test_a_story_is_told_in_a_folder_of_its_own(folder: Path) -> None:
    refused = run(story.app, str(folder))
    assert refused.exit_code == 2
    assert "Finnes fra før." in refused.output
