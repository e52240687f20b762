"""The users' page on planning and randomising runs as it is written."""

import re
import shlex
from pathlib import Path

from tests.method.trial.commands import run

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "bruker" / "planlegge-forsok.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^fotfeste trial (.+)$", PAGE, re.MULTILINE)


def test_the_page_runs_from_the_first_line_to_the_last(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "norwegian.toml").write_bytes((ROOT / "examples" / "trial" / "norwegian.toml").read_bytes())
    sealed = ""
    for line in COMMANDS:
        command, _, kept = line.partition(" > ")
        result = run(*shlex.split(command.replace("$(cat forsegling.txt)", sealed)))
        assert result.exit_code == 0, (line, result.output)
        if kept:
            sealed = result.stdout.strip()
    assert result.stdout == "Alle 410 trekninger følger av frøet og planen.\n"
    assert {"size", "power", "detectable", "balance", "simulate", "commit", "randomise", "verify"} == {
        line.split()[0] for line in COMMANDS
    }
