"""The users' page runs as it is written."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fotfeste.commands.evidence import app
from fotfeste.evidence.trials import trials_path

PAGE = Path(__file__).parents[3] / "docs" / "bruker" / "kunnskap.md"
COMMANDS = re.findall(r"^fotfeste (evidence .+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
ON_THE_TRIALS = [line for line in COMMANDS if "ips_trials.csv" in line]


@pytest.mark.parametrize("line", ON_THE_TRIALS)
def test_a_command_of_the_page_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ips_trials.csv").write_bytes(trials_path().read_bytes())
    result = CliRunner().invoke(app, shlex.split(line))
    assert result.exit_code == 0, result.output
    drawn = re.findall(r"--chart (\S+)", line)
    assert all((tmp_path / name).exists() for name in drawn)


def test_the_page_shows_every_analysis_of_the_trials() -> None:
    shown = {line.split()[1] for line in ON_THE_TRIALS}
    assert shown >= {"pool", "influence", "cumulate", "bias", "gosh", "permute", "subgroup", "regress"}
