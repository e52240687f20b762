"""Every result and every file that a command writes tells which files it was made of."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.method.register.cases import write_cases
from typer.testing import CliRunner

from fotfeste.commands.economics import app as economics
from fotfeste.commands.evidence import app as evidence
from fotfeste.commands.register import app as register
from fotfeste.commands.trial import app as trial
from fotfeste.evidence.trials import trials_path

EXAMPLES = Path(__file__).parents[2] / "examples"


def told(app: Any, *words: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def named(told: dict[str, Any], key: str = "made_of") -> dict[str, str]:
    return {one["file"]: one["sha256"] for one in told[key]}


def hashes(*paths: str) -> dict[str, str]:
    return {path: sha256(Path(path).read_bytes()).hexdigest() for path in paths}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_result_names_its_files_as_they_were_typed_with_their_hashes(here: Path) -> None:
    (here / "a").mkdir()
    for name in ("trial-window.toml", "long-follow-up.toml"):
        (here / "a" / name).write_bytes((EXAMPLES / "economics" / name).read_bytes())
    found = told(economics, "economics", "evaluate", "a/trial-window.toml", "--draws", "0")
    assert named(found) == hashes("a/trial-window.toml")


def test_what_comes_with_the_package_is_named_from_there_and_not_by_its_place(here: Path) -> None:
    found = told(evidence, "evidence", "pool", str(trials_path()))
    assert list(named(found)) == ["fotfeste/evidence/data/ips_trials.csv"]
    assert str(here.home()) not in json.dumps(found)


def test_a_folder_of_registers_tells_beside_each_result_what_it_was_made_of(here: Path) -> None:
    (here / "r").mkdir()
    write_cases(here / "r")
    printed = told(register, "register", "panel", "r")
    beside = json.loads((here / "r" / "panel.made.json").read_text(encoding="utf-8"))
    delivered = sorted(path.as_posix() for path in Path("r").glob("*.csv"))
    assert named(printed) == named(beside) == hashes(*delivered)
    assert printed["data_sha256"] == beside["data_sha256"]
    assert {"panel/b=0.parquet", "work/b=0.parquet"} <= named(beside, "made").keys()
    assert {f"r/{name}": digest for name, digest in named(beside, "made").items()} == named(
        told(register, "register", "outcomes", "r", "--definition", "one-day")
    )


def test_a_log_that_grows_is_also_made_of_the_earlier_requests(here: Path) -> None:
    plan = str(EXAMPLES / "trial" / "norwegian.toml")
    told(trial, "trial", "commit", plan, "--seed-file", "seed")
    rows = ["request,person,site,severity", "r-1,p1,nord,severe", "r-2,p2,nord,severe"]
    for name, until in (("first.csv", 2), ("second.csv", 3)):
        (here / name).write_text("\n".join(rows[:until]), encoding="utf-8")
        told(trial, "trial", "randomise", plan, "--seed-file", "seed", "--requests", name, "--out", "log.csv")
    beside = json.loads((here / "log.csv.made.json").read_text(encoding="utf-8"))
    assert {one for one in named(beside) if one != plan} == {"first.csv", "second.csv"}
    assert named(beside, "made") == hashes("log.csv")
